"""Words: messages are written in English where they arise and translated where they are shown.

Below the window nobody knows which language the reader wants, and one letter run speaks several at once. So code
says ``say("Letter to {name}", name=…)`` and gets a `Message`; whoever shows it turns it into text with a `Language`.
A message keeps its source text and arguments: history can store it, and another reader sees it in another language.
"""

from __future__ import annotations

import datetime as dt
import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol, runtime_checkable

from alumnidesk.places import bundled

SOURCE_LANGUAGE = "en"
LANGUAGES: Mapping[str, str] = {"en": "English", "de": "Deutsch", "sv": "Svenska"}
"""Languages of the window and of the letters, each by its own name."""

PSEUDO = "x-pseudo"
"""A stretched, accented pretend-language for tests: what it leaves alone was forgotten, what it clips is too tight."""


@runtime_checkable
class Spoken(Protocol):
    """A value that each language says in its own way, such as a date that is only partly known."""

    def spoken(self, language: str) -> str:
        """The value as people of `language` read it."""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for people, not yet in anybody's language.

    `text` is the English source with named ``{fields}``; `plural` its plural form, chosen by the argument ``n``.
    Arguments are plain text, whole numbers, further messages, days or what is `Spoken` (of these two a stored message
    keeps the bare text).
    """

    text: str
    plural: str = ""
    args: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """English, for logs and tracebacks only; people are shown ``language(message)``."""
        return Language(SOURCE_LANGUAGE)(self)

    def stored(self) -> list[Any]:
        """The message as plain JSON values, for the history table."""
        return [self.text, self.plural, {key: _stored(value) for key, value in self.args.items()}]

    @classmethod
    def restored(cls, stored: list[Any]) -> Message:
        """The reverse of `stored`."""
        text, plural, args = stored
        return cls(text, plural, {k: cls.restored(v) if isinstance(v, list) else v for k, v in args.items()})


def _stored(value: Any) -> Any:
    if isinstance(value, Message):
        return value.stored()
    return value if isinstance(value, (str, int)) else str(value)


NOTHING = Message.restored(["", "", {}])
"""No words at all."""


def say(text: str, /, **args: Any) -> Message:
    """A message; the translators' tool collects the text from these calls."""
    return Message(text, "", args)


def say_n(one: str, many: str, n: int, /, **args: Any) -> Message:
    """A message about `n` things, with a form for one and a form for many."""
    return Message(one, many, {"n": n, **args})


class Language:
    """One language: turns messages, dates and numbers into text. Cheap to make, has no global state."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._catalogue = _catalogue(code)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Language) and other.code == self.code

    def __hash__(self) -> int:
        return hash(self.code)

    def __call__(self, message: Message) -> str:
        """The text of a message in this language."""
        if message.plural:
            text = self._catalogue.ngettext(message.text, message.plural, message.args["n"])
        else:
            text = self._catalogue.gettext(message.text) if message.text else ""
        if not message.args:
            return text
        return text.format_map({key: self._argument(value) for key, value in message.args.items()})

    def text(self, text: str, /, **args: Any) -> str:
        """Shorthand for a message that is shown at once."""
        return self(Message(text, "", args))

    def _argument(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, Message):
            return self(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return self.number(value)
        if isinstance(value, dt.date):
            return self.date(value)
        return value.spoken(self.locale) if isinstance(value, Spoken) else str(value)

    @property
    def locale(self) -> str:
        """The Babel locale that stands behind dates and numbers."""
        return SOURCE_LANGUAGE if self.code == PSEUDO else self.code

    def number(self, value: int) -> str:
        """A whole number with the thousands separator of the language: 9,412 · 9.412 · 9 412."""
        separator = {"de": ".", "sv": "\N{NO-BREAK SPACE}"}.get(self.code, ",")
        return f"{value:,}".replace(",", separator)

    def date(self, value: dt.date, pattern: str = "long") -> str:
        """A date in words; `pattern` is a Babel format name or a CLDR skeleton such as ``d MMM y``."""
        from babel.dates import format_date  # 30 ms to import; most starts never show a date in words

        return format_date(value, pattern, locale="en_GB" if self.locale == "en" else self.locale)

    def distance(self, value: dt.timedelta) -> str:
        """How far something lies ahead, or behind (negative): in 3 weeks · vor 2 Monaten."""
        from babel.dates import format_timedelta

        return format_timedelta(value, granularity="day", add_direction=True, locale=self.locale)


@lru_cache(maxsize=8)
def _catalogue(code: str) -> gettext.NullTranslations:
    if code == PSEUDO:
        return _Pseudo()
    if code == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    path = bundled("resources") / "locale" / code / "LC_MESSAGES" / "alumnidesk.mo"
    try:
        with path.open("rb") as file:
            return gettext.GNUTranslations(file)
    except FileNotFoundError:
        return gettext.NullTranslations()


class _Pseudo(gettext.NullTranslations):
    """Every text 40 % longer and accented, its ``{fields}`` untouched."""

    _ACCENTS = str.maketrans("aeiouyAEIOUYnc", "áéíóúýÁÉÍÓÚÝñç")

    def gettext(self, message: str) -> str:
        parts, more = [], max(len(message) * 2 // 5, 1)
        for index, part in enumerate(message.replace("}", "{").split("{")):
            parts.append("{" + part + "}" if index % 2 else part.translate(self._ACCENTS))
        return " ".join(["".join(parts) + "~" * min(more, 8), *("~" * min(more - at, 8) for at in range(8, more, 8))])

    def ngettext(self, one: str, many: str, n: int) -> str:
        return self.gettext(one if n == 1 else many)
