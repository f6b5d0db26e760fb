"""The course as nbgrader sees it. Run nbgrader from this folder: ``nbgrader generate_assignment O1`` and so on."""

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import ClearHiddenTests, GetGrades

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
c.OverwriteCells.missing_cell_notification = "Deze cel ({cell_id}) ontbrak in de inzending en is teruggezet.\n\n"

# A student's feedback shows what was earned, not the key.
c.GenerateFeedback.preprocessors = [GetGrades, ClearHiddenTests, CSSHTMLHeaderPreprocessor]

# A widget that nobody can click any more shows as the text of the answer; a script in an output never shows.
c.NbConvertBase.display_data_priority = ["text/html", "image/svg+xml", "image/png", "text/markdown", "text/plain"]
