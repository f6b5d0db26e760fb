"""What a student handed in, read from a folder that nobody vouches for: nothing in it is run, followed or believed.

Out of the folder come only the answer sheet, the text of the answer cells and the moment of handing in. All the rest is
named in notices.
"""

import contextlib
import hashlib
import json
import os
import re
import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from vermarkting import answers as sheets
from vermarkting.answers import Answer, AnswerError
from vermarkting.grading.autograde.released import Released
from vermarkting.handing_in import zip_name
from vermarkting.text import t

TIMESTAMP = "timestamp.txt"
MAX_BYTES = 25_000_000
MAX_CONTAINERS = 1_000_000
MAX_CELLS = 5_000
MAX_TEXT = 100_000
MAX_FILES = 2_000
MAX_NAMED = 10

_CHECKPOINTS = ".ipynb_checkpoints"
_HARMLESS = {
    sheets.NAME,
    f"{sheets.NAME}.lock",
    f"{sheets.NAME}.tmp",
    TIMESTAMP,
    "submission_secret.txt",
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
}
_HARMLESS_FOLDERS = {_CHECKPOINTS, "__pycache__", "__MACOSX", ".virtual_documents"}
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_OTHER_FORMATS = (
    (b"PK", "word"),
    (b"%PDF", "word"),
    (b"{\\rtf", "word"),
    (b"\xd0\xcf\x11\xe0", "word"),
    (b"<", "html"),
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\ud800-\udfff]")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}[\w :.+/-]{0,60}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a lecturer should know: a Dutch sentence. With ``look`` the hand-in cannot be left to the machine."""

    key: str
    text: str
    look: bool = False


@dataclass(frozen=True, slots=True)
class HandIn:
    """What counts in a hand-in.

    ``answers`` holds those to the questions of this assignment; ``None`` means that they were lost, which is not the
    same as not given. ``prose`` has a text for each answer cell that was found, ``own`` the texts of cells that the
    student added. ``fingerprint`` changes with anything in the folder that can change the outcome.
    """

    answers: dict[str, Answer] | None
    prose: dict[str, str]
    own: tuple[str, ...]
    notices: tuple[Notice, ...]
    submitted_at: datetime | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A hand-in of which nothing can be graded; ``reason`` says why and what to do."""

    reason: Notice
    notices: tuple[Notice, ...]
    submitted_at: datetime | None
    fingerprint: str


class _Unusable(Exception):
    def __init__(self, key: str, **values: object):
        self.notice = _look(key, **values)


def read_handin(folder: Path, released: Released) -> HandIn | Refused:
    """Read the folder of one student for one assignment. Never raises for what is in it; takes no more than seconds."""
    found = _Folder(folder)
    marks = hashlib.sha256(released.digest.encode())
    marks.update(repr(found.entries).encode("utf-8", "surrogatepass"))
    submitted_at, notices = _submitted_at(folder, found, marks)
    if found.refused:
        return Refused(found.refused, tuple(notices), submitted_at, marks.hexdigest())

    place, name, chosen = _choose(found, released)
    notices += chosen
    sheet, sheet_lost = _sheet(folder, found, place, marks, notices)
    notebook = _notebook(folder, name, released, marks, notices)
    fingerprint = marks.hexdigest()
    notices += _other_files(found, released, name)
    if notebook is None and not sheet:
        lost = next(notice for notice in notices if notice.look)
        return Refused(lost, tuple(n for n in notices if n is not lost), submitted_at, fingerprint)

    carried, copy_lost = _carried(notebook, sheet, notices) if notebook else ({}, False)
    prose, own = _cells(notebook["cells"], released, notices) if notebook else ({}, ())
    answers = _ours(sheets.merge(sheet, carried), released)
    if not answers:
        wrote = own or any(_is_written(text, released, cell) for cell, text in prose.items())
        if notebook is not None and not (wrote or sheet or carried or sheet_lost or copy_lost):
            notices.append(_notice("empty"))
        else:
            answers = None
            if not (sheet_lost or copy_lost):
                notices.append(_look("other_sheet" if sheet or carried else "no_sheet", name=sheets.NAME))
    return HandIn(answers, prose, own, tuple(notices), submitted_at, fingerprint)


def moment(folder: str | Path) -> datetime | None:
    """Give the moment of handing in (naive, UTC) in a folder's ``timestamp.txt``; ``None`` if it cannot be read."""
    try:
        text = _bytes(Path(folder) / TIMESTAMP, 200).decode("ascii").strip()
        return parse_utc(text) if _MOMENT.fullmatch(text) else None
    except (_Unusable, FileNotFoundError, ValueError, OverflowError, TypeError, AttributeError):
        return None


