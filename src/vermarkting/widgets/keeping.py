"""The life of an answer in the kernel: kept on the sheet, told to every part that shows it, followed when others write.

The browser's side is ``static/answering.js``: it holds a change until the message ``{"kept": id}`` says that it is on
disk.
"""

import asyncio
import logging
import math
import secrets
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import ipywidgets
import traitlets

from vermarkting.answers import Answer, AnswerError, AnswerSheet, Made, moment_in, saved_at, version
from vermarkting.answers.store import CLOCK
from vermarkting.questions import fits
from vermarkting.text import t

LOOK_SECONDS = 1.0
ON_ITS_WAY_SECONDS = 2.0  # so long a message may be on its way without having waited

TURN = threading.RLock()  # JupyterLab gives each page a thread of its own for its messages: one at a time

_KERNEL = secrets.token_hex(4)

_log = logging.getLogger(__name__)
_when_kept: list[Callable[[str], None]] = []
_stands_for: dict[Path, str] = {}
_followed: dict[object, asyncio.Task] = {}
_heard: dict[str, datetime] = {}  # by id of a change: the answer after it
_MOST_HEARD = 500


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


def made(change: dict) -> Made:
    """Read how a page made a change.

    ``age`` is how many milliseconds ago that was when the page sent it. A message may be long on its way: the page also
    sends the last ``clock`` that it heard, and how many milliseconds ago it heard that (``since``). ``seen`` is the
    version of the answer that it showed, ``follows`` the id of a change that it sent before and does not know to be
    kept.
    """
    age, (kernel, heard), since = change.get("age"), _pair(change.get("clock")), change.get("since")
    age = age if _is_time(age) else 0
    if kernel == _KERNEL and _is_time(heard) and _is_time(since):
        age += max(0, clock()[1] - heard - since - ON_ITS_WAY_SECONDS * 1000)
    known = [moment_in(change.get("seen")), _heard.get(str(change.get("follows")))]
    return Made(timedelta(milliseconds=age), max(filter(None, known), default=None))


def heard(change: str, answer: Answer) -> None:
    """Remember that a change of this id was kept, and that who made it goes on from this answer."""
    _heard[change] = answer.at
    for old in list(_heard)[:-_MOST_HEARD]:
        del _heard[old]


def was_heard(change: object) -> bool:
    """Say whether a change was kept by this kernel: a page offers it until it knows that."""
    return isinstance(change, str) and change in _heard


def take_change(
    part: ipywidgets.Widget,
    content: object,
    is_fit: Callable[[dict], bool],
    act: Callable[[dict, Made], bool],
    again: bool = False,
) -> None:
    """Take a change of one thing among several, as a page gives it, and tell the page whether it is on disk.

    The change's value is a dict that names the thing. ``act`` gets it when it ``is_fit``, and how it was made.
    ``again`` says whether what does not fit may be offered again. The part's ``status`` says why ``act`` refused.
    """
    change = content.get("keep") if isinstance(content, dict) else None
    value = change.get("value") if isinstance(change, dict) else None
    if not isinstance(value, dict):
        return
    if not is_fit(value):
        part.send({"refused": change.get("id"), "why": t("question.unfit"), "again": again})
    elif act(value, made(change)):
        part.send({"kept": change.get("id")})
    else:
        part.send({"refused": change.get("id"), "why": part.status, "again": True})


def _pair(told: object) -> tuple:
    return tuple(told) if isinstance(told, list) and len(told) == 2 else (None, None)


def _is_time(milliseconds: object) -> bool:
    number = isinstance(milliseconds, int | float) and not isinstance(milliseconds, bool)
    return number and math.isfinite(milliseconds) and 0 <= milliseconds < 1e12


def show_version(part: traitlets.HasTraits, sheet: AnswerSheet) -> None:
    """Let the ``version`` of a part be that of the answer that it names."""

    def show(question_id: str) -> None:
        if question_id == part.name:
            part.version = version(sheet.get(question_id))

    show(part.name)
    when_kept(show)


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

    def keep(self, value: list | dict, base: list | dict, made: Made | None = None) -> bool:
        """Keep a change to ``base``, and how a page made it; say whether it is on disk."""
        if not fits(self._question, value):
            self.status = t("question.not_saved", reason=t("question.unfit"))
            return False
        try:
            answer = self.sheet.put(self.id, value, base=base, made=made)
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
        CLOCK.look()
        if (stamp := _stamp(sheet)) == seen:
            continue
        seen, before = stamp, known
        known = sheet.all()
        for question_id in _different(before, known):
            try:
                with TURN:
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
