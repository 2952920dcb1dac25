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
    # The bus launcher looks at the display and leaves. A display that resets then refuses a window that comes meanwhile.
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

    app = wait(application, "the window")
    run = wait(lambda: named("Run", Atspi.Role.BUTTON), "the button Run")
    wait(lambda: named("Program"), "the code")
    action = run.get_action_iface()
    names = [Atspi.Action.get_action_name(action, i) for i in range(action.get_n_actions())]
    if "Press" not in names:
        sys.exit(f"Run cannot be pressed through the accessibility bus: it offers {names}.")
    action.do_action(names.index("Press"))

    def orders():
        stage = named("Stage")
        names = [one.get_name() for one in children(stage) if one] if stage else []
        return names if any("dessert" in name for name in names) and any("coffee" in name for name in names) else None

    for name in wait(orders, "the orders on the stage"):
        print("    order:", name)
    narration = wait(lambda: named("Narration"), "the narration")
    told = wait(lambda: [one.get_name() for one in all_of(narration) if one.get_name()], "what the narration tells")
    print("    narration:", *told)
    wait(lambda: named("Timeline"), "the timeline")


main()
