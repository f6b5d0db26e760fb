"""What a lesson says about an answer: a verdict, the explanation of each option or item, and the general note.

Pure functions on a question (a table of ``data/questions/``) and an answer of its kind. A question without a key
(an opinion, or a part of a graded assignment) gets no verdict.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from vermarkting.scans import speaks_against
from vermarkting.text import t


@dataclass(frozen=True)
class Feedback:
    """Sentences under the question, and per option or item id the sentence beside it."""

    verdict: list[str] = field(default_factory=list)
    why: dict[str, str] = field(default_factory=dict)


def feedback(question: dict, answer: object) -> Feedback:
    """Explain an answer; empty for a kind without feedback."""
    explain = _EXPLAIN.get(question["kind"])
    found = explain(question, answer) if explain else Feedback()
    note = question.get("explanation")
    return Feedback([*found.verdict, *([note] if note else [])], found.why)


def first_miss(question: dict, answer: object) -> Feedback | None:
    """Tell what is not right yet without giving it away; ``None`` for what is right or gives nothing away."""
    hint = _HINT.get(question["kind"])
    return hint(question, answer) if hint else None


def _single(question: dict, answer: str) -> Feedback:
    option = next(option for option in question["options"] if option["id"] == answer)
    mark = {True: t("question.mark_right"), False: t("question.mark_other")}.get(option.get("correct"), "")
    return Feedback(why={answer: f"{mark} {option.get('explanation', '')}".strip()})


def _bet(question: dict, answer: str) -> Feedback:
    option = next(option for option in question["options"] if option["id"] == answer)
    return Feedback([t("question.bet_set", option=option["text"])])


def _multiple(question: dict, answer: list[str]) -> Feedback:
    options = question["options"]
    if not all("correct" in option for option in options):
        return Feedback()
    right = sum((option["id"] in answer) == option["correct"] for option in options)
    marks = {
        (True, True): "belongs",
        (True, False): "belongs_too",
        (False, True): "belongs_not",
        (False, False): "left_out",
    }
    why = {}
    for option in options:
        mark = t(f"question.{marks[option['correct'], option['id'] in answer]}")
        why[option["id"]] = f"{mark} {option['explanation']}"
    return Feedback([t("question.right_of", right=right, total=len(options))], why)


def _multiple_hint(question: dict, answer: list[str]) -> Feedback | None:
    options = question["options"]
    if not all("correct" in option for option in options):
        return None
    right = sum((option["id"] in answer) == option["correct"] for option in options)
    return _not_yet(t("question.right_of", right=right, total=len(options))) if right < len(options) else None


def _order(question: dict, answer: list[str]) -> Feedback:
    solution = question.get("solution")
    if not solution:
        return Feedback()
    right = sum(given == wanted for given, wanted in zip(answer, solution, strict=True))
    texts = {item["id"]: item["text"] for item in question["items"]}
    sequence = "; ".join(f"{place}. {texts[item].rstrip('.')}" for place, item in enumerate(solution, start=1))
    return Feedback([t("question.placed", right=right, total=len(solution)), t("question.sequence", sequence=sequence)])


def _order_hint(question: dict, answer: list[str]) -> Feedback | None:
    solution = question.get("solution", answer)
    right = sum(given == wanted for given, wanted in zip(answer, solution, strict=True))
    return _not_yet(t("question.placed", right=right, total=len(solution))) if right < len(solution) else None


def _match(question: dict, answer: dict[str, str]) -> Feedback:
    items = question["items"]
    if not all("answer" in item for item in items):
        return Feedback()
    names = {category["id"]: category["text"] for category in question["categories"]}
    right = sum(answer.get(item["id"]) == item["answer"] for item in items)
    why = {}
    for item in items:
        found = answer.get(item["id"]) == item["answer"]
        mark = (
            t("question.mark_right")
            if found
            else t("question.mark_belongs_to", category=names[item["answer"]].rstrip("."))
        )
        why[item["id"]] = f"{mark} {item.get('explanation', '')}".strip()
    return Feedback([t("question.right_of", right=right, total=len(items))], why)


def _match_hint(question: dict, answer: dict[str, str]) -> Feedback | None:
    items = question["items"]
    if not all("answer" in item for item in items):
        return None
    right = [item for item in items if answer.get(item["id"]) == item["answer"]]
    if len(right) == len(items):
        return None
    # What is right is explained at once: it gives nothing away, and the reader works on at the rest.
    why = {item["id"]: t("question.mark_other") for item in items}
    why |= {item["id"]: f"{t('question.mark_right')} {item.get('explanation', '')}".strip() for item in right}
    return _not_yet(t("question.right_of", right=len(right), total=len(items)), why)


def _number(question: dict, answer: float) -> Feedback:
    if "answer" not in question:
        return Feedback()
    return Feedback([t("question.mark_right") if _near(question, answer) else t("question.mark_other")])


def _number_hint(question: dict, answer: float) -> Feedback | None:
    if "answer" not in question or _near(question, answer):
        return None
    return _not_yet(t("question.too_low" if answer < question["answer"] else "question.too_high"))


def _near(question: dict, answer: float) -> bool:
    # 27.1 - 27 is more than 0.1 in binary
    return abs(answer - question["answer"]) <= question.get("tolerance", 0) + 1e-9


def _not_yet(verdict: str, why: dict[str, str] | None = None) -> Feedback:
    return Feedback([verdict, t("question.try_again")], why or {})


def _text(question: dict, answer: str) -> Feedback:
    if len(answer.split()) < question.get("min_words", 0):
        return Feedback([t("question.write_on", min=question["min_words"])])
    example = question.get("example")
    return Feedback([t("question.example", example=example)] if example else [])


def _scan(question: dict, answer: dict[str, dict]) -> Feedback:
    scored, grounded, why = 0, 0, {}
    for item in question["items"]:
        row = answer.get(item["id"], {})
        if not row.get("score"):
            continue
        scored += 1
        ground = next((ground for ground in item.get("grounds", []) if ground["id"] == row.get("ground")), None)
        if ground and speaks_against(ground, row["score"]):
            down = ground["direction"] == "druk"
            says = t("question.scan_under_pressure") if down else t("question.scan_stronger")
            score = f"{int(row['score']):+d}".replace("-", "−")
            why[item["id"]] = t("question.scan_against", ground=ground["id"], says=says, score=score)
        elif ground:
            grounded += 1
    verdict = [t("question.scanned", scored=scored, grounded=grounded)]
    missing = scored - grounded - len(why)
    return Feedback([*verdict, t("question.scan_missing")] if missing else verdict, why)


_EXPLAIN: dict[str, Callable[[dict, object], Feedback]] = {
    "single": _single,
    "bet": _bet,
    "multiple": _multiple,
    "order": _order,
    "match": _match,
    "number": _number,
    "slider": _number,
    "text": _text,
    "scan": _scan,
}

_HINT: dict[str, Callable[[dict, object], Feedback | None]] = {
    "multiple": _multiple_hint,
    "order": _order_hint,
    "match": _match_hint,
    "number": _number_hint,
    "slider": _number_hint,
}
