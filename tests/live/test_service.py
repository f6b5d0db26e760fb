"""The service over real sockets: a class that votes and comes back, who means harm, and a service that is killed."""

import asyncio
import json
import os
import time
import uuid
from urllib.parse import urlsplit

import pytest
from service_client import KEY, Lecturer, Person, command, running, takes_part
from tornado.testing import bind_unused_port

from vermarkting.live import service
from vermarkting.live.room import Room
from vermarkting.live.session import SUFFIX, Session

BET = "03.bet_omkering"


def values(state: dict) -> list[int]:
    return [int(row["value"]) for row in state["picture"]["rows"]]


def test_a_class_bets_talks_and_bets_again(tmp_path):
    async def lesson():
        async with running(tmp_path) as (address, here):
            lecturer = await Lecturer.begins(address)
            students = await asyncio.gather(*(takes_part(address, lecturer.code) for _ in range(40)))
            number = await lecturer.asks(BET)
            for student in students:
                assert (await student.hear("round"))["round"]["options"][0].keys() == {"id", "text"}
            await asyncio.gather(*(student.vote(number, "blijft") for student in students[:30]))
            await students[0].vote(number, "blijft")  # the same again, and another choice: it still is one vote
            assert await students[1].vote(number, "lichtboei") is None
            late = await Person.at(address, "mee", {"join": lecturer.code, "me": str(uuid.uuid4())})
            assert (await late.hear("joined"))["round"]["number"] == number
            await late.vote(number, "nieuwkomer")
            state = await lecturer.sees(lambda seen: seen["round"]["count"].startswith("31 "))
            assert state["round"]["picture"] is None, "what others think is hidden while the round is open"
            first = await lecturer.closes()
            assert values(first) == [29, 0, 1, 1]
            assert (await students[2].hear("round"))["round"] is None
            assert await students[2].vote(number, "lichtboei") == "closed"

            await lecturer.does("again")
            again = (await lecturer.sees(lambda seen: seen["round"]["open"]))["round"]["number"]
            await asyncio.gather(*(student.vote(again, "lichtboei") for student in students[:12]))
            second = await lecturer.closes()
            assert values(second) == [0, 0, 12, 0] and second["picture"]["rows"][0]["before"] == 29 / 31
            assert "Van de 12 die twee keer antwoordden, veranderden er 11." in second["moved"]
            await lecturer.does("save")
            lines = (await lecturer.hear("csv"))["csv"].splitlines()
            assert lines[0].startswith("\ufeffronde;") and len(lines) == 1 + 4 + 4 + 1
            await lecturer.does("explain")
            told = (await lecturer.sees(lambda seen: seen["round"]["explained"]))["round"]["explained"]
            assert [one["right"] for one in told] == [False, False, True, False]

            await lecturer.does("end")
            assert await students[3].hear("ended") and await lecturer.hear("ended")
            assert here.rooms == {} and list(tmp_path.iterdir()) == []

    asyncio.run(lesson())


def test_fewer_than_five_stay_hidden_also_from_the_file(tmp_path):
    async def lesson():
        async with running(tmp_path) as (address, _):
            lecturer = await Lecturer.begins(address)
            students = [await takes_part(address, lecturer.code) for _ in range(4)]
            number = await lecturer.asks(BET, early=True)
            for student in students:
                await student.vote(number, "nieuwkomer")
            closed = await lecturer.closes()
            assert closed["picture"] is None and "vijf" in closed["why"]
            await lecturer.does("save")
            assert "nieuwkomer" not in (await lecturer.hear("csv"))["csv"]

    asyncio.run(lesson())


def test_shown_early_it_moves_by_five_and_the_last_few_stay_out(tmp_path):
    async def lesson():
        room = Room(Session.create(tmp_path, 200))
        people = [[].append for _ in range(13)]
        for person in people:
            assert room.join(str(uuid.uuid4()), person)
        await room.ask(BET, early=True)
        seen = []
        for person in people:
            assert await room.vote(person, 1, "blijft") is None
            seen.append(len(room.current.shown))
        assert seen == [0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10, 10, 10]
        await room.close()
        state = (await room.state())["round"]
        assert values(state)[0] == 10 and "3 antwoorden" in state["why"]
        await room.shut()
        again = Room(Session(room.session.path))
        assert len(again.rounds[0].votes) == 13 and len(again.rounds[0].shown) == 10
        await again.shut()

    asyncio.run(lesson())


