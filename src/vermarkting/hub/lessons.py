"""The web edition as a service of the hub: for who is logged in, and with no server of one's own behind it.

JupyterHub runs ``python -m vermarkting.hub.lessons`` as an account that may do nothing. Everybody reads the same files,
each at an address of one's own, because a browser keeps answers by address: on a computer that others use too, they
stay apart.
"""

import asyncio
import os
import re
from urllib.parse import quote, urlsplit

from jupyterhub.services.auth import HubOAuthCallbackHandler, HubOAuthenticated
from tornado.web import Application, HTTPError, StaticFileHandler, authenticated

from vermarkting.text import t

A_YEAR = 365 * 24 * 3600
_ASSIGNMENT = re.compile(r"(assignments/\w+/\w+)\.html")
_SAID = {403: "no_access", 404: "not_found"}


class _Lessons(HubOAuthenticated, StaticFileHandler):
    """A file of the site, at ``<account>/<path>``."""

    def initialize(self, path: str, prefix: str) -> None:
        super().initialize(path, default_filename="index.html")
        self.prefix = prefix

    @property
    def is_page(self) -> bool:
        """Whether somebody goes to this, in place of a page that fetches a part of itself."""
        return self.request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"

    def check_xsrf_cookie(self) -> None:
        """Let a page fetch its parts: there is nothing to change here, and everybody reads the same."""

    def get_login_url(self) -> str:
        if not self.is_page:  # or the page for logging in would be kept as if it were that part
            raise HTTPError(403)
        return super().get_login_url()

    @authenticated
    async def get(self, owner: str, path: str, include_body: bool = True) -> None:
        account = self.current_user["name"]
        if self.is_page and (found := _ASSIGNMENT.fullmatch(path)):  # it is handed in where the lecturer collects
            self.redirect(f"/hub/user-redirect/lab/tree/{found[1]}.ipynb")
        elif owner != account:
            self.redirect(f"{self.prefix}{quote(account, safe='')}/{quote(path)}")
        else:
            await super().get(path, include_body)

    def head(self, owner: str, path: str) -> object:
        return self.get(owner, path, include_body=False)

    def set_extra_headers(self, path: str) -> None:
        # The folders of shared files carry their version in their name.
        lasting = path.startswith(("deel-", "pyodide-"))
        self.set_header("Cache-Control", f"private, max-age={A_YEAR}, immutable" if lasting else "private, no-cache")
        self.set_header("X-Content-Type-Options", "nosniff")

    def write_error(self, status_code: int, **_: object) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(t(f"klas.page.{_SAID.get(status_code, 'trouble')}"))


def application(site: str, prefix: str, secret: str) -> Application:
    """Put the service together below ``prefix``, for the site in the folder ``site``."""
    return Application(
        [
            (f"{prefix}oauth_callback", HubOAuthCallbackHandler),
            (f"{prefix}([^/]*)/?(.*)", _Lessons, {"path": site, "prefix": prefix}),
        ],
        cookie_secret=secret,
        log_function=lambda handler: None,
    )


async def main() -> None:
    """Serve until the hub ends this process."""
    address = urlsplit(os.environ["JUPYTERHUB_SERVICE_URL"])
    prefix, secret = os.environ["JUPYTERHUB_SERVICE_PREFIX"], os.urandom(32).hex()
    application(os.environ["VERMARKTING_SITE"], prefix, secret).listen(address.port, address.hostname)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
