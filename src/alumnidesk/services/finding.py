"""Finding: lists and the search box. Reads only, past SQLAlchemy, so that the first page need not import it."""

from __future__ import annotations

import datetime as dt
import json
import re
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from alumnidesk.domain.folding import words
from alumnidesk.domain.lines import Arrangement, ContactLine, InCommon
from alumnidesk.domain.phones import typed_number
from alumnidesk.progress import Progress
from alumnidesk.services.arranging import Arranging
from alumnidesk.services.order import InOrder, Order
from alumnidesk.storage import search
from alumnidesk.storage.database import Database

if TYPE_CHECKING:
    from alumnidesk.domain.query import Query
    from alumnidesk.domain.where_found import Place
    from alumnidesk.i18n import Message

BY_NAME = Arrangement()
_MORE_THAN_WORDS = re.compile(r'[:"„“”«»()|]|(?:^|\s)-\S|\b(?:OR|ODER|ELLER)\b')
"""What plain words never have. They are by far the most that is typed, and wait for nothing that they do not need."""
_PLAIN_WORD = re.compile(r"[^\W_]+")


class Hits(NamedTuple):
    """What a search found, as ids in the order of the list."""

    ids: InOrder
    total: int
    """All contacts that are not in the bin."""
    words: tuple[str, ...] = ()
    """The folded words that were looked for, to highlight."""
    beginning: bool = False
    """True if these are the names that begin with the one or two letters typed so far."""
    capped: bool = False
    """True if only the first of many are here."""
    query: Query | None = None
    """What was understood where more than plain words was typed; `domain.query_in_words` explains it."""
    missing: tuple[Message, ...] = ()
    """What is named that there is not, such as a tag that was removed, in words."""


