import random
import re

import pytest
from argdown_core import parsed
from hypothesis import given
from maps import maps

from vermarkting import data
from vermarkting.formats import Argument, ArgumentMap, FormatError, argdown, read

HARD = [
    "a.b.c. d :x: e ... 10.000.000 :: ..x..",
    "zie http://x.y/z//w /* c */ <!-- d --> <script>alert(1)</script>",
    "{a: b} }{ [L](u) [S]: @[x] @<y> <z>: #tag #(tag) *b* **c** __d__ _e_ ~f~ `g`",
    "=== x === ==== = ==",
    "\\ \\\\ \\n \\* eindigt op \\",
    "- x",
    "+> y",
    "1. y",
    "(1) z",
    "-- a -- b",
    "# kop",
    "// alles",
    "é€😀 ‘x’ “y” … – — ½",
    "'\"",
]


@pytest.fixture(scope="module")
def table():
    return ArgumentMap.from_rows(data.rows("arguments"), "Debat over vermarkting")


def reduced(argument_map: ArgumentMap) -> ArgumentMap:
    """Keep the fields that fit in Argdown."""
    kept = ("key", "position", "origin", "level", "values", "tags")
    return ArgumentMap(
        argument_map.title,
        tuple(
            Argument(one.id, one.text, {name: one.details[name] for name in kept if one.details.get(name)})
            for one in argument_map.arguments
        ),
        argument_map.attacks,
        argument_map.supports,
    )


def test_the_table_makes_the_round_trip(table):
    found = argdown.read(argdown.write(table).encode())
    assert found == reduced(table)
    assert read(argdown.write(table).encode()) == found
    assert argdown.write(found) == argdown.write(table)


def test_an_argument_reads_as_a_person_would_write_it():
    found = ArgumentMap(
        "Titel",
        (
            Argument("A1", "Het werkt.", {"key": "werkt", "position": "pro-markt", "values": ("kennis",)}),
            Argument("A2", "Nee."),
        ),
        (("A2", "A1"),),
        (("A1", "A2"),),
    )
    assert argdown.write(found).split("===\n")[-1] == (
        "\n<A1 werkt>: Het werkt. #positie-pro-markt #waarde-kennis\n    +> <A2>\n\n<A2>: Nee.\n    -> <A1 werkt>\n"
    )


# Argdown's own parser


def test_argdowns_own_parser_reads_the_table(table):
    [found] = parsed([argdown.write(table)])
    titles = {one.id: f"{one.id} {one.details['key']}" for one in table.arguments}
    assert found["errors"] == [] and found["statements"] == 0
    assert found["title"] == "Debat over vermarkting"
    assert {title: text.strip() for title, text in found["texts"].items()} == {
        titles[one.id]: one.text for one in table.arguments
    }
    relations = {tuple(relation) for relation in found["relations"]}
    assert relations == {("attack", titles[one], titles[other]) for one, other in table.attacks} | {
        ("support", titles[one], titles[other]) for one, other in table.supports
    }
    assert len(found["relations"]) == 224
    assert found["tags"]["A025 monopolie"] == [
        *("positie-pro-markt", "herkomst-seed", "niveau-meso", "waarde-mededinging", "waarde-vernieuwing")
    ]


def test_argdowns_own_parser_sees_no_markup_in_hard_texts():
    pieces = [*HARD, *"<>[]{}#@*_/\\:.=-+()|~`'\"&%^!?,;0aé \n\t", "===", "//", "/*", "-->", "<!--", "A1", ". ", ":a"]
    draw = random.Random(4)
    texts = HARD + ["".join(draw.choices(pieces[len(HARD) :], k=draw.randint(1, 12))) for _ in range(600)]
    texts = [" ".join(text.split()) for text in texts if text.strip()]
    maps = [
        ArgumentMap(
            text, (Argument("A1", text, {"key": "k", "tags": ("een tag",)}), Argument("A2", "eind")), (("A2", "A1"),)
        )
        for text in texts
    ]
    for text, found in zip(texts, parsed([argdown.write(one) for one in maps]), strict=True):
        assert found["errors"] == [], text
        assert {title: said.strip() for title, said in found["texts"].items()} == {"A1 k": text, "A2": "eind"}
        assert found["title"] == text
        assert (found["relations"], found["statements"]) == ([["attack", "A2", "A1 k"]], 0)
        assert found["tags"]["A1 k"] == ["een tag"]


