"""A student at work while things break: the kernel, the server, the network, the disk, the clock, a second writer.

What the page calls kept is looked up on disk in the same moment, and again at the end.
"""

import json
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import psutil
from playwright.sync_api import Error, Page

from vermarkting import data
from vermarkting.answers import NAME, AnswerSheet

MATCH = "02.motieven"
QUESTIONS = (MATCH, "00.jouw_vraag", "00.geen_idee", "00.wat_bewaart")
CELL = 'from vermarkting import widgets as w; w.question("{}")'
WAIT_SECONDS = 12


def write_lesson(folder: Path) -> None:
    """Write a lesson with a question of each kind in a folder of its own."""
    cells = [
        {"cell_type": "code", "id": f"vraag-{number}", "metadata": {"jupyter": {"source_hidden": True}},
         "execution_count": None, "outputs": [], "source": CELL.format(name)}
        for number, name in enumerate(QUESTIONS)
    ]  # fmt: skip
    metadata = {
        "kernelspec": {"display_name": "Vermarkting", "language": "python", "name": "vermarkting"},
        "vermarkting": {"id": "00", "kind": "lesson", "minutes": 5},
    }
    folder.mkdir(parents=True)
    (folder / "les.ipynb").write_text(
        json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})
    )


@dataclass
class Server:
    """The command as a student types it, always on the same port and with the same token."""

    folder: Path
    port: int
    process: subprocess.Popen | None = None
    address: str = ""

    def start(self) -> None:
        command = [sys.executable, "-m", "vermarkting.cli", str(self.folder), "--no-browser", "--port", str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.address = next(word for line in self.process.stdout for word in line.split() if word.startswith("http://"))

    @property
    def key(self) -> str:
        """The key in the address, the same at every start."""
        return self.address.split("token=")[1]

    def stop(self, how: signal.Signals) -> None:
        kernels = self.kernels()
        self.process.send_signal(how)
        self.process.wait(120)  # a busy machine takes its time to stop
        for kernel in kernels:  # a killed server leaves its kernels behind for a while
            if kernel.is_running():
                kernel.kill()

    def kernels(self) -> list[psutil.Process]:
        children = psutil.Process(self.process.pid).children(recursive=True)
        return [child for child in children if any("ipykernel" in word for word in child.cmdline())]


@dataclass
class Report:
    """acknowledged: answers that the page called kept; false: of those, not on disk then; lost: not there later."""

    acknowledged: int = 0
    held: int = 0
    false: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    faults: Counter = field(default_factory=Counter)
    reloads: int = 0


class Student:
    """Gives answers in a page, and remembers which of them the page called kept."""

    def __init__(self, server: Server, open_page: Callable[[], Page], chance: random.Random) -> None:
        self.server, self.open_page, self.chance = server, open_page, chance
        self.sheet = AnswerSheet(server.folder / "proef" / NAME)
        self.report = Report()
        self.kept: dict[tuple[str, str], object] = {}  # question and part: the last value that was called kept
        self.number = 0
        self.page = open_page()

    def open(self) -> None:
        """Open the lesson, or load it again, and wait until its questions are there."""
        base = self.server.address.split("/lab")[0]
        self.page.goto(f"{base}/lab/workspaces/proef/tree/proef/les.ipynb?token={self.server.key}")
        self.page.locator(".vm-question").nth(len(QUESTIONS) - 1).wait_for()

    def answer(self) -> None:
        """Change one part of one answer; wait until the page calls it kept, or for as long as a student would."""
        question_id = self.chance.choice(QUESTIONS)
        group = self.page.get_by_role("group", name=data.question(question_id)["prompt"][:60])
        part, value = getattr(self, f"_{data.question(question_id)['kind']}")(question_id, group)
        if self._says_kept(group):
            self.report.acknowledged += 1
            self.kept[question_id, part] = value
            if self._on_disk(question_id, part) != value:
                self.report.false.append(f"{question_id} {part}: {value!r}")
        else:
            self.report.held += 1
            self.kept.pop((question_id, part), None)  # the page said nothing about the newer value

    def check(self) -> None:
        """Look up everything that was called kept."""
        for (question_id, part), value in self.kept.items():
            found = self._on_disk(question_id, part)
            if found != value:
                self.report.lost.append(f"{question_id} {part}: {value!r}, found {found!r}")

    def _says_kept(self, group) -> bool:
        until = time.monotonic() + WAIT_SECONDS
        status = group.locator(".vm-status")
        while time.monotonic() < until:
            if status.get_attribute("data-stage") == "kept" and status.inner_text().startswith("Bewaard"):
                return True
            if status.get_attribute("data-stage") in ("waiting", "refused"):
                return False
            time.sleep(0.02)
        return False

    def _on_disk(self, question_id: str, part: str) -> object:
        try:
            answer = json.loads((self.sheet.path).read_text())["answers"][question_id]
        except (OSError, ValueError, KeyError):
            return None
        value = answer["value"]
        if isinstance(value, dict):
            return value.get(part)
        return part in value if isinstance(value, list) else value

    def _match(self, question_id: str, group) -> tuple[str, object]:
        question = data.question(question_id)
        item = self.chance.choice(question["items"])
        select = group.get_by_label(item["text"], exact=True)
        category = self.chance.choice([c["id"] for c in question["categories"] if c["id"] != select.input_value()])
        select.select_option(category)
        return item["id"], category

    def _single(self, question_id: str, group) -> tuple[str, object]:
        inputs = group.locator("input:not(:checked)").all()
        chosen = self.chance.choice(inputs)
        value = chosen.get_attribute("value")
        chosen.check()
        return "", value

    def _multiple(self, question_id: str, group) -> tuple[str, object]:
        chosen = self.chance.choice(group.locator("input").all())
        before = chosen.is_checked()
        chosen.set_checked(not before)
        return chosen.get_attribute("value"), not before

    def _text(self, question_id: str, group) -> tuple[str, object]:
        self.number += 1
        text = f"Zin nummer {self.number}."
        group.get_by_role("textbox").fill(text)
        return "", text


class Faults:
    """What can break, each by its name; every fault is over when it returns, or is undone by ``recover``."""

    NAMES = (
        *("kernel_killed", "server_stopped", "server_killed", "network_cut", "disk_full"),
        *("clock_back", "second_program", "second_tab", "reload"),
    )

    def __init__(self, student: Student) -> None:
        self.student = student

    def strike(self, name: str) -> None:
        """Let one thing go wrong, with answers given while it is wrong, and let it come right again."""
        self.student.report.faults[name] += 1
        getattr(self, name)()

    def recover(self) -> None:
        """Do what the page asks for where nothing else helps: load it again."""
        student = self.student
        for _ in range(3):
            until = time.monotonic() + WAIT_SECONDS
            while time.monotonic() < until:
                stages = student.page.locator(".vm-status").evaluate_all("all => all.map(one => one.dataset.stage)")
                if len(stages) == len(QUESTIONS) and all(stage == "kept" for stage in stages):
                    return
                time.sleep(0.1)
            student.report.reloads += 1
            student.open()
        raise AssertionError(f"the lesson did not come back after {student.report.faults}")

    def kernel_killed(self) -> None:
        for kernel in self.student.server.kernels():
            kernel.kill()
        self._go_on()

    def server_stopped(self) -> None:
        self.student.server.stop(signal.SIGTERM)
        self._go_on()
        self._new_server()

    def server_killed(self) -> None:
        self.student.server.stop(signal.SIGKILL)
        self._go_on()
        self._new_server()

    def network_cut(self) -> None:
        self.student.page.context.set_offline(True)
        self._go_on()
        self.student.page.context.set_offline(False)

    def disk_full(self) -> None:
        """No file of a kernel may grow any more."""
        limits = {}
        for kernel in self.student.server.kernels():
            limits[kernel] = kernel.rlimit(resource.RLIMIT_FSIZE)
            kernel.rlimit(resource.RLIMIT_FSIZE, (0, limits[kernel][1]))
        self._go_on()
        for kernel, limit in limits.items():
            if kernel.is_running():
                kernel.rlimit(resource.RLIMIT_FSIZE, limit)

    def clock_back(self) -> None:
        """The clock was two years ahead until now."""
        path = self.student.sheet.path
        document = json.loads(path.read_text())
        ahead = timedelta(days=730)

        def later(moment: str) -> str:
            return (datetime.fromisoformat(moment) + ahead).isoformat(timespec="milliseconds")

        for entry in document["answers"].values():
            entry["at"] = later(entry["at"])
            if "parts" in entry:
                entry["parts"] = {part: later(moment) for part, moment in entry["parts"].items()}
        new = path.with_suffix(".vooruit")
        new.write_text(json.dumps(document))
        new.replace(path)
        self._go_on()

    def second_program(self) -> None:
        """Another program, such as a second server on the same folder, keeps other parts of the same answers."""
        question = data.question(MATCH)
        item, category = question["items"][-1]["id"], self.student.chance.choice(question["categories"])["id"]
        self.student.sheet.put(MATCH, {item: category}, base={})
        self.student.kept[MATCH, item] = category
        self._go_on()

    def second_tab(self) -> None:
        first, second = self.student.page, self.student.open_page()
        try:
            self.student.page = second
            self.student.open()
            self._go_on()
        finally:
            self.student.page = first
            second.close()
        self._go_on()

    def reload(self) -> None:
        self._go_on()
        self.student.open()

    def _go_on(self) -> None:
        for _ in range(self.student.chance.randint(1, 3)):
            self.student.answer()

    def _new_server(self) -> None:
        self.student.server.start()
        self.student.open()  # the token is a new one, so the student opens the address that the command gives


def run(server: Server, open_page: Callable[[], Page], answers: int, seed: int, faults: tuple[str, ...]) -> Report:
    """Give at least so many answers that are called kept, with faults in between, and report."""
    chance = random.Random(seed)
    student = Student(server, open_page, chance)
    student.open()
    breaking = Faults(student)
    coming = list(faults)
    while student.report.acknowledged < answers or coming:
        for _ in range(chance.randint(0, 4)):
            student.answer()
        if faults:
            try:
                breaking.strike(coming.pop(0) if coming else chance.choice(faults))
            except Error as error:
                raise AssertionError(f"{student.report}: {error}") from error
            breaking.recover()
            student.check()
    student.check()
    return student.report


def free_folder(place: Path) -> Path:
    """A student's folder with the lesson in it."""
    shutil.rmtree(place, ignore_errors=True)
    write_lesson(place / "proef")
    return place
