"""Days and moments in words, as short as one understands them.

Moments are stored in UTC and shown as the clock here says. The names of days and months come from Qt, which has them at
hand and from the same source (CLDR) as Babel, that letters ask: importing Babel is a quarter of the start.
"""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QLocale

from alumnidesk.ui.words import language, tr

_PATTERNS = {
    "de": {
        "short": "d. MMM",
        "year": "d. MMM yyyy",
        "day": "ddd, d. MMM yyyy",
        "long": "dddd, d. MMMM",
        "full": "dddd, d. MMMM yyyy",
    },
    "sv": {
        "short": "d MMM",
        "year": "d MMM yyyy",
        "day": "ddd d MMM yyyy",
        "long": "dddd d MMMM",
        "full": "dddd d MMMM yyyy",
    },
}
_ENGLISH = {
    "short": "d MMM",
    "year": "d MMM yyyy",
    "day": "ddd, d MMM yyyy",
    "long": "dddd, d MMMM",
    "full": "dddd, d MMMM yyyy",
}


def written(day: dt.date, form: str = "full") -> str:
    """A day written out, from short to full.

    short ``19 Nov``, year ``19 Nov 2026``, day ``Thu, 19 Nov 2026``, long ``Thursday, 19 November``,
    full ``Thursday, 19 November 2026``.
    """
    text = _said(day, _PATTERNS.get(language().locale, _ENGLISH)[form])
    return text[:1].upper() + text[1:]


def month(day: dt.date) -> str:
    """The month alone, short and without a full stop, for the leaf of a calendar."""
    return _said(day, "MMM").rstrip(".")


def locale() -> QLocale:
    """Qt's own knowledge of the window's language; English as the British write it."""
    return QLocale("en_GB" if language().locale == "en" else language().locale)


def local(stored: str) -> dt.datetime:
    """A stored moment (ISO, UTC) as the clock here says."""
    return dt.datetime.fromisoformat(stored).astimezone()


def day_words(day: dt.date, today: dt.date) -> str:
    """A past day: Today, Yesterday, Tuesday, 12 Nov, 12 Nov 2025."""
    age = (today - day).days
    if age == 0:
        return tr("Today")
    if age == 1:
        return tr("Yesterday")
    if 1 < age < 7:
        text = _said(day, "dddd")
        return text[:1].upper() + text[1:]
    return written(day, "short" if day.year == today.year else "year")


def clock(moment: dt.datetime) -> str:
    """Hours and minutes: 14:05."""
    return moment.strftime("%H:%M")


def moment_words(stored: str) -> str:
    """A stored moment in full: Thursday, 19 November 2026, 14:05."""
    moment = local(stored)
    return tr("{day}, {time}", day=written(moment.date()), time=clock(moment))


def _said(day: dt.date, pattern: str) -> str:
    return locale().toString(QDate(day.year, day.month, day.day), pattern)
