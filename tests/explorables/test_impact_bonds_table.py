"""The table of real bonds shows the data package as it is, through every filter, and compares two honestly."""

import itertools

import pytest
from walk import parts, set_bets

from vermarkting import data
from vermarkting.explorables import impact_bonds_table
from vermarkting.explorables.impact_bonds_table import FIELDS, FILTERS, LOOKS, bonds


@pytest.fixture
def page():
    found = impact_bonds_table()
    set_bets(found)
    return found


def filters(page) -> dict:
    return dict(zip(FILTERS, parts(page, "choice"), strict=False))


def shown(page) -> list[str]:
    [chart] = parts(page, "chart")
    return [row[0].split(" (")[0] for row in chart.table["rows"]]


def test_every_bond_has_its_labels_and_every_label_a_bond():
    assert {row["id"] for row in data.rows("sibs")} == {row["id"] for row in data.rows("sib_labels")}
    assert len(bonds()) == 17
    for name, values in FILTERS.items():
        assert {bond[name] for bond in bonds()} == set(values)
        assert all(value in LOOKS for value in values) or name in ("region", "theme_group")


def test_labels_agree_with_the_table_of_sources():
    for bond in bonds():
        if bond["outcome"] == "no_trace":
            assert not bond["source_ids"] and bond["sureness"] == "laag"
        if bond["outcome"] in ("met", "partly", "not_met", "interim"):
            assert bond["result"] and bond["result"] != "niet gevonden"
        if bond["comparison"] == "group":
            assert bond["comparison_group"].startswith("ja")
        if bond["comparison"] == "none":
            assert bond["comparison_group"].lower().startswith("nee")


def test_oldest_first_and_those_without_a_year_last():
    years = [bond["start_year"] for bond in bonds()]
    known = [year for year in years if year]
    assert known == sorted(known)
    assert years[: len(known)] == known


def test_the_opening_counts_all(page):
    [chart] = parts(page, "chart")
    assert len(shown(page)) == 17
    assert (
        "Je ziet 17 van de 17 namen. Van 5 vonden we een eindcijfer naast het doel: 3 gehaald, 1 deels"
        in chart.sentence
    )
    assert "Bij 9 is er een echte vergelijkingsgroep." in chart.sentence


@pytest.mark.parametrize("name", FILTERS)
def test_each_filter_parts_the_table(page, name):
    choice = filters(page)[name]
    seen = []
    for value in FILTERS[name]:
        choice.value = value
        wanted = [bond["short_name"] for bond in bonds() if bond[name] == value]
        assert shown(page) == wanted
        seen += wanted
    assert sorted(seen) == sorted(bond["short_name"] for bond in bonds())


def test_filters_work_together(page):
    for region, outcome in itertools.product(FILTERS["region"], FILTERS["outcome"]):
        filters(page)["region"].value, filters(page)["outcome"].value = region, outcome
        wanted = [b["short_name"] for b in bonds() if b["region"] == region and b["outcome"] == outcome]
        [chart] = parts(page, "chart")
        if wanted:
            assert shown(page) == wanted
            assert all(trace["y"] == [f"{name} " for name in wanted] for trace in chart.spec["data"])
        else:
            assert chart.sentence.startswith("Geen enkele van de 17 namen past bij deze keuze")
        if len(wanted) == 1:
            assert wanted[0] in chart.sentence


def test_all_comes_back(page):
    filters(page)["region"].value = "us"
    filters(page)["outcome"].value = "none_found"
    parts(page, "button")[0]._handle_custom_msg("click", [])
    assert len(shown(page)) == 17


def test_the_picture_says_the_same_as_the_table(page):
    [chart] = parts(page, "chart")
    for place, trace in enumerate(chart.spec["data"]):
        assert [text.strip() for text in trace["text"]] == [row[2 + place] for row in chart.table["rows"]]


def test_two_bonds_side_by_side_with_note_and_sureness(page):
    left, right, about = parts(page, "choice")[-3:]
    rows = {row["id"]: row for row in data.rows("sibs")}
    for one, other in [("rikers", "newpin"), ("duo", "boas"), ("vdabziek", "educate")]:
        left.value, right.value = one, other
        for about.value, fields in FIELDS.items():
            words = page._repr_mimebundle_()["text/plain"]
            for bond in (rows[one], rows[other]):
                assert bond["name"] in words and f"zekerheid: {bond['sureness']}" in words
                assert all(bond[field] in words for field in fields if bond[field])
                assert ", ".join(bond["source_ids"]) in words
    assert rows["peterborough"]["critical_note"] not in words


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        (
            "peterborough",
            "utah",
            "Maar één van de twee heeft volgens onze bronnen een echte vergelijkingsgroep: Peterb",
        ),
        ("utah", "educate", "vergelijkingsgroep: Educate Girls"),
        ("peterborough", "rikers", "Bij allebei is er een echte vergelijkingsgroep"),
        ("utah", "buzrdam", "Bij geen van beide vonden we een echte vergelijkingsgroep"),
        ("utah", "utah", "Je koos twee keer dezelfde naam"),
    ],
)
def test_whether_two_results_may_be_compared(page, left, right, told):
    for choice, value in zip(parts(page, "choice")[-3:-1], (left, right), strict=True):
        choice.value = value
    assert told in page._repr_mimebundle_()["text/plain"]
