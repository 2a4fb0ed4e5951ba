"""What the history calls rows and their values: labels of columns, names of people and things, values in words."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from alumnidesk.domain import fields as catalogue
from alumnidesk.domain import letter_markup, letter_text
from alumnidesk.domain.addresses import Country
from alumnidesk.domain.association import CHOICES as ASSOCIATION_CHOICES
from alumnidesk.domain.consent import ANSWER_WORDS, CHANNEL_NAMES, CHANNEL_WORDS, RULE_WORDS, Rule
from alumnidesk.domain.consent import KNOWN as PURPOSES
from alumnidesk.domain.dates import StoredDate
from alumnidesk.domain.envelope_windows import windows
from alumnidesk.domain.mailings import STATE_WORDS as STAGES
from alumnidesk.domain.names import display_name
from alumnidesk.domain.notes import KINDS as NOTE_KINDS
from alumnidesk.domain.own_fields import KIND_LABELS, value_words
from alumnidesk.domain.relationships import BY_KEY as RELATIONSHIPS
from alumnidesk.domain.slots import ADDRESS_PARTS, AFFILIATION_PARTS
from alumnidesk.domain.slots import LABELS as PART_LABELS
from alumnidesk.domain.units import KINDS as KINDS_OF_UNIT
from alumnidesk.domain.units import STEP
from alumnidesk.i18n import LANGUAGES, NOTHING, Message, say
from alumnidesk.storage import past
from alumnidesk.storage.connection import Connection
from alumnidesk.storage.past import DELETED, Row, RowChange

_STATES: Mapping[str, Message] = {
    "invited": say("Invited"),
    "coming": say("Said yes"),
    "declined": say("Said no"),
    "waitlist": say("On the waiting list"),
}
_EVENT: Mapping[str, Message] = {
    "title": say("Title"), "starts_on": say("Begins on"), "starts_at": say("Begins at"), "ends_on": say("Ends on"),
    "ends_at": say("Ends at"), "place": say("Venue"), "capacity": say("Places"), "remark": say("Remark"),
}  # fmt: skip
_VALUE: Mapping[str, Message] = {"label": say("Kind"), "preferred": say("Preferred")}
COLUMNS: Mapping[str, Mapping[str, Message]] = {
    "contact": {field.key: field.label for field in catalogue.FIELDS}
    | {"binned_at": say("In the bin"), "photo": say("Photo"), "household_id": say("Household")},
    "email": {**_VALUE, "address": say("E-mail"), "undeliverable_since": ADDRESS_PARTS["undeliverable_since"]},
    "phone": {**_VALUE, "number": say("Phone")},
    "link": {**_VALUE, "url": say("Web link")},
    "address": {**ADDRESS_PARTS, **_VALUE},
    "affiliation": {**AFFILIATION_PARTS, "unit_id": AFFILIATION_PARTS["unit"]},
    "contact_tag": {"tag_id": say("Tag")},
    "tag": {"name": say("Tag"), "group_id": say("Group of tags")},
    "tag_group": {"name": say("Group of tags"), "at_most_one": say("At most one of them"), "required": say("Required")},
    "own_field": {"name": say("Own field"), "kind": say("Kind"), "choices": say("Choices")},
    "own_value": {"value": say("Own fields")},
    "attachment": {"name": say("File"), "remark": say("Remark")},
    "unit": {"name": say("Unit"), "kind": say("Kind"), "parent_id": say("Part of")},
    "note": {"text": say("Note"), "kind": say("Kind"), "due_on": say("Due on"), "done_at": say("Done")},
    "event": _EVENT,
    "participation": {
        "state": say("Answer"), "companions": say("Companions"), "answered_on": say("Answered on"),
        "remark": say("Remark"), "event_id": say("Event"),
    },
    "consent": {"given_on": say("On"), "source": say("Source")},
    "purpose": {"name": say("Purpose"), "wording": say("What people agree to")},
    "household": {"name": say("Names in the address"), "own_salutation": say("Salutation")},
    "relationship": {
        "department": say("Department"), "position": say("Position"), "began": say("From"), "ended": say("To"),
        "remark": say("Remark"),
    },
    "relationship_kind": {"name": say("Relationship"), "name_back": say("The other way round")},
    "segment": {"name": say("Saved search"), "query": say("Looks for")},
    "sync_partner": {"name": say("Kept in step with"), "place": say("Lies in"), "query": say("Whom it is about")},
    "contact_list": {"name": say("List")},
    "letter_template": {"name": say("Name"), "purpose": say("What it is for")},
    "letter_text": {"subject": say("Subject"), "body": say("Text"), "closing": say("Closing")},
    "letter": {"mailing_id": say("Letter"), "came_back_on": say("Came back on")},
    "mailing": {"title": say("Title"), "purpose": say("What it is for"), "state": say("Stage")},
    "foreign_property": {"name": say("Other properties from files")},
}  # fmt: skip
"""The columns that are told, by table; what is missing here is machinery."""

WHOLE: Mapping[str, tuple[Message, str]] = {
    "email": (say("E-mail"), "address"),
    "phone": (say("Phone"), "number"),
    "link": (say("Web link"), "url"),
    "address": (say("Address"), "street house_number extra po_box postcode town region country"),
    "affiliation": (say("Affiliation"), "unit_id role programme cohort_to"),
    "contact_tag": (say("Tag"), "tag_id"),
    "own_value": (say("Own fields"), "value"),
    "attachment": (say("File"), "name"),
    "note": (say("Note"), "text"),
    "participation": (say("Event"), "event_id"),
    "letter": (say("Letter"), "mailing_id"),
    "list_member": (say("List"), "list_id"),
    "relationship": (say("Relationship"), "kind_id other_id"),
    "consent": (say("Consent"), "purpose_id channel answer given_on source"),
    "foreign_property": (say("Other properties from files"), "name"),
}
"""What a whole row that belongs to a contact says in one line."""
_NAMED = {"tag_id": ("tag", "name"), "unit_id": ("unit", "name"), "parent_id": ("unit", "name"),
          "event_id": ("event", "title"), "mailing_id": ("mailing", "title"), "field_id": ("own_field", "name"),
          "group_id": ("tag_group", "name"), "list_id": ("contact_list", "name")}  # fmt: skip
"""Columns that point at a row whose name is what people know."""
_TOGETHER = say("one letter together")
"""A household that has no words of its own."""


class RowWords:
    """The words of rows as a deed left them, or as they were before if the deed took them away."""

    def __init__(self, connection: Connection, changeset: int, changes: Sequence[RowChange]) -> None:
        self._connection, self._changeset, self._changes = connection, changeset, changes
        self._names: dict[int, str] = {}

    def after(self, table: str, row: int) -> Row:
        """A row as the deed left it; empty if it is not there then."""
        return past.row_after(self._connection, table, row, self._changeset)

    def _then(self, table: str, row: int) -> Row:
        """A row as the deed left it, or as it was before if the deed took it away."""
        return self.after(table, row) or past.taken_away(self._connection, table, row, self._changeset)

    def _unit(self, number: int) -> str:
        """The name of a unit, or its path if another that there is, or was before the deed, has the same name."""
        row = self._then("unit", number)
        name = str(row.get("name", ""))
        same = self._connection.execute("SELECT 1 FROM unit WHERE name = ? AND id <> ?", (name, number)).fetchone()
        gone = (c for c in self._changes if (c.table, c.kind) == ("unit", DELETED) and c.first != number)
        if row.get("parent_id") and (same or any(c.before.get("name") == name for c in gone)):
            return STEP.join((self._path(row["parent_id"]), name))
        return name

    def _path(self, number: int) -> str:
        """The path of a unit from the top, as the deed left it."""
        row = self._then("unit", number)
        name = str(row.get("name", ""))
        return STEP.join((self._path(row["parent_id"]), name)) if row.get("parent_id") else name

    def subject(self, table: str, row: int, held: Row) -> tuple[str, int]:
        """Whose row it is, in words, and the contact to open."""
        if table == "contact":
            return self.name(row), row
        if "contact_id" in held:
            return self.name(held["contact_id"]), held["contact_id"]
        if table == "unit":
            return self._unit(row), 0
        if table == "letter_text":
            return str(self.after("letter_template", held.get("template_id", 0)).get("name", "")), 0
        return str(held.get("title") or held.get("name") or ""), 0

    def name(self, contact: int) -> str:
        """The name of a contact as the deed left it, or as it was before if the deed took it away."""
        if contact not in self._names:
            self._names[contact] = name_in(self._then("contact", contact))
        return self._names[contact]

    def label(self, table: str, held: Row, label: Message) -> Message:
        """What a value is; own fields are told by their names."""
        if table != "own_value":
            return label
        return say("{value}", value=str(self._own_field(held).get("name", "")))

    def _own_field(self, held: Row) -> Row:
        """The own field that a value belongs to, also if it went with the value."""
        number = int(held.get("field_id", 0))
        gone = (c.before for c in self._changes if (c.table, c.kind, c.first) == ("own_field", DELETED, number))
        return self.after("own_field", number) or next(gone, {})

    def value(self, table: str, column: str, value: Any, held: Row | None = None) -> Message:
        """A stored value of a column as people read it; `held` is the row that it stands in, where that matters."""
        if column == "binned_at":
            return say("yes") if value else say("no")
        if value in (None, ""):
            return NOTHING
        if (table, column) == ("letter_text", "body"):
            return say("{value}", value=letter_text.plain(letter_markup.read(value)))
        if column == "household_id":
            return say("{value}", value=own) if (own := self.after("household", value).get("name")) else _TOGETHER
        if column == "other_id":
            return say("{value}", value=self.name(value))
        if table == "relationship" and column == "kind_id":
            kind = self.after("relationship_kind", value)
            known = RELATIONSHIPS.get(kind.get("key", ""))
            return known.name if known else say("{value}", value=kind.get("name", ""))
        if table == "consent" and column == "purpose_id":
            purpose = self.after("purpose", value)
            return _purpose(purpose.get("key"), purpose.get("name", ""))
        if column == "purpose":
            named = self._connection.execute("SELECT name FROM purpose WHERE key = ?", (value,)).fetchone()
            return _purpose(value, named[0] if named else "")
        if table == "consent" and column in ("channel", "answer"):
            return {**CHANNEL_WORDS, **ANSWER_WORDS}[value]
        if column in _NAMED:
            other, name = _NAMED[column]
            named = self._unit(int(value)) if other == "unit" else self._then(other, int(value)).get(name, "")
            return say("{value}", value=str(named))
        if table == "participation" and column == "state":
            return _STATES[value]
        if table == "mailing" and column == "state":
            return STAGES[value]
        if table == "own_value":
            return value_words(str(self._own_field(held or {}).get("kind", "")), value)
        if table == "note" and column == "kind":
            return NOTE_KINDS[value]
        if table == "own_field" and column == "kind":
            return KIND_LABELS[value]
        if table == "unit" and column == "kind":
            return KINDS_OF_UNIT.get(value, say("{value}", value=value))
        if column == "photo":
            return say("a picture")
        if table == "contact":
            return _contact_value(column, value)
        if column in ("preferred", "at_most_one", "required", "done_at"):
            return say("yes") if value else say("no")
        if column == "label":
            return PART_LABELS.get(value, say("{value}", value=value))
        if column in ("undeliverable_since", "began", "ended"):
            return say("{day}", day=StoredDate(value))
        if table == "address" and column == "country":
            return say("{value}", value=Country(value))
        if column in ("starts_on", "ends_on", "answered_on", "due_on", "given_on", "came_back_on"):
            return say("{day}", day=dt.date.fromisoformat(value))
        return say("{value}", value=str(value))


def listed(values: list[Message]) -> Message:
    """Several values in one line."""
    first, *others = [value for value in values if value != NOTHING] or [NOTHING]
    for other in others:
        first = say("{first}, {other}", first=first, other=other)
    return first


def name_in(row: Row) -> str:
    """The name in a row of a contact."""
    kind, organisation, given, call, particle, family = (
        str(row.get(part, ""))
        for part in ("kind", "organisation", "given_name", "call_name", "name_particle", "family_name")
    )
    return display_name(kind, organisation, given, call, particle, family, "–")


def _contact_value(column: str, value: Any) -> Message:
    field = catalogue.by_key(column)
    if field.kind is catalogue.Kind.FLAG:
        return say("yes") if value else say("no")
    if field.kind is catalogue.Kind.LANGUAGE:
        return say("{value}", value=LANGUAGES.get(value, value))
    if field.kind is catalogue.Kind.DATE:
        return say("{day}", day=StoredDate(value))
    return dict(field.choices).get(value) or say("{value}", value=str(value))


def _purpose(key: str | None, own_name: str) -> Message:
    """What a purpose is called; `own_name` is that of one of the association's own."""
    return next((one.name for one in PURPOSES if one.key == key), say("{value}", value=own_name))


