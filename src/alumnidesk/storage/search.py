"""What lists show and what the search box finds: kept in step with every deed, inside its transaction."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from alumnidesk.domain import phones
from alumnidesk.domain.folding import fold, words
from alumnidesk.domain.names import display_name, sort_key
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.storage.connection import Connection

_PARTS = ("email", "phone", "address", "link", "contact_tag", "affiliation", "note")
"""Tables with a `contact_id` whose words belong to the contact."""

_BATCH = 500

FIRST_LETTER_LIMIT = 2000
"""A single letter lists the names that begin with it, and no more than these: nobody reads on, and it stays quick."""


_INDEXING = say("Putting into the search index …")


# Keeping in step ---------------------------------------------------------------------------------------------------


def follow(connection: Connection, changeset: int, progress: Progress) -> None:
    """Bring index and lines up to date with what a deed changed."""
    ids = _changed_contacts(connection, changeset, progress)
    progress.begin(_INDEXING, len(ids))
    for start in range(0, len(ids), _BATCH):
        refresh(connection, ids[start : start + _BATCH])
        progress.advance(_BATCH)


def _changed_contacts(connection: Connection, changeset: int, progress: Progress) -> list[int]:
    ids: set[int] = set()
    tables = {
        t for (t,) in connection.execute("SELECT DISTINCT table_name FROM change WHERE changeset_id = ?", (changeset,))
    }
    if "contact" in tables:
        for first, last in connection.execute(
            "SELECT row_id, row_last FROM change WHERE changeset_id = ? AND table_name = 'contact'", (changeset,)
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
                    WHERE c.changeset_id = ?1 AND c.table_name = ?2
                UNION SELECT contact_id FROM change
                    WHERE changeset_id = ?1 AND table_name = ?2 AND contact_id IS NOT NULL
                """,
                (changeset, table),
            )
        )
    for table, part, column in (("tag", "contact_tag", "tag_id"), ("unit", "affiliation", "unit_id")):
        if table in tables:
            ids.update(
                number
                for (number,) in connection.execute(
                    f"SELECT contact_id FROM {part} WHERE {column} IN "
                    "(SELECT row_id FROM change WHERE changeset_id = ? AND table_name = ? AND after IS NOT NULL)",
                    (changeset, table),
                )
            )
    return sorted(ids)


def refresh(connection: Connection, ids: Sequence[int]) -> None:
    """Write lines and index entries of these contacts anew; contacts that are gone or in the bin have none."""
    chosen = json.dumps(list(ids))
    connection.execute("DELETE FROM contact_search WHERE rowid IN (SELECT value FROM json_each(?))", (chosen,))
    connection.execute("DELETE FROM contact_line WHERE contact_id IN (SELECT value FROM json_each(?))", (chosen,))
    lines, entries = [], []
    for line, entry in _read(connection, chosen):
        lines.append(line)
        entries.append(entry)
    connection.executemany("INSERT INTO contact_line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", lines)
    connection.executemany(
        "INSERT INTO contact_search (rowid, name, town, email, phone, other) VALUES (?, ?, ?, ?, ?, ?)", entries
    )


def rebuild(connection: Connection) -> None:
    """Write lines and index of all contacts anew, inside a transaction of the caller."""
    connection.execute("DELETE FROM contact_line")
    connection.execute("INSERT INTO contact_search (contact_search) VALUES ('delete-all')")
    ids = [number for (number,) in connection.execute("SELECT id FROM contact WHERE binned_at = ''")]
    for start in range(0, len(ids), _BATCH):
        refresh(connection, ids[start : start + _BATCH])


