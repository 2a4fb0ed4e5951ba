"""The bin keeps what was deleted as long as it is told; what leaves it for good comes back through the history."""

from __future__ import annotations

import datetime as dt

import pytest

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, ContactCard, Email, EventCard
from alumnidesk.errors import Refused
from alumnidesk.i18n import Language

ENGLISH = Language("en")
IN_A_MONTH = dt.date.today() + dt.timedelta(days=32)


@pytest.fixture
def anna(desk: Desk) -> int:
    """A contact with much that hangs on it."""
    add = desk.contacts.add
    card = ContactCard(
        given_name="Anna",
        family_name="Müller",
        emails=(Email("anna@mail.example"),),
        addresses=(Address("Lindenweg", "14", postcode="22767", town="Hamburg"),),
        tags=("Mentor",),
    )
    anna = add(card).id or 0
    bernd = add(ContactCard(given_name="Bernd", family_name="Müller")).id or 0
    event = desk.events.add(EventCard(title="Reunion"))
    desk.events.invite(event.id or 0, [anna, bernd])
    desk.relationships.relate(anna, bernd, "spouse")
    desk.households.make([anna, bernd])
    desk.notes.add(anna, "Plays the cello")
    desk.notes.add(anna, "Call", due_on="2026-01-01")
    return anna


def test_what_is_old_in_the_bin_is_offered_and_never_goes_by_itself(desk: Desk, anna: int) -> None:
    today = dt.date.today()
    desk.contacts.delete([anna])
    assert (desk.bin.contacts(), desk.bin.days) == ([anna], 30)
    assert [desk.bin.old(today + dt.timedelta(days)) for days in (0, 29, 32)] == [[], [], [anna]]
    assert "bin" in [need.kind for need in desk.overview.picture(IN_A_MONTH).needs]
    desk.bin.keep_for(90)
    assert [desk.bin.old(today + dt.timedelta(days)) for days in (32, 92)] == [[], [anna]]
    desk.bin.keep_for(0)
    assert desk.bin.old(today + dt.timedelta(9999)) == []
    assert desk.bin.contacts() == [anna]
    with pytest.raises(ValueError, match="not a time"):
        desk.bin.keep_for(1)
    assert [ENGLISH(entry.label) for entry in desk.history.entries(limit=2)] == [
        "Days in the bin of the association changed"
    ] * 2


def test_what_goes_for_good_is_said_before_and_comes_back_to_the_letter(desk: Desk, anna: int) -> None:
    before = desk.contacts.card(anna)
    roster = desk.events.roster(desk.events.lines()[0].id)
    desk.contacts.delete([anna])
    leaving = desk.bin.leaving([anna])
    assert {ENGLISH(told) for told in leaving.with_them} == {"2 notes", "1 event", "1 relationship"}
    assert desk.bin.delete_for_good([anna]) == 1
    assert desk.bin.contacts() == []
    with pytest.raises(Refused):
        desk.contacts.card(anna)
    assert [p.name for p in desk.events.roster(desk.events.lines()[0].id)] == ["Bernd Müller"]
    entry = desk.history.entries(limit=1)[0]
    assert ENGLISH(entry.label) == "Anna Müller deleted for good"
    told = desk.history.details(entry.id)
    assert ("Anna Müller", "Deleted for good") in [(line.subject, ENGLISH(line.field)) for line in told.lines]
    assert desk.check() == []
    desk.history.undo()
    desk.history.undo()
    assert desk.contacts.card(anna) == before
    assert desk.events.roster(desk.events.lines()[0].id) == roster
    assert len([e for e in desk.contacts.timeline(anna) if e.kind == "note"]) == 2
    desk.history.redo()
    desk.history.redo()
    with pytest.raises(Refused):
        desk.contacts.card(anna)


def test_the_last_of_a_household_takes_it_along(desk: Desk, anna: int) -> None:
    bernd = desk.find.contacts("bernd").ids[0]
    desk.contacts.delete([anna, bernd])
    assert desk.bin.delete_for_good([anna, bernd, anna]) == 2
    assert desk._database.rows("SELECT count(*) FROM household") == [(0,)]
    desk.history.undo()
    desk.history.undo()
    assert desk.contacts.card(anna).household_id == desk.contacts.card(bernd).household_id is not None


def test_only_what_lies_in_the_bin_goes_for_good(desk: Desk, anna: int) -> None:
    with pytest.raises(Refused):
        desk.bin.delete_for_good([anna])
    assert desk.bin.delete_for_good([]) == 0
    assert desk.contacts.card(anna).name == "Anna Müller"
