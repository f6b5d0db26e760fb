"""Items as a QTI 2.1 package: an XML file each, a test with a section per lesson, and the manifest.

Each item scores 0 to 1 by itself; of an open one a person decides. An option's explanation is shown when it is chosen,
what holds for every answer afterwards.
"""

import io
import math
import zipfile
from collections.abc import Iterable
from itertools import groupby
from xml.etree import ElementTree as ET

from vermarkting.teaching import explained
from vermarkting.teaching.items import Item
from vermarkting.text import t

_QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_SCHEMA = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_TEST = "test.xml"


def package(items: Iterable[Item]) -> bytes:
    """Give the zip file that a learning platform imports; the same items always give the same bytes."""
    items = list(items)
    files = {f"items/{_name(item)}.xml": item_xml(item) for item in items}
    files = {"imsmanifest.xml": _manifest(items), _TEST: _test(items), **files}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def item_xml(item: Item) -> str:
    """Give one ``assessmentItem``."""
    root = _root(_QTI, "assessmentItem", f"{_QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd")
    attributes = {"identifier": _name(item), "title": item.id, "adaptive": "false", "timeDependent": "false"}
    root.attrib |= {_LANGUAGE: "nl", **attributes}
    _response(root, item)
    _outcome(root, "SCORE", "float", default="0")
    _outcome(root, "MAXSCORE", "float", default="1")
    chosen = item.kind in ("one", "some")
    if chosen:
        _outcome(root, "CHOSEN", "identifier", cardinality=_cardinality(item))
    _outcome(root, "AFTERWARDS", "identifier")
    _body(root, item)
    _processing(root, item)
    if chosen:
        for number, choice in enumerate(item.choices):
            if choice.why:
                _feedback(root, "CHOSEN", _id(number), [choice.why])
    after = explained.afterwards(item)
    if after:
        _feedback(root, "AFTERWARDS", "ALWAYS", after)
    return _text(root)


def _cardinality(item: Item) -> str:
    return {"some": "multiple", "match": "multiple", "order": "ordered"}.get(item.kind, "single")


def _id(number: int) -> str:
    return f"C{number + 1}"


def _name(item: Item) -> str:
    return "Q" + item.id.replace(".", "_")


def _response(root: ET.Element, item: Item) -> None:
    base = {"match": "directedPair", "number": "float", "open": "string"}.get(item.kind, "identifier")
    attributes = {"identifier": "RESPONSE", "cardinality": _cardinality(item), "baseType": base}
    response = ET.SubElement(root, "responseDeclaration", attributes)
    right = _right(item)
    if right:
        correct = ET.SubElement(response, "correctResponse")
        for value in right:
            ET.SubElement(correct, "value").text = value
    if item.kind in ("some", "match"):
        mapping = ET.SubElement(response, "mapping", lowerBound="0", upperBound="1", defaultValue="0")
        for key, points in _points(item):
            ET.SubElement(mapping, "mapEntry", mapKey=key, mappedValue=_rounded(points))


def _right(item: Item) -> list[str]:
    if item.kind == "number":
        return [f"{item.answer:g}"]
    if item.kind == "match":
        return [_pair(number, item) for number in range(len(item.choices))]
    return [_id(number) for number, choice in enumerate(item.choices) if choice.right or item.kind == "order"]


def _pair(number: int, item: Item) -> str:
    return f"{_id(number)} K{item.categories.index(item.choices[number].answer) + 1}"


def _points(item: Item) -> list[tuple[str, float]]:
    if item.kind == "match":
        return [(_pair(number, item), 1 / len(item.choices)) for number in range(len(item.choices))]
    return [(_id(number), explained.share(item, choice) / 100) for number, choice in enumerate(item.choices)]


def _rounded(points: float) -> str:
    """Round away from nothing: three times a third is the whole, and one wrong still undoes one right."""
    return f"{math.copysign(math.ceil(abs(points) * 1e6 - 1e-6) / 1e6, points):.6f}"


def _outcome(root: ET.Element, name: str, base: str, cardinality: str = "single", default: str = "") -> None:
    outcome = ET.SubElement(root, "outcomeDeclaration", identifier=name, cardinality=cardinality, baseType=base)
    if default:
        ET.SubElement(ET.SubElement(outcome, "defaultValue"), "value").text = default


def _body(root: ET.Element, item: Item) -> None:
    body = ET.SubElement(root, "itemBody")
    *before, last = item.prompt
    for paragraph in before:
        ET.SubElement(body, "p").text = paragraph
    if item.kind == "number":
        line = ET.SubElement(body, "p")
        line.text = f"{last} "
        ET.SubElement(line, "textEntryInteraction", responseIdentifier="RESPONSE", expectedLength="12")
        return
    name, attributes = {
        "one": ("choiceInteraction", {"shuffle": "true", "maxChoices": "1"}),
        "some": ("choiceInteraction", {"shuffle": "true", "maxChoices": "0"}),
        "order": ("orderInteraction", {"shuffle": "true"}),
        "match": ("matchInteraction", {"shuffle": "true", "maxAssociations": str(len(item.choices))}),
        "open": ("extendedTextInteraction", {"expectedLines": "10"}),
    }[item.kind]
    interaction = ET.SubElement(body, name, {"responseIdentifier": "RESPONSE", **attributes})
    ET.SubElement(interaction, "prompt").text = last
    if item.kind == "match":
        _match_sets(interaction, item)
    elif item.kind != "open":
        for number, choice in enumerate(item.choices):
            ET.SubElement(interaction, "simpleChoice", identifier=_id(number)).text = choice.text


