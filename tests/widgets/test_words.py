"""An answer in words, where there is no front end."""

import pytest

from vermarkting.widgets.words import answer_in_words

OPTIONS = [{"id": "a", "text": "Aap"}, {"id": "b", "text": "Beer"}]
ITEMS = [{"id": "x", "text": "IJs"}, {"id": "y", "text": "Thee"}]
FIGURES = [{"id": "x", "text": "IJs", "unit": "euro"}, {"id": "y", "text": "Thee"}]
CATEGORIES = [{"id": "k", "text": "koud"}, {"id": "w", "text": "warm"}]


@pytest.mark.parametrize(
    ("question", "answer", "words"),
    [
        ({"kind": "single", "options": OPTIONS}, "b", "Beer"),
        ({"kind": "bet", "options": OPTIONS}, "a", "Aap"),
        ({"kind": "multiple", "options": OPTIONS}, ["a", "b"], "Aap; Beer"),
        ({"kind": "multiple", "options": OPTIONS}, [], "niets aangeduid"),
        ({"kind": "order", "items": ITEMS}, ["y", "x"], "1. Thee; 2. IJs"),
        (
            {"kind": "order", "items": [{"id": "x", "text": "Eén."}, {"id": "y", "text": "Twee."}]},
            ["x", "y"],
            "1. Eén; 2. Twee",
        ),
        ({"kind": "ranking", "items": ITEMS}, ["x", "y"], "1. IJs; 2. Thee"),
        ({"kind": "match", "items": ITEMS, "categories": CATEGORIES}, {"y": "w", "x": "k"}, "Thee: warm; IJs: koud"),
        ({"kind": "match", "items": ITEMS, "categories": CATEGORIES}, {}, "niets aangeduid"),
        ({"kind": "number", "unit": "euro"}, 40, "40 euro"),
        ({"kind": "number", "unit": "procent"}, 20.8, "20,8 procent"),
        ({"kind": "number", "unit": "km per u."}, 1.5, "1,5 km per u."),
        ({"kind": "number", "unit": "euro"}, 988288, "988288 euro"),
        ({"kind": "number", "unit": "euro"}, 1234567.5, "1234567,5 euro"),
        ({"kind": "numbers", "items": FIGURES}, {"y": 1.5, "x": 40}, "IJs: 40 euro; Thee: 1,5"),
        ({"kind": "numbers", "items": FIGURES}, {"y": 0}, "Thee: 0"),
        ({"kind": "numbers", "items": FIGURES}, {}, "niets aangeduid"),
        ({"kind": "code"}, "r0123456", "r0123456"),
        ({"kind": "slider", "sentence": "Ik zet {value} van de 10."}, 7.0, "Ik zet 7 van de 10."),
        ({"kind": "slider", "sentence": "Gewicht {value}."}, 0.25, "Gewicht 0,25."),
        ({"kind": "text"}, "Eigen {woorden}.", "Eigen {woorden}."),
        ({"kind": "scan", "items": ITEMS}, {"x": {"score": "-1", "ground": "A027"}}, "IJs: -1 (A027)"),
        ({"kind": "scan", "items": ITEMS}, {"x": {"score": "2"}, "y": {"ground": ""}}, "IJs: 2 (?); Thee: ? (?)"),
    ],
)
def test_in_words(question, answer, words):
    assert answer_in_words({"prompt": "?", **question}, answer) == words
