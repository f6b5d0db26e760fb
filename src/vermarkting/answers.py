"""The answer sheet: what a student chose in the widgets, kept as data in ``antwoorden.json`` beside the notebook.

A sheet may come from anybody's computer, so nothing in it is believed before :func:`parse` has checked it.
"""

import contextlib
import json
import math
import os
import re
import stat
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from filelock import FileLock, Timeout

from vermarkting.text import t

SCHEMA = 1
NAME = "antwoorden.json"
MAX_BYTES = 1_000_000
MAX_ANSWERS = 2_000
MAX_CHARACTERS = 20_000
MAX_ITEMS = 200
MAX_DEPTH = 3
MAX_NUMBER = 1e15
MAX_NOTEBOOK_BYTES = 50_000_000
LOCK_SECONDS = 5.0

_LESSON = re.compile(r"[A-Za-z0-9]{1,16}")
_ID = re.compile(r"[A-Za-z0-9]{1,16}(\.[A-Za-z0-9_-]{1,48}){1,3}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}\+00:00")
_YEARS = range(2000, 3000)

type_of_value = str | bool | int | float | list | dict


class AnswerError(ValueError):
    """An answer or a sheet that cannot be accepted; ``str()`` is one Dutch sentence."""


class NewerSchemaError(AnswerError):
    """A sheet written by a later version of the module: to be left alone."""


@dataclass(frozen=True)
class Answer:
    """One saved answer and the moment it was saved (aware, UTC, whole milliseconds)."""

    value: type_of_value
    at: datetime


class AnswerSheet:
    """The answers in one folder, safe to use from several tabs and processes at once.

    ``notice`` holds one Dutch sentence for the student when the sheet on disk could not be read, otherwise ``None``.
    Answers that travel in the metadata of a notebook in the same folder are seen too: the newest counts.
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

    def put(self, question_id: str, value: type_of_value) -> Answer:
        """Save an answer durably: once this returns, a power cut cannot lose it.

        Raises ``AnswerError`` for a value outside the limits, a folder that cannot be written to, a lock that another
        program holds for more than five seconds, or a sheet of a later version.
        """
        _check_id(question_id)
        _check_value(value)
        with self._locked():
            answers = self._read_or_put_aside()
            earlier = merge(answers, *_carried_beside(self.path)).get(question_id)
            answer = Answer(json.loads(json.dumps(value)), _moment_after(earlier))
            _write(self.path, dump({**answers, question_id: answer}))
        return answer

    @contextlib.contextmanager
    def _locked(self):
        lock = FileLock(f"{self.path}.lock", timeout=LOCK_SECONDS)
        try:
            with lock:
                yield
        except Timeout as error:
            raise AnswerError(t("answers.busy")) from error
        except (OSError, NotImplementedError) as error:
            raise AnswerError(t("answers.not_writable")) from error

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


def parse(data: bytes) -> dict[str, Answer]:
    """Read an answer sheet nobody vouches for. Raises ``AnswerError`` unless every part of it is in order."""
    if len(data) > MAX_BYTES:
        raise AnswerError(t("answers.too_big"))
    try:
        document = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_without_doubles, parse_constant=_no_constant)
    except AnswerError:
        raise
    except (ValueError, RecursionError) as error:
        raise AnswerError(t("answers.unreadable")) from error
    return _validated(document)


def from_notebook(notebook: dict) -> dict[str, Answer]:
    """Give the answers a notebook carries in its metadata, those of its own lesson only.

    Raises ``AnswerError`` as :func:`parse` does.
    """
    ours = _our_metadata(notebook)
    if ours is None or "answers" not in ours:
        return {}
    return _only(ours["id"], _validated(ours["answers"]))


def embed(notebook: dict, sheet_path: Path) -> None:
    """Copy the answers to this notebook's questions from the sheet into its metadata; the newest of both stay.

    Never raises for a bad sheet: then the metadata stay as they were.
    """
    ours = _our_metadata(notebook)
    if ours is None:
        return
    try:
        carried = from_notebook(notebook)
    except NewerSchemaError:
        return
    except AnswerError:
        carried = {}
    try:
        answers = merge(_only(ours["id"], _read(sheet_path)), carried)
        document = json.loads(dump(answers))
    except AnswerError:
        return
    if answers:
        ours["answers"] = document


def merge(*sheets: dict[str, Answer]) -> dict[str, Answer]:
    """Join sheets: per question the newest answer counts; of two equally new ones, the one in the earlier sheet."""
    merged: dict[str, Answer] = {}
    for sheet in sheets:
        for question_id, answer in sheet.items():
            if question_id not in merged or answer.at > merged[question_id].at:
                merged[question_id] = answer
    return merged


def saved_at(answer: Answer) -> str:
    """Say in Dutch when an answer was saved, in the computer's own time zone."""
    local = answer.at.astimezone()
    if local.date() == datetime.now().astimezone().date():
        return t("answers.saved", time=f"{local:%H:%M}")
    return t("answers.saved_earlier", date=f"{local:%d/%m/%Y}", time=f"{local:%H:%M}")


