"""Placeholders in letters: ``{given_name}`` in a text becomes the recipient's given name.

A letter keeps the keys; people read and write the names in their own language, ``{Vorname}`` (`named`, `keyed`).

Plain names in braces, nothing else: no expressions, no conditions, no second look at what was filled in, so that no
text from a contact can ever act as a placeholder. A placeholder that has a line for itself, alone or after a label such
as ``Place:``, takes the line away when it is empty.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from alumnidesk.domain.fields import single_valued
from alumnidesk.i18n import LANGUAGES, Language, Message, say

CONTACT, EVENT, ASSOCIATION = "contact", "event", "association"


@dataclass(frozen=True, slots=True)
class Placeholder:
    key: str
    label: Message
    """What a person reads in the list of placeholders."""
    about: str
    """``contact``, ``event`` or ``association``."""


PLACEHOLDERS = (
    Placeholder("salutation", say("Salutation"), CONTACT),
    Placeholder("name", say("Name"), CONTACT),
    *(Placeholder(field.placeholder, field.label, CONTACT) for field in single_valued() if field.placeholder),
    Placeholder("cohort", say("Cohort"), CONTACT),
    Placeholder("programme", say("Programme"), CONTACT),
    Placeholder("unit", say("Unit"), CONTACT),
    Placeholder("street", say("Street"), CONTACT),
    Placeholder("postcode", say("Postcode"), CONTACT),
    Placeholder("town", say("Town"), CONTACT),
    Placeholder("event_title", say("Event: title"), EVENT),
    Placeholder("event_date", say("Event: date"), EVENT),
    Placeholder("event_time", say("Event: time"), EVENT),
    Placeholder("event_place", say("Event: venue"), EVENT),
    Placeholder("today", say("Date of the letter"), ASSOCIATION),
    Placeholder("association", say("Name of the association"), ASSOCIATION),
    Placeholder("contact_person", say("Contact person"), ASSOCIATION),
    Placeholder("phone", say("Phone of the association"), ASSOCIATION),
    Placeholder("email", say("E-mail of the association"), ASSOCIATION),
    Placeholder("website", say("Website of the association"), ASSOCIATION),
)
"""All placeholders, in the order in which they are offered. Those of single fields come from the field catalogue."""
BY_KEY: Mapping[str, Placeholder] = {placeholder.key: placeholder for placeholder in PLACEHOLDERS}

_IN_BRACES = re.compile(r"\{([^{}\n]*)\}")
_OWN_LINE = re.compile(r"\s*(?:[^{}:]+:)?\s*(?:\{[^{}\n]*\}\s*)+")
_LED, _ENDS, _OPENING, _CLOSING = ",;:/–—", ".!?…", "([", ")]"
_PAIRS = {"()", "[]", "„“", "“”", "‘’", "‚‘", "«»", "»«", "””", '""'}
_LEADS_ON = re.compile(rf"(?:[ {_LED}]|(?<= )-)+$")


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its placeholders filled in, and the keys for which there was nothing to fill in."""

    text: str
    missing: tuple[str, ...] = ()


def named(text: str, language: Language) -> str:
    """`text` with the names of its placeholders in a language, as a person reads and writes it."""
    return _IN_BRACES.sub(lambda found: _braced(_name(found[1], language)), text)


def keyed(text: str) -> str:
    """The reverse of `named`, whatever language somebody wrote the names in; names that there are not stay."""
    return _IN_BRACES.sub(lambda found: _braced(key_of(found[1]) or found[1]), text)


def key_of(name: str, own: Collection[str] = ()) -> str | None:
    """The key of a placeholder by its name in any of our languages, or by the key itself.

    `own` are the names of the association's own fields, each of which is its own key.
    """
    plain = _plain(name)
    return _keys().get(plain) or next((field for field in own if _plain(field) == plain), None)


def used(text: str, own: Collection[str] = ()) -> set[str]:
    """The keys of all known placeholders in `text`."""
    return {key for key in _IN_BRACES.findall(text) if key in BY_KEY or key in own}


