"""Two contacts become one field by field: the sensible pick, and what else could be picked."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest

from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, OwnValue, Phone
from alumnidesk.domain.fields import BOOKKEEPING, FIELDS
from alumnidesk.domain.merging import FieldChoice, Pick, field_choices, merged
from alumnidesk.domain.own_fields import OwnField, OwnKind
from alumnidesk.i18n import Language, Message

KEEP = ContactCard(
    id=1,
    uid="a",
    given_name="ANNA",
    family_name="Müller",
    birth_date="1975",
    remark="Isst kein Fleisch.",
    former_names="Kolb",
    emails=(Email("anna@mail.example", preferred=True, id=1),),
    phones=(Phone("040 123456", id=1),),
    tags=("Mentor",),
    own=(OwnValue("Chorstimme", "Alt", id=1),),
)
OTHER = ContactCard(
    id=2,
    uid="b",
    given_name="Anna",
    family_name="Mueller-Lund",
    birth_date="1975-03-02",
    remark="Singt.",
    former_names="Lund, Kolb",
    deceased=True,
    no_post=True,
    emails=(Email("ANNA@mail.example", id=2), Email("a.lund@post.example", preferred=True, id=3)),
    addresses=(Address("Lindenweg 14", town="Hamburg", id=1),),
    affiliations=(Affiliation(programme="Kurs 12", id=1),),
    tags=("mentor", "Chor"),
    own=(OwnValue("Chorstimme", "Sopran", id=2), OwnValue("Instrument", "Oboe", id=3)),
    household_id=7,
    photo="abc",
)


def choice(key: str, keep: ContactCard = KEEP, other: ContactCard = OTHER) -> FieldChoice:
    return next(choice for choice in field_choices(keep, other) if choice.key == key)


def test_each_field_gets_its_sensible_value() -> None:
    one = merged(KEEP, OTHER)
    assert (one.id, one.uid, one.given_name, one.family_name, one.birth_date) == (
        1,
        "a",
        "Anna",
        "Müller",
        "1975-03-02",
    )
    assert one.remark == "Isst kein Fleisch.\nSingt."
    assert one.former_names == "Kolb, Lund"
    assert one.deceased
    assert one.no_post
    assert not one.no_email
    assert [(email.address, email.preferred) for email in one.emails] == [
        ("anna@mail.example", True),
        ("a.lund@post.example", False),
    ]
    assert one.phones == KEEP.phones
    assert one.addresses == OTHER.addresses
    assert one.affiliations == OTHER.affiliations
    assert one.tags == ("Mentor", "Chor")
    assert [(value.field, value.value) for value in one.own] == [("Chorstimme", "Alt"), ("Instrument", "Oboe")]
    assert (one.household_id, one.photo) == (7, "abc")


def test_nothing_is_offered_where_there_is_nothing_to_choose() -> None:
    assert choice("phones").picks == (Pick.OURS,)
    assert choice("addresses").picks == (Pick.THEIRS,)
    assert choice("family_name").picks == (Pick.OURS, Pick.THEIRS)
    assert choice("emails").picks == (Pick.BOTH, Pick.OURS, Pick.THEIRS)
    assert choice("deceased").pick is Pick.THEIRS
    assert "title" not in {choice.key for choice in field_choices(KEEP, OTHER)}


def test_another_value_can_be_picked() -> None:
    picks = {"family_name": Pick.THEIRS, "emails": Pick.THEIRS, "remark": Pick.OURS, "deceased": Pick.OURS}
    one = merged(KEEP, OTHER, picks)
    assert one.family_name == "Mueller-Lund"
    assert one.emails == OTHER.emails
    assert one.remark == KEEP.remark
    assert not one.deceased


def test_a_pick_that_is_not_offered_is_no_pick() -> None:
    with pytest.raises(ValueError, match="cannot be chosen"):
        merged(KEEP, OTHER, {"phones": Pick.THEIRS})
    with pytest.raises(ValueError, match="nothing to choose"):
        merged(KEEP, OTHER, {"uid": Pick.THEIRS})


def test_both_values_are_shown_in_words() -> None:
    shown = choice("emails")
    assert [list(map(str, side)) for side in (shown.ours, shown.theirs)] == [
        ["anna@mail.example"],
        ["ANNA@mail.example", "a.lund@post.example"],
    ]
    assert list(map(str, choice("birth_date").theirs)) == ["2 Mar 1975"]
    assert choice("title", KEEP, replace(OTHER, title="Dr.")).ours == ()


def test_each_reader_sees_dates_countries_and_own_values_as_they_write_them() -> None:
    own = (OwnField("Stays", OwnKind.YES_NO), OwnField("Since", OwnKind.DATE))
    card = ContactCard(
        birth_date="1975-03-02",
        language="de",
        addresses=(Address(street="Weg 1", town="Wien", country="AT"),),
        affiliations=(Affiliation(unit="Kurs", began="1998-09", ended="1999"),),
        own=(OwnValue("Stays", "1"), OwnValue("Since", "2001-02-03")),
    )
    choices = field_choices(card, ContactCard(), own)
    english, german = (
        {choice.key: [Language(code)(line) for line in choice.ours] for choice in choices} for code in ("en", "de")
    )
    assert german["birth_date"] == ["02.03.1975"]
    assert english["birth_date"] == ["2 Mar 1975"]
    assert german["addresses"] == ["Weg 1, Wien, Österreich"]
    assert german["affiliations"] == ["Kurs, 09.1998–1999"]
    assert german["own"] == ["Stays: ja", "Since: 03.02.2001"]
    assert english["language"] == ["Deutsch"]
    for choice in choices:  # a deed may name what it changed, and history keeps plain text
        assert all(Message.restored(json.loads(json.dumps(line.stored()))) for line in choice.ours)


def test_an_empty_contact_takes_over_everything_of_the_other() -> None:
    one = merged(ContactCard(id=1, uid="a"), OTHER)
    for field in fields(ContactCard):
        if field.name not in ("id", "uid", "binned"):
            assert getattr(one, field.name) == getattr(OTHER, field.name), field.name


def test_every_field_of_a_contact_is_merged_by_some_rule() -> None:
    assert {field.name for field in fields(ContactCard)} == {field.key for field in FIELDS} | BOOKKEEPING
