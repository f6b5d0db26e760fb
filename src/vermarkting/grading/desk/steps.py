"""How far each assignment of a course is, from preparing it to the scores."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from vermarkting.grading import rubrics
from vermarkting.grading.autograde import report
from vermarkting.grading.collect.students import ROSTER, ClassList, NoClassList
from vermarkting.grading.desk.ledger import Ledger
from vermarkting.grading.desk.marking import Course
from vermarkting.text import t

SCORES = "cijfers"


@dataclass(frozen=True, slots=True)
class Step:
    """Counts for one assignment: of hand-ins in ``submitted``, in the gradebook, and of pages of feedback."""

    assignment: str
    title: str
    released: bool
    submitted: int
    graded: int
    feedback: int


def assignments(course: Course) -> list[str]:
    """Give the names of the lecturer's assignments."""
    top = course.source
    return sorted(path.parent.name for path in top.glob("*/*.ipynb") if path.stem == path.parent.name)


def own_files(course: Course, assignment: str) -> list[tuple[str, str]]:
    """Give the lecturer's own files of an assignment, by their place in the course, with the key of their label."""
    folder = course.source / assignment
    files = ((f"{assignment}.ipynb", "step.own"), (rubrics.NAME, "step.own_rubric"))
    top = Path(course.course.root)
    return [((folder / name).relative_to(top).as_posix(), label) for name, label in files if (folder / name).is_file()]


def has_book(course: Course) -> bool:
    """Say whether there is a gradebook; opening one that is not there would make an empty file."""
    place = make_url(course.course.db_url)
    return place.get_backend_name() != "sqlite" or Path(place.database or "").is_file()


def step(course: Course, ledger: Ledger, assignment: str) -> Step:
    """Count how far one assignment is."""
    return _step(course, assignment, ledger.hand_ins() if has_book(course) else {})


def overview(course: Course, ledger: Ledger) -> list[Step]:
    """Count how far each assignment is."""
    graded = ledger.hand_ins() if has_book(course) else {}
    return [_step(course, name, graded) for name in assignments(course)]


def _step(course: Course, assignment: str, graded: dict[str, int]) -> Step:
    return Step(
        assignment,
        course.title(assignment),
        any(course.released(assignment).glob("*.ipynb")) and assignment in graded,
        len(course.students("submitted", assignment)),
        graded.get(assignment, 0),
        sum(any(folder.glob("*.html")) for folder in course.students("feedback", assignment)),
    )


def to_look_at(course: Course, assignment: str) -> list[tuple[str, str]]:
    """Name the graded hand-ins that somebody must look at, each with the first reason."""
    found = []
    for folder in course.students("autograded", assignment):
        kept = report.read(folder)
        if kept and kept["status"] == "look":
            reasons = [notice["text"] for notice in kept["notices"] if notice["look"]]
            found.append((kept["student"], reasons[0] if reasons else ""))
    return found


def class_list(course: Course) -> str:
    """Say what the class list holds, or what is wrong with it."""
    path = Path(course.course.root) / ROSTER
    if not path.is_file():
        return t("desk.class_list.none")
    people = ClassList()
    try:
        people.read_roster(path)
    except NoClassList as error:
        return str(error)
    return t("desk.class_list.there", count=len(people.people))


def score_files(course: Course) -> list[str]:
    """Give the names of the files that the last export wrote."""
    return sorted(path.name for path in (Path(course.course.root) / SCORES).glob("*.csv"))


def feedback_zips(course: Course, assignment: str) -> list[str]:
    """Give the names of the zips with feedback for the platforms."""
    return sorted(path.name for path in course.feedback_top.glob(f"{assignment}-*.zip"))
