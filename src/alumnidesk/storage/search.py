"""What lists show and what the search box finds: kept in step with every deed, inside its transaction."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Any

from sqlcipher3 import dbapi2 as driver

from alumnidesk.domain.folding import fold_all, words
from alumnidesk.domain.names import display_name, sort_name
from alumnidesk.domain.phones import search_forms, typed_number
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.storage.connection import Connection

_PARTS = ("email", "phone", "address", "link", "contact_tag", "affiliation", "note", "own_value", "attachment")
"""Tables with a `contact_id` whose words belong to the contact."""

_UNSEEN: Mapping[str, frozenset[str]] = {
    "contact": frozenset(
        {
            "uid", "suffix", "gender_form", "salutation_mode", "own_salutation", "own_address_name", "language",
            "birth_date", "deceased_on", "no_email", "no_phone", "household_id", "photo",
        }
    ),
    "address": frozenset({"country", "label"}),
    "affiliation": frozenset({"began", "ended"}),
    "email": frozenset({"label"}),
    "phone": frozenset({"label"}),
    "unit": frozenset({"kind"}),
}  # fmt: skip
"""Columns of which neither lists nor the index say anything. Where only these change there is nothing to do: to set the
language of 40,000 contacts takes a third of the time so (measured)."""

_SHARED: Mapping[str, str] = {
    "tag": "SELECT contact_id FROM contact_tag WHERE tag_id IN ({changed})",
    "unit": (
        "SELECT contact_id FROM affiliation WHERE unit_id IN (WITH RECURSIVE below (id) AS "
        "({changed} UNION SELECT unit.id FROM below JOIN unit ON parent_id = below.id) SELECT id FROM below)"
    ),
}
"""Whose words or lines say something of a row that many share: of a unit, those of all units below it too."""

_BATCH = 500
_MANY = 2000
"""From so many on, and if they are half of all, everything is written anew: of an entry that goes the index keeps a
mark, and clearing these away while others are written takes three times as long (measured)."""

SHORT = 2
"""So few letters or digits fit so many contacts that a list of all of them is of no use to somebody who is typing."""
SHORT_LIMIT = 2000
"""While somebody types, so few list no more than these: nobody reads on, and it stays quick."""


LISTED = 3
"""The index has a list of the contacts for beginnings of up to so many letters (its `prefix`)."""

_INDEXING = say("Putting into the search index …")


# Keeping in step ---------------------------------------------------------------------------------------------------


def follow(connection: Connection, changeset: int, progress: Progress) -> None:
    """Bring index and lines up to date with what a deed changed."""
    ids = _changed_contacts(connection, changeset, progress)
    new = _new_contacts(connection, changeset)
    known = [number for number in ids if number not in new]
    if len(known) >= _MANY:
        (all_lines,) = connection.execute("SELECT count(*) FROM contact_line").fetchone()
        if 2 * len(known) >= all_lines:
            rebuild(connection, progress)
            return
    progress.begin(_INDEXING, len(ids))
    for alike, are_new in ((known, False), ([number for number in ids if number in new], True)):
        for batch in _batches(alike):
            refresh(connection, batch, new=are_new)
            progress.advance(len(batch))


def _batches(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]


def _new_contacts(connection: Connection, changeset: int) -> set[int]:
    """Contacts that a deed made and that were not there before it."""
    made: set[int] = set()
    for first, last, before in connection.execute(
        "SELECT row_id, row_last, before FROM change WHERE changeset_id = ? AND table_name = 'contact' "
        "AND (before IS NULL OR after IS NULL) ORDER BY id DESC",
        (changeset,),
    ):
        # The first change of a row decides: what was deleted before it was made again had been there.
        (made.update if before is None else made.difference_update)(range(first, last + 1))
    return made


def _changed_contacts(connection: Connection, changeset: int, progress: Progress) -> list[int]:
    ids: set[int] = set()
    tables = {
        t for (t,) in connection.execute("SELECT DISTINCT table_name FROM change WHERE changeset_id = ?", (changeset,))
    }
    if "contact" in tables:
        for first, last in connection.execute(
            f"SELECT row_id, row_last FROM change c WHERE changeset_id = ? AND table_name = 'contact' "
            f"AND {_seen('contact')}",
            (changeset,),
        ):
            ids.update(range(first, last + 1))
    for table in tables.intersection(_PARTS):
        progress.check()
        ids.update(
            number
            for (number,) in connection.execute(
                f"""
                SELECT DISTINCT part.contact_id FROM change c JOIN "{table}" part
                    ON part.id BETWEEN c.row_id AND c.row_last
                    WHERE c.changeset_id = ?1 AND c.table_name = ?2 AND {_seen(table)}
                UNION SELECT contact_id FROM change c
                    WHERE changeset_id = ?1 AND table_name = ?2 AND contact_id IS NOT NULL AND {_seen(table)}
                """,
                (changeset, table),
            )
        )
    for table in tables & _SHARED.keys():
        changed = (
            "SELECT row_id FROM change c WHERE changeset_id = ?1 AND table_name = ?2 AND after IS NOT NULL "
            f"AND {_seen(table)}"
        )
        of_these = connection.execute(_SHARED[table].format(changed=changed), (changeset, table))
        ids.update(number for (number,) in of_these)
    return sorted(ids)


def _seen(table: str) -> str:
    """SQL: does a change of this table touch anything that lists or the index say?"""
    unseen = ", ".join(f"'{column}'" for column in sorted(_UNSEEN.get(table, ())))
    if not unseen:
        return "1"
    return (
        "(c.before IS NULL OR c.after IS NULL OR "
        f"EXISTS (SELECT 1 FROM json_each(c.after) AS value WHERE value.key NOT IN ({unseen})))"
    )


def refresh(connection: Connection, ids: Sequence[int], *, new: bool = False) -> None:
    """Write lines and index entries of these contacts anew; contacts that are gone or in the bin have none.

    `ids` are in rising order. Of `new` contacts there is nothing yet that would have to go first.
    """
    if not new:
        condition, values = _among(ids)
        connection.execute(f"DELETE FROM contact_search WHERE rowid {condition}", values)
        connection.execute(f"DELETE FROM contact_line WHERE contact_id {condition}", values)
    lines, entries = [], []
    for line, entry in _read(connection, ids):
        lines.append(line)
        entries.append(entry)
    connection.executemany("INSERT INTO contact_line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", lines)
    connection.executemany(_INSERT_ENTRY.format("contact_search"), entries)


_INSERT_ENTRY = "INSERT INTO {} (rowid, name, town, email, phone, other) VALUES (?, ?, ?, ?, ?, ?)"


def _among(ids: Sequence[int]) -> tuple[str, tuple[Any, ...]]:
    """How to ask for rows of these ids, in rising order: as a range where they are one, which is quicker."""
    if ids and ids[-1] - ids[0] == len(ids) - 1:
        return "BETWEEN ? AND ?", (ids[0], ids[-1])
    return "IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)


def rebuild(connection: Connection, progress: Progress | None = None) -> None:
    """Write lines and index of all contacts anew, inside a transaction of the caller."""
    progress = progress or Progress()
    batches = list(_in_use(connection))
    progress.begin(_INDEXING, sum(map(len, batches)))
    connection.execute("DELETE FROM contact_line")
    connection.execute("INSERT INTO contact_search (contact_search) VALUES ('delete-all')")
    for ids in batches:
        refresh(connection, ids, new=True)
        progress.advance(len(ids))


def _in_use(connection: Connection) -> Iterator[list[int]]:
    return _batches([i for (i,) in connection.execute("SELECT id FROM contact WHERE binned_at = '' ORDER BY id")])


def disagrees(connection: Connection, progress: Progress) -> bool:
    """Whether lines or index differ from what `rebuild` would write, word by word. Needs temporary tables."""
    (made,) = connection.execute("SELECT sql FROM main.sqlite_schema WHERE name = 'contact_search'").fetchone()
    with closing(driver.connect(":memory:", isolation_level=None)) as fresh:
        fresh.execute(made)
        fresh.execute("BEGIN")
        lines = 0
        progress.begin(say("Checking the search index …"))
        for ids in _in_use(connection):
            condition, values = _among(ids)
            written = connection.execute(f"SELECT * FROM contact_line WHERE contact_id {condition} ORDER BY 1", values)
            computed = list(_read(connection, ids))
            if [line for line, _ in computed] != written.fetchall():
                return True
            fresh.executemany(_INSERT_ENTRY.format("contact_search"), [entry for _, entry in computed])
            lines += len(ids)
            progress.advance(len(ids))
        if connection.execute("SELECT count(*) FROM contact_line").fetchone() != (lines,):
            return True
        with closing(_occurrences(connection)) as present, closing(_occurrences(fresh)) as wanted:
            return any(one != other for one, other in zip_longest(present, wanted))


def _occurrences(connection: Connection) -> Generator[tuple[Any, ...], None, None]:
    """Each word of the index, where it stands: (word, contact, column, place)."""
    connection.execute("CREATE VIRTUAL TABLE temp.occurrence USING fts5vocab('main', 'contact_search', 'instance')")
    try:
        yield from connection.execute("SELECT * FROM temp.occurrence")
    finally:
        connection.execute("DROP TABLE temp.occurrence")


def _read(connection: Connection, ids: Sequence[int]) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """For each of these contacts that is in use: its line and its index entry, in rising order of ids.

    SQLite joins what belongs together, and the words of all are folded at once: this is half the work of an import.
    """
    shown: list[tuple[Any, ...]] = []
    """What lines show: contact, name, town, cohort, e-mail, tags, marks."""
    digits: list[str] = []
    texts: list[tuple[str, ...]] = []
    """Sort name, preferred town; names, towns, e-mail addresses and the rest of each contact, as they are written."""
    condition, chosen = _among(ids)

    def parts(table: str, columns: str, order: str = "position, id") -> dict[int, list[tuple[Any, ...]]]:
        """The parts of each contact that has any, in their order; each begins with the number of the contact."""
        query = f"SELECT contact_id, {columns} FROM {table} WHERE contact_id {condition} ORDER BY contact_id, {order}"
        rows = connection.execute(query, chosen).fetchall()
        return {number: list(of_one) for number, of_one in groupby(rows, itemgetter(0))}

    all_emails = parts("email", "address, preferred, undeliverable_since")
    all_phones = parts("phone", "number")
    all_addresses = parts("address", f"town, preferred, undeliverable_since, {_PLACE}, {_REST_OF_ADDRESS}")
    all_tags = parts("contact_tag", "(SELECT name FROM tag WHERE tag.id = tag_id)")
    all_roles = parts("affiliation", f"coalesce(cohort_to, cohort_from), {_ROLE}, unit_id")
    units = dict(connection.execute(_UNITS).fetchall())
    all_notes = parts("note", "text", "id")
    all_own = parts("own_value", _OWN)
    all_files = parts("attachment", "name", "id")
    for (
        number,
        kind,
        organisation,
        given,
        call,
        particle,
        family,
        deceased,
        no_post,
        names,
        other,
    ) in connection.execute(
        "SELECT id, kind, organisation, given_name, call_name, name_particle, family_name, deceased, no_post, "
        f"{_NAMES}, {_OTHER} FROM contact WHERE id {condition} AND binned_at = '' ORDER BY id",
        chosen,
    ):
        emails, phones = all_emails.get(number, _NONE), all_phones.get(number, _NONE)
        addresses, roles = all_addresses.get(number, _NONE), all_roles.get(number, _NONE)
        tags = [tag for _, tag in all_tags.get(number, _NONE) if tag]
        email, town = _preferred(emails), _preferred(addresses)
        name = display_name(
            kind, organisation, given, call, particle, family, (emails or phones)[0][1] if emails or phones else ""
        )
        cohort = str(max([role[1] for role in roles if role[1]], default="")) if roles else ""
        marks = _marks(deceased, no_post, town, email)
        shown.append((number, name, town, cohort, email, "\n".join(tags), marks))
        others = [other, *tags, *[a[5] for a in addresses], *[r[2] for r in roles]]
        others += [units.get(role[3], "") for role in roles if role[3]]
        for more in (all_notes, all_own, all_files):
            if number in more:
                others += [part[1] for part in more[number]]
        texts.append((
            sort_name(kind, organisation, given, family, name), town, names,
            " ".join([address[4] for address in addresses]), " ".join([e[1] for e in emails]), " ".join(others).strip(),
        ))  # fmt: skip
        digits.append(" ".join([form for phone in phones for form in search_forms(phone[1])]))
    for first, phone_numbers, key, main_town, names, towns, mails, rest in zip(
        shown, digits, *map(fold_all, zip(*texts, strict=True)), strict=True
    ):
        yield (*first, key, f"{main_town}\x1f{key}"), (first[0], names, towns, mails, phone_numbers, rest)


_NONE: Sequence[tuple[Any, ...]] = ()


def _marks(deceased: int, no_post: int, town: str, email: str) -> str:
    if town and email and not deceased and not no_post:
        return ""
    marks = (("deceased", deceased), ("no_post", no_post), ("no_address", not town), ("no_email", not email))
    return " ".join(mark for mark, applies in marks if applies)


def _preferred(parts: Sequence[tuple[Any, ...]]) -> str:
    """The first text of the part that is marked as preferred, else of the first one; what came back does not count."""
    in_use = [part for part in parts if not part[3]]
    for part in in_use:
        if part[2]:
            return str(part[1])
    return str(in_use[0][1]) if in_use else ""


def _words(columns: str, *expressions: str) -> str:
    """SQL for the words of several columns in one text; empty columns leave nothing behind."""
    known = [f"nullif({column}, '')" for column in columns.split()]
    return f"concat_ws(' ', {', '.join([*expressions, *known])})"


_NAMES = _words(
    "title given_name additional_names name_particle family_name birth_name former_names call_name organisation"
)
_OWN = "iif(value IN ('0', '1'), '', substr(value, instr(value, char(10)) + 1))"
"""Yes and no are no words; of a file it is the name."""
_OTHER = _words("department position remark")
_PLACE = _words("postcode town")
_REST_OF_ADDRESS = _words("street house_number extra po_box region care_of")
_ROLE = _words("role programme degree cohort_from cohort_to")
_UNITS = (
    "WITH RECURSIVE below (id, names) AS (SELECT id, name FROM unit WHERE parent_id IS NULL UNION ALL "
    "SELECT unit.id, names || ' ' || name FROM below JOIN unit ON parent_id = below.id) SELECT id, names FROM below"
)
"""By unit the words by which its people are found: its name and those of all units above it."""


# Finding -----------------------------------------------------------------------------------------------------------


def in_order(connection: Connection, column: str) -> array[int]:
    """The ids of contacts that lists show, sorted by an index of `contact_line`: all of them by name, else those who
    have something there."""
    filled = "" if column == "sort_name" else f"WHERE {column} >= ' '"
    return _ids(connection, f"SELECT contact_id AS id FROM contact_line {filled} ORDER BY {column}")


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
    return _ids(
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
    return _ids(connection, "SELECT rowid AS id FROM contact_search WHERE contact_search MATCH ?", (match,))


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
    return _ids(connection, query, (f'"{word}"*', SHORT_LIMIT))


def _ids(connection: Connection, query: str, arguments: Sequence[Any] = ()) -> array[int]:
    """The ids that a query delivers, in its order. As one JSON text they take half the time of row after row."""
    (text,) = connection.execute(f"SELECT json_group_array(id) FROM ({query})", arguments).fetchone()
    return array("q", json.loads(text))


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
