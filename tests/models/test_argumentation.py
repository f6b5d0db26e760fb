from collections import Counter
from itertools import chain, combinations, permutations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vermarkting import data
from vermarkting.models import argumentation
from vermarkting.models.argumentation import (
    Acceptability,
    Acceptance,
    Framework,
    Label,
    acceptability,
    acceptance,
    accepted,
    deciding_audiences,
    defeats,
    facts_first,
    grounded,
    objectively_acceptable,
    preferred,
    subjectively_acceptable,
)
from vermarkting.models.parameters import ParameterError


def graph(text: str, alone: str = "") -> Framework:
    """Build a framework from ``"b>a c>b"``: b attacks a, c attacks b; and from arguments without any attack."""
    attacks = [tuple(pair.split(">")) for pair in text.split()]
    return Framework(frozenset(chain(alone.split(), *attacks)), frozenset(attacks))


def extensions(framework: Framework) -> list[str]:
    return ["".join(sorted(extension)) for extension in preferred(framework)]


def labels(framework: Framework) -> dict[str, str]:
    return {argument: label.value for argument, label in grounded(framework).items()}


# A slow, literal reading of the definitions, to compare with


def subsets(items):
    items = sorted(items)
    return (frozenset(some) for some in chain.from_iterable(combinations(items, n) for n in range(len(items) + 1)))


def is_admissible(framework: Framework, some: frozenset) -> bool:
    attacked = {target for attacker, target in framework.attacks if attacker in some}
    attackers = {attacker for attacker, target in framework.attacks if target in some}
    return not attacked & some and attackers <= attacked


def literal_preferred(framework: Framework) -> set[frozenset]:
    admissible = [some for some in subsets(framework.arguments) if is_admissible(framework, some)]
    return {some for some in admissible if not any(some < other for other in admissible)}


def literal_grounded(framework: Framework) -> frozenset:
    """The smallest set that holds exactly what it defends."""

    def defended(some):
        attacked = {target for attacker, target in framework.attacks if attacker in some}
        return frozenset(
            argument
            for argument in framework.arguments
            if {attacker for attacker, target in framework.attacks if target == argument} <= attacked
        )

    return min((some for some in subsets(framework.arguments) if defended(some) == some), key=len)


def literal_verdict(framework, values, argument) -> str:
    """Rank all values in every order; an attack fails when its target's best place is better than its attacker's."""
    verdicts = set()
    for order in permutations(sorted(set().union(*values.values()))):
        place = {one: min([order.index(value) for value in values[one]], default=99) for one in framework.arguments}
        succeeding = [(a, b) for a, b in framework.attacks if not place[b] < place[a]]
        held = [argument in some for some in literal_preferred(Framework(framework.arguments, frozenset(succeeding)))]
        verdicts |= {"all" if all(held) else "some" if any(held) else "none"}
    return {("all",): "objective", ("none",): "indefensible"}.get(tuple(verdicts), "subjective")


