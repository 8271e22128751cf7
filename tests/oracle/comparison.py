# SPDX-License-Identifier: MIT
"""Compares what the program says of a cohort with what a second implementation of its criteria
says."""

import collections
import pathlib
import tempfile

import cohort
import program

SHOWN = 5  # differences in one column that are told


class Criteria:
    """name: of the criteria file. rows_of(patient): rows of a measurement file. visits(patient):
    one {column: text} for each visit after baseline; None where the program may say what it likes.
    best(patient): {column: text} of `recist best`. kind(patient): counts of what the cohort holds;
    least: how often it must hold it in 10,000 patients."""

    def __init__(self, name, columns, rows_of, visits, best=None, least=None):
        self.name = name
        self.columns = columns
        self.rows_of = rows_of
        self.visits = visits
        self.best = best
        self.least = least or {}


def target_and_overall(assess):
    """What Criteria takes as `visits`, of assess(patient) that gives these two words for each visit."""
    def visits(patient, kinds):
        expected = []
        for target, word in assess(patient):
            kinds["target " + target] += 1
            kinds[word] += 1
            expected.append({"target": target, "overall": word})
        return expected
    return visits


def compare(out, criteria, patients):
    assessed, best = run_program(criteria, patients)
    wrong, kinds = collections.defaultdict(list), collections.Counter()
    for patient in patients:
        visits = criteria.visits(patient, kinds)
        rows = [row for row in assessed[patient.name] if row["overall"] != "baseline"]
        if len(rows) != len(visits):
            wrong["visits"].append(f"{patient.name}: {len(visits)} visits expected, {len(rows)} read")
        for expected, row in zip(visits, rows):
            note_differences(wrong, patient, row["date"], expected, row)
        if criteria.best:
            note_differences(wrong, patient, "best", criteria.best(patient), best[patient.name])
    report(out, criteria, len(patients), wrong, kinds)


def run_program(criteria, patients):
    with tempfile.TemporaryDirectory() as directory:
        path = pathlib.Path(directory) / "lesions.csv"
        cohort.write((row for patient in patients for row in criteria.rows_of(patient)), path,
                     criteria.columns)
        assessed, best = collections.defaultdict(list), {}
        for row in program.run_rows("assess", path, "--rules", criteria.name):
            assessed[row["patient"]].append(row)
        if criteria.best:
            for row in program.run_rows("best", path, "--rules", criteria.name):
                best[row["patient"]] = row
    return assessed, best


def note_differences(wrong, patient, when, expected, row):
    for column, value in expected.items():
        if value is not None and row[column] != value:
            wrong[column].append(f"{patient.name} {when} {column}: expected {value!r}, "
                                 f"read {row[column]!r} ({row['reason']})")


def report(out, criteria, count, wrong, kinds):
    out.check(f"{criteria.name}: visits and best responses of {count} patients", not wrong,
              "\n".join(f"{column}: {len(texts)} differ\n" + "\n".join(texts[:SHOWN])
                        for column, texts in wrong.items()))
    for kind, least in criteria.least.items():
        wanted = least * count // 10_000
        out.check(f"{criteria.name}: the cohort holds: {kind}", kinds[kind] >= wanted,
                  f"{kinds[kind]}, at least {wanted} wanted")
