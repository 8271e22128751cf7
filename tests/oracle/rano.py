# SPDX-License-Identifier: MIT
"""RANO of 2010, written a second time, from its summary table and not from the criteria file. What
it leaves open is read as the shipped criteria read it by default."""

import cohort
import comparison
import irrc_cohort
import rano_cohort
import responses

RANKED = ["CR", "PR", "SD", "PD"]


def target_response(areas, baseline, nadir):
    seen = sum(size for size in areas if size is not None)
    if None not in areas and seen == 0:
        return "CR"
    if seen > nadir and 4 * seen >= 5 * nadir:
        return "PD"
    if None in areas:
        return "NE"
    return "PR" if 2 * seen <= baseline else "SD"


def overall(target, non_target, new, signs):
    flair, steroids, clinical = (signs.get(role) for role in rano_cohort.SIGNS)
    if "PD" in (target, non_target) or new or flair == "increased" \
            or clinical == "worse":
        return "PD"
    if target in ("NE", "SD"):
        return target
    if steroids == "increased":
        return "SD"
    if non_target == "NE" or None in (flair, steroids, clinical):
        return "NE"
    complete = target == "CR" and non_target in ("CR", "NA") and steroids == "none"
    return "CR" if complete else "PR"


def assess(patient):
    """(target, overall) of each visit after baseline."""
    baseline = nadir = sum(irrc_cohort.areas_of(patient, 0))
    was_complete = False
    for visit in range(1, len(patient.dates)):
        areas = irrc_cohort.areas_of(patient, visit)
        target = target_response(areas, baseline, nadir)
        non_target = responses.non_target_response(patient.non_target_readings[visit])
        new = cohort.UNEQUIVOCAL in patient.new_readings[visit].values()
        word = overall(target, non_target, new, patient.signs[visit])
        if was_complete and (any(areas) or cohort.PRESENT in
                             patient.non_target_readings[visit].values()):
            word = "PD"
        was_complete = was_complete or word == "CR"
        yield target, word
        if None not in areas:
            nadir = min(nadir, sum(areas))


CRITERIA = comparison.Criteria(
    "rano-hgg-2010", rano_cohort.COLUMNS, rano_cohort.rows_of, comparison.target_and_overall(assess), None,
    {**{word: 500 for word in [*RANKED, "NE"]}, "target PD": 1000, "target CR": 1000})