def test_no_screen_sees_a_closed_round_without_its_picture(tmp_path, monkeypatch):
    async def lesson():
        room = Room(Session.create(tmp_path, 200))
        seen = []
        people = [[].append for _ in range(6)]
        for person in people:
            room.join(str(uuid.uuid4()), person)
        await room.ask(BET, early=False)
        for person in people:
            await room.vote(person, 1, "blijft")
        close_round = room.session.close_round
        monkeypatch.setattr(room.session, "close_round", lambda number: (time.sleep(0.3), close_round(number))[1])
        room.watch(seen.append)  # a screen is told while the round is closing
        await room.close()
        await asyncio.sleep(0.3)
        states = [message["state"]["round"] for message in seen]
        assert states[0]["open"] and not states[-1]["open"]
        assert all(state["open"] or state["picture"] for state in states)
        assert await room.vote(people[0], 1, "lichtboei") == "closed"
        await room.shut()

    asyncio.run(lesson())


def test_a_full_disk_refuses_a_vote_and_takes_it_later(tmp_path, monkeypatch):
    import sqlite3

    async def lesson():
        room = Room(Session.create(tmp_path, 200))
        person = [].append
        room.join(str(uuid.uuid4()), person)
        await room.ask(BET, early=False)

        def full(*_):
            raise sqlite3.OperationalError("database or disk is full")

        with monkeypatch.context() as broken:
            broken.setattr(room.session, "keep", full)
            assert await room.vote(person, 1, "blijft") == "not_kept"
        assert room.current.votes == {}
        assert await room.vote(person, 1, "blijft") is None
        await room.shut()

    asyncio.run(lesson())


HOSTILE = [
    "geen json", b"\x00\x01", "[1]", '"x"', "null", '{"join": NaN}', "[" * 4000, "{" * 200, '{"vote": "blijft"}',
    {"join": "BCDFG", "me": "x"}, {"join": "BCDFG", "me": ["a"]}, {"join": {"a": 1}, "me": "geen getal"},
    {"join": "CODE", "me": "a" * 36 + "\n"}, {"do": "begin"}, {"key": 1}, {"__proto__": {}}, "x" * 9000,
]  # fmt: skip
REFUSED = [
    "nergens", 1, None, True, ["blijft"], {"blijft": 1}, {"$gt": ""}, "<script>alert(1)</script>",
    "'; DROP TABLE vote;--", "blijft\x00", [[[[[]]]]], "=CMD()",
]  # fmt: skip


def test_who_means_harm_changes_nothing(tmp_path):
    async def lesson():
        async with running(tmp_path) as (address, here):
            lecturer = await Lecturer.begins(address, most=12)
            number = await lecturer.asks(BET)
            for message in HOSTILE:
                person = await Person.at(address, "mee")
                message = (
                    {**message, "join": lecturer.code}
                    if isinstance(message, dict) and message.get("join") == "CODE"
                    else message
                )
                await person.say(message)
                assert await person.hear() is None, message
            for message in HOSTILE:
                await (person := await Person.at(address, "leiden")).say(message)
                answer = await person.hear()
                assert answer is None or answer == {"refused": "key"}, message
            here.messages_a_second = 1000
            sly = await takes_part(address, lecturer.code)
            for vote in REFUSED:
                assert await sly.vote(number, vote) == "not_a_vote", vote
            for other in (number + 1, -1, "1", None, [], True if number != 1 else 2):
                assert await sly.vote(other, "blijft") == "closed"
            assert await sly.vote(number, "blijft") is None

            here.messages_a_second = service.MESSAGES_A_SECOND
            flood = await takes_part(address, lecturer.code)
            for count in range(200):
                await flood.say({"round": number, "vote": "lichtboei", "n": count})
            while await flood.hear() is not None:
                continue
            guesser = await Person.at(address, "mee")
            for _ in range(service.WRONG_CODES):
                await guesser.say({"join": "ZZZZZ", "me": str(uuid.uuid4())})
                assert await guesser.hear() == {"refused": "no_session"}
            assert await guesser.hear() is None

            inside = [await takes_part(address, lecturer.code) for _ in range(10)]
            outside = await Person.at(address, "mee", {"join": lecturer.code, "me": str(uuid.uuid4())})
            assert await outside.hear() == {"refused": "full"}
            await asyncio.gather(*(one.vote(number, "blijft") for one in inside[:5]))
            assert values(await lecturer.closes()) == [6, 0, 1, 0]
            assert here.connections < 20, "who was shown out is gone"

    asyncio.run(lesson())


