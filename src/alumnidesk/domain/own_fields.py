"""Fields that an association defines itself: what they may hold, and how that is read and shown.

Stored is text, the same in every language: a number with a point, a date as in `dates`, ``1`` or ``0`` for yes and no,
one of the choices, and for a file its key and its name on two lines.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from alumnidesk.domain import dates, placeholders, slots
from alumnidesk.domain.cards import ContactCard, OwnValue
from alumnidesk.domain.fields import folded_header
from alumnidesk.domain.folding import fold
from alumnidesk.domain.yes_no import yes_or_no
from alumnidesk.errors import InvalidInput
from alumnidesk.i18n import Language, Message, say


class OwnKind(StrEnum):
    """What a field of the association's own holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    """It may be incomplete."""
    YES_NO = "yes_no"
    CHOICE = "choice"
    LINK = "link"
    FILE = "file"


KIND_LABELS: Mapping[OwnKind, Message] = MappingProxyType(
    {
        OwnKind.TEXT: say("Text"),
        OwnKind.NUMBER: say("Number"),
        OwnKind.DATE: say("Date"),
        OwnKind.YES_NO: say("Yes or no"),
        OwnKind.CHOICE: say("One of several choices"),
        OwnKind.LINK: say("Web link"),
        OwnKind.FILE: say("File"),
    }
)
LONGEST_NAME = 60
"""Characters; a name is also a label, a heading and a placeholder."""


@dataclass(frozen=True, slots=True)
class OwnField:
    """One field of the association's own."""

    name: str
    kind: OwnKind = OwnKind.TEXT
    choices: tuple[str, ...] = ()
    id: int | None = None


YES, NO = "1", "0"
_NUMBER = re.compile(r"(-?)(0|[1-9]\d{0,14})(?:\.(\d{1,9}))?", re.ASCII)
_GROUPED = re.compile(r"-?[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*([.,])\d{1,9}", re.ASCII)
_SPACED = re.compile(r"(?<=\d)[ '’\u00a0\u202f](?=\d{3})")
_FILE = re.compile(r"[0-9a-f]{64}\n[^\n]+")


def read(field: OwnField, typed: str) -> str:
    """What was typed, or stands in a file, as it is stored; empty for nothing.

    Raises InvalidInput with the reason. What is stored already is read as itself.
    """
    text = typed.strip()
    if not text:
        return ""
    match field.kind:
        case OwnKind.NUMBER:
            return _number(text)
        case OwnKind.DATE:
            if found := dates.read(text):
                return found
            raise InvalidInput(
                "own", say("“{value}” is not a date.", value=text), say("Write 2.3.1975, 3/1975 or 1975.")
            )
        case OwnKind.YES_NO:
            answer = yes_or_no(text)
            if answer is None:
                raise InvalidInput("own", say("“{value}” is neither yes nor no.", value=text))
            return YES if answer else NO
        case OwnKind.CHOICE:
            return _choice(field, text)
        case OwnKind.LINK:
            if any(c.isspace() or ord(c) < 32 for c in text) or not ("." in text or ":" in text):
                raise InvalidInput(
                    "own",
                    say("“{value}” is not a web link.", value=text),
                    say("It has no blanks, as in www.lindenhof.example."),
                )
            return text
        case OwnKind.FILE:
            if not _FILE.fullmatch(text):
                raise InvalidInput("own", say("“{value}” is only the name of a file.", value=text))
            return text
    return text


def value_words(kind: str, value: str) -> Message:
    """A stored value in words: yes or no, a day, the name of a file, else the text itself."""
    if kind == OwnKind.YES_NO and value in (YES, NO):
        return say("yes") if value == YES else say("no")
    if kind == OwnKind.DATE:
        return say("{day}", day=dates.StoredDate(value))
    return say("{value}", value=value.rpartition("\n")[2])


def _number(text: str) -> str:
    """``1.234,5``, ``1,234.5`` and ``1 234.5`` alike; a single point or comma is the decimal one."""
    plain = _SPACED.sub("", text.replace("−", "-").removeprefix("+"))
    grouped = _GROUPED.fullmatch(plain)
    if grouped and grouped[1] != grouped[2]:
        plain = plain.replace(grouped[1], "")
    match = _NUMBER.fullmatch(plain.replace(",", "."))
    if match is None:
        if plain.isdecimal() and plain.startswith("0"):
            why = say("A number does not begin with 0. For a code such as 0042 the field has to be a text.")
            raise InvalidInput("own", why)
        raise InvalidInput(
            "own", say("“{value}” is not a number.", value=text), say("Write it in figures, such as 12 or 3.5.")
        )
    sign, whole, rest = match.groups()
    rest = (rest or "").rstrip("0")
    found = f"{whole}.{rest}" if rest else whole
    return found if found == "0" else sign + found


