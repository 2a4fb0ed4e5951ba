"""Arranging: the order of the contact list by any column, up or down, in groups or not; each is kept, and follows small
deeds."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from alumnidesk.domain.lines import Arrangement
from alumnidesk.services.order import Downwards, Order, arranged, filled_first, moved
from alumnidesk.storage import search
from alumnidesk.storage.database import Database, Written

if TYPE_CHECKING:
    from alumnidesk.domain.list_columns import ListColumn

Values = tuple[dict[int, str | None], dict[str, Any]]
"""The values of a column by contact, and by what each is sorted."""
INDEXED = {"town": "sort_town", "email": "email"}
"""Columns by which the lines are sorted already."""


_OF_OTHERS = frozenset({"household"})
"""Columns that say something about other contacts too."""
_FEW = 20


class Arranging:
    """Puts all contacts into the order of a list."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._orders: dict[Arrangement, Order] = {}
        self._known: dict[tuple[str, str], Values] = {}
        self._changed: dict[Arrangement, set[int]] = {}
        """Who changed since an order was last asked for."""
        database.after_writing.append(self._note)

    def order(self, wanted: Arrangement) -> Order:
        """All contacts so arranged. Who has nothing in the column comes last, upwards and downwards."""
        wanted = _in_one_form(wanted)
        if changed := self._changed.pop(wanted, None):
            self._orders[wanted] = Order(moved(self._orders[wanted].ids, sorted(changed), self._key(wanted)))
        if wanted not in self._orders:
            self._orders[wanted] = self._grouped(wanted) if wanted.group else Order(self._sorted(wanted))
        return self._orders[wanted]

    def foresee(self, likely: Sequence[Arrangement]) -> bool:
        """Have the first of these orders ready that is not; says whether more are left."""
        lacking = [wanted for wanted in map(_in_one_form, likely) if wanted not in self._orders]
        if lacking:
            self.order(lacking[0])
            self._known.clear()  # which take more room than the orders
        return len(lacking) > 1

    # After a deed -----------------------------------------------------------------------------------------------

    def _note(self, written: Written) -> None:
        """Remember the few contacts that a deed changed, to put them into their new places when an order is asked for:
        to sort all anew takes twenty times as long."""
        self._known.clear()
        for wanted in list(self._orders):
            changed = self._changed.setdefault(wanted, set())
            changed |= written.contacts or set()
            if written.contacts is None or len(changed) > _FEW or wanted.group or wanted.sort in _OF_OTHERS:
                del self._orders[wanted], self._changed[wanted]

    def _key(self, wanted: Arrangement) -> Callable[[int], tuple[Any, ...] | None]:
        """By what a contact is sorted: the value of the column, if it has one, and then the name."""
        from alumnidesk.domain.list_columns import (
            sort_keys,
        )  # with the catalogue, for which the first page does not wait
        from alumnidesk.storage.column_values import of_one

        way: Callable[[Any], Any] = Downwards if wanted.descending else tuple
        column = self._column(wanted.sort)

        def value_key(number: int, name: tuple[str, int]) -> tuple[Any, ...]:
            if column is None or not (value := self._database.ask(of_one, wanted.sort, number)):
                return 1, name
            return 0, way(tuple(sort_keys(column, [value], wanted.language).values())), name

        def indexed_key(number: int, name: tuple[str, int]) -> tuple[Any, ...]:
            value = self._database.ask(search.sorted_by, number, INDEXED[wanted.sort])
            return (0, way((value, number))) if value else (1, name)

        @cache
        def key(number: int) -> tuple[Any, ...] | None:
            found = self._database.ask(search.sorted_by, number, "sort_name")
            if found is None:
                return None
            if wanted.sort == "name":
                return (way((found, number)),)
            return (indexed_key if wanted.sort in INDEXED else value_key)(number, (found, number))

        return key

    # Anew -------------------------------------------------------------------------------------------------------

    def _sorted(self, wanted: Arrangement) -> array[int]:
        if wanted.sort == "name":
            ids = self._database.ask(search.in_order, "sort_name")
            return ids[::-1] if wanted.descending else ids
        names = self.order(Arrangement()).ids
        if wanted.sort in INDEXED:
            filled = self._database.ask(search.in_order, INDEXED[wanted.sort])
            return filled_first(filled[::-1] if wanted.descending else filled, names)
        values, keys = self._values(wanted.sort, wanted.language)
        return arranged(names, values, keys, descending=wanted.descending)

    def _grouped(self, wanted: Arrangement) -> Order:
        """Groups in the order of their names, downwards where the list is sorted so by the same column."""
        ids = self.order(wanted._replace(group="")).ids
        values, keys = self._values(wanted.group, wanted.language)
        downwards = wanted.descending and wanted.sort == wanted.group
        found = arranged(ids, values, keys, descending=downwards)
        names = {keys[value]: value for value in sorted(keys, reverse=True)}
        counted = Counter(keys.get(values.get(id) or "") for id in ids)
        groups = [(names[key], counted[key]) for key in sorted(names, reverse=downwards)]
        return Order(found, (*groups, ("", counted[None])))

    def _values(self, key: str, language: str) -> Values:
        """What the column holds; nothing for a column that there is not. Kept for turning the order round."""
        if (key, language) not in self._known:
            self._known[key, language] = self._read(key, language)
        return self._known[key, language]

    def _read(self, key: str, language: str) -> Values:
        from alumnidesk.domain.list_columns import (
            sort_keys,
        )  # with the catalogue, for which the first page does not wait
        from alumnidesk.storage.column_values import of_all

        column = self._column(key)
        if column is None:
            return {}, {}
        values = self._database.ask(of_all, key)
        return values, sort_keys(column, values.values(), language)

    def _column(self, key: str) -> ListColumn | None:
        from alumnidesk.domain.list_columns import COLUMNS, own_column
        from alumnidesk.domain.slots import own_name
        from alumnidesk.services.own_fields import OwnFields

        if name := own_name(key):
            own = OwnFields(self._database).all()
            return next((own_column(field) for field in own if field.name == name), None)
        return COLUMNS.get(key)


def _in_one_form(wanted: Arrangement) -> Arrangement:
    """Sorted by what the lines are sorted by already, a list is the same in every language."""
    if not wanted.group and wanted.sort in ("name", *INDEXED):
        return Arrangement(wanted.sort, wanted.descending)
    return wanted
