"""Login from a learning platform: a stand-in signs real tokens with keys made here, and a real hub judges them."""

import json
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import jwt
import pytest
from classroom import _free_ports
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from vermarkting.hub import launches
from vermarkting.live.service import GROUP

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
MEMBER = "http://purl.imsglobal.org/vocab/lis/v2/membership"
CLIENT, DEPLOYMENT = "vermarkting-10", "1:abc"
STUDENT, COURSE = "root", "daemon"  # accounts that every machine has; nothing is started for them
CONFIG = """
from pathlib import Path
from vermarkting.hub import launches
from jupyterhub.proxy import Proxy
from jupyterhub.spawner import SimpleLocalProcessSpawner

class NoProxy(Proxy):
    should_start = False
    async def get_all_routes(self): return {}
    async def add_route(self, *a): pass
    async def delete_route(self, *a): pass

c.JupyterHub.proxy_class = NoProxy
c.JupyterHub.spawner_class = SimpleLocalProcessSpawner
c.JupyterHub.authenticator_class = "vermarkting.hub.lti.PlatformAuthenticator"
c.PlatformAuthenticator.issuer = PLATFORM
c.PlatformAuthenticator.authorize_url = PLATFORM + "/auth"
c.PlatformAuthenticator.jwks_endpoint = PLATFORM + "/jwks"
c.PlatformAuthenticator.client_id = {CLIENT}
c.PlatformAuthenticator.deployments = {DEPLOYMENT}
c.PlatformAuthenticator.course_account = COURSE
c.PlatformAuthenticator.username_key = "custom_account"
c.PlatformAuthenticator.group = lambda course: launches.group(Path(PLACE), course)
c.Authenticator.allowed_users = {STUDENT, COURSE}
c.JupyterHub.hub_ip = "127.0.0.1"
c.JupyterHub.hub_port = PORT
c.JupyterHub.bind_url = "http://127.0.0.1:1"
c.JupyterHub.db_url = "sqlite:///:memory:"
"""


@dataclass
class Platform:
    """A learning platform: its address, its key, and the hub that it sends people to."""

    address: str
    key: rsa.RSAPrivateKey
    hub: str = ""
    counts: dict = field(default_factory=dict)

    def claims(self, nonce: str, **changes: object) -> dict:
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": CLIENT, "sub": "u-1", "iat": now, "exp": now + 300, "nonce": nonce,
            f"{CLAIM}version": "1.3.0", f"{CLAIM}message_type": "LtiResourceLinkRequest",
            f"{CLAIM}deployment_id": DEPLOYMENT, f"{CLAIM}target_link_uri": f"{self.hub}/hub/les/03",
            f"{CLAIM}resource_link": {"id": "link-3"}, f"{CLAIM}roles": [f"{MEMBER}#Learner"],
            f"{CLAIM}custom": {"account": STUDENT},
        }  # fmt: skip
        changed = {(name if name in claims else f"{CLAIM}{name}"): value for name, value in changes.items()}
        return {name: value for name, value in (claims | changed).items() if value is not None}


