"""Fills a new file with an invented association that looks as if people had worked with it for years."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from itertools import islice

from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import ContactCard, EventCard
from alumnidesk.domain.consent import KNOWN, YES
from alumnidesk.domain.notes import SEARCH
from alumnidesk.domain.own_fields import OwnKind
from alumnidesk.domain.returned import place_line
from alumnidesk.errors import Refused
from alumnidesk.formats.bulk import collector_paused
from alumnidesk.i18n import LANGUAGES, Language, Message, say, say_n
from alumnidesk.progress import Progress
from alumnidesk.services import cards, sample, sampling_letters
from alumnidesk.services.letters import Letters
from alumnidesk.services.purposes import Purposes
from alumnidesk.services.sample import SampleAnswer, SampleEvent, SampleFollowUp, SampleMailing, SampleReturn, ties
from alumnidesk.services.sample.searches import saved_searches
from alumnidesk.services.settings import Settings
from alumnidesk.storage.database import Database, Transaction

DEFAULT_SIZE = 240
_BATCH = 2000
_EVENT_COLUMNS = tuple(field.name for field in fields(EventCard) if field.name != "id")
_FOLLOW_UP = ("contact_id", "kind", "written_at", "due_on", "text")
_NOTES_ALONE = 12
"""So many of the last notes have a step of their own in the history; the older ones share one."""


@dataclass(frozen=True, slots=True)
class _Deed:
    """One step of the invented history."""

    at: str
    """ISO date and time, UTC."""
    label: Message
    write: Callable[[Transaction], None]


class Sampling:
    """Makes sample data."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def fill(
        self,
        n: int = DEFAULT_SIZE,
        *,
        seed: int = 1,
        language: str = "de",
        today: dt.date | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Write `n` invented contacts with events, notes and letters around `today` into a file without contacts.

        The same `n`, `seed`, `language` and `today` give the same people. Raises Refused if there are contacts
        already, Cancelled.
        """
        if self._database.rows("SELECT 1 FROM contact LIMIT 1"):
            raise Refused(
                say("There are contacts in this file already."),
                say("Sample data goes into a new file of its own, so that nothing is mixed up."),
            )
        if language not in LANGUAGES:
            language = "en"
        association = sample.association(language)
        Settings(self._database).save(association)
        Letters(self._database).add_ready_templates(language)
        with collector_paused():
            _Story(self._database, association, n, seed, language, today or dt.date.today(), progress).write()


class _Story:
    """The steps by which an office would have entered it all, the oldest first."""

    def __init__(
        self,
        database: Database,
        association: Association,
        n: int,
        seed: int,
        language: str,
        today: dt.date,
        progress: Progress | None,
    ) -> None:
        self._database = database
        self._association = association
        self._n, self._seed, self._language, self._today = n, seed, language, today
        self._progress = progress or Progress()
        self._first = 0
        """Id of the sample's first contact; the others follow without a gap."""
        self._known: list[ContactCard] = []
        """The people of the story, who come to events and get letters."""

    def write(self) -> None:
        arguments = (self._n, self._seed, self._today, self._language)
        events = sample.events(*arguments)
        about = {event.card.starts_on: event.card for event in events}
        deeds = [self._event_deed(event) for event in events]
        deeds += [self._mailing_deed(mailing, about.get(mailing.about)) for mailing in sample.mailings(*arguments)]
        deeds += self._note_deeds(sample.notes(*arguments))
        deeds += self._answers_deeds(sample.answers(*arguments))
        deeds += [self._follow_up_deed(each) for each in sample.follow_ups(*arguments)]
        if (came_back := sample.returned(*arguments)) is not None:
            deeds.append(self._returned_deed(came_back))
        begun = min((deed.at for deed in deeds), default=f"{self._today.isoformat()}T08:00:00Z")
        begin = _moment(dt.date.fromisoformat(begun[:10]) - dt.timedelta(days=40), 8)
        author, self._database.author = self._database.author, self._association.contact_person
        try:
            self._write(deeds, begin)
        finally:
            self._database.author = author

    def _write(self, deeds: list[_Deed], begin: str) -> None:
        first = _Deed(begin, say_n("{n} contact added", "{n} contacts added", self._n), self._write_people)
        last = 0
        for deed in (first, *sorted(deeds, key=lambda deed: deed.at)):
            with self._database.writing(deed.label, progress=self._progress) as transaction:
                deed.write(transaction)
                transaction.execute("UPDATE changeset SET made_at = ? WHERE id > ?", (deed.at, last))
                last = transaction.changeset

    # People ------------------------------------------------------------------------------------------------------

    def _write_people(self, transaction: Transaction) -> None:
        self._write_units(transaction)
        people = sample.people(self._n, self._seed, self._today, self._language)
        self._progress.begin(say_n("Inventing {n} contact …", "Inventing {n} contacts …", self._n), self._n)
        while batch := list(islice(people, _BATCH)):
            if not self._first:
                batch = self._in_households(transaction, batch)
                self._write_own_fields(transaction)
                batch = sample.filled_in(batch, self._seed, self._language)
            ids = cards.insert(transaction, batch)
            if not self._first:
                self._first = ids[0]
                self._relate(transaction, batch)
                self._group_tags(transaction)
                self._save_searches(transaction)
            self._known += batch[: max(0, sample.STORY - len(self._known))]
            self._progress.advance(len(batch))

    def _in_households(self, transaction: Transaction, people: list[ContactCard]) -> list[ContactCard]:
        people = ties.with_shared_addresses(people)
        if members := ties.household(people):
            number = transaction.allocate("household", 1)
            uid = str(uuid.uuid5(uuid.NAMESPACE_URL, f"alumnidesk:sample:{self._seed}:household"))
            transaction.insert_many("household", ("id", "uid"), [(number, uid)])
            for place in members:
                people[place] = replace(people[place], household_id=number)
        return people

    def _write_own_fields(self, transaction: Transaction) -> None:
        rows = [
            (
                str(uuid.uuid5(uuid.NAMESPACE_URL, f"alumnidesk:sample:{self._seed}:{field.name}")), field.name,
                field.kind, "\n".join(field.values) if field.kind == OwnKind.CHOICE else "", place,
            )
            for place, field in enumerate(sample.own_fields(self._language))
        ]  # fmt: skip
        _insert(transaction, "own_field", ("uid", "name", "kind", "choices", "position"), rows)

    def _group_tags(self, transaction: Transaction) -> None:
        name, tags = sample.tag_group(self._language)
        number = transaction.allocate("tag_group", 1)
        transaction.insert_many("tag_group", ("id", "name"), [(number, name)])
        for tag in tags:
            transaction.execute("UPDATE tag SET group_id = ? WHERE name = ?", (number, tag))

    def _save_searches(self, transaction: Transaction) -> None:
        rows = [
            (str(uuid.uuid5(uuid.NAMESPACE_URL, f"alumnidesk:sample:{self._seed}:{name}")), name, query)
            for name, query in saved_searches(self._today, self._language)
        ]
        _insert(transaction, "segment", ("uid", "name", "query"), rows)

    def _relate(self, transaction: Transaction, people: list[ContactCard]) -> None:
        relations = ties.relationships(people, self._language)
        known = dict(transaction.execute("SELECT key, id FROM relationship_kind").fetchall())
        for kind in dict.fromkeys(relation.kind for relation in relations):
            if kind not in known:
                known[kind] = transaction.insert_unwatched("relationship_kind", {"key": kind})
        rows = [(self._first + r.first, self._first + r.second, known[r.kind], r.began, r.position) for r in relations]
        _insert(transaction, "relationship", ("contact_id", "other_id", "kind_id", "began", "position"), rows)

    def _write_units(self, transaction: Transaction) -> None:
        units = sample.units(self._language)
        first = transaction.allocate("unit", len(units))
        ids = {name: first + index for index, (name, _, _) in enumerate(units)}
        rows = [(ids[name], ids.get(parent or ""), name, kind) for name, parent, kind in units]
        transaction.insert_many("unit", ("id", "parent_id", "name", "kind"), rows)

    # Events, notes, letters --------------------------------------------------------------------------------------

    def _event_deed(self, event: SampleEvent) -> _Deed:
        answers = [answered for _, _, _, answered in event.participants if answered]
        day = min([event.card.starts_on or self._today.isoformat(), self._today.isoformat(), *answers])
        listed_at = _moment(dt.date.fromisoformat(day) - dt.timedelta(days=3), 9)

        def write(transaction: Transaction) -> None:
            number = transaction.allocate("event", 1)
            row = (number, *(getattr(event.card, name) for name in _EVENT_COLUMNS))
            transaction.insert_many("event", ("id", *_EVENT_COLUMNS), [row])
            rows = [
                (number, self._first + index, state, companions, answered, listed_at)
                for index, state, companions, answered in event.participants
            ]
            columns = ("event_id", "contact_id", "state", "companions", "answered_on", "listed_at")
            _insert(transaction, "participation", columns, rows)

        return _Deed(listed_at, say("Event “{title}” added", title=event.card.title), write)

    def _note_deeds(self, notes: list[tuple[int, str, str]]) -> list[_Deed]:
        older, last = notes[:-_NOTES_ALONE], notes[-_NOTES_ALONE:]
        groups = [older, *([note] for note in last)]
        return [self._notes_deed(group) for group in groups if group]

    def _notes_deed(self, notes: list[tuple[int, str, str]]) -> _Deed:
        stored = [(index, at.replace("+00:00", "Z"), text) for index, at, text in notes]

        def write(transaction: Transaction) -> None:
            rows = [(self._first + index, at, text) for index, at, text in stored]
            _insert(transaction, "note", ("contact_id", "written_at", "text"), rows)
            if len(notes) == 1:
                transaction.label = say("Note about {name} added", name=self._known[notes[0][0]].name)

        return _Deed(stored[-1][1], say_n("{n} note added", "{n} notes added", len(notes)), write)

    def _follow_up_deed(self, planned: SampleFollowUp) -> _Deed:
        def write(transaction: Transaction) -> None:
            row = (self._first + planned.index, planned.kind, planned.noted_at, planned.due_on, planned.text)
            _insert(transaction, "note", _FOLLOW_UP, [row])
            transaction.label = say("Note about {name} added", name=self._known[planned.index].name)

        return _Deed(planned.noted_at, say_n("{n} note added", "{n} notes added", 1), write)

    def _returned_deed(self, came_back: SampleReturn) -> _Deed:
        def write(transaction: Transaction) -> None:
            card, contact = self._known[came_back.index], self._first + came_back.index
            transaction.execute(
                "UPDATE address SET undeliverable_since = ? WHERE contact_id = ?", (came_back.since, contact)
            )
            text = place_line(card.addresses[0])
            _insert(transaction, "note", _FOLLOW_UP, [(contact, SEARCH, came_back.noted_at, came_back.due_on, text)])
            transaction.label = say("Letters to {name} come back", name=card.name)

        return _Deed(came_back.noted_at, say_n("{n} note added", "{n} notes added", 1), write)

    def _answers_deeds(self, answers: list[SampleAnswer]) -> list[_Deed]:
        """Each bundle of forms was entered on the day on which it came."""
        days = sorted({answer.on for answer in answers})
        return [self._answers_deed([answer for answer in answers if answer.on == day]) for day in days]

    def _answers_deed(self, answers: list[SampleAnswer]) -> _Deed:
        language = Language(self._association.language)
        wordings = {purpose.key: language(purpose.wording) for purpose in KNOWN}

        def write(transaction: Transaction) -> None:
            ids = Purposes.ids(transaction)
            rows = [
                (self._first + a.index, ids[a.purpose], a.channel, a.answer, a.on, a.source,
                 wordings[a.purpose] if a.answer == YES else "")
                for a in answers
            ]  # fmt: skip
            columns = ("contact_id", "purpose_id", "channel", "answer", "given_on", "source", "wording")
            _insert(transaction, "consent", columns, rows)

        label = say_n("{n} answer noted", "{n} answers noted", len(answers))
        return _Deed(_moment(dt.date.fromisoformat(answers[0].on), 13), label, write)

    def _mailing_deed(self, mailing: SampleMailing, event: EventCard | None) -> _Deed:
        at = _moment(dt.date.fromisoformat(mailing.sent_on), 11)
        n = len(mailing.recipients)

        def write(transaction: Transaction) -> None:
            uid = str(uuid.uuid5(uuid.NAMESPACE_URL, f"alumnidesk:sample:{self._seed}:{mailing.subject}"))
            whom = [replace(self._known[index], id=self._first + index) for index in mailing.recipients]
            sampling_letters.write(transaction, mailing, whom, self._association, event=event, uid=uid, at=at)

        label = say_n("{n} letter printed: {title}", "{n} letters printed: {title}", n, title=mailing.subject)
        return _Deed(at, label, write)


def _insert(
    transaction: Transaction, table: str, columns: tuple[str, ...], rows: Iterable[tuple[str | int, ...]]
) -> None:
    """New rows with the ids that come next."""
    numbered = list(rows)
    if numbered:
        first = transaction.allocate(table, len(numbered))
        transaction.insert_many(table, ("id", *columns), ((first + i, *row) for i, row in enumerate(numbered)))


def _moment(day: dt.date, hour: int) -> str:
    return f"{day.isoformat()}T{hour:02}:05:00Z"
