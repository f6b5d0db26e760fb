"""The parts explorables are made of: charts, controls, text; and the one front end they share."""

import gzip
import json
import subprocess
import sys

import plotly.graph_objects as go
import pytest
from traitlets import TraitError

from vermarkting import front_end
from vermarkting.widgets.chart import Chart
from vermarkting.widgets.controls import Button, Choice, SentenceSlider
from vermarkting.widgets.part import Part, Stack
from vermarkting.widgets.prose import Prose

TRACES = [{"type": "bar", "orientation": "h", "x": [1, 2], "y": ["a", "b"]}]
OPTIONS = [{"id": "a", "text": "Aap"}, {"id": "b", "text": "Beer"}]


@pytest.fixture
def chart():
    return Chart("Dieren")


@pytest.fixture
def sent(chart, monkeypatch) -> list:
    """What the chart sends to the browser."""
    messages = []
    monkeypatch.setattr(chart.comm, "send", lambda data, buffers=None: messages.append((data, buffers)))
    return messages


def draw(chart, sentence="Er zijn er drie."):
    chart.draw(TRACES, {"height": 100}, sentence, ["dier", "aantal"], [["a", "1"], ["b", "2"]])


def test_a_chart_goes_out_as_plotly_in_the_house_style_with_its_words(chart):
    draw(chart)
    figure = go.Figure(chart.spec)
    assert figure.layout.height == 100
    assert figure.layout.separators == ",."
    assert chart.table == {"caption": "Dieren", "columns": ["dier", "aantal"], "rows": [["a", "1"], ["b", "2"]]}
    assert chart.plain() == "Dieren. Er zijn er drie."


def test_a_redraw_is_one_message(chart, sent):
    draw(chart)
    assert len(sent) == 1
    assert set(sent[0][0]["state"]) == {"spec", "sentence", "table"}


def test_the_kernel_sends_plotly_only_when_asked_and_whole(chart, sent):
    chart._handle_custom_msg("something else", [])
    assert sent == []
    chart._handle_custom_msg("plotly", [])
    [(message, [bundle])] = sent
    assert message == {"method": "custom", "content": "plotly"}
    code = gzip.decompress(bundle)
    assert code.startswith(b"/**\n* plotly.js") and len(code) > 4_000_000
    assert len(bundle) < 1_700_000


def test_slider_sentence_and_range():
    slider = SentenceSlider("tender.weight", value=40)
    assert slider.sentence == "Prijs telt voor {value} van de 100 punten."
    assert slider.plain() == "Prijs telt voor 40 van de 100 punten."
    slider.value = 140
    assert slider.value == 100
    slider.value = -1
    assert slider.value == 0
    assert SentenceSlider("incentives.ethos", max=3, value=1.25).plain().startswith("Noor vindt een uur stil werk 1,25")


def test_a_choice_knows_its_options_only():
    choice = Choice("Kies een dier", OPTIONS)
    assert choice.value == "a"
    choice.value = "b"
    assert choice.plain() == "Kies een dier: Beer"
    with pytest.raises(TraitError):
        choice.value = "c"
    assert choice.value == "b"


def test_a_button_does_its_work_on_a_click_only():
    clicks = []
    button = Button("Opnieuw", lambda: clicks.append(1))
    button._handle_custom_msg("click", [])
    button._handle_custom_msg({"event": "other"}, [])
    assert clicks == [1]


def test_a_stack_reads_as_the_words_of_its_parts():
    inner = Stack([Prose("Een."), Button("Klik", print), Prose("Twee.", title="Titel")])
    bundle = Stack([inner, Prose("Drie.")])._repr_mimebundle_()
    assert bundle["text/plain"] == "Een.\n\nTitel\nTwee.\n\nDrie."
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_parts_say_something_without_a_front_end():
    bundle, _ = Prose("Een.", title="Titel")._repr_mimebundle_()
    assert bundle["text/plain"] == "Titel\nEen."
    with pytest.raises(NotImplementedError):
        Part().plain()


def test_one_front_end_carries_every_part_and_every_style():
    code = front_end.code().decode()
    for part in (Chart, Choice, SentenceSlider, Button, Prose):
        script = part._esm.split(".promise).")[1].split(".")[0]
        assert f"parts.{script} = {{" in code
        assert len(part._esm) < 250
    style = json.loads(code.split('el("style", {}, ')[1].split("));\n")[0])
    assert ".vm-explorable {" in style and ".vm-question {" in style


def test_the_front_end_travels_once_per_kernel_and_layouts_never(tmp_path):
    count = """
import comm
from comm.base_comm import BaseComm
opened = []
class Recorder(BaseComm):
    def publish_msg(self, msg_type, data=None, **more):
        if msg_type == "comm_open":
            opened.append(data["state"].get("_anywidget_id", data["state"]["_model_name"]))
comm.create_comm = lambda *args, **more: Recorder(*args, **more)
from vermarkting import widgets
assert opened == []
widgets.self_check("01")
widgets.duel("01.duel")
print(opened.count("vermarkting.widgets.part.FrontEnd"), opened.count("LayoutModel"), opened[0])
"""
    told = subprocess.run([sys.executable, "-c", count], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert told.stdout == "1 0 vermarkting.widgets.part.FrontEnd\n"
