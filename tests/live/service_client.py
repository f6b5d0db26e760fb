"""The service, in this process or as the command, and people who speak with it over real sockets."""

import asyncio
import json
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.websocket import websocket_connect

from vermarkting.live import service

KEY = "k" * 43
SECONDS = 10


class Person:
    """One connection. ``heard`` has what the service said, oldest first."""

    def __init__(self, socket) -> None:
        self.socket = socket
        self.count = 0

    @classmethod
    async def at(cls, address: str, way: str, *hello: dict) -> "Person":
        person = cls(await websocket_connect(f"{address.replace('http', 'ws', 1)}{way}"))
        for message in hello:
            await person.say(message)
        return person

    async def say(self, message: object) -> None:
        await self.socket.write_message(message if isinstance(message, str | bytes) else json.dumps(message))

    async def hear(self, *names: str) -> dict | None:
        """Give the next message that has one of these; ``None`` once the service has closed the line."""
        while True:
            raw = await asyncio.wait_for(self.socket.read_message(), SECONDS)
            message = json.loads(raw) if raw is not None else None
            if message is None or not names or any(name in message for name in names):
                return message

    async def vote(self, number: int, value: object) -> str | None:
        """Vote; gives why it was refused."""
        self.count += 1
        await self.say({"round": number, "vote": value, "n": self.count})
        return (await self.hear("n")).get("refused")


async def takes_part(address: str, code: str, token: str = "") -> Person:
    person = await Person.at(address, "mee", {"join": code, "me": token or str(uuid.uuid4())})
    assert (await person.hear("joined", "refused"))["joined"] == code
    return person


class Lecturer(Person):
    """Who has the key, at the beginning of a conversation or back in one."""

    @classmethod
    async def begins(cls, address: str, key: str = KEY, code: str = "", most: int = 200) -> "Lecturer":
        lecturer = await cls.at(address, "leiden", {"key": key})
        await lecturer.hear("running")
        await lecturer.say({"do": "resume", "code": code} if code else {"do": "begin", "most": most})
        lecturer.code = (await lecturer.hear("state"))["state"]["code"]
        return lecturer

    async def does(self, name: str, **more: object) -> None:
        await self.say({"do": name, **more})

    async def sees(self, wanted) -> dict:
        """Give the first state of the screen for which ``wanted`` says true."""
        while True:
            state = (await self.hear("state"))["state"]
            if wanted(state):
                return state

    async def asks(self, question: str, early: bool = False) -> int:
        await self.does("ask", question=question, early=early)
        return (await self.sees(lambda state: state["round"] and state["round"]["open"]))["round"]["number"]

    async def closes(self) -> dict:
        await self.does("close")
        return (await self.sees(lambda state: state["round"] and not state["round"]["open"]))["round"]


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[tuple[str, service.Conversations]]:
    """The service in this process, on a free port."""
    here = service.Conversations(folder)
    here.wrong_seconds = 0
    socket, port = bind_unused_port()
    server = HTTPServer(service.application(here, KEY))
    server.add_sockets([socket])
    try:
        yield f"http://127.0.0.1:{port}/", here
    finally:
        server.stop()
        await here.shut()


def command(folder: Path, port: int) -> tuple[subprocess.Popen, str, str]:
    """The service as a lecturer starts it; gives the process, the address, and the key."""
    words = ["live", str(folder), "--adres", "127.0.0.1", "--port", str(port), "--no-browser"]
    process = subprocess.Popen([sys.executable, "-m", "vermarkting.cli", *words], stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        if "/docent#" in line:
            address, _, key = line.split()[-1].partition("docent#")
            return process, address, key
    raise AssertionError("the service did not start")
