"""The answer sheet on disk: safe to use from several tabs, kernels and servers at once."""

import contextlib
import errno
import json
import os
import stat
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from filelock import FileLock, Timeout

from vermarkting.answers.merging import Answer, Value, changed, merge
from vermarkting.answers.moments import STEP, Clock, Made, dated, entered_at, on_sheet, whole
from vermarkting.answers.sheet import (
    MAX_BYTES,
    NAME,
    AnswerError,
    NewerSchemaError,
    check_id,
    check_value,
    dump,
    embed_in,
    from_notebook,
    is_lesson,
    parse,
)
from vermarkting.files import write_whole
from vermarkting.text import t

LOCK_SECONDS = 5.0
MAX_NOTEBOOK_BYTES = 50_000_000
AHEAD = timedelta(minutes=1)
CLOCK = Clock()
_UNSEEN = object()


class AnswerSheet:
    """The answers in one folder.

    ``notice`` holds one Dutch sentence for the student when the sheet on disk could not be read, otherwise ``None``.
    Answers that travel in the metadata of a notebook in the same folder are seen too: per part the newest counts.
    """

    def __init__(self, path: Path | None = None):
        self.path = Path(NAME) if path is None else Path(path)
        self.path = self.path.absolute()
        self.notice: str | None = None

    def get(self, question_id: str) -> Answer | None:
        """Give the newest answer to a question, or ``None``."""
        return self.all().get(question_id)

    def all(self) -> dict[str, Answer]:
        """Give every readable answer. A damaged sheet is put aside, and ``notice`` says so."""
        try:
            written = _read(self.path)
        except NewerSchemaError as error:
            self.notice = str(error)
            written = {}
        except AnswerError as damage:
            try:
                with self._locked():
                    written = self._read_or_put_aside()
            except AnswerError:
                self.notice = str(damage)
                written = {}
        return merge(written, *_carried_beside(self.path))

    def put(
        self,
        question_id: str,
        value: Value,
        base: Value | None = _UNSEEN,
        made: Made | None = None,
        keep_both: bool = False,
    ) -> Answer:
        """Save a change durably and give the whole answer: once this returns, a power cut cannot lose it.

        base: what whoever made the change saw, so that what others changed meanwhile stays; without it, ``value`` takes
        the place of whatever is kept. made: how and when a page made it; without it, this is the newest change.
        keep_both: see :func:`vermarkting.answers.merging.changed`.

        Raises ``AnswerError`` for a value outside the limits, a folder that cannot be written to, a lock that another
        program holds for more than five seconds, or a sheet of a later version.
        """
        check_id(question_id)
        check_value(value)
        with self._locked():
            answers = self._read_or_put_aside()
            earlier = merge(answers, *_carried_beside(self.path)).get(question_id)
            base = (earlier.value if earlier else None) if base is _UNSEEN else base
            latest, written = max((_latest(answer) for answer in answers.values()), default=None), _written(self.path)
            now = CLOCK.look()
            moment = _after(earlier, whole(on_sheet(now, latest, written)))
            value = json.loads(json.dumps(value))
            if made is None:
                answer = changed(earlier, base, value, moment, keep_both=keep_both)
            else:
                entered = entered_at(made, CLOCK, latest, written)
                answer = changed(earlier, base, value, moment, entered, keep_both, made.seen)
            check_value(answer.value)
            write_whole(self.path, dump({**answers, question_id: answer}), alone=True)
            if date := dated(now, latest, written, max(filter(None, (latest, _latest(answer))))):
                os.utime(self.path, (date.timestamp(), date.timestamp()))
        return answer

    def settle(self, question_id: str, seen: Collection[str]) -> Answer | None:
        """Drop those texts that were kept beside one they clashed with, and no other; gives the answer.

        Raises ``AnswerError`` as ``put`` does.
        """
        check_id(question_id)
        with self._locked():
            answers = self._read_or_put_aside()
            earlier = merge(answers, *_carried_beside(self.path)).get(question_id)
            if earlier is None or not set(earlier.also) & set(seen):
                return earlier
            unseen = tuple(text for text in earlier.also if text not in seen)
            answer = Answer(earlier.value, _after(earlier, whole(CLOCK.look())), also=unseen)
            write_whole(self.path, dump({**answers, question_id: answer}), alone=True)
        return answer

    def take_in(self, brought: Mapping[str, Answer]) -> None:
        """Merge answers from elsewhere into the sheet: per part the newest. Raises ``AnswerError`` as ``put`` does."""
        with self._locked():
            write_whole(self.path, dump(merge(self._read_or_put_aside(), brought)), alone=True)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        lock = FileLock(f"{self.path}.lock", timeout=LOCK_SECONDS)
        try:
            with lock:
                yield
        except Timeout as error:
            raise AnswerError(t("answers.busy")) from error
        except (OSError, NotImplementedError) as error:
            full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
            raise AnswerError(t("answers.disk_full" if full else "answers.not_writable")) from error

    def _read_or_put_aside(self) -> dict[str, Answer]:
        try:
            return _read(self.path)
        except NewerSchemaError:
            raise
        except AnswerError:
            aside = _free_name(self.path)
            self.path.rename(aside)
            self.notice = t("answers.put_aside", name=aside.name)
            return {}


