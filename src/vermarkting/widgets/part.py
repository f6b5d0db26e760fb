"""What every part of a page shares: one front end, and words where there is no front end."""

import gzip
from functools import cache

import anywidget
import ipywidgets
import traitlets

from vermarkting import front_end
from vermarkting.text import sentences
from vermarkting.widgets import keeping

_READY = "(globalThis.vermarktingParts ??= Promise.withResolvers())"
# The server may have the front end as a file that the browser keeps; the kernel sends it where it does not.
# Nothing waits for it here: a message of the kernel only arrives when its widget is there.
_LOAD = """export default {
  initialize({ model }) {
    const { vermarktingParts = "" } = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");
    const fromKernel = () => new Promise((resolve, reject) => {
      model.on("msg:custom", async (message, buffers) => {
        if (message !== "code") return;
        const code = new Blob(buffers).stream().pipeThrough(new DecompressionStream("gzip"));
        const url = URL.createObjectURL(new Blob([await new Response(code).text()], { type: "text/javascript" }));
        import(url).then(resolve, reject).finally(() => URL.revokeObjectURL(url));
      });
      model.send("code");
    });
    const served = vermarktingParts.endsWith(model.get("version"));
    const file = new URL(vermarktingParts, document.baseURI).href;
    globalThis.vermarktingLoading ??= served ? import(file).catch(fromKernel) : fromKernel();
    globalThis.vermarktingLoading.then(() => {
      globalThis.vermarktingLife.labels = model.get("labels");
      globalThis.vermarktingLife.listen(model);
    });
  },
};"""


class WithoutLayout(ipywidgets.DOMWidget):
    """A widget without a layout model: an empty one for each would double the messages, and a shared one is gone when
    a cell runs again after the page was loaded again."""

    layout = traitlets.Any(None, allow_none=True).tag(sync=True)

    def _handle_msg(self, msg: dict) -> None:
        with keeping.TURN:
            super()._handle_msg(msg)


class FrontEnd(WithoutLayout, anywidget.AnyWidget):
    """Brings the scripts and styles of all parts to the browser, and answers when asked whether Python is there."""

    _esm = _LOAD
    part = traitlets.Unicode("life").tag(sync=True)
    version = traitlets.Unicode(front_end.version()).tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)

    def __init__(self) -> None:
        super().__init__(labels=sentences("life"))
        self.on_msg(self._on_message)

    def _on_message(self, _widget: object, content: object, _buffers: object) -> None:
        if content == "code":
            self.send("code", [gzip.compress(front_end.code(), mtime=0)])
        elif isinstance(content, dict) and content.get("ping"):
            self.send({"pong": keeping.clock()})


@cache
def _send_front_end() -> FrontEnd:
    return FrontEnd()


class Part(WithoutLayout, anywidget.AnyWidget):
    """A widget with a front end of its own that also reads as plain text where there is no front end.

    ``script`` names its file in ``static/``, which puts a ``render`` in ``parts`` under that name. A place without
    Jupyter's widget manager takes it from there itself, by the trait ``part``.
    """

    _script = ""
    part = traitlets.Unicode().tag(sync=True)

    def __init_subclass__(cls, script: str | None = None, **more: object) -> None:
        if script:
            cls._esm = f"export default {{ render: async (c) => (await {_READY}.promise).{script}.render(c) }};"
            cls._script = script
        super().__init_subclass__(**more)

    def __init__(self, **traits: object) -> None:
        _send_front_end()
        super().__init__(part=self._script, **traits)

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
