"""What happened with a contact, newest first: notes, letters, events, answers about consent, changes of its data.

Each source is asked only for its newest entries, so that a contact with thousands of them is shown as quickly.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any

from alumnidesk.domain.cards import TimelineEntry
from alumnidesk.domain.notes import KINDS, MESSAGE
from alumnidesk.i18n import NOTHING, Message, say
from alumnidesk.services.consents import Consents
from alumnidesk.services.unit_paths import stored
from alumnidesk.storage import past
from alumnidesk.storage.database import Database

ALL, TALKS, WRITTEN, EVENTS, CHANGES = PARTS = ("all", "talks", "written", "events", "changes")
"""What one can look at alone: notes, calls and visits; letters and messages; events; changes and answers."""


def read(database: Database, contact: int, limit: int, part: str = ALL) -> list[TimelineEntry]:
    """The newest entries, at most `limit`. Raises ValueError for a part that there is not."""
    if part not in PARTS:
        raise ValueError(f"no part of a timeline: {part!r}")
    entries: list[TimelineEntry] = []
    if part in (ALL, TALKS, WRITTEN):
        entries += _notes(database, contact, limit, part)
    if part in (ALL, WRITTEN):
        entries += _letters(database, contact, limit)
    if part in (ALL, EVENTS):
        entries += _events(database, contact)
    if part in (ALL, CHANGES):
        entries += _changes(database, contact, limit)
        entries += Consents(database).timeline(contact)
    entries.sort(key=lambda entry: entry.on, reverse=True)
    return entries[:limit]


def _notes(database: Database, contact: int, limit: int, part: str) -> Iterator[TimelineEntry]:
    among = {ALL: "", TALKS: f"AND kind <> '{MESSAGE}' ", WRITTEN: f"AND kind = '{MESSAGE}' "}[part]
    for number, kind, written, due_on, done_at, text in database.rows(
        "SELECT id, kind, written_at, due_on, done_at, text FROM note WHERE contact_id = ? "
        f"{among}ORDER BY written_at DESC LIMIT ?",
        (contact, limit),
    ):
        yield TimelineEntry("note", written, note_title(kind, due_on, done_at), say("{text}", text=text), number)


def note_title(kind: str, due_on: str, done_at: str) -> Message:
    """What a note is, and what is to become of it."""
    if done_at:
        return say("{kind}, done", kind=KINDS[kind])
    if due_on:
        return say("{kind}, to follow up on {day}", kind=KINDS[kind], day=dt.date.fromisoformat(due_on))
    return KINDS[kind]


def _letters(database: Database, contact: int, limit: int) -> Iterator[TimelineEntry]:
    for number, made, title, state, letter, subject, channel, came_back_on in database.rows(
        "SELECT mailing.id, made_at, title, state, letter.id, subject, channel, came_back_on FROM letter "
        "JOIN mailing ON mailing.id = mailing_id WHERE contact_id = ? ORDER BY made_at DESC LIMIT ?",
        (contact, limit),
    ):
        detail = say("{title}", title=subject or title)
        yield TimelineEntry("letter", made, _LETTERS[channel, state], detail, number, letter)
        if came_back_on:
            yield TimelineEntry("letter", came_back_on, say("Letter came back"), detail, number, letter)


_LETTERS = {
    ("post", "produced"): say("Letter made"),
    ("post", "sent"): say("Letter sent"),
    ("email", "produced"): say("E-mail drafted"),
    ("email", "sent"): say("E-mail sent"),
}


_STATES = {
    "invited": say("Invited"),
    "coming": say("Said yes"),
    "declined": say("Said no"),
    "waitlist": say("On the waiting list"),
}


def _events(database: Database, contact: int) -> Iterator[TimelineEntry]:
    for event, title, starts, state, answered, listed in database.rows(
        "SELECT event.id, title, starts_on, state, answered_on, listed_at FROM participation "
        "JOIN event ON event.id = event_id WHERE contact_id = ?",
        (contact,),
    ):
        yield TimelineEntry("event", answered or starts or listed, _STATES[state], say("{title}", title=title), event)


# Changes -----------------------------------------------------------------------------------------------------------

_OF_RELATIONSHIPS = """
    SELECT changeset_id FROM change c JOIN (
        SELECT id FROM relationship WHERE contact_id = ?1 UNION SELECT id FROM relationship WHERE other_id = ?1
        UNION SELECT row_id FROM change WHERE table_name = 'relationship'
            AND ?1 IN (json_extract(before, '$.contact_id'), json_extract(before, '$.other_id'))
    ) r ON r.id BETWEEN c.row_id AND c.row_last WHERE c.table_name = 'relationship'
