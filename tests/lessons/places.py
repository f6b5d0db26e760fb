"""What a reader sees in one place of the course, by the name that the tables of ``data/`` give that place."""

import json
import tomllib

from vermarkting import text
from vermarkting.content import folder


def text_at(notebook: str, place: str) -> str:
    """Give the text of a cell (``01-bets``), a question (``01.bet_x``) or an entry (``text:tender.intro``)."""
    if place.startswith("text:"):
        part, *path = place.removeprefix("text:").split(".")
        entry = text.sentences(part)
        for name in path:
            entry = entry[name]
        return "\n".join(_strings(entry))
    if "." in place:
        lesson, name = place.split(".", 1)
        questions = tomllib.loads((folder("data") / "questions" / f"{lesson}.toml").read_text(encoding="utf-8"))
        return "\n".join(_strings(questions[name]))
    (path,) = folder("lessons").glob(f"{notebook}*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return next("".join(cell["source"]) for cell in cells if cell["id"] == place)


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [text for part in value for text in _strings(part)] if isinstance(value, list) else []
