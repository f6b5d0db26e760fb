"""How learning platforms name the files in a bulk download, and what can be read from such a name.

Where the forms come from, and how sure we are of them:

Canvas       ``peetersjan_LATE_1234_56789_O1-inzending.zip`` (``LATE`` only when it is late; 1234 is the student's
             Canvas number, 56789 grows with every upload). No moment. Sure: read in Canvas's own
             ``lib/content_zipper.rb``.
Moodle       ``Jan Peeters_123_assignsubmission_file/O1-inzending.zip``, in older versions with a ``_`` after ``file``;
             or ``Jan Peeters_123_assignsubmission_file_O1-inzending.zip`` when downloaded without folders. The number
             belongs to this student in this assignment only. No moment. Sure: read in Moodle's own
             ``mod/assign/classes/downloader.php``.
Chamilo      ``2026_03_12_14_05_33_jpeeters_O1-inzending.zip``. Sure: read in Chamilo's own
             ``main/work/downloadfolder.inc.php``, versions 1.11 and 2.
Blackboard   ``O1_r0123456_attempt_2026-03-12-14-05-33_O1-inzending.zip``, in Dutch ``poging`` for ``attempt``, beside
             a receipt ``O1_r0123456_attempt_2026-03-12-14-05-33.txt`` that tells name and user name. Fairly sure:
             nbgrader's own example and the scripts of several schools agree; the Dutch form is from a Dutch school's.
Brightspace  ``27236-46025 - r0123456 Peeters - 12 maart 2026 1405/O1-inzending.zip``. What stands before the name, and
             how the date is written, depends on the school's settings. Fairly sure of the whole: four schools' scripts
             agree on it. Not sure whether 27236 is the student's number in every course.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from vermarkting.grading.collect import moments
from vermarkting.text import t

_BLACKBOARD = re.compile(
    r"(?P<prefix>.+?)_(?:attempt|poging)_(?P<moment>\d{4}(?:-\d{2}){5})(?:_(?P<file>.+)|(?P<receipt>\.txt))",
    re.I | re.ASCII,
)
_MOODLE = re.compile(r"(?P<who>[^_]+)_(?P<number>\d+)_assignsubmission_[a-z]+(?:_?|_(?P<file>.+))")
_BRIGHTSPACE = re.compile(r"(?P<number>\d+)-\d+ ?- ?(?P<who>.+?) ?- ?(?P<moment>[^-]*\d{4}[^-]*)")
_CHAMILO = re.compile(r"(?P<moment>20\d{2}(?:_\d{2}){5})_(?P<rest>.+)", re.ASCII)
_CANVAS = re.compile(
    r"(?P<name>\w+?)(?:_(?P<late>LATE))?_(?P<user>\d+)_(?:(?P<upload>\d+)_(?P<file>.+)|(?P<page>(?:text|link)\.html))"
)
_ANONYMOUS = re.compile(r"anon(?:_LATE)?_\w+?_\d+_.+")
_LONGEST = 1_000
PLATFORMS = ("canvas", "brightspace", "blackboard", "moodle", "chamilo")
_NO_NAMES = {"participant", "deelnemer"}
_RECEIPT = re.compile(r"(?:name|naam)\s*:\s*(?P<person>.*?)\s*\((?P<user>[^()]+)\)\s*", re.I)


class Unclear(ValueError):
    """A name of a known form from which the student cannot be told; ``str()`` is a Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One uploaded file, as its name in the download tells.

    ``key`` is the student's number or user name on the platform, ``person`` a name; either may be empty. ``keys`` has
    other words in the name that may be a key. ``attempt`` is equal for files that were handed in together. ``number``
    grows with time. ``moment`` has no time zone. ``file`` is the student's own name for it, with its folders.
    """

    platform: str
    key: str
    person: str
    attempt: str
    file: str
    keys: tuple[str, ...] = ()
    number: int = 0
    moment: datetime | None = None
    late: bool = False
    receipt: bool = False


def readings(path: str, assignment: str, known: frozenset[str] = frozenset()) -> dict[str, Upload | Unclear]:
    """Read the path of a file in a download (parted by ``/``) as each platform writes it.

    What stands first in a path is the platform's, what comes after it the student's: only readings that begin as early
    as any count. ``known`` are keys of the class list, in lower case: they help where a user name has a ``_`` in it.
    """
    parts = path.split("/")
    if len(path) > _LONGEST:
        return {}
    for place, part in enumerate(parts):
        rest = "/".join(parts[place + 1 :])
        found = [_moodle_folder(part, rest), _brightspace(part, rest)] if rest else []
        if not rest:
            found = [_blackboard(part, known), _moodle_file(part), _chamilo(part, assignment, known), _canvas(part)]
        if any(found):
            return dict(filter(None, found))
    return {}


def platform_of(paths: list[dict[str, Upload | Unclear]]) -> str | None:
    """Say which platform a download is of, from the readings of all its files; ``None`` when that is not clear.

    One download is of one platform: a student can give a file a name that looks like another platform's and another
    student's, but not the files of the whole group.
    """
    votes = Counter(platform for found in paths for platform in found)
    # Every name of Chamilo's has the form of Canvas's as well, where the name of the student is a year.
    if votes["chamilo"] and votes["chamilo"] == votes["canvas"]:
        del votes["canvas"]
    best = votes.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def with_receipt(upload: Upload, text: str, prefix: str) -> Upload:
    """Give a Blackboard upload with the user name that its receipt tells in its first line."""
    found = _RECEIPT.fullmatch(text.lstrip("\ufeff").partition("\n")[0].strip())
    if found and prefix.casefold().endswith("_" + found["user"].casefold()):
        return replace(upload, key=found["user"], person=found["person"])
    return upload


Reading = tuple[str, Upload | Unclear] | None


def _blackboard(name: str, known: frozenset[str]) -> Reading:
    found = _BLACKBOARD.fullmatch(name)
    if not found:
        return None
    prefix = found["prefix"]
    words = prefix.split("_")
    tails = ("_".join(words[start:]) for start in range(1, len(words)))
    key = next((tail for tail in tails if tail.casefold() in known), words[-1])
    attempt = f"{prefix}_{found['moment']}"
    moment = moments.parse(found["moment"])
    file, receipt = found["file"] or "", bool(found["receipt"])
    return "blackboard", Upload("blackboard", key, "", attempt, file, moment=moment, receipt=receipt)


def _moodle_folder(folder: str, rest: str) -> Reading:
    found = _MOODLE.fullmatch(folder)
    return _moodle(found, rest) if found and not found["file"] else None


def _moodle_file(name: str) -> Reading:
    found = _MOODLE.fullmatch(name)
    return _moodle(found, found["file"]) if found and found["file"] else None


def _moodle(found: re.Match, file: str) -> Reading:
    who = found["who"].strip()
    person = "" if who.casefold() in _NO_NAMES else who
    return "moodle", Upload("moodle", found["number"], person, "", file)


def _brightspace(folder: str, rest: str) -> Reading:
    found = _BRIGHTSPACE.fullmatch(folder)
    if not found:
        return None
    who = found["who"].strip()
    first, _, others = who.partition(" ")
    # Some schools put the student's number or user name before the name.
    coded = any(sign.isdigit() for sign in first)
    key, person = (first, others.strip()) if coded else ("", who)
    moment = moments.parse(found["moment"])
    return "brightspace", Upload("brightspace", key, person, folder, rest, (first, found["number"]), moment=moment)


def _chamilo(name: str, assignment: str, known: frozenset[str]) -> Reading:
    """Where the user name ends and the student's own name for the file begins must be beyond doubt."""
    found = _CHAMILO.fullmatch(name)
    if not found:
        return None
    rest = found["rest"]
    words = rest.split("_")
    heads = ["_".join(words[:end]) for end in range(1, len(words))]
    listed = [head for head in heads if head.casefold() in known]
    usual = re.match(rf"[^_]+_(?:{re.escape(assignment)}|antwoorden)(?![A-Za-z0-9])", rest, re.I)
    candidates = listed if known else heads[:1] if usual else heads
    if len(candidates) != 1:
        return "chamilo", Unclear(t("collect.unclear_user"))
    [key] = candidates
    moment = moments.parse(found["moment"])
    return "chamilo", Upload("chamilo", key, "", "", rest[len(key) + 1 :], moment=moment)


def _canvas(name: str) -> Reading:
    if _ANONYMOUS.fullmatch(name):
        return "canvas", Unclear(t("collect.anonymous"))
    found = _CANVAS.fullmatch(name)
    if not found:
        return None
    file, number = found["file"] or found["page"], int((found["upload"] or "0")[:18])
    return "canvas", Upload("canvas", found["user"], "", "", file, number=number, late=bool(found["late"]))
