"""One conversation on disk: a file of its own, so that wiping it is removing that file.

What is in it: which questions were asked and when, and per round one vote of each taker-part under a number that only
this file can make from the number in that browser. No names, no addresses, and no moment of a vote.
"""

import contextlib
import hashlib
import hmac
import json
import re
import secrets
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

SUFFIX = ".gesprek"
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels, so no words
_CODE = re.compile(f"[{LETTERS}]{{5}}")
_MAKE = """
CREATE TABLE session (secret BLOB NOT NULL, opened REAL NOT NULL, most INTEGER NOT NULL, team TEXT NOT NULL);
CREATE TABLE round (
    id INTEGER PRIMARY KEY, question TEXT NOT NULL, early INTEGER NOT NULL, opened REAL NOT NULL, closed REAL
);
CREATE TABLE vote (
    round INTEGER NOT NULL, voter TEXT NOT NULL, value TEXT NOT NULL, shown TEXT, PRIMARY KEY (round, voter)
) WITHOUT ROWID;
"""


@dataclass
class Round:
    """One question asked once. Moments are seconds since 1970; ``early``: shown in steps while it is open.

    ``closing``: what comes now is too late. ``votes`` and ``shown`` hold a vote per voter: what is kept, and of it what
    the screen has shown.
    """

    id: int
    question: str
    early: bool
    opened: float
    closed: float | None = None
    closing: bool = False
    votes: dict[str, object] = field(default_factory=dict)
    shown: dict[str, object] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        return self.closed is None


class Session:
    """A conversation's file. Not for two threads at once; every method that writes returns once it is durable."""

    def __init__(self, path: Path) -> None:
        """Open a conversation that is there. Raises ``sqlite3.Error`` for a file that is none."""
        self.path = path
        self.code = path.stem
        self._file = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._file.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;")
        row = self._file.execute("SELECT secret, opened, most, team FROM session").fetchone()
        self._secret, self.opened, self.most, self.group = row

    @classmethod
    def create(cls, folder: Path, most: int, group: str = "") -> "Session":
        """Begin a conversation for at most so many people, in a group of the learning platform if there is one."""
        while (path := folder / f"{''.join(secrets.choice(LETTERS) for _ in range(5))}{SUFFIX}").exists():
            continue
        path.touch(mode=0o600)
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as file:
            file.executescript(_MAKE)
            file.execute("INSERT INTO session VALUES (?, ?, ?, ?)", (secrets.token_bytes(32), time.time(), most, group))
        return cls(path)

    def voter(self, token: str) -> str:
        """Give the number under which a browser's votes stand here, and nowhere else."""
        return hmac.new(self._secret, token.encode(), hashlib.sha256).hexdigest()[:24]

    def rounds(self) -> list[Round]:
        """Read all rounds with their votes."""
        found = [
            Round(number, question, bool(early), opened, closed)
            for number, question, early, opened, closed in self._file.execute("SELECT * FROM round ORDER BY id")
        ]
        for one in found:
            for voter, value, shown in self._file.execute(
                "SELECT voter, value, shown FROM vote WHERE round = ?", (one.id,)
            ):
                one.votes[voter] = json.loads(value)
                if shown is not None:
                    one.shown[voter] = json.loads(shown)
        return found

    def open_round(self, question: str, early: bool) -> Round:
        """Begin a round."""
        opened = time.time()
        row = self._file.execute(
            "INSERT INTO round (question, early, opened) VALUES (?, ?, ?)", (question, early, opened)
        )
        return Round(row.lastrowid, question, early, opened)

    def close_round(self, number: int) -> float:
        """End a round; gives the moment."""
        closed = time.time()
        self._file.execute("UPDATE round SET closed = ? WHERE id = ?", (closed, number))
        return closed

    def keep(self, votes: Iterable[tuple[int, str, object]]) -> None:
        """Keep votes as (round, voter, value), the later in place of the earlier: all of them, or none."""
        rows = [(number, voter, json.dumps(value)) for number, voter, value in votes]
        self._file.execute("BEGIN IMMEDIATE")
        try:
            self._file.executemany(
                "INSERT INTO vote (round, voter, value) VALUES (?, ?, ?)"
                " ON CONFLICT DO UPDATE SET value = excluded.value",
                rows,
            )
            self._file.execute("COMMIT")
        except BaseException:
            self._file.execute("ROLLBACK")
            raise

    def note_shown(self, number: int) -> None:
        """Keep that the screen has shown the votes of a round."""
        self._file.execute("UPDATE vote SET shown = value WHERE round = ?", (number,))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def wipe(self) -> None:
        """Remove the conversation from this machine."""
        self.close()
        wipe(self.path)


def wipe(path: Path) -> None:
    """Remove a conversation's file and what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def is_code(text: object) -> bool:
    """Say whether this can be the code of a conversation."""
    return isinstance(text, str) and _CODE.fullmatch(text) is not None
