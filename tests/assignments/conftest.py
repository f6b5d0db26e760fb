"""One released course per test run: nbgrader takes seconds for each command."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from courses import ASSIGNMENTS, Course


@pytest.fixture(scope="session")
def released(tmp_path_factory):
    """A course whose assignments were generated with a fresh gradebook."""
    course = Course(tmp_path_factory.mktemp("cursus"))
    for assignment in ASSIGNMENTS:
        course.nbgrader("generate_assignment", assignment)
    return course
