"""``nbgrader collect`` where the students' accounts are those of the server: a hand-in is its owner's, or it stays out.

What lies in the exchange was put there by students, under names they chose. So a name is believed only when the account
that owns the folder is the one in the name, the moment is the file system's and not the one in the name, and nothing is
followed: a link in a hand-in would be read with the lecturer's rights.
"""

import contextlib
import os
import shutil
import stat
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.exchange.default import ExchangeCollect

from vermarkting.grading.autograde.handin import MAX_BYTES, TIMESTAMP, shown
from vermarkting.grading.faults import alone
from vermarkting.text import t

MAX_FILES = 100
_NEW = ".nieuw-"


@dataclass(frozen=True, slots=True)
class Arrived:
    """One hand-in: its student, the moment of its last change (UTC, without zone) and its files."""

    student: str
    moment: datetime
    files: dict[str, bytes]


class Refused(Exception):
    """``str()`` says why a hand-in stays out."""


class _Stopped(Exception):
    """``str()`` says why nothing more can be collected."""


class OwnedCollect(ExchangeCollect):
    """Collects the newest hand-in of each student, or with ``--before-duedate`` the newest in time."""

    def start(self) -> None:
        try:
            with alone(self.coursedir.root, _Stopped):
                super().start()
        except _Stopped as reason:
            self.fail(str(reason))

    def init_src(self) -> None:
        course = self.coursedir
        if not course.course_id:
            self.fail(t("collect.exchange.no_course"))
        self.inbound_path = str(Path(self.root, course.course_id, "inbound"))
        wanted = course.student_id if course.student_id != "*" else None
        arrived = defaultdict(list)
        self.refused: list[tuple[str, str]] = []
        try:
            names = sorted(path.name for path in Path(self.inbound_path).iterdir())
        except OSError:
            self.fail(t("collect.exchange.no_inbound", folder=self.inbound_path))
        for name in names:
            student, assignment, *_ = [*name.split("+"), ""]
            if assignment != course.assignment_id or (wanted and student != wanted):
                continue
            try:
                found = read(Path(self.inbound_path, name), student, self.check_owner)
                arrived[student].append(found)
            except Refused as reason:
                self.refused.append((shown(student), str(reason)))
        duedate = self._duedate() if self.before_duedate else None
        self.src_records = [_choose(found, duedate) for _, found in sorted(arrived.items())]

    def copy_files(self) -> None:
        counts = dict.fromkeys(("new", "renewed", "same"), 0)
        course = self.coursedir
        for found in self.src_records:
            place = Path(course.format_path(course.submitted_directory, found.student, course.assignment_id))
            there = course.get_existing_timestamp(str(place)) if place.is_dir() else None
            if place.is_dir() and (there == found.moment or not (self.update or self.before_duedate)):
                counts["same"] += 1
                continue
            if there and there > found.moment and not self.before_duedate:
                counts["same"] += 1
                continue
            counts["renewed" if place.is_dir() else "new"] += 1
            _put(found, place)
        self.log.info(t("collect.counts", **counts, refused=len(self.refused)))
        for name, text in dict.fromkeys(self.refused):
            self.log.error(t("collect.line", name=name, text=text))
        if self.refused:
            self.fail(t("collect.not_all"))

    def _duedate(self) -> datetime | None:
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as book, contextlib.suppress(MissingEntry):
            return book.find_assignment(self.coursedir.assignment_id).duedate
        return None


def read(folder: Path, student: str, check_owner: bool = True) -> Arrived:
    """Read one hand-in of which the name says that it is this student's. Raises ``Refused``.

    Without ``check_owner`` the name is believed: for a server where the students' accounts have other names.
    """
    import pwd  # there are no such accounts on Windows

    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        raise Refused(t("collect.exchange.no_folder")) from error
    try:
        status = os.fstat(opened)
        try:
            owner = pwd.getpwuid(status.st_uid).pw_name
        except KeyError:
            owner = str(status.st_uid)
        if check_owner and owner != student:
            raise Refused(t("collect.exchange.forged", owner=owner))
        names = sorted(entry.name for entry in os.scandir(opened))
        if len(names) > MAX_FILES:
            raise Refused(t("collect.refused.too_many", limit=MAX_FILES))
        last, files, room = status.st_ctime, {}, MAX_BYTES
        for name in names:
            content, changed = _content(opened, name, status.st_uid, room)
            last, room = max(last, changed), room - len(content or b"")
            if content is not None:
                files[name] = content
    except OSError as error:
        raise Refused(t("collect.exchange.unreadable")) from error
    finally:
        os.close(opened)
    # The moment of the last change cannot be chosen by a student, unlike the one in the name.
    moment = datetime.fromtimestamp(last, UTC).replace(tzinfo=None)
    return Arrived(student, moment, files | {TIMESTAMP: f"{moment:%Y-%m-%d %H:%M:%S.%f} UTC".encode()})


def _content(folder: int, name: str, owner: int, room: int) -> tuple[bytes | None, float]:
    """Give a file's content and the moment of its last change; ``None`` for a folder, which nothing reads."""
    # Without waiting: a pipe would never answer.
    opened = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    with os.fdopen(opened, "rb") if _is_file(opened) else contextlib.nullcontext() as file:
        status = os.fstat(opened)
        if file is None:
            os.close(opened)
            if stat.S_ISDIR(status.st_mode):
                return None, status.st_ctime
            raise Refused(t("collect.refused.link"))
        if status.st_uid != owner or status.st_nlink != 1:
            raise Refused(t("collect.refused.link"))
        content = file.read(room + 1)
        if len(content) > room:
            raise Refused(t("collect.refused.too_big", limit=MAX_BYTES // 1_000_000))
        return content, status.st_ctime


def _is_file(opened: int) -> bool:
    return stat.S_ISREG(os.fstat(opened).st_mode)


def _choose(found: list[Arrived], duedate: datetime | None) -> Arrived:
    in_time = [one for one in found if duedate is None or one.moment <= duedate]
    return max(in_time or found, key=lambda one: one.moment)


def _put(found: Arrived, place: Path) -> None:
    """Put a hand-in in its place whole, in the place of an earlier one, and clear what a killed run left there."""
    place.parent.mkdir(parents=True, exist_ok=True)
    for left in place.parent.glob(f"{_NEW}*"):
        shutil.rmtree(left)
    new = Path(tempfile.mkdtemp(dir=place.parent, prefix=_NEW))
    try:
        for name, content in found.files.items():
            (new / name).write_bytes(content)
        new.chmod(0o755)
        if place.exists():
            shutil.rmtree(place)
        new.rename(place)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
