"""The grading report: one JSON file for each graded hand-in, beside its notebook, for whoever works on with it.

It never goes to students: ``nbgrader_config.py`` makes nbgrader leave it out of what it copies.

    schema        1
    assignment, student, status ("graded", or "look" when a person must look at the hand-in as such)
    fingerprint   of the hand-in and the release; equal means that there is nothing to grade again
    submitted_at  ISO 8601, UTC, or null
    notices       a list of {key, text, look}
    parts         by grade_id: {points (or null), of, look, sentence}
    answers       by question id: {value, at}; null if they were lost
    prose         by grade_id: the text as typed, untouched: escape it before you show it
    own           texts of cells that the student added, as typed
"""

import json
from pathlib import Path

from vermarkting.grading.autograde.handin import HandIn, Notice, Refused
from vermarkting.grading.autograde.judge import Part, needs_look

NAME = "nakijkverslag.json"
SCHEMA = 1


def document(
    assignment: str, student: str, handin: HandIn | Refused, parts: dict[str, Part], notices: tuple[Notice, ...]
) -> dict:
    """Put together the report of a hand-in."""
    read = isinstance(handin, HandIn)
    answers = handin.answers if read else None
    return {
        "schema": SCHEMA,
        "assignment": assignment,
        "student": student,
        "status": "look" if needs_look(notices) else "graded",
        "fingerprint": handin.fingerprint,
        "submitted_at": handin.submitted_at.isoformat() if handin.submitted_at else None,
        "notices": [{"key": n.key, "text": n.text, "look": n.look} for n in notices],
        "parts": {
            grade_id: {"points": part.points, "of": part.of, "look": part.look, "sentence": part.sentence}
            for grade_id, part in parts.items()
        },
        "answers": None
        if answers is None
        else {key: {"value": answer.value, "at": answer.at.isoformat()} for key, answer in answers.items()},
        "prose": handin.prose if read else {},
        "own": list(handin.own) if read else [],
    }


def written(report: dict) -> bytes:
    """Give the report as the bytes of its file."""
    return json.dumps(report, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read(folder: Path) -> dict | None:
    """Give the report in a folder, ``None`` if there is none that this version can use."""
    try:
        report = json.loads((folder / NAME).read_bytes())
        return report if report["schema"] == SCHEMA and report["status"] in ("graded", "look") else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
