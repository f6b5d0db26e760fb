"""The button that makes the one file to hand in, and the file itself."""

import hashlib
import io
import json
import os
import shutil
import zipfile
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermarkting import answers, handing_in, handing_over, widgets
from vermarkting.answers import NAME as SHEET
from vermarkting.answers import AnswerSheet
from vermarkting.content import folder
from vermarkting.handing_in import HandInError, make, verify

ZIP = "O1-inzending.zip"
PARTS = ["O1.ipynb", SHEET, "manifest.json"]


@pytest.fixture
def student(own_folder):
    """A student's folder with the assignment, one answer, and the answers of other lessons."""
    shutil.copy(folder("assignments") / "O1" / "O1.ipynb", own_folder)
    sheet = AnswerSheet()
    sheet.put("O1.volgorde", ["g6", "g5", "g4", "g3", "g2", "g1"])
    sheet.put("00.poll_markt", "eens")
    sheet.put("01.raming", 12)
    return own_folder


def change(path, alter):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    alter(notebook)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def contents(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def answer_cell(notebook):
    return next(cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("solution"))


def test_the_zip_holds_notebook_sheet_and_manifest_and_nothing_of_other_lessons(student):
    made = make("O1")
    files = contents(made.content)
    assert sorted(files) == PARTS and made.path == student / ZIP
    assert set(answers.parse(files[SHEET])) == {"O1.volgorde"}
    carried = answers.from_notebook(json.loads(files["O1.ipynb"]))
    assert set(carried) == {"O1.volgorde"}
    assert b"poll" not in made.content + b"".join(files.values())
    assert b'"00.' not in files[SHEET] and b"raming" not in b"".join(files.values())
    manifest = json.loads(files["manifest.json"])
    assert manifest["assignment"] == "O1" and set(manifest["files"]) == {"O1.ipynb", SHEET}
    assert set(manifest["versions"]) == {"vermarkting", "python"}
    assert verify(files)


def test_answers_of_another_lesson_in_the_metadata_or_the_outputs_stay_behind(student):
    def spoil(notebook):
        at = "2026-03-12T10:00:00.000+00:00"
        notebook["metadata"]["vermarkting"]["answers"] = {
            "schema": 1,
            "answers": {"00.poll_markt": {"value": "eens", "at": at}, "O1.ruim_2016": {"value": 20.8, "at": at}},
        }
        notebook["metadata"]["widgets"] = {"state": {"x": "00.poll_markt"}}
        cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "00.poll_markt"}]

    change(student / "O1.ipynb", spoil)
    files = contents(make("O1").content)
    assert b"poll" not in b"".join(files.values())
    assert set(answers.parse(files[SHEET])) == {"O1.ruim_2016", "O1.volgorde"}


def test_the_same_content_gives_the_same_bytes_and_the_file_on_disk_is_whole(student):
    first = make("O1").content
    assert make("O1").content == first == (student / ZIP).read_bytes()
    AnswerSheet().put("O1.ruim_2016", 20.8)
    assert make("O1").content != first
    assert sorted(path.name for path in student.iterdir()) == sorted([ZIP, "O1.ipynb", SHEET, f"{SHEET}.lock"])


def test_what_is_still_empty_is_told_by_part(student):
    assert make("O1").empty == (
        "Deel 1. Twaalf termen (de vraag)",
        "Deel 2. Acht situaties, vijf kenmerken (5 van de 5 vragen)",
        "Deel 4. Wat is een tegenspraak? (de vraag)",
        "Deel 5. Eén bron, twee cijfers (5 van de 5 vragen)",
        "Deel 6. Bespreking (jouw tekst)",
    )
    change(student / "O1.ipynb", lambda notebook: answer_cell(notebook).update(source="Mijn tekst."))
    AnswerSheet().put("O1.termen", {"t1": "npm"})
    empty = make("O1").empty
    assert "Deel 1. Twaalf termen (de vraag)" in empty  # eleven of its twelve items are open
    assert not any("Deel 6" in line for line in empty)


def test_a_renamed_notebook_is_found_and_handed_in_under_its_own_name(student, monkeypatch):
    (student / "O1.ipynb").rename(student / "O1 (1).ipynb")
    assert "O1.ipynb" in contents(make("O1").content)
    shutil.copy(student / "O1 (1).ipynb", student / "mijn werk.ipynb")
    change(student / "mijn werk.ipynb", lambda notebook: answer_cell(notebook).update(source="Van deze kernel."))
    monkeypatch.setenv("JPY_SESSION_NAME", str(student / "mijn werk.ipynb"))
    assert b"Van deze kernel." in contents(make("O1").content)["O1.ipynb"]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda place: (place / "O1.ipynb").unlink(), "We vinden het notebook van O1 niet"),
        (lambda place: (place / "O1.ipynb").write_text("{"), "niet leesbaar"),
        (lambda place: (place / "O1.ipynb").write_text("[]"), "niet leesbaar"),
        (lambda place: (place / "O1.ipynb").write_text('{"cells": [1], "metadata": {}}'), "niet leesbaar"),
        (
            lambda place: (place / "O1.ipynb").write_text('{"cells": [], "metadata": {"vermarkting": {"id": "O2"}}}'),
            "O2",
        ),
    ],
)
def test_a_problem_is_one_sentence_and_leaves_the_earlier_file_alone(student, spoil, sentence):
    before = make("O1").content
    spoil(student)
    widget = widgets.hand_in("O1")
    widget._handle_custom_msg({"make": True}, [])
    assert sentence.replace("O2", "hoort niet bij O1") in widget.warning
    assert (widget.status, widget.empty, widget.made) == ("", [], 1)
    assert (student / ZIP).read_bytes() == before


