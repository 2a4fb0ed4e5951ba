"""Notes and follow-ups: written, due, done, opened again, moved, taken away; each step is undone."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace

import pytest

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Affiliation, ContactCard, EventCard
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import Language

ENGLISH = Language("en")
TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def anna(desk: Desk) -> int:
    return desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller")).id or 0


def test_a_note_becomes_a_follow_up_is_done_and_opened_again(desk: Desk, anna: int) -> None:
    plain = desk.notes.add(anna, "  Plays the <b>cello</b> \n", kind="visit")
    assert (desk.notes.note(plain).text, desk.notes.open()) == ("Plays the <b>cello</b>", [])
    desk.notes.change(plain, text="Plays the cello", kind="call", due_on="2026-11-19")
    assert desk.notes.count_due(TODAY) == 1
    desk.notes.finish(plain)
    assert (desk.notes.open(), desk.notes.count_due(TODAY)) == ([], 0)
    desk.notes.reopen(plain)
    (again,) = desk.notes.open()
    assert (again.name, again.kind, again.first_line, again.done_at) == ("Anna Müller", "call", "Plays the cello", "")
    desk.notes.finish(plain)
    desk.notes.change(plain, text="Plays the cello", kind="call", due_on="2026-12-01")  # another day: it is open again
    assert [note.due_on for note in desk.notes.open()] == ["2026-12-01"]
    desk.notes.delete(plain)
    with pytest.raises(Refused):
        desk.notes.note(plain)
    for _ in range(6):
        desk.history.undo()
    assert desk.notes.note(plain).text == "Plays the <b>cello</b>"
    labels = [ENGLISH(entry.label) for entry in desk.history.entries(limit=6)]
    assert labels == [
        "Note about Anna Müller deleted",
        "Note about Anna Müller changed",
        "Follow-up about Anna Müller done",
        "Follow-up about Anna Müller opened again",
        "Follow-up about Anna Müller done",
        "Note about Anna Müller changed",
    ]


def test_what_is_longest_overdue_comes_first_and_who_is_in_the_bin_is_not_called(desk: Desk, anna: int) -> None:
    gone = desk.contacts.add(ContactCard(family_name="Weg")).id or 0
    for contact, text, due in (
        (anna, "c", "2027-01-01"), (anna, "a", "2026-11-01"), (gone, "x", "2026-11-02"), (anna, "b", "2026-11-20"),
    ):  # fmt: skip
        desk.notes.add(contact, text, due_on=due)
    desk.contacts.delete([gone])
    assert [note.text for note in desk.notes.open()] == ["a", "b", "c"]
    assert [note.text for note in desk.notes.open(TODAY)] == ["a", "b"]
    assert desk.notes.count_due(TODAY) == 2


@pytest.mark.parametrize("due", ["2026", "2026-02-30", "31.02.", "tomorrow"])
def test_a_follow_up_is_due_on_a_whole_day_that_exists(desk: Desk, anna: int, due: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        desk.notes.add(anna, "Call", due_on=due)
    assert refused.value.field == "due_on"
    assert desk.notes.open() == []


def test_a_timeline_is_told_in_parts(desk: Desk, anna: int) -> None:
    for kind in ("note", "call", "message"):
        desk.notes.add(anna, kind, kind=kind)
    desk.notes.add(anna, "due", due_on="2026-12-03")
    event = desk.events.add(EventCard(title="Summer party", starts_on="2026-06-01"))
    desk.events.invite(event.id or 0, [anna])
    told = {
        part: [(entry.kind, ENGLISH(entry.detail)) for entry in desk.contacts.timeline(anna, part=part)]
        for part in ("talks", "written", "events", "changes", "all")
    }
    assert sorted(told["talks"]) == [("note", "call"), ("note", "due"), ("note", "note")]
    assert told["written"] == [("note", "message")]
    assert told["events"] == [("event", "Summer party")]
    assert [kind for kind, _ in told["changes"]] == ["change"]
    assert len(told["all"]) == 6
    titles = {ENGLISH(entry.title) for entry in desk.contacts.timeline(anna, part="talks")}
    assert titles == {"Note", "Call", "Note, to follow up on 3 December 2026"}


def test_changes_of_what_somebody_is_with_us_are_told_in_words(desk: Desk, anna: int) -> None:
    def save(*roles: Affiliation) -> ContactCard:
        card = desk.contacts.card(anna)
        return desk.contacts.save(card, replace(card, affiliations=roles))

    board = save(Affiliation("Haus", "Member")).affiliations[0]
    board = save(replace(board, role="Board")).affiliations[0]
    board = save(replace(board, ended="2026")).affiliations[0]
    save()
    assert [ENGLISH(entry.detail) for entry in desk.contacts.timeline(anna, part="changes")] == [
        "Not any more: Board, Haus",
        "Ended: Board, Haus",
        "Now: Board, Haus; before: Member, Haus",
        "Now: Member, Haus",
        "",
    ]


def test_a_long_timeline_is_read_quickly(desk: Desk, anna: int) -> None:
    with desk._database.writing(desk.history.entries()[0].label) as transaction:
        first = transaction.allocate("note", 2000)
        transaction.insert_many(
            "note",
            ("id", "contact_id", "kind", "written_at", "text"),
            [(first + i, anna, "call", f"2025-01-01T00:{i // 60:02}:{i % 60:02}+00:00", f"{i}") for i in range(2000)],
        )
    began = time.perf_counter()
    entries = desk.contacts.timeline(anna, limit=51)
    assert len(entries) == 51
    assert time.perf_counter() - began < 0.2
