"""Cards to CSV, row by row, in the columns of a program or in our own that lose nothing."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from types import MappingProxyType

from alumnidesk.domain import dates, slots
from alumnidesk.domain.cards import ContactCard, Foreign
from alumnidesk.domain.fields import Kind, by_key
from alumnidesk.domain.own_fields import value_of
from alumnidesk.domain.ties import NO_TIES, ConsentTie, HouseholdTie, RelationTie, Ties, texts_of
from alumnidesk.formats import cells
from alumnidesk.formats.csv_places import ATTRIBUTES, Placed, Places, shown
from alumnidesk.formats.csv_presets import GREETINGS, Columns, Preset, neutral_columns, presets
from alumnidesk.formats.defusing import exchange_guard, phone_guard, text_guard

Getter = Callable[[ContactCard, Placed], str]

NOBODY: Mapping[int, Ties] = MappingProxyType({})
_CHUNK = 200


def write(
    cards: Iterable[ContactCard],
    preset_name: str,
    left_out: Counter[str] | None = None,
    ties: Mapping[int, Ties] = NOBODY,
) -> Iterator[bytes]:
    """The file of a preset in pieces. `cards` is walked twice (a list, or anything that starts anew each time): first
    to see how many columns and which characters are needed.

    `left_out` counts what had no place in the program's table: ``email``, ``phone``, ``address``, ``link``, and
    ``picture`` for properties from files that are too long for a cell. `ties` has the ties of the contacts by id; our
    own tables have columns for them.
    Raises KeyError for an unknown preset.
    """
    preset = presets()[preset_name]
    if preset.encoding != "utf-8" and not _encodable(cards, preset.columns, preset):
        preset = replace(preset, encoding="utf-8", bom=True)  # a name in wrong letters is worse than a mark in front
    buffer = io.StringIO()
    writer = csv.writer(
        _Rows(buffer, preset.line_end),
        delimiter=preset.delimiter,
        quoting=csv.QUOTE_ALL if preset.quote_all else csv.QUOTE_MINIMAL,
    )
    buffer.write("\ufeff" if preset.bom else "")
    columns, rows = filled(cards, preset, left_out, ties)
    writer.writerow([heading for heading, _ in columns])
    for number, row in enumerate(rows, 1):
        writer.writerow(row)
        if number % _CHUNK == 0:
            yield _emptied(buffer).encode(preset.encoding)
    yield _emptied(buffer).encode(preset.encoding)


class _Rows:
    """Ends rows as a preset wants it. The writer quotes what has its own end of a row in it; with a line feed alone it
    would leave a carriage return inside a cell as it is, and that divides the row."""

    def __init__(self, buffer: io.StringIO, line_end: str) -> None:
        self._buffer, self._end = buffer, line_end

    def write(self, row: str) -> int:
        """Called once for each row."""
        return self._buffer.write(row.removesuffix("\r\n") + self._end)


def filled(
    cards: Iterable[ContactCard],
    preset: Preset,
    left_out: Counter[str] | None = None,
    ties: Mapping[int, Ties] = NOBODY,
) -> tuple[Columns, Iterator[list[str]]]:
    """The columns of a preset for these cards, and its rows as text; for the arguments see `write`."""
    columns = (*neutral_columns(_counts(cards)), *_own_columns(cards, preset)) if preset.complete else preset.columns

    def rows() -> Iterator[list[str]]:
        places = Places(columns)
        yield from _rows(cards, columns, preset, places, ties)
        if left_out is not None:
            left_out.update(places.left_out)

    return columns, rows()


def _rows(
    cards: Iterable[ContactCard], columns: Columns, preset: Preset, places: Places, ties: Mapping[int, Ties] = NOBODY
) -> Iterator[list[str]]:
    getters = [getter(slot, preset, ties) for _, slot in columns]
    guards = _guards(columns, preset)
    for card in cards:
        placed = places.of(card if preset.complete else _in_use(card))
        if preset.complete and card.foreign:
            places.left_out["picture"] += len(card.foreign) - len(_fitting(card))
        row = [getter(card, placed) for getter in getters]
        for index, guard in guards:
            if row[index]:
                row[index] = guard(row[index])
        yield row


def _in_use(card: ContactCard) -> ContactCard:
    """The contact without what comes back: other programs have no word for it and would go on using it."""
    emails = tuple(email for email in card.emails if not email.undeliverable_since)
    addresses = tuple(address for address in card.addresses if not address.undeliverable_since)
    return replace(card, emails=emails, addresses=addresses)


def _emptied(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _counts(cards: Iterable[ContactCard]) -> Counter[str]:
    """How many e-mails, phones … the richest card has: the columns that our own table needs."""
    counts = Counter[str]()
    for family, attribute in ATTRIBUTES.items():
        counts[family] = max(map(len, map(attrgetter(attribute), cards)), default=0) or 1
    return counts


def _own_columns(cards: Iterable[ContactCard], preset: Preset) -> Columns:
    """A column for each own field that a contact has something in; its name is text of somebody like any other."""
    names = dict.fromkeys(value.field for card in cards for value in card.own)
    guard = text_guard if preset.for_spreadsheets else exchange_guard
    return tuple((guard(name), slots.OWN + name) for name in names)


def _encodable(cards: Iterable[ContactCard], columns: Columns, preset: Preset) -> bool:
    try:
        for row in _rows(cards, columns, preset, Places(columns)):
            "".join(row).encode(preset.encoding)
    except UnicodeEncodeError:
        return False
    return True


# Formula injection -------------------------------------------------------------------------------------------------


def _guards(columns: Columns, preset: Preset) -> list[tuple[int, Callable[[str], str]]]:
    """What is done to the cells of a column before writing (OWASP, "CSV injection").

    For spreadsheets every text that one would take for a formula gets an apostrophe; a strict phone number keeps its
    plus. In our own exchange table only text that already begins so gets one more, because our import takes one away.
    Tables for other programs are untouched: they would show the apostrophe.
    """
    if preset.for_spreadsheets:
        phones = {index for index, (_, slot) in enumerate(columns) if slot and slot.startswith("phone.")}
        return [(index, phone_guard if index in phones else text_guard) for index in range(len(columns))]
    if preset.complete:
        return [(index, exchange_guard) for index in range(len(columns))]
    return []


# Getters -----------------------------------------------------------------------------------------------------------


def getter(slot: str | None, preset: Preset, ties: Mapping[int, Ties] = NOBODY) -> Getter:
    """How the cell of a slot is found in a card and its placed parts (`csv_places`)."""
    if not slot:
        return lambda card, placed: ""
    if parts := slots.part(slot):
        return _part_getter(parts, preset)
    if own := slots.own_name(slot):
        return lambda card, placed: value_of(card, own)
    if slot in slots.BIRTH_PARTS:
        return _birth_part(slots.BIRTH_PARTS.index(slot))
    match slot:
        case slots.FULL_NAME:
            return lambda card, placed: card.name
        case slots.GREETING:
            return _greeting(preset.language)
        case slots.TAG:
            divider = " ::: " if preset.name.startswith("google") else ";"
            return lambda card, placed: divider.join(card.tags)
        case slots.TAGS:
            return lambda card, placed: cells.joined(card.tags)
        case slots.FOREIGN:
            return _foreign
        case slots.HOUSEHOLD | slots.RELATIONSHIPS | slots.CONSENTS:
            return _tied(slot, ties)
    return _single(slot, preset)


def _single(slot: str, preset: Preset) -> Getter:
    text = attrgetter(slot)
    if by_key(slot).kind is Kind.FLAG:
        return lambda card, placed: "yes" if text(card) else ""
    if by_key(slot).kind is Kind.DATE and not preset.complete:
        return lambda card, placed: dates.figures(text(card), preset.language)
    if slot == "family_name" and not preset.has("name_particle"):
        return lambda card, placed: " ".join(filter(None, (card.name_particle, card.family_name)))
    return lambda card, placed: str(text(card))


def _birth_part(position: int) -> Getter:
    def get(card: ContactCard, placed: Placed) -> str:
        if not dates.is_stored(card.birth_date):
            return ""
        return str(dates.split(card.birth_date)[position] or "")

    return get


def _greeting(language: str) -> Getter:
    female, male = GREETINGS[language if language in GREETINGS else "en"]
    words = {"f": female, "m": male}
    return lambda card, placed: " ".join(filter(None, (words.get(card.gender_form, ""), card.title)))


LONGEST_FOREIGN = 25_000
"""Characters in the cell of other properties; a spreadsheet's cell ends at 32,767. Pictures do not fit."""


