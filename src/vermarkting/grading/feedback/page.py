"""The feedback page of one hand-in, as HTML that shows text and can do nothing else."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from vermarkting.cases import NUMBER
from vermarkting.grading import levels
from vermarkting.grading.autograde import view
from vermarkting.grading.autograde.released import Graded, Released
from vermarkting.grading.checks import question
from vermarkting.grading.feedback import asked
from vermarkting.grading.feedback.explained import Explained, explained, own_figures, own_texts
from vermarkting.grading.markdown import rendered
from vermarkting.grading.marks import Mark, Marks
from vermarkting.grading.rubrics import LEVELS, Rubric
from vermarkting.text import t

_HERE = Path(__file__).parent
_ZONE = "Europe/Brussels"
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One row of a rubric as a student sees it; ``better`` is what one level higher asks, empty at the top."""

    name: str
    level: str
    text: str
    points: str
    better: str


@dataclass(frozen=True, slots=True)
class Part:
    """One graded part. ``score`` is empty while a person still must look."""

    anchor: str
    title: str
    asked: Markup
    score: str
    extra: str
    answers: list[tuple[str, list[tuple[str, str, str]]]]
    how: list[str]
    prose: Markup | None
    explanation: str
    rubric: Rubric | None
    criteria: list[Criterion]
    remarks: Markup


class Pages:
    """Makes the pages of one assignment. Equal input gives equal bytes."""

    def __init__(self, released: Released, rubrics: Mapping[str, Rubric]):
        self._released = released
        self._rubrics = rubrics
        self._title = asked.title(released)
        self._asked = asked.parts(released)

    def page(self, report: dict, student: str, marks: Marks) -> bytes:
        """Make the page of one hand-in from its grading report and its marks."""
        values = {key: entry["value"] for key, entry in (report["answers"] or {}).items()}
        html = _template().render(
            figures=own_figures(self._released.lesson, values),
            figures_about=t("feedback_page.figures_about", number=values.get(f"{self._released.lesson}.{NUMBER}", "")),
            title=self._title,
            student=student,
            name=_clean(marks.name),
            parts=[
                self._part(place, grade_id, cell, report, marks)
                for place, (grade_id, cell) in enumerate(self._released.graded.items(), start=1)
                if grade_id in marks.parts
            ],
            total=_total(marks, waits(report, marks)),
            late=_late(marks),
            handed_in=_moment(marks.at),
            notices=_notices(report, waiting=waits(report, marks)),
            css=Markup(_css()),
            css_hash=_css_hash(),
            level_names=[_level(number) for number in LEVELS],
            number=number,
        )
        return html.encode()

    def _part(self, place: int, grade_id: str, cell: Graded, report: dict, marks: Marks) -> Part:
        mark, rubric = marks.parts[grade_id], self._rubrics.get(grade_id)
        judged = levels.read(marks.comments.get(grade_id), rubric)
        answers = report["answers"]
        values = {key: entry["value"] for key, entry in (answers or {}).items()}
        heading, text = self._asked[grade_id]
        why = Explained() if mark.pending or mark.by_hand else explained(cell.check, values)
        return Part(
            anchor=f"deel-{place}",
            title=heading or grade_id,
            asked=text,
            score="" if mark.pending else t("feedback_page.score", points=number(mark.points), of=number(mark.of)),
            extra=t("feedback_page.extra", points=number(mark.extra)) if mark.extra and not mark.pending else "",
            answers=[] if answers is None else [_answer(key, values, why) for key in cell.questions],
            how=why.how,
            prose=_prose(report, grade_id, cell),
            explanation=_explanation(mark, cell, report["parts"].get(grade_id, {}), lost=answers is None),
            rubric=rubric,
            criteria=[] if mark.pending or rubric is None else _criteria(rubric, judged),
            remarks=Markup() if mark.pending else _shown(judged.remarks),
        )


def waits(report: dict, marks: Marks) -> bool:
    """Say whether a person must still look, at a part or at the hand-in as such: then there is no total yet."""
    judged = any(mark.by_hand for mark in marks.parts.values())
    return marks.total is None or (report["status"] == "look" and not judged)


def number(value: float) -> str:
    """Write points the Dutch way, with two decimals at most."""
    return f"{round(value, 2):.12g}".replace(".", ",")


