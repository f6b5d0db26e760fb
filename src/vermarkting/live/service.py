"""The service: pages and sockets for who takes part and for who leads. It writes no log of visitors.

What comes in is nobody's word: a message is at most ``MOST_BYTES`` long, of a known form, and not sent too often. Who
takes part has no account and no cookie, so any page may open that socket; the other one asks for the key.
"""

import asyncio
import contextlib
import hmac
import json
import re
import secrets
import sqlite3
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import segno
from jinja2 import Environment, PackageLoader, StrictUndefined
from tornado.httpserver import HTTPServer
from tornado.web import Application, RedirectHandler, RequestHandler, StaticFileHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from vermarkting.files import write_whole
from vermarkting.live import offers, panel
from vermarkting.live.room import Room
from vermarkting.live.session import SUFFIX, Session, is_code, wipe
from vermarkting.text import sentences

MOST_BYTES = 8_000
MOST_CONNECTIONS = 3_000
MOST_PEOPLE = 2_000
MESSAGES_AT_ONCE = 20
MESSAGES_A_SECOND = 4
WRONG_CODES = 5
WRONG_SECONDS = 1.0
TICK_SECONDS = 20
KEPT_SECONDS = 12 * 3600
GROUP = "[0-9a-f]{16}"
_TOKEN = re.compile(r"[0-9a-f-]{32,40}")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Conversations:
    """All conversations in a folder. Those that nobody touched for twelve hours are wiped."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
        self.folder = folder
        self.rooms: dict[str, Room] = {}
        self.connections = 0
        self.wrong_seconds = WRONG_SECONDS
        self.messages_a_second = MESSAGES_A_SECOND
        for path in folder.glob(f"*{SUFFIX}"):
            if time.time() - max(one.stat().st_mtime for one in folder.glob(f"{path.name}*")) > KEPT_SECONDS:
                wipe(path)
                continue
            with contextlib.suppress(sqlite3.Error, TypeError):  # half made, or another's file: no conversation
                self.rooms[path.stem] = Room(Session(path))

    def begin(self, most: int, group: str = "") -> Room:
        """Begin a conversation."""
        room = Room(Session.create(self.folder, most, group))
        self.rooms[room.session.code] = room
        return room

    def code_of(self, group: str) -> str:
        """Give the code of the newest conversation of a group, or nothing."""
        found = [room.session for room in self.rooms.values() if room.session.group == group]
        return max(found, key=lambda session: session.opened).code if found else ""

    async def end(self, room: Room) -> None:
        """Wipe a conversation."""
        if self.rooms.pop(room.session.code, None):
            await room.end()

    async def forget(self) -> None:
        """Wipe what nobody touched for long."""
        for room in list(self.rooms.values()):
            if time.time() - room.touched > KEPT_SECONDS:
                await self.end(room)

    async def shut(self) -> None:
        """Stop; what is on disk stays for the next start."""
        for room in self.rooms.values():
            await room.shut()


class Page(RequestHandler):
    """A page with its sentences; ``key`` is empty unless the page's reader may lead."""

    def initialize(self, template: str, key: str = "") -> None:
        self.template, self.key = template, key

    def set_default_headers(self) -> None:
        self.set_header("Content-Security-Policy", _POLICY)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cache-Control", "no-store")

    async def get(self) -> None:
        self.finish(render(self.template, self.key))


class _Group(RequestHandler):
    """Somebody comes from a course of the learning platform: into its conversation, or to where one types a code."""

    def initialize(self, here: Conversations, prefix: str) -> None:
        self.here, self.prefix = here, prefix

    def get(self, group: str) -> None:
        self.redirect(f"{self.prefix}#{self.here.code_of(group)}")


class _Files(StaticFileHandler):
    def set_extra_headers(self, path: str) -> None:
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Access-Control-Allow-Origin", "*")
        self.set_header("Cache-Control", "no-cache")


