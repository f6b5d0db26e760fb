"""Controls that read as sentences: a slider in a sentence, a choice between described options, a button."""

from collections.abc import Callable

import traitlets

from vermarkting.text import fill, t
from vermarkting.widgets.part import Part
from vermarkting.widgets.words import plain_number


class SentenceSlider(Part, script="slider"):
    """A range input inside a sentence with a unit; ``value`` is its number.

    ``key`` names the sentence in ``text/nl``; it must hold ``{value}``, which the browser fills in while sliding.
    """

    sentence = traitlets.Unicode().tag(sync=True)
    min = traitlets.Float(0.0).tag(sync=True)
    max = traitlets.Float(100.0).tag(sync=True)
    step = traitlets.Float(1.0).tag(sync=True)
    value = traitlets.Float(0.0).tag(sync=True)
    disabled = traitlets.Bool(False).tag(sync=True)

    def __init__(self, key: str, **traits: object) -> None:
        super().__init__(sentence=t(key, value="{value}"), **traits)

    @traitlets.validate("value")
    def _within_range(self, proposal: traitlets.Bunch) -> float:
        return min(max(proposal.value, self.min), self.max)

    def plain(self) -> str:
        return fill(self.sentence, value=plain_number(self.value))


class Choice(Part, script="choice"):
    """One of a few options, as radio buttons or (``compact``) a drop-down list; ``value`` is the option's id."""

    legend = traitlets.Unicode().tag(sync=True)
    options = traitlets.List(traitlets.Dict()).tag(sync=True)
    compact = traitlets.Bool(False).tag(sync=True)
    value = traitlets.Unicode().tag(sync=True)

    @traitlets.validate("value")
    def _known_option(self, proposal: traitlets.Bunch) -> str:
        if proposal.value not in {option["id"] for option in self.options}:
            raise traitlets.TraitError(f"unknown option {proposal.value!r}")
        return proposal.value

    def __init__(self, legend: str, options: list[dict], **traits: object) -> None:
        value = traits.pop("value", options[0]["id"])
        super().__init__(legend=legend, options=options, **traits)
        self.value = value

    def plain(self) -> str:
        chosen = next(option["text"] for option in self.options if option["id"] == self.value)
        return f"{self.legend}: {chosen}"


class Button(Part, script="button"):
    """A button that calls ``on_click`` without arguments."""

    label = traitlets.Unicode().tag(sync=True)

    def __init__(self, label: str, on_click: Callable[[], None]) -> None:
        super().__init__(label=label)
        self.on_msg(lambda _widget, content, _buffers: on_click() if content == "click" else None)

    def plain(self) -> str:
        return ""
