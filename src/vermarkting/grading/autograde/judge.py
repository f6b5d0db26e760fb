"""What each part of a hand-in earns. Fails closed: what cannot be decided goes to a person and earns nothing yet."""

import math
from dataclasses import dataclass

from vermarkting.grading import checks
from vermarkting.grading.autograde.handin import HandIn, Notice, Refused
from vermarkting.grading.autograde.released import Graded, Released
from vermarkting.text import t


@dataclass(frozen=True, slots=True)
class Part:
    """What one graded cell earned.

    ``points`` is ``None`` until a person has judged. With ``look`` a person must look, even where there are points.
    """

    points: float | None
    of: float
    look: bool
    sentence: str


def judge(handin: HandIn | Refused, released: Released) -> tuple[dict[str, Part], tuple[Notice, ...]]:
    """Give the part of each graded cell, and the notices of the hand-in together with those that judging added."""
    if isinstance(handin, Refused):
        parts = {
            grade_id: Part(None, cell.points, True, handin.reason.text)
            for grade_id, cell in released.graded.items()
            if cell.points is not None
        }
        return parts, (handin.reason, *handin.notices)
    notices = list(handin.notices)
    values = None if handin.answers is None else {key: answer.value for key, answer in handin.answers.items()}
    sheet_lost = any(notice.key == "sheet_lost" for notice in notices)
    parts = {}
    for grade_id, cell in released.graded.items():
        if cell.points is None:
            continue
        part = _checked(cell, values, notices) if cell.check else _prose(cell, handin, notices)
        if cell.check and sheet_lost:
            part = Part(part.points, part.of, True, part.sentence)
        parts[grade_id] = part
    return parts, tuple(dict.fromkeys(notices))


def needs_look(notices: tuple[Notice, ...]) -> bool:
    """Say whether a person must look at the hand-in as such, apart from judging its prose."""
    return any(notice.look for notice in notices)


def _checked(cell: Graded, values: dict[str, object] | None, notices: list[Notice]) -> Part:
    if values is None:
        return Part(None, cell.points, True, t("grading.answers_lost"))
    try:
        result = checks.evaluate(cell.check.name, values, *cell.check.arguments, points=cell.check.points)
        if not (math.isfinite(result.points) and 0 <= result.points <= cell.points):
            raise ValueError
    except Exception:
        # A check that breaks on an answer must not stop the batch, and must not give points either.
        notices.append(Notice("check_failed", t("grading.notice.check_failed", cell=cell.grade_id), look=True))
        return Part(None, cell.points, True, t("grading.notice.check_failed", cell=cell.grade_id))
    earned = t("grading.earned", points=_dutch(result.points), of=_dutch(result.of))
    return Part(float(result.points), cell.points, False, f"{earned} {result.message}")


def _prose(cell: Graded, handin: HandIn, notices: list[Notice]) -> Part:
    text = handin.prose.get(cell.grade_id)
    if text is None:
        return Part(None, cell.points, True, t("grading.answers_lost"))
    if text.strip() and text.strip() != cell.placeholder.strip():
        return Part(None, cell.points, False, t("grading.to_judge"))
    if handin.own:
        # Many a student types the text in a new cell below the one that was meant for it.
        notices.append(
            Notice("written_elsewhere", t("grading.notice.written_elsewhere", cell=cell.grade_id), look=True)
        )
        return Part(None, cell.points, True, t("grading.notice.written_elsewhere", cell=cell.grade_id))
    return Part(0.0, cell.points, False, t("grading.no_text"))


def _dutch(number: float) -> str:
    return f"{number:g}".replace(".", ",")
