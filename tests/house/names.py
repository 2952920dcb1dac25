#!/usr/bin/env python3
"""What ARCHITECTURE.md and README.md's "Where things are" name in backticks exists: files, folders, targets.

A name is what has a slash or the ending of a file in it, what begins as the targets do (bistro_, bistro-), and every
lower-case word in the first column of a table. It may be given from the top, or from a room's parent (`state/history`),
with or without its ending; a word after others in its cell, from the folder of the first; in the section of a room
(`engine/runtime/`), from that room.
"""

import pathlib
import re

import house

ENDINGS = (".cpp", ".h", ".inc", ".md", ".js", ".mjs", ".py", ".ts", ".txt", ".json", ".svg", ".cmake")
PARENTS = ("", "app", "ui", "engine", "engine/runtime", "engine/trace", "tests", "resources")
# Written as files or folders are, and none of ours.
OTHERS = {"timers.js", "threadpool.c", ".cjs", ".mjs", ".js"}


def targets():
    found = set()
    for name in house.files("CMakeLists.txt"):
        text = house.text(name)
        makers = r"(?:add_executable|add_library|bistro_room|bistro_test)"
        found |= set(re.findall(makers + r"\(\s*(?:NAME\s+)?([\w-]+)", text))
        found |= set(re.findall(r"^function\((\w+)", text, re.M))
    return found


def is_name(word, first_column):
    if word in OTHERS or re.search(r"[\s()<>*=$'\"]|^-|^/|^~", word):
        return False
    if word.startswith(("bistro_", "bistro-")):
        return True
    if "/" in word or word.endswith(ENDINGS):
        return True
    return first_column and re.fullmatch(r"[a-z_]+", word) is not None


def main():
    names = house.files()
    known = {""}
    for name in names:
        path = pathlib.PurePosixPath(name)
        known |= {name, str(path.with_suffix("")), *(str(parent) for parent in path.parents)}
    made = targets()

    def exists(word, folder):
        word = word.removeprefix("./").rstrip("/")
        return word in made or any(f"{parent}/{word}".lstrip("/") in known for parent in (*PARENTS, folder))

    complaints = []
    pages = [("ARCHITECTURE.md", house.text("ARCHITECTURE.md").splitlines()),
             ("README.md", house.section("README.md", "Where things are"))]
    for page, lines in pages:
        code = False
        for line in lines:
            if line.startswith("```"):
                code = not code
            if code:
                continue
            row = line.lstrip().startswith("|")
            column = line.split("|")[1] if row else ""
            folder = ""
            for word in house.quoted(line):
                in_column = row and f"`{word}`" in column
                if not is_name(word, in_column):
                    continue
                if not exists(word, folder):
                    complaints.append(f"{page}: `{word}` does not exist")
                if in_column and "/" in word.rstrip("/"):
                    path = pathlib.PurePosixPath(word)
                    folder = next((f"{parent}/{path.parent}".lstrip("/") for parent in PARENTS
                                   if f"{parent}/{path.parent}".lstrip("/") in known), "")
        for target in re.findall(r"\]\(([^)#:]+)\)", "\n".join(lines)):
            if not (house.TOP / target).exists():
                complaints.append(f"{page}: the link to {target} leads nowhere")
    house.verdict("what the pages name exists", complaints)


main()
