"""The data package: its schema, its references, and figures checked against the published ones or by hand."""

import csv
import json
import re
import shutil
import subprocess
import sys
from collections import Counter

import frictionless
import pytest

from vermarkting import argument_table, data
from vermarkting.content import folder
from vermarkting.models.market_profile import FEATURES

DATA = folder("data")
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
TABLES = {resource["name"]: resource for resource in PACKAGE["resources"] if "schema" in resource}
WITH_SOURCES = [
    name for name, table in TABLES.items() if any(field["name"] == "source_ids" for field in table["schema"]["fields"])
]


def ids(table: str) -> set[str]:
    return {row["id"] for row in data.rows(table)}


def by_id(table: str) -> dict[str, dict]:
    return {row["id"]: row for row in data.rows(table)}


# The package as a whole


def test_the_package_is_valid():
    report = frictionless.Package(str(DATA / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "message"])


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("creaming_evidence", ",L08,", ",L99,"),
        ("market_profiles", ",0.5,1,0,1,0,", ",0.7,1,0,1,0,"),
        ("figures", "F002,", "F001,"),
    ],
    ids=["foreign key", "level", "primary key"],
)
def test_a_broken_table_is_found(tmp_path, table, old, new):
    shutil.copytree(DATA, tmp_path / "data")
    path = tmp_path / "data" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert not frictionless.Package(str(tmp_path / "data" / "datapackage.json")).validate().valid


def test_every_file_is_a_resource_of_the_package():
    listed = [resource["path"] for resource in PACKAGE["resources"]]
    files = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file()}
    assert set(listed) == files - {"datapackage.json"}
    assert len(listed) == len(set(listed))


def test_every_resource_tells_its_title_licence_sources_and_nature():
    for resource in PACKAGE["resources"]:
        assert resource["title"] and resource["sources"], resource["name"]
        assert [licence["name"] for licence in resource["licenses"]] == ["CC-BY-4.0"], resource["name"]
        assert resource["vermarkting:nature"] in ("real", "stylised", "mixed"), resource["name"]


def test_every_table_and_field_is_described():
    for table in TABLES.values():
        assert table["description"], table["name"]
        assert all(field["title"] for field in table["schema"]["fields"]), table["name"]


@pytest.mark.parametrize("table", TABLES)
def test_cells_and_list_items_carry_no_stray_space(table):
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert [cell for cell in cells if cell != cell.strip() or "  " in cell] == []
    lists = [value for row in data.rows(table) for value in row.values() if isinstance(value, list)]
    assert [item for value in lists for item in value if not item or item != item.strip()] == []


# References and sureness


@pytest.mark.parametrize("table", TABLES)
def test_every_item_of_a_list_refers_to_a_row(table):
    for field in TABLES[table]["schema"]["fields"]:
        if "vermarkting:references" not in field:
            continue
        known = ids(field["vermarkting:references"])
        for row in data.rows(table):
            items = row[field["name"]]
            assert set(items) <= known, row
            assert len(items) == len(set(items)), row


@pytest.mark.parametrize("table", WITH_SOURCES)
def test_a_row_without_a_source_is_of_low_sureness_and_unread(table):
    unsourced = [row for row in data.rows(table) if "sureness" in row and not row["source_ids"]]
    for row in unsourced:
        assert row["reading"] == "niet gelezen", row
        assert row["sureness"] == "laag" or row["type"] == "normatief", row


def test_every_figure_has_a_source_that_resolves_and_a_sureness():
    known = ids("sources")
    for row in data.rows("figures"):
        assert row["source_ids"] and set(row["source_ids"]) <= known, row
        assert row["sureness"] in ("hoog", "middel", "laag") and row["reading"], row
        assert isinstance(row["value"], float), row


def test_only_the_reconstruction_of_the_dissenting_voice_has_no_source():
    assert [row["id"] for row in data.rows("arguments") if not row["source_ids"]] == ["L21"]


