"""Parts to look through a table with: filters, a list page by page, a matrix of counts, notes, a file of one's own."""

from collections.abc import Callable

import traitlets

from vermarkting.answers import AnswerSheet, Made
from vermarkting.text import t
from vermarkting.widgets.keeping import place_of, show_version, take_change
from vermarkting.widgets.part import Part

_WORDS = 100  # characters of a search


class Filters(Part, script="filters"):
    """Drop-down lists side by side. ``chosen`` maps each list's id to the id of an option; ``""`` is no filter.

    With ``search``, the name of a field for words before them, ``chosen`` has those words under ``"words"``.
    """

    legend = traitlets.Unicode().tag(sync=True)
    search = traitlets.Unicode().tag(sync=True)
    choices = traitlets.List(traitlets.Dict()).tag(sync=True)
    chosen = traitlets.Dict().tag(sync=True)

    @traitlets.validate("chosen")
    def _known(self, proposal: traitlets.Bunch) -> dict:
        options = {choice["id"]: {option["id"] for option in choice["options"]} for choice in self.choices}
        words = proposal.value.get("words")
        kept = {"words": words[:_WORDS]} if self.search and isinstance(words, str) and words else {}
        return kept | {name: value for name, value in proposal.value.items() if value in options.get(name, ())}

    def plain(self) -> str:
        texts = {(c["id"], o["id"]): f"{c['legend']}: {o['text']}" for c in self.choices for o in c["options"]}
        return "; ".join(texts.get((name, value), value) for name, value in self.chosen.items() if value)


