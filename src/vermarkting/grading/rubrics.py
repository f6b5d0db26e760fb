"""Rubrics: what a prose answer is judged on, read from one file that students and graders both see."""

import tomllib
from dataclasses import dataclass
from html import escape
from pathlib import Path

from vermarkting.text import t

NAME = "rubriek.toml"
LEVELS = ("1", "2", "3", "4")


class RubricError(ValueError):
    """A rubric that cannot be used; ``str()`` is one Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Level:
    """One of the four levels of a criterion: the points it is worth and what an answer of that level does."""

    points: float
    text: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing a grader looks at; ``levels`` go from *onvoldoende* to *sterk*, with rising points."""

    name: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Rubric:
    """The criteria of one prose cell. In a notebook it shows as a table."""

    cell: str
    title: str
    criteria: tuple[Criterion, ...]

    @property
    def points(self) -> float:
        """The points of a perfect answer: those of the cell."""
        return sum(criterion.levels[-1].points for criterion in self.criteria)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": self.as_text(), "text/html": self.as_html()}

    def as_text(self) -> str:
        """Write the rubric as plain lines."""
        lines = [self._caption()]
        for criterion in self.criteria:
            lines += ["", criterion.name]
            for number, level in zip(LEVELS, criterion.levels, strict=True):
                lines.append(f"  {_level_name(number)} ({_points(level.points)}): {level.text}")
        return "\n".join(lines)

    def as_html(self) -> str:
        """Write the rubric as a table with a caption and marked row and column headings."""
        cell = 'style="text-align: left; vertical-align: top; white-space: normal; min-width: 8em"'
        head = "".join(f'<th scope="col" {cell}>{escape(_level_name(number))}</th>' for number in LEVELS)
        rows = "".join(
            f'<tr><th scope="row" {cell}>{escape(criterion.name)}</th>'
            + "".join(
                f"<td {cell}>{escape(v.text)}<br><b>{escape(_points(v.points))}</b></td>" for v in criterion.levels
            )
            + "</tr>"
            for criterion in self.criteria
        )
        return (
            f'<div role="region" tabindex="0" aria-label="{escape(self._caption())}" style="overflow-x: auto"><table>'
            f'<caption style="text-align: left; font-weight: bold">{escape(self._caption())}</caption>'
            f'<thead><tr><th scope="col" {cell}>{escape(t("grading.criterion"))}</th>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
        )

    def _caption(self) -> str:
        return t("grading.rubric", title=self.title, points=_points(self.points))


def read(path: Path) -> dict[str, Rubric]:
    """Read a ``rubriek.toml``: a rubric for each prose cell, by the cell's ``grade_id``.

    Raises ``RubricError`` for a file that is no rubric, for other than four levels, or for points that do not rise.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        rubrics = {cell: _rubric(cell, table) for cell, table in tables.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RubricError(t("grading.bad_rubric", file=path.name)) from error
    for rubric in rubrics.values():
        for criterion in rubric.criteria:
            points = [level.points for level in criterion.levels]
            if len(points) != len(LEVELS) or points[0] < 0 or points != sorted(set(points)):
                raise RubricError(t("grading.bad_levels", criterion=criterion.name))
    return rubrics


def _rubric(cell: str, table: dict) -> Rubric:
    criteria = tuple(
        Criterion(str(entry["name"]), tuple(Level(_number(v["points"]), str(v["text"])) for v in entry["levels"]))
        for entry in table["criteria"]
    )
    return Rubric(cell, str(table["title"]), criteria)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1e6 < value < 1e6:
        raise TypeError
    return value


def _level_name(number: str) -> str:
    return t("grading.level", number=number, name=t(f"grading.levels.{number}"))


def _points(points: float) -> str:
    return t("grading.points", points=f"{points:g}".replace(".", ","))
