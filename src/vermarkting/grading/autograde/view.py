"""What a student answered, as a page that cannot do anything: text only, whatever the answer holds."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape

from vermarkting.grading.checks import question
from vermarkting.questions import fits
from vermarkting.text import t

_CELL = 'style="text-align: left; vertical-align: top; white-space: pre-wrap; overflow-wrap: anywhere"'
# Every sign that means something in Markdown, HTML or TeX; the rest of a text may stand as it is.
_SIGNS = re.compile(r"""[&<>"'`$\\*_\[\]()#!|~{}:@+=\n-]""")


def outputs(questions: tuple[str, ...], answers: Mapping[str, object] | None, sentence: str) -> list[dict]:
    """Make the output of a graded cell: a sentence, then each question with its answer."""
    tables = [(question(question_id), (answers or {}).get(question_id)) for question_id in questions]
    plain = [sentence]
    html = [f"<p><b>{escape(sentence)}</b></p>"]
    for asked, answer in tables:
        lines = rows(asked, answer)
        plain += ["", asked["prompt"], *(f"- {label}: {text}" if label else f"- {text}" for label, text in lines)]
        body = "".join(
            f'<tr><th scope="row" {_CELL}>{_escaped(label)}</th><td {_CELL}>{_escaped(text)}</td></tr>'
            if label
            else f"<tr><td {_CELL}>{_escaped(text)}</td></tr>"
            for label, text in lines
        )
        html.append(
            f'<table><caption style="text-align: left">{escape(asked["prompt"])}</caption><tbody>{body}</tbody></table>'
        )
    # MathJax leaves this class alone: a formula in an answer stays text.
    page = f'<div class="tex2jax_ignore mathjax_ignore">{"".join(html)}</div>'
    return [
        {"output_type": "display_data", "metadata": {}, "data": {"text/plain": "\n".join(plain), "text/html": page}}
    ]


def rows(question: dict, answer: object) -> list[tuple[str, str]]:
    """Write out an answer as pairs of a label (may be empty) and a text, with texts instead of ids."""
    if answer is None:
        return [("", t("question.no_answer"))]
    kind = question["kind"]
    texts = {entry["id"]: entry["text"] for part in ("options", "items") for entry in question.get(part, [])}
    if kind in _KINDS and fits(question, answer):
        return _KINDS[kind](question, answer, texts) or [("", t("question.nothing_chosen"))]
    return _any(answer)


def inert(text: str) -> str:
    """Make a student's text a piece of Markdown that shows exactly as it was typed, and is nothing but text."""
    return f'<div class="tex2jax_ignore mathjax_ignore" style="white-space: pre-wrap">{_spelled(text)}</div>'


def bullets(sentences: Iterable[str]) -> str:
    """Make a list of sentences a piece of Markdown; names in them may come from a student."""
    items = "".join(f"<li>{_spelled(sentence)}</li>" for sentence in sentences)
    return f'<ul class="tex2jax_ignore mathjax_ignore">{items}</ul>'


def _spelled(text: str) -> str:
    return _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", text)


def _escaped(text: str) -> str:
    return _escaped_once(text) if len(text) < 200 else escape(text)


@lru_cache(maxsize=2_000)
def _escaped_once(text: str) -> str:
    """Escape the texts of questions and options once for a whole batch."""
    return escape(text)


def _options(question: dict, answer: list[str], texts: dict[str, str]) -> list[tuple[str, str]]:
    return [("", texts[option]) for option in answer]


def _order(question: dict, answer: list[str], texts: dict[str, str]) -> list[tuple[str, str]]:
    return [(f"{place}.", texts[item]) for place, item in enumerate(answer, start=1)]


def _match(question: dict, answer: dict[str, str], texts: dict[str, str]) -> list[tuple[str, str]]:
    names = {category["id"]: category["text"] for category in question["categories"]}
    return [(text, names.get(answer.get(item), t("question.no_answer"))) for item, text in texts.items()]


def _number(question: dict, answer: float, texts: dict[str, str]) -> list[tuple[str, str]]:
    number = f"{answer:.12g}".replace(".", ",")
    if "sentence" in question:
        return [("", question["sentence"].format(value=number))]
    return [("", f"{number} {question.get('unit', '')}".strip())]


def _numbers(question: dict, answer: dict[str, float], texts: dict[str, str]) -> list[tuple[str, str]]:
    found = []
    for item in question["items"]:
        given = answer.get(item["id"])
        found.append(
            (item["text"], _number(item, given, texts)[0][1] if given is not None else t("question.no_answer"))
        )
    return found


def _scan(question: dict, answer: dict[str, dict], texts: dict[str, str]) -> list[tuple[str, str]]:
    return [(texts[name], f"{row.get('score') or '?'} ({row.get('ground') or '?'})") for name, row in answer.items()]


def _text(question: dict, answer: str, texts: dict[str, str]) -> list[tuple[str, str]]:
    return [("", answer)]


def _one(question: dict, answer: str, texts: dict[str, str]) -> list[tuple[str, str]]:
    return [("", texts[answer])]


_KINDS = {
    "single": _one,
    "bet": _one,
    "multiple": _options,
    "order": _order,
    "ranking": _order,
    "match": _match,
    "number": _number,
    "numbers": _numbers,
    "scan": _scan,
    "code": _text,
    "slider": _number,
    "text": _text,
}


def _any(answer: object) -> list[tuple[str, str]]:
    """Write out an answer without knowing its question: each entry on a row of its own."""
    if isinstance(answer, Mapping):
        return [(key, "; ".join(text for _, text in _any(value))) for key, value in answer.items()]
    if isinstance(answer, list):
        return [("", "; ".join(text for _, text in _any(value))) for value in answer]
    return [("", f"{answer:.12g}".replace(".", ",") if isinstance(answer, float) else str(answer))]
