#!/usr/bin/env python3
"""How well the walls hold on this computer: runs what README.md names, and counts by wall.

matrix.py FOLDER       FOLDER has the tests' programs (build/release/bin). Prints a table for SECURITY.md.
matrix.py --check FOLDER   runs nothing, and says which of the names no test has.

Tried: what was run. Refused: what failed within the walls. Controls: what then succeeded without them; the others had
none, since this computer refuses it to everybody. What could not be tried at all is told below the table.
"""

import collections
import datetime
import os
import pathlib
import platform
import re
import subprocess
import sys

PAGE = pathlib.Path(__file__).with_name("README.md")
NO_CONTROL = ("this computer refuses it without walls", "this computer writes no core files")
PATIENCE = 900  # seconds for one program


def ways():
    """Of each line of the page: its wall, and the names of tests as (program, function, row)."""
    for line in PAGE.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("| ") else []
        if len(cells) == 3:
            names = re.findall(r"`(tst_\w+)::(\w+)(?:\(([^`]*)\))?`", cells[2])
            if names:
                yield cells[1], names


def known(program):
    told = subprocess.run([program, "-datatags"], capture_output=True, text=True, check=False).stdout
    functions = subprocess.run([program, "-functions"], capture_output=True, text=True, check=False).stdout
    found = {(function.strip("()"), "") for function in functions.split()}
    for line in told.splitlines():
        _, function, *tag = line.split(" ", 2)
        found.add((function, tag[0] if tag else ""))
    return found


def outcomes(program, functions):
    """By (function, row): "pass", or "skip" or "fail" with what the test says."""
    said = subprocess.run([program, "-o", "-,txt", *sorted(functions)], capture_output=True, text=True, check=False,
                          timeout=PATIENCE, errors="replace").stdout
    found, last = {}, None
    for line in said.splitlines():
        match = re.match(r"(PASS|SKIP|FAIL!|XFAIL|XPASS)\s*:\s*\w+::(\w+)\((.*?)\)(?: (.*))?$", line)
        if match:
            kind, function, row, reason = match.groups()
            last = (function, row)
            found[last] = {"PASS": "pass", "SKIP": "skip"}.get(kind, "fail"), reason or ""
    return found


def check(folder):
    complaints = []
    programs = {}
    for _, names in ways():
        for program, function, row in names:
            if program not in programs:
                programs[program] = known(folder / program)
            if (function, row) not in programs[program]:
                complaints.append(f"README.md: `{program}::{function}({row})` does not exist")
    print("\n".join(complaints) or f"{sum(len(names) for _, names in ways())} attempts, and each is a test")
    return 1 if complaints else 0


def measure(folder):
    functions = collections.defaultdict(set)
    for _, names in ways():
        for program, function, _ in names:
            functions[program].add(function)
    found = {program: outcomes(folder / program, asked) for program, asked in functions.items()}
    walls = collections.defaultdict(collections.Counter)
    notes = []
    for wall, names in ways():
        for program, function, row in names:
            kind, reason = found[program].get((function, row), ("missing", "the test did not say"))
            name = f"{program}::{function}({row})"
            counts = walls[wall]
            if kind == "skip" and not reason.startswith(NO_CONTROL):
                counts["untried"] += 1
                notes.append(f"Not tried: {name}: {reason}")
                continue
            counts["tried"] += 1
            counts["refused"] += kind in ("pass", "skip")
            counts["controls"] += kind == "pass"
            if kind == "skip":
                notes.append(f"No control: {name}: {reason}")
            elif kind != "pass":
                notes.append(f"FAILED: {name}: {reason}")
    user = "root" if os.geteuid() == 0 else f"user {os.geteuid()}"
    print(f"{datetime.date.today()}, Linux {platform.release()}, {user}\n")
    print("| Wall | Tried | Refused | Controls that succeeded |\n|---|---|---|---|")
    total = collections.Counter()
    for wall, counts in walls.items():
        total += counts
        print(f"| {wall} | {counts['tried']} | {counts['refused']} | {counts['controls']} |")
    print(f"| all | {total['tried']} | {total['refused']} | {total['controls']} |\n")
    print("\n".join(notes))
    return 0 if total["tried"] == total["refused"] else 1


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--check"]
    if len(arguments) != 1 or not pathlib.Path(arguments[0]).is_dir():
        print(__doc__.split("\n\n", 1)[1], file=sys.stderr)
        return 2
    return (check if "--check" in sys.argv else measure)(pathlib.Path(arguments[0]).resolve())


sys.exit(main())
