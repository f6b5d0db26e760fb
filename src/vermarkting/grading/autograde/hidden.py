"""The hidden checks of an assignment, read as text from the lecturer's notebook and never executed."""

import ast
from dataclasses import dataclass

from vermarkting.grading.checks import CHECKS
from vermarkting.text import t

_IMPORT = "from vermarkting import grading as g"


class HiddenCheckError(ValueError):
    """A hidden check that cannot be used; ``str()`` is one Dutch sentence for the lecturer."""


@dataclass(frozen=True, slots=True)
class Check:
    """A call of a function in :mod:`vermarkting.grading.checks`, with literal arguments."""

    name: str
    arguments: tuple
    points: float


def read(source: str, grade_id: str, begin: str, end: str) -> Check:
    """Read the one call between the lines that hold ``begin`` and ``end``.

    Raises ``HiddenCheckError`` unless the part between is ``from vermarkting import grading as g`` and then
    ``g.name(literals, points=number)`` with the name of a check.
    """
    try:
        bring, statement = ast.parse(_between(source, begin, end)).body
        call = statement.value
        arguments = tuple(ast.literal_eval(argument) for argument in call.args)
        keywords = {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}
        if not isinstance(statement, ast.Expr) or ast.unparse(bring) != _IMPORT:
            raise ValueError
        if call.func.value.id != "g" or call.func.attr not in CHECKS:
            raise ValueError
        if set(keywords) != {"points"} or type(keywords["points"]) not in (int, float):
            raise ValueError
    except (ValueError, TypeError, SyntaxError, AttributeError, RecursionError) as error:
        raise HiddenCheckError(t("grading.release.bad_check", cell=grade_id)) from error
    return Check(call.func.attr, arguments, keywords["points"])


def _between(source: str, begin: str, end: str) -> str:
    lines = source.splitlines()
    marked = [number for number, line in enumerate(lines) if begin in line or end in line]
    first, last = marked
    if begin not in lines[first] or end not in lines[last]:
        raise ValueError
    return "\n".join(lines[first + 1 : last])
