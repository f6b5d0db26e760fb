"""The desk's buttons: what a command says becomes a sentence; a file that is dropped in is put in place or refused."""

import io
import zipfile
from types import SimpleNamespace

import pytest

from vermarkting.grading.desk import dropped
from vermarkting.grading.desk.marking import Refused
from vermarkting.grading.desk.work import Busy, Work, Workbench


def told(code, *lines):
    work = Work("autograde", "O1", code=None)
    for line in lines:
        work.hear(line)
    work.code = code
    return work.told()


def test_a_command_that_runs_shows_how_far_it_is():
    found = told(None, "\x1e3/60")
    assert (found["running"], found["done"], found["total"]) == (True, 3, 60)


@pytest.mark.parametrize(
    ("code", "lines", "tone", "sentence", "below"),
    [
        (0, ["[A | INFO] Klaar."], "good", "Klaar.", []),
        (1, ["[A | WARNING] r1: leeg.", "[A | INFO] Klaar: 3.", "[A | WARNING] r1: leeg."], "look", "Klaar: 3.", 1),
        (1, ["[A | ERROR] De schijf is vol."], "bad", "De schijf is vol.", []),
    ],
)
def test_how_it_went_is_one_sentence_with_the_rest_below_it(code, lines, tone, sentence, below):
    found = told(code, *lines)
    assert (found["tone"], found["sentence"], found["loose"]) == (tone, sentence, [])
    assert found["lines"] == below or len(found["lines"]) == below


def test_a_traceback_is_a_dutch_sentence_with_the_text_folded_away():
    found = told(1, "Traceback (most recent call last):", "ZeroDivisionError: division by zero")
    assert found["tone"] == "bad" and "onverwachts" in found["sentence"]
    assert found["loose"][-1].startswith("ZeroDivisionError")


def test_one_command_at_a_time(tmp_path):
    bench = Workbench(tmp_path)
    bench.last = Work("autograde", "O1")
    with pytest.raises(Busy):
        bench.start("export")


@pytest.fixture
def course(tmp_path):
    return SimpleNamespace(course=SimpleNamespace(root=str(tmp_path)))


def a_zip(text="x"):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", text)
    return file.getvalue()


def test_a_download_is_kept_beside_another_of_that_name_and_the_same_one_once(course, tmp_path):
    for content in (a_zip(), a_zip("y"), a_zip()):
        dropped.download(course, "O1", "../Opdracht 1.zip", content)
    there = sorted(path.name for path in (tmp_path / "downloaded" / "O1" / "archive").iterdir())
    assert len(there) == 2 and all("/" not in name and name.endswith(".zip") for name in there)
    with pytest.raises(Refused, match="geen zip"):
        dropped.download(course, "O1", "foto.zip", b"geen zip")


def test_a_class_list_that_cannot_be_read_leaves_the_present_one(course, tmp_path):
    said = dropped.class_list(
        course, "klas.csv", "sep=;\r\nStudentnummer;Naam;Voornaam\r\nr1;Claës;An\r\n".encode("cp1252")
    )
    assert said == "Op de klaslijst staat 1 student."
    before = (tmp_path / "klaslijst.csv").read_bytes()
    with pytest.raises(Refused, match="rekenblad"):
        dropped.class_list(course, "klas.xlsx", b"PK\x03\x04")
    assert (tmp_path / "klaslijst.csv").read_bytes() == before
