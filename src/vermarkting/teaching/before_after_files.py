"""The files of ``vermarkting toets`` and ``vermarkting toetsanalyse``: the test to take, and what came of it."""

from html import escape
from pathlib import Path

from vermarkting.files import write_whole
from vermarkting.teaching import before_after, gift, moodle, printing, qti
from vermarkting.text import t


def write(folder: Path) -> int:
    """Write the test for a learning platform and for paper, its key and an empty table; give how many questions.

    Raises ``OSError`` where nothing can be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    items = before_after.items()
    header = ";".join(["code", *before_after.questions()])
    files = {
        "toets-moodle.xml": moodle.written(items).encode(),
        "toets-gift.txt": gift.written(items).encode(),
        "toets-qti21.zip": qti.package(items),
        "toets-op-papier.html": printing.document(t("teaching.test.title"), _paper()).encode(),
        "toets-sleutel.html": printing.document(t("teaching.test.key"), _key()).encode(),
        "antwoorden-leeg.csv": f"\ufeff{header}\n".encode(),
    }
    for name, content in files.items():
        write_whole(folder / name, content)
    return len(items)


def analyse(before: Path, after: Path, page: Path) -> before_after.Figures:
    """Compare two files of answers and write the page about them.

    Raises ``NotUsable`` with ``path`` set to the file at fault, or ``OSError``.
    """
    taken = []
    for path in (before, after):
        try:
            taken.append(before_after.answers(path.read_bytes()))
        except before_after.NotUsable as fault:
            fault.values["path"] = path
            raise
    found = before_after.figures(*taken)
    write_whole(page, printing.document(t("teaching.test.analysis"), report(found)).encode())
    return found


def _paper() -> str:
    parts = [f"<p>{escape(t('teaching.test.how'))}</p>"]
    for number, question in enumerate(before_after.questions().values(), 1):
        lines = (
            f"<p>□ {letter}. {escape(option['text'])}</p>"
            for letter, option in zip("abc", question["options"], strict=True)
        )
        parts.append(
            f"<section><p><strong>{number}. {escape(question['prompt'])}</strong></p>{''.join(lines)}</section>"
        )
    return "\n".join(parts)


def _key() -> str:
    rows = [
        [str(number), letter, option["explanation"], question["lesson"]]
        for number, question in enumerate(before_after.questions().values(), 1)
        for letter, option in zip("abc", question["options"], strict=True)
        if option.get("correct")
    ]
    return _table("teaching.test.key_columns", rows)


def report(found: before_after.Figures) -> str:
    """Give the figures of a class as HTML: in words, per item, and per misconception."""
    asked = before_after.questions()
    told = {
        "pairs": found.pairs,
        "before": _one(found.before),
        "after": _one(found.after),
        "most": len(asked),
        "difference": _one(found.difference),
        "low": _one(found.difference - found.margin),
        "high": _one(found.difference + found.margin),
    }
    paragraphs = [t("teaching.test.summary", **told)]
    if found.alone:
        paragraphs.append(t("teaching.test.alone", count=found.alone))
    if found.gain is not None:
        paragraphs.append(t("teaching.test.gain", gain=_percent(found.gain)))
    if found.reliability is not None:
        paragraphs.append(t("teaching.test.reliability", value=_two(found.reliability)))
    paragraphs.append(t("teaching.test.caution"))
    rows = [
        [asked[item.name]["prompt"], asked[item.name]["lesson"], _percent(item.before), _percent(item.after),
         t("teaching.test.no_figure") if item.rest is None else _two(item.rest)]
        for item in found.items
    ]  # fmt: skip
    wrong = [
        (before, after, next(o["misconception"] for o in asked[item.name]["options"] if o["id"] == option), item.name)
        for item in found.items
        for option, (before, after) in item.chosen.items()
    ]
    left = [
        [misconception, asked[name]["lesson"], _percent(before), _percent(after)]
        for before, after, misconception, name in sorted(wrong, key=lambda row: -row[1])
    ]
    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    body += f"<h2>{t('teaching.test.per_item')}</h2>" + _table("teaching.test.item_columns", rows)
    return body + f"<h2>{t('teaching.test.left')}</h2>" + _table("teaching.test.left_columns", left)


def _table(columns: str, rows: list[list[str]]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in t(columns).split("|"))
    lines = ("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def _percent(share: float) -> str:
    return f"{share:z.0%}"


def _one(number: float) -> str:
    return f"{number:z.1f}".replace(".", ",")


def _two(number: float) -> str:
    return f"{number:z.2f}".replace(".", ",")
