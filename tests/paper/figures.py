# SPDX-License-Identifier: MIT
"""The figures that Baldi et al. (The Oncologist 2020;25:e1777-e1784) print, and the commands that
give them for fixtures/imt-2020. Used by tests/paper/run and scripts/reproduce-paper.

`all_figures(ask)` yields (name, expected, got, command). `ask(*arguments)` runs `recist` with JSON
output and returns the document; it may raise, which is then the figure's answer.
"""

import functools
from decimal import ROUND_HALF_UP, Decimal

FIXTURE = "fixtures/imt-2020"
LESIONS = f"{FIXTURE}/lesions.csv"
COURSES = ["--courses", f"{FIXTURE}/courses.csv"]
ADVANCED = ["--where", "setting=advanced"]
LOCALIZED = ["--where", "setting=localized"]
GROUPS = ("anthracycline", "MTX-V", "other")

# Results: objective response. group, setting, courses/evaluable, CR PR SD PD, ORR.
RESPONSES = [
    ("anthracycline", None, "25/21", "0 10 6 5", "10/21 47.6 % (25.7-70.2)"),
    ("anthracycline", "localized", "8/4", "0 2 2 0", "2/4 50.0 % (6.8-93.2)"),
    ("anthracycline", "advanced", "17/17", "0 8 4 5", "8/17 47.1 % (23.0-72.2)"),
    ("MTX-V", None, "13/13", "2 5 3 3", "7/13 53.8 % (25.1-80.8)"),
    ("MTX-V", "localized", "4/4", "0 2 1 1", "2/4 50.0 % (6.8-93.2)"),
    ("MTX-V", "advanced", "9/9", "2 3 2 2", "5/9 55.6 % (21.2-86.3)"),
]
ALK_RESPONSES = [
    ("anthracycline", "positive", "18/16", "8/16 50.0 %"),
    ("anthracycline", "negative", "7/5", "2/5 40.0 %"),
    ("MTX-V", "positive", "6/6", "4/6 66.7 %"),
    ("MTX-V", "negative", "7/7", "3/7 42.9 %"),
]
# The other regimens: responders/courses (CR, PR).
OTHER_RESPONSES = [
    ("oral cyclophosphamide", "3/4 (1 CR, 2 PR)"),
    ("docetaxel + gemcitabine", "1/2 (0 CR, 1 PR)"),
    ("trabectedin", "0/2 (0 CR, 0 PR)"),
    ("carboplatin + paclitaxel", "0/1 (0 CR, 0 PR)"),
    ("oral etoposide", "0/1 (0 CR, 0 PR)"),
]
# Results: survival. group, setting, endpoint, median (IQR), {months: rate (interval)}.
SURVIVAL = [
    ("anthracycline", "advanced", "pfs", "6.3 (1.9-13.4)", {"12": "29.4 % (14.1-61.4)"}),
    ("anthracycline", "advanced", "os", "21.2 (7.7-40.7)", {"24": "41.2 % (23.3-72.7)"}),
    ("anthracycline", "localized", "rfs", None, {"60": "50.0 % (25.0-100)"}),
    ("anthracycline", "localized", "os", None, {"60": "75.0 % (50.3-100)"}),
    ("MTX-V", "advanced", "pfs", "NR (24.9-NR)",
     {"12": "77.8 % (54.9-100)", "24": "77.8 % (54.9-100)", "60": "62.2 % (35.5-100)"}),
    ("MTX-V", "advanced", "os", "83.4 (83.4-NR)", {}),
    ("MTX-V", "localized", "rfs", "42.5 (12.9-61.2)", {}),
]
# ALK status, advanced anthracycline: endpoint, ALK+, ALK-, p of the log-rank test.
ALK_SURVIVAL = [
    ("os", "22.4 (3.2-40.7)", "17.3 (10.5-25.7)", ".351"),
    ("pfs", "4.7 (1.3-17.0)", "8.5 (5.4-12.1)", ".875"),
]
# Table 1: column, value, anthracycline/MTX-V/other.
CATEGORIES = [
    ("sex", "male", "15/5/6"), ("site", "abdomen", "10/3/4"),
    ("site", "lung or thoracic wall", "8/3/3"), ("site", "other", "7/7/3"),
    ("alk_status", "positive", "18/6/7"), ("stage", "local", "8/4/0"),
    ("stage", "locally advanced", "3/5/6"), ("stage", "metastatic", "14/4/4"),
    ("regimen", "A", "8/0/0"), ("regimen", "AI", "14/0/0"), ("regimen", "A + other", "3/0/0"),
    ("regimen", "MTX + VNB", "0/9/0"), ("regimen", "MTX + VNR", "0/3/0"),
    ("regimen", "VNB alone", "0/1/0"), ("regimen", "oral cyclophosphamide", "0/0/4"),
    ("regimen", "trabectedin", "0/0/2"), ("regimen", "docetaxel + gemcitabine", "0/0/2"),
    ("regimen", "carboplatin + paclitaxel", "0/0/1"), ("regimen", "oral etoposide", "0/0/1"),
    ("line", "first", "21/10/3"), ("line", "second", "2/2/4"), ("line", "further", "2/1/3"),
]
AGE = "31 (22-46) / 16 (12-31) / 38 (30-61)"
PRIOR_LINES = "0 (0-3) / 0 (0-2) / 1 (0-3)"
FOLLOW_UP = "69.0 (39.3-139.5)"


