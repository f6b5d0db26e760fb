"""Collecting from the exchange: what is not its owner's stays out, and nothing is followed."""

import os
import pwd
from datetime import datetime
from pathlib import Path

import pytest
from nbgrader.apps import NbGraderAPI
from nbgrader.utils import notebook_hash
from traitlets.config import Config

from vermarkting.grading.autograde.handin import TIMESTAMP
from vermarkting.grading.collect.exchange import OwnedCollect, Refused, read
from vermarkting.handing_over import bring_feedback, hand_over

# Two accounts that every Linux has.
NOOR, SAM = "daemon", "nobody"
LATER = "2099-01-01 00:00:00.000000 UTC"


@pytest.fixture
def inbound(tmp_path) -> Path:
    place = tmp_path / "uitwisseling" / "vermarkting" / "inbound"
    place.mkdir(parents=True)
    return place


def put(inbound: Path, owner: str, claimed: str, content: str = "{}", stamp: str = LATER) -> Path:
    folder = inbound / f"{claimed}+O1+{stamp}+x{len(list(inbound.iterdir()))}"
    folder.mkdir()
    (folder / "O1.ipynb").write_text(content)
    (folder / TIMESTAMP).write_text(stamp)
    for path in (folder, *folder.iterdir()):
        os.chown(path, pwd.getpwnam(owner).pw_uid, -1)
    return folder


@pytest.fixture
def config(tmp_path, inbound) -> Config:
    config = Config()
    config.CourseDirectory.root = str(tmp_path)
    config.CourseDirectory.course_id = "vermarkting"
    config.Exchange.root = str(inbound.parents[1])
    config.ExchangeFactory.collect = OwnedCollect
    return config


@pytest.fixture
def collect(config):
    """Run ``nbgrader collect``; gives whether all was collected, and what was said."""

    def run(update: bool = False) -> tuple[bool, str]:
        done = NbGraderAPI(config=config).collect("O1", update=update)
        return done["success"], done["log"]

    return run


def submitted(tmp_path, student: str) -> str:
    return (tmp_path / "submitted" / student / "O1" / "O1.ipynb").read_text()


def test_a_hand_in_in_anothers_name_is_not_collected_and_the_real_one_is(tmp_path, inbound, collect):
    put(inbound, NOOR, NOOR, "echt", "2020-01-01 00:00:00.000000 UTC")
    put(inbound, SAM, NOOR, "vals")
    put(inbound, SAM, SAM, "van sam")
    whole, said = collect()
    assert not whole
    assert "Nieuw opgehaald: 2" in said and f"gemaakt door het account '{SAM}'" in said
    assert submitted(tmp_path, NOOR) == "echt" and submitted(tmp_path, SAM) == "van sam"


def test_a_lecturer_can_choose_to_believe_the_name(tmp_path, inbound, collect, config):
    put(inbound, SAM, "r0123456", "met een ander account")
    assert not collect()[0] and not (tmp_path / "submitted").exists()
    config.ExchangeCollect.check_owner = False
    assert collect()[0]
    assert submitted(tmp_path, "r0123456") == "met een ander account"


def test_the_moment_is_that_of_the_file_system(tmp_path, inbound, collect):
    put(inbound, NOOR, NOOR)
    assert collect()[0]
    moment = (tmp_path / "submitted" / NOOR / "O1" / TIMESTAMP).read_text()
    assert moment[:10] == f"{datetime.now():%Y-%m-%d}"


def test_a_later_hand_in_replaces_the_earlier_only_when_asked(tmp_path, inbound, collect):
    put(inbound, NOOR, NOOR, "eerste", "2025-01-01 00:00:00.000000 UTC")
    assert "Nieuw opgehaald: 1" in collect()[1]
    put(inbound, NOOR, NOOR, "tweede", "2024-01-01 00:00:00.000000 UTC")
    assert "Ongewijzigd: 1" in collect()[1] and submitted(tmp_path, NOOR) == "eerste"
    assert "Vernieuwd: 1" in collect(update=True)[1] and submitted(tmp_path, NOOR) == "tweede"
    assert "Ongewijzigd: 1" in collect(update=True)[1]


def test_other_assignments_and_strange_names_are_left_alone(inbound, collect):
    for name in ("losse map", f"{NOOR}+O2+{LATER}+x", ".half", "+", "++++"):
        (inbound / name).mkdir()
    assert collect()[0]


@pytest.mark.parametrize("kind", ["link", "hard", "pipe", "foreign", "big", "many"])
def test_what_is_not_a_plain_file_of_the_student_keeps_the_hand_in_out(tmp_path, inbound, kind, monkeypatch):
    secret = tmp_path / "modelantwoord"
    secret.write_text("geheim")
    folder = put(inbound, NOOR, NOOR)
    owner = pwd.getpwnam(NOOR).pw_uid
    if kind == "link":
        (folder / "b.ipynb").symlink_to(secret)
    elif kind == "hard":
        os.chown(secret, owner, -1)
        (folder / "b.ipynb").hardlink_to(secret)
    elif kind == "pipe":
        os.mkfifo(folder / "b.ipynb")
    elif kind == "foreign":
        (folder / "b.ipynb").write_text("van root")
    elif kind == "big":
        monkeypatch.setattr("vermarkting.grading.collect.exchange.MAX_BYTES", 10)
    elif kind == "many":
        for number in range(101):
            (folder / str(number)).touch()
    with pytest.raises(Refused):
        read(folder, NOOR)


def test_a_link_to_anothers_hand_in_is_no_hand_in(inbound):
    real = put(inbound, NOOR, NOOR)
    link = inbound / f"{NOOR}+O1+{LATER}+link"
    link.symlink_to(real)
    with pytest.raises(Refused):
        read(link, NOOR)


def test_what_the_button_hands_over_is_collected(tmp_path, inbound, collect, own_zip, monkeypatch):
    me = pwd.getpwuid(os.getuid()).pw_name
    monkeypatch.chdir(tmp_path)
    hand_over("O1", own_zip, inbound)
    [folder] = inbound.iterdir()
    assert folder.stat().st_mode & 0o777 == 0o750
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o640}
    assert collect()[0]
    assert submitted(tmp_path, me) == "het notebook"


def test_the_feedback_on_the_newest_hand_in_that_has_any_comes_back(tmp_path, inbound, own_zip, monkeypatch):
    notebook, released = tmp_path / "assignments" / "O1", tmp_path / "feedback"
    notebook.mkdir(parents=True)
    released.mkdir()
    monkeypatch.chdir(notebook)
    hand_over("O1", own_zip, inbound)
    [first] = inbound.iterdir()
    secret = (first / "submission_secret.txt").read_text()
    assert bring_feedback(tmp_path / "assignments", released) == []
    page = released / f"{notebook_hash(secret=secret, notebook_id='O1')}.html"
    page.write_text("goed gezien")
    hand_over("O1", own_zip, inbound)
    [beside] = bring_feedback(tmp_path / "assignments", released)
    assert beside.parent == notebook and beside.read_text() == "goed gezien"
    assert bring_feedback(tmp_path / "assignments", released) == []
    page.write_text("nog eens gelezen")
    assert bring_feedback(tmp_path / "assignments", released) == [beside]


@pytest.fixture
def own_zip() -> bytes:
    import io
    import zipfile

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("O1.ipynb", "het notebook")
    return made.getvalue()
