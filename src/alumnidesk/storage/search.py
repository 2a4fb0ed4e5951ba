"""Finding contacts by what is typed: the full-text index asked, and the orders of lists."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from alumnidesk.domain.folding import words
from alumnidesk.domain.phones import typed_number
from alumnidesk.storage.connection import Connection

SHORT = 2
"""So few letters or digits fit so many contacts that a list of all of them is of no use to somebody who is typing."""
SHORT_LIMIT = 2000
"""While somebody types, so few list no more than these: nobody reads on, and it stays quick."""

LISTED = 3
"""The index has a list of the contacts for beginnings of up to so many letters (its `prefix`)."""
_PIECE = 100_000
"""Characters of a list of ids that are read at once: 4 ms (measured)."""


def in_order(connection: Connection, column: str) -> array[int]:
    """The ids of contacts that lists show, sorted by an index of `contact_line`: all of them by name, else those who
    have something there."""
    filled = "" if column == "sort_name" else f"WHERE {column} >= ' '"
    return ids_of(connection, f"SELECT contact_id AS id FROM contact_line {filled} ORDER BY {column}")


def sorted_by(connection: Connection, number: int, column: str) -> str | None:
    """By what a contact is sorted in a column of `in_order`; None for one whom no list shows."""
    row = connection.execute(f"SELECT {column} FROM contact_line WHERE contact_id = ?", (number,)).fetchone()
    return None if row is None else str(row[0]) if row[0] >= " " else ""


def letters_alone(query: str) -> str:
    """The one or two letters that a query consists of, folded; empty for every other. They stand for the beginning of a
    name wherever somebody searches: as the beginning of any word they would fit nearly everybody."""
    looked_for = words(query)
    short = len(looked_for) == 1 and len(looked_for[0]) <= SHORT and not looked_for[0].isdigit()
    return looked_for[0] if short else ""


def beginning_with(connection: Connection, letters: str, most: int = -1) -> array[int]:
    """Contacts whose sort name begins with one or two folded letters, in order; all of them, or at most so many."""
    return ids_of(
        connection,
        "SELECT contact_id AS id FROM contact_line WHERE sort_name >= ? AND sort_name < ? ORDER BY sort_name LIMIT ?",
        (letters, letters + "\U0010ffff", most),
    )


def list_words(connection: Connection) -> None:
    """Have the words of the index at hand in this connection, for `matching`."""
    connection.execute("CREATE VIRTUAL TABLE temp.index_word USING fts5vocab('main', 'contact_search', 'instance')")


def matching(connection: Connection, query: str) -> array[int]:
    """Contacts that fit all words of a query by their beginnings, in no particular order.

    Anything may be typed; signs of the index's own language are words like others. Of a beginning that fits the words
    of very many (“exampl” those of 300,000) the index first merges a list of them all. Where it is the beginning of a
    few words only, these are asked for instead: then the index looks just at those whom the other words leave (a third
    of the time, measured).
    """
    match = expression(query)
    if not match:
        return array("q")
    if " AND " in match:
        match = _BEGINNING.sub(lambda found: _spelled_out(connection, found[1]), match)
    return ids_of(connection, "SELECT rowid AS id FROM contact_search WHERE contact_search MATCH ?", (match,))


_BEGINNING = re.compile(rf'"(\w{{{LISTED + 1},}})"\*')
_FEW_WORDS = 4


def _spelled_out(connection: Connection, beginning: str) -> str:
    """The words of the index that begin so, if these are few, in the language of the index; else the beginning."""
    known: list[str] = []
    after, query = beginning, "SELECT term FROM temp.index_word WHERE term >= ? AND term < ? LIMIT 1"
    while row := connection.execute(query, (after, beginning + "\U0010ffff")).fetchone():
        if len(known) == _FEW_WORDS:
            return f'"{beginning}"*'
        known.append(f'"{row[0]}"')
        after = row[0] + "\x00"
    return f"({' OR '.join(known)})" if known else f'"{beginning}"*'


def some_matching(connection: Connection, word: str) -> array[int]:
    """Some contacts with a word that begins so, at most `SHORT_LIMIT`, in no particular order."""
    query = "SELECT rowid AS id FROM contact_search WHERE contact_search MATCH ? LIMIT ?"
    return ids_of(connection, query, (f'"{word}"*', SHORT_LIMIT))


def ids_of(connection: Connection, query: str, arguments: Mapping[str, Any] | Sequence[Any] = ()) -> array[int]:
    """The ids that a query delivers, in its order. As one JSON text they take half the time of row after row.

    That is read in pieces: while 400,000 are read in one, the window would stand still for 60 ms (measured).
    """
    (text,) = connection.execute(f"SELECT json_group_array(id) FROM ({query})", arguments).fetchone()
    found, start, last = array("q"), 1, len(text) - 1
    while start < last:
        comma = text.find(",", start + _PIECE)
        end = comma if comma > 0 else last
        found.extend(json.loads(f"[{text[start:end]}]"))
        start = end + 1
    return found


def expression(query: str) -> str:
    """The words of a query by their beginnings, or the digits of a phone number, in the language of the index."""
    typed, number = words(query), typed_number(query)
    if number and typed != [number]:
        return f'("{number}"*) OR ({_beginnings(typed)})'
    runs = [list(run) for _, run in groupby(typed, str.isdigit)]
    if len(runs) == len(typed):
        return _beginnings(typed)
    return " AND ".join(map(_word_or_number, runs))


def _word_or_number(run: Sequence[str]) -> str:
    """Neighbouring groups of digits may be the parts of one phone number."""
    if len(run) == 1 or not run[0].isdigit():
        return _beginnings(run)
    number = "".join(run)
    return f'("{number.removeprefix("00") or number}"* OR ({_beginnings(run)}))'


def _beginnings(typed: Sequence[str]) -> str:
    return " AND ".join(f'"{word}"*' for word in typed)
