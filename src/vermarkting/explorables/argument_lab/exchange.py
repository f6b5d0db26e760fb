"""Take the map along as a file, and look at a map that somebody brought. The files are those of ``formats``."""

from dataclasses import replace
from pathlib import Path

from vermarkting.explorables.argument_lab import own, table
from vermarkting.explorables.argument_lab.desk import Desk, as_words
from vermarkting.files import write_whole
from vermarkting.formats import ArgumentMap, FormatError, aif, argdown, read
from vermarkting.formats.text_file import MOST_BYTES
from vermarkting.models.argumentation import Label, grounded
from vermarkting.text import t
from vermarkting.widgets.browse import Listing, Upload
from vermarkting.widgets.controls import Button, Choice
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose

FORMATS = {"argdown": (argdown.write, "argumentenkaart.argdown"), "aif": (aif.write, "argumentenkaart.json")}
_NAMED = 6


def map_of(desk: Desk) -> ArgumentMap:
    """Give the arguments that take part, the attacks that count and the supports between them.

    An argument carries the reasons of the reader's own ties (``reasons``), and those for which attacks on it fail
    (``failed_attacks``): where a file keeps details, these are there.
    """
    rows = [row for name, row in desk.table.rows.items() if name not in desk.off]
    whole = ArgumentMap.from_rows(rows, t("argument_lab.title"))
    failing = {tuple(attack.split(">")) for attack in desk.failing}
    reasons = own.reasons(desk.ties)
    failed: dict[str, tuple[str, ...]] = {}
    for attack, reason in desk.failing.items():
        target = attack.partition(">")[2]
        failed[target] = (*failed.get(target, ()), f"{attack}: {reason}")
    arguments = [
        replace(one, details={**one.details, **_told(reasons=reasons.get(one.id), failed_attacks=failed.get(one.id))})
        for one in whole.arguments
    ]
    counting = tuple(attack for attack in whole.attacks if attack not in failing)
    return replace(whole, arguments=tuple(arguments), attacks=counting)


def _told(**details: tuple[str, ...] | None) -> dict[str, tuple[str, ...]]:
    return {name: texts for name, texts in details.items() if texts}


class ExchangeView(Stack):
    """Write the reader's map beside the notebook; read another one, which changes nothing in the lab."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._brought: ArgumentMap | None = None
        options = [{"id": name, "text": t(f"argument_lab.formats.{name}")} for name in FORMATS]
        self.format = Choice(t("argument_lab.export_format"), options)
        self.told = Prose(live=True)
        limit = MOST_BYTES // 1_000_000
        self.upload = Upload(
            t("argument_lab.import_label", most=limit), ".argdown,.ad,.json,.txt,.md", MOST_BYTES, self._bring
        )
        self.outcome = Prose(live=True)
        self.listing = Listing(self._pick)
        self.merge = Button(t("argument_lab.merge_button"), self._merge)
        super().__init__(
            [
                Prose(t("argument_lab.export_text"), title=t("argument_lab.export_title")),
                self.format,
                Button(t("argument_lab.export_button"), self._write),
                self.told,
                Prose(t("argument_lab.import_text"), title=t("argument_lab.import_title")),
                self.upload,
                self.outcome,
            ]
        )

    def show(self) -> None:
        """The files follow no change of the desk by themselves."""

    def _write(self) -> None:
        write, name = FORMATS[self.format.value]
        written = map_of(self._desk)
        content = write(written).encode()
        path = Path(name).absolute()
        try:
            write_whole(path, content)
        except OSError:
            self.told.tone, self.told.text = "waiting", t("argument_lab.not_exported")
            return
        counts = {
            "arguments": len(written.arguments),
            "attacks": len(written.attacks),
            "supports": len(written.supports),
        }
        size = -(-len(content) // 1_000)
        words = t("argument_lab.exported", name=name, kilobytes=size, folder=path.parent.name, **counts)
        self.told.tone, self.told.text = "done", words

    def _bring(self, name: str, content: bytes | None) -> None:
        self._brought = None
        self.children = [child for child in self.children if child not in (self.listing, self.merge)]
        try:
            if content is None:
                raise FormatError("too_big", limit=MOST_BYTES // 1_000_000)
            self._brought = read(content)
        except FormatError as error:
            self.outcome.tone, self.outcome.text = "waiting", str(error)
            return
        self._labels = grounded(self._brought.framework())
        found = list(self._labels.values())
        words = t(
            "argument_lab.imported",
            name=name[:80],
            arguments=len(found),
            attacks=len(self._brought.attacks),
            supports=len(self._brought.supports),
            standing=found.count(Label.IN),
            fallen=found.count(Label.OUT),
            undecided=found.count(Label.UNDECIDED),
        )
        if self._brought.left_out:
            words += " " + t("argument_lab.imported_left_out", what=as_words(list(self._brought.left_out)))
        self.outcome.tone, self.outcome.text = "done", words
        self._texts = {argument.id: argument.text for argument in self._brought.arguments}
        self._list()
        claims, ties = own.merged(self._desk.own, self._desk.ties, self._brought)
        more = (claims, ties) != (self._desk.own, self._desk.ties)
        self.children = [*self.children, *([self.merge] if more else []), self.listing]

    def _merge(self) -> None:
        """Put what the map brought beside the reader's own: it counts in every view from now on."""
        desk = self._desk
        claims, ties = own.merged(desk.own, desk.ties, self._brought)
        counts = {"arguments": len(own.codes(claims)) - len(own.codes(desk.own)), "ties": len(ties) - len(desk.ties)}
        self.outcome.tone, self.outcome.text = (
            ("done", t("argument_lab.merged", **counts)) if desk.merge(claims, ties) else ("waiting", desk.status)
        )
        self.children = [child for child in self.children if child is not self.merge]

    def _list(self, chosen: str = "") -> None:
        self.listing.show(t("argument_lab.imported_list", count=len(self._texts)), list(self._texts), self._row, chosen)

    def _pick(self, argument: str) -> None:
        self._list(argument)

    def _row(self, argument: str) -> dict:
        def named(pairs: tuple[tuple[str, str], ...]) -> str:
            return as_words([other for one, other in pairs if one == argument][:_NAMED]) or t("argument_lab.nobody")

        label = t(f"argument_lab.labels.{self._labels[argument]}")
        attacks, supports = named(self._brought.attacks), named(self._brought.supports)
        note = t("argument_lab.imported_row", label=label, attacks=attacks, supports=supports)
        return {"text": table.short(self._texts[argument]), "note": note}
