"""A merge is taken back weeks later, around everything that was done since."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.integration.somebody_twice import AGAIN, twice

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard, Email, EventCard, Phone
from alumnidesk.errors import Refused
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.storage import indexing


@pytest.fixture
def pair(desk: Desk) -> tuple[int, int]:
    return twice(desk)


def merge(desk: Desk, keep: int, other: int) -> int:
    desk.merging.merge(keep, other)
    return desk.history.entries(limit=1)[0].id


def index_agrees(desk: Desk) -> bool:
    with desk._database.temporary_tables():
        return not indexing.disagrees(desk._database.connection, Progress())


def edit(desk: Desk, contact: int, **values: object) -> ContactCard:
    card = desk.contacts.card(contact)
    return desk.contacts.save(card, replace(card, **values))  # type: ignore[arg-type]


def test_later_corrections_stay_and_the_other_record_is_back(desk: Desk, pair: tuple[int, int]) -> None:
    keep, other = pair
    before = desk.contacts.card(keep), desk.contacts.card(other)
    merged = merge(desk, keep, other)
    card = desk.contacts.card(keep)
    ours = next(phone for phone in card.phones if phone.number == "040 123456")
    edit(desk, keep, phones=tuple(replace(p, number="040 999") if p == ours else p for p in card.phones), title="Dr.")
    desk.notes.add(keep, "Ruft wieder an.")
    desk.contacts.tag([keep], "Vorstand")
    desk.history.undo(merged)
    assert desk.contacts.card(other) == before[1]
    survivor = desk.contacts.card(keep)
    assert survivor.title == "Dr."
    assert [phone.number for phone in survivor.phones] == ["040 999"]
    assert survivor.tags == ("Mentor", "Vorstand")
    assert replace(survivor, title="", phones=before[0].phones, tags=("Mentor",)) == before[0]
    assert "Ruft wieder an." in [str(entry.detail) for entry in desk.contacts.timeline(keep)]
    assert list(desk.find.contacts("hamburg").ids) == [other]
    assert index_agrees(desk)


def test_a_value_that_came_from_the_other_record_goes_back_to_it_as_it_is_now(
    desk: Desk, pair: tuple[int, int]
) -> None:
    keep, other = pair
    merged = merge(desk, keep, other)
    (address,) = desk.contacts.card(keep).addresses
    edit(desk, keep, addresses=(replace(address, street="Am Kai 3"),))
    desk.history.undo(merged)
    assert [address.street for address in desk.contacts.card(other).addresses] == ["Am Kai 3"]
    assert desk.contacts.card(keep).addresses == ()


def test_a_value_that_both_have_changed_is_asked_for(desk: Desk, pair: tuple[int, int]) -> None:
    keep, other = pair
    merged = merge(desk, keep, other)
    edit(desk, keep, remark="Isst kein Fleisch.\nSingt im Alt.")
    with pytest.raises(Refused, match="only you know"):
        desk.history.undo(merged)
    with pytest.raises(Refused):
        desk.contacts.card(other)
    (conflict,) = desk.history.conflicts(merged)
    line = conflict.line
    assert (line.subject, str(line.field), str(line.before), str(line.after)) == (
        "Anna Müller", "Remark", "Isst kein Fleisch.", "Isst kein Fleisch.\nSingt im Alt.",
    )  # fmt: skip
    desk.history.undo(merged, put_back=())
    assert desk.contacts.card(keep).remark == "Isst kein Fleisch.\nSingt im Alt."
    assert desk.contacts.card(other).remark == "Singt."


def test_the_older_value_can_be_put_back(desk: Desk, pair: tuple[int, int]) -> None:
    keep, other = pair
    merged = merge(desk, keep, other)
    edit(desk, keep, remark="Anderes")
    desk.history.undo(merged, put_back=desk.history.conflicts(merged))
    assert desk.contacts.card(keep).remark == "Isst kein Fleisch."
    assert index_agrees(desk)


@pytest.mark.parametrize("back", [False, True])
def test_something_that_was_deleted_since_is_asked_for(desk: Desk, pair: tuple[int, int], back: bool) -> None:
    keep, other = pair
    merged = merge(desk, keep, other)
    edit(desk, keep, addresses=())
    (conflict,) = desk.history.conflicts(merged)
    assert str(conflict.line.before) == "Lindenweg 14, 22767, Hamburg"
    assert str(conflict.line.after) == ""
    assert conflict.line.subject == "Anna Mueller"
    desk.history.undo(merged, put_back=[conflict] if back else [])
    assert [address.town for address in desk.contacts.card(other).addresses] == (["Hamburg"] if back else [])
    assert desk.contacts.card(keep).addresses == ()
    assert index_agrees(desk)


def test_what_belonged_to_an_event_that_is_gone_stays_away(desk: Desk, pair: tuple[int, int]) -> None:
    keep, other = pair
    event = desk.events.add(EventCard(title="Treffen", starts_on="2026-12-12")).id or 0
    desk.events.invite(event, [keep, other])
    merged = merge(desk, keep, other)
    desk.events.delete(event)
    assert desk.history.conflicts(merged) == []
    desk.history.undo(merged)
    assert desk.contacts.card(other).family_name == "Mueller"


def test_answers_given_since_stay_with_the_survivor(desk: Desk, pair: tuple[int, int]) -> None:
    keep, other = pair
    event = desk.events.add(EventCard(title="Treffen", starts_on="2026-12-12")).id or 0
    desk.events.invite(event, [keep, other])
    merged = merge(desk, keep, other)
    (row,) = desk.events.roster(event)
    desk.events.answer([row.id], "coming")
    desk.history.undo(merged)
    assert {(row.contact_id, row.state) for row in desk.events.roster(event)} == {(keep, "coming"), (other, "invited")}


def test_a_merge_of_the_survivor_has_to_be_taken_back_first(desk: Desk, pair: tuple[int, int]) -> None:
    keep, other = pair
    first = merge(desk, keep, other)
    third = desk.contacts.add(ContactCard(given_name="Anna", family_name="Lund")).id or 0
    second = merge(desk, third, keep)
    with pytest.raises(Refused, match="merged with another one since"):
        desk.history.undo(first)
    desk.history.undo(second)
    desk.history.undo(first)
    assert desk.contacts.card(other).family_name == "Mueller"


def test_two_merges_into_one_are_taken_back_in_any_order(desk: Desk, pair: tuple[int, int]) -> None:
    keep, other = pair
    third = desk.contacts.add(replace(AGAIN, family_name="Lund", remark="")).id or 0
    before = [desk.contacts.card(number) for number in (keep, other, third)]
    first = merge(desk, keep, other)
    second = merge(desk, keep, third)
    desk.history.undo(first)
    assert desk.contacts.card(other) == before[1]
    desk.history.undo(second)
    assert [desk.contacts.card(number) for number in (keep, other, third)] == before
    assert index_agrees(desk)


def test_since_when_somebody_is_on_a_list_is_no_question(desk: Desk, pair: tuple[int, int]) -> None:
    keep, other = pair
    third = desk.contacts.add(replace(AGAIN, family_name="Lund", remark="")).id or 0
    event = desk.events.add(EventCard(title="Treffen", starts_on="2026-12-12")).id or 0
    desk.events.invite(event, [keep, other, third])
    with desk._database.writing(desk.history.entries(limit=1)[0].label) as transaction:
        transaction.execute("UPDATE participation SET listed_at = '2026-01-0' || (9 - contact_id) || 'T00:00:00Z'")
    first = merge(desk, keep, other)
    merge(desk, keep, third)
    assert desk.history.conflicts(first) == []
    desk.history.undo(first)
    assert [row.contact_id for row in desk.events.roster(event)] == [keep, other]


def test_taking_back_is_itself_taken_back(desk: Desk, pair: tuple[int, int]) -> None:
    keep, other = pair
    merged = merge(desk, keep, other)
    edit(desk, keep, title="Dr.", remark="Anderes")
    one = desk.contacts.card(keep)
    desk.history.undo(merged, put_back=desk.history.conflicts(merged))
    desk.history.redo(merged)
    assert desk.contacts.card(keep) == one
    with pytest.raises(Refused):
        desk.contacts.card(other)
    assert index_agrees(desk)
    desk.history.undo(merged)
    assert desk.contacts.card(other).family_name == "Mueller"


def test_the_history_tells_what_a_merge_did(desk: Desk, pair: tuple[int, int]) -> None:
    keep, other = pair
    told = {
        (line.subject, str(line.field), str(line.after))
        for line in desk.history.details(merge(desk, keep, other)).lines
    }
    assert ("Anna Mueller", "Merged", "") in told
    assert ("Anna Müller", "E-mail", "a.mueller@post.example") in told
    assert ("Anna Müller", "Date of birth", "2 Mar 1975") in told


# Whatever is done meanwhile ----------------------------------------------------------------------------------------

EDITS = st.lists(
    st.sampled_from(
        ["remark", "title", "birth_date", "first phone", "last phone", "new phone", "no phone", "first address",
         "no address", "tag", "untag", "note", "invite", "answer", "email", "last email", "family_name"]
    ),
    max_size=8,
)  # fmt: skip


def do(desk: Desk, keep: int, event: int, what: str, token: str) -> None:
    """One later edit of the survivor that leaves a word of its own."""
    card = desk.contacts.card(keep)
    phones, addresses, emails = card.phones, card.addresses, card.emails
    match what:
        case "remark" | "title" | "family_name":
            edit(desk, keep, **{what: token})
        case "birth_date":
            edit(desk, keep, birth_date=str(1900 + len(token)))
        case "first phone" if phones:
            edit(desk, keep, phones=(replace(phones[0], label=token), *phones[1:]))
        case "last phone" if phones:
            edit(desk, keep, phones=(*phones[:-1], replace(phones[-1], label=token)))
        case "new phone":
            edit(desk, keep, phones=(Phone("040 777", token), *phones))
        case "no phone":
            edit(desk, keep, phones=())
        case "first address" if addresses:
            edit(desk, keep, addresses=(replace(addresses[0], extra=token), *addresses[1:]))
        case "no address":
            edit(desk, keep, addresses=())
        case "tag":
            desk.contacts.tag([keep], token)
        case "untag":
            desk.contacts.untag([keep], "Chor")
        case "note":
            desk.notes.add(keep, token)
        case "invite":
            desk.events.invite(event, [keep])
        case "answer":
            for row in desk.events.roster(event):
                desk.events.change(row.id, remark=token)
        case "email":
            edit(desk, keep, emails=(*emails, Email(f"{token}@mail.example")))
        case "last email" if emails:
            edit(desk, keep, emails=(*emails[:-1], replace(emails[-1], label=token)))


def everything(desk: Desk) -> str:
    tables = ("contact", "email", "phone", "address", "tag", "contact_tag", "note", "participation")
    return repr([desk._database.rows(f"SELECT * FROM {table}") for table in tables])


@settings(max_examples=60, deadline=None)
@given(edits=EDITS, invited=st.sets(st.sampled_from([0, 1])), back=st.booleans())
def test_whatever_was_done_since_both_records_are_there_and_nothing_of_it_is_lost(
    edits: list[str], invited: set[int], back: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk.create(Path(folder) / "a.alumnidesk")
        try:
            _check(desk, edits, invited, back)
        finally:
            desk.close(backup=False)


def _check(desk: Desk, edits: list[str], invited: set[int], back: bool) -> None:
    keep, other = pair = twice(desk)
    event = desk.events.add(EventCard(title="Treffen", starts_on="2026-12-12")).id or 0
    desk.events.invite(event, [pair[place] for place in sorted(invited)])
    before = [desk.contacts.card(number) for number in pair]
    merged = merge(desk, keep, other)
    tokens = [f"token{place}x" for place in range(len(edits))]
    for what, token in zip(edits, tokens, strict=True):
        do(desk, keep, event, what, token)
    left = [token for token in tokens if token in everything(desk)]
    conflicts = desk.history.conflicts(merged)
    desk.history.undo(merged, put_back=conflicts if back else ())
    survivor, returned = (desk.contacts.card(number) for number in pair)
    told = everything(desk)
    given_up = repr([conflict.line.after for conflict in conflicts]) if back else ""
    assert [token for token in left if token not in told and token not in given_up] == []
    assert (returned.uid, returned.family_name, returned.remark) == (AGAIN.uid or returned.uid, "Mueller", "Singt.")
    assert returned.emails[0].address == "ANNA@mail.example"
    assert survivor.emails[0].address == "anna@mail.example"
    if not edits:
        assert [survivor, returned] == before
    assert index_agrees(desk)
    desk.history.redo(merged)
    assert [token for token in left if token not in everything(desk)] == []
    assert index_agrees(desk)


def test_a_contact_that_one_deed_made_and_deleted_does_not_come_back(desk: Desk) -> None:
    database = desk._database
    with database.writing(say("In and out")) as deed:
        first = deed.allocate("contact", 2)
        deed.insert_many("contact", ("id", "uid"), [(first, "a"), (first + 1, "b")])
        deed.execute("DELETE FROM contact WHERE id = ?", (first,))
    desk.history.undo(deed.changeset)
    assert database.rows("SELECT id FROM contact WHERE id >= ?", (first,)) == []
    assert index_agrees(desk)
