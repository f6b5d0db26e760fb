"""What the lessons say about a model is true of that model.

Each sentence "at X, Y happens in this model" is a row of ``data/model_claims.csv``. The row ``01.threshold`` is checked
by the function ``threshold`` in ``claims_01.py``; names with a leading underscore are helpers.
"""

import csv
import importlib.util
import re
from pathlib import Path

import pytest
from places import text_at

from vermarkting.content import folder

HERE = Path(__file__).parent
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


def test_every_claim_has_one_check_and_every_check_a_claim():
    ids = [claim["id"] for claim in CLAIMS]
    assert len(ids) == len(set(ids))
    assert set(ids) == set(CHECKS)
    assert all(claim["id"].startswith(f"{claim['lesson']}.") for claim in CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim["id"])
def test_claim_is_what_the_reader_sees(claim):
    assert len(claim["sentence"].split()) >= 4
    assert re.sub(r"\s+", " ", claim["sentence"]) in re.sub(r"\s+", " ", text_at(claim["lesson"], claim["cell"]))


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_claim_holds_in_the_model(name):
    CHECKS[name]()
