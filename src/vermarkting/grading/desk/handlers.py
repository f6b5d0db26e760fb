"""The desk as pages of Jupyter Server, beside formgrader: for whoever may enter this server."""

from jupyter_server.utils import url_path_join
from tornado import web

from vermarkting.grading.desk import term_pages
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
        asked = await self.marking(assignment, cell, lambda marking: marking.asked())
        names = [t(f"grading.levels.{number}") for number in LEVELS]
        self.page("desk.html.j2", asked=asked, levels=names)


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
