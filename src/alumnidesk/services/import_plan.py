"""What an import would do, to be looked at and corrected before anything is written; and what it did."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.differences import Difference
from alumnidesk.domain.own_fields import OwnField
from alumnidesk.domain.records import ContactRecord, Problem
from alumnidesk.formats.csv_dialect import DELIMITERS
from alumnidesk.formats.encodings import ENCODINGS
from alumnidesk.i18n import Message
from alumnidesk.services.column_mappings import SavedMapping

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "FORMATS",
    "Choices",
    "Column",
    "Difference",
    "ImportReport",
    "Kind",
    "Merged",
    "Planned",
    "Preview",
    "Row",
    "SavedMapping",
    "Step",
    "new_one",
]

FORMATS = ("csv", "vcard", "ldif", "xlsx", "ods")
"""What can be read."""


def new_one(row: int) -> int:
    """The number of a contact that comes new with a row of the file, until it has an id."""
    return -row - 1


class Kind(StrEnum):
    """What becomes of one record of a file."""

    NEW = "new"
    """A new contact."""
    SIMILAR = "similar"
    """A new contact, but somebody known may be the same: one should look."""
    CHANGED = "changed"
    """Somebody known, surely; the file knows something that we do not."""
    UNCHANGED = "unchanged"
    """Somebody known, surely; nothing new."""
    PROBLEM = "problem"
    """Text that did not become a contact."""


@dataclass(frozen=True, slots=True)
class Choices:
    """How the person wants the file to be read; what is None is detected."""

    format: str | None = None
    """One of `FORMATS`."""
    encoding: str | None = None
    """One of `ENCODINGS`."""
    delimiter: str | None = None
    """One of `DELIMITERS`, or any other single character."""
    header_row: int | None = None
    """Which filled row holds the headings, from 1; 0: none does."""
    columns: tuple[str | None, ...] | None = None
    """A slot of `domain.slots` for each column: None keeps its cells as they came, ``""`` leaves the column out."""
    sheet: str | None = None
    """Which sheet of a spreadsheet."""
    saved: str | None = None
    """The id of a saved mapping of columns; ``""`` for none, although one has this header."""
    month_first: bool | None = None
    """Which number of ``3/4/1975`` is the month; None leaves such dates as text, unless the table itself tells."""
    zeros: bool = False
    """Whether postcodes of four digits get the zero that a spreadsheet has taken (`addresses.postcode_meant`)."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: what stands in it and where it goes."""

    heading: str
    slot: str | None
    samples: tuple[str, ...]
    """Its first filled cells."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the preview: a record of the file and what becomes of it, or a problem."""

    id: int
    """Its place in `Preview.rows`; by it one skips it."""
    line: int
    """1-based line of the file where it begins; 0: it concerns the whole file."""
    kind: Kind
    name: str
    what: Message
    """What happens and why, in words."""
    differences: tuple[Difference, ...] = ()
    """For `Kind.CHANGED`, field by field."""
    contact: int | None = None
    """Who is changed, stays unchanged or looks similar; None: nobody, or somebody who comes new with this file."""
    text: str = ""
    """For `Kind.PROBLEM`, the text itself."""
    remarks: tuple[Problem, ...] = ()
    """What was doubtful in a record that comes in all the same."""


@dataclass(frozen=True, slots=True)
class Step:
    """For a row that is a record: the record, and whom it belongs to."""

    row: int
    record: ContactRecord
    card: ContactCard
    """The contact that it describes if it is nobody known. It has the file's UID where that is new to us, so that whose
    it is can be called so from now on; otherwise none."""
    sure: bool = False
    """Whether `contact` or `first` is surely the same; otherwise it is only if the person says so."""
    contact: int | None = None
    """Somebody known who is the same."""
    first: int | None = None
    """The earlier row of the same file that is the same person."""

    @property
    def proposed(self) -> int:
        """Whose row it is unless the person decides otherwise: the id of a contact, or the number of a new one."""
        if self.sure and self.contact is not None:
            return self.contact
        return new_one(self.first if self.sure and self.first is not None else self.row)