class _Socket(WebSocketHandler):
    """Reads messages of a known form, and no more of them than a person sends."""

    def initialize(self, here: Conversations, key: str) -> None:
        self.here, self.key = here, key
        self.room: Room | None = None
        self.allowance, self.since = float(MESSAGES_AT_ONCE), time.monotonic()
        self.counted = False

    def open(self) -> None:
        if self.here.connections >= MOST_CONNECTIONS:
            self.close(1013)
            return
        self.here.connections += 1
        self.counted = True
        self.set_nodelay(True)

    def on_close(self) -> None:
        if self.counted:
            self.here.connections -= 1
        self.left()

    def send(self, message: dict) -> None:
        with contextlib.suppress(WebSocketClosedError):
            self.write_message(json.dumps(message, ensure_ascii=False)).add_done_callback(_seen)

    async def on_message(self, raw: str | bytes) -> None:
        now = time.monotonic()
        self.allowance = min(MESSAGES_AT_ONCE, self.allowance + (now - self.since) * self.here.messages_a_second) - 1
        self.since = now
        message = _read(raw)
        if self.allowance < 0 or message is None:
            self.close(1008)
            return
        await self.heard(message)


class _Taking(_Socket):
    """Somebody takes part: ``{join, me}``, then ``{round, vote, n}``; ``n`` comes back when that vote is kept."""

    wrong = 0

    def check_origin(self, origin: str) -> bool:
        return True

    def left(self) -> None:
        if self.room:
            self.room.leave(self.send)

    async def heard(self, message: dict) -> None:
        if "join" in message:
            await self.join(message)
        elif "vote" in message and self.room and isinstance(message.get("n"), int):
            refused = await self.room.vote(self.send, message.get("round"), message["vote"])
            self.send({"n": message["n"]} | ({"refused": refused} if refused else {"kept": True}))
        elif message == {"tick": True}:
            self.send(message)  # so that a browser which slept knows whether anybody hears it
        else:
            self.close(1008)

    async def join(self, message: dict) -> None:
        code, token = message["join"], message.get("me")
        if self.room or not (isinstance(token, str) and _TOKEN.fullmatch(token)):
            self.close(1008)
            return
        room = self.here.rooms.get(code) if is_code(code) else None
        if room is None:
            self.wrong += 1
            await asyncio.sleep(self.here.wrong_seconds)  # who guesses codes, guesses slowly
            self.send({"refused": "no_session"})
            if self.wrong >= WRONG_CODES:
                self.close(1008)
        elif room.join(token, self.send):
            self.room = room
        else:
            self.send({"refused": "full"})


class _Leading(_Socket):
    """Somebody leads: ``{key}`` first, then one ``{do: ...}`` at a time. A screen is a page that does nothing."""

    leads = False

    def left(self) -> None:
        if self.room:
            self.room.unwatch(self.send)

    async def heard(self, message: dict) -> None:
        if not self.leads:
            key = message.get("key")
            self.leads = isinstance(key, str) and hmac.compare_digest(key.encode(), self.key.encode())
            if not self.leads:
                await asyncio.sleep(self.here.wrong_seconds)
                self.send({"refused": "key"})
                self.close(1008)
                return
            self.send({"running": sorted(self.here.rooms)})
            return
        act = _ACTS.get(message.get("do")) if isinstance(message.get("do"), str) else None
        if act:
            await act(self, message)

    def enter(self, room: Room) -> None:
        self.left()
        self.room = room
        room.watch(self.send)

    async def begin(self, message: dict) -> None:
        most = message.get("most")
        most = most if type(most) is int and 5 <= most <= MOST_PEOPLE else 200
        group = message.get("group")
        known = isinstance(group, str) and re.fullmatch(GROUP, group)
        self.enter(self.here.begin(most, group if known else ""))

    async def resume(self, message: dict) -> None:
        if is_code(message.get("code")) and (room := self.here.rooms.get(message["code"])):
            self.enter(room)

    async def ask(self, message: dict) -> None:
        if self.room and offers.is_offered(message.get("question")):
            await self.room.ask(message["question"], message.get("early") is True)

    async def ask_again(self, message: dict) -> None:
        if self.room:
            await self.room.ask_again()

    async def shut(self, message: dict) -> None:
        if self.room:
            await self.room.close()

    async def explain(self, message: dict) -> None:
        if self.room:
            self.room.explain()

    async def look(self, message: dict) -> None:
        if self.room:
            self.room.look_at(message.get("number"))

    async def save(self, message: dict) -> None:
        if self.room:
            self.send({"csv": self.room.report()})

    async def end(self, message: dict) -> None:
        if self.room:
            await self.here.end(self.room)
            self.room = None
            self.send({"running": sorted(self.here.rooms)})

    async def picture_of(self, message: dict) -> None:
        address = message.get("address")
        if isinstance(address, str) and len(address) < 300:
            self.send({"qr": segno.make(address, error="m").svg_data_uri(scale=8, border=2)})