class _Folder:
    """The files in a folder and below it, without following links; ``refused`` if it cannot be read at all."""

    def __init__(self, folder: Path):
        self.entries: list[tuple[str, str, int]] = []
        self.refused: Notice | None = None
        self.cut = False
        try:
            if not stat.S_ISDIR(folder.lstat().st_mode):
                self.refused = _look("folder_is_link" if folder.is_symlink() else "no_folder")
                return
            self._walk(folder, "", 0)
        except OSError:
            self.refused = _look("folder_unreadable")
        self.entries.sort()
        self.kinds = {name: kind for name, kind, _ in self.entries}

    def _walk(self, folder: Path, prefix: str, depth: int) -> None:
        with os.scandir(folder) as entries:
            for entry in entries:
                if len(self.entries) >= MAX_FILES:
                    self.cut = True
                    return
                name = prefix + entry.name
                status = entry.stat(follow_symlinks=False)
                kind = _kind(status.st_mode)
                self.entries.append((name, kind, status.st_size if kind == "file" else 0))
                if kind == "folder" and depth < 5:
                    with contextlib.suppress(OSError):
                        self._walk(folder / entry.name, f"{name}/", depth + 1)

    def notebooks(self, deep: bool) -> list[str]:
        """Give what is called a notebook, at the top or below it, save what Jupyter kept as a reserve."""
        return [
            name
            for name, _, _ in self.entries
            if name.casefold().endswith(".ipynb")
            and ("/" in name) == deep
            and not _HARMLESS_FOLDERS & set(name.split("/")[:-1])
            and not name.rpartition("/")[2].startswith("._")
        ]


def _choose(found: _Folder, released: Released) -> tuple[str, str | None, list[Notice]]:
    """Give the folder inside the hand-in, the notebook to read and what is to be said about that choice."""
    exact = f"{released.name}.ipynb"
    candidates = found.notebooks(deep=False) or found.notebooks(deep=True)
    alike = [name for name in candidates if _stem(name).startswith(released.name.casefold())]
    if exact in candidates:
        others = [name for name in alike if name != exact]
        notices = [_look("second_notebook", used=exact, other=shown(others[0]))] if others else []
        return "", exact, notices
    usable = alike or candidates
    if not usable:
        only_reserve = any(name.startswith(f"{_CHECKPOINTS}/") for name in found.kinds)
        return "", None, [_look("only_reserve" if only_reserve else "no_notebook", name=exact)]
    if len(usable) > 1:
        return "", None, [_look("which_notebook", first=shown(usable[0]), second=shown(usable[1]), name=exact)]
    (name,) = usable
    return name.rpartition("/")[0], name, [_notice("other_name", used=shown(name), name=exact)]


def _stem(name: str) -> str:
    return name.rpartition("/")[2].casefold()


def _sheet(folder: Path, found: _Folder, place: str, marks, notices: list[Notice]) -> tuple[dict[str, Answer], bool]:
    """Give the answers of the sheet beside the notebook, and whether there was a sheet that could not be read."""
    name = next((n for n in (f"{place}/{sheets.NAME}", sheets.NAME) if n.lstrip("/") in found.kinds), None)
    if name is None:
        return {}, False
    try:
        data = _bytes(folder / name.lstrip("/"), sheets.MAX_BYTES)
        marks.update(data)
        return sheets.parse(data), False
    except (_Unusable, FileNotFoundError):
        notices.append(_look("sheet_lost", name=sheets.NAME, reason=t("answers.unreadable")))
    except AnswerError as error:
        notices.append(_look("sheet_lost", name=sheets.NAME, reason=str(error)))
    return {}, True


def _notebook(folder: Path, name: str | None, released: Released, marks, notices: list[Notice]) -> dict | None:
    """Give the notebook, ``None`` if it cannot be used; a notice then says why."""
    if name is None:
        return None
    try:
        data = _bytes(folder / name, MAX_BYTES)
        marks.update(data)
        notebook = _parsed(data)
        _check_is_ours(notebook, released)
    except FileNotFoundError:
        notices.append(_look("unreadable", name=shown(name)))
    except _Unusable as reason:
        notices.append(reason.notice)
    else:
        return notebook
    return None


