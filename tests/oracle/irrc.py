# SPDX-License-Identifier: MIT
"""irRC, written a second time, from the guideline and not from the criteria file: one burden of the
areas of index lesions and of new lesions that were once 5 x 5 mm, and responses that the next scan
confirms."""

import cohort
import comparison
import irrc_cohort

MM = cohort.MILLIMETRE
CONFIRMATION_DAYS = 28
MINIMUM_STABLE_DAYS = 42
RANKED = ["irCR", "irPR", "irSD", "irPD"]


def counted_new(patient, visit):
    """New lesions in the burden: from the visit at which both axes were 5 mm."""
    return [name for name in patient.new_readings[visit]
            if any(isinstance(readings.get(name), tuple) and min(readings[name]) >= 5 * MM
                   for readings in patient.new_readings[:visit + 1])]


def burden(patient, visit):
    """(complete area or None, area of what was evaluated)"""
    areas = irrc_cohort.areas_of(patient, visit)
    areas += [irrc_cohort.area(patient.new_readings[visit][name])
              for name in counted_new(patient, visit)]
    seen = sum(size for size in areas if size is not None)
    return (None if None in areas else seen), seen


def others_gone(patient, visit):
    """Whether all disease outside the burden has gone."""
    new = patient.new_readings[visit]
    outside = [new[name] for name in new if name not in counted_new(patient, visit)]
    outside += patient.non_target_readings[visit].values()
    return all(reading == cohort.GONE for reading in outside)


def response(patient, visit, baseline, nadir):
    complete, seen = burden(patient, visit)
    if baseline is None:
        return "NE"
    if seen > nadir and 4 * seen >= 5 * nadir:
        return "irPD"
    if complete is None:
        return "NE"
    if complete == 0 and others_gone(patient, visit):
        return "irCR"
    return "irPR" if 2 * complete <= baseline else "irSD"


def assess(patient):
    """Overall response of each visit after baseline."""
    baseline, _ = burden(patient, 0)
    nadir, answers = baseline, []
    for visit in range(1, len(patient.dates)):
        answers.append(response(patient, visit, baseline, nadir))
        complete, _ = burden(patient, visit)
        if complete is not None:
            nadir = min(nadir, complete)
    return answers


def confirmed_by_next(patient, answers, index, words, most_not_evaluated=1):
    """The scan, late enough, up to which all show one of `words`, or could not be evaluated."""
    not_evaluated = 0
    for later in range(index + 1, len(answers)):
        if answers[later] == "NE":
            not_evaluated += 1
            if not_evaluated > most_not_evaluated:
                return None
            continue
        if answers[later] not in words:
            return None
        if (patient.dates[later + 1] - patient.dates[index + 1]).days >= CONFIRMATION_DAYS:
            return later
    return None


def window(patient, answers):
    """The visits up to the one that confirms a progression, and the date of that progression."""
    for index, word in enumerate(answers):
        if word == "irPD":
            later = confirmed_by_next(patient, answers, index, ["irPD"], len(answers))
            if later is not None:
                return answers[:later + 1], patient.dates[index + 1]
    return answers, None


def best_response(patient, answers):
    late = [(date - patient.dates[0]).days >= MINIMUM_STABLE_DAYS for date in patient.dates[1:]]
    words = {word for word, is_late in zip(answers, late) if word != "irSD" or is_late}
    return next((word for word in RANKED if word in words), "NE")


def confirmed_best_response(patient, answers):
    for word, words in (("irCR", ["irCR"]), ("irPR", ["irPR", "irCR"])):
        if any(answer == word and confirmed_by_next(patient, answers, index, words) is not None
               for index, answer in enumerate(answers)):
            return word
    _, progressed = window(patient, answers)
    return best_response(patient, [
        "irSD" if answer in ("irCR", "irPR") else "NE" if answer == "irPD" and not progressed
        else answer for answer in answers])


def visit_columns(patient, kinds):
    answers = assess(patient)
    for index, word in enumerate(answers):
        kinds[word] += 1
        kinds["confirmed " + word] += confirmed_by_next(patient, answers, index, [word]) is not None
    return [{"overall": answer} for answer in answers]


def best_columns(patient):
    answers, progressed = window(patient, assess(patient))
    return {"best_response": best_response(patient, answers),
            "confirmed_best_response": confirmed_best_response(patient, answers),
            "progression_date": progressed.isoformat() if progressed else ""}


CRITERIA = comparison.Criteria(
    "irrc", irrc_cohort.COLUMNS, irrc_cohort.rows_of, visit_columns, best_columns,
    {**{word: 1000 for word in [*RANKED, "NE"]}, "confirmed irCR": 200, "confirmed irPR": 500,
     "confirmed irPD": 500})
