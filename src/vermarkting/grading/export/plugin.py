"""``nbgrader export`` with our exporter: one CSV for each platform, in a folder."""

import os
import secrets
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin
from traitlets import Bool, Dict, Float, List, TraitError, Unicode, validate

from vermarkting.control import settings
from vermarkting.files import write_together
from vermarkting.grading import collect
from vermarkting.grading.collect.students import ClassList, NoClassList
from vermarkting.grading.export import forms, scores
from vermarkting.grading.export.forms import Table
from vermarkting.grading.faults import alone
from vermarkting.text import t

_SECRET_BYTES = 32


class ExportError(Exception):
    """``str()`` says why nothing was exported."""


class ScoreExport(ExportPlugin):
    """Exports points per assignment and the weighted total on 20.

    ``--to`` names the folder, ``cijfers`` by default, or one ``.csv`` for the first of the forms.
    """

    weights = Dict(
        value_trait=Float(min=0),
        default_value={"O1": 10, "O2": 15, "O3": 20, "O4": 20, "O5": 15, "O6": 20},
        help="What each assignment weighs in the total.",
    ).tag(config=True)
    forms = List(
        Unicode(),
        minlen=1,
        default_value=list(forms.FORMS),
        help="Which files to write; 'onderzoek' is the pseudonymised one.",
    ).tag(config=True)
    missing_is_zero = Bool(
        False,
        help="Whether an assignment that was not handed in counts as 0 in the total, instead of leaving it empty.",
    ).tag(config=True)
    accepted = List(
        Unicode(), help="Hand-ins ('student/assignment') that a person looked at and whose points may go out."
    ).tag(config=True)
    to_platform = Bool(False, help="Whether the points go to the learning platform too.").tag(config=True)
    also_lower = Bool(False, help="Whether points may go there that are lower than what is there.").tag(config=True)
    roster = Unicode("klaslijst.csv", help="The class list in the course folder; it may be absent.").tag(config=True)
    secret_file = Unicode(
        "onderzoek.geheim", help="Where the secret of the pseudonymised form is kept; it is made when it is absent."
    ).tag(config=True)

    @validate("forms")
    def _known_forms(self, proposal):
        unknown = set(proposal["value"]) - {*forms.FORMS, forms.RESEARCH}
        if unknown:
            raise TraitError(f"unknown forms: {', '.join(sorted(unknown))}")
        return proposal["value"]

    def export(self, gradebook: Gradebook) -> None:
        """Write the files, and name every hand-in whose score was left empty."""
        try:
            with alone(self.parent.coursedir.root, ExportError):
                self._export(gradebook)
        except ExportError as error:
            self.log.error(str(error))
            raise SystemExit(1) from error

    def _export(self, gradebook: Gradebook) -> None:
        course = self.parent.coursedir
        mistakes = settings.look(Path(course.root))
        if mistakes:
            for mistake in mistakes:
                self.log.error(str(mistake))
            raise SystemExit(1)
        people = ClassList()
        roster = Path(course.root) / self.roster
        if roster.exists():
            try:
                people.read_roster(roster)
            except NoClassList as error:
                self.log.error(str(error))
                raise SystemExit(1) from error
        sheet = self._chosen(scores.read(gradebook, folders(course), self.accepted, people))
        table = Table(sheet, people, self.weights, self.missing_is_zero)
        made = {name: self._made(name, table, Path(course.root)) for name in self.forms}
        if self.to.casefold().endswith(".csv"):
            # As with nbgrader's own exporter: one file, here the first form.
            files = {Path(course.root) / self.to: next(iter(made.values()))}
        else:
            folder = Path(course.root) / (self.to or "cijfers")
            files = {folder / f"{name}.csv": content for name, content in made.items()}
        write_together(files)
        where = next(iter(files)).parent.name
        self.log.info(t("export.done", folder=where, files=", ".join(path.name for path in files)))
        for line in left_empty(sheet):
            self.log.warning(line)
        if self.to_platform:
            self._send(sheet)

    def _send(self, sheet: scores.Sheet) -> None:
        """Send the points of what is graded to the learning platform, and say what became of them."""
        from vermarkting.grading.export import sending  # only where a learning platform is

        try:
            course, people = sending.course(Path(os.environ.get("VERMARKTING_PLATFORM") or "geen"))
        except (OSError, KeyError, ValueError) as error:
            self.log.error(t("export.platform.none"))
            raise SystemExit(1) from error
        for name in sheet.assignments:
            found = {student: sheet.scores[student, name].points for student in sheet.students}
            ready = {
                one: (people[one], points) for one, points in found.items() if points is not None and one in people
            }
            unknown = [one for one, points in found.items() if points is not None and one not in people]
            try:
                done = course.send(name, name, sheet.most[name], ready, self.also_lower) if ready else sending.Sent()
            except sending.PlatformError as error:
                self.log.error(t("export.platform.refused", assignment=name, reason=error))
                raise SystemExit(1) from error
            self.log.info(t("export.platform.done", assignment=name, sent=len(done.sent), same=len(done.same)))
            for key, who in (("lower", done.lower), ("failed", done.failed), ("unknown", unknown)):
                if who:
                    self.log.warning(t(f"export.platform.{key}", assignment=name, who=", ".join(who)))

    def _made(self, form: str, table: Table, root: Path) -> bytes:
        return forms.research(table, self._secret(root)) if form == forms.RESEARCH else forms.FORMS[form](table)

    def _chosen(self, sheet: scores.Sheet) -> scores.Sheet:
        """Keep what ``--assignment`` and ``--student`` ask for; without them everything."""
        assignments = [str(name) for name in self.assignment] or sheet.assignments
        students = [str(name) for name in self.student] or sheet.students
        for name in [*(set(assignments) - set(sheet.assignments)), *(set(students) - set(sheet.students))]:
            self.log.warning(t("export.unknown", name=name))
        return scores.Sheet(
            tuple(name for name in sheet.assignments if name in assignments),
            sheet.most,
            sheet.parts,
            tuple(name for name in sheet.students if name in students),
            sheet.names,
            sheet.scores,
            sheet.later,
        )

    def _secret(self, root: Path) -> bytes:
        path = root / self.secret_file
        try:
            secret = bytes.fromhex(path.read_text(encoding="ascii"))
        except FileNotFoundError:
            secret = secrets.token_bytes(_SECRET_BYTES)
            number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(number, "w") as file:
                file.write(secret.hex() + "\n")
            self.log.warning(t("export.new_secret", name=path.name))
        except ValueError as error:
            raise ValueError(t("export.bad_secret", name=path.name)) from error
        if len(secret) < _SECRET_BYTES:
            raise ValueError(t("export.bad_secret", name=path.name))
        return secret


def left_empty(sheet: scores.Sheet) -> list[str]:
    """Name the hand-ins without a score: what a person must do first, then who handed nothing in."""
    lines = []
    for reason in ("look", "again", "ungraded", "missed", "none"):
        found = [
            t("export.who", student=student, assignment=name)
            for student in sheet.students
            for name in sheet.assignments
            if sheet.scores[student, name].reason == reason
        ]
        if found:
            lines.append(t("export.left_empty", reason=t(f"export.reasons.{reason}"), who=", ".join(found)))
    return lines


def folders(course: object) -> scores.Folders:
    """Give where the hand-ins of nbgrader's course are."""

    def folder(step: str):
        return lambda student, assignment: Path(course.format_path(step, student, assignment))

    def students(assignment: str) -> list[str]:
        before, _, after = course.format_path(course.submitted_directory, "\0", assignment).partition("\0")
        top = Path(before)
        if not top.is_dir():
            return []
        return [entry.name for entry in top.iterdir() if (entry / after.lstrip("/\\")).is_dir()]

    def missed(assignment: str) -> dict[str, str]:
        return collect.missed(Path(course.root) / "downloaded" / assignment)

    return scores.Folders(folder(course.submitted_directory), folder(course.autograded_directory), students, missed)
