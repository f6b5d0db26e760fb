"""How far a student is on each page that their folder has."""

from pathlib import Path

from vermarkting import data, handing_in, pages, reviewing
from vermarkting.answers import NAME, Answer, AnswerSheet
from vermarkting.pages import Progress


def overview(folder: Path) -> list[dict]:
    """Give the rows of ``data/pages.csv`` that a student's folder has, each with its ``progress``.

    That is ``None`` for a page without questions, and for an assignment that cannot be read. Of a review it is that of
    the round that is on.
    """
    kept = AnswerSheet(folder / "lessons" / NAME).all()
    return [
        page | {"progress": _of(page, folder, kept)} for page in data.rows("pages") if (folder / page["path"]).is_file()
    ]


def _of(page: dict, folder: Path, kept: dict[str, Answer]) -> Progress | None:
    if page["kind"] == "lesson":
        return pages.of_lesson(page["id"], {name: answer.value for name, answer in kept.items()})
    if page["kind"] == "assignment":
        try:
            return Progress(*handing_in.filled(page["id"], (folder / page["path"]).parent))
        except handing_in.HandInError:
            return None
    return reviewing.progress(kept) if page["id"] == reviewing.PAGE else None
