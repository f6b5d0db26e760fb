"""Argdown: arguments and relations as text that people can read and edit. See https://argdown.org for the language.

Written: code, key, claim, position, origin, level, values and other tags, attacks and supports; the other fields of the
table do not fit in a readable text (``aif`` keeps them all). Read: that, and what others write by hand: statements in
[ ] and arguments in < >, with a code at the start of the name or without one; relations below them, indented, one below
the other as deep as wanted; texts over several lines; tags, comments and front matter. An undercut counts as an attack,
a contradiction as two attacks. Left out: data between braces, headings but for the first one, texts without a name that
nothing is related to. Premises with a number are refused, as leaving them out would change the debate.
"""

import json
import re

from vermarkting.formats.argument_map import MOST_ARGUMENTS, MOST_RELATIONS, Argument, ArgumentMap, fresh_ids, is_id
from vermarkting.formats.text_file import MOST_CHARACTERS, FormatError, decoded, plain
from vermarkting.text import t

TAGGED = ("position", "origin", "level")  # fields that become a tag such as niveau-macro
MARKUP = re.compile(
    r"[\\\[\]<>{}#@*_]"  # what starts a tag, a name, data or a style anywhere in a text
    r"|/(?=/)|(?<=/)/"  # a comment
    r"|[.:](?=[^\s.:]*[.:])"  # a named sign such as .or.
    r"|=(?==)|(?<==)="  # front matter
)
ESCAPED = re.compile(r"\\(.)")
TAG = re.compile(r"(?<!\\)#(?:\(([^()#\\]+)\)|([\w-]+))")
NAME = r"(?:<(?P<argument>[^<>\n]+)>|\[(?P<statement>[^\[\]\n]+)\])"
ELEMENT = re.compile(rf"{NAME}(?P<colon>:)?(?P<text>.*)", re.DOTALL)
RELATION = re.compile(r"(?P<indent>[ \t]*)(?P<sign>\+>|->|_>|><|<\+|<-|<_|[+-](?=[\s<\[])|_(?=\s))[ \t]*(?P<rest>.*)")
NUMBERED = re.compile(r"\s*(\(\d+\)|-{2,})")
FRONT_MATTER = re.compile(r"\s*={3,}[ \t]*\n(.*?)\n={3,}[ \t]*(?:\n|$)", re.DOTALL)
TITLE = re.compile(r"^title:[ \t]*(.+)$", re.MULTILINE)
SIGN = re.compile(
    r"\\.|<!--|/\*|//|\{[^{}]*\}"
    r"|<[^<>\n]{1,500}>|\[[^\[\]\n]{1,500}\](?:\([^()\n]{1,2000}\))?"
)
ATTACKS, SUPPORTS = "-", "+"

Name = tuple[str, str]  # ("code", "A001"), ("argument" or "statement", its name), or ("nameless", a number)


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
    document = _Document()
    for block in re.split(r"\n[ \t]*\n", _without_comments_and_data(text)):
        while heading := re.match(r"\s*#+ +(.+)", block):
            title = title or plain(ESCAPED.sub(r"\1", heading[1]))
            block = block[heading.end() :]
        document.add(block)
    return document.map(title)


