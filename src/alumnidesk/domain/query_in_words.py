"""A query in words, for people: what was understood, and what could not be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from alumnidesk.domain.addresses import country_name
from alumnidesk.domain.query import And, Condition, Not, Or, Phrase, Query, Words, conditions_of, tidied, understood
from alumnidesk.domain.query_fields import Operator, QueryField, Sort, query_field
from alumnidesk.i18n import NOTHING, Message, say

_Pair = tuple[Message, Message]
"""A statement and its opposite."""

_STATEMENTS: Mapping[Operator, _Pair] = MappingProxyType(
    {
        Operator.BEGINS: (
            say("{field} begins with “{value}”"),
            say("{field} does not begin with “{value}”"),
        ),
        Operator.EQUALS: (say("{field} is “{value}”"), say("{field} is not “{value}”")),
        Operator.CONTAINS: (say("{field} has “{value}”"), say("{field} does not have “{value}”")),
        Operator.BEFORE: (say("{field} before {value}"), say("{field} not before {value}")),
        Operator.AFTER: (say("{field} after {value}"), say("{field} not after {value}")),
        Operator.NONE: (say("{field} is empty"), say("{field} is not empty")),
        Operator.ANY: (say("{field} is not empty"), say("{field} is empty")),
    }
)
_EXACTLY: _Pair = (say("{field} has exactly “{value}”"), say("{field} does not have exactly “{value}”"))
_RANGE: _Pair = (say("{field} {first} to {last}"), say("{field} not {first} to {last}"))
_FROM: _Pair = (say("{field} from {first}"), say("{field} not from {first}"))
_UP_TO: _Pair = (say("{field} up to {last}"), say("{field} not up to {last}"))
_PLAIN: _Pair = (say("{field} {value}"), say("{field} not {value}"))
_FLAG: _Pair = (say("{field}: yes"), say("{field}: no"))
_NAMED: Mapping[str, _Pair] = MappingProxyType(
    {
        "is": (say("is {value} now"), say("is not {value} now")),
        "was": (say("was {value} formerly"), say("was not {value} formerly")),
        "role": (say("is or was {value}"), say("neither is nor was {value}")),
        "unit": (
            say("is or was at “{value}” or a unit below it"),
            say("neither is nor was at “{value}” or a unit below it"),
        ),
        "tag": (say("has the tag “{value}”"), say("does not have the tag “{value}”")),
        "event": (say("is on the list of “{value}”"), say("is not on the list of “{value}”")),
        "invited": (say("is invited to “{value}”"), say("is not invited to “{value}”")),
        "coming": (say("came or comes to “{value}”"), say("neither came nor comes to “{value}”")),
        "declined": (say("declined “{value}”"), say("did not decline “{value}”")),
        "waitlist": (say("waits for a place at “{value}”"), say("does not wait for a place at “{value}”")),
        "letter": (say("got the letter “{value}”"), say("did not get the letter “{value}”")),
        "agreed": (say("has agreed to “{value}”"), say("has not agreed to “{value}”")),
        "refused": (say("has said no to “{value}”"), say("has not said no to “{value}”")),
        "segment": (say("is in the saved search “{value}”"), say("is not in the saved search “{value}”")),
        "list": (say("is on the list “{value}”"), say("is not on the list “{value}”")),
        "reach": (say("can be reached {value}"), say("cannot be reached {value}")),
    }
)
_HEARD_SINCE: _Pair = (say("has heard from us since {first}"), say("has not heard from us since {first}"))
_RETURNED: _Pair = (say("a letter or e-mail came back"), say("no letter or e-mail came back"))
_RETURNED_SINCE: _Pair = (
    say("a letter or e-mail came back since {first}"),
    say("no letter or e-mail came back since {first}"),
)
_HEARD_AT_ALL: _Pair = (say("has never heard from us"), say("has heard from us"))


def explain(query: Query, language: str) -> Message:
    """What a query looks for: ``Town begins with “Chemnitz” and Cohort 1998 to 2003``; no words for everybody.

    Names of countries are those of `language`, the reader's; everything else is said in whatever language it is shown.
    """
    return _Speaker(language).said(tidied(query))


def problems(query: Query) -> list[Message]:
    """Each condition whose value cannot be read, such as the date ``31.02.``, in words; nobody fits it."""
    return [_not_understood(condition) for condition in conditions_of(query) if not understood(condition)]


class _Speaker:
    """Says queries to readers of one language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def said(self, query: Query, *, yes: bool = True) -> Message:
        match query:
            case Words(text) | Phrase(text):
                return say("“{value}”", value=text) if yes else say("without “{value}”", value=text)
            case Condition():
                return self._statement(query, yes)
            case Not(And() | Or() as part):
                return say("not ({what})", what=self.said(part))
            case Not(part):
                return self.said(part, yes=not yes)
            case And(()):
                return NOTHING
            case And(parts) | Or(parts):
                both = say("{one} and {other}") if isinstance(query, And) else say("{one} or {other}")
                said = [self._in_group(part) for part in parts]
                whole = said[-1]
                for one in reversed(said[:-1]):
                    whole = Message(both.text, "", {"one": one, "other": whole})
                return whole

    def _in_group(self, part: Query) -> Message:
        said = self.said(part)
        return say("({what})", what=said) if isinstance(part, And | Or) else said

    def _statement(self, condition: Condition, yes: bool) -> Message:
        if not understood(condition):
            return _not_understood(condition)
        field = query_field(condition.field)
        said = _pair(field, condition)[0 if yes else 1]
        values = {
            "field": field.label,
            "value": self._shown(field, condition.value),
            "first": self._shown(field, condition.value),
            "last": self._shown(field, condition.last),
        }
        return Message(said.text, "", {name: value for name, value in values.items() if f"{{{name}}}" in said.text})

    def _shown(self, field: QueryField, value: str) -> str | Message | dt.date:
        """A value as people say it."""
        if field.sort is Sort.DATE and len(value) == 10:
            return dt.date.fromisoformat(value)
        if field.sort is Sort.CHOICE:
            return next((choice.label for choice in field.choices if choice.value == value), value)
        if field.sort is Sort.COUNTRY:
            return say("“{value}”", value=country_name(value, self._language))
        if field.sort is Sort.ROLE:
            role, at, unit = value.partition("@")
            at_unit = say("“{role}” at or below “{unit}”", role=role, unit=unit)
            return at_unit if at else say("“{value}”", value=value)
        return value


