#!/usr/bin/env python3
"""Each thing that the sandbox must survive has its tests, and the tests that are named for it are there.

`tests/faults/rows/*.tsv` names them, a line each: the row's id, its tests (`tst_name::function`, or
`tst_name::function:row`, separated by commas), `short` or `long`, and its control, or why it needs none.
"""

import re

import house

PROGRAMS = """F01 F02 F03 F04 F05 F07 F08 F09 F11 F13 F14 F15 F16 F17 F18 F19 F20 F21 F22 F23 F24 F25 F26 F27 F29 F31
F32 F34 F35 F36 F38 F56 F58 F59""".split()
ALL = sorted(PROGRAMS + """F40 F41 F42 F43 F44 F45 F46 F47 F48 F49 F50 F51 F52 F53 F54 F55 F60""".split())
# Without these the claim does not hold: ALL, once each row has its tests.
REQUIRED = ALL

TEST = re.compile(r"(tst_\w+)::(\w+)(?::(.+))?")


def sources():
    """The test programs: their names, and all that they are compiled of."""
    found = {}
    for name in house.files(".cpp"):
        program = re.fullmatch(r"tests/(?:.*/)?(tst_\w+)\.cpp", name)
        if program:
            found[program[1]] = house.text(name)
    return found


def wrong(test, programs):
    """What is wrong with a test's name; None: it is there."""
    match = TEST.fullmatch(test)
    if not match:
        return "is no tst_name::function"
    program, function, row = match.groups()
    if program not in programs:
        return "is in no such program"
    if not re.search(rf"\bvoid {function}\(\)", programs[program]):
        return "is no function of it"
    if row and f'"{row}"' not in programs[program] and not any(
            name.endswith("/programs/" + row) for name in house.files()):
        return "has no such row"
    return None


def main():
    complaints = []
    programs = sources()
    named = set()
    for page in house.files(".tsv"):
        if not page.startswith("tests/faults/rows/"):
            continue
        for number, line in enumerate(house.text(page).splitlines(), 1):
            cells = line.split("\t")
            at = f"{page}:{number}"
            if len(cells) != 4 or cells[0] not in ALL or cells[2] not in ("short", "long") or not cells[3].strip():
                complaints.append(f"{at} is no row: an id, tests, short or long, a control")
                continue
            named.add(cells[0])
            for test in re.split(r",\s*", cells[1]):
                fault = wrong(test, programs)
                if fault:
                    complaints.append(f"{at}: {test} {fault}")
    complaints += [f"{row} has no test in tests/faults/rows/" for row in REQUIRED if row not in named]
    house.verdict("what the sandbox must survive has its tests", complaints)


main()