def _answer(question_id: str, values: Mapping[str, object], why: Explained) -> tuple[str, list[tuple[str, str, str]]]:
    """Give the prompt, and per row a label, what was answered, and a verdict that may be empty."""
    entry = question(question_id)
    verdicts = why.verdicts.get(question_id, {})
    labels = {item["text"]: item["id"] for item in entry.get("items", [])}
    own = own_texts(question_id, values)
    rows = view.rows(entry, values.get(question_id))
    if verdicts and labels and [label for label, _ in rows] != list(labels):
        rows = [(text, t("question.no_answer")) for text in labels]
    return entry["prompt"], [
        (_clean(own.get(labels.get(label, ""), label)), _clean(text), verdicts.get(labels.get(label, ""), ""))
        for label, text in rows
    ]


def _shown(text: str) -> Markup:
    return Markup(rendered(_clean(text.strip()), headings=False)) if text.strip() else Markup()


def _prose(report: dict, grade_id: str, cell: Graded) -> Markup | None:
    """Give what was written; ``None`` for a machine-checked part, empty for nothing."""
    if not cell.is_prose:
        return None
    text = report["prose"].get(grade_id) or ""
    return Markup() if text.strip() == cell.placeholder.strip() else _shown(text)


def _explanation(mark: Mark, cell: Graded, found: dict, lost: bool) -> str:
    """Say what the points are based on. A rubric and a comment speak for themselves."""
    if mark.pending:
        return t("feedback_page.pending_lost" if lost and cell.check else "feedback_page.pending")
    if mark.by_hand:
        return t("feedback_page.by_hand") if cell.check else ""
    return found.get("sentence", "") if cell.check else t("feedback_page.empty")


def _criteria(rubric: Rubric, judged: levels.Judged) -> list[Criterion]:
    rows = []
    for criterion in rubric.criteria:
        chosen = judged.levels.get(criterion.name)
        if chosen is None:
            continue
        level = criterion.levels[chosen - 1]
        points = t("feedback_page.score", points=number(level.points), of=number(criterion.levels[-1].points))
        better = criterion.levels[chosen].text if chosen < len(criterion.levels) else ""
        rows.append(Criterion(criterion.name, _level(str(chosen)), level.text, points, better))
    return rows


def _level(number: str) -> str:
    return t("grading.level", number=number, name=t(f"grading.levels.{number}"))


def _total(marks: Marks, waiting: bool) -> str:
    if not waiting:
        return t("feedback_page.total", points=number(marks.total), of=number(marks.of))
    done = sum(mark.of for mark in marks.parts.values() if not mark.pending)
    if not done:
        return t("feedback_page.no_total")
    return t("feedback_page.no_total_yet", points=number(marks.earned), of=number(done))


def _late(marks: Marks) -> str:
    if not marks.penalty:
        return ""
    values = {"points": number(marks.penalty), "due": _moment(marks.due), "before": number(marks.earned)}
    return t("feedback_page.late" if marks.due else "feedback_page.late_without_due", **values)


def _notices(report: dict, waiting: bool) -> list[tuple[str, list[str]]]:
    """Give what was noticed at grading in words for the student, under one heading for each kind."""
    groups = {"feedback_page.looks" if waiting else "feedback_page.looked": [], "feedback_page.set_aside": []}
    look, aside = groups.values()
    for notice in report["notices"]:
        try:
            sentence = t(f"feedback_page.notices.{notice['key']}")
        except KeyError:
            sentence = t("feedback_page.other_notice")
        group = look if notice["look"] else aside
        if sentence not in group:
            group.append(sentence)
    return [(t(key), sentences) for key, sentences in groups.items() if sentences]


def _moment(at: datetime | None) -> str:
    if at is None:
        return ""
    local = at.replace(tzinfo=UTC).astimezone(_zone())
    month = t(f"feedback_page.months.{local.month}")
    return t("feedback_page.moment", day=local.day, month=month, year=local.year, time=f"{local:%H.%M}")


@cache
def _zone() -> ZoneInfo:
    try:
        return ZoneInfo(_ZONE)
    except ZoneInfoNotFoundError:
        return UTC


def _clean(text: str) -> str:
    """Take out characters that would steer the page instead of being shown."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


@cache
def _css() -> str:
    return (_HERE / "page.css").read_text(encoding="utf-8")


@cache
def _css_hash() -> str:
    """Give the one style sheet that the page allows itself."""
    return base64.b64encode(hashlib.sha256(_css().encode()).digest()).decode()


@cache
def _template():
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals["say"] = lambda key, **values: t(f"feedback_page.{key}", **values)
    return environment.get_template("page.html.j2")
