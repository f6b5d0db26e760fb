"""The conversation in class as a service of the hub: only the course account leads, whoever has the code takes part.

JupyterHub runs ``python -m vermarkting.hub.conversation`` as the course account.
"""

import asyncio
import os
import secrets
import signal
from pathlib import Path
from urllib.parse import urlsplit

from jupyterhub.services.auth import HubOAuthCallbackHandler, HubOAuthenticated
from tornado.web import authenticated

from vermarkting.live import service


class _Leading(HubOAuthenticated, service.Page):
    """The lecturer's page, for who the hub lets in; the page brings the key of the socket."""

    @authenticated
    async def get(self) -> None:
        await super().get()


def main() -> None:
    """Serve until the hub says stop."""
    address = urlsplit(os.environ["JUPYTERHUB_SERVICE_URL"])
    prefix = os.environ["JUPYTERHUB_SERVICE_PREFIX"]
    here = service.Conversations(Path(os.environ["VERMARKTING_CONVERSATIONS"]))
    key = service.key_in(here.folder)
    leading = [
        (f"{prefix}docent", _Leading, {"template": "screen.html", "key": key}),
        (f"{prefix}oauth_callback", HubOAuthCallbackHandler),
    ]
    app = service.application(here, key, prefix, leading)
    app.settings["cookie_secret"] = secrets.token_bytes(32)

    async def run() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await service.serve(here, app, address.hostname, address.port, lambda: None, stop)

    asyncio.run(run())


if __name__ == "__main__":
    main()
