"""The printed pages and the slides: whole, alone, and no more on a slide than a room can read."""

import io
import re

import pptx
import pytest

from vermarkting import cli
from vermarkting.teaching import kit, printing, slides
from vermarkting.teaching.items import lessons
from vermarkting.teaching.pages import pages, read

MOST_WORDS = 110
DECKS = {lesson: slides.deck(read(f"les_{lesson}")) for lesson in ("00", "03", "06")}


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_a_printed_page_has_every_section_and_fetches_nothing(page):
    document = printing.html(page)
    assert re.findall(r"<h2>(.*?)</h2>", document)[: len(page.sections)] == [part.title for part in page.sections]
    assert not re.search(r"\b(?:src|href)=\"(?!https://www\.uantwerpen\.be)", document)
    assert "|---" not in document and "**" not in document and '<html lang="nl-BE">' in document


def test_a_printed_page_tells_what_its_codes_stand_for():
    document = printing.html(read("les_03"))
    assert re.search(r"<strong>B86</strong> .*Stilger.*2017", document)
    assert re.search(r"<strong>L16</strong> \w+", document)


def opened(deck: bytes) -> list:
    return list(pptx.Presentation(io.BytesIO(deck)).slides)


def notes(slide) -> str:
    return slide.notes_slide.notes_text_frame.text


@pytest.mark.parametrize("lesson", DECKS)
def test_slides_show_goals_picture_misconceptions_form_and_debrief(lesson):
    page = read(f"les_{lesson}")
    shown = opened(DECKS[lesson])
    titles = [slide.shapes.title.text_frame.text for slide in shown]
    assert titles[0] == page.title and titles[-1] == "Praat erover"
    for said, answer, _ in page.rows("Wat vaak misloopt"):
        slide = shown[titles.index(said)]
        assert answer in notes(slide)
        assert answer not in "".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert "Plan zonder computers" in notes(shown[1])


@pytest.mark.parametrize("lesson", DECKS)
def test_a_chart_has_the_numbers_of_the_page_and_words_for_who_cannot_see_it(lesson):
    page = read(f"les_{lesson}")
    [frame] = [shape for slide in opened(DECKS[lesson]) for shape in slide.shapes if shape.has_chart]
    drawn = [list(series.values) for series in frame.chart.plots[0].series]
    rows = [[float(cell.replace(".", "").replace(",", ".")) for cell in row[1:]] for row in page.rows("Beeld")]
    assert drawn == [list(column) for column in zip(*rows, strict=True)]
    described = frame._element.nvGraphicFramePr.cNvPr.get("descr")
    assert all(cell in described for row in page.rows("Beeld") for cell in row)


@pytest.mark.parametrize("lesson", DECKS)
def test_a_slide_is_no_page_and_has_no_code(lesson):
    for slide in opened(DECKS[lesson]):
        text = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert text.strip() and len(text.split()) <= MOST_WORDS, text
        assert not re.search(r"\[[ABHLS]\d+|\*\*|`", text), text


def test_the_warning_on_dividing_the_market_has_a_slide_of_its_own():
    for lesson in ("03", "06"):
        warning = [
            slide for slide in opened(DECKS[lesson]) if slide.shapes.title.text_frame.text == "Juridische waarschuwing"
        ]
        assert warning and all("samenspanning" in notes(slide) for slide in warning)


class TestTheCommand:
    def test_writes_pages_and_slides(self, tmp_path, capsys, monkeypatch):
        monkeypatch.setattr(slides, "deck", lambda page: b"dia's")
        assert cli.main(["lesmap", str(tmp_path / "map")]) == 0
        found = {path.name for path in (tmp_path / "map").iterdir()}
        assert found == {f"{page.name}.html" for page in pages()} | {f"les_{lesson}.pptx" for lesson in lessons()}
        assert "uv run" not in capsys.readouterr().out

    def test_without_python_pptx_says_how_to_get_the_slides(self, tmp_path, capsys, monkeypatch):
        monkeypatch.setattr(kit, "find_spec", lambda name: None)
        assert cli.main(["lesmap", str(tmp_path)]) == 0
        assert not list(tmp_path.glob("*.pptx"))
        assert "uv run --group kit" in capsys.readouterr().out
