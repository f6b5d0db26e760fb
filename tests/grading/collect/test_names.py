"""Reading names of files, moments and lists from a platform: by published examples, and by fuzzing."""

import csv
import re
from datetime import UTC, datetime, timedelta

import pytest
from downloads import DUTCH, ENGLISH, FORMS
from hypothesis import given
from hypothesis import strategies as st

from vermarkting.grading.collect import LmsCollector, archives, names
from vermarkting.grading.collect.moments import in_utc, parse
from vermarkting.grading.collect.names import Unclear, platform_of, readings
from vermarkting.grading.collect.placing import Place, digest_of
from vermarkting.grading.collect.students import ClassList, NoClassList, safe_id, slug

MOMENTS = st.datetimes(datetime(2001, 1, 1), datetime(2099, 12, 31)).map(lambda at: at.replace(second=0, microsecond=0))


def recognise(name, assignment, known=frozenset()):
    """Read one name as that of a download by itself."""
    read = readings(name, assignment, known)
    return read.get(platform_of([read]))


PLAIN = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    "text",
    [
        "12 maart 2026 om 14:05",
        "donderdag 12 maart 2026 om 14.05",
        "donderdag, 12 maart 2026, 14:05",
        "12 mrt. 2026 14u05",
        "Thursday, 12 March 2026, 2:05 PM",
        "March 12, 2026 2:05 PM",
        "Mar 12, 2026 205 PM",
        "12 March, 2026 1405",
        "12 maart, 2026 1405",
        "12 maart 2026 2:05 p.m.",
        "2026-03-12 14:05:00",
        "2026-03-12-14-05-00",
        "2026_03_12_14_05_00",
        "2026-03-12T14:05:00",
        "12/03/2026 14:05",
        "12-03-2026 14.05",
        "  12   MAART  2026   14:05 ",
    ],
)
def test_a_moment_in_many_forms(text):
    assert parse(text) == datetime(2026, 3, 12, 14, 5)


@pytest.mark.parametrize(
    "text",
    ["", "-", "12 maart 2026", "morgen", "31 februari 2026 14:05", "12 maart 2026 25:05", "12 maart 2026 14:75",
     "12 maart 14:05", "99/99/2026 14:05", "12 maart 2026 13:05 PM", "0000-00-00 00:00"],
)  # fmt: skip
def test_what_is_no_moment(text):
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "hour"), [("12:05 AM", 0), ("12:05 PM", 12), ("1:05 AM", 1), ("11:05 PM", 23), ("005 AM", 0)]
)
def test_noon_and_midnight(text, hour):
    assert parse(f"5 March 2026 {text}") == datetime(2026, 3, 5, hour, 5)


def test_brussels_in_winter_and_in_summer():
    assert in_utc(datetime(2026, 1, 15, 12), "Europe/Brussels") == datetime(2026, 1, 15, 11, tzinfo=UTC)
    assert in_utc(datetime(2026, 7, 15, 12), "Europe/Brussels") == datetime(2026, 7, 15, 10, tzinfo=UTC)


@given(
    MOMENTS,
    st.sampled_from(["{d} {m} {y} om {H:02}:{M:02}", "{d} {m}, {y} {H:02}{M:02}", "{m} {d}, {y} {h}{M:02} {p}"]),
)
def test_every_moment_comes_back(at, form):
    for months in (DUTCH, ENGLISH):
        text = form.format(
            d=at.day, m=months[at.month - 1], y=at.year, H=at.hour, M=at.minute, h=at.hour % 12 or 12, p=f"{at:%p}"
        )
        assert parse(text) == at


@given(st.text(max_size=300))
def test_any_text_is_a_moment_or_none(text):
    found = parse(text)
    assert found is None or 1 <= found.year <= 9999


# Names of files: examples from the platforms' own code, and from scripts that read real downloads.


