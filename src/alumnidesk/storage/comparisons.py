"""What is asked of one value, in SQL: begins with, is, contains, from – to, by the sort of the field.

Everything is bound by name (``:value``, ``:last``); texts are compared folded. Dates may be incomplete on both sides:
1975 asked for is all of that year, and somebody born in 1975 fits a range that has a part of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from alumnidesk.domain.folding import begins_a_word, fold, words
from alumnidesk.domain.phones import typed_number
from alumnidesk.domain.query import Condition
from alumnidesk.domain.query_fields import Operator, Sort, query_field
from alumnidesk.storage.connection import Connection

Values: TypeAlias = Mapping[str, Any]

UNIT_BEGINS = "begins_a_word(folded({value}), :value)"
"""Of “Faculty of Law” nobody types the first word."""
_TEXT: Mapping[Operator, str] = {
    Operator.BEGINS: "substr(folded({value}), 1, length(:value)) = :value",
    Operator.EQUALS: "folded({value}) = :value",
    Operator.CONTAINS: "has_words({value}, :words)",
    Operator.BETWEEN: "{value} <> '' AND folded({value}) >= :value "
    "AND (:last = '' OR substr(folded({value}), 1, length(:last)) <= :last)",
    Operator.BEFORE: "{value} <> '' AND folded({value}) < :value",
    Operator.AFTER: "substr(folded({value}), 1, length(:value)) > :value",
}
_PROSE: Mapping[Operator, str] = {
    Operator.CONTAINS: _TEXT[Operator.CONTAINS],
    Operator.EQUALS: "has_phrase({value}, :words)",
}
_NUMBER: Mapping[Operator, str] = {
    Operator.EQUALS: "{value} = :value",
    Operator.BETWEEN: "{value} >= coalesce(:value, {value}) AND {value} <= coalesce(:last, {value})",
    Operator.BEFORE: "{value} < :value",
    Operator.AFTER: "{value} > :value",
}
_DATE: Mapping[Operator, str] = {
    Operator.EQUALS: "substr({value}, 1, length(:value)) = :value",
    Operator.BETWEEN: "{value} >= '0' AND {value} >= substr(:value, 1, length({value})) "
    "AND (:last = '' OR substr({value}, 1, length(:last)) <= :last)",
    Operator.BEFORE: "{value} >= '0' AND {value} < :value",
    Operator.AFTER: "{value} >= '0' AND substr({value}, 1, length(:value)) > :value",
}
_DAY_OF_YEAR = (
    "CASE WHEN length({value}) = 10 THEN substr({value}, 6) WHEN {value} LIKE '--%' THEN substr({value}, 3) END"
)
_MONTH = "CASE WHEN {value} LIKE '--%' THEN substr({value}, 3, 2) ELSE nullif(substr({value}, 6, 2), '') END"
_ROUND_THE_YEAR: Mapping[Operator, str] = {
    Operator.EQUALS: "{value} = :value",
    Operator.BETWEEN: "CASE WHEN :value <= :last THEN {value} BETWEEN :value AND :last "
    "ELSE {value} >= :value OR {value} <= :last END",
    Operator.BEFORE: "{value} < :value",
    Operator.AFTER: "{value} > :value",
}
"""December to March goes round the year."""


def register(connection: Connection) -> None:
    """Teach SQLite how texts are compared."""
    connection.create_function("folded", 1, fold, deterministic=True)
    connection.create_function("begins_a_word", 2, begins_a_word, deterministic=True)
    connection.create_function("has_words", 2, _has_words, deterministic=True)
    connection.create_function("has_phrase", 2, _has_phrase, deterministic=True)


def _has_words(text: str, beginnings: str) -> bool:
    """Whether each of the folded `beginnings` begins a word of `text`."""
    of_text = words(text)
    return all(any(word.startswith(beginning) for word in of_text) for beginning in beginnings.split())


def _has_phrase(text: str, phrase: str) -> bool:
    """Whether the folded words of `phrase` stand side by side in `text`."""
    return f" {phrase} " in f" {' '.join(words(text))} "


def comparison(asked: Condition, value: str) -> tuple[str, Values]:
    """SQL that tests whether the SQL expression `value` is what a condition wants, and what it binds."""
    field = query_field(asked.field)
    match field.sort:
        case Sort.NUMBER:
            numbers = {"value": _number(asked.value), "last": _number(asked.last)}
            return _NUMBER[asked.operator].format(value=value), numbers
        case Sort.DATE:
            return _date(asked, value)
        case Sort.MONTH:
            months = {"value": f"{int(asked.value or 1):02}", "last": f"{int(asked.last or 12):02}"}
            return _round_the_year(asked.operator, _MONTH.format(value=value), months)
        case Sort.CHOICE | Sort.FLAG:
            return f"{value} = :value", {"value": asked.value}
        case Sort.COUNTRY:
            return f"coalesce(nullif({value}, ''), :home) = :value", {"value": asked.value}
        case Sort.PHONE:
            raise ValueError("phone numbers are asked of the search index")
        case _:
            tests = _PROSE if field.sort is Sort.PROSE else _TEXT
            test = UNIT_BEGINS if field.key == "unit" and asked.operator is Operator.BEGINS else tests[asked.operator]
            folded = {"value": fold(asked.value), "last": fold(asked.last), "words": " ".join(words(asked.value))}
            return test.format(value=value), folded


def _number(text: str) -> float | None:
    return float(text) if text else None


def _date(asked: Condition, value: str) -> tuple[str, Values]:
    first, last = asked.value, asked.last
    if not (first or last).startswith("--"):
        return _DATE[asked.operator].format(value=value), {"value": first, "last": last}
    if first and last and not last.startswith("--"):
        return "0", {}
    days = {"value": first[2:] or "01-01", "last": last[2:] or "12-31"}
    return _round_the_year(asked.operator, _DAY_OF_YEAR.format(value=value), days)


def _round_the_year(operator: Operator, value: str, values: Values) -> tuple[str, Values]:
    return _ROUND_THE_YEAR[operator].format(value=f"({value})"), values


# The search index --------------------------------------------------------------------------------------------------


def phrase(text: str, *, beginning: bool = False) -> str:
    """The words of a text side by side, in the language of the index."""
    return '"' + " ".join(words(text)) + '"' + " *" * beginning


def narrowed(asked: Condition, column: str) -> str:
    """What the index must have in `column` for the condition to hold, in its language; empty: nothing is known."""
    if not column or not any(sign.isalnum() for sign in asked.value):
        return ""
    match asked.operator:
        case Operator.BEGINS:
            return f"{column} : {phrase(asked.value, beginning=True)}"
        case Operator.EQUALS:
            return f"{column} : {phrase(asked.value)}"
        case Operator.CONTAINS:
            return " AND ".join(f'{column} : "{word}" *' for word in words(asked.value))
        case _:
            return ""


def number_in_index(asked: Condition) -> str:
    """A phone number by its digits, in the language of the index."""
    number = typed_number(asked.value) or "".join(sign for sign in asked.value if sign.isdigit())
    return f'phone : "{number}"' + " *" * (asked.operator is Operator.BEGINS)
