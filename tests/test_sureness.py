"""How sure a fact is follows from attributes of its sources, in each table and text; how it was read stands apart."""

import pytest

from vermarkting import data, sureness
from vermarkting.content import folder
from vermarkting.sureness import independent, of_citation, of_row, reading


def source(code: str, **told: object) -> dict:
    plain = {"kind": "pers", "interest": "geen", "directness": "verslag", "tied_to": [], "publisher": code}
    return {"id": code, "reading": "uittreksel", **plain, **told}


STUDY = source("study", kind="wetenschap", directness="eerste hand")
OTHER_STUDY = source("other", kind="wetenschap", directness="eerste hand")
PAPER, RIVAL = source("paper"), source("rival")
PARTY = source("party", interest="standpunt")
INVESTOR = source("investor", interest="betrokken", directness="eerste hand")
REVIEW = source("review", directness="overzicht")
LAW = source("law", kind="wet", directness="eerste hand", reading="naverteld")
RETELLING = source("retelling", tied_to=["study"])
SAME_HOUSE = source("same", publisher="paper")


@pytest.mark.parametrize(
    ("sources", "grade"),
    [
        ([], "laag"),
        ([PAPER], "laag"),
        ([PARTY], "laag"),
        ([INVESTOR], "laag"),
        ([INVESTOR, PARTY], "laag"),  # two, but each with something to win
        ([PAPER, SAME_HOUSE], "laag"),  # one publisher counts once
        ([STUDY], "middel"),
        ([PAPER, RIVAL], "middel"),
        ([PAPER, INVESTOR], "middel"),
        ([STUDY, RETELLING], "middel"),  # who retells a study adds nothing
        ([STUDY, OTHER_STUDY], "hoog"),
        ([STUDY, PAPER], "hoog"),
        ([STUDY, INVESTOR], "hoog"),
        ([REVIEW], "hoog"),
        ([LAW], "hoog"),
    ],
    ids=lambda value: "+".join(row["id"] for row in value) if isinstance(value, list) else value,
)
def test_the_rule(monkeypatch, sources, grade):
    monkeypatch.setattr(sureness, "_sources", lambda: {row["id"]: row for row in sources})
    assert sureness.sureness(row["id"] for row in sources) == grade
    assert sureness.sureness(row["id"] for row in reversed(sources)) == grade


def test_a_chain_of_ties_makes_one_group(monkeypatch):
    chain = [source("a", tied_to=["b"]), source("b"), source("c", tied_to=["b"]), source("d")]
    monkeypatch.setattr(sureness, "_sources", lambda: {row["id"]: row for row in chain})
    assert sorted(map(sorted, independent("acd"))) == [["a", "c"], ["d"]]


def test_how_it_was_read_does_not_change_how_sure_it_is(monkeypatch):
    for way in sureness.READINGS:
        rows = {"study": STUDY | {"reading": way}, "party": PARTY | {"reading": "geheel"}}
        monkeypatch.setattr(sureness, "_sources", lambda rows=rows: rows)
        assert sureness.sureness(["study"]) == "middel" and reading(["study"]) == way
        assert sureness.sureness(["party"]) == "laag" and reading(["study", "party"]) == "geheel"
    assert reading([]) == "niet gelezen"


def test_cases_of_the_tables():
    """By hand: a party alone, one paper, a paper beside the party, a study, the law, and what is no fact."""
    assert [of_citation([code]) for code in ("B56", "B62", "B96", "B82")] == ["laag", "laag", "middel", "hoog"]
    assert of_citation(["B55", "B56"]) == "middel"
    assert of_citation(["B64", "B65"]) == "middel"  # the same authors
    assert of_citation(["A018", "S0"]) == "oordeel"
    assert of_citation(["L09", "B96"]) == "middel"


@pytest.mark.parametrize("table", sureness.tables())
def test_every_row_has_the_grades_of_the_rule(table):
    for row in data.rows(table):
        assert (row["sureness"], row["reading"]) == (of_row(row), reading(row["source_ids"])), row


def test_all_tables_that_tell_a_sureness_are_graded():
    assert set(sureness.tables()) == {table for table in data.tables() if "sureness" in data.fields(table)}
    assert len(sureness.tables()) == 14


@pytest.mark.parametrize("path", sureness.texts(), ids=lambda path: path.name)
def test_every_citation_has_the_grade_of_the_rule(path):
    text = path.read_text(encoding="utf-8")
    assert sureness.graded(text) == text


def test_the_dossier_that_students_weigh_really_differs():
    """O1 gives no grades, and its sources would earn different ones: a student has something to weigh."""
    told = (folder("lessons").parent / "assignments" / "O1" / "O1.ipynb").read_text(encoding="utf-8")
    assert not sureness.CITED.search(told)
    cited = set(sureness.CODE.findall(told))
    rows = [row for row in data.rows("sources") if row["id"] in cited]
    assert len({row["kind"] for row in rows}) >= 3 and len({row["interest"] for row in rows}) >= 2
    assert {of_citation(group) for group in (["B56"], ["B55", "B56"], ["B59", "B60", "B61"])} == {"laag", "middel"}
