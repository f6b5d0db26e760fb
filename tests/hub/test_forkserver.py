"""Each order gets the answer to itself, also after one that nobody waited for."""

import asyncio
import json
import socket
import threading
import time
from types import SimpleNamespace

import pytest

from vermarkting.hub.forkserver import FAMILY, KIND, ORDER_BYTES, Bounds, ForkServer

BOUNDS = Bounds(memory=1, processes=1, niceness=0)


class Slow(ForkServer):
    """Answers each order late, with the number in the account's name."""

    def _open(self) -> None:
        self._line, theirs = socket.socketpair(FAMILY, KIND)
        self._line.setblocking(False)
        self._process = SimpleNamespace(poll=lambda: None)
        threading.Thread(target=self._answer, args=(theirs,), daemon=True).start()

    @staticmethod
    def _answer(line: socket.socket) -> None:
        with line:
            while order := line.recv(ORDER_BYTES):
                time.sleep(0.2)
                try:
                    line.send(json.loads(order)["account"].encode())
                except OSError:  # nobody is there any more
                    return


def test_an_answer_that_comes_too_late_is_not_taken_for_the_next_one():
    async def orders() -> int:
        server = Slow()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(server.start("11", [], {}, BOUNDS), 0.05)
        return await server.start("22", [], {}, BOUNDS)

    assert asyncio.run(orders()) == 22
