#!/usr/bin/env python3
"""Every sentence that a person reads is short, plain and about the person's own program.

Read are: the texts that lupdate finds in app and ui, and what stands for their counts in English; the examples'
sentences; what the engine, ./run and the desktop say in plain English; the prose of README.md, CONTRIBUTING.md and
CHANGELOG.md. Other pages may have longer sentences and speak of Node's insides; of comments only phrases are asked that
no sentence needs. words.py --list prints all that people read.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

import house

OURS = "tests/house/words.py"
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
LONGEST = 20  # words in a sentence
TOO_LONG = "too long"

BANNED = {
    "a name of Node's insides": r"\b[A-Z]{2,}WRAP\b|\bFSREQ\w*|\bTickObject\b|\b\w+_(?![\w%])|\b[a-z]+[A-Z]\w*NT\b"
                                r"|\bconstructNT\b|\bprocessTicks\w*",
    "a number in place of a name": r"\b[Pp]romises? (?:%L?\d|\d)|\basync (?:id )?(?:%L?\d|\d)",
    "\"behind\", which is a place": r"\bbehind\b",
    "a phrase that hides who does what": r"\b(?:cannot|can't|could not|couldn't) be \w+(?:ed|en|de|id|ne|wn|ad)\b"
                                         r"|\b(?:is|are|was|were) to be\b|\b(?:was|were) to ring\b"
                                         r"|\bno longer waited for\b|\bha(?:s|ve) to do with\b|\bkernel tells\b"
                                         r"|\bby this way\b|\bnone such\b|\bto be cleared away\b"
                                         r"|\b[Nn]othing stands before\b|\bis taken for\b|\bnor door\b"
                                         r"|\bis being (?:recorded|written)\b",
    "\"can not\"": r"\bcan not\b",
    "British spelling": r"\b(?:colour|behaviour|favour|honour|neighbour|flavour|labour)\w*|\bgrey\w*|\bcentres?\b"
                        r"|\b(?:recogni|organi|reali|initiali|normali|optimi|analy|summari|speciali|minimi|maximi|"
                        r"emphasi|seriali|synchroni|visuali|customi)s(?:e[sd]?|ing|ations?)\b"
                        r"|\b\w*(?:cancell|labell|travell|modell|signall|marshall)(?:ed|ing)\b|\blicences?\b"
                        r"|\bcatalogues?\b|\b(?:mis)?spelt\b|\blearnt\b|\bwhilst\b|\bamongst\b|\bfor ever\b"
                        r"|\bjudgement\b|\bartefacts?\b|\bprogrammes?\b",
    "a dash": r" --? | ?[—–] ",
    "a word that says nothing": r"\b[Pp]lease\b|\b[Ss]imply\b",
}

OF_PAGES = [why for why in BANNED if "name" not in why]
STIFF = r"\bnone such\b|\bcannot be made\b|\bcan not\b"

# What may stand nevertheless: file (or its beginning), a piece of the text, the reason. An entry that is not needed
# any more is a complaint.
ALLOWED = [
    ("app/commands/tracearguments.cpp", "promise 5", "what one types: the terminal knows no other name of a promise"),
    ("CONTRIBUTING.md", "not \"behind\"", "the rule itself"),
    ("engine/trace/FORMAT.md", "behind this record", "a place in the file"),
    ("ui/window/status.cpp", "– Bistro", "the title of a window: its parts have a dash between them on every desktop"),
]


def tool(name):
    folder = pathlib.Path("/usr/lib/qt6/bin")
    return str(folder / name) if (folder / name).exists() else name


def translatable():
    """(file:line, text), of all that stands in tr() and its kin."""
    with tempfile.TemporaryDirectory() as folder:
        made = pathlib.Path(folder) / "all.ts"
        subprocess.run([tool("lupdate"), "-silent", "-locations", "absolute", "-extensions", "cpp,h,inc",
                        house.TOP / "app", house.TOP / "ui", "-ts", made], capture_output=True, check=False)
        for context in xml.parse(made).iter("context"):
            for message in context.iter("message"):
                location = message.find("location")
                file = (pathlib.Path(folder) / location.get("filename")).resolve().relative_to(house.TOP)
                yield f"{file}:{location.get('line')}", message.find("source").text or ""


def counted():
    name = "resources/translations/english.tsv"
    for number, line in enumerate(house.text(name).splitlines(), 1):
        if line and not line.startswith("#"):
            _, _, *forms = line.split("\t")
            for form in forms:
                yield f"{name}:{number}", form


def examples():
    name = "resources/examples/index.json"
    lines = house.text(name).splitlines()
    for example in json.loads(house.text(name)):
        for key in ("group", "title", "sentence"):
            at = next((n for n, line in enumerate(lines, 1) if json.dumps(example[key]) in line), 1)
            yield f"{name}:{at}", example[key]


def literals():
    """What the engine says: in plain English, which the application passes on."""
    for name in house.files(".cpp"):
        if not name.startswith("engine/") or name.endswith("node_patches.cpp"):  # which has Node's sources
            continue
        code = re.sub(r"(?m)^\s*//.*$|static_assert\([^;]*;|^\s*#.*$", lambda cut: "\n" * cut[0].count("\n"),
                      house.text(name))
        for found in re.finditer(r'(?<!R)"((?:\\.|[^"\\\n])*)"(?:\s*"(?:\\.|[^"\\\n])*")*', code):
            text = "".join(re.findall(r'"((?:\\.|[^"\\\n])*)"', found[0])).replace('\\"', '"').replace("\\n", "\n")
            if len(re.findall(r"\b[a-z]+\b", text)) > 2:
                yield f"{name}:{code.count(chr(10), 0, found.start()) + 1}", text


def desktop():
    for name in house.files(".desktop", ".xml"):
        for number, line in enumerate(house.text(name).splitlines(), 1):
            said = re.match(r"(?:Name|GenericName|Comment)=(.*)", line) or re.search(r"<comment>(.*)</comment>", line)
            if said:
                yield f"{name}:{number}", said[1]


def starter():
    """What ./run and ./test say."""
    name = ".setup/environment"
    for number, line in enumerate(house.text(name).splitlines(), 1):
        for said in re.finditer(r'\b(?:say|fail) "((?:\\.|[^"\\])*)"', line):
            yield f"{name}:{number}", re.sub(r"\$\(\(.*?\)\)", "%1", said[1])


def prose(name):
    """The paragraphs of a page, without code, tables and what links lead to."""
    paragraph, start, fenced = [], 1, False
    for number, line in enumerate([*house.text(name).splitlines(), ""], 1):
        if line.startswith("```"):
            fenced, line = not fenced, ""
        ends = fenced or not line.strip() or line.startswith(("    ", "#", "|"))
        if ends or re.match(r"\s*[*-] ", line):
            if paragraph:
                yield f"{name}:{start}", " ".join(paragraph)
            paragraph, start = [], number
        if not ends:
            line = re.sub(r"^\s*[*-] |\*\*", "", line)
            paragraph.append(re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", re.sub(r"`[^`]*`", "`code`", line)).strip())


def sentences(text):
    text = re.sub(r"<[^<>]*>|&(?=\w)(?!\w+;)", "", text)
    for part in re.split(r"\n\s*\n|\n(?=  +\S)|(?<=[a-z)])\n(?=[A-Z])", text):  # paragraphs, rows, lines of a tip
        yield from re.split(r"(?<=[^\s.][.!?])[\"”)]?\s+|(?<=…)\s+(?=[A-Z])", " ".join(part.split()))


def complaints_of(text, kinds=(TOO_LONG, *BANNED)):
    for sentence in sentences(text):
        words = [word for word in sentence.split() if re.search(r"\w", word)]
        if len(words) > LONGEST and TOO_LONG in kinds:
            yield f"{len(words)} words", sentence
        for why, pattern in BANNED.items():
            if why in kinds and (found := re.search(pattern, sentence)):
                yield f"{why} ({found[0].strip()})", sentence


def read_by_people():
    yield from translatable()
    yield from counted()
    yield from examples()
    yield from literals()
    yield from desktop()
    yield from starter()
    for page in PAGES:
        yield from prose(page)


def others():
    """(place, complaint, sentence), of what is read by those who take part."""
    for name in house.files(".md"):
        for place, text in prose(name) if name not in PAGES else []:
            for why, sentence in complaints_of(text, OF_PAGES):
                yield place, why, sentence
    for name in house.files(".cpp", ".h", ".inc", ".py"):
        for number, line in enumerate(house.text(name).splitlines(), 1):
            if re.search(r"//|#|^ {4}[A-Za-z]", line) and (found := re.search(STIFF, line)) and name != OURS:
                yield f"{name}:{number}", f"a stiff phrase ({found[0]})", line.strip()


def main():
    said, used, read = [], set(), 0
    complaints = list(others())
    for place, text in read_by_people():
        read += 1
        if "--list" in sys.argv:
            print(f"{place}\t{text!r}")
        complaints += [(place, *complaint) for complaint in complaints_of(text)]
    for place, why, sentence in complaints:
        allowed = next((i for i, (file, piece, _) in enumerate(ALLOWED)
                        if place.startswith(file) and piece in sentence), None)
        if allowed is not None:
            used.add(allowed)
        else:
            said.append(f"{place}: {why}: {sentence}")
    said += [f"tests/house/words.py: nothing needs this any more: {file}: {piece}"
             for i, (file, piece, _) in enumerate(ALLOWED) if i not in used]
    if read < 1500:
        said.append(f"only {read} texts were found")
    print(f"{read} texts")
    house.verdict("sentences are short and plain", said)


main()
