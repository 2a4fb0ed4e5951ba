"""The days and times of events: how people type them, and how a language writes them in words.

Stored are ISO dates and ``HH:MM``; what is not known yet is the empty string.
"""

from __future__ import annotations

import datetime as dt
import re

from alumnidesk.domain.dates import split
from alumnidesk.i18n import Language

_PATTERNS = {
    "de": ("d. MMMM y", "EEEE, d. MMMM y"),
    "en": ("d MMMM y", "EEEE, d MMMM y"),
    "sv": ("d MMMM y", "EEEE d MMMM y"),
}
"""A date in words, and the same with its weekday."""
_TIMES = {"de": "{0}:{1} Uhr", "en": "{0}:{1}", "sv": "{0}.{1}"}
_CLOCK = re.compile(r"(\d\d?)(?:[:.](\d\d))?(?: ?(?:uhr|h))?", re.ASCII | re.IGNORECASE)


def next_such_day(stored: str, today: dt.date) -> str:
    """A stored date without a year (``--12-12``) as the next such day from today on; any other as it is."""
    if not stored.startswith("--"):
        return stored
    _, month, day = split(stored)
    for year in range(today.year, today.year + 9):  # 29 February may be eight years away, around 2100
        try:
            found = dt.date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found.isoformat()
    return stored


def read_time(text: str) -> str:
    """A typed time as ``HH:MM``: ``15``, ``15:30``, ``9.05``, ``19 Uhr``; empty when it is not one."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return ""
    hours, minutes = int(match[1]), int(match[2] or 0)
    return f"{hours:02}:{minutes:02}" if hours < 24 and minutes < 60 else ""


def date_words(day: dt.date, language: str, *, weekday: bool = False) -> str:
    """``12. Dezember 2026``, with `weekday` ``Samstag, 12. Dezember 2026``."""
    return Language(language).date(day, _PATTERNS.get(language, _PATTERNS["en"])[weekday])


def day_words(iso: str, language: str) -> str:
    """A stored day with its weekday; text that is no whole day is given back unchanged."""
    return date_words(dt.date.fromisoformat(iso), language, weekday=True) if len(iso) == 10 else iso


def days_words(first: str, last: str, language: str) -> str:
    """One day, or the first and the last of several."""
    day = day_words(first, language)
    return f"{day} – {day_words(last, language)}" if day and last and last != first else day


def time_words(clock: str, language: str) -> str:
    """``15 Uhr``, ``15:30 Uhr``, ``15:30``, ``15.30``; text that is no time is given back unchanged."""
    hours, _, minutes = clock.partition(":")
    if not minutes:
        return clock
    if language == "de" and minutes == "00":
        return f"{int(hours)} Uhr"
    return _TIMES.get(language, _TIMES["en"]).format(int(hours), minutes)


def times_words(begin: str, end: str, language: str) -> str:
    """When something begins and, if it is known, ends: ``15 – 19 Uhr``, ``15:00 – 19:30``."""
    if not begin or not end:
        return time_words(begin, language)
    first = time_words(begin, language)
    if language == "de":
        first = first.removesuffix(" Uhr")
    return f"{first} – {time_words(end, language)}"


def span_words(first: str, begin: str, last: str, end: str, language: str) -> str:
    """The days and times of an event; over several days each time stands with its day.

    ``Samstag, 12. Dezember 2026, 15 – 19 Uhr`` · ``Samstag, 12. Dezember 2026, 14 Uhr – Sonntag, 13. …, 13 Uhr``.
    """
    if not first or not last or last == first:
        parts = day_words(first, language), times_words(begin, end, language)
        return ", ".join(part for part in parts if part)
    ends = (
        ", ".join(part for part in (day_words(day, language), time_words(clock, language)) if part)
        for day, clock in ((first, begin), (last, end))
    )
    return " – ".join(ends)
