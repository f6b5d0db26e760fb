"""Reading zips that nobody vouches for: into memory, within limits, without following or running anything in them."""

import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from vermarkting.text import t

MAX_FILE = 60_000_000
MAX_TOTAL = 120_000_000
MAX_FILES = 500
MAX_DEPTH = 2
MAX_MEMBERS = 50_000
MAX_RATIO = 200

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    KeyError,
)
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.I)
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_JUNK_FOLDERS = {"__macosx"}
_JUNK = {".ds_store", "thumbs.db", "desktop.ini"}


class Refused(ValueError):
    """A file or archive that is not taken; ``str()`` is one Dutch sentence."""

    def __init__(self, key: str, **values: object):
        super().__init__(t(f"collect.refused.{key}", **values))


class Budget:
    """What one hand-in may still take in bytes and in files, whatever is nested in it."""

    def __init__(self) -> None:
        self.bytes = MAX_TOTAL
        self.files = MAX_FILES

    def spend(self, size: int) -> None:
        self.bytes -= size
        self.files -= 1
        if self.bytes < 0:
            raise Refused("bomb", limit=MAX_TOTAL // 1_000_000)
        if self.files < 0:
            raise Refused("too_many", limit=MAX_FILES)


def opened(file: Path | BytesIO, most: int = MAX_MEMBERS) -> zipfile.ZipFile:
    """Open a zip without reading its files. Raises ``Refused``."""
    try:
        archive = zipfile.ZipFile(file)
    except _DAMAGE as error:
        raise Refused("damaged") from error
    if len(archive.infolist()) > most:
        archive.close()
        raise Refused("too_many", limit=most)
    return archive


def members(archive: zipfile.ZipFile) -> list[tuple[str, zipfile.ZipInfo]]:
    """Give the files in a downloaded zip with their path, parted by ``/``; leave out what systems leave behind."""
    infos = [(info.filename.replace("\\", "/"), info) for info in archive.infolist() if not info.is_dir()]
    return [(name, info) for name, info in infos if not is_junk(name.split("/"))]


def member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int = MAX_FILE) -> bytes:
    """Read one file of a zip. Raises ``Refused``."""
    _check(info)
    try:
        with archive.open(info) as file:
            data = file.read(limit + 1)
            if len(data) <= limit and file.read(1):
                raise Refused("damaged")
    except Refused:
        raise
    except _DAMAGE as error:
        raise Refused("damaged") from error
    if len(data) > limit:
        raise Refused("too_big", limit=limit // 1_000_000)
    return data


def unpack(data: bytes, budget: Budget, depth: int = 1) -> tuple[dict[str, bytes], list[tuple[str, str]]]:
    """Give the files of a student's zip by their safe path, and what was left out as pairs of a name and a sentence.

    Raises ``Refused`` when the zip as a whole is not taken.
    """
    if data.count(b"PK\x01\x02") > 4 * MAX_FILES:
        raise Refused("too_many", limit=MAX_FILES)
    files: dict[str, bytes] = {}
    left_out: list[tuple[str, str]] = []
    with opened(BytesIO(data), 4 * MAX_FILES) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        for info in infos:
            parts = _parts(info.filename)
            if is_junk(parts):
                continue
            if _is_link(info):
                left_out.append((parts[-1], str(Refused("link"))))
                continue
            _check_ratio(info)
            content = member(archive, info, min(MAX_FILE, budget.bytes))
            budget.spend(len(content))
            if parts[-1].casefold().endswith(".zip"):
                if depth >= MAX_DEPTH:
                    left_out.append((parts[-1], str(Refused("nested", depth=MAX_DEPTH))))
                else:
                    inner, inner_left = unpack(content, budget, depth + 1)
                    left_out += inner_left
                    for name, inner_content in inner.items():
                        add(files, "/".join([*parts[:-1], name]), inner_content)
                continue
            add(files, "/".join(parts), content)
    return without_common_folder(files), left_out


def add(files: dict[str, bytes], path: str, content: bytes) -> str:
    """Put a file under its safe path, or beside a file that has it: nothing takes the place of something else."""
    safe = "/".join(safe_name(part) for part in path.split("/"))
    taken = {name.casefold() for name in files}
    stem, dot, extension = safe.rpartition(".")
    number = 2
    while safe.casefold() in taken or any(name.startswith(f"{safe.casefold()}/") for name in taken):
        safe = f"{stem} ({number}){dot}{extension}" if stem else f"{extension} ({number})"
        number += 1
    files[safe] = content
    return safe


def without_common_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    """Take away the folder that holds everything, as when a student zips a folder."""
    tops = {name.partition("/")[0] for name in files}
    if len(tops) == 1 and all("/" in name for name in files) and not next(iter(tops)).startswith("."):
        return without_common_folder({name.partition("/")[2]: content for name, content in files.items()})
    return files


def _check(info: zipfile.ZipInfo) -> None:
    if _is_link(info):
        raise Refused("link")
    if info.flag_bits & 0x1:
        raise Refused("encrypted")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("damaged")


def _is_link(info: zipfile.ZipInfo) -> bool:
    """Say whether an entry is anything but a plain file."""
    return info.create_system == 3 and stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG)


def _check_ratio(info: zipfile.ZipInfo) -> None:
    if info.file_size > 1_000_000 and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        raise Refused("bomb", limit=MAX_TOTAL // 1_000_000)


def _parts(name: str) -> list[str]:
    """Give the folders and the name of a file in a zip. Raises ``Refused`` for a path that leads out of it."""
    name = name.replace("\\", "/")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if name.startswith("/") or ".." in (part.strip() for part in parts) or re.match(r"[A-Za-z]:", name) or not parts:
        raise Refused("traversal")
    if len(parts) > 20:
        raise Refused("too_many", limit=20)
    return parts


def is_junk(parts: list[str]) -> bool:
    """Say whether a path is one that macOS or Windows leaves behind."""
    last = parts[-1].casefold()
    return bool(_JUNK_FOLDERS & {part.casefold() for part in parts[:-1]}) or last in _JUNK or last.startswith("._")


def safe_name(part: str) -> str:
    """Give a name that every file system takes as it stands, and that a person can read."""
    part = unicodedata.normalize("NFC", part)
    part = "".join(sign if unicodedata.category(sign)[0] not in "CZ" or sign == " " else "_" for sign in part)
    part = _FORBIDDEN.sub("_", part).strip(" ").rstrip(".")
    if _RESERVED.match(part):
        part = f"_{part}"
    if len(part.encode()) > 120:
        stem, dot, extension = part.rpartition(".")
        extension = f"{dot}{extension}"[:12] if stem else ""
        part = (stem or part).encode()[: 120 - len(extension.encode())].decode(errors="ignore").rstrip(" .") + extension
    return part or "_"
