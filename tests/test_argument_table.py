"""The acceptability of every argument over all rankings is worked out beforehand: here it is worked out again."""

from collections import Counter

from vermarkting import argument_table, data
from vermarkting.content import folder
from vermarkting.models.argumentation import Framework, accepted, facts_first


def test_the_table_is_what_the_model_says():
    assert data.rows("acceptability") == [
        row | {name: row[name].split(";") if row[name] else [] for name in ("accepted_by", "refused_by")}
        for row in argument_table.acceptability_rows()
    ]


def test_the_command_writes_the_same_file(tmp_path, monkeypatch):
    monkeypatch.setattr(argument_table, "folder", lambda name: tmp_path)
    argument_table.main()
    written = (tmp_path / "acceptability.csv").read_bytes()
    assert written == (folder("data") / "acceptability.csv").read_bytes()


def test_the_counts_that_a_lesson_may_tell():
    counts = Counter(row["acceptability"] for row in data.rows("acceptability"))
    assert counts == {"objective": 89, "subjective": 24, "indefensible": 15}


def test_the_examples_hold_for_their_audiences():
    rows = data.rows("arguments")
    facts = argument_table.facts(rows)
    graph, values = facts_first(argument_table.framework(rows), argument_table.values(rows), facts)
    for row in data.rows("acceptability"):
        assert bool(row["accepted_by"]) is bool(row["refused_by"]) is (row["acceptability"] == "subjective")
        if row["accepted_by"]:
            assert accepted(graph, values, row["accepted_by"])[row["argument_id"]] != "rejected"
            assert accepted(graph, values, row["refused_by"])[row["argument_id"]] != "sceptical"


def test_attacks_on_rows_that_are_not_given_are_left_out():
    rows = [{"id": "a", "attacks": ["b", "c"], "values": ["x"]}, {"id": "b", "attacks": [], "values": []}]
    assert argument_table.framework(rows) == Framework(frozenset("ab"), frozenset({("a", "b")}))
    assert argument_table.values(rows) == {"a": ["x"], "b": []}
