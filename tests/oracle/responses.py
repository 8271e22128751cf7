# SPDX-License-Identifier: MIT
"""RECIST 1.1 at the visit, written a second time, from the guideline and not from the program.

Whole numbers and fractions only. What the guideline leaves open is read as the shipped criteria
read it by default.
"""

import dataclasses
import fractions

import cohort

MM = cohort.MILLIMETRE
NOT_SEEN = (cohort.NOT_EVALUABLE, cohort.NO_ROW)


@dataclasses.dataclass
class Response:
    target: str
    non_target: str
    new_lesion: str
    overall: str
    total: int | None      # complete sum
    baseline: int | None
    nadir: int | None      # before this visit
    incomplete: bool


def is_clear(reading, nodal):
    """Gone, or a node of normal size; None where nobody looked."""
    size = cohort.length(reading)
    if size is None:
        return None
    return size < 10 * MM if nodal else size == 0


def target_response(readings, nodal, baseline, nadir):
    if not readings:
        return "NA"
    if baseline is None:
        return "NE"
    sizes = {name: cohort.length(reading) for name, reading in readings.items()}
    if all(is_clear(reading, nodal[name]) for name, reading in readings.items()):
        return "CR"
    seen = sum(size for size in sizes.values() if size is not None)
    growth = seen - nadir
    if growth > 0 and growth * 5 >= nadir and growth >= 5 * MM:
        return "PD"
    if None in sizes.values():
        return "NE"
    if 10 * seen <= 7 * baseline:
        return "PR"
    return "SD"


def non_target_response(readings):
    found = list(readings.values())
    if not found:
        return "NA"
    if cohort.PROGRESSION in found:
        return "PD"
    if any(reading in NOT_SEEN for reading in found):
        return "NE"
    if all(reading == cohort.GONE for reading in found):
        return "CR"
    return "NON-CR/NON-PD"


def confirmed_later(readings_by_visit, visit, lesion):
    """Whether a doubt of this visit ends, without a break, in certainty."""
    for readings in readings_by_visit[visit + 1:]:
        reading = readings.get(lesion)
        if reading != cohort.EQUIVOCAL:
            return reading == cohort.UNEQUIVOCAL
    return False


def new_lesion_answer(readings_by_visit, visit):
    answer = "no"
    for lesion, reading in readings_by_visit[visit].items():
        if reading == cohort.UNEQUIVOCAL:
            return "yes"
        if reading == cohort.EQUIVOCAL:
            if confirmed_later(readings_by_visit, visit, lesion):
                return "yes"
            answer = "equivocal"
    return answer


def table_response(target, non_target, new_lesion):
    if "PD" in (target, non_target) or new_lesion == "yes":
        return "PD"
    if target == "NA":
        return "NED" if non_target == "NA" else non_target
    if target == "CR":
        return "CR" if non_target in ("CR", "NA") else "PR"
    return target


def disease_seen(target_readings, nodal, non_target_readings):
    return any(is_clear(reading, nodal[name]) is False
               for name, reading in target_readings.items()) \
        or cohort.PRESENT in non_target_readings.values()


def assess(patient):
    """One Response for each visit after baseline."""
    nodal = {name: is_node for name, is_node, _ in patient.targets}
    baseline = cohort.complete_sum(patient.target_readings[0]) if nodal else None
    nadir, was_complete_response, answers = baseline, False, []
    for visit in range(1, len(patient.dates)):
        readings = patient.target_readings[visit]
        non_targets = patient.non_target_readings[visit]
        total = cohort.complete_sum(readings) if nodal else None
        words = (target_response(readings, nodal, baseline, nadir),
                 non_target_response(non_targets),
                 new_lesion_answer(patient.new_readings, visit))
        overall = table_response(*words)
        if was_complete_response and disease_seen(readings, nodal, non_targets):
            overall = "PD"
        was_complete_response = was_complete_response or overall == "CR"
        answers.append(Response(*words, overall, total, baseline, nadir,
                                bool(nodal) and total is None))
        if total is not None:
            nadir = total if nadir is None else min(nadir, total)
    return answers


def percent(now, before):
    """A change in percent with two decimals, half away from zero; empty where there is none."""
    if now is None or not before:
        return ""
    change = fractions.Fraction((now - before) * 100, before)
    hundredths = (abs(change) * 100 + fractions.Fraction(1, 2)) // 1
    whole, rest = divmod(int(hundredths), 100)
    text = f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
    return f"-{text}" if change < 0 and text != "0" else text
