#!/usr/bin/env python3
"""Opens the first window on screens of several sizes and scales, with a window manager: firstwindow.py BISTRO-WINDOW

It is 1440 x 900 where there is room for that, else as large as the screen; with its frame it is on the screen, and the
keyboard is in the editor. A window that was left on a larger screen comes back whole. Exit code 77 (skipped, with a
sentence) where there is no display to be had, or no window manager.
"""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

LONG = 60  # seconds; only a hang takes so long
SCREENS = ["1280x720", "1366x768", "1920x1080"]
SCALES = ["1", "1.25", "1.5", "2"]
FRAME = (2, 24)
QUICK = [("1280x720", "1"), ("1366x768", "1.5"), ("1920x1080", "1"), ("1920x1080", "2")]


def skip(sentence):
    print(f"Skipped: {sentence}")
    sys.exit(77)


def until(question):
    """Its answer, as soon as there is one."""
    end = time.monotonic() + LONG
    while time.monotonic() < end:
        answer = question()
        if answer:
            return answer
        time.sleep(0.05)
    return None


def out(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def place_of(window):
    """Left, top, width and height, of what is in the frame, in the screen's px."""
    found = re.findall(r"(X|Y|WIDTH|HEIGHT)=(-?\d+)", out("xdotool", "getwindowgeometry", "--shell", window))
    return {name: int(value) for name, value in found}


class Desktop:
    """A display of one size, with a window manager on it, and folders of its own."""

    def __init__(self, size, folder):
        self.processes = []
        self.said = os.path.join(folder, "said")
        self.environment = dict(os.environ)
        self.environment.pop("QT_QPA_PLATFORM", None)
        self.environment.pop("WAYLAND_DISPLAY", None)
        for name in ("STATE_HOME", "CONFIG_HOME", "DATA_HOME", "RUNTIME_DIR"):
            place = os.path.join(folder, name)
            os.makedirs(place, mode=0o700, exist_ok=True)
            self.environment["XDG_" + name] = place
        server = self.start(
            ["Xvfb", "-displayfd", "1", "-noreset", "-screen", "0", size + "x24", "-nolisten", "tcp"],
            stdout=subprocess.PIPE, stderr=self.notes())
        display = server.stdout.readline().decode().strip()
        if not display:
            sys.exit("no display came\n" + self.told())
        self.environment["DISPLAY"] = os.environ["DISPLAY"] = ":" + display
        self.start(["openbox", "--sm-disable"], stdout=subprocess.DEVNULL, stderr=self.notes())

    def notes(self):
        """Where all of them complain."""
        return open(self.said, "ab")  # handed on, and closed with what it was handed to

    def told(self):
        """What they have complained of, and what each does now."""
        lines = pathlib.Path(self.said).read_text(errors="replace").splitlines()[-20:]
        for process in self.processes:
            ended = process.poll()
            lines.append(f"{process.args[0]}: " + ("runs" if ended is None else f"ended, {ended}"))
            for task in pathlib.Path(f"/proc/{process.pid}/task").glob("*"):
                try:
                    name, where = (task / "comm").read_text().strip(), (task / "wchan").read_text()
                    lines.append(f"  {name}: {(task / 'stat').read_text().rpartition(')')[2].split()[0]} {where}")
                except OSError:
                    continue
        return "\n".join(lines + ["Windows: " + out("xdotool", "search", "--name", ".").replace("\n", " ")])

    def start(self, command, **options):
        process = subprocess.Popen(command, env=self.environment, start_new_session=True, **options)
        self.processes.append(process)
        return process

    def open(self, program, scale):
        """A window of the program. Once in a great while none came, nobody knows why: what is known is printed then,
        and a second one must come."""
        self.environment["QT_SCALE_FACTOR"] = scale
        for _ in range(2):
            process, windows = self.opened(program)
            if windows:
                return process, windows[-1]
            print("no window came\n" + self.told(), flush=True)
            process.kill()
        sys.exit(1)

    def opened(self, program):
        process = self.start([program], stdout=subprocess.DEVNULL, stderr=self.notes())
        return process, until(lambda: out(
            "xdotool", "search", "--onlyvisible", "--pid", str(process.pid), "--name", "Bistro").split())

    def settled(self, window):
        """Its place, when it no longer changes."""
        last = [None, 0]

        def same():
            now = place_of(window)
            last[1] = last[1] + 1 if now == last[0] and now.get("WIDTH") else 0
            last[0] = now
            return last[1] > 10 and now

        return until(same)

    def end(self):
        for process in reversed(self.processes):
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()


def complaints(place, size, scale):
    width, height = (int(n) for n in size.split("x"))
    wrong = []
    # xdotool counts the frame twice, here a title bar and an edge: what is in it is that much further left and up.
    right, bottom = place["X"] + place["WIDTH"] - FRAME[0], place["Y"] + place["HEIGHT"] - FRAME[1]
    if place["X"] < 0 or place["Y"] < 0 or right > width or bottom > height:
        wrong.append(f"hangs over the edge: {place}")
    least = (min(1440 * float(scale), width) * 0.97, min(900 * float(scale), height) * 0.93)
    if place["WIDTH"] < least[0] or place["HEIGHT"] < least[1]:
        wrong.append(f"is smaller than the screen allows: {place}")
    return [f"{size} at {scale}: the first window {what}" for what in wrong]


def typed(folder):
    """Whether what was typed is in the copy that a window keeps of it."""
    return any(b" xq" in path.read_bytes() for path in pathlib.Path(folder).rglob("*")
               if path.is_file() and "bistro" in path.parts)


def main():
    for program in ("Xvfb", "openbox", "xdotool"):
        if not shutil.which(program):
            skip(f"there is no {program}.")
    everything = "--all" in sys.argv
    pairs = [(size, scale) for size in SCREENS for scale in SCALES] if everything else QUICK
    wrong = []
    for size, scale in pairs:
        with tempfile.TemporaryDirectory() as folder:
            desktop = Desktop(size, folder)
            try:
                process, window = desktop.open(sys.argv[1], scale)
                wrong += complaints(desktop.settled(window), size, scale)
                # What is typed first is code: a space would run the program from the button.
                until(lambda: out("xdotool", "getactivewindow").strip() == window)
                out("xdotool", "type", "--window", window, " xq")
                if not until(lambda: typed(folder)):
                    wrong.append(f"{size} at {scale}: what was typed is not in the editor")
                elif "running" in out("xdotool", "getwindowname", window):
                    wrong.append(f"{size} at {scale}: a space has run the program")
            finally:
                desktop.end()
    # Left on a large screen, opened on a small one.
    with tempfile.TemporaryDirectory() as folder:
        for size in ("1920x1080", "1280x720"):
            desktop = Desktop(size, folder)
            try:
                process, window = desktop.open(sys.argv[1], "1")
                place = desktop.settled(window)
                if size == "1280x720":
                    wrong += [w for w in complaints(place, size, "1") if "edge" in w]
                else:
                    out("xdotool", "windowmove", window, "400", "150")
                    desktop.settled(window)
                    out("xdotool", "key", "--window", window, "ctrl+q")
                    until(lambda: process.poll() is not None)
            finally:
                desktop.end()
    for each in wrong:
        print(each)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
