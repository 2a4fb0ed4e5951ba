"""What lists show and what the search box finds: kept in step with every deed, inside its transaction."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Any

from sqlcipher3 import dbapi2 as driver

from alumnidesk.domain.folding import fold_all
from alumnidesk.domain.names import display_name, sort_name
from alumnidesk.domain.phones import search_forms
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.storage.connection import Connection

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

_INDEXING = say("Putting into the search index …")


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
    for table in tables & _PARTS:
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
    all_emails, all_phones, all_addresses, all_tags, all_roles, all_notes, all_own, all_files = (
        _parts(connection, condition, chosen, *which) for which in _READ
    )
    units = dict(connection.execute(_UNITS).fetchall())
    for row in connection.execute(f"SELECT {_CONTACT} WHERE id {condition} AND binned_at = '' ORDER BY id", chosen):
        number, kind, organisation, given, call, particle, family, deceased, no_post, names, other = row
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


def _parts(
    connection: Connection,
    condition: str,
    chosen: tuple[Any, ...],
    table: str,
    columns: str,
    order: str = "position, id",
) -> dict[int, list[tuple[Any, ...]]]:
    """The parts of each contact that has any, in their order; each begins with the number of the contact."""
    query = f"SELECT contact_id, {columns} FROM {table} WHERE contact_id {condition} ORDER BY contact_id, {order}"
    rows = connection.execute(query, chosen).fetchall()
    return {number: list(of_one) for number, of_one in groupby(rows, itemgetter(0))}


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
_CONTACT = (
    "id, kind, organisation, given_name, call_name, name_particle, family_name, deceased, no_post, "
    f"{_NAMES}, {_OTHER} FROM contact"
)
_READ = (
    ("email", "address, preferred, undeliverable_since"),
    ("phone", "number"),
    ("address", f"town, preferred, undeliverable_since, {_PLACE}, {_REST_OF_ADDRESS}"),
    ("contact_tag", "(SELECT name FROM tag WHERE tag.id = tag_id)"),
    ("affiliation", f"coalesce(cohort_to, cohort_from), {_ROLE}, unit_id"),
    ("note", "text", "id"),
    ("own_value", _OWN),
    ("attachment", "name", "id"),
)
"""Of which tables what is read, and in which order of the parts of a contact."""
_PARTS = frozenset(table for table, *_ in _READ)
_UNITS = (
    "WITH RECURSIVE below (id, names) AS (SELECT id, name FROM unit WHERE parent_id IS NULL UNION ALL "
    "SELECT unit.id, names || ' ' || name FROM below JOIN unit ON parent_id = below.id) SELECT id, names FROM below"
)
"""By unit the words by which its people are found: its name and those of all units above it."""
