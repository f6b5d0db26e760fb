"""The rooms of grading, and which may use which: each only those on a lower floor."""

import ast
from pathlib import Path

import pytest

import vermarkting.grading

HOUSE = Path(vermarkting.grading.__file__).parent
FLOORS = [
    {"checks", "markdown", "rubrics", "faults"},
    {"autograde", "levels"},
    {"collect", "marks"},
    {"feedback"},
    {"export"},
    {"desk"},
    {"plugins"},
]
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
FILES = sorted(path for path in HOUSE.rglob("*.py") if path != HOUSE / "__init__.py")


def rooms_used(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "vermarkting.grading":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("vermarkting.grading."):
            yield node.module.split(".")[2]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_a_room_uses_only_lower_floors(path):
    room = path.relative_to(HOUSE).parts[0].removesuffix(".py")
    assert {used for used in rooms_used(path) if used != room and FLOOR_OF[used] >= FLOOR_OF[room]} == set()
