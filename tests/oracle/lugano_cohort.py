# SPDX-License-Identifier: MIT
"""A seeded cohort for Lugano 2014, CT: nodes and other lesions of two axes around the limits of one
lesion's growth and of the sum, disease that is not measured, new lesions, and the spleen."""

import datetime
import random

import cohort
import irrc_cohort
from cohort import EQUIVOCAL, GONE, MILLIMETRE, NOT_EVALUABLE, NO_ROW, PRESENT, UNEQUIVOCAL

COLUMNS = [*irrc_cohort.COLUMNS, "value"]
NODES = ["left axilla lymph node", "inguinal lymph node", "mediastinal lymph node"]
OTHERS = ["liver", "lung", "bone"]
NORMAL_SPLEEN = 130 * MILLIMETRE


class Patient(cohort.Patient):
    """spleens: a length for each visit, or None. new_nodal: which new lesions are nodes."""

    def __init__(self, name):
        super().__init__(name)
        self.spleens = []
        self.new_nodal = {}


def beside(random_source):
    return random_source.choice([0, 0, 0, 1, -1])


def axes_of(readings_by_visit, name):
    return [readings[name] for readings in readings_by_visit
            if isinstance(readings.get(name), tuple)]


def follow_up_axes(random_source, earlier):
    """Two axes, of which one is often at a limit from an earlier size, or just beside it."""
    long, short = random_source.choice([earlier[-1], earlier[-1], random_source.choice(earlier)])
    steps = [0, 5 * MILLIMETRE, 10 * MILLIMETRE, long // 2, -long // 2, -long // 3]
    mode = random_source.random()
    if mode < 0.5:
        long += random_source.choice(steps) + beside(random_source)
    if 0.3 < mode < 0.7:
        short += random_source.choice([0, 5 * MILLIMETRE, 10 * MILLIMETRE, short // 2, -short // 2])
    if 0.7 < mode < 0.85:
        long = random_source.choice([15, 20]) * MILLIMETRE + beside(random_source)
    long, short = max(long, MILLIMETRE), max(short, MILLIMETRE)
    return (max(long, short), min(long, short))


def follow_up_targets(random_source, patient):
    mode, readings = random_source.random(), {}
    for name, nodal, _ in patient.targets:
        chance = random_source.random()
        if chance < 0.04:
            readings[name] = random_source.choice([NOT_EVALUABLE, NO_ROW])
        elif chance < 0.1 or mode < 0.15 and not nodal:
            readings[name] = GONE
        elif mode < 0.15:
            readings[name] = (15 * MILLIMETRE + beside(random_source), 8 * MILLIMETRE)
        elif mode < 0.4:  # about half of the baseline
            long, short = patient.target_readings[0][name]
            readings[name] = (max(long, short // 2), min(long, short // 2))
        else:
            readings[name] = follow_up_axes(random_source, axes_of(patient.target_readings, name))
    return readings


def follow_up_new(random_source, patient):
    readings = {}
    for name, before in patient.new_readings[-1].items():
        readings[name] = GONE if before in (GONE, EQUIVOCAL) else before
    if random_source.random() < 0.06:
        name = f"X{len(patient.new_nodal) + 1}"
        patient.new_nodal[name] = random_source.random() < 0.5
        limit = 15 if patient.new_nodal[name] else 10
        long = limit * MILLIMETRE + random_source.choice([0, 1, -1])
        readings[name] = random_source.choice([(long, 5 * MILLIMETRE)] * 3
                                              + [EQUIVOCAL, UNEQUIVOCAL])
    return readings


def follow_up_spleen(random_source, patient):
    if patient.spleens[0] is None:
        return None
    lengths = [length for length in patient.spleens if length is not None]
    smallest = min(lengths)
    excess = [max(length - NORMAL_SPLEEN, 0) for length in (lengths[0], smallest)]
    limits = [NORMAL_SPLEEN, NORMAL_SPLEEN + excess[0] // 2, lengths[-1], lengths[-1],
              smallest + excess[1] // 2, smallest + 20 * MILLIMETRE]
    if random_source.random() < 0.05:
        return None
    return random_source.choice(limits) + beside(random_source)


def make_patient(random_source, name):
    patient = Patient(name)
    sites = random_source.sample(NODES, random_source.randint(0, 3)) \
        + random_source.sample(OTHERS, random_source.randint(0, 2))
    for number, site in enumerate(sites or [NODES[0]], 1):
        patient.targets.append((f"T{number}", site in NODES, site))
    first = {}
    for target, _, _ in patient.targets:
        long = random_source.randint(16, 60)
        first[target] = (long * MILLIMETRE, random_source.randint(10, long) * MILLIMETRE)
    patient.target_readings.append(first)
    patient.non_targets = [f"NT{number + 1}" for number in range(random_source.choice([0, 0, 1]))]
    patient.non_target_readings.append({lesion: PRESENT for lesion in patient.non_targets})
    patient.new_readings.append({})
    patient.spleens.append(random_source.choice([None, None, 100, 120, 130, 150, 181]))
    if patient.spleens[0] is not None:
        patient.spleens[0] *= MILLIMETRE
    patient.dates.append(cohort.BASELINE_DAY)
    for _ in range(random_source.randint(2, 6)):
        patient.dates.append(patient.dates[-1] + datetime.timedelta(56))
        patient.target_readings.append(follow_up_targets(random_source, patient))
        patient.new_readings.append(follow_up_new(random_source, patient))
        patient.non_target_readings.append(
            cohort.follow_up_non_targets(random_source, patient))
        patient.spleens.append(follow_up_spleen(random_source, patient))
    return patient


def make_cohort(count, seed):
    random_source = random.Random(seed)
    return [make_patient(random_source, f"P{number:05d}") for number in range(1, count + 1)]


def rows_of(patient):
    """The rows of a measurement file, as dictionaries."""
    for row in irrc_cohort.rows_of(patient):
        if row["role"] == "new":
            row["site"] = NODES[0] if patient.new_nodal[row["lesion"]] else "skin"
        yield row
    for date, spleen in zip(patient.dates, patient.spleens):
        if spleen is not None:
            yield {"patient": patient.name, "date": date.isoformat(), "role": "spleen",
                   "value": cohort.decimal(spleen)}
