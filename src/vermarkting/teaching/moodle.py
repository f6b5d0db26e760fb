"""Items as Moodle XML, the form that Moodle's question bank imports and exports.

Moodle matches an order as items with places, so that versions without the question type *ordering* take it too.
"""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from vermarkting.teaching import explained
from vermarkting.teaching.items import Item

_TYPES = {
    "one": "multichoice",
    "some": "multichoice",
    "order": "matching",
    "match": "matching",
    "number": "numerical",
    "open": "essay",
}


def written(items: Iterable[Item]) -> str:
    """Give one Moodle XML document, with a category per lesson."""
    quiz = ET.Element("quiz")
    lesson = None
    for item in items:
        if item.lesson != lesson:
            lesson = item.lesson
            category = ET.SubElement(quiz, "question", type="category")
            ET.SubElement(
                ET.SubElement(category, "category"), "text"
            ).text = f"$course$/top/{explained.category(lesson)}"
        _question(quiz, item)
    ET.indent(quiz)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(quiz, encoding="unicode") + "\n"


def _question(quiz: ET.Element, item: Item) -> None:
    question = ET.SubElement(quiz, "question", type=_TYPES[item.kind])
    ET.SubElement(ET.SubElement(question, "name"), "text").text = item.id
    _html(question, "questiontext", explained.html(item.prompt))
    _html(question, "generalfeedback", explained.html(explained.afterwards(item)))
    _values(question, defaultgrade="1", penalty="0", hidden="0", idnumber=item.id)
    if item.kind in ("one", "some"):
        _choices(question, item)
    elif item.kind in ("order", "match"):
        _pairs(question, item)
    elif item.kind == "number":
        _number(question, item)
    else:
        _values(question, responseformat="editor", responserequired="1", responsefieldlines="10", attachments="0")
        _html(question, "graderinfo", explained.html(item.why))


def _choices(question: ET.Element, item: Item) -> None:
    _values(question, single=str(item.kind == "one").lower(), shuffleanswers="true", answernumbering="none")
    for choice in item.choices:
        fraction = f"{explained.share(item, choice):.5f}".rstrip("0").rstrip(".")
        answer = _html(question, "answer", explained.html([choice.text]), fraction=fraction)
        _html(answer, "feedback", explained.html([choice.why]))


def _pairs(question: ET.Element, item: Item) -> None:
    _values(question, shuffleanswers="true")
    for text, category in explained.pairs(item):
        pair = _html(question, "subquestion", explained.html([text]))
        ET.SubElement(ET.SubElement(pair, "answer"), "text").text = category


def _number(question: ET.Element, item: Item) -> None:
    answer = ET.SubElement(question, "answer", fraction="100", format="moodle_auto_format")
    ET.SubElement(answer, "text").text = f"{item.answer:g}"
    _values(answer, tolerance=f"{item.tolerance:g}")
    _values(question, unitgradingtype="0", unitpenalty="0.1", showunits="3", unitsleft="0")


def _values(parent: ET.Element, **values: str) -> None:
    for name, value in values.items():
        ET.SubElement(parent, name).text = value


def _html(parent: ET.Element, name: str, html: str, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, format="html", **attributes)
    ET.SubElement(element, "text").text = html
    return element
