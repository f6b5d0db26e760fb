"""From the files in a download to one hand-in for each student: the newest that can be used, as the platform tells."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from vermarkting.answers import NAME as SHEET
from vermarkting.grading.autograde.handin import TIMESTAMP, shown
from vermarkting.grading.collect import archives, names
from vermarkting.grading.collect.archives import Budget, Refused
from vermarkting.grading.collect.names import Unclear, Upload
from vermarkting.grading.collect.students import ClassList, Person, safe_id, slug
from vermarkting.handing_in import MANIFEST, verify
from vermarkting.text import t

# Files that nbgrader itself puts in a hand-in: one from a student would be believed.
_OURS = {TIMESTAMP, "submission_secret.txt"}
_TOGETHER = timedelta(minutes=10)
_NOT_STUDENTS = {"index.html"}
_COPY = (
    r"{stem}{ext}",
    r"{stem} ?\(\d{{1,2}}\){ext}",
    r"{stem}[-_ ]\d{{1,2}}{ext}",
    r"{stem}(?: -)? (?:kopie|copy)(?: ?\(\d{{1,2}}\)| \d{{1,2}})?{ext}",
    r"(?:kopie van|copy of) {stem}{ext}",
)

Problem = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """An upload with a way to read it and the place where it was found, for messages."""

    upload: Upload
    read: Callable[[], bytes]
    place: str
    download: str
    downloaded: float


@dataclass
class Attempt:
    """What one student handed in at one time."""

    student: str
    moment: datetime | None
    order: tuple
    found: list[Found]
    late: bool = False


@dataclass(frozen=True, slots=True)
class HandIn:
    """The files of an attempt as they are to be placed, and what there is to say about them."""

    student: str
    moment: datetime | None
    files: dict[str, bytes]
    notes: tuple[str, ...]


@dataclass
class Problems:
    """What was not collected, and what is only worth knowing: pairs of a name and a Dutch sentence."""

    refused: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def look_through(folder: Path, assignment: str, people: ClassList, problems: Problems, platform: str) -> list[Found]:
    """Give every upload in the folder with downloads, in zips and beside them; name what is not one.

    ``platform`` is the platform that the lecturer named, or empty.
    """
    files = sorted(path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    usual = [path for path in files if path.is_file() and not path.is_symlink() and not _is_junk(path, folder)]
    problems.refused += [(path.name, str(Refused("link"))) for path in files if path.is_symlink()]
    usual = [path for path in usual if path.suffix.casefold() != ".csv" or not people.read(path)]
    known = people.keys()
    read = {path: names.readings(path.relative_to(folder).as_posix(), assignment, known) for path in usual}
    found = []
    for path in [path for path in usual if not read[path] and path.suffix.casefold() == ".zip"]:
        found += _in_zip(path, assignment, known, problems, platform)
        del read[path]
    entries = [
        _Entry(
            path.relative_to(folder).as_posix(),
            read[path],
            partial(_bytes, path),
            str(path.parent),
            path.stat().st_mtime,
        )
        for path in read
    ]
    return found + _of_one_platform(entries, platform, "", problems)


@dataclass(frozen=True, slots=True)
class _Entry:
    path: str
    readings: dict
    read: Callable[[], bytes]
    download: str
    downloaded: float


def _in_zip(path: Path, assignment: str, known: frozenset[str], problems: Problems, platform: str) -> list[Found]:
    try:
        archive = archives.opened(path)
    except Refused as refusal:
        problems.refused.append((shown(path.name), str(refusal)))
        return []
    downloaded = path.stat().st_mtime
    entries = [
        _Entry(
            name,
            names.readings(name, assignment, known),
            partial(archives.member, archive, info),
            str(path),
            downloaded,
        )
        for name, info in archives.members(archive)
        if name.rpartition("/")[2] not in _NOT_STUDENTS or names.readings(name, assignment, known)
    ]
    if entries and not any(entry.readings for entry in entries):
        problems.refused.append((shown(path.name), t("collect.not_bulk")))
        return []
    return _of_one_platform(entries, platform, f"{shown(path.name)}, ", problems)


def _of_one_platform(entries: list[_Entry], platform: str, place: str, problems: Problems) -> list[Found]:
    chosen = platform or names.platform_of([entry.readings for entry in entries])
    recognised = [entry for entry in entries if entry.readings]
    if chosen is None and recognised:
        unclear = [place.removesuffix(", ")] if place else [shown(entry.path) for entry in recognised]
        sentence = t("collect.which_platform", choices=", ".join(names.PLATFORMS))
        problems.refused += [(name, sentence) for name in unclear]
        entries = [entry for entry in entries if not entry.readings]
    found = []
    for entry in entries:
        reading = entry.readings.get(chosen)
        if isinstance(reading, Upload):
            label = shown(entry.path.rpartition("/")[2])
            found.append(Found(reading, entry.read, label, entry.download, entry.downloaded))
        else:
            sentence = str(reading) if isinstance(reading, Unclear) else t("collect.unknown_file")
            problems.refused.append((f"{place}{shown(entry.path)}", sentence))
    return found


def attempts(found: list[Found], people: ClassList, problems: Problems) -> dict[str, list[Attempt]]:
    """Put uploads together per student and per time of handing in, the newest first."""
    found = _with_receipts(found, problems)
    seen: dict[tuple, Found] = {}
    owners: dict[str, set[str]] = defaultdict(set)
    spelled: dict[str, str] = {}
    for one in found:
        student, person = _student(one.upload, people)
        if student is None:
            problems.refused.append((one.place, t("collect.no_student")))
            continue
        if person is None and people.people:
            # A platform's own number or user name may be a late enrolment; an id made of a name would be invented.
            if _has_own_id(one.upload):
                problems.notes.append((student, t("collect.not_on_list")))
            else:
                problems.refused.append((one.place, t("collect.name_not_on_list", name=shown(one.upload.person))))
                continue
        # A folder's name has no capitals on some systems.
        student = spelled.setdefault(student.casefold(), student)
        if person is None:
            owners[student].add(_owner(one.upload))
        elif one.upload.moment is None and person.moment is not None:
            one = replace(one, upload=replace(one.upload, moment=person.moment))
        upload = one.upload
        same = (student, upload.platform, upload.attempt, upload.moment, upload.number, upload.file)
        if not (upload.attempt or upload.moment or upload.number):
            same = (*same, one.download)
        if same not in seen or seen[same].downloaded < one.downloaded:
            seen[same] = one
    groups: dict[tuple, list[Found]] = defaultdict(list)
    for (student, platform, attempt, *_), one in seen.items():
        groups[student, attempt or ("" if platform == "chamilo" else one.download)].append(one)
    made: dict[str, list[Attempt]] = defaultdict(list)
    for (student, _), uploads in groups.items():
        if len(owners[student]) > 1:
            problems.refused += [(one.place, t("collect.same_name", student=student)) for one in uploads]
            continue
        for together in _in_time(uploads):
            moments = [one.upload.moment for one in together if one.upload.moment]
            moment = max(moments, default=None)
            order = (
                moment or datetime.min,
                max(one.upload.number for one in together),
                max(one.downloaded for one in together),
            )
            late = any(one.upload.late for one in together)
            made[student].append(Attempt(student, moment, order, together, late))
    return {student: sorted(tries, key=lambda one: one.order, reverse=True) for student, tries in sorted(made.items())}


def read(attempt: Attempt, assignment: str, problems: Problems) -> HandIn | None:
    """Read the files of an attempt; ``None`` when none of them can be taken. What is left out is named."""
    budget = Budget()
    files: dict[str, bytes] = {}
    notes: list[str] = []
    newest = _newest_of_each(attempt.found, assignment)
    for one in newest:
        name = one.upload.file.rpartition("/")[2]
        label = f"{attempt.student}, {shown(name)}"
        try:
            content = one.read()
            if name.casefold().endswith(".zip"):
                inner, left_out = archives.unpack(content, budget)
                problems.refused += [(f"{label}, {shown(inside)}", sentence) for inside, sentence in left_out]
                if MANIFEST in inner:
                    if verify(inner):
                        del inner[MANIFEST]
                    else:
                        notes.append(t("collect.changed_zip"))
                for inside, inner_content in inner.items():
                    archives.add(files, inside, inner_content)
            else:
                budget.spend(len(content))
                archives.add(files, one.upload.file, content)
        except Refused as refusal:
            problems.refused.append((label, str(refusal)))
    if not files:
        return None
    files = _without_ours(files, notes)
    files = _renamed(files, assignment, notes)
    return HandIn(attempt.student, attempt.moment, files, tuple(notes))


def canonical(name: str, assignment: str) -> str | None:
    """Give the name that a copy such as ``O1 (1).ipynb`` or ``O1.IPYNB`` stands for; ``None`` for another file."""
    for stem, extension in ((assignment, ".ipynb"), *[SHEET.rsplit(".", 1)]):
        extension = extension if extension.startswith(".") else f".{extension}"
        for pattern in _COPY:
            if re.fullmatch(pattern.format(stem=re.escape(stem), ext=re.escape(extension)), name, re.I):
                return f"{stem}{extension}"
    return None


def _with_receipts(found: list[Found], problems: Problems) -> list[Found]:
    """Read Blackboard's receipts: they tell the user name, and are not files of the student."""
    receipts: dict[str, Found] = {one.upload.attempt: one for one in found if one.upload.receipt}
    told: dict[str, Upload] = {}
    for attempt, receipt in receipts.items():
        try:
            text = receipt.read()[:5_000].decode("utf-8", "replace")
        except Refused as refusal:
            problems.refused.append((receipt.place, str(refusal)))
            continue
        told[attempt] = names.with_receipt(receipt.upload, text, attempt.rpartition("_")[0])
    kept = []
    for one in found:
        if one.upload.receipt:
            continue
        receipt = told.get(one.upload.attempt)
        if receipt:
            one = replace(one, upload=replace(one.upload, key=receipt.key, person=receipt.person))
        kept.append(one)
    with_files = {one.upload.attempt for one in kept}
    for attempt, upload in told.items():
        if attempt not in with_files:
            problems.refused.append((receipts[attempt].place, t("collect.no_files", student=shown(upload.key))))
    return kept