def test_our_reader_agrees_with_argdowns_own_parser():
    documents = [
        "<A1>: een\n    + <A2>: twee\n    - <A3>: drie\n        - <A4>: vier\n    +> <A5>: vijf\n    -> <A6>: zes",
        "<A1>: een\n  <+ <A2>: twee\n  <- <A3>: drie\n\n<A2>\n  -> <A3>",
        "<A1 x>: een /* weg */ twee\ndrie // ook weg\n\n<A2 y>: vier #tag {kleur: rood}",
        "# Kop\n\n<A1>: zie [site](http://x.y)\n\n<A2>: 3 \\* 4 \\[x\\]",
    ]
    for document, found in zip(documents, parsed(documents), strict=True):
        ours = argdown.parse(document)
        names = {one.id: f"{one.id} {one.details.get('key', '')}".strip() for one in ours.arguments}
        assert found["errors"] == []
        relations = {("attack", names[a], names[b]) for a, b in ours.attacks}
        relations |= {("support", names[a], names[b]) for a, b in ours.supports}
        assert {tuple(relation) for relation in found["relations"]} == relations
        assert set(found["texts"]) == set(names.values())
        if "[site]" not in document:  # of a link it keeps the title only
            assert {name: " ".join(text.split()) for name, text in found["texts"].items()} == {
                names[one.id]: (one.text + "".join(f" #{tag}" for tag in one.details.get("tags", ())))
                for one in ours.arguments
            }


UNFOLDED = """
[Markt]: Een markt voor zorg werkt.

<Concurrentie>: Wie vergelijkt, betaalt minder. #pro

(1) [Keuze]: Wie kan kiezen, vergelijkt.
(2) Vergelijken drukt de prijs, ook als je
    daarvoor moet reizen.
    - <Kwaliteit>: Dan lijdt de zorg.
--
Modus ponens {uses: [1,2]}
--
(3) De prijs daalt.
(4) Lage prijzen zijn goed.
    + [Budget]: Geld is schaars.
----
(5) [Markt]

<Nabijheid>
  - <Reistijd>

(1) Nabijheid telt.
-- Zo kennen we het --
(2) De markt werkt niet.
  -> [Markt]

[Keuze]: Andere woorden voor hetzelfde.
  >< [Markt]
""".strip()


def our_edges(found: ArgumentMap) -> set[tuple]:
    names = {one.id: one.details.get("key") for one in found.arguments}
    return {("attack", names[a], names[b]) for a, b in found.attacks} | {
        ("support", names[a], names[b]) for a, b in found.supports
    }


@pytest.mark.parametrize(
    "document",
    [
        UNFOLDED,
        "[Zorg]: Geen koopwaar.\n  + <Buurt>: Kent men.\n  // een notitie\n  - <Kosten>: Stijgen.",
        "[Zorg]: Geen koopwaar.\n  + <Buurt>: Kent men.\n  <!-- een\n\n notitie -->\n  - <Kosten>: Stijgen.",
        "[Zorg]: Geen koopwaar.\n  + <Buurt>: Kent men.\n\n[Zorg]: Hoort niet op een markt.\n  - <Kosten>: Stijgen.",
        "[A]: a\n\n  * [Punt]: een van een lijst\n  * en nog een\n\n[B]: b\n  _> <U>\n",
    ],
)
def test_our_map_is_that_of_argdown(document):
    [theirs] = parsed([document])
    ours = argdown.parse(document)
    assert theirs["errors"] == []
    named = {one.details["key"]: one.text for one in ours.arguments if "key" in one.details}
    assert set(theirs["nodes"]) == set(named)
    for name, text in theirs["nodes"].items():
        assert not text or named[name] == re.sub(r" #\w+", "", " ".join(text.split()))
    both_ways = {("attack", b, a) for kind, a, b in theirs["edges"] if kind == "contradictory"}
    kinds = {"contradictory": "attack", "undercut": "attack"}
    assert our_edges(ours) == {(kinds.get(kind, kind), a, b) for kind, a, b in theirs["edges"]} | both_ways


def test_the_premises_of_an_argument_stay_with_it():
    [concurrentie] = [one for one in argdown.parse(UNFOLDED).arguments if one.details.get("key") == "Concurrentie"]
    assert concurrentie.details["premises"] == (
        "Andere woorden voor hetzelfde.; Vergelijken drukt de prijs, ook als je daarvoor moet reizen.; "
        "Lage prijzen zijn goed."
    )
    nabijheid = next(one for one in argdown.parse(UNFOLDED).arguments if one.details.get("key") == "Nabijheid")
    assert nabijheid.text == "De markt werkt niet."


