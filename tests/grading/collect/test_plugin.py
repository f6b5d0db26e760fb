"""From a platform's bulk download to ``submitted/``, with nbgrader's own command."""

import csv
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta

import pytest
from courses import ROOT, Course
from downloads import (
    ASSIGNMENT,
    FORMS,
    JAN,
    NOW,
    OWN_NAME,
    RENEE,
    blackboard,
    brightspace,
    canvas,
    chamilo,
    encrypted,
    lying_size,
    moodle,
    nested,
    notebook,
    own_zip,
    quine_like,
    receipt,
    with_link,
    zipped,
)
from nbgrader.apps.zipcollectapp import ZipCollectApp
from running import ended

from vermarkting.answers import NAME as SHEET
from vermarkting.grading.autograde.handin import moment as moment_of
from vermarkting.grading.collect import missed
from vermarkting.grading.faults import LOCK

IDS = {
    "canvas": {JAN: "1234", RENEE: "1235"},
    "moodle": {JAN: "jan-peeters", RENEE: "renee-de-bruyne"},
    "blackboard": {JAN: "r0123456", RENEE: "r0234567"},
    "brightspace": {JAN: "jan-peeters", RENEE: "renee-de-bruyne"},
    "chamilo": {JAN: "r0123456", RENEE: "r0234567"},
}
WITH_MOMENT = {"blackboard", "brightspace", "chamilo"}


