"""A server for each account: a student's within limits, the course account's in the course folder."""

import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path

from jupyterhub.spawner import LocalProcessSpawner
from traitlets import Int, Unicode

from vermarkting.hub.settings import CONVERSATION, HOME

NICENESS = 5


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
        role = "course" if self.is_course else "student"
        self.cmd = [sys.executable, "-P", "-m", f"vermarkting.hub.{role}"]
        return await super().start()

    def user_env(self, env: dict) -> dict:
        env = super().user_env(env)
        if self.is_course:
            # What is installed for all has no keys: grading is with the module in the course folder, which only this
            # account can read.
            own = {"PYTHONPATH": str(Path(self.course_folder, "src")), "VERMARKTING_PLATFORM": self.launches}
            return env | own | {"VERMARKTING_COURSE": self.course_folder, "VERMARKTING_EXCHANGE": self.exchange}
        return env | {"VERMARKTING_INBOUND": self.inbound, "VERMARKTING_LIVE": CONVERSATION, "VERMARKTING_HOME": HOME}

    def make_preexec_fn(self, name: str) -> Callable[[], None]:
        become = super().make_preexec_fn(name)
        limits = [(resource.RLIMIT_CORE, 0)]
        if not self.is_course:
            limits += [(resource.RLIMIT_DATA, self.mem_limit), (resource.RLIMIT_NPROC, self.processes)]

        def preexec() -> None:
            os.umask(0o077)  # what an account makes, no other account reads
            for limit, value in limits:
                resource.setrlimit(limit, (value, value))
            if not self.is_course:
                os.nice(NICENESS)  # hub and proxy keep answering when students' kernels take all there is
            become()

        return preexec
