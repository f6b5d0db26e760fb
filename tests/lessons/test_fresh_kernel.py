"""Each lesson runs in a fresh kernel of ours, in an empty folder: without errors, warnings or leftovers.

It runs from the last cell up, so that no cell leans on one above it; a browser's tests open it from the first down.
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from vermarkting.content import folder

LESSONS = sorted(folder("lessons").glob("*.ipynb"))
AT_ONCE = 2


def _run(path: Path, empty: Path) -> nbformat.NotebookNode:
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.reverse()
    empty.mkdir()
    resources = {"metadata": {"path": str(empty)}}
    NotebookClient(notebook, kernel_name="vermarkting", resources=resources, allow_errors=True, timeout=60).execute()
    assert not list(empty.iterdir()), f"{path.stem} leaves files behind"
    return notebook


@pytest.fixture(scope="module")
def executed(tmp_path_factory) -> dict[str, nbformat.NotebookNode]:
    """Run all lessons, two kernels at a time; in threads, because Playwright's event loop may run in this one."""
    base = tmp_path_factory.mktemp("empty")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = pool.map(lambda path: _run(path, base / path.stem), LESSONS)
        return dict(zip((path.stem for path in LESSONS), done, strict=True))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_cell_shows_a_widget_and_nothing_else(path, executed):
    cells = [cell for cell in executed[path.stem].cells if cell.cell_type == "code"]
    assert cells
    for cell in cells:
        kinds = [output.output_type for output in cell.outputs]
        assert kinds == ["execute_result"], f"{cell.id}: {cell.outputs}"
        shown = cell.outputs[0].data
        assert "application/vnd.jupyter.widget-view+json" in shown, cell.id
        assert "object at 0x" not in shown["text/plain"], cell.id