class Lecturer:
    """A course folder with downloads; runs ``nbgrader zip_collect`` in this process."""

    def __init__(self, place, monkeypatch):
        self.place = place
        self.monkeypatch = monkeypatch
        self.archive = place / "downloaded" / ASSIGNMENT / "archive"
        self.archive.mkdir(parents=True)
        shutil.copy(ROOT / "nbgrader_config.py", place)
        self.said = ""

    def download(self, files, name="download.zip", older=0):
        path = self.archive / name
        path.write_bytes(zipped(files))
        os.utime(path, (time.time() - older, time.time() - older))
        return path

    def collect(self, *arguments, code=0):
        self.monkeypatch.chdir(self.place)
        got, _ = ended(ZipCollectApp, ASSIGNMENT, *arguments)
        self.said = (self.archive.parent / "ophaalverslag.txt").read_text(encoding="utf-8")
        assert code is None or got == code, self.said
        return self.said

    def folder(self, student):
        return self.place / "submitted" / student / ASSIGNMENT

    def files(self, student):
        top = self.folder(student)
        return {path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*") if path.is_file()}

    def students(self):
        top = self.place / "submitted"
        return sorted(path.name for path in top.iterdir()) if top.is_dir() else []

    def everything(self):
        files = (path for path in self.place.parent.rglob("*") if path.is_file() and path.name != LOCK)
        return {path.relative_to(self.place).as_posix() for path in files}

    def class_list(self, *rows, name="klaslijst.csv"):
        with (self.place / name).open("w", newline="", encoding="utf-8-sig") as file:
            csv.writer(file).writerows(rows)


@pytest.fixture
def lecturer(tmp_path, monkeypatch):
    return Lecturer(tmp_path / "cursus", monkeypatch)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The zip that the button in the notebook makes."""
    return own_zip(tmp_path_factory.mktemp("student"), "Mijn tekst.")


@pytest.mark.parametrize("platform", FORMS)
def test_our_own_zip_arrives_whole_from_every_platform(lecturer, made, platform):
    form = FORMS[platform]
    lecturer.download({form(student, OWN_NAME, NOW): made for student in (JAN, RENEE)})
    said = lecturer.collect()
    assert said == "Nieuw opgehaald: 2. Vernieuwd: 0. Ongewijzigd: 0. Niet opgehaald: 0.\n"
    assert lecturer.students() == sorted(IDS[platform].values())
    for student in IDS[platform].values():
        files = lecturer.files(student)
        moment = files.pop("timestamp.txt", None)
        assert set(files) == {f"{ASSIGNMENT}.ipynb", SHEET}
        assert b"Mijn tekst." in files[f"{ASSIGNMENT}.ipynb"]
        # 14:05 in Brussels in winter is 13:05 in UTC; the seconds are in some names only.
        assert (moment or b"")[:16] == (b"2026-03-12 13:05" if platform in WITH_MOMENT else b"")
        if moment:
            assert moment_of(lecturer.folder(student)).replace(second=0) == datetime(2026, 3, 12, 13, 5)


@pytest.mark.parametrize("platform", FORMS)
def test_loose_files_arrive_too(lecturer, platform):
    form = FORMS[platform]
    lecturer.download({form(JAN, f"{ASSIGNMENT}.ipynb", NOW): notebook("a"), form(JAN, SHEET, NOW): b"{}"})
    lecturer.collect()
    files = lecturer.files(IDS[platform][JAN])
    files.pop("timestamp.txt", None)
    assert files == {f"{ASSIGNMENT}.ipynb": notebook("a"), SHEET: b"{}"}


@pytest.mark.parametrize("platform", FORMS)
def test_a_download_that_was_unpacked_by_hand(lecturer, made, platform):
    for name in (FORMS[platform](JAN, OWN_NAME, NOW), FORMS[platform](RENEE, f"{ASSIGNMENT}.ipynb", NOW)):
        path = lecturer.archive / "uitgepakt" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made if name.endswith(".zip") else notebook())
    lecturer.collect()
    assert lecturer.students() == sorted(IDS[platform].values())


@pytest.mark.parametrize("options", [{"flat": True}, {"old": True}])
def test_other_forms_of_moodle(lecturer, made, options):
    lecturer.download({moodle(JAN, OWN_NAME, **options): made})
    lecturer.collect()
    assert lecturer.students() == ["jan-peeters"]


@pytest.mark.parametrize(
    ("options", "student"), [({"coded": True}, "r0123456"), ({"dutch": False}, "jan-peeters"), ({}, "jan-peeters")]
)
def test_other_forms_of_brightspace(lecturer, made, options, student):
    lecturer.download({"index.html": b"x", f"O1/{brightspace(JAN, OWN_NAME, NOW, **options)}": made})
    lecturer.collect()
    assert lecturer.students() == [student]
    assert moment_of(lecturer.folder(student)) == datetime(2026, 3, 12, 13, 5)


def test_blackboard_in_dutch_with_its_receipt(lecturer, made):
    odd = ("jan_peeters", "Jan", "Peeters", 0)
    files = {blackboard(odd, OWN_NAME, NOW, "poging"): made}
    lecturer.download(files | receipt(odd, NOW, [OWN_NAME], "poging", comments="Name: An Ander (r0999999)"))
    lecturer.collect()
    # The receipt tells the whole user name, and what a student writes in it is not believed.
    assert lecturer.students() == ["jan_peeters"]
    assert SHEET in lecturer.files("jan_peeters") and len(lecturer.files("jan_peeters")) == 3


def test_an_attempt_without_a_file_is_named(lecturer):
    lecturer.download(receipt(JAN, NOW, []))
    assert "leverde geen bestand in" in lecturer.collect(code=1)


@pytest.mark.parametrize("platform", sorted(WITH_MOMENT))
def test_of_two_attempts_the_newest_counts_and_the_older_is_kept(lecturer, platform):
    form = FORMS[platform]
    before = NOW - timedelta(days=1)
    lecturer.download(
        {form(JAN, "O1.ipynb", NOW): notebook("nieuw"), form(JAN, "O1.ipynb", before): notebook("oud")},
    )
    lecturer.collect()
    student = IDS[platform][JAN]
    assert lecturer.files(student)["O1.ipynb"] == notebook("nieuw")
    [earlier] = (lecturer.archive.parent / "vroeger" / student).glob("*/O1.ipynb")
    assert earlier.read_bytes() == notebook("oud")


def test_canvas_counts_uploads_and_the_newest_download_counts(lecturer):
    lecturer.download({canvas(JAN, "O1-1.ipynb", upload=70): notebook("nieuw")}, "b.zip", older=100)
    lecturer.download({canvas(JAN, "O1.ipynb", upload=60): notebook("oud")}, "a.zip")
    assert "Het bestand O1-1.ipynb kreeg de naam O1.ipynb." in lecturer.collect()
    assert lecturer.files("1234")["O1.ipynb"] == notebook("nieuw")


def test_of_two_downloads_of_moodle_the_newest_counts(lecturer):
    lecturer.download({moodle(JAN, "O1.ipynb"): notebook("oud")}, "b.zip", older=1000)
    lecturer.download({moodle(JAN, "O1.ipynb"): notebook("nieuw")}, "a.zip")
    lecturer.collect()
    assert lecturer.files("jan-peeters")["O1.ipynb"] == notebook("nieuw")


def test_late_is_what_the_platform_says_and_never_what_is_in_the_hand_in(lecturer):
    forged = zipped(
        {"O1.ipynb": notebook(), "timestamp.txt": b"2020-01-01 00:00:00 UTC", "submission_secret.txt": b"x"}
    )
    lecturer.download({canvas(JAN, "O1.zip", late=True): forged, canvas(RENEE, "O1.zip"): forged})
    said = lecturer.collect()
    assert "1234: Het leerplatform noemt deze inzending te laat." in said
    assert "1235: Het leerplatform noemt" not in said
    assert "eigen timestamp.txt" in said
    assert set(lecturer.files("1234")) == {"O1.ipynb"}
    lecturer.download({blackboard(JAN, "O1.zip", NOW): forged}, "bb.zip")
    lecturer.collect()
    assert lecturer.files("r0123456")["timestamp.txt"] == b"2026-03-12 13:05:33 UTC\n"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("O1 (1).ipynb", "O1.ipynb"),
        ("O1.IPYNB", "O1.ipynb"),
        ("o1(2).ipynb", "O1.ipynb"),
        ("O1-1.ipynb", "O1.ipynb"),
        ("O1 - kopie.ipynb", "O1.ipynb"),
        ("Kopie van O1.ipynb", "O1.ipynb"),
        ("antwoorden (1).json", SHEET),
        ("ANTWOORDEN.JSON", SHEET),
        ("opdracht (1).ipynb", "opdracht (1).ipynb"),
        ("O12.ipynb", "O12.ipynb"),
        ("verslag.docx", "verslag.docx"),
    ],
)
def test_a_copy_gets_its_own_name_back(lecturer, name, wanted):
    lecturer.download({blackboard(JAN, name, NOW): b"inhoud"})
    lecturer.collect()
    assert lecturer.files("r0123456") == {wanted: b"inhoud", "timestamp.txt": b"2026-03-12 13:05:33 UTC\n"}


def test_two_notebooks_stay_two(lecturer):
    lecturer.download({blackboard(JAN, "O1.ipynb", NOW): b"een", blackboard(JAN, "O1 (1).ipynb", NOW): b"twee"})
    lecturer.collect()
    files = lecturer.files("r0123456")
    assert (files["O1.ipynb"], files["O1 (1).ipynb"]) == (b"een", b"twee")


def test_a_student_who_zipped_the_folder(lecturer, made):
    inner = zipped(
        {
            "O1/O1.ipynb": notebook("map"),
            "O1/antwoorden.json": b"{}",
            "O1/.ipynb_checkpoints/O1-checkpoint.ipynb": b"oud",
            "__MACOSX/O1/._O1.ipynb": b"mac",
            "O1/.DS_Store": b"mac",
        }
    )
    lecturer.download({canvas(JAN, "map.zip"): inner, canvas(RENEE, "alles.zip"): zipped({OWN_NAME: made})})
    lecturer.collect()
    assert set(lecturer.files("1234")) == {"O1.ipynb", SHEET, ".ipynb_checkpoints/O1-checkpoint.ipynb"}
    assert set(lecturer.files("1235")) >= {"O1.ipynb", SHEET}


def test_a_zip_that_was_changed_after_it_was_made_is_told(lecturer, made, tmp_path):
    (tmp_path / "z.zip").write_bytes(made)
    import zipfile

    with zipfile.ZipFile(tmp_path / "z.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    lecturer.download({canvas(JAN, OWN_NAME): zipped(files | {SHEET: b"{}"})})
    assert "veranderd nadat het notebook hem maakte" in lecturer.collect()


def test_unknown_files_are_named_and_stay_where_they_are(lecturer, made):
    download = lecturer.download({canvas(JAN, OWN_NAME): made, "zomaar.txt": b"?"})
    (lecturer.archive / "foto.jpg").write_bytes(b"?")
    (lecturer.archive / "los.zip").write_bytes(made)
    before = download.read_bytes()
    said = lecturer.collect(code=1)
    assert "download.zip, zomaar.txt: De naam volgt geen bekend leerplatform." in said
    assert "foto.jpg: De naam volgt geen bekend leerplatform." in said
    assert "los.zip: In deze zip herkennen we geen download van een leerplatform." in said
    assert "Nieuw opgehaald: 1." in said and "Niet opgehaald: 3." in said
    assert download.read_bytes() == before and (lecturer.archive / "foto.jpg").exists()


def test_an_empty_folder_says_what_to_do(lecturer):
    assert "Zet de download van je leerplatform in de map downloaded/O1/archive." in lecturer.collect(code=1)


def test_an_anonymous_download_is_not_collected(lecturer, made):
    lecturer.download({f"anon_a1B2c_56789_{OWN_NAME}": made})
    lecturer.download({f"Deelnemer_12_assignsubmission_file/{OWN_NAME}": made}, "b.zip")
    said = lecturer.collect(code=1)
    assert "Deze download is anoniem." in said and "geen bruikbare student" in said
    assert lecturer.students() == []


# Students.


@pytest.mark.parametrize(
    "user", ["..", ".", "CON", "nul.txt", "-rf", "r01\u202e23", "а123", "a..b", "a*", "[x]", "x" * 80]
)
def test_a_user_name_that_is_no_safe_folder_is_refused(lecturer, made, user):
    lecturer.download({blackboard((user, "", "", 0), OWN_NAME, NOW): made, blackboard(JAN, OWN_NAME, NOW): made})
    before = lecturer.everything()
    said = lecturer.collect(code=1)
    assert lecturer.students() == ["r0123456"]
    assert all(name.startswith(("submitted/r0123456/", "downloaded/")) for name in lecturer.everything() - before)
    assert "geen bruikbare student" in said


@pytest.mark.parametrize("person", ["../../Jan Peeters", "Jan/../Peeters", "<script>Jan Peeters</script>"])
def test_a_name_with_signs_of_a_path_stays_inside(lecturer, made, person):
    lecturer.download({f"{person}_12_assignsubmission_file/{OWN_NAME}": made})
    before = lecturer.everything()
    lecturer.collect(code=None)
    new = lecturer.everything() - before
    assert all(name.startswith(("submitted/", "downloaded/O1/")) and ".." not in name for name in new)


def test_two_students_of_one_name_are_not_put_together(lecturer, made):
    other = ("r0777777", "Jan", "Peeters", 9)
    lecturer.download({moodle(JAN, OWN_NAME): made, moodle(other, OWN_NAME): made, moodle(RENEE, OWN_NAME): made})
    said = lecturer.collect(code=1)
    assert "Onder jan-peeters vallen meerdere studenten." in said
    assert lecturer.students() == ["renee-de-bruyne"]


def test_a_class_list_tells_who_is_who(lecturer, made):
    other = ("r0777777", "Jan", "Peeters", 9)
    lecturer.class_list(
        ["Identifier", "Full name", "ID number", "Email address", "Last modified (submission)"],
        ["Participant 1234", "Jan Peeters", "r0123456", "jan@school.example", "donderdag, 12 maart 2026, 14:05"],
        ["Deelnemer 9", "Jan Peeters", "r0777777", "jan2@school.example", "-"],
    )
    lecturer.download({moodle(JAN, OWN_NAME): made, moodle(other, OWN_NAME): made})
    lecturer.collect()
    assert lecturer.students() == ["r0123456", "r0777777"]
    assert moment_of(lecturer.folder("r0123456")) == datetime(2026, 3, 12, 13, 5)
    assert moment_of(lecturer.folder("r0777777")) is None


def test_canvas_and_brightspace_with_their_own_lists(lecturer, made):
    lecturer.class_list(
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "O1 (99)"],
        ["    Points Possible", "", "", "", "", "100"],
        ["Peeters, Jan", "1234", "0123456", "jan.peeters@school.example", "1A", ""],
    )
    lecturer.download({canvas(JAN, OWN_NAME): made})
    lecturer.download({brightspace(JAN, "O1.ipynb", NOW): notebook()}, "b.zip")
    lecturer.collect()
    assert lecturer.students() == ["jan.peeters@school.example"]


ANNA = ("", "Anna", "Proef", 27001)
FLEMISH = (["Studentnummer", "Naam", "Voornaam"], ["r0000001", "Proef", "Anna"], ["r0000002", "Toets", "Bert"])


def test_who_is_on_the_class_list_gets_its_number_and_nobody_else_is_invented(lecturer, made):
    lecturer.class_list(*FLEMISH)
    stranger = ("", "Carla", "Onbekend", 27002)
    lecturer.download({brightspace(ANNA, OWN_NAME, NOW): made, brightspace(stranger, OWN_NAME, NOW): made})
    said = lecturer.collect(code=1)
    assert lecturer.students() == ["r0000001"]
    assert "De naam 'Carla Onbekend' staat niet op de klaslijst" in said


def test_a_user_name_that_is_on_no_list_is_collected_and_named(lecturer, made):
    lecturer.class_list(*FLEMISH)
    lecturer.download({blackboard(JAN, OWN_NAME, NOW): made})
    assert "r0123456: Dit nummer staat niet op de klaslijst." in lecturer.collect()
    assert lecturer.students() == ["r0123456"]


def test_the_group_that_moodle_puts_before_a_name_is_no_part_of_it(lecturer, made):
    lecturer.class_list(*FLEMISH)
    lecturer.download({moodle(("", "Groep-2 b-Anna", "Proef", 5), OWN_NAME): made})
    lecturer.collect()
    assert lecturer.students() == ["r0000001"]


def test_a_download_in_a_folder_with_its_page_of_contents(lecturer, made):
    inside = {f"O1 Download/{brightspace(ANNA, OWN_NAME, NOW)}": made, "O1 Download/index.html": b"<html>"}
    lecturer.download(inside)
    lecturer.collect()
    assert lecturer.students() == ["anna-proef"]


def test_whose_hand_in_could_not_be_collected_is_kept_for_the_export(lecturer):
    lecturer.download({blackboard(JAN, OWN_NAME, NOW): b"PK stuk"})
    lecturer.collect(code=1)
    assert list(missed(lecturer.archive.parent)) == ["r0123456"]
    assert "beschadigd" in missed(lecturer.archive.parent)["r0123456"]


def test_nothing_is_collected_with_a_class_list_that_cannot_be_used(lecturer, made):
    (lecturer.place / "klaslijst.csv").write_bytes(b"Klas;Vak\n2A;SW\n")
    lecturer.download({blackboard(JAN, OWN_NAME, NOW): made})
    assert "In de klaslijst klaslijst.csv vinden we geen kolom" in lecturer.collect(code=1)
    assert lecturer.students() == []


def test_chamilo_user_names_with_a_line_in_them(lecturer, made):
    one, two = ("jan_peeters", "", "", 0), ("jan_devos", "", "", 0)
    lecturer.download({chamilo(one, OWN_NAME, NOW): made, chamilo(two, "mijn_taak.ipynb", NOW): notebook()})
    assert "waar de gebruikersnaam ophoudt" in lecturer.collect(code=1)
    assert lecturer.students() == []
    lecturer.class_list(["Username", "Last Name"], ["jan_peeters", "Peeters"], ["jan_devos", "Devos"])
    lecturer.collect()
    assert lecturer.students() == ["jan_devos", "jan_peeters"]
    assert lecturer.files("jan_devos")["mijn_taak.ipynb"] == notebook()


def test_a_student_cannot_hand_in_for_another_by_the_name_of_a_file(lecturer, made):
    forged = "x_1235_99999_O1_1235_attempt_2030-01-01-00-00-00_O1.ipynb"
    lecturer.download({canvas(RENEE, OWN_NAME): made, canvas(JAN, forged): notebook("vals")})
    lecturer.collect()
    assert lecturer.students() == ["1234", "1235"]
    assert b"Mijn tekst." in lecturer.files("1235")["O1.ipynb"]


def test_a_download_of_an_unclear_platform_waits_for_the_lecturer(lecturer, made):
    lecturer.download({f"Taak_1_2345_attempt_2026-03-12-14-05-33_{OWN_NAME}": made})
    assert "van welk leerplatform" in lecturer.collect(code=1)
    assert lecturer.students() == []
    lecturer.collect("--LmsCollector.platform=blackboard")
    assert lecturer.students() == ["2345"]


def test_two_files_that_chamilo_keeps_apart_belong_together(lecturer):
    lecturer.download(
        {
            chamilo(JAN, "O1.ipynb", NOW): notebook("een"),
            chamilo(JAN, SHEET, NOW + timedelta(minutes=2)): b"{}",
            chamilo(JAN, "O1.ipynb", NOW + timedelta(minutes=4)): notebook("twee"),
        }
    )
    lecturer.collect()
    files = lecturer.files("r0123456")
    assert (files["O1.ipynb"], files[SHEET]) == (notebook("twee"), b"{}")


def test_another_spelling_of_an_id_is_the_same_student(lecturer):
    lecturer.download({blackboard(("R0123456", "", "", 0), "O1.ipynb", NOW): notebook("een")}, "a.zip")
    lecturer.collect()
    lecturer.download({blackboard(JAN, "O1.ipynb", NOW + timedelta(hours=1)): notebook("twee")}, "b.zip")
    lecturer.collect()
    assert [student.casefold() for student in lecturer.students()] == ["r0123456"]
    assert lecturer.files(lecturer.students()[0])["O1.ipynb"] == notebook("twee")


# Hostile zips: refused with a sentence, and the rest goes on.

HOSTILE = {
    "encrypted": (encrypted, "wachtwoord"),
    "a small size that is a lie": (lying_size, "beschadigd"),
    "zeros": (lambda: zipped({"O1.ipynb": bytes(50_000_000)}), "verdacht sterk"),
    "many zeros": (quine_like, "verdacht sterk"),
    "up": (lambda: zipped({"../../O1.ipynb": b"x"}), "buiten de eigen map"),
    "up on Windows": (lambda: zipped({"..\\..\\O1.ipynb": b"x"}), "buiten de eigen map"),
    "absolute": (lambda: zipped({"/tmp/vermarkting-O1.ipynb": b"x"}), "buiten de eigen map"),
    "drive": (lambda: zipped({"C:\\O1.ipynb": b"x"}), "buiten de eigen map"),
    "deep": (lambda: zipped({"a/" * 30 + "O1.ipynb": b"x"}), "meer dan 20"),
    "crowd": (lambda: zipped({f"{n}.txt": b"" for n in range(2_500)}), "meer dan"),
    "files": (lambda: zipped({f"{n}.txt": b"x" for n in range(600)}), "meer dan 500"),
    "no zip": (lambda: b"dit is geen zip", "beschadigd"),
    "empty": (lambda: b"", "beschadigd"),
    "cut off": (lambda: zipped({"O1.ipynb": notebook()})[:-100], "beschadigd"),
    "nested": (lambda: nested(5), "zip in een zip"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_zip_is_refused_and_the_rest_goes_on(lecturer, made, kind):
    make, sentence = HOSTILE[kind]
    lecturer.download({blackboard(JAN, "O1.zip", NOW): make(), blackboard(RENEE, OWN_NAME, NOW): made})
    before = lecturer.everything()
    started = time.monotonic()
    said = lecturer.collect(code=1)
    assert time.monotonic() - started < 20
    assert sentence in said and "r0123456, O1.zip" in said
    assert lecturer.students() == ["r0234567"]
    assert all(name.startswith(("submitted/r0234567/", "downloaded/O1/")) for name in lecturer.everything() - before)


def test_a_link_in_a_zip_is_left_out_and_named(lecturer):
    lecturer.download({blackboard(JAN, "O1.zip", NOW): with_link()})
    assert "r0123456, O1.zip, antwoorden.json: Dit is een snelkoppeling" in lecturer.collect(code=1)
    assert set(lecturer.files("r0123456")) == {"O1.ipynb", "timestamp.txt"}


def test_a_link_among_the_downloads_is_not_followed(lecturer, tmp_path):
    secret = tmp_path / "geheim.ipynb"
    secret.write_text("geheim")
    (lecturer.archive / canvas(JAN, "O1.ipynb")).symlink_to(secret)
    lecturer.collect(code=1)
    assert lecturer.students() == []


def test_when_the_newest_attempt_is_broken_the_one_before_it_is_used_and_told(lecturer):
    before = NOW - timedelta(days=1)
    lecturer.download(
        {blackboard(JAN, "O1.zip", NOW): encrypted(), blackboard(JAN, "O1.ipynb", before): notebook("eerst")}
    )
    said = lecturer.collect(code=1)
    assert "Een vroegere poging is opgehaald." in said and "wachtwoord" in said
    assert lecturer.files("r0123456")["O1.ipynb"] == notebook("eerst")


def test_names_that_would_fall_together_stay_apart(lecturer):
    inner = zipped({"a/Tekst.txt": b"1", "b/x.txt": b"2", "A/tekst.TXT": b"3", "a/Tekst.txt ": b"4", "nul.txt": b"5"})
    lecturer.download({canvas(JAN, "O1.zip"): inner})
    lecturer.collect()
    assert sorted(lecturer.files("1234").values()) == [b"1", b"2", b"3", b"4", b"5"]
    assert "_nul.txt" in lecturer.files("1234")


# Again, and after a kill.


def test_a_second_run_changes_nothing(lecturer, made):
    lecturer.download({canvas(JAN, OWN_NAME): made})
    lecturer.collect()
    before = {
        name: (lecturer.place / name).stat().st_mtime_ns for name in lecturer.everything() if "verslag" not in name
    }
    assert "Nieuw opgehaald: 0. Vernieuwd: 0. Ongewijzigd: 1." in lecturer.collect()
    after = {
        name: (lecturer.place / name).stat().st_mtime_ns for name in lecturer.everything() if "verslag" not in name
    }
    assert before == after


def test_a_newer_download_renews_and_the_older_is_kept(lecturer):
    lecturer.download({blackboard(JAN, "O1.ipynb", NOW): notebook("oud")}, "a.zip")
    lecturer.collect()
    (lecturer.archive / "a.zip").unlink()
    lecturer.download({blackboard(JAN, "O1.ipynb", NOW + timedelta(hours=5)): notebook("nieuw")}, "b.zip")
    assert "Vernieuwd: 1." in lecturer.collect()
    assert lecturer.files("r0123456")["O1.ipynb"] == notebook("nieuw")
    [kept] = (lecturer.archive.parent / "vroeger" / "r0123456").glob("vervangen */O1.ipynb")
    assert kept.read_bytes() == notebook("oud")


def test_what_a_lecturer_changed_stays_until_forced(lecturer):
    lecturer.download({blackboard(JAN, "taak.ipynb", NOW): notebook("a")}, "a.zip")
    lecturer.collect()
    (lecturer.folder("r0123456") / "taak.ipynb").rename(lecturer.folder("r0123456") / "O1.ipynb")
    assert "Ongewijzigd: 1." in lecturer.collect()
    lecturer.download({blackboard(JAN, "taak.ipynb", NOW + timedelta(hours=1)): notebook("b")}, "b.zip")
    assert "r0123456: In `submitted` staat een inzending die niet van hier komt" in lecturer.collect(code=1)
    assert lecturer.files("r0123456")["O1.ipynb"] == notebook("a")
    lecturer.collect("--force")
    assert lecturer.files("r0123456")["taak.ipynb"] == notebook("b")


def test_what_stood_there_before_is_not_overwritten(lecturer, made):
    lecturer.folder("1234").mkdir(parents=True)
    (lecturer.folder("1234") / "O1.ipynb").write_bytes(b"van de beurs")
    lecturer.download({canvas(JAN, OWN_NAME): made})
    lecturer.collect(code=1)
    assert lecturer.files("1234") == {"O1.ipynb": b"van de beurs"}


def test_a_killed_run_goes_on(lecturer, made):
    lecturer.download({canvas(("", f"s{n}", "x", 1000 + n), OWN_NAME): made for n in range(300)})
    course = Course.at(lecturer.place)
    running = subprocess.Popen(
        **course.command("zip_collect", ASSIGNMENT), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while len(lecturer.students()) < 20 and running.poll() is None:
        time.sleep(0.005)
    running.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    running.wait()
    lecturer.folder("1007").with_name(f".{ASSIGNMENT}.nieuw").mkdir(parents=True, exist_ok=True)
    halfway = len(lecturer.students())
    assert halfway < 300
    lecturer.collect()
    assert len(lecturer.students()) == 300
    assert all(set(lecturer.files(student)) == {"O1.ipynb", SHEET} for student in lecturer.students())
    assert not list(lecturer.place.glob("submitted/*/.*"))


def test_another_collector_is_nbgraders_own(lecturer):
    (lecturer.place / "nbgrader_config.py").open("a").write(
        "from nbgrader.plugins import FileNameCollectorPlugin\n"
        "c.ZipCollectApp.collector_plugin = FileNameCollectorPlugin\n"
        "c.FileNameCollectorPlugin.named_regexp = r'.*/(?P<student_id>\\w+)_(?P<file_id>O1)'\n"
    )
    (lecturer.archive / "jan_O1.ipynb").write_bytes(notebook())
    lecturer.monkeypatch.chdir(lecturer.place)
    app = ZipCollectApp()
    app.initialize([ASSIGNMENT])
    app.start()
    assert set(lecturer.files("jan")) == {"O1.ipynb"}


def test_the_command_itself(lecturer, made):
    lecturer.download({canvas(JAN, OWN_NAME): made, "zomaar.txt": b"?"})
    course = Course.at(lecturer.place)
    said = course.nbgrader("zip_collect", ASSIGNMENT, code=1)
    assert "Nieuw opgehaald: 1." in said and "zomaar.txt" in said
    assert lecturer.students() == ["1234"]