def _carried(notebook: dict, sheet: dict[str, Answer], notices: list[Notice]) -> tuple[dict[str, Answer], bool]:
    """Give the answers that travel in the notebook, and whether those were lost while there is no sheet either."""
    ours = notebook["metadata"].get("vermarkting")
    if sheet and isinstance(ours, dict) and ours.get("answers") == _document(sheet):
        return {}, False
    try:
        return sheets.from_notebook(notebook), False
    except AnswerError as error:
        notices.append(Notice("copy_lost", t("grading.notice.copy_lost", reason=str(error)), look=not sheet))
        return {}, not sheet


def _document(sheet: dict[str, Answer]) -> dict:
    """Give the sheet as it stands in a notebook. Most copies are equal to it, and then need no second check."""
    return {"schema": sheets.SCHEMA, "answers": {key: sheets.entry_of(answer) for key, answer in sheet.items()}}


def _bytes(path: Path, limit: int) -> bytes:
    """Read a plain file; never follows a link, waits on a pipe or reads on past the limit."""
    name = shown(path.name)
    try:
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | _BINARY)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _Unusable("link" if path.is_symlink() else "unreadable", name=name) from error
    try:
        status = os.fstat(number)
        if not stat.S_ISREG(status.st_mode) or (_NO_NOFOLLOW and path.is_symlink()):
            raise _Unusable("no_file", name=name)
        if status.st_size > limit:
            raise _Unusable("too_big", name=name, size=_megabytes(status.st_size), limit=_megabytes(limit))
        with open(number, "rb", closefd=False) as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise _Unusable("unreadable", name=name) from error
    finally:
        os.close(number)
    if len(data) > limit:
        raise _Unusable("too_big", name=name, size=_megabytes(len(data)), limit=_megabytes(limit))
    return data


_BINARY = getattr(os, "O_BINARY", 0)
_NO_NOFOLLOW = not hasattr(os, "O_NOFOLLOW")


def _parsed(data: bytes) -> dict:
    if not data.strip():
        raise _Unusable("empty_file")
    for mark, key in _OTHER_FORMATS:
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(mark):
            raise _Unusable(key)
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8-sig")
    if data.count(b"[") + data.count(b"{") > MAX_CONTAINERS:
        raise _Unusable("too_complex")
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        raise _Unusable("encoding") from error
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _Unusable("conflict" if re.search("^<{7} ", text, re.MULTILINE) else "damaged") from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("metadata"), dict):
        raise _Unusable("not_a_notebook")
    if type(notebook.get("nbformat")) is not int or notebook["nbformat"] != 4:
        raise _Unusable("other_version")
    if not isinstance(notebook.get("cells"), list):
        raise _Unusable("not_a_notebook")
    if len(notebook["cells"]) > MAX_CELLS:
        raise _Unusable("too_complex")
    return notebook


def _check_is_ours(notebook: dict, released: Released) -> None:
    ours = notebook["metadata"].get("vermarkting")
    lesson = ours.get("id") if isinstance(ours, dict) else None
    if isinstance(lesson, str) and lesson != released.lesson:
        raise _Unusable("other_assignment", found=shown(lesson), assignment=released.assignment)


