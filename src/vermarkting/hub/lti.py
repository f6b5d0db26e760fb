"""Logging in from a learning platform by LTI 1.3: from a link in a course into the right lesson, or the conversation of
that course, with the right role.

``ltiauthenticator`` does the protocol: it checks signature, issuer, audience, times, state and nonce. What it leaves
open is decided here, and closed: which deployment may come in, that a launch counts once, whose account it is, and who
is a lecturer. A role is believed only from the signed token and only as a role in this course.
"""

import re
import time
from typing import Any

from jupyterhub.auth import LocalAuthenticator
from jupyterhub.handlers import BaseHandler
from jupyterhub.utils import url_path_join
from ltiauthenticator.lti13.auth import LTI13Authenticator
from ltiauthenticator.lti13.handlers import LTI13CallbackHandler
from tornado.web import HTTPError, authenticated
from traitlets import Callable, Set, Unicode

from vermarkting import data
from vermarkting.hub.settings import CONVERSATION

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
_MEMBER = "http://purl.imsglobal.org/vocab/lis/v2/membership"
# In a course; a role in the whole institution, or of somebody who also learns there, leads nowhere.
LECTURER = {f"{_MEMBER}#Instructor", f"{_MEMBER}#Administrator"}
STUDENT = {f"{_MEMBER}#Learner"}
MOST_NONCES = 100_000
TALK = "gesprek"
_PAGE = re.compile(r"/les/([A-Za-z0-9]{1,16})/?$")
_GROUP = re.compile(r"[0-9a-f]{16}")


class Refused(HTTPError):
    """A launch that may not come in; the reason is for the log of the hub."""

    def __init__(self, why: str) -> None:
        super().__init__(403, f"LTI launch refused: {why}")


class _Callback(LTI13CallbackHandler):
    """The end of a launch."""

    def get_next_url(self, user: Any = None) -> str:
        """Go to the page that the signed token names; what came with the unsigned first step is not believed."""
        return self.authenticator.page_address(self.hub.base_url, self._asked, self._course)

    def decode_and_validate_launch_request(self) -> dict[str, Any]:
        claims = super().decode_and_validate_launch_request()
        self._asked = str(claims.get(f"{CLAIM}target_link_uri", ""))
        context = claims.get(f"{CLAIM}context")
        self._course = str(context.get("id", "")) if isinstance(context, dict) else ""
        return claims


class _Page(BaseHandler):
    """The address for links of a lesson, an assignment or the conversation: ``/hub/les/03``, ``O1``, ``gesprek``."""

    @authenticated
    def get(self, name: str) -> None:
        leads = self.current_user.name == self.authenticator.course_account
        if name == TALK:
            asked = self.get_query_argument("groep", "")
            group = asked if _GROUP.fullmatch(asked) else ""
            self.redirect(f"{CONVERSATION}docent?groep={group}" if leads else f"{CONVERSATION}groep/{group}")
            return
        row = next((page for page in data.rows("pages") if page["id"] == name), None)
        if row is None:
            raise HTTPError(404)
        if not leads and self.authenticator.lessons and row["kind"] != "assignment":
            page = row["path"].replace(".ipynb", ".html")
            self.redirect(f"{self.authenticator.lessons}{self.current_user.name}/{page}")
            return
        if leads:
            wanted = f"vermarkting/nakijken/opdracht/{name}" if row["kind"] == "assignment" else "lab"
        else:
            wanted = f"lab/tree/{row['path']}"
        self.redirect(url_path_join(self.hub.base_url, "user-redirect", wanted))


class _Keys(BaseHandler):
    """The public keys of this server, by which a platform knows who sends scores."""

    def get(self) -> None:
        self.finish(self.authenticator.keys())


class PlatformAuthenticator(LTI13Authenticator, LocalAuthenticator):
    """Lets in who a learning platform sends, as an account of this server that is on the list of the class."""

    callback_handler = _Callback
    deployments = Set(Unicode(), help="The deployments of the tool that may come in.").tag(config=True)
    course_account = Unicode(help="The account that every lecturer shares.").tag(config=True)
    lessons = Unicode(help="Where lessons open without a server of one's own; may be empty.").tag(config=True)
    group = Callable(lambda course: "", help="Gives the group of a course of the platform.").tag(config=True)
    keys = Callable(lambda: {"keys": []}, help="Gives the public keys of the tool.").tag(config=True)
    noted = Callable(lambda account, claims: None, help="Told of each launch that came in.").tag(config=True)

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._nonces: dict[str, float] = {}

    def get_handlers(self, app: Any) -> list[tuple]:
        return [*super().get_handlers(app), (r"/les/([A-Za-z0-9]{1,16})/?", _Page), ("/lti13/sleutels", _Keys)]

    def page_address(self, base: str, target: str, course: str) -> str:
        """Give where a launch ends; ``target`` is the link's address in the signed token, ``course`` its context."""
        page = _PAGE.search(target)
        if page is None:
            return url_path_join(base, "home")
        group = f"?groep={self.group(course)}" if page[1] == TALK and course else ""
        return url_path_join(base, "les", page[1]) + group

    async def authenticate(self, handler: BaseHandler, data: dict | None = None) -> dict[str, Any]:
        """Give the account of a launch whose token was checked. Raises ``Refused``."""
        claims = data or {}
        if claims.get(f"{CLAIM}deployment_id") not in self.deployments:
            raise Refused("another deployment")
        self._count_once(claims)
        account = self._account(claims)
        self.noted(account, claims)
        return {"name": account}

    def _account(self, claims: dict) -> str:
        given = claims.get(f"{CLAIM}roles")
        roles = {role for role in given if isinstance(role, str)} if isinstance(given, list) else set()
        if roles & LECTURER and not roles & STUDENT:
            return self.course_account
        if not roles & STUDENT:
            raise Refused("neither a student nor a lecturer of the course")
        name = self.get_username(claims)
        if self.normalize_username(name) == self.normalize_username(self.course_account):
            raise Refused("a student under the name of the course account")
        return name

    def get_username(self, token: dict[str, Any]) -> str:
        """Give the account of a student, out of the one claim that was agreed on and out of no other."""
        holder, name = token, self.username_key
        if name.startswith("custom_"):
            holder, name = token.get(f"{CLAIM}custom"), name.removeprefix("custom_")
        account = holder.get(name) if isinstance(holder, dict) else None
        if (
            not isinstance(account, str) or not account or account.startswith(("$", "@X@"))
        ):  # a variable that was not filled in
            raise Refused(f"no account in {self.username_key}")
        return account

    def _count_once(self, claims: dict) -> None:
        """Refuse a token that came in before, also with the cookies of that time."""
        now = time.time()
        self._nonces = {nonce: until for nonce, until in self._nonces.items() if until > now}
        nonce = str(claims.get("nonce", ""))
        if not nonce or nonce in self._nonces or len(self._nonces) >= MOST_NONCES:
            raise Refused("a launch that was used before")
        self._nonces[nonce] = float(claims["exp"]) + 60
