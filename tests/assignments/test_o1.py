"""O1 from hand-in to points and feedback, with nbgrader's own commands; and its facts against the data package."""

import json

import pytest
from courses import ROOT, cells, graded
from o1_answers import PARTIAL, PARTIAL_POINTS, PERFECT, PERFECT_POINTS

from vermarkting import data
from vermarkting.answers import NAME, AnswerSheet, embed

ESSAY = "Wat zeker is, staat in meerdere kranten. De rest hangt af van wie vertelt."


def fill_in(place, answers):
    sheet = AnswerSheet(place / NAME)
    for question_id, answer in answers.items():
        sheet.put(question_id, answer)


def edit(place, change):
    path = place / "O1.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    change(notebook)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def write_essay(notebook):
    next(cell for cell in notebook["cells"] if cell["id"] == "o1-bespreking")["source"] = ESSAY


@pytest.fixture(scope="module")
def course(released):
    """Three hand-ins, graded: a folder with its sheet, a lone notebook, and one that was never filled in."""
    perfect = released.hand_in("volledig", "O1")
    fill_in(perfect, PERFECT)
    edit(perfect, write_essay)

    # Only the notebook reached the lecturer; the answers travel in its metadata, as after a save in JupyterLab.
    lone = released.hand_in("los", "O1")
    fill_in(lone, PARTIAL)
    edit(lone, lambda notebook: embed(notebook, lone / NAME))
    for name in (NAME, f"{NAME}.lock"):
        (lone / name).unlink()

    released.hand_in("leeg", "O1")

    released.nbgrader("autograde", "O1")
    released.nbgrader("generate_feedback", "O1")
    return released


@pytest.mark.parametrize(
    ("student", "points"),
    [
        ("volledig", PERFECT_POINTS | {"o1-bespreking": None}),
        ("los", PARTIAL_POINTS | {"o1-bespreking": 0}),
        ("leeg", dict.fromkeys([*PERFECT_POINTS, "o1-bespreking"], 0)),
    ],
)
def test_points_in_the_gradebook_are_those_computed_by_hand(course, student, points):
    assert course.points(student, "O1") == pytest.approx(points)


def feedback(course, student):
    return (course.place / "feedback" / student / "O1" / "O1.html").read_text(encoding="utf-8")


def test_feedback_tells_in_dutch_what_was_earned_and_answered(course):
    text = feedback(course, "los")
    assert "Je kreeg 9 van de 12 punten. 9 van de 12 staan juist." in text
    assert "Je kreeg 13,75 van de 20 punten. 5,5 van de 8 profielen kloppen." in text
    assert "Van de 15 paren staan er 14 in de juiste volgorde." in text
    assert "27,3 procent" in text
    assert "Er is geen antwoord gevonden." in feedback(course, "leeg")
    assert ESSAY in feedback(course, "volledig")


@pytest.mark.parametrize("student", ["volledig", "los", "leeg"])
def test_feedback_does_not_show_the_key(course, student):
    text = feedback(course, student)
    assert "VERBORGEN" not in text
    for key in ("g.match(", "inbesteding&quot;,", "&quot;g4&quot;", "[20.8, 0.1]", "points=12"):
        assert key not in text
    assert "Traceback (most" not in text


# The facts in the assignment are those of the data package.


def source(cell_id):
    found = cells(ROOT / "solutions" / "O1" / "O1.ipynb")
    return next(cell["source"] for cell in found if cell["id"] == cell_id)


def test_the_table_of_care_homes_and_its_answers_come_from_the_data():
    rows = {row["year"]: row for row in data.rows("care_homes")}
    for year in (2016, 2020):
        row = rows[year]
        kinds = ("public", "nonprofit", "for_profit", "nonprofit_in_group", "total")
        line = " | ".join([str(year), *(f"{row[kind]:,}".replace(",", ".") for kind in kinds)])
        assert f"| {line} |" in source("o1-uitleg-woonzorg")
        strict = 100 * row["for_profit"] / row["total"]
        broad = 100 * (row["for_profit"] + row["nonprofit_in_group"]) / row["total"]
        assert PERFECT[f"O1.strikt_{year}"] == pytest.approx(strict, abs=0.05)
        assert PERFECT[f"O1.ruim_{year}"] == pytest.approx(broad, abs=0.05)


def test_the_order_of_events_is_that_of_the_timeline():
    dates = {row["id"]: row["date"] for row in data.rows("devaart_timeline")}
    event = {"g1": "T09", "g2": "T06", "g3": "T10", "g4": "T01", "g5": "T07", "g6": "T05"}
    told = [dates[event[item]] for item in PERFECT["O1.volgorde"]]
    assert told == sorted(told)
    assert set(event) == {item["id"] for item in data.question("O1.volgorde")["items"]}


def test_the_features_are_those_of_the_market_profile():
    from vermarkting.models.market_profile import FEATURES
    from vermarkting.text import t

    names = ["financier", "uitvoerder", "concurrentie", "keuze", "resultaat"]
    for name, feature in zip(names, FEATURES, strict=True):
        assert t(f"market_profile.features.{feature}") in data.question(f"O1.{name}")["prompt"]
        assert [option["text"] for option in data.question(f"O1.{name}")["categories"]] == ["nee", "deels", "ja"]


def test_the_parts_and_points_announced_are_those_that_are_graded():
    table = source("o1-werkwijze")
    points = {grade_id: cell["metadata"]["nbgrader"]["points"] for grade_id, cell in graded(solution_cells()).items()}
    announced = [12, 20, 2, 16, points["o1-aandelen"] + points["o1-welk-cijfer"], points["o1-bespreking"]]
    assert [
        int(row.split("|")[4]) for row in table.splitlines() if row.startswith("| ") and row[2].isdigit()
    ] == announced
    assert announced[:4] == [points[name] for name in ("o1-termen", "o1-profielen", "o1-volgorde", "o1-tegenspraak")]


def solution_cells():
    return cells(ROOT / "solutions" / "O1" / "O1.ipynb")
