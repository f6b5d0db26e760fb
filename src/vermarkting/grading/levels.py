"""The rubric levels that a lecturer chose, read from the comment on a prose cell.

A line such as ``Bronnen wegen: 3`` chooses a level. Formgrader's page writes these lines when a level is clicked; they
may be typed as well, so reading is tolerant: capitals, accents and markers do not matter, the start of a criterion's
name will do, and the level may be its number or its name.
"""

import re
import unicodedata
from dataclasses import dataclass

from vermarkting.grading.rubrics import LEVELS, Rubric
from vermarkting.text import t

_LINE = re.compile(
    r"[\s*•_-]*(?P<name>[^:=]{3,}?)[\s*_]*[:=][\s*_]*(?:niveau\s+)?(?P<level>[1-4](?![\d]|[.,]\d)|LEVEL_NAMES)[*_]*"
    r"(?:\s*(?:/|op|van(?: de)?)\s*4\b)?\s*(?:\([^)]*\))?\s*(?:[.,;–—-]\s*(?P<rest>.*))?",
    re.IGNORECASE,
)
_START = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """What a comment says: ``levels`` 1 to 4 by criterion, ``remarks`` for the rest of the text.

    ``doubts`` are criteria that were given two different levels; those have no level.
    """

    levels: dict[str, int]
    remarks: str
    doubts: tuple[str, ...] = ()

    def points(self, rubric: Rubric) -> float | None:
        """Give the points of the levels together, ``None`` as long as a criterion has no level."""
        if set(self.levels) != {criterion.name for criterion in rubric.criteria}:
            return None
        return sum(criterion.levels[self.levels[criterion.name] - 1].points for criterion in rubric.criteria)


def read(comment: str | None, rubric: Rubric | None) -> Judged:
    """Take the levels out of a comment; whatever is no level stays a remark, word for word."""
    if not comment or rubric is None:
        return Judged({}, (comment or "").strip())
    names = {_plain(criterion.name): criterion.name for criterion in rubric.criteria}
    found: dict[str, set[int]] = {}
    remarks = []
    for line in comment.splitlines():
        match = _pattern().fullmatch(line.strip())
        criterion = _criterion(match["name"], names) if match else None
        if criterion is None:
            remarks.append(line)
            continue
        found.setdefault(criterion, set()).add(_number(match["level"]))
        if match["rest"]:
            remarks.append(f"{criterion}: {match['rest']}")
    return Judged(
        {name: next(iter(levels)) for name, levels in found.items() if len(levels) == 1},
        "\n".join(remarks).strip(),
        tuple(name for name, levels in found.items() if len(levels) > 1),
    )


def _pattern() -> re.Pattern:
    names = "|".join(rf"{re.escape(name)}\b" for name in _names())
    return re.compile(_LINE.pattern.replace("LEVEL_NAMES", names), re.IGNORECASE)


def _names() -> list[str]:
    return [t(f"grading.levels.{number}") for number in LEVELS]


def _number(level: str) -> int:
    if level.isdecimal():
        return int(level)
    return [_plain(name) for name in _names()].index(_plain(level)) + 1


def _criterion(start: str, names: dict[str, str]) -> str | None:
    start = _plain(start)
    if start in names:
        return names[start]
    meant = [name for plain, name in names.items() if plain.startswith(start)]
    return meant[0] if len(start) >= _START and len(meant) == 1 else None


def _plain(text: str) -> str:
    """Leave out capitals, accents and double spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())
