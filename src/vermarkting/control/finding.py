"""One mistake, and reading a file so that every way in which it can be unreadable is one."""

import json
import re
import tomllib
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from vermarkting.text import t

_TOML_PLACE = re.compile(r"at line (\d+), column (\d+)")


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake: ``file`` from the course folder, ``place`` in it (may be empty), what is wrong and what to do."""

    file: str
    place: str
    sentence: str

    def __str__(self) -> str:
        return t("control.line" if self.place else "control.line_without_place", **self._parts())

    def _parts(self) -> dict[str, str]:
        return {"file": self.file, "place": self.place, "sentence": self.sentence}


class Unreadable(Exception):
    """A file that cannot be read; ``finding`` says why."""

    def __init__(self, finding: Finding):
        super().__init__(str(finding))
        self.finding = finding


def relative(path: Path, root: Path) -> str:
    """Give the path as a lecturer sees it from the course folder."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def text_of(path: Path, root: Path) -> str:
    """Read a text in UTF-8. Raises ``Unreadable``."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(Finding(relative(path, root), "", t("control.no_file"))) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = line(data[: error.start].count(b"\n") + 1)
        raise Unreadable(Finding(relative(path, root), place, t("control.not_utf8"))) from error


def toml_of(path: Path, root: Path) -> dict:
    """Read a TOML file. Raises ``Unreadable``."""
    text = text_of(path, root)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_PLACE.search(str(error))
        number = int(found[1]) if found else text.count("\n") + 1
        raise Unreadable(Finding(relative(path, root), line(number), t("control.not_toml"))) from error


def json_of(path: Path, root: Path) -> dict:
    """Read a JSON file that holds an object. Raises ``Unreadable``."""
    text = text_of(path, root)
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(Finding(relative(path, root), line(error.lineno), t("control.not_json"))) from error
    except RecursionError as error:
        raise Unreadable(Finding(relative(path, root), "", t("control.not_json"))) from error
    if not isinstance(found, dict):
        raise Unreadable(Finding(relative(path, root), "", t("control.not_json")))
    return found


def line(number: int) -> str:
    """Name a line."""
    return t("control.at_line", number=number)


def nearest(wrong: object, right: list[str]) -> str:
    """Give ``right`` as words, the one that looks most like ``wrong`` first, at most six."""
    ranked = sorted(right, key=lambda word: -SequenceMatcher(None, str(wrong), word).ratio())
    return ", ".join(ranked[:6])
