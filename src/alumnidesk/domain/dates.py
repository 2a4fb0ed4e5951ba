"""Dates of people: they may be incomplete, and they are never guessed.

Stored as text: ``1975``, ``1975-03``, ``1975-03-02`` or ``--03-02`` (year not known), the forms of ISO 8601 and
vCard 4.0 (RFC 6350, section 4.3.1). What could mean two things (``03/04/24``) or no day at all (``31.02.``) is not
read: the caller keeps the text as it came and says so.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple


class PartialDate(NamedTuple):
    """Year, month and day of an incomplete date; 0 stands for "not known"."""

    year: int = 0
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        """The stored form; empty when nothing is known, or when only a day or month is (that says nothing)."""
        year, month, day = self
        if year and month and day:
            return f"{year:04}-{month:02}-{day:02}"
        if year and month:
            return f"{year:04}-{month:02}"
        if year:
            return f"{year:04}"
        return f"--{month:02}-{day:02}" if month and day else ""

    @property
    def exists(self) -> bool:
        """Whether there is such a day (29 February without a year does exist)."""
        year, month, day = self
        if not 0 <= month <= 12 or not 0 <= year <= 9999 or day < 0 or (day and not month):
            return False
        return not day or day <= calendar.monthrange(year or 2000, month)[1]


_STORED = re.compile(r"(?:(\d{4})(?:-(\d\d)(?:-(\d\d))?)?|--(\d\d)-(\d\d))", re.ASCII)
_ISO = re.compile(r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?:[T ].*)?", re.ASCII)
_ISO_MONTH = re.compile(r"(\d{4})[-/.](\d\d?)", re.ASCII)
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T.*)?", re.ASCII)
_NO_YEAR = re.compile(r"--(\d\d)-?(\d\d)(?:T.*)?", re.ASCII)
_DOTTED = re.compile(r"(\d\d?)\. ?(\d\d?)\. ?(\d{4})?", re.ASCII)
_DOTTED_MONTH = re.compile(r"(\d\d?)[./](\d{4})", re.ASCII)
_MIXED = re.compile(r"(\d\d?)[/-](\d\d?)[/-](\d{4})", re.ASCII)
_EMPTY = re.compile(r"[0\s./\-:T]*", re.ASCII)
_WORD = r"([^\W\d_]{3,})\.?"
_DAY_WORD = re.compile(rf"([0-9]{{1,2}})(?:\.|st|nd|rd|th)? ?{_WORD},?(?: ([0-9]{{4}}))?")
_WORD_DAY = re.compile(rf"{_WORD} ([0-9]{{1,2}})(?:st|nd|rd|th)?,?(?: ([0-9]{{4}}))?")
_WORD_YEAR = re.compile(rf"{_WORD} ([0-9]{{4}})")
_MONTHS = (
    ("january", "januar", "januari", "jänner"),
    ("february", "februar", "februari"),
    ("march", "märz", "maerz", "mrz", "mars"),
    ("april",),
    ("may", "mai", "maj"),
    ("june", "juni"),
    ("july", "juli"),
    ("august", "augusti"),
    ("september",),
    ("october", "oktober"),
    ("november",),
    ("december", "dezember"),
)
"""The months as the program's languages spell them; three letters are enough."""


def split(stored: str) -> PartialDate:
    """The parts of a stored date; raises ValueError for any other text."""
    match = _STORED.fullmatch(stored)
    if match is None:
        raise ValueError(f"not a partial date: {stored!r}")
    year, month, day, only_month, only_day = (int(part or 0) for part in match.groups())
    parts = PartialDate(year, month or only_month, day or only_day)
    if not parts.exists or str(parts) != stored:
        raise ValueError(f"there is no such day: {stored!r}")
    return parts


def is_stored(text: str) -> bool:
    """Whether `text` has the stored form and names days that exist."""
    try:
        split(text)
    except ValueError:
        return False
    return True


def is_blank(text: str) -> bool:
    """Whether a cell means "no date": empty, or zeros only as some programs write it (``0/0/00``)."""
    return _EMPTY.fullmatch(text) is not None