@pytest.mark.parametrize(
    ("name", "platform", "key", "person", "file"),
    [
        ("peetersjan_1234_56789_O1.ipynb", "canvas", "1234", "", "O1.ipynb"),
        ("peetersjan_LATE_1234_56789_O1 (1).ipynb", "canvas", "1234", "", "O1 (1).ipynb"),
        ("lateurjan_1234_56789_a_1_2_b.zip", "canvas", "1234", "", "a_1_2_b.zip"),
        ("debruynerenée_1234_56789_O1.zip", "canvas", "1234", "", "O1.zip"),
        ("peetersjan_1234_text.html", "canvas", "1234", "", "text.html"),
        ("Jan Peeters_657737_assignsubmission_file_/sub/O1.ipynb", "moodle", "657737", "Jan Peeters", "sub/O1.ipynb"),
        ("Jan Peeters_657737_assignsubmission_file/O1.ipynb", "moodle", "657737", "Jan Peeters", "O1.ipynb"),
        ("Jan Peeters_657737_assignsubmission_file_O_1.zip", "moodle", "657737", "Jan Peeters", "O_1.zip"),
        ("ps1_bitdiddle_attempt_2016-01-30-15-30-10_problem1.ipynb", "blackboard", "bitdiddle", "", "problem1.ipynb"),
        ("Taak (1)_jan@school.nl_poging_2016-01-30-15-30-10_b.zip", "blackboard", "jan@school.nl", "", "b.zip"),
        ("27236-46025 - 23304308 Angood - 05 March 2026 612 PM/a.zip", "brightspace", "23304308", "Angood", "a.zip"),
        ("O1/39786-640693 - An De Bruyne - Oct 10, 2025 1022 AM/M.java", "brightspace", "", "An De Bruyne", "M.java"),
        ("1-2 - Anne-Marie Appel - 12 maart 2026 1405/map/O1.zip", "brightspace", "", "Anne-Marie Appel", "map/O1.zip"),
        ("2026_03_12_14_05_33_jpeeters_O1-inzending.zip", "chamilo", "jpeeters", "", "O1-inzending.zip"),
        ("2026_03_12_14_05_33_jpeeters_O1_versie_2.zip", "chamilo", "jpeeters", "", "O1_versie_2.zip"),
    ],
)  # fmt: skip
def test_names_as_the_platforms_write_them(name, platform, key, person, file):
    found = recognise(name, "O1")
    assert (found.platform, found.key, found.person, found.file) == (platform, key, person, file)


@pytest.mark.parametrize("name", ["O1.ipynb", "foto.jpg", "a/b/c.txt", "", "_1_2_", "12 maart 2026 1405/x", "é" * 5000])
def test_other_names_are_of_no_platform(name):
    assert recognise(name, "O1") is None


def test_what_a_student_puts_in_the_name_of_a_file_does_not_make_it_another_students():
    at = datetime(2026, 3, 12, 14, 5)
    honest, nasty = ("r02", "An", "Appel", 78), ("r01", "Jan", "Peeters", 77)
    for form in FORMS.values():
        for other in FORMS.values():
            name = form(nasty, other(("r02", "An", "Appel", 78), "O1.ipynb", at).replace("/", "_"), at)
            group = [readings(form(honest, "O1.ipynb", at), "O1"), readings(name, "O1")]
            found = group[1].get(platform_of(group))
            assert isinstance(found, Unclear) or (found.key or found.person) in ("r01", "77", "Jan Peeters"), name
            # Alone it is that student's, or nobody's.
            found = recognise(name, "O1")
            assert (
                not found or isinstance(found, Unclear) or (found.key or found.person) in ("r01", "77", "Jan Peeters")
            )


def test_a_user_name_of_chamilo_must_be_beyond_doubt():
    name = "2026_03_12_14_05_33_jan_peeters_O1.ipynb"
    assert isinstance(recognise(name, "O1"), Unclear)
    assert recognise(name, "O1", frozenset({"jan_peeters"})).key == "jan_peeters"
    assert recognise(name, "O1", frozenset({"jan"})).file == "peeters_O1.ipynb"
    assert isinstance(recognise(name, "O1", frozenset({"jan", "jan_peeters"})), Unclear)


@given(
    st.sampled_from(sorted(FORMS)),
    st.text(PLAIN + "0123456789", min_size=1, max_size=12).map(lambda text: f"r{text}"),
    st.text(PLAIN, min_size=1, max_size=12).map(str.title),
    st.integers(1, 10**9),
    MOMENTS,
    st.text(st.characters(exclude_characters="/", exclude_categories=("C", "Z")), min_size=1, max_size=40),
)
def test_every_name_comes_back(platform, user, word, number, at, file):
    student = (user, word, "Peeters", number)
    found = recognise(FORMS[platform](student, f"O1{file}", at), "O1")
    assert found.platform == platform and found.file == f"O1{file}"
    expected = {"canvas": str(number), "moodle": str(number), "blackboard": user, "chamilo": user, "brightspace": ""}
    assert found.key == expected[platform]
    assert found.moment == (at if platform in ("blackboard", "brightspace", "chamilo") else None)


@given(st.text(max_size=120))
def test_any_name_is_read_or_refused(name):
    found = recognise(name, "O1")
    assert found is None or isinstance(found, Unclear) or found.file is not None


def test_a_long_nasty_name_takes_no_time():
    started = datetime.now()
    for name in ("_" * 999, "1_" * 499, "a_LATE" * 160, "1-1 - " * 150, "x_attempt_" * 99, "2026_" * 190):
        recognise(name, "O1")
    assert datetime.now() - started < timedelta(seconds=2)


def test_a_receipt_is_believed_in_its_first_line_only():
    upload = recognise("O1_jan_peeters_attempt_2026-03-12-14-05-33.txt", "O1")
    assert upload.key == "peeters"
    told = names.with_receipt(upload, "Naam: Jan Peeters (jan_peeters)\nNaam: Ander (peeters)", "O1_jan_peeters")
    assert (told.key, told.person) == ("jan_peeters", "Jan Peeters")
    assert names.with_receipt(upload, "hallo\nName: Ander (r0999999)", "O1_jan_peeters") == upload
    assert names.with_receipt(upload, "Name: Ander (r0999999)", "O1_jan_peeters") == upload