class Browser:
    """What a student's browser does between platform and hub, with its cookies."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), _Stay())

    def ask(self, address: str, **form: str) -> tuple[int, str]:
        """Give the status and where it leads."""
        body = urllib.parse.urlencode(form).encode() if form else None
        try:
            with self.opener.open(address, body, timeout=20) as answer:
                return answer.status, ""
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers.get("Location", "")
        except urllib.error.URLError:  # not there yet
            return 0, ""

    def begin(self, **first: str) -> dict[str, str]:
        """The first step, up to the platform; gives what the hub asked it."""
        hello = {"iss": self.platform.address, "login_hint": "u-1", "client_id": CLIENT}
        hello |= {"target_link_uri": f"{self.platform.hub}/hub/les/03"} | first
        status, place = self.ask(f"{self.platform.hub}/hub/lti13/oauth_login", **hello)
        assert status == 302 and place.startswith(f"{self.platform.address}/auth?")
        return dict(urllib.parse.parse_qsl(urllib.parse.urlparse(place).query))

    def finish(self, token: str, state: str) -> tuple[int, str]:
        return self.ask(f"{self.platform.hub}/hub/lti13/oauth_callback", id_token=token, state=state)

    def launch(self, key: object = None, algorithm: str = "RS256", **changes: object) -> tuple[int, str]:
        """A whole launch with a token that is changed like this."""
        asked = self.begin()
        claims = self.platform.claims(**{"nonce": asked["nonce"]} | changes)
        signed = jwt.encode(claims, self.platform.key if key is None else key, algorithm, headers={"kid": "een"})
        return self.finish(signed, asked["state"])

    def is_in(self) -> bool:
        status, place = self.ask(f"{self.platform.hub}/hub/les/03")
        return status == 302 and "/user-redirect/" in place


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@pytest.fixture(scope="module")
def platform(tmp_path_factory) -> Iterator[Platform]:
    place: Path = tmp_path_factory.mktemp("lti")
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = json.loads(RSAAlgorithm.to_jwk(key.public_key())) | {"kid": "een", "use": "sig", "alg": "RS256"}

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps({"keys": [public]}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keys)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    [port] = _free_ports(1)
    known = {
        "PLATFORM": address,
        "CLIENT": CLIENT,
        "DEPLOYMENT": DEPLOYMENT,
        "STUDENT": STUDENT,
        "COURSE": COURSE,
        "PORT": port,
        "PLACE": str(place),
    }
    (place / launches.KEY).write_bytes(b"a key of the class")
    config = place / "config.py"
    config.write_text("".join(f"{name} = {value!r}\n" for name, value in known.items()) + CONFIG, encoding="utf-8")
    log = (place / "log").open("wb")
    hub = subprocess.Popen(
        [sys.executable, "-m", "jupyterhub", "-f", str(config)], cwd=place, stdout=log, stderr=subprocess.STDOUT
    )
    running = Platform(address, key, f"http://127.0.0.1:{port}")
    try:
        until = time.monotonic() + 90
        while Browser(running).ask(f"{running.hub}/hub/health")[0] != 200:
            assert time.monotonic() < until and hub.poll() is None, (place / "log").read_text()
            time.sleep(0.2)
        yield running
    finally:
        hub.terminate()
        hub.wait(20)
        server.shutdown()
        log.close()


@pytest.fixture
def browser(platform) -> Browser:
    return Browser(platform)


def test_a_link_leads_into_its_lesson(browser):
    assert browser.launch(target_link_uri=f"{browser.platform.hub}/hub/les/05") == (302, "/hub/les/05")
    status, place = browser.ask(f"{browser.platform.hub}/hub/les/05")
    assert (status, place) == (302, "/hub/user-redirect/lab/tree/lessons/05_social_impact_bonds.ipynb")
    assert browser.ask(f"{browser.platform.hub}/hub/les/99")[0] == 404


def test_a_lecturer_comes_to_grade(browser):
    assert browser.launch(roles=[f"{MEMBER}#Instructor"], custom=None)[0] == 302
    assert browser.ask(f"{browser.platform.hub}/hub/les/O1")[1].endswith("/vermarkting/nakijken/opdracht/O1")


def test_a_course_of_the_platform_leads_into_its_own_conversation(platform):
    def launched(course: str | None, **changes: object) -> str:
        browser = Browser(platform)
        context = {"id": course} if course else None
        place = browser.launch(target_link_uri=f"{platform.hub}/hub/les/gesprek", context=context, **changes)[1]
        return browser.ask(f"{platform.hub}{place}")[1]

    group = launched("vak-1").removeprefix("/services/gesprek/groep/")
    assert re.fullmatch(GROUP, group) and launched("vak-1").endswith(f"groep/{group}")
    leading = launched("vak-1", roles=[f"{MEMBER}#Instructor"], custom=None)
    assert leading == f"/services/gesprek/docent?groep={group}"
    assert launched("vak-2").removeprefix("/services/gesprek/groep/") not in ("", group)
    assert launched(None) == "/services/gesprek/groep/"


@pytest.mark.parametrize(
    "target",
    ["https://elders.example/hub/", "//elders.example", "/les/../../admin", "javascript:alert(1)", "/les/03\\x"],
)
def test_a_link_leads_nowhere_else(browser, target):
    status, place = browser.launch(target_link_uri=target)
    assert status == 302 and place == "/hub/home"


NOW = int(time.time())
REFUSED = {
    "forged signature": {"key": rsa.generate_private_key(public_exponent=65537, key_size=2048)},
    "signed with a shared word": {"key": "x" * 64, "algorithm": "HS256"},
    "not signed": {"key": "", "algorithm": "none"},
    "another audience": {"aud": "iemand-anders"},
    "also for another": {"aud": [CLIENT, "iemand-anders"], "azp": "iemand-anders"},
    "another platform": {"iss": "https://elders.example"},
    "expired": {"exp": NOW - 5, "iat": NOW - 400},
    "issued long ago": {"iat": NOW - 4000},
    "no end": {"exp": None},
    "another deployment": {"deployment_id": "2:xyz"},
    "no deployment": {"deployment_id": None},
    "another nonce": {"nonce": "n" * 64},
    "no role": {"roles": []},
    "a role in the institution": {"roles": ["http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor"]},
    "an administrator of the system": {"roles": ["http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator"]},
    "roles as one word": {"roles": f"{MEMBER}#Instructor"},
    "a student named as the course": {"custom": {"account": COURSE}},
    "a student named almost as the course": {"custom": {"account": COURSE.upper()}},
    "a student who also teaches, as the course": {
        "roles": [f"{MEMBER}#Learner", f"{MEMBER}#Instructor"],
        "custom": {"account": COURSE},
    },
    "not on the list": {"custom": {"account": "nobody"}},
    "no account": {"custom": {}},
    "a variable not filled in": {"custom": {"account": "$User.username"}},
    "an account that is no word": {"custom": {"account": [COURSE]}},
    "another version": {"version": "1.1"},
    "another message": {"message_type": "LtiSubmissionReviewRequest"},
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_a_launch_that_is_not_right_is_refused(browser, change):
    status, _ = browser.launch(**change)
    assert status in (400, 401, 403), status
    assert not browser.is_in()


def test_a_launch_counts_once(browser):
    asked = browser.begin()
    token = jwt.encode(browser.platform.claims(asked["nonce"]), browser.platform.key, "RS256", headers={"kid": "een"})
    cookies = [cookie for handler in browser.opener.handlers for cookie in getattr(handler, "cookiejar", ())]
    assert browser.finish(token, asked["state"])[0] == 302
    thief = Browser(browser.platform)
    assert thief.finish(token, asked["state"])[0] == 400, "without the cookies of the first step"
    jar = next(handler.cookiejar for handler in thief.opener.handlers if hasattr(handler, "cookiejar"))
    for cookie in cookies:
        if "lti13" in cookie.name:
            jar.set_cookie(cookie)
    assert thief.finish(token, asked["state"])[0] == 403, "with them"
    assert not thief.is_in()


def test_what_the_first_step_says_is_not_believed(browser):
    asked = browser.begin(target_link_uri="https://elders.example/hub/les/09", next="/hub/admin")
    token = jwt.encode(browser.platform.claims(asked["nonce"]), browser.platform.key, "RS256", headers={"kid": "een"})
    assert browser.finish(token, asked["state"]) == (302, "/hub/les/03")
    other = Browser(browser.platform)
    other.begin()
    assert other.finish(token, asked["state"])[0] == 400, "another browser's state"