@dataclass(frozen=True, slots=True)
class Merged:
    """What a row of the preview would do to a contact that the person has chosen for it."""

    row: int
    contact: int
    name: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Planned:
    """What becomes of the records of a file. Of a long file `rows` and `steps` lie on the disk; the rest is small."""

    rows: Sequence[Row]
    steps: Sequence[Step]
    """What is to be done for the rows for which anything is, in their order."""
    kinds: Sequence[Kind]
    """Of each row."""
    remarked: Sequence[int]
    """The rows that come in although something in them was doubtful."""
    rows_of_steps: Sequence[int]
    """Of each step."""
    tied: bool = False
    """Whether the file tells of households, relationships or consents."""


@dataclass(frozen=True)
class Preview:
    """What importing a file would do. Nothing is written before `Importing.carry_out`."""

    path: Path
    format: str
    """As in `Choices`."""
    choices: Choices
    """How the file was read: detected or chosen, complete for its format."""
    columns: tuple[Column, ...]
    """Empty for formats without columns."""
    planned: Planned = field(repr=False)
    notes: tuple[Message, ...] = ()
    """What one should know about the file as a whole."""
    preset: str = ""
    """Whose table it is, such as ``thunderbird-de``; empty when the headings were understood one by one."""
    own_fields: tuple[OwnField, ...] = ()
    """The association's own fields, to which columns can go too."""
    sheets: tuple[str, ...] = ()
    """The sheets of a spreadsheet that have something on them."""
    saved: tuple[SavedMapping, ...] = ()
    """The mappings of columns that one can choose; `choices` says which of them was used."""
    unclear_date: str = ""
    """A date of a table that could be read in two ways; empty if there is none."""
    lost_zero: str = ""
    """A postcode at the beginning of the file that seems to have lost its zero; empty if there is none."""
    corrected: str = field(default="", repr=False)
    """By what the corrected mapping is found again when the next file has the same header."""
    state: int = field(default=0, repr=False)
    """Number of deeds when it was made: it holds until the next one."""

    @property
    def rows(self) -> Sequence[Row]:
        """The lines of the preview."""
        return self.planned.rows

    @property
    def steps(self) -> Sequence[Step]:
        """What is to be done, in the order of the file."""
        return self.planned.steps

    @cached_property
    def by_kind(self) -> Mapping[Kind, array[int]]:
        """The ids of the rows of each kind."""
        found = {kind: array("q") for kind in Kind}
        for row, kind in enumerate(self.planned.kinds):
            found[kind].append(row)
        return found

    @cached_property
    def counts(self) -> Mapping[Kind, int]:
        """How many rows of each kind; those without any are left out."""
        return Counter({kind: len(rows) for kind, rows in self.by_kind.items() if rows})

    @property
    def problems(self) -> Iterator[Problem]:
        """What did not become a contact."""
        rows = map(self.rows.__getitem__, self.by_kind[Kind.PROBLEM])
        return (Problem(row.line, row.what, row.text) for row in rows)

    def remarks(self, skip: Collection[int] = ()) -> Iterator[Problem]:
        """What was doubtful in records that come in all the same; `skip` are ids of rows that do not."""
        coming = (row for row in self.planned.remarked if row not in skip)
        return (remark for row in coming for remark in self.rows[row].remarks)

    def has_step(self, row: int) -> bool:
        """Whether anything can be done for a row: not for a problem, nor for somebody who stays in the bin."""
        rows = self.planned.rows_of_steps
        place = bisect_left(rows, row)
        return place < len(rows) and rows[place] == row

    def step(self, row: int) -> Step | None:
        """What is to be done for a row, if anything can be."""
        return self.steps[bisect_left(self.planned.rows_of_steps, row)] if self.has_step(row) else None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: ``read = created + changed + unchanged + skipped + len(problems)``."""

    read: int
    """Records of the file, those with problems included."""
    created: int
    changed: int
    """Records that added something to somebody known, or to an earlier record of the file."""
    unchanged: int
    skipped: int
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]
    """What was doubtful in records that came in all the same."""
    changeset: int | None
    """By which it can be taken back; None when nothing was written."""
    contacts: tuple[int, ...] = ()
    """Everybody created or changed."""
    left_out: tuple[Problem, ...] = ()
    """The records that the person has left out."""
