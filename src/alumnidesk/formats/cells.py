"""What the text of one cell means: yes or no, a form of address, a language, several numbers in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from alumnidesk.domain.addresses import country_code
from alumnidesk.domain.fields import Field, Kind
from alumnidesk.domain.name_signs import gender_form
from alumnidesk.domain.yes_no import yes_or_no

YES = "1"
"""How a record says yes in its values; no is the missing value."""

_LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "deutsch": "de", "german": "de", "tyska": "de", "ger": "de", "deu": "de",
        "englisch": "en", "english": "en", "engelska": "en", "eng": "en",
        "schwedisch": "sv", "swedish": "sv", "svenska": "sv", "swe": "sv",
    }
)  # fmt: skip
_LANGUAGE_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*")


def language(text: str) -> str:
    """``Deutsch``, ``de-AT``, ``de`` → ``de``; empty when it names no language."""
    word = text.strip().casefold()
    if word in _LANGUAGES:
        return _LANGUAGES[word]
    match = _LANGUAGE_TAG.fullmatch(word)
    return match[1] if match and len(match[1]) == 2 else ""


def choice(field: Field, text: str) -> str:
    """The stored value of a choice by itself or by its English word; empty when it is none of them."""
    word = text.strip().casefold()
    for value, label in field.choices:
        if word in (value, label.text.casefold()):
            return value
    if field.key == "gender_form":
        return gender_form(word)
    return ""


def greeting(text: str) -> tuple[str, str] | None:
    """Form of address and title of ``Frau Prof. Dr.``; None when another word is among them (``Familie``)."""
    form, titles = "", []
    for word in text.split():
        this = gender_form(word)
        if this and not form:
            form = this
        elif word.endswith(".") or word.casefold() in ("dr", "prof", "professor", "mag", "pd"):
            titles.append(word)
        else:
            return None
    return form, " ".join(titles)


@lru_cache(maxsize=4096)
def country(text: str) -> str:
    """The code of a country that we know by name or code, else the text as it came."""
    return country_code(text) or text


def single_value(field: Field, text: str) -> str:
    """The value of a flag, choice or language in stored form; empty when the text does not say one."""
    match field.kind:
        case Kind.FLAG:
            return YES if yes_or_no(text) else ""
        case Kind.CHOICE:
            return choice(field, text)
        case _:
            return language(text)


# Several in one cell -----------------------------------------------------------------------------------------------

_BETWEEN = re.compile(r"\s*(?::::|[;\n])\s*")
_AND = r"(?:[/|+&]|u\.|und|oder|bzw\.|and|or|och|eller)"
"""What people write between two values, with spaces around it."""
_BETWEEN_EMAILS = re.compile(rf"\s*(?::::|[;,\n])\s*|\s+{_AND}\s+(?=\S+@)|\s+(?=\S+@)")
_BETWEEN_PHONES = re.compile(rf"\s*(?::::|[;,\n])\s*|\s+{_AND}\s+(?=[+(0]|[^\W\d])")
"""Before what begins as a number does: ``05631 / 91133`` is one, with its area code."""
_BETWEEN_TAGS = re.compile(r"\s*(?::::|[;,\n|])\s*")
_STUCK_TOGETHER = re.compile(r"(@[^\s/;,]+)/(?=[^\s/]+@)")
_IN_BRACKETS = re.compile(r"(?:^|(?<=[;,\n>]))(?:[^<>@]*|\s*[^<>;,\s]+\s*)<\s*([^<>\s]+@[^<>\s]+)\s*>")
_EXCEL_NUMBER = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)


def emails(cell: str) -> list[str]:
    """The e-mail addresses of a cell; ``Anna <anna@…>`` gives the address alone."""
    if "<" in cell:
        cell = _IN_BRACKETS.sub(r"\n\1\n", cell).strip()
    if cell.count("@") < 2:
        return [cell]
    return [part for part in _BETWEEN_EMAILS.split(_STUCK_TOGETHER.sub(r"\1\n", cell)) if part]


def phones(cell: str) -> list[str]:
    """The phone numbers of a cell: divided where every part has the digits of a number of its own."""
    if len(cell) < 10:
        return [cell]
    parts = [part for part in _BETWEEN_PHONES.split(cell) if part]
    return parts if all(sum(c.isdigit() for c in part) >= 5 for part in parts) else [cell]


def links(cell: str) -> list[str]:
    """The web links of a cell."""
    if ";" not in cell and "\n" not in cell and ":::" not in cell:
        return [cell]
    return [part for part in _BETWEEN.split(cell) if part]


def tags(cell: str) -> list[str]:
    """The tags of a cell. Google's system label ``* myContacts`` is none."""
    return [part for part in tag_parts(cell) if not is_system_tag(part)]


def tag_parts(cell: str) -> list[str]:
    """The tags of a cell, with those that only its program understands."""
    return list(dict.fromkeys(part for part in _BETWEEN_TAGS.split(cell) if part))


def is_system_tag(part: str) -> bool:
    """Whether it is one of Google's own."""
    return part.startswith("* ")


def divider_of(cells: Iterable[str]) -> str:
    """What stands between the values of the first cell that has several; empty if none has."""
    return next((match[0] for cell in cells if (match := _BETWEEN_TAGS.search(cell))), "")


def is_spreadsheet_number(text: str) -> bool:
    """Whether a phone number has become ``4,91701E+11`` in a spreadsheet and lost its digits."""
    return "+" in text[2:] and _EXCEL_NUMBER.fullmatch(text) is not None


# Our own lossless list ---------------------------------------------------------------------------------------------

_ESCAPED = re.compile(r"\\(.)|;", re.DOTALL)


def joined(parts: tuple[str, ...]) -> str:
    """Texts in one cell, divided by ``;``, each ``;`` and ``\\`` of a text with ``\\`` before it."""
    return ";".join(part.replace("\\", "\\\\").replace(";", "\\;") for part in parts)


def divided(cell: str) -> list[str]:
    """The reverse of `joined`; spaces around a divider do not count."""
    parts, current, end = [], "", 0
    for match in _ESCAPED.finditer(cell):
        current += cell[end : match.start()]
        end = match.end()
        if match[1] is None:
            parts.append(current.strip())
            current = ""
        else:
            current += match[1]
    parts.append((current + cell[end:]).strip())
    return [part for part in parts if part]