def test_one_browser_counts_once_over_two_tabs_and_a_lost_line(tmp_path):
    async def lesson():
        async with running(tmp_path) as (address, _):
            lecturer = await Lecturer.begins(address)
            number = await lecturer.asks(BET)
            token = str(uuid.uuid4())
            tabs = [await takes_part(address, lecturer.code, token) for _ in range(2)]
            await tabs[0].vote(number, "blijft")
            await tabs[1].vote(number, "lichtboei")
            tabs[0].socket.close()
            back = await Person.at(address, "mee", {"join": lecturer.code, "me": token})
            assert (await back.hear("joined"))["mine"] == "lichtboei"
            state = await lecturer.sees(lambda seen: seen["round"]["count"].startswith("1 "))
            assert state["people"].startswith("1 ")
            await back.say({"tick": True})
            assert await back.hear("tick")

    asyncio.run(lesson())


def test_no_vote_is_lost_when_the_service_is_killed(tmp_path):
    async def lesson():
        socket, port = bind_unused_port()
        socket.close()
        process, address, key = command(tmp_path, port)
        try:
            lecturer = await Lecturer.begins(address, key)
            number = await lecturer.asks(BET)
            tokens = [str(uuid.uuid4()) for _ in range(24)]
            students = [await takes_part(address, lecturer.code, token) for token in tokens]
            kept = set()

            async def votes(student: Person, token: str) -> None:
                await student.say({"round": number, "vote": "lichtboei", "n": 1})
                if (answer := await student.hear("n")) is not None and answer.get("kept"):
                    kept.add(token)

            under_way = [asyncio.create_task(votes(*pair)) for pair in zip(students, tokens, strict=True)]
            while len(kept) < 3:
                await asyncio.sleep(0)
            process.kill()
            process.wait()
            await asyncio.gather(*under_way)
            assert 3 <= len(kept) <= 24
            on_disk = b"".join(path.read_bytes() for path in tmp_path.glob(f"*{SUFFIX}*"))
            assert not any(token.encode() in on_disk for token in tokens), "a vote can be led back to a browser"

            process, address, again = command(tmp_path, port)
            assert again == key, "the lecturer's page finds its way back"
            lecturer = await Lecturer.begins(address, key, lecturer.code)
            mine = {}
            for token in tokens:
                person = await Person.at(address, "mee", {"join": lecturer.code, "me": token})
                mine[token] = (await person.hear("joined"))["mine"]
            assert all(mine[token] == "lichtboei" for token in kept)
            assert values(await lecturer.closes())[2] == sum(vote is not None for vote in mine.values()) >= len(kept)
        finally:
            process.kill()
            process.wait()

    asyncio.run(lesson())


def test_a_course_of_a_platform_finds_its_newest_conversation(tmp_path):
    from tornado.httpclient import AsyncHTTPClient

    own, other = "0123456789abcdef", "f" * 16

    async def led_to(address: str, group: str) -> str:
        return urlsplit((await AsyncHTTPClient().fetch(f"{address}groep/{group}")).effective_url).fragment

    async def lesson():
        async with running(tmp_path) as (address, here):
            assert await led_to(address, own) == ""
            codes = []
            for group in (own, own, other, "geen groep", 3):
                lecturer = await Person.at(address, "leiden", {"key": KEY}, {"do": "begin", "group": group})
                codes.append((await lecturer.hear("state"))["state"]["code"])
            assert await led_to(address, own) == codes[1]
            assert await led_to(address, other) == codes[2]
            assert [here.rooms[code].session.group for code in codes[3:]] == ["", ""]
        async with running(tmp_path) as (address, _):
            assert await led_to(address, own) == codes[1]

    asyncio.run(lesson())


def test_what_nobody_touches_is_wiped(tmp_path):
    async def lesson():
        async with running(tmp_path) as (address, here):
            lecturer = await Lecturer.begins(address)
            here.rooms[lecturer.code].touched = time.time() - service.KEPT_SECONDS - 1
            await here.forget()
            assert list(tmp_path.iterdir()) == []
        left = Session.create(tmp_path, 200)
        left.close()
        (tmp_path / f"BBBBB{SUFFIX}").write_text("niet van ons")
        for path in tmp_path.iterdir():
            os.utime(path, (1, 1)) if path.stem == left.code else None
        assert service.Conversations(tmp_path).rooms == {}
        assert [path.stem for path in tmp_path.glob(f"*{SUFFIX}")] == ["BBBBB"]
        assert tmp_path.stat().st_mode & 0o777 == 0o700

    asyncio.run(lesson())


@pytest.mark.parametrize("page", ["", "docent"])
def test_a_page_lets_nothing_in_from_elsewhere(tmp_path, page):
    from tornado.httpclient import AsyncHTTPClient

    async def lesson():
        async with running(tmp_path) as (address, _):
            answer = await AsyncHTTPClient().fetch(f"{address}{page}")
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            state = answer.body.decode().split('id="state">')[1].split("</script>")[0]
            assert json.loads(state)["key"] == ""

    asyncio.run(lesson())
