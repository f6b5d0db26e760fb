"""Every assignment: what is released is what the solutions give, it works, and it holds no key."""

import nbformat
import pytest
from courses import ASSIGNMENTS, KERNELS, ROOT, cells, graded, hidden_check
from model_answers import honest_answers, perfect_answers
from nbclient import NotebookClient

from vermarkting import data
from vermarkting.grading import checks, rubrics

SECRETS = {"answer", "correct", "explanation", "solution", "tolerance", "example"}


def solution(assignment):
    return cells(ROOT / "solutions" / assignment / f"{assignment}.ipynb")


def release(assignment):
    return cells(ROOT / "assignments" / assignment / f"{assignment}.ipynb")


def test_there_are_assignments():
    assert "O1" in ASSIGNMENTS
    assert sorted(path.name for path in (ROOT / "assignments").iterdir() if path.is_dir()) == ASSIGNMENTS


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_assignments_are_generated_and_never_edited(released, assignment):
    def files(place):
        return {path.relative_to(place): path.read_bytes() for path in place.rglob("*") if path.is_file()}

    assert files(ROOT / "assignments" / assignment) == files(released.place / "assignments" / assignment)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_solutions_hold_no_answer_sheet(assignment):
    names = {path.name for path in (ROOT / "solutions" / assignment).rglob("*") if path.is_file()}
    assert names == {f"{assignment}.ipynb", "rubriek.toml"}


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_cells_keep_their_ids_and_students_cannot_delete_graded_ones(assignment):
    assert [cell["id"] for cell in release(assignment)] == [cell["id"] for cell in solution(assignment)]
    for grade_id, cell in graded(release(assignment)).items():
        assert cell["id"] == grade_id
        assert cell["metadata"]["deletable"] is False
        assert cell["metadata"]["nbgrader"]["schema_version"] == 3


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_points_are_a_hundred_and_the_rubric_s_are_those_of_its_cell(assignment):
    points = {
        grade_id: cell["metadata"]["nbgrader"]["points"] for grade_id, cell in graded(solution(assignment)).items()
    }
    assert sum(points.values()) == 100
    prose = [grade_id for grade_id, cell in graded(solution(assignment)).items() if cell["cell_type"] == "markdown"]
    found = rubrics.read(ROOT / "solutions" / assignment / rubrics.NAME)
    assert list(found) == prose
    assert {grade_id: rubric.points for grade_id, rubric in found.items()} == {name: points[name] for name in prose}


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_hidden_check_fits_its_cell_and_its_questions(assignment):
    for grade_id, cell in graded(solution(assignment)).items():
        if cell["cell_type"] == "markdown":
            continue
        name, arguments, keywords = hidden_check(cell["source"])
        assert keywords == {"points": cell["metadata"]["nbgrader"]["points"]}, grade_id
        # Of a check that tells its key, the answers show which questions it is about.
        own = name.startswith("own_")
        perfect = honest_answers(assignment) if own else perfect_answers(name, arguments)
        result = checks.evaluate(name, perfect, *arguments, **keywords)
        assert result.points == keywords["points"], (grade_id, result.message)
        asked = arguments[:1] if name in ("own_numbers", "own_choices") else () if own else perfect
        for question_id in asked:
            assert f'"{question_id}"' in cell["source"].split("###")[0], "the student sees progress on this question"


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_release_and_the_questions_hold_no_key(assignment):
    for path in (ROOT / "assignments" / assignment).iterdir():
        text = path.read_text(encoding="utf-8")
        assert "VERBORGEN" not in text and "HIDDEN" not in text
        for cell in graded(solution(assignment)).values():
            hidden = cell["source"] if cell["cell_type"] == "markdown" else cell["source"].split("###")[2]
            for line in hidden.splitlines():
                assert len(line) < 12 or line.strip() not in text.replace('\\"', '"')
    for question in data.questions(assignment).values():
        for part in (question, *question.get("options", []), *question.get("items", [])):
            assert not SECRETS & set(part)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_an_order_question_does_not_start_in_the_right_order(assignment):
    for cell in graded(solution(assignment)).values():
        if cell["cell_type"] == "code" and hidden_check(cell["source"])[0] == "order":
            question_id, key = hidden_check(cell["source"])[1]
            first = [item["id"] for item in data.question(question_id)["items"]]
            assert checks.evaluate("order", {question_id: first}, question_id, key, points=10).points == 0


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_release_runs_to_its_end_for_a_student_without_answers(assignment, tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_PATH", str(KERNELS))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    notebook = nbformat.read(ROOT / "assignments" / assignment / f"{assignment}.ipynb", as_version=4)
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(tmp_path)}}).execute()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs, f"{cell.id} shows nothing"
            assert all(output.output_type in ("display_data", "execute_result") for output in cell.outputs), cell.id
    assert {path.name for path in tmp_path.iterdir()} <= {"ipython"}, "looking writes nothing"
