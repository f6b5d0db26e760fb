"""A page that is asked for twice at the same moment gets one kernel."""

import asyncio
import json
from types import SimpleNamespace

from vermarkting.lab.early_start import KERNEL, page_config_hook

PATH = "lessons/les.ipynb"
OURS = {"metadata": {"vermarkting": {"id": "01"}, "kernelspec": {"name": KERNEL}}}


class Slow:
    """Contents and sessions of a busy server: everything takes a turn of the loop."""

    def __init__(self) -> None:
        self.started: list[str] = []

    async def get(self, path: str, **_: object) -> dict:
        await asyncio.sleep(0)
        return {"content": json.dumps(OURS)}

    async def session_exists(self, path: str) -> bool:
        await asyncio.sleep(0)
        return path in self.started

    async def create_session(self, path: str, **_: object) -> None:
        await asyncio.sleep(0)
        self.started.append(path)


def test_two_requests_at_the_same_moment_start_one_kernel():
    async def ask_twice() -> list[str]:
        server = Slow()
        app = SimpleNamespace(session_manager=server, contents_manager=server)
        hook = page_config_hook(app, lambda _handler, page_config: page_config)
        handler = SimpleNamespace(path_kwargs={"tree": f"/tree/{PATH}"})
        for _ in range(2):
            hook(handler, {})
        while not server.started:
            await asyncio.sleep(0)
        for _ in range(20):  # turns in which a second one would be made
            await asyncio.sleep(0)
        return server.started

    assert asyncio.run(asyncio.wait_for(ask_twice(), 10)) == [PATH]
