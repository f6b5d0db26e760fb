"""The part of each format's schema that we use, written down from its specification: what may stand in what.

An element has its required attributes, those it may have besides (``?``), and a pattern for the names of its children
in order; ``text`` stands for words. QTI 2.1: IMS information model, section 4 to 9. Package: IMS Content Packaging 1.1.
Moodle: its documentation of the XML format. What is not in a table may not occur.
"""

import re
from xml.etree import ElementTree as ET

QTI_ITEM = {
    "assessmentItem": (
        ["identifier", "title", "adaptive", "timeDependent", "lang?", "schemaLocation?"],
        r"(responseDeclaration )*(outcomeDeclaration )*(itemBody )?(responseProcessing )?(modalFeedback )*",
    ),
    "responseDeclaration": (["identifier", "cardinality", "baseType"], "(correctResponse )?(mapping )?"),
    "correctResponse": ([], "(value )+"),
    "mapping": (["defaultValue", "lowerBound?", "upperBound?"], "(mapEntry )+"),
    "mapEntry": (["mapKey", "mappedValue"], ""),
    "outcomeDeclaration": (["identifier", "cardinality", "baseType"], "(defaultValue )?"),
    "defaultValue": ([], "(value )+"),
    "value": ([], "text "),
    "itemBody": (
        [],
        "(p )*((choiceInteraction|orderInteraction|matchInteraction|extendedTextInteraction) )?",
    ),
    "p": ([], "(text )?(textEntryInteraction )?"),
    "textEntryInteraction": (["responseIdentifier", "expectedLength?"], ""),
    "choiceInteraction": (["responseIdentifier", "shuffle", "maxChoices"], "(prompt )?(simpleChoice )+"),
    "orderInteraction": (["responseIdentifier", "shuffle"], "(prompt )?(simpleChoice )+"),
    "matchInteraction": (
        ["responseIdentifier", "shuffle", "maxAssociations"],
        "(prompt )?simpleMatchSet simpleMatchSet ",
    ),
    "extendedTextInteraction": (["responseIdentifier", "expectedLines?"], "(prompt )?"),
    "prompt": ([], "text "),
    "simpleChoice": (["identifier"], "text "),
    "simpleMatchSet": ([], "(simpleAssociableChoice )*"),
    "simpleAssociableChoice": (["identifier", "matchMax"], "text "),
    "responseProcessing": ([], "((responseCondition|setOutcomeValue) )*"),
    "responseCondition": ([], "responseIf (responseElse )?"),
    "responseIf": ([], "(match|and|isNull) (setOutcomeValue )*"),
    "responseElse": ([], "(setOutcomeValue )*"),
    "match": ([], "variable correct "),
    "and": ([], "((gte|lte) )+"),
    "gte": ([], "variable baseValue "),
    "lte": ([], "variable baseValue "),
    "isNull": ([], "variable "),
    "variable": (["identifier"], ""),
    "correct": (["identifier"], ""),
    "baseValue": (["baseType"], "text "),
    "mapResponse": (["identifier"], ""),
    "setOutcomeValue": (["identifier"], "(baseValue|variable|mapResponse) "),
    "modalFeedback": (["outcomeIdentifier", "identifier", "showHide"], "(p )+"),
}
QTI_TEST = {
    "assessmentTest": (["identifier", "title", "schemaLocation?"], "(testPart )+"),
    "testPart": (["identifier", "navigationMode", "submissionMode"], "(assessmentSection )+"),
    "assessmentSection": (["identifier", "title", "visible"], "(assessmentItemRef )*"),
    "assessmentItemRef": (["identifier", "href"], ""),
}
MANIFEST = {
    "manifest": (["identifier", "schemaLocation?"], "(metadata )?organizations resources "),
    "metadata": ([], "schema schemaversion "),
    "schema": ([], "text "),
    "schemaversion": ([], "text "),
    "organizations": ([], ""),
    "resources": ([], "(resource )*"),
    "resource": (["identifier", "type", "href"], "(file )*(dependency )*"),
    "file": (["href"], ""),
    "dependency": (["identifierref"], ""),
}
_HEAD = "name questiontext generalfeedback defaultgrade penalty hidden idnumber "
_SETTINGS = (
    *("single", "shuffleanswers", "answernumbering", "unitgradingtype", "unitpenalty", "showunits", "unitsleft"),
    *("responseformat", "responserequired", "responsefieldlines", "attachments"),
)
_TEXT = ([], "text ")
_HTML = (["format"], "text ")
MOODLE = {
    "quiz": ([], "(question )+"),
    "question": (
        ["type"],
        rf"category |{_HEAD}(single shuffleanswers answernumbering (answer )+|shuffleanswers (subquestion )+"
        r"|answer unitgradingtype unitpenalty showunits unitsleft "
        r"|responseformat responserequired responsefieldlines attachments graderinfo )",
    ),
    "category": _TEXT,
    "name": _TEXT,
    "text": ([], "(text )?"),
    "questiontext": _HTML,
    "generalfeedback": _HTML,
    "graderinfo": _HTML,
    "feedback": _HTML,
    "answer": (["fraction?", "format?"], "text (feedback )?(tolerance )?"),
    "subquestion": (["format"], "text answer "),
    "tolerance": ([], "text "),
    **{name: ([], "text ") for name in (*_HEAD.split()[3:], *_SETTINGS)},
}


def faults(document: str, schema: dict[str, tuple[list[str], str]]) -> list[str]:
    """Name each element that its schema does not allow there, with those attributes or with those children."""
    return _faults(ET.fromstring(document), schema)


def _faults(element: ET.Element, schema: dict[str, tuple[list[str], str]]) -> list[str]:
    name = _local(element.tag)
    if name not in schema:
        return [f"{name} is not in the schema"]
    attributes, content = schema[name]
    found = {_local(attribute) for attribute in element.attrib}
    required = {attribute for attribute in attributes if not attribute.endswith("?")}
    faulty = [f"{name} lacks {attribute}" for attribute in required - found]
    faulty += [f"{name} has {attribute}" for attribute in found - {attribute.rstrip("?") for attribute in attributes}]
    words = "text " if (element.text or "").strip() else ""
    children = words + "".join(f"{_local(child.tag)} " for child in element)
    if not re.fullmatch(content, children):
        faulty.append(f"{name} holds {children}")
    return faulty + [fault for child in element for fault in _faults(child, schema)]


def _local(name: str) -> str:
    return name.rpartition("}")[2]
