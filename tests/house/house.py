"""What the tests of the house share: the files of this checkout, and the tables of its pages."""

import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]


def files(*endings):
    """The paths, from the top, of all files that are part of the project; those not yet added to it as well."""
    told = subprocess.run(["git", "-C", TOP, "ls-files", "--cached", "--others", "--exclude-standard"],
                          capture_output=True, text=True, check=False)
    if told.returncode == 0:
        names = told.stdout.splitlines()
    else:  # an unpacked archive
        names = [str(path.relative_to(TOP)) for path in TOP.rglob("*") if path.is_file()]
        names = [name for name in names if not name.startswith(("build/", ".git/"))]
    return sorted(name for name in names if name.endswith(endings or "") and (TOP / name).is_file())


def text(name):
    return (TOP / name).read_text(encoding="utf-8")


def section(page, title):
    """The lines of a page below a heading, up to the next heading."""
    lines = text(page).splitlines()
    start = next((i for i, line in enumerate(lines) if re.fullmatch(r"#+ " + re.escape(title), line)), None)
    if start is None:
        sys.exit(f"{page} has no section \"{title}\"")
    end = next((i for i in range(start + 1, len(lines)) if lines[i].startswith("#")), len(lines))
    return lines[start + 1:end]


def rows(lines):
    """The rows of the tables among these lines, as lists of cells, without heads and rules."""
    found = []
    for line in lines:
        row = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.lstrip().startswith("|") else None
        if row and all(re.fullmatch(r":?-+:?", cell) for cell in row):
            if found:
                found.pop()  # what stands above a rule is a head
        elif row:
            found.append(row)
    return found


def quoted(cell):
    return re.findall(r"`([^`]+)`", cell)


def verdict(claim, complaints):
    """Ends the test: silently when there is nothing to say."""
    for complaint in complaints:
        print(complaint)
    if complaints:
        sys.exit(f"{len(complaints)} against: {claim}")
