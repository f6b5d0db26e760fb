"""``vermarkting live``: the service on this computer, for a class that can reach it."""

import asyncio
import signal
import socket
import webbrowser
from pathlib import Path

from vermarkting.live import service
from vermarkting.text import t

FIRST_PORT = 8010


def start(folder: Path, address: str, port: int, open_browser: bool) -> None:
    """Serve until Ctrl-C. ``address`` empty: wherever this computer can be reached. Raises ``OSError``."""
    here = service.Conversations(folder)
    key = service.key_in(folder)
    shown = f"http://{address or own_address()}:{port}/"

    def ready() -> None:
        print(t("live.started", students=shown, lecturer=f"{shown}docent#{key}", folder=folder), flush=True)
        if open_browser:
            webbrowser.open(f"{shown}docent#{key}")

    async def run() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                loop.add_signal_handler(number, stop.set)
            except NotImplementedError:  # Windows
                signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
        await service.serve(here, service.application(here, key), address, port, ready, stop)

    asyncio.run(run())


def own_address() -> str:
    """Give the address by which others on this network reach this computer; nothing is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return probe.getsockname()[0]
        except OSError:
            return "127.0.0.1"
