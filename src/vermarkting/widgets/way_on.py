"""The end of a lesson: what is done and what is open, where to go next, and every code and term of it in full."""

import os
from pathlib import Path

import traitlets

from vermarkting import data, pages, references, reviewing
from vermarkting.answers import AnswerSheet
from vermarkting.questions import fits
from vermarkting.sureness import GRADES
from vermarkting.text import t
from vermarkting.widgets.keeping import follow, when_kept
from vermarkting.widgets.part import Part
from vermarkting.widgets.words import answer_in_words

LESSONS = Path("lessons")


class WayOn(Part, script="wayOn"):
    """Progress and links under each other; its front end turns the codes and terms of the whole page into buttons.

    ``steps`` are links (``name``, ``title``, ``path`` from the lesson's folder), ``lessons`` the progress of each
    lesson, and of a review once it is begun (``text``, ``path``, ``state``: ``done``, ``begun`` or ``open``),
    ``cards`` and ``terms`` as ``references`` has them. ``said`` is what the student answered at the start and bet on
    the way: ``prompt`` and ``answer`` in words.
    """

    done = traitlets.Unicode().tag(sync=True)
    still_open = traitlets.List(traitlets.Unicode()).tag(sync=True)
    said = traitlets.List(traitlets.Dict()).tag(sync=True)
    steps = traitlets.List(traitlets.Dict()).tag(sync=True)
    lessons = traitlets.List(traitlets.Dict()).tag(sync=True)
    cards = traitlets.Dict().tag(sync=True)
    terms = traitlets.List(traitlets.Dict()).tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)

    def __init__(self, lesson: str, sheet: AnswerSheet | None = None) -> None:
        self._lesson, self._sheet = lesson, sheet or AnswerSheet()
        named = ("title", "said", "open", "complete", "lessons", "codes", "close", "cited", "entry")
        labels = {name: t(f"way_on.{name}") for name in named} | {"card": t("way_on.card", name="{name}")}
        sure = {name: t(f"references.sure.{name}") for name in GRADES}
        super().__init__(
            steps=_steps(lesson),
            cards=references.cards(lesson),
            terms=references.terms(lesson),
            labels={**labels, "sure": sure},
        )
        self._count()
        follow(self._sheet)
        when_kept(self._count_if_ours)

    def _count_if_ours(self, question_id: str) -> None:
        if question_id.partition(".")[0].isdecimal() or question_id.startswith(f"{reviewing.PAGE}."):
            self._count()

    def _count(self) -> None:
        kept = self._sheet.all()
        answers = {name: answer.value for name, answer in kept.items()}
        rows = []
        for page in data.rows("pages"):
            if page["kind"] == "lesson":
                found = pages.of_lesson(page["id"], answers)
                rows.append(progress_row(page, found))
                if page["id"] == self._lesson:
                    mine = t("way_on.done", done=found.filled, all=found.there), list(found.still_open)
        if found := reviewing.progress(kept):
            rows.append(progress_row(page_of(reviewing.PAGE), found))
        with self.hold_sync():
            self.lessons = rows
            self.done, self.still_open = mine
            self.said = _said(self._lesson, answers)

    def plain(self) -> str:
        steps = [f"{step['name']}: {step['title']}" for step in self.steps]
        cards = [
            "\n".join(
                [card["title"], card["text"], *(f"{name}: {words}" for name, words in card["rows"]), card["link"]]
            )
            for card in (*self.cards.values(), *self.terms)
        ]
        said = [f"{row['prompt']} {row['answer']}" for row in self.said]
        head = "\n".join([self.labels["title"], *said, self.done, *steps])
        return "\n\n".join([head, self.labels["codes"], *(card.strip() for card in cards)])


def progress_row(page: dict, found: pages.Progress) -> dict:
    """Give a page with its progress in words, for a list: ``text``, ``path`` from the lesson's folder and ``state``."""
    text = t("way_on.lesson", title=page["title"], done=found.filled, all=found.there)
    return {"text": text, "path": _from_lesson(page), "state": found.state}


def page_of(name: str) -> dict:
    """Give the row of ``data/pages.csv`` of a page."""
    return next(page for page in data.rows("pages") if page["id"] == name)


def _said(lesson: str, answers: dict) -> list[dict]:
    """Give the answers to the question that opens the lesson and to its bets, in words."""
    asked = data.questions(lesson)
    opening = [name for name, question in asked.items() if question.get("opening")]
    found = []
    for name in [*opening, *(name for name, question in asked.items() if question["kind"] == "bet")]:
        question, answer = asked[name], answers.get(f"{lesson}.{name}")
        if answer is None or not fits(question, answer):
            continue
        words = answer_in_words(question, answer)
        if question["kind"] == "slider":
            words = t(
                "way_on.on_scale", answer=words, **{name: question[name] for name in ("min", "left", "max", "right")}
            )
        found.append({"prompt": question["prompt"], "answer": words})
    return found


def _steps(lesson: str) -> list[dict]:
    order = data.rows("pages")
    later = order[[page["id"] for page in order].index(lesson) + 1 :]
    assignment = later[0] if later[0]["kind"] == "assignment" else None
    following = next((page for page in later if page["kind"] == "lesson"), None)
    back = None if following else page_of(reviewing.PAGE)
    steps = {"assignment": assignment, "next": following, "review": back, "glossary": later[-1]}
    return [
        {"name": t(f"way_on.{name}"), "title": page["title"], "path": _from_lesson(page)}
        for name, page in steps.items()
        if page
    ]


def _from_lesson(page: dict) -> str:
    return Path(os.path.relpath(page["path"], LESSONS)).as_posix()
