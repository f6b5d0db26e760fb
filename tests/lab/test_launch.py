"""The module stops when it is asked to."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import anyio.to_thread

from vermarkting.lab import launch


def test_a_request_that_still_runs_does_not_keep_the_program_from_ending():
    """Its thread would wait for the next thing to do, and the program for that thread."""
    with ThreadPoolExecutor(1) as apart:  # in this thread a loop may run already: that of a browser test before
        apart.submit(_end_while_a_request_runs).result()


def _end_while_a_request_runs():
    loop = asyncio.new_event_loop()

    async def request():
        await anyio.to_thread.run_sync(threading.get_ident)
        await asyncio.sleep(3600)

    task = loop.create_task(request())
    before = set(threading.enumerate())
    loop.call_later(0.3, loop.stop)
    loop.run_forever()  # as a server does
    [worker] = set(threading.enumerate()) - before
    try:
        launch.end_tasks(loop)
        worker.join(10)
        assert not worker.is_alive()
    finally:
        task.cancel()
        loop.run_until_complete(asyncio.wait([task]))
        loop.close()