def _read(connection: Connection, chosen: str) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """For each chosen contact in use: its line and its index entry."""

    def parts(columns: str, table: str, tail: str = "") -> dict[int, list[tuple[Any, ...]]]:
        found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for row in connection.execute(
            f"SELECT contact_id, {columns} FROM {table} "
            f"WHERE contact_id IN (SELECT value FROM json_each(?)) ORDER BY {tail or 'contact_id, position, id'}",
            (chosen,),
        ):
            found[row[0]].append(row[1:])
        return found

    emails = parts("address, preferred", "email")
    numbers = parts("number", "phone")
    addresses = parts("town, preferred, postcode, street, house_number, extra, po_box, region, care_of", "address")
    tags = parts("(SELECT name FROM tag WHERE tag.id = tag_id)", "contact_tag")
    roles = parts(
        "(SELECT name FROM unit WHERE unit.id = unit_id), role, programme, degree, cohort_from, cohort_to",
        "affiliation",
    )
    notes = parts("text", "note", "contact_id, id")
    for row in connection.execute(
        "SELECT id, kind, title, given_name, additional_names, name_particle, family_name, birth_name, call_name, "
        "organisation, department, position, remark, deceased, no_post FROM contact "
        "WHERE id IN (SELECT value FROM json_each(?)) AND binned_at = ''",
        (chosen,),
    ):
        number, kind, title, given, additional, particle, family, birth, call, organisation, *rest = row
        department, position, remark, deceased, no_post = rest
        mine = emails.get(number, ())
        email = next((a for a, preferred in mine if preferred), mine[0][0] if mine else "")
        phone = numbers.get(number, ())
        name = display_name(kind, organisation, given, call, particle, family, email or (phone[0][0] if phone else ""))
        places = addresses.get(number, ())
        town = next((a[0] for a in places if a[1]), places[0][0] if places else "")
        cohorts = [year for *_, start, end in roles.get(number, ()) if (year := end or start)]
        key = sort_key(kind, organisation, given, family, name)
        marks = [
            word
            for word, applies in (
                ("deceased", deceased),
                ("no_post", no_post),
                ("no_address", not town),
                ("no_email", not mine),
            )
            if applies
        ]
        own_tags = [tag for (tag,) in tags.get(number, ())]
        line = (
            number, name, town, str(max(cohorts)) if cohorts else "", email, "\n".join(own_tags), " ".join(marks),
            key, f"{fold(town)}\x1f{key}",
        )  # fmt: skip
        entry = (
            number,
            _folded((title, given, additional, particle, family, birth, call, organisation)),
            _folded(text for a in places for text in (a[2], a[0])),
            _folded(address for address, _ in mine),
            " ".join(form for (n,) in phone for form in phones.search_forms(n)),
            _folded(
                (
                    department,
                    position,
                    remark,
                    *own_tags,
                    *(text for a in places for text in a[3:]),
                    *(str(text) for role in roles.get(number, ()) for text in role if text),
                    *(text for (text,) in notes.get(number, ())),
                )
            ),
        )
        yield line, entry


def _folded(texts: Iterable[str]) -> str:
    return fold(" ".join(filter(None, texts)))


# Finding -----------------------------------------------------------------------------------------------------------


def in_order(connection: Connection, column: str) -> array[int]:
    """The ids of all contacts that lists show, sorted by a column of `contact_line`."""
    tie = ", sort_name" if column in ("cohort", "email") else ""
    return array("q", (i for (i,) in connection.execute(f"SELECT contact_id FROM contact_line ORDER BY {column}{tie}")))


def beginning_with(connection: Connection, letter: str) -> array[int]:
    """Contacts whose sort name begins with one folded letter, in order, at most `FIRST_LETTER_LIMIT`."""
    return array(
        "q",
        (
            i
            for (i,) in connection.execute(
                "SELECT contact_id FROM contact_line WHERE sort_name >= ? AND sort_name < ? ORDER BY sort_name LIMIT ?",
                (letter, letter + "\U0010ffff", FIRST_LETTER_LIMIT),
            )
        ),
    )


def matching(connection: Connection, query: str) -> array[int]:
    """Contacts that fit all words of a query by their beginnings, in no particular order.

    Anything may be typed; signs of the index's own language are words like others.
    """
    expression = _expression(query)
    if not expression:
        return array("q")
    return array(
        "q",
        (
            i
            for (i,) in connection.execute(
                "SELECT rowid FROM contact_search WHERE contact_search MATCH ?", (expression,)
            )
        ),
    )


def _expression(query: str) -> str:
    typed = [f'"{word}"*' for word in words(query)]
    if not typed:
        return ""
    expression = " AND ".join(typed)
    number = phones.typed_number(query)
    if number and f'"{number}"*' != expression:
        expression = f'("{number}"*) OR ({expression})'
    return expression
