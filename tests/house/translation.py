#!/usr/bin/env python3
"""Every sentence can be translated: a catalogue with a mark around each text, and nothing is said without the mark.

translation.py BISTRO WINDOWTEXTS    the built programs

lupdate extracts the texts of app and ui, and each is given a translation that is itself in ⟦marks⟧; placeholders and
tags stay outside, so that what is put in place of them must have marks of its own. Then what the commands print, and
what the window has in its widgets, actions, models and for screen readers, is searched for words without marks. Those
that are not language are listed below. And the counts of resources/translations/english.tsv are those that the code
asks for.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

import house

# All names in it begin with xq: they are the program's, not ours.
PROGRAM = """
const xqFs = require('fs');
function xqGreet() { console.log('xq'); }
setTimeout(xqGreet, 20);
setImmediate(function xqNow() { xqFs.readFile(__filename, function xqRead() { console.log('xqxq'); }); });
Promise.resolve().then(function xqThen() { process.nextTick(function xqTick() {}); });
(async function xqAsync() { await 'xqGiven'; const xqEnd = Date.now() + 120; while (Date.now() < xqEnd); })();
"""
# Words that are the same in each language: names, units, Node's and JavaScript's own words, keys.
WORDS = set("""
Bistro JavaScript Node node js mjs cjs json ms ns µs min MB GB KB kB KiB MiB GiB bytes UTF LF CRLF libuv V8 CPU http Aa
setTimeout setInterval setImmediate nextTick process Promise promise resolve then await async
readFile fs console log main require
Ctrl Shift Alt Meta Esc Enter Return Tab Space Del Backspace PgUp PgDown Home End Left Right Up Down
""".split())
# Properties that no reader sees.
NOT_SEEN = {"objectName", "styleSheet", "windowFilePath", "iconText", "currentFont", "family", "document", "plainText",
            "html", "markdown", "locale", "inputMask", "shortcut"}
# Of Qt's own, with catalogs of Qt's own.
NOT_OURS = {"qt_spinbox_lineedit", "qt_toolbar_ext_button", "ScrollLeftButton", "ScrollRightButton"}
# The examples and the lessons are content, written in a language: their texts are no part of the program.
LESSONS = {text.strip('"') for name in house.files("lesson.md", "course.yaml") if name.startswith("lessons/")
           for text in re.findall(r"^ *-? *(?:title|short|sentence): (.+)$", house.text(name), re.M)}
CONTENT = set(re.findall(r'"((?:\\.|[^"\\])*)"', house.text("resources/examples/index.json")))

ENVIRONMENT = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}


def tool(name):
    folder = pathlib.Path("/usr/lib/qt6/bin")
    return str(folder / name) if (folder / name).exists() else name


def ask(*command, **options):
    told = subprocess.run(command, capture_output=True, text=True, check=False, env=ENVIRONMENT, **options)
    return told.stdout + (told.stderr if told.returncode else "")


def marked(text):
    pieces = re.split(r"(<[^<>]*>|%L?\d+|%L?n|&[a-z]+;)", text)
    return "".join(piece if index % 2 or not re.search(r"\w", piece) else f"⟦{piece}⟧"
                   for index, piece in enumerate(pieces))


def unmarked(text):
    """The words of a text that stand outside of marks and are of some language."""
    text = re.sub(r"⟦[^⟦⟧]*(⟧|$)", " ", text)
    for content in sorted(CONTENT, key=len, reverse=True):
        if len(content.split()) > 3 or text.startswith((content + ":", f"<b>{content}</b>")):
            text = text.replace(content, " ", 1)  # a title or a sentence of an example, among others
    for content in sorted(LESSONS, key=len, reverse=True):
        text = text.replace(content, " ")
    text = re.sub(r"<style>.*?</style>|<[^<>]*>|&\w+;", " ", text)
    # Paths, files and numbers; keys; what is the program's; the names of rules.
    text = re.sub(r"\S*[/.]\S+|\bF\d+\b|\bxq\w*|\[[a-z-]+\]", " ", text)
    words = re.findall(r"[^\W\d_]{2,}", text)
    # Functions of Node's own, by which it calls what it has ordered itself, are written as no word is: afterWriteTick.
    return [word for word in words if word not in WORDS and not re.fullmatch(r"[a-z]+([A-Z][a-z]*)+", word)]


def catalogue(folder):
    """Makes the marked catalogue, and returns it with the counts that the code asks for."""
    ts, qm = folder / "marked.ts", folder / "marked.qm"
    ask(tool("lupdate"), "-silent", "-locations", "none", "-extensions", "cpp,h,inc", str(house.TOP / "app"),
        str(house.TOP / "ui"), "-target-language", "en_GB", "-ts", str(ts))
    tree = xml.parse(ts)
    counts = set()
    for context in tree.iter("context"):
        for message in context.iter("message"):
            source, translation = message.find("source").text or "", message.find("translation")
            translation.attrib.clear()
            if message.get("numerus"):
                counts.add((context.find("name").text, source))
                for form in list(translation):
                    translation.remove(form)
                for _ in range(2):
                    xml.SubElement(translation, "numerusform").text = marked(source)
            else:
                translation.text = marked(source)
    tree.write(ts, encoding="utf-8", xml_declaration=True)
    ask(tool("lrelease"), "-silent", str(ts), "-qm", str(qm))
    return qm, counts


def contexts(ts):
    """What lupdate takes for a context and no code asks for: it read `Alias::tr` before it knew whose alias that is."""
    asked = set()
    for name in house.files(".cpp", ".h"):
        if name.startswith(("app/", "ui/")):
            asked |= set(re.findall(r'Q_DECLARE_TR_FUNCTIONS\(([\w:]+)\)|(?:translate|_NOOP)\(\s*"([\w:]+)"',
                                    house.text(name)))
    asked = {name for pair in asked for name in pair}
    told = {context.find("name").text for context in xml.parse(ts).iter("context")}
    return [f"no code asks for texts of {name}" for name in sorted(told - asked) if "::" not in name]


def counts_of_english():
    lines = house.text("resources/translations/english.tsv").splitlines()
    return {tuple(line.split("\t")[:2]) for line in lines if line and not line.startswith("#")}


def main():
    bistro, windowtexts = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    complaints = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        qm, counts = catalogue(folder)
        english = counts_of_english()
        complaints += contexts(folder / "marked.ts")
        complaints += [f"english.tsv lacks {context}: {source}" for context, source in sorted(counts - english)]
        complaints += [f"english.tsv has what is not asked for: {context}: {source}"
                       for context, source in sorted(english - counts)]
        for variable in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            ENVIRONMENT[variable] = str(folder / variable)
        (folder / "xq.js").write_text(PROGRAM, encoding="utf-8")
        trace = str(folder / "xq.bistro")
        ask(bistro, "run", "--trace", trace, str(folder / "xq.js"), cwd=folder)

        ENVIRONMENT["BISTRO_CATALOGUE"] = str(qm)
        commands = [("help",), ("findings", trace), ("findings", "--runtime", trace), ("check", trace)]
        commands += [("help", topic) for topic in ("run", "show", "state", "check", "why", "findings", "verify",
                                                "sandbox")]
        commands += [("sandbox", "list"), ("sandbox", "allow", "npm", "--for", str(folder)), ("sandbox", "xq"),
                     ("sandbox", "allow", "host"), ("sandbox", "allow", "host", "*"), ("sandbox", "forget", "all")]
        commands += [("why", trace, "--now", str(event)) for event in range(10, 50, 10)]
        commands += [("why", trace, "--before", "1", "2"), ("why", "--runtime", trace, "--now", "40")]
        # Complaints.
        commands += [("xqwalk",), ("--xqred",), ("help", "xqwalk"), ("show", "--xqred"), ("show",),
                     ("check", trace, "xq"),
                     ("show", trace, "--from", "xq"), ("show", trace, "--from", "9", "--to", "8"),
                     ("show", trace, "--from", "999999"), ("state", trace, "--at", "999999"), ("run", "--trace"),
                     ("run", "--trace", str(folder / "xq.js"), str(folder / "xq.js")), ("run", "xqnone.js"),
                     ("run", "--trace", "xq", "--no-record"), ("why", trace), ("why", trace, "--pending", "xq"),
                     ("why", trace, "--before", "1"), ("verify",),
                     ("verify", "--node", "xqnode", str(folder / "xq.js"))]
        said = {}  # a text is told once, with the first place that has it
        for command in commands:
            told = re.sub(r"⟦[^⟦⟧]*⟧", "⟦⟧", ask(bistro, *command))  # a text may have several lines
            for line in told.splitlines():
                if command[0] == "check":
                    line = re.sub(r"^[a-z-]+(?= +\d)", "", line)  # the kind's name, as in JSON
                # What one types: options, and the command itself.
                line = re.sub(rf"--[a-z-]+|(^|(?<=⟧)){command[0]}\b", "", line.removeprefix("bistro: "))
                if command[0] == "sandbox" and len(command) > 1:
                    line = re.sub(rf"(?<=⟧){command[1]}\b", "", line)  # what is to be done there, too
                if command[0] == "findings":
                    line = re.sub(r"^[a-z]+(-[a-z]+)*: ", "", line)  # the finding's name, as in JSON
                said.setdefault(line, "bistro " + " ".join(pathlib.Path(word).name for word in command))
        for line in ask(windowtexts, trace).splitlines():
            place, _, text = line.partition("\t")
            if place.split(".")[-1] not in NOT_SEEN and not any(name in place for name in NOT_OURS):
                said.setdefault(text, place)
        if len(said) < 100:
            complaints.append(f"only {len(said)} texts were found: {list(said)[:5]}")
        for text, place in said.items():
            if text not in CONTENT and (words := unmarked(text)):
                complaints.append(f"{place}: {text}    [{' '.join(words[:6])}]")
        print(f"{len(said)} texts")
    house.verdict("whatever is said can be translated", complaints)


main()
