"""A graded notebook or a printed page has no front end: the saved answer stands there as text."""

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from vermarkting.answers import AnswerSheet

CELLS = [
    'from vermarkting import widgets as w; w.question("00.geen_idee")',
    'from vermarkting import widgets as w; w.question("00.zo_loopt_een_les")',
    'from vermarkting import widgets as w; w.self_check("05")',
    "from vermarkting import explorables as e; e.care_homes()",
]


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("handed-in")
    sheet = AnswerSheet(folder / "antwoorden.json")
    sheet.put("00.geen_idee", "b")
    sheet.put("02.check_woonzorg", 9.5)
    sheet.put("02.bet_woonzorg", "tien")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": str(folder)}}, store_widget_state=False
    ).execute()
    assert "widgets" not in notebook.metadata
    html, _ = HTMLExporter(exclude_input=True).from_notebook_node(notebook)
    return html


def test_answers_are_readable(page):
    assert "Jouw antwoord: Ik voorspel toch." in page
    assert "Jouw antwoord: 9,5 procentpunt" in page
    assert "Jouw antwoord: ongeveer 10 procentpunt" in page
    assert "Bewaard om " in page


def test_open_questions_say_so(page):
    # The question on the order of a lesson, and four of the five of the self-check.
    assert page.count("Jouw antwoord: nog niet ingevuld") == 5


def test_an_explorable_is_its_words(page):
    assert "Ruime definitie: van 18,5 procent in 2013 naar 28,0 procent in 2022." in page


def test_no_object_shows_its_name_in_python(page):
    assert "&lt;vermarkting" not in page and "VBox(" not in page and "object at 0x" not in page
