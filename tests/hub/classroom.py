"""A class on this machine: JupyterHub started by the command, with accounts made for the test and removed after it.

The address has https, with a certificate made as in the manual.
"""

import contextlib
import json
import os
import pwd
import re
import secrets
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import BrowserContext, Page
from readable import ROOT, install

PROXY = "configurable-http-proxy@5.3.0"
NAME_IN_MANUAL, KEY, CERTIFICATE = "DNS:lessen.school.be", "klas.key", "klas.crt"
SECONDS_TO_START = 120
RUN = """async ([address, code]) => {
  const xsrf = document.cookie.match(/_xsrf=([^;]+)/)?.[1] ?? "";
  const headers = { "X-XSRFToken": xsrf };
  const body = JSON.stringify({ name: "vermarkting" });
  const made = await fetch(`${address}api/kernels`, { method: "POST", body, headers });
  if (!made.ok) return `${made.status} ${await made.text()}`;
  const { id } = await made.json();
  const socket = new WebSocket(`${address.replace(/^http/, "ws")}api/kernels/${id}/channels`);
  await new Promise((resolve, reject) => { socket.onopen = resolve; socket.onerror = reject; });
  const header = { msg_id: "vraag", msg_type: "execute_request", session: "proef", username: "", version: "5.3" };
  const content = { code, silent: false, store_history: false, user_expressions: {}, allow_stdin: false };
  let said = "";
  const done = new Promise((resolve) => {
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.parent_header.msg_id !== "vraag") return;
      if (message.msg_type === "stream") said += message.content.text;
      if (message.msg_type === "error") said += message.content.traceback.join("\\n");
      if (message.msg_type === "status" && message.content.execution_state === "idle") resolve();
    };
  });
  socket.send(JSON.stringify({ header, parent_header: {}, metadata: {}, content, channel: "shell", buffers: [] }));
  await done;
  socket.close();
  await fetch(`${address}api/kernels/${id}`, { method: "DELETE", headers });
  return said;
}"""


@dataclass(frozen=True)
class Account:
    """An account of this machine."""

    name: str
    password: str

    @property
    def home(self) -> Path:
        return Path(pwd.getpwnam(self.name).pw_dir)


@dataclass
class Classroom:
    """A running class with three students, as many more as were asked for, and the course account."""

    address: str
    folder: Path
    certificate: Path
    course: Path
    python: Path
    environment: dict[str, str]
    noor: Account
    sam: Account
    mia: Account
    lecturer: Account
    more: list[Account]
    proxy_port: int
    log: Path

    @property
    def inbound(self) -> Path:
        return self.folder / "uitwisseling" / "vermarkting" / "inbound"

    def log_in(self, context: BrowserContext, who: Account, wanted: str = "") -> Page:
        """Log in on the class's own page; gives the page, on its way to what is wanted of the account's server."""
        page = context.new_page()
        target = f"?next={quote(f'/hub/user-redirect/{wanted}', safe='')}" if wanted else ""
        page.goto(f"{self.address}/hub/login{target}")
        page.locator("#username_input").fill(who.name)
        page.locator("#password_input").fill(who.password)
        page.locator("#login_submit").click()
        return page

    def servers(self) -> set[str]:
        """Give who has a server that runs, of the students."""
        students = [self.noor, self.sam, self.mia]
        return {student.name for student in students if processes_of(student)}

    def cull(self, who: Account) -> None:
        """Let the hub's own service find everybody idle, until this server is gone."""
        own = f"{self.python}\0-m\0jupyterhub_idle_culler\0".encode()
        [service] = [place.parent for place in Path("/proc").glob("[0-9]*/cmdline") if own in _read(place)]
        entries = _read(service / "environ").decode().split("\0")
        environment = dict(entry.split("=", 1) for entry in entries if entry)
        command = [self.python, "-m", "jupyterhub_idle_culler", "--timeout=1", "--cull-every=1"]
        with subprocess.Popen(command, env=environment) as culler:
            until = time.monotonic() + 60
            while processes_of(who) and time.monotonic() < until:
                time.sleep(0.2)
            culler.kill()
        assert not processes_of(who), "still there"

    def end_the_fork_server(self) -> None:
        """Kill what students' servers are forked from; for a moment at which none runs."""
        own = f"{self.python}\0-P\0-m\0vermarkting.hub.forkserver\0".encode()
        [number] = [int(place.parent.name) for place in Path("/proc").glob("[0-9]*/cmdline") if own in _read(place)]
        os.kill(number, 9)

    def in_kernel(self, page: Page, who: Account, code: str) -> str:
        """Run code in a kernel of the account's own server, by a page that is logged in; gives what it printed."""
        return page.evaluate(RUN, [f"{self.address}/user/{who.name}/", code])

    def as_account(self, who: Account, *command: str | Path, place: Path | None = None, **variables: str) -> str:
        """Run a program as this account, as a terminal would; gives what it said."""
        entry = pwd.getpwnam(who.name)
        done = subprocess.run(
            command,
            user=entry.pw_uid,
            group=entry.pw_gid,
            extra_groups=[],
            cwd=place or entry.pw_dir,
            env={"HOME": entry.pw_dir, "PATH": f"{self.python.parent}:/usr/bin:/bin", **self.environment, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=200,
        )
        return done.stdout


@contextmanager
def accounts(*roles: str) -> Iterator[list[Account]]:
    """Make an account for each role, and remove it with all that it wrote."""
    made = []
    try:
        for role in roles:
            account = Account(f"vm{os.getpid()}{role}", secrets.token_urlsafe(12))
            subprocess.run(["useradd", "--create-home", account.name], check=True, capture_output=True)
            made.append(account)
            line = f"{account.name}:{account.password}\n"
            subprocess.run(["chpasswd"], input=line, text=True, check=True)
        yield made
    finally:
        for account in made:
            _end_all_of(account)
            subprocess.run(["userdel", "--force", "--remove", account.name], check=False, capture_output=True)


def _read(path: Path) -> bytes:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return path.read_bytes()
    return b""


def processes_of(account: Account) -> list[int]:
    """Give what runs as this account."""
    number = pwd.getpwnam(account.name).pw_uid
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            if entry.stat().st_uid == number:
                found.append(int(entry.name))
    return found


def _end_all_of(account: Account) -> None:
    for number in processes_of(account):
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, 9)


