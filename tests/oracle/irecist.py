# SPDX-License-Identifier: MIT
"""iRECIST, written a second time, from the guideline and not from the criteria file. What the
guideline leaves open is read as the shipped criteria read it by default.

The components are those of RECIST 1.1 (responses.py). A progression opens a suspicion, which
remembers what raised it and how large everything was; later visits confirm it, keep it, or take it
back.
"""

import dataclasses

import cohort
import comparison
import irecist_cohort
import responses

MM = cohort.MILLIMETRE
GROWTH = 5 * MM
CONFIRMATION_DAYS = 28
SEEN_GROWING = (irecist_cohort.INCREASED, cohort.PROGRESSION)
WORDS = {"CR": "iCR", "PR": "iPR", "SD": "iSD", "PD": "iUPD",
         "NON-CR/NON-PD": "NON-iCR/NON-iUPD"}
BETTER = ["iCR", "iPR", "iSD", "iUPD", "NE"]
BETTER_NON_TARGET = ["iCR", "NON-iCR/NON-iUPD", "iUPD", "NE"]
MINIMUM_STABLE_DAYS = 42
RANKED = ["iCR", "iPR", "iSD", "NON-iCR/NON-iUPD", "iCPD", "iUPD"]
RESETS = ("iCR", "iPR", "iSD", "NON-iCR/NON-iUPD", "NED")


@dataclasses.dataclass
class Suspicion:
    """What a progression was raised by, and what growth is measured from."""
    date: object
    causes: set
    targets: int | None       # complete sum
    target_word: str          # the latest one but NE, as below
    non_target_word: str
    not_progressing: set      # non-targets that were evaluated
    new_not_progressing: set
    new_targets: int | None   # complete sum
    new_lesions: set          # those that had not gone


@dataclasses.dataclass
class Response:
    target: str
    non_target: str
    overall: str
    total: int | None
    new_total: int | None
    reset: bool
    raised: bool
    further: bool
    suspected_since: object


@dataclasses.dataclass
class Findings:
    """What one visit shows, before any history of suspicions."""
    date: object
    target: str
    non_target: str
    total: int | None
    seen_total: int | None
    non_targets: dict
    new_now: set           # new lesions counted for the first time
    new_known: set         # counted at this visit or before
    new_returned: set      # those of them found now that had gone with all other disease
    new_left: set          # those of them that are not gone, or were not looked at
    new_seen: set          # those of them that were found at this visit
    new_readings: dict     # as last seen where there is no row
    new_total: int | None
    new_seen_total: int
    new_nadir: int | None  # smallest complete sum before, of the same lesions
    relapse: set           # components that show disease after a complete response


def new_targets(patient, visit):
    return [name for name, (measured, _, _) in patient.new_lesions.items()
            if measured and any(name in readings for readings in patient.new_readings[:visit + 1])]


def new_target_nadir(patient, visit):
    sums = [new_target_sums(patient, before)[0] for before in range(1, visit)
            if new_targets(patient, before) == new_targets(patient, visit)]
    return min((total for total in sums if total is not None), default=None)


def new_target_sums(patient, visit):
    """(complete sum, sum of what was seen) of the new lesions with a size; (None, 0) without any."""
    sizes = [cohort.length(patient.new_readings[visit].get(name))
             for name in new_targets(patient, visit)]
    seen = sum(size for size in sizes if size is not None)
    return (None if not sizes or None in sizes else seen), seen


def has_gone(patient, name, reading):
    """Absent, or a node of normal size."""
    _, nodal, _ = patient.new_lesions[name]
    return reading == cohort.GONE or nodal and isinstance(reading, int) and reading < 10 * MM


def counts_as_new(patient, visit, name):
    """Unequivocal, or a doubt that later visits confirm."""
    reading = patient.new_readings[visit].get(name)
    if has_gone(patient, name, reading):
        return False
    if reading == cohort.EQUIVOCAL:
        return responses.confirmed_later(patient.new_readings, visit, name)
    return reading not in responses.NOT_SEEN


def known_new_lesions(patient, visit):
    return {name for name in patient.new_lesions
            if any(counts_as_new(patient, before, name) for before in range(1, visit + 1))}


def last_reading(patient, visit, name):
    for readings in reversed(patient.new_readings[:visit + 1]):
        if readings.get(name) not in responses.NOT_SEEN:
            return readings[name]
    return None


