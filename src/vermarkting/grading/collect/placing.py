"""Putting hand-ins in ``submitted/``: whole or not at all, and never over something that is not ours.

``opgehaald.jsonl`` beside the downloads keeps what was placed last for each student. What stands in ``submitted/`` and
is not that was put there or changed by a person, and stays.
"""

import contextlib
import hashlib
import json
import os
import shutil
from datetime import datetime
from pathlib import Path

from vermarkting.grading.autograde.handin import TIMESTAMP
from vermarkting.grading.collect.moments import in_utc

LEDGER = "opgehaald.jsonl"
EARLIER = "vroeger"


class Place:
    """The ``submitted`` folder of one assignment. ``folder`` gives the folder of a student."""

    def __init__(self, downloads: Path, zone: str, folder):
        self._downloads = downloads
        self._zone = zone
        self._folder = folder
        self._placed = self._read_ledger()
        self._spelled: dict[str, str] | None = None

    def put(self, student: str, files: dict[str, bytes], moment: datetime | None, force: bool) -> str:
        """Place a hand-in; gives ``new``, ``renewed``, ``same``, or ``kept`` when what stands there is not ours."""
        target = self._existing_spelling(self._folder(student))
        files = dict(files)
        if _new(target).exists():
            shutil.rmtree(_new(target))  # left by a run that was killed
        if moment is not None:
            files[TIMESTAMP] = f"{in_utc(moment, self._zone):%Y-%m-%d %H:%M:%S} UTC\n".encode()
        wanted = _digest(files)
        found = digest_of(target)
        if found == wanted:
            self._note(student, wanted)
            return "same"
        if found is None:
            self._write(target, files)
            self._note(student, wanted)
            return "new"
        if found != self._placed.get(student) and not force:
            # Nothing new came in since a person changed what we placed: then there is nothing to say either.
            return "same" if wanted == self._placed.get(student) else "kept"
        self._set_aside(student, target)
        self._write(target, files)
        self._note(student, wanted)
        return "renewed"

    def keep_earlier(self, student: str, files: dict[str, bytes], moment: datetime | None) -> None:
        """Keep an attempt that does not count, beside the downloads."""
        label = f"{moment:%Y-%m-%d %H.%M.%S}" if moment else _digest(files)[:12]
        target = self._downloads / EARLIER / student / label
        if digest_of(target) == _digest(files):
            return
        self._write(_free(target), files)

    def _set_aside(self, student: str, target: Path) -> None:
        aside = _free(self._downloads / EARLIER / student / f"vervangen {datetime.now():%Y-%m-%d %H.%M.%S}")
        aside.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(target, aside)

    def _write(self, target: Path, files: dict[str, bytes]) -> None:
        new = _new(target)
        new.mkdir(parents=True)
        for name, content in files.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(content)
        new.rename(target)

    def _existing_spelling(self, target: Path) -> Path:
        """Give the folder of the student who is there already under the same id in other capitals."""
        student = target.parent
        if self._spelled is None:
            self._spelled = {}
            with contextlib.suppress(OSError):
                self._spelled = {there.name.casefold(): there.name for there in sorted(student.parent.iterdir())}
        if student.exists():
            return target
        return student.with_name(self._spelled.setdefault(student.name.casefold(), student.name)) / target.name

    def _read_ledger(self) -> dict[str, str]:
        placed: dict[str, str] = {}
        with contextlib.suppress(OSError):
            for line in (self._downloads / LEDGER).read_text(encoding="utf-8", errors="replace").splitlines():
                # The last line may be half a line, after a kill.
                with contextlib.suppress(ValueError, KeyError, TypeError):
                    entry = json.loads(line)
                    placed[entry["student"]] = entry["digest"]
        return placed

    def _note(self, student: str, digest: str) -> None:
        if self._placed.get(student) == digest:
            return
        self._placed[student] = digest
        with (self._downloads / LEDGER).open("a", encoding="utf-8") as file:
            file.write("\n" + json.dumps({"student": student, "digest": digest}) + "\n")


def digest_of(folder: Path) -> str | None:
    """Give a digest of all that is in a folder, ``None`` if there is none; a link is never equal to anything."""
    if not os.path.lexists(folder):
        return None
    if folder.is_symlink() or not folder.is_dir():
        return "other"
    files = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            return "other"
        if path.is_file():
            files[name] = path.read_bytes()
    return _digest(files)


def _digest(files: dict[str, bytes]) -> str:
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(json.dumps([name, hashlib.sha256(files[name]).hexdigest()]).encode())
    return whole.hexdigest()


def _new(target: Path) -> Path:
    return target.with_name(f".{target.name}.nieuw")


def _free(path: Path) -> Path:
    number = 2
    candidate = path
    while os.path.lexists(candidate):
        candidate = path.with_name(f"{path.name} ({number})")
        number += 1
    return candidate
