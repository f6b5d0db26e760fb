"""A kernel that is a page: cells and comms without Jupyter, at build time and in the reader's browser.

Each widget's id is the cell it is made in and a number, so that what Python makes in the browser is what the page has.
"""

import ast
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath

os.environ["JUPYTER_WIDGETS_ECHO"] = "0"

import comm
from comm.base_comm import BaseComm

HOME = "/vermarkting"  # the student's folder in the browser
Send = Callable[[str, str, dict, Sequence[bytes]], None]

_comms: dict[str, "PageComm"] = {}
_send: Send = lambda *_message: None  # noqa: E731
_lookers: list[Callable[[], None]] = []
_cell, _made = "", 0


def begin(send: Send) -> None:
    """Take over from Jupyter: every message of a widget goes to ``send(kind, id, data, buffers)``."""
    global _send
    _send = send
    comm.create_comm = _create


def settle(path: str) -> None:
    """Make the folder of a page, such as ``"assignments/O3/O3.ipynb"``, with its notebook, and work there."""
    from vermarkting.content import folder

    place = Path(HOME, PurePosixPath(path).parent)
    place.mkdir(parents=True, exist_ok=True)
    shutil.copy(folder("lessons").parent / path, place)
    os.chdir(place)


def run(cell: str, source: str) -> object:
    """Run a cell of one or two expressions and imports; give what its last expression makes."""
    global _cell, _made
    _cell, _made = cell, 0
    tree = ast.parse(source)
    last = ast.Expression(tree.body.pop().value)
    names: dict[str, object] = {}
    exec(compile(tree, cell, "exec"), names)
    return eval(compile(last, cell, "eval"), names)


def open_cell(cell: str, source: str) -> str:
    """Run a cell; give the id of its widget."""
    return run(cell, source).comm.comm_id


def receive(comm_id: str, data: dict, buffers: Sequence[bytes] = ()) -> None:
    """Hand a message of the page to the widget that it is for; one that is gone does not hear it."""
    if comm_id in _comms:
        _comms[comm_id].handle_msg({"content": {"data": data}, "buffers": list(buffers)})


def when_changed(look: Callable[[], None]) -> None:
    """Ask to be called whenever a file in the folder becomes another than what was written here."""
    _lookers.append(look)


def changed() -> None:
    """Tell who asked that the store has other files: another tab wrote, or the browser could not keep ours."""
    for look in _lookers:
        look()


class PageComm(BaseComm):
    """The line between one widget and its picture on the page."""

    def publish_msg(
        self,
        msg_type: str,
        data: dict | None = None,
        metadata: dict | None = None,
        buffers: Sequence[bytes] | None = None,
        **_: object,
    ) -> None:
        data = data or {}
        if msg_type == "comm_open":
            _comms[self.comm_id] = self
            data = {**data, "state": _shown(data["state"])}
        elif msg_type == "comm_close":
            _comms.pop(self.comm_id, None)
        _send(msg_type, self.comm_id, data, buffers or ())


def _shown(state: dict) -> dict:
    """Leave out what only Jupyter's widget manager needs, such as the code of a front end that the page has."""
    return {name: value for name, value in state.items() if name == "_dom_classes" or not name.startswith("_")}


def _create(*args: object, **more: object) -> PageComm:
    global _made
    _made += 1
    return PageComm(*args, **{**more, "comm_id": f"{_cell}-{_made}"})
