"""The server's part: each save of a notebook takes the answers along, plotly.js comes from the package, and a lesson's
kernel starts early."""

import asyncio
import gzip
import os
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join

from vermarkting import front_end
from vermarkting.lab.carried import CarriedHandler
from vermarkting.lab.early_start import page_config_hook
from vermarkting.lab.listing import PagesHandler
from vermarkting.lab.words import add_words
from vermarkting.live import panel
from vermarkting.text import t

A_YEAR = 365 * 24 * 3600
SIGN = ("opening", "alive", "waiting", "starting", "unreachable", "expired", "asleep", "stopped")
BAR = ("navigation", "lessons", "contents", "show_code", "hide_code", "print", "restart", "files")
TOGETHER = ("conversation", "home")
CARRYING = ("yours", "carry_out", "carry_in", "carry_busy", "carry_made", "carry_failed")
PROSE = ("words", "words_asked", "stub", "prose_waiting", "prose_saved", "prose_other", "prose_help")
IN_BROWSER = {name: f"{{{name}}}" for name in ("words", "asked", "count", "time")}


def _jupyter_server_extension_points() -> list[dict]:
    return [{"module": "vermarkting.lab.server"}]


def _load_jupyter_server_extension(serverapp) -> None:
    """Called by Jupyter Server when it starts."""
    serverapp.contents_manager.register_pre_save_hook(take_answers_along)
    add_words()
    address = url_path_join(serverapp.base_url, "vermarkting", "plotly.min.js")
    parts = url_path_join(serverapp.base_url, "vermarkting", "parts.js")
    # The student's profile has a bar of its own in the browser (bar.js) and a word count below prose (revive.js).
    page_config = serverapp.web_app.settings.setdefault("page_config_data", {})
    page_config["vermarktingPlotly"] = f"{address}?v={version('plotly')}"
    page_config["vermarktingParts"] = f"{parts}?v={front_end.version()}"
    page_config["vermarktingText"] = {
        name: t(f"lab.{name}", **IN_BROWSER) for name in (*BAR, *TOGETHER, *CARRYING, *PROSE, *SIGN)
    }
    # Taking part in a conversation in class; on a school's server its address is known.
    conversation = url_path_join(serverapp.base_url, "vermarkting", "live")
    page_config["vermarktingLive"] = {
        "script": url_path_join(conversation, "panel.js"),
        "words": panel.words(),
        "service": os.environ.get("VERMARKTING_LIVE", ""),
    }
    # On a school's server: where one starts and logs out.
    page_config["vermarktingHome"] = os.environ.get("VERMARKTING_HOME", "")
    settings = serverapp.web_app.settings
    settings["page_config_hook"] = page_config_hook(serverapp, leave_out_disabled)
    pages = url_path_join(serverapp.base_url, "vermarkting", "pages")
    carried = url_path_join(serverapp.base_url, "vermarkting", "answers")
    serverapp.web_app.add_handlers(
        ".*$",
        [
            (address, PlotlyHandler),
            (parts, PartsHandler),
            (pages, PagesHandler),
            (carried, CarriedHandler),
            (f"{conversation}/({'|'.join(panel.FILES)})", PanelHandler),
        ],
    )


def leave_out_disabled(_handler: object, page_config: dict) -> dict:
    """Leave out the extensions that are disabled: JupyterLab would load all their code and then not use it."""
    disabled = set(page_config.get("disabledExtensions", []))
    extensions = page_config.get("federated_extensions", [])
    return page_config | {"federated_extensions": [each for each in extensions if each["name"] not in disabled]}


def take_answers_along(model: dict, path: str, contents_manager, **_: object) -> None:
    """Put the answers of this notebook in its metadata just before it is saved. Never stops a save."""
    notebook = model.get("content")
    if model.get("type") != "notebook" or not isinstance(notebook, dict):
        return
    if "vermarkting" not in notebook.get("metadata", {}):
        return
    try:
        from vermarkting.answers import NAME, embed

        embed(notebook, Path(contents_manager._get_os_path(path)).with_name(NAME))
    except Exception as error:
        # Only the kind of error: its text could quote an answer or a student's folder.
        contents_manager.log.error("The answers were not copied into the notebook: %s", type(error).__name__)


@cache
def _plotly() -> tuple[str, bytes, bytes]:
    """Version and code of plotly.js, plain and compressed. Finds the package without the seconds of importing it."""
    folder = Path(find_spec("plotly").origin).parent
    plain = (folder / "package_data" / "plotly.min.js").read_bytes()
    return version("plotly"), plain, gzip.compress(plain, mtime=0)


@cache
def _parts() -> tuple[str, bytes, bytes]:
    """Version and code of our own parts, plain and compressed."""
    return front_end.version(), front_end.code(), gzip.compress(front_end.code(), mtime=0)


class PartsHandler(JupyterHandler):
    """Serves a script; an address with ``?v=<its version>`` may be kept by the browser for a year."""

    @staticmethod
    def script() -> tuple[str, bytes, bytes]:
        """Give version and code, plain and compressed."""
        return _parts()

    @allow_unauthenticated  # public code without anything of the student's, as all static files
    async def get(self) -> None:
        current, plain, compressed = await asyncio.to_thread(self.script)
        known = self.get_query_argument("v", "") == current
        self.set_header("Cache-Control", f"public, max-age={A_YEAR}, immutable" if known else "no-cache")
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Vary", "Accept-Encoding")
        self.set_header("ETag", f'"{current}"')
        if self.check_etag_header():
            self.set_status(304)
        elif "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.write(compressed)
        else:
            self.write(plain)


class PlotlyHandler(PartsHandler):
    """The same for plotly.min.js, by plotly's version."""

    @staticmethod
    def script() -> tuple[str, bytes, bytes]:
        return _plotly()


class PanelHandler(JupyterHandler):
    """Serves what a student needs to take part in a conversation."""

    @allow_unauthenticated
    async def get(self, name: str) -> None:
        self.set_header("Cache-Control", "no-cache")
        self.set_header("Content-Type", f"text/{'css' if name.endswith('.css') else 'javascript'}; charset=utf-8")
        self.finish(panel.read(name))
