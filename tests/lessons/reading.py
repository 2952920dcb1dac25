#!/usr/bin/env python3
"""The lessons' texts are read by beginners: reading.py LESSONS [--list]

Of each lesson: grade 8 or lower by Flesch and Kincaid, no sentence of more than 20 words, no screen of more than 60.
Code, and what links lead to, is no text. Syllables are counted by vowels, as the formula's tools do.
"""

import pathlib
import re
import sys

GRADE, SENTENCE, SCREEN = 8.0, 20, 60
KEYS = ("sentence", "learned", "task", "right", "not-yet", "question", "because")


def syllables(word):
    word = re.sub(r"[^a-z]", "", word.lower())
    if not re.search(r"(?:[^aeiou]le|[td]ed|[sxz]es|ches|shes|ges|ces)$", word):  # else the e is heard
        word = re.sub(r"(?<=[a-z])(?:e|es|ed)$", "", word)
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def plain(markdown):
    """Markdown without pictures, marks and what links lead to; a piece of code is one word."""
    markdown = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", markdown)
    markdown = re.sub(r"\[([^\]]*)\]\((?:<[^>]*>|[^)]*)\)", r"\1", markdown)
    markdown = re.sub(r"`[^`]*`", "code", markdown)
    return re.sub(r"\*+|^#+ |^\s*(?:[-*]|\d+\.) ", "", markdown, flags=re.M)


def words(text):
    return re.findall(r"[\w’'.:/-]*\w[\w’'/-]*", text)


def sentences(text):
    for paragraph in re.split(r"\n\s*\n", text):
        for sentence in re.split(r"(?<=[.!?])[”\"')]*\s+", " ".join(paragraph.split())):
            if words(sentence):
                yield sentence


def grade(texts):
    all_sentences = [s for text in texts for s in sentences(text)]
    all_words = [w for s in all_sentences for w in words(s)]
    if not all_words:
        return 0
    return (0.39 * len(all_words) / len(all_sentences)
            + 11.8 * sum(syllables(w) for w in all_words) / len(all_words) - 15.59)


def said(text, first=1):
    """(line, text) of the values in YAML that people read."""
    for number, line in enumerate(text.splitlines(), first):
        match = re.match(rf"\s*(?:-\s+)?({'|'.join(KEYS)}):\s*(?P<value>\S.*)$", line)
        hint = re.match(r"\s{2,}-\s+(?P<value>\"?[A-Z][^:{]*\s.*)$", line)
        found = match or hint
        if found and found["value"] not in ("|", ">"):
            yield number, re.sub(r"\{\w+\}", "code", plain(found["value"].strip("\"'")))


def screens(text):
    """(line, text, its questions) of each screen."""
    head = re.match(r"---\n.*?\n---\n", text, re.S)
    body, line = text[head.end():], text.count("\n", 0, head.end()) + 1
    for part in re.split(r"(?m)^---\s*$\n?", body):
        yield line, plain(re.sub(r"(?ms)^```.*?^```\s*$", "", part)), part
        line += part.count("\n") + 1


def main():
    folder = pathlib.Path(sys.argv[1])
    complaints, lessons = [], sorted(folder.glob("*/lesson.md"))
    for file in lessons:
        text = file.read_text(encoding="utf-8")
        texts = []
        for line, screen, part in screens(text):
            texts.append((f"{file}:{line}", screen))
            count = len(words(screen))
            if count > SCREEN:
                complaints.append(f"{file}:{line}: {count} words on a screen; {SCREEN} at most")
            texts += [(f"{file}:{n}", value) for n, value in said(part, line)]
        texts += [(f"{file}:{n}", value) for n, value in said(text.split("\n---\n")[0])]
        check = file.with_name("check.yaml")
        if check.exists():
            texts += [(f"{check}:{n}", value) for n, value in said(check.read_text(encoding="utf-8"))]
        for place, each in texts:
            for sentence in sentences(each):
                count = len(words(sentence))
                if count > SENTENCE:
                    complaints.append(f"{place}: {count} words in a sentence; {SENTENCE} at most: {sentence}")
        level = grade([each for _, each in texts])
        print(f"{file.parent.name}: grade {level:.1f}, {sum(len(words(t)) for _, t in texts)} words")
        if level > GRADE:
            complaints.append(f"{file}: grade {level:.1f}; {GRADE:.0f} at most")
    if not lessons:
        complaints.append(f"{folder} has no lessons.")
    sys.exit("\n".join(complaints) or 0)


main()
