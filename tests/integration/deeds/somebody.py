"""Somebody who works with a data file, and everything that there is in it to be compared."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from alumnidesk.desk import Desk
from alumnidesk.domain.audiences import LIST
from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.consent import POST, YES, Sending
from alumnidesk.domain.notes import Note
from alumnidesk.domain.query import Condition
from alumnidesk.domain.query_fields import Operator
from alumnidesk.domain.query_text import write
from alumnidesk.errors import AlumniDeskError
from alumnidesk.progress import Progress
from alumnidesk.storage import indexing
from alumnidesk.storage.content import content_hash

NAMES = st.sampled_from(["Müller", "O'Connor", "<b>x</b>", "Öz", "Ahrens", "王"])
FIELDS = st.sampled_from(["Shirt size", "Allergies"])
KINDS = ["mentor", "spouse", "contact_person"]
TAGS = st.sampled_from(["Mentor", "Chor", "Vorstand"])
UNITS = st.sampled_from(["Zentrum", "Kurs", "Nord"])


def on_list(name: str) -> str:
    """The query that finds who is on the list of this name."""
    return write(Condition(LIST, Operator.EQUALS, name))


class Somebody(RuleBasedStateMachine):
    """A person at the desk, in no particular order."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.desk = Desk.create(Path(self.folder.name) / "a.alumnidesk")
        self._meet_what_the_program_knows()
        self.start = self.content()
        self.states = [self.start]
        """The content after each step that still holds, as far back as one step leads to the next."""

    def _meet_what_the_program_knows(self) -> None:
        """Its purposes and kinds of relationships get rows when first needed, which nothing takes away again."""
        desk = self.desk
        one, other = (desk.contacts.add(ContactCard(family_name=name)).id or 0 for name in ("A", "B"))
        desk.consents.answer([one], Sending("news", POST), YES)
        for kind in KINDS:
            desk.relationships.relate(one, other, kind)
        while desk.history.next_undo():
            desk.history.undo()

    def content(self) -> Any:
        """Everything a person could see, every row, and the words of the search index."""
        desk = self.desk
        connection = desk._database.connection
        with desk._database.temporary_tables():
            index = list(indexing._occurrences(connection))
        everybody = sorted({*desk.find.contacts().ids, *desk.bin.contacts()})
        events = [desk.events.card(line.id) for line in desk.events.lines()]
        return (
            desk.contacts.cards(everybody),
            desk.find.lines(desk.find.contacts().ids),
            events,
            [desk.events.roster(event.id or 0) for event in events],
            desk.letters.templates(),
            [(line, desk.mailings.job(line.id), desk.sent_letters.of(line.id)) for line in desk.mailings.all()],
            desk.settings.association(),
            (desk.own_fields.all(), desk.tags.lines(), desk.tags.groups(), desk.units.lines()),
            [desk.attachments.of(contact) for contact in everybody],
            desk.households.among(everybody),
            [desk.relationships.of(number) for number in everybody],
            [desk.consents.ledger(number) for number in everybody],
            (desk.notes.open(), [self.notes(number) for number in everybody]),
            desk.purposes.all(),
            desk.segments.counted(),
            [(one, list(desk.find.contacts(on_list(one.name)).ids)) for one in desk.lists.all()],
            [(n, list(desk.find.contacts(n).ids)) for n in ("mull", "ahr", "mentor", "kiel", "zentrum")],
            content_hash(connection, with_history=False),
            index,
        )

    def notes(self, contact: int) -> list[Note]:
        entries = self.desk.contacts.timeline(contact, limit=1000, part="talks")
        return [self.desk.notes.note(entry.id) for entry in entries]

    def did(self) -> None:
        """Note the state after a deed; a deed that changed nothing is no step."""
        now = self.content()
        if now != self.states[-1]:
            self.states.append(now)

    def some(self, data: st.DataObject) -> list[int]:
        ids = list(self.desk.find.contacts().ids)
        return data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=4)) if ids else []

    def index_agrees(self) -> None:
        with self.desk._database.temporary_tables():
            assert not indexing.disagrees(self.desk._database.connection, Progress())

    @invariant()
    def nothing_is_left_open(self) -> None:
        if hasattr(self, "desk"):
            assert not self.desk._database.connection.in_transaction

    def teardown(self) -> None:
        if not hasattr(self, "desk"):
            return
        try:
            while self.desk.history.next_undo():
                self.desk.history.undo()
            assert self.content() == self.start
            self.index_agrees()
        except AlumniDeskError as refused:  # pragma: no cover - a failure of the property
            raise AssertionError(f"could not take everything back: {refused}") from refused
        finally:
            self.desk.close(backup=False)
            self.folder.cleanup()
