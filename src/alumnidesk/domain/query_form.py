"""Queries as a form to fill in: groups of lines, each a field, what is asked of it, and a value.

Every query has a form and every form a query. What has no line of its own – plain words, brackets in brackets – is one
line of typed text, so nothing that somebody typed is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from alumnidesk.domain.query import EVERYBODY, And, Condition, Not, Or, Query, tidied
from alumnidesk.domain.query_fields import Operator, QueryField, Sort, query_field
from alumnidesk.domain.query_text import parse, write
from alumnidesk.i18n import Message, say

if TYPE_CHECKING:
    from alumnidesk.domain.own_fields import OwnField


class Ends(StrEnum):
    """Which values a line has: none, one, the upper end alone, both."""

    NONE = "none"
    VALUE = "value"
    LAST = "last"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line can ask of its field."""

    key: str
    label: Message
    operator: Operator
    negated: bool = False
    ends: Ends = Ends.VALUE


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the form."""

    field: str = ""
    """Key of a `QueryField`; empty: `value` is text as in the search box."""
    asked: str = ""
    """Key of an `Asked` of this field."""
    value: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that must all fit, or `either` of them."""

    lines: tuple[Line, ...] = ()
    either: bool = False


@dataclass(frozen=True, slots=True)
class QueryForm:
    """Groups that must all fit, or `either` of them."""

    groups: tuple[Group, ...] = (Group(),)
    either: bool = False


_IS = Asked("is", say("is"), Operator.EQUALS)
_IS_NOT = Asked("is_not", say("is not"), Operator.EQUALS, negated=True)
_BEGINS = Asked("begins", say("begins with"), Operator.BEGINS)
_BEGINS_NOT = Asked("begins_not", say("does not begin with"), Operator.BEGINS, negated=True)
_HAS = Asked("has", say("contains"), Operator.CONTAINS)
_HAS_NOT = Asked("has_not", say("does not contain"), Operator.CONTAINS, negated=True)
_EXACTLY = Asked("exactly", say("contains exactly"), Operator.EQUALS)
_FROM_TO = Asked("from_to", say("from … to"), Operator.BETWEEN, ends=Ends.BOTH)
_FROM = Asked("from", say("from"), Operator.BETWEEN)
_SINCE = Asked("from", say("since"), Operator.BETWEEN)
_NOT_SINCE = Asked("not_from", say("not since"), Operator.BETWEEN, negated=True)
_UP_TO = Asked("up_to", say("up to"), Operator.BETWEEN, ends=Ends.LAST)
_BEFORE = Asked("before", say("before"), Operator.BEFORE)
_AFTER = Asked("after", say("after"), Operator.AFTER)
_EMPTY = Asked("empty", say("is empty"), Operator.NONE, ends=Ends.NONE)
_FILLED = Asked("filled", say("is not empty"), Operator.ANY, ends=Ends.NONE)
_YES = Asked("filled", say("yes"), Operator.ANY, ends=Ends.NONE)
_NO = Asked("empty", say("no"), Operator.NONE, ends=Ends.NONE)
_NEVER = Asked("empty", say("never"), Operator.NONE, ends=Ends.NONE)
_EVER = Asked("filled", say("at some time"), Operator.ANY, ends=Ends.NONE)
_AT = Asked("is", say("is at or below"), Operator.EQUALS)
_NOT_AT = Asked("is_not", say("is not at or below"), Operator.EQUALS, negated=True)
_PATH = Asked("begins", say("path contains"), Operator.BEGINS)
_NOT_PATH = Asked("begins_not", say("path lacks"), Operator.BEGINS, negated=True)
_MAY = Asked("is", say("yes"), Operator.EQUALS)
_MAY_NOT = Asked("is_not", say("no"), Operator.EQUALS, negated=True)

