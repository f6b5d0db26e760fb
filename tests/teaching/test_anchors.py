"""The anchor answers: one for each level of each criterion of every rubric, in Dutch, with codes that exist."""

import tomllib
from pathlib import Path

from language_rules import english, gendered, misspelled, other_terms
from spelling import word_checker

from vermarkting import data
from vermarkting.references import CODE

SOLUTIONS = Path(__file__).parents[2] / "solutions"
ANCHORS = tomllib.loads((SOLUTIONS / "ankers.toml").read_text(encoding="utf-8"))


def rubrics() -> dict[str, list[dict]]:
    read = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(SOLUTIONS.glob("O*/rubriek.toml"))]
    return {cell: rubric["criteria"] for file in read for cell, rubric in file.items()}


def answers() -> list[str]:
    return [answer for criteria in ANCHORS.values() for levels in criteria.values() for answer in levels]


def test_every_level_of_every_criterion_has_an_answer():
    expected = {cell: {c["name"]: len(c["levels"]) for c in criteria} for cell, criteria in rubrics().items()}
    assert {cell: {name: len(levels) for name, levels in c.items()} for cell, c in ANCHORS.items()} == expected
    assert len(set(answers())) == len(answers())


def test_a_better_answer_is_not_merely_the_longest_and_the_lowest_is_not_a_stub():
    assert all(6 <= len(answer.split()) <= 60 for answer in answers())


def test_codes_exist_and_dividing_the_market_is_called_what_it_is():
    known = {row["id"] for table in ("sources", "arguments") for row in data.rows(table)}
    assert {code for answer in answers() for code in CODE.findall(answer)} <= known
    legal = ANCHORS["o4-dossier"]["Wettigheid en ethiek"]
    assert all("samenspanning" in answer for answer in legal[1:3])


def test_they_are_good_dutch():
    is_word = word_checker()
    found = [finding for rule in (english, gendered, other_terms) for finding in rule(answers())]
    assert not [*found, *misspelled(answers(), is_word)]
