"""The module's tables and questions: the one place that reads the folder ``data``.

``rows`` and the questions need the standard library only, so that a lesson's kernel starts fast; pandas is imported
inside ``load`` alone.
"""

import csv
import json
import tomllib
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING

from vermarkting.content import folder

if TYPE_CHECKING:
    import pandas

_READ = {
    "integer": int,
    "year": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": str,
    "string": str,
}
_DTYPES = {"integer": "Int64", "year": "Int64", "number": "float64", "boolean": "boolean", "date": "datetime64[ns]"}


def rows(table: str) -> list[dict]:
    """Give the rows of a table such as ``"arguments"``, typed by its schema in ``datapackage.json``.

    Integers, years, numbers and booleans are converted, dates stay text (ISO 8601), an empty cell is ``None``, and a
    field that holds a list gives a list of strings, empty for an empty cell. Raises ``KeyError`` for an unknown table.
    """
    return [
        {name: cell.copy() if isinstance(cell, list) else cell for name, cell in row.items()} for row in _parsed(table)
    ]


def tables() -> list[str]:
    """Give the names of all tables."""
    return list(_resources())


def fields(table: str) -> list[str]:
    """Give the names of a table's columns. Raises ``KeyError`` for an unknown table."""
    return [field["name"] for field in _resource(table)["schema"]["fields"]]


def load(table: str) -> "pandas.DataFrame":
    """Give a table as a data frame: nullable ``Int64`` and ``boolean``, ``float64`` and ``datetime64`` by the schema.

    Raises ``KeyError`` for an unknown table.
    """
    import pandas

    fields = _resource(table)["schema"]["fields"]
    frame = pandas.DataFrame(rows(table), columns=[field["name"] for field in fields])
    return frame.astype({field["name"]: _DTYPES[field["type"]] for field in fields if field["type"] in _DTYPES})


def questions(lesson: str) -> dict[str, dict]:
    """Give the questions of a lesson or assignment such as ``"01"`` or ``"O1"``, by their name in its file.

    Raises ``KeyError`` where no such file exists.
    """
    return deepcopy(_parsed_questions(lesson))


def question(question_id: str) -> dict:
    """Give one question by its full id such as ``"01.naam"``. Raises ``KeyError`` for an unknown one."""
    lesson, _, name = question_id.partition(".")
    try:
        return deepcopy(_parsed_questions(lesson)[name])
    except KeyError:
        raise KeyError(f"There is no question {question_id!r} in data/questions.") from None


@cache
def _resources() -> dict[str, dict]:
    package = json.loads((folder("data") / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"] if "schema" in resource}


def _resource(table: str) -> dict:
    try:
        return _resources()[table]
    except KeyError:
        raise KeyError(f"There is no table {table!r}; there are: {', '.join(_resources())}.") from None


@cache
def _parsed(table: str) -> list[dict]:
    resource = _resource(table)
    readers = {field["name"]: _reader(field) for field in resource["schema"]["fields"]}
    with (folder("data") / resource["path"]).open(encoding="utf-8", newline="") as file:
        return [{name: readers[name](cell) for name, cell in row.items()} for row in csv.DictReader(file)]


def _reader(field: dict) -> Callable[[str], object]:
    if field.get("vermarkting:list"):
        return lambda cell: cell.split(";") if cell else []
    read = _READ[field["type"]]
    return lambda cell: read(cell) if cell else None


@cache
def _parsed_questions(lesson: str) -> dict[str, dict]:
    files = {path.stem: path for path in (folder("data") / "questions").glob("*.toml")}
    try:
        return tomllib.loads(files[lesson].read_text(encoding="utf-8"))
    except KeyError:
        raise KeyError(f"There are no questions for {lesson!r}; there are for: {', '.join(sorted(files))}.") from None
