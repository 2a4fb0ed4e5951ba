"""Contacts through a real desk: what is saved is there, what is taken back is as it was."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, EventCard, Foreign, Link, OwnValue, Phone
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.services import cards

FULL = ContactCard(
    uid="5a0f1c0e-0000-4000-8000-000000000001",
    title="Dr.",
    given_name="Anna",
    additional_names="Maria",
    name_particle="von der",
    family_name="Müller",
    suffix="jun.",
    birth_name="Klein",
    former_names="Groß, Lang",
    call_name="Anni",
    organisation="Nordbo Snickeri AB",
    department="Einkauf",
    position="Leiterin",
    gender_form="f",
    salutation_mode="formal",
    own_salutation="Liebe Anni,",
    own_address_name="Frau Dr. Müller",
    language="de",
    birth_date="1975-03",
    deceased=True,
    deceased_on="2025",
    no_post=True,
    no_email=True,
    no_phone=True,
    remark="<b>isst</b> kein Fleisch\nund tanzt",
    emails=(
        Email("anna@mail.example", "home", True),
        Email("a.mueller@post.example", "work", undeliverable_since="2026-03-01"),
    ),
    phones=(Phone("+49 40 66969-123", "mobile", True),),
    addresses=(
        Address("Lindenweg", "14", "Hinterhaus", "", "22767", "Hamburg", "", "DE", "Klein", "home", True),
        Address(po_box="Postfach 12", postcode="24937", town="Flensburg", label="work", undeliverable_since="2025"),
    ),
    links=(Link("https://mueller.example", "home"),),
    affiliations=(Affiliation("Lindenhof", "participant", "Kurs 12 B", 1997, 1998, "Diplom", "1997-09", "1998"),),
    tags=("Mentor", "Donor"),
    own=(OwnValue("Instrument", "Oboe"), OwnValue("Shirt", "M")),
    foreign=(Foreign("vcard", "X-SPORT", "X-SPORT:Rudern"),),
)


def bare(card: ContactCard) -> ContactCard:
    """The card without the ids that the file gave it."""
    parts = {p.attribute: tuple(replace(x, id=None) for x in getattr(card, p.attribute)) for p in cards.PARTS}
    return replace(card, id=None, **parts)


def test_every_field_of_a_contact_is_kept(desk: Desk) -> None:
    for field in fields(ContactCard):  # the example leaves nothing at its default, so a forgotten field shows
        if field.name not in ("id", "kind", "binned", "household_id", "photo"):
            assert getattr(FULL, field.name) != field.default, field.name
    assert bare(desk.contacts.add(FULL)) == FULL


def test_a_correction_is_saved_and_taken_back(desk: Desk) -> None:
    before = desk.contacts.add(FULL)
    moved = replace(before.addresses[0], street="Am Kai", house_number="3", postcode="24103", town="Kiel")
    after = desk.contacts.save(before, replace(before, addresses=(moved, before.addresses[1])))
    assert after.addresses == (moved, before.addresses[1])
    assert [line.town for line in desk.find.lines(desk.find.contacts("muller").ids)] == ["Kiel"]
    desk.history.undo()
    assert desk.contacts.card(before.id or 0) == before
    assert list(desk.find.contacts("kiel").ids) == []
    desk.history.redo()
    assert desk.contacts.card(before.id or 0) == after


def test_parts_can_be_added_reordered_and_removed_in_one_step(desk: Desk) -> None:
    before = desk.contacts.add(FULL)
    after = replace(
        before,
        emails=(before.emails[1], Email("neu@mail.example")),
        phones=(),
        tags=("Donor", "Speaker"),
        affiliations=(replace(before.affiliations[0], unit="Regionalgruppe Nord"),),
    )
    saved = desk.contacts.save(before, after)
    assert [e.address for e in saved.emails] == ["a.mueller@post.example", "neu@mail.example"]
    assert (saved.phones, saved.tags, saved.affiliations[0].unit) == ((), ("Donor", "Speaker"), "Regionalgruppe Nord")
    desk.history.undo()
    assert desk.contacts.card(before.id or 0) == before


def test_two_people_at_two_fields_do_not_overwrite_each_other(desk: Desk) -> None:
    shown = desk.contacts.add(FULL)
    desk.contacts.save(shown, replace(shown, remark="von der einen Seite"))
    saved = desk.contacts.save(shown, replace(shown, position="von der anderen"))
    assert (saved.remark, saved.position) == ("von der einen Seite", "von der anderen")
    with pytest.raises(Refused, match="changed elsewhere"):
        desk.contacts.save(shown, replace(shown, remark="gegen die erste"))
    assert desk.contacts.card(shown.id or 0).remark == "von der einen Seite"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"birth_date": "31.02.1999"}, "birth_date"),
        ({"emails": (Email("anna at home"),)}, "emails"),
        ({"emails": (Email("a@b.example\nBcc: x@y.example"),)}, "emails"),
        ({"phones": (Phone("unbekannt"),)}, "phones"),
    ],
)
def test_what_cannot_be_saved_is_said_at_its_field(desk: Desk, change: dict[str, object], field: str) -> None:
    before = desk.contacts.add(FULL)
    with pytest.raises(InvalidInput) as refused:
        desk.contacts.save(before, replace(before, **change))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert desk.contacts.card(before.id or 0) == before


def test_a_contact_without_any_name_is_not_saved(desk: Desk) -> None:
    with pytest.raises(InvalidInput) as refused:
        desk.contacts.add(ContactCard())
    assert refused.value.field == "family_name"
    assert desk.history.next_undo() is None


def test_the_bin_keeps_everything(desk: Desk) -> None:
    card = desk.contacts.add(FULL)
    number = card.id or 0
    assert desk.contacts.delete([number]) == 1
    assert list(desk.find.contacts().ids) == []
    assert desk.bin.contacts() == [number]
    assert desk.contacts.card(number) == replace(card, binned=True)
    assert desk.contacts.delete([number]) == 0
    assert desk.contacts.restore([number]) == 1
    assert desk.contacts.card(number) == card
    assert list(desk.find.contacts("mentor").ids) == [number]


def test_a_tag_is_given_to_many_in_one_step(desk: Desk) -> None:
    numbers = [desk.contacts.add(ContactCard(family_name=f"Person {i}")).id or 0 for i in range(5)]
    assert desk.contacts.tag(numbers, "  Chor  2026 ") == 5
    assert desk.contacts.tag(numbers, "Chor 2026") == 0
    assert list(desk.find.contacts("chor").ids) == numbers
    desk.history.undo()
    assert list(desk.find.contacts("chor").ids) == []
    assert desk.contacts.tags() == []


def test_the_timeline_tells_what_happened(desk: Desk) -> None:
    card = desk.contacts.add(FULL)
    number = card.id or 0
    desk.notes.add(number, "Ruft im März wieder an.")
    event = desk.events.add(EventCard(title="Ehemaligentreffen", starts_on="2026-12-12"))
    desk.events.invite(event.id or 0, [number])
    desk.contacts.save(card, replace(card, addresses=()))
    entries = desk.contacts.timeline(number)
    assert {entry.kind for entry in entries} == {"note", "event", "change"}
    assert "Ruft im März wieder an." in [str(entry.detail) for entry in entries]
    assert "Addresses of Anna von der Müller changed" in [str(entry.title) for entry in entries]


def test_everything_is_there_after_closing_and_opening(tmp_path: Path) -> None:
    path = tmp_path / "a.alumnidesk"
    desk = Desk.create(path)
    card = desk.contacts.add(FULL)
    desk.close(backup=False)
    desk = Desk.open(path)
    try:
        assert desk.contacts.card(card.id or 0) == card
        desk.history.undo()
        assert list(desk.find.contacts().ids) == []
    finally:
        desk.close(backup=False)


@pytest.mark.parametrize(("before", "after"), [("1067", "01067"), ("461", "0461"), ("7", "7.0"), ("5", "+5")])
def test_a_text_that_is_the_same_number_is_another_text(desk: Desk, before: str, after: str) -> None:
    written = [Address("Am Kai", text, postcode=text, town="Dresden") for text in (before, after)]
    card = desk.contacts.add(ContactCard(given_name="Anna", addresses=(written[0],), phones=(Phone(before),)))
    address, phone = (
        replace(card.addresses[0], house_number=after, postcode=after),
        replace(card.phones[0], number=after),
    )
    saved = desk.contacts.save(card, replace(card, addresses=(address,), phones=(phone,)))
    assert (bare(saved).addresses, bare(saved).phones) == ((written[1],), (Phone(after),))
    assert desk.check() == [], "the search knows it"
    desk.history.undo()
    assert desk.contacts.card(saved.id or 0) == card
    assert desk.check() == []
