"""Where the values of each field of a query lie: a line for each field of `domain.query_fields`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from alumnidesk.domain.query_fields import CHANNEL_WORDS, PURPOSE_WORDS, own_parts
from alumnidesk.domain.units import STEP


class Source(NamedTuple):
    """Where the values of a field lie."""

    value: str
    """SQL for one value; empty text or 0 where there is none."""
    table: str = "contact"
    owner: str = "contact_id"
    """SQL for the id of the contact in that table."""
    among: str = "{test}"
    """SQL around the test of a value, for values that lie in a table which the rows refer to."""
    column: str = ""
    """The column of the search index with the words of this field; several as ``{town other}``."""
    few: bool = False
    """Whether many rows share few values: then it is quicker to find out first which values fit."""
    nobody: str = ""
    """A quicker question than the usual one for who has no value."""
    at_once: str = ""
    """A question for most of those whose value begins with ``:value``, which costs next to nothing."""


def _own(value: str, column: str = "") -> Source:
    """A value of the contact itself."""
    return Source(value, owner="id", column=column)


def _of_address(value: str, column: str = "") -> Source:
    return Source(value, "address", column=column)


def _of_affiliation(value: str, among: str = "{test}") -> Source:
    return Source(value, "affiliation", among=among, few=True)


def _on_list(state: str = "") -> Source:
    """Titles of events on whose lists somebody is, in one state or in any."""
    among = "event_id IN (SELECT id FROM event WHERE {test})"
    return Source("title", "participation", among=f"state = '{state}' AND {among}" if state else among)


def _together(columns: str) -> str:
    return f"concat_ws(' ', {', '.join(columns.split())})"


def _found_by(column: str, words: Mapping[str, tuple[str, str, str]]) -> str:
    """The words of all languages for what a column holds; what has none is its own name."""
    cases = " ".join(f"WHEN '{key}' THEN '{' '.join(of_all).replace('|', ' ')}'" for key, of_all in words.items())
    return f"CASE {column} {cases} ELSE name END"


_STANDING = f"""(
    SELECT contact_id, answer,
        {_found_by("key", PURPOSE_WORDS)} || ' ' || {_found_by("channel", CHANNEL_WORDS)} AS what
    FROM consent JOIN purpose ON purpose.id = purpose_id
    WHERE consent.id = (
        SELECT id FROM consent AS last WHERE last.contact_id = consent.contact_id
        AND last.purpose_id = consent.purpose_id AND last.channel = consent.channel
        ORDER BY given_on DESC, entered_at DESC, id DESC LIMIT 1
    )
)"""
"""The answers about consent that count."""


def _answered(answer: str) -> Source:
    return Source("what", _STANDING, among=f"answer = '{answer}' AND {{test}}", few=True)


_NAMES = "title given_name additional_names name_particle family_name birth_name former_names call_name organisation"
_PLACE = "care_of street house_number extra po_box postcode town region"
UNIT_ENDS = (
    "(WITH RECURSIVE path (id, said, above) AS (SELECT id, name, parent_id FROM unit "
    f"UNION ALL SELECT path.id, unit.name || '{STEP}' || said, parent_id FROM path JOIN unit ON unit.id = above) "
    "SELECT id, said, above FROM path)"
)
"""All that units may be called by: name, name below the one above, … the whole path, which has nothing above it."""
UNIT_SAID = f"replace(replace(said, ' / ', '{STEP}'), ' > ', '{STEP}')"
"""The value of `UNIT_ENDS` that is compared with what somebody typed: one step is like another."""
UNIT_CALLED = (
    "(SELECT unit.id, iif(name IN (SELECT name FROM unit GROUP BY name HAVING count(*) > 1), said, name) AS called "
    f"FROM unit JOIN {UNIT_ENDS} AS whole ON whole.id = unit.id WHERE whole.above IS NULL)"
)
"""What tells a unit from all others: its name, or the path where several have the same name."""
UNIT_AND_BELOW = (
    f"unit_id IN (WITH RECURSIVE below (id) AS (SELECT id FROM {UNIT_ENDS} WHERE {{test}} "
    "UNION SELECT unit.id FROM unit JOIN below ON unit.parent_id = below.id) SELECT id FROM below)"
)
"""Who belongs to a department belongs to its faculty."""
_WITHOUT = "SELECT contact_id AS id FROM contact_line EXCEPT SELECT contact_id FROM {table}"
_NONE_SHOWN = (
    "SELECT contact_id AS id FROM contact_line AS line WHERE {shown} = '' AND NOT EXISTS "
    "(SELECT 1 FROM {table} WHERE {table}.contact_id = line.contact_id AND {table}.{column} <> '')"
)
"""The list shows none, and there is none that it leaves out either, such as one that came back."""
_SHOWN_TOWN = (
    "SELECT contact_id AS id FROM contact_line WHERE sort_town >= :value AND sort_town < :value || char(0x10ffff)"
)
_NOT_ENDED = "(ended = '' OR ended >= substr(:today, 1, length(ended)))"

# fmt: off
SOURCES: Mapping[str, Source] = {
    "name": _own(_together(_NAMES), "name"),
    "given_name": _own("given_name", "name"),
    "family_name": _own("family_name", "name"),
    "birth_name": _own("birth_name", "name"),
    "call_name": _own("call_name", "name"),
    "title": _own("title", "name"),
    "kind": _own("kind"),
    "organisation": _own("organisation", "name"),
    "department": _own("department", "other"),
    "position": _own("position", "other"),
    "email": Source("address", "email", column="email",
                    nobody=_NONE_SHOWN.format(table="email", column="address", shown="email")),
    "phone": Source("number", "phone", nobody=_WITHOUT.format(table="phone")),
    "link": Source("url", "link"),
    "address": Source(_together(_PLACE), "address", column="{town other}", nobody=_WITHOUT.format(table="address")),
    "street": _of_address("street", "other"),
    "postcode": _of_address("postcode", "town"),
    "town": Source("town", "address", column="town", at_once=_SHOWN_TOWN,
                   nobody=_NONE_SHOWN.format(table="address", column="town", shown="town")),
    "region": _of_address("region", "other"),
    "country": _of_address("country"),
    "cohort": Source("coalesce(cohort_to, cohort_from)", "affiliation",
                     nobody="SELECT contact_id AS id FROM contact_line WHERE cohort = ''"),
    "programme": _of_affiliation("programme"),
    "degree": _of_affiliation("degree"),
    "unit": Source(UNIT_SAID, "affiliation", among=UNIT_AND_BELOW),
    "role": _of_affiliation("role"),
    "is": _of_affiliation("role", f"({{test}}) AND {_NOT_ENDED}"),
    "was": _of_affiliation("role", f"({{test}}) AND NOT {_NOT_ENDED}"),
    "tag": Source("name", "contact_tag", among="tag_id IN (SELECT id FROM tag WHERE {test})",
                  nobody="SELECT contact_id AS id FROM contact_line WHERE tags = ''"),
    "birth_date": _own("birth_date"),
    "birth_month": _own("birth_date"),
    "deceased": _own("deceased"),
    "deceased_on": _own("deceased_on"),
    "gender_form": _own("gender_form"),
    "language": _own("language"),
    "no_post": _own("no_post"),
    "no_email": _own("no_email"),
    "no_phone": _own("no_phone"),
    "agreed": _answered("yes"),
    "refused": _answered("no"),
    "remark": _own("remark", "other"),
    "note": Source("text", "note", column="other"),
    "event": _on_list(),
    "invited": _on_list("invited"),
    "coming": _on_list("coming"),
    "declined": _on_list("declined"),
    "waitlist": _on_list("waitlist"),
    "letter": Source("title", "letter", among="mailing_id IN (SELECT id FROM mailing WHERE {test})"),
    "list": Source("name", "list_member", among="list_id IN (SELECT id FROM contact_list WHERE {test})"),
}
# fmt: on

_DAY_IT_WAS_MADE = "substr(made_at, 1, 10)"
HEARD: tuple[Source, ...] = (
    Source(_DAY_IT_WAS_MADE, "letter", among="mailing_id IN (SELECT id FROM mailing WHERE {test})"),
    Source("substr(listed_at, 1, 10)", "participation"),
    Source("starts_on", "participation", among="state = 'coming' AND event_id IN (SELECT id FROM event WHERE {test})"),
)
"""When somebody heard from us: a letter, being put on the list of an event, coming to it."""

RETURNED: tuple[Source, ...] = tuple(Source("undeliverable_since", table) for table in ("address", "email"))
"""Since when something comes back from an address or e-mail."""

_MADE_THEN = "changeset_id IN (SELECT id FROM changeset WHERE {test})"
PARTS = ("email", "phone", "address", "link", "affiliation", "contact_tag", "note", "own_value", "consent")
"""What belongs to a contact and can be new at many contacts at once."""
CHANGED: tuple[Source, ...] = (
    Source(_DAY_IT_WAS_MADE, "change", among=f"contact_id IS NOT NULL AND {_MADE_THEN}"),
    *(
        Source(
            _DAY_IT_WAS_MADE,
            f"change JOIN {table} AS part ON part.id BETWEEN row_id AND row_last",
            f"part.{owner}",
            f"table_name = '{table}' AND {_MADE_THEN}",
        )
        for table, owner in (("contact", "id"), *((part, "contact_id") for part in PARTS))
    ),
)
"""When something about a contact changed; new rows are noted as runs of ids, without the contact."""

OF_MANY: Mapping[str, tuple[Source, ...]] = {"heard": HEARD, "changed": CHANGED, "returned": RETURNED}
"""Fields whose values lie in several places."""

CANNOT_REACH: Mapping[str, str] = {
    "post": """
        SELECT contact_id AS id FROM contact_line AS line
        WHERE instr(marks, 'deceased') OR instr(marks, 'no_post') OR (town = '' AND coalesce((
            SELECT postcode FROM address WHERE address.contact_id = line.contact_id AND undeliverable_since = ''
            ORDER BY preferred DESC, position, id LIMIT 1
        ), '') = '')
    """,
    "email": """
        SELECT contact_id AS id FROM contact_line WHERE email = '' OR instr(marks, 'deceased')
        UNION ALL SELECT id FROM contact WHERE no_email
    """,
    "phone": """
        SELECT contact_id AS id FROM contact_line
        WHERE instr(marks, 'deceased') OR contact_id NOT IN (SELECT contact_id FROM phone)
        UNION ALL SELECT id FROM contact WHERE no_phone
    """,
}
"""Who gets nothing in a way, in SQL. For letters it is the rule of `domain.consent.TO_ALL`."""


def source_of(field: str) -> Source:
    """Where the values of a field lie, those of the association's own fields too."""
    if field in SOURCES:
        return SOURCES[field]
    kind, name = own_parts(field)
    named = f"CAST(x'{name.encode().hex()}' AS TEXT)"  # a name is never part of a statement
    among = f"field_id = (SELECT id FROM own_field WHERE name = {named}) AND {{test}}"
    value = _VALUES_OF_OWN.get(kind, "value")
    return Source(value, "own_value", among=among, column="" if kind in ("number", "date", "yes_no") else "other")


_VALUES_OF_OWN = {
    "number": "CAST(value AS REAL)",
    "yes_no": "value = '1'",
    "file": "substr(value, instr(value, char(10)) + 1)",
}
