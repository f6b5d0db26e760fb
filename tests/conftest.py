"""What holds for every test: how the work is shared out, what is made once, and that no property test is timed."""

import os

import pytest
from courses import ASSIGNMENTS, Course
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

LAST = ("test_class.py", "test_desk_term.py", "test_opening.py")

# Accounts of their own can be made, and files given to them, only by root on Linux; continuous integration is.
if os.name != "posix" or os.geteuid() != 0:
    collect_ignore = ["browser/test_class.py", "grading/collect/test_owned.py", "hub"]

settings.register_profile("ours", deadline=None, max_examples=50)  # a busy machine may be slow
settings.load_profile("ours")


def _is_last(nodeid: str) -> bool:
    return nodeid.split("::")[0].endswith(LAST)


class SharedOut(LoadFileScheduling):
    """Gives one worker the browser, which keeps a processor busy, and the others the rest, file by file."""

    def _split_scope(self, nodeid: str) -> str:
        return (
            "browser" if nodeid.startswith("tests/browser/") and not _is_last(nodeid) else super()._split_scope(nodeid)
        )


def pytest_xdist_make_scheduler(config, log):
    return SharedOut(config, log)


def pytest_collection_modifyitems(items):
    """The browser first, for it takes longest; some of its files last, for who is done with the rest."""
    items.sort(key=lambda item: 2 if item.path.name in LAST else "browser" not in item.path.parts)


@pytest.fixture(scope="session")
def generated(tmp_path_factory):
    """A course folder with every assignment generated, in a gradebook of its own. To be copied, not changed."""
    course = Course(tmp_path_factory.mktemp("cursus"))
    for assignment in ASSIGNMENTS:
        course.nbgrader("generate_assignment", assignment)
    return course
