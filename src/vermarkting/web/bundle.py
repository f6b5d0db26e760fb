"""What Python in the browser needs: this package without grading and JupyterLab, its content, and a few libraries."""

import io
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution, version
from pathlib import Path

import vermarkting
from vermarkting.content import folder

LIBRARIES = ("anywidget", "comm", "filelock", "ipywidgets", "psygnal", "traitlets", "typing_extensions")
ROOMS = ("answers", "cases", "explorables", "formats", "models", "text", "widgets")
ON_A_PAGE = (
    "__init__.py",
    "carrying.py",
    "no_ipython.py",
    "page_kernel.py",
    "pictures.py",
    "prose.py",
)  # of this folder
CONTENT = ("data", "lessons", "assignments")
_LECTURERS = {"teaching", "manuals"}  # of the data
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def build() -> bytes:
    """Give one zip, the same bytes for the same content, to be unpacked where Python looks for modules."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as zipped:
        for name, content in sorted(_files()):
            zipped.writestr(zipfile.ZipInfo(name, _EARLIEST), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _files() -> Iterator[tuple[str, bytes]]:
    for library in LIBRARIES:
        yield from _library(library)
    package = Path(vermarkting.__file__).parent
    yield from _tree(package, "vermarkting", package.glob("*.py"))
    for room in ROOMS:
        yield from _tree(package, "vermarkting", (package / room).rglob("*"))
    yield from _tree(package, "vermarkting", (package / "web" / name for name in ON_A_PAGE))
    for name in CONTENT:
        paths = (path for path in folder(name).rglob("*") if not _LECTURERS & set(path.relative_to(folder(name)).parts))
        yield from _tree(folder(name).parent, "vermarkting/_content", paths)
    release = version("vermarkting")
    told = f"Metadata-Version: 2.1\nName: vermarkting\nVersion: {release}\n"
    yield f"vermarkting-{release}.dist-info/METADATA", told.encode()


def _library(name: str) -> Iterator[tuple[str, bytes]]:
    """Only what Python itself reads: no front ends, and no code compiled for this computer."""
    for file in distribution(name).files or ():
        read = file.suffix in (".py", ".json") or file.name == "METADATA"
        if read and not {"..", "tests"} & set(file.parts):
            yield file.as_posix(), Path(file.locate()).read_bytes()


def _tree(start: Path, under: str, paths: Iterator[Path]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        name = path.relative_to(start).as_posix()
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
            yield f"{under}/{name}", path.read_bytes()
