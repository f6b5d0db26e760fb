"""Copies the lessons and assignments to the student's own folder, without ever losing what the student wrote.

The rule, for each file the module holds:

- not in the folder yet: it is copied;
- delivered before and not changed by the student since: a newer version replaces it;
- changed by the student, or there before we were: it stays, and a newer version is put beside it under another name.

A notebook counts as changed when the text of a cell did, or when a cell came or went. Outputs, counts and metadata do
not count: JupyterLab writes those by itself. What was delivered is noted in ``.vermarkting/geleverd.json``.
"""

import contextlib
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from vermarkting.answers import NAME as ANSWER_SHEET
from vermarkting.content import folder
from vermarkting.files import write_whole
from vermarkting.text import t

PARTS = ("lessons", "assignments")
HIDDEN = ".vermarkting"


def deliver(target: Path) -> list[str]:
    """Bring the folder ``target`` up to date; gives the new versions put beside a student's changed file.

    Raises ``OSError`` when the folder cannot be made or written.
    """
    (target / HIDDEN).mkdir(parents=True, exist_ok=True)
    note = target / HIDDEN / "geleverd.json"
    delivered = _read_note(note)
    # The note is written first and last: a folder that cannot be written is noticed before anything else happens.
    write_whole(note, _as_json({"files": delivered}))
    beside = []
    for name, packaged in _packaged_files():
        placed = _deliver_file(target, name, packaged.read_bytes(), delivered)
        if placed and placed != name:
            beside.append(placed)
    write_whole(note, _as_json({"files": delivered}))
    return beside


def fingerprint(content: bytes) -> str:
    """What the student can change in a file, in short: the cells' texts of a notebook, every byte of another file."""
    with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
        cells = [[cell["cell_type"], "".join(cell["source"])] for cell in json.loads(content)["cells"]]
        content = json.dumps(cells).encode()
    return hashlib.sha256(content).hexdigest()


def _deliver_file(target: Path, name: str, new: bytes, delivered: dict[str, dict]) -> str | None:
    """Deliver one file; gives the name it was put under, or ``None`` when there was nothing to do."""
    version = hashlib.sha256(new).hexdigest()
    path = target / name
    known = delivered.get(name)
    if not path.exists():
        placed = name
    elif known and known["version"] == version:
        return None
    elif fingerprint(path.read_bytes()) in (known["text"] if known else None, fingerprint(new)):
        placed, new = name, _with_answers_of(path.read_bytes(), new)
    else:
        delivered[name] = {"version": version, "text": known["text"] if known else ""}
        placed = _name_beside(target, name, delivered)
    delivered[placed] = {"version": version, "text": fingerprint(new)}
    (target / placed).parent.mkdir(parents=True, exist_ok=True)
    write_whole(target / placed, new)
    return placed


def _name_beside(target: Path, name: str, delivered: dict[str, dict]) -> str:
    """A free name for a newer version, or that of an earlier newer version in which nothing was changed."""
    path = Path(name)
    for number in range(1, 1000):
        label = t("cli.newer_version") if number == 1 else t("cli.newer_version_number", number=number)
        beside = path.with_name(f"{path.stem} ({label}){path.suffix}").as_posix()
        present = target / beside
        known = delivered.get(beside)
        if not present.exists() or (known and fingerprint(present.read_bytes()) == known["text"]):
            return beside
    raise FileExistsError(name)


def _with_answers_of(old: bytes, new: bytes) -> bytes:
    """The new version of a notebook with the answers that the old one carried (see ``answers.embed``)."""
    try:
        answers = json.loads(old)["metadata"]["vermarkting"]["answers"]
        notebook = json.loads(new)
        notebook["metadata"]["vermarkting"]["answers"] = answers
    except (ValueError, KeyError, TypeError):
        return new
    return _as_json(notebook)


def _packaged_files() -> Iterator[tuple[str, Path]]:
    for part in PARTS:
        root = folder(part)
        for path in sorted(root.rglob("*")):
            name = path.relative_to(root)
            if path.is_file() and path.name != ANSWER_SHEET and not any(bit.startswith(".") for bit in name.parts):
                yield f"{part}/{name.as_posix()}", path


def _read_note(note: Path) -> dict[str, dict]:
    """What was delivered before; after a damaged note every file that differs counts as changed by the student."""
    try:
        files = json.loads(note.read_bytes())["files"]
        return {name: {"version": entry["version"], "text": entry["text"]} for name, entry in files.items()}
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _as_json(content: dict) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