def find(patient, visit, baseline, nadir, was_complete, known_when_clear):
    nodal = {name: is_node for name, is_node, _ in patient.targets}
    readings, non_targets = patient.target_readings[visit], patient.non_target_readings[visit]
    target = responses.target_response(readings, nodal, baseline, nadir)
    non_target = responses.non_target_response(non_targets)
    known = known_new_lesions(patient, visit)
    before = known_new_lesions(patient, visit - 1)
    now = {name: last_reading(patient, visit, name) for name in known}
    new_total, new_seen = new_target_sums(patient, visit)
    sizes = [cohort.length(reading) for reading in readings.values()]
    relapse = set()
    if was_complete and any(responses.is_clear(reading, nodal[name]) is False
                            for name, reading in readings.items()):
        relapse.add("target")
    if was_complete and any(reading in (cohort.PRESENT, *SEEN_GROWING)
                            for reading in non_targets.values()):
        relapse.add("non-target")
    return Findings(
        patient.dates[visit], WORDS.get(target, target), WORDS.get(non_target, non_target),
        cohort.complete_sum(readings) if readings else None,
        sum(size for size in sizes if size is not None), non_targets, known - before, known,
        {name for name in known_when_clear if counts_as_new(patient, visit, name)},
        {name for name in known if not has_gone(patient, name, now[name])},
        {name for name in known if counts_as_new(patient, visit, name)}, patient.new_readings[visit],
        new_total, new_seen, new_target_nadir(patient, visit), relapse)


def new_lesions_trigger(found):
    """New lesions that are progression by themselves: a further one, or unequivocal growth of those
    that are known."""
    if found.new_now or found.new_returned or cohort.PROGRESSION in found.new_readings.values():
        return True
    if found.new_nadir is None:
        return False
    growth = found.new_seen_total - found.new_nadir
    return growth >= GROWTH and growth * 5 >= found.new_nadir


def causes_of(found):
    causes = set()
    if found.target == "iUPD" or "target" in found.relapse:
        causes.add("target")
    if found.non_target == "iUPD" or "non-target" in found.relapse:
        causes.add("non-target")
    if new_lesions_trigger(found):
        causes.add("new")
    return causes


def grown_since(suspicion, found):
    """Whether a category that raised the suspicion has grown further."""
    if "target" in suspicion.causes and suspicion.targets is not None \
            and found.seen_total - suspicion.targets >= GROWTH:
        return True
    if "non-target" in suspicion.causes and any(
            reading == irecist_cohort.INCREASED
            or reading == cohort.PROGRESSION and name in suspicion.not_progressing
            for name, reading in found.non_targets.items()):
        return True
    if found.new_seen - suspicion.new_lesions:
        return True
    if "new" not in suspicion.causes:
        return False
    return any(reading == irecist_cohort.INCREASED
               or reading == cohort.PROGRESSION and name in suspicion.new_not_progressing
               for name, reading in found.new_readings.items()) \
        or suspicion.new_targets is not None \
        and found.new_seen_total - suspicion.new_targets >= GROWTH


def unresolved(suspicion, found):
    causes = causes_of(found)
    if "target" in suspicion.causes and "target" in causes:
        return True
    if "non-target" in suspicion.causes and (
            "non-target" in causes or irecist_cohort.INCREASED in found.non_targets.values()):
        return True
    return "new" in causes or "new" in suspicion.causes and bool(found.new_left) \
        and not is_better(found, suspicion)


def is_better(found, suspicion):
    """A better response of the targets, or without targets of the non-targets."""
    if found.target == "NA":
        words, word, before = BETTER_NON_TARGET, found.non_target, suspicion.non_target_word
    else:
        words, word, before = BETTER, found.target, suspicion.target_word
    return word in words and before in words and words.index(word) < words.index(before)


def by_table(found):
    """Table 2 without progression."""
    target, non_target = found.target, found.non_target
    if target == "NA":
        if non_target == "NA":
            return "NED"
        return "NON-iCR/NON-iUPD" if non_target == "iCR" and found.new_left else non_target
    if target == "iCR":
        return "iCR" if non_target in ("iCR", "NA") and not found.new_left else "iPR"
    return target


def nothing_evaluated(found):
    words = (shown_target(found), shown_non_target(found, None))
    return set(words) <= {"NE", "NA"} and words != ("NA", "NA")


def open_suspicion(found, causes, last_words):
    return Suspicion(found.date, causes, found.total, *last_words,
                     not_progressing(found.non_targets),
                     not_progressing(found.new_readings), found.new_total, found.new_left)


def not_progressing(readings):
    return {name for name, reading in readings.items()
            if reading not in (cohort.PROGRESSION, *responses.NOT_SEEN)}


