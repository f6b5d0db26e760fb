"""The pages on which a whole term is done with buttons, from preparing an assignment to the scores."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from tornado import web

from vermarkting.grading.desk import dropped, steps
from vermarkting.grading.desk.base import DeskHandler, Said
from vermarkting.grading.desk.marking import overview
from vermarkting.grading.desk.prose import rendered
from vermarkting.grading.desk.work import VERBS, Busy, Workbench
from vermarkting.teaching import pages
from vermarkting.text import t


def handlers(top: str) -> list[tuple]:
    """Give the addresses of the term's pages with what answers there."""
    return [
        (f"{top}/?", Start),
        (rf"{top}/opdracht/([^/]+)", Assignment),
        (rf"{top}/opdracht/([^/]+)/download", Download),
        (rf"{top}/opdracht/([^/]+)/terug/([^/]+\.zip)", FeedbackZip),
        (rf"{top}/klaslijst", ClassListFile),
        (rf"{top}/cijfers/([^/]+\.csv)", Scores),
        (rf"{top}/klas", Overview),
        (rf"{top}/klas/([a-z-]+)\.csv", OverviewTable),
        (rf"{top}/plotly/(plotly\.min\.js)", web.StaticFileHandler, {"path": str(_plotly())}),
        (rf"{top}/werk", State),
        (rf"{top}/werk/([a-z_]+)(?:/([^/]+))?", Begin),
        (rf"{top}/lesmateriaal(?:/(\w+))?", Teaching),
    ]


def _plotly() -> Path:
    """Give the folder with plotly.js, without the seconds of importing the package."""
    return Path(find_spec("plotly").origin).parent / "package_data"


@cache
def _bench(root: str) -> Workbench:
    return Workbench(Path(root))


class _TermHandler(DeskHandler):
    @property
    def bench(self) -> Workbench:
        return _bench(self.settings["nbgrader_formgrader"].coursedir.root)

    def known(self, assignment: str) -> str:
        """Give the assignment's name when the course has it; 404 otherwise."""
        if assignment not in steps.assignments(self.course):
            raise Said(404, t("desk.not_found"))
        return assignment

    def attachment(self, path: Path, kind: str) -> None:
        self.set_header("Content-Type", kind)
        self.set_header("Content-Disposition", f'attachment; filename="{path.name}"')
        try:
            self.write(path.read_bytes())
        except OSError as error:
            raise Said(404, t("desk.not_found")) from error


class Start(_TermHandler):
    """All assignments and all questions, and how far each is."""

    @web.authenticated
    async def get(self) -> None:
        def look() -> dict:
            course, has_book = self.course, steps.has_book(self.course)
            return {
                "rows": overview(course, self.ledger) if has_book else [],
                "steps": steps.overview(course, self.ledger),
                "people": steps.class_list(course),
                "scores": steps.score_files(course),
            }

        self.page("start.html.j2", **await self.away(look))


class Assignment(_TermHandler):
    """One assignment, step by step."""

    @web.authenticated
    async def get(self, assignment: str) -> None:
        course, name = self.course, self.known(assignment)

        def look() -> dict:
            rows = overview(course, self.ledger) if steps.has_book(course) else []
            return {
                "step": steps.step(course, self.ledger, name),
                "rows": [row for row in rows if row["assignment"] == name],
                "look": steps.to_look_at(course, name),
                "zips": steps.feedback_zips(course, name),
                "own": steps.own_files(course, name),
                "exchange": course.has_exchange,
            }

        self.page("assignment.html.j2", **await self.away(look))


class Download(_TermHandler):
    """Takes a platform's download: the zip is the body."""

    @web.authenticated
    async def put(self, assignment: str) -> None:
        name, course = self.known(assignment), self.course
        file, content = self.get_query_argument("naam", ""), self.request.body
        self.answer(await self.away(lambda: dropped.download(course, name, file, content)))


class ClassListFile(_TermHandler):
    """Takes a class list: the file is the body."""

    @web.authenticated
    async def put(self) -> None:
        file, content, course = self.get_query_argument("naam", ""), self.request.body, self.course
        self.answer({"say": await self.away(lambda: dropped.class_list(course, file, content))})


class FeedbackZip(_TermHandler):
    """Gives the zip with which feedback goes back to a platform."""

    @web.authenticated
    async def get(self, assignment: str, name: str) -> None:
        if name not in steps.feedback_zips(self.course, self.known(assignment)):
            raise Said(404, t("desk.not_found"))
        self.attachment(self.course.feedback_top / name, "application/zip")


class Scores(_TermHandler):
    """Gives a file of the last export."""

    @web.authenticated
    async def get(self, name: str) -> None:
        if name not in steps.score_files(self.course):
            raise Said(404, t("desk.not_found"))
        self.attachment(Path(self.course.course.root) / steps.SCORES / name, "text/csv; charset=utf-8")


class Overview(_TermHandler):
    """The class at a glance; names only when they are asked for."""

    @property
    def content_security_policy(self) -> str:
        # plotly.js writes its own styles, and makes a picture in the page before it is kept.
        own = super().content_security_policy
        return own.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'").replace("data:", "data: blob:")

    @property
    def klas(self):
        from vermarkting.grading.desk import klas  # pandas takes seconds

        if not steps.has_book(self.course):
            raise Said(404, t("desk.nothing_yet"))
        return klas, klas.Klas(self.course, self.ledger, self.get_query_argument("namen", "") == "1")

    @web.authenticated
    async def get(self) -> None:
        def look() -> dict:
            module, own = self.klas
            frames = {name: module.table(own, name) for name in module.TABLES}
            drawn = {name: module.picture(frame, name) for name, frame in frames.items()}
            return {
                "names": own.with_names,
                "tables": [(name, list(frame.columns), module.cells(frame)) for name, frame in frames.items()],
                "figures": {name: figure for name, figure in drawn.items() if figure},
            }

        self.page("klas.html.j2", **await self.away(look))


class OverviewTable(Overview):
    """One table of the overview as CSV."""

    @web.authenticated
    async def get(self, name: str) -> None:
        def look() -> bytes:
            module, own = self.klas
            return module.csv(module.table(own, name))

        content = await self.away(look)
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{name}.csv"')
        self.write(content)


class State(_TermHandler):
    """How the command that runs, or ran last, is doing; ``null`` when there was none."""

    @web.authenticated
    async def get(self) -> None:
        last = self.bench.last
        self.answer(last.told() if last else None)


class Begin(_TermHandler):
    """Starts a command."""

    @web.authenticated
    async def post(self, verb: str, assignment: str | None = None) -> None:
        if verb not in VERBS:
            raise Said(404, t("desk.not_found"))
        name = self.known(assignment) if assignment else ""
        try:
            work = self.bench.start(verb, name, self.body().get("force") is True)
        except Busy as error:
            raise Said(423, t("desk.work.busy")) from error
        self.answer(work.told())


class Teaching(_TermHandler):
    """The lecturer's pages about the lessons: all of them, or one."""

    @web.authenticated
    async def get(self, name: str | None = None) -> None:
        def look() -> dict:
            found = pages.pages()
            if name is None:
                return {"pages": found, "text": ""}
            (page,) = [page for page in found if page.name == name] or [None]
            if page is None:
                raise KeyError(name)
            return {"pages": [], "text": rendered(page.text), "title": page.title}

        self.page("teaching.html.j2", **await self.away(look))
