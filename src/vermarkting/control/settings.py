"""The course's settings: whether ``nbgrader_config.py`` can be read, and what each assignment weighs.

With a mistake in that file nbgrader goes on without it, with its own ways of grading and exporting.
"""

import ast
from pathlib import Path

from vermarkting.control.finding import Finding, Unreadable, json_of, line, nearest, text_of
from vermarkting.text import t

NAME = "nbgrader_config.py"
FALLBACK = "nbgrader_config.json"

# Without these nbgrader would grade, collect and export in its own way, without a word.
_NEEDED = (
    "c.CourseDirectory.source_directory",
    "plugins.install()",
    "c.Autograde.autograde_preprocessors",
    "collect.install()",
    "c.ExportApp.plugin_class",
    "c.ScoreExport.weights",
)


def look(root: Path) -> list[Finding]:
    """Give the mistakes in the settings."""
    found = []
    if (root / FALLBACK).exists():
        try:
            json_of(root / FALLBACK, root)
        except Unreadable as error:
            found.append(error.finding)
    try:
        tree = ast.parse(text_of(root / NAME, root))
    except Unreadable as error:
        return [*found, error.finding]
    except (SyntaxError, ValueError, RecursionError) as error:
        # Python names the line where it stopped: a forgotten comma stands on it or just above.
        number = getattr(error, "lineno", None) or 1
        return [*found, Finding(NAME, line(number), t("control.settings.not_python"))]
    missing = [name for name in _NEEDED if name not in _names(tree)]
    if missing:
        return [*found, Finding(NAME, "", t("control.settings.missing", name=missing[0]))]
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "c.ScoreExport.weights":
            found += _weights(statement, root)
    return found


def _names(tree: ast.Module) -> set[str]:
    """Give what is set and what is called on its own, as it is written."""
    names = {ast.unparse(s.targets[0]) for s in tree.body if isinstance(s, ast.Assign)}
    return names | {ast.unparse(s.value) for s in tree.body if isinstance(s, ast.Expr)}


def _weights(statement: ast.Assign, root: Path) -> list[Finding]:
    place = line(statement.lineno)
    try:
        weights = ast.literal_eval(statement.value)
        usable = isinstance(weights, dict) and all(
            isinstance(name, str) and type(weight) in (int, float) and 0 <= weight < 1e6
            for name, weight in weights.items()
        )
    except (ValueError, TypeError, SyntaxError):
        usable = False
    if not usable:
        return [Finding(NAME, place, t("control.settings.bad_weights"))]
    there = sorted(path.parent.name for path in (root / "solutions").glob("*/*.ipynb"))
    found = [
        Finding(NAME, place, t("control.settings.unknown_assignment", name=name, known=nearest(name, there)))
        for name in weights
        if there and name not in there
    ]
    return found + [
        Finding(NAME, place, t("control.settings.no_weight", name=name)) for name in there if name not in weights
    ]