def _choice(field: OwnField, text: str) -> str:
    if text in field.choices:
        return text
    alike = [choice for choice in field.choices if fold(choice) == fold(text)]
    if len(alike) == 1:
        return alike[0]
    raise InvalidInput(
        "own",
        say("“{value}” is none of the choices of “{field}”.", value=text, field=field.name),
        say("There are: {choices}", choices=", ".join(field.choices)),
    )


def shown(field: OwnField, value: str, language: str) -> str:
    """A stored value as people of `language` read it and may type it again."""
    if not value:
        return ""
    match field.kind:
        case OwnKind.NUMBER:
            return value if language == "en" else value.replace(".", ",")
        case OwnKind.DATE:
            return dates.shown(value, language)
        case OwnKind.YES_NO:
            return Language(language)(say("yes") if value == YES else say("no"))
        case OwnKind.FILE:
            return file_name(value)
    return value


def in_words(field: OwnField, value: str) -> Message:
    """A stored value where the reader's language is not known."""
    if field.kind is OwnKind.YES_NO:
        return say("yes") if value == YES else say("no")
    if field.kind is OwnKind.DATE:
        return say("{day}", day=dates.StoredDate(value))
    return say("{value}", value=file_name(value) or value)


def file_key(value: str) -> str:
    """The key of the bytes of a stored file value."""
    return value.partition("\n")[0]


def file_name(value: str) -> str:
    """The name of a stored file value."""
    return value.partition("\n")[2]


def value_of(card: ContactCard, name: str) -> str:
    """What a contact has in the field of this name; empty for nothing."""
    return next((value.value for value in card.own if value.field == name), "")


_SIGNS = frozenset('{}:;"')
"""They would end a name in a letter, in the search box or in a table."""


# What a field may be -------------------------------------------------------------------------------------------------


def check_name(name: str, others: Iterable[str]) -> str:
    """The name of a field as it is kept. Raises InvalidInput if it cannot name one.

    A heading in a table, a word in front of a colon and a placeholder in a letter mean one thing each: what names a
    field of the program names no other.
    """
    name = " ".join(name.split())
    if not name:
        raise InvalidInput("name", say("A field needs a name."))
    if len(name) > LONGEST_NAME:
        raise InvalidInput("name", say("A name has at most {n} characters.", n=LONGEST_NAME))
    if not name[0].isalnum() or set(name) & _SIGNS or not folded_header(name):
        signs = " ".join(sorted(_SIGNS))
        raise InvalidInput(
            "name", say("A name begins with a letter or figure, and has none of the signs {signs}.", signs=signs)
        )
    if any(folded_header(name) == folded_header(other) for other in others):
        raise InvalidInput("name", say("There is a field “{name}” already.", name=name))
    slot = slots.slot_for_header(name)
    if slot is not None or placeholders.key_of(name):
        meant = slots.label(slot) if slot is not None else say("{name}", name=name)
        raise InvalidInput(
            "name",
            say("“{name}” means “{field}” already, in files and letters.", name=name, field=meant),
            say("Please choose a name that says more."),
        )
    return name


def check_choices(kind: OwnKind, choices: Collection[str]) -> tuple[str, ...]:
    """The choices as they are kept, each once. Raises InvalidInput if a choice has nothing to choose from."""
    kept = tuple(dict.fromkeys(" ".join(choice.split()) for choice in choices if choice.strip()))
    if kind is not OwnKind.CHOICE:
        return ()
    if not kept:
        raise InvalidInput("choices", say("Write what can be chosen, line by line."))
    return kept


def sound(
    values: Iterable[OwnValue], own_fields: Sequence[OwnField], known: Collection[OwnValue] = ()
) -> tuple[OwnValue, ...]:
    """Values as they are stored, in the order of the fields, without empty ones.

    Raises InvalidInput for the first that cannot be saved. What is `known` stays as it is, and so does a value of a
    field that there is not yet.
    """
    by_name = {field.name: field for field in own_fields}
    places = {field.name: place for place, field in enumerate(own_fields)}
    found = []
    for value in values:
        field = by_name.get(value.field)
        if field is not None and value not in known:
            value = replace(value, value=read(field, value.value))
        if value.value:
            found.append(value)
    return tuple(sorted(found, key=lambda value: places.get(value.field, len(places))))