def test_as_a_plug_in_it_reads_one_name():
    collector = LmsCollector()
    found = collector.collect("/map/extracted/2026_03_12_14_05_33_jpeeters_O1.ipynb")
    assert found == {"student_id": "jpeeters", "file_id": "O1.ipynb", "timestamp": "2026-03-12 14:05:33"}
    assert collector.collect("/map/O1.ipynb") is None
    assert collector.collect("/map/anon_a1B2c_56789_O1.ipynb") is None


# Students.


@given(st.text(max_size=80))
def test_an_id_is_safe_as_a_folder_or_refused(text):
    found = safe_id(text)
    if found is not None:
        assert (
            found.isascii()
            and "/" not in found
            and "\\" not in found
            and ".." not in found
            and not found.startswith((".", "-"))
        )


@given(st.text(max_size=80))
def test_a_name_gives_a_safe_id_or_none(name):
    made = slug(name)
    assert made is None or safe_id(made) == made


def class_list(tmp_path, *rows, encoding="utf-8", delimiter=","):
    path = tmp_path / "lijst.csv"
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    people = ClassList()
    return people, people.read(path)


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8-sig", ","), ("utf-16", "\t"), ("cp1252", ";")])
def test_a_list_in_the_forms_that_schools_have(tmp_path, encoding, delimiter):
    rows = [["Gebruikersnaam", "Achternaam", "Voornaam"], ["u001", "De Bruyne", "Renée"], ["u002", "Peeters", "Jan"]]
    people, read = class_list(tmp_path, *rows, encoding=encoding, delimiter=delimiter)
    assert read
    assert people.by_name("Renée De Bruyne").student_id == "u001"
    assert people.by_name("PEETERS, jan").student_id == "u002"
    assert people.by_key("U002").name == "Jan Peeters"
    assert people.by_name("Jan") is None


@pytest.mark.parametrize("above", ["", "sep=;\n", "Klas 2A sociaal werk\n\n", "Klas 2A;;\nstand op 1 oktober;;\n"])
@pytest.mark.parametrize("heading", ["Studentnummer", "Nummer"])
def test_a_flemish_list_has_the_family_name_under_naam(tmp_path, above, heading):
    path = tmp_path / "klaslijst.csv"
    path.write_bytes(f"{above}{heading};Naam;Voornaam\nr0000001;Proefvé;Anna\nr0000002;Toets;Bert\n".encode("cp1252"))
    people = ClassList()
    people.read_roster(path)
    assert [(p.student_id, p.name) for p in people.people] == [("r0000001", "Anna Proefvé"), ("r0000002", "Bert Toets")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "geen enkele student"),
        (b"Studentnummer;Naam\n", "geen enkele student"),
        (b"PK\x03\x04", "is een rekenblad"),
        (b"Klas;Vak\n2A;SW\n", "Gevonden titels: klas, vak."),
    ],
)
def test_a_class_list_that_cannot_be_used_says_why(tmp_path, content, says):
    path = tmp_path / "klaslijst.csv"
    path.write_bytes(content)
    with pytest.raises(NoClassList, match=re.escape(says)):
        ClassList().read_roster(path)


def test_two_lists_are_joined_and_namesakes_stay_two(tmp_path):
    people, _ = class_list(
        tmp_path, ["Username", "Full name"], ["u1", "Jan Peeters"], ["u2", "Jan Peeters"], ["u3", "An Appel"]
    )
    (tmp_path / "blad.csv").write_text("Identifier,Full name,Email address\nParticipant 9,An Appel,an@school.example\n")
    assert people.read(tmp_path / "blad.csv")
    assert people.by_name("Jan Peeters") is None
    assert people.by_number("9").student_id == "u3"
    assert len(people.people) == 3


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\x00\x01", b"x" * 100, b"\xff\xfe", b'"open'])
def test_another_file_is_no_list(tmp_path, content):
    (tmp_path / "x.csv").write_bytes(content)
    assert ClassList().read(tmp_path / "x.csv") is False


# Files in zips.


@given(st.dictionaries(st.text(min_size=1, max_size=40), st.binary(max_size=5), max_size=8))
def test_files_stay_inside_and_none_takes_the_place_of_another(tmp_path_factory, names_and_contents):
    files = {}
    for name, content in names_and_contents.items():
        archives.add(files, name, content)
    assert sorted(files.values()) == sorted(names_and_contents.values())
    top = tmp_path_factory.mktemp("inzendingen")
    place = Place(top, "Europe/Brussels", lambda student: top / "submitted" / student / "O1")
    assert place.put("r1", files, None, False) == "new"
    assert digest_of(top / "submitted" / "r1" / "O1") is not None
    written = [path for path in top.rglob("*") if path.is_file()]
    assert len(written) == len(files) + 1
    assert place.put("r1", files, None, False) == "same"
