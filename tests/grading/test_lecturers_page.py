"""The lecturers' page tells what is so: points, weights and titles of the six assignments."""

import re

from courses import ASSIGNMENTS, ROOT, cells, graded
from traitlets.config import PyFileConfigLoader

PAGE = (ROOT / "solutions" / "README.md").read_text(encoding="utf-8")


def test_the_table_has_the_titles_weights_and_points_of_the_assignments():
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    rows = re.findall(r"^\| (O\d) \| (.+) \| (\d+) % \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)
    assert [name for name, *_ in rows] == ASSIGNMENTS
    for name, title, weight, machine, person in rows:
        notebook = cells(ROOT / "solutions" / name / f"{name}.ipynb")
        points = {"code": 0, "markdown": 0}
        for cell in graded(notebook).values():
            points[cell["cell_type"]] += cell["metadata"]["nbgrader"]["points"]
        assert notebook[0]["source"].startswith(f"# Opdracht {name}. {title}\n")
        assert (int(machine), int(person)) == (points["code"], points["markdown"])
        assert int(weight) == config.ScoreExport.weights[name]