def _student(upload: Upload, people: ClassList) -> tuple[str | None, Person | None]:
    """Give the student's id, and the line of the class list that it comes from."""
    person = people.by_number(upload.key) if upload.platform == "moodle" else people.by_key(upload.key)
    person = person or people.by_name(upload.person) or _without_group(upload, people)
    person = person or next(filter(None, map(people.by_key, upload.keys)), None)
    if person:
        return person.student_id, person
    if upload.platform == "moodle":
        return slug(upload.person), None
    return safe_id(upload.key) if upload.key else slug(upload.person), None


def _without_group(upload: Upload, people: ClassList) -> Person | None:
    """Find the student behind the group that Moodle puts before the name: ``Groep 2-Jan Peeters``."""
    words = upload.person.split("-") if upload.platform == "moodle" else []
    return next(filter(None, (people.by_name("-".join(words[start:])) for start in range(1, len(words)))), None)


def _has_own_id(upload: Upload) -> bool:
    return upload.platform != "moodle" and safe_id(upload.key) is not None


def _owner(upload: Upload) -> str:
    """Give what two different students with the same id differ in, as far as the name tells."""
    if upload.platform == "moodle":
        return f"{upload.key}"
    if upload.platform == "brightspace":
        return upload.key or upload.keys[-1]
    if upload.platform == "blackboard" and upload.person:
        return ""  # the receipt told the user name
    if upload.platform == "blackboard":
        return upload.attempt.rpartition("_")[0].rpartition("_")[0].casefold()
    return upload.key.casefold()