def embed(notebook: dict, sheet_path: Path) -> None:
    """Copy the answers to this notebook's questions from the sheet into its metadata; the newest of both stay.

    Never raises for a bad sheet: then the metadata stay as they were.
    """
    embed_in(notebook, lambda: _read(sheet_path))


def saved_at(answer: Answer) -> str:
    """Say in Dutch when an answer was saved, in the computer's own time zone.

    Without a moment where that lies ahead: a clock was wrong then, or is wrong now.
    """
    local, now = answer.at.astimezone(), datetime.now().astimezone()
    if local > now + AHEAD:
        return t("answers.saved_some_time")
    if local.date() == now.date():
        return t("answers.saved", time=f"{local:%H:%M}")
    return t("answers.saved_earlier", date=f"{local:%d/%m/%Y}", time=f"{local:%H:%M}")


def _latest(answer: Answer) -> datetime:
    return max([answer.at, *(answer.parts or {}).values()])


def _after(earlier: Answer | None, now: datetime) -> datetime:
    return max(now, _latest(earlier) + STEP) if earlier else now


def _written(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        return None


def _read(path: Path) -> dict[str, Answer]:
    data = _read_file(path, MAX_BYTES)
    return {} if data is None else parse(data)


def _read_file(path: Path, limit: int) -> bytes | None:
    """Give the bytes of a plain file, ``None`` if there is none; never follows a link, waits on a pipe or reads on."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise AnswerError(t("answers.unreadable"))
        if status.st_size > limit:
            raise AnswerError(t("answers.too_big"))
        with path.open("rb") as file:
            return file.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise AnswerError(t("answers.unreadable")) from error


def _free_name(path: Path) -> Path:
    stem = t("answers.aside_name", stem=path.stem, time=f"{datetime.now():%Y-%m-%d %H.%M}")
    candidate = path.with_name(f"{stem}{path.suffix}")
    number = 2
    while os.path.lexists(candidate):
        candidate = path.with_name(f"{stem} {number}{path.suffix}")
        number += 1
    return candidate


def _carried_beside(sheet: Path) -> list[dict[str, Answer]]:
    """Give the answers carried by the notebook this kernel belongs to, or by assignments named after their id."""
    session = Path(os.environ.get("JPY_SESSION_NAME", ""))
    if session.suffix == ".ipynb" and session.absolute().parent == sheet.parent:
        notebooks = [session]
    else:
        notebooks = [path for path in sorted(sheet.parent.glob("*.ipynb")) if is_lesson(path.stem)]
    carried = []
    for path in notebooks:
        with contextlib.suppress(OSError):
            status = path.lstat()
            carried.append(_carried(path, status.st_mtime_ns, status.st_size))
    return carried


@lru_cache(maxsize=16)
def _carried(path: Path, _changed: int, _size: int) -> dict[str, Answer]:
    try:
        return from_notebook(json.loads(_read_file(path, MAX_NOTEBOOK_BYTES) or b"{}"))
    except (ValueError, RecursionError):
        return {}
