"""What is wrong with a course after somebody changed it: ``vermarkting controle``.

Every mistake in the tables, questions, lessons, assignments and settings is one Dutch sentence with the file, the place
in it and what to do. Nothing is imported from the course and nothing in it is run, so a broken course can be looked at.
"""

from pathlib import Path

from vermarkting.control import assignments, notebooks, question_files, settings, tables
from vermarkting.control.finding import Finding

__all__ = ["Finding", "look"]


def look(root: Path, assignment: str | None = None) -> list[Finding]:
    """Give every mistake in the course folder ``root``; with ``assignment`` only those that concern it.

    A course may lack the folders ``data`` and ``lessons``: then the module's own tables and questions count.
    """
    found = settings.look(root)
    table_findings, ids = tables.look(root)
    question_findings, questions = question_files.look(root, ids)
    found += table_findings + question_findings
    if assignment is None:
        found += notebooks.look(root, ids, questions)
    return found + assignments.look(root, questions, assignment)
