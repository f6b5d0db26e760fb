"""The list of lessons and assignments that the student's profile shows: titles, addresses and progress."""

import asyncio
from pathlib import Path

from jupyter_server.base.handlers import APIHandler
from tornado.web import authenticated

from vermarkting.overview import overview
from vermarkting.text import t


def listing(folder: Path) -> list[dict]:
    """Give the pages of a student's folder: ``kind``, ``path``, ``title``, ``progress`` in words and ``state``."""
    rows = []
    for page in overview(folder):
        row = {name: page[name] for name in ("kind", "path", "title")} | {"progress": "", "state": ""}
        if found := page["progress"]:
            row |= {"progress": t("lab.progress", done=found.filled, all=found.there), "state": found.state}
        rows.append(row)
    return rows


class PagesHandler(APIHandler):
    """Answers with ``{"pages": listing}`` of the folder that the server serves."""

    @authenticated
    async def get(self) -> None:
        folder = Path(self.settings["server_root_dir"]).expanduser()
        self.finish({"pages": await asyncio.to_thread(listing, folder)})
