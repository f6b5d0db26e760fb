"""Feedback on its way back: one zip for a class, in which each page has the name by which the platform knows whose.

Where the forms come from, and how sure we are of them:

moodle       ``Jan Peeters_123_assignsubmission_file_O1-feedback.html``, 123 as in the download; the assignment takes
             it under feedback files, several in a zip. Sure: read in Moodle's own
             ``mod/assign/feedback/file/importziplib.php``, which parts the name at ``_`` in every version.
canvas       ``peetersjan_1234_56789_O1-feedback.html``, the numbers as in the download; the assignment takes it where
             submissions are uploaded again. Sure: Canvas's own ``infer_comment_context_from_filename`` takes the first
             two numbers between ``_`` and wants that upload to be one of the present submission.
brightspace  the folder of the download with the page in it; the assignment takes it under feedback files. Fairly sure:
             D2L's help page asks to keep the folders' names as they were downloaded.
per-student  ``r0123456_O1-feedback.html`` for whoever came another way. Blackboard and Chamilo import no such zip.
"""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from vermarkting.grading.collect import handins
from vermarkting.grading.collect.archives import safe_name
from vermarkting.grading.collect.handins import Problems
from vermarkting.grading.collect.names import Upload
from vermarkting.grading.collect.students import ClassList, slug

PLATFORMS = ("moodle", "canvas", "brightspace")
OTHERS = "per-student"
# The same pages make the same zip.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def packed(
    pages: Mapping[str, bytes], archive: Path, assignment: str, people: ClassList, platform: str = ""
) -> dict[str, tuple[bytes, int]]:
    """Pack the pages, by student, into a zip for each platform of the downloads in ``archive``.

    Gives by the platform, or ``OTHERS``, the zip and how many pages it has. ``platform`` is the one that the lecturer
    named, or empty.
    """
    problems = Problems()
    found = handins.look_through(archive, assignment, people, problems, platform) if archive.is_dir() else []
    uploads = {student: tries[0].found[-1].upload for student, tries in _attempts(found, people).items()}
    files: dict[str, dict[str, bytes]] = {}
    for student, page in sorted(pages.items()):
        upload = uploads.get(student)
        kind = upload.platform if upload and upload.platform in PLATFORMS else OTHERS
        person = people.by_id(student)
        name = _NAMES[kind](upload, student, person.name if person else "", f"{assignment}-feedback.html")
        files.setdefault(kind, {})[name] = page
    return {kind: (_zip(members), len(members)) for kind, members in files.items()}


def _attempts(found: list[handins.Found], people: ClassList) -> dict[str, list[handins.Attempt]]:
    return handins.attempts(found, people, Problems())


def _moodle(upload: Upload, student: str, name: str, file: str) -> str:
    who = (name or upload.person or student).replace("_", " ")
    return f"{safe_name(who)}_{upload.key}_assignsubmission_file_{file}"


def _canvas(upload: Upload, student: str, name: str, file: str) -> str:
    who = (slug(name) or "student").replace("-", "")
    return f"{who}_{upload.key}_{upload.number}_{file}"


def _brightspace(upload: Upload, student: str, name: str, file: str) -> str:
    return f"{upload.attempt}/{file}"


def _other(upload: Upload | None, student: str, name: str, file: str) -> str:
    return f"{student}_{file}"


_NAMES = {"moodle": _moodle, "canvas": _canvas, "brightspace": _brightspace, OTHERS: _other}


def _zip(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, _MOMENT)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, content)
    return file.getvalue()
