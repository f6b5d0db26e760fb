"""The slides of a lesson, made from the lecturer's page: what students see on screen, the rest in the speaker notes.

Written with python-pptx, which the dependency group ``kit`` installs: a file that PowerPoint, LibreOffice and Google
Slides open and that a lecturer can change. A chart is one of PowerPoint's own, with its numbers behind it.
"""

import io
import re
from typing import TYPE_CHECKING

from vermarkting.teaching.pages import Page
from vermarkting.text import t

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

_WIDTH, _HEIGHT = 13.333, 7.5  # inches: 16 to 9
_TITLE, _TEXT, _TITLE_ONLY = 0, 1, 5  # layouts of python-pptx's own template
_LINES = 5
_CITATION = re.compile(r"\s*\[[A-Z]\d+[^\]]*\]")
_SENTENCE = re.compile(r"(?:(?<=[.!?])|(?<=[.!?]’))\s+(?=[A-ZÉ‘])")
_BLUE, _ORANGE, _INK = "1F5FA8", "C65D00", "1A1A1A"


def deck(page: Page) -> bytes:
    """Give the ``.pptx`` file. Raises ``ModuleNotFoundError`` without python-pptx."""
    import pptx
    from pptx.util import Inches

    slides = pptx.Presentation()
    slides.slide_width, slides.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
    slides.core_properties.title, slides.core_properties.language = page.title, "nl-BE"
    _opening(slides, page)
    _listed(slides, t("teaching.kit.today"), _plan(page), _how(page))
    _listed(slides, t("teaching.kit.goals"), _goals(page))
    _picture(slides, page)
    for said, answer, question in page.rows("Wat vaak misloopt"):
        notes = t("teaching.kit.answer", answer=_plain(answer), question=question.strip("`"))
        _large(slides, _plain(said), t("teaching.kit.true_or_not"), notes)
    _form(slides, page)
    _listed(slides, t("teaching.kit.debrief"), _numbered(page))
    file = io.BytesIO()
    slides.save(file)
    return file.getvalue()


def _plain(markdown: str) -> str:
    words = _CITATION.sub("", markdown).replace("**", "").replace("`", "").strip()
    return re.sub(r"(\d) %", "\\1\u00a0%", words)  # a number and its sign stay on one line


def _plan(page: Page) -> list[str]:
    return [t("teaching.kit.step", minutes=row[0], what=_plain(row[1])) for row in page.rows("Plan met computers")]


def _how(page: Page) -> str:
    plans = ("Plan met computers", "Plan zonder computers")
    told = [[plan, *(f"{row[0]}′ {_plain(row[1])}: {_plain(row[2])}" for row in page.rows(plan))] for plan in plans]
    return "\n".join(line for lines in told for line in lines)


def _goals(page: Page) -> list[str]:
    goals = re.findall(r"^- \d\d\.\d: (.+)$", page.section("Doelen").text, re.MULTILINE)
    return [_capital(goal) for goal in goals]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _numbered(page: Page) -> list[str]:
    return [_plain(text) for text in re.findall(r"^\d+\. (.+)$", page.section("Nabespreking").text, re.MULTILINE)]


def _opening(slides: "Presentation", page: Page) -> None:
    _large(slides, page.title, t("teaching.category"), _plain(page.section("Waar het om draait").text))


def _large(slides: "Presentation", words: str, under: str, notes: str) -> None:
    slide = slides.slides.add_slide(slides.slide_layouts[_TITLE])
    title, subtitle = slide.shapes.title, slide.placeholders[1]
    _place(title, 0.9, 2.2, _WIDTH - 1.8, 1.8)
    _place(subtitle, 0.9, 4.2, _WIDTH - 1.8, 1)
    _write(title, [words], 44)
    _write(subtitle, [under], 28)
    slide.notes_slide.notes_text_frame.text = notes


def _listed(slides: "Presentation", title: str, lines: list[str], notes: str = "") -> None:
    slide = slides.slides.add_slide(slides.slide_layouts[_TEXT])
    _head(slide, title)
    body = slide.placeholders[1]
    _place(body, 0.9, 1.9, _WIDTH - 1.8, _HEIGHT - 2.4)
    words = sum(len(line.split()) for line in lines)
    _write(body, lines, 28 if words < 45 else 24 if words < 80 else 20)
    slide.notes_slide.notes_text_frame.text = notes


def _form(slides: "Presentation", page: Page) -> None:
    """Cut the group form into slides of a few sentences; a legal warning has one of its own."""
    for paragraph in page.section("Groepsvorm").text.split("\n\n"):
        name, _, rest = paragraph.removeprefix("**").partition(".**")
        if not rest:
            name, rest = t("teaching.kit.form"), paragraph
        sentences = _SENTENCE.split(_plain(rest))
        for start in range(0, len(sentences), _LINES):
            _listed(slides, _plain(name), sentences[start : start + _LINES], _plain(paragraph))


def _picture(slides: "Presentation", page: Page) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
    from pptx.util import Inches, Pt

    text = page.section("Beeld").text
    about, question = text.split("\n\n")[0], text.split("\n\n")[-1]
    head = next(line for line in text.splitlines() if line.startswith("|")).strip("|").split("|")
    rows = page.rows("Beeld")
    chart_data = CategoryChartData(number_format="General")
    chart_data.categories = [_plain(row[0]) for row in rows]
    for column, name in enumerate(head[1:], 1):
        chart_data.add_series(name.strip(), [_number(row[column]) for row in rows])

    slide = slides.slides.add_slide(slides.slide_layouts[_TITLE_ONLY])
    _head(slide, _capital(_plain(question.removeprefix("Vraag: "))))
    area = (Inches(0.9), Inches(1.9), Inches(_WIDTH - 1.8), Inches(_HEIGHT - 2.9))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *area, chart_data)
    frame.name = _plain(about)
    told = "; ".join(", ".join([_plain(row[0]), *row[1:]]) for row in rows)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", f"{_plain(about)} {told}")
    chart = frame.chart
    chart.font.size, chart.has_title = Pt(16), False
    chart.has_legend = len(head) > 2
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.category_axis.axis_title.text_frame.text = _plain(head[0])
    chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
    chart.value_axis.minimum_scale = 0
    plot = chart.plots[0]
    plot.has_data_labels, plot.gap_width = True, 60
    plot.data_labels.font.size = Pt(18)
    for series, color in zip(plot.series, (_BLUE, _ORANGE), strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(color)
    caption = slide.shapes.add_textbox(Inches(0.9), Inches(_HEIGHT - 0.95), Inches(_WIDTH - 1.8), Inches(0.7))
    _write(caption, [_plain(about)], 20)
    slide.notes_slide.notes_text_frame.text = "\n".join(_plain(part) for part in (about, told, question))


def _number(cell: str) -> float:
    return float(cell.replace(".", "").replace(",", "."))


def _head(slide: "Slide", title: str) -> None:
    _place(slide.shapes.title, 0.9, 0.5, _WIDTH - 1.8, 1.2)
    _write(slide.shapes.title, [title], 32 if len(title) < 70 else 26)


def _place(shape: object, left: float, top: float, width: float, height: float) -> None:
    from pptx.util import Inches

    shape.left, shape.top, shape.width, shape.height = (Inches(side) for side in (left, top, width, height))


def _write(shape: object, lines: list[str], size: int) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    frame = shape.text_frame
    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size, run.font.color.rgb = line, Pt(size), RGBColor.from_string(_INK)
        paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(8)