def rules_words(value: str | None) -> Message:
    """When a purpose may use which channel."""
    if not value:
        return NOTHING
    rules = ((channel, RULE_WORDS.get(Rule(rule), NOTHING)) for channel, rule in json.loads(value).items())
    return listed([say("{what}: {rule}", what=CHANNEL_NAMES[channel], rule=words) for channel, words in rules])


_SETTINGS: Mapping[str, Callable[[str], Any]] = {
    "country": Country,
    "language": lambda code: LANGUAGES.get(code, code),
    "salutation_mode": lambda mode: dict(catalogue.by_key("salutation_mode").choices).get(mode, mode),
    "window": lambda key: windows().get(key, key),
    "font": lambda key: ASSOCIATION_CHOICES["font"].get(key, key),
    "letterhead_and": lambda key: ASSOCIATION_CHOICES["letterhead_and"].get(key, key),
}
"""What people read of settings that are kept as a key."""


def setting_words(key: str, value: str | None) -> Message:
    """A setting of the association, by its key and as it is stored."""
    if not value:
        return NOTHING
    read = json.loads(value)
    if isinstance(read, list):
        return say("{value}", value=" · ".join(read))
    if len(str(read)) > 400:  # a picture, which is kept as letters and digits
        return say("a picture")
    return say("{value}", value=_SETTINGS.get(key, str)(read))
