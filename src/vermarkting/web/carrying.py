"""Answers that come along in a file, from this or another browser: read as what anybody may have written."""

import re

from vermarkting.answers import dump, merge, parse

_PATH = re.compile(r"lessons/antwoorden\.json|assignments/O[0-9]{1,2}/(antwoorden|teksten)\.json")


def is_sheet(path: object) -> bool:
    """Say whether a path is that of an answer sheet in a student's folder."""
    return isinstance(path, str) and _PATH.fullmatch(path) is not None


def merged(here: str | None, other: str) -> str:
    """Give the sheet that has the newest of both, per part. Raises ``AnswerError`` for what is no answer sheet."""
    kept = parse(here.encode()) if here else {}
    return dump(merge(kept, parse(other.encode()))).decode()
