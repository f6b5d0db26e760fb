"""The student's own figures in an assignment: they follow the student number, at once."""

import traitlets

from vermarkting import cases
from vermarkting.answers import AnswerSheet
from vermarkting.text import t
from vermarkting.widgets.keeping import when_kept
from vermarkting.widgets.part import Part


class MyCase(Part, script="case"):
    """The tables of one's own case, or a sentence that asks for the student number first."""

    sentence = traitlets.Unicode().tag(sync=True)
    tables = traitlets.List(traitlets.Dict()).tag(sync=True)

    def __init__(self, assignment: str, part: str = "", sheet: AnswerSheet | None = None) -> None:
        self._assignment, self._part = assignment, part
        self._sheet = sheet or AnswerSheet()
        super().__init__()
        self._show()
        when_kept(self._follow)

    def _follow(self, question_id: str) -> None:
        if question_id == f"{self._assignment}.{cases.NUMBER}":
            self._show()

    def _show(self) -> None:
        answers = {question_id: answer.value for question_id, answer in self._sheet.all().items()}
        number = cases.student_number(self._assignment, answers)
        tables = cases.tables(self._assignment, number, self._part) if number else []
        key = "number_first" if number is None else "again" if self._part else "yours"
        with self.hold_sync():
            self.sentence = " ".join(filter(None, [t(f"personal.{key}", number=number), self._sheet.notice]))
            self.tables = [{"caption": x.caption, "columns": x.columns, "rows": x.rows} for x in tables]

    def plain(self) -> str:
        lines = [self.sentence]
        for table in self.tables:
            lines += ["", table["caption"], *("; ".join(cells) for cells in (table["columns"], *table["rows"]))]
        return "\n".join(lines)
