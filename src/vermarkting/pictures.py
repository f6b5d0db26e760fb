"""Pictures of one's own in prose: in a file beside the texts, and in the notebook as JupyterLab has them.

The browser makes a picture small before it comes here; what comes in a file from elsewhere is believed only after the
same checks.
"""

import contextlib
import hashlib
import json
import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64

from vermarkting.text import t

NAME = "beelden.json"
MOST_BYTES = 700_000  # of one picture
MOST = 8  # of one text
MAX_BYTES = 12_000_000
_KINDS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

Pictures = dict[str, dict[str, bytes]]  # by answer cell, by name


class PictureError(ValueError):
    """What is no picture, or one too many; ``str()`` is one Dutch sentence."""


def add(pictures: Pictures, grade_id: str, content: bytes) -> tuple[Pictures, str]:
    """Give the pictures with one more, and its name, which follows from what is in it. Raises ``PictureError``."""
    name = _name(content)
    mine = {**pictures.get(grade_id, {}), name: content}
    if len(mine) > MOST:
        raise PictureError(t("carrying.picture_many", most=MOST))
    return {**pictures, grade_id: mine}, name


def merge(one: Pictures, other: Pictures) -> Pictures:
    """Give the pictures of both; where that is too many, those of ``one`` stay."""
    merged = {grade_id: dict(mine) for grade_id, mine in one.items()}
    for grade_id, theirs in other.items():
        mine = merged.setdefault(grade_id, {})
        mine.update([row for row in theirs.items() if row[0] not in mine][: MOST - len(mine)])
    return merged


def parse(text: str) -> Pictures:
    """Read a file that anybody may have made. Raises ``PictureError`` unless all of it is in order."""
    try:
        if len(text) > MAX_BYTES:
            raise ValueError(NAME)
        pictures = {
            grade_id: {name: b64decode(content, validate=True) for name, content in mine.items()}
            for grade_id, mine in json.loads(text)["pictures"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, NotBase64) as error:
        raise PictureError(t("carrying.picture_none")) from error
    for grade_id, mine in pictures.items():
        if not _ID.fullmatch(grade_id) or len(mine) > MOST or any(name != _name(mine[name]) for name in mine):
            raise PictureError(t("carrying.picture_none"))
    return pictures


def dump(pictures: Pictures) -> str:
    """Write pictures as the file has them."""
    told = {
        grade_id: {name: b64encode(mine[name]).decode() for name in sorted(mine)} for grade_id, mine in pictures.items()
    }
    return json.dumps({"schema": 1, "pictures": told}, sort_keys=True)


def attachments(mine: dict[str, bytes], words: str) -> dict:
    """Give the pictures that a text names, as a notebook cell carries them."""
    return {
        name: {f"image/{_kind(content)}": b64encode(content).decode()}
        for name, content in sorted(mine.items())
        if f"attachment:{name}" in words
    }


def of_cell(cell: dict) -> dict[str, bytes]:
    """Give the pictures that a notebook cell carries and that fit here, by the names they have in it."""
    found: dict[str, bytes] = {}
    for name, kinds in cell.get("attachments", {}).items():
        for content in kinds.values():
            with contextlib.suppress(ValueError, TypeError):  # a picture of another kind, or too big, stays behind
                picture = b64decode(content, validate=True)
                _kind(picture)
                found[name] = picture
    return found


def shown(mine: dict[str, bytes]) -> dict[str, str]:
    """Give each picture as an address that a page can show."""
    return {name: f"data:image/{_kind(content)};base64,{b64encode(content).decode()}" for name, content in mine.items()}


def _name(content: bytes) -> str:
    return f"beeld-{hashlib.sha256(content).hexdigest()[:8]}.{_kind(content)}"


def _kind(content: bytes) -> str:
    found = next((kind for start, kind in _KINDS.items() if content.startswith(start)), None)
    if found is None or len(content) > MOST_BYTES:
        raise PictureError(t("carrying.picture_none"))
    return found