class _Document:
    """Collects the arguments and relations of a document, block by block."""

    def __init__(self) -> None:
        self.texts: dict[Name, str] = {}  # in order
        self.keys: dict[Name, str] = {}
        self.tags: dict[Name, list[str]] = {}
        self.relations: list[tuple[str, Name, Name]] = []
        self.nameless = 0

    def add(self, block: str) -> None:
        lines: list[tuple[int, str, list[str]]] = []  # indent, sign, text over lines; the first one has no sign
        for line in filter(str.strip, block.split("\n")):
            if relation := RELATION.match(line):
                lines.append((len(relation["indent"].expandtabs(4)), relation["sign"], [relation["rest"]]))
            elif NUMBERED.match(line):
                raise FormatError("numbered_premises")
            elif lines:
                lines[-1][2].append(line)
            else:
                lines.append((-1, "", [line]))
        above: list[tuple[int, Name]] = []
        for indent, sign, text in lines:
            while above and above[-1][0] >= indent:
                above.pop()
            if sign and not above:
                raise FormatError("relation_of_nothing")
            one = self.element(" ".join(text).strip())
            if sign:
                self.relate(above[-1][1], sign, one)
            above.append((indent, one))

    def element(self, text: str) -> Name:
        """Note a statement, an argument or a text without a name, and give what it goes by in this document."""
        found = ELEMENT.match(text)
        if found and (found["colon"] or not found["text"].strip() or found["text"].lstrip().startswith("#")):
            text = found["text"]
            kind = "argument" if found["argument"] else "statement"
            code, key = _split(plain(found[kind]))
            one = ("code", code) if code else (kind, key)
            self.keys[one] = self.keys.get(one) or key
        else:
            self.nameless += 1
            one = ("nameless", str(self.nameless))
        if len(text) > 2 * MOST_CHARACTERS:
            raise FormatError("too_long", limit=MOST_CHARACTERS)
        tags = [plain(in_brackets or bare) for in_brackets, bare in TAG.findall(text)]
        text = plain(ESCAPED.sub(r"\1", TAG.sub("", text)))
        if text and self.texts.get(one, text) not in ("", text):
            raise FormatError("twice", id=one[1])
        if len(self.texts) > 2 * MOST_ARGUMENTS:
            raise FormatError("too_many", limit=MOST_ARGUMENTS)
        if text:
            self.texts.pop(one, None)  # an argument stands where its text stands, not where it is first named
        self.texts.setdefault(one, text)
        self.tags.setdefault(one, []).extend(tags)
        return one

    def relate(self, above: Name, sign: str, one: Name) -> None:
        if len(self.relations) >= MOST_RELATIONS:
            raise FormatError("too_many_relations", limit=MOST_RELATIONS)
        kind = SUPPORTS if "+" in sign else ATTACKS
        if sign in ("+>", "->", "_>", "><"):  # from what stands above
            self.relations.append((kind, above, one))
        if sign not in ("+>", "->", "_>"):
            self.relations.append((kind, one, above))

    def map(self, title: str) -> ArgumentMap:
        related = {one for _, *pair in self.relations for one in pair}
        held = [one for one in self.texts if one in related or one[0] != "nameless"]
        free = iter(fresh_ids({name for kind, name in held if kind == "code"}))
        codes = {one: one[1] if one[0] == "code" else next(free) for one in held}
        arguments = tuple(
            Argument(
                codes[one],
                self.texts[one] or self.keys.get(one) or codes[one],
                _details(self.keys.get(one, ""), self.tags[one]),
            )
            for one in held
        )
        attacks, supports = (
            tuple((codes[one], codes[other]) for kind, one, other in self.relations if kind == wanted)
            for wanted in (ATTACKS, SUPPORTS)
        )
        return ArgumentMap(title, arguments, attacks, supports)


def _title(argument: Argument) -> str:
    """Give the name of an argument in the document: its code, and its key with what ends a name left out."""
    key = plain(re.sub(r"[<>\[\]]", " ", str(argument.details.get("key") or "")))
    return f"{argument.id} {key}".strip()


def _split(name: str) -> tuple[str, str]:
    """Give the code and the key in a name; no code for a name that has none."""
    first, _, rest = name.partition(" ")
    return (first, rest) if is_id(first) else ("", name)


def _tags(argument: Argument) -> list[str]:
    tags = [
        f"{t(f'formats.tags.{field}')}-{argument.details[field]}" for field in TAGGED if argument.details.get(field)
    ]
    tags += [f"{t('formats.tags.values')}-{value}" for value in argument.details.get("values") or ()]
    return tags + list(argument.details.get("tags") or ())


def _details(key: str, tags: list[str]) -> dict:
    details: dict = {"key": key} if key else {}
    values, others = [], []
    for tag in dict.fromkeys(tags):
        word, _, rest = tag.partition("-")
        field = next((field for field in TAGGED if rest and word == t(f"formats.tags.{field}")), None)
        if field and field not in details:
            details[field] = rest
        elif rest and word == t("formats.tags.values"):
            values.append(rest)
        else:
            others.append(tag)
    return details | ({"values": tuple(values)} if values else {}) | ({"tags": tuple(others)} if others else {})


def _front_title(front: str) -> str:
    found = TITLE.search(front)
    title = found[1].strip() if found else ""
    if title.startswith('"'):
        try:
            title = json.loads(title)
        except ValueError:
            title = title.strip('"')
    return plain(str(title))


def _without_comments_and_data(text: str) -> str:
    """Leave out comments and data. What stands in a name, a link or after a backslash starts neither."""
    kept, start, place = [], 0, 0
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
        if end >= 0:
            kept.append(text[start : found.start()])
            start = place = end
    return "".join([*kept, text[start:]])
