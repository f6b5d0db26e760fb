"""Pictures made beforehand: every first picture of the module is drawn, and stands where its numbers say."""

import re

import pytest

from vermarkting.explorables.drawing.plots import BLUE, ORANGE, bar, ghost
from vermarkting.web.stills import still
from vermarkting.web.stills.axes import axis
from vermarkting.widgets.chart import LAYOUT

ONE_BAR = {"xaxis": {"range": [0, 100]}, "barmode": "stack"}


def drawn(traces: list[dict], **layout: object) -> str:
    spec = {"data": traces, "layout": {**LAYOUT, **layout}}
    return still("c-1", {"part": "chart", "label": "Naam", "sentence": "A < B.", "spec": spec})


def rects(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<rect x="([\d.]+%)" width="([\d.]+%)"', html)


def test_a_bar_is_as_long_as_its_number_and_stands_on_the_one_before():
    html = drawn([bar("een", [30], ["a"], BLUE, ""), bar("twee", [20], ["a"], ORANGE, "/")], **ONE_BAR)
    assert rects(html) == [("0.00%", "30.00%"), ("30.00%", "20.00%")]
    assert 'fill="url(#still-c-1-b36b00-47)"' in html and 'id="still-c-1-b36b00-47"' in html
    assert "<li>" in html and "twee</li>" in html


def test_the_picture_says_what_it_shows_and_has_the_height_of_the_live_one():
    html = drawn([bar("een", [30], ["a"], BLUE, "")], height=200, **ONE_BAR)
    assert 'role="img" aria-label="Naam. A &lt; B."' in html and 'style="min-height:200px"' in html


def test_names_of_bidders_are_text():
    html = drawn(
        [bar("een", [30], ["<img src=x onerror=alert(1)>"], BLUE, ""), ghost("b", [1], ["&<b>x</b>"])], **ONE_BAR
    )
    assert "<img" not in html and "&amp;x" in html


def test_a_gap_in_a_line_stays_a_gap():
    line = {"type": "scatter", "mode": "lines", "x": [0, 1, None, 1, 2], "y": [0, 1, None, 0, 1]}
    assert len(re.findall("M[^M]*L", re.search(r'<path d="([^"]*)" vector', drawn([line]))[1])) == 2


@pytest.mark.parametrize(
    ("settings", "values", "told"),
    [
        ({"range": [0, 100]}, [1], ["0", "20", "40", "60", "80", "100"]),
        ({"range": [0, 1.2]}, [1], ["0", "0,2", "0,4", "0,6", "0,8", "1", "1,2"]),
        ({"range": [-10, 10]}, [1], ["−10", "−5", "0", "5", "10"]),
        ({"range": [0, 200000], "tickformat": ",d"}, [1], ["0", "50.000", "100.000", "150.000", "200.000"]),
        ({"range": ["2016-02-15", "2016-10-31"]}, ["2016-03-14"], ["03/2016", "05/2016", "07/2016", "09/2016"]),
    ],
)  # fmt: skip
def test_ticks_stand_where_plotly_puts_them(settings, values, told):
    ticks = [tick.words for tick in axis(settings, values, [], bars=False).ticks() if tick.only != "narrow"]
    assert ticks == told


def test_a_scene_is_drawn_in_percents_and_pixels():
    marks = [
        {"id": "s", "shape": "shape", "x": 50, "y": 0, "corners": [[-5, 1], [5, 1], [0, 9]], "look": "pale"},
        {"id": "l", "shape": "line", "x": 0, "y": 9, "tox": 50, "toy": 9, "look": "weak", "arrow": True},
        {"id": "a", "shape": "block", "x": 10, "y": 5, "w": 20, "h": 30, "look": "orange"},
        {"id": "t", "shape": "text", "x": 50, "y": 9, "text": "<wie>", "anchor": "middle", "weight": "bold"},
        {"id": "p", "shape": "pile", "r": 3, "looks": ["blue", "grey"], "points": [[1, 2, 0], [3, 4, 1]]},
    ]
    spec = {"height": 90, "marks": marks, "legend": [{"shape": "dot", "look": "grey", "text": "a & b"}]}
    html = still("s-1", {"part": "scene", "label": "", "sentence": "", "spec": spec})
    assert 'x="10.00%" y="5" rx="2" width="20.00%" height="30"' in html and "fill:url(#still-s-1-orange)" in html
    assert "&lt;wie&gt;" in html and html.count("<circle cx=") == 4  # one of them in a pattern, one explained
    assert "a &amp; b</li>" in html and 'points="-5,1 5,1 0,9"' in html and "url(#still-s-1-arrow)" in html
