"""All questions of the lessons as Moodle XML, GIFT and QTI 2.1: by schema, and as others read and score them."""

import io
import re
import warnings
import zipfile
from xml.etree import ElementTree as ET

import pytest
from gift_reader import parsed
from moodle_xml_parser.parser import parse_string
from schemas import MANIFEST, MOODLE, QTI_ITEM, QTI_TEST, faults

from vermarkting import cli, data
from vermarkting.teaching import explained, gift, moodle, qti
from vermarkting.teaching.items import Choice, Item, items, lessons

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # an older package, with regular expressions and comparisons of its time
    from pyslet.qtiv2.variables import ItemSessionState
    from pyslet.qtiv2.xml import QTIDocument

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:pyslet")
ALL = [item for lesson in lessons() for item in items(lesson)]
# What each form could take for its own signs.
NASTY = 'a = b ~ c # d {e} : f \\ g <b>h</b> & "i" -> j // k %50% ####'
HARD = [
    Item("00.een", "one", (NASTY,), (NASTY,), (Choice("a", NASTY, True, why=NASTY), Choice("b", "nee", why=NASTY))),
    Item("00.paar", "match", (NASTY,), (), (Choice("a", NASTY, answer=NASTY, why=NASTY),) * 2, (NASTY, "leeg")),
    Item("00.open", "open", (NASTY, NASTY), (NASTY,)),
]


def test_every_question_but_the_labs_state_is_taken_along_once():
    names = [item.id for item in ALL]
    asked = {
        f"{lesson}.{name}"
        for lesson in lessons()
        for name, question in data.questions(lesson).items()
        if question["kind"] not in ("picks", "notes")
    }
    assert len(set(names)) == len(names)
    assert set(names) == asked | {f"{name}_steelman" for name in asked if name.endswith(".duel")}


def test_what_has_a_right_answer_keeps_it_and_explains_every_option():
    for item in ALL:
        if item.kind in ("one", "some"):
            assert (sum(choice.right for choice in item.choices) == 1) if item.kind == "one" else True, item.id
            assert all(choice.why for choice in item.choices), item.id
        assert item.kind == "open" or explained.afterwards(item) or item.kind == "one", item.id
        assert item.kind != "number" or item.low <= item.answer <= item.high


def test_an_opinion_stays_open_and_shows_what_one_could_choose():
    opinion = next(item for item in ALL if item.id == "03.eigen_gunning")
    assert opinion.kind == "open" and opinion.prompt[1].startswith("1. Aan vzw De Lichtboei")


def test_the_argument_behind_a_code_is_told():
    claim = next(row["claim"] for row in data.rows("arguments") if row["id"] == "A053")
    assert f"A053: {claim}" in next(item for item in ALL if item.id == "03.vaste_prijs").why


def test_moodle_xml_keeps_to_its_schema_and_another_reader_finds_each_choice():
    document = moodle.written([*ALL, *HARD])
    assert faults(document, MOODLE) == []
    found = {question.name: question for question in parse_string(document)["multichoice"]}
    choices = {item.id: item for item in [*ALL, *HARD] if item.kind in ("one", "some")}
    assert set(found) == set(choices)
    for name, item in choices.items():
        options = found[name].options
        assert len(options) == len(item.choices) and all(option.feedback for option in options), name
        assert [option.score_fraction > 0 for option in options] == [choice.right for choice in item.choices], name
        best = sum(option.score_fraction for option in options if option.score_fraction > 0)
        assert best == pytest.approx(100, abs=0.01), name


def test_moodle_gives_every_match_its_pairs_and_every_number_its_margin():
    root = ET.fromstring(moodle.written(ALL))
    found = {question.findtext("name/text"): question for question in root.iter("question")}
    for item in ALL:
        if item.kind in ("order", "match"):
            pairs = [
                (pair.findtext("text"), pair.findtext("answer/text")) for pair in found[item.id].iter("subquestion")
            ]
            assert [(text != "", answer) for text, answer in pairs] == [
                (text != "", answer) for text, answer in explained.pairs(item)
            ]
            assert len({answer for _, answer in pairs}) >= 2 and len(pairs) >= 3
        if item.kind == "number":
            answer = found[item.id].find("answer")
            assert float(answer.findtext("text")) == item.answer
            assert float(answer.findtext("tolerance")) == item.tolerance


def test_gift_is_read_by_another_parser_with_the_same_answers():
    found = {
        question["title"]: question
        for question in parsed(gift.written([*ALL, *HARD]))
        if question["type"] != "Category"
    }
    kinds = {
        "one": "MC",
        "some": "MC",
        "order": "Matching",
        "match": "Matching",
        "number": "Numerical",
        "open": "Essay",
    }
    assert set(found) == {item.id for item in [*ALL, *HARD]}
    for item in [*ALL, *HARD]:
        question = found[item.id]
        assert question["type"] == kinds[item.kind], item.id
        assert question["stem"]["text"] == _one_line(explained.html(item.prompt)), item.id
        after = explained.html(explained.afterwards(item))
        assert (question["globalFeedback"] or {"text": ""})["text"] == _one_line(after), item.id
        if item.kind in ("one", "some"):
            read = [(choice["text"]["text"], choice["feedback"]["text"]) for choice in question["choices"]]
            assert read == [
                (_one_line(explained.html([choice.text])), _one_line(explained.html([choice.why])))
                for choice in item.choices
            ]
            right = [choice["isCorrect"] or (choice["weight"] or 0) > 0 for choice in question["choices"]]
            assert right == [choice.right for choice in item.choices], item.id
        if item.kind == "number":
            assert (question["choices"]["number"], question["choices"]["range"]) == (item.answer, item.tolerance)


