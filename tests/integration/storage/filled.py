"""Data files with something in them, for the tests of the file itself."""

from __future__ import annotations

from pathlib import Path

from alumnidesk import models as m
from alumnidesk.i18n import say, say_n
from alumnidesk.storage import upgrade
from alumnidesk.storage.database import Database, Transaction

FAMILY_NAMES = ("Müller", "Ahrens", "Öztürk", "Lindqvist", "Ørsted", "Großmann", "O'Connor")


def new_file(path: Path, contacts: int = 30, author: str = "anna") -> Path:
    """A new data file with invented people, an event and some history: an import, a correction, one step taken back."""
    upgrade.create(path)
    database = Database.open(path)
    database.author = author
    try:
        with database.writing(say_n("Import one contact", "Import {n} contacts", contacts)) as deed:
            add_contacts(deed, contacts)
        with database.writing(say("Correct a contact")) as deed:
            contact = deed.session.get_one(m.Contact, 1)
            contact.given_name = "Zoë"
            contact.emails.append(m.Email(address="zoe@mail.example", position=1))
        with database.writing(say("New event")) as deed:
            deed.session.add(m.Event(uid="event-1", title="Ehemaligentreffen", starts_on="2026-12-12"))
        with database.writing(say("Delete a contact")) as deed:
            deed.execute("UPDATE contact SET binned_at = '2026-11-21T00:00:00Z' WHERE id = 2")
        with database.writing(say("Remove a phone number")) as deed:
            deed.execute("DELETE FROM phone WHERE id = 3")
        database.revert(5)
    finally:
        database.close()
    return path


def add_contacts(deed: Transaction, count: int) -> int:
    """Write `count` contacts with their parts by the path that imports take; returns the first id."""
    first = deed.allocate("contact", count)
    emails, phones, addresses = (deed.allocate(table, count) for table in ("email", "phone", "address"))
    numbers = range(count)
    deed.insert_many(
        "contact",
        ["id", "uid", "given_name", "family_name", "language"],
        [
            (
                first + i,
                f"uid-{first + i}",
                f"Anna{i % 90}",
                FAMILY_NAMES[i % len(FAMILY_NAMES)],
                ("de", "en", "sv")[i % 3],
            )
            for i in numbers
        ],
    )
    deed.insert_many(
        "email",
        ["id", "contact_id", "address"],
        [(emails + i, first + i, f"a{first + i}@mail.example") for i in numbers],
    )
    deed.insert_many(
        "phone",
        ["id", "contact_id", "number"],
        [(phones + i, first + i, f"+49 40 {i * 97:07d}") for i in numbers],
    )
    deed.insert_many(
        "address",
        ["id", "contact_id", "street", "postcode", "town"],
        [(addresses + i, first + i, f"Lindenweg {i % 100}", f"{i:05d}", ("Hamburg", "Malmö")[i % 2]) for i in numbers],
    )
    return first
