"""Three anchor answers before marking starts: which level would you give, and which one was meant."""

import hashlib
import tomllib
from itertools import cycle, islice

from vermarkting.grading.desk.marking import Marking
from vermarkting.grading.desk.prose import rendered
from vermarkting.grading.rubrics import LEVELS

NAME = "ankers.toml"
COUNT = 3


def anchors(marking: Marking) -> list[dict]:
    """Give three anchors of this question, for this marker always the same; none where the course has none."""
    try:
        texts = tomllib.loads((marking.course.source / NAME).read_text(encoding="utf-8"))[marking.question.cell]
        criteria = [criterion for criterion in marking.rubric.criteria if len(texts[criterion.name]) == len(LEVELS)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []
    found = []
    for number, criterion in enumerate(islice(cycle(criteria), COUNT if criteria else 0)):
        drawn = hashlib.sha256(f"{marking.marker}\n{marking.question.cell}\n{number}".encode()).digest()[0]
        meant = drawn % len(LEVELS) + 1
        found.append(
            {
                "criterion": criterion.name,
                "text": rendered(texts[criterion.name][meant - 1]),
                "meant": meant,
                "levels": [level.text for level in criterion.levels],
            }
        )
    return found
