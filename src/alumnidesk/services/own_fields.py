"""Fields of the association's own: which there are, and what contacts hold in them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace

from alumnidesk.domain import own_fields
from alumnidesk.domain.cards import Foreign, OwnValue
from alumnidesk.domain.letter_markup import replaced
from alumnidesk.domain.own_fields import OwnField, OwnKind
from alumnidesk.domain.records import ContactRecord, Problem
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.formats.vcard_text import escape
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.services import stored_files
from alumnidesk.services.defined_fields import defined
from alumnidesk.services.saved_queries import rename_choice_in_searches, rename_field_in_searches
from alumnidesk.storage.database import Database, Transaction

MOST_CHOICES_FOUND = 50
"""When a text becomes a choice, its present values become the choices, if they are not more."""


class OwnFields:
    """Defines them; what stands in them is saved with the contact (`Contacts.save`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading ----------------------------------------------------------------------------------------------------

    def all(self) -> list[OwnField]:
        """Every own field, in the order in which they are shown."""
        return defined(self._database)

    def field(self, number: int) -> OwnField:
        """One of them. Raises Refused if it does not exist."""
        found = next((field for field in self.all() if field.id == number), None)
        if found is None:
            raise Refused(say("This field does not exist any more."))
        return found

    def used(self, number: int) -> int:
        """How many contacts have something in a field, those in the bin included."""
        return int(self._database.rows("SELECT count(*) FROM own_value WHERE field_id = ?", (number,))[0][0])

    # Deeds ------------------------------------------------------------------------------------------------------

    def add(self, name: str, kind: str = OwnKind.TEXT, choices: Sequence[str] = ()) -> OwnField:
        """A new field at the end. Raises InvalidInput for a name that is taken, or a choice of nothing."""
        fields = self.all()
        name = own_fields.check_name(name, [field.name for field in fields])
        kept = own_fields.check_choices(OwnKind(kind), choices)
        with self._database.writing(say("Own field “{name}” added", name=name)) as transaction:
            number = transaction.allocate("own_field", 1)
            transaction.execute(
                "INSERT INTO own_field (id, uid, name, kind, choices, position) "
                "VALUES (?, ?, ?, ?, ?, (SELECT coalesce(max(position), -1) + 1 FROM own_field))",
                (number, str(uuid.uuid4()), name, str(kind), "\n".join(kept)),
            )
        return self.field(number)

    def rename(self, number: int, name: str) -> OwnField:
        """Another name, also in the letters and saved searches that use it. Raises InvalidInput."""
        field, before_it = self.field(number), self.all()
        name = own_fields.check_name(name, [other.name for other in self.all() if other.id != number])
        if name != field.name:
            label = say("Own field “{old}” is called “{name}” now", old=field.name, name=name)
            with self._database.writing(label) as transaction:
                transaction.execute("UPDATE own_field SET name = ? WHERE id = ?", (name, number))
                rename_field_in_searches(self._database, transaction, before_it, field, name)
                _rename_in_letters(self._database, transaction, f"{{{field.name}}}", f"{{{name}}}")
        return self.field(number)

    def change_kind(self, number: int, kind: str, choices: Sequence[str] = ()) -> OwnField:
        """Another kind; what contacts have in the field is read anew. Without `choices`, the present values are these.

        Raises InvalidInput, and Refused with examples if present values cannot be of this kind.
        """
        field = self.field(number)
        values = self._values(number)
        if kind == OwnKind.CHOICE and not choices:
            present = sorted({value for _, value in values})
            choices = present if len(present) <= MOST_CHOICES_FOUND else ()
        wanted = replace(field, kind=OwnKind(kind), choices=own_fields.check_choices(OwnKind(kind), choices))
        if field.kind is OwnKind.FILE and values:
            raise Refused(say("Files stand in “{field}”, which are nothing else.", field=field.name))
        changed, unfit = _read_anew(wanted, values)
        if unfit:
            raise Refused(
                say_n(
                    "{n} contact has something else in “{field}”: {values}",
                    "{n} contacts have something else in “{field}”: {values}",
                    len(unfit),
                    field=field.name,
                    values=", ".join(dict.fromkeys(unfit[:5])),
                ),
                say("Correct these values first, or add a new field."),
            )
        if wanted != field:
            label = say("Own field “{name}”: kind changed", name=field.name)
            with self._database.writing(label) as transaction:
                _define(transaction, wanted)
                _revalue(transaction, changed)
        return self.field(number)

    def change_choices(self, number: int, choices: Sequence[str]) -> OwnField:
        """Other choices. One that is written differently in its place is so everywhere, in saved searches too.

        Raises InvalidInput, and Refused if a choice would go that contacts have.
        """
        field = self.field(number)
        wanted = replace(field, choices=own_fields.check_choices(field.kind, choices))
        if wanted == field:
            return field
        renamed: dict[str, str] = {}
        if len(wanted.choices) == len(field.choices):
            pairs = zip(field.choices, wanted.choices, strict=True)
            renamed = {old: new for old, new in pairs if old not in wanted.choices and new not in field.choices}
        changed, lost = [], []
        for row, value in self._values(number):
            if value in renamed:
                changed.append((row, renamed[value]))
            elif value not in wanted.choices:
                lost.append(value)
        if lost:
            raise Refused(
                say_n(
                    "{n} contact has “{values}” in “{field}”.",
                    "{n} contacts have “{values}” in “{field}”.",
                    len(lost),
                    field=field.name,
                    values=", ".join(dict.fromkeys(lost)),
                ),
                say("Give them something else first, or keep the choice."),
            )
        with self._database.writing(say("Choices of “{name}” changed", name=field.name)) as transaction:
            _define(transaction, wanted)
            _revalue(transaction, changed)
            for old, new in renamed.items():
                rename_choice_in_searches(self._database, transaction, wanted, old, new)
        return self.field(number)

    def order(self, numbers: Sequence[int]) -> None:
        """Show the fields in this order; those that are not named follow."""
        present = [field.id for field in self.all()]
        wanted = [*(number for number in numbers if number in present), *(n for n in present if n not in numbers)]
        if wanted != present:
            with self._database.writing(say("Order of the own fields changed")) as transaction:
                for place, number in enumerate(wanted):
                    transaction.execute("UPDATE own_field SET position = ? WHERE id = ?", (place, number))

    def remove(self, number: int) -> int:
        """Take a field away with all that contacts have in it; returns how many had something."""
        field, used = self.field(number), self.used(number)
        with self._database.writing(_removed(field.name, used)) as transaction:
            transaction.execute("DELETE FROM own_value WHERE field_id = ?", (number,))
            transaction.execute("DELETE FROM own_field WHERE id = ?", (number,))
        return used

    def _values(self, number: int) -> list[tuple[int, str]]:
        return [
            (row, value)
            for row, value in self._database.rows("SELECT id, value FROM own_value WHERE field_id = ?", (number,))
        ]

    # Files ------------------------------------------------------------------------------------------------------

    def sound(self, record: ContactRecord, source: str, fields: Sequence[OwnField]) -> ContactRecord:
        """A record as it can be saved: what a field cannot hold is kept as it came, with a remark."""
        kept: list[OwnValue] = []
        foreign: list[Foreign] = []
        remarks: list[Problem] = []
        names = [field.name for field in fields]
        for value in record.own:
            field = next((field for field in fields if field.name == value.field), None)
            try:
                if field is None:
                    own_fields.check_name(value.field, names)
                stored = own_fields.read(field, value.value) if field else value.value.strip()
                if field and field.kind is OwnKind.FILE:
                    stored_files.fetch(self._database, own_fields.file_key(stored))
            except (InvalidInput, Refused) as problem:
                line = f"X-ALUMNIDESK-OWN:{escape(value.field)};{escape(value.value)}"
                raw = line if source == "vcard" else value.value
                foreign.append(Foreign(source, "X-ALUMNIDESK-OWN" if source == "vcard" else value.field, raw))
                why = say("{why} It was kept as it came.", why=problem.message)
                remarks.append(Problem(record.line, why, value.value[:2000], severe=False))
            else:
                kept.append(OwnValue(value.field, stored))
        return replace(
            record,
            own=tuple(kept),
            foreign=(*record.foreign, *foreign),
            problems=(*record.problems, *remarks),
        )


def _rename_in_letters(database: Database, transaction: Transaction, before: str, after: str) -> None:
    for number, subject, body, closing in database.rows("SELECT id, subject, body, closing FROM letter_text"):
        words = subject.replace(before, after), replaced(body, before, after), closing.replace(before, after)
        if words != (subject, body, closing):
            transaction.execute(
                "UPDATE letter_text SET subject = ?, body = ?, closing = ? WHERE id = ?", (*words, number)
            )


def _removed(name: str, used: int) -> Message:
    if not used:
        return say("Own field “{name}” removed", name=name)
    return say_n(
        "Own field “{name}” removed with the value of {n} contact",
        "Own field “{name}” removed with the values of {n} contacts",
        used,
        name=name,
    )


def _define(transaction: Transaction, field: OwnField) -> None:
    transaction.execute(
        "UPDATE own_field SET kind = ?, choices = ? WHERE id = ?", (str(field.kind), "\n".join(field.choices), field.id)
    )


def _revalue(transaction: Transaction, changed: Sequence[tuple[int, str]]) -> None:
    for row, value in changed:
        transaction.execute("UPDATE own_value SET value = ? WHERE id = ?", (value, row))


def _read_anew(field: OwnField, values: Sequence[tuple[int, str]]) -> tuple[list[tuple[int, str]], list[str]]:
    """The values that are written differently as this kind, and those that cannot be of it."""
    changed, unfit = [], []
    for row, value in values:
        try:
            stored = own_fields.read(field, value)
        except InvalidInput:
            unfit.append(value)
        else:
            if stored != value:
                changed.append((row, stored))
    return changed, unfit
