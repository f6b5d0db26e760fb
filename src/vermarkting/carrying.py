"""A student's own answers as one file, the same from a browser and from a laptop, and what such a file brings.

The file is read as what anybody may have written: all of it is checked before any of it is taken in. It holds the files
of a student's folder by path: answer sheets, and per assignment the texts and pictures of its answer cells. On a laptop
those two stand in the notebook; in a browser in files of their own.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from vermarkting import answers, pictures
from vermarkting.answers import Answer, AnswerError, AnswerSheet
from vermarkting.content import folder
from vermarkting.files import write_whole
from vermarkting.text import t

FORM = "vermarkting-antwoorden"
NAME = f"{FORM}.json"
MOST_BYTES = 20_000_000
TEXTS = "teksten.json"
_ASSIGNMENT = r"assignments/O[0-9]{1,2}"
_PATH = re.compile(rf"lessons/antwoorden\.json|{_ASSIGNMENT}/(antwoorden|teksten|beelden)\.json")
_NAMED = re.compile(r"\(attachment:([^)\s]+)\)")


def is_ours(path: object) -> bool:
    """Say whether a path is that of a file with answers in a student's folder."""
    return isinstance(path, str) and _PATH.fullmatch(path) is not None


def merged(path: str, here: str | None, other: str) -> str:
    """Give a file that has what both have: of each answer the newest per part, of two texts both, every picture.

    Raises ``AnswerError`` or ``pictures.PictureError`` for what is no such file.
    """
    if path.endswith(pictures.NAME):
        kept = pictures.parse(here) if here else {}
        return pictures.dump(pictures.merge(kept, pictures.parse(other)))
    kept, brought = answers.parse(here.encode()) if here else {}, answers.parse(other.encode())
    joined = answers.merge(kept, brought)
    if path.endswith(TEXTS):
        joined = {name: _with_both(answer, kept, brought, name) for name, answer in joined.items()}
    return answers.dump(joined).decode()


def _with_both(answer: Answer, kept: Mapping[str, Answer], brought: Mapping[str, Answer], name: str) -> Answer:
    """A text that loses stays beside the one that counts, unless it stands in that already."""
    texts = [sheet[name].value for sheet in (kept, brought) if name in sheet]
    lost = [text for text in texts if str(text).strip() not in str(answer.value) and text not in answer.also]
    return replace(answer, also=(*answer.also, *lost)) if lost else answer


def pack(student: Path) -> bytes:
    """Give a laptop's folder as one file. Raises ``AnswerError`` for a text that is too long to carry."""
    files = dict(_files(student))
    return json.dumps({"form": FORM, "schema": 1, "files": files}, ensure_ascii=False).encode()


def _files(student: Path) -> Iterator[tuple[str, str]]:
    for place in ("lessons", *_assignments()):
        if kept := AnswerSheet(student / place / answers.NAME).all():
            yield f"{place}/{answers.NAME}", answers.dump(kept).decode()
    for place in _assignments():
        texts, shown = _prose(student / place)
        if texts:
            yield f"{place}/{TEXTS}", answers.dump(texts).decode()
        if shown:
            yield f"{place}/{pictures.NAME}", pictures.dump(shown)


def _assignments() -> list[str]:
    return sorted(f"assignments/{path.name}" for path in folder("assignments").iterdir() if path.is_dir())


def _prose(place: Path) -> tuple[dict[str, Answer], pictures.Pictures]:
    """Give what is written in the answer cells of a notebook, with pictures under the names they have everywhere."""
    path = place / f"{place.name}.ipynb"
    texts: dict[str, Answer] = {}
    shown: pictures.Pictures = {}
    if not path.is_file():
        return texts, shown
    moment = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    for cell in _answer_cells(_read(path)):
        words, grade_id = "".join(cell["source"]), cell["metadata"]["nbgrader"]["grade_id"]
        if not words.strip() or words.strip() == t("lab.stub"):
            continue
        for name, content in pictures.of_cell(cell).items():
            shown, ours = pictures.add(shown, grade_id, content)
            words = words.replace(f"(attachment:{name})", f"(attachment:{ours})")
        if len(words) > answers.MAX_CHARACTERS:
            raise AnswerError(t("carrying.too_long", assignment=place.name))
        texts[f"{place.name}.{grade_id}"] = Answer(words, moment)
    return texts, shown


def unpack(student: Path, content: bytes) -> int:
    """Take a file into a laptop's folder and give how many answers and texts it holds.

    Raises ``AnswerError`` or ``pictures.PictureError``, and then nothing has changed, and ``OSError``.
    """
    files = _checked(content)
    brought = {path: answers.parse(text.encode()) for path, text in files.items() if not path.endswith(pictures.NAME)}
    shown = {path: pictures.parse(text) for path, text in files.items() if path.endswith(pictures.NAME)}
    sheets = {AnswerSheet(student / path): found for path, found in brought.items() if not path.endswith(TEXTS)}
    notebooks = {}
    for path, texts in brought.items():
        if path.endswith(TEXTS):
            place = Path(path).parent
            theirs = shown.get((place / pictures.NAME).as_posix(), {})
            notebooks[student / place / f"{place.name}.ipynb"] = _with_prose(student / place, texts, theirs)
    for path in (*(sheet.path for sheet in sheets), *notebooks):
        path.parent.mkdir(parents=True, exist_ok=True)
    for sheet, found in sheets.items():
        sheet.take_in(found)
    for path, notebook in notebooks.items():
        write_whole(path, notebook)
    return sum(map(len, brought.values()))


def _checked(content: bytes) -> dict[str, str]:
    try:
        if len(content) > MOST_BYTES:
            raise ValueError(NAME)
        told = json.loads(content)
        files = told["files"]
        if told["form"] != FORM or not files or not all(map(is_ours, files)):
            raise ValueError(NAME)
        if not all(isinstance(text, str) for text in files.values()):
            raise TypeError(NAME)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise AnswerError(t("carrying.not_ours")) from error
    return files


def _with_prose(place: Path, brought: Mapping[str, Answer], shown: pictures.Pictures) -> bytes:
    """Give the notebook of an assignment, the student's or else a new one, with texts and pictures in its cells."""
    path = place / f"{place.name}.ipynb"
    notebook = _read(path if path.is_file() else folder("assignments") / place.name / path.name)
    for cell in _answer_cells(notebook):
        grade_id = cell["metadata"]["nbgrader"]["grade_id"]
        if (answer := brought.get(f"{place.name}.{grade_id}")) and isinstance(answer.value, str):
            cell["source"] = joined("".join(cell["source"]), answer.value)
            carried = pictures.attachments(shown.get(grade_id, {}), cell["source"])
            if carried:
                cell["attachments"] = {**cell.get("attachments", {}), **carried}
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode()


def joined(here: str, brought: str) -> str:
    """Give the text of an answer cell after another comes in: of two that differ both stay, as between two tabs.

    The rule of ``merged`` in prose.js, for two who both began in the empty cell; a test holds one against the other.
    """
    untouched = t("lab.stub")
    if brought.strip() == untouched:
        return here
    if here.strip() == untouched or here.strip() in brought:
        return brought
    if brought.strip() in here:
        return here
    return f"{here.rstrip()}\n\n{t('lab.prose_other')}\n\n{brought.lstrip()}"


def _read(path: Path) -> dict:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise AnswerError(t("carrying.bad_notebook", name=path.name)) from error


def _answer_cells(notebook: dict) -> list[dict]:
    return [
        cell
        for cell in notebook.get("cells", ())
        if cell.get("cell_type") == "markdown" and cell.get("metadata", {}).get("nbgrader", {}).get("solution")
    ]
