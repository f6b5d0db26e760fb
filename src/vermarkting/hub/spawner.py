"""A server for each account: a student's within limits, the course account's in the course folder."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from jupyterhub.spawner import LocalProcessSpawner
from jupyterhub.utils import random_port
from traitlets import Int, Unicode

from vermarkting.hub.forkserver import Bounds, ForkServer, become
from vermarkting.hub.settings import CONVERSATION, HOME

NICENESS = 5
_FORKS = ForkServer()


class ClassSpawner(LocalProcessSpawner):
    """Starts the server as the account itself. ``mem_limit`` holds for each process of a student."""

    course_account = Unicode(help="The account that grades.").tag(config=True)
    course_folder = Unicode(help="Where its server starts.").tag(config=True)
    launches = Unicode(help="What is needed to send scores to a learning platform; may be empty.").tag(config=True)
    exchange = Unicode(help="The folder of nbgrader's exchange.").tag(config=True)
    inbound = Unicode(help="Where students put what they hand in.").tag(config=True)
    processes = Int(300, help="Processes and threads of one student together.").tag(config=True)

    @property
    def is_course(self) -> bool:
        return self.user.name == self.course_account

    async def start(self):
        if not self.is_course:
            try:
                return await self._fork()
            except OSError as error:
                self.log.warning("Starting %s in full: no fork server (%s)", self.user.name, error)
        role = "course" if self.is_course else "student"
        self.cmd = [sys.executable, "-P", "-m", f"vermarkting.hub.{role}"]
        return await super().start()

    async def _fork(self) -> tuple[str, int]:
        self.port = self.port or random_port()
        self.proc = None  # the hub asks after it by its number
        self.pid = await _FORKS.start(self.user.name, self.get_args(), self.get_env(), self._bounds)
        return "127.0.0.1", self.port

    @property
    def _bounds(self) -> Bounds:
        return Bounds(self.mem_limit, self.processes, NICENESS)

    def user_env(self, env: dict) -> dict:
        env = super().user_env(env)
        if self.is_course:
            # What is installed for all has no keys: grading is with the module in the course folder, which only this
            # account can read.
            own = {"PYTHONPATH": str(Path(self.course_folder, "src")), "VERMARKTING_PLATFORM": self.launches}
            return env | own | {"VERMARKTING_COURSE": self.course_folder, "VERMARKTING_EXCHANGE": self.exchange}
        return env | {"VERMARKTING_INBOUND": self.inbound, "VERMARKTING_LIVE": CONVERSATION, "VERMARKTING_HOME": HOME}

    def make_preexec_fn(self, name: str) -> Callable[[], None]:
        return partial(become, name, None if self.is_course else self._bounds)
