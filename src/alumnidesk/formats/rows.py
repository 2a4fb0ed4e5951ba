"""Rows of a table to contact records, by a mapping that is compiled once into a short list of steps.

Nothing gets lost: a column without slot and a cell that cannot be read as what its column says are kept as they came
(`Foreign`), the latter with a remark.
"""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice

from alumnidesk.domain import dates, full_names, name_signs, slots
from alumnidesk.domain.cards import Foreign, OwnValue
from alumnidesk.domain.fields import Field, Kind, by_key
from alumnidesk.domain.records import ContactRecord, Problem, Reading
from alumnidesk.domain.ties import ConsentTie, HouseholdTie, RelationTie, from_texts
from alumnidesk.domain.yes_no import yes_or_no
from alumnidesk.formats import cells as cell_rules
from alumnidesk.formats import date_order
from alumnidesk.formats.bulk import apart
from alumnidesk.formats.csv_dialect import Table
from alumnidesk.formats.gathering import SHOWN, Gathered
from alumnidesk.formats.mapping import ColumnMapping
from alumnidesk.formats.row_groups import GROUPS, Step, keep, unclear_date, zeros_read
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.progress import Progress


def read(table: Table, mapping: ColumnMapping, progress: Progress | None = None) -> Reading:
    """The records of a table, in its order, and everything that did not become one."""
    return next(in_parts(table, mapping, sys.maxsize, progress))


def in_parts(
    table: Table,
    mapping: ColumnMapping,
    size: int,
    progress: Progress | None = None,
    month_first: bool | None = None,
) -> Iterator[Reading]:
    """The same, each time of so many rows; at least once. What one should know of all of them is said with the last.

    `month_first` says which number of ``3/4/1975`` is the month; None leaves that to the table.
    """
    progress = progress or Progress()
    reader = RowReader(table, mapping, month_first)
    divides_names = slots.FULL_NAME in mapping.columns and not {"given_name", "family_name"} & set(mapping.columns)
    waiting = deque(sorted(table.problems, key=_line))
    rows = iter(table.rows)
    divided, left = 0, len(table.rows)
    while True:
        progress.begin(say("Reading the rows …"), min(size, left))
        records, problems = apart(progress.each(_made(reader, islice(rows, size))))
        left -= min(size, left)
        end = max((found[-1].line for found in (records, problems) if found), default=0) if left else sys.maxsize
        while waiting and waiting[0].line <= end:
            problems.append(waiting.popleft())
        problems.sort(key=_line)
        if divides_names:
            divided += sum("family_name" in record.values for record in records)
        if not left:
            notes = [*table.notes, *_about_names(divided)] if divides_names else list(table.notes)
            if month_first is None and (about_dates := date_order.remark(table, mapping)):
                notes.append(about_dates)
            yield Reading(tuple(records), tuple(problems), tuple(notes))
            return
        yield Reading(tuple(records), tuple(problems), more=True)
        del records, problems  # before the next are made


def _line(one: Problem) -> int:
    return one.line


def _about_names(divided: int) -> Iterator[Message]:
    yield say_n(
        "{n} whole name was divided into first and last name.",
        "{n} whole names were divided into first and last name.",
        divided,
    )


def each(table: Table, mapping: ColumnMapping) -> Iterator[ContactRecord | Problem]:
    """The records one by one; a row that names nobody is a problem instead."""
    return _made(RowReader(table, mapping), table.rows)


def _made(reader: RowReader, rows: Iterable[tuple[int, list[str]]]) -> Iterator[ContactRecord | Problem]:
    for line, cells in rows:
        if (made := reader.record(line, cells)) is not None:
            yield made


class RowReader:
    """Reads any row of a table, in any order. What the table as a whole tells, the order of its dates, is known."""

    def __init__(self, table: Table, mapping: ColumnMapping, month_first: bool | None = None) -> None:
        self._width = len(table.header)
        self.headings = tuple(heading or f"#{number}" for number, heading in enumerate(table.header, 1))
        self.month_first = date_order.month_first(table, mapping) if month_first is None else month_first
        self._steps = _compiled(self.headings, mapping, self.month_first)
        self._uid_at = _index(mapping, "uid")
        self._blanks = [""] * (self._width + 1)  # so that every row has all columns, and the index -1 is an empty cell

    def record(self, line: int, cells: list[str]) -> ContactRecord | Problem | None:
        """The record of a row; a problem if nothing of it is understood, None if nothing stands there."""
        width = self._width
        row = Gathered(line)
        whole = cells + self._blanks[len(cells) :] if len(cells) <= width else [*cells[:width], ""]
        for step in self._steps:
            step(whole, row)
        if len(cells) > width:
            _keep_beyond(cells, width, row)
        if row.says_something:
            row.uid = whole[self._uid_at]
            return row.record()
        if not any(cells):
            return None
        return Problem(line, say("Nothing in this row could be understood."), "; ".join(filter(None, cells))[:SHOWN])


