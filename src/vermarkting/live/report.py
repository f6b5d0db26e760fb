"""The result of a conversation as a file for a spreadsheet: what the screen has shown, and no vote by itself."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from vermarkting.live import offers, tally
from vermarkting.live.session import Round
from vermarkting.text import t

_COLUMNS = ("round", "closed", "question", "prompt", "votes", "name", "measure", "value")


def write(rounds: Sequence[Round]) -> str:
    """Give all rounds, with semicolons between the columns and a mark in front by which Excel reads UTF-8."""
    file = io.StringIO()
    out = csv.writer(file, delimiter=";")
    out.writerow([t(f"live.csv.{name}") for name in _COLUMNS])
    for one in rounds:
        public = offers.asked(one.question)
        closed = f"{datetime.fromtimestamp(one.closed):%d/%m/%Y %H:%M}" if one.closed else ""
        start = [one.id, closed, one.question, public["prompt"], len(one.shown) or t("live.csv.few")]
        for row in tally.table(public, one.shown):
            out.writerow([*start, *row])
        before = next((first for first in rounds if first.question == one.question and first.id < one.id), None)
        if before and one.shown:
            out.writerow([*start, t("live.csv.moved"), "", tally.moved(before.shown, one.shown)])
        if not one.shown:
            out.writerow([*start, "", "", ""])
    return "\ufeff" + file.getvalue()