def read(text: str, *, month_first: bool | None = None) -> str:
    """A typed or exported date in stored form; empty when it is not one, or could be read in two ways.

    `month_first` says how to read ``3/4/1975`` where that is known of its source (`Order`).

    Read are ISO dates and time stamps, ``2.3.1975``, ``2.3.``, ``3.1975``, ``1975``; months in words (``2 Mar 1975``,
    ``2. März``, ``March 2, 1975``); with slashes only where one reading is possible (``25/12/1980``). A year of two
    digits is never completed. Zeros for day and month are nothing known (`has_zeros`).
    """
    text = text.strip()
    if match := _ISO.fullmatch(text) or _BASIC.fullmatch(text):
        parts = PartialDate(*map(int, match.groups()))
    elif match := _DOTTED.fullmatch(text):
        day, month, year = (int(part or 0) for part in match.groups())
        parts = PartialDate(year, month, day)
    elif match := _NO_YEAR.fullmatch(text):
        parts = PartialDate(0, int(match[1]), int(match[2]))
    elif match := _ISO_MONTH.fullmatch(text):
        parts = PartialDate(int(match[1]), int(match[2]))
    elif match := _DOTTED_MONTH.fullmatch(text):
        parts = PartialDate(int(match[2]), int(match[1]))
    elif match := _MIXED.fullmatch(text):
        parts = _unmixed(*map(int, match.groups()), month_first=month_first)
    elif len(text) == 4 and text.isascii() and text.isdigit():
        parts = PartialDate(int(text))
    else:
        parts = _with_month_in_words(text)
    return str(parts) if parts.exists else ""


_ZEROS = re.compile(r"(?<!\d)0{1,4}(?!\d)|\d{6}00", re.ASCII)


def has_zeros(text: str) -> bool:
    """Whether zeros stand for what is not known of a date, as offices write it: ``00.00.1980``, ``1980-00-00``.

    `read` takes the rest. Whoever reads such a text says so, because it may have been meant for a whole date.
    """
    if not _ZEROS.search(text.partition("T")[0]):
        return False
    stored = read(text)
    return bool(stored) and len(stored) < 10


def _with_month_in_words(text: str) -> PartialDate:
    if match := _DAY_WORD.fullmatch(text):
        day, word, year = match.groups()
    elif match := _WORD_DAY.fullmatch(text):
        word, day, year = match.groups()
    elif match := _WORD_YEAR.fullmatch(text):
        word, year, day = *match.groups(), None
    else:
        return PartialDate()
    month = next((n for n, names in enumerate(_MONTHS, 1) if any(name.startswith(word.lower()) for name in names)), 0)
    return PartialDate(int(year or 0), month, int(day or 0)) if month else PartialDate()


class Order(Enum):
    """Which number of ``25/12/1980`` is the day."""

    DAY_FIRST = auto()
    MONTH_FIRST = auto()
    EITHER = auto()


def order(text: str) -> Order | None:
    """How a date with slashes must be read, or could be; None for any other text, and where it is the same."""
    match = _MIXED.fullmatch(text.strip())
    if match is None or match[1] == match[2] or not int(match[3]):
        return None
    first, second = int(match[1]), int(match[2])
    return Order.DAY_FIRST if first > 12 else Order.MONTH_FIRST if second > 12 else Order.EITHER


def _unmixed(first: int, second: int, year: int, *, month_first: bool | None) -> PartialDate:
    """Day and month of ``25/12/1980``: told apart when one of them cannot be a month, or when both are equal."""
    if first > 12 or first == second:
        month_first = False
    elif second > 12:
        month_first = True
    if month_first is None:
        return PartialDate()
    return PartialDate(year, first, second) if month_first else PartialDate(year, second, first)


@dataclass(frozen=True, slots=True)
class StoredDate:
    """A stored date in a message: each reader sees it as they write dates."""

    stored: str

    def __str__(self) -> str:
        return self.stored

    def spoken(self, language: str) -> str:
        """The date as people of `language` read it."""
        return shown(self.stored, language)


def figures(stored: str, language: str) -> str:
    """A stored date in figures, as programs of `language` write it: ``02.03.1975`` in German, ISO elsewhere.

    `read` understands every form that comes out. Text that is not a stored date is given back unchanged.
    """
    if language != "de" or not is_stored(stored):
        return stored
    year, month, day = split(stored)
    if not month:
        return stored
    if not day:
        return f"{month:02}.{year:04}"
    return f"{day:02}.{month:02}." + (f"{year:04}" if year else "")


def shown(stored: str, language: str) -> str:
    """A stored date as people of `language` read it and may type it: ``02.03.1975``, ``2 Mar 1975``, ``1975-03-02``.

    `read` understands every form that comes out. Text that is not a stored date is given back unchanged.
    """
    if language != "en" or not is_stored(stored):
        return figures(stored, language)
    year, month, day = split(stored)
    name = _MONTHS[month - 1][0][: 4 if month == 9 else 3].capitalize() if month else ""  # Sept, as CLDR has it
    return " ".join(part for part in (str(day or ""), name, f"{year:04}" if year else "") if part)
