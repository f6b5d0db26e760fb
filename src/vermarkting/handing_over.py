"""Putting a hand-in where the lecturer collects, on a school's server; it is named as in nbgrader's exchange.

Nobody else can look in that place, and what is put there belongs to the student's own account: that is how the
collector knows whose it is.
"""

import hashlib
import io
import json
import os
import secrets
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from vermarkting.files import write_whole
from vermarkting.handing_in import HandInError
from vermarkting.text import t

VARIABLE = "VERMARKTING_INBOUND"
RECEIPTS = ".ingeleverd.json"
FEEDBACK = "feedback.html"
TIMESTAMP = "timestamp.txt"
SECRET = "submission_secret.txt"


def inbound() -> Path | None:
    """Give the place where hand-ins go on this server, or ``None`` where there is none."""
    place = os.environ.get(VARIABLE)
    return Path(place) if place and os.name == "posix" else None


def hand_over(assignment: str, zipped: bytes, place: Path) -> datetime:
    """Put what is in the zip of ``handing_in.make`` in the folder ``place``; gives the moment.

    A receipt stays in the working folder, the notebook's: with it the feedback is found. Raises ``HandInError`` when it
    did not arrive; then nothing of it is there.
    """
    import pwd

    moment = datetime.now(UTC)
    stamp = f"{moment:%Y-%m-%d %H:%M:%S.%f} UTC"
    secret = secrets.token_hex(64)
    name = f"{pwd.getpwuid(os.getuid()).pw_name}+{assignment}+{stamp}+{secrets.token_urlsafe(9)}"
    # Under a name that no collector looks for, until it is whole.
    coming = place / f".{secrets.token_urlsafe(12)}"
    try:
        coming.mkdir(mode=0o700)
        with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
            files = {entry: archive.read(entry) for entry in archive.namelist()}
        files |= {TIMESTAMP: stamp.encode(), SECRET: secret.encode()}
        for entry, content in files.items():
            # The group is that of the course account (see vermarkting.hub.places).
            write_whole(coming / entry, content, permissions=0o640)
        receipts = [*secrets_of(Path()), secret]
        write_whole(Path(RECEIPTS), json.dumps(receipts).encode(), permissions=0o600)
        coming.chmod(0o750)
        coming.rename(place / name)
    except OSError as error:
        shutil.rmtree(coming, ignore_errors=True)
        raise HandInError(t("hand_in.not_handed_over")) from error
    return moment


def secrets_of(folder: Path) -> list[str]:
    """Give the secrets of what was handed in from this folder, the oldest first."""
    try:
        found = json.loads((folder / RECEIPTS).read_bytes())
    except (OSError, ValueError):
        return []
    return [secret for secret in found if isinstance(secret, str)] if isinstance(found, list) else []


def bring_feedback(assignments: Path, released: Path) -> list[Path]:
    """Put the feedback on the newest hand-in that has any beside its notebook; gives the pages that are new or changed.

    ``released`` is the exchange's folder for feedback, where a page's name follows from the secret of the hand-in.
    """
    brought = []
    for folder in sorted(path.parent for path in assignments.glob(f"*/{RECEIPTS}")):
        for secret in reversed(secrets_of(folder)):
            name = hashlib.md5((secret + folder.name).encode(), usedforsecurity=False).hexdigest()
            try:
                page = (released / f"{name}.html").read_bytes()
            except OSError:
                continue
            beside = folder / FEEDBACK
            if not beside.exists() or beside.read_bytes() != page:
                write_whole(beside, page)
                brought.append(beside)
            break
    return brought
