import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from maps import TEXTS, maps

from vermarkting import data
from vermarkting.formats import Argument, ArgumentMap, aif, read


@pytest.fixture(scope="module")
def table():
    return ArgumentMap.from_rows(data.rows("arguments"), "Debat over vermarkting")


def document(nodes: str, edges: str, wrapped: bool = True) -> bytes:
    """Build a file from ``"1:I 2:CA"`` and ``"1>2"``."""
    graph = {
        "nodes": [
            {"nodeID": one, "type": kind, "text": f"tekst {one}"}
            for one, kind in (node.split(":") for node in nodes.split())
        ],
        "edges": [
            {"edgeID": str(number), "fromID": one, "toID": other, "formEdgeID": None}
            for number, (one, other) in enumerate(edge.split(">") for edge in edges.split())
        ],
    }
    return json.dumps({"AIF": graph} if wrapped else graph).encode()


def test_the_table_makes_the_round_trip_with_every_field(table):
    found = aif.read(aif.write(table).encode())
    assert found == table
    assert found.rows() == data.rows("arguments")
    assert read(aif.write(table).encode()) == found


def test_the_nodes_are_those_of_the_format(table):
    # By hand from the table: 128 arguments; 210 premises, parted by semicolons, under 128 arguments; 134 supports; 90
    # attacks. An edge from each premise, and one from each set of premises; two for each support and attack.
    rows = data.rows("arguments")
    premises = sum(len(row["premises"].split(";")) for row in rows)
    graph = json.loads(aif.write(table))["AIF"]
    kinds = [node["type"] for node in graph["nodes"]]
    assert (kinds.count("I"), kinds.count("RA"), kinds.count("CA")) == (128 + premises, 128 + 134, 90)
    assert len(graph["edges"]) == premises + 128 + 2 * (134 + 90)
    assert (len(kinds), len(graph["edges"])) == (690, 786)  # counted before by other code
    assert len({node["nodeID"] for node in graph["nodes"]}) == len(kinds)
    texts = {node["nodeID"]: node["text"] for node in graph["nodes"]}
    kind = dict(zip(texts, kinds, strict=True))
    for edge in graph["edges"]:
        assert "I" in (kind[edge["fromID"]], kind[edge["toID"]]) and kind[edge["fromID"]] != kind[edge["toID"]]


def test_without_what_only_we_write_the_graph_is_still_there(table):
    # Another tool may drop fields that it does not know. Premises are arguments of their own then.
    graph = json.loads(aif.write(table))
    for node in graph["AIF"]["nodes"]:
        node.pop("vermarkting", None)
    found = aif.parse(json.dumps(graph))
    texts = {one.id: one.text for one in found.arguments}
    ours = {one.id: one.text for one in table.arguments}
    assert [(texts[a], texts[b]) for a, b in found.attacks] == [(ours[a], ours[b]) for a, b in table.attacks]
    assert {(ours[a], ours[b]) for a, b in table.supports} <= {(texts[a], texts[b]) for a, b in found.supports}


DETAILS = st.dictionaries(
    st.sampled_from(["key", "core", "premises", "values", "url", "seed_lines"]),
    st.none() | st.booleans() | TEXTS | st.lists(TEXTS, max_size=3).map(tuple),
    max_size=5,
)


@given(maps(DETAILS))
def test_every_map_makes_the_round_trip(argument_map):
    assert aif.read(aif.write(argument_map).encode()) == argument_map


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_graph_of_somebody_else(wrapped):
    found = aif.read(document("10:I 20:I 30:I 40:RA 50:CA", "10>40 40>20 30>50 50>20", wrapped))
    assert [(one.id, one.text) for one in found.arguments] == [
        ("10", "tekst 10"),
        ("20", "tekst 20"),
        ("30", "tekst 30"),
    ]
    assert (found.supports, found.attacks) == ((("10", "20"),), (("30", "20"),))
    assert found.title == ""


@pytest.mark.parametrize(
    ("nodes", "edges", "attacks", "supports"),
    [
        # linked premises: each supports
        ("1:I 2:I 3:I 4:RA", "1>4 2>4 4>3", [], [("1", "3"), ("2", "3")]),
        # an undercut: an attack on an inference is one on its premises
        ("1:I 2:I 3:I 4:RA 5:CA", "1>4 4>2 3>5 5>4", [("3", "1")], [("1", "2")]),
        # who said what, and what is preferred, is left out
        ("1:I 2:L 3:YA 4:I 5:CA 6:TA 7:PA", "2>3 3>1 4>5 5>1 2>6 6>2 4>7 7>1", [("4", "1")], []),
        # attacks and supports in a circle, and on itself
        ("1:I 2:I 3:CA 4:CA 5:RA", "1>3 3>2 2>4 4>1 1>5 5>1", [("1", "2"), ("2", "1")], [("1", "1")]),
        # schemes in a circle, or with one side only, say nothing
        ("1:I 2:CA 3:CA 4:RA 5:RA", "2>3 3>2 4>5 5>4 1>4", [], []),
    ],
)
def test_shapes_of_graphs(nodes, edges, attacks, supports):
    found = aif.read(document(nodes, edges))
    assert (list(found.attacks), list(found.supports)) == (attacks, supports)


def test_names_of_nodes_that_cannot_be_codes_get_one():
    found = aif.read(document("n_1:I T1:I x<b:I c:CA", "n_1>c c>x<b"))
    assert [one.id for one in found.arguments] == ["T2", "T1", "T3"]
    assert found.attacks == (("T2", "T3"),)


def test_an_attack_on_a_premise_of_ours_is_one_on_its_argument():
    graph = json.loads(aif.write(ArgumentMap("", (Argument("A1", "x", {"premises": "p; q"}), Argument("A2", "y")))))
    premise = next(node["nodeID"] for node in graph["AIF"]["nodes"] if node["text"] == "q")
    attacker = next(node["nodeID"] for node in graph["AIF"]["nodes"] if node["text"] == "y")
    graph["AIF"]["nodes"].append({"nodeID": "c", "type": "CA", "text": ""})
    graph["AIF"]["edges"] += [{"fromID": attacker, "toID": "c"}, {"fromID": "c", "toID": premise}]
    assert aif.parse(json.dumps(graph)).attacks == (("A2", "A1"),)


def test_what_is_written_as_a_script_stays_a_text():
    script = "</script><script>alert('x')</script> \\u003cb>"
    found = ArgumentMap(script, (Argument("A1", script, {"caveat": script}),))
    assert aif.parse(aif.write(found)) == found
