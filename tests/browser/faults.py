"""A student at work while things break: the kernel, the server, the network, the disk, the clock, a second writer.

What the page calls kept is looked up on disk in the same moment, and again at the end.
"""

import json
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from breaking import TWO_YEARS, Disk, Server, running
from playwright.sync_api import Error, Locator, Page, TimeoutError

from vermarkting import data
from vermarkting.answers import NAME
from vermarkting.text import t

MAP, TEXT = "O6.kaart", "00.jouw_vraag"
QUESTIONS = (MAP, "02.motieven", TEXT, "00.geen_idee", "00.wat_bewaart", "00.raad_het_aantal")
CELL = 'from vermarkting import widgets as w; w.{}("{}")'
SHOWN_AND_SAID = "of => [of.querySelector('input').value, of.querySelector('.vm-status').textContent]"
WAIT_SECONDS = 12
BACK_SECONDS = 60
BETWEEN = (5, 45)  # answers between two faults


def write_lesson(folder: Path) -> None:
    """Write a lesson with a question of each kind in a folder of its own."""
    cells = [
        {"cell_type": "code", "id": f"vraag-{number}", "metadata": {"jupyter": {"source_hidden": True}},
         "execution_count": None, "outputs": [], "source": CELL.format(*what)}
        for number, what in enumerate(("map_picks" if name == MAP else "question", name) for name in QUESTIONS)
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
class Report:
    """acknowledged: answers that the page called kept; false: of those, not on disk then; lost: not there later.

    held: answers that it did not call kept yet; missing: of all that was entered, what was not there after the end.
    reloads: pages that came back only after they were loaded again; slow: pages that did not come within a minute.
    """

    acknowledged: int = 0
    held: int = 0
    false: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    faults: Counter = field(default_factory=Counter)
    reloads: int = 0
    slow: int = 0


class Student:
    """Gives answers in a page, and remembers them, and which of them the page called kept."""

    def __init__(self, server: Server, open_page: Callable[[], Page], chance: random.Random) -> None:
        self.server, self.open_page, self.chance = server, open_page, chance
        self.sheet = server.folder / "proef" / NAME
        self.report = Report()
        self.entered: dict[tuple[str, str], object] = {}  # question and part: the last value that was entered
        self.kept: set[tuple[str, str]] = set()  # of those, which were called kept
        self.said = ""  # the last status below an answer
        self.number = 0
        self.page = open_page()

    def open(self, server: Server | None = None) -> None:
        """Open the lesson, or load it again, and wait until its questions are there."""
        self.page.goto((server or self.server).address("proef"))
        self._see()

    def load_again(self) -> None:
        self.page.reload()
        self._see()

    def _see(self) -> None:
        last = self.page.locator(".vm-status").nth(len(QUESTIONS) - 1)
        for _ in range(2):
            try:
                return last.wait_for(state="attached")
            except TimeoutError:
                self.report.slow += 1
                self.page.reload()
        return last.wait_for(state="attached")

    def answer(self, question_id: str | None = None) -> bool:
        """Change one part of one answer; say whether the page calls it kept, as long as a student would wait."""
        question_id = question_id or self.chance.choice(QUESTIONS)
        group = self.group(question_id)
        part, value = getattr(self, f"_{data.question(question_id)['kind']}")(question_id, group)
        self.entered[question_id, part] = value
        if self._says_kept(group):
            self.report.acknowledged += 1
            self.kept.add((question_id, part))
            if self._on_disk(question_id, part) != value:
                self.report.false.append(f"{question_id} {part}: {value!r}")
            return True
        self.report.held += 1
        self.kept.discard((question_id, part))  # the page said nothing about the newer value
        return False

    def group(self, question_id: str) -> Locator:
        """The part of the page with one question."""
        if question_id == MAP:
            return self.page.locator(".vm-explorable")
        return self.page.get_by_role("group", name=data.question(question_id)["prompt"][:60])

    def check(self) -> None:
        """Look up everything that was called kept."""
        gone = [key for key in sorted(self.kept) if not self._is_there(*key)]
        self.report.lost += [self._told(*key) for key in gone]
        self.kept -= set(gone)  # told once

    def check_all(self) -> None:
        """Look up everything that was entered."""
        self.report.missing += [self._told(*key) for key in sorted(self.entered) if not self._is_there(*key)]

    def _told(self, question_id: str, part: str) -> str:
        found = self._on_disk(question_id, part)
        return f"{question_id} {part}: {self.entered[question_id, part]!r}, found {found!r}, {self.report.faults}"

    def _is_there(self, question_id: str, part: str) -> bool:
        value = self.entered[question_id, part]
        return self._on_disk(question_id, part) == value or value in self._answer(question_id).get("also", [])

    def _says_kept(self, group) -> bool:
        until = time.monotonic() + WAIT_SECONDS
        status = group.locator(".vm-status")
        while time.monotonic() < until:
            stage, self.said = status.evaluate("status => [status.dataset.stage, status.textContent]")
            if stage == "kept" and self.said.startswith("Bewaard"):
                return True
            if stage in ("waiting", "refused"):
                return False
            time.sleep(0.02)
        return False

    def _answer(self, question_id: str) -> dict:
        try:
            return json.loads(self.sheet.read_text())["answers"][question_id]
        except (OSError, ValueError, KeyError):
            return {}

    def _on_disk(self, question_id: str, part: str) -> object:
        value = self._answer(question_id).get("value")
        if isinstance(value, dict):
            return value.get(part)
        return part in value if isinstance(value, list) else value

    def _picks(self, question_id: str, group) -> tuple[str, object]:
        """Put the argument in view on the map, or take it away."""
        on = group.get_by_label(t("argument_map.on"))
        put = not on.is_checked()
        group.get_by_label(t("argument_map.on" if put else "argument_map.off")).check()
        return group.locator(".vm-card h3").inner_text().split(" ")[0], put

    def _match(self, question_id: str, group) -> tuple[str, object]:
        question = data.question(question_id)
        item = self.chance.choice(question["items"])
        select = group.get_by_label(item["text"], exact=True)
        category = self.chance.choice([c["id"] for c in question["categories"] if c["id"] != select.input_value()])
        select.select_option(category)
        return item["id"], category

    def _single(self, question_id: str, group) -> tuple[str, object]:
        free = group.locator("input:not(:checked)").evaluate_all("all => all.map(one => one.value)")
        value = self.chance.choice(free)
        group.locator(f'input[value="{value}"]').check()
        return "", value

    def _multiple(self, question_id: str, group) -> tuple[str, object]:
        all_ = group.locator("input").evaluate_all("all => all.map(one => [one.value, one.checked])")
        value, before = self.chance.choice(all_)
        group.locator(f'input[value="{value}"]').set_checked(not before)
        return value, not before

    def _number(self, question_id: str, group) -> tuple[str, object]:
        """What is no number first: then nothing that stands below the field may say that this was kept."""
        self.number += 1
        field = group.get_by_role("textbox")
        field.fill("veel")
        field.press("Enter")
        shown, said = group.evaluate(SHOWN_AND_SAID)
        if shown == "veel" and said.startswith("Bewaard"):
            self.report.false.append(f"{question_id}: no number, and yet {said!r}")
        number = self.number % 107
        field.fill(str(number))
        field.press("Enter")
        return "", number

    def _text(self, question_id: str, group) -> tuple[str, object]:
        self.number += 1
        text = f"Zin nummer {self.number}."
        group.get_by_role("textbox").fill(text)
        return "", text


class Faults:
    """What can break, each by its name; every fault is over when it returns, or is undone by ``recover``."""

    NAMES = (
        *("kernel_killed", "server_stopped", "server_killed", "network_cut", "network_silent", "disk_full"),
        *("clock_turned", "second_server", "second_tab", "reload"),
    )

    def __init__(self, student: Student, most: int) -> None:
        """most: answers given at a time, while something is wrong."""
        self.student, self.most = student, most

    def strike(self, name: str) -> None:
        """Let one thing go wrong, with answers given while it is wrong, and let it come right again."""
        self.student.report.faults[name] += 1
        getattr(self, name)()

    def recover(self) -> None:
        """Wait until the page says that all is well; do what it asks for where nothing else helps: load it again."""
        student = self.student
        for _ in range(3):
            until = time.monotonic() + BACK_SECONDS
            while time.monotonic() < until:
                stages = student.page.locator(".vm-status").evaluate_all("all => all.map(one => one.dataset.stage)")
                sign = student.page.locator("#vermarkting-sign").inner_text()
                if sign == t("lab.alive") and stages == ["kept"] * len(QUESTIONS):
                    return
                time.sleep(0.1)
            student.report.reloads += 1
            student.load_again()
        raise AssertionError(f"the lesson did not come back after {student.report.faults}")

    def kernel_killed(self) -> None:
        with self._soon(self.student.server.kill_kernels):
            self._go_on()

    def server_stopped(self) -> None:
        self._without_server(signal.SIGTERM)

    def server_killed(self) -> None:
        self._without_server(signal.SIGKILL)

    def network_cut(self) -> None:
        """Every connection ends, the websocket too, and no new one is made."""
        ended = []
        with self._soon(lambda: ended.append(self.student.server.wire.cut())):
            self._go_on()
        self._go_on()
        self.student.server.wire.mend()
        assert ended > [0], "there was nothing to cut"

    def network_silent(self) -> None:
        """Nothing arrives, and nobody is told so; then everything does, late."""
        with self._soon(self.student.server.wire.silence):
            self._go_on()
        self._go_on()
        self.student.server.wire.mend()

    def disk_full(self) -> None:
        """Not a byte more: what the student changes is refused, and the page says why."""
        disk, said = self.student.server.disk, ""
        disk.fill()
        for _ in range(self.student.chance.randint(1, self.most)):
            if not self.student.answer():
                said = self.student.said
        disk.free()
        assert t("answers.disk_full") in said, f"the disk was full, and the page said {said!r}"

    def clock_turned(self) -> None:
        """The clock of server and kernels is two years ahead, and is then put right."""
        with self._soon(lambda: self.student.server.turn_clock(TWO_YEARS)):
            self._go_on()
        self._go_on()
        with self._soon(lambda: self.student.server.turn_clock(0)):
            self._go_on()
        self._go_on()

    def second_server(self) -> None:
        """A second server on the same folder, with a kernel of its own, open in a second tab."""
        with running(Server(self.student.server.disk)) as second:
            self._in_another_tab(second)

    def second_tab(self) -> None:
        self._in_another_tab(self.student.server)

    def reload(self) -> None:
        self._go_on()
        self.student.load_again()

    def _in_another_tab(self, server: Server) -> None:
        first, second = self.student.page, self.student.open_page()
        try:
            self.student.page = second
            self.student.open(server)
            for page in (second, first, second):
                self.student.page = page
                self._go_on()
            self.recover()  # what is held at another server's address is not seen by the first tab
        finally:
            self.student.page = first
            second.close()

    def _without_server(self, how: signal.Signals) -> None:
        """What is entered is held, the page says so and asks nothing; ``recover`` waits until it is delivered."""
        student = self.student
        with self._soon(lambda: student.server.stop(how)):
            self._go_on()
        for question_id in (TEXT, MAP):
            assert not student.answer(question_id) and student.said == t("life.waiting"), student.said
        sign = student.page.locator("#vermarkting-sign")
        sign.filter(has_text=t("lab.unreachable")).wait_for()
        assert student.page.locator(".jp-Dialog, .Toastify__toast").count() == 0
        student.server.start()

    @contextmanager
    def _soon(self, happens: Callable[[], None]) -> Iterator[None]:
        """Let something happen at a moment that nobody expects: perhaps while an answer is on its way."""
        moment = self.student.chance.uniform(0, 0.6)
        with ThreadPoolExecutor(1) as apart:
            happened = apart.submit(lambda: (time.sleep(moment), happens()))
            yield
            happened.result()

    def _go_on(self) -> None:
        for _ in range(self.student.chance.randint(1, self.most)):
            self.student.answer()


def run(
    server: Server,
    open_page: Callable[[], Page],
    answers: int,
    seed: int,
    faults: tuple[str, ...],
    told: Callable[[str, Report], None] = lambda _fault, _report: None,
) -> Report:
    """Give at least so many answers that are called kept, with each fault once and more in between, and report.

    told: hears of each fault that is over, and how it stands then.
    """
    chance = random.Random(seed)
    student = Student(server, open_page, chance)
    student.open()
    short = answers <= len(faults)
    breaking = Faults(student, most=1 if short else 2)
    coming = list(faults)
    while student.report.acknowledged < answers or coming:
        for _ in range(0 if short else chance.randint(*BETWEEN)):
            student.answer()
        fault = coming.pop(0) if coming else chance.choice(faults)
        try:
            breaking.strike(fault)
        except Error as error:
            raise AssertionError(f"{student.report}: {error}") from error
        breaking.recover()
        student.check()
        told(fault, student.report)
    if fault != "reload":
        student.open()  # what a closed tab held is offered again
        breaking.recover()
    student.check()
    student.check_all()
    student.page.close()
    return student.report


def student_server(place: Path) -> Server:
    """A server on a disk of its own, with the lesson in the student's folder."""
    disk = Disk(place / "student")
    write_lesson(disk.place / "proef")
    return Server(disk)