@contextmanager
def running(site: Path | None = None, more: int = 0) -> Iterator[Classroom]:
    """Install, make accounts and a course, and start ``vermarkting klas`` as a school does.

    ``site`` is the folder of the web edition, which is then beside it; ``more`` is how many students there are beside
    the three.
    """
    place = Path(tempfile.mkdtemp(prefix="klas-"))
    place.chmod(0o755)
    try:
        python, environment = install(place)
        proxy = _proxy(place)
        roles = ("noor", "sam", "mia", "docent", *(f"s{number}" for number in range(more)))
        with accounts(*roles) as (noor, sam, mia, lecturer, *others):
            course = _course(place / "cursus", lecturer)
            folder = place / "klas"
            folder.mkdir()
            names = ("poort", "hub_poort", "proxy_poort", "gesprek_poort", "lessen_poort")
            ports = dict(zip(names, _free_ports(len(names)), strict=True))
            certificate = _certificate(place)
            students = [account.name for account in (noor, sam, mia, *others)]
            server = ports | {"proxy": proxy, "certificaat": str(certificate), "sleutel": str(place / KEY)}
            mine = {"account": lecturer.name, "map": str(course)} | ({"site": _readable(site, place)} if site else {})
            _settings(folder, server=server, mensen={"groep": "", "studenten": students}, cursus=mine)
            log = place / "log"
            with log.open("wb") as said:
                hub = subprocess.Popen(
                    [python, "-P", "-m", "vermarkting.cli", "klas", str(folder)],
                    env=os.environ | environment,
                    stdout=said,
                    stderr=subprocess.STDOUT,
                )
            address = f"https://127.0.0.1:{ports['poort']}"
            try:
                _wait(address, certificate, hub, log)
                yield Classroom(
                    address,
                    folder,
                    certificate,
                    course,
                    python,
                    environment,
                    noor,
                    sam,
                    mia,
                    lecturer,
                    others,
                    ports["proxy_poort"],
                    log,
                )
            finally:
                hub.terminate()
                try:
                    hub.wait(30)
                except subprocess.TimeoutExpired:
                    hub.kill()
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _course(place: Path, lecturer: Account) -> Path:
    for part in ("solutions", "data", "lessons", "src"):
        shutil.copytree(ROOT / part, place / part, ignore=shutil.ignore_patterns("__pycache__"))
    for settings in ROOT.glob("nbgrader_config.*"):
        shutil.copy(settings, place)
    entry = pwd.getpwnam(lecturer.name)
    for path in (place, *place.rglob("*")):
        os.chown(path, entry.pw_uid, entry.pw_gid)
    return place


def _proxy(place: Path) -> list[str]:
    npm = shutil.which("npm")
    # The program itself: a wrapper that is ended leaves what it started behind.
    ask = [shutil.which("node"), "-p", "process.execPath"]
    node = subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip()
    target = place / "proxy"
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", f"--prefix={target}", PROXY]
    subprocess.run(command, check=True, timeout=200)
    return [node, str(target / "node_modules" / "configurable-http-proxy" / "bin" / "configurable-http-proxy")]


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def _certificate(place: Path) -> Path:
    """Make one with the command in the manual, for this machine."""
    manual = (ROOT / "data" / "manuals" / "class.md").read_text(encoding="utf-8")
    [command] = re.findall(r"(?m)^openssl .+$", manual)
    assert command.count(NAME_IN_MANUAL) == 1
    words = command.replace(NAME_IN_MANUAL, "IP:127.0.0.1").split()
    subprocess.run(words, cwd=place, check=True, capture_output=True, timeout=60)
    (place / KEY).chmod(0o600)
    return place / CERTIFICATE


def _readable(site: Path, place: Path) -> str:
    copied = Path(shutil.copytree(site, place / "site"))
    copied.chmod(0o755)  # a test's own folders are closed
    return str(copied)


def _settings(folder: Path, **tables: dict) -> None:
    lines = []
    for table, values in tables.items():
        lines += [f"[{table}]", *(f"{name} = {json.dumps(value)}" for name, value in values.items())]
    (folder / "klas.toml").write_text("\n".join(lines), encoding="utf-8")


def _wait(address: str, certificate: Path, hub: subprocess.Popen, log: Path) -> None:
    trusted = ssl.create_default_context(cafile=certificate)
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and hub.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/hub/health", timeout=5, context=trusted):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text(errors="replace") or "the class did not start")
