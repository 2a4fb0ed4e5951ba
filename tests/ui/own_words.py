"""Words that the window shows without translating them itself: names of programs, of keys and of the calendar."""

from __future__ import annotations

import datetime as dt

from babel import Locale
from tests.ui.eyes import letters
from tests.ui.walked_files import LIST

from alumnidesk.i18n import LANGUAGES, PSEUDO, Language, say
from alumnidesk.services.letters import Letters
from alumnidesk.ui.help.topics import TOPICS, title_of

PROGRAMS = "AlumniDesk Thunderbird Outlook Google Excel vCard PDF CSV UTF Tab liste.csv"
KEYS = "Ctrl Shift Alt Del Enter Esc"
GREETINGS = "Sehr geehrte Damen und Herren Mr Ms"
"""Of a letter in German, and two forms of address that are too short for an accent."""


def own_words() -> set[str]:
    """All of them, folded."""
    locale, spoken = Locale("en"), Language(PSEUDO)
    spans = [dt.timedelta(days=days) for days in (0, 1, 2, 8, 20, 40, 70, 400, 800)]
    ages = [spoken.distance(span) for some in spans for span in (some, -some)]
    windows = [name for _, name in Letters.windows("en")]
    help = [title_of(topic, PSEUDO) for topic in TOPICS]
    days = [spoken.date(dt.date(2026, month, 1), pattern) for month in range(1, 13) for pattern in ("long", "d MMM y")]
    weekdays = [name for names in locale.days["format"].values() for name in names.values()]
    texts = [
        PROGRAMS,
        KEYS,
        GREETINGS,
        PSEUDO,
        LIST,
        *LANGUAGES.values(),
        *locale.territories.values(),
        *ages,
        *days,
        *weekdays,
        *windows,
        *help,
        spoken(say("no")),  # too short to be stretched
    ]
    return {word for text in texts for word in letters(text)}