names = st.sampled_from("abcdefg")
frameworks = st.builds(
    lambda arguments, attacks: Framework(
        arguments, frozenset(pair for pair in attacks if pair[0] in arguments and pair[1] in arguments)
    ),
    st.frozensets(names, max_size=7),
    st.frozensets(st.tuples(names, names), max_size=20),
)
small_frameworks = st.builds(
    lambda attacks: Framework(frozenset("abcde"), attacks),
    st.frozensets(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")), max_size=9),
)
some_values = st.fixed_dictionaries({name: st.frozensets(st.sampled_from("wxyz"), max_size=2) for name in "abcde"})
one_value = st.fixed_dictionaries({name: st.sampled_from(["w", "x", "y"]).map(frozenset) for name in "abcdefg"})


# Dung (1995): his examples and the standard small cases, worked out by hand


def test_two_people_quarrel_and_a_third_remark_settles_it():
    # Dung's opening example: i1 and a attack each other, i2 attacks a. The last word goes to i1 and i2.
    quarrel = Framework(frozenset({"i1", "i2", "a"}), frozenset({("i1", "a"), ("a", "i1"), ("i2", "a")}))
    assert preferred(quarrel) == [frozenset({"i1", "i2"})]
    assert labels(quarrel) == {"a": "out", "i1": "in", "i2": "in"}


def test_the_nixon_diamond_has_two_preferred_extensions_and_an_empty_grounded_one():
    diamond = graph("a>b b>a")
    assert extensions(diamond) == ["a", "b"]
    assert labels(diamond) == {"a": "undecided", "b": "undecided"}
    assert set(acceptance(diamond).values()) == {Acceptance.CREDULOUS}


@pytest.mark.parametrize(
    ("attacks", "expected", "grounded_in"),
    [
        ("a>a", [""], ""),
        ("a>b b>c c>a", [""], ""),
        ("a>b b>c c>d d>a", ["ac", "bd"], ""),
        ("b>a c>b", ["ac"], "ac"),
        ("d>c c>b b>a", ["bd"], "bd"),
        # floating defeat: whoever wins between a and b, c falls and d stands; grounded labelling does not see that
        ("a>b b>a a>c b>c c>d", ["ad", "bd"], ""),
        # an odd circle is broken from outside
        ("x>a a>b b>c c>a", ["bx"], "bx"),
        # a circle of three behind a choice: b ends it by beating c, a leaves nothing else to accept
        ("a>b b>a b>c c>d d>e e>c", ["a", "bd"], ""),
    ],
)
def test_small_frameworks(attacks, expected, grounded_in):
    framework = graph(attacks)
    assert extensions(framework) == expected
    assert {argument for argument, label in labels(framework).items() if label == "in"} == set(grounded_in)


def test_floating_acceptance_is_sceptical_and_its_defeat_a_rejection():
    assert acceptance(graph("a>b b>a a>c b>c c>d")) == {
        "a": Acceptance.CREDULOUS,
        "b": Acceptance.CREDULOUS,
        "c": Acceptance.REJECTED,
        "d": Acceptance.SCEPTICAL,
    }


def test_without_arguments_the_empty_set_is_the_one_extension():
    assert preferred(Framework(frozenset())) == [frozenset()]
    assert grounded(Framework(frozenset())) == {}


def test_labels_are_words():
    assert [*Label] == ["in", "out", "undecided"]
    assert [*Acceptance] == ["sceptical", "credulous", "rejected"]
    assert [*Acceptability] == ["objective", "subjective", "indefensible"]


# Random small graphs against the literal reading


@given(frameworks)
@settings(max_examples=400)
@example(graph("a>b b>a b>c c>d d>c d>e e>f f>g g>e"))
@example(graph("a>b b>c c>a c>d d>e e>d"))
@example(graph("a>a a>b b>c c>b"))
def test_extensions_and_labels_are_those_of_the_definitions(framework):
    expected = literal_preferred(framework)
    found = preferred(framework)
    assert set(found) == expected and len(found) == len(expected)
    assert found == sorted(found, key=sorted)
    assert {argument for argument, label in grounded(framework).items() if label is Label.IN} == literal_grounded(
        framework
    )
    for argument, verdict in acceptance(framework).items():
        held = [argument in some for some in expected]
        assert verdict == ("sceptical" if all(held) else "credulous" if any(held) else "rejected")


@given(frameworks)
def test_the_grounded_part_is_in_every_preferred_extension_and_those_are_admissible(framework):
    marked = grounded(framework)
    won = {argument for argument, label in marked.items() if label is Label.IN}
    for extension in preferred(framework):
        assert won <= extension
        assert is_admissible(framework, extension)
        assert not any(marked[argument] is Label.OUT for argument in extension)


@given(frameworks)
def test_out_is_what_something_in_attacks(framework):
    marked = grounded(framework)
    beaten = {target for attacker, target in framework.attacks if marked[attacker] is Label.IN}
    assert {argument for argument, label in marked.items() if label is Label.OUT} == beaten


@given(frameworks, st.permutations("abcdefg"))
def test_other_names_change_nothing_else(framework, order):
    other = dict(zip("abcdefg", order, strict=True))
    renamed = Framework(
        frozenset(other[argument] for argument in framework.arguments),
        frozenset((other[attacker], other[target]) for attacker, target in framework.attacks),
    )
    assert {frozenset(other[one] for one in some) for some in preferred(framework)} == set(preferred(renamed))
    assert {other[one]: label for one, label in grounded(framework).items()} == grounded(renamed)


@given(frameworks, frameworks)
def test_debates_that_do_not_touch_choose_independently(one, two):
    moved = Framework(
        frozenset(argument.upper() for argument in two.arguments),
        frozenset((attacker.upper(), target.upper()) for attacker, target in two.attacks),
    )
    both = Framework(one.arguments | moved.arguments, one.attacks | moved.attacks)
    assert set(preferred(both)) == {left | right for left in preferred(one) for right in preferred(moved)}
    assert acceptance(both) == acceptance(one) | acceptance(moved)


# Switching off


def test_switching_off_an_argument_takes_its_attacks_along():
    chain_of_three = graph("b>a c>b")
    assert chain_of_three.without(arguments=["c", "never heard of"]) == graph("b>a")
    assert labels(chain_of_three.without(arguments={"c"})) == {"a": "out", "b": "in"}


def test_a_failing_attack_leaves_both_arguments():
    assert graph("b>a c>b").without(attacks=[("c", "b"), ("a", "c")]) == graph("b>a", alone="c")


def test_among_keeps_the_attacks_between():
    assert graph("b>a c>b d>c").among("abc") == graph("b>a c>b")


def test_an_attack_on_an_unknown_argument_is_refused():
    with pytest.raises(ParameterError, match="aanval van a op b"):
        Framework(frozenset({"a"}), frozenset({("a", "b")}))


# Values. Bench-Capon (2003), section 7: Hal takes Carla's insulin to stay alive. A: a life is worth more than property.
# B: property may not be infringed. C: Hal must compensate. D: who is too poor to compensate, may still live.
# Each attacks the one before it. A and D are about life, B and C about property. Worked out by hand:
# life first: B cannot defeat A; D defeats C, so B stands. Property first: D cannot defeat C, C defeats B, A stands.

INSULIN = graph("b>a c>b d>c")
LIFE_OR_PROPERTY = {"a": ["life"], "b": ["property"], "c": ["property"], "d": ["life"]}


@pytest.mark.parametrize(
    ("audience", "expected"),
    [(["life", "property"], "abd"), (["property", "life"], "acd"), ([["life", "property"]], "bd"), ([], "bd")],
)
def test_hal_and_carla(audience, expected):
    assert extensions(defeats(INSULIN, LIFE_OR_PROPERTY, audience)) == [expected]
    verdicts = accepted(INSULIN, LIFE_OR_PROPERTY, audience)
    assert {argument for argument, verdict in verdicts.items() if verdict == "sceptical"} == set(expected)


def test_people_who_disagree_on_values_agree_on_hal_and_on_the_poor():
    assert objectively_acceptable(INSULIN, LIFE_OR_PROPERTY) == {"a", "d"}
    assert subjectively_acceptable(INSULIN, LIFE_OR_PROPERTY) == {"a", "b", "c", "d"}


def test_a_fact_that_everyone_puts_first_settles_it():
    # Section 8: F, Carla needs the insulin herself (life), attacks A; G, she has plenty (fact), attacks F.
    told = Framework(INSULIN.arguments | {"f"}, INSULIN.attacks | {("f", "a")})
    known = Framework(told.arguments | {"g"}, told.attacks | {("g", "f")})
    values = LIFE_OR_PROPERTY | {"f": ["life"], "g": ["fact"]}
    for audience, with_g in ((["fact", "life", "property"], "abdg"), (["fact", "property", "life"], "acdg")):
        assert "a" not in preferred(defeats(told, values, audience))[0]
        assert extensions(defeats(known, values, audience)) == [with_g]


# Circles of red and blue arguments (section 5 and 6 of the article), worked out by hand: within a colour attacks
# succeed, and an attack on the favourite colour fails.
@pytest.mark.parametrize(
    ("attacks", "red", "blue", "red_first", "blue_first"),
    [
        ("a>b b>a", "a", "b", "a", "b"),
        ("a>b b>c c>a", "ab", "c", "ac", "bc"),  # red first: c cannot reach a; a beats b, so c stands
        ("a>b b>c c>d d>a", "ac", "bd", "ac", "bd"),
        ("a>b b>c c>d d>a", "ab", "cd", "ac", "ac"),
        ("a>b b>c c>d d>a", "abc", "d", "ac", "bd"),
    ],
)
def test_red_and_blue_circles_have_one_answer_per_audience(attacks, red, blue, red_first, blue_first):
    framework = graph(attacks)
    values = {argument: ["red" if argument in red else "blue"] for argument in red + blue}
    assert extensions(defeats(framework, values, ["red", "blue"])) == [red_first]
    assert extensions(defeats(framework, values, ["blue", "red"])) == [blue_first]
    assert objectively_acceptable(framework, values) == set(red_first) & set(blue_first)
    assert subjectively_acceptable(framework, values) == set(red_first) | set(blue_first)


def test_a_circle_of_one_colour_is_no_easier_than_without_values():
    values = {argument: ["red"] for argument in "abc"}
    assert extensions(defeats(graph("a>b b>a", alone="c"), values, ["red"])) == ["ac", "bc"]
    assert extensions(defeats(graph("a>b b>c c>a"), values, ["red"])) == [""]
    assert acceptability(graph("a>b b>a"), values) == dict.fromkeys("ab", Acceptability.SUBJECTIVE)
    assert acceptability(graph("a>b b>c c>a"), values) == dict.fromkeys("abc", Acceptability.INDEFENSIBLE)


@given(frameworks, one_value, st.permutations(["w", "x", "y"]))
def test_without_a_circle_of_one_colour_an_audience_has_one_answer(framework, values, audience):
    # The article's theorem: every circle with two colours has an attack that fails.
    same = Framework(framework.arguments, frozenset(pair for pair in framework.attacks if pair[0] != pair[1]))
    flat = frozenset(pair for pair in same.attacks if values[pair[0]] != values[pair[1]])
    several = Framework(same.arguments, flat)
    answer = preferred(defeats(several, values, audience))
    assert len(answer) == 1
    labelled = grounded(defeats(several, values, audience))
    assert answer[0] == {argument for argument, label in labelled.items() if label is Label.IN}


# The rule for several values, ties and values left out


@pytest.mark.parametrize(
    ("attacker", "target", "audience", "succeeds"),
    [
        (["y"], ["x"], ["x", "y"], False),
        (["x"], ["y"], ["x", "y"], True),
        (["x"], ["x"], ["x", "y"], True),
        (["y"], ["y", "x"], ["x", "y"], False),  # the best of the target's values protects it
        (["y", "x"], ["x"], ["x", "y"], True),  # the attacker promotes it as well
        (["y", "z"], ["z", "x"], ["y", "x", "z"], True),
        (["y"], ["x"], [["x", "y"]], True),  # a tie
        (["y"], ["x"], [{"x", "z"}, "y"], False),
        (["z"], ["x"], ["x"], False),  # a value that the audience leaves out comes after all others
        (["z"], ["y"], ["x"], True),  # two of them are equal
        ([], ["x"], ["x"], False),
        (["x"], [], ["x"], True),
        ([], [], ["x"], True),
        ([], ["x"], [], True),
    ],
)
def test_when_an_attack_succeeds(attacker, target, audience, succeeds):
    seen = defeats(graph("a>b"), {"a": attacker, "b": target}, audience)
    assert seen.arguments == {"a", "b"}
    assert (("a", "b") in seen.attacks) is succeeds


def test_an_argument_without_an_entry_has_no_value():
    assert not defeats(graph("a>b"), {"b": ["x"]}, ["x"]).attacks
    assert acceptability(graph("a>b"), {"b": ["x"]})["b"] is Acceptability.OBJECTIVE


@pytest.mark.parametrize("audience", [["x", "y", "x"], [["x", "y"], "x"]])
def test_a_value_has_one_place(audience):
    with pytest.raises(ParameterError, match="x komt twee keer voor"):
        defeats(graph("a>b"), {}, audience)


@given(frameworks, one_value, st.permutations(["w", "x", "y"]))
def test_an_audience_only_takes_attacks_away(framework, values, audience):
    seen = defeats(framework, values, audience)
    assert seen.arguments == framework.arguments and seen.attacks <= framework.attacks
    assert defeats(framework, values, []) == framework
    assert defeats(framework, values, [audience]) == framework


# All rankings


@given(small_frameworks, some_values)
@settings(max_examples=150)
@example(graph("b>a c>b d>c", alone="e"), {"a": {"w"}, "b": {"x"}, "c": {"x", "y"}, "d": {"z"}, "e": set()})
@example(graph("b>a a>b c>a e>c d>e"), {"a": {"w", "x"}, "b": {"x", "y"}, "c": {"w"}, "d": {"z"}, "e": {"z", "y"}})
def test_acceptability_is_that_of_every_ranking_tried(framework, values):
    found = acceptability(framework, values)
    assert found == {argument: literal_verdict(framework, values, argument) for argument in framework.arguments}
    assert objectively_acceptable(framework, values) <= subjectively_acceptable(framework, values)


@given(small_frameworks, some_values, st.permutations("wxyz"))
def test_the_examples_of_audiences_hold_whatever_follows(framework, values, order):
    for argument, (accepted_by, refused_by) in deciding_audiences(framework, values).items():
        for top, other_verdict in ((accepted_by, "rejected"), (refused_by, "sceptical")):
            if top is not None:
                whole = [*top, *(value for value in order if value not in top)]
                assert accepted(framework, values, whole)[argument] != other_verdict


def test_what_nobody_attacks_is_objectively_acceptable():
    assert acceptability(graph("a>b"), {"a": ["x"], "b": ["x"]}) == {"a": "objective", "b": "indefensible"}
    assert acceptability(graph("a>b"), {"a": ["x"], "b": ["y"]}) == {"a": "objective", "b": "subjective"}


# Limits


def test_a_long_line_and_many_separate_choices_are_no_trouble():
    line = [f"n{number:04}" for number in range(3000)]
    long = Framework(frozenset(line), frozenset(zip(line[1:], line, strict=False)))
    assert Counter(labels(long).values()) == {"in": 1500, "out": 1500}
    assert len(preferred(long)) == 1
    pairs = Framework(
        frozenset(f"{side}{number}" for side in "ab" for number in range(60)),
        frozenset((f"{one}{n}", f"{other}{n}") for one, other in ("ab", "ba") for n in range(60)),
    )
    assert set(acceptance(pairs).values()) == {Acceptance.CREDULOUS}
    with pytest.raises(ParameterError, match="kring"):
        preferred(pairs)  # 2 to the power 60 of them


def test_a_circle_of_a_thousand_is_no_trouble():
    names = [f"n{number:04}" for number in range(1000)]
    circle = Framework(frozenset(names), frozenset(zip(names, [*names[1:], names[0]], strict=True)))
    assert [len(extension) for extension in preferred(circle)] == [500, 500]


def test_a_search_that_would_not_end_is_given_up(monkeypatch):
    monkeypatch.setattr(argumentation, "MOST_STEPS", 5)
    tangle = Framework(
        frozenset("abcdefg"), frozenset((one, other) for one in "abcdefg" for other in "abcdefg" if one != other)
    )
    with pytest.raises(ParameterError, match="kring"):
        preferred(tangle)


# The whole table


@pytest.fixture(scope="module")
def rows():
    return {row["id"]: row for row in data.rows("arguments")}


@pytest.fixture(scope="module")
def table(rows):
    return Framework(
        frozenset(rows), frozenset((row["id"], target) for row in rows.values() for target in row["attacks"])
    )


@pytest.fixture(scope="module")
def basic_texts(table, rows):
    return table.among([argument for argument, row in rows.items() if row["origin"] == "seed"])


def standing(framework, rows, position):
    return {
        argument
        for argument, label in grounded(framework).items()
        if label is Label.IN and rows[argument]["position"] == position
    }


# Traced by hand in the table: each of these eight has an attacker that nobody attacks.
EIGHT_BEATEN = {
    "A002": "A008",
    "A003": "A040",
    "A005": "A044",
    "A006": "A036",
    "A026": "A036",
    "A027": "A079",
    "A032": "A035",
    "A033": "A048",
}


def test_of_the_fifteen_arguments_for_the_market_seven_stand_in_the_basic_texts(basic_texts, table, rows):
    unattacked = {"A001", "A004", "A031", "A075", "A082"}
    # A080 beats A064, which attacks A025; A082 beats A071, which attacks A072.
    assert standing(basic_texts, rows, "pro-markt") == {*unattacked, "A025", "A072"}
    pro = {one for one in basic_texts.arguments if rows[one]["position"] == "pro-markt"}
    attacked = {target for _, target in table.attacks}
    assert pro - attacked == unattacked
    assert pro & attacked == {*EIGHT_BEATEN, "A025", "A072"}
    for target, attacker in EIGHT_BEATEN.items():
        assert (attacker, target) in basic_texts.attacks and attacker not in attacked


def test_literature_rescues_none_of_the_eight_but_its_own_seven_stand(table, rows):
    literature = {one for one, row in rows.items() if row["position"] == "pro-markt" and row["origin"] == "literature"}
    assert literature == {f"L{number:02}" for number in range(1, 8)}
    # L15 beats A025, L11 beats A072.
    assert standing(table, rows, "pro-markt") == {"A001", "A004", "A031", "A075", "A082"} | literature


def test_literature_defeats_some_of_the_critics(table, basic_texts):
    # By hand: netwerkverlies falls to L14, tweelogicas and geenconsument to L02, expertmacht to L21; nobody attacks
    # zelfbehoud and afromen.
    before, after = grounded(basic_texts), grounded(table)
    for argument in ("A012", "A039", "A066", "A094"):
        assert (before[argument], after[argument]) == ("in", "out")
    for argument in ("A009", "A048"):
        assert (before[argument], after[argument]) == ("in", "in")


def test_reinstatement(table, basic_texts):
    # A080 beats A064 and A067; L22 beats A080.
    before, after = grounded(basic_texts), grounded(table)
    assert [before[one] for one in ("A064", "A067", "A080")] == ["out", "out", "in"]
    assert [after[one] for one in ("A064", "A067", "A080", "L22")] == ["in", "in", "out", "in"]


def test_no_circle_stays_open_in_the_table(table, basic_texts):
    # Two circles: A084 and A088 with A091, which A092, attacked by nobody, decides; A071 with A072 and A073, which
    # A082, attacked by nobody, decides.
    for framework in (table, basic_texts):
        assert Label.UNDECIDED not in grounded(framework).values()
        assert len(preferred(framework)) == 1
    assert Counter(grounded(table).values()) == {"in": 91, "out": 37}


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("cut", [0, 1, 3, 16])
def test_an_audience_with_one_answer_on_the_table_has_that_of_the_definitions(table, rows, order, cut):
    values = {one: row["values"] for one, row in rows.items()}
    audience = [row["id"] for row in data.rows("values")][::order][:cut]
    seen = defeats(table, values, audience)
    for extension in preferred(seen):
        assert is_admissible(seen, extension)
    for argument, verdict in accepted(table, values, audience).items():
        beaten = {attacker for attacker, target in seen.attacks if target == argument}
        held = {one for one, other in accepted(table, values, audience).items() if other == "sceptical"}
        assert verdict != "sceptical" or not beaten & held


def test_what_is_attacked_from_each_of_its_values_stands_for_nobody(table, rows):
    # By hand: A070 is about democratie and vertrouwen. A077 has the first, A078 the second, and nobody attacks them;
    # whichever of the two an audience puts first, that attack succeeds.
    values = {one: row["values"] for one, row in rows.items()}
    found = acceptability(table, values)
    assert {argument for argument, verdict in found.items() if verdict == "indefensible"} == {"A070"}
    attacked = {target for _, target in table.attacks}
    assert {argument for argument, verdict in found.items() if verdict == "objective"} == table.arguments - attacked


def test_the_examples_of_audiences_do_what_is_said_of_them(table, rows):
    values = {one: row["values"] for one, row in rows.items()}
    for argument, (accepted_by, refused_by) in deciding_audiences(table, values).items():
        if accepted_by is not None:
            assert accepted(table, values, accepted_by)[argument] != "rejected"
        if refused_by is not None:
            assert accepted(table, values, refused_by)[argument] != "sceptical"


def test_no_ranking_of_values_outranks_a_fact():
    values = {"claim": ["dear"], "fact": ["cheap"], "wish": ["dear"]}
    framework = Framework(frozenset(values), frozenset({("fact", "claim"), ("wish", "fact")}))
    plain = accepted(framework, values, ["dear", "cheap"])
    assert plain["claim"] == "sceptical", "the value of the claim is ranked above that of the fact"
    for audience in (["dear", "cheap"], ["cheap", "dear"], []):
        verdicts = accepted(*facts_first(framework, values, ["fact", "unknown"]), audience)
        assert verdicts == {"claim": "rejected", "fact": "sceptical", "wish": "sceptical"}
    found = acceptability(*facts_first(framework, values, {"fact"}))
    assert found == {"claim": "indefensible", "fact": "objective", "wish": "objective"}
    assert facts_first(framework, values, ()) == (framework, values)


def test_two_facts_that_disagree_both_attack():
    framework = graph("a>b b>a")
    judged = facts_first(framework, {"a": ["x"], "b": ["y"]}, "ab")
    assert judged[0] == framework
    assert accepted(*judged, ["x", "y"]) == {"a": "credulous", "b": "credulous"}
