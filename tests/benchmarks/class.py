"""A class at once, on loopback: people who take part in a conversation, and the time from a vote to the projector.

    uv run --group test python tests/benchmarks/class.py [PEOPLE] [VOTES_A_SECOND]

By default 1,000 people join within ten seconds and vote 100 times a second; half way the service is killed and started
again. Reported: p50, p95 and the longest time from sending a vote to the screen that counts it, votes confirmed and
votes lost, and what the service took of memory and processor.
"""

import asyncio
import random
import statistics
import sys
import tempfile
import time
import uuid
from pathlib import Path

import psutil
from tornado.testing import bind_unused_port

sys.path.insert(0, str(Path(__file__).parents[1] / "live"))

from service_client import Lecturer, Person, command

BET = "03.bet_omkering"
OPTIONS = ("blijft", "samenwacht", "lichtboei", "nieuwkomer")
JOIN_SECONDS = 10


async def joined(address: str, code: str, tokens: list[str]) -> list[Person]:
    """Everybody joins, spread over ten seconds."""

    async def one(token: str) -> Person:
        await asyncio.sleep(random.random() * JOIN_SECONDS)
        person = await Person.at(address, "mee", {"join": code, "me": token})
        await person.hear("joined")
        return person

    return await asyncio.gather(*map(one, tokens))


async def votes(people: list[Person], number: int, rate: int, screen: Lecturer) -> tuple[list[float], int]:
    """Everybody votes once; gives the seconds from each vote to the screen that counts it, and how many were kept."""
    sent: list[float] = []
    seen: list[float] = []
    kept = 0

    async def watch() -> None:
        while len(seen) < len(people):
            state = (await screen.hear("state"))["state"]
            now = time.perf_counter()
            if state["round"] and state["round"]["number"] == number:
                count = int(state["round"]["count"].split()[0])
                seen.extend([now] * (count - len(seen)))

    async def one(place: int, person: Person) -> None:
        nonlocal kept
        await asyncio.sleep(place / rate)
        sent.append(time.perf_counter())
        refused = await person.vote(number, random.choice(OPTIONS))
        kept += refused is None

    watching = asyncio.create_task(watch())
    await asyncio.gather(*(one(place, person) for place, person in enumerate(people)))
    await asyncio.wait_for(watching, 30)
    # Counted in the order in which they were sent: the n-th vote is on the screen once n are.
    return [after - before for before, after in zip(sorted(sent), seen, strict=True)], kept


async def measure(count: int, rate: int) -> None:
    socket, port = bind_unused_port()
    socket.close()
    with tempfile.TemporaryDirectory() as place:
        process, address, key = command(Path(place), port)
        try:
            lecturer = await Lecturer.begins(address, key, most=2000)
            tokens = [str(uuid.uuid4()) for _ in range(count)]
            began = time.perf_counter()
            people = await joined(address, lecturer.code, tokens)
            print(f"{count} people joined in {time.perf_counter() - began:.1f} s")
            first = await lecturer.asks(BET)
            took, kept = await votes(people, first, rate, lecturer)
            service = psutil.Process(process.pid)
            memory = service.memory_full_info().pss / 1e6
            times = service.cpu_times()
            report("vote to projector", took)
            print(f"confirmed {kept} of {count}; service {memory:.0f} MB PSS, {times.user + times.system:.1f} CPU s")

            process.kill()
            process.wait()
            process, _, _ = command(Path(place), port)
            began = time.perf_counter()
            lecturer = await Lecturer.begins(address, key, lecturer.code)
            people = await joined(address, lecturer.code, tokens)
            print(f"killed and started again: all {count} back in {time.perf_counter() - began:.1f} s")
            closed = await lecturer.closes()
            there = sum(int(row["value"]) for row in closed["picture"]["rows"])
            print(f"votes lost: {kept - there}")
            took, _ = await votes(people, await lecturer.asks(BET), rate, lecturer)
            report("second round", took)
        finally:
            process.kill()
            process.wait()


def report(name: str, seconds: list[float]) -> None:
    cuts = statistics.quantiles(seconds, n=20)
    print(f"{name}: p50 {cuts[9] * 1000:.0f} ms, p95 {cuts[18] * 1000:.0f} ms, longest {max(seconds) * 1000:.0f} ms")


if __name__ == "__main__":
    wanted = [int(word) for word in sys.argv[1:]]
    asyncio.run(measure(*(wanted + [1000, 100][len(wanted) :])))