def test_what_a_map_cannot_show_is_named():
    assert argdown.parse(UNFOLDED).left_out == (
        "gegevens tussen accolades (1)",
        "een eerdere tekst onder dezelfde naam: de laatste telt (1)",
        "namen van redeneerregels (2)",
    )
    assert argdown.parse("<A1>: x\n\n  - <A2>\n\nEen losse zin.").left_out == (
        "een pijl die van of naar niets wijst (1)",
        "zinnen zonder naam en zonder pijl (1)",
    )


# Round trips of random maps


@given(maps())
def test_every_map_makes_the_round_trip(argument_map):
    assert argdown.read(argdown.write(argument_map).encode()) == argument_map


# Reading what people write by hand


def relations(text: str) -> dict[str, tuple]:
    found = argdown.parse(text)
    return {"attacks": found.attacks, "supports": found.supports}


@pytest.mark.parametrize(
    ("sign", "attacks", "supports"),
    [
        ("-", [("2", "1")], []),
        ("<-", [("2", "1")], []),
        ("->", [("1", "2")], []),
        ("+", [], [("2", "1")]),
        ("<+", [], [("2", "1")]),
        ("+>", [], [("1", "2")]),
        ("_", [("2", "1")], []),
        ("<_", [("2", "1")], []),
        ("_>", [("1", "2")], []),
        ("><", [("1", "2"), ("2", "1")], []),
    ],
)
def test_every_kind_of_relation(sign, attacks, supports):
    assert relations(f"<1>: een\n  {sign} <2>: twee") == {"attacks": tuple(attacks), "supports": tuple(supports)}


def test_relations_below_relations():
    assert relations("[1]: een\n  - <2>: twee\n    - <3>: drie\n      + <4>\n  - <5>: vijf\n")["attacks"] == (
        *(("2", "1"), ("3", "2"), ("5", "1")),
    )


def test_names_without_a_code_get_one_and_stay_the_same_argument():
    found = argdown.parse(
        "[Markten werken]: Echt waar.\n  - <Cijfers>\n  - zomaar een zin\n\n<Cijfers>: Die zijn er niet.\n"
    )
    assert [(one.id, one.text, one.details) for one in found.arguments] == [
        ("T1", "Echt waar.", {"key": "Markten werken"}),
        ("T2", "zomaar een zin", {}),
        ("T3", "Die zijn er niet.", {"key": "Cijfers"}),
    ]
    assert found.attacks == (("T2", "T1"), ("T3", "T1"))
    assert argdown.parse(argdown.write(found)) == found


def test_an_argument_may_be_named_before_its_text_comes():
    found = argdown.parse("<A1>\n  - <A2 nee>\n\n<A2>: Neen.\n\n<A1 ja>: Ja.\n")
    assert [(one.id, one.text, one.details["key"]) for one in found.arguments] == [
        ("A2", "Neen.", "nee"),
        ("A1", "Ja.", "ja"),
    ]


def test_an_argument_that_is_only_named_shows_its_name():
    assert [one.text for one in argdown.parse("<A1 naam>\n  - <A2>").arguments] == ["naam", "A2"]


def test_comments_data_headings_and_loose_texts_are_left_out():
    found = argdown.parse(
        "===\ntitle: Mijn debat\nauthor: ik\n===\n\n# Kop\n\nInleiding zonder naam.\n\n/* weg\n\nook */\n"
        "<A1>: een // weg\ntwee <!-- weg --> drie {color: red}\n\n{a: b}\n"
    )
    assert found.title == "Mijn debat"
    assert [(one.id, one.text) for one in found.arguments] == [("A1", "een twee drie")]


def test_without_front_matter_the_first_heading_is_the_title():
    assert argdown.parse("# Mijn \\*kop\\*\n\n## Tweede\n\n<A1>: x\n").title == "Mijn *kop*"


def test_what_is_written_as_a_script_stays_a_text():
    script = "<script>alert('x')</script><img src=x onerror=alert(1)> [klik](javascript:alert(1)) ${x} {{y}} $(z)"
    found = ArgumentMap(script, (Argument("A1", script),))
    assert argdown.parse(argdown.write(found)) == found


def test_a_text_with_two_lengths_too_long_is_refused():
    with pytest.raises(FormatError, match=re.escape("10.000")):
        argdown.parse(f"<A1>: {'x' * 10_001}")
    assert argdown.parse(f"<A1>: {'x' * 10_000}").arguments[0].text == "x" * 10_000
