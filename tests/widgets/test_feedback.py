"""What a lesson says about an answer, counted by hand."""

import pytest

from vermarkting.widgets.feedback import Feedback, feedback, first_miss

OPTIONS = [
    {"id": "a", "text": "Aap", "correct": True, "explanation": "Apen wel."},
    {"id": "b", "text": "Beer", "correct": False, "explanation": "Beren niet."},
    {"id": "c", "text": "Cavia", "correct": True, "explanation": "Cavia's wel."},
    {"id": "d", "text": "Das", "correct": False, "explanation": "Dassen niet."},
]
ITEMS = [
    {"id": "x", "text": "IJs", "answer": "k", "explanation": "IJs is koud."},
    {"id": "y", "text": "Thee", "answer": "l", "explanation": "Thee is lauw."},
    {"id": "z", "text": "Sneeuw", "answer": "k"},
]
CATEGORIES = [{"id": "k", "text": "koud"}, {"id": "l", "text": "lauw"}]


def ask(kind, **more) -> dict:
    return {"kind": kind, "prompt": "?", **more}


def test_single_explains_only_the_chosen_option():
    question = ask("single", options=OPTIONS)
    assert feedback(question, "a").why == {"a": "✓ Dat klopt. Apen wel."}
    assert feedback(question, "b").why == {"b": "→ Kijk nog eens. Beren niet."}
    assert feedback(question, "b").verdict == []


def test_an_opinion_gets_an_explanation_and_no_mark():
    question = ask("single", options=[{"id": "a", "text": "Ja", "explanation": "Dat mag."}], explanation="Dank je.")
    assert feedback(question, "a") == Feedback(["Dank je."], {"a": "Dat mag."})


def test_a_bet_is_named_and_not_judged():
    found = feedback(ask("bet", options=OPTIONS), "b")
    assert found == Feedback(["Je voorspelling staat vast: Beer"])


@pytest.mark.parametrize(
    ("answer", "right"),
    [(["a", "c"], 4), ([], 2), (["b", "d"], 0), (["a"], 3), (["a", "b", "c", "d"], 2), (["a", "b"], 2)],
)
def test_multiple_counts_what_was_rightly_chosen_and_rightly_left(answer, right):
    found = feedback(ask("multiple", options=OPTIONS), answer)
    assert found.verdict == [f"{right} van de 4 {'klopt' if right == 1 else 'kloppen'}."]
    assert found.why["a"] == f"{'✓ Hoort erbij.' if 'a' in answer else '→ Hoort er ook bij.'} Apen wel."
    assert found.why["d"] == f"{'✗ Hoort er niet bij.' if 'd' in answer else '✓ Terecht niet aangeduid.'} Dassen niet."
    assert set(found.why) == set("abcd")


@pytest.mark.parametrize(("answer", "right"), [("xyz", 3), ("xzy", 1), ("zyx", 1), ("yzx", 0)])
def test_order_counts_the_places_and_gives_the_sequence(answer, right):
    found = feedback(ask("order", items=ITEMS, solution=["x", "y", "z"], explanation="Zo gaat het."), list(answer))
    assert found.verdict == [
        "1 van de 3 staat op zijn plaats." if right == 1 else f"{right} van de 3 staan op hun plaats.",
        "De volgorde is: 1. IJs; 2. Thee; 3. Sneeuw.",
        "Zo gaat het.",
    ]


def test_match_names_the_place_of_what_stands_elsewhere_or_nowhere():
    found = feedback(ask("match", items=ITEMS, categories=CATEGORIES), {"x": "k", "y": "k"})
    assert found.verdict == ["1 van de 3 klopt."]
    assert found.why == {
        "x": "✓ Dat klopt. IJs is koud.",
        "y": "→ Dit hoort bij: lauw. Thee is lauw.",
        "z": "→ Dit hoort bij: koud.",
    }


@pytest.mark.parametrize(
    ("answer", "right"), [(40, True), (40.5, True), (39.5, True), (40.51, False), (39.4, False), (0, False)]
)
def test_number_allows_its_tolerance_and_no_more(answer, right):
    question = ask("number", unit="euro", answer=40, tolerance=0.5, explanation="50 × 0,8 = 40.")
    mark = "✓ Dat klopt." if right else "→ Kijk nog eens."
    assert feedback(question, answer) == Feedback([mark, "50 × 0,8 = 40."])


def test_a_tolerance_in_tenths_is_not_lost_in_binary():
    # 27.1 - 27 is a little more than 0.1 in binary; a reader who rounds up is right all the same.
    question = ask("number", unit="procentpunt", answer=27, tolerance=0.1)
    for answer in (26.9, 27.1):
        assert feedback(question, answer).verdict == ["✓ Dat klopt."]


def test_number_and_slider_without_a_key_are_not_judged():
    assert feedback(ask("number", unit="euro"), 3) == Feedback()
    assert feedback(ask("slider", explanation="Dank je."), 3) == Feedback(["Dank je."])


