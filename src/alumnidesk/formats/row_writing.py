"""What a contact says in the columns of a table that somebody else keeps: import in reverse.

Only a cell that would say something else changes, and a new text is written as its column has them. What cannot be
written so that an import would read it again stays as it is: such a column is read, not written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from alumnidesk.domain import slots
from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.folding import digits
from alumnidesk.domain.own_fields import OwnField, OwnKind
from alumnidesk.domain.records import ContactRecord, Problem, as_card
from alumnidesk.domain.taking_over import IS_PART
from alumnidesk.formats import cells as cell_rules
from alumnidesk.formats.column_styles import Style, style_of
from alumnidesk.formats.csv_dialect import Table
from alumnidesk.formats.csv_edit import clean
from alumnidesk.formats.csv_places import ATTRIBUTES, Group, placed_in, shown
from alumnidesk.formats.csv_presets import Preset, presets
from alumnidesk.formats.csv_write import Getter, getter
from alumnidesk.formats.gathering import Gathered
from alumnidesk.formats.mapping import ColumnMapping
from alumnidesk.formats.row_groups import GROUPS, Attributes
from alumnidesk.formats.rows import RowReader
from alumnidesk.i18n import Message, say

Sound = Callable[[ContactRecord], ContactRecord]
"""What makes of a record as a file has it one as it can be saved."""

_LEFT_ALONE = frozenset({slots.FOREIGN, *slots.TIES})
_VALUES = frozenset({"email", "phone", "link"})
"""Families of which one cell can hold several."""


@dataclass(frozen=True, slots=True)
class Written:
    """A row as it is to be."""

    cells: list[str]
    """All of its columns."""
    unsaid: frozenset[int] = frozenset()
    """Columns that should say something else but cannot; they stay as they were."""


class RowWriter:
    """Writes contacts into the rows of one table, and reads them.

    `language` is for words of which the table has no example; `own` are the association's own fields; `can_hold` says
    whether the file can hold a text at all.
    """

    def __init__(
        self,
        table: Table,
        mapping: ColumnMapping,
        *,
        language: str,
        own: Iterable[OwnField] = (),
        sound: Sound = lambda record: record,
        can_hold: Callable[[str], bool] = lambda text: True,
    ) -> None:
        taking_part = (slots.LEAVE_OUT if slot is None or slot in _LEFT_ALONE else slot for slot in mapping.columns)
        self._columns = tuple(taking_part)
        self._table = table
        self._width = len(table.header)
        self._sound, self._can_hold = sound, can_hold
        self._own = {field.name: field for field in own}
        mapping = replace(mapping, columns=self._columns)
        self._reader = RowReader(table, mapping)
        self._preset = _preset(table.header, mapping, language)
        self._groups = {
            group: _GroupWriter(self._reader.headings, group, its, self._preset, sound)
            for group, its in mapping.groups(self._width).items()
        }
        grouped = {column for group in self._groups.values() for column in group.columns}
        self._singles: Mapping[int, Getter] = {
            column: getter(slot, self._preset)
            for column, slot in enumerate(self._columns)
            if slot and slot != "uid" and column not in grouped
        }
        self._styles: dict[int, Style] = {}
        self.taking_part = {column: slot for column, slot in enumerate(self._columns) if slot and slot != "uid"}
        """Columns that are read → their slots."""
        self.only_read = self._only_read()
        """Columns that are read and never written → why."""

    def _only_read(self) -> Mapping[int, Message]:
        found = {}
        often = Counter(slot for slot in self._columns if slot)
        for column, slot in enumerate(self._columns):
            if slot and often[slot] > 1:
                found[column] = say("Several columns are for the same field.")
            elif slot and slot.startswith("address.") and slot.endswith(".formatted"):
                found[column] = say("A whole address in one cell cannot be taken apart for certain.")
            elif slot and (own := self._own.get(slots.own_name(slot))) and own.kind is OwnKind.FILE:
                found[column] = say("A table cannot hold files.")
        return found

    # Reading ---------------------------------------------------------------------------------------------------------

    def record(self, line: int, cells: list[str]) -> ContactRecord | Problem | None:
        """What a row says in the columns that take part, as an import would read it.

        What cannot be understood says nothing, and neither do phone numbers that a spreadsheet has destroyed; both are
        among the record's problems.
        """
        made = self._reader.record(line, cells)
        return self._understood(made) if isinstance(made, ContactRecord) else made

    def _understood(self, record: ContactRecord) -> ContactRecord:
        record = self._sound(record)
        phones = tuple(phone for phone in record.phones if not cell_rules.is_spreadsheet_number(phone.number))
        if not record.foreign and len(phones) == len(record.phones):
            return record
        return replace(record, phones=phones, foreign=())

    def _card(self, cells: list[str]) -> ContactCard:
        made = self.record(0, cells)
        return as_card(made) if isinstance(made, ContactRecord) else ContactCard()

    # Writing ---------------------------------------------------------------------------------------------------------

    def held(self, card: ContactCard, present: list[str]) -> ContactCard:
        """The part of a contact that this row is about: what one would read there if all could be written."""
        row, _ = self._candidate(card, self._whole(present))
        return self._card(row)

    def written(self, card: ContactCard, present: list[str]) -> Written:
        """The row of a contact, where now `present` stands; nothing for a new one."""
        present = self._whole(present)
        row, groups = self._candidate(card, present)
        changed = {column for column, text in enumerate(row) if text != present[column]}
        unsaid = {column for column in changed if column in self.only_read or not self._can_hold(row[column])}
        again = self._card(row)
        unsaid.update(
            column
            for column in self._singles.keys() & changed
            if self._neutral(column, again) != self._neutral(column, card)
        )
        for group, parts in groups.items():
            of_group = self._groups[group]
            if of_group.columns & changed and not of_group.says(parts, row):
                unsaid |= of_group.columns & changed
        for together in (*(group.columns for group in self._groups.values()), self._birth):
            if together & unsaid:
                unsaid |= together & changed
        return Written([present[at] if at in unsaid else text for at, text in enumerate(row)], frozenset(unsaid))

    def _whole(self, cells: Sequence[str]) -> list[str]:
        return [*cells[: self._width], *[""] * (self._width - len(cells))]

    @cached_property
    def _birth(self) -> frozenset[int]:
        return frozenset(column for column, slot in enumerate(self._columns) if slot in slots.BIRTH_PARTS)

    def _candidate(self, card: ContactCard, present: list[str]) -> tuple[list[str], Mapping[Group, list[Any]]]:
        """The row as it should be, and what is in its groups of columns.

        A cell in which something stands that cannot be understood is nobody's to overwrite.
        """
        row = list(present)
        made = self._reader.record(0, present)
        raw = made if isinstance(made, ContactRecord) else ContactRecord(0)
        said = as_card(self._understood(raw))
        unclear = self._unclear(raw, present)
        for column in self._singles.keys() - unclear:
            if self._neutral(column, said) != self._neutral(column, card):
                row[column] = self._text(column, card, present[column])
        groups = self._placed(card, said, present, unclear)
        for group, parts in groups.items():
            self._groups[group].write(parts, row, self._style)
        return row, groups

    def _unclear(self, raw: ContactRecord, cells: list[str]) -> frozenset[int]:
        """The columns in which something stands that is not understood."""
        kept = {kept.name for kept in raw.foreign}
        found = {column for column, heading in enumerate(self._reader.headings) if heading in kept and cells[column]}
        return frozenset(found | self._birth if found & self._birth else found)

    # Columns that stand alone ----------------------------------------------------------------------------------------

    def _neutral(self, column: int, card: ContactCard) -> str:
        """What a contact says in a column, before it is written as the column has it."""
        if self._columns[column] in (slots.TAG, slots.TAGS):
            return cell_rules.joined(tuple(sorted(card.tags)))
        return clean(self._singles[column](card, {}))

    def _text(self, column: int, card: ContactCard, present: str) -> str:
        if self._columns[column] == slots.TAG:
            return self._tags(column, card.tags, present)
        return clean(self._style(column)(self._singles[column](card, {})))

    def _tags(self, column: int, tags: Sequence[str], present: str) -> str:
        """The tags that stay stand in their order, with what only its program understands before them."""
        examples = (present, *(cells[column] for _, cells in self._table.rows[:200] if column < len(cells)))
        divider = cell_rules.divider_of(examples) or (" ::: " if self._preset.name.startswith("google") else "; ")
        parts = [part for part in cell_rules.tag_parts(present) if part in tags or cell_rules.is_system_tag(part)]
        return clean(divider.join(dict.fromkeys((*parts, *tags))))

    def _style(self, column: int) -> Style:
        if column not in self._styles:
            cells = [cells[column] if column < len(cells) else "" for _, cells in self._table.rows]
            self._styles[column] = style_of(
                self._columns[column] or "",
                cells,
                month_first=self._reader.month_first,
                language=self._preset.language,
                own=self._own,
            )
        return self._styles[column]

    # Columns that make one value together ----------------------------------------------------------------------------

    def _placed(
        self, card: ContactCard, said: ContactCard, present: list[str], unclear: frozenset[int]
    ) -> Mapping[Group, list[Any]]:
        """Which phone, address … stands in which columns: where it stood, else where there is room for it."""
        found: dict[Group, list[Any]] = {}
        for family, attribute in ATTRIBUTES.items():
            there = {
                group: writer.parts(present)
                for group, writer in self._groups.items()
                if group[0] == family and not writer.columns & unclear
            }
            known = getattr(said, attribute)
            usable = {group: parts for group, parts in there.items() if all(part in known for part in parts)}
            found.update(_placed(family, getattr(card, attribute), usable))
        return found


def _placed(family: str, parts: Sequence[Any], there: Mapping[Group, list[Any]]) -> Mapping[Group, list[Any]]:
    waiting = list(parts)
    found: dict[Group, list[Any]] = {group: [] for group in there}
    for group, present in there.items():
        for part in present:
            whole = next((one for one in waiting if IS_PART[ATTRIBUTES[family]](part, one)), None)
            if whole is not None:
                found[group].append(whole)
                waiting.remove(whole)
    new: dict[Group, Any] = {}
    homeless = placed_in([group for group in there if not found[group]], tuple(waiting), new)
    for group, part in new.items():
        found[group] = [part]
    several = next((group for group, present in there.items() if len(present) > 1 and family in _VALUES), None)
    if several is not None:
        found[several] += homeless
    return found


class _GroupWriter:
    """Columns that make one value together."""

    def __init__(
        self, headings: tuple[str, ...], group: Group, attributes: Attributes, preset: Preset, sound: Sound
    ) -> None:
        self._family, self._sound = group[0], sound
        self._attributes = attributes
        self._shown = {name: shown(self._family, name, preset) for name in attributes}
        self._step = GROUPS[self._family](headings, group[1], attributes)
        self.columns = frozenset(attributes.values())

    def parts(self, cells: list[str]) -> list[Any]:
        """What stands in the columns."""
        made = Gathered(0)
        self._step([*cells, ""], made)
        parts: list[Any] = getattr(made, ATTRIBUTES[self._family])
        if parts and self._family == "affiliation":  # a unit is written by its name or its path, and is the same
            return list(self._sound(ContactRecord(0, affiliations=tuple(parts))).affiliations)
        return parts

    def says(self, parts: Sequence[Any], cells: list[str]) -> bool:
        """Whether one reads these parts there."""
        again = self.parts(cells)
        return all(self._same(name, parts, again) for name in self._attributes)

    def write(self, parts: Sequence[Any], row: list[str], style: Callable[[int], Style]) -> None:
        """Put these parts into a row, in which now others stand or the same."""
        now = self.parts(row)
        if not parts and not now:
            return
        for name, column in self._attributes.items():
            if not self._same(name, parts, now):
                texts = [style(column)(self._shown[name](part)) for part in (parts if name == "value" else parts[:1])]
                row[column] = clean((cell_rules.divider_of((row[column],)) or "; ").join(texts))

    def _same(self, name: str, parts: Sequence[Any], others: Sequence[Any]) -> bool:
        """Whether others say the same in a column, however they write it: from postcodes spreadsheets take the zero."""
        show = self._shown[name]
        if name != "value":
            ours, theirs = ([clean(show(part)) for part in some[:1]] for some in (parts, others))
            return ours == theirs or (name == "postcode" and ours == [f"0{text}" for text in theirs])
        plain = _dialled if self._family == "phone" else str.lower
        return [plain(show(part)) for part in parts] == [plain(show(part)) for part in others]


def _dialled(number: str) -> str:
    return ("+" if number.startswith("+") else "") + (digits(number) or number)


def _preset(header: Sequence[str], mapping: ColumnMapping, language: str) -> Preset:
    """How the program writes whose table it is, in the columns that the table has."""
    columns = tuple(zip(header, mapping.columns, strict=True))
    known = presets().get(mapping.preset)
    return replace(known, columns=columns) if known else Preset("", columns, language=language)
