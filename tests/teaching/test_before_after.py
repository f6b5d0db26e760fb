"""The test before and after: fair items, files for platform and printer, and figures that pandas also finds."""

import csv
import random
from statistics import mean

import numpy
import pandas
import pytest
from language_rules import english, gendered, long_sentences, misspelled, other_terms
from schemas import MOODLE, QTI_ITEM, faults
from spelling import word_checker

from vermarkting import cli, data
from vermarkting.teaching import before_after, moodle, qti
from vermarkting.teaching.items import lessons

ASKED = before_after.questions()
RIGHT = {name: next(o["id"] for o in q["options"] if o.get("correct")) for name, q in ASKED.items()}
WRONG = {name: [o["id"] for o in q["options"] if not o.get("correct")] for name, q in ASKED.items()}


def taken(marks: list[list[bool]], codes: list[str]) -> dict[str, dict[str, str]]:
    """Make answers out of marks; who errs takes the first wrong option."""
    rows = [[RIGHT[name] if mark else WRONG[name][0] for name, mark in zip(ASKED, row, strict=True)] for row in marks]
    return {code: dict(zip(ASKED, row, strict=True)) for code, row in zip(codes, rows, strict=True)}


class TestTheItems:
    def test_each_has_one_right_option_and_each_wrong_one_is_a_misconception(self):
        assert 12 <= len(ASKED) <= 15
        for name, question in ASKED.items():
            options = question["options"]
            assert len(options) == 3 and sum(option.get("correct", False) for option in options) == 1, name
            assert all(bool(option.get("misconception")) != option.get("correct", False) for option in options), name
            assert all(option["explanation"] for option in options) and question["lesson"] in lessons(), name

    def test_neither_place_nor_length_gives_the_answer(self):
        places = [[o.get("correct", False) for o in question["options"]].index(True) for question in ASKED.values()]
        assert max(places.count(place) for place in range(3)) / len(ASKED) <= 1 / 3 + 0.05
        for pick in (max, min):
            picked = [pick(question["options"], key=lambda option: len(option["text"])) for question in ASKED.values()]
            hits = [option.get("correct", False) for option in picked]
            assert mean(hits) <= 1 / 3 + 0.05

    def test_no_lesson_asks_the_same(self):
        prompts = {q.get("prompt") for lesson in lessons() for q in data.questions(lesson).values()}
        assert not prompts & {question["prompt"] for question in ASKED.values()}

    def test_the_item_on_dividing_the_market_warns_whatever_one_chooses(self):
        options = ASKED["afspraak"]["options"]
        assert sum("Juridische waarschuwing" in option["explanation"] for option in options) >= 2

    def test_they_are_good_dutch(self):
        options = [option for question in ASKED.values() for option in question["options"]]
        texts = [question["prompt"] for question in ASKED.values()]
        texts += [
            option[key] for option in options for key in ("text", "explanation", "misconception") if key in option
        ]
        found = misspelled(texts, word_checker())
        found += [finding for rule in (english, long_sentences, gendered, other_terms) for finding in rule(texts)]
        assert not found, "\n".join(found)

    def test_a_platform_takes_them(self):
        items = before_after.items()
        assert faults(moodle.written(items), MOODLE) == []
        assert [fault for item in items for fault in faults(qti.item_xml(item), QTI_ITEM)] == []


class TestTheFigures:
    @pytest.fixture
    def marks(self):
        draw = random.Random(7)
        able = [draw.random() for _ in range(40)]
        first = [[draw.random() < 0.2 + 0.4 * one for _ in ASKED] for one in able]
        return first, [[draw.random() < 0.35 + 0.6 * one for _ in ASKED] for one in able]

    @pytest.fixture
    def found(self, marks):
        codes = [f"c{number}" for number in range(40)]
        return before_after.figures(taken(marks[0], codes), {**taken(marks[1], codes), "alleen": dict(RIGHT)})

    def test_means_margin_and_gain(self, found, marks):
        first, second = (pandas.DataFrame(rows, dtype=float).sum(axis=1) for rows in marks)
        difference = second - first
        assert (found.pairs, found.alone) == (40, 1)
        assert (found.before, found.after) == pytest.approx((first.mean(), second.mean()))
        assert found.margin == pytest.approx(1.959964 * difference.sem(), rel=1e-5)
        assert found.gain == pytest.approx(difference.mean() / (len(ASKED) - first.mean()))

    def test_items_and_reliability(self, found, marks):
        after = pandas.DataFrame(marks[1], columns=list(ASKED), dtype=float)
        rests = [after[name].corr(after.drop(columns=name).sum(axis=1)) for name in ASKED]
        assert [item.rest for item in found.items] == pytest.approx(rests)
        covariance = numpy.cov(after.to_numpy().T, bias=True)
        alpha = len(ASKED) / (len(ASKED) - 1) * (1 - covariance.trace() / covariance.sum())
        assert found.reliability == pytest.approx(alpha)
        for item in found.items:
            shares = [after_share for _, after_share in item.chosen.values()]
            assert item.after + sum(shares) == pytest.approx(1)

    def test_nothing_to_win_and_no_spread_give_no_figure(self):
        codes = list("abcde")
        found = before_after.figures(taken([[True] * len(ASKED)] * 5, codes), taken([[True] * len(ASKED)] * 5, codes))
        assert found.gain is None and found.reliability is None and found.items[0].rest is None

    def test_a_few_people_are_not_counted(self):
        few = taken([[True] * len(ASKED)] * 4, list("abcd"))
        with pytest.raises(before_after.NotUsable) as fault:
            before_after.figures(few, few)
        assert fault.value.key == "too_few"


