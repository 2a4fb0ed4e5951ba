"""Arranging: the order of the contact list by any column, up or down, in groups or not; each is kept until a deed."""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING

from alumnidesk.domain.lines import Arrangement
from alumnidesk.services.order import Order, arranged, filled_first
from alumnidesk.storage import search
from alumnidesk.storage.database import Database

if TYPE_CHECKING:
    from alumnidesk.domain.list_columns import ListColumn

Values = tuple[dict[int, str | None], dict[str, int]]
"""The values of a column by contact, and in which order they sort."""
INDEXED = {"town": "sort_town", "email": "email"}
"""Columns by which the lines are sorted already."""


class Arranging:
    """Puts all contacts into the order of a list."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._orders: dict[Arrangement, Order] = {}
        self._known: dict[tuple[str, str], Values] = {}
        self._state = -1

    def order(self, wanted: Arrangement) -> Order:
        """All contacts so arranged. Who has nothing in the column comes last, upwards and downwards."""
        if self._state != self._database.changes:
            self._orders.clear()
            self._known.clear()
            self._state = self._database.changes
        if not wanted.group and wanted.sort in ("name", *INDEXED):
            wanted = Arrangement(wanted.sort, wanted.descending)  # the same in every language
        if wanted not in self._orders:
            self._orders[wanted] = self._grouped(wanted) if wanted.group else Order(self._sorted(wanted))
        return self._orders[wanted]

    def _sorted(self, wanted: Arrangement) -> array[int]:
        if wanted.sort == "name":
            ids = self._database.ask(search.in_order, "sort_name")
            return ids[::-1] if wanted.descending else ids
        names = self.order(Arrangement()).ids
        if wanted.sort in INDEXED:
            filled = self._database.ask(search.in_order, INDEXED[wanted.sort])
            return filled_first(filled[::-1] if wanted.descending else filled, names)
        values, ranks = self._values(wanted.sort, wanted.language)
        return arranged(names, values, ranks, descending=wanted.descending)

    def _grouped(self, wanted: Arrangement) -> Order:
        """Groups in the order of their names, downwards where the list is sorted so by the same column."""
        ids = self.order(wanted._replace(group="")).ids
        values, ranks = self._values(wanted.group, wanted.language)
        downwards = wanted.descending and wanted.sort == wanted.group
        found = arranged(ids, values, ranks, descending=downwards)
        names = {ranks[value]: value for value in sorted(ranks, reverse=True)}
        counted = Counter(ranks.get(values.get(id) or "") for id in ids)
        groups = [(names[rank], counted[rank]) for rank in sorted(names, reverse=downwards)]
        return Order(found, (*groups, ("", counted[None])))

    def _values(self, key: str, language: str) -> Values:
        """What the column holds; nothing for a column that there is not. Kept for turning the order round."""
        if (key, language) not in self._known:
            self._known[key, language] = self._read(key, language)
        return self._known[key, language]

    def _read(self, key: str, language: str) -> Values:
        from alumnidesk.domain.list_columns import ranks  # with the catalogue, for which the first page does not wait
        from alumnidesk.storage.column_values import of_all

        column = self._column(key)
        if column is None:
            return {}, {}
        values = self._database.ask(of_all, key)
        return values, ranks(column, values.values(), language)

    def _column(self, key: str) -> ListColumn | None:
        from alumnidesk.domain.list_columns import COLUMNS, own_column
        from alumnidesk.domain.slots import own_name
        from alumnidesk.services.own_fields import OwnFields

        if name := own_name(key):
            own = OwnFields(self._database).all()
            return next((own_column(field) for field in own if field.name == name), None)
        return COLUMNS.get(key)