"""
"""Deeds on the relationships that a contact has or had, from whichever side."""
_HELD = """
    SELECT id FROM affiliation WHERE contact_id = ?1
    UNION SELECT row_id FROM change WHERE table_name = 'affiliation' AND contact_id = ?1
"""
"""The affiliations that a contact has or had."""
_NEW_AFFILIATIONS = f"""
    SELECT changeset_id FROM ({_HELD}) a JOIN change c ON a.id BETWEEN c.row_id AND c.row_last
    WHERE c.table_name = 'affiliation' AND c.before IS NULL
"""
"""Deeds that gave a contact an affiliation: new rows are noted without the contact."""
_AFFILIATIONS = f"""
    SELECT a.id, NULL, NULL FROM ({_HELD}) a JOIN change c ON a.id BETWEEN c.row_id AND c.row_last
    WHERE c.changeset_id = ?2 AND c.table_name = 'affiliation' AND c.before IS NULL
        AND NOT EXISTS (SELECT 1 FROM change m WHERE m.changeset_id = ?2 AND m.table_name = 'contact'
            AND m.before IS NULL AND ?1 BETWEEN m.row_id AND m.row_last)
    UNION ALL SELECT row_id, before, after FROM change
    WHERE changeset_id = ?2 AND table_name = 'affiliation' AND contact_id = ?1 AND before IS NOT NULL
"""
"""What a deed did to the affiliations of a contact, except those that came with the contact itself."""


def _changes(database: Database, contact: int, limit: int) -> Iterator[TimelineEntry]:
    for number, made, label, before in database.rows(
        "SELECT s.id, s.made_at, s.label, (SELECT before FROM change c WHERE c.changeset_id = s.id "
        "AND c.contact_id = ?1 AND before IS NOT NULL LIMIT 1) FROM changeset s "
        "WHERE s.undoes IS NULL AND s.reverted = 0 AND s.id IN (SELECT changeset_id FROM change "
        "WHERE contact_id = ?1 AND table_name NOT IN ('note', 'participation', 'letter', 'consent') "
        "UNION SELECT changeset_id FROM change WHERE table_name = 'contact' AND before IS NULL "
        "AND ?1 BETWEEN row_id AND row_last "
        f"UNION {_NEW_AFFILIATIONS} UNION {_OF_RELATIONSHIPS}) ORDER BY s.id DESC LIMIT ?2",
        (contact, limit),
    ):
        detail = _role_words(database, contact, number) or _before_words(before)
        yield TimelineEntry("change", made, Message.restored(json.loads(label)), detail, number)


def _role_words(database: Database, contact: int, changeset: int) -> Message | None:
    """What a deed did to the affiliations of a contact who was there before it; None if nothing."""
    told = []
    for number, before, after in database.rows(_AFFILIATIONS, (contact, changeset)):
        old: past.Row = json.loads(before or "{}")
        if before and not after:
            told.append(say("Not any more: {role}", role=_role(database, old)))
            continue
        held = database.ask(past.row_after, "affiliation", number, changeset)
        role, was = _role(database, held), _role(database, held | old)
        if held.get("ended") and old.get("ended") == "":
            told.append(say("Ended: {role}", role=role))
        elif not before:
            told.append(say("Now: {role}", role=role))
        elif role != was:
            told.append(say("Now: {role}; before: {old}", role=role, old=was))
    return _joined(told)


def _role(database: Database, row: past.Row) -> str:
    """What an affiliation says, shortest first: role, unit, programme, cohort."""
    unit = next((unit.called for unit in stored(database) if unit.id == row.get("unit_id")), "")
    values = (row.get("role"), unit, row.get("programme"), row.get("cohort_to"))
    return ", ".join(str(value) for value in values if value)


def _joined(told: Iterable[Message]) -> Message | None:
    whole: Message | None = None
    for one in told:
        whole = one if whole is None else say("{first}; {second}", first=whole, second=one)
    return whole


def _before_words(before: str | None) -> Message:
    """What a changed row held before, for the second line of a change in the timeline."""
    if not before:
        return NOTHING
    hidden = {"id", "uid", "contact_id", "position", "binned_at", "household_id", "other_id", "kind_id"}
    row: dict[str, Any] = json.loads(before)
    values = [str(value) for key, value in row.items() if key not in hidden and value not in ("", None, 0, 1)]
    return say("Before: {values}", values=", ".join(values)) if values else NOTHING
