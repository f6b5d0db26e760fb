"""nbgrader's own exchange, a shared folder: released, fetched, handed in, collected, graded."""

import shutil

from courses import Course

from vermarkting.answers import NAME as SHEET
from vermarkting.files import only_one
from vermarkting.grading.autograde.handin import moment
from vermarkting.grading.faults import LOCK
from vermarkting.text import t

ASSIGNMENT = "O1"


def test_an_assignment_goes_out_and_comes_back_through_the_exchange(desk, tmp_path):
    exchange = tmp_path / "beurs"
    exchange.mkdir()
    exchange.chmod(0o777)
    here = [f"--Exchange.root={exchange}", "--course=vermarkting"]
    desk.course.nbgrader("release_assignment", ASSIGNMENT, *here)

    student = Course.at(tmp_path / "student")
    student.place.mkdir()
    student.nbgrader("fetch_assignment", ASSIGNMENT, *here)
    shutil.rmtree(student.place / ASSIGNMENT / ".ipynb_checkpoints", ignore_errors=True)
    desk.kit.write(student.place / ASSIGNMENT)
    student.nbgrader("submit", ASSIGNMENT, "--student=r0123456", *here)

    # Here one account hands in for the student; whose it is, is in test_owned.py.
    collect = ("collect", ASSIGNMENT, *here, "--ExchangeCollect.check_owner=False")
    place = desk.folder("r0123456")
    with only_one(desk.place / LOCK):
        assert t("grading.summary.in_use") in desk.course.nbgrader(*collect, code=1)
    assert not place.exists()
    killed = place.parent / ".nieuw-half"
    killed.mkdir(parents=True)
    desk.course.nbgrader(*collect)
    assert not killed.exists()
    assert {f"{ASSIGNMENT}.ipynb", SHEET, "timestamp.txt"} <= {path.name for path in place.iterdir()}
    assert moment(place) is not None
    desk.course.nbgrader("autograde", ASSIGNMENT)
    points = desk.points("r0123456")
    assert {name: points[name] for name in desk.kit.checked} == {
        name: desk.kit.points[name] for name in desk.kit.checked
    }

    # A download of the platform for the same assignment leaves alone what came through the exchange.
    downloads = desk.place / "downloaded" / ASSIGNMENT / "archive"
    downloads.mkdir(parents=True)
    shutil.copy(place / f"{ASSIGNMENT}.ipynb", downloads / "ander_5_6_O1.ipynb")
    desk.course.nbgrader("zip_collect", ASSIGNMENT)
    assert sorted(path.name for path in (desk.place / "submitted").iterdir()) == ["5", "r0123456"]
    assert SHEET in {path.name for path in place.iterdir()}
