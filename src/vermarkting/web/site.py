"""The site: every page, what the pages share, and a list of it all with sizes."""

import hashlib
import json
import multiprocessing
import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from vermarkting import data, front_end
from vermarkting.live import panel
from vermarkting.text import sentences, t
from vermarkting.web import bundle, npm, search_index
from vermarkting.web.entries import ARGUMENTS, TERMS, Entry, all_entries
from vermarkting.web.notebook_page import NotebookPage, Section, read

MANIFEST = "site.json"
_IN_PAGE = ("life_waking", "life_alive", "life_again", "life_cannot", "life_private", "not_stored", "picture_add",
            "picture_busy", "picture_there", "picture_alt", "picture_none")  # fmt: skip


class AddressError(ValueError):
    """What is no address of a website; ``str()`` is one Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Built:
    """A site that was just written: how many files, and bytes in all."""

    count: int
    size: int


@dataclass(frozen=True, slots=True)
class _Server:
    """Where the site will be: its own address, and where one logs out there. Both may be empty."""

    address: str
    home: str


def build(folder: Path, conversation: str = "", address: str = "", home: str = "") -> Built:
    """Write the site into a folder, in place of an earlier one. The same content gives the same bytes.

    conversation: the address of the service for conversations in class, whole or as a path on the site's own server;
    without it nothing of that is in the site.
    address: where the site will be, such as ``"https://school.be/module/"``. Other programs only show the picture of a
    link when the page gives its whole address; without one, pages have no such picture.
    home: where on that server readers log out, when they have to log in.

    Raises ``AddressError``, ``npm.FetchError``, and ``OSError`` where the folder cannot be written to.
    """
    server = _Server(_public(address), home)
    site = dict(_shared())
    rows = data.rows("pages")
    pages = list(_pages([row["path"] for row in rows]))
    for row, page in zip(rows, pages, strict=True):
        site[_address(row)] = _render(row, page, site, conversation, server).encode()
    entries = all_entries()
    site.update(_render_entries(entries, site, server))
    told = [(_address(row), row["title"], page) for row, page in zip(rows, pages, strict=True)]
    site["zoek.json"] = search_index.build(told, entries)
    site["index.html"] = _render_index(rows, site, server).encode()
    site["site.webmanifest"] = _web_manifest(site)
    site["sw.js"] = _service_worker(site)
    site[MANIFEST] = _manifest(site)
    _write(folder, site)
    return Built(len(site), sum(map(len, site.values())))


def _pages(paths: list[str]) -> Iterator[NotebookPage]:
    """Each notebook's cells run in a fresh process, as a student's kernel is."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(mp_context=fresh, max_tasks_per_child=1) as pool:
        yield from pool.map(read, paths)


def _shared() -> Iterator[tuple[str, bytes]]:
    """What all pages use, in a folder named for what is in it: a page and its parts always fit each other."""
    own = {file.name: file.read_bytes() for file in files(__package__).joinpath("static").iterdir()}
    service_worker = own.pop("sw.js")
    own |= {name: panel.read(name) for name in panel.FILES}
    own["parts.js"] = front_end.script()
    own["parts.css"] = front_end.styles().encode()
    own["module.zip"] = bundle.build()
    [own["plotly.js"]] = npm.PLOTLY.read().values()
    digest = hashlib.sha256(b"".join(name.encode() + own[name] for name in sorted(own)) + service_worker).hexdigest()
    for name in sorted(own):
        yield f"deel-{digest[:10]}/{name}", own[name]
    for name, content in npm.PYODIDE.read().items():
        if name == "pyodide-lock.json":  # its packages are not here, and nothing may look for them elsewhere
            content = json.dumps({**json.loads(content), "packages": {}}).encode()
        yield f"pyodide-{npm.PYODIDE.version}/{name}", content


def _folder_of(name: str, site: dict[str, bytes]) -> str:
    return next(path.rpartition("/")[0] for path in site if path.endswith(f"/{name}"))


def _address(row: dict) -> str:
    return str(PurePosixPath(row["path"]).with_suffix(".html"))


@dataclass(frozen=True, slots=True)
class _Link:
    title: str
    address: str


def _public(address: str) -> str:
    """Give an address as one that paths can follow."""
    parts = urlsplit(address)
    if address and not (parts.scheme in ("http", "https") and parts.netloc and not parts.query and not parts.fragment):
        raise AddressError(t("web.no_address"))
    return f"{address.removesuffix('/')}/" if address else ""


def _html(template: str, path: str, site: dict[str, bytes], server: _Server, **words: object) -> str:
    """Fill in a template for the page at a path of the site."""
    root, parts = "../" * path.count("/"), _folder_of("host.js", site)
    around = {"root": root, "parts": f"{root}{parts}", "reached": "", "home": server.home}
    if server.address:
        around |= {"address": f"{server.address}{path}", "preview": f"{server.address}{parts}/icon-512.png"}
    return _environment().get_template(template).render(**{**around, **words})