def _pair(field: QueryField, condition: Condition) -> _Pair:
    operator = condition.operator
    if operator in (Operator.NONE, Operator.ANY):
        if field.key == "heard":
            return _HEARD_AT_ALL if operator is Operator.NONE else _HEARD_AT_ALL[::-1]
        if field.key == "returned":
            return _RETURNED if operator is Operator.ANY else _RETURNED[::-1]
        if field.sort is Sort.FLAG:
            return _FLAG if operator is Operator.ANY else _FLAG[::-1]
        return _STATEMENTS[operator]
    if operator is Operator.BETWEEN:
        if not condition.last:
            return {"heard": _HEARD_SINCE, "returned": _RETURNED_SINCE}.get(field.key, _FROM)
        return _RANGE if condition.value else _UP_TO
    if field.key in _NAMED:
        return _NAMED[field.key]
    if operator is Operator.EQUALS and field.sort is Sort.PROSE:
        return _EXACTLY
    plain = operator is Operator.EQUALS and field.sort not in (Sort.TEXT, Sort.PROSE, Sort.PHONE)
    return _PLAIN if plain else _STATEMENTS[operator]


def _not_understood(condition: Condition) -> Message:
    """Why nobody fits a condition."""
    field = query_field(condition.field)
    wrong = " – ".join(value for value in (condition.value, condition.last) if value)
    match field.sort:
        case Sort.DATE:
            return say("{field}: “{value}” is no date that can be read", field=field.label, value=wrong)
        case Sort.NUMBER | Sort.MONTH | Sort.PHONE:
            return say("{field}: “{value}” is no number that can be read", field=field.label, value=wrong)
        case _:
            return say("{field}: “{value}” is not known", field=field.label, value=wrong)
