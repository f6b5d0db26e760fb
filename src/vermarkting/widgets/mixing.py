"""The order in which a reader sees the options of a question: one of one's own, the same at every opening.

Where an option stands then tells nothing about whether it is right, and two students who compare compare the words.
Answers, keys and feedback name options by id, so no order of options matters to them.
"""

import os

from vermarkting.personal import Draw

READER = "VERMARKTING_READER"
_MIXED = ("single", "bet", "multiple")


def reader(place: str) -> str:
    """Give what tells readers apart: the folder of their answers, and the name they have where folders are alike."""
    return " ".join([place, os.environ.get("JUPYTERHUB_USER", ""), os.environ.get(READER, "")])


def mixed(question_id: str, question: dict, who: str) -> dict:
    """Give the question with its options in an order that is drawn for this reader.

    Steps of a scale (``in_order = true``) keep theirs, and so does what has no options.
    """
    if question["kind"] not in _MIXED or question.get("in_order"):
        return question
    draw, left, order = Draw(question_id, who), list(question["options"]), []
    while left:
        order.append(left.pop(draw.whole(0, len(left) - 1)))
    return {**question, "options": order}
