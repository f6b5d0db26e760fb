"""The desk as pages of Jupyter Server, beside formgrader: for whoever may enter this server."""

from urllib.parse import urlencode

from jupyter_server.utils import url_path_join
from tornado import web

from vermarkting.grading.desk import alike, calibration, second, term_pages
from vermarkting.grading.desk.base import ADDRESS, HERE, DeskHandler
from vermarkting.grading.desk.marking import Marking
from vermarkting.grading.rubrics import LEVELS
from vermarkting.text import t


def handlers(base_url: str) -> list[tuple]:
    """Give the addresses of the desk with what answers there, for ``add_handlers``."""
    top = url_path_join(base_url, ADDRESS)
    one = rf"{top}/vraag/([^/]+)/([^/]+)"
    return [
        (one, Page),
        (f"{one}/lijst", List),
        (f"{one}/terug", Undo),
        (f"{one}/opmerking", Remarks),
        (f"{one}/antwoord/([0-9a-f]+)", One),
        (f"{one}/vlag/([0-9a-f]+)", Flag),
        (f"{one}/gelijkenis", Similar),
        (f"{one}/ijken", Calibration),
        (f"{one}/tweede", Compared),
        (f"{one}/tweede/([0-9a-f]+)", Settled),
        *term_pages.handlers(top),
        (rf"{top}/static/(.*)", web.StaticFileHandler, {"path": str(HERE / "static")}),
    ]


class Page(DeskHandler):
    """The desk for one question."""

    @web.authenticated
    async def get(self, assignment: str, cell: str) -> None:
        if not self.marker:
            self.redirect(url_path_join(self.base_url, ADDRESS))
            return
        looked = self.get_query_argument("geijkt", "") != ""

        def begin(marking: Marking) -> dict | None:
            if looked:
                marking.ledger.calibrate(marking.question, marking.marker)
            elif not marking.ledger.has_begun(marking.question, marking.marker) and calibration.anchors(marking):
                return None
            return marking.asked()

        asked = await self.marking(assignment, cell, begin)
        if asked is None:
            self.redirect(f"{self.request.path}/ijken?{self.request.query}")
            return
        names = [t(f"grading.levels.{number}") for number in LEVELS]
        self.page("desk.html.j2", asked=asked, levels=names, again=self.share)


class Similar(DeskHandler):
    """Answers that are alike."""

    @web.authenticated
    async def get(self, assignment: str, cell: str) -> None:
        seen = await self.marking(assignment, cell, alike.found)
        self.page("similar.html.j2", question=f"{self.top}/vraag/{assignment}/{cell}", **seen)


class Calibration(DeskHandler):
    """Three anchor answers before one starts."""

    @web.authenticated
    async def get(self, assignment: str, cell: str) -> None:
        anchors, title = await self.marking(
            assignment, cell, lambda marking: (calibration.anchors(marking), marking.title)
        )
        given = [self.get_query_argument(f"a{number}", "") for number in range(1, len(anchors) + 1)]
        given = [int(level) if level in LEVELS else None for level in given]
        begin = {"wie": self.marker, "geijkt": "1"} | ({"deel": self.share} if self.share else {})
        address = f"{self.top}/vraag/{assignment}/{cell}?{urlencode(begin)}"
        names = [t(f"grading.levels.{number}") for number in LEVELS]
        more = {"given": given, "revealed": None not in given, "share": self.share, "begin": address}
        self.page("calibration.html.j2", anchors=anchors, title=title, levels=names, **more)


class Compared(DeskHandler):
    """How far second marks agree with the first, and where they do not."""

    @web.authenticated
    async def get(self, assignment: str, cell: str) -> None:
        found, title = await self.marking(assignment, cell, lambda marking: (second.compared(marking), marking.title))
        names = [t(f"grading.levels.{number}") for number in LEVELS]
        question = f"{self.top}/vraag/{assignment}/{cell}"
        more = {"levels": names, "samples": second.SAMPLES, "question": question}
        self.page("second.html.j2", title=title, **more, **found)


class Settled(DeskHandler):
    """Keeps the mark that two markers settled on."""

    @web.authenticated
    async def put(self, assignment: str, cell: str, answer: str) -> None:
        wanted = self.body()
        self.answer(await self.marking(assignment, cell, lambda marking: second.settle(marking, answer, wanted)))


class List(DeskHandler):
    """All answers in this marker's order."""

    @web.authenticated
    async def get(self, assignment: str, cell: str) -> None:
        self.answer(await self.marking(assignment, cell, lambda marking: marking.listed()))


class One(DeskHandler):
    """One answer, and its mark. Where somebody else changed it first, nothing is kept: 409 with what stands there."""

    @web.authenticated
    async def get(self, assignment: str, cell: str, answer: str) -> None:
        self.answer(await self.marking(assignment, cell, lambda marking: marking.shown(answer)))

    @web.authenticated
    async def put(self, assignment: str, cell: str, answer: str) -> None:
        wanted = self.body()
        self.answer(await self.marking(assignment, cell, lambda marking: marking.decide(answer, wanted)))


class Undo(DeskHandler):
    """Takes back the last decision."""

    @web.authenticated
    async def post(self, assignment: str, cell: str) -> None:
        self.answer(await self.marking(assignment, cell, lambda marking: marking.undo()))


class Flag(DeskHandler):
    """Sets nbgrader's flag of a hand-in."""

    @web.authenticated
    async def put(self, assignment: str, cell: str, answer: str) -> None:
        flagged = self.body().get("flagged") is True
        self.answer(await self.marking(assignment, cell, lambda marking: marking.ledger.flag(answer, flagged)))


class Remarks(DeskHandler):
    """Remarks to use again: kept, changed, taken away, counted."""

    @web.authenticated
    async def get(self, assignment: str, cell: str) -> None:
        self.answer(await self.marking(assignment, cell, lambda marking: marking.ledger.remarks(marking.question)))

    @web.authenticated
    async def put(self, assignment: str, cell: str) -> None:
        wanted = self.body()
        number = wanted.get("id") if isinstance(wanted.get("id"), int) else None
        text = str(wanted.get("text", "")).strip()[:2000]

        def work(marking: Marking) -> list[dict]:
            if wanted.get("use") and number is not None:
                marking.ledger.use_remark(marking.question, number)
            elif text or number is not None:
                marking.ledger.keep_remark(marking.question, text, number)
            return marking.ledger.remarks(marking.question)

        self.answer(await self.marking(assignment, cell, work))
