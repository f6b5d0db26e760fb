"""Scores back to a platform: a stand-in checks the tool's signature, gives tokens that end, fails, and keeps scores."""

import json
import threading
import time
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from vermarkting.grading.export.plugin import ScoreExport
from vermarkting.grading.export.scores import Score, Sheet
from vermarkting.grading.export.sending import Platform, PlatformError
from vermarkting.hub import launches

FULL = Decimal(20)


class StandIn(BaseHTTPRequestHandler):
    """A course on a platform; what it has and how it behaves stands on the server."""

    def log_message(self, *_: object) -> None:
        pass

    def say(self, status: int, body: object = None, **headers: str) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(content))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def allowed(self) -> bool:
        here = self.server
        here.asked.append(f"{self.command} {urlsplit(self.path).path}")
        if here.failing:
            here.failing -= 1
            self.say(503)
            return False
        if self.headers.get("Authorization") not in {f"Bearer {token}" for token in here.tokens}:
            self.say(401)
            return False
        return True

    def do_GET(self) -> None:
        here, path = self.server, urlsplit(self.path)
        if not self.allowed():
            return
        if path.path == "/lines":
            page = int(parse_qs(path.query).get("page", ["0"])[0])
            more = {"Link": f'<{here.address}/lines?Page=A&page={page + 1}>; rel="next"'} if page < 2 else {}
            lines = here.lines if page == 2 else [{"id": f"x{page}", "resourceId": "ander"}]
            self.say(200, here.strange or lines, **more)
        else:
            kept = here.scores.items()
            self.say(200, [{"userId": one, "resultScore": score, "resultMaximum": 20} for one, score in kept])

    def do_POST(self) -> None:
        here, path = self.server, urlsplit(self.path).path
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if path == "/token":
            form = parse_qs(body.decode())
            try:
                signed = form["client_assertion"][0]
                jwt.decode(signed, here.public, ["RS256"], audience=f"{here.address}/token", issuer="ons")
            except jwt.PyJWTError:
                self.say(400)
                return
            here.tokens = {f"t{time.monotonic_ns()}"}
            self.say(200, {"access_token": next(iter(here.tokens)), "expires_in": 3600})
        elif self.allowed() and path == "/lines":
            here.lines.append(json.loads(body) | {"id": f"{here.address}/lines/7?type=lti"})
            self.say(201, here.lines[-1])
        elif path == "/lines/7/scores" and here.tokens:
            score = json.loads(body)
            if score["userId"] == "weg":
                self.say(404)
                return
            here.scores[score["userId"]] = score["scoreGiven"]
            self.say(200)


@pytest.fixture
def stand_in():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    server = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    server.address = f"http://127.0.0.1:{server.server_port}"
    server.public, server.tokens, server.lines, server.scores = key.public_key(), set(), [], {}
    server.asked, server.failing, server.strange = [], 0, None
    server.pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def of(server, **changes) -> Platform:
    settings = {"client": "ons", "token_address": f"{server.address}/token", "key": server.pem, "key_id": "een"}
    return Platform(**settings | {"lines": f"{server.address}/lines", "wait": 0.001} | changes)


SCORES = {"r1": ("u1", Decimal("14.5")), "r2": ("u2", Decimal(8))}


def test_a_line_is_made_once_and_doing_it_again_changes_nothing(stand_in):
    assert of(stand_in).send("O1", "Opdracht O1", FULL, SCORES).sent == ["r1", "r2"]
    assert stand_in.scores == {"u1": 14.5, "u2": 8.0}
    assert [line["resourceId"] for line in stand_in.lines] == ["O1"] and stand_in.lines[0]["scoreMaximum"] == 20
    stand_in.asked.clear()
    assert of(stand_in).send("O1", "Opdracht O1", FULL, SCORES).same == ["r1", "r2"]
    assert len(stand_in.lines) == 1 and not [asked for asked in stand_in.asked if asked.startswith("POST")]


def test_never_lower_by_accident(stand_in):
    stand_in.scores = {"u1": 16, "u2": 7}
    done = of(stand_in).send("O1", "Opdracht O1", FULL, SCORES)
    assert (done.lower, done.sent) == (["r1"], ["r2"]) and stand_in.scores == {"u1": 16, "u2": 8}
    assert of(stand_in).send("O1", "Opdracht O1", FULL, SCORES, lower=True).sent == ["r1"]
    assert stand_in.scores["u1"] == 14.5


def test_a_platform_that_fails_is_asked_again(stand_in):
    stand_in.failing = 3
    assert of(stand_in).send("O1", "Opdracht O1", FULL, SCORES).sent == ["r1", "r2"]
    stand_in.failing = 100
    with pytest.raises(PlatformError):
        of(stand_in).send("O1", "Opdracht O1", FULL, SCORES)


def test_a_token_that_ends_early_is_renewed(stand_in):
    platform = of(stand_in)
    platform.send("O1", "Opdracht O1", FULL, SCORES)
    stand_in.tokens = {"een andere"}
    assert platform.send("O1", "Opdracht O1", FULL, SCORES).same == ["r1", "r2"]


def test_one_person_that_the_platform_does_not_know_stops_nobody(stand_in):
    done = of(stand_in).send("O1", "Opdracht O1", FULL, {"r0": ("weg", Decimal(1)), **SCORES})
    assert (done.failed, done.sent) == (["r0"], ["r1", "r2"])


@pytest.mark.parametrize("strange", [{"a": 1}, "tekst", 3])
def test_what_the_norm_does_not_say_is_an_error(stand_in, strange):
    stand_in.strange = strange
    with pytest.raises(PlatformError):
        of(stand_in).send("O1", "Opdracht O1", FULL, SCORES)


def test_nobody_else_may_send(stand_in):
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = other.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    with pytest.raises(PlatformError):
        of(stand_in, key=pem).send("O1", "Opdracht O1", FULL, SCORES)
    assert stand_in.scores == {}


def test_the_exporter_sends_what_is_graded_of_whom_the_hub_noted(stand_in, tmp_path, monkeypatch):
    launches.prepare(tmp_path, "root", "ons", f"{stand_in.address}/token")
    [public] = launches.public_keys(tmp_path)["keys"]
    stand_in.public = jwt.PyJWK(public).key
    note = launches.note(tmp_path, "root")
    note("r1", {"sub": "u1", launches.ENDPOINT: {"lineitems": f"{stand_in.address}/lines"}})
    note("root", {"sub": "u9"})
    note("r3", {"sub": "u3"})
    scores = {("r1", "O1"): Score(Decimal(9)), ("r2", "O1"): Score(Decimal(8)), ("r3", "O1"): Score(None, "look")}
    sheet = Sheet(("O1",), {"O1": FULL}, {}, ("r1", "r2", "r3"), {}, scores)
    monkeypatch.setenv("VERMARKTING_PLATFORM", str(tmp_path))
    ScoreExport()._send(sheet)
    assert stand_in.scores == {"u1": 9.0}
    assert (tmp_path / launches.KEY).stat().st_mode & 0o777 == 0o640
    monkeypatch.setenv("VERMARKTING_PLATFORM", "")
    with pytest.raises(SystemExit):
        ScoreExport()._send(sheet)
