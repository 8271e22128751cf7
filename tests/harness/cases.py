# SPDX-License-Identifier: MIT
"""Worked cases as tests/cases/README.md describes them: read, run and compared.

All cases that share criteria, settings and kind go into one file, one patient each, so that hundreds
of cases take a handful of runs of the program.
"""

import csv
import json
import pathlib
import re
import sys
import tempfile

import program
import tap

USUAL = "recist-1.1"
COLUMNS = ["patient", "visit", "date", "lesion", "role", "site", "nodal", "diameter_mm", "status",
           "method", "slice_mm", "kind", "prior_therapy"]
COURSE_COLUMNS = ["start", "end", "next_therapy", "death", "last_contact", "evaluable", "progression"]
# Lines whose names differ from their columns of the courses file.
COURSE_LINES = {"progression_elsewhere": "progression"}
SHORT_ANSWERS = {"new": "new_lesion", "sum": "sum_mm"}
BEST_ANSWERS = {"best": "best_response", "confirmed_best": "confirmed_best_response",
                "response": "response_date", "confirmed_response": "confirmed_response_date",
                "progression": "progression_date", "best_rule": "rule",
                "confirmed_best_rule": "confirmed_rule", "last_evaluated": "last_evaluated"}
# What `recist best --format adrs` says under ADaM's names: (parameter, column).
ADRS_ANSWERS = {"rank": ("BOR", "AVAL"), "best_date": ("BOR", "ADT"), "responder": ("RSP", "AVALC")}
WORDS = {"gone": "absent", "small": "too small to measure", "ne": "not evaluable",
         "merged": "merged", "present": "present", "pd": "unequivocal progression",
         "new": "unequivocal", "equivocal": "equivocal"}
BASELINE_CODES = {"max-targets-total", "max-targets-per-organ", "below-minimum-size",
                  "prior-local-therapy", "not-measurable-kind", "baseline-missing", "max-cutaneous", "max-visceral",
                  "max-new-cutaneous", "max-new-visceral", "flair-missing", "organ-unknown",
                  "organ-perhaps-full"}
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")
AXES = re.compile(r"([0-9.]+)x([0-9.]+)\Z")
DATE = re.compile(r"\d{4}(-\d\d){0,2}(\s|\Z)")


class Mistake(Exception):
    """A case that is not written as README.md says."""


class Case:
    def __init__(self, name, place, rules):
        self.name = name
        self.place = place
        self.rules = rules
        self.settings = {}
        self.course = {}        # columns of the courses file
        self.attributes = {}    # lesion -> columns
        self.findings = None
        self.best = {}          # column of `recist best` -> what is expected
        self.adrs = {}          # (parameter, column) of ADRS -> what is expected
        self.controlled = None  # "Y" or "N": whether `recist summarize` counts it as disease control
        self.responses = False  # visits are assessed responses
        self.lesions = []       # (name or "" of the patient, role, site)
        self.answers = []       # columns right of the bar
        self.visits = []        # (date, cells, {column: word})

    def group(self):
        """What cases must share to be run together."""
        return (self.rules, tuple(sorted(self.settings.items())), bool(self.course), self.responses)

    def expects(self):
        return self.answers or self.best or self.adrs or self.controlled or self.findings is not None

    def first_progression(self):
        """Where no line says it, RECIST 1.1 cases expect the date of the first PD."""
        if self.rules != USUAL or "overall" not in self.answers or "progression_date" in self.best:
            return None
        for date, _, expected in self.visits[1:]:
            if expected.get("overall") == "PD":
                return expected.get("date", date)
        return "none"


# Reading

def split_columns(text):
    return re.split(r"\s{2,}|\t", text.strip()) if text.strip() else []


def role_of(lesion):
    if lesion.startswith("NT"):
        return "non-target"
    return "target" if lesion.startswith("T") else "new"


