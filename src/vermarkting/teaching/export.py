"""The files of ``vermarkting vragen``: all questions of the lessons as Moodle XML, GIFT and QTI 2.1."""

from pathlib import Path

from vermarkting.files import write_whole
from vermarkting.teaching import gift, moodle, qti
from vermarkting.teaching.items import Item, items, lessons


def write(folder: Path, lesson: str | None = None) -> list[Item]:
    """Write the three files, for one lesson or all, into a folder that is made if need be; give what is in them.

    Raises ``KeyError`` for an unknown lesson and ``OSError`` where nothing can be written.
    """
    known = lessons()
    if lesson is not None and lesson not in known:
        raise KeyError(lesson)
    found = [item for name in ([lesson] if lesson else known) for item in items(name)]
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / "vragen-moodle.xml", moodle.written(found).encode())
    write_whole(folder / "vragen-gift.txt", gift.written(found).encode())
    write_whole(folder / "vragen-qti21.zip", qti.package(found))
    return found