_ACTS = {
    "begin": _Leading.begin,
    "resume": _Leading.resume,
    "ask": _Leading.ask,
    "again": _Leading.ask_again,
    "close": _Leading.shut,
    "explain": _Leading.explain,
    "look": _Leading.look,
    "save": _Leading.save,
    "end": _Leading.end,
    "qr": _Leading.picture_of,
}


class _Health(RequestHandler):
    def get(self) -> None:
        self.set_header("Access-Control-Allow-Origin", "*")
        self.finish({"vermarkting": "gesprek"})


def application(here: Conversations, key: str, prefix: str = "/", leading: list[tuple] | None = None) -> Application:
    """Put the service together below ``prefix``. ``leading`` takes the place of the open page for who leads."""
    static = str(files(__package__).joinpath("static"))
    return Application(
        [
            (prefix, Page, {"template": "take_part.html"}),
            (f"{prefix}health", _Health),
            (f"{prefix}groep/({GROUP})", _Group, {"here": here, "prefix": prefix}),
            (f"{prefix}groep/", RedirectHandler, {"url": prefix, "permanent": False}),
            *(leading or [(f"{prefix}docent", Page, {"template": "screen.html"})]),
            (f"{prefix}mee", _Taking, {"here": here, "key": key}),
            (f"{prefix}leiden", _Leading, {"here": here, "key": key}),
            (f"{prefix}static/(.*)", _Files, {"path": static}),
        ],
        websocket_max_message_size=MOST_BYTES,
        websocket_ping_interval=TICK_SECONDS,
        log_function=lambda handler: None,
    )


async def serve(
    here: Conversations, app: Application, address: str, port: int, ready: Callable[[], None], stop: asyncio.Event
) -> None:
    """Serve until ``stop``. Raises ``OSError`` where the port is taken."""
    server = HTTPServer(app)
    server.listen(port, address)
    ready()
    try:
        while not stop.is_set():
            await here.forget()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 600)
    finally:
        server.stop()
        await here.shut()


def key_in(folder: Path) -> str:
    """Give the key of who leads: the same at every start, readable by this account alone."""
    path = folder / "sleutel"
    with contextlib.suppress(OSError):
        if re.fullmatch(r"[\w-]{32,}", known := path.read_text(encoding="ascii")):
            return known
    key = secrets.token_urlsafe(32)
    write_whole(path, key.encode(), permissions=0o600)
    return key


def render(template: str, key: str = "") -> str:
    """Write one of the pages."""
    environment = Environment(loader=PackageLoader(__package__), autoescape=True, undefined=StrictUndefined)
    words = sentences("live")
    known = {"panel": panel.words(), "screen": words["screen"], "key": key}
    if template == "screen.html":
        known["lessons"] = [
            {"title": title, "questions": [{"id": name, "label": offers.label(name)} for name in names]}
            for title, names in offers.offered().items()
        ]
    state = json.dumps(known, ensure_ascii=False).replace("<", "\\u003c")
    return environment.get_template(template).render(words=words, state=state)


def _read(raw: str | bytes) -> dict | None:
    if not isinstance(raw, str):
        return None
    try:
        message = json.loads(raw, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    return message if isinstance(message, dict) else None


def _no_number(name: str) -> None:
    raise ValueError(name)


def _seen(sent: asyncio.Future) -> None:
    if not sent.cancelled():
        sent.exception()  # the other side is gone: it comes back by itself
