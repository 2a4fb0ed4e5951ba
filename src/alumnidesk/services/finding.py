"""Finding: lists and the search box. Reads only, past SQLAlchemy, so that the first page need not import it."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from typing import NamedTuple

from alumnidesk.domain.folding import words
from alumnidesk.domain.lines import ContactLine
from alumnidesk.storage import search
from alumnidesk.storage.database import Database

SORTS = {"name": "sort_name", "town": "sort_town", "cohort": "cohort", "email": "email"}
"""By which columns the contact list can be sorted."""
_SHORT = 2
"""So few letters fit so many contacts that a list of all of them is of no use to somebody who is typing."""


class Hits(NamedTuple):
    """What a search found, as ids in the order of the list."""

    ids: array[int]
    total: int
    """All contacts that are not in the bin."""
    words: tuple[str, ...] = ()
    """The folded words that were looked for, to highlight."""
    beginning: bool = False
    """True if these are the names that begin with the one or two letters typed so far."""
    capped: bool = False
    """True if only the first of many are here."""


class Finding:
    """Lists of contacts, as arrays of ids and windows of lines."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._orders: dict[str, array[int]] = {}
        self._places: dict[str, array[int]] = {}
        """By sort, and by number of the contact: its place in the order."""
        self._state = -1

    def contacts(self, query: str = "", *, sort: str = "name", descending: bool = False, typing: bool = False) -> Hits:
        """Contacts that fit all words of the query by their beginnings; all of them for an empty query.

        While somebody is `typing`, one or two letters find the names that begin with them and one or two digits some
        that fit, at most `search.SHORT_LIMIT`: nobody reads on there, and the next key must not wait. Nobody's name
        beginning so, all that fits is found.
        """
        looked_for = words(query)
        order = self._order(sort)
        beginning, ids = False, order
        if typing and len(looked_for) == 1 and len(looked_for[0]) <= _SHORT:
            beginning = not looked_for[0].isdigit()
            few = search.beginning_with if beginning else search.some_matching
            ids = self._database.ask(few, looked_for[0])
            if sort != "name" or not beginning:
                ids = self._sorted(ids, sort)
        if looked_for and (ids is order or not ids):
            beginning, ids = False, self._sorted(self._database.ask(search.matching, query), sort)
        capped = typing and len(ids) == search.SHORT_LIMIT
        if descending:
            ids = array("q", reversed(ids))
        return Hits(ids, len(order), tuple(looked_for), beginning, capped)

    def lines(self, ids: Sequence[int]) -> list[ContactLine]:
        """The lines of these contacts in this order; a contact that has gone meanwhile is an empty line."""
        found = {
            row[0]: ContactLine(row[0], row[1], row[2], row[3], row[4], _split(row[5], "\n"), _split(row[6], " "))
            for row in self._database.rows(
                "SELECT contact_id, name, town, cohort, email, tags, marks FROM contact_line "
                "WHERE contact_id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(ids)),),
            )
        }
        return [found.get(number) or ContactLine(number, "", "", "", "", (), ()) for number in ids]

    def _order(self, sort: str) -> array[int]:
        self._forget_if_changed()
        if sort not in self._orders:
            self._orders[sort] = self._database.ask(search.in_order, SORTS[sort])
        return self._orders[sort]

    def _sorted(self, ids: array[int], sort: str) -> array[int]:
        """The same ids in the order of the list: as places in it, which are quicker to sort than by a key."""
        order = self._order(sort)
        places = self._places.get(sort)
        if places is None:
            places = self._places[sort] = array("q", bytes(8 * (max(order, default=0) + 1)))
            for place, number in enumerate(order):
                places[number] = place
        return array("q", map(order.__getitem__, sorted(map(places.__getitem__, ids))))

    def _forget_if_changed(self) -> None:
        if self._state != self._database.changes:
            self._orders.clear()
            self._places.clear()
            self._state = self._database.changes


def _split(text: str, by: str) -> tuple[str, ...]:
    return tuple(text.split(by)) if text else ()
