"""The language that the window speaks. Set once before a window is built; another language builds the window anew."""

from __future__ import annotations

from typing import Any

from alumnidesk.i18n import SOURCE_LANGUAGE, Language, Message

_language = Language(SOURCE_LANGUAGE)


def set_language(code: str) -> None:
    """Speak this language from now on (a key of `i18n.LANGUAGES`)."""
    global _language
    _language = Language(code)


def language() -> Language:
    """The window's language, for dates and numbers."""
    return _language


def tr(text: str, /, **args: Any) -> str:
    """A text of the window in its language; the translators' tool collects it from these calls."""
    return _language(Message(text, "", args))


def tr_n(one: str, many: str, n: int, /, **args: Any) -> str:
    """A text about `n` things."""
    return _language(Message(one, many, {"n": n, **args}))


def words(message: object) -> str:
    """A message that arose below the window, in the window's language."""
    return _language(message) if isinstance(message, Message) else str(message)