def _one_line(html: str) -> str:
    return " ".join(html.split())


def test_qti_keeps_to_its_schema_and_the_package_is_whole():
    with zipfile.ZipFile(io.BytesIO(qti.package([*ALL, *HARD]))) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert faults(files["imsmanifest.xml"], MANIFEST) == []
    assert faults(files["test.xml"], QTI_TEST) == []
    for name, text in files.items():
        assert not name.startswith("items/") or faults(text, QTI_ITEM) == [], name
    listed = set(re.findall(r'<file href="([^"]+)"', files["imsmanifest.xml"]))
    assert listed == set(files) - {"imsmanifest.xml"}
    assert set(re.findall(r'href="(items/[^"]+)"', files["test.xml"])) == {name for name in files if "/" in name}


def _scored(item: Item, response: object) -> float:
    """Let pyslet read an item, answer it, and run its response processing."""
    document = QTIDocument()
    document.read(src=io.BytesIO(qti.item_xml(item).encode()))
    state = ItemSessionState(document.root)
    state.begin_session()
    if response is not None:
        state["RESPONSE"].set_value(response)
    document.root.ResponseProcessing.run(state)
    return state["SCORE"].value


def _answers(item: Item) -> tuple[object, object]:
    """Give a right answer and a wrong one, as ids of the QTI item."""
    ids = [f"C{number}" for number in range(1, len(item.choices) + 1)]
    if item.kind == "number":
        return float(item.answer), item.answer + item.tolerance + 0.01
    if item.kind == "order":
        return ids, [ids[1], ids[0], *ids[2:]]
    if item.kind == "match":
        places = [item.categories.index(choice.answer) for choice in item.choices]
        right = [(name, f"K{place + 1}") for name, place in zip(ids, places, strict=True)]
        count = len(item.categories)
        return right, [(name, f"K{(place + 1) % count + 1}") for name, place in zip(ids, places, strict=True)]
    right = [name for name, choice in zip(ids, item.choices, strict=True) if choice.right]
    wrong = [name for name in ids if name not in right]
    return (right[0], wrong[0]) if item.kind == "one" else (right, ids)


def test_another_engine_reads_every_qti_item_and_gives_the_right_answer_the_points():
    for item in [*ALL, *HARD]:
        if item.kind == "open":
            assert _scored(item, "tekst") == 0, item.id
            continue
        right, wrong = _answers(item)
        most_wrong = max(0, 2 * sum(choice.right for choice in item.choices) - len(item.choices))
        points = most_wrong / sum(choice.right for choice in item.choices) if item.kind == "some" else 0
        assert _scored(item, right) == pytest.approx(1), item.id
        assert _scored(item, wrong) == pytest.approx(points, abs=1e-5), item.id
        assert _scored(item, None) == 0, item.id


@pytest.mark.parametrize(
    ("old", "new", "schema", "name"),
    [
        ("<prompt>", "<b>", QTI_ITEM, "item"),
        ('identifier="C1"', "", QTI_ITEM, "item"),
        ("<idnumber>", "<number>", MOODLE, "quiz"),
    ],
)
def test_a_broken_document_is_noticed(old, new, schema, name):
    document = qti.item_xml(HARD[0]) if name == "item" else moodle.written(HARD)
    closing = {"<prompt>": "</prompt>", "<idnumber>": "</idnumber>"}.get(old, old)
    broken = document.replace(old, new).replace(closing, new.replace("<", "</") if closing != old else new)
    assert faults(broken, schema)


class TestTheCommand:
    def test_writes_three_files_and_counts(self, tmp_path, capsys):
        assert cli.main(["vragen", str(tmp_path / "nieuw"), "--les", "03"]) == 0
        written = {path.name for path in (tmp_path / "nieuw").iterdir()}
        assert written == {"vragen-moodle.xml", "vragen-gift.txt", "vragen-qti21.zip"}
        assert f"{len(items('03'))} vragen uit 1 les:" in capsys.readouterr().out

    def test_an_unknown_lesson_gets_the_known_ones(self, tmp_path, capsys):
        assert cli.main(["vragen", str(tmp_path), "--les", "77"]) == cli.MISTAKE
        assert "00, 01" in capsys.readouterr().err

    def test_a_folder_that_is_a_file(self, tmp_path, capsys):
        (tmp_path / "x").write_text("")
        assert cli.main(["vragen", str(tmp_path / "x")]) == cli.FAILED
        assert "kies een map" in capsys.readouterr().err

    def test_help_is_its_own(self, capsys):
        with pytest.raises(SystemExit):
            cli.main(["vragen", "--help"])
        assert "QTI 2.1" in capsys.readouterr().out
