#!/usr/bin/env python3
"""Asks the real window what a screen reader asks it, through the accessibility bus: accessbus.py BISTRO-WINDOW

A display, a bus and folders of its own; exit code 77 (skipped, with a sentence) where there is no such bus.
"""
import os
import shutil
import signal
import subprocess
import sys
import tempfile

LONG = 60  # seconds; only a hang takes so long
PROGRAM = """console.log('one');
setTimeout(function dessert() {}, 600_000);
setTimeout(function coffee() {}, 700_000);
"""


def skip(sentence):
    print(f"Skipped: {sentence}")
    sys.exit(77)


def launcher():
    places = ["/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher"]
    return next((place for place in places if os.access(place, os.X_OK)), None)


def first_line(process):
    return process.stdout.readline().decode().strip()


def main():
    for program in ("Xvfb", "dbus-daemon"):
        if not shutil.which(program):
            skip(f"there is no {program}.")
    if not launcher():
        skip("there is no at-spi-bus-launcher (package at-spi2-core).")
    try:
        import gi

        gi.require_version("Atspi", "2.0")
    except (ImportError, ValueError):
        skip("Python cannot ask the accessibility bus (packages python3-gi, gir1.2-atspi-2.0).")

    started = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            look(folder, started)
        finally:
            for process in reversed(started):
                end(process)


