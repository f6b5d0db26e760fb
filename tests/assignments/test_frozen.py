"""An assignment that runs is frozen: what is added to the tables later changes no student's figures."""

import pytest

from vermarkting import cases, data
from vermarkting.cases import o5, o6
from vermarkting.scans import KRACHTLIJNEN, scan_question

NUMBERS = [f"r09{number:05d}" for number in range(60)]
CACHES = (o6.rows, o6.links, cases.case)


def everything(assignment):
    """Give what each student sees of an assignment, and what its questions offer."""
    found = [(cases.case(assignment, number), cases.tables(assignment, number)) for number in NUMBERS]
    scans = [scan_question("O5", case.grounds) for case, _ in found] if assignment == "O5" else []
    return found, scans


def forget():
    for cache in CACHES:
        cache.cache_clear()


@pytest.fixture
def one_more(monkeypatch):
    """After it is called there is an argument more, of each position and krachtlijn, at the head of the table."""
    stock = data.rows

    def rows(table):
        found = list(stock(table))
        if table != "arguments":
            return found
        new = dict(found[0]) | {"core": True, "krachtlijnen": list(KRACHTLIJNEN)}
        positions = sorted({row["position"] for row in found})
        extra = [new | {"id": f"A90{place}", "position": position} for place, position in enumerate(positions)]
        return [*extra, *found]

    def add():
        monkeypatch.setattr(data, "rows", rows)
        forget()

    yield add
    monkeypatch.undo()
    forget()


@pytest.mark.parametrize("assignment", cases.ASSIGNMENTS)
def test_one_argument_more_changes_nobodys_figures(assignment, one_more):
    before = everything(assignment)
    one_more()
    assert {"A900", "A901"} <= {ground["id"] for item in scan_question("O5")["items"] for ground in item["grounds"]}
    assert everything(assignment) == before


def test_each_ground_of_o5_and_each_start_of_o6_is_an_argument():
    for names, item in zip(o5.GROUNDS, scan_question("O5")["items"], strict=True):
        assert set(names) <= {ground["id"] for ground in item["grounds"]}
    assert {name for names in o6.STARTS for name in names} <= set(o6.rows())
