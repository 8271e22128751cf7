# SPDX-License-Identifier: MIT
"""A seeded cohort of invented patients, for comparing and for properties.

Sizes are integers of a millionth of a millimetre. A reading of a target is such an integer, or one
of GONE, SMALL, NOT_EVALUABLE, or NO_ROW. Many sums are aimed exactly at a limit (-30 % from
baseline, +20 % or +5 mm from the nadir), or just beside it, because that is where programs differ.
"""

import csv
import datetime
import random

MILLIMETRE = 1_000_000
GONE, SMALL, NOT_EVALUABLE, NO_ROW = "absent", "too small to measure", "not evaluable", None
PRESENT, PROGRESSION = "present", "unequivocal progression"
EQUIVOCAL, UNEQUIVOCAL = "equivocal", "unequivocal"

SITES = ["liver", "left lung", "right lung", "spleen", "kidney", "adrenal gland", "bone"]
NODES = ["axillary lymph node", "mediastinal lymph node", "inguinal lymph node"]
COLUMNS = ["patient", "date", "lesion", "role", "site", "diameter_mm", "status"]
BASELINE_DAY = datetime.date(2021, 1, 4)


class Patient:
    """targets: [(id, nodal, site)]; the three readings: one dictionary by lesion for each visit."""

    def __init__(self, name):
        self.name = name
        self.targets = []
        self.non_targets = []
        self.dates = []
        self.target_readings = []
        self.non_target_readings = []
        self.new_readings = []


def length(reading):
    """The size a reading puts into the sum, or None."""
    if reading == GONE:
        return 0
    if reading == SMALL:
        return 5 * MILLIMETRE
    return reading if isinstance(reading, int) else None


def decimal(size):
    """Plain decimal text without needless zeros."""
    whole, rest = divmod(size, MILLIMETRE)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".")


def complete_sum(readings):
    sizes = [length(reading) for reading in readings.values()]
    return None if None in sizes else sum(sizes)


def spread(random_source, total, count):
    """`count` sizes that add up to `total` exactly."""
    cuts = sorted(random_source.randint(0, total) for _ in range(count - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, total])]


