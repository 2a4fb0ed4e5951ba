"""What becomes of every card of a folder of real files: in, out as vCard and table, in again; counted by property.

What a file says is told by a reading of our own that shares nothing with the program (`cards`), and by vobject and
ical.js, where it is about which cards can be read at all.
"""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import vobject
from tests.exchange import cards, others

from alumnidesk.desk import Desk
from alumnidesk.domain.records import as_card
from alumnidesk.errors import BadFile
from alumnidesk.formats import csv, vcard
from alumnidesk.services.import_plan import new_one

FORMATS = ("vcard3", "vcard4", "csv")
"""Kinds of export that promise to lose nothing (CSV: but for pictures, which it names)."""
PATIENCE = 5.0
"""Seconds for one file, of which the largest has 200 kB; more is a hang."""

Properties = Counter[cards.Property]


@dataclass
class Figures:
    """What was counted; the lists name the places."""

    files: int = 0
    cards: int = 0
    came_in: int = 0
    refused: list[str] = field(default_factory=list)
    """Cards that were reported as problems with their line."""
    unreported: list[str] = field(default_factory=list)
    """Cards that neither came in nor were reported."""
    read_by_vobject: list[str] = field(default_factory=list)
    read_by_ical_js: list[str] = field(default_factory=list)
    """Cards of which another program finds something that says something, and that did not come in."""
    raised: list[str] = field(default_factory=list)
    hung: list[str] = field(default_factory=list)
    properties: int = 0
    """Of the cards that came in."""
    lost: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in FORMATS})
    """By kind of export: properties that are not in the file, or not there any more when it was read again."""
    left_out: Counter[str] = field(default_factory=Counter)
    """By kind: properties that are not in the file, as the export itself has said."""


def files(corpus: Path) -> list[Path]:
    """Every vCard file of the corpus."""
    return sorted(path for path in (corpus / "contacts").rglob("*") if path.suffix.casefold() in (".vcf", ".vcard"))


def measure(corpus: Path, folder: Path, every: int = 1) -> Figures:
    """Take every file (or every third …) through a data file in `folder` and out again, each into an empty register."""
    figures, refused = Figures(), list[tuple[str, cards.Card]]()
    desk = Desk.create(folder / "corpus.alumnidesk")
    try:
        for path in files(corpus)[::every]:
            passage = _Passage(desk, path, str(path.relative_to(corpus / "contacts")), figures)
            passage.go()
            refused += passage.refused
            shutil.rmtree(desk.backups.folder, ignore_errors=True)
    finally:
        desk.close(backup=False)
    figures.read_by_vobject += [place for place, card in refused if _says_something(_of_vobject(card.text))]
    if others.has_ical_js() and refused:
        read = others.ical_js([card.text.decode("utf-8", "replace") for _, card in refused])
        found = zip(refused, map(_of_ical_js, read), strict=True)
        figures.read_by_ical_js += [place for (place, _), properties in found if _says_something(properties)]
    return figures


class _Passage:
    """One file on its way through the program."""

    def __init__(self, desk: Desk, path: Path, name: str, figures: Figures) -> None:
        self._desk, self._path, self._name, self._figures = desk, path, name, figures
        self.refused: list[tuple[str, cards.Card]] = []
        """Cards that did not come in, with their place."""

    def go(self) -> None:
        """In, out in each format, and the import taken back."""
        began = time.monotonic()
        try:
            self._go()
        except Exception as error:  # whatever it is: it is counted, and the next file is looked at
            self._figures.raised.append(f"{self._name}: {error!r}")
        if time.monotonic() - began > PATIENCE:
            self._figures.hung.append(self._name)

    def _go(self) -> None:
        figures, source = self._figures, cards.read(self._path.read_bytes())
        figures.files += 1
        figures.cards += len(source)
        try:
            preview = self._desk.importing.preview(self._path)
        except BadFile:  # nothing in it, and the person is told so
            self._count(source, set(), {card.line for card in source})
            return
        lines = {step.record.line for step in preview.steps}
        self._count(source, lines, {row.line for row in preview.rows})
        said = said_by(card for card in source if card.line in lines)
        figures.properties += said.total()
        apart = {step.row: new_one(step.row) for step in preview.steps}
        report = self._desk.importing.carry_out(preview, whose=apart)
        if report.changeset is None:
            return
        try:
            for kind in FORMATS:
                self._compare(kind, said)
        finally:
            self._desk.history.undo(report.changeset)

    def _count(self, source: list[cards.Card], came_in: set[int], reported: set[int]) -> None:
        for card in source:
            if card.line in came_in:
                self._figures.came_in += 1
                continue
            place = f"{self._name}:{card.line}"
            (self._figures.refused if card.line in reported else self._figures.unreported).append(place)
            self.refused.append((place, card))

    def _compare(self, kind: str, said: Properties) -> None:
        target = self._desk.path.with_suffix(f".{kind}")
        exported = self._desk.exporting.write(target, kind, sorted(self._desk.find.contacts().ids))
        data = target.read_bytes()
        missing = said - said_again(data, kind)
        if kind != "csv":
            missing |= said - said_by(cards.read(data))
        named = sum(note.args.get("n", 0) for note in exported.notes)
        self._figures.left_out[kind] += min(named, missing.total())
        if missing.total() > named:
            self._figures.lost[kind] += [f"{self._name}: {one}" for one in missing]


def said_again(data: bytes, kind: str) -> Properties:
    """What a file of ours says after it was read by us and written as vCard."""
    if kind == "csv":
        table = csv.table(data, csv.sniff(data))
        reading = csv.read(table, csv.guess_mapping(table.header))
    else:
        reading = vcard.read(data)
    written = (vcard.write(as_card(record), "3.0", record.photo) for record in reading.records)
    return said_by(cards.read("".join(written).encode()))


def said_by(found: Iterable[cards.Card]) -> Properties:
    """What cards say together. An identity that two of them claim can be only one's when they are told apart."""
    said = Counter(one for card in found for one in card.properties if one.counts)
    return Counter({one: 1 if one.name == "UID" else count for one, count in said.items()})


# What others can read ------------------------------------------------------------------------------------------------


def _says_something(properties: Sequence[tuple[str, str]]) -> bool:
    """Whether any of them is about somebody: not about the making of the file, and more than an identity."""
    return any(value.strip(" ;,") and name.upper() not in {*cards.MAKING, "UID"} for name, value in properties)


def _of_vobject(text: bytes) -> list[tuple[str, str]]:
    try:
        card = vobject.readOne(text.decode("utf-8", "replace"), allowQP=True, ignoreUnreadable=True)
        return [(line.name, str(line.value)) for line in card.lines()]
    except Exception:  # it raises whatever comes, RecursionError included; then it could not read it
        return []


def _of_ical_js(card: list[list[Any]] | None) -> list[tuple[str, str]]:
    flat = ((name, value if isinstance(value, list) else [value]) for name, _, *said in card or () for value in said)
    return [(name, "".join(map(str, values))) for name, values in flat]
