#!/usr/bin/env python3
"""The includes of each room, held against the plan: ARCHITECTURE.md, "Rooms".

rooms.py            prints which room includes which, how often, and what is against the plan
rooms.py --check    prints the latter only

The plan is a table from the bottom of the house to its top. A room's "Sees" are those that its CMakeLists.txt links;
what these link publicly is seen through them. What is asked:
  * no arrow upward: a room sees rooms above it in the table only;
  * the table and the CMakeLists say the same, and every room stands in the table;
  * no short cut: each include is of a room that is seen, and each room that is linked is included, or shown further;
  * no circle between the files of a room, a header and its source being one. Of the few that put a room's parts
    together and that the parts find each other through (PUT_TOGETHER), only headers count: a part's source may know
    them;
  * no include by way of "../";
  * no two types of one namespace with the same name: a linker takes either for both.
"""

import collections
import pathlib
import re
import sys

import house

HOUSES = ("engine", "app", "ui")
# What makes the parts of its room and is their way to each other.
PUT_TOGETHER = {
    "engine/runtime/recordedthread": "owns what each observer knows; an observer that Node calls asks it for its own",
    "ui/editor/codeeditor": "a widget, and the widgets within it that show its text: gutter, find bar",
}


class Room:
    """A folder with sources, and the target that is made of them."""

    def __init__(self, folder, target, public, private):
        self.folder, self.target, self.public, self.private = folder, target, public, private


def words(call):
    return re.sub(r"#.*", "", call).split()


def parts(call, *keys):
    """The arguments of a CMake call by the keyword in front of them."""
    found, key = collections.defaultdict(list), ""
    for word in words(call):
        if word in keys:
            key = word
        else:
            found[key].append(word)
    return found


def rooms_of_cmake():
    """All rooms: those that bistro_room makes, and the programs."""
    found = []
    for name in house.files("CMakeLists.txt"):
        folder = str(pathlib.PurePosixPath(name).parent)
        if not folder.startswith(HOUSES):
            continue
        text = house.text(name)
        for call in re.findall(r"^bistro_room\(([^)]*)\)", text, re.M):
            of = parts(call, "NAME", "FOLDER", "SOURCES", "LINKS", "PRIVATE_LINKS")
            found.append(Room(folder, of["NAME"][0], of["LINKS"], of["PRIVATE_LINKS"]))
        for call in re.findall(r"^add_executable\(([^)]*)\)", text, re.M):
            target = words(call)[0]
            links = []
            for linked in re.findall(r"^target_link_libraries\(([^)]*)\)", text, re.M):
                if words(linked)[0] == target:
                    links += [word for word in words(linked)[1:] if word != "PRIVATE"]
            found.append(Room(folder, target, [], links))
    return found


def seen(room, by_target):
    """The folders that a room sees: what it links, and what that shows."""
    found, open_ = set(), [*room.public, *room.private]
    while open_:
        target = open_.pop()
        if target in by_target and by_target[target].folder not in found:
            found.add(by_target[target].folder)
            open_ += by_target[target].public
    return found


def includes(name):
    for number, line in enumerate(house.text(name).splitlines(), 1):
        if match := re.match(r'\s*#\s*include\s+"([^"]+)"', line):
            yield number, match[1]


def room_of(name, by_folder):
    """The folder of the room that a file is in; a room may have its files in folders of its own."""
    folder = pathlib.PurePosixPath(name).parent
    for inner in (folder, *folder.parents):
        if str(inner) in by_folder and (inner == folder or len(inner.parts) > 1):
            return str(inner)
    return str(folder)


def circles(arrows):
    """The strongly connected parts of a graph that have more than one node (Tarjan's algorithm)."""
    number, low, stack, found = {}, {}, [], []

    def visit(node):
        number[node] = low[node] = len(number)
        stack.append(node)
        for next_ in sorted(arrows.get(node, ())):
            if next_ not in number:
                visit(next_)
            if next_ in stack:
                low[node] = min(low[node], low[next_])
        if low[node] == number[node]:
            part = stack[stack.index(node):]
            del stack[stack.index(node):]
            if len(part) > 1:
                found.append(sorted(part))

    for node in sorted(arrows):
        if node not in number:
            visit(node)
    return found


