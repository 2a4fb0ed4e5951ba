"""What comes back: it is not used any more, somebody looks for the person, and it comes into use again."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, Phone
from alumnidesk.domain.merging import Pick
from alumnidesk.domain.returned import places_of
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import Language

ENGLISH = Language("en")
TODAY = dt.date(2026, 3, 20)
HOME = Address("Lindenweg", "14", postcode="22767", town="Hamburg", label="home", preferred=True)
WORK = Address("Am Kai", "3", postcode="24103", town="Kiel", label="work")


@pytest.fixture
def anna(desk: Desk) -> ContactCard:
    return desk.contacts.add(
        ContactCard(
            given_name="Anna",
            family_name="Müller",
            organisation="Nordbo AB",
            addresses=(HOME, WORK),
            emails=(Email("anna@mail.example", "home", True), Email("a.mueller@post.example", "work")),
            affiliations=(Affiliation("Haus", cohort_to=1998),),
        )
    )


def line(desk: Desk, query: str = "muller") -> tuple[str, str, tuple[str, ...]]:
    (found,) = desk.find.lines(desk.find.contacts(query).ids)
    return found.town, found.email, found.marks


def test_what_comes_back_is_not_used_any_more(desk: Desk, anna: ContactCard) -> None:
    number = anna.id or 0
    assert line(desk) == ("Hamburg", "anna@mail.example", ())
    marked = desk.contacts.mark_undeliverable(number, anna.addresses[0], "2026-03-03", today=TODAY)
    assert marked.addresses[0] == replace(anna.addresses[0], undeliverable_since="2026-03-03")
    assert marked.preferred_address == anna.addresses[1]
    desk.contacts.mark_undeliverable(number, anna.emails[0], today=TODAY)
    assert line(desk) == ("Kiel", "a.mueller@post.example", ())
    desk.contacts.mark_undeliverable(number, anna.addresses[1], today=TODAY)
    desk.contacts.mark_undeliverable(number, anna.emails[1], today=TODAY)
    assert line(desk) == ("", "", ("no_address", "no_email"))
    assert list(desk.find.contacts("reach:post").ids) == []
    assert list(desk.find.contacts("reach:email").ids) == []
    assert [line(desk, word)[0] for word in ("lindenweg", "anna@mail.example")] == ["", ""]  # it is still found by it
    assert desk.check() == []
    for _ in range(4):
        desk.history.undo()
    assert desk.contacts.card(number) == anna
    assert desk.notes.open() == []


def test_a_search_begins_and_is_done_when_the_place_works_again_or_is_corrected(desk: Desk, anna: ContactCard) -> None:
    number = anna.id or 0
    marked = desk.contacts.mark_undeliverable(number, anna.addresses[0], "2026", "The letter of January", today=TODAY)
    desk.contacts.mark_undeliverable(number, anna.emails[0], today=TODAY)
    assert [(note.kind, note.due_on, note.name, note.text) for note in desk.notes.open()] == [
        ("search", "2026-04-03", "Anna Müller", "Lindenweg 14, 22767 Hamburg\nThe letter of January"),
        ("search", "2026-04-03", "Anna Müller", "anna@mail.example"),
    ]
    desk.contacts.works_again(number, marked.addresses[0])
    assert [note.text for note in desk.notes.open()] == ["anna@mail.example"]
    now = desk.contacts.card(number)
    corrected = replace(now.emails[0], address="anna@neu.example")
    after = desk.contacts.save(now, replace(now, emails=(corrected, now.emails[1])))
    assert after.emails[0] == replace(corrected, undeliverable_since="")
    assert desk.notes.open() == []
    desk.history.undo()
    assert [note.text for note in desk.notes.open()] == ["anna@mail.example"]


def test_a_remark_at_the_address_does_not_take_the_mark_away(desk: Desk, anna: ContactCard) -> None:
    number = anna.id or 0
    now = desk.contacts.mark_undeliverable(number, anna.addresses[0], "2026-03-03", today=TODAY)
    labelled = replace(now.addresses[0], label="other")
    after = desk.contacts.save(now, replace(now, addresses=(labelled, now.addresses[1])))
    assert after.addresses[0].undeliverable_since == "2026-03-03"
    assert len(desk.notes.open()) == 1


def test_those_are_proposed_who_may_know_and_can_be_asked(desk: Desk, anna: ContactCard) -> None:
    number = anna.id or 0
    add = desk.contacts.add
    bernd = add(ContactCard(given_name="Bernd", family_name="Müller", phones=(Phone("040 1"),))).id or 0
    desk.households.make([number, bernd])
    mate = (Affiliation("Haus", cohort_to=1998),)
    add(ContactCard(given_name="Carla", family_name="Wied", affiliations=mate, emails=(Email("c@mail.example"),)))
    add(ContactCard(given_name="Dora", family_name="Stumm", affiliations=mate))
    add(ContactCard(given_name="Ede", family_name="Tot", affiliations=mate, deceased=True, addresses=(WORK,)))
    add(ContactCard(kind="organisation", organisation="Nordbo AB", addresses=(WORK,)))
    mentor = add(ContactCard(given_name="Fritz", family_name="Rat", addresses=(WORK,))).id or 0
    desk.relationships.relate(mentor, number, "mentor")
    assert [(one.name, ENGLISH(one.why)) for one in desk.contacts.whom_to_ask(number)] == [
        ("Bernd Müller", "same household"),
        ("Fritz Rat", "Mentor"),
        ("Nordbo AB", "Employer"),
        ("Carla Wied", "Haus, cohort of 1998"),
    ]


def test_what_is_no_date_and_what_is_gone_is_refused(desk: Desk, anna: ContactCard) -> None:
    number = anna.id or 0
    with pytest.raises(InvalidInput):
        desk.contacts.mark_undeliverable(number, anna.addresses[0], "31.02.", today=TODAY)
    desk.contacts.save(anna, replace(anna, addresses=(anna.addresses[1],)))
    with pytest.raises(Refused):
        desk.contacts.mark_undeliverable(number, anna.addresses[0], today=TODAY)


# What comes in from elsewhere ----------------------------------------------------------------------------------------


def marks(card: ContactCard) -> dict[str, str]:
    """Since when something comes back, by street and e-mail."""
    of_emails = {email.address.lower(): email.undeliverable_since for email in card.emails}
    return of_emails | {address.street: address.undeliverable_since for address in card.addresses}


def test_a_file_with_the_same_address_keeps_the_mark_and_a_new_address_has_none(
    desk: Desk, anna: ContactCard, tmp_path: Path
) -> None:
    number = anna.id or 0
    for place in (anna.addresses[0], anna.emails[0]):
        desk.contacts.mark_undeliverable(number, place, "2026-03", today=TODAY)
    source = tmp_path / "list.csv"
    head = "Vorname;Nachname;E-Mail;E-Mail 2;Straße;PLZ;Ort"
    for rest in ("A.Mueller@post.example;Lindenweg 14;22767;Hamburg", "anna@new.example;Neuer Weg 2;18055;Rostock"):
        source.write_text(f"{head}\nAnna;Müller;ANNA@mail.example;{rest}", encoding="utf-8")
        desk.importing.carry_out(desk.importing.preview(source))
    after = marks(desk.contacts.card(number))
    assert after["anna@mail.example"] == after["Lindenweg"] == "2026-03"
    assert after["anna@new.example"] == "" == next(since for place, since in after.items() if place.startswith("Neuer"))


@pytest.mark.parametrize("kind", ["csv", "vcard3", "vcard4", "xlsx"])
def test_a_file_of_ours_that_says_it_came_back_marks_our_same_address(
    desk: Desk, anna: ContactCard, tmp_path: Path, kind: str
) -> None:
    number = anna.id or 0
    marked = replace(
        anna,
        addresses=(replace(anna.addresses[0], undeliverable_since="2026-03-03"), anna.addresses[1]),
        emails=(anna.emails[0], replace(anna.emails[1], undeliverable_since="2025")),
    )
    target = tmp_path / f"out.{'vcf' if kind.startswith('v') else kind}"
    desk.contacts.save(anna, marked)
    desk.exporting.write(target, kind, [number])
    desk.history.undo()
    preview = desk.importing.preview(target)
    told = [ENGLISH(difference.new) for row in preview.rows for difference in row.differences]
    assert any(text.endswith("(returned since 2025)") for text in told), told
    desk.importing.carry_out(preview)
    after = desk.contacts.card(number)
    assert marks(after) == marks(marked)
    assert [place.id for place in places_of(after)] == [place.id for place in places_of(anna)]
    assert desk.importing.preview(target).rows[0].differences == ()
    desk.history.undo()
    assert desk.contacts.card(number) == anna


@pytest.mark.parametrize("pick", [None, Pick.OURS, Pick.THEIRS])
@pytest.mark.parametrize("ours", [True, False])
def test_a_merge_keeps_what_either_record_knows_to_have_come_back(
    desk: Desk, anna: ContactCard, ours: bool, pick: Pick | None
) -> None:
    moved = (replace(HOME, region="HH"), Address("Neu 1", town="Bonn"))
    emails = (Email("ANNA@mail.example"), Email("anna@new.example"))
    again = desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller", addresses=moved, emails=emails))
    known = anna if ours else again
    for place in (known.addresses[0], known.emails[0]):
        desk.contacts.mark_undeliverable(known.id or 0, place, "2026-03", today=TODAY)
    fields = desk.merging.plan(anna.id or 0, again.id or 0).fields
    picks = {of.key: pick for of in fields if of.key in ("emails", "addresses") and pick in of.picks} if pick else {}
    after = marks(desk.merging.merge(anna.id or 0, again.id or 0, picks))
    assert {place for place, since in after.items() if since} == {"anna@mail.example", "Lindenweg"}
    desk.history.undo()
    assert "" in marks(desk.contacts.card((again if ours else anna).id or 0)).values()