def decide(found, suspicion, last_words):
    """(overall, suspicion afterwards) of one visit."""
    causes = causes_of(found)
    if suspicion is None:
        return ("iUPD", open_suspicion(found, causes, last_words)) if causes else (by_table(found), None)
    if grown_since(suspicion, found) or causes - suspicion.causes:
        early = (found.date - suspicion.date).days < CONFIRMATION_DAYS
        return ("iUPD" if early else "iCPD"), suspicion
    if nothing_evaluated(found):
        return "NE", suspicion
    if unresolved(suspicion, found):
        return "iUPD", suspicion
    overall = by_table(found)
    return overall, None if overall in RESETS else suspicion


def assess(patient):
    """One Response for each visit after baseline."""
    has_targets = bool(patient.targets)
    baseline = cohort.complete_sum(patient.target_readings[0]) if has_targets else None
    nadir, was_complete, suspicion, locked = baseline, False, None, False
    known_when_clear, last_words, answers = set(), ("NE", "NE"), []
    for visit in range(1, len(patient.dates)):
        found = find(patient, visit, baseline, nadir, was_complete, known_when_clear)
        before = suspicion
        words = shown_target(found), shown_non_target(found, before)
        last_words = [last if word == "NE" else word for word, last in zip(words, last_words)]
        overall, suspicion = ("iCPD", suspicion) if locked \
            else decide(found, suspicion, last_words)
        locked = locked or overall == "iCPD"
        was_complete = was_complete or overall == "iCR"
        if overall in ("iCR", "NED"):
            known_when_clear |= found.new_known
        answers.append(Response(
            *words, overall, found.total, found.new_total,
            before is not None and suspicion is None, before is None and suspicion is not None,
            before is not None and grown_since(before, found),
            suspicion.date if suspicion else None))
        if found.total is not None:
            nadir = found.total if nadir is None else min(nadir, found.total)
    return answers


def shown_target(found):
    return "iUPD" if "target" in found.relapse else found.target


def shown_non_target(found, suspicion):
    """A further increase, short of unequivocal, counts where non-targets raised the suspicion."""
    if "non-target" in found.relapse:
        return "iUPD"
    if suspicion and "non-target" in suspicion.causes \
            and irecist_cohort.INCREASED in found.non_targets.values():
        return "iUPD"
    return found.non_target


def counted_words(patient, answers):
    """What each visit can contribute to the best response: stable disease only when late enough."""
    for date, answer in zip(patient.dates[1:], answers):
        late = (date - patient.dates[0]).days >= MINIMUM_STABLE_DAYS
        if late or answer.overall not in ("iSD", "NON-iCR/NON-iUPD"):
            yield answer.overall
        if answer.overall == "iCPD":
            return


def best_response(patient, answers):
    words = list(counted_words(patient, answers))
    if all(word == "NED" for word in words) and words:
        return "NED"
    return next((word for word in RANKED if word in words), "NE")


def response_date(patient, answers, best):
    """The first visit of a response that counts."""
    for date, answer in zip(patient.dates[1:], answers):
        if best in ("iCR", "iPR") and answer.overall in ("iCR", "iPR"):
            return date
    return None


def millimetres(size):
    return "" if size is None else cohort.decimal(size)


def iso(date):
    return date.isoformat() if date else ""


def visit_columns(patient, kinds):
    expected, was_confirmed = [], False
    for answer in assess(patient):
        count_kinds(answer, was_confirmed, kinds)
        # After confirmation the suspicion has no more visits: what a component says of a growth
        # since then is the program's own choice.
        expected.append({
            "target": None if was_confirmed else answer.target,
            "non_target": None if was_confirmed else answer.non_target,
            "overall": answer.overall, "new_sum_mm": millimetres(answer.new_total)})
        was_confirmed = answer.overall == "iCPD"
    return expected


def count_kinds(answer, was_confirmed, kinds):
    kinds[answer.overall] += 1
    kinds["a suspicion is raised"] += answer.raised
    kinds["a suspicion is taken back"] += answer.reset
    kinds["a suspicion is confirmed"] += answer.overall == "iCPD" and not was_confirmed
    kinds["a further increase too early"] += answer.further and answer.overall == "iUPD"


def best_columns(patient):
    answers = assess(patient)
    best = best_response(patient, answers)
    # Progression is dated by the suspicion that was confirmed, or that nothing took back.
    return {"best_response": best, "response_date": iso(response_date(patient, answers, best)),
            "progression_date": iso(answers[-1].suspected_since)}


CRITERIA = comparison.Criteria(
    "irecist", cohort.COLUMNS, irecist_cohort.rows_of, visit_columns, best_columns,
    {"a suspicion is raised": 5000, "a suspicion is taken back": 2000,
     "a suspicion is confirmed": 2000, "a further increase too early": 500,
     **{word: 500 for word in RANKED}, "NE": 500, "NED": 500})
