"""The course as nbgrader sees it. Run nbgrader from this folder: ``nbgrader generate_assignment O1`` and so on."""

import os

from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory

from vermarkting.grading import collect, desk, feedback, plugins
from vermarkting.grading.autograde import report

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "vermarkting"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "assignments"

c.ClearSolutions.begin_solution_delimeter = "BEGIN OPLOSSING"
c.ClearSolutions.end_solution_delimeter = "EINDE OPLOSSING"
c.ClearSolutions.code_stub = {"python": "# Schrijf hier je code."}
c.ClearSolutions.text_stub = "*Schrijf hier je antwoord.*"
c.ClearHiddenTests.begin_test_delimeter = "BEGIN VERBORGEN CONTROLE"
c.ClearHiddenTests.end_test_delimeter = "EINDE VERBORGEN CONTROLE"
c.ClearMarkScheme.begin_mark_scheme_delimeter = "BEGIN VERBETERSLEUTEL"
c.ClearMarkScheme.end_mark_scheme_delimeter = "EINDE VERBETERSLEUTEL"

c.Application.logging_config = plugins.QUIET

# No code of a student is ever run. Grading reads the answers and rebuilds the notebook from the released one.
# NeverRun stands where nbgrader would run a hand-in, and refuses. nbgrader_config.json says the same: if there is a
# mistake in this file, nbgrader goes on without it.
plugins.install()
c.Autograde.sanitize_preprocessors = ["vermarkting.grading.autograde.plugin.NeverRun"]
c.Autograde.autograde_preprocessors = ["vermarkting.grading.autograde.plugin.NeverRun"]
c.GenerateAssignment.preprocessors = [plugins.OnlyAnswerCells, *GenerateAssignment.preprocessors.default()]
# The report for the lecturer is not copied to the student's feedback.
c.CourseDirectory.ignore = [*CourseDirectory.ignore.default(), report.NAME]

# A student's feedback is a page of our own, without the key.
feedback.install()
c.ExchangeFactory.release_feedback = feedback.AnswerReleaseFeedback
# Formgrader's page for grading by hand: nothing of a student runs in it, and the rubric can be clicked.
desk.install()

# Hand-ins from a learning platform: put its bulk download in downloaded/<assignment>/archive and run `nbgrader
# zip_collect`. A list of students exported from the platform may lie beside this file as klaslijst.csv.
collect.install()
c.ZipCollectApp.collector_plugin = collect.LmsCollector
c.LmsCollector.timezone = "Europe/Brussels"

# On a school's server with `vermarkting klas`, `nbgrader collect` takes what its owner handed in, and nothing else.
c.ExchangeFactory.collect = collect.OwnedCollect
if "VERMARKTING_EXCHANGE" in os.environ:
    c.Exchange.root = os.environ["VERMARKTING_EXCHANGE"]

# `nbgrader export` writes to the folder cijfers, one CSV for each platform.
c.ExportApp.plugin_class = "vermarkting.grading.export.ScoreExport"
c.ScoreExport.weights = {"O1": 10, "O2": 15, "O3": 20, "O4": 20, "O5": 15, "O6": 20}
c.ScoreExport.forms = ["gewoon", "toestand", "vragen", "canvas", "brightspace", "blackboard", "moodle"]
