"""The desk as pages of Jupyter Server, beside formgrader: for whoever may enter this server."""

import asyncio
import json
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web

from vermarkting.grading.autograde.books import BooksError
from vermarkting.grading.desk.ledger import Ledger
from vermarkting.grading.desk.marking import Course, Marking, Refused, overview
from vermarkting.grading.rubrics import LEVELS
from vermarkting.text import sentences, t

ADDRESS = "vermarkting/nakijken"
_HERE = Path(__file__).parent
_pages = Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=True)
_LONGEST_NAME = 40


def handlers(base_url: str) -> list[tuple]:
    """Give the addresses of the desk with what answers there, for ``add_handlers``."""
    top = url_path_join(base_url, ADDRESS)
    one = rf"{top}/vraag/([^/]+)/([^/]+)"
    return [
        (f"{top}/?", Start),
        (one, Page),
        (f"{one}/lijst", List),
        (f"{one}/terug", Undo),
        (f"{one}/opmerking", Remarks),
        (f"{one}/antwoord/([0-9a-f]+)", One),
        (f"{one}/vlag/([0-9a-f]+)", Flag),
        (rf"{top}/static/(.*)", web.StaticFileHandler, {"path": str(_HERE / "static")}),
    ]


@cache
def _ledger(url: str) -> Ledger:
    return Ledger(url)


class Said(web.HTTPError):
    """An error with one Dutch sentence for the marker."""

    def __init__(self, status: int, say: str):
        super().__init__(status)
        self.say = say


class _Desk(JupyterHandler):
    @property
    def content_security_policy(self) -> str:
        return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " \
            "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"  # fmt: skip

    def write_error(self, status_code: int, **kwargs: object) -> None:
        error = kwargs["exc_info"][1] if "exc_info" in kwargs else None
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps({"say": error.say if isinstance(error, Said) else t("desk.failed")}))

    @property
    def course(self) -> Course:
        return Course(self.settings["nbgrader_formgrader"].coursedir)

    @property
    def ledger(self) -> Ledger:
        return _ledger(self.settings["nbgrader_formgrader"].coursedir.db_url)

    @property
    def marker(self) -> str:
        return " ".join(self.get_query_argument("wie", "").split())[:_LONGEST_NAME]

    def page(self, name: str, **values: object) -> None:
        say = lambda key, **more: t(f"desk.{key}", **more)  # noqa: E731
        top = url_path_join(self.base_url, ADDRESS)
        formgrader = url_path_join(self.base_url, "formgrader")
        self.write(_pages.get_template(name).render(say=say, top=top, formgrader=formgrader, **values))

    async def marking(self, assignment: str, cell: str, work) -> object:
        """Do ``work`` with this question away from the server's own thread, and answer with what it gives."""

        def whole() -> object:
            question = self.ledger.questions().get((assignment, cell))
            if question is None:
                raise KeyError(cell)
            return work(Marking(self.course, self.ledger, question, self.marker))

        try:
            return await asyncio.to_thread(whole)
        except KeyError as error:
            raise Said(404, t("desk.not_found")) from error
        except Refused as error:
            raise Said(400, str(error)) from error
        except BooksError as error:
            raise Said(503, str(error)) from error

    def answer(self, value: object) -> None:
        if isinstance(value, dict) and value.get("other"):
            self.set_status(409)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.write(json.dumps(value, ensure_ascii=False))

    def body(self) -> dict:
        try:
            found = json.loads(self.request.body)
        except ValueError as error:
            raise web.HTTPError(400) from error
        if not isinstance(found, dict):
            raise web.HTTPError(400)
        return found


class Start(_Desk):
    """All questions, and how far each is."""

    @web.authenticated
    async def get(self) -> None:
        try:
            rows = await asyncio.to_thread(overview, self.course, self.ledger)
        except BooksError as error:
            rows, problem = [], str(error)
        else:
            problem = "" if rows else t("desk.nothing_yet")
        self.page("start.html.j2", rows=rows, problem=problem, marker=self.marker)


class Page(_Desk):
    """The desk for one question."""

    @web.authenticated
    async def get(self, assignment: str, cell: str) -> None:
        if not self.marker:
            self.redirect(url_path_join(self.base_url, ADDRESS))
            return
        asked = await self.marking(assignment, cell, lambda marking: marking.asked())
        names = [t(f"grading.levels.{number}") for number in LEVELS]
        token = self.xsrf_token.decode()
        self.page("desk.html.j2", asked=asked, texts=sentences("desk"), levels=names, xsrf=token, marker=self.marker)


class List(_Desk):
    """All answers in this marker's order."""

    @web.authenticated
    async def get(self, assignment: str, cell: str) -> None:
        self.answer(await self.marking(assignment, cell, lambda marking: marking.listed()))


class One(_Desk):
    """One answer, and its mark. Where somebody else changed it first, nothing is kept: 409 with what stands there."""

    @web.authenticated
    async def get(self, assignment: str, cell: str, answer: str) -> None:
        self.answer(await self.marking(assignment, cell, lambda marking: marking.shown(answer)))

    @web.authenticated
    async def put(self, assignment: str, cell: str, answer: str) -> None:
        wanted = self.body()
        self.answer(await self.marking(assignment, cell, lambda marking: marking.decide(answer, wanted)))


class Undo(_Desk):
    """Takes back the last decision."""

    @web.authenticated
    async def post(self, assignment: str, cell: str) -> None:
        self.answer(await self.marking(assignment, cell, lambda marking: marking.undo()))


class Flag(_Desk):
    """Sets nbgrader's flag of a hand-in."""

    @web.authenticated
    async def put(self, assignment: str, cell: str, answer: str) -> None:
        flagged = self.body().get("flagged") is True
        self.answer(await self.marking(assignment, cell, lambda marking: marking.ledger.flag(answer, flagged)))


class Remarks(_Desk):
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
