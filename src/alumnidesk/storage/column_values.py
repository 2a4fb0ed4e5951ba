"""What stands in the columns of the contact list: one question for each, asked of a few contacts or of a range.

A question delivers ``id`` and ``value``. Of several values of one contact the last one delivered counts: the one that
is preferred, else the first in the order of the contact. Ordering is left to few rows, because of all it takes longer
than all the rest (measured).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from alumnidesk.domain.fields import Kind
from alumnidesk.domain.list_columns import COLUMNS
from alumnidesk.domain.own_fields import YES
from alumnidesk.domain.slots import own_name
from alumnidesk.storage.connection import Connection
from alumnidesk.storage.sources import PARTS, UNIT_CALLED

_WHO = re.compile(r"\{([a-z_.]+)\}")
"""Where a question says whose values are wanted: the column with the number of the contact."""


def _question(value: str, table: str, where: str, owner: str = "contact_id", order: str = "") -> str:
    asked = f"SELECT {owner} AS id, {value} AS value FROM {table} WHERE {where} AND {{{owner}}}"
    return f"SELECT * FROM ({asked} ORDER BY {order})" if order else asked


def _parts(value: str, table: str, preferred: str = "preferred", where: str = "TRUE") -> str:
    """Parts of contacts: those further down, the first, the preferred one if it is not the first."""
    return " UNION ALL ".join(
        (
            _question(value, table, f"{where} AND position > 0 AND NOT {preferred}", order="position DESC"),
            _question(value, table, f"{where} AND position = 0"),
            _question(value, table, f"{where} AND position > 0 AND {preferred}", order="position DESC"),
        )
    )


def _of_address(value: str) -> str:
    return _parts(value, "address", where="undeliverable_since = ''")


def _of_affiliation(value: str, table: str = "affiliation") -> str:
    """What has ended comes after what has not; an affiliation that says nothing about it does not count."""
    filled = f"{value} <> ''"
    ended, running = f"{filled} AND ended <> '' AND ended < :today", f"{filled} AND (ended = '' OR ended >= :today)"
    return " UNION ALL ".join(
        (
            _question(value, table, ended, order="position DESC"),
            _question(value, table, f"{running} AND position > 0", order="position DESC"),
            _question(value, table, f"{running} AND position = 0"),
        )
    )


_OTHERS = """(
    SELECT group_concat(name, ', ') FROM contact_line JOIN contact AS other ON other.id = contact_line.contact_id
    WHERE other.household_id = contact.household_id AND other.id <> contact.id
)"""
_NEW = "change WHERE table_name = 'contact' AND \"before\" IS NULL"
_DAY = "(SELECT substr(made_at, 1, 10) FROM changeset WHERE changeset.id = changeset_id)"
_MADE = f"""
    SELECT id, (
        SELECT {_DAY} FROM {_NEW} AND row_id <= contact.id AND row_last >= contact.id ORDER BY row_id DESC LIMIT 1
    ) AS value FROM contact WHERE {{id}}
"""
_MADE_OF_RANGE = f"""
    SELECT contact.id, day AS value
    FROM (SELECT row_id, row_last, {_DAY} AS day FROM {_NEW} AND row_id <= :last AND row_last >= :first)
    CROSS JOIN contact ON contact.id BETWEEN max(row_id, :first) AND min(row_last, :last)
