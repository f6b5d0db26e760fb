"""Starts a lesson's kernel as soon as its page is asked for: the browser needs seconds more to load JupyterLab.

JupyterLab then finds the session of the notebook running, as after a reload, and connects to it.
"""

import json
from collections.abc import Callable

from jupyter_core.utils import ensure_async
from tornado.ioloop import IOLoop
from tornado.web import HTTPError

KERNEL = "vermarkting"
TREE = "/tree/"


def page_config_hook(serverapp, earlier: Callable) -> Callable:
    """Give the hook that JupyterLab calls for each page; ``earlier`` is a hook that is called as well."""
    starting: set[str] = set()

    async def start(path: str) -> None:
        if path in starting:
            return
        starting.add(path)
        try:
            sessions, contents = serverapp.session_manager, serverapp.contents_manager
            if await _is_ours(contents, path) and not await ensure_async(sessions.session_exists(path=path)):
                name = path.rpartition("/")[2]
                await sessions.create_session(path=path, name=name, type="notebook", kernel_name=KERNEL)
        finally:
            starting.discard(path)

    def hook(handler, page_config: dict) -> dict:
        tree = handler.path_kwargs.get("tree") or ""
        if tree.startswith(TREE) and tree.endswith(".ipynb"):
            IOLoop.current().spawn_callback(start, tree.removeprefix(TREE))
        return earlier(handler, page_config)

    return hook


async def _is_ours(contents, path: str) -> bool:
    try:
        # As text: reading it as a notebook would first import a second's worth of validation.
        model = await ensure_async(contents.get(path, type="file", format="text"))
        metadata = json.loads(model["content"])["metadata"]
        return "vermarkting" in metadata and metadata["kernelspec"]["name"] == KERNEL
    except (HTTPError, ValueError, KeyError, TypeError):  # JupyterLab will say what is wrong with it
        return False
