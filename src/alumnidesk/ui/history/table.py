"""The columns of the history: the day stands once, at the first of its deeds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alumnidesk.ui.when import clock, day_words, local, written
from alumnidesk.ui.widgets.chip import Chip
from alumnidesk.ui.widgets.lines import Column
from alumnidesk.ui.words import tr, words

if TYPE_CHECKING:
    from alumnidesk.services.history import Entry

DEEDS = {
    "{name} added": "user-plus",
    "“{file}” imported: {new}": "import",
    "“{file}” imported: {new}, {changed}": "import",
    "{a} and {b} merged": "merge",
    "Tags merged: {tags} became “{tag}”": "merge",
    "Units merged: {units} became “{unit}”": "merge",
    "Synced with “{partner}”: {here}, {there}": "sync",
    "{name} deleted": "trash",
    "{n} contact deleted": "trash",
    "{name} deleted for good": "trash",
    "{n} contact deleted for good": "trash",
    "{name} restored": "archive",
    "{n} contact restored": "archive",
    "Letter to {name} came back": "returned",
    "Letters to {name} come back": "returned",
    "E-mails to {name} come back": "returned",
}
"""Deeds that are known by their words, as they stand in the history: they touch many tables."""
TABLES = (
    ("sync_partner", "sync"),
    ("mailing", "mail"),
    ("letter_template", "document"),
    ("letter_text", "document"),
    ("participation", "calendar"),
    ("event", "calendar"),
    ("consent", "shield"),
    ("purpose", "shield"),
    ("setting", "settings"),
    ("segment", "filter"),
    ("contact_list", "list"),
    ("list_member", "list"),
    ("note", "note"),
    ("attachment", "document"),
    ("household", "home"),
    ("relationship", "contacts"),
    ("tag_group", "tag"),
    ("tag", "tag"),
    ("contact_tag", "tag"),
    ("affiliation", "user"),
    ("unit", "building"),
    ("address", "pin"),
    ("contact", "user"),
)
"""Which icon stands for any other deed: that of the first of these tables it touched."""
MANY = 20
"""From so many rows on a deed is about many contacts."""


@dataclass(frozen=True, slots=True)
class DeedRow:
    """A deed as the list shows it."""

    entry: Entry
    day: str
    """Empty if the row above has the same day."""
    time: str
    icon: str


def rows(entries: Sequence[Entry], today: dt.date) -> list[DeedRow]:
    """The deeds with their days in words; only the first of a day carries it."""
    made: list[DeedRow] = []
    before = None
    for entry in entries:
        moment = local(entry.made_at)
        day = moment.date()
        made.append(DeedRow(entry, "" if day == before else day_words(day, today), clock(moment), icon_of(entry)))
        before = day
    return made


def icon_of(entry: Entry) -> str:
    """The icon that stands for a deed."""
    if known := DEEDS.get(entry.label.text):
        return known
    if "contact" in entry.tables and entry.rows >= MANY and "mailing" not in entry.tables:
        return "contacts"
    return next((icon for table, icon in TABLES if table in entry.tables), "edit")


def columns() -> tuple[Column[DeedRow], ...]:
    """Day, what and by whom, time."""
    return (
        Column("day", tr("Day"), lambda row: row.day, 116, bold=True, sortable=False),
        Column(
            "what",
            tr("What was done"),
            lambda row: words(row.entry.label),
            420,
            sortable=False,
            marks=True,
            second=second,
            icon=lambda row: ("undo" if row.entry.reverted else row.icon, "text2"),
        ),
        Column("time", tr("Time"), lambda row: row.time, 72, 72, right=True, sortable=False),
    )


def paper_columns() -> tuple[Column[DeedRow], ...]:
    """The same for paper and tables: each line says all of its deed."""
    return (
        Column("day", tr("Day"), lambda row: written(local(row.entry.made_at).date(), "year"), 100),
        Column("time", tr("Time"), lambda row: row.time, 60),
        Column("what", tr("What was done"), lambda row: words(row.entry.label), 360),
        Column("by", tr("Done by"), lambda row: row.entry.made_by, 110),
        Column("state", tr("State"), lambda row: ", ".join(chip.text for chip in state(row.entry)), 90),
    )


def second(row: DeedRow) -> str:
    """Who did it, and whether it still holds."""
    by = tr("By {name}", name=row.entry.made_by) if row.entry.made_by else ""
    return " · ".join(part for part in (by, *(chip.text for chip in state(row.entry))) if part)


def state(entry: Entry) -> tuple[Chip, ...]:
    """Chips for what does not simply hold."""
    if entry.reverted:
        return (Chip(tr("Undone"), "plain", "undo"),)
    if entry.final:
        return (Chip(tr("Stays"), "plain", "lock"),)
    return ()
