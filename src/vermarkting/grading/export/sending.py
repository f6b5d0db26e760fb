"""Scores back to a learning platform, by Assignment and Grade Services 2.0.

A line per assignment, made once; a score is sent when it differs from what the platform has, so doing it again changes
nothing; one that is lower than the platform's is sent only when that was asked for. A platform that does not answer is
asked again. What a platform says is checked before it is used.
"""

import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

import jwt
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/"
SCOPES = f"{SCOPE}lineitem {SCOPE}score {SCOPE}result.readonly"
TIMEOUT = 20
TRIES = 4
MOST_PAGES = 200
_LINE = "application/vnd.ims.lis.v2.lineitem+json"
_LINES = "application/vnd.ims.lis.v2.lineitemcontainer+json"
_RESULTS = "application/vnd.ims.lis.v2.resultcontainer+json"
_SCORE = "application/vnd.ims.lis.v1.score+json"


class PlatformError(Exception):
    """The platform refuses, does not answer, or answers with something else than the norm says."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the scores of one assignment, by student; ``lower`` and ``failed`` were not sent."""

    sent: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


class Platform:
    """One course on a platform. ``key``: the tool's private key in PEM. ``lines``: where the course's lines are."""

    def __init__(self, client: str, token_address: str, key: str, key_id: str, lines: str, wait: float = 1.0) -> None:
        self.client, self.token_address, self.key, self.key_id, self.lines = client, token_address, key, key_id, lines
        self._token, self._until = "", 0.0
        # A score may be sent twice without harm, so it is tried again like a question.
        again = Retry(TRIES, backoff_factor=wait, status_forcelist=(429, 500, 502, 503, 504), allowed_methods=None)
        self._http = requests.Session()
        for scheme in ("http://", "https://"):
            self._http.mount(scheme, HTTPAdapter(max_retries=again))

    def send(self, assignment: str, title: str, most: Decimal, scores: Mapping[str, tuple[str, Decimal]],
             lower: bool = False) -> Sent:  # fmt: skip
        """Send the scores of an assignment: student to the platform's own number of that person, and points.

        Raises ``PlatformError`` when nothing can be sent at all.
        """
        line = self._line(assignment, title, most)
        there = self._results(line)
        done = Sent()
        for student, (person, points) in scores.items():
            ours = points / most if most else Decimal(0)
            theirs = there.get(person)
            if theirs is not None and abs(theirs - ours) < Decimal("0.00005"):
                done.same.append(student)
            elif theirs is not None and theirs > ours and not lower:
                done.lower.append(student)
            else:
                try:
                    self._score(line, person, points, most)
                    done.sent.append(student)
                except PlatformError:
                    done.failed.append(student)
        return done

    def _line(self, assignment: str, title: str, most: Decimal) -> str:
        """Find the line of an assignment, or make it."""
        for line in self._pages(self.lines, _LINES):
            if line.get("resourceId") == assignment and isinstance(line.get("id"), str):
                return line["id"]
        wanted = {"scoreMaximum": float(most), "label": title, "resourceId": assignment, "tag": "vermarkting"}
        made = self._ask("POST", self.lines, json=wanted, headers={"Content-Type": _LINE, "Accept": _LINE})
        made = _json(made)
        if not isinstance(made, dict) or not isinstance(made.get("id"), str):
            raise PlatformError("no line")
        return made["id"]

    def _results(self, line: str) -> dict[str, Decimal]:
        """Give what the platform has, by person, as a part of the most."""
        found = {}
        for result in self._pages(_below(line, "results"), _RESULTS):
            score, most = _number(result.get("resultScore")), _number(result.get("resultMaximum", 1))
            if isinstance(result.get("userId"), str) and score is not None and most:
                found[result["userId"]] = score / most
        return found

    def _score(self, line: str, person: str, points: Decimal, most: Decimal) -> None:
        score = {
            "userId": person,
            "scoreGiven": float(points),
            "scoreMaximum": float(most),
            "activityProgress": "Completed",
            "gradingProgress": "FullyGraded",
            "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds"),
        }
        self._ask("POST", _below(line, "scores"), json=score, headers={"Content-Type": _SCORE})

    def _pages(self, address: str, kind: str) -> list[dict]:
        found = []
        for _ in range(MOST_PAGES):
            answer = self._ask("GET", address, headers={"Accept": kind})
            page = _json(answer)
            if not isinstance(page, list):
                raise PlatformError("no list")
            found += [entry for entry in page if isinstance(entry, dict)]
            address = answer.links.get("next", {}).get("url", "")
            if not address:
                return found
        raise PlatformError("no end")

    def _ask(self, method: str, address: str, headers: dict[str, str], **more: object) -> requests.Response:
        for first in (True, False):
            try:
                bearer = {"Authorization": f"Bearer {self._bearer()}"}
                answer = self._http.request(method, address, headers=headers | bearer, timeout=TIMEOUT, **more)
            except requests.RequestException as error:
                raise PlatformError(type(error).__name__) from error
            if answer.status_code == 401 and first:
                self._until = 0  # a token that ended early: once more with a new one
                continue
            break
        if not answer.ok:
            raise PlatformError(str(answer.status_code))
        return answer

    def _bearer(self) -> str:
        if time.time() < self._until:
            return self._token
        now = int(time.time())
        claims = {"iss": self.client, "sub": self.client, "aud": self.token_address, "iat": now - 5, "exp": now + 60}
        signed = jwt.encode(claims | {"jti": str(uuid.uuid4())}, self.key, "RS256", headers={"kid": self.key_id})
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": signed,
            "scope": SCOPES,
        }
        answer = self._http.post(self.token_address, data=form, timeout=TIMEOUT)
        given = _json(answer) if answer.ok else None
        if not isinstance(given, dict) or not isinstance(given.get("access_token"), str):
            raise PlatformError("no token")
        lasts = _number(given.get("expires_in", 300)) or Decimal(60)
        self._token, self._until = given["access_token"], time.time() + float(lasts) * 0.8
        return self._token


def _json(answer: requests.Response) -> object:
    try:
        return answer.json()
    except ValueError as error:
        raise PlatformError("no JSON") from error


def course(folder: Path) -> tuple[Platform, dict[str, str]]:
    """Give the course of a class and the platform's number of each account, from what the hub noted.

    Raises ``OSError``, ``KeyError`` or ``ValueError`` where that is not there, or no launch said where lines are.
    """
    settings = json.loads((folder / "platform.json").read_text(encoding="utf-8"))
    noted = json.loads((folder / "deelnemers.json").read_text(encoding="utf-8"))
    if not noted["lines"] or not settings["tokens"]:
        raise ValueError("no service for scores")
    key = (folder / "sleutel.pem").read_text(encoding="ascii")
    return Platform(settings["client"], settings["tokens"], key, settings["key_id"], noted["lines"]), noted["people"]


def _below(line: str, name: str) -> str:
    """Give an address below that of a line, which may have a question in it."""
    place, mark, question = line.partition("?")
    return f"{place.rstrip('/')}/{name}{mark}{question}"


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
