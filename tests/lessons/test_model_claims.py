"""What the lessons say about a model is true of that model.

Each sentence "at X, Y happens in this model" is a row of ``data/model_claims.csv``. The row ``01.threshold`` is checked
by the function ``threshold`` in ``claims_01.py``; names with a leading underscore are helpers.
"""

import csv
import importlib.util
import json
import re
import tomllib
from pathlib import Path

import pytest

from vermarkting.content import folder

HERE = Path(__file__).parent
TEXT = HERE.parents[1] / "src" / "vermarkting" / "text" / "nl.toml"
COLUMNS = ["id", "lesson", "cell", "sentence"]


def _claims() -> list[dict]:
    with (folder("data") / "model_claims.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == COLUMNS
        return list(reader)


def _checks() -> dict:
    found = {}
    for path in sorted(HERE.glob("claims_[0-9][0-9].py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for name, check in vars(module).items():
            if callable(check) and getattr(check, "__module__", None) == path.stem and not name.startswith("_"):
                found[f"{path.stem[-2:]}.{name}"] = check
    return found


CLAIMS, CHECKS = _claims(), _checks()


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [text for part in value for text in _strings(part)] if isinstance(value, list) else []


def _shown(claim: dict) -> str:
    """Everything a reader sees in the place a claim names: a cell, a question or an entry of nl.toml."""
    place = claim["cell"]
    if place.startswith("text:"):
        entry = tomllib.loads(TEXT.read_text(encoding="utf-8"))
        for part in place.removeprefix("text:").split("."):
            entry = entry[part]
        return "\n".join(_strings(entry))
    if "." in place:
        lesson, name = place.split(".", 1)
        questions = tomllib.loads((folder("data") / "questions" / f"{lesson}.toml").read_text(encoding="utf-8"))
        return "\n".join(_strings(questions[name]))
    (path,) = folder("lessons").glob(f"{claim['lesson']}_*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return next("".join(cell["source"]) for cell in cells if cell["id"] == place)


def test_every_claim_has_one_check_and_every_check_a_claim():
    ids = [claim["id"] for claim in CLAIMS]
    assert len(ids) == len(set(ids))
    assert set(ids) == set(CHECKS)
    assert all(claim["id"].startswith(f"{claim['lesson']}.") for claim in CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim["id"])
def test_claim_is_what_the_reader_sees(claim):
    assert len(claim["sentence"].split()) >= 4
    assert re.sub(r"\s+", " ", claim["sentence"]) in re.sub(r"\s+", " ", _shown(claim))


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_claim_holds_in_the_model(name):
    CHECKS[name]()