def test_what_was_not_found_carries_no_figure():
    missing = [row for row in data.rows("sibs") if row["status"] == "niet gevonden in de opzoekingen"]
    assert [row["id"] for row in missing] == ["cornerstone", "boas"]
    for row in missing:
        assert row["capital"] is row["participants"] is row["result"] is None
    assert by_id("market_facts")["nl_transactiekosten"]["value"] == "niet gevonden"


def test_the_sources_are_numbered_without_a_gap():
    expected = [*(f"B{n:02}" for n in range(1, 138)), *(f"S{n}" for n in range(5)), *(f"H{n}" for n in range(1, 12))]
    assert sorted(ids("sources")) == sorted(expected)
    assert by_id("sources")["H1"]["year"] == 1991


def test_a_source_without_a_year_says_so():
    assert all(row["year"] or "onbekend" in row["caveat"] for row in data.rows("sources"))


# Arguments


def test_the_counts_of_the_basic_texts_are_the_published_ones():
    rows = data.rows("arguments")
    seeds = [row for row in rows if row["origin"] == "seed"]
    positions = Counter(row["position"] for row in seeds)
    assert (len(rows), len(seeds)) == (128, 106)
    assert positions == {"pro-markt": 15, "kritisch": 60, "conditioneel": 30, "tegenstem": 1}
    assert sum(len(row["attacks"]) for row in rows) == 90
    assert sum(len(row["supports"]) for row in rows) == 134


def test_each_side_makes_and_takes_its_share_of_the_attacks():
    """The table of 2026 had 75 of 120 attacks on the 19 arguments for the market, which made 8: it judged by itself.

    Now no more than half of the attacks go to that side, and per argument neither side attacks twice as much.
    """
    position = {row["id"]: row["position"] for row in data.rows("arguments")}
    attacks = [(row["position"], position[target]) for row in data.rows("arguments") for target in row["attacks"]]
    on, by = Counter(target for _, target in attacks), Counter(attacker for attacker, _ in attacks)
    size = Counter(position.values())
    assert on["pro-markt"] <= len(attacks) / 2
    assert 0.5 <= (by["pro-markt"] / size["pro-markt"]) / (by["kritisch"] / size["kritisch"]) <= 2
    assert min(on.values()) > 0 and min(by.values()) > 0


def test_the_rule_for_a_finding_does_not_look_at_the_side():
    rows = data.rows("arguments")
    found = argument_table.facts(rows)
    turned = [row | {"position": "kritisch", "values": []} for row in rows]
    assert argument_table.facts(turned) == found
    sides = {row["position"] for row in rows if row["id"] in found}
    assert {"pro-markt", "kritisch", "conditioneel"} <= sides
    assert not any(row["id"] in found for row in rows if row["type"] != "empirisch" or row["origin"] == "seed")


def test_an_argument_never_attacks_itself_or_what_it_supports():
    for row in data.rows("arguments"):
        assert row["id"] not in row["attacks"] + row["supports"], row["id"]
        assert not set(row["attacks"]) & set(row["supports"]), row["id"]


def test_an_argument_of_a_basic_text_tells_where_it_stands():
    for row in data.rows("arguments"):
        if row["origin"] == "seed":
            assert row["source_ids"] == [f"S{int(row['seed_file'][:3])}"] and row["seed_lines"], row["id"]
        else:
            assert row["seed_file"] is None and row["seed_lines"] == [], row["id"]


def test_readers_are_named_by_role_only():
    readers = [row for row in data.rows("arguments") if row["speaker_role"].startswith("lezer")]
    assert len(readers) == 12
    assert {row["speaker"] for row in readers} == {"lezer (reactie)", "lezers (twee reacties)"}


def test_every_value_is_used_and_the_original_wording_is_kept():
    rows = data.rows("arguments")
    assert {value for row in rows for value in row["values"]} == ids("values")
    assert all(row["values_original"] and len(row["values"]) <= len(row["values_original"]) for row in rows)


def test_the_unlawful_tactic_carries_its_warning():
    assert "verboden" in by_id("arguments")["A014"]["caveat"]
    assert by_id("concepts")["C021"]["status"] == "waarschuwing"
    assert len(data.rows("concepts")) == 180


# De Vaart, market profiles, care homes