def read_head(case, line):
    seen, bar, expected = line.partition("|")
    for heading in split_columns(seen)[1:]:
        if heading.startswith("["):
            if not heading.endswith("]"):
                raise Mistake(f"heading {heading!r} has no closing bracket")
            case.lesions.append(("", heading[1:-1], ""))
        else:
            lesion, _, site = heading.partition(" ")
            case.lesions.append((lesion, role_of(lesion), site))
    names = [name.replace("-", "_") for name in split_columns(expected)]
    case.answers = [SHORT_ANSWERS.get(name, name) for name in names]
    if bar and not case.answers:
        raise Mistake("answer columns missing")


def read_visit(case, line):
    seen, _, expected = line.partition("|")
    if case.responses:
        case.visits.append((*seen.split(), {}))
        if len(case.visits[-1]) != 3:
            raise Mistake(f"{line.strip()!r} is not DATE RESPONSE")
        return
    date, *cells = split_columns(seen)
    cells += ["-"] * (len(case.lesions) - len(cells))
    answers = split_columns(expected)
    if len(cells) != len(case.lesions):
        raise Mistake(f"{len(cells)} cells for {len(case.lesions)} lesions: {line.strip()}")
    if case.visits and len(answers) != len(case.answers):
        raise Mistake(f"{len(answers)} answers for {len(case.answers)} columns: {line.strip()}")
    case.visits.append((date, cells, dict(zip(case.answers, answers))))


def read_pairs(text, separator):
    pairs = {}
    for part in filter(None, (piece.strip() for piece in text.split(separator))):
        name, equals, value = part.partition("=")
        if not equals:
            raise Mistake(f"{part!r} is not NAME=VALUE")
        pairs[name.strip()] = value.strip()
    return pairs


def read_settings(text):
    """NAME=VALUE pairs kept apart by blanks; a value may have one: `limit=35 U/ml`."""
    pieces = re.split(r"\s+(?=\w+=)", text)
    return read_pairs("\n".join(pieces), "\n")


def read_findings(text):
    if text == "none":
        return []
    pairs = (part.strip().partition(" ") for part in text.split(","))
    return sorted((code, lesion.strip()) for code, _, lesion in pairs)


def read_named_line(case, key, value):
    column = key.replace(" ", "_")
    if key == "set":
        case.settings.update(read_settings(value))
    elif column in BEST_ANSWERS:
        case.best[BEST_ANSWERS[column]] = value
    elif column in ADRS_ANSWERS:
        case.adrs[ADRS_ANSWERS[column]] = value
    elif key == "controlled":
        case.controlled = value
    elif column in COURSE_COLUMNS or column in COURSE_LINES:
        case.course[COURSE_LINES.get(column, column)] = value
    elif key == "findings":
        case.findings = read_findings(value)
    elif key.startswith("lesion "):
        case.attributes[key.split()[1]] = read_pairs(value, ",")
    elif key == "responses":
        case.responses = True
    elif key != "source":
        raise Mistake(f"unknown line {key!r}")


def read_line(case, line):
    key, colon, value = line.partition(":")
    if line.startswith("visit "):
        read_head(case, line)
    elif DATE.match(line):
        read_visit(case, line)
    elif not colon:
        raise Mistake(f"cannot read {line!r}")
    else:
        read_named_line(case, key.strip(), value.strip())


def read_cases(path):
    cases = []
    rules = USUAL
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.partition("#")[0].rstrip()
        place = f"{path.name}:{number}"
        try:
            if line.startswith("case:"):
                cases.append(Case(line[5:].strip(), place, rules))
            elif line.startswith("rules:") and not cases:
                rules = line[6:].strip()
            elif line and not cases:
                raise Mistake("text before the first case")
            elif line:
                read_line(cases[-1], line)
        except Mistake as mistake:
            sys.exit(f"{place}: {mistake}")
    for case in cases:
        if not case.visits or not case.expects():
            sys.exit(f"{case.place}: the case expects nothing")
    return cases


# Writing what the program reads

