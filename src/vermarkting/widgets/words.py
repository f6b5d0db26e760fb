"""An answer in words, for every place without a front end: a graded notebook, a PDF, feedback."""

from collections.abc import Iterable

from vermarkting.text import t


def answer_in_words(question: dict, answer: object) -> str:
    """Write out an answer that fits its question, with the texts of the chosen options instead of their ids."""
    kind = question["kind"]
    texts = {entry["id"]: entry["text"] for part in ("options", "items") for entry in question.get(part, [])}
    if kind in ("single", "bet"):
        return texts[answer]
    if kind == "multiple":
        return _row(texts[option] for option in answer) or t("question.nothing_chosen")
    if kind in ("order", "ranking"):
        places = (f"{place}. {texts[item]}" for place, item in enumerate(answer, start=1))
        return _row(places) or t("question.nothing_chosen")
    if kind == "match":
        names = {category["id"]: category["text"] for category in question["categories"]}
        pairs = (f"{texts[item].rstrip('.')}: {names[category]}" for item, category in answer.items())
        return _row(pairs) or t("question.nothing_chosen")
    if kind == "number":
        return f"{plain_number(answer)} {question['unit']}"
    if kind == "numbers":
        units = {item["id"]: item.get("unit", "") for item in question["items"]}
        rows = (f"{texts[item]}: {plain_number(answer[item])} {unit}" for item, unit in units.items() if item in answer)
        return "; ".join(row.strip() for row in rows) or t("question.nothing_chosen")
    if kind == "slider":
        return question["sentence"].format(value=plain_number(answer))
    if kind == "scan":
        rows = ((texts[krachtlijn], row.get("score"), row.get("ground")) for krachtlijn, row in answer.items())
        return "; ".join(f"{name}: {score or '?'} ({ground or '?'})" for name, score, ground in rows)
    if kind == "picks":
        return ", ".join(answer) or t("question.nothing_chosen")
    if kind == "notes":
        return "; ".join(f"{key}: {note}" for key, note in answer.items()) or t("question.nothing_chosen")
    return answer


def _row(texts: Iterable[str]) -> str:
    """Put texts, some of which are sentences with a full stop, in one row."""
    return "; ".join(text.rstrip(".") for text in texts)


def plain_number(number: float) -> str:
    """Write a number with a decimal comma, without rounding it or grouping its digits."""
    return f"{number:.12g}".replace(".", ",")
