"""The krachtlijnenscan on a page: a question that also shows, as a picture, the scans of earlier lessons."""

from collections.abc import Collection, Sequence

import traitlets

from vermarkting.answers import AnswerSheet
from vermarkting.scans import earlier_scans, scan_question
from vermarkting.text import t
from vermarkting.widgets.keeping import when_kept
from vermarkting.widgets.question import Question


class Scan(Question):
    """``earlier`` has what ``scans.earlier_scans`` gives, ``here`` is the name of this scan among those."""

    earlier = traitlets.List(traitlets.Dict()).tag(sync=True)
    here = traitlets.Unicode().tag(sync=True)

    def __init__(
        self, lesson: str, sheet: AnswerSheet | None = None, offered: Sequence[Collection[str]] | None = None
    ) -> None:
        """``offered`` limits the grounds: for each krachtlijn the ids of those that may be chosen."""
        super().__init__(f"{lesson}.scan", scan_question(lesson, offered), sheet)
        self._lesson = lesson
        self.here = t("question.scan_lesson", lesson=int(lesson)) if lesson.isdecimal() else lesson
        self._look()
        when_kept(lambda question_id: question_id.endswith(".scan") and question_id != self._id and self._look())

    def _look(self) -> None:
        self.earlier = earlier_scans(self._lesson, self._sheet.all())