def reading(cell):
    """Columns for what a cell says of a lesion: numbers, axes, COLUMN=NUMBER, words."""
    columns = {}
    for piece in cell.split():
        axes = AXES.match(piece)
        if NUMBER.match(piece):
            columns["diameter_mm"] = piece
        elif axes:
            columns["long_axis_mm"], columns["short_axis_mm"] = axes.groups()
        elif "=" in piece:
            columns.update(read_pairs(piece, "\n"))
        elif "status" not in columns:
            columns["status"] = WORDS.get(piece, piece.replace("_", " "))
        else:
            raise Mistake(f"cannot read the cell {cell!r}")
    return columns


def lesion_rows(lesion, cell):
    """(lesion, columns) for each row of the measurement file that a cell stands for."""
    if cell == "-":
        return []
    if "+" in cell:  # the parts of a lesion that split
        return [(f"{lesion}.{part}", reading(size))
                for part, size in enumerate(cell.split("+"), 1)]
    return [(lesion, reading(cell))]


def patient_rows(role, cell):
    if cell == "-":
        return []
    if role == "none":
        return [("", {})]
    return [("", {"value" if NUMBER.match(cell) else "status": cell})]


def visit_rows(case, index):
    date, cells, _ = case.visits[index]
    label = f"visit {index}" if any("@" in cell for _, row, _ in case.visits for cell in row) else ""
    for (lesion, role, site), cell in zip(case.lesions, cells):
        cell, _, day = cell.partition("@")
        for name, columns in lesion_rows(lesion, cell) if lesion else patient_rows(role, cell):
            row = {"date": day or date, "visit": label, "lesion": name, "role": role, "site": site}
            row.update(columns)
            row.update(case.attributes.get(lesion, {}))
            yield row


