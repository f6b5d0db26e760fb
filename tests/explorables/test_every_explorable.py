"""What holds for each explorable: it draws at every setting, says what it draws, and is light."""

import json
import re
import subprocess
import sys

import plotly.graph_objects as go
import pytest
from walk import combinations, everything, groups, parts, set_bets

from vermarkting import explorables
from vermarkting.explorables.frame import Stage
from vermarkting.widgets.scene import LINES, LOOKS, SHAPES, Scene

BUDGET = 50_000  # bytes from the kernel to the browser to show one explorable
STEP = re.compile(r"Stap (\d+)\.")
NAMES = sorted({*explorables.__all__} - {"workbench"})  # which shows no picture: tests/assignments/test_o4.py
EVERY = pytest.mark.parametrize("name", NAMES)


@pytest.fixture
def page(name):
    return getattr(explorables, name)()


def check_chart(chart):
    if isinstance(chart, Scene):
        check_scene(chart.spec)
    else:
        figure = go.Figure(chart.spec)
        assert figure.data and figure.layout.height
    assert chart.label and chart.sentence
    assert chart.table["caption"] == chart.label
    assert chart.table["columns"] and chart.table["rows"]
    assert all(len(row) == len(chart.table["columns"]) for row in chart.table["rows"])
    assert all(isinstance(cell, str) and cell for row in chart.table["rows"] for cell in row)
    json.dumps(chart.spec, allow_nan=False)


def check_scene(spec):
    marks = [mark for mark in (*spec["marks"], *spec["start"]) if mark["shape"] != "pile"]
    assert spec["marks"] and spec["height"] <= 480
    assert all(-1 <= mark["x"] <= 101 and 0 <= mark["y"] <= spec["height"] for mark in marks)
    assert all(mark["x"] + mark.get("w", 0) <= 101 for mark in marks)
    assert all(mark.get("look", "text") in (*LOOKS, *LINES, *SHAPES, "text") for mark in marks)
    for stage in (spec["marks"], spec["start"]):
        names = [mark["id"] for mark in stage]
        assert len(names) == len(set(names))
    for frame in spec["frames"]:
        assert frame["say"]
        assert {mark["id"] for mark in frame["marks"]} <= {mark["id"] for mark in spec["start"]}


def check_words(text):
    assert not re.search(r"[{}]|\bNone\b|\bnan\b|\binf\b|\d\.\d\d?\b", text), text


@EVERY
def test_every_chart_is_plotly_with_a_sentence_and_a_table(page):
    set_bets(page)
    charts = parts(page, "chart")
    assert charts
    for chart in charts:
        check_chart(chart)
        check_words(chart.sentence)


@EVERY
def test_every_setting_draws(page):
    set_bets(page)
    for group in groups(page):
        for step, _ in enumerate(combinations(group)):
            if step % 10 == 0:  # plotly's own check of a figure takes a while
                for chart in parts(page, "chart"):
                    check_chart(chart)
            for part in (*parts(page, "chart"), *parts(page, "prose")):
                check_words(part.plain())


@EVERY
def test_moving_a_control_changes_the_words(page):
    set_bets(page)
    for group in groups(page):
        seen = {page._repr_mimebundle_()["text/plain"] for _ in combinations(group, most=30)}
        assert len(seen) > 1


@EVERY
def test_series_differ_in_more_than_their_color(page):
    set_bets(page)
    for chart in parts(page, "chart"):
        if isinstance(chart, Scene):
            continue  # each of its looks has its own pattern or outline
        looks = []
        for trace in chart.spec["data"]:
            marker, line = trace.get("marker", {}), trace.get("line", {})
            pattern = marker.get("pattern", {}).get("shape")
            looks.append((trace["type"], trace.get("mode"), pattern, str(marker.get("symbol")), line.get("dash")))
        named = [look for look, trace in zip(looks, chart.spec["data"], strict=True) if trace.get("showlegend", True)]
        assert len(set(named)) == len(named), chart.label


@EVERY
def test_there_are_words_where_there_is_no_front_end(page):
    words = page._repr_mimebundle_()["text/plain"]
    assert len(words) > 200
    check_words(words.replace("Bewaard om", ""))


@EVERY
def test_there_is_one_heading_and_steps_lie_below_it(page):
    set_bets(page)
    levels = [prose.level for prose in parts(page, "prose") if prose.title]
    assert levels[0] == 3
    assert set(levels[1:]) <= {4}


@EVERY
def test_what_is_shown_after_a_bet_is_not_there_before(page):
    before = len(parts(page, "chart"))
    bets = [q for q in parts(page, "question") if q.question["kind"] == "bet"]
    set_bets(page)
    assert len(parts(page, "chart")) >= before + len(bets)


@EVERY
def test_steps_are_numbered_without_gaps_also_before_a_bet(page):
    for _ in ("before the bets", "after them"):
        titles = [prose.title for prose in parts(page, "prose")]
        numbers = [int(found[1]) for found in map(STEP.match, titles) if found]
        assert numbers == list(range(1, len(numbers) + 1))
        set_bets(page)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "argument_lab"])
def test_controls_and_tasks_stand_on_a_stage_with_their_picture(page):
    set_bets(page)
    stages = [found for found in everything(page) if isinstance(found, Stage)]
    staged = [part for stage in stages for part in everything(stage)]
    for part in (*parts(page, "slider"), *(p for p in parts(page, "prose") if p.tone in ("todo", "done"))):
        assert part in staged, part.plain()


RECORD = """
import comm, json, sys
from comm.base_comm import BaseComm
sizes = []
class Recorder(BaseComm):
    def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **more):
        sizes.append(len(json.dumps(data, ensure_ascii=False).encode()) + sum(map(len, buffers or [])))
comm.create_comm = lambda *args, **more: Recorder(*args, **more)
from vermarkting import explorables
getattr(explorables, sys.argv[1])()
print(sum(sizes))
"""


@EVERY
def test_the_first_explorable_of_a_kernel_stays_within_its_budget(name, tmp_path):
    told = subprocess.run(
        [sys.executable, "-c", RECORD, name], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert 1_000 < int(told.stdout) <= BUDGET


def test_opening_explorables_leaves_the_heavy_libraries_alone():
    look = "import sys; from vermarkting import explorables; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    loaded = set(told.stdout.split())
    assert "vermarkting.models.tender" in loaded
    assert loaded.isdisjoint({"pandas", "numpy", "plotly", "jsonschema", "nbformat"})
