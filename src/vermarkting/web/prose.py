"""Prose on a page: the answer cell of an assignment as a question, and the notebook that carries it to the hand-in.

The words are kept by the same rule as every other answer, on a sheet of their own beside the assignment's.
"""

import json
from pathlib import Path

from vermarkting.answers import AnswerSheet
from vermarkting.files import write_whole
from vermarkting.text import t
from vermarkting.widgets.keeping import when_kept
from vermarkting.widgets.question import Question

SHEET = "teksten.json"
MOST = 20_000


def cell(assignment: str, grade_id: str, words: int = 0) -> Question:
    """Let the reader write the prose of one answer cell; ``words`` is how many are asked for, 0 for no number."""
    sheet = AnswerSheet(Path(SHEET))
    notebook = Path(f"{assignment}.ipynb")
    question_id = f"{assignment}.{grade_id}"
    question = {"kind": "text", "prompt": t("web.prose"), "min_words": words, "max_chars": MOST}

    def carry(kept: str) -> None:
        if kept == question_id and (answer := sheet.get(question_id)):
            _write(notebook, grade_id, answer.value)

    when_kept(carry)
    carry(question_id)
    written = Question(question_id, question, sheet)
    written.labels = {**written.labels, "words": t("web.words", words="{words}", min="{min}")}
    return written


def _write(path: Path, grade_id: str, words: str) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for entry in notebook["cells"]:
        if entry["metadata"].get("nbgrader", {}).get("grade_id") == grade_id:
            entry["source"] = words
    write_whole(path, json.dumps(notebook, ensure_ascii=False).encode())
