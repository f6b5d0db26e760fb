"""Checks of lesson 10's claims about the arguments, computed from the tables as they are now."""

from collections import Counter

from vermarkting.explorables.argument_lab import table
from vermarkting.models.argumentation import (
    Acceptability,
    Label,
    acceptability,
    accepted,
    defeats,
    facts_first,
    grounded,
)

_ALL = table.everything()
_SEEDS = table.of_origin("seed")
_ROWS = table.arguments()
_FACTS_FIRST = facts_first(_ALL, table.values(), table.facts())


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
    assert _counts("seed") == {"pro-markt": 15, "conditioneel": 30, "kritisch": 60, "tegenstem": 1}
    assert _counts("literature") == {"pro-markt": 7, "conditioneel": 7, "kritisch": 7, "tegenstem": 1}


def table_of_critical():
    assert _counts("seed")["kritisch"] == 60 and _counts("literature")["kritisch"] == 7
    assert len(_of("kritisch", _ROWS)) == 67


def table_of_pro():
    assert len(_PRO) == 15 and _counts("literature")["pro-markt"] == 7 and len(_of("pro-markt", _ROWS)) == 22


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


def seven_of_fifteen():
    assert {"A001", "A004", "A025", "A031", "A072", "A075", "A082"} == _BEFORE & _PRO
    assert len(_PRO) == 15 and len(_DEFEATED) == 8


def who_speaks():
    own = {name for name in _PRO if _ROWS[name]["speaker"] == "Floris Lazrak"}
    assert len(own) == 3 and own <= _BEFORE
    assert len(_PRO - own) == 12 and len((_PRO - own) & _BEFORE) == 4
    assert all("weergegeven door" in _ROWS[name]["speaker"] for name in _PRO - own)


def nobody_attacks_the_five():
    unattacked = {name for name in _PRO if not table.attackers()[name]}
    assert unattacked == {"A001", "A004", "A031", "A075", "A082"}
    assert (_BEFORE & _PRO) - unattacked == {"A025", "A072"}


def none_is_rescued():
    assert not _DEFEATED & _NOW
    new = _of("pro-markt", _ROWS) - _PRO
    assert len(new) == 7 and new <= _NOW


def seventeen_fall():
    fallen = _BEFORE - _NOW
    assert len(fallen) == 17 and fallen >= {"A012", "A039"}
    assert fallen & _PRO == {"A025", "A072"}


def efficiency_leaves_one_attack():
    assert len(table.attackers()["A006"]) == 11
    seen = defeats(_ALL, table.values(), ["doelmatigheid"])
    assert [attacker for attacker, target in seen.attacks if target == "A006"] == ["A069"]
    assert "doelmatigheid" in table.values()["A069"]
    assert accepted(_ALL, table.values(), ["doelmatigheid"])["A006"] == "rejected"
    judged = defeats(*_FACTS_FIRST, ["doelmatigheid"])
    assert {attacker for attacker, target in judged.attacks if target == "A006"} == {"A069", "L22"}


def choice_saves_a027():
    assert "A027" not in _NOW
    assert accepted(*_FACTS_FIRST, ["keuzevrijheid"])["A027"] == "sceptical"


def over_all_audiences():
    verdicts = acceptability(*_FACTS_FIRST)
    counts = Counter(verdicts.values())
    assert (counts[Acceptability.OBJECTIVE], counts[Acceptability.SUBJECTIVE]) == (89, 24)
    assert counts[Acceptability.INDEFENSIBLE] == 15
    unattacked = {name for name in _ROWS if not table.attackers()[name]}
    assert len(unattacked) == 84
    assert all(verdicts[name] is Acceptability.OBJECTIVE for name in unattacked)


def a070_for_no_audience():
    values_only = acceptability(_ALL, table.values())
    assert [name for name, verdict in values_only.items() if verdict is Acceptability.INDEFENSIBLE] == ["A070"]
    own = set(table.values()["A070"])
    assert all(any(value in table.values()[name] for name in table.attackers()["A070"]) for value in own)
    assert acceptability(*_FACTS_FIRST)["A070"] is Acceptability.INDEFENSIBLE


def a_finding_holds_a006():
    assert "A006" not in _NOW
    assert acceptability(_ALL, table.values())["A006"] is Acceptability.SUBJECTIVE
    assert acceptability(*_FACTS_FIRST)["A006"] is Acceptability.INDEFENSIBLE
    without = _ALL.without(attacks=[("L22", "A006")])
    assert acceptability(*facts_first(without, table.values(), table.facts()))["A006"] is Acceptability.SUBJECTIVE


def hinge_on_the_ranking():
    assert Counter(acceptability(*_FACTS_FIRST).values())[Acceptability.SUBJECTIVE] == 24


def twelve_of_twenty_two():
    assert len(_of("pro-markt", _NOW)) == 12 and len(_of("pro-markt", _ROWS)) == 22


def ninety_attacks():
    on = Counter(_ROWS[target]["position"] for _, target in _ALL.attacks)
    by = Counter(_ROWS[attacker]["position"] for attacker, _ in _ALL.attacks)
    assert (len(_ALL.attacks), on["pro-markt"], on["kritisch"]) == (90, 42, 37)
    assert (by["pro-markt"], by["kritisch"]) == (21, 39)


attacks_per_side = ninety_attacks


def twelve_findings():
    assert len(table.facts()) == 12
    assert {_ROWS[name]["position"] for name in table.facts()} == {"pro-markt", "kritisch", "conditioneel"}


def one_attack_on_a032():
    assert [name for name in table.attackers()["A032"] if name in _NOW] == ["A035"]
    assert grounded(_ALL.without(attacks=[("A035", "A032")]))["A032"] is Label.IN


def a064_has_one_attacker():
    assert table.attackers()["A064"] == ("A080",) and "L22" in table.attackers()["A080"]
