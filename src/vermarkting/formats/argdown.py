"""Argdown: arguments and relations as text that people can read and edit. See https://argdown.org for the language.

Written: code, key, claim, position, origin, level, values and other tags, attacks and supports; the other fields of the
table do not fit in a readable text (``aif`` keeps them all). Read: that, and what others write by hand: statements in
[ ] and arguments in < >, with a code at the start of the name or without one; relations below them, indented, one below
the other as deep as wanted; texts over several lines; tags, comments and front matter. An undercut counts as an attack,
a contradiction as two attacks; numbered premises and conclusions as ``argdown_document`` tells. Left out, and named in
the map: data between braces, rules of inference, texts without a name that nothing is related to, and all but the last
of several texts under one name. Headings but for the first one are left out as well.
"""

import json
import re

from vermarkting.formats.argdown_document import ESCAPED, TAGGED, Document
from vermarkting.formats.argument_map import Argument, ArgumentMap
from vermarkting.formats.text_file import decoded, plain
from vermarkting.text import t

MARKUP = re.compile(
    r"[\\\[\]<>{}#@*_]"  # what starts a tag, a name, data or a style anywhere in a text
    r"|/(?=/)|(?<=/)/"  # a comment
    r"|[.:](?=[^\s.:]*[.:])"  # a named sign such as .or.
    r"|=(?==)|(?<==)="  # front matter
)
FRONT_MATTER = re.compile(r"\s*={3,}[ \t]*\n(.*?)\n={3,}[ \t]*(?:\n|$)", re.DOTALL)
TITLE = re.compile(r"^title:[ \t]*(.+)$", re.MULTILINE)
BLANK_TO_END = re.compile(r"[ \t]*\n")
SIGN = re.compile(
    r"\\.|<!--|/\*|//|\{[^{}]*\}"
    r"|<[^<>\n]{1,500}>|\[[^\[\]\n]{1,500}\](?:\([^()\n]{1,2000}\))?"
)


def write(argument_map: ArgumentMap) -> str:
    """Give the map as an Argdown document that ends in a line break."""
    titles = {argument.id: _title(argument) for argument in argument_map.arguments}
    relations: dict[str, list[str]] = {one: [] for one in titles}
    for sign, pairs in (("->", argument_map.attacks), ("+>", argument_map.supports)):
        for one, other in pairs:
            relations[one].append(f"    {sign} <{titles[other]}>")
    title = json.dumps(argument_map.title, ensure_ascii=False).replace("=", "\\u003d")
    blocks = [f"===\ntitle: {title}\nmodel:\n    removeTagsFromText: true\n==="]
    for argument in argument_map.arguments:
        text = MARKUP.sub(lambda sign: f"\\{sign[0]}", argument.text)
        tags = "".join(f" #{tag}" if re.fullmatch(r"[\w-]+", tag) else f" #({tag})" for tag in _tags(argument))
        blocks.append("\n".join([f"<{titles[argument.id]}>: {text}{tags}", *relations[argument.id]]))
    return "\n\n".join(blocks) + "\n"


def read(file: bytes) -> ArgumentMap:
    """Give the map in an Argdown file. Raises ``FormatError``."""
    return parse(decoded(file))


def parse(text: str) -> ArgumentMap:
    """Give the map in an Argdown document. Raises ``FormatError``."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    title = ""
    if front := FRONT_MATTER.match(text):
        title = _front_title(front[1])
        text = text[front.end() :]
    document = Document()
    text, document.left_out["data"] = _without_comments_and_data(text)
    for block in re.split(r"\n[ \t]*\n", text):
        while heading := re.match(r"\s*#+ +(.+)", block):
            title = title or plain(ESCAPED.sub(r"\1", heading[1]))
            block = block[heading.end() :]
        document.add(block)
    return document.map(title)


def _title(argument: Argument) -> str:
    """Give the name of an argument in the document: its code, and its key with what ends a name left out."""
    key = plain(re.sub(r"[<>\[\]]", " ", str(argument.details.get("key") or "")))
    return f"{argument.id} {key}".strip()


def _tags(argument: Argument) -> list[str]:
    tags = [
        f"{t(f'formats.tags.{field}')}-{argument.details[field]}" for field in TAGGED if argument.details.get(field)
    ]
    tags += [f"{t('formats.tags.values')}-{value}" for value in argument.details.get("values") or ()]
    return tags + list(argument.details.get("tags") or ())


def _front_title(front: str) -> str:
    found = TITLE.search(front)
    title = found[1].strip() if found else ""
    if title.startswith('"'):
        try:
            title = json.loads(title)
        except ValueError:
            title = title.strip('"')
    return plain(str(title))


def _without_comments_and_data(text: str) -> tuple[str, int]:
    """Leave out comments and data, with the lines that hold nothing else; give the number of data too.

    What stands in a name, a link or after a backslash starts neither.
    """
    kept, start, place, data = [], 0, 0, 0
    closing = {"<!--": "-->", "/*": "*/", "//": "\n"}
    while found := SIGN.search(text, place):
        place, end = found.end(), -1
        if found[0] in closing:
            end = text.find(closing[found[0]], place)
            if found[0] == "//":
                end = len(text) if end < 0 else end
            elif end < 0:
                del closing[found[0]]  # it is never closed, so it is plain text; do not look for it again
            else:
                end += len(closing[found[0]])
        elif found[0].startswith("{"):
            end = place
            data += 1
        if end >= 0:
            kept.append(text[start : found.start()])
            if not kept[-1].rpartition("\n")[2].strip() and (blank := BLANK_TO_END.match(text, end)):
                kept[-1] = kept[-1].rstrip(" \t")
                end = blank.end()
            start = place = end
    return "".join([*kept, text[start:]]), data