def _in_time(uploads: list[Found]) -> list[list[Found]]:
    """Part uploads that were not made within ten minutes of each other: Chamilo keeps every file apart."""
    uploads = sorted(uploads, key=lambda one: (one.upload.moment or datetime.min, one.upload.number))
    parted: list[list[Found]] = []
    for one in uploads:
        last = parted[-1][-1].upload.moment if parted else None
        if parted and (last is None or one.upload.moment is None or one.upload.moment - last <= _TOGETHER):
            parted[-1].append(one)
        else:
            parted.append([one])
    return parted


def _newest_of_each(found: list[Found], assignment: str) -> list[Found]:
    """Leave out a file that the student uploaded again a moment later."""
    newest: dict[str, Found] = {}
    kept = []
    for one in found:
        name = one.upload.file
        key = (canonical(name, assignment) or name).casefold()
        earlier = newest.get(key)
        if earlier and earlier.upload.moment and one.upload.moment and earlier.upload.moment < one.upload.moment:
            kept.remove(earlier)
        newest[key] = one
        kept.append(one)
    return kept


def _without_ours(files: dict[str, bytes], notes: list[str]) -> dict[str, bytes]:
    kept = {name: content for name, content in files.items() if name.casefold() not in _OURS}
    if len(kept) < len(files):
        notes.append(t("collect.own_moment", name=TIMESTAMP))
    return kept


def _renamed(files: dict[str, bytes], assignment: str, notes: list[str]) -> dict[str, bytes]:
    """Give the one copy of the notebook, and of the sheet, the name it should have."""
    made = dict(files)
    for wanted in (f"{assignment}.ipynb", SHEET):
        copies = [name for name in made if canonical(name, assignment) == wanted]
        if len(copies) == 1 and copies[0] != wanted:
            made = {wanted if name == copies[0] else name: content for name, content in made.items()}
            notes.append(t("collect.renamed", name=shown(copies[0]), wanted=wanted))
    return made


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > archives.MAX_FILE:
            raise Refused("too_big", limit=archives.MAX_FILE // 1_000_000)
        return path.read_bytes()
    except OSError as error:
        raise Refused("damaged") from error


def _is_junk(path: Path, folder: Path) -> bool:
    return archives.is_junk(list(path.relative_to(folder).parts)) or path.name.startswith(".")