def test_the_timeline_of_de_vaart_is_in_order():
    dates = [row["date"] for row in data.rows("devaart_timeline")]
    assert dates == sorted(dates)
    assert (dates[0], dates[-1]) == ("2016-03-14", "2017-06-28")


def test_each_conflict_sets_other_sources_against_the_canon():
    rows = data.rows("devaart_conflicts")
    assert {row["id"] for row in rows} == {"afhaken", "procedure", "partner", "prijs", "afloop"}
    for row in rows:
        assert row["seed_source_id"] == "S1" and row["source_ids"] and "S1" not in row["source_ids"]


def test_huisarts_and_fpc_share_one_feature():
    cases = {row["case"]: [row[feature] for feature in FEATURES] for row in data.rows("market_profiles")}
    doctor, centre = cases["Huisarts"], cases["Forensisch Psychiatrisch Centrum (FPC) Gent"]
    assert doctor == [0.5, 1, 0, 1, 0]
    assert centre == [0, 1, 1, 0, 0]
    assert len(cases) == 12


def test_in_a_tender_the_client_does_not_choose():
    cases = by_id("market_profiles")
    assert [cases[name]["client_chooses"] for name in ("vdab_tender", "fpc_gent", "de_vaart")] == [0, 0, 0]


def test_each_case_gives_one_sentence_of_reason():
    for row in data.rows("market_profiles"):
        assert re.fullmatch(r"[^.!?]+\.", row["reason"]), row["id"]


def test_the_shares_of_care_homes_follow_from_the_places():
    rows = data.rows("care_homes")
    assert [row["year"] for row in rows] == list(range(2013, 2023))
    for row in rows:
        kinds = row["public"], row["nonprofit"], row["for_profit"], row["nonprofit_in_group"]
        assert sum(kinds) == row["total"]
        assert row["share_strict_pct"] == pytest.approx(100 * row["for_profit"] / row["total"], abs=0.05)
        broad = row["for_profit"] + row["nonprofit_in_group"]
        assert row["share_broad_pct"] == pytest.approx(100 * broad / row["total"], abs=0.05)


def test_the_definition_of_commercial_doubles_the_growth():
    first, last = data.rows("care_homes")[0], data.rows("care_homes")[-1]
    assert (first["share_broad_pct"], last["share_broad_pct"]) == (18.5, 28.0)
    assert (first["share_strict_pct"], last["share_strict_pct"]) == (11.9, 16.6)


# Other figures


def figure(statement: str) -> float:
    (row,) = [row for row in data.rows("figures") if row["statement"] == statement]
    return row["value"]


def test_computed_figures_follow_from_the_published_ones():
    assert figure("Deel van het geleende geld dat de bank op Rikers Island verloor.") == 17  # 1.2 of 7.2 = 16.7
    assert figure("Jaarlijkse prijs van de duurdere offerte voor het FPC Gent.") == 33.25  # 29.75 + 3.5
    assert figure("Waarde van de hele opdracht voor De Vaart.") == 988287.5  # 395,315 x 2.5


def test_figures_say_the_same_as_the_tables():
    share = data.rows("care_homes")[-1]["share_broad_pct"]
    bonds = {row["month"]: row["impact_bonds"] for row in data.rows("indigo_counts")}
    assert figure("Commercieel aandeel in de plaatsen van woonzorgcentra in 2022, breed geteld.") == share
    assert figure("Impact bonds in de databank INDIGO in april 2024.") == bonds["2024-04"] == 292
    assert figure("Jongvolwassenen in Back on Track.") == by_id("sibs")["backontrack"]["participants"] == 133


def test_the_fees_of_the_work_programme_add_up():
    rows = [row for row in data.rows("work_programme_fees") if row["total_gbp"] is not None]
    assert [row["total_gbp"] for row in rows] == [3810, 4395, 6600, 6600]
    for row in rows:
        assert row["start_fee_gbp"] + row["job_fee_gbp"] + row["sustained_fee_gbp"] == row["total_gbp"]


# Learning goals