class Listing(Part, script="listing"):
    """A list of which only one page goes to the browser; ``on_choose`` hears the id of the row that is chosen."""

    title = traitlets.Unicode().tag(sync=True)
    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    chosen = traitlets.Unicode().tag(sync=True)
    place = traitlets.Unicode().tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)

    def __init__(self, on_choose: Callable[[str], None], per_page: int = 6) -> None:
        super().__init__(labels={name: t(f"listing.{name}") for name in ("back", "on")})
        self._on_choose, self._per_page = on_choose, per_page
        self._ids: list[str] = []
        self._row: Callable[[str], dict] = dict
        self._page = 0
        self.on_msg(self._on_message)

    def show(self, title: str, ids: list[str], row: Callable[[str], dict], chosen: str = "") -> None:
        """List these ids, each as ``row`` tells it (``text`` and ``note``); the page stays if the list does."""
        if ids != self._ids:
            self._page = 0
        self._ids, self._row = ids, row
        with self.hold_sync():
            self.title, self.chosen = title, chosen
            self._fill()

    def _fill(self) -> None:
        pages = max(1, -(-len(self._ids) // self._per_page))
        self._page = min(self._page, pages - 1)
        start = self._page * self._per_page
        self.rows = [{"id": name, **self._row(name)} for name in self._ids[start : start + self._per_page]]
        self.place = t("listing.place", page=self._page + 1, pages=pages) if pages > 1 else ""

    def _on_message(self, _widget: object, content: object, _buffers: object) -> None:
        if not isinstance(content, dict):
            return
        if content.get("turn") in (-1, 1):
            self._page = max(0, self._page + content["turn"])
            with self.hold_sync():
                self._fill()
        elif content.get("choose") in self._ids:
            self._on_choose(content["choose"])

    def plain(self) -> str:
        rows = (f"{row['id']} · {row['text']} ({row['note']})" for row in self.rows)
        return "\n".join(filter(None, [self.title, *rows, self.place]))


class Matrix(Part, script="matrix"):
    """A table of counts; ``on_cell`` hears the row and column of the count that is chosen."""

    table = traitlets.Dict().tag(sync=True)

    def __init__(self, on_cell: Callable[[str, str], None]) -> None:
        super().__init__()
        self._on_cell = on_cell
        self.on_msg(self._on_message)

    def show(
        self, caption: str, corner: str, columns: list[dict], rows: list[dict], chosen: tuple[str, str], empty: str
    ) -> None:
        """Show rows (``id``, ``text``, ``counts``) under columns (``id``, ``text``); empty cells say ``empty``."""
        self.table = {
            "caption": caption, "corner": corner, "columns": columns, "rows": rows, "chosen": chosen, "empty": empty
        }  # fmt: skip

    def _on_message(self, _widget: object, content: object, _buffers: object) -> None:
        cell = content.get("cell") if isinstance(content, dict) else None
        known = [[row["id"], column["id"]] for row in self.table["rows"] for column in self.table["columns"]]
        if cell in known:
            self._on_cell(*cell)

    def plain(self) -> str:
        columns = [column["text"] for column in self.table["columns"]]
        lines = []
        for row in self.table["rows"]:
            counts = (
                f"{name} {count or self.table['empty']}" for name, count in zip(columns, row["counts"], strict=True)
            )
            lines.append(f"{row['text']}: {', '.join(counts)}")
        return "\n".join([self.table["caption"], *lines])


class Notes(Part, script="notes"):
    """Things that a reader may write a note about; ``on_note`` hears the id and the words, empty to take them back,
    and when they were written, where that is a while ago.

    ``items`` hold ``id``, ``text`` and ``note``. While not ``writable`` they can only be read. The notes are an answer:
    ``name`` is its id, and a page gives each as a question's answer is given (see ``Question``), with the value
    ``{"id", "note"}``. ``on_note`` says whether the note is on disk.
    """

    name = traitlets.Unicode().tag(sync=True)
    place = traitlets.Unicode().tag(sync=True)
    items = traitlets.List(traitlets.Dict()).tag(sync=True)
    writable = traitlets.Bool(True).tag(sync=True)
    most = traitlets.Int(600).tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)
    status = traitlets.Unicode().tag(sync=True)
    version = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        ask: str,
        on_note: Callable[[str, str, Made], bool],
        name: str,
        sheet: AnswerSheet,
        **traits: object,
    ) -> None:
        labels = {name: t(f"notes.{name}", words="{words}") for name in ("keep", "drop", "words")}
        super().__init__(labels={**labels, "ask": ask}, name=name, place=place_of(sheet), **traits)
        self._on_note = on_note
        show_version(self, sheet)
        self.on_msg(self._on_message)

    def _on_message(self, _widget: object, content: object, _buffers: object) -> None:
        # A note on what is not on this page now waits until it is.
        take_change(self, content, self._is_fit, self._note, again=self.writable)

    def _is_fit(self, value: dict) -> bool:
        known = self.writable and value.get("id") in [item["id"] for item in self.items]
        return known and isinstance(value.get("note"), str)

    def _note(self, value: dict, how: Made) -> bool:
        return self._on_note(value["id"], value["note"][: self.most], how)

    def plain(self) -> str:
        return "\n".join(f"{item['text']}{': ' if item['note'] else ''}{item['note']}" for item in self.items)


class Upload(Part, script="upload"):
    """A file of the reader's own; ``on_file`` hears its name and bytes, or ``None`` if it is too big."""

    label = traitlets.Unicode().tag(sync=True)
    accept = traitlets.Unicode().tag(sync=True)
    most = traitlets.Int().tag(sync=True)
    status = traitlets.Unicode().tag(sync=True)

    def __init__(self, label: str, accept: str, most: int, on_file: Callable[[str, bytes | None], None]) -> None:
        super().__init__(label=label, accept=accept, most=most)
        self._on_file = on_file
        self.on_msg(self._on_message)

    def _on_message(self, _widget: object, content: object, buffers: list) -> None:
        name = content.get("name") if isinstance(content, dict) else None
        if isinstance(name, str):
            whole = bool(buffers) and len(buffers[0]) <= self.most
            self._on_file(name, bytes(buffers[0]) if whole else None)

    def plain(self) -> str:
        return " ".join(filter(None, [self.label, self.status]))
