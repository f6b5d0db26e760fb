"""What a lesson's cells call: a question, a self-check, an argument duel, a krachtlijnenscan, a list to search."""

from vermarkting import cases, data, pages
from vermarkting.widgets.answered import Answered
from vermarkting.widgets.argument_map import MapAttacks, MapPicks, MapPremises
from vermarkting.widgets.case import MyCase
from vermarkting.widgets.duel import duel
from vermarkting.widgets.hand_in import HandIn
from vermarkting.widgets.lookup import arguments, glossary, sources
from vermarkting.widgets.own_question import OwnQuestion, OwnScan
from vermarkting.widgets.part import Stack
from vermarkting.widgets.question import Question
from vermarkting.widgets.review import CheckQuestion, Review, looking_back
from vermarkting.widgets.scan import Scan
from vermarkting.widgets.way_on import WayOn

__all__ = [
    "answered",
    "arguments",
    "duel",
    "glossary",
    "hand_in",
    "krachtlijnenscan",
    "map_attacks",
    "map_picks",
    "map_premises",
    "my_case",
    "own_question",
    "question",
    "review",
    "self_check",
    "sources",
    "way_on",
]


def question(question_id: str) -> Question:
    """Ask one question, such as ``"01.threshold"``, out of ``data/questions/``."""
    return Question(question_id, data.question(question_id))


def own_question(question_id: str) -> OwnQuestion:
    """Ask a question whose items are the student's own, such as ``"O4.gevallen"``; they follow the student number."""
    return OwnQuestion(question_id)


def map_picks(question_id: str) -> MapPicks:
    """Let the student put arguments on a map, kept as the answer to a question of kind ``picks``."""
    return MapPicks(question_id)


def map_premises(question_id: str) -> MapPremises:
    """Ask for the missing premise of each argument on the map of the same assignment."""
    return MapPremises(question_id)


def map_attacks(question_id: str) -> MapAttacks:
    """Ask why an attack between two arguments on the map of the same assignment fails."""
    return MapAttacks(question_id)


def answered(*question_ids: str) -> Answered:
    """Say how much of a graded part is filled in, while the student works on it."""
    return Answered(*question_ids)


def my_case(assignment: str, part: str = "") -> MyCase:
    """Show the student's own figures in an assignment such as ``"O2"``, or in one part of it.

    They follow the student number.
    """
    return MyCase(assignment, part)


def hand_in(assignment: str) -> HandIn:
    """Close an assignment such as ``"O1"``: a button that makes the one file to upload."""
    return HandIn(assignment)


def self_check(lesson: str) -> Stack:
    """Ask the questions that close a lesson: three of its own, with two of earlier lessons in between."""
    return Stack(
        [CheckQuestion(name, looking_back(name, entry, lesson)) for name, entry in pages.closing(lesson).items()]
    )


def review() -> Review:
    """Ask questions of all lessons, mixed: first those that the student missed."""
    return Review()


def krachtlijnenscan(lesson: str) -> Scan | OwnScan:
    """Let the student score the lesson's theme on the five krachtlijnen, with an argument as ground for each.

    In an assignment the arguments to choose from are the student's own.
    """
    return OwnScan(lesson) if lesson in cases.ASSIGNMENTS else Scan(lesson)


def way_on(lesson: str) -> WayOn:
    """Close a lesson such as ``"03"``: what is done, where to go next, and each of its codes and terms in full."""
    return WayOn(lesson)