def test_a_full_disk_is_told_and_leaves_nothing_behind(student, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(handing_in.os, "fsync", full)
    with pytest.raises(HandInError, match="kon niet worden gemaakt"):
        make("O1")
    assert sorted(path.name for path in student.iterdir()) == sorted(["O1.ipynb", SHEET, f"{SHEET}.lock"])


def test_the_button_makes_the_file_sends_it_and_says_what_to_do(student, monkeypatch):
    widget = widgets.hand_in("O1")
    assert widget.status == "Je maakte nog geen bestand."
    assert any(ZIP in step for step in widget.steps) and any("Toledo, Ufora, Canvas" in step for step in widget.steps)
    sent = []
    monkeypatch.setattr(widget, "send", lambda content, buffers: sent.append((content, buffers)))
    widget._handle_custom_msg({"make": True}, [])
    assert sent == [({"file": ZIP}, [(student / ZIP).read_bytes()])]
    assert widget.status.startswith(f"Het bestand {ZIP} is klaar. Het is vandaag om ")
    assert (widget.warning, widget.made, len(widget.empty)) == ("", 1, 5)
    assert ZIP in widget.plain() and "Deel 6. Bespreking (jouw tekst)" in widget.plain()


def test_without_our_extension_it_says_that_the_saved_text_counts(student):
    widget = widgets.hand_in("O1")
    widget._handle_custom_msg({"make": False}, [])
    assert "Druk dan op Ctrl+S" in widget.warning and "is klaar" in widget.status


def test_a_file_of_before_is_told_with_its_moment(student):
    make("O1")
    at = datetime(2026, 3, 12, 14, 5).timestamp()
    os.utime(student / ZIP, (at, at))
    assert "Het is op 12/03/2026 om 14:05 gemaakt." in widgets.hand_in("O1").status


@pytest.mark.parametrize("content", ["make", {"make": "ja"}, {"make": 1}, {}, None, [], {"file": "x"}])
def test_other_messages_do_nothing(student, content):
    widget = widgets.hand_in("O1")
    widget._handle_custom_msg(content, [])
    assert widget.made == 0 and not (student / ZIP).exists()


@given(st.text(max_size=40))
def test_an_odd_name_of_an_assignment_makes_nothing(tmp_path_factory, name):
    place = tmp_path_factory.getbasetemp()
    with pytest.raises(HandInError):
        make(f"{name}/x", place)


def test_a_manifest_shows_what_was_changed_since(student):
    files = contents(make("O1").content)
    assert not verify(files | {SHEET: b"{}"})
    assert not verify(files | {"erbij.txt": b""})
    assert not verify({name: content for name, content in files.items() if name != "O1.ipynb"})
    for manifest in (b"", b"[]", b"{}", b'{"files": {}}', b'{"files": []}', b"[" * 100_000):
        assert not verify(files | {"manifest.json": manifest})


def test_on_a_schools_server_the_button_hands_in(student, tmp_path_factory, monkeypatch):
    place = tmp_path_factory.mktemp("inbound")
    monkeypatch.setenv("VERMARKTING_INBOUND", str(place))
    part = widgets.hand_in("O1")
    assert part.labels["button"] == "Lever in" and part.status == "Je leverde nog niet in."
    part._on_message(part, {"make": True}, [])
    assert part.status.startswith("Ingeleverd: vandaag om") and part.warning == ""
    [arrived] = place.iterdir()
    assert {*PARTS, "timestamp.txt", "submission_secret.txt"} == {path.name for path in arrived.iterdir()}


def test_what_did_not_arrive_is_said_and_leaves_nothing_behind(student, tmp_path, monkeypatch):
    place = tmp_path / "inbound"
    monkeypatch.setenv("VERMARKTING_INBOUND", str(place))
    part = widgets.hand_in("O1")
    part._on_message(part, {"make": True}, [])
    assert "niet gelukt" in part.warning and "Ingeleverd" not in part.status
    assert not place.exists() and (student / ZIP).exists()


def test_feedback_is_there_once_it_is_released(student, tmp_path_factory, monkeypatch):
    assert widgets.hand_in("O1").feedback == b"", "on a laptop nothing is looked for"
    exchange = tmp_path_factory.mktemp("exchange")
    (exchange / "inbound").mkdir()
    (exchange / "feedback").mkdir()
    monkeypatch.setenv("VERMARKTING_INBOUND", str(exchange / "inbound"))
    work = student / "O1"
    work.mkdir()
    (student / "O1.ipynb").rename(work / "O1.ipynb")
    monkeypatch.chdir(work)
    part = widgets.hand_in("O1")
    part._on_message(part, {"make": True}, [])
    assert widgets.hand_in("O1").feedback == b""
    [secret] = handing_over.secrets_of(work)
    name = hashlib.md5(f"{secret}O1".encode(), usedforsecurity=False).hexdigest()
    (exchange / "feedback" / f"{name}.html").write_bytes(b"<h1>Feedback</h1>")
    assert widgets.hand_in("O1").feedback == b"<h1>Feedback</h1>" == (work / "feedback.html").read_bytes()