_NAMED = (_IS, _IS_NOT, _EMPTY, _FILLED)
_OF_SORT: Mapping[Sort, tuple[Asked, ...]] = MappingProxyType(
    {
        Sort.TEXT: (_IS, _IS_NOT, _BEGINS, _BEGINS_NOT, _HAS, _HAS_NOT, _FROM_TO, _EMPTY, _FILLED),
        Sort.PROSE: (_HAS, _HAS_NOT, _EXACTLY, _EMPTY, _FILLED),
        Sort.ROLE: (_IS, _IS_NOT, _BEGINS, _BEGINS_NOT, _HAS, _EMPTY, _FILLED),
        Sort.PHONE: (_BEGINS, _IS, _EMPTY, _FILLED),
        Sort.NUMBER: (_IS, _IS_NOT, _FROM_TO, _FROM, _UP_TO, _BEFORE, _AFTER, _EMPTY, _FILLED),
        Sort.DATE: (_IS, _FROM_TO, _SINCE, _NOT_SINCE, _UP_TO, _BEFORE, _AFTER, _EMPTY, _FILLED),
        Sort.MONTH: (_IS, _IS_NOT, _FROM_TO, _EMPTY, _FILLED),
        Sort.CHOICE: _NAMED,
        Sort.COUNTRY: _NAMED,
        Sort.FLAG: (_YES, _NO),
        Sort.AUDIENCE: _NAMED,
    }
)
_OF_FIELD: Mapping[str, tuple[Asked, ...]] = MappingProxyType(
    {
        "heard": (_NOT_SINCE, _SINCE, _FROM_TO, _NEVER, _EVER, _UP_TO, _IS, _BEFORE, _AFTER),
        "unit": (_AT, _NOT_AT, _PATH, _NOT_PATH, _EMPTY, _FILLED),
        "reach": (_MAY, _MAY_NOT),
        "returned": (_YES, _NO, _SINCE, _FROM_TO, _UP_TO, _IS, _BEFORE, _AFTER),
    }
)


def askable(field: QueryField) -> tuple[Asked, ...]:
    """What a line can ask of a field; the first is the one that is meant most often."""
    return _OF_FIELD.get(field.key) or _OF_SORT[field.sort]


def asked_of(line: Line) -> Asked:
    """What a line asks; for what its field cannot be asked, what is meant most often."""
    can = askable(query_field(line.field))
    return next((asked for asked in can if asked.key == line.asked), can[0])


# From form to query ------------------------------------------------------------------------------------------------


def query_of(form: QueryForm, own: Sequence[OwnField] = ()) -> Query:
    """What a form looks for; lines without their value say nothing yet."""
    groups = (_joined([_query_of_line(line, own) for line in group.lines], group.either) for group in form.groups)
    return tidied(_joined(groups, form.either))


def _joined(parts: Iterable[Query], either: bool) -> Query:
    said = tuple(part for part in parts if part != EVERYBODY)
    return (Or(said) if either else And(said)) if said else EVERYBODY


def _query_of_line(line: Line, own: Sequence[OwnField]) -> Query:
    if not line.field:
        return parse(line.value, own)
    asked = asked_of(line)
    value = line.value if asked.ends in (Ends.VALUE, Ends.BOTH) else ""
    last = line.last if asked.ends in (Ends.LAST, Ends.BOTH) else ""
    if asked.ends is not Ends.NONE and not (value.strip() or last.strip()):
        return EVERYBODY
    condition = tidied(Condition(line.field, asked.operator, value, last))
    return Not(condition) if asked.negated else condition


# From query to form ------------------------------------------------------------------------------------------------


def form_of(query: Query, language: str = "en") -> QueryForm:
    """The form of a query; typed text in it is written with the field words of `language`."""
    query = tidied(query)
    either = isinstance(query, Or)
    parts = _parts(query)
    alone: tuple[Query, ...] = tuple(part for part in parts if not isinstance(part, And | Or))
    if not either and len(alone) > 1:
        alone = _parts(tidied(And(alone)))  # words between which a group stood are one text now
    groups = [Group(tuple(_line_of(part, language) for part in alone), either)] if alone else []
    for part in parts:
        if isinstance(part, And | Or):
            groups.append(Group(tuple(_line_of(one, language) for one in part.parts), isinstance(part, Or)))
    return QueryForm(tuple(groups), either and len(groups) > 1) if groups else QueryForm()


def _parts(query: Query) -> tuple[Query, ...]:
    return query.parts if isinstance(query, And | Or) else (query,)


def _line_of(part: Query, language: str) -> Line:
    negated, inner = (True, part.part) if isinstance(part, Not) else (False, part)
    if isinstance(inner, Condition):
        operator, ends = inner.operator, _ends(inner)
        if negated and operator in (Operator.NONE, Operator.ANY):
            negated, operator = False, Operator.ANY if operator is Operator.NONE else Operator.NONE
        for asked in askable(query_field(inner.field)):
            if (asked.operator, asked.negated, asked.ends) == (operator, negated, ends):
                return Line(inner.field, asked.key, inner.value, inner.last)
    return Line(value=write(part, language))


def _ends(condition: Condition) -> Ends:
    if condition.operator in (Operator.NONE, Operator.ANY):
        return Ends.NONE
    if condition.operator is not Operator.BETWEEN or not condition.last:
        return Ends.VALUE
    return Ends.BOTH if condition.value else Ends.LAST
