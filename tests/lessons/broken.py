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
A [timer](term:timer) rings later. [`setTimeout`](api:setTimeout) sets it, and [the bread](order:bread) waits.
![a timer](pictures/timer.svg)

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
    ("word that the glossary has not", "lesson.md", LESSON.replace("term:timer", "term:tmier"),
     ("lesson.md", line_of(LESSON, "term:timer")), "no word “tmier”. Did you mean “timer”"),
    ("order that no run has", "lesson.md", LESSON.replace("order:bread", "order:braed"),
     ("lesson.md", line_of(LESSON, "order:bread")), "has an order “braed”. There are: bread"),
    ("line that prints something else", "lesson.md", LESSON.replace("bread, line: 2", "bread, line: 1"),
     ("lesson.md", line_of(LESSON, "text: bread")), "line 1 prints “bread”. It is line 2"),
    ("line that the script does not print", "lesson.md", LESSON.replace(", kind: timer", ""),
     ("lesson.md", line_of(LESSON, "text: bread")), "does not print “bread”. Add “kind: timer”"),
    ("line of another kind", "lesson.md", LESSON.replace("kind: timer", "kind: tick"),
     ("lesson.md", line_of(LESSON, "text: bread")), "“kind: tick” of “bread”. It is “kind: timer”"),
    ("line that the script prints", "lesson.md", LESSON.replace("closed, line: 3", "closed, line: 3, kind: timer"),
     ("lesson.md", line_of(LESSON, "text: closed")), "main script prints “closed”"),
    ("program that Node can't read", "start/lesson.js", START.replace("1);", "1;"),
     ("start/lesson.js", line_of(START, "setTimeout")), "can't read lesson.js, so nothing of it ran"),
    ("measure of no kind", "check.yaml", CHECK.replace("- order: [closed, bread]", "- bottleneck: cook"),
     ("check.yaml", line_of(CHECK, "- order:")), "waiter, not-waiter"),
    ("nothing left to change", "start/lesson.js", START + "console.log('tea');\n",
     ("check.yaml", None), "right already"),
]


# Debian's nodejs-doc.
DOCUMENTATION = pathlib.Path("/usr/share/doc/nodejs/api/fs.html")
if DOCUMENTATION.exists():
    BREAKS.append(("function that Node has not", "lesson.md", LESSON.replace("api:setTimeout", "api:setTimeuot"),
                   ("lesson.md", line_of(LESSON, "api:setTimeout")), "nothing of “setTimeuot”"))


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
        if ("documentation is not installed" in run.stdout) == DOCUMENTATION.exists():
            complaints.append(f"What was not looked at is not told, or told in vain:\n{run.stdout}")
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
        course = pathlib.Path(work) / "course"
        write(course / "01-the-egg-timer", FILES)
        write(course, {"course.yaml": "format: 1\ntitle: A course\nparts:\n  - title: Eggs\n    service: quiz.yaml\n"
                                      "    lessons: [01-the-egg-timer]\n"})
        run = check(bistro, course)
        if run.returncode != 1 or 'course.yaml:5: There is no file "quiz.yaml" beside course.yaml.' not in run.stdout:
            complaints.append(f"service that is missing: told with code {run.returncode}:\n{run.stdout}{run.stderr}")
    sys.exit("\n".join(complaints) or 0)


main()
