"""What the tests of O4, O5 and O6 share: points of a set of answers, and one course with hand-ins for each."""

import json

from courses import ROOT, cells, graded, hidden_check

from vermarkting import data
from vermarkting.answers import NAME, AnswerSheet
from vermarkting.grading import checks

NUMBERS = [f"r{number:07}" for number in range(40)]
ABSURD = [
    None,
    True,
    -1,
    1e300,
    "",
    "x" * 30_000,
    [],
    ["A001"] * 3,
    [["a"]],
    {},
    {"nu": "veel"},
    {"": {"": ""}},
    {"nabijheid": {"score": [], "ground": {}}},
    {"A001": None},
]


def solution(assignment: str) -> list[dict]:
    return cells(ROOT / "solutions" / assignment / f"{assignment}.ipynb")


def source(assignment: str, cell_id: str) -> str:
    return next(cell["source"] for cell in solution(assignment) if cell["id"] == cell_id)


def points(assignment: str, answers: dict) -> dict[str, float]:
    """Give what each machine-checked cell earns with these answers."""
    found = {}
    for grade_id, cell in graded(solution(assignment)).items():
        if cell["cell_type"] == "code":
            name, arguments, keywords = hidden_check(cell["source"])
            found[grade_id] = checks.evaluate(name, answers, *arguments, **keywords).points
    return found


def hand_in(course, assignment: str, student: str, answers: dict, prose: dict[str, str]) -> None:
    """Put a hand-in in the course: the sheet beside the notebook, and texts in the answer cells."""
    place = course.hand_in(student, assignment)
    sheet = AnswerSheet(place / NAME)
    for question_id, answer in answers.items():
        sheet.put(question_id, answer)
    path = place / f"{assignment}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["id"] in prose:
            cell["source"] = prose[cell["id"]]
    path.write_text(json.dumps(notebook), encoding="utf-8")


def check_goals(assignment: str) -> None:
    """The goals in the notebook are those of the table of learning goals."""
    goals = [row["goal"] for row in data.rows("learning_goals") if row["lesson"] == assignment]
    shown = [
        line[2:].rstrip(";.")
        for line in source(assignment, f"{assignment.lower()}-titel").splitlines()
        if line[:2] == "- "
    ]
    assert shown == goals


def check_announced(assignment: str, *parts: tuple[str, ...]) -> None:
    """The table of parts announces the minutes of the whole and the points of the cells of each part."""
    entries = {
        grade_id: cell["metadata"]["nbgrader"]["points"] for grade_id, cell in graded(solution(assignment)).items()
    }
    lines = source(assignment, f"{assignment.lower()}-werkwijze").splitlines()
    rows = [line.split("|") for line in lines if line.startswith("| ") and line[2].isdigit()]
    assert [int(row[4]) for row in rows] == [sum(entries[name] for name in part) for part in parts]
    assert sum(entries.values()) == 100
    minutes = sum(int(row[3].split()[0]) for row in rows)
    assert f"**{minutes} minuten**" in source(assignment, f"{assignment.lower()}-titel")
