"""What the page about texts that are alike shows: pairs without names, with the passages marked."""

from functools import cache

from vermarkting.content import folder
from vermarkting.grading.autograde.released import read_notebook
from vermarkting.grading.desk.marking import Marking
from vermarkting.grading.desk.similarity import Compared, Pair, Passage
from vermarkting.text import t

MODEL = "model"
AROUND = 160


def found(marking: Marking) -> dict:
    """Compare all answers to a question with each other, with the model answer and with the lessons."""
    texts = marking.texts()
    lessons = _lessons()
    others = {MODEL: marking.model} | lessons
    compared = Compared(texts, others, [marking.task])
    labels = {name: t("desk.similar.answer", number=number) for number, name in enumerate(texts, 1)}
    labels |= {MODEL: t("desk.similar.model")} | {name: t("desk.similar.lesson", title=name) for name in lessons}
    whole = texts | others
    return {
        "title": t("desk.similar.title", title=marking.title),
        "count": len(texts),
        "pairs": [_shown(pair, compared.passages(pair), labels, whole, texts) for pair in compared.pairs()],
    }


def _shown(pair: Pair, passages: list[Passage], labels: dict, whole: dict[str, str], answers: dict[str, str]) -> dict:
    def side(name: str, spans: list[tuple[int, int]]) -> dict:
        text = whole[name]
        start, end = 0, len(text)
        if name not in answers:
            start, end = max(0, spans[0][0] - AROUND), min(end, spans[-1][1] + AROUND)
        return {
            "id": name if name in answers else "",
            "label": labels[name],
            "pieces": _pieces(text, spans, start, end),
        }

    return {
        "first": side(pair.first, [passage.first for passage in passages]),
        "second": side(pair.second, [passage.second for passage in passages]),
        "share": round(100 * pair.share),
        "passages": len(passages),
    }


def _pieces(text: str, spans: list[tuple[int, int]], start: int, end: int) -> list[tuple[str, bool]]:
    """Part a text into pieces that are alike and pieces that are not."""
    pieces = []
    for first, last in spans:
        first = max(first, start)
        pieces += [(text[start:first], False), (text[first:last], True)]
        start = max(start, last)
    return [(piece, alike) for piece, alike in [*pieces, (text[start:end], False)] if piece]


@cache
def _lessons() -> dict[str, str]:
    """Give the text of each lesson by its title."""
    found = {}
    for path in sorted(folder("lessons").glob("*.ipynb")):
        texts = [cell["source"] for cell in read_notebook(path)["cells"] if cell["cell_type"] == "markdown"]
        found[texts[0].partition("\n")[0].lstrip("# ")] = "\n\n".join(texts)
    return found
