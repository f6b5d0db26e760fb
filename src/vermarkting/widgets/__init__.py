"""What a lesson's cells call: a question, a self-check, an argument duel, a krachtlijnenscan, a list to search."""

from vermarkting import data
from vermarkting.widgets.answered import Answered
from vermarkting.widgets.duel import duel
from vermarkting.widgets.lookup import glossary, sources
from vermarkting.widgets.part import Stack
from vermarkting.widgets.question import Question
from vermarkting.widgets.scan import scan_question

__all__ = ["answered", "duel", "glossary", "krachtlijnenscan", "question", "self_check", "sources"]


def question(question_id: str) -> Question:
    """Ask one question, such as ``"01.threshold"``, out of ``data/questions/``."""
    return Question(question_id, data.question(question_id))


def answered(*question_ids: str) -> Answered:
    """Say how much of a graded part is filled in, while the student works on it."""
    return Answered(*question_ids)


def self_check(lesson: str) -> Stack:
    """Ask the questions that close a lesson: those marked ``check`` in its question file."""
    asked = {name: entry for name, entry in data.questions(lesson).items() if entry.get("check")}
    return Stack([Question(f"{lesson}.{name}", entry) for name, entry in asked.items()])


def krachtlijnenscan(lesson: str) -> Question:
    """Let the student score the lesson's theme on the five krachtlijnen, with an argument as ground for each."""
    return Question(f"{lesson}.scan", scan_question(lesson))
