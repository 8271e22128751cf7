# SPDX-License-Identifier: MIT
"""A seeded cohort for irRC: lesions of two axes, whose areas are aimed at the limits of the burden,
and new lesions around the 5 x 5 mm from which they count.

Areas are integers of a millionth of a square millimetre, and a thousandth is the finest.
"""

import datetime
import random

import cohort
from cohort import GONE, MILLIMETRE, NOT_EVALUABLE, NO_ROW, PRESENT

COLUMNS = ["patient", "date", "lesion", "role", "site", "long_axis_mm", "short_axis_mm", "status"]
GAPS = [14, 27, 28, 28, 29, 42, 56, 91]
FINEST = 1000
NARROW = [1, 2, 4, 5, 10]  # short axes that divide an area without a remainder


def area(reading):
    """The area a reading adds, or None."""
    if reading == GONE:
        return 0
    return reading[0] * reading[1] // MILLIMETRE if isinstance(reading, tuple) else None


def axes(random_source, size):
    """Two axes, of millionths of a millimetre, that have this area exactly."""
    if size == 0:
        return GONE
    short = random_source.choice([width for width in NARROW
                                  if width * width * MILLIMETRE <= size] or [0])
    if not short:  # an area below 1 mm2
        return (MILLIMETRE, size)
    return (size // short, short * MILLIMETRE)


def areas_of(patient, visit):
    return [area(reading) for reading in patient.target_readings[visit].values()]


def complete_areas(patient):
    totals = [areas_of(patient, visit) for visit in range(len(patient.dates))]
    return [sum(sizes) for sizes in totals if None not in sizes]


def aimed_total(random_source, totals, added):
    """An area of the targets that takes the burden to a limit, with what new lesions add."""
    baseline, nadir = totals[0], min(totals)
    limits = [baseline // 2, nadir * 5 // 4, nadir, totals[-1], baseline, baseline // 2, 0]
    beside = random_source.choice([0, 0, 0, FINEST, -FINEST])
    wanted = random_source.choice(limits) + beside - added
    return max(wanted // FINEST * FINEST, 0)


def follow_up_targets(random_source, patient, new):
    names = [name for name, _, _ in patient.targets]
    added = sum(area(reading) or 0 for reading in new.values())
    if random_source.random() < 0.15:
        return {name: GONE for name in names}
    if random_source.random() < 0.04:
        return {name: NOT_EVALUABLE for name in names}
    total = aimed_total(random_source, complete_areas(patient) or [1000 * MILLIMETRE], added)
    sizes = [size * FINEST for size in cohort.spread(random_source, total // FINEST, len(names))]
    readings = {name: axes(random_source, size) for name, size in zip(names, sizes)}
    if random_source.random() < 0.1:
        readings[random_source.choice(names)] = random_source.choice([NOT_EVALUABLE, NO_ROW])
    return readings


def follow_up_new(random_source, before):
    readings = {}
    for name, reading in before.items():
        chance = random_source.random()
        if chance < 0.05:
            readings[name] = random_source.choice([NOT_EVALUABLE, NO_ROW])
        elif chance < 0.2 or reading == GONE:
            readings[name] = GONE
        elif isinstance(reading, tuple) or chance < 0.4:
            readings[name] = new_axes(random_source)
        else:
            readings[name] = PRESENT
    if random_source.random() < 0.15 and len(before) < 3:
        readings[f"N{len(before) + 1}"] = random_source.choice([new_axes(random_source), PRESENT])
    return readings


def new_axes(random_source):
    beside = random_source.choice([0, 0, 1, -1]) * FINEST
    short = 5 * MILLIMETRE + beside
    return (random_source.choice([short, 10 * MILLIMETRE, 20 * MILLIMETRE]), short)


def make_patient(random_source, name):
    patient = cohort.Patient(name)
    sites = random_source.sample(["liver", "spleen", "kidney", "bone"],
                                 random_source.randint(1, 3))
    patient.targets = [(f"T{number}", False, site) for number, site in enumerate(sites, 1)]
    patient.target_readings.append(
        {target: axes(random_source, random_source.randint(100, 2000) * MILLIMETRE)
         for target, _, _ in patient.targets})
    patient.non_targets = [f"NT{number + 1}" for number in range(random_source.choice([0, 0, 1]))]
    patient.non_target_readings.append({lesion: PRESENT for lesion in patient.non_targets})
    patient.new_readings.append({})
    patient.dates.append(cohort.BASELINE_DAY)
    for _ in range(random_source.randint(2, 6)):
        new = follow_up_new(random_source, patient.new_readings[-1])
        targets = follow_up_targets(random_source, patient, new)
        gap = datetime.timedelta(random_source.choice(GAPS))
        patient.dates.append(patient.dates[-1] + gap)
        patient.new_readings.append(new)
        patient.target_readings.append(targets)
        patient.non_target_readings.append(
            cohort.follow_up_non_targets(random_source, patient))
    return patient


def make_cohort(count, seed):
    random_source = random.Random(seed)
    return [make_patient(random_source, f"P{number:05d}") for number in range(1, count + 1)]


def rows_of(patient):
    """The rows of a measurement file, as dictionaries."""
    sites = {name: site for name, _, site in patient.targets}
    for visit, date in enumerate(patient.dates):
        for role, readings in (("target", patient.target_readings[visit]),
                               ("non-target", patient.non_target_readings[visit]),
                               ("new", patient.new_readings[visit])):
            for name, reading in readings.items():
                if reading is not NO_ROW:
                    yield {"patient": patient.name, "date": date.isoformat(), "lesion": name,
                           "role": role, "site": sites.get(name, "skin" if role == "new" else ""),
                           **columns_of(reading)}
        if not any(reading is not NO_ROW for readings in
                   (patient.target_readings[visit], patient.non_target_readings[visit],
                    patient.new_readings[visit]) for reading in readings.values()):
            yield {"patient": patient.name, "date": date.isoformat(), "role": "none"}


def columns_of(reading):
    if isinstance(reading, tuple):
        return {"long_axis_mm": cohort.decimal(reading[0]),
                "short_axis_mm": cohort.decimal(reading[1])}
    return {"status": reading}
