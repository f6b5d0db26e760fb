"""What every part of a page shares: one front end, put together from the small files in ``static/``.

The front end is sent once per kernel, compressed, by the first part that is made. A copy in each part would make a
lesson with twenty questions send hundreds of kilobytes.
"""

import gzip
import json
from functools import cache
from importlib.resources import files

import anywidget
import ipywidgets
import traitlets

_SHARED = "dom.js"
_READY = "(globalThis.vermarktingParts ??= Promise.withResolvers())"
_UNPACK = """export default {
  async initialize({ model }) {
    const code = new Blob([model.get("code")]).stream().pipeThrough(new DecompressionStream("gzip"));
    const url = URL.createObjectURL(new Blob([await new Response(code).text()], { type: "text/javascript" }));
    await import(url);
    URL.revokeObjectURL(url);
  },
};"""


def _code() -> str:
    """Join scripts and styles to one module. Braces keep the names that a script declares to itself."""
    found = {
        file.name: file.read_text(encoding="utf-8")
        for file in files("vermarkting.widgets").joinpath("static").iterdir()
    }
    scripts = [f"{{\n{found[name]}}}" for name in sorted(found) if name.endswith(".js") and name != _SHARED]
    css = json.dumps("".join(found[name] for name in sorted(found) if name.endswith(".css")))
    style = f'document.head.append(el("style", {{}}, {css}));'
    return "\n".join([found[_SHARED], style, "const parts = {};", *scripts, f"{_READY}.resolve(parts);"])


class WithoutLayout(ipywidgets.DOMWidget):
    """A widget without a layout model: an empty one for each would double the messages, and a shared one is gone when
    a cell runs again after the page was loaded again."""

    layout = traitlets.Any(None, allow_none=True).tag(sync=True)


class FrontEnd(WithoutLayout, anywidget.AnyWidget):
    """Carries the scripts and styles of all parts to the browser; shows nothing itself."""

    _esm = _UNPACK
    code = traitlets.Bytes(gzip.compress(_code().encode(), mtime=0)).tag(sync=True)


@cache
def _send_front_end() -> FrontEnd:
    return FrontEnd()


class Part(WithoutLayout, anywidget.AnyWidget):
    """A widget with a front end of its own that also reads as plain text where there is no front end.

    ``script`` names its file in ``static/``, which puts a ``render`` in ``parts`` under that name.
    """

    def __init_subclass__(cls, script: str | None = None, **more: object) -> None:
        if script:
            cls._esm = f"export default {{ render: async (c) => (await {_READY}.promise).{script}.render(c) }};"
        super().__init_subclass__(**more)

    def __init__(self, **traits: object) -> None:
        _send_front_end()
        super().__init__(**traits)

    def plain(self) -> str:
        """Say in words what the widget shows now."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: object) -> tuple[dict, dict]:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return {**data, "text/plain": self.plain()}, metadata


def plain(widget: ipywidgets.Widget) -> str:
    """Write out the parts of a page in words, in order."""
    if isinstance(widget, Part):
        return widget.plain()
    return "\n\n".join(filter(None, map(plain, getattr(widget, "children", ()))))


class Stack(WithoutLayout, ipywidgets.VBox):
    """Parts under each other; reads as the plain text of its parts."""

    def _repr_mimebundle_(self, **kwargs: object) -> dict:
        return {**super()._repr_mimebundle_(**kwargs), "text/plain": plain(self)}
