"""What happens in a conversation: who takes part votes, the lecturer asks, closes and asks again, a screen looks on.

A vote counts, and is confirmed, once it is on disk. Votes that come together are written together.
"""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from vermarkting.live import offers, report, tally
from vermarkting.live.session import Round, Session
from vermarkting.text import t

SCREEN_SECONDS = 0.1
Send = Callable[[dict], None]


class Room:
    """One conversation. ``tell_screen`` is called with the state, a dict, some ten times a second at most."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.rounds = session.rounds()
        self.explains = False
        self.looked_at: Round | None = self.rounds[-1] if self.rounds else None
        self.touched = time.time()
        self._here: dict[Send, str] = {}
        self._known = {voter for one in self.rounds for voter in one.votes}
        self._screens: set[Send] = set()
        self._thread = ThreadPoolExecutor(1)
        self._waiting: list[tuple[tuple[int, str, object], asyncio.Future]] = []
        self._writer: asyncio.Task | None = None
        self._teller: asyncio.Task | None = None

    @property
    def current(self) -> Round | None:
        """The round that is open, if one is."""
        return self.rounds[-1] if self.rounds and self.rounds[-1].open else None

    # --- who takes part

    def join(self, token: str, send: Send) -> bool:
        """Let somebody in and tell what is asked now; ``False`` when the room is full."""
        voter = self.session.voter(token)
        if voter not in self._known and len(self._known) >= self.session.most:
            return False
        self._known.add(voter)
        self._here[send] = voter
        send({"joined": self.session.code, **self._asking(voter)})
        self._changed()
        return True

    def leave(self, send: Send) -> None:
        """Somebody's connection went away."""
        if self._here.pop(send, None):
            self._changed()

    async def vote(self, send: Send, number: object, value: object) -> str | None:
        """Keep a vote; gives why it was refused, or ``None``: then it is on disk."""
        voter, asked = self._here.get(send), self.current
        if voter is None or asked is None or asked.closing or asked.id != number:
            return "closed"
        if not offers.is_vote(asked.question, value):
            return "not_a_vote"
        done = asyncio.get_running_loop().create_future()
        self._waiting.append(((asked.id, voter, value), done))
        self._writer = self._writer or asyncio.create_task(self._write())
        if not await done:
            return "not_kept"
        asked.votes[voter] = value
        await self._show(asked)
        self._changed()
        return None

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self._in_thread(self.session.keep, [vote for vote, _ in batch])
                kept = True
            except sqlite3.Error:  # a full disk: whoever voted is told, and tries again
                kept = False
            for _, done in batch:
                if not done.done():
                    done.set_result(kept)
        self._writer = None

    def _asking(self, voter: str) -> dict:
        asked = self.current
        if asked is None:
            return {"round": None}
        again = self._before(asked) is not None
        return {
            "round": {"number": asked.id, "again": again, **offers.asked(asked.question)},
            "mine": asked.votes.get(voter),
        }

    def _tell_all(self) -> None:
        for send, voter in list(self._here.items()):
            send(self._asking(voter))

    # --- who leads it

    async def ask(self, question: str, early: bool) -> None:
        """Open a round on a question that is offered; a round that was open is closed first."""
        await self.close()
        self.rounds.append(await self._in_thread(self.session.open_round, question, early))
        self.explains = False
        self._look_at(self.rounds[-1])
        self._tell_all()

    async def ask_again(self) -> None:
        """Ask what the screen shows a second time."""
        if self.looked_at and not self.looked_at.open:
            await self.ask(self.looked_at.question, self.looked_at.early)

    async def close(self) -> None:
        """Close the round that is open: what comes later is refused, what was under way is counted."""
        asked = self.current
        if asked is None:
            return
        asked.closing = True
        if self._writer:
            await self._writer
        shown = asked.shown
        if tally.may_follow(shown, asked.votes):
            shown = dict(asked.votes)
            await self._in_thread(self.session.note_shown, asked.id)
        # At once, so that no screen sees a round that is closed and has no picture yet.
        asked.closed, asked.shown = await self._in_thread(self.session.close_round, asked.id), shown
        self._tell_all()
        self._changed()

    def look_at(self, number: object) -> None:
        """Show an earlier round on the screen, or with ``None`` the list of questions."""
        self.explains = False
        self._look_at(next((one for one in self.rounds if one.id == number), None))

    def explain(self) -> None:
        """Show what the lesson says of each option, once the round is closed."""
        self.explains = bool(self.looked_at and not self.looked_at.open) and not self.explains
        self._changed()

    async def end(self) -> None:
        """Wipe the conversation, and say so to everybody."""
        if self._writer:
            await self._writer
        await self._in_thread(self.session.wipe)
        for send in [*self._here, *self._screens]:
            send({"ended": True})
        self.leave_all()

    def leave_all(self) -> None:
        """Let go of everybody and of the thread."""
        self._here.clear()
        self._screens.clear()
        if self._teller:
            self._teller.cancel()
        self._thread.shutdown(wait=False)

    async def shut(self) -> None:
        """Stop, and leave the conversation on disk for the next start."""
        if self._writer:
            await self._writer
        await self._in_thread(self.session.close)
        self.leave_all()

    def report(self) -> str:
        """Give what was shown as a CSV."""
        return report.write(self.rounds)

    def _look_at(self, one: Round | None) -> None:
        self.looked_at = one
        self._changed()

    # --- the screen

    def watch(self, send: Send) -> None:
        """Let a screen look on."""
        self._screens.add(send)
        self._changed()

    def unwatch(self, send: Send) -> None:
        """A screen went away."""
        self._screens.discard(send)

    async def _show(self, one: Round) -> None:
        """Let the screen have the votes of an open round when enough are new, if that was asked for."""
        if one.early and tally.may_follow(one.shown, one.votes):
            one.shown = dict(one.votes)
            await self._in_thread(self.session.note_shown, one.id)

    def _changed(self) -> None:
        self.touched = time.time()
        if self._screens and self._teller is None:
            self._teller = asyncio.create_task(self._tell_screens())

    async def _tell_screens(self) -> None:
        await asyncio.sleep(SCREEN_SECONDS)
        self._teller = None  # what changes from here on is told the next time
        state = await self.state()
        for send in list(self._screens):
            send({"state": state})

    async def state(self) -> dict:
        """Give what the screen shows, all in words."""
        people = len(set(self._here.values()))
        one = self.looked_at
        return {
            "code": self.session.code,
            "people": t("live.screen.people", count=people),
            "asking": self.current is not None,
            "rounds": [{"number": earlier.id, "name": self._name(earlier)} for earlier in self.rounds],
            "round": None if one is None else await self._round_state(one, people),
        }

    async def _round_state(self, one: Round, people: int) -> dict:
        public = offers.asked(one.question)
        before = self._before(one)
        shown, earlier = dict(one.shown), dict(before.shown) if before else None
        picture = await asyncio.to_thread(tally.picture, public, shown, earlier)
        held = len(tally.unseen(one.shown, one.votes))
        return {
            "number": one.id,
            "prompt": public["prompt"],
            "options": [option["text"] for option in public.get("options", ())] if public["form"] == "choice" else [],
            "open": one.open,
            "count": t("live.screen.count", count=len(one.votes), people=max(people, len(one.votes))),
            "why": self._why(one, held),
            "picture": picture,
            "before": bool(picture and earlier and len(earlier) >= tally.LEAST),
            "moved": tally.moved(earlier, shown) if picture and earlier else "",
            "can_explain": bool(offers.explained(one.question)),
            "explained": offers.explained(one.question) if self.explains else None,
        }

    def _why(self, one: Round, held: int) -> str:
        if one.open and not one.early:
            return t("live.screen.hidden")
        if not one.shown:
            return t("live.screen.too_few")
        return t("live.screen.held", count=held) if held and not one.open else ""

    def _name(self, one: Round) -> str:
        name = t("live.screen.round", number=one.id, prompt=offers.asked(one.question)["prompt"])
        return name if len(name) <= 90 else f"{name[:88]}…"

    def _before(self, one: Round) -> Round | None:
        """Give the first round on the same question."""
        return next((first for first in self.rounds if first.question == one.question and first.id < one.id), None)

    def _in_thread(self, work: Callable, *words: object) -> Awaitable:
        return asyncio.get_running_loop().run_in_executor(self._thread, work, *words)