def end(process):
    """With what it has started: the launcher's bus would live on."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:  # it has ended by itself, and nothing of it is left
        pass
    process.wait()


def look(folder, started):
    def start(command, **options):
        process = subprocess.Popen(command, env=os.environ, start_new_session=True, **options)
        started.append(process)
        return process

    for name in ("STATE_HOME", "CONFIG_HOME", "DATA_HOME", "RUNTIME_DIR"):
        os.environ["XDG_" + name] = os.path.join(folder, name)
        os.mkdir(os.environ["XDG_" + name], 0o700)
    # The bus launcher looks at the display and leaves. A display that resets then refuses a window that comes
    # meanwhile.
    display = ["Xvfb", "-displayfd", "1", "-noreset", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    os.environ["DISPLAY"] = ":" + first_line(start(display, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL))
    bus = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = first_line(start(bus, stdout=subprocess.PIPE))
    os.environ.pop("AT_SPI_BUS_ADDRESS", None)
    start([launcher(), "--launch-immediately"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.environ.update(QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_QPA_PLATFORM="xcb")
    program = os.path.join(folder, "lunch.js")
    with open(program, "w") as file:
        file.write(PROGRAM)
    window = start([sys.argv[1], program])

    from gi.repository import Atspi, GLib

    Atspi.init()
    loop = GLib.MainLoop()

    def wait(what, sentence):
        """The first answer of what() that is one."""
        found = []

        def ask():
            try:
                answer = what()
            except GLib.Error:  # the window is busy, or a widget has gone meanwhile
                answer = None
            if answer:
                found.append(answer)
                loop.quit()
            return not answer

        tick = GLib.timeout_add(50, ask)
        deadline = GLib.timeout_add_seconds(LONG, loop.quit)
        loop.run()
        if not found:
            GLib.source_remove(tick)
            state = "lives" if window.poll() is None else "has ended"
            sys.exit(f"Not found through the accessibility bus: {sentence} (the window {state}).")
        GLib.source_remove(deadline)
        print("found:", sentence)
        return found[0]

    def children(of):
        return [of.get_child_at_index(i) for i in range(of.get_child_count())]

    def all_of(of):
        for child in children(of):
            if child:
                yield child
                yield from all_of(child)

    def application():
        return next((one for one in children(Atspi.get_desktop(0)) if one and one.get_process_id() == window.pid), None)

    def named(name, role=None):
        return next((one for one in all_of(app)
                     if one.get_name() == name and (role is None or one.get_role() == role)), None)

    def press(one, sentence):
        action = one.get_action_iface() if one else None
        names = [Atspi.Action.get_action_name(action, i) for i in range(action.get_n_actions())] if action else []
        wanted = next((name for name in ("Press", "Toggle") if name in names), None)
        if not wanted:
            sys.exit(f"{sentence} cannot be pressed through the accessibility bus: it offers {names}.")
        action.do_action(names.index(wanted))
        print("pressed:", sentence)

    app = wait(application, "the window")
    run = wait(lambda: named("Run", Atspi.Role.BUTTON), "the button Run")
    wait(lambda: named("Program"), "the code")
    press(run, "Run")

    def items(name):
        found = named(name)
        return [one for one in children(found) if one] if found else []

    def item(of, words):
        return next((one for one in items(of) if words in one.get_name()), None)

    def told(words):
        """All that is asked for is there, and nothing on the stage is without a name."""
        def ask():
            names = [one.get_name() for one in items("Stage")]
            missing = [word for word in words if not any(word in name for name in names)]
            return names if names and not missing and all(name.strip() for name in names) else None
        return ask

    everywhere = ["dessert", "coffee", "Nothing waits here.", "2 timers are running.", "Nobody is expected."]
    for name in wait(told(everywhere + ["0 of 4 cooks are busy."]), "every place and slip of the restaurant"):
        print("    stage:", name)
    narration = wait(lambda: named("Narration"), "the narration")
    tells = wait(lambda: [one.get_name() for one in all_of(narration) if one.get_name()], "what the narration tells")
    print("    narration:", *tells)

    timeline = wait(lambda: named("Timeline", Atspi.Role.SLIDER), "the timeline")

    def playhead():
        return timeline.get_value_iface().get_current_value()

    def lanes():
        names = [one.get_name() for one in children(timeline) if one]
        return names if len(names) >= 4 and all(name.startswith("Lane ") for name in names) else None

    for name in wait(lanes, "the timeline's lanes"):
        print("    lane:", name)
    span = wait(lambda: next((one for lane in children(timeline) for one in children(lane)
                              if "main script" in one.get_name()), None), "what lies in the waiter's lane")
    head = playhead()
    press(span, span.get_name())
    wait(lambda: playhead() < head, "the playhead at what was pressed")
    there = playhead()

    line = wait(lambda: item("Console: what the program prints", "one"), "the console's line")
    press(line, line.get_name())
    wait(lambda: playhead() != there, "the playhead at the line that was pressed")
    # Back to where the timers wait.
    press(wait(lambda: named("To the End, or to Now"), "the entry To the End"), "To the End")
    slip = wait(lambda: item("Stage", "coffee") or item("Stage", "dessert"), "a slip")
    print("    slip:", slip.get_name())
    press(slip, slip.get_name())
    title = slip.get_name().split(",")[0]
    wait(lambda: next((one for one in all_of(app) if one.get_name().startswith(title) and one.get_parent()
                       and one.get_parent().get_name() != "Stage"), None), "the card of the slip that was pressed")

    press(wait(lambda: named("Loop"), "the button Loop"), "Loop")
    for name in wait(told(everywhere + ["0 of 4 threads are busy."]), "every station, lane and slip of the loop"):
        print("    stage:", name)
    press(wait(lambda: named("Stage as Text"), "the entry Stage as Text"), "Stage as Text")
    table = wait(lambda: named("Orders, in the order in which they are served"), "the stage as a table")
    cells = wait(lambda: [one.get_name() for one in all_of(table)
                          if "dessert" in one.get_name() or "coffee" in one.get_name()], "the rows of the table")
    print("    cells:", *cells)

    # Whatever one can use has a name.
    roles = (Atspi.Role.BUTTON, Atspi.Role.TOGGLE_BUTTON, Atspi.Role.CHECK_BOX, Atspi.Role.COMBO_BOX,
             Atspi.Role.RADIO_BUTTON, Atspi.Role.SLIDER, Atspi.Role.ENTRY, Atspi.Role.TEXT, Atspi.Role.LIST,
             Atspi.Role.LIST_ITEM, Atspi.Role.TABLE, Atspi.Role.PAGE_TAB)

    def nameless():
        found = [one for one in all_of(app) if one.get_role() in roles and not one.get_name().strip()
                 and one.get_state_set().contains(Atspi.StateType.SHOWING)
                 and one.get_state_set().contains(Atspi.StateType.FOCUSABLE)]
        return [f"{one.get_role_name()} in {one.get_parent().get_name() or one.get_parent().get_role_name()}"
                for one in found]

    without = nameless()
    if without:
        sys.exit("Without a name on the accessibility bus: " + "; ".join(without))
    print("found: a name for all that one can use")


main()
