# SPDX-License-Identifier: MIT
"""A seeded cohort for RANO: the lesions of irRC's cohort, without sizes of new ones, and FLAIR,
corticosteroids and the clinical state at most visits."""

import random

import cohort
import irrc_cohort

COLUMNS = irrc_cohort.COLUMNS
SIGNS = {"flair": ["stable", "stable", "decreased", "increased"],
         "steroids": ["stable", "none", "none", "decreased", "increased"],
         "clinical": ["stable", "stable", "stable", "improved", "worse"]}


def make_patient(random_source, name):
    """patient.signs: for each visit, {role: status}."""
    patient = irrc_cohort.make_patient(random_source, name)
    patient.targets = [(target, False, "brain") for target, _, _ in patient.targets]
    patient.new_readings = [{} for _ in patient.dates]
    patient.signs = [{}]
    for visit in range(1, len(patient.dates)):
        if random_source.random() < 0.05:
            patient.new_readings[visit]["N1"] = random_source.choice(
                [cohort.EQUIVOCAL, cohort.UNEQUIVOCAL])
        calm = random_source.random() < 0.6
        patient.signs.append({role: random_source.choice(statuses[:2] if calm else statuses)
                              for role, statuses in SIGNS.items()
                              if random_source.random() > 0.04})
    return patient


def make_cohort(count, seed):
    random_source = random.Random(seed)
    return [make_patient(random_source, f"P{number:05d}") for number in range(1, count + 1)]


def rows_of(patient):
    """The rows of a measurement file, as dictionaries."""
    yield from irrc_cohort.rows_of(patient)
    for date, signs in zip(patient.dates, patient.signs):
        for role, status in signs.items():
            yield {"patient": patient.name, "date": date.isoformat(), "role": role,
                   "status": status}