def _cells(cells: list, released: Released, notices: list[Notice]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Give the text of each answer cell that is there, and the texts of cells that the student added."""
    given: dict[str, list[str]] = {}
    own: list[str] = []
    seen: set[str] = set()
    changed: list[str] = []
    code = cut = pictures = relabelled = 0
    for cell in cells:
        if not isinstance(cell, dict):
            continue
        text, was_cut = _source(cell)
        cut += was_cut
        key, tampered = _key(cell, released)
        relabelled += tampered
        if key in released.graded and released.graded[key].is_prose:
            seen.add(key)
            if text is not None:
                given.setdefault(key, []).append(clean(text))
                pictures += bool(cell.get("attachments"))
        elif key is not None and key not in seen:
            seen.add(key)
            if text != released.by_key[key]["source"]:
                changed.append(key)
        elif text and text.strip() and text.strip() not in released.texts:
            if cell.get("cell_type") == "code":
                code += 1
            else:
                own.append(clean(text))
    prose = {}
    for key, texts in given.items():
        prose[key], joined = _joined(texts, released.graded[key].placeholder)
        if joined:
            notices.append(_look("answer_twice", cell=key))
    missing = [key for key, cell in released.graded.items() if cell.is_prose and key not in prose]
    notices += [_look("answer_missing", cell=key) for key in missing]
    for key, count in (("own_code", code), ("own_text", len(own)), ("relabelled", relabelled), ("pictures", pictures)):
        if count:
            notices.append(_notice(key, count=count))
    if changed:
        notices.append(_notice("changed", count=len(changed), first=changed[0]))
    if cut:
        notices.append(_look("text_cut", limit=MAX_TEXT))
    return prose, tuple(dict.fromkeys(own))


def _source(cell: dict) -> tuple[str | None, bool]:
    """Give the text of a cell, and whether it was so long that a part was left out."""
    source = cell.get("source")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return None, False
    return source[:MAX_TEXT], len(source) > MAX_TEXT


def _key(cell: dict, released: Released) -> tuple[str | None, bool]:
    """Give the released cell that this one is, and whether its nbgrader metadata are not those of the release."""
    metadata = cell.get("metadata")
    entry = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    cell_id = cell.get("id")
    known_id = cell_id if isinstance(cell_id, str) and cell_id in released.by_key else None
    grade_id = entry.get("grade_id") if isinstance(entry, dict) else None
    if isinstance(grade_id, str) and grade_id in released.graded:
        return grade_id, entry != released.by_key[grade_id]["metadata"]["nbgrader"]
    return known_id, grade_id is not None or known_id in released.graded


def _joined(texts: list[str], placeholder: str) -> tuple[str, bool]:
    """Give one text for an answer cell that may stand there more than once, and whether texts were put together."""
    written = [text for text in dict.fromkeys(texts) if text.strip() and text.strip() != placeholder.strip()]
    return "\n\n---\n\n".join(written) if written else texts[0], len(written) > 1


def _is_written(text: str, released: Released, grade_id: str) -> bool:
    return bool(text.strip()) and text.strip() != released.graded[grade_id].placeholder.strip()


def _ours(answers: dict[str, Answer], released: Released) -> dict[str, Answer]:
    return {key: answer for key, answer in answers.items() if key.partition(".")[0] == released.lesson}


def _submitted_at(folder: Path, found: _Folder, marks) -> tuple[datetime | None, list[Notice]]:
    if found.refused or TIMESTAMP not in found.kinds:
        return None, []
    at = moment(folder)
    marks.update(repr(at).encode())
    if at is None:
        return None, [_notice("bad_moment", name=TIMESTAMP)]
    return at, []


def _other_files(found: _Folder, released: Released, used: str | None) -> list[Notice]:
    """Name what else is in the folder, up to a limit."""
    others = []
    for name, kind, _ in found.entries:
        parts = name.split("/")
        if kind == "folder" or name == used or name in released.files or _HARMLESS_FOLDERS & set(parts):
            continue
        harmless = parts[-1] in _HARMLESS or parts[-1] == zip_name(released.assignment) or parts[-1].startswith("._")
        if harmless and kind == "file":
            continue
        others.append(name)
    if not others:
        return []
    names = ", ".join(shown(name) for name in others[:MAX_NAMED])
    key = "other_files_cut" if len(others) > MAX_NAMED or found.cut else "other_files"
    return [_notice(key, names=names, more=len(others) - MAX_NAMED)]


def clean(text: str) -> str:
    """Make text fit for UTF-8 and for a page: characters that steer or stand for half a character become a mark."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


def shown(name: str) -> str:
    """Give a name from a hand-in as it can stand in a sentence: on one line and not too long."""
    name = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in name)
    return name if len(name) <= 60 else f"{name[:40]}…{name[-15:]}"


def _kind(mode: int) -> str:
    if stat.S_ISREG(mode):
        return "file"
    if stat.S_ISDIR(mode):
        return "folder"
    return "link" if stat.S_ISLNK(mode) else "other"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f}" if size >= 1e6 else f"{size / 1e6:.1f}".replace(".", ",")


def _notice(key: str, **values: object) -> Notice:
    return Notice(key, t(f"grading.notice.{key}", **values))


def _look(key: str, **values: object) -> Notice:
    return Notice(key, t(f"grading.notice.{key}", **values), look=True)
