"""``nbgrader zip_collect`` for the bulk downloads of the platforms that Flemish schools use.

nbgrader lets a plug-in read the name of one file. Choosing between attempts, refusing a hostile zip without stopping,
going on after a kill and naming what was left out need the whole download, so with ``LmsCollector`` as collector the
command hands it the whole run. With any other collector the command is nbgrader's own.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from nbgrader.apps.zipcollectapp import ZipCollectApp
from nbgrader.plugins import FileNameCollectorPlugin
from traitlets import CaselessStrEnum, TraitError, Unicode, validate

from vermarkting.files import write_whole
from vermarkting.grading.autograde.summary import Progress
from vermarkting.grading.collect import handins, names
from vermarkting.grading.collect.handins import Attempt, Problems
from vermarkting.grading.collect.placing import Place
from vermarkting.grading.collect.students import ClassList, NoClassList, safe_id, slug
from vermarkting.grading.faults import FULL, REFUSES, alone
from vermarkting.text import t

REPORT = "ophaalverslag.txt"
NOT_COLLECTED = "niet_opgehaald.json"


class Stopped(Exception):
    """``str()`` says why collecting stopped."""


class LmsCollector(FileNameCollectorPlugin):
    """Recognises downloads of Canvas, Brightspace (Ufora), Blackboard (Toledo), Moodle and Chamilo."""

    timezone = Unicode("Europe/Brussels", help="The time zone of the platform's moments.").tag(config=True)
    roster = Unicode(
        "klaslijst.csv", help="A list of students exported from the platform, in the course folder; it may be absent."
    ).tag(config=True)

    platform = CaselessStrEnum(
        ["", *names.PLATFORMS],
        default_value="",
        help="The platform of the downloads; empty to find out from the names.",
    ).tag(config=True)

    @validate("timezone")
    def _known_zone(self, proposal):
        try:
            ZoneInfo(proposal["value"])
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise TraitError(f"{proposal['value']!r} is not the name of a time zone") from error
        return proposal["value"]

    def collect(self, submitted_file: str) -> dict | None:
        """Read the name of one file, as nbgrader's own collector does; ``None`` when it tells no student."""
        read = names.readings(Path(submitted_file).name, "")
        found = read.get(self.platform or names.platform_of([read]))
        if not isinstance(found, names.Upload):
            return None
        student = slug(found.person) if found.platform == "moodle" else safe_id(found.key)
        if not student:
            return None
        moment = str(found.moment) if found.moment else None
        return {"student_id": student, "file_id": found.file} | ({"timestamp": moment} if moment else {})

    def run(self, app: ZipCollectApp) -> bool:
        """Collect everything that was downloaded for one assignment; says whether all of it could be collected."""
        try:
            with alone(app.coursedir.root, Stopped):
                return self._run(app)
        except Stopped as error:
            self.log.error(str(error))
            app.exit(1)

    def _run(self, app: ZipCollectApp) -> bool:
        course, assignment = app.coursedir, app.coursedir.assignment_id
        archive = Path(app._format_collect_path(app.archive_directory))
        archive.mkdir(parents=True, exist_ok=True)
        people = ClassList()
        roster = Path(course.root) / self.roster
        if roster.exists():
            try:
                people.read_roster(roster)
            except NoClassList as error:
                self._report(archive.parent, [str(error)])
                return False
        problems = Problems()
        found = handins.look_through(archive, assignment, people, problems, self.platform)
        tries = handins.attempts(found, people, problems)
        place = Place(
            archive.parent,
            self.timezone,
            lambda student: Path(course.format_path(course.submitted_directory, student, assignment)),
        )
        outcomes = Counter()
        not_collected = {}
        with Progress(len(tries), self.log.warning) as progress:
            for student, attempts in tries.items():
                before = len(problems.refused)
                outcome = self._one(student, attempts, assignment, place, problems, app.force)
                outcomes[outcome] += 1
                if outcome == "refused":
                    not_collected[student] = " ".join(dict.fromkeys(text for _, text in problems.refused[before:]))
                progress.step()
        if not tries and not problems.refused:
            problems.refused.append(
                (assignment, t("collect.nothing", folder=archive.relative_to(course.root).as_posix()))
            )
        if not_collected != missed(archive.parent):
            written = json.dumps(not_collected, ensure_ascii=False, indent=1)
            write_whole(archive.parent / NOT_COLLECTED, f"{written}\n".encode(), alone=True)
        lines = _summary(outcomes, problems)
        self._report(archive.parent, lines)
        return not problems.refused

    def _report(self, folder: Path, lines: list[str]) -> None:
        write_whole(folder / REPORT, ("\n".join(lines) + "\n").encode(), alone=True)
        self.log.info(lines[0])
        for line in lines[1:]:
            self.log.warning(line)

    def _one(
        self, student: str, attempts: list[Attempt], assignment: str, place: Place, problems: Problems, force: bool
    ) -> str:
        """Place the newest attempt that can be used, and keep the others beside the downloads."""
        outcome = "refused"
        for attempt in attempts:
            handin = handins.read(attempt, assignment, problems)
            if handin is None:
                continue
            try:
                if outcome != "refused":
                    place.keep_earlier(student, handin.files, handin.moment)
                    continue
                outcome = place.put(student, handin.files, handin.moment, force)
            except OSError as error:
                if error.errno in (*FULL, *REFUSES):
                    raise  # so it is for all the others
                problems.refused.append((student, t("collect.not_placed", kind=type(error).__name__)))
                return "refused"
            if outcome == "kept":
                problems.refused.append((student, t("collect.kept")))
            if attempt is not attempts[0]:
                problems.notes.append((student, t("collect.older_used")))
            notes = [*handin.notes, *([t("collect.late")] if attempt.late else [])]
            problems.notes += [(student, note) for note in notes]
        return outcome


def missed(folder: Path) -> dict[str, str]:
    """Give whose hand-in the last run could not collect, with the reason; ``folder`` is that of the downloads."""
    try:
        found = json.loads((folder / NOT_COLLECTED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(student): str(reason) for student, reason in found.items()} if isinstance(found, dict) else {}


def install() -> None:
    """Make ``nbgrader zip_collect`` hand the run to an ``LmsCollector``. May be called again."""
    if getattr(ZipCollectApp.start, "hands_over", False):
        return
    stock = ZipCollectApp.start

    def start(self) -> None:
        if not issubclass(self.collector_plugin, LmsCollector):
            stock(self)
            return
        super(ZipCollectApp, self).start()
        self.init_plugins()
        try:
            whole = self.collector_plugin_inst.run(self)
        except KeyboardInterrupt:
            self.log.error(t("collect.stopped"))
            sys.exit(130)
        if not whole:
            self.fail(t("collect.not_all"))

    start.hands_over = True
    ZipCollectApp.start = start


def _summary(outcomes: Counter, problems: Problems) -> list[str]:
    counts = {key: outcomes[key] for key in ("new", "renewed", "same")}
    lines = [t("collect.counts", **counts, refused=len(problems.refused))]
    for key, found in (("refused", problems.refused), ("notes", problems.notes)):
        if found:
            lines.append(t(f"collect.heading_{key}"))
            lines += [t("collect.line", name=name, text=text) for name, text in dict.fromkeys(found)]
    return lines
