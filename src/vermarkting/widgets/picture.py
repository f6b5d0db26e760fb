"""What a chart and a scene share: a name, one updating sentence that says what is seen, and the numbers in a table."""

import traitlets

from vermarkting.text import t
from vermarkting.widgets.part import Part


class Picture(Part):
    """A picture that also reads without being seen: its label, its sentence and its table."""

    label = traitlets.Unicode().tag(sync=True)
    sentence = traitlets.Unicode().tag(sync=True)
    table = traitlets.Dict({"caption": "", "columns": [], "rows": []}).tag(sync=True)
    table_label = traitlets.Unicode().tag(sync=True)

    def __init__(self, label: str, **traits: object) -> None:
        super().__init__(label=label, table_label=t("chart.table"), **traits)

    def say(self, sentence: str, columns: list[str], rows: list[list[str]]) -> None:
        """Take the sentence, and the table that holds the picture's numbers."""
        self.sentence = sentence
        self.table = {"caption": self.label, "columns": columns, "rows": rows}

    def plain(self) -> str:
        return f"{self.label}. {self.sentence}"
