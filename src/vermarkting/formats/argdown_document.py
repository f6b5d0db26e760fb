"""An Argdown document, block by block: which statements and arguments it names, and how they are related.

The names are those of Argdown: a *statement* in [ ], an *argument* in < >. A numbered premise-conclusion structure
unfolds one argument. As in Argdown's own map, a statement in it that has a name stands beside the argument (a premise
supports it, it supports a conclusion), and what is related to one without a name is related to the argument itself.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from vermarkting.formats.argument_map import MOST_ARGUMENTS, MOST_RELATIONS, Argument, ArgumentMap, fresh_ids, is_id
from vermarkting.formats.text_file import MOST_CHARACTERS, FormatError, plain
from vermarkting.text import t

TAGGED = ("position", "origin", "level")  # fields that become a tag such as niveau-macro
ESCAPED = re.compile(r"\\(.)")
TAG = re.compile(r"(?<!\\)#(?:\(([^()#\\]+)\)|([\w-]+))")
NAME = r"(?:<(?P<argument>[^<>\n]+)>|\[(?P<statement>[^\[\]\n]+)\])"
ELEMENT = re.compile(rf"{NAME}(?P<colon>:)?(?P<text>.*)", re.DOTALL)
RELATION = re.compile(r"(?P<sign>\+>|->|_>|><|<\+|<-|<_|[+-](?=[\s<\[])|_(?=\s))[ \t]*(?P<rest>.*)")
NUMBERED = re.compile(r"\(\d+\)\s*(?P<rest>.*)")
LISTED = re.compile(r"(?:\*|\d{1,3}\.)\s+(?P<rest>.*)")
INFERENCE = re.compile(r"-{4,}\s*|--(?P<rule>.*?)(?P<end>--\s*)?")
ATTACKS, SUPPORTS = "-", "+"

Name = tuple[str, str]  # ("code", "A001"), ("argument" or "statement", its name), or ("nameless", a number)


@dataclass
class _Line:
    """One statement, argument or relation of a block, with the lines that it runs on over.

    sign: of a relation; "(" before a statement with a number, "*" in a list, "" for another. indent: in spaces.
    """

    indent: int
    sign: str
    text: list[str]


class Document:
    """Collects the arguments and relations of a document, block by block, and what of it a map cannot show."""

    def __init__(self) -> None:
        self.texts: dict[Name, str] = {}  # in order
        self.keys: dict[Name, str] = {}
        self.tags: dict[Name, list[str]] = {}
        self.relations: list[tuple[str, Name, Name]] = []
        self.left_out: Counter[str] = Counter()
        self._premises: dict[Name, list[str]] = {}
        self._conclusions: dict[Name, Name] = {}
        self._steps: set[Name] = set()
        self._nameless = 0
        self._unfolded: Name | None = None  # the argument that the premises below belong to

    def add(self, block: str) -> None:
        """Take in the lines between two empty ones."""
        above: list[tuple[int, Name]] = []
        concludes = False
        for line in self._lines(block):
            if line is None:
                concludes = True
                continue
            text = " ".join(line.text).strip()
            if line.sign == "(":
                place = self._step(text, concludes)
                above, concludes = [(-1, place)], False
                continue
            is_relation = line.sign not in ("", "*")
            while is_relation and above and above[-1][0] >= line.indent:
                above.pop()
            if is_relation and not above:
                self.left_out["relations_of_nothing"] += 1
                continue
            one = self._element(text)
            if is_relation:
                self._relate(above[-1][1], line.sign, one)
            else:
                self._unfolded = one if text.startswith("<") and one[0] != "nameless" else None
                above.clear()
            above.append((line.indent if is_relation else -1, one))

    def map(self, title: str) -> ArgumentMap:
        """Give what was collected as a map."""
        related = {one for _, *pair in self.relations for one in pair}
        held = [one for one in self.texts if one in related or one in self._premises or one[0] != "nameless"]
        self.left_out["loose_texts"] = len(self.texts.keys() - {*held, *self._steps})
        free = iter(fresh_ids({name for kind, name in held if kind == "code"}))
        codes = {one: one[1] if one[0] == "code" else next(free) for one in held}
        arguments = tuple(Argument(codes[one], self._text(one) or codes[one], self._details(one)) for one in held)
        attacks, supports = (
            tuple((codes[one], codes[other]) for kind, one, other in self.relations if kind == wanted)
            for wanted in (ATTACKS, SUPPORTS)
        )
        return ArgumentMap(title, arguments, attacks, supports, _in_words(self.left_out))

    def _lines(self, block: str) -> Iterator[_Line | None]:
        """Give the lines of a block, joined to what runs on over several; ``None`` for the line of an inference."""
        line, in_steps, in_rule = None, False, False
        for written in filter(str.strip, block.split("\n")):
            indent = len(written[: len(written) - len(written.lstrip())].expandtabs(4))
            said = written.strip()
            if in_rule:
                in_rule = not said.endswith("--")
                continue
            if in_steps and (inference := INFERENCE.fullmatch(said)):
                if line:
                    yield line
                yield None
                line = None
                in_rule = inference["rule"] is not None and not inference["end"]
                self.left_out["rules"] += inference["rule"] is not None
                continue
            for sign, found in (
                ("(", NUMBERED.fullmatch(said)),
                ("", RELATION.fullmatch(said)),
                ("*", LISTED.fullmatch(said) if line is None or line.sign == "*" else None),
            ):
                if found:
                    if line:
                        yield line
                    line = _Line(indent, sign or found["sign"], [found["rest"]])
                    in_steps |= sign == "("
                    break
            else:
                if line:
                    line.text.append(said)
                else:
                    line = _Line(indent, "", [said])
        if line:
            yield line

    def _step(self, text: str, concludes: bool) -> Name:
        """Note a numbered statement, and give what the relations below it are about."""
        if self._unfolded is None:
            self._nameless += 1
            self._unfolded = ("nameless", str(self._nameless))
            self._note(self._unfolded, "", "", [])
        whole = self._unfolded
        steps = self._premises.setdefault(whole, [])
        one = self._element(text)
        self._steps.add(one)
        named = one[0] != "nameless"
        if concludes:
            self._conclusions[whole] = one
            if named:
                self._add_relation(SUPPORTS, whole, one)
        else:
            steps.append(one)
            if named:
                self._add_relation(SUPPORTS, one, whole)
        return one if named else whole

    def _element(self, text: str) -> Name:
        """Note a statement, an argument or a text without a name, and give what it goes by in this document."""
        found = ELEMENT.match(text)
        key = ""
        if found and (found["colon"] or not found["text"].strip() or found["text"].lstrip().startswith("#")):
            text = found["text"]
            kind = "argument" if found["argument"] else "statement"
            code, key = _split(plain(found[kind]))
            one = ("code", code) if code else (kind, key)
        else:
            self._nameless += 1
            one = ("nameless", str(self._nameless))
        if len(text) > 2 * MOST_CHARACTERS:
            raise FormatError("too_long", limit=MOST_CHARACTERS)
        tags = [plain(in_brackets or bare) for in_brackets, bare in TAG.findall(text)]
        self._note(one, key, plain(ESCAPED.sub(r"\1", TAG.sub("", text))), tags)
        return one

    def _note(self, one: Name, key: str, text: str, tags: list[str]) -> None:
        if len(self.texts) > 2 * MOST_ARGUMENTS:
            raise FormatError("too_many", limit=MOST_ARGUMENTS)
        if text:
            earlier = self.texts.pop(one, "")  # an argument stands where its text stands, not where it is first named
            self.left_out["earlier_texts"] += earlier not in ("", text)  # the last one counts, as in Argdown's map
        self.texts.setdefault(one, text)
        self.keys[one] = self.keys.get(one) or key
        self.tags.setdefault(one, []).extend(tags)

    def _relate(self, above: Name, sign: str, one: Name) -> None:
        kind = SUPPORTS if "+" in sign else ATTACKS
        if sign in ("+>", "->", "_>", "><"):  # from what stands above
            self._add_relation(kind, above, one)
        if sign not in ("+>", "->", "_>"):
            self._add_relation(kind, one, above)

    def _add_relation(self, kind: str, one: Name, other: Name) -> None:
        if len(self.relations) >= MOST_RELATIONS:
            raise FormatError("too_many_relations", limit=MOST_RELATIONS)
        self.relations.append((kind, one, other))

    def _text(self, one: Name) -> str:
        """Give the text of an argument, else that of its conclusion, else its name."""
        conclusion = self._conclusions.get(one)
        return self.texts[one] or (self.texts[conclusion] if conclusion else "") or self.keys.get(one, "")

    def _details(self, one: Name) -> dict:
        details = details_of(self.keys.get(one, ""), self.tags[one])
        premises = [self.texts[premise] or premise[1] for premise in self._premises.get(one, ())]
        return details | ({"premises": plain("; ".join(premises))} if premises else {})


def details_of(key: str, tags: list[str]) -> dict:
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


def _split(name: str) -> tuple[str, str]:
    """Give the code and the key in a name; no code for a name that has none."""
    first, _, rest = name.partition(" ")
    return (first, rest) if is_id(first) else ("", name)


def _in_words(left_out: Counter[str]) -> tuple[str, ...]:
    return tuple(t(f"formats.left_out.{what}", count=count) for what, count in left_out.items() if count)
