"""What is right in the graded assignments: for lecturers only, and in nothing that students receive.

There is one file per assignment with a personal part (see :mod:`vermarkting.cases`). It holds these, pure and total on
answers that fit:

=======  =========================================================================================
RIGHT    question to a function of the ``Case``: the right numbers or categories, per item
DESIGNS  name to a function of the ``Case`` and the answers: what a design of one's own must do
=======  =========================================================================================

Keys that are the same for everybody stand in the lecturers' notebooks in ``solutions``. What goes out to students is
made without this room: see ``vermarkting uitdelen``.
"""

from importlib import import_module
from types import ModuleType

from vermarkting.cases import ASSIGNMENTS


def file(assignment: str) -> ModuleType:
    """Give the file of an assignment. Raises ``KeyError`` for one without a personal part."""
    if assignment not in ASSIGNMENTS:
        raise KeyError(assignment)
    return import_module(f"vermarkting.keys.{assignment.lower()}")
