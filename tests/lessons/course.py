#!/usr/bin/env python3
"""`bistro lesson check` finds every lesson of the course fine: course.py BISTRO LESSONS

The course that lies in the executable is checked, and it is the one of the folder. Each lesson has an answer, two wrong
answers and a question at least; each claim is proved by running it.
"""

import pathlib
import re
import subprocess
import sys


def main():
    bistro, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    run = subprocess.run([bistro, "lesson", "check"], capture_output=True, text=True, check=False)
    print(run.stdout, run.stderr, sep="")
    listed = re.findall(r"^\s*-\s+(\d\d-[\w-]+)\s*$", (folder / "course.yaml").read_text(encoding="utf-8"), re.M)
    complaints = [] if run.returncode == 0 else [f"It ended with code {run.returncode}."]
    for lesson in listed:
        counts = r"\((\w+) answers?, (\w+) wrong answers?, (\w+) questions?\)"
        told = re.search(rf"^{lesson}: fine {counts}$", run.stdout, re.M)
        if not told:
            complaints.append(f"{lesson} is not told to be fine.")
            continue
        answers, wrong, questions = (1 if count in ("one", "an", "a") else int(count) for count in told.groups())
        if answers < 1 or wrong < 2 or questions < 1:
            complaints.append(f"{lesson} has too little to prove: {told[0]}")
    if not listed:
        complaints.append("course.yaml lists no lesson.")
    sys.exit("\n".join(complaints) or 0)


main()
