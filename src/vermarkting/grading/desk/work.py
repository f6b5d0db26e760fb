"""One nbgrader command at a time for a course, run as if typed in a terminal, and how it goes.

The command runs in a process of its own: it is the same one that the lecturers' page names, and nothing that happens in
it can take the desk along.
"""

import os
import re
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

from vermarkting.grading.autograde.summary import MACHINE
from vermarkting.text import t

VERBS = {
    "generate_assignment": ("--force",),
    "release_assignment": (),
    "collect": (),
    "zip_collect": (),
    "autograde": (),
    "generate_feedback": (),
    "release_feedback": (),
    "export": (),
}
FORCED = "autograde"
_LINE = re.compile(r"\[\w+ \| (?P<level>[A-Z]+)\] (?P<text>.*)")
_PROGRESS = re.compile(r"\x1e(\d+)/(\d+)")


class Busy(Exception):
    """Another command runs in this course."""


@dataclass
class Work:
    """A command that runs or ran. ``lines`` are what it said, each with its level; ``loose`` is text of no form."""

    verb: str
    assignment: str
    done: int = 0
    total: int = 0
    code: int | None = None
    lines: list[tuple[str, str]] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)

    def hear(self, line: str) -> None:
        """Take in one line of what the command says."""
        if step := _PROGRESS.search(line):
            self.done, self.total = int(step[1]), int(step[2])
        elif said := _LINE.fullmatch(line):
            self.lines.append((said["level"], said["text"]))
        elif line.strip():
            self.loose.append(line)

    def told(self) -> dict:
        """Give how it goes or went: one sentence, and the lines below it.

        ``tone``: ``good``, ``look`` when it is done and somebody must look at something, ``bad`` when it did not work.
        """
        infos = [text for level, text in self.lines if level == "INFO"]
        errors = [text for level, text in self.lines if level in ("ERROR", "CRITICAL")]
        failed = self.code not in (None, 0)
        if self.code is None:
            sentence = t("desk.work.running")
        elif infos:
            sentence = infos[-1]
        elif errors:
            sentence = errors[-1]
        else:
            sentence = t("desk.work.broke" if failed else "desk.work.done")
        broke = failed and not self.lines
        below = [text for level, text in self.lines if text != sentence]
        return {
            "verb": self.verb,
            "assignment": self.assignment,
            "running": self.code is None,
            "done": self.done,
            "total": self.total,
            "tone": "bad" if broke or (failed and not infos) else "look" if failed else "good",
            "sentence": sentence,
            "lines": list(dict.fromkeys(reversed(below)))[::-1],
            "loose": self.loose if broke else [],
        }


class Workbench:
    """Where the commands of one course run, in its folder."""

    def __init__(self, root: Path):
        self._root = root
        self._lock = threading.Lock()
        self.last: Work | None = None

    def start(self, verb: str, assignment: str = "", force: bool = False) -> Work:
        """Start a command of ``VERBS``. Raises ``Busy`` while another runs."""
        with self._lock:
            if self.last is not None and self.last.code is None:
                raise Busy
            work = self.last = Work(verb, assignment)
        options = [*VERBS[verb], *(["--force"] if force and verb == FORCED else [])]
        command = [sys.executable, "-m", "nbgrader", verb, *([assignment] if assignment else []), *options]
        environment = os.environ | {MACHINE: "1", "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
        threading.Thread(target=self._run, args=(work, command, environment), daemon=True).start()
        return work

    def _run(self, work: Work, command: list[str], environment: dict[str, str]) -> None:
        code = 1
        try:
            with subprocess.Popen(
                command,
                cwd=self._root,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
            ) as running:
                for line in running.stdout:
                    work.hear(line.rstrip("\r\n"))
            code = running.returncode
        finally:
            work.code = code
