"""What all pages of the desk share: who may see them, what they may load, and how they say what went wrong."""

import asyncio
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from jinja2 import Environment, FileSystemLoader
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web

from vermarkting.grading.autograde.books import BooksError
from vermarkting.grading.desk.ledger import Ledger
from vermarkting.grading.desk.marking import Course, Marking, Refused
from vermarkting.grading.desk.second import SecondMarking
from vermarkting.grading.faults import about
from vermarkting.text import sentences, t

ADDRESS = "vermarkting/nakijken"
HERE = Path(__file__).parent
_pages = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
_LONGEST_NAME = 40
T = TypeVar("T")


@cache
def _ledger(url: str) -> Ledger:
    return Ledger(url)


class Said(web.HTTPError):
    """An error with one Dutch sentence for the marker."""

    def __init__(self, status: int, say: str):
        super().__init__(status)
        self.say = say


class DeskHandler(JupyterHandler):
    @property
    def content_security_policy(self) -> str:
        return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " \
            "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"  # fmt: skip

    def write_error(self, status_code: int, **kwargs: object) -> None:
        error = kwargs["exc_info"][1] if "exc_info" in kwargs else None
        sentence = error.say if isinstance(error, Said) else t("desk.failed")
        if "text/html" in self.request.headers.get("Accept", ""):
            self.page("problem.html.j2", sentence=sentence)
            self.finish()
            return
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps({"say": sentence}))

    @property
    def course(self) -> Course:
        return Course(self.settings["nbgrader_formgrader"].coursedir)

    @property
    def ledger(self) -> Ledger:
        return _ledger(self.settings["nbgrader_formgrader"].coursedir.db_url)

    @property
    def marker(self) -> str:
        return " ".join(self.get_query_argument("wie", "").split())[:_LONGEST_NAME]

    @property
    def share(self) -> int:
        """How much of what others marked is marked again, in per cent; 0 for marking the first time."""
        asked = self.get_query_argument("deel", "")
        return min(100, int(asked)) if asked.isascii() and asked.isdigit() else 0

    @property
    def top(self) -> str:
        return url_path_join(self.base_url, ADDRESS)

    def page(self, name: str, **values: object) -> None:
        """Show a template; in it ``say`` gives a sentence of the desk, and ``top`` is where the desk's pages are."""
        say = lambda key, **more: t(f"desk.{key}", **more)  # noqa: E731
        common = {"say": say, "top": self.top, "marker": self.marker, "xsrf": self.xsrf_token.decode()}
        common |= {place: url_path_join(self.base_url, place) for place in ("formgrader", "lab")}
        self.write(_pages.get_template(name).render(texts=sentences("desk"), **common | values))

    async def away(self, work: Callable[[], T]) -> T:
        """Do ``work`` away from the server's own thread; what goes wrong becomes a sentence for the page."""
        try:
            return await asyncio.to_thread(work)
        except KeyError as error:
            raise Said(404, t("desk.not_found")) from error
        except Refused as error:
            raise Said(400, str(error)) from error
        except BooksError as error:
            raise Said(503, str(error)) from error
        except OSError as error:
            raise Said(507, about(error)) from error

    async def marking(self, assignment: str, cell: str, work) -> object:
        """Do ``work`` with this question away from the server's own thread, and answer with what it gives."""

        def whole() -> object:
            question = self.ledger.questions().get((assignment, cell))
            if question is None:
                raise KeyError(cell)
            kind = SecondMarking if self.share else Marking
            marking = kind(self.course, self.ledger, question, self.marker)
            marking.share = self.share
            return work(marking)

        return await self.away(whole)

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
