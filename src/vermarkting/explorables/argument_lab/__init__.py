"""The argument lab: 128 arguments under linked views, what stands among them, and for whom."""

from vermarkting.answers import AnswerSheet
from vermarkting.explorables.argument_lab.desk import Desk
from vermarkting.explorables.argument_lab.lab import Lab
from vermarkting.explorables.argument_lab.steelman import Steelman
from vermarkting.explorables.frame import Explorable, step


def argument_lab(sheet: AnswerSheet | None = None) -> Explorable:
    """Show the lab: first the strongest case against oneself, then the views; it opens as the reader left it."""
    desk = Desk(sheet)
    return Explorable(
        "argument_lab",
        step("argument_lab", "steelman"),
        Steelman(desk),
        step("argument_lab", "lab"),
        Lab(desk),
    )
