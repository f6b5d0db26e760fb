"""The real course, as the linter needs it: what lessons may refer to."""

import ast
import csv
import importlib
import re
import tomllib
from pathlib import Path

from pages import Course, Page, read_page
from spelling import word_checker

import vermarkting
from vermarkting.content import folder

PACKAGE = Path(vermarkting.__file__).parent


def real_course() -> Course:
    return Course(
        sources=_ids("sources"),
        arguments=_ids("arguments"),
        function_exists=_function_exists,
        questions_of_explorables=_questions_of_explorables(),
        is_word=word_checker(),
    )


def notebooks() -> list[Path]:
    """Give every notebook of the course: lessons, assignments and, in a checkout, the lecturer's versions."""
    places = [folder("lessons"), folder("assignments"), folder("lessons").parent / "solutions"]
    found = [path for place in places for path in sorted(place.rglob("*.ipynb"))]
    return [path for path in found if ".ipynb_checkpoints" not in path.parts]


def page_of(path: Path) -> Page:
    """Read a notebook with the question file that bears its lesson's number or its assignment's name."""
    name = path.stem.split("_")[0]
    questions = folder("data") / "questions" / f"{name}.toml"
    return read_page(path, tomllib.loads(questions.read_text(encoding="utf-8")) if questions.is_file() else {})


def _ids(table: str) -> frozenset[str]:
    with (folder("data") / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["id"] for row in csv.DictReader(file))


def _function_exists(module: str, function: str) -> bool:
    return callable(getattr(importlib.import_module(f"vermarkting.{module}"), function, None))


def _questions_of_explorables() -> frozenset[str]:
    """Find the literal question ids, such as "01.raming", in the explorables' code."""
    constants = (
        node.value
        for path in (PACKAGE / "explorables").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return frozenset(text for text in constants if re.fullmatch(r"\d\d\.\w+", text))
