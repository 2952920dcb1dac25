#!/usr/bin/env python3
"""A lesson that is broken on purpose is told by file, line and sentence: broken.py BISTRO

A small lesson that is fine is written, and found so. Then each break is made in a copy of it, and `bistro lesson check`
has to name the file and the line, say what is wrong there, and end with code 1.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

LESSON = """---
format: 1
title: The egg timer
short: Egg timer
sentence: A timer rings later.
learned: "You know that a timer rings after the script."
minutes: 3
main: lesson.js
---
A timer rings later. ![a timer](pictures/timer.svg)

---
What comes first?

```predict order
lines:
  - {text: open, line: 1}
  - {text: bread, line: 2, kind: timer}
  - {text: closed, line: 3}
answer: [open, closed, bread]
because: The script runs to its end first.
```
"""
CHECK = """format: 1
task: Is the tea served?
expect:
  - output: {lines: [tea]}
    right: the tea is served.
    not-yet: nobody serves tea.
  - order: [closed, bread]
hints:
  - Print one more line.
  - "Write console.log('tea')."
"""
START = "console.log('open');\nsetTimeout(() => console.log('bread'), 1);\nconsole.log('closed');\n"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><circle cx="4" cy="4" r="3"/></svg>\n'
FILES = {
    "lesson.md": LESSON,
    "check.yaml": CHECK,
    "start/lesson.js": START,
    "answer/lesson.js": START + "console.log('tea');\n",
    "wrong/milk/lesson.js": START + "console.log('milk');\n",
    "wrong/milk/expect.yaml": 'sentences: ["nobody serves tea"]\n',
    "wrong/nothing/lesson.js": "console.log('tea'); tea();\n",
    "wrong/nothing/expect.yaml": 'sentences: ["tea is not defined"]\n',
    "pictures/timer.svg": PICTURE,
}


def line_of(text, part):
    return text[:text.index(part)].count("\n") + 1


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


# What is broken; the file, its text then; where it is told, and a part of what is said (any case).
BREAKS = [
    ("bad YAML", "check.yaml", CHECK.replace("{lines: [tea]}", "{lines: [tea}"),
     ("check.yaml", line_of(CHECK, "{lines: [tea]}")), r"\w{3}"),
    ("unknown expectation", "check.yaml", CHECK.replace("- order:", "- ordre:"),
     ("check.yaml", line_of(CHECK, "- order:")), "ordre"),
    ("wrong order claimed", "lesson.md", LESSON.replace("[open, closed, bread]", "[open, bread, closed]"),
     ("lesson.md", line_of(LESSON, "```predict")), "bread|closed"),
    ("answer that fails", "answer/lesson.js", START + "console.log('coffee');\n",
     ("check.yaml", line_of(CHECK, "- output:")), "nobody serves tea"),
    ("picture missing", "pictures/timer.svg", None,
     ("lesson.md", line_of(LESSON, "![a timer]")), "timer.svg"),
    ("wrong answer that passes", "wrong/milk/lesson.js", START + "console.log('tea');\n",
     ("wrong/milk/expect.yaml", None), "passes the check"),
    ("nothing left to change", "start/lesson.js", START + "console.log('tea');\n",
     ("check.yaml", None), "right already"),
]


def check(bistro, folder):
    return subprocess.run([bistro, "lesson", "check", folder], capture_output=True, text=True, check=False)


def main():
    bistro = sys.argv[1]
    complaints = []
    with tempfile.TemporaryDirectory() as work:
        fine = pathlib.Path(work) / "01-the-egg-timer"
        write(fine, FILES)
        run = check(bistro, fine)
        if run.returncode != 0:
            sys.exit(f"The lesson that is fine is refused:\n{run.stdout}{run.stderr}")
        for name, file, text, (told, line), sentence in BREAKS:
            folder = pathlib.Path(work) / "broken" / "01-the-egg-timer"
            shutil.rmtree(folder, ignore_errors=True)
            write(folder, {**FILES, file: text} if text is not None else {k: v for k, v in FILES.items() if k != file})
            run = check(bistro, folder)
            place = re.escape(told) + (f":{line}: " if line else "(:\\d+)?: ")
            if run.returncode != 1 or not re.search(rf"(?i){place}.*({sentence})", run.stdout + run.stderr):
                complaints.append(f"{name}: told with code {run.returncode}:\n{run.stdout}{run.stderr}")
            else:
                print(f"{name}: told")
    sys.exit("\n".join(complaints) or 0)


main()