def needed(text: str) -> set[str]:
    """The keys of known placeholders without whose value a sentence in `text` would have a hole."""
    return set().union(*(used(line) for line in text.split("\n") if not _OWN_LINE.fullmatch(line)))


def check(text: str, own: Collection[str] = ()) -> list[Message]:
    """What is wrong with the placeholders in `text`: unknown ones, with the one that was probably meant."""
    problems = []
    for key in dict.fromkeys(_IN_BRACES.findall(text)):
        if key in BY_KEY or key in own:
            continue
        written = _braced(key)
        names = {_plain(field): say("{name}", name=field) for field in own}
        names |= {name: BY_KEY[known].label for name, known in _keys().items()}
        if near := difflib.get_close_matches(_plain(key), names, n=1, cutoff=0.6):
            meant = names[near[0]]
            problems.append(
                say("There is no placeholder {written}. Did you mean “{meant}”?", written=written, meant=meant)
            )
        else:
            problems.append(say("There is no placeholder {written}.", written=written))
    return problems


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """`text` with every known placeholder, and whatever `values` name, replaced; unknown ones stay as written.

    An empty value within a line is reported, and its gap closed together with the marks that only it had needed; one
    that has a line for itself takes it away.
    """
    if "{" not in text:
        return Filled(text)
    lines: list[str] = []
    missing: dict[str, None] = {}
    for line in text.split("\n"):
        keys = [key for key in _IN_BRACES.findall(line) if key in BY_KEY or key in values]
        empty = [key for key in keys if not values.get(key)]
        if not empty:
            lines.append(_IN_BRACES.sub(lambda found: _value(found, values), line) if keys else line)
        elif len(empty) < len(keys) or not _OWN_LINE.fullmatch(line):
            missing |= dict.fromkeys(empty)
            lines.append(_closed(line, values, empty))
    return Filled("\n".join(lines), tuple(missing))


def _value(found: re.Match[str], values: Mapping[str, str]) -> str:
    return values.get(found[1], found[0])


def _closed(line: str, values: Mapping[str, str], empty: list[str]) -> str:
    """The line without its empty placeholders, and without spaces and marks that stood there for their sake only."""
    for key in empty:
        before, *rest = line.split(_braced(key))
        for after in rest:
            before = _joined(before, after)
        line = before
    return _IN_BRACES.sub(lambda found: _value(found, values), line).strip(" ")


def _joined(before: str, after: str) -> str:
    """What stood before and after an empty place, put together.

    Brackets and quotation marks around nothing go. So does a mark that led to what is missing when another mark or the
    end follows (“Choir, {date}.” becomes “Choir.”), and one that followed it where nothing goes before.
    """
    left, right = before.rstrip(" "), after.lstrip(" ")
    if left and right and left[-1] + right[0] in _PAIRS:
        return _joined(left[:-1], right[1:])
    if not left or left[-1] in _OPENING:
        return left + right.lstrip(_LED + _ENDS + " ")
    if right and right[0] not in _LED + _ENDS + _CLOSING:
        return left + (" " if left != before or right != after else "") + right
    if (kept := _LEADS_ON.sub("", left)) != left:
        return _joined(kept, right)
    return left + (right[1:] if left[-1] in _ENDS and right[:1] in _ENDS else right)


def _braced(key: str) -> str:
    return "{" + key + "}"


def _name(key: str, language: Language) -> str:
    return language(BY_KEY[key].label) if key in BY_KEY else key


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name).strip().casefold()


@lru_cache(maxsize=1)
def _keys() -> Mapping[str, str]:
    """The keys by everything that a placeholder is called."""
    languages = [Language(code) for code in LANGUAGES]
    return {
        _plain(name): placeholder.key
        for placeholder in PLACEHOLDERS
        for name in (*(language(placeholder.label) for language in languages), placeholder.key)
    }