def write_table(path, rows, columns):
    """Columns that no row of this table uses stay away, but for those named."""
    further = [name for row in rows for name in row if name not in columns]
    with open(path, "w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*columns, *dict.fromkeys(further)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def measurement_rows(cases):
    for patient, case in cases.items():
        for index, (date, _, _) in enumerate(case.visits):
            for row in list(visit_rows(case, index)) or [{"date": date, "role": "none"}]:
                yield {"patient": patient, **row}


def response_rows(cases):
    for patient, case in cases.items():
        for date, word, _ in case.visits:
            yield {"patient": patient, "date": date, "overall": word}


# Running and comparing

def by_patient(rows):
    patients = {}
    for row in rows:
        patients.setdefault(row["patient"], []).append(row)
    return patients


def answer(row, column):
    """As a case writes it: numbers as they stand, `none` for what is not there."""
    value = row.get(column, "no such column")
    return "none" if value in (None, "") else str(value)


def visits_wrong(case, rows):
    wrong = []
    if case.answers and len(rows) != len(case.visits):
        wrong.append(f"{len(case.visits)} visits expected, {len(rows)} in the answer")
    for (date, _, expected), row in zip(case.visits, rows):
        for column, word in expected.items():
            read = answer(row, column)
            if read != word:
                wrong.append(f"{date} {column}: expected {word}, read {read} ({row['reason']})")
    expected = case.first_progression()
    read = next((row["date"] for row in rows if row["overall"] == "PD"), "none")
    if expected not in (None, read):
        wrong.append(f"first progression: expected {expected}, read {read}")
    return wrong


def best_wrong(case, rows):
    if not case.best:
        return []
    if len(rows) != 1:
        return [f"one best response expected, {len(rows)} in the answer"]
    wrong = []
    for column, word in case.best.items():
        read = answer(rows[0], column)
        if read != word:
            wrong.append(f"{column}: expected {word}, read {read} ({rows[0]['reason']})")
    return wrong


def adrs_wrong(case, rows):
    read = {(row["PARAMCD"], column): row[column] or "none"
            for row in rows if not row["VISIT"] for column in ("AVAL", "AVALC", "ADT")}
    return [f"{' '.join(key)}: expected {word}, read {read.get(key)}"
            for key, word in case.adrs.items() if read.get(key) != word]


def control_wrong(case, rows):
    read = "Y" if rows and rows[0]["dcr_pct"] == "100" else "N"
    return [] if case.controlled in (None, read) else [f"controlled: expected {case.controlled}, read {read}"]


def findings_wrong(case, rows, codes):
    if case.findings is None:
        return []
    read = sorted((row["code"], row["lesion"] or "") for row in rows if row["code"] in codes)
    named = sorted((code, lesion if (code, "") not in case.findings else "")
                   for code, lesion in read)
    return [] if named == case.findings else [f"findings: expected {case.findings}, read {read}"]


class Group:
    """Cases that share criteria, settings and kind, and what the program says of them."""

    def __init__(self, key, cases):
        self.rules, settings, self.with_courses, self.responses = key
        self.cases = {f"P{number:04d}": case for number, case in enumerate(cases, 1)}
        self.options = program.set_options(dict(settings))
        if self.rules != USUAL:
            self.options += ["--rules", self.rules]
        self.codes = BASELINE_CODES.union(code for case in cases for code, _ in case.findings or [])

    def write(self, directory):
        self.path = pathlib.Path(directory) / "input.csv"
        if self.responses:
            write_table(self.path, list(response_rows(self.cases)), [])
        else:
            write_table(self.path, list(measurement_rows(self.cases)), COLUMNS)
        self.courses = pathlib.Path(directory) / "courses.csv"
        write_table(self.courses, [{"patient": patient, **case.course}
                                   for patient, case in self.cases.items()],
                    ["patient", *COURSE_COLUMNS])
        self.without_courses = [*self.options]
        if self.with_courses:
            self.options += ["--courses", self.courses]

    def ask(self, command, *options):
        """Rows by patient, and what was said where there are none. JSON has all columns."""
        done = program.run(command, self.path, *options, *self.options, "--format", "json")
        rows = json.loads(done.stdout, parse_float=str, parse_int=str)["rows"] if done.stdout else []
        return by_patient(rows), "" if rows else done.stderr.decode("utf-8", "replace")

    def ask_adrs(self):
        rows = program.rows(program.run("best", self.path, "--keep-going", *self.options,
                                        "--format", "adrs").stdout)
        return by_patient({"patient": row["USUBJID"], **row} for row in rows)

    def ask_control(self):
        """Each patient is a group, of which the disease control rate is 0 or 100 percent."""
        return by_patient(program.rows(program.run(
            "summarize", self.path, "--keep-going", *self.without_courses, "--courses", self.courses,
            "--by", "patient", "--format", "csv").stdout))

    def run(self, out):
        visits, findings, best, adrs, control, said = {}, {}, {}, {}, {}, ""
        if not self.responses:
            visits, said = self.ask("assess", "--keep-going")
            findings, _ = self.ask("validate")
        if any(case.best for case in self.cases.values()):
            best, said = self.ask("best", "--keep-going")
        if any(case.adrs for case in self.cases.values()):
            adrs = self.ask_adrs()
        if any(case.controlled for case in self.cases.values()):
            control = self.ask_control()
        for patient, case in self.cases.items():
            about = findings.get(patient, [])
            wrong = [] if self.responses else visits_wrong(case, visits.get(patient, []))
            wrong += best_wrong(case, best.get(patient, []))
            wrong += adrs_wrong(case, adrs.get(patient, []))
            wrong += control_wrong(case, control.get(patient, []))
            wrong += findings_wrong(case, about, self.codes)
            errors = [row["message"] for row in about if row["severity"] == "error"]
            out.check(case.name, not wrong, "\n".join([case.place, *wrong, *errors, said]))


def run_cases(cases, out):
    groups = {}
    for case in cases:
        groups.setdefault(case.group(), []).append(case)
    for key, members in groups.items():
        with tempfile.TemporaryDirectory() as directory:
            group = Group(key, members)
            try:
                group.write(directory)
            except Mistake as mistake:
                sys.exit(f"cases for {group.rules}: {mistake}")
            group.run(out)


def main(folder, names):
    """The cases of the files named, else of all in the folder; the exit status."""
    out = tap.Tap()
    run_cases([case for path in [pathlib.Path(name) for name in names] or sorted(folder.glob("*.txt"))
               for case in read_cases(path)], out)
    return out
