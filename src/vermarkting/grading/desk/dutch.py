"""Formgrader's lists in Dutch: nbgrader has its words in its pages and scripts, and no setting for another language.

Its own files are read, and its words are replaced on the way out; ``text/nl/formgrader.toml`` says which by what.
"""

import json
import re
from functools import cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from nbgrader.server_extensions.formgrader import handlers
from tornado import web

from vermarkting.text import sentences, t

_OURS = Path(__file__).parent / "templates" / "formgrader"
_SCRIPTS = Path(handlers.static_path) / "js"
_STATES = r"(?<!status === )(?<!get\()"  # these compare what the server says, and are not shown
_TABLE = "info: false,"


class _DutchPages(FileSystemLoader):
    def get_source(self, environment: Environment, template: str) -> tuple:
        source, path, is_fresh = super().get_source(environment, template)
        return page(source), path, is_fresh


def install(environment: Environment) -> None:
    """Let formgrader's pages be read from ours where there is one, and from nbgrader's own in Dutch."""
    stock = _DutchPages(handlers.template_path)
    environment.loader = ChoiceLoader([FileSystemLoader(_OURS), stock, PrefixLoader({"nbgrader": stock})])
    environment.globals["say"] = lambda key, **values: t(f"formgrader.{key}", **values)


def scripts(base_url: str) -> list[tuple]:
    """Give the address of formgrader's scripts with what answers there; to be added before nbgrader's own."""
    return [(url_path_join(base_url, r"/formgrader/static/js/(\w+\.js)"), Script)]


class Script(JupyterHandler):
    """One of formgrader's scripts, in Dutch."""

    @web.authenticated
    def get(self, name: str) -> None:
        try:
            content = _script(name)
        except FileNotFoundError as error:
            raise web.HTTPError(404) from error
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.finish(content)


@cache
def _script(name: str) -> str:
    return script((_SCRIPTS / name).read_text(encoding="utf-8"))


def page(source: str) -> str:
    """Give a page with its words in Dutch: a word is all that stands between two tags."""
    source = source.replace("<!doctype html>", '<!doctype html>\n<html lang="nl">')
    return _alternatives("pages", r"(?<=[>}])(\s*)", r"(?=\s*[<{])").sub(
        lambda found: found[1] + sentences("formgrader")["pages"][found[2]], source
    )


def script(source: str) -> str:
    """Give a script with its words in Dutch: a word is a whole text in quotes."""
    source = source.replace(_TABLE, f"{_TABLE} language: {json.dumps(sentences('formgrader')['table'])},")
    return _alternatives("scripts", rf'{_STATES}(")', '(?=")').sub(
        lambda found: found[1] + json.dumps(sentences("formgrader")["scripts"][found[2]], ensure_ascii=False)[1:-1],
        source,
    )


@cache
def _alternatives(part: str, before: str, after: str) -> re.Pattern:
    words = sorted(sentences("formgrader")[part], key=len, reverse=True)
    return re.compile(f"{before}({'|'.join(map(re.escape, words))}){after}")