def _keep_beyond(cells: list[str], width: int, row: Gathered) -> None:
    for number, cell in enumerate(cells[width:], width + 1):
        if cell:
            keep(row, f"#{number}", cell, say("This cell stands beyond the last heading; it was kept."))


# Compiling a mapping -----------------------------------------------------------------------------------------------


def _compiled(headings: tuple[str, ...], mapping: ColumnMapping, month_first: bool | None) -> list[Step]:
    """The steps that make a record of a row: first everything that needs one column, then the groups of columns."""
    plain: list[tuple[str, int]] = []
    unknown: list[tuple[str, int]] = []
    steps: list[Step] = []
    late: list[Step] = []
    for index, slot in enumerate(mapping.columns[: len(headings)]):
        heading = headings[index]
        if slot is None:
            unknown.append((heading, index))
        elif slot in (slots.LEAVE_OUT, "uid") or slot in slots.BIRTH_PARTS or slots.part(slot):
            continue
        elif own := slots.own_name(slot):
            steps.append(_own(own, heading, index))
        elif slot == slots.FULL_NAME:
            late.append(_full_name(heading, index))
        elif slot in _SINGLE:
            steps.append(_SINGLE[slot](heading, index))
        elif by_key(slot).kind is Kind.DATE:
            steps.append(_date(slot, heading, index, month_first))
        elif by_key(slot).kind in (Kind.FLAG, Kind.CHOICE, Kind.LANGUAGE):
            steps.append(_chosen(by_key(slot), heading, index))
        else:
            plain.append((slot, index))
    for (family, label, _), attributes in mapping.groups(len(headings)).items():
        steps.append(GROUPS[family](headings, label, attributes))
    if any(slot in slots.BIRTH_PARTS for slot in mapping.columns):
        steps.append(_birth_parts(headings, [_index(mapping, slot) for slot in slots.BIRTH_PARTS], month_first))
    return [_plain(headings, plain), *steps, *late, _unknown(unknown)]


def _index(mapping: ColumnMapping, slot: str) -> int:
    return mapping.columns.index(slot) if slot in mapping.columns else -1


def _plain(headings: tuple[str, ...], columns: list[tuple[str, int]]) -> Step:
    """Texts that go where they are; of two columns for one field the second joins a remark, else is kept."""

    def step(cells: list[str], row: Gathered) -> None:
        values = row.values
        for key, index in columns:
            if cell := cells[index]:
                if key not in values:
                    values[key] = cell
                elif key == "remark":
                    values[key] += "\n" + cell
                elif values[key] != cell:
                    row.foreign.append(Foreign("csv", headings[index], cell))

    return step


def _unknown(columns: list[tuple[str, int]]) -> Step:
    def step(cells: list[str], row: Gathered) -> None:
        for heading, index in columns:
            if cell := cells[index]:
                row.foreign.append(Foreign("csv", heading, cell))

    return step


def _date(key: str, heading: str, index: int, month_first: bool | None) -> Step:
    def step(cells: list[str], row: Gathered) -> None:
        cell = cells[index]
        if not cell or dates.is_blank(cell):
            return
        if date := dates.read(cell, month_first=month_first):
            row.values[key] = date
            if dates.has_zeros(cell):
                row.remark(cell, zeros_read(cell, date))
        else:
            keep(row, heading, cell, unclear_date(cell))

    return step


def _chosen(of: Field, heading: str, index: int) -> Step:
    """Yes and no, choices and languages."""

    def step(cells: list[str], row: Gathered) -> None:
        cell = cells[index]
        if not cell:
            return
        if value := cell_rules.single_value(of, cell):
            row.values[of.key] = value
        elif of.key == "deceased" and (date := _died_on(cell)) is not None:
            row.values["deceased"] = cell_rules.YES
            if date:
                row.values["deceased_on"] = date
        elif of.kind is not Kind.FLAG or yes_or_no(cell) is None:
            keep(
                row, heading, cell, say("“{text}” is not known for “{field}”; it was kept.", text=cell, field=of.label)
            )

    return step


def _died_on(cell: str) -> str | None:
    """The date of death in a column for who has died, empty if there is only a sign; None for any other text."""
    sign = name_signs.death(cell)
    return sign.died_on if sign is not None else dates.read(cell) or None


def _birth_parts(headings: tuple[str, ...], indexes: list[int], month_first: bool | None) -> Step:
    """Year, month and day in columns of their own, each of which may be missing, or the whole date in one of them."""
    year_at, month_at, day_at = indexes

    def step(cells: list[str], row: Gathered) -> None:
        texts = cells[year_at], cells[month_at], cells[day_at]
        date = _date_of(*texts, month_first=month_first)
        if date:
            row.values.setdefault("birth_date", date)
        elif date is None and "birth_date" not in row.values:
            row.foreign.extend(
                Foreign("csv", headings[i], text) for i, text in zip(indexes, texts, strict=True) if text
            )
            row.remark(" ".join(texts), unclear_date("-".join(filter(None, texts))))

    return step


