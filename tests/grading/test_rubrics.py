"""A rubric is read from one file, checked, and shown as a table that also reads as text."""

import re

import pytest

from vermarkting import grading
from vermarkting.grading import rubrics
from vermarkting.grading.rubrics import RubricError

GOOD = """
[o9-nota]
title = "Zou <b>jij</b> dit doen?"
[[o9-nota.criteria]]
name = "Bewijs"
levels = [
  { points = 0, text = "Geen" }, { points = 1.5, text = "Wat" },
  { points = 3, text = "Goed" }, { points = 5, text = "Sterk" },
]
[[o9-nota.criteria]]
name = "Taal"
levels = [
  { points = 1, text = "A" }, { points = 2, text = "B" }, { points = 3, text = "C" }, { points = 4, text = "D" },
]
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "rubriek.toml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_the_points_of_a_rubric_are_those_of_its_highest_levels(file):
    rubric = rubrics.read(file)["o9-nota"]
    assert rubric.points == 9
    assert [criterion.name for criterion in rubric.criteria] == ["Bewijs", "Taal"]


def test_as_text_every_level_stands_with_its_points(file):
    text = rubrics.read(file)["o9-nota"].as_text()
    assert "Rubriek: Zou <b>jij</b> dit doen? (9 punten)" in text
    assert "2. in ontwikkeling (1,5 punten): Wat" in text


def test_as_html_it_is_a_table_with_headings_and_without_markup_from_the_file(file):
    html = rubrics.read(file)["o9-nota"].as_html()
    assert "<caption" in html and "&lt;b&gt;jij" in html and "<b>jij" not in html
    assert len(re.findall('<th scope="col"', html)) == 5
    assert len(re.findall('<th scope="row"', html)) == 2
    assert len(re.findall("<td", html)) == 8


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("points = 1.5", "points = 0"),
        ("points = 1.5", "points = 3"),
        ("points = 0", "points = -1"),
        ("points = 0", "points = true"),
        ("points = 0", "points = nan"),
        ("points = 0", 'points = "0"'),
        ('{ points = 1, text = "A" }, ', ""),
        ("points = 0, ", ""),
        ('name = "Taal"', ""),
        ('title = "', "title = "),
        ("[[o9-nota.criteria]]", "[o9-nota.criteria]"),
    ],
)
def test_a_rubric_that_cannot_be_used_is_refused_in_one_sentence(file, old, new):
    assert old in GOOD
    file.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(RubricError) as refused:
        rubrics.read(file)
    assert str(refused.value).endswith(".")


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(RubricError):
        rubrics.read(tmp_path / "rubriek.toml")


def test_the_file_beside_the_notebook_goes_before_the_module_s_own(file, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert grading.rubric("O1").cell == "o9-nota"
    file.unlink()
    assert grading.rubric("O1").cell == "o1-bespreking"
    assert grading.rubric("O1", "o1-bespreking").points == 40