def test_slider_with_a_key_is_judged():
    assert feedback(ask("slider", answer=49, tolerance=3), 52).verdict == ["✓ Dat klopt."]
    assert feedback(ask("slider", answer=49, tolerance=3), 53).verdict == ["→ Kijk nog eens."]


def test_the_example_of_a_text_comes_after_the_reader_wrote():
    question = ask("text", min_words=3, max_chars=99, example="Zo kan het.")
    assert feedback(question, "twee woorden").verdict == [
        "Schrijf eerst minstens 3 woorden. Daarna verschijnt een voorbeeld."
    ]
    assert feedback(question, "nu zijn het  er\nvijf").verdict == ["Een voorbeeld van hoe het kan: Zo kan het."]
    assert feedback(ask("text", min_words=1), "woord") == Feedback()


def test_scan_counts_scores_and_grounds_and_asks_for_the_missing_one():
    grounds = [{"id": "A1", "text": "A1", "direction": None}, {"id": "A2", "text": "A2", "direction": None}]
    items = [{"id": name, "text": name, "grounds": grounds} for name in "abcde"]
    scored = {"a": {"score": "1", "ground": "A1"}, "b": {"score": "0"}, "c": {"ground": "A2"}, "d": {"score": ""}}
    assert feedback(ask("scan", items=items), scored).verdict == [
        "Je gaf 2 van de 5 krachtlijnen een score, waarvan 1 met een argument dat erbij past.",
        "Een score zonder grond is een gevoel. Kies bij elke score een argument.",
    ]
    grounded = {"a": {"score": "1", "ground": "A1"}}
    assert feedback(ask("scan", items=items), grounded).verdict == [
        "Je gaf 1 van de 5 krachtlijnen een score, waarvan 1 met een argument dat erbij past."
    ]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (ask("single", options=[{"id": "a", "text": "Aap"}]), "a"),
        (ask("multiple", options=[{"id": "a", "text": "Aap"}]), ["a"]),
        (ask("order", items=ITEMS), ["x", "y", "z"]),
        (ask("ranking", items=ITEMS), ["x", "y", "z"]),
        (ask("match", items=[{"id": "x", "text": "IJs"}], categories=CATEGORIES), {"x": "k"}),
        (ask("number", unit="euro"), 3),
    ],
)
def test_a_question_of_a_graded_assignment_gives_nothing_away(question, answer):
    found = feedback(question, answer)
    assert found.verdict == []
    assert not any(found.why.values())


AGAIN = "Probeer het nog een keer en kijk opnieuw na. Daarna staat de uitleg erbij."
KEYED = {
    "multiple": (ask("multiple", options=OPTIONS, explanation="GEHEIM"), ["a", "c"], ["a"], "3 van de 4 kloppen."),
    "order": (
        ask("order", items=ITEMS, solution=["x", "y", "z"], explanation="GEHEIM"),
        ["x", "y", "z"],
        ["x", "z", "y"],
        "1 van de 3 staat op zijn plaats.",
    ),
    "number": (ask("number", answer=40, tolerance=1, explanation="GEHEIM"), 41, 42, "→ Nog niet: het is minder."),
    "slider": (ask("slider", answer=40, tolerance=1, explanation="GEHEIM"), 39, 38, "→ Nog niet: het is meer."),
}


@pytest.mark.parametrize("kind", KEYED)
def test_a_first_miss_tells_how_far_one_is_and_not_what_it_must_be(kind):
    question, right, wrong, verdict = KEYED[kind]
    assert first_miss(question, right) is None
    assert first_miss(question, wrong) == Feedback([verdict, AGAIN])


def test_a_first_miss_of_a_match_explains_what_is_right_alone():
    question = ask("match", items=ITEMS, categories=CATEGORIES)
    found = first_miss(question, {"x": "k", "y": "k"})
    assert found.verdict == ["1 van de 3 klopt.", AGAIN]
    assert found.why == {"x": "✓ Dat klopt. IJs is koud.", "y": "→ Kijk nog eens.", "z": "→ Kijk nog eens."}
    assert first_miss(question, {item["id"]: item["answer"] for item in ITEMS}) is None


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (ask("single", options=OPTIONS), "b"),
        (ask("bet", options=OPTIONS), "b"),
        (ask("multiple", options=[{"id": "a", "text": "Aap"}]), []),
        (ask("order", items=ITEMS), ["z", "y", "x"]),
        (ask("match", items=[{"id": "x", "text": "IJs"}], categories=CATEGORIES), {}),
        (ask("slider"), 3),
        (ask("text", min_words=1, example="Zo."), "woord"),
    ],
    ids=["single", "bet", "multiple", "order", "match", "slider", "text"],
)
def test_what_has_no_key_or_gives_nothing_away_has_no_second_try(question, answer):
    assert first_miss(question, answer) is None