def test_every_lesson_and_assignment_has_goals_with_an_activity_and_an_assessment():
    rows = data.rows("learning_goals")
    assert {row["lesson"] for row in rows} == {f"{n:02}" for n in range(11)} | {f"O{n}" for n in range(1, 7)}
    assert all(row["activity"] and row["assessment"] and row["bloom"] for row in rows)
    assert all(row["id"].startswith(f"{row['lesson']}.") for row in rows)


GOALS = re.compile(r"^#+ .*(?:doelen|kun je|kan je).*$", re.MULTILINE | re.IGNORECASE)
LEVEL = re.compile(r"\s*\((?:onthouden|begrijpen|toepassen|analyseren|evalueren|creëren)\)$")


def goals_in(notebook: dict) -> list[str]:
    """Give the items under the first heading that announces goals, without emphasis, level or closing mark."""
    prose = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    text = next(text[match.end() :] for text in prose if (match := GOALS.search(text)))
    items = re.findall(r"^(?:[-*+]|\d+\.)\s+(.+)$", text, re.MULTILINE)
    return [LEVEL.sub("", item.replace("*", "").rstrip(" ;.")).rstrip(" ;.") for item in items]


def test_the_goals_are_those_the_lessons_and_assignments_announce():
    announced = {}
    for path in [*folder("lessons").glob("*.ipynb"), *folder("assignments").glob("*/*.ipynb")]:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        if notebook["metadata"]["vermarkting"]["kind"] != "reference":
            announced[notebook["metadata"]["vermarkting"]["id"]] = goals_in(notebook)
    assert {"00", "01", "02", "03", "O1"} <= set(announced)
    for lesson, goals in announced.items():
        assert [row["goal"] for row in data.rows("learning_goals") if row["lesson"] == lesson] == goals


# The functions that read it


def test_cells_are_typed_by_the_schema():
    argument = by_id("arguments")["A006"]
    assert argument["core"] is True
    assert argument["attacks"] == ["A045", "A052"] and argument["seed_lines"] == ["9", "39", "43", "73"]
    assert argument["caveat"] is None
    profile = by_id("market_profiles")["general_practitioner"]
    assert profile["private_financier"] == 0.5
    assert by_id("sibs")["peterborough"]["capital"] == 5_000_000
    assert by_id("sources")["B03"]["year"] is None


def test_a_caller_cannot_change_the_rows_of_another():
    data.rows("arguments")[0]["values"].append("iets anders")
    assert "iets anders" not in data.rows("arguments")[0]["values"]


def test_a_data_frame_has_the_types_of_the_schema():
    frame = data.load("sibs")
    assert len(frame) == 17
    assert frame["capital"].dtype == "Int64" and frame["start_year"].dtype == "Int64"
    assert frame["capital"].isna().sum() == sum(row["capital"] is None for row in data.rows("sibs"))
    assert data.load("arguments")["core"].dtype == "boolean"
    assert data.load("market_profiles")["payment_by_result"].dtype == "float64"
    assert data.load("devaart_timeline")["date"].is_monotonic_increasing


@pytest.mark.parametrize("read", [data.rows, data.load])
def test_an_unknown_table_is_named(read):
    with pytest.raises(KeyError, match=r"no table 'geld'.*arguments"):
        read("geld")


def test_a_question_is_found_by_its_full_id():
    for path in (DATA / "questions").glob("*.toml"):
        for name, entry in data.questions(path.stem).items():
            assert data.question(f"{path.stem}.{name}") == entry
            assert entry["kind"]


@pytest.mark.parametrize("unknown", ["99.naam", "02.bestaat_niet", "02", "../sources.csv"])
def test_an_unknown_question_is_named(unknown):
    with pytest.raises(KeyError, match=re.escape(repr(unknown))):
        data.question(unknown)


def test_questions_of_an_unknown_lesson_are_named():
    with pytest.raises(KeyError, match="no questions for '99'"):
        data.questions("99")


def test_reading_rows_does_not_import_pandas():
    program = (
        "import sys; from vermarkting import data; data.rows('arguments'); data.questions('02');"
        "print([name for name in ('pandas', 'numpy') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
