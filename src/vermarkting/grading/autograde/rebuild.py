"""The graded notebook: the released one with the student's answers in it as text, and nothing else of the student."""

import json

from vermarkting.grading.autograde import view
from vermarkting.grading.autograde.handin import HandIn, Notice, Refused
from vermarkting.grading.autograde.judge import Part
from vermarkting.grading.autograde.released import Released
from vermarkting.text import t

FOR_LECTURERS = ("over-deze-inzending", "apart-gezet")

_MAX_OWN = 20_000


def notebook(
    released: Released, handin: HandIn | Refused, parts: dict[str, Part], notices: tuple[Notice, ...]
) -> bytes:
    """Write the graded notebook as a file, in UTF-8."""
    answers = handin.answers if isinstance(handin, HandIn) else None
    values = {key: answer.value for key, answer in (answers or {}).items()}
    prose = handin.prose if isinstance(handin, HandIn) else {}
    own = handin.own if isinstance(handin, HandIn) else ()
    cells = [_about(notices)] if notices else []
    for cell, as_written in zip(released.cells, released.written, strict=True):
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        graded = released.graded.get(grade_id)
        if graded is None:
            cells.append(as_written)
        elif graded.check:
            shown = view.outputs(graded.questions, values, parts[grade_id].sentence)
            cells.append(_json(cell | {"source": released.hidden[grade_id], "outputs": shown}))
        else:
            text = prose.get(grade_id)
            kept = text is None or text.strip() == graded.placeholder.strip()
            cells.append(as_written if kept else _json(cell | {"source": view.inert(text)}))
    if own:
        cells.append(_set_aside(own))
    metadata = released.metadata | {
        "vermarkting": released.metadata.get("vermarkting", {})
        | {"grading": {"notices": [{"key": n.key, "text": n.text, "look": n.look} for n in notices]}}
    }
    return f'{{"cells":[{",".join(cells)}],"metadata":{_json(metadata)},"nbformat":4,"nbformat_minor":5}}\n'.encode()


def _about(notices: tuple[Notice, ...]) -> str:
    sentences = view.bullets(notice.text for notice in notices)
    return _markdown(FOR_LECTURERS[0], f"## {t('grading.about')}\n\n{sentences}")


def _set_aside(own: tuple[str, ...]) -> str:
    text = "\n\n---\n\n".join(own)
    if len(text) > _MAX_OWN:
        text = f"{text[:_MAX_OWN]} […]"
    return _markdown(FOR_LECTURERS[1], f"## {t('grading.set_aside')}\n\n{view.inert(text)}")


def _markdown(cell_id: str, source: str) -> str:
    metadata = {"deletable": False, "editable": False}
    return _json({"cell_type": "markdown", "id": cell_id, "metadata": metadata, "source": source})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
