"""The class at a glance: every table, without names unless they are asked for."""

import csv
import io

import pytest
from marked import ASSIGNMENT, CELL, FIRST, LAST, STUDENTS, decide

from vermarkting.grading.desk import alike, klas
from vermarkting.grading.desk.klas import Klas


@pytest.fixture
def frames(desk):
    (desk.course.place / "klaslijst.csv").write_text(
        f"Studentnummer;Naam;Voornaam\n{STUDENTS[0]};{LAST};{FIRST}\nr7777777;Weg;Piet\n", encoding="utf-8"
    )
    decide(desk, STUDENTS[0], [3, 2, 4])
    decide(desk, STUDENTS[1], [1, 2, 2])

    def look(with_names=False):
        own = Klas(desk.place, desk.ledger, with_names)
        return {name: klas.table(own, name) for name in klas.TABLES}

    return look


def rows(frame):
    return list(csv.DictReader(io.StringIO(klas.csv(frame).decode("utf-8-sig")), delimiter=";"))


def test_every_table_is_a_csv_and_tells_no_name(frames):
    found = frames()
    said = "\n".join(klas.csv(frame).decode() for frame in found.values())
    assert [name for name in (*STUDENTS, FIRST, LAST, "r7777777") if name in said] == []
    (progress,) = [row for row in rows(found["voortgang"]) if row["Opdracht"] == ASSIGNMENT]
    assert progress["niet ingeleverd"] == "1" and int(progress["te bekijken"]) == len(STUDENTS)
    levels = {row["Criterium"]: row for row in rows(found["niveaus"]) if row["Vraag"] == "Advies aan de minister"}
    assert (levels["Mechanisme"]["3. goed"], levels["Mechanisme"]["1. onvoldoende"]) == ("1", "1")
    parts = {row["Onderdeel"]: row for row in rows(found["onderdelen"])}
    assert parts[CELL]["Aantal"] == "3", "two marked by hand, and an empty one"
    assert any(row["Doel"].startswith("04.") and ASSIGNMENT in row["Opdracht"] for row in rows(found["leerdoelen"]))


def test_names_are_there_when_they_are_asked_for(frames):
    assert "r7777777" in klas.csv(frames(with_names=True)["te-doen"]).decode()


def test_pictures_are_drawn_from_the_tables(frames):
    found = frames()
    drawn = {name: klas.picture(frame, name) for name, frame in found.items()}
    assert {name for name, figure in drawn.items() if figure} >= {"voortgang", "onderdelen", "niveaus"}
    assert drawn["voortgang"]["data"][0]["type"] == "bar"


def test_answers_that_are_alike_are_shown_without_names(desk):
    found = alike.found(desk.marking())
    assert found["count"] == len(STUDENTS) and found["pairs"]
    said = str(found)
    assert [name for name in (*STUDENTS, LAST) if name in said] == []
    pair = found["pairs"][0]
    assert pair["share"] == 100 and any(is_alike for _, is_alike in pair["first"]["pieces"])
