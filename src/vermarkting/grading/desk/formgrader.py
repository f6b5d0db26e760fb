"""Formgrader, nbgrader's page for grading by hand, made safe and fit for rubrics. ``nbgrader_config.py`` calls
:func:`install`.

nbgrader fetches scripts from elsewhere for this page, breaks without them, and puts names into its pages unescaped.
Here everything is escaped, the page may run no script but those that it names itself, and a click on a rubric level
fills in the comment and the points. Its lists are in Dutch (:mod:`.dutch`).
"""

import secrets
from collections.abc import Callable
from pathlib import Path

from nbconvert.exporters import HTMLExporter
from nbgrader.server_extensions.formgrader.formgrader import FormgradeExtension

from vermarkting.grading import rubrics
from vermarkting.grading.autograde.rebuild import FOR_LECTURERS
from vermarkting.grading.desk import dutch
from vermarkting.grading.rubrics import LEVELS, Rubric, RubricError
from vermarkting.text import t

_HERE = Path(__file__).parent


class GradingPage(HTMLExporter):
    """Shows a graded notebook: answers with their points, the assignment's own text folded away."""

    def __init__(self, config, rubrics_of: Callable[[str], dict[str, Rubric]]):
        config = config.copy()
        config.HTMLExporter.template_name = "nakijken"
        config.HTMLExporter.extra_template_basedirs = [str(_HERE / "templates")]
        super().__init__(config=config)
        self._rubrics_of = rubrics_of

    def from_notebook_node(self, nb, resources=None, **more):
        resources = resources or {}
        resources |= {
            "nonce": secrets.token_urlsafe(16),
            "rubrics": self._rubrics_of(resources["assignment_id"]),
            "levels": [(number, t(f"grading.levels.{number}")) for number in LEVELS],
            "for_lecturers": FOR_LECTURERS,
            "say": lambda key, **values: t(f"formgrader.{key}", **values),
            "script": (_HERE / "rubric.js").read_text(encoding="utf-8"),
        }
        return super().from_notebook_node(nb, resources, **more)


def install() -> None:
    """Make formgrader use our page, and escape and translate its other pages. May be called again."""
    if getattr(FormgradeExtension.init_tornado_settings, "ours", False):
        return
    stock = FormgradeExtension.init_tornado_settings

    def init_tornado_settings(self, webapp) -> None:
        stock(self, webapp)
        webapp.settings["nbgrader_jinja2_env"].autoescape = True
        dutch.install(webapp.settings["nbgrader_jinja2_env"])
        webapp.settings["nbgrader_exporter"] = GradingPage(self.config, lambda name: _rubrics(self.coursedir, name))

    init_tornado_settings.ours = True
    FormgradeExtension.init_tornado_settings = init_tornado_settings


def _rubrics(course, assignment: str) -> dict[str, Rubric]:
    """Read the rubrics anew for every page: a lecturer may change a text while grading."""
    path = Path(course.root) / course.format_path(course.release_directory, ".", assignment) / rubrics.NAME
    try:
        return rubrics.read(path) if path.is_file() else {}
    except RubricError:
        return {}
