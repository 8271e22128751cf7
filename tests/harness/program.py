# SPDX-License-Identifier: MIT
"""Runs the program under test. Meson tells where it is (RECIST_PROGRAM); without that, build/ is
taken."""

import csv
import io
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.path.abspath(os.environ.get("RECIST_PROGRAM", ROOT / "build" / "src" / "cli" / "recist"))
TIME_LIMIT = 300  # seconds, for one run of the program; sanitizers are slow

os.environ["RECIST_RULES_PATH"] = os.environ.get("RECIST_RULES_PATH", str(ROOT / "rules"))

# An exit status no run of the program ends with; sanitizers end with it when they found something.
SANITIZER_STATUS = 86
for _name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
    _given = os.environ.get(_name)
    os.environ[_name] = ":".join(filter(None, [_given, f"exitcode={SANITIZER_STATUS}"]))


class ProgramDied(AssertionError):
    """The program crashed, hung, or a sanitizer stopped it: never a right answer to anything."""


def run(*arguments, stdin=None, cwd=ROOT, **options):
    """Runs `recist` and returns the finished process, with bytes in stdout and stderr."""
    options.setdefault("stdout", subprocess.PIPE)
    options.setdefault("stderr", subprocess.PIPE)
    if stdin is None:
        options.setdefault("stdin", subprocess.DEVNULL)
    done = subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, cwd=cwd,
                          timeout=TIME_LIMIT, check=False, **options)
    if done.returncode < 0 or done.returncode == SANITIZER_STATUS:
        said = (done.stderr or b"").decode("utf-8", "replace")
        raise ProgramDied(f"status {done.returncode} of recist {' '.join(map(str, arguments))}\n{said}")
    return done


def rows(text):
    """Rows of CSV output, as dictionaries by column."""
    return list(csv.DictReader(io.StringIO(text.decode("utf-8"), newline="")))


def run_rows(*arguments, statuses=(0,), stdin=None):
    """Runs a command with CSV output and returns its rows; any other exit status is a failure."""
    done = run(*arguments, "--format", "csv", stdin=stdin)
    if done.returncode not in statuses:
        raise AssertionError(f"exit status {done.returncode} of recist {' '.join(map(str, arguments))}\n"
                             + done.stderr.decode("utf-8", "replace"))
    return rows(done.stdout)


def set_options(settings):
    """--set options for {name: value}."""
    return [part for name, value in settings.items() for part in ("--set", f"{name}={value}")]
