# SPDX-License-Identifier: MIT
"""Test Anything Protocol: one line for each test, the plan at the end."""

import sys
import traceback


class Tap:
    """Counts and prints. `check` returns whether the test passed."""

    def __init__(self):
        self.number = 0
        self.failed = 0

    def check(self, name, passed, explanation=""):
        self.number += 1
        word = "ok" if passed else "not ok"
        print(f"{word} {self.number} - {plain(name)}")
        if not passed:
            self.failed += 1
            for line in str(explanation).splitlines():
                print(f"#   {line}")
        sys.stdout.flush()
        return passed

    def equal(self, name, read, expected, explanation=""):
        passed = read == expected
        why = "" if passed else f"expected {expected!r}\nread     {read!r}\n{explanation}"
        return self.check(name, passed, why)

    def guard(self, name, function, *arguments):
        """Runs a test that may end with an exception: a failure of that test, not of all."""
        try:
            function(*arguments)
        except Exception:  # whatever it was, the other tests go on
            self.check(name, False, traceback.format_exc())

    def skip(self, name, why):
        self.number += 1
        print(f"ok {self.number} - {plain(name)} # SKIP {why}")

    def finish(self):
        """Prints the plan; the exit status of a test program."""
        print(f"1..{self.number}")
        return 1 if self.failed or not self.number else 0


def plain(name):
    """A test's name without what the protocol gives a meaning to."""
    return " ".join(str(name).replace("#", "no.").split())
