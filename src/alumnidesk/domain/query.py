"""What is looked for: one language for search box, command line, condition builder and saved segments.

    anna hamburg              words from any field, in any order, by their beginnings
    "anna müller"             these words side by side, the last one whole; "anna mü"* by its beginning
    -mentor   -tag:mentor     without
    kiel OR lübeck            either (ODER and ELLER mean the same); binds more closely than a blank
    (anna kiel) OR bernd      brackets make groups
    town:chem                 the field begins so; = is exactly so, ~ has these words
    cohort:1998..2003   ..2003   1998..   <2003   >1998      ranges; with < and > the limit itself is outside
    email:none   email:any    empty, not empty
    role:member@hamburg       a role at a unit

A query is a small tree of frozen values. From text to tree and back go `query_text.parse` and `query_text.write`; the
fields are in `query_fields`, the explanation in words in `query_in_words`, what it means for the data file in
`storage.conditions`. Whatever is typed means something: what is no field is a word, an open quote or bracket ends with
the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from alumnidesk.domain import dates
from alumnidesk.domain.addresses import country_code
from alumnidesk.domain.folding import words
from alumnidesk.domain.query_fields import (
    OR_WORDS,
    OWN,
    Operator,
    QueryField,
    Sort,
    choice_named,
    field_named,
    query_field,
)


@dataclass(frozen=True, slots=True)
class Words:
    """Words of any field, in any order, by their beginnings; divided by one blank each."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side in one field."""

    text: str
    beginning: bool = False
    """Whether the last word may go on."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What one field must be. `value` and `last` are in stored form where they could be read, else as typed."""

    field: str
    """Key of a `QueryField`."""
    operator: Operator
    value: str = ""
    last: str = ""
    """For `Operator.BETWEEN`: the upper end; empty is open."""


@dataclass(frozen=True, slots=True)
class Not:
    """All that do not fit."""

    part: Query


@dataclass(frozen=True, slots=True)
class And:
    """All that fit every part; without parts: everybody."""

    parts: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """All that fit at least one part."""

    parts: tuple[Query, ...]


LEADING = '-"„“”»«'
"""At the beginning of a word these say something."""

Query: TypeAlias = Words | Phrase | Condition | Not | And | Or
EVERYBODY = And()

# Tidying -----------------------------------------------------------------------------------------------------------


def tidied(query: Query) -> Query:
    """The same query in its one form: nothing empty, no group in a like group, neighbouring words together."""
    match query:
        case Words(text):
            plain = (_plain(word) for word in re.split(r"[\s()]+", text))
            text = " ".join(word for part in plain for word in part.split() if words(word))
            return Words(text) if text else EVERYBODY
        case Phrase(text, beginning):
            return Phrase(" ".join(text.split()), beginning) if words(text) else EVERYBODY
        case Condition():
            return _tidied_condition(query)
        case Not(part):
            part = tidied(part)
            if isinstance(part, Not):
                return part.part
            return part if part == EVERYBODY else Not(part)
        case And(parts):
            parts = _joined(_flat(And, parts))
            return And(parts) if len(parts) != 1 else parts[0]
        case Or(parts):
            parts = _flat(Or, parts)
            return Or(parts) if len(parts) > 1 else (parts or (EVERYBODY,))[0]


def _plain(word: str) -> str:
    """A word that says nothing but itself."""
    word = word.lstrip(LEADING)
    name, colon, _ = word.partition(":")
    if colon and field_named(name):
        return " ".join(word.split(":"))
    return word.lower() if word in OR_WORDS else word


def _flat(kind: type[And | Or], parts: Iterable[Query]) -> tuple[Query, ...]:
    found: list[Query] = []
    for part in map(tidied, parts):
        if isinstance(part, kind):
            found += part.parts
        elif part != EVERYBODY:
            found.append(part)
    return tuple(found)


def _joined(parts: Iterable[Query]) -> tuple[Query, ...]:
    found: list[Query] = []
    for part in parts:
        before = found[-1] if found else None
        if isinstance(part, Words) and isinstance(before, Words):
            found[-1] = Words(f"{before.text} {part.text}")
        else:
            found.append(part)
    return tuple(found)