def _match_sets(interaction: ET.Element, item: Item) -> None:
    first = ET.SubElement(interaction, "simpleMatchSet")
    for number, choice in enumerate(item.choices):
        ET.SubElement(first, "simpleAssociableChoice", identifier=_id(number), matchMax="1").text = choice.text
    second = ET.SubElement(interaction, "simpleMatchSet")
    for number, name in enumerate(item.categories, 1):
        most = str(len(item.choices))
        ET.SubElement(second, "simpleAssociableChoice", identifier=f"K{number}", matchMax=most).text = name


def _processing(root: ET.Element, item: Item) -> None:
    processing = ET.SubElement(root, "responseProcessing")
    if item.kind in ("some", "match"):
        score = ET.SubElement(_unless_empty(processing), "setOutcomeValue", identifier="SCORE")
        ET.SubElement(score, "mapResponse", identifier="RESPONSE")
    elif item.kind != "open":
        condition = ET.SubElement(ET.SubElement(processing, "responseCondition"), "responseIf")
        _near(condition, item) if item.kind == "number" else _same(condition)
        _set(condition, "SCORE", "float", "1")
    if item.kind in ("one", "some"):
        chosen = ET.SubElement(processing, "setOutcomeValue", identifier="CHOSEN")
        ET.SubElement(chosen, "variable", identifier="RESPONSE")
    _set(processing, "AFTERWARDS", "identifier", "ALWAYS")


def _same(condition: ET.Element) -> None:
    test = ET.SubElement(condition, "match")
    ET.SubElement(test, "variable", identifier="RESPONSE")
    ET.SubElement(test, "correct", identifier="RESPONSE")


def _near(condition: ET.Element, item: Item) -> None:
    both = ET.SubElement(condition, "and")
    for name, bound in (("gte", item.answer - item.tolerance), ("lte", item.answer + item.tolerance)):
        test = ET.SubElement(both, name)
        ET.SubElement(test, "variable", identifier="RESPONSE")
        ET.SubElement(test, "baseValue", baseType="float").text = f"{bound:.10g}"


def _unless_empty(processing: ET.Element) -> ET.Element:
    condition = ET.SubElement(processing, "responseCondition")
    empty = ET.SubElement(condition, "responseIf")
    ET.SubElement(ET.SubElement(empty, "isNull"), "variable", identifier="RESPONSE")
    _set(empty, "SCORE", "float", "0")
    return ET.SubElement(condition, "responseElse")


def _set(parent: ET.Element, name: str, base: str, value: str) -> None:
    outcome = ET.SubElement(parent, "setOutcomeValue", identifier=name)
    ET.SubElement(outcome, "baseValue", baseType=base).text = value


def _feedback(root: ET.Element, outcome: str, identifier: str, paragraphs: Iterable[str]) -> None:
    shown = {"outcomeIdentifier": outcome, "identifier": identifier, "showHide": "show"}
    feedback = ET.SubElement(root, "modalFeedback", shown)
    for paragraph in paragraphs:
        ET.SubElement(feedback, "p").text = paragraph


def _test(items: list[Item]) -> str:
    root = _root(_QTI, "assessmentTest", f"{_QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd")
    root.attrib |= {"identifier": "VERMARKTING", "title": t("teaching.category")}
    modes = {"identifier": "ALL", "navigationMode": "nonlinear", "submissionMode": "individual"}
    part = ET.SubElement(root, "testPart", modes)
    for lesson, members in groupby(items, key=lambda item: item.lesson):
        section = {"identifier": f"LESSON_{lesson}", "title": explained.title(lesson), "visible": "true"}
        section = ET.SubElement(part, "assessmentSection", section)
        for item in members:
            ET.SubElement(section, "assessmentItemRef", identifier=_name(item), href=f"items/{_name(item)}.xml")
    return _text(root)


def _manifest(items: list[Item]) -> str:
    root = _root(
        _PACKAGE, "manifest", f"{_PACKAGE} http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd"
    )
    root.set("identifier", "MANIFEST")
    metadata = ET.SubElement(root, "metadata")
    ET.SubElement(metadata, "schema").text = "QTIv2.1 Package"
    ET.SubElement(metadata, "schemaversion").text = "1.0.0"
    ET.SubElement(root, "organizations")
    resources = ET.SubElement(root, "resources")
    test = {"identifier": "TEST", "type": "imsqti_test_xmlv2p1", "href": _TEST}
    test = ET.SubElement(resources, "resource", test)
    ET.SubElement(test, "file", href=_TEST)
    for item in items:
        ET.SubElement(test, "dependency", identifierref=_name(item))
        path = f"items/{_name(item)}.xml"
        resource = {"identifier": _name(item), "type": "imsqti_item_xmlv2p1", "href": path}
        ET.SubElement(ET.SubElement(resources, "resource", resource), "file", href=path)
    return _text(root)


def _root(namespace: str, name: str, schema: str) -> ET.Element:
    return ET.Element(name, {"xmlns": namespace, _SCHEMA: schema})


def _text(root: ET.Element) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
