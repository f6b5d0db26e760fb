"""Checks of lesson 10's claims about the arguments, computed from the tables as they are now."""

from collections import Counter

from vermarkting.explorables.argument_lab import table
from vermarkting.models.argumentation import Acceptability, Label, acceptability, accepted, defeats, grounded

_ALL = table.everything()
_SEEDS = table.of_origin("seed")
_ROWS = table.arguments()


def _standing(framework) -> set[str]:
    return {name for name, label in grounded(framework).items() if label is Label.IN}


def _of(position: str, names) -> set[str]:
    return {name for name in names if _ROWS[name]["position"] == position}


_BEFORE, _NOW = _standing(_SEEDS), _standing(_ALL)
_PRO = _of("pro-markt", _SEEDS.arguments)
_DEFEATED = _PRO - _BEFORE


def _counts(origin: str) -> Counter:
    return Counter(row["position"] for row in _ROWS.values() if row["origin"] == origin)


def seeds_are_one_sided():
    assert _counts("seed") == {"pro-markt": 12, "conditioneel": 35, "kritisch": 58, "tegenstem": 1}
    assert _counts("literature") == {"pro-markt": 7, "conditioneel": 7, "kritisch": 7, "tegenstem": 1}


def table_of_critical():
    assert _counts("seed")["kritisch"] == 58 and _counts("literature")["kritisch"] == 7
    assert len(_of("kritisch", _ROWS)) == 65


def table_of_pro():
    assert len(_PRO) == 12 and _counts("literature")["pro-markt"] == 7 and len(_of("pro-markt", _ROWS)) == 19


def own_reconstructions():
    assert {name for name, row in _ROWS.items() if row["speaker_role"] == "eigen reconstructie"} == {"L04", "L21"}


def by_hand():
    chain = grounded(_ALL.among(["A080", "A067", "A006"]))
    assert chain == {"A006": "in", "A067": "out", "A080": "in"}


def chain_restored():
    chain = grounded(_ALL.among(["L22", "A080", "A067", "A006"]))
    assert chain == {"L22": "in", "A080": "out", "A067": "in", "A006": "out"}


def a064_returns_too():
    assert "A080" in _BEFORE and not _BEFORE & {"A064", "A067"}
    assert "A080" not in _NOW and {"A064", "A067", "L22"} <= _NOW
    assert set(_ROWS["L22"]["attacks"]).isdisjoint({"A064", "A067"})


def two_of_twelve():
    assert {"A001", "A031"} == _BEFORE & _PRO
    assert len(_PRO) == 12 and len(_DEFEATED) == 10


def nobody_attacks_the_two():
    assert table.attackers()["A001"] == table.attackers()["A031"] == ()


def none_is_rescued():
    assert not _DEFEATED & _NOW
    new = _of("pro-markt", _ROWS) - _PRO
    assert len(new) == 7 and len(new & _NOW) == 6


def thirteen_fall():
    fallen = _BEFORE - _NOW
    assert len(fallen) == 13 and fallen >= {"A012", "A039"}


def efficiency_leaves_one_attack():
    assert len(table.attackers()["A006"]) == 28
    seen = defeats(_ALL, table.values(), ["doelmatigheid"])
    assert [attacker for attacker, target in seen.attacks if target == "A006"] == ["A069"]
    assert "doelmatigheid" in table.values()["A069"]
    assert accepted(_ALL, table.values(), ["doelmatigheid"])["A006"] == "rejected"


def choice_saves_a027():
    assert "A027" not in _NOW
    assert accepted(_ALL, table.values(), ["keuzevrijheid"])["A027"] == "sceptical"


def over_all_audiences():
    counts = Counter(acceptability(_ALL, table.values()).values())
    assert (counts[Acceptability.OBJECTIVE], counts[Acceptability.SUBJECTIVE]) == (87, 39)
    assert counts[Acceptability.INDEFENSIBLE] == 2


def a006_for_no_audience():
    verdicts = acceptability(_ALL, table.values())
    assert {name for name, verdict in verdicts.items() if verdict is Acceptability.INDEFENSIBLE} == {"A006", "A070"}


def two_attacks_decide_a006():
    own = set(table.values()["A006"])
    assert own == {"doelmatigheid", "doeltreffendheid"}
    same = {name for name in table.attackers()["A006"] if own & set(table.values()[name])}
    assert same == {"A069", "A052"}
    assert table.attackers()["A069"] == table.attackers()["A052"] == ()


def hinge_on_the_ranking():
    assert Counter(acceptability(_ALL, table.values()).values())[Acceptability.SUBJECTIVE] == 39


def eight_of_nineteen():
    assert len(_of("pro-markt", _NOW)) == 8 and len(_of("pro-markt", _ROWS)) == 19


def hundred_twenty_attacks():
    assert len(_ALL.attacks) == 120


def one_attack_on_a032():
    assert [name for name in table.attackers()["A032"] if name in _NOW] == ["A035"]
    assert grounded(_ALL.without(attacks=[("A035", "A032")]))["A032"] is Label.IN


def a064_has_one_attacker():
    assert table.attackers()["A064"] == ("A080",) and "L22" in table.attackers()["A080"]