def _validated(document: object) -> dict[str, Answer]:
    if not isinstance(document, dict) or type(document.get("schema")) is not int or document["schema"] < SCHEMA:
        raise AnswerError(t("answers.not_a_sheet"))
    if document["schema"] > SCHEMA:
        raise NewerSchemaError(t("answers.newer"))
    entries = document.get("answers")
    if set(document) != {"schema", "answers"} or not isinstance(entries, dict):
        raise AnswerError(t("answers.not_a_sheet"))
    if len(entries) > MAX_ANSWERS:
        raise AnswerError(t("answers.too_many"))
    answers = {}
    for question_id, entry in entries.items():
        _check_id(question_id)
        if not isinstance(entry, dict) or set(entry) != {"value", "at"}:
            raise AnswerError(t("answers.not_a_sheet"))
        _check_value(entry["value"])
        answers[question_id] = Answer(entry["value"], _moment(entry["at"]))
    dump(answers)
    return answers


def _check_id(question_id: object) -> None:
    if not isinstance(question_id, str) or not _ID.fullmatch(question_id):
        raise AnswerError(t("answers.bad_id"))


def _check_value(value: object, depth: int = 0, counted: list | None = None) -> None:
    counted = [] if counted is None else counted
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, list | tuple | dict):
        counted.extend(range(min(len(value), MAX_ITEMS + 1)))
        if depth == MAX_DEPTH or len(counted) > MAX_ITEMS:
            raise AnswerError(t("answers.too_complex"))
        if isinstance(value, dict):
            for key in value:
                if not isinstance(key, str):
                    raise AnswerError(t("answers.bad_value"))
                _check_text(key)
            value = value.values()
        for item in value:
            _check_value(item, depth + 1, counted)
    elif isinstance(value, int | float):
        if not math.isfinite(value if isinstance(value, float) else 0) or abs(value) > MAX_NUMBER:
            raise AnswerError(t("answers.bad_number"))
    else:
        raise AnswerError(t("answers.bad_value"))


def _check_text(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise AnswerError(t("answers.too_long", limit=MAX_CHARACTERS))
    # Half an emoji is legal in JSON but cannot be written as UTF-8.
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise AnswerError(t("answers.bad_text"))


def _moment(text: object) -> datetime:
    if isinstance(text, str) and _TIME.fullmatch(text):
        with contextlib.suppress(ValueError):
            at = datetime.fromisoformat(text)
            if at.year in _YEARS:
                return at.astimezone(UTC)
    raise AnswerError(t("answers.bad_time"))


def _moment_after(earlier: Answer | None) -> datetime:
    now = datetime.now(UTC)
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    if earlier is None or earlier.at < now:
        return now
    # The clock stood still or was put back, or the last answer came from a computer whose clock runs ahead.
    return earlier.at + timedelta(milliseconds=1)


def dump(answers: dict[str, Answer]) -> bytes:
    """Write answers as the bytes of a sheet, always in the same order. Raises ``AnswerError`` above the limits."""
    for answer in answers.values():
        if answer.at.year not in _YEARS:
            raise AnswerError(t("answers.bad_time"))
    entries = {key: {"value": a.value, "at": a.at.isoformat(timespec="milliseconds")} for key, a in answers.items()}
    document = {"schema": SCHEMA, "answers": entries}
    data = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False).encode() + b"\n"
    if len(data) > MAX_BYTES:
        raise AnswerError(t("answers.too_big"))
    if len(answers) > MAX_ANSWERS:
        raise AnswerError(t("answers.too_many"))
    return data


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


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_name(f"{path.name}.tmp")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    _replace(temporary, path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _replace(temporary: Path, path: Path) -> Path:
    # On Windows a virus scanner or another reader may hold the old file open for a moment.
    for seconds in (0.02, 0.1, 0.5):
        try:
            return temporary.replace(path)
        except PermissionError:
            time.sleep(seconds)
    return temporary.replace(path)


def _free_name(path: Path) -> Path:
    stem = t("answers.aside_name", stem=path.stem, time=f"{datetime.now():%Y-%m-%d %H.%M}")
    candidate = path.with_name(f"{stem}{path.suffix}")
    number = 2
    while os.path.lexists(candidate):
        candidate = path.with_name(f"{stem} {number}{path.suffix}")
        number += 1
    return candidate


def _without_doubles(pairs: list) -> dict:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise AnswerError(t("answers.doubled"))
    return made


def _no_constant(name: str) -> None:
    raise AnswerError(t("answers.bad_number"))


def _our_metadata(notebook: object) -> dict | None:
    metadata = notebook.get("metadata") if isinstance(notebook, dict) else None
    ours = metadata.get("vermarkting") if isinstance(metadata, dict) else None
    if not isinstance(ours, dict) or not isinstance(ours.get("id"), str) or not _LESSON.fullmatch(ours["id"]):
        return None
    return ours


def _only(lesson: str, answers: dict[str, Answer]) -> dict[str, Answer]:
    return {key: answer for key, answer in answers.items() if key.startswith(f"{lesson}.")}


def _carried_beside(sheet: Path) -> list[dict[str, Answer]]:
    """Give the answers carried by the notebook this kernel belongs to, or by assignments named after their id."""
    session = Path(os.environ.get("JPY_SESSION_NAME", ""))
    if session.suffix == ".ipynb" and session.absolute().parent == sheet.parent:
        notebooks = [session]
    else:
        notebooks = [path for path in sorted(sheet.parent.glob("*.ipynb")) if _LESSON.fullmatch(path.stem)]
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
