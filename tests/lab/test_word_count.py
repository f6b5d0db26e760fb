"""The word count below prose knows the text that stands in an answer cell before anybody writes."""

import json

from vermarkting.content import folder
from vermarkting.lab.server import PROSE
from vermarkting.text import t


def test_the_text_that_counts_for_nothing_is_the_one_that_is_released():
    found = []
    for path in sorted(folder("assignments").glob("*/*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        found += ["".join(cell["source"]) for cell in cells if cell["metadata"].get("nbgrader", {}).get("solution")]
    assert len(found) >= 5
    assert set(found) == {t("lab.stub")}


def test_the_sentences_of_the_count():
    assert PROSE[:3] == ("words", "words_asked", "stub")
    assert t("lab.words", words=3) == "3 woorden"
    assert t("lab.words", words=1) == "1 woord"
    assert t("lab.words", words="{words}") == "{words:|woord|woorden}"  # filled in by the browser
    assert t("lab.words_asked", words=3, asked=600) == "3 van ongeveer 600 woorden"