class Finding:
    """Lists of contacts, as arrays of ids and windows of lines."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._arranging = Arranging(database)

    def contacts(
        self,
        query: str = "",
        arrangement: Arrangement = BY_NAME,
        *,
        typing: bool = False,
        progress: Progress | None = None,
    ) -> Hits:
        """Contacts that fit a query in the language of `domain.query`; all of them for an empty one.

        One or two letters alone find the names that begin with them, or all that fits if nobody's name does. While
        somebody is `typing`, so few letters or digits find at most `search.SHORT_LIMIT`: nobody reads on there, and the
        next key must not wait. The `progress` counts pieces of the sorting, where that is still to be done; cancelled,
        it raises Cancelled.
        """
        order = self._arranging.order(arrangement, (progress or Progress()).advance)
        looked_for = words(query)
        if not looked_for:
            return Hits(order.all(), len(order.ids))
        if _MORE_THAN_WORDS.search(query) and (query.lstrip().startswith("-") or not typed_number(query)):
            hits = self._asked(query, order)
            if hits is not None:
                return hits
        found, beginning = array("q"), False
        if letters := search.letters_alone(query):
            found = self._database.ask(search.beginning_with, letters, search.SHORT_LIMIT if typing else -1)
            beginning = len(found) > 0
        elif typing and len(looked_for) == 1 and len(looked_for[0]) <= search.SHORT:
            found = self._database.ask(search.some_matching, looked_for[0])
        if not found:
            found = self._database.ask(search.matching, query)
        capped = typing and len(found) == search.SHORT_LIMIT
        return Hits(order.only(found), len(order.ids), tuple(looked_for), beginning, capped)

    def _asked(self, text: str, order: Order) -> Hits | None:
        """Contacts that fit conditions and groups; None if the text turns out to be plain words."""
        from alumnidesk.domain.query import looked_for, more_than_words  # 20 ms that plain words do not wait for
        from alumnidesk.domain.query_text import parse
        from alumnidesk.services.defined_fields import defined
        from alumnidesk.services.segments import spelled_out, what_is_missing
        from alumnidesk.storage.conditions import matching

        own = defined(self._database)
        query = parse(text, own)
        if not more_than_words(query):
            return None
        found = self._database.ask(matching, spelled_out(self._database, query, own), dt.date.today())
        ids = order.among(found.ids, all_but=found.all_but)
        missing = tuple(what_is_missing(self._database, query, own))
        return Hits(ids, len(order.ids), looked_for(query), query=query, missing=missing)

    def foresee(self, likely: Sequence[Arrangement], progress: Progress) -> bool:
        """Have the first of these arrangements ready that is not, while nobody waits; says whether more are left.

        Others may go first at each step of the `progress`. Raises Cancelled if one of them changes the file.
        """
        return self._arranging.foresee(likely, progress)

    def close_spellings(self, query: str, limit: int = 3) -> list[str]:
        """For a query that nobody fits: the same with close spellings of its unknown words, such that somebody fits.

        “Maier kiel” → “Meyer kiel”. Empty if every word is known by itself, or nothing is close.
        """
        from alumnidesk.storage import spelling  # 10 ms, when nobody was found

        found: list[str] = [query]
        with self._database.temporary_tables():
            for match in reversed(list(_PLAIN_WORD.finditer(query))):
                word, names_field = match.group(), query.startswith(":", match.end())
                if names_field or self._database.ask(spelling.is_known, word):
                    continue
                close = self._database.ask(spelling.close_words, word, limit)
                found = [text[: match.start()] + other + text[match.end() :] for other in close for text in found]
        return [text for text in found[: 2 * limit] if text != query and len(self.contacts(text).ids)][:limit]

    def places(self, looked_for: Mapping[int, Sequence[str]]) -> dict[int, list[Place]]:
        """Where in contacts the folded words stand that were looked for, also where no column shows it."""
        from alumnidesk.domain.where_found import places  # when somebody has stopped typing
        from alumnidesk.storage.where_found import texts_of

        texts = self._database.ask(texts_of, list(looked_for))
        found = {number: places(texts.get(number, ()), words) for number, words in looked_for.items()}
        return {number: of_contact for number, of_contact in found.items() if of_contact}

    def values(self, field: str, limit: int = 500) -> list[str]:
        """Values of a query field that there are, to choose from: tags, towns, events …"""
        from alumnidesk.storage.values import known_values  # with the language of finding, see above

        return self._database.ask(known_values, field, limit)

    def lines(self, ids: Sequence[int], more: Sequence[str] = ()) -> list[ContactLine]:
        """The lines of these contacts in this order; a contact that has gone meanwhile is an empty line.

        `more` are the keys of further columns (`domain.list_columns`) whose values they bring.
        """
        found = {
            row[0]: ContactLine(row[0], row[1], row[2], row[3], row[4], _split(row[5], "\n"), _split(row[6], " "))
            for row in self._database.rows(
                "SELECT contact_id, name, town, cohort, email, tags, marks FROM contact_line "
                "WHERE contact_id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(ids)),),
            )
        }
        lines = [found.get(number) or ContactLine(number, "", "", "", "", (), ()) for number in ids]
        return self._with_more(lines, more) if more else lines

    def in_common(self, ids: Sequence[int]) -> InCommon:
        """What these contacts have in common."""
        towns, cohorts, tags = Counter[str](), Counter[str](), Counter[str]()
        no_email = 0
        for town, cohort, email, tagged in self._database.rows(
            "SELECT town, cohort, email, tags FROM contact_line WHERE contact_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        ):
            towns[town] += 1
            cohorts[cohort] += 1
            tags.update(_split(tagged, "\n"))
            no_email += not email
        return InCommon(_counted(towns), _counted(cohorts), _counted(tags), no_email)

    def _with_more(self, lines: Sequence[ContactLine], more: Sequence[str]) -> list[ContactLine]:
        from alumnidesk.storage.column_values import of_some  # a list with the usual columns does not wait for it

        ids = [line.id for line in lines]
        found = [self._database.ask(of_some, column, ids) for column in more]
        return [line._replace(more=tuple(values.get(line.id, "") for values in found)) for line in lines]


def _counted(values: Counter[str]) -> list[tuple[str, int]]:
    """The most frequent first."""
    return sorted(((value, n) for value, n in values.items() if value), key=lambda pair: (-pair[1], pair[0]))


def _split(text: str, by: str) -> tuple[str, ...]:
    return tuple(text.split(by)) if text else ()
