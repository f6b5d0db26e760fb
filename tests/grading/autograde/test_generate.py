"""``nbgrader generate_assignment`` refuses what could only be graded by running a student's code."""

import json

import pytest
from nbgrader.apps.generateassignmentapp import GenerateAssignmentApp
from running import ended

from vermarkting.grading.autograde import hidden
from vermarkting.grading.autograde.hidden import Check, HiddenCheckError

BEGIN, END = "### BEGIN VERBORGEN CONTROLE", "### EINDE VERBORGEN CONTROLE"


def cell(grade_id, kind, source="", **entry):
    entry = {
        "grade_id": grade_id,
        "schema_version": 3,
        "grade": False,
        "solution": False,
        "locked": False,
        "task": False,
    } | entry
    made = {"cell_type": kind, "id": grade_id, "metadata": {"nbgrader": entry}, "source": source}
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def checked(call, grade_id="controle", points=4):
    source = f"1\n{BEGIN}\nfrom vermarkting import grading as g\n{call}\n{END}"
    return cell(grade_id, "code", source, grade=True, locked=True, points=points)


PROSE = cell("tekst", "markdown", "Mijn antwoord", grade=True, solution=True, points=10)
CHECKED = checked("g.written('O1.welk_cijfer', 20, points=4)")


@pytest.fixture
def generate(desk, monkeypatch):
    def run(*cells, name="O9"):
        place = desk.place / "solutions" / name
        place.mkdir()
        notebook = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        (place / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        config = desk.place / "nbgrader_config.py"
        config.write_text(config.read_text(encoding="utf-8").replace('"O1": 10', f'"{name}": 0, "O1": 10'), "utf-8")
        monkeypatch.chdir(desk.place)
        code, said = ended(GenerateAssignmentApp, name)
        made = (desk.place / "assignments" / name).exists()
        return code, said, made

    return run


def test_an_assignment_of_answers_alone_is_made(generate):
    code, said, made = generate(PROSE, CHECKED)
    assert (code, made) == (0, True), said


@pytest.mark.parametrize(
    ("spoilt", "says"),
    [
        (cell("code", "code", "def f(): ...", solution=True), "vraagt code van studenten"),
        (cell("code", "code", "x", grade=True, solution=True, points=5), "vraagt code van studenten"),
        (cell("taak", "markdown", "Doe iets", task=True, points=5), "is een taakcel"),
        (cell("vast", "markdown", "Tekst", grade=True, locked=True, points=5), "is geen antwoordcel"),
        (
            cell("leeg", "code", "assert True", grade=True, locked=True, points=5),
            "controle van cel leeg is niet bruikbaar",
        ),
        (checked("assert f(2) == 4"), "controle van cel controle is niet bruikbaar"),
        (checked("g.written('O1.welk_cijfer', 20, points=5)"), "heeft andere punten dan de cel"),
        (cell("tekst", "markdown", "Nog een", grade=True, solution=True, points=1), "bij meer dan één cel"),
    ],
)
def test_what_would_need_a_student_s_code_is_refused_before_anything_is_written(generate, spoilt, says):
    code, said, made = generate(PROSE, spoilt)
    assert (code, made) == (1, False)
    assert says in said and "Traceback" not in said
    assert "De opdracht O9 is niet gemaakt." in said or code == 1


def test_nothing_is_released_with_a_mistake_in_its_key_or_rubric(generate):
    code, said, made = generate(PROSE, checked("g.written('O1.welk_cijfr', 20, points=4)"))
    assert (code, made) == (1, False)
    assert "O9.ipynb, cel controle: De vraag 'O1.welk_cijfr' bestaat niet." in said


def test_nothing_is_graded_with_a_rubric_that_does_not_add_up(desk, monkeypatch):
    desk.hand_in("r0000001")
    path = desk.place / "solutions" / desk.kit.assignment / "rubriek.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("points = 16", "points = 18"), encoding="utf-8")
    said = desk.autograde(monkeypatch=monkeypatch, code=1)
    assert "samen 42, maar de cel telt voor 40" in said and "zijn niet nagekeken" in said
    assert not desk.folder("r0000001", "autograded").exists()


def test_a_hidden_check_is_read_and_not_run():
    source = f"x\n{BEGIN}\nfrom vermarkting import grading as g\ng.order('O1.v', ['a', 'b'], points=6)\n{END}\n"
    assert hidden.read(source, "c", BEGIN, END) == Check("order", ("O1.v", ["a", "b"]), 6)


@pytest.mark.parametrize(
    "hidden_part",
    [
        "",
        "from vermarkting import grading as g",
        "g.order('a', [], points=6)",
        "from vermarkting import grading as g\ng.order('a', [], points=6)\nprint(1)",
        "from vermarkting import grading as g\ng.order('a', open('x').read(), points=6)",
        "from vermarkting import grading as g\ng.order('a', [x for x in 'ab'], points=6)",
        "from vermarkting import grading as g\ng.order('a', [], points=3 * 2)",
        "from vermarkting import grading as g\ng.order('a', [], points=True)",
        "from vermarkting import grading as g\ng.order('a', [], 6)",
        "from vermarkting import grading as g\ng.order('a', [], points=6, extra=1)",
        "from vermarkting import grading as g\ng.evaluate('a', [], points=6)",
        "from vermarkting import grading as g\ng.rubric('O1', points=6)",
        "from vermarkting import grading as g\nh.order('a', [], points=6)",
        "from os import system as g\ng.order('a', [], points=6)",
        "import os; os.system('x')\ng.order('a', [], points=6)",
        "from vermarkting import grading as g\nx = g.order('a', [], points=6)",
        "from vermarkting import grading as g\ng.order(*['a', []], points=6)",
        "from vermarkting import grading as g\ng.order('a', [], **{'points': 6})",
        "from vermarkting import grading as g\ng.order('a'",
    ],
)
def test_anything_but_one_call_with_fixed_values_is_no_hidden_check(hidden_part):
    with pytest.raises(HiddenCheckError) as refused:
        hidden.read(f"{BEGIN}\n{hidden_part}\n{END}", "cel", BEGIN, END)
    assert str(refused.value).startswith("De verborgen controle van cel cel is niet bruikbaar.")


@pytest.mark.parametrize("frame", ["{0}\n{1}\n{1}", "{1}\n{0}", "{0}", "{1}", "x", "{0}\n{0}\n{1}"])
def test_a_hidden_check_stands_between_its_two_lines(frame):
    with pytest.raises(HiddenCheckError):
        hidden.read(frame.format(BEGIN, END), "cel", BEGIN, END)
