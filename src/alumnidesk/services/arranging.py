"""Arranging: the order of the contact list by any column, up or down, in groups or not; each is kept, and follows small
deeds."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from alumnidesk.domain.lines import Arrangement
from alumnidesk.errors import Cancelled
from alumnidesk.progress import Progress
from alumnidesk.services.order import Downwards, Order, filled_first, moved
from alumnidesk.services.sorting import PIECE, Between, arranged
from alumnidesk.storage import search
from alumnidesk.storage.database import Database, Written

if TYPE_CHECKING:
    from alumnidesk.domain.list_columns import ListColumn

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
        self._changed: dict[Arrangement, set[int]] = {}
        """Who changed since an order was last asked for."""
        database.after_writing.append(self._note)

    def order(self, wanted: Arrangement, between: Between = lambda: None) -> Order:
        """All contacts so arranged. Who has nothing in the column comes last, upwards and downwards.

        `between` is called between two pieces of the work; if the file changes meanwhile, it must raise.
        """
        wanted = _in_one_form(wanted)
        if changed := self._changed.pop(wanted, None):
            self._orders[wanted] = Order(moved(self._orders[wanted].ids, sorted(changed), self._key(wanted)))
        if wanted not in self._orders:
            made = self._grouped(wanted, between) if wanted.group else Order(self._sorted(wanted, between))
            self._orders[wanted] = made
        return self._orders[wanted]

    def foresee(self, likely: Sequence[Arrangement], progress: Progress) -> bool:
        """Have the first of these orders ready that is not; says whether more are left.

        Others may go first at each step of the `progress`. Raises Cancelled if one of them changes the file.
        """
        before = self._database.changes

        def between() -> None:
            progress.advance()
            if self._database.changes != before:
                raise Cancelled

        lacking = [wanted for wanted in map(_in_one_form, likely) if wanted not in self._orders]
        if lacking:
            self.order(lacking[0], between)
        return len(lacking) > 1

    # After a deed -----------------------------------------------------------------------------------------------

    def _note(self, written: Written) -> None:
        """Remember the few contacts that a deed changed, to put them into their new places when an order is asked for:
        to sort all anew takes twenty times as long."""
        for wanted in list(self._orders):
            changed = self._changed.setdefault(wanted, set())
            changed |= written.contacts or set()
            if written.contacts is None or len(changed) > _FEW or wanted.group or wanted.sort in _OF_OTHERS:
                del self._orders[wanted], self._changed[wanted]

    def _key(self, wanted: Arrangement) -> Callable[[int], tuple[Any, ...] | None]:
        """By what a contact is sorted: the value of the column, if it has one, and then the name."""
        from alumnidesk.domain.list_columns import sort_keys  # with the catalogue; the first page does not wait for it
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

    def _sorted(self, wanted: Arrangement, between: Between) -> array[int]:
        if wanted.sort == "name":
            ids = self._database.ask(search.in_order, "sort_name")
            return ids[::-1] if wanted.descending else ids
        names = self.order(Arrangement())
        if wanted.sort in INDEXED:
            filled = self._database.ask(search.in_order, INDEXED[wanted.sort])
            between()
            return filled_first(filled[::-1] if wanted.descending else filled, names.ids)
        pages = (keys for _, keys in self._pages(wanted.sort, wanted.language, names))
        return arranged(names, pages, between, descending=wanted.descending)

    def _grouped(self, wanted: Arrangement, between: Between) -> Order:
        """Groups in the order of their names, downwards where the list is sorted so by the same column."""
        before = self.order(wanted._replace(group=""), between)
        downwards = wanted.descending and wanted.sort == wanted.group
        names: dict[Any, str] = {}
        counted: Counter[Any] = Counter()

        def pages() -> Iterator[Mapping[int, Any]]:
            for called, keys in self._pages(wanted.group, wanted.language, before):
                for name, key in called.items():
                    names[key] = min(name, names.get(key, name))
                counted.update(keys.values())
                yield keys

        ids = arranged(before, pages(), between, descending=downwards)
        groups = [(names[key], counted[key]) for key in sorted(counted, reverse=downwards)]
        return Order(ids, (*groups, ("", len(ids) - counted.total())))

    def _pages(self, key: str, language: str, order: Order) -> Iterator[tuple[dict[str, Any], dict[int, Any]]]:
        """What a column holds, some contacts of an order at a time: by what each value is sorted, and by what each
        contact that has one. Nothing for a column that there is not."""
        from alumnidesk.domain.list_columns import sort_keys  # with the catalogue; the first page does not wait for it
        from alumnidesk.storage.column_values import of_range

        column = self._column(key)
        if column is None:
            return
        places, end = order.places, len(order.ids)
        everybody = range(len(places))
        for start in everybody[::PIECE]:
            some = everybody[start : start + PIECE]
            values = self._database.ask(of_range, key, some)
            keys = sort_keys(column, values.values(), language)
            yield keys, {id: keys[value] for id, value in values.items() if value and places[id] < end}

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
