#!/usr/bin/env python3
"""seedtexts.py FOLDER: makes seeds in FOLDER/progress, FOLDER/settings and FOLDER/lesson: small files as Bistro, npm
and authors write them, and our own lessons. What fuzzing has found lies in corpus/ and stays there."""
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(sys.argv[1])

PROGRESS = {
    "format": 1, "last": "04-what-blocks-the-waiter",
    "lessons": {
        "04-what-blocks-the-waiter": {"screen": 2, "read": [0, 1, 2], "guessed": {"1": False, "2": True}, "hints": [1],
                                      "done": True},
        "01-first": {"screen": 0, "read": [], "guessed": {}, "hints": [], "done": False}},
    "services": {"what-is-node/2": {"stage": 1, "due": "2026-12-01", "firstTry": False, "answer": "two"},
                 "what-is-node/3": {"stage": 0, "due": "2026-11-30", "firstTry": False}}}
NEWER = {"format": 2, "badges": ["x"], "lessons": {"04-what-blocks-the-waiter": {"screen": 1, "stars": 3}},
         "services": {"what-is-node/2": {"stage": 7, "due": "2026-02-31", "mood": "good"}}}
PERMISSIONS = {"format": 1, "workspaces": {
    "/home/ada/kitchen": {"host": ["pie.example:443", "[::1]:80", "example.org"], "read": ["/srv/menu"],
                          "write": ["/home/ada/notes"], "programs": True, "addons": True, "npm": True},
    "/home/ada/pantry": {"internet": True, "npm": False}}}
NPMRC = """registry=https://registry.example/npm/
@pie:registry="https://pie.example:8443/"
//registry.example/:_authToken=abc
proxy=http://ada:secret@proxy.example:3128
cafile=/etc/ssl/certs/ca-certificates.crt
strict-ssl=false
; a comment
script-shell=/bin/sh
"""
ADDED = {"ok": True, "now": [{"name": "spoon", "version": "2.0.0", "came": True}], "others": 3, "made": True,
         "ran": ["fork"], "scripts": ["knife"]}
REFUSED = {"ok": False, "code": "E404",
           "heard": "npm error 404  'spoon@^2' is not in this registry.\nnpm error path /a/node_modules/spoon"}


def write(folder, name, content):
    (HERE / folder).mkdir(parents=True, exist_ok=True)
    (HERE / folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


write("progress", "written", json.dumps(PROGRESS, indent=4))
write("progress", "newer", json.dumps(NEWER))
write("progress", "cut", json.dumps(PROGRESS)[:100])
write("progress", "two-windows", "=" + json.dumps(PROGRESS) + "\n=\n" + json.dumps(NEWER))
write("settings", "permissions", "p" + json.dumps(PERMISSIONS, indent=4))
write("settings", "host", "h[2001:db8::1]:443")
write("settings", "host-of-other-letters", "hk\u00e4se.example:8080")
write("settings", "words", "w--name 'Ada Lovelace' \"a \\\" b\" c\\ d ''")
write("settings", "npmrc", "nhttps_proxy=http://proxy.example:3128\nnpm_config_registry=https://r.example\0" + NPMRC)
write("settings", "added", "a" + json.dumps(ADDED))
write("settings", "refused", "a" + json.dumps(REFUSED))
write("settings", "recent", "r" + json.dumps(["/home/ada/a.js", "/dev"]))
for file in sorted((ROOT / "lessons").rglob("*")):
    name = "-".join(file.relative_to(ROOT / "lessons").parts)
    if file.name == "lesson.md":
        write("lesson", name, b"m" + file.read_bytes())
    elif file.name == "check.yaml":
        write("lesson", name, b"c" + file.read_bytes())
    elif file.name == "expect.yaml":
        write("lesson", name, b"e" + file.read_bytes())
    elif file.name == "course.yaml":
        write("lesson", name, b"k" + file.read_bytes())
    elif file.suffix == ".yaml":
        write("lesson", name, b"s" + file.read_bytes())
