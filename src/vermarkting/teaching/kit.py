"""The files of ``vermarkting lesmap``: the lecturer's pages to print, and the slides of each lesson."""

from importlib.util import find_spec
from pathlib import Path

from vermarkting.files import write_whole
from vermarkting.teaching import printing, slides
from vermarkting.teaching.pages import pages


def write(folder: Path) -> tuple[int, int]:
    """Write into a folder that is made if need be; give how many pages and how many sets of slides.

    Without python-pptx there are no slides. Raises ``OSError`` where nothing can be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = pages()
    for page in found:
        write_whole(folder / f"{page.name}.html", printing.html(page).encode())
    lessons = [page for page in found if page.lesson] if find_spec("pptx") else []
    for page in lessons:
        write_whole(folder / f"{page.name}.pptx", slides.deck(page))
    return len(found), len(lessons)
