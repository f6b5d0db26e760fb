"""Texts that are alike are found whatever their place, and what everybody was given does not count."""

import random

from vermarkting.grading.desk.similarity import Compared

WORDS = [f"woord{number}" for number in range(400)]
TASK = "Leg in honderd woorden uit waarom een zorgvrager zelden zelf de koper is, en noem daarbij twee bronnen."


def essay(seed, words=150):
    draw = random.Random(seed)
    return " ".join(draw.choice(WORDS) for _ in range(words))


def test_a_copy_a_borrowed_piece_and_the_model_answer_are_found_and_nothing_else():
    lesson = essay("les", 3000)
    borrowed = " ".join(lesson.split()[500:540])
    texts = {name: f"{TASK} {essay(name)}" for name in "abcdefgh"}
    texts["b"] = texts["a"].upper().replace(" ", ",  ")
    texts["c"] += " " + " ".join(texts["d"].split()[60:90])
    texts["e"] = essay("model")
    texts["f"], texts["g"] = f"{borrowed} {texts['f']}", f"{texts['g']} {borrowed}"
    compared = Compared(texts, {"model": essay("model"), "les": lesson}, [TASK])
    pairs = compared.pairs()
    found = {(pair.first, pair.second): pair.share for pair in pairs}
    assert set(found) == {("a", "b"), ("c", "d"), ("e", "model"), ("f", "les"), ("g", "les")}
    assert found["a", "b"] == 1 and found["e", "model"] == 1 and 0.1 < found["c", "d"] < 0.3
    (pair,) = [pair for pair in pairs if pair.first == "c"]
    (passage,) = compared.passages(pair)
    assert texts["c"][slice(*passage.first)] == texts["d"][slice(*passage.second)]
    assert len(texts["c"][slice(*passage.first)].split()) == 30
