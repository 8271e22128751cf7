# SPDX-License-Identifier: MIT
"""A seeded cohort for iRECIST: what a cohort for RECIST 1.1 has, and new lesions that are measured
or judged, grow, stay and go, around progressions that are confirmed, kept open, or taken back.

Readings of new lesions are a size, or one of the words below.
"""

import datetime
import random

import cohort
from cohort import EQUIVOCAL, GONE, MILLIMETRE, NOT_EVALUABLE, NO_ROW, PRESENT, PROGRESSION
from cohort import UNEQUIVOCAL

INCREASED = "increased"
GAPS = [14, 27, 28, 28, 29, 42, 56, 56, 57, 91, 200]
NEW_SITES = ["liver", "spleen", "bone", "adrenal gland", "kidney"]
NEW_NODES = ["axillary lymph node"]


class Patient(cohort.Patient):
    """new_lesions: {id: (measured, nodal, site)}."""

    def __init__(self, name):
        super().__init__(name)
        self.new_lesions = {}


def aimed_total(random_source, sums):
    """A sum at a limit, or just beside it: of response, of progression, or 5 mm above any sum there
    has been, because any visit may have raised the suspicion."""
    nadir, latest = min(sums), sums[-1]
    limits = [sums[0] * 70 // 100, nadir * 120 // 100, nadir + 5 * MILLIMETRE,
              max(nadir * 120 // 100, nadir + 5 * MILLIMETRE), latest + 5 * MILLIMETRE,
              latest + 5 * MILLIMETRE, random_source.choice(sums) + 5 * MILLIMETRE,
              latest + 2 * MILLIMETRE, latest, latest, nadir, sums[0]]
    beside = random_source.choice([0, 0, 0, 1, -1, 100_000, -100_000])
    return max(random_source.choice(limits) + beside, 0)


def follow_up_targets(random_source, patient, sums):
    names = [name for name, _, _ in patient.targets]
    mode = random_source.random()
    if mode < 0.72 and sums:
        sizes = cohort.spread(random_source, aimed_total(random_source, sums), len(names))
    elif mode < 0.88:
        sizes = [GONE] * len(names)
    else:
        sizes = [random_source.randint(0, 14 * MILLIMETRE) for _ in names]
    readings = dict(zip(names, sizes))
    if random_source.random() < 0.3:
        cohort.disturb(random_source, readings)
    if random_source.random() < 0.04:
        readings = {name: NOT_EVALUABLE for name in names}
    return readings


def follow_up_non_targets(random_source, patient):
    before = patient.non_target_readings[-1]
    together = random_source.random()
    if together < 0.25:
        return {name: GONE for name in before}
    if together < 0.29:
        return {name: NO_ROW for name in before}
    return {name: follow_up_non_target(random_source, reading) for name, reading in before.items()}


def follow_up_non_target(random_source, before):
    if before in (PROGRESSION, INCREASED):
        return random_source.choice([PROGRESSION, PROGRESSION, INCREASED, PRESENT, GONE,
                                     NOT_EVALUABLE])
    return random_source.choices([PRESENT, GONE, PROGRESSION, INCREASED, NOT_EVALUABLE, NO_ROW],
                                 [24, 6, 5, 2, 1, 1])[0]


def grown(random_source, size):
    """A new target at a limit from its last size, or just beside it."""
    steps = [0, 0, 0, 5 * MILLIMETRE, 2 * MILLIMETRE, size * 20 // 100,
             max(size * 20 // 100, 5 * MILLIMETRE), -size // 2]
    beside = random_source.choice([0, 0, 1, -1])
    return max(size + random_source.choice(steps) + beside, MILLIMETRE)


def follow_up_new(random_source, patient):
    readings = {}
    for name, before in patient.new_readings[-1].items():
        measured, _, _ = patient.new_lesions[name]
        if before == EQUIVOCAL:
            readings[name] = random_source.choice([EQUIVOCAL, UNEQUIVOCAL, GONE])
        elif before == GONE and random_source.random() < 0.7:
            readings[name] = GONE
        elif random_source.random() < 0.12:
            readings[name] = random_source.choice([NOT_EVALUABLE, NO_ROW])
        elif random_source.random() < 0.15:
            readings[name] = GONE
        elif measured:
            readings[name] = grown(random_source, last_size(patient, name))
        else:
            readings[name] = random_source.choices([PRESENT, INCREASED, PROGRESSION], [8, 2, 1])[0]
    if random_source.random() < 0.2 and len(patient.new_lesions) < 4:
        add_new_lesion(random_source, patient, readings)
    return readings


def last_size(patient, name):
    sizes = [visit[name] for visit in patient.new_readings if isinstance(visit.get(name), int)]
    return sizes[-1]


def add_new_lesion(random_source, patient, readings):
    name = f"N{len(patient.new_lesions) + 1}"
    measured = random_source.random() < 0.6
    nodal = measured and random_source.random() < 0.2
    sites = NEW_NODES if nodal else NEW_SITES
    used = [site for _, _, site in patient.new_lesions.values()]
    free = [site for site in sites if site not in used] or ["skin"]
    patient.new_lesions[name] = (measured, nodal, random_source.choice(free))
    if measured:
        readings[name] = random_source.randint(15 if nodal else 10, 30) * MILLIMETRE
    else:
        readings[name] = random_source.choice([UNEQUIVOCAL, UNEQUIVOCAL, EQUIVOCAL])


def make_patient(random_source, name):
    patient = Patient(name)
    cohort.add_baseline(random_source, patient)
    if len(patient.targets) > 3:
        patient.targets = patient.targets[:3]
        kept = [target for target, _, _ in patient.targets]
        patient.target_readings[0] = {target: patient.target_readings[0][target]
                                      for target in kept}
    for _ in range(random_source.randint(2, 9)):
        add_visit(random_source, patient)
    return patient


def add_visit(random_source, patient):
    gap = random_source.choice(GAPS)
    patient.dates.append(patient.dates[-1] + datetime.timedelta(gap))
    sums = [cohort.complete_sum(readings) for readings in patient.target_readings if readings]
    sums = [total for total in sums if total is not None]
    patient.target_readings.append(follow_up_targets(random_source, patient, sums)
                                   if patient.targets else {})
    patient.non_target_readings.append(follow_up_non_targets(random_source, patient))
    patient.new_readings.append(follow_up_new(random_source, patient))


def make_cohort(count, seed):
    random_source = random.Random(seed)
    return [make_patient(random_source, f"P{number:05d}") for number in range(1, count + 1)]


def rows_of(patient):
    """The rows of a measurement file, as dictionaries."""
    for row in cohort.rows_of(patient):
        if row["role"] == "new":
            row = {**row, "site": patient.new_lesions[row["lesion"]][2]}
        yield row