def _render(row: dict, page: NotebookPage, site: dict[str, bytes], conversation: str, server: _Server) -> str:
    root = "../" * (len(PurePosixPath(row["path"]).parts) - 1)
    rows = data.rows("pages")
    at = [one["id"] for one in rows].index(row["id"])
    cells = [
        {"id": section.id, "source": section.source, "root": section.root, "messages": section.messages}
        for section in page.sections
        if section.source
    ]
    in_page = {
        "path": row["path"],
        "root": root,
        "pyodide": f"{_folder_of('pyodide.mjs', site)}/",
        "labels": {name: sentences("web")[name] for name in _IN_PAGE},
        "cells": cells,
    }
    if conversation:
        in_page["conversation"] = {"service": conversation, "words": panel.words()}
    return _html(
        "page.html",
        _address(row),
        site,
        server,
        row=row,
        page=page,
        state=_in_html(in_page),
        conversation=panel.words()["title"] if conversation else "",
        reached=_reached(conversation),
        before=_link(rows[at - 1], root) if at else None,
        after=_link(rows[at + 1], root) if at + 1 < len(rows) else None,
    )


def _render_index(rows: list[dict], site: dict[str, bytes], server: _Server) -> str:
    kinds = {
        kind: [_link(row, "") for row in rows if row["kind"] == kind] for kind in ("lesson", "assignment", "reference")
    }
    labels = {name: sentences("web")[name] for name in ("import_busy", "import_done", "import_wrong")}
    state = {"root": "./", "pyodide": f"{_folder_of('pyodide.mjs', site)}/", "labels": labels}
    megabytes = round(sum(map(len, site.values())) / 1e6)
    return _html("index.html", "index.html", site, server, kinds=kinds, state=_in_html(state), megabytes=megabytes)


def _render_entries(entries: list[Entry], site: dict[str, bytes], server: _Server) -> Iterator[tuple[str, bytes]]:
    """A page for each argument and each term, and one that lists them."""
    release = version("vermarkting")
    for entry in entries:
        yield entry.address, _html("entry.html", entry.address, site, server, entry=entry, release=release).encode()
    words = sentences("web")
    for folder, name in ((ARGUMENTS, "all_arguments"), (TERMS, "all_terms")):
        mine = [entry for entry in entries if entry.folder == folder]
        listed = {"title": words[name], "about": words[f"{name}_about"], "entries": mine}
        path = f"{folder}/index.html"
        yield path, _html("entries.html", path, site, server, **listed).encode()


def _link(row: dict, root: str) -> _Link:
    return _Link(row["title"], f"{root}{_address(row)}")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(text=sentences("web"), runs=_runs)
    return environment


def _reached(conversation: str) -> str:
    """Give what a page's policy must let through to reach a service on another server."""
    parts = urlsplit(conversation)
    if not parts.netloc:
        return ""
    return f" {parts.scheme}://{parts.netloc} {parts.scheme.replace('http', 'ws', 1)}://{parts.netloc}"


def _runs(section: Section) -> bool:
    return bool(section.source)


def _in_html(value: object) -> str:
    """JSON that can stand in a script element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _web_manifest(site: dict[str, bytes]) -> bytes:
    words = sentences("web")
    parts = _folder_of("icon.svg", site)
    drawn = {"src": f"{parts}/icon.svg", "sizes": "any", "type": "image/svg+xml"}
    whole = [{"src": f"{parts}/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)]
    masked = {**whole[1], "purpose": "maskable"}
    told = {
        "name": words["site"],
        "short_name": words["short"],
        "description": words["about"],
        "lang": "nl-BE",
        "start_url": "index.html",
        "display": "standalone",
        "theme_color": "#0b4f8a",
        "background_color": "#ffffff",
        "icons": [drawn, *whole, masked],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def _service_worker(site: dict[str, bytes]) -> bytes:
    code = files(__package__).joinpath("static", "sw.js").read_text(encoding="utf-8")
    listed = {path: len(content) for path, content in sorted(site.items())}
    release = hashlib.sha256(b"".join(path.encode() + site[path] for path in sorted(site))).hexdigest()[:10]
    return f"const VERSION = {release!r};\nconst FILES = {json.dumps(listed)};\n{code}".encode()


def _manifest(site: dict[str, bytes]) -> bytes:
    listed = {
        path: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for path, content in sorted(site.items())
    }
    return json.dumps({"files": listed, "bytes": sum(map(len, site.values()))}, indent=1).encode() + b"\n"


def _write(folder: Path, site: dict[str, bytes]) -> None:
    """Pages last, so that a page that is found has all it needs; then what is no longer used goes."""
    folder.mkdir(parents=True, exist_ok=True)
    earlier = folder / MANIFEST
    known = set(json.loads(earlier.read_text(encoding="utf-8"))["files"]) if earlier.is_file() else set()
    for path in sorted(site, key=lambda name: (name.endswith(".html"), name)):
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(site[path])
    for path in known - set(site):
        (folder / path).unlink(missing_ok=True)
        if not any((folder / path).parent.iterdir()):
            shutil.rmtree((folder / path).parent)