def sheet(rows: list[list[str]], delimiter: str = ";") -> bytes:
    lines = [["code", *ASKED], *rows]
    return "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines).encode("utf-8-sig")


class TestTheAnswers:
    @pytest.mark.parametrize("delimiter", [";", ",", "\t"])
    def test_a_letter_an_id_the_words_and_nothing(self, delimiter):
        first, second, third, *rest = ASKED
        words = ASKED[third]["options"][2]["text"]
        row = ["Zon", "A", ASKED[second]["options"][1]["id"], words, *[""] * len(rest)]
        found = before_after.answers(sheet([row], delimiter))["zon"]
        assert found[first] == ASKED[first]["options"][0]["id"]
        assert found[second] == ASKED[second]["options"][1]["id"]
        assert found[third] == ASKED[third]["options"][2]["id"]
        assert not any(found[name] for name in rest)

    @pytest.mark.parametrize(
        ("content", "key"),
        [
            (b"\xff\xfe\x00", "not_text"),
            (b"", "no_column"),
            (b"code;x\na;b", "no_column"),
            (sheet([["", *["a"] * 14]]), "no_code"),
            (sheet([["x", *["a"] * 14], ["X", *["a"] * 14]]), "code_twice"),
            (sheet([["x", *["d"] * 14]]), "unknown_answer"),
        ],
    )
    def test_what_cannot_be_used_is_named(self, content, key):
        with pytest.raises(before_after.NotUsable) as fault:
            before_after.answers(content)
        assert fault.value.key == key


class TestTheCommands:
    def test_from_the_test_to_its_report(self, tmp_path, capsys):
        assert cli.main(["toets", str(tmp_path)]) == 0
        names = {path.name for path in tmp_path.iterdir()}
        assert {"toets-moodle.xml", "toets-gift.txt", "toets-qti21.zip", "toets-op-papier.html"} < names
        paper = (tmp_path / "toets-op-papier.html").read_text(encoding="utf-8")
        assert all(question["options"][0]["text"].replace("'", "&#x27;") in paper for question in ASKED.values())
        with (tmp_path / "antwoorden-leeg.csv").open(encoding="utf-8-sig") as file:
            assert next(csv.reader(file, delimiter=";")) == ["code", *ASKED]
        (tmp_path / "voor.csv").write_bytes(sheet([[f"c{n}", *["a"] * 14] for n in range(6)]))
        (tmp_path / "na.csv").write_bytes(sheet([[f"c{n}", *RIGHT.values()] for n in range(6)]))
        page = tmp_path / "verslag.html"
        assert cli.main(["toetsanalyse", str(tmp_path / "voor.csv"), str(tmp_path / "na.csv"), str(page)]) == 0
        told = page.read_text(encoding="utf-8")
        assert "6 studenten maakten de toets twee keer" in told and "14,0 van de 14" not in told
        assert "Zwijgen is toestemmen." in told and "{" not in told.partition("</style>")[2]

    def test_a_mistake_in_a_file_is_told_with_its_line(self, tmp_path, capsys):
        (tmp_path / "voor.csv").write_bytes(sheet([["x", *["d"] * 14]]))
        files = [str(tmp_path / name) for name in ("voor.csv", "voor.csv", "verslag.html")]
        assert cli.main(["toetsanalyse", *files]) == cli.MISTAKE
        assert "op regel 2" in capsys.readouterr().err
        assert cli.main(["toetsanalyse", str(tmp_path / "geen.csv"), *files[1:]]) == cli.FAILED