def main():
    rooms = rooms_of_cmake()
    by_target = {room.target: room for room in rooms}
    by_folder = {room.folder: room for room in rooms}
    complaints = []

    plan = {}
    for row in house.rows(house.section("ARCHITECTURE.md", "Rooms")):
        if len(row) >= 2 and house.quoted(row[0]):
            plan[house.quoted(row[0])[0].rstrip("/")] = [name.rstrip("/") for name in house.quoted(row[1])]
    order = list(plan)
    for folder, sees in plan.items():
        for other in sees:
            if other not in plan:
                complaints.append(f"ARCHITECTURE.md: {folder} sees {other}, which is no room")
            elif order.index(other) >= order.index(folder):
                complaints.append(f"ARCHITECTURE.md: {folder} sees {other}, an arrow upward")
        if folder not in by_folder:
            complaints.append(f"ARCHITECTURE.md: {folder} is no room of any CMakeLists.txt")
    for folder, room in by_folder.items():
        linked = {by_target[target].folder for target in [*room.public, *room.private] if target in by_target}
        if folder not in plan:
            complaints.append(f"{folder} is missing in ARCHITECTURE.md, \"Rooms\"; it sees "
                              + (", ".join(f"`{other}`" for other in sorted(linked)) or "–"))
        elif set(plan[folder]) != linked:
            complaints.append(f"ARCHITECTURE.md: {folder} sees {', '.join(sorted(plan[folder])) or 'nothing'}, "
                              f"but its CMakeLists.txt links {', '.join(sorted(linked)) or 'nothing'}")

    by_last_name = collections.defaultdict(list)
    for folder in by_folder:
        by_last_name[pathlib.PurePosixPath(folder).name].append(folder)
    between = collections.defaultdict(collections.Counter)
    within = collections.defaultdict(lambda: collections.defaultdict(set))
    for name in house.files(".cpp", ".h", ".inc"):
        for number, path in includes(name):
            if "../" in path:
                complaints.append(f"{name}:{number}: {path} goes by way of ../")
        folder = room_of(name, by_folder)
        if folder not in by_folder:
            if folder.startswith(HOUSES):
                complaints.append(f"{name} belongs to no room")
            continue
        sees = seen(by_folder[folder], by_target)
        for number, path in includes(name):
            first, _, rest = path.partition("/")
            target = folder if not rest else next(iter(by_last_name.get(first, [])), None)
            if target is None:
                complaints.append(f"{name}:{number}: {path} is in no room")
            elif target != folder:
                between[folder][target] += 1
                if target not in sees:
                    upward = target in order and folder in order and order.index(target) > order.index(folder)
                    complaints.append(f"{name}:{number}: {path} is " + (
                        "an arrow upward" if upward else f"a short cut: {folder} does not link {target}"))
            else:
                here = str(pathlib.PurePosixPath(name).with_suffix(""))
                there = str(pathlib.PurePosixPath(f"{folder}/{rest or path}").with_suffix(""))
                if here != there and not (there in PUT_TOGETHER and name.endswith(".cpp")):
                    within[folder][here].add(there)
    types = collections.defaultdict(set)
    for name in house.files(".h"):
        text = house.text(name)
        if (namespace := re.search(r"^namespace ([\w:]+) \{", text, re.M)) and name.startswith(HOUSES):
            for type_ in re.findall(r"^(?:class|struct|enum class) (\w+)(?: final)?[^;{]*\{", text, re.M):
                types[f"{namespace[1]}::{type_}"].add(name)
    for type_, where in sorted(types.items()):
        if len(where) > 1:
            complaints.append(f"{type_} is defined in {' and in '.join(sorted(where))}")
    for folder, arrows in within.items():
        for circle in circles(arrows):
            names = ", ".join(pathlib.PurePosixPath(node).name for node in circle)
            complaints.append(f"{folder}: a circle between {names}")
    for folder, room in by_folder.items():
        for target in room.private + room.public:
            if target not in by_target or between[folder][by_target[target].folder]:
                continue
            other = by_target[target].folder
            above = [name for name, of in by_folder.items() if folder in seen(of, by_target)]
            if target in room.private or not any(between[name][other] for name in above):
                complaints.append(f"{folder}: links {other} and includes nothing of it")

    if "--check" not in sys.argv:
        for folder in sorted(by_folder, key=lambda folder: order.index(folder) if folder in order else len(order)):
            print(f"{folder:16} " + ", ".join(f"{other} {count}" for other, count in sorted(between[folder].items())))
        print()
    house.verdict("the includes of the rooms are those of the plan", complaints)


main()