def number(value, decimals=1):
    """As a journal prints it: rounded half away from zero; NR where it was not reached."""
    if value is None:
        return "NR"
    unit = Decimal(1).scaleb(-decimals)
    return str(Decimal(repr(value)).quantize(unit, rounding=ROUND_HALF_UP))


def percent(fraction):
    text = number(100 * fraction)
    return "100" if text == "100.0" else text


def quartiles(row):
    return f"{number(row['median'])} ({number(row['q1'])}-{number(row['q3'])})"


def rate(row, months):
    low, high = (percent(row[f"rate_{months}_{end}"]) for end in ("low", "high"))
    return f"{percent(row[f'rate_{months}'])} % ({low}-{high})"


def orr(row, interval=True):
    text = f"{row['responders']}/{row['evaluable']} {number(row['orr_pct'])} %"
    low, high = number(row["orr_low_pct"]), number(row["orr_high_pct"])
    return f"{text} ({low}-{high})" if interval else text


def only(document, **wanted):
    """The one row with these values."""
    rows = [row for row in document["rows"]
            if all(row[name] == value for name, value in wanted.items())]
    if len(rows) != 1:
        raise LookupError(f"{len(rows)} rows with {wanted}")
    return rows[0]


class Figures:
    def __init__(self, ask):
        self.ask = functools.lru_cache(maxsize=None)(ask)

    def figure(self, name, expected, command, read):
        try:
            got = read(self.ask(*command))
        except Exception as problem:  # any failure is the figure's answer
            got = f"({type(problem).__name__}: {problem})"
        return name, expected, got, "recist " + " ".join(command)

    def responses(self):
        for group, setting, counts, kinds, expected in RESPONSES:
            where = ["--where", f"setting={setting}"] if setting else []
            command = ["summarize", LESIONS, *COURSES, "--by", "group", *where]
            name = f"response, {group}{' ' + setting if setting else ''}"
            row = functools.partial(only, group=group)
            yield self.figure(f"{name}: courses/evaluable", counts, command,
                              lambda d, row=row: f"{row(d)['courses']}/{row(d)['evaluable']}")
            yield self.figure(f"{name}: CR PR SD PD", kinds, command, lambda d, row=row: " ".join(
                str(row(d)[kind]) for kind in ("cr", "pr", "sd", "pd")))
            yield self.figure(f"{name}: ORR", expected, command,
                              lambda d, row=row: orr(row(d)))

    def responses_by_alk(self):
        command = ["summarize", LESIONS, *COURSES, "--by", "group,alk_status"]
        for group, alk, counts, expected in ALK_RESPONSES:
            row = functools.partial(only, group=group, alk_status=alk)
            yield self.figure(f"response, {group} ALK {alk}: courses/evaluable", counts, command,
                              lambda d, row=row: f"{row(d)['courses']}/{row(d)['evaluable']}")
            yield self.figure(f"response, {group} ALK {alk}: ORR", expected, command,
                              lambda d, row=row: orr(row(d), False))

    def responses_of_others(self):
        command = ["summarize", LESIONS, *COURSES, "--by", "regimen", "--where", "group=other"]
        for regimen, expected in OTHER_RESPONSES:
            def read(document, regimen=regimen):
                row = only(document, regimen=regimen)
                return f"{row['responders']}/{row['courses']} ({row['cr']} CR, {row['pr']} PR)"
            yield self.figure(f"response, {regimen}", expected, command, read)

    def survival(self):
        for group, setting, endpoint, median, rates in SURVIVAL:
            command = ["survival", LESIONS, *COURSES, "--endpoint", endpoint, "--by", "group",
                       "--where", f"setting={setting}"]
            name = f"{endpoint.upper()}, {group} {setting}"
            row = functools.partial(only, group=group)
            if median:
                yield self.figure(f"{name}: median (IQR), months", median, command,
                                  lambda d, row=row: quartiles(row(d)))
            for months, expected in rates.items():
                yield self.figure(f"{name}: at {months} months", expected, command,
                                  lambda d, row=row, months=months: rate(row(d), months))
        yield self.figure("OS, MTX-V localized: deaths", "0",
                          ["survival", *COURSES, "--endpoint", "os", "--by", "group", *LOCALIZED],
                          lambda d: str(only(d, group="MTX-V")["events"]))

    def survival_by_alk(self):
        for endpoint, plus, minus, p_value in ALK_SURVIVAL:
            command = ["survival", LESIONS, *COURSES, "--endpoint", endpoint, "--by", "alk_status",
                       "--where", "group=anthracycline", *ADVANCED]
            name = f"{endpoint.upper()}, anthracycline advanced"
            for word, expected in (("positive", plus), ("negative", minus)):
                yield self.figure(f"{name}, ALK {word}: median (IQR)", expected, command,
                                  lambda d, word=word: quartiles(only(d, alk_status=word)))
            yield self.figure(f"{name}, ALK: log-rank p", p_value, command,
                              lambda d: number(d["log_rank"]["p"], 3).lstrip("0"))

    def characteristics(self):
        command = ["describe", *COURSES, "--by", "group"]

        def values(document, **wanted):
            row = only(document, **wanted)
            return [row[group] for group in GROUPS]

        yield self.figure("table 1: courses", "25/13/10", command, lambda d: "/".join(
            map(str, values(d, variable="courses"))))
        for column, level, expected in CATEGORIES:
            yield self.figure(f"table 1: {column} {level}", expected, command,
                              lambda d, column=column, level=level: "/".join(map(str, values(
                                  d, variable=column, level=level, statistic="n"))))

        def three(document, variable, names):
            found = [values(document, variable=variable, statistic=name) for name in names]
            return " / ".join(f"{number(a, 0)} ({number(b, 0)}-{number(c, 0)})"
                              for a, b, c in zip(*found))

        for kind in ("7", "sas"):
            yield self.figure(f"table 1: age, median (IQR), quartiles {kind}", AGE,
                              [*command, "--quartiles", kind],
                              lambda d: three(d, "age", ("median", "q1", "q3")))
        yield self.figure("table 1: prior lines, median (range)", PRIOR_LINES, command,
                          lambda d: three(d, "prior_lines", ("median", "min", "max")))

    def patients(self):
        command = ["describe", *COURSES, "--per", "patient"]
        yield self.figure("patients", "38", command,
                          lambda d: str(only(d, variable="patients")["All"]))
        yield self.figure("patients: ALK+", "24", command, lambda d: str(
            only(d, variable="alk_status", level="positive", statistic="n")["All"]))
        yield self.figure("patients: median follow-up (IQR), months", FOLLOW_UP,
                          ["survival", *COURSES, "--follow-up", "--per", "patient"],
                          lambda d: quartiles(d["rows"][0]))

    def case(self):
        """Fig. 2: the tumour after ten weekly cycles of MTX-V."""
        def read(document):
            row = only(document, patient="IMT-21", study_day=71)
            return f"{number(row['change_from_baseline_pct'], 0)} % {row['overall']}"
        yield self.figure("fig. 2: change after ten weekly cycles", "-37 % PR",
                          ["assess", LESIONS, *COURSES], read)


def all_figures(ask):
    figures = Figures(ask)
    for part in (figures.responses, figures.responses_by_alk, figures.responses_of_others,
                 figures.survival, figures.survival_by_alk, figures.characteristics,
                 figures.patients, figures.case):
        yield from part()
