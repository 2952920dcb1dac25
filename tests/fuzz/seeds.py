#!/usr/bin/env python3
"""Makes corpus/reader: recipes of small traces (see fuzz_reader.cpp) and two headers. Run it when the format
changes."""
import pathlib
import struct

HERE = pathlib.Path(__file__).parent / "corpus" / "reader"
RECORDS, DEFINITIONS = 1, 2


def text(content):
    return struct.pack("<II", 1, len(content)) + content + bytes(-len(content) % 8)


def frame(function, script, line, column, caller):
    return struct.pack("<II5I4x", 2, 20, function, script, line, column, caller)


def record(kind, time=0, a=0, b=0, c=0, d=0, small=0, stack=0, flags=0):
    return struct.pack("<BBHIQIIII", kind, flags, small, stack, time, a, b, c, d)


def recipe(published, segments, cut=0, header=()):
    out = struct.pack("<HHH", published, len(segments), cut)
    for offset, value in header:
        out += bytes([offset, value])
    out += b"\xff"
    for kind, content in segments:
        out += struct.pack("<BH", kind, len(content)) + content
    return out


definitions = text(b"/home/lea") + text(b"/home/lea/lesson.js") + text(b"greet") + text(b"node:fs")
definitions += text(b"\xff\xe2\x80\xae\x1b[31m")
definitions += frame(0, 2, 20, 1, 0) + frame(3, 2, 12, 5, 1) + frame(0, 4, 3, 4, 2)
run = record(1, a=4711, d=1) + record(10, 1, a=1) + record(15, 2, a=7, b=1, c=3, d=5, stack=3) + record(11, 3, a=1)
run += record(7, 4, a=1, b=6, c=5, small=3) + record(44, 5, a=5, b=5, small=1, stack=2)
run += record(49, 6, a=5, b=1, small=1) + record(3, 7, a=9, small=1, flags=1)
# One of each kind; those in the set have a word in `small`.
worded = {2, 3, 4, 5, 7, 8, 9, 23, 25, 26, 27, 28, 36, 37, 42, 43, 44, 49, 52}
kinds = b"".join(record(kind, kind) if kind in (30, 31)
                 else record(kind, kind, a=int(kind != 4), stack=2, small=int(kind in worded))
                 for kind in range(1, 53))



def bookmark(place, time, note):
    return struct.pack("<QQII", place, time, len(note), 0) + note + bytes(-len(note) % 8)


bookmarks = bookmark(3, 2, b"here") + bookmark(5, 4, b"") + bookmark(8, 7, b"\xff\xe2\x80\xae")

HERE.mkdir(exist_ok=True)
files = {
    "run": recipe(8, [(DEFINITIONS, definitions), (RECORDS, run)]),
    "run-records-first": recipe(8, [(RECORDS, run), (DEFINITIONS, definitions)]),
    "kinds": recipe(52, [(DEFINITIONS, definitions), (RECORDS, kinds)]),
    "cut": recipe(8, [(DEFINITIONS, definitions), (RECORDS, run)], cut=70),
    "newer-minor": recipe(1, [(RECORDS, record(200))], header=[(10, 7)]),
    "skip": recipe(1, [(DEFINITIONS, text(b"a") + struct.pack("<II", 3, 256 * 1024 - 24)),
                       (DEFINITIONS, text(b"b")), (RECORDS, record(48, a=2, b=1))]),
    "bookmarks": b"Bookmark" + struct.pack("<IIQIIQ", 1, 3, 1, 3, len(bookmarks), 0) + bookmarks,
    "raw-header": (b"Bistro\r\n" + struct.pack("<HHIIIII", 1, 0, 0x01020304, 16384, 262144, 32, 0)
                   + struct.pack("<QQQ", 1, 1000, 1 << 30) + bytes(16384 - 56)),
    "raw-cut-header": b"Bistro\r\n" + struct.pack("<HHI", 1, 0, 0x01020304),
}
for name, content in files.items():
    (HERE / name).write_bytes(content)
