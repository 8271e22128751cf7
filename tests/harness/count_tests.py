#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Counts single tests in Meson's log of a run (testlog.json) and prints `N passed, N failed`.

A TAP program counts with each of its lines, any other program as one. A program that ends badly
without a `not ok` line, or that says nothing at all, is one failure: it must not pass unnoticed.
"""

import json
import re
import sys

PASSED = re.compile(r"^ok\b", re.M)
SKIPPED = re.compile(r"^ok\b.*#\s*skip", re.M | re.I)
FAILED = re.compile(r"^not ok\b", re.M)
SKIPPED_PROGRAM = re.compile(r"^1\.\.0\s*#\s*skip", re.M | re.I)


def count(run):
    """(passed, failed, skipped) of one test program."""
    said = run.get("stdout", "")
    skipped = len(SKIPPED.findall(said))
    passed = len(PASSED.findall(said)) - skipped
    failed = len(FAILED.findall(said))
    fine = run["result"] in ("OK", "EXPECTEDFAIL", "SKIP")
    if not fine:
        return passed, max(failed, 1), skipped
    if SKIPPED_PROGRAM.search(said):
        return passed, failed, skipped + 1
    if passed + failed + skipped == 0:
        return (1, 0, 0) if run["result"] == "OK" else (0, 1, 0)
    return passed, failed, skipped


def main():
    totals = [0, 0, 0]
    with open(sys.argv[1], encoding="utf-8") as log:
        for line in log:
            for index, number in enumerate(count(json.loads(line))):
                totals[index] += number
    if totals[2]:
        print(f"{totals[2]} skipped")
    print(f"{totals[0]} passed, {totals[1]} failed")
    return 1 if totals[1] or not totals[0] else 0


sys.exit(main())
