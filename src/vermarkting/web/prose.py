"""Prose on a page: the answer cell of an assignment as a question, and the notebook that carries it to the hand-in.

The words are kept by the same rule as every other answer, on a sheet of their own beside the assignment's; pictures
stand in a file beside it.
"""

import contextlib
import json
from pathlib import Path

import traitlets

from vermarkting import pictures
from vermarkting.answers import AnswerSheet
from vermarkting.carrying import TEXTS
from vermarkting.files import write_whole
from vermarkting.text import t
from vermarkting.web import page_kernel
from vermarkting.widgets.keeping import when_kept
from vermarkting.widgets.question import Question

MOST = 20_000


class Essay(Question):
    """The text of one answer cell. ``pictures`` are those of the reader: by name, an address to show.

    A page gives one as the message ``{"picture": True}`` with its bytes, which is answered by ``{"picture": name}`` or
    by ``{"no_picture": sentence}``.
    """

    pictures = traitlets.Dict().tag(sync=True)

    def __init__(self, assignment: str, grade_id: str, words: int) -> None:
        question = {"kind": "text", "prompt": t("web.prose"), "min_words": words, "max_chars": MOST}
        self._notebook, self._grade_id = Path(f"{assignment}.ipynb"), grade_id
        super().__init__(f"{assignment}.{grade_id}", question, AnswerSheet(Path(TEXTS)))
        count = t("lab.words_asked", words="{words}", asked="{min}") if words else t("lab.words", words="{words}")
        self.labels = {**self.labels, "words": count}
        self._show_pictures()
        page_kernel.when_changed(self._show_pictures)
        when_kept(self._carry)
        self._carry(self.name)
        self.on_msg(self._on_picture)

    def _mine(self) -> dict[str, bytes]:
        return _kept_pictures().get(self._grade_id, {})

    def _show_pictures(self) -> None:
        self.pictures = pictures.shown(self._mine())

    def _carry(self, kept: str) -> None:
        if kept == self.name and (answer := self._sheet.get(self.name)):
            write_into(self._notebook, self._grade_id, answer.value, self._mine())

    def _on_picture(self, _widget: object, content: object, buffers: list) -> None:
        if content != {"picture": True} or not buffers:
            return
        try:
            every, name = pictures.add(_kept_pictures(), self._grade_id, bytes(buffers[0]))
        except pictures.PictureError as error:
            self.send({"no_picture": str(error)})
            return
        write_whole(Path(pictures.NAME), pictures.dump(every).encode())
        self._show_pictures()
        self.send({"picture": name})


def _kept_pictures() -> pictures.Pictures:
    with contextlib.suppress(OSError, pictures.PictureError):
        return pictures.parse(Path(pictures.NAME).read_text(encoding="utf-8"))
    return {}


def cell(assignment: str, grade_id: str, words: int = 0) -> Essay:
    """Let the reader write the prose of one answer cell; ``words`` is how many are asked for, 0 for no number."""
    return Essay(assignment, grade_id, words)


def write_into(path: Path, grade_id: str, words: str, mine: dict[str, bytes]) -> None:
    """Put words, and the pictures that they name, in an answer cell of a notebook."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for entry in notebook["cells"]:
        if entry["metadata"].get("nbgrader", {}).get("grade_id") == grade_id:
            entry["source"] = words
            entry.pop("attachments", None)
            if carried := pictures.attachments(mine, words):
                entry["attachments"] = carried
    write_whole(path, json.dumps(notebook, ensure_ascii=False).encode())