@lru_cache(maxsize=32_768)
def _date_of(year: str, month: str, day: str, *, month_first: bool | None) -> str | None:
    """The date of three cells in stored form; empty when they are, None when they are no date."""
    texts = (year, month, day)
    if all(dates.is_blank(text) for text in texts):
        return ""
    if not all(not text or (text.isascii() and text.isdigit()) for text in texts):
        filled = [text for text in texts if not dates.is_blank(text)]
        return (len(filled) == 1 and dates.read(filled[0], month_first=month_first)) or None
    date = dates.PartialDate(*(int(text or 0) for text in texts))
    return (date.exists and (not date.year or date.year > 99) and str(date)) or None


def _greeting(heading: str, index: int) -> Step:
    def step(cells: list[str], row: Gathered) -> None:
        cell = cells[index]
        if not cell:
            return
        understood = cell_rules.greeting(cell)
        if understood is None:
            row.foreign.append(Foreign("csv", heading, cell))
            return
        form, title = understood
        if form:
            row.values.setdefault("gender_form", form)
        if title:
            row.values.setdefault("title", title)

    return step


def _full_name(heading: str, index: int) -> Step:
    """A whole name is divided where the row has no first and last name, and dropped where it only repeats them."""

    def step(cells: list[str], row: Gathered) -> None:
        cell = cells[index]
        values = row.values
        if not cell or cell == values.get("organisation"):
            return
        given, family = values.get("given_name", ""), values.get("family_name", "")
        if given or family:
            if cell == f"{given} {family}":
                return
            own = {word.casefold() for key in _NAME_KEYS for word in values.get(key, "").split()}
            if not {word.casefold() for word in cell.replace(",", " ").split()} <= own:
                row.foreign.append(Foreign("csv", heading, cell))
        else:
            parts = full_names.split(cell)
            values.update((key, value) for key, value in zip(parts._fields, parts, strict=True) if value)
            if (why := full_names.reason(cell)) is not None:
                row.remark(cell, why)

    return step


_NAME_KEYS = ("title", "given_name", "additional_names", "name_particle", "family_name", "suffix", "call_name")


def _tag(heading: str, index: int) -> Step:
    def step(cells: list[str], row: Gathered) -> None:
        if cell := cells[index]:
            row.tags.extend(tag for tag in cell_rules.tags(cell) if tag not in row.tags)

    return step


def _tags(heading: str, index: int) -> Step:
    def step(cells: list[str], row: Gathered) -> None:
        if cell := cells[index]:
            row.tags.extend(tag for tag in cell_rules.divided(cell) if tag not in row.tags)

    return step


def _own(name: str, heading: str, index: int) -> Step:
    """An own field takes the text as it stands; what it may hold, the fields themselves know."""

    def step(cells: list[str], row: Gathered) -> None:
        if not (cell := cells[index]):
            return
        if any(value.field == name for value in row.own):
            row.foreign.append(Foreign("csv", heading, cell))
        else:
            row.own.append(OwnValue(name, cell))

    return step


def _foreign(heading: str, index: int) -> Step:
    def step(cells: list[str], row: Gathered) -> None:
        if not (cell := cells[index]):
            return
        try:
            row.foreign.extend(Foreign(str(source), str(name), str(raw)) for source, name, raw in json.loads(cell))
        except (ValueError, TypeError, RecursionError):
            keep(row, heading, cell, say("This column is written by AlumniDesk only; its text was kept."))

    return step


def _tied(take: Callable[[Gathered, object], bool]) -> Callable[[str, int], Step]:
    """Ties as our own tables have them; what is none is kept."""

    def column(heading: str, index: int) -> Step:
        def step(cells: list[str], row: Gathered) -> None:
            if not (cell := cells[index]):
                return
            try:
                found = json.loads(cell)
            except (ValueError, RecursionError):
                found = None
            refused = [tie for tie in found if not take(row, tie)] if isinstance(found, list) else [found]
            if refused:
                text = cell if refused == [None] else json.dumps(refused, ensure_ascii=False)
                keep(row, heading, text, say("This column is written by AlumniDesk only; its text was kept."))

        return step

    return column


def _take_household(row: Gathered, texts: object) -> bool:
    row.household = row.household or from_texts(HouseholdTie, texts)
    return row.household is not None


def _take_relation(row: Gathered, texts: object) -> bool:
    if (tie := from_texts(RelationTie, texts)) is not None:
        row.relations.append(tie)
    return tie is not None


def _take_consent(row: Gathered, texts: object) -> bool:
    if (tie := from_texts(ConsentTie, texts)) is not None:
        row.consents.append(tie)
    return tie is not None


_SINGLE: dict[str, Callable[[str, int], Step]] = {
    slots.GREETING: _greeting,
    slots.TAG: _tag,
    slots.TAGS: _tags,
    slots.FOREIGN: _foreign,
    slots.HOUSEHOLD: _tied(_take_household),
    slots.RELATIONSHIPS: _tied(_take_relation),
    slots.CONSENTS: _tied(_take_consent),
}
