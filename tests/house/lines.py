#!/usr/bin/env python3
"""The sources are laid out as clang-format does it, and no line of them is longer than 120 columns.

lines.py --long prints the five longest files and the five longest lines as well.
"""

import concurrent.futures
import os
import re
import subprocess
import sys

import house

COLUMNS = 120


def of_the_test(name, text):
    """A test's programs, and what it expects word by word, stand in raw strings and are not ours to break."""
    if not name.startswith("tests/"):
        return text
    return re.sub(r'R"(\w*)\(.*?\)\1"', lambda raw: "\n" * raw[0].count("\n"), text, flags=re.S)


def formatted(names):
    told = subprocess.run(["clang-format", "--dry-run", "-Werror", "--ferror-limit=1", *names], cwd=house.TOP,
                          stderr=subprocess.PIPE, text=True, check=False)
    lines = [line for line in told.stderr.splitlines() if "error:" in line]
    return lines or ([told.stderr] if told.returncode else [])


def main():
    complaints, lengths, widths = [], [], []
    for name in house.files(".cpp", ".h", ".inc", ".py", ".cmake"):
        lines = of_the_test(name, house.text(name)).splitlines()
        lengths.append((len(lines), name))
        for number, line in enumerate(lines, 1):
            widths.append((len(line), f"{name}:{number}"))
            if len(line) > COLUMNS:
                complaints.append(f"{name}:{number}: {len(line)} columns")
    if "--long" in sys.argv:
        for size, name in sorted(lengths, reverse=True)[:5] + sorted(widths, reverse=True)[:5]:
            print(f"{size:6} {name}")
    names = house.files(".cpp", ".h")
    parts = [names[i:i + 40] for i in range(0, len(names), 40)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for said in pool.map(formatted, parts):
            complaints += said
    house.verdict("the sources are formatted, and their lines are short", complaints)


main()
