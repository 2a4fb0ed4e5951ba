"""Units and their tree: putting them in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType

from alumnidesk.domain.folding import fold
from alumnidesk.domain.units import SIGNS, Unit, new_ends, with_those_below
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.progress import Progress
from alumnidesk.services import unit_paths
from alumnidesk.services.saved_queries import rename_units_in_searches
from alumnidesk.storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit in the tree, with how many belong to it; those in the bin are counted too."""

    unit: Unit
    contacts: int
    """Who belongs to this very unit."""
    altogether: int
    """Who belongs to it or to one below it, each once."""


class Units:
    """All units of the institution. What somebody was or is at which of them is saved with the contact."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading ----------------------------------------------------------------------------------------------------

    def all(self) -> list[Unit]:
        """Every unit, each followed by those below it, by name."""
        return unit_paths.stored(self._database)

    def lines(self) -> list[UnitLine]:
        """The same with the numbers of those who belong to them."""
        counted = {
            number: (here, altogether)
            for number, here, altogether in self._database.rows(
                "WITH RECURSIVE reach (top, id) AS (SELECT id, id FROM unit "
                "UNION SELECT top, unit.id FROM unit JOIN reach ON unit.parent_id = reach.id) "
                "SELECT top, count(DISTINCT iif(top = reach.id, contact_id, NULL)), count(DISTINCT contact_id) "
                "FROM reach JOIN affiliation ON unit_id = reach.id GROUP BY top"
            )
        }
        return [UnitLine(unit, *counted.get(unit.id, (0, 0))) for unit in self.all()]

    def unit(self, number: int) -> Unit:
        """One unit. Raises Refused if it does not exist."""
        found = next((unit for unit in self.all() if unit.id == number), None)
        if found is None:
            raise Refused(say("This unit does not exist any more."))
        return found

    # Deeds ------------------------------------------------------------------------------------------------------

    def add(self, name: str, kind: str = "", under: int | None = None) -> Unit:
        """A new unit, at the top or under another. Raises InvalidInput for a name that is empty or taken there."""
        name, kind = self._name(name, under), " ".join(kind.split())
        label: Message = say("Unit “{unit}” added", unit=name)
        if under is not None:
            label = say("Unit “{unit}” added under “{above}”", unit=name, above=self.unit(under).called)
        with self._database.writing(label) as transaction:
            number = transaction.allocate("unit", 1)
            transaction.execute(
                "INSERT INTO unit (id, name, kind, parent_id) VALUES (?, ?, ?, ?)", (number, name, kind, under)
            )
        return self.unit(number)

    # What changes the path of a unit writes the search index of all who belong to it or to one below it anew: with a
    # `progress` one sees that, and can stop it (raises Cancelled).

    def change(
        self, number: int, *, name: str | None = None, kind: str | None = None, progress: Progress | None = None
    ) -> Unit:
        """Another name, in saved searches too, or another kind. Raises InvalidInput if the name is taken there."""
        before = self.unit(number)
        name = before.name if name in (None, before.name) else self._name(name, before.under, but=number)
        kind = before.kind if kind is None else " ".join(kind.split())
        if (name, kind) == (before.name, before.kind):
            return before
        label = say("Unit “{unit}” changed", unit=name)
        if name != before.name:
            label = say("Unit “{old}” is called “{unit}” now", old=before.called, unit=name)
        with self._database.writing(label, progress=progress) as transaction, self._followed(transaction):
            transaction.execute("UPDATE unit SET name = ?, kind = ? WHERE id = ?", (name, kind, number))
        return self.unit(number)

    def put(self, number: int, under: int | None, *, progress: Progress | None = None) -> Unit:
        """Put a unit with all below it under another, or to the top (None); saved searches follow.

        Raises Refused if it would stand below itself, or beside another of its name.
        """
        units, unit = self.all(), self.unit(number)
        if under == unit.under:
            return unit
        label: Message = say("Unit “{unit}” put to the top", unit=unit.called)
        if under is not None:
            above = self.unit(under)
            if under == number:
                raise Refused(say("“{unit}” cannot stand below itself.", unit=unit.called))
            if under in with_those_below(units, number):
                raise Refused(
                    say("“{above}” lies below “{unit}” itself.", above=above.called, unit=unit.called),
                    say("Put “{above}” somewhere else first.", above=above.called),
                )
            label = say("Unit “{unit}” put under “{above}”", unit=unit.called, above=above.called)
        _refuse_twins(units, {number: under})
        with self._database.writing(label, progress=progress) as transaction, self._followed(transaction):
            transaction.execute("UPDATE unit SET parent_id = ? WHERE id = ?", (under, number))
        return self.unit(number)

    def merge(self, units: Sequence[int], into: int, *, progress: Progress | None = None) -> None:
        """Make several units one: their people and the units below them are at `into` afterwards; saved searches
        look for that one. If it lay below one of them, it takes the place of that.

        Raises Refused if two units below would have the same name.
        """
        gone = [self.unit(number) for number in dict.fromkeys(units) if number != into]
        if not gone:
            return
        kept, names, became = self.unit(into), ", ".join(unit.called for unit in gone), {one.id: into for one in gone}
        moved: dict[int, int | None] = {one.id: into for one in self.all() if one.under in became}
        moved[into] = self._place_after(kept, set(became))
        _refuse_twins(self.all(), moved, became)
        label = say("Units merged: {units} became “{unit}”", units=names, unit=kept.called)
        with self._database.writing(label, progress=progress) as deed, self._followed(deed, became):
            for unit in gone:
                _move_people(deed, unit.id, into)
            _remove(deed, became, moved)

    def remove(self, number: int, move_to: int | None = None, *, progress: Progress | None = None) -> int:
        """Take a unit away; its people go to `move_to`, the units below it move up. Returns how many people moved.

        Raises Refused if people belong to it and nobody says where they go, or a unit would come beside another of its
        name.
        """
        unit = self.unit(number)
        people = next(line.contacts for line in self.lines() if line.unit == unit)
        label: Message = say("Unit “{unit}” removed", unit=unit.called)
        if people and (move_to is None or move_to == number):
            raise Refused(
                say_n(
                    "{n} contact belongs to “{unit}”.",
                    "{n} contacts belong to “{unit}”.",
                    people,
                    unit=unit.called,
                ),
                say("Choose where they go."),
            )
        if people and move_to is not None:
            label = say_n(
                "Unit “{unit}” removed, {n} contact put to “{other}”",
                "Unit “{unit}” removed, {n} contacts put to “{other}”",
                people,
                unit=unit.called,
                other=self.unit(move_to).called,
            )
        moved = {one.id: unit.under for one in self.all() if one.under == number}
        _refuse_twins(self.all(), moved, [number])
        with self._database.writing(label, progress=progress) as transaction, self._followed(transaction):
            if move_to is not None:
                _move_people(transaction, number, move_to)
            _remove(transaction, [number], moved)
        return people

    @contextmanager
    def _followed(self, transaction: Transaction, became: Mapping[int, int] = MappingProxyType({})) -> Iterator[None]:
        """In the block units get other paths, or `became` others; saved searches follow."""
        before = self.all()
        yield
        rename_units_in_searches(self._database, transaction, list(new_ends(before, self.all(), became)))

    def _place_after(self, kept: Unit, gone: set[int]) -> int | None:
        """Under which unit the one stays into which others merge: above the topmost of those it lay below."""
        above = {unit.id: unit.under for unit in self.all()}
        place = step = kept.under
        while step is not None:
            if step in gone:
                place = above[step]
            step = above[step]
        return place

    def _name(self, name: str, under: int | None, *, but: int | None = None) -> str:
        name = " ".join(name.split())
        if not name:
            raise InvalidInput("name", say("A unit needs a name."))
        if sign := next((sign for sign in SIGNS if sign in name), ""):
            raise InvalidInput(
                "name",
                say("“{sign}” stands between the names of a path, and not in a name.", sign=sign.strip()),
                say("Add the unit below the other one instead."),
            )
        for other in self.all():
            if fold(other.name) == fold(name) and other.under == under and other.id != but:
                raise InvalidInput(
                    "name",
                    say("There is a unit “{unit}” already: {path}", unit=other.name, path=other.said)
                    if other.under
                    else say("There is a unit “{unit}” already.", unit=other.name),
                    say("Merge the two if they mean the same, or say in the name which one it is."),
                )
        return name


def _refuse_twins(units: Sequence[Unit], moved: Mapping[int, int | None], gone: Collection[int] = ()) -> None:
    """Raises Refused if a unit that is moved would stand beside another of its name."""
    at: dict[tuple[int | None, str], Unit] = {}
    names = {unit.id: unit.said for unit in units}
    for unit in units:
        if unit.id in gone:
            continue
        place = moved.get(unit.id, unit.under)
        other = at.setdefault((place, fold(unit.name)), unit)
        if other is unit or not moved.keys() & {other.id, unit.id}:
            continue
        raise Refused(
            say("There would be two units “{unit}” below “{above}”.", unit=unit.name, above=names[place])
            if place is not None
            else say("There would be two units “{unit}” at the top.", unit=unit.name),
            say("Merge the two first if they mean the same, or give one of them another name."),
        )


def _remove(deed: Transaction, gone: Iterable[int], moved: Mapping[int, int | None]) -> None:
    """Units go before others move: one of these may come to where one of the same name was."""
    deed.execute("PRAGMA defer_foreign_keys=ON")
    for number in gone:
        deed.execute("DELETE FROM unit WHERE id = ?", (number,))
    for number, under in moved.items():
        deed.execute("UPDATE unit SET parent_id = ?1 WHERE id = ?2 AND parent_id IS NOT ?1", (under, number))


def _move_people(transaction: Transaction, old: int, new: int) -> None:
    """What people are at one unit they are at another; what they are there already is not said twice."""
    same = " AND ".join(
        f"there.{column} IS affiliation.{column}"
        for column in ("contact_id", "role", "programme", "cohort_from", "cohort_to", "degree", "began", "ended")
    )
    transaction.execute(
        "DELETE FROM affiliation WHERE unit_id = ?1 AND EXISTS "
        f"(SELECT 1 FROM affiliation AS there WHERE there.unit_id = ?2 AND {same})",
        (old, new),
    )
    transaction.execute("UPDATE affiliation SET unit_id = ? WHERE unit_id = ?", (new, old))
