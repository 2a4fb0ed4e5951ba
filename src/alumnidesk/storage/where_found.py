"""What stands in contacts that no usual column shows, word for word: there one sees why a search found somebody."""

from __future__ import annotations

import json
from collections.abc import Sequence

from alumnidesk.storage.connection import Connection
from alumnidesk.storage.sources import UNIT_ENDS


def _listed(*columns: str) -> str:
    """SQL for what stands in several columns, divided by commas; empty ones leave nothing behind."""
    filled = [f"nullif(trim({column}), '')" for column in columns]
    return f"concat_ws(', ', {', '.join(filled)})"


_NAME = "concat_ws(' ', title, given_name, additional_names, name_particle, family_name)"
_STREET, _TOWN = "concat_ws(' ', street, house_number)", "concat_ws(' ', postcode, town)"
_UNIT = f"(SELECT said FROM {UNIT_ENDS} AS path WHERE path.id = unit_id AND above IS NULL)"
_TEXTS: tuple[tuple[str, str, str], ...] = (
    ("name", "contact", _NAME),
    ("birth_name", "contact", "birth_name"),
    ("former_names", "contact", "former_names"),
    ("call_name", "contact", "call_name"),
    ("position", "contact", "position"),
    ("department", "contact", "department"),
    ("organisation", "contact", "organisation"),
    ("address", "address", _listed(_STREET, "extra", "po_box", _TOWN, "region", "care_of")),
    ("email", "email", "address"),
    ("phone", "phone", "number"),
    ("link", "link", "url"),
    ("unit", "affiliation", _listed("role", "programme", "degree", _UNIT, "cohort_from", "cohort_to")),
    ("tag", "contact_tag", "(SELECT name FROM tag WHERE tag.id = tag_id)"),
    ("remark", "contact", "remark"),
    ("note", "note", "text"),
    ("own.", "own_value", "substr(value, instr(value, char(10)) + 1)"),
    ("file", "attachment", "name"),
)
"""The field, the table, and SQL for what stands there; of own fields the name of the field is found there too."""


def texts_of(connection: Connection, ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """By contact what stands in it, each text with the key of its field; own fields with ``own.`` and their name."""
    found: dict[int, list[tuple[str, str]]] = {}
    chosen = json.dumps(list(ids))
    for key, table, text in _TEXTS:
        who = "id" if table == "contact" else "contact_id"
        field = "(SELECT 'own.' || name FROM own_field WHERE own_field.id = field_id)" if key == "own." else f"'{key}'"
        for number, name, value in connection.execute(
            f"SELECT {who}, {field}, {text} FROM {table} WHERE {who} IN (SELECT value FROM json_each(?)) ORDER BY id",
            (chosen,),
        ):
            if value := " ".join(str(value or "").split()):
                found.setdefault(number, []).append((str(name), value))
    return found
