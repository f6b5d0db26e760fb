"""A file that is broken or meant to harm gives one Dutch sentence that says what to do, soon, and nothing else."""

import re
import time

import pytest
from hostile import BROKEN, IMPERFECT
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vermarkting import formats, text
from vermarkting.formats import FormatError
from vermarkting.formats.text_file import decoded, plain

SECONDS = 30  # on a slow machine with other work; here the slowest takes one


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_gives_one_sentence(name):
    started = time.perf_counter()
    with pytest.raises(FormatError) as caught:
        formats.read(BROKEN[name])
    assert time.perf_counter() - started < SECONDS
    sentence = str(caught.value)
    assert sentence.endswith(".") and sentence[0].isupper() and sentence.count(". ") == 0
    assert "dus " in sentence and len(sentence) < 160


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nothing", "leeg"),
        ("three megabytes", "groter dan 2 megabyte"),
        ("a picture", "geen tekstbestand"),
        ("a zip file", "geen tekstbestand"),
        ("a zero byte", "geen tekstbestand"),
        ("UTF-32", "geen tekstbestand"),
        ("prose", "geen argumenten die we herkennen"),
        ("Argdown: a text without end", "langer dan 10.000 tekens"),
        ("Argdown: too many arguments", "meer dan 2.000 argumenten"),
        ("Argdown: too many relations", "meer dan 10.000 aanvallen"),
        ("JSON: cut off", "beschadigd op regel 1"),
        ("JSON: very deep lists", "niet de vorm van AIF-JSON"),
        ("AIF: one code for two", "'A1' staat twee keer"),
        ("Kialo: deeper than deep", "dieper vertakt"),
    ],
)
def test_the_sentence_tells_what_is_wrong(name, words):
    with pytest.raises(FormatError, match=words):
        formats.read(BROKEN[name])


@pytest.mark.parametrize("name", IMPERFECT)
def test_what_can_be_read_is_read_and_the_rest_is_named(name):
    found = formats.read(IMPERFECT[name])
    assert found.arguments
    assert len(found.left_out) == 1


def test_every_kind_of_what_is_left_out_is_named_of_some_file():
    told = [phrase for file in IMPERFECT.values() for phrase in formats.read(file).left_out]
    for phrase in text.sentences("formats")["left_out"].values():
        assert phrase.format(count=1) in told


def test_every_sentence_about_a_file_is_told_of_some_file():
    told = []
    for file in BROKEN.values():
        with pytest.raises(FormatError) as caught:
            formats.read(file)
        told.append(str(caught.value))
    sentences = text.sentences("formats")
    of_code_only = {"tags", "left_out", "bad_id", "unknown_argument"}
    for key in sentences.keys() - of_code_only:
        pattern = re.sub(r"\\\{\w+\\\}", ".+", re.escape(sentences[key]))
        assert any(re.fullmatch(pattern, sentence) for sentence in told), key


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@example(b"{}")
@example(b'{"AIF": null}')
@example(b'{"AIF": {"nodes": null, "edges": null}}')
@example(b"===\ntitle: [\n===\n<A1>: x")
@example(b'===\ntitle: "x\n===\n<A1>: x')
@settings(max_examples=300)
def test_any_bytes_give_a_map_or_a_sentence(file):
    try:
        found = formats.read(file)
    except FormatError as error:
        assert str(error).endswith(".")
    else:
        assert found.arguments


SPACES = ["\n", "\n\n", " ", "    "]
LINES = [
    "===",
    "title:",
    "Discussion Title: x\n",
    "Sources:\n",
    "-> See 1.1.",
    "1. ",
    "1.1. ",
    "Pro:",
    "Con:",
    "Thesis:",
]
MARKS = [
    *"<>[]{}:-+_#)\\@",
    "->",
    "+>",
    "><",
    "#(",
    "//",
    "/*",
    "*/",
    "<!--",
    "-->",
    "(1)",
    "--",
    "[1]",
    "A1",
    "L2",
    "een",
]
SIGNS = st.sampled_from(SPACES + LINES + MARKS)


@given(st.lists(SIGNS, max_size=40).map("".join))
@settings(max_examples=500)
def test_any_mix_of_signs_gives_a_map_or_a_sentence(signs):
    try:
        found = formats.read(signs.encode())
    except FormatError as error:
        assert str(error).endswith(".")
    else:
        for argument in found.arguments:
            assert argument.text == plain(argument.text) != ""


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_usual_encodings_are_read(encoding):
    document = (
        "<A1 één>: Coöperatie is geen façade; wie wél kiest, krijgt méér ruimte.\n    - <A2>: Nee, geïdealiseerd.\n"
    )
    found = formats.read(document.encode(encoding))
    assert [argument.text for argument in found.arguments] == [
        "Coöperatie is geen façade; wie wél kiest, krijgt méér ruimte.",
        "Nee, geïdealiseerd.",
    ]
    assert found.arguments[0].details["key"] == "één"
    assert found.attacks == (("A2", "A1"),)


def test_windows_quotes_are_read():
    assert decoded("‘wél’ – €".encode("cp1252")) == "‘wél’ – €"


def test_a_deep_staircase_is_read():
    steps = 1_500
    stairs = "<A1>: x\n" + "".join(f"{' ' * depth}- y\n" for depth in range(1, steps))
    assert formats.read(stairs.encode()).attacks[:2] == (("T1", "A1"), ("T2", "T1"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read(end):
    document = end.join(["<A1>: x", "    - <A2>: y", "", "<A3>: z", ""])
    assert len(formats.read(document.encode()).arguments) == 3


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("een\u202egnul\u202c twee", "eengnul twee"),  # signs that turn the reading order round
        ("een\x07twee\x1b[31m", "eentwee[31m"),
        ("een\n\t twee", "een twee"),
        ("<b>vet</b>", "<b>vet</b>"),
        ("\ud800x", "x"),
    ],
)
def test_a_text_is_plain(said, shown):
    assert plain(said) == shown
