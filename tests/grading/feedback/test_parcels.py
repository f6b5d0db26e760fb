"""One zip with all feedback, in which each platform finds whose a page is by the rules of its own import."""

import io
import zipfile

import pytest
from downloads import JAN, NOW, OWN_NAME, RENEE, blackboard, brightspace, canvas, moodle, zipped

from vermarkting.grading.collect.students import ClassList
from vermarkting.grading.feedback.parcels import packed

CLASS_LIST = "Gebruikersnaam;Achternaam;Voornaam;ID\n" + "".join(
    f"{user};{last};{first};{number}\n" for user, first, last, number in (JAN, RENEE)
)


@pytest.fixture
def people(tmp_path):
    (tmp_path / "klaslijst.csv").write_text(CLASS_LIST, encoding="utf-8")
    people = ClassList()
    people.read_roster(tmp_path / "klaslijst.csv")
    return people


def pack(tmp_path, people, names):
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "download.zip").write_bytes(zipped(dict.fromkeys(names, b"x")))
    pages = {student[0]: student[1].encode() for student in (JAN, RENEE)}
    made = packed(pages, tmp_path / "archive", "O1", people)
    assert packed(pages, tmp_path / "archive", "O1", people) == made, "the same pages make the same zip"
    ((kind, (content, count)),) = made.items()
    assert count == 2
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return kind, {name: archive.read(name).decode() for name in archive.namelist()}


def test_moodle_takes_the_second_word_for_the_participant_and_the_next_two_for_its_plug_in(tmp_path, people):
    kind, files = pack(tmp_path, people, [f"Groep 2-{moodle(who, OWN_NAME)}" for who in (JAN, RENEE)])
    assert kind == "moodle"
    for name, page in files.items():
        _, participant, *plugin, file = name.split("_", 4)
        assert {"1234": "Jan", "1235": "Renée"}[participant] == page
        assert (plugin, file) == (["assignsubmission", "file"], "O1-feedback.html")


def test_canvas_takes_the_first_two_numbers_for_the_student_and_the_upload_that_counts(tmp_path, people):
    names = [
        canvas(JAN, OWN_NAME, upload=7),
        canvas(JAN, OWN_NAME, upload=9, late=True),
        canvas(RENEE, OWN_NAME, upload=8),
    ]
    kind, files = pack(tmp_path, people, names)
    assert kind == "canvas"
    numbers = {page: [word for word in name.split("_") if word.isdigit()][:2] for name, page in files.items()}
    assert numbers == {"Jan": ["1234", "9"], "Renée": ["1235", "8"]}


def test_brightspace_gets_the_folders_of_its_download(tmp_path, people):
    names = [brightspace(who, OWN_NAME, NOW) for who in (JAN, RENEE)]
    kind, files = pack(tmp_path, people, names)
    assert kind == "brightspace"
    assert {name.partition("/")[0] for name in files} == {name.partition("/")[0] for name in names}


def test_where_no_zip_can_be_imported_each_file_says_whose_it_is(tmp_path, people):
    kind, files = pack(tmp_path, people, [blackboard(who, OWN_NAME, NOW) for who in (JAN, RENEE)])
    assert kind == "per-student" and files == {
        "r0123456_O1-feedback.html": "Jan",
        "r0234567_O1-feedback.html": "Renée",
    }
