"""A new assignment or lesson from the template: in order from the start, released, graded."""

import shutil
from pathlib import Path

import pytest

from vermarkting import cli, control, new_page

ROOT = Path(__file__).parents[1]


@pytest.fixture
def course(tmp_path, monkeypatch):
    for part in ("data", "lessons", "solutions"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns(".*", "O[2-6]"))
    for settings in ROOT.glob("nbgrader_config.*"):
        shutil.copy(settings, tmp_path)
    config = tmp_path / "nbgrader_config.py"
    weights = '{"O1": 10, "O2": 15, "O3": 20, "O4": 20, "O5": 15, "O6": 20}'
    config.write_text(config.read_text(encoding="utf-8").replace(weights, '{"O1": 10}'), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_new_assignment_and_a_new_lesson_are_in_order_at_once(course, capsys):
    assert control.look(course) == []
    command = ["nieuw", "opdracht", "O7", "Een proef, met komma", "--gewicht", "20", "--vragen", "koppelen", "rekenen"]
    assert cli.main(command) == 0
    assert cli.main(["nieuw", "les", "11", "Een vijfde les"]) == 0
    assert [str(finding) for finding in control.look(course)] == []
    said = capsys.readouterr().out
    assert "solutions/O7/O7.ipynb" in said and "generate_assignment O7" in said and "lessons/11_een" in said
    assert '"O1": 10, "O7": 20}' in (course / "nbgrader_config.py").read_text(encoding="utf-8")
    assert 'O7,assignment,assignments/O7/O7.ipynb,"Opdracht O7. Een proef, met komma"' in (
        course / "data" / "pages.csv"
    ).read_text(encoding="utf-8")


def test_a_new_assignment_can_be_released(course):
    from courses import Course

    new_page.assignment(course, "O7", "Een proef")
    Course.at(course).nbgrader("generate_assignment", "O7")
    released = (course / "assignments" / "O7" / "O7.ipynb").read_text(encoding="utf-8")
    assert "VERBORGEN" not in released and "modelantwoord" not in released and "O7.ordenen" in released
    assert (course / "assignments" / "O7" / "rubriek.toml").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["opdracht", "7", "x"], "'7' kan niet"),
        (["les", "O7", "x"], "'O7' kan niet"),
        (["opdracht", "O1", "x"], "O1 bestaat al"),
        (["opdracht", "O7", "x", "--vragen", "raden"], "'raden' is geen soort vraag"),
        (["opdracht", "O7", "x", "--gewicht", "-1"], "Het gewicht"),
        (["opdracht"], "begrijp ik niet"),
    ],
)
def test_what_cannot_be_made_is_told_and_nothing_is_written(course, capsys, arguments, said):
    before = {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}
    assert cli.main(["nieuw", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert {path: path.read_bytes() for path in course.rglob("*") if path.is_file()} == before