def _tidied_condition(asked: Condition) -> Condition:
    field, operator = query_field(asked.field), asked.operator
    if operator in (Operator.NONE, Operator.ANY):
        return Condition(field.key, operator)
    typed, last = asked.value, asked.last if operator is Operator.BETWEEN else ""
    if operator not in field.operators:
        operator, typed, last = field.operators[0], typed or last, ""
    value, last = _read(field, typed), _read(field, last)
    return Condition(field.key, operator, value, last) if value or last else Condition(field.key, Operator.ANY)


def _read(field: QueryField, typed: str) -> str:
    """A value in stored form; as typed where it cannot be read."""
    typed = " ".join(typed.split())
    match field.sort:
        case Sort.DATE:
            return dates.read(typed) or typed
        case Sort.MONTH:
            return str(_month(typed) or typed)
        case Sort.NUMBER:
            return _number(typed, field)
        case Sort.CHOICE:
            return choice_named(field, typed) or typed
        case Sort.COUNTRY:
            return country_code(typed) or typed
        case _:
            return typed


_FRACTION = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


def _number(typed: str, field: QueryField) -> str:
    """A whole number; of an own field also one below zero or with a fraction, after a point or comma."""
    if _is_number(typed):
        return str(int(typed))
    with_point = typed.replace(",", ".")
    return with_point if field.key.startswith(OWN) and _FRACTION.fullmatch(with_point) else typed


def _month(typed: str) -> int:
    """1 to 12 by number or name; 0 for anything else."""
    if _is_number(typed):
        return int(typed) if 1 <= int(typed) <= 12 else 0
    stored = dates.read(f"1 {typed}")
    return dates.split(stored).month if stored.startswith("--") else 0


def understood(condition: Condition) -> bool:
    """Whether every value of a condition could be read; nobody fits one that could not."""
    field = query_field(condition.field)
    own = field.key.startswith(OWN)
    checks: dict[Sort, Callable[[str], bool]] = {
        Sort.DATE: dates.is_stored,
        Sort.MONTH: lambda value: bool(_month(value)),
        Sort.NUMBER: lambda value: _is_number(value) or (own and _FRACTION.fullmatch(value) is not None),
        Sort.CHOICE: lambda value: bool(choice_named(field, value)),
        Sort.COUNTRY: lambda value: bool(country_code(value)),
        Sort.PHONE: lambda value: any(sign.isdigit() for sign in value),
        Sort.FLAG: lambda value: False,
    }
    check = checks.get(field.sort, bool)
    return all(check(value) for value in (condition.value, condition.last) if value)


# Looking into a query ----------------------------------------------------------------------------------------------


def more_than_words(query: Query) -> bool:
    """Whether a query says more than plain words."""
    return not isinstance(query, Words) and query != EVERYBODY


def conditions_of(query: Query) -> list[Condition]:
    """All conditions of a query, from left to right."""
    return [part for part in leaves(query) if isinstance(part, Condition)]


_SHOWN = (Sort.TEXT, Sort.PROSE, Sort.NUMBER)


def looked_for(query: Query) -> tuple[str, ...]:
    """The folded words that fitting contacts show, to highlight them: those that are not excluded."""
    found: list[str] = []
    for part in leaves(query, excluded=False):
        if isinstance(part, Words | Phrase):
            found += words(part.text)
        elif isinstance(part, Condition) and query_field(part.field).sort in _SHOWN:
            found += words(part.value) if part.operator is not Operator.BETWEEN else []
    return tuple(dict.fromkeys(found))


def leaves(query: Query, *, excluded: bool = True) -> Iterable[Query]:
    """The words, phrases and conditions of a query from left to right, those that are `excluded` as well."""
    match query:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part, excluded=excluded)
        case Not(part):
            if excluded:
                yield from leaves(part)
        case _:
            yield query


def with_conditions(query: Query, change: Callable[[Condition], Query]) -> Query:
    """The same query with something else in the place of each condition."""
    match query:
        case Condition():
            return change(query)
        case Not(part):
            return Not(with_conditions(part, change))
        case And(parts):
            return And(tuple(with_conditions(part, change) for part in parts))
        case Or(parts):
            return Or(tuple(with_conditions(part, change) for part in parts))
        case _:
            return query
