"""Queries as text: what somebody typed becomes a tree, a tree becomes the one text that says it.

The language is described in `domain.query`. Reading never raises; while one types, every beginning of a query means
something too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from alumnidesk.domain import dates
from alumnidesk.domain.addresses import country_code, country_name
from alumnidesk.domain.folding import fold, words
from alumnidesk.domain.query import And, Condition, Not, Or, Phrase, Query, Words, tidied
from alumnidesk.domain.query_fields import (
    ANY_WORDS,
    NO_WORDS,
    NONE_WORDS,
    OR_WORDS,
    YES_WORDS,
    Operator,
    QueryField,
    Sort,
    field_named,
    first_word,
    query_field,
    value_words,
)

if TYPE_CHECKING:
    from alumnidesk.domain.own_fields import OwnField

LONGEST, DEEPEST = 20_000, 20
"""Signs and nested brackets of a query that are read."""

# Reading -----------------------------------------------------------------------------------------------------------

_CLOSING = {'"': '"', "„": "“”", "“": "”“", "”": "”", "»": "«", "«": "»"}
_WORD = re.compile(r"[^\s()]+")
_BEFORE_DOTS = re.compile(r"(?:(?!\.\.)[^\s()])+")
_SIGN = re.compile(r">=|<=|[=~<>]")
_YEARS = re.compile(r"(\d{4})[-–](\d{4})", re.ASCII)
_OPERATOR_OF_SIGN = {
    "=": Operator.EQUALS, "~": Operator.CONTAINS, "<": Operator.BEFORE, ">": Operator.AFTER,
    "<=": Operator.BETWEEN, ">=": Operator.BETWEEN,
}  # fmt: skip


def parse(text: str, own: Sequence[OwnField] = ()) -> Query:
    """What a typed text says; `own` are the association's own fields.

    Never raises; see `query_in_words.problems` for values that cannot be read.
    """
    return tidied(_Reader(text[:LONGEST], own).group(0))


class _Reader:
    """Goes through a text once, from left to right."""

    def __init__(self, text: str, own: Sequence[OwnField]) -> None:
        self._text, self._own, self._at = text, own, 0

    def group(self, depth: int) -> Query:
        """Everything up to the closing bracket or the end."""
        parts: list[Query] = []
        either = False
        while (one := self._next(depth)) is not None:
            if one == "or":
                either = bool(parts)
            elif isinstance(one, str):
                continue
            elif either:
                before = parts[-1]
                parts[-1] = Or((*before.parts, one) if isinstance(before, Or) else (before, one))
                either = False
            else:
                parts.append(one)
        return And(tuple(parts))

    def _next(self, depth: int) -> Query | str | None:
        """The next part, ``or``, an empty text for what says nothing, or None at the end of the group."""
        sign = self._sign()
        if not sign:
            return None
        if sign == ")":
            self._at += 1
            return None if depth else ""
        if sign == "(":
            self._at += 1
            return self.group(depth + 1) if depth < DEEPEST else ""
        if sign == "-" and self._text[self._at + 1 : self._at + 2].strip(" -)|"):
            self._at += 1
            part = self._next(depth)
            return Not(part) if part and not isinstance(part, str) else part
        if sign in _CLOSING:
            text, closed = self._quoted()
            beginning = not closed or self._text[self._at : self._at + 1] == "*"
            self._at += beginning and closed
            return tidied(Phrase(text, beginning)) if words(text) else ""
        return self._word()

    def _sign(self) -> str:
        """The sign on which one stands after blanks; empty at the end."""
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1
        return self._text[self._at : self._at + 1]

    def _quoted(self) -> tuple[str, bool]:
        """The text in quotes, in which two straight ones stand for one, and whether it was closed."""
        opening = self._text[self._at]
        self._at += 1
        found: list[str] = []
        while self._at < len(self._text):
            sign = self._text[self._at]
            self._at += 1
            if sign in _CLOSING[opening]:
                if not (sign == opening == '"' and self._text[self._at : self._at + 1] == '"'):
                    return "".join(found), True
                self._at += 1
            found.append(sign)
        return "".join(found), False

    def _word(self) -> Query | str:
        """A plain word, ``or``, or the condition that begins here."""
        match = _WORD.match(self._text, self._at)
        assert match is not None
        word = match[0]
        name, colon, _ = word.partition(":")
        field = field_named(name, self._own) if colon and name else None
        if field is not None:
            self._at += len(name) + 1
            return self._condition(field)
        self._at = match.end()
        if word in OR_WORDS or word == "|":
            return "or"
        return Words(word) if words(word) else ""

    # Values ------------------------------------------------------------------------------------------------------

    def _condition(self, field: QueryField) -> Condition:
        if self._value_follows():
            self._sign()
        sign = _SIGN.match(self._text, self._at)
        if sign:
            self._at = sign.end()
        ranged = Operator.BETWEEN in field.operators and not sign
        value, quoted = self._value(_BEFORE_DOTS if ranged else _WORD)
        if ranged and self._text.startswith("..", self._at):
            # The third dot in “1.3.…” belongs to the day before it.
            dots = 3 if field.sort is Sort.DATE and self._text.startswith("...", self._at) else 2
            self._at += dots
            return Condition(field.key, Operator.BETWEEN, value + "." * (dots - 2), self._value(_WORD)[0])
        if not sign and quoted:
            return Condition(field.key, field.operators[0] if value else Operator.NONE, value)
        if not sign:
            return _bare(field, value)
        operator = _OPERATOR_OF_SIGN[sign[0]]
        return Condition(field.key, operator, *(("", value) if sign[0] == "<=" else (value, "")))

    def _value_follows(self) -> bool:
        """Whether the value stands after a blank, as people write it: “Ort: Kiel”."""
        rest = self._text[self._at :]
        after = rest.lstrip()
        if len(after) == len(rest) or not after or after[0] in "-()|":
            return False
        match = _WORD.match(after)
        word = match[0] if match else ""
        if word in OR_WORDS:
            return False
        return after[0] in _CLOSING or field_named(word.partition(":")[0], self._own) is None

    def _value(self, unquoted: re.Pattern[str]) -> tuple[str, bool]:
        """The value on which one stands, and whether it was quoted; empty at a blank."""
        if self._text[self._at : self._at + 1] in _CLOSING:
            text, closed = self._quoted()
            return text, closed or bool(text.strip())
        match = unquoted.match(self._text, self._at)
        if match is None:
            return "", False
        self._at = match.end()
        return match[0], False


def _bare(field: QueryField, value: str) -> Condition:
    """A value without sign and quotes."""
    if field.sort is Sort.NUMBER:
        if years := _YEARS.fullmatch(value):
            return Condition(field.key, Operator.BETWEEN, years[1], years[2])
        value = value.rstrip(".")
    return _simple(field, value) or Condition(field.key, field.operators[0], value)


def _simple(field: QueryField, value: str) -> Condition | None:
    """Empty and not empty, in words."""
    folded = fold(value)
    if folded in value_words(NONE_WORDS) or (field.sort is Sort.FLAG and folded in value_words(NO_WORDS)):
        return Condition(field.key, Operator.NONE)
    if folded in value_words(ANY_WORDS) or (field.sort is Sort.FLAG and folded in value_words(YES_WORDS)):
        return Condition(field.key, Operator.ANY)
    return None


# Writing -----------------------------------------------------------------------------------------------------------

_BARE = re.compile(r"[^\W_](?:[\w@/+\-]|\.(?!\.|$))*")


def write(query: Query, language: str = "en") -> str:
    """The text that says this, with the field words of `language`; ``parse(write(q)) == tidied(q)``."""
    return _written(tidied(query), language)


def _written(query: Query, language: str) -> str:
    match query:
        case Words(text):
            return text
        case Phrase(text, beginning):
            return _quote(text) + "*" * beginning
        case Condition():
            return _written_condition(query, language)
        case Not(part):
            return "-" + _bracketed(part, language)
        case And(parts):
            return " ".join(_written(part, language) for part in parts)
        case Or(parts):
            return f" {first_word(OR_WORDS, language)} ".join(_bracketed(part, language) for part in parts)


def _bracketed(part: Query, language: str) -> str:
    text = _written(part, language)
    return f"({text})" if isinstance(part, And | Or) or (isinstance(part, Words) and " " in text) else text


def _written_condition(asked: Condition, language: str) -> str:
    field = query_field(asked.field)
    word = field.word(language)
    if asked.operator in (Operator.NONE, Operator.ANY):
        none, any_ = (NO_WORDS, YES_WORDS) if field.sort is Sort.FLAG else (NONE_WORDS, ANY_WORDS)
        return f"{word}:{first_word(none if asked.operator is Operator.NONE else any_, language)}"
    value = _written_value(field, asked.value, language)
    if asked.operator is Operator.BETWEEN:
        return f"{word}:{value}..{_written_value(field, asked.last, language)}"
    sign = next((sign for sign, operator in _OPERATOR_OF_SIGN.items() if operator is asked.operator), "")
    return f"{word}:{'' if asked.operator is field.operators[0] else sign}{value}"


def _written_value(field: QueryField, value: str, language: str) -> str:
    if field.sort is Sort.CHOICE:
        words_of = {choice.value: choice.words for choice in field.choices}
        value = first_word(words_of[value], language) if value in words_of else value
    elif field.sort is Sort.COUNTRY and country_code(value) == value:
        name = country_name(value, language)
        value = name if country_code(name) == value else value
    elif field.sort is Sort.DATE and dates.is_stored(value):
        return value
    if not value or (_BARE.fullmatch(value) and _simple(field, value) is None and not _YEARS.fullmatch(value)):
        return value
    return _quote(value)


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