def _foreign(card: ContactCard, placed: Placed) -> str:
    if not card.foreign:
        return ""
    return json.dumps([[f.source, f.name, f.raw] for f in _fitting(card)], ensure_ascii=False)


def _fitting(card: ContactCard) -> list[Foreign]:
    """The properties from files that fit into a cell, short ones first served."""
    room = LONGEST_FOREIGN
    fitting = []
    for index in sorted(range(len(card.foreign)), key=lambda index: len(card.foreign[index].raw)):
        room -= len(card.foreign[index].raw) + len(card.foreign[index].name) + 30
        if room > 0:
            fitting.append(index)
    return [card.foreign[index] for index in sorted(fitting)]


def _tied(slot: str, ties: Mapping[int, Ties]) -> Getter:
    def get(card: ContactCard, placed: Placed) -> str:
        of = ties.get(card.id or 0, NO_TIES)
        of_slot: Mapping[str, Sequence[HouseholdTie | RelationTie | ConsentTie]] = {
            slots.HOUSEHOLD: (of.household,) if of.household is not None else (),
            slots.RELATIONSHIPS: of.relations,
            slots.CONSENTS: of.consents,
        }
        found = of_slot[slot]
        return json.dumps([texts_of(tie) for tie in found], ensure_ascii=False) if found else ""

    return get


def _part_getter(parts: slots.Part, preset: Preset) -> Getter:
    """The cell of a group: found among the parts that were placed for this card, see `csv_places`."""
    place = (parts.family, parts.label, parts.number)
    text = shown(parts.family, parts.attribute, preset)
    return lambda card, placed: text(part) if (part := placed.get(place)) is not None else ""
