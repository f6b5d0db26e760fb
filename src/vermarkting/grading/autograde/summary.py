"""How a batch is going and how it went: a bar while it runs, and at the end every hand-in that needs somebody."""

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable
from typing import TextIO

from vermarkting.text import t

# Set in the environment by the desk: then each step is said for a program, as "\x1edone/total".
MACHINE = "VERMARKTING_PROGRESS"
_WIDTH = 24
_NAMED = 8


class Summary:
    """Counts the outcomes of a batch and keeps a line for each hand-in that was not simply graded.

    Lines name a hand-in by its folder, never by anything a student wrote in it.
    """

    def __init__(self) -> None:
        self.graded = self.unchanged = 0
        self.look: list[tuple[str, str]] = []
        self.failed: list[tuple[str, str]] = []
        self._sheets: dict[bytes, list[str]] = {}
        self._numbers: dict[str, list[str]] = {}

    def note_answers(self, name: str, answers: dict | None) -> None:
        """Remember a sheet by a short mark: two that are equal to the millisecond came from one computer."""
        if answers:
            mark = hashlib.blake2b(json.dumps(answers, sort_keys=True).encode(), digest_size=12).digest()
            self._sheets.setdefault(mark, []).append(name)

    def note_number(self, name: str, number: str | None) -> None:
        """Remember the number that was typed where nobody knows whose it is."""
        if number:
            self._numbers.setdefault(number, []).append(name)

    @property
    def clean(self) -> bool:
        """Say whether every hand-in was graded and none needs a look."""
        return not self.look and not self.failed

    def lines(self) -> list[str]:
        """Write the summary: counts, a line for each hand-in to look at or not graded, and who share a sheet."""
        counts = {
            "graded": self.graded,
            "unchanged": self.unchanged,
            "look": len(self.look),
            "failed": len(self.failed),
        }
        lines = [t("grading.summary.counts", **counts)]
        for key, found in (("failed", self.failed), ("look", self.look)):
            if found:
                lines.append(t(f"grading.summary.{key}"))
                lines += [t("grading.summary.line", name=name, text=text) for name, text in found]
        for names in self._sheets.values():
            if len(names) > 1:
                shown = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
                lines.append(t("grading.summary.same_sheet", count=len(names), names=shown))
        if self._numbers:
            lines.append(t("grading.summary.unknown_number", count=sum(map(len, self._numbers.values()))))
        for number, names in self._numbers.items():
            if len(names) > 1:
                shown = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
                lines.append(t("grading.summary.same_number", number=number, count=len(names), names=shown))
        return lines


class Progress:
    """A bar on a terminal, a sign for the desk that started it, elsewhere a line every ten seconds, by ``say``."""

    def __init__(self, total: int, say: Callable[[str], None], stream: TextIO | None = None):
        self._total = total
        self._say = say
        self._stream = stream or sys.stderr
        self._bar = self._stream.isatty()
        self._machine = MACHINE in os.environ
        self._done = 0
        self._problems = 0
        self._shown_at = time.monotonic()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()

    def step(self, problem: str | None = None) -> None:
        """Count one hand-in; a problem is named at once."""
        self._done += 1
        if problem is not None:
            self._problems += 1
            self.say(problem)
        now = time.monotonic()
        if now - self._shown_at < (0.1 if self._bar or self._machine else 10):
            return
        self._shown_at = now
        if self._machine:
            self._stream.write(f"\x1e{self._done}/{self._total}\n")
            self._stream.flush()
            return
        text = t("grading.summary.progress", done=self._done, total=self._total, problems=self._problems)
        if self._bar:
            filled = _WIDTH * self._done // self._total
            self._stream.write(f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}] {text}")
            self._stream.flush()
        else:
            self._say(text)

    def say(self, text: str) -> None:
        """Say something above the bar."""
        self._clear()
        self._say(text)

    def _clear(self) -> None:
        if self._bar:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
