"""The life of an answer in the kernel: kept on the sheet, told to every part that shows it, followed when others write.

The browser's side is ``static/answering.js``: it holds a change until the message ``{"kept": id}`` says that it is on
disk.
"""

import asyncio
import logging
import math
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from vermarkting.answers import Answer, AnswerError, AnswerSheet, saved_at
from vermarkting.questions import fits
from vermarkting.text import t

LOOK_SECONDS = 1.0
PROMPT_SECONDS = 5.0  # a change that is younger did not wait

_KERNEL = secrets.token_hex(4)

_log = logging.getLogger(__name__)
_when_kept: list[Callable[[str], None]] = []
_stands_for: dict[Path, str] = {}
_followed: dict[object, asyncio.Task] = {}


def when_kept(tell: Callable[[str], None]) -> None:
    """Ask to be told the id of every question whose answer is kept from now on, here or by another program."""
    _when_kept.append(tell)


def kept(question_id: str) -> None:
    """Tell who asked that the answer to this question was kept."""
    for tell in _when_kept:
        tell(question_id)


def place_of(sheet: AnswerSheet) -> str:
    """Give a name for the folder of this sheet, under which a browser can hold what belongs there."""
    folder = _stands_for.get(sheet.path.parent)
    path = f"{folder}/{sheet.path.name}" if folder else str(sheet.path)
    return sha256(path.encode()).hexdigest()[:16]


def stand_for(folder: str) -> None:
    """Let the working folder stand for another: what is made here is for a reader whose folder has that path."""
    _stands_for[Path.cwd()] = folder


def clock() -> list:
    """Tell a page what time it is here: the name of this kernel, and milliseconds that only count up."""
    return [_KERNEL, time.monotonic() * 1000]


def entered(change: dict) -> datetime | None:
    """Give the moment at which a change was made; ``None`` for one that did not wait.

    ``age`` is how many milliseconds ago that was when the page sent it. A message may be long on its way: the page also
    sends the last ``clock`` that it heard, and how many milliseconds ago it heard that (``since``).
    """
    age, (kernel, heard), since = change.get("age"), _pair(change.get("clock")), change.get("since")
    if not _is_time(age):
        return None
    if kernel == _KERNEL and _is_time(heard) and _is_time(since):
        age += max(0, clock()[1] - heard - since)
    return datetime.now(UTC) - timedelta(milliseconds=age) if age > PROMPT_SECONDS * 1000 else None


def _pair(told: object) -> tuple:
    return tuple(told) if isinstance(told, list) and len(told) == 2 else (None, None)


def _is_time(milliseconds: object) -> bool:
    number = isinstance(milliseconds, int | float) and not isinstance(milliseconds, bool)
    return number and math.isfinite(milliseconds) and 0 <= milliseconds < 1e12


def refusal(error: AnswerError) -> str:
    """Say that an answer was not kept, and why."""
    return t("question.not_saved", reason=error)


class Kept:
    """One answer that parts keep together. ``status`` says how the last change went."""

    def __init__(self, question_id: str, question: dict, sheet: AnswerSheet, empty: list | dict) -> None:
        self.id, self.sheet = question_id, sheet
        self._question, self._empty = question, empty
        self.status = ""
        follow(sheet)

    def value(self) -> list | dict:
        """Give what is kept, or the empty value where nothing that fits is."""
        answer = self.sheet.get(self.id)
        return answer.value if answer and fits(self._question, answer.value) else self._empty

    def keep(self, value: list | dict, base: list | dict, entered: datetime | None = None) -> bool:
        """Keep a change to ``base``, what the reader saw, and when it waited; say whether it is on disk."""
        if not fits(self._question, value):
            self.status = t("question.not_saved", reason=t("question.unfit"))
            return False
        try:
            answer = self.sheet.put(self.id, value, base=base, entered=entered)
        except AnswerError as error:
            self.status = refusal(error)
            return False
        self.status = " ".join(filter(None, [saved_at(answer), self.sheet.notice]))
        kept(self.id)
        return True


def follow(sheet: AnswerSheet) -> None:
    """Look after what other programs write on this sheet, as long as this kernel lives."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:  # no kernel: nobody is looking
        return
    if sheet.path not in _followed:
        _followed[sheet.path] = loop.create_task(_watch(AnswerSheet(sheet.path)))


async def _watch(sheet: AnswerSheet) -> None:
    seen, known = _stamp(sheet), sheet.all()
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        if (stamp := _stamp(sheet)) == seen:
            continue
        seen, before = stamp, known
        known = sheet.all()
        for question_id in _different(before, known):
            try:
                kept(question_id)
            except Exception as error:
                # Only the kind: its text could quote an answer. One part that fails must not end the following.
                _log.error("A part could not show what another program kept: %s", type(error).__name__)


def _stamp(sheet: AnswerSheet) -> tuple[int, int, int] | None:
    try:
        status = sheet.path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _different(before: dict[str, Answer], now: dict[str, Answer]) -> list[str]:
    return [name for name in {**before, **now} if before.get(name) != now.get(name)]
