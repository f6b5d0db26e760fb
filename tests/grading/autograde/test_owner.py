"""Whose figures count: those of the student whom a hand-in belongs to."""

import json

import pytest
from kit import Kit

from vermarkting.grading.autograde.owner import numbers_among

TYPED = "r0123456"  # whose figures the honest answers are for
LATER = "2026-03-13T21:17:43.512+00:00"


def hand_in(desk, student, assignment, at=LATER):
    """Somebody's answers as they are, each at another moment."""
    kit = Kit(assignment, desk.place / "canary")
    sheet = kit.sheet
    for entry in sheet["answers"].values():
        entry["at"] = at
    notebook = kit.notebook
    notebook["metadata"]["vermarkting"]["answers"] = sheet
    desk.hand_in(student, assignment, notebook=notebook, sheet=sheet)


def reported(desk, student, assignment):
    place = desk.folder(student, "autograded", assignment)
    return json.loads((place / "nakijkverslag.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("assignment", "personal"), [("O2", {"o2-scores"}), ("O3", {"o3-uitbetaling"})])
def test_another_students_answers_with_other_moments_earn_nothing_for_ones_own_figures(
    desk, monkeypatch, assignment, personal
):
    desk.hand_in(TYPED, assignment)
    hand_in(desk, "r0999999", assignment)
    said = desk.autograde(assignment, monkeypatch=monkeypatch, code=1)
    assert "r0999999: Er staat studentnummer r0123456 in, maar de inzending is van r0999999." in said
    assert "Om zelf te bekijken: 1." in said
    own, copied = (desk.points(student, assignment) for student in (TYPED, "r0999999"))
    assert all(own[name] > 0 and copied[name] == 0 for name in personal)
    report = reported(desk, "r0999999", assignment)
    assert report["status"] == "look"
    assert report["answers"][f"{assignment}.studentnummer"]["value"] == "r0999999"
    assert reported(desk, TYPED, assignment)["status"] == "graded"


def test_the_class_list_tells_whose_number_it_is(desk, monkeypatch):
    people = "Studentnummer;Gebruikersnaam;Naam;Voornaam\nr0123456;annap;Peeters;An\nr0777777;bobb;Bos;Bob\n"
    (desk.place / "klaslijst.csv").write_text(people, encoding="utf-8")
    for student in ("annap", "bobb"):
        hand_in(desk, student, "O3")
    said = desk.autograde("O3", monkeypatch=monkeypatch, code=1)
    assert "bobb: Er staat studentnummer r0123456 in, maar de inzending is van r0777777." in said
    assert reported(desk, "annap", "O3")["status"] == "graded"
    (desk.place / "klaslijst.csv").write_text(
        people.replace("r0777777", "r0123456").replace("r0123456;annap", "r1;annap")
    )
    said = desk.autograde("O3", monkeypatch=monkeypatch, code=0)
    assert reported(desk, "bobb", "O3")["status"] == "graded", "another list, graded anew"


def test_where_nobody_knows_the_number_two_who_typed_the_same_are_named(desk, monkeypatch):
    for student in ("anna", "bob"):
        hand_in(desk, student, "O3", at=f"2026-03-1{len(student)}T10:00:00.000+00:00")
    said = desk.autograde("O3", monkeypatch=monkeypatch)
    assert "Bij 2 inzendingen weten we niet welk studentnummer erbij hoort" in said
    assert "Hetzelfde studentnummer r0123456 bij 2 inzendingen: anna, bob." in said


@pytest.mark.parametrize(
    ("keys", "numbers"),
    [
        (["r0123456"], ("r0123456",)),
        (["annap", "R 0123.456"], ("r0123456",)),
        (["anna2", "anna.peeters@school.be", "moodle:12345"], ()),
        (["01234567", "u0123456", "01234567"], ("01234567", "u0123456")),
    ],
)
def test_a_student_number_is_told_from_a_user_name(keys, numbers):
    assert numbers_among(keys) == numbers
