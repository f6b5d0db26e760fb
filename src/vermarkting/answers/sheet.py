"""The form of an answer sheet. It may come from anybody's computer: nothing in it is believed before it was checked.

Version 1 kept one moment per answer. Version 2 adds the moments of its parts, and texts that clashed.
"""

import contextlib
import json
import math
import re
from collections.abc import Callable
from datetime import UTC, datetime

from vermarkting.answers.merging import MOST_ALSO, MOST_GONE, Answer, merge
from vermarkting.text import t

SCHEMA = 2
NAME = "antwoorden.json"
MAX_BYTES = 1_000_000
MAX_ANSWERS = 2_000
MAX_CHARACTERS = 20_000
MAX_ITEMS = 200
MAX_DEPTH = 3
MAX_NUMBER = 1e15

_LESSON = re.compile(r"[A-Za-z0-9]{1,16}")
_ID = re.compile(r"[A-Za-z0-9]{1,16}(\.[A-Za-z0-9_-]{1,48}){1,3}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}\+00:00")
_YEARS = range(2000, 3000)


class AnswerError(ValueError):
    """An answer or a sheet that cannot be accepted; ``str()`` is one Dutch sentence."""


class NewerSchemaError(AnswerError):
    """A sheet written by a later version of the module: to be left alone."""


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


def _validated(document: object) -> dict[str, Answer]:
    if not isinstance(document, dict) or type(document.get("schema")) is not int or document["schema"] < 1:
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
        check_id(question_id)
        answers[question_id] = _answer(entry, {"parts", "also"} if document["schema"] > 1 else set())
    dump(answers)
    return answers


def _answer(entry: object, may_hold: set[str]) -> Answer:
    if not isinstance(entry, dict) or not {"value", "at"} <= set(entry) <= {"value", "at"} | may_hold:
        raise AnswerError(t("answers.not_a_sheet"))
    check_value(entry["value"])
    parts, also = entry.get("parts"), entry.get("also", [])
    if parts is not None:
        of_parts = isinstance(parts, dict) and isinstance(entry["value"], dict | list)
        if not of_parts or len(parts) > MAX_ITEMS + MOST_GONE:
            raise AnswerError(t("answers.not_a_sheet"))
        for part in parts:
            _check_text(part)
        parts = {part: _moment(at) for part, at in parts.items()}
    if not isinstance(also, list) or len(also) > MOST_ALSO or (also and not isinstance(entry["value"], str)):
        raise AnswerError(t("answers.not_a_sheet"))
    for text in also:
        if not isinstance(text, str):
            raise AnswerError(t("answers.bad_value"))
        _check_text(text)
    return Answer(entry["value"], _moment(entry["at"]), parts, tuple(also))


def check_id(question_id: object) -> None:
    """Raise ``AnswerError`` for what can be no question's id."""
    if not isinstance(question_id, str) or not _ID.fullmatch(question_id):
        raise AnswerError(t("answers.bad_id"))


def check_value(value: object, depth: int = 0, counted: list | None = None) -> None:
    """Raise ``AnswerError`` for a value outside the limits."""
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
            check_value(item, depth + 1, counted)
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


def moment_in(text: object) -> datetime | None:
    """Read a moment as :func:`version` writes it; ``None`` for anything else."""
    with contextlib.suppress(AnswerError):
        return _moment(text)
    return None


def version(answer: Answer | None) -> str:
    """Name the state of an answer, so that a page can say what it saw."""
    return _written(answer.at) if answer else ""


def dump(answers: dict[str, Answer]) -> bytes:
    """Write answers as the bytes of a sheet, always in the same order. Raises ``AnswerError`` above the limits."""
    for answer in answers.values():
        if answer.at.year not in _YEARS:
            raise AnswerError(t("answers.bad_time"))
    entries = {question_id: entry_of(answer) for question_id, answer in answers.items()}
    document = {"schema": SCHEMA, "answers": entries}
    data = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False).encode() + b"\n"
    if len(data) > MAX_BYTES:
        raise AnswerError(t("answers.too_big"))
    if len(answers) > MAX_ANSWERS:
        raise AnswerError(t("answers.too_many"))
    return data


def entry_of(answer: Answer) -> dict:
    """Give an answer as it stands in a sheet."""
    entry = {"value": answer.value, "at": _written(answer.at)}
    if answer.parts is not None:
        entry["parts"] = {part: _written(at) for part, at in answer.parts.items()}
    return entry | ({"also": list(answer.also)} if answer.also else {})


def embed_in(notebook: dict, read: Callable[[], dict[str, Answer]]) -> None:
    """Put the answers to this notebook's questions in its metadata, those it carries already merged in.

    ``read`` gives the sheet. Never raises for a bad sheet: then the metadata stay as they were.
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
        answers = merge(_only(ours["id"], read()), carried)
        document = json.loads(dump(answers))
    except AnswerError:
        return
    if answers:
        ours["answers"] = document


def _written(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


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
    if not isinstance(ours, dict) or not is_lesson(ours.get("id")):
        return None
    return ours


def is_lesson(name: object) -> bool:
    """Say whether a name has the form of a lesson's or an assignment's id, such as 01 or O3."""
    return isinstance(name, str) and _LESSON.fullmatch(name) is not None


def _only(lesson: str, answers: dict[str, Answer]) -> dict[str, Answer]:
    return {key: answer for key, answer in answers.items() if key.startswith(f"{lesson}.")}