"""
"""New contacts are noted in runs: a few runs are gone through more quickly than each contact is looked up."""


def _newest(steps: str) -> str:
    """The day of the newest of some steps of the history, by contact."""
    return f"SELECT id, {_DAY} AS value FROM (SELECT id, max(step) AS changeset_id FROM ({steps}) GROUP BY id)"


_NOTED = "SELECT contact_id AS id, changeset_id AS step FROM change WHERE contact_id IS NOT NULL AND {contact_id}"


def _run_of(part: str) -> str:
    """For each part of some contacts the step that made it, where it was noted in a run."""
    step = (
        f"SELECT changeset_id FROM change WHERE table_name = '{part}' AND before IS NULL "
        f"AND row_id <= {part}.id AND row_last >= {part}.id ORDER BY row_id DESC LIMIT 1"
    )
    return f"SELECT contact_id, ({step}) FROM {part} WHERE {{contact_id}}"


def _runs_of(part: str) -> str:
    """The same of a range of contacts, without the runs that came with new ones: when these were made is known."""
    owners = ", ".join(f"(SELECT contact_id FROM {part} WHERE {part}.id = run.{end})" for end in ("row_id", "row_last"))
    with_new = (
        f"SELECT changeset_id FROM {_NEW} AND row_id <= min({owners}) AND row_last >= max({owners}) "
        "ORDER BY row_id DESC LIMIT 1"
    )
    runs = (
        f"SELECT changeset_id, row_id, row_last FROM change AS run WHERE table_name = '{part}' AND before IS NULL "
        f"AND contact_id IS NULL AND changeset_id IS NOT ({with_new})"
    )
    parts = f"{part} ON {part}.id BETWEEN row_id AND row_last WHERE {{contact_id}}"
    return f"SELECT contact_id, changeset_id FROM ({runs}) CROSS JOIN {parts}"


_CHANGED = f"{_MADE} UNION ALL {_newest(' UNION ALL '.join((_NOTED, *map(_run_of, PARTS))))}"
_CHANGED_OF_RANGE = f"{_MADE_OF_RANGE} UNION ALL {_newest(' UNION ALL '.join((_NOTED, *map(_runs_of, PARTS))))}"
_OF_RANGE: Mapping[str, str] = {"made": _MADE_OF_RANGE, "changed": _CHANGED_OF_RANGE}
"""Of these there is a quicker question for a range of contacts than for some."""

_QUESTIONS: Mapping[str, str] = {
    "cohort": _question("cohort", "contact_line", "TRUE"),
    "town": _question("town", "contact_line", "TRUE"),
    "email": _question("email", "contact_line", "TRUE"),
    "tags": _question("replace(tags, char(10), ', ')", "contact_line", "TRUE"),
    "phone": _parts("number", "phone"),
    "link": _parts("url", "link", "FALSE"),
    "street": _of_address("iif(house_number = '', street, street || ' ' || house_number)"),
    "postcode": _of_address("postcode"),
    "region": _of_address("region"),
    "country": _of_address("country"),
    "unit": _of_affiliation("called", f"affiliation CROSS JOIN {UNIT_CALLED} AS unit ON unit.id = unit_id"),
    "role": _of_affiliation("role"),
    "programme": _of_affiliation("programme"),
    "degree": _of_affiliation("degree"),
    "household": _question(
        f"coalesce((SELECT nullif(name, '') FROM household WHERE household.id = household_id), {_OTHERS})",
        "contact", "household_id IS NOT NULL", "id",
    ),
    "follow_up": _question("due_on", "note", "due_on <> '' AND done_at = ''", order="due_on DESC"),
    "made": _MADE,
    "changed": _CHANGED,
}  # fmt: skip
_OWN = _question("value", "own_value", "field_id = (SELECT id FROM own_field WHERE name = :name)")
_ALL_OF_THEM = frozenset({"unit", "role", "programme", "degree"})
"""Of these the list shows all values of a contact, the one that counts first."""


def of_range(connection: Connection, column: str, ids: range) -> dict[int, str | None]:
    """By contact the value by which it is sorted, if there is one, of a range of contacts; it may be empty."""
    question, bound = _asked(column, ids)
    numbers, values = connection.execute(
        f"SELECT json_group_array(id), json_group_array(value) FROM ({question})", bound
    ).fetchone()
    return dict(zip(json.loads(numbers), json.loads(values), strict=True))


def of_one(connection: Connection, column: str, number: int) -> str:
    """The value by which one contact is sorted, or an empty text."""
    question, bound = _asked(column, [number])
    rows = connection.execute(question, bound).fetchall()
    return str(rows[-1][1] or "") if rows else ""


def of_some(connection: Connection, column: str, ids: Sequence[int]) -> dict[int, str]:
    """By contact what is shown of it, for some contacts."""
    question, bound = _asked(column, ids)
    rows = connection.execute(question, bound).fetchall()
    if column not in _ALL_OF_THEM:
        return {number: str(value) for number, value in rows if value not in (None, "")}
    found: dict[int, dict[str, None]] = {}
    for number, value in reversed(rows):
        if value:
            found.setdefault(number, {})[value] = None
    return {number: ", ".join(values) for number, values in found.items()}


def _asked(column: str, ids: Sequence[int]) -> tuple[str, dict[str, Any]]:
    """The question for a column of some contacts or a range of them, and what is bound in it."""
    bound: dict[str, Any] = {"today": dt.date.today().isoformat()}
    if name := own_name(column):
        question = _OWN
        bound["name"] = name
    elif isinstance(ids, range) and column in _OF_RANGE:
        question = _OF_RANGE[column]
    elif column in _QUESTIONS:
        question = _QUESTIONS[column]
    else:
        flag = COLUMNS[column].kind is Kind.FLAG
        question = _question(f"'{YES}'" if flag else column, "contact", column if flag else f"{column} <> ''", "id")
    if isinstance(ids, range):
        return _WHO.sub(r"\1 BETWEEN :first AND :last", question), {**bound, "first": ids[0], "last": ids[-1]}
    return _WHO.sub(r"\1 IN (SELECT value FROM json_each(:ids))", question), {**bound, "ids": json.dumps(list(ids))}
