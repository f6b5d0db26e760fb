"""Six hand-ins of one assignment that wait for a marker: who they are of, what is decided, what the gradebook holds."""

from nbgrader.api import Gradebook

ASSIGNMENT, CELL = "O3", "o3-advies"
STUDENTS = [f"r10053{number:02d}" for number in range(6)]
FIRST, LAST = "Marieke", "Vandenbroucke"


def held(desk, student):
    """Give what nbgrader's own gradebook holds: points, whether a person must look, comment."""
    with Gradebook(desk.url) as gradebook:
        grade = gradebook.find_grade(CELL, ASSIGNMENT, ASSIGNMENT, student)
        return (
            grade.manual_score,
            grade.needs_manual_grade,
            gradebook.find_comment(CELL, ASSIGNMENT, ASSIGNMENT, student).comment,
        )


def decide(desk, student, levels, remarks="", points=None, marker="an", was=None, typed=False):
    marking, answer = desk.marking(marker), desk.ids[student]
    was = was or marking.shown(answer)["mark"]["version"]
    wanted = {"levels": levels, "remarks": remarks, "points": points, "was": was, "typed": typed}
    return marking.decide(answer, wanted)
