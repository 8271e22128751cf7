# SPDX-License-Identifier: MIT
"""The CT part of Lugano 2014, written a second time, from the classification and not from the
criteria file. What it leaves open is read as the shipped criteria read it by default."""

import cohort
import comparison
import irrc_cohort
import lugano_cohort
import responses

MM = cohort.MILLIMETRE
NORMAL_NODE = 15 * MM
NORMAL_SPLEEN = 130 * MM
RANKED = ["CR", "PR", "SD", "PD"]


def earlier_axes(patient, visit, name):
    """(long axis, short axis) of the lesion at all visits before that measured it."""
    readings = [before[name] for before in patient.target_readings[:visit]]
    return [(0, 0) if reading == cohort.GONE else reading for reading in readings
            if reading == cohort.GONE or isinstance(reading, tuple)]


def grew(patient, visit, name):
    """One lesion's progression: longer than 15 mm, half again its smallest product, and an axis 5
    mm longer, or 10 mm where it was longer than 20 mm."""
    reading = patient.target_readings[visit][name]
    earlier = earlier_axes(patient, visit, name)
    if not isinstance(reading, tuple) or not earlier:
        return False
    long, short = reading
    smallest = min(before[0] * before[1] for before in earlier)
    least_long, least_short = (min(axis) for axis in zip(*earlier))
    step = 5 * MM if least_long <= 20 * MM else 10 * MM
    return long > NORMAL_NODE and 2 * long * short >= 3 * smallest and long * short > smallest \
        and (long - least_long >= step or short - least_short >= step)


def regrew(patient, visit, name, nodal):
    """A lesion that had gone: any size, of a node more than the normal one."""
    reading = patient.target_readings[visit][name]
    return isinstance(reading, tuple) and (0, 0) in earlier_axes(patient, visit, name) \
        and (reading[0] > NORMAL_NODE or not nodal)


def target_response(patient, visit, baseline):
    readings = patient.target_readings[visit]
    nodal = {name: is_node for name, is_node, _ in patient.targets}
    if any(grew(patient, visit, name) or regrew(patient, visit, name, nodal[name])
           for name in readings):
        return "PD"
    if any(reading in responses.NOT_SEEN for reading in readings.values()):
        return "NE"
    if all(reading == cohort.GONE or nodal[name] and reading[0] <= NORMAL_NODE
           for name, reading in readings.items()):
        return "CR"
    return "PR" if 2 * sum(irrc_cohort.areas_of(patient, visit)) <= baseline else "SD"


def non_target_response(patient, visit):
    """As under RECIST 1.1, and progression where one that had gone is there again."""
    for name, reading in patient.non_target_readings[visit].items():
        if reading == cohort.PRESENT and cohort.GONE in [
                before[name] for before in patient.non_target_readings[:visit]]:
            return "PD"
    return responses.non_target_response(patient.non_target_readings[visit])


def spleen_response(patient, visit):
    length = patient.spleens[visit]
    earlier = [before for before in patient.spleens[:visit] if before is not None]
    if not earlier:
        return "NA"
    enlarged = patient.spleens[0] - NORMAL_SPLEEN
    if length is None:
        return "NE" if enlarged > 0 else "NA"
    smallest = min(earlier)
    excess = smallest - NORMAL_SPLEEN
    if (2 * (length - smallest) > excess) if excess > 0 else (length - smallest >= 20 * MM):
        return "PD"
    if enlarged <= 0:
        return "NA"  # growth of less than 20 mm is no disease
    if length <= NORMAL_SPLEEN:
        return "CR"
    return "PR" if 2 * (length - NORMAL_SPLEEN) < enlarged else "SD"


def is_new(name, reading, nodal):
    if isinstance(reading, tuple):
        return reading[0] > (NORMAL_NODE if nodal else 10 * MM)
    return reading == cohort.UNEQUIVOCAL


def overall(target, non_target, spleen, has_new):
    if "PD" in (target, non_target, spleen) or has_new:
        return "PD"
    if target in ("NE", "SD"):
        return target
    if spleen == "SD":
        return "SD"
    if "NE" in (non_target, spleen):
        return "NE"
    complete = target == "CR" and non_target in ("CR", "NA") and spleen in ("CR", "NA")
    return "CR" if complete else "PR"


def assess(patient):
    """(target, overall) of each visit after baseline."""
    baseline = sum(irrc_cohort.areas_of(patient, 0))
    for visit in range(1, len(patient.dates)):
        target = target_response(patient, visit, baseline)
        non_target = non_target_response(patient, visit)
        has_new = any(is_new(name, reading, patient.new_nodal[name])
                      for name, reading in patient.new_readings[visit].items())
        yield target, overall(target, non_target, spleen_response(patient, visit), has_new)


def best_columns(patient):
    words = [word for _, word in assess(patient)]
    if "PD" in words:
        words = words[:words.index("PD") + 1]
    return {"best_response": next((word for word in RANKED if word in words), "NE")}


CRITERIA = comparison.Criteria(
    "lugano-2014-ct", lugano_cohort.COLUMNS, lugano_cohort.rows_of, comparison.target_and_overall(assess), best_columns,
    {**{word: 1000 for word in [*RANKED, "NE"]}, "target PD": 1000, "target CR": 1000})