def aim(random_source, baseline, nadir):
    """A sum at one of the limits, or just beside it."""
    limits = [baseline * 70 // 100, nadir * 120 // 100, nadir + 5 * MILLIMETRE,
              max(nadir * 120 // 100, nadir + 5 * MILLIMETRE), nadir, 0]
    beside = random_source.choice([0, 0, 0, 1, -1, 10_000, -10_000])
    return max(random_source.choice(limits) + beside, 0)


def baseline_size(random_source, nodal):
    lowest = 15 if nodal else 10
    tenths = random_source.randint(lowest * 10, 900)
    fine = random_source.choice([0, 0, random_source.randint(0, 99_999)])
    return tenths * 100_000 + fine


def drifted(random_source, size):
    return size * random_source.randint(0, 140) // 100 // 10_000 * 10_000


def follow_up_targets(random_source, patient, baseline, nadir):
    names = [name for name, _, _ in patient.targets]
    mode = random_source.random()
    if mode < 0.5 and nadir is not None:
        sizes = spread(random_source, aim(random_source, baseline, nadir), len(names))
    elif mode < 0.62:
        sizes = [random_source.randint(0, 12 * MILLIMETRE) for _ in names]
    elif mode < 0.75:
        sizes = [GONE] * len(names)
    else:
        first = patient.target_readings[0]
        sizes = [drifted(random_source, first[name]) if isinstance(first[name], int) else GONE
                 for name in names]
    readings = dict(zip(names, sizes))
    disturb(random_source, readings)
    return readings


def disturb(random_source, readings):
    """Takes some readings away: gone, too small, not evaluable, no row; a lost one may have been
    of size zero, so that what is left still meets a limit exactly."""
    for name in readings:
        chance = random_source.random()
        if chance < 0.05:
            readings[name] = GONE
        elif chance < 0.11:
            readings[name] = SMALL
    if random_source.random() < 0.2 and readings:
        lost = random_source.choice(list(readings))
        kept = random_source.choice([name for name in readings if name != lost] or [lost])
        if random_source.random() < 0.5 and isinstance(readings[lost], int) \
                and isinstance(readings[kept], int) and kept != lost:
            readings[kept] += readings[lost]
        readings[lost] = random_source.choice([NOT_EVALUABLE, NO_ROW])


def follow_up_non_targets(random_source, patient):
    weights = {PRESENT: 12, GONE: 9, NOT_EVALUABLE: 1, NO_ROW: 1, PROGRESSION: 1}
    together = random_source.random() < 0.4
    one = random_source.choice([PRESENT, GONE])
    return {name: one if together
            else random_source.choices(list(weights), weights.values())[0]
            for name in patient.non_targets}


def follow_up_new(random_source, before):
    """New lesions of a visit. One that was seen before keeps a row, so that a doubt is followed."""
    readings = {}
    for name, reading in before.items():
        if reading == EQUIVOCAL:
            readings[name] = random_source.choice([EQUIVOCAL, UNEQUIVOCAL, GONE])
        elif reading == GONE:
            readings[name] = random_source.choice([GONE, GONE, GONE, EQUIVOCAL, UNEQUIVOCAL])
        else:
            readings[name] = UNEQUIVOCAL
    if random_source.random() < 0.1:
        readings[f"N{len(before) + 1}"] = random_source.choice([EQUIVOCAL, EQUIVOCAL, UNEQUIVOCAL])
    return readings


def make_patient(random_source, name):
    patient = Patient(name)
    add_baseline(random_source, patient)
    add_visits(random_source, patient)
    return patient


def add_baseline(random_source, patient):
    for number in range(random_source.choice([0, 1, 1, 2, 2, 3, 4, 5])):
        nodal = random_source.random() < 0.35
        site = random_source.choice(NODES if nodal else SITES)
        patient.targets.append((f"T{number + 1}", nodal, site))
    patient.non_targets = [f"NT{number + 1}"
                           for number in range(random_source.choice([0, 0, 1, 1, 2, 3]))]
    first = {target: baseline_size(random_source, nodal) for target, nodal, _ in patient.targets}
    if first and random_source.random() < 0.03:
        first[random_source.choice(list(first))] = NOT_EVALUABLE
    patient.target_readings.append(first)
    patient.non_target_readings.append({name: PRESENT for name in patient.non_targets})
    patient.new_readings.append({})
    patient.dates.append(BASELINE_DAY)


def add_visits(random_source, patient):
    baseline = nadir = complete_sum(patient.target_readings[0]) if patient.targets else None
    for _ in range(random_source.randint(1, 6)):
        patient.dates.append(patient.dates[-1] + datetime.timedelta(random_source.randint(20, 70)))
        readings = follow_up_targets(random_source, patient, baseline, nadir) \
            if patient.targets else {}
        patient.target_readings.append(readings)
        patient.non_target_readings.append(follow_up_non_targets(random_source, patient))
        patient.new_readings.append(follow_up_new(random_source, patient.new_readings[-1]))
        total = complete_sum(readings)
        if nadir is not None and total is not None:
            nadir = min(nadir, total)


def make_cohort(count, seed):
    random_source = random.Random(seed)
    return [make_patient(random_source, f"P{number:05d}") for number in range(1, count + 1)]


def rows_of(patient):
    """The rows of a measurement file, as dictionaries."""
    for index, date in enumerate(patient.dates):
        rows = list(rows_of_visit(patient, index))
        for row in rows or [{"role": "none"}]:
            yield {"patient": patient.name, "date": date.isoformat(), **row}


def rows_of_visit(patient, index):
    for name, _, site in patient.targets:
        reading = patient.target_readings[index][name]
        if reading is not NO_ROW:
            yield {"lesion": name, "role": "target", "site": site, **reading_columns(reading)}
    for role, readings in (("non-target", patient.non_target_readings[index]),
                           ("new", patient.new_readings[index])):
        for name, reading in readings.items():
            if reading is not NO_ROW:
                yield {"lesion": name, "role": role, **reading_columns(reading)}


def reading_columns(reading):
    if isinstance(reading, int):
        return {"diameter_mm": decimal(reading)}
    return {"status": reading}


def write(rows, path, columns=None):
    with open(path, "w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns or COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
