"""Deeds on relationships: who is what to whom."""

from __future__ import annotations

import uuid
from typing import Any

from alumnidesk.domain import dates
from alumnidesk.domain.folding import fold
from alumnidesk.domain.names import display_name
from alumnidesk.domain.relationships import BY_KEY, KINDS, Kind, Relation, own_kind
from alumnidesk.domain.salutations import tidy
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import Message, say
from alumnidesk.storage.database import Database, Transaction

_OTHER = (
    "o.id, o.kind, o.organisation, o.given_name, o.call_name, o.name_particle, o.family_name, o.position, o.department"
)


class Relationships:
    """Everything one can do with relationships."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading ----------------------------------------------------------------------------------------------------

    def kinds(self) -> list[Kind]:
        """The kinds that come with the program, then those of the association by name."""
        own = self._database.rows("SELECT key, name, name_back FROM relationship_kind WHERE name <> ''")
        return [*KINDS, *(own_kind(*row) for row in sorted(own, key=lambda row: fold(row[1])))]

    def of(self, contact: int) -> list[Relation]:
        """What others are to a contact, present before ended, in the order of the kinds; none who is in the bin."""
        kinds = {kind.key: (index, kind) for index, kind in enumerate(self.kinds())}
        found = []
        for back, (this, that) in enumerate((("other_id", "contact_id"), ("contact_id", "other_id"))):
            for id, key, position, department, began, ended, remark, *other in self._database.rows(
                f"SELECT r.id, k.key, r.position, r.department, r.began, r.ended, r.remark, {_OTHER} "
                f"FROM relationship r JOIN relationship_kind k ON k.id = r.kind_id JOIN contact o ON o.id = r.{that} "
                f"WHERE r.{this} = ? AND o.binned_at = ''",
                (contact,),
            ):
                index, kind = kinds[key]
                number, what, organisation, given, call, particle, family, *own = other
                shown = (position, department) if position or department else own
                name = display_name(what, organisation, given, call, particle, family, "–")
                relation = Relation(
                    id,
                    key,
                    kind.seen(bool(back)),
                    number,
                    name,
                    what == "organisation",
                    position,
                    department,
                    tuple(filter(None, shown)),
                    began,
                    ended,
                    remark,
                )
                found.append(((bool(ended), index, back, fold(name), id), relation))
        return [relation for _, relation in sorted(found, key=lambda pair: pair[0])]

    # Deeds ------------------------------------------------------------------------------------------------------

    def add_kind(self, name: str, name_back: str = "") -> Kind:
        """A kind of the association's own: what the first one is called, and the second if that is something else.

        Raises InvalidInput if it has no name, Refused if there is one with this name.
        """
        name, name_back = tidy(name), tidy(name_back)
        if not name:
            raise InvalidInput("name", say("A relationship needs a name."), say("For example “Godmother”."))
        for kind in self.kinds():
            if kind.own and fold(name) == fold(str(kind.name)):
                raise Refused(say("There is a relationship “{name}” already.", name=name))
        kind = own_kind(str(uuid.uuid4()), name, name_back)
        with self._database.writing(say("Relationship “{name}” added", name=name)) as transaction:
            number = transaction.allocate("relationship_kind", 1)
            transaction.insert_many(
                "relationship_kind", ("id", "key", "name", "name_back"), [(number, kind.key, name, name_back or name)]
            )
        return kind

    def relate(
        self,
        contact: int,
        other: int,
        kind: str,
        *,
        position: str = "",
        department: str = "",
        began: str = "",
        ended: str = "",
        remark: str = "",
    ) -> int:
        """`contact` is the `kind` (mentor, parent …) of `other`; returns the id of the relationship.

        `position` and `department` are those of a person in an organisation. Raises Refused if it is known already or
        both are the same, InvalidInput for what is no date.
        """
        if contact == other:
            raise Refused(say("Nobody has a relationship with themselves."))
        meant = next((one for one in self.kinds() if one.key == kind), None)
        if meant is None:
            raise Refused(say("This kind of relationship does not exist any more."))
        if meant.mutual and contact > other:
            contact, other = other, contact
        names = {"name": self._name(contact), "other": self._name(other)}
        if self._database.rows(
            "SELECT 1 FROM relationship r JOIN relationship_kind k ON k.id = r.kind_id "
            "WHERE contact_id = ? AND other_id = ? AND key = ?",
            (contact, other, kind),
        ):
            raise Refused(say("This relationship of {name} and {other} is known already.", **names))
        values = _checked(position, department, began, ended, remark)
        label = say("Relationship of {name} and {other} added: {kind}", kind=meant.name, **names)
        with self._database.writing(label) as transaction:
            number = transaction.allocate("relationship", 1)
            transaction.insert_many(
                "relationship",
                ("id", "contact_id", "other_id", "kind_id", *values),
                [(number, contact, other, kind_id(transaction, kind), *values.values())],
            )
        return number

    def change(self, relationship: int, *, position: str, department: str, began: str, ended: str, remark: str) -> None:
        """Position and department, when it began and ended, and a remark. Raises InvalidInput for what is no date,
        Refused if it is gone."""
        values = _checked(position, department, began, ended, remark)
        assignments = ", ".join(f"{column} = ?" for column in values)
        with self._database.writing(self._label(relationship, "changed")) as transaction:
            transaction.execute(f"UPDATE relationship SET {assignments} WHERE id = ?", (*values.values(), relationship))

    def remove(self, relationship: int) -> None:
        """Forget a relationship that is none. Raises Refused if it is gone."""
        with self._database.writing(self._label(relationship, "removed")) as transaction:
            transaction.execute("DELETE FROM relationship WHERE id = ?", (relationship,))

    # Words ------------------------------------------------------------------------------------------------------

    def _label(self, relationship: int, what: str) -> Message:
        row = next(
            iter(
                self._database.rows(
                    "SELECT contact_id, other_id, key, name, name_back FROM relationship r "
                    "JOIN relationship_kind k ON k.id = r.kind_id WHERE r.id = ?",
                    (relationship,),
                )
            ),
            None,
        )
        if row is None:
            raise Refused(say("This relationship does not exist any more."))
        contact, other, key, name, name_back = row
        kind = BY_KEY.get(key) or own_kind(key, name, name_back)
        told: dict[str, Any] = {"name": self._name(contact), "other": self._name(other), "kind": kind.name}
        return {
            "changed": say("Relationship of {name} and {other} changed: {kind}", **told),
            "removed": say("Relationship of {name} and {other} removed: {kind}", **told),
        }[what]

    def _name(self, contact: int) -> str:
        row = next(
            iter(
                self._database.rows(
                    "SELECT kind, organisation, given_name, call_name, name_particle, family_name FROM contact "
                    "WHERE id = ?",
                    (contact,),
                )
            ),
            None,
        )
        if row is None:
            raise Refused(say("This contact does not exist any more."))
        kind, organisation, given, call, particle, family = row
        return display_name(kind, organisation, given, call, particle, family, "–")


def _checked(position: str, department: str, began: str, ended: str, remark: str) -> dict[str, str]:
    for key, value in (("began", began), ("ended", ended)):
        if value and not dates.is_stored(value):
            raise InvalidInput(
                key, say("“{value}” is not a date.", value=value), say("Write 2.3.1975, 3/1975 or 1975.")
            )
    if began[:1].isdigit() and ended[:1].isdigit() and ended[: len(began)] < began[: len(ended)]:
        raise InvalidInput("ended", say("It ends before it begins."), say("Please look at both dates."))
    words = {"position": tidy(position), "department": tidy(department), "remark": remark.strip()}
    return {**words, "began": began, "ended": ended}


def kind_id(transaction: Transaction, key: str) -> int:
    """The row of a kind; those that come with the program get theirs when they are first used."""
    row = transaction.execute("SELECT id FROM relationship_kind WHERE key = ?", (key,)).fetchone()
    return int(row[0]) if row is not None else transaction.insert_unwatched("relationship_kind", {"key": key})
