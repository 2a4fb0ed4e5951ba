"""What the history tells about each deed, and taking back a deed together with those that build on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, ContactCard, Email, EventCard, LetterText, TemplateCard
from alumnidesk.domain.consent import EMAIL, YES, Rule, Sending
from alumnidesk.domain.happened import DeedDetails
from alumnidesk.errors import Refused
from alumnidesk.i18n import Language, say
from alumnidesk.services import cards
from alumnidesk.storage.database import Database

ANNA = ContactCard(given_name="Anna", family_name="Müller", gender_form="f", emails=(Email("anna@mail.example"),))


def told(details: DeedDetails) -> list[tuple[str, str, str, str]]:
    return [(line.subject, str(line.field), str(line.before), str(line.after)) for line in details.lines]


def newest(desk: Desk) -> int:
    return desk.history.entries(limit=1)[0].id


def test_a_corrected_address_is_told_with_what_stood_there_before(desk: Desk) -> None:
    card = desk.contacts.add(replace(ANNA, addresses=(Address(street="Am Kai 3", postcode="24103", town="Kiel"),)))
    moved = replace(card.addresses[0], street="Lindenweg 14", town="Hamburg")
    desk.contacts.save(card, replace(card, addresses=(moved,)))
    assert told(desk.history.details(newest(desk))) == [
        ("Anna Müller", "Street", "Am Kai 3", "Lindenweg 14"),
        ("Anna Müller", "Town", "Kiel", "Hamburg"),
    ]


def test_choices_and_flags_are_told_in_words(desk: Desk) -> None:
    card = desk.contacts.add(ANNA)
    desk.contacts.save(card, replace(card, gender_form="m", no_post=True, position="Chair", language="sv"))
    lines = {(field, before, after) for _, field, before, after in told(desk.history.details(newest(desk)))}
    assert lines == {
        ("Form of address", "Ms", "Mr"), ("No letters", "no", "yes"), ("Language", "", "Svenska"),
        ("Position", "", "Chair"),
    }  # fmt: skip


def test_a_new_contact_is_told_with_its_values_as_they_were_then(desk: Desk) -> None:
    card = desk.contacts.add(ANNA)
    deed = newest(desk)
    desk.contacts.save(card, replace(card, family_name="Schmidt", emails=()))
    lines = told(desk.history.details(deed))
    assert ("Anna Müller", "Last name", "", "Müller") in lines
    assert ("Anna Müller", "E-mail", "", "anna@mail.example") in lines
    desk.history.undo()
    desk.history.undo()
    assert told(desk.history.details(deed)) == lines


def test_many_new_contacts_are_counted_and_the_first_hundred_named(desk: Desk) -> None:
    people = [replace(ANNA, uid=f"u{i}", family_name=f"Müller {i:03}") for i in range(250)]
    database: Database = desk.contacts._database
    with database.writing(say("250 contacts imported")) as transaction:
        cards.insert(transaction, people)
    details = desk.history.details(newest(desk))
    assert [str(count) for count in details.counts] == ["250 contacts added", "250 e-mail addresses added"]
    assert [line[0] for line in told(details)] == [f"Anna Müller {i:03}" for i in range(100)]
    assert details.more == 150


def test_answers_and_lists_of_events_name_people_and_events(desk: Desk) -> None:
    contact = desk.contacts.add(ANNA).id or 0
    event = desk.events.add(EventCard(title="Reunion", starts_on="2026-12-12")).id or 0
    assert ("Reunion", "Begins on", "", "12 December 2026") in told(desk.history.details(newest(desk)))
    desk.events.invite(event, [contact])
    assert told(desk.history.details(newest(desk))) == [("Anna Müller", "Event", "", "Reunion")]
    desk.events.answer([desk.events.roster(event)[0].id], "coming")
    assert ("Anna Müller", "Answer", "Invited", "Said yes") in told(desk.history.details(newest(desk)))


def test_settings_are_told_by_their_labels_and_pictures_not_spelled_out(desk: Desk) -> None:
    before = desk.settings.association()
    desk.settings.save(replace(before, phone="040 66969", bank=("Bank", "DE02"), logo=b"x" * 4000))
    lines = told(desk.history.details(newest(desk)))
    assert set(lines) == {("", "Phone", "", "040 66969"), ("", "Bank details", "", "Bank · DE02"),
                          ("", "Logo", "", "a picture")}  # fmt: skip


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("country", "AT", "Österreich"),
        ("language", "sv", "Svenska"),
        ("salutation_mode", "informal", "Persönlich, mit Vorname"),
        ("window", "us", "USA #9 (Fenster links)"),
        ("font", "sans", "Ohne Serifen, schlicht"),
        ("letterhead_and", "foot", "Unseren Fuß"),
    ],
)
def test_a_setting_that_is_kept_as_a_key_is_told_as_people_call_it(
    desk: Desk, setting: str, value: str, said: str
) -> None:
    desk.settings.save(replace(desk.settings.association(), **{setting: value}))
    (line,) = desk.history.details(newest(desk)).lines
    assert Language("de")(line.after) == said


def test_deeds_are_found_by_their_words_in_the_readers_language_and_by_their_author(desk: Desk) -> None:
    desk.author = "Ruth"
    desk.contacts.add(ANNA)
    desk.author = "Jan"
    desk.contacts.add(replace(ANNA, given_name="Bernd"))
    english = Language("en")
    assert len(desk.history.find("muller", english)) == 2
    assert [entry.made_by for entry in desk.history.find("ruth added", english)] == ["Ruth"]
    assert desk.history.find("nobody", english) == []


def test_an_old_deed_is_taken_back_together_with_all_that_builds_on_it(desk: Desk) -> None:
    card = desk.contacts.add(ANNA)
    first = newest(desk)
    event = desk.events.add(EventCard(title="Reunion")).id or 0
    desk.events.invite(event, [card.id or 0])
    desk.events.answer([desk.events.roster(event)[0].id], "coming")
    with pytest.raises(Refused):
        desk.history.undo(first)
    assert len(desk.history.in_the_way(first)) == 2
    assert desk.history.undo_with_later(first) == [first, first + 2, first + 3]
    assert desk.find.contacts().total == 0
    assert [line.title for line in desk.events.lines()] == ["Reunion"]


def test_nothing_is_taken_back_if_a_later_deed_is_final(desk: Desk) -> None:
    card = desk.contacts.add(ANNA)
    first = newest(desk)
    with desk.contacts._database.writing(say("File handed over")) as transaction:
        transaction.execute("UPDATE contact SET remark = 'x' WHERE id = ?", (card.id,))
        transaction.final = say("The bank has it already.")
    with pytest.raises(Refused, match="The bank has it already"):
        desk.history.undo_with_later(first)
    assert desk.find.contacts().total == 1


def test_answers_about_consent_are_told_with_purpose_way_day_and_source(desk: Desk) -> None:
    ids = [desk.contacts.add(replace(ANNA, family_name=name)).id or 0 for name in ("Müller", "Öz")]
    desk.consents.answer(ids, Sending("news", EMAIL), YES, on=dt.date(2026, 5, 1), source="Liste")
    details = desk.history.details(newest(desk))
    assert [str(count) for count in details.counts] == ["2 answers noted"]
    assert told(details) == [
        ("Anna Müller", "Consent", "", "News, by e-mail, yes, 1 May 2026, Liste"),
        ("Anna Öz", "Consent", "", "News, by e-mail, yes, 1 May 2026, Liste"),
    ]


def test_what_is_set_about_purposes_is_told_in_words(desk: Desk) -> None:
    own = desk.purposes.add("Chor")
    assert told(desk.history.details(newest(desk))) == [("Chor", "", "", "")]
    desk.purposes.set_rule(own.key, EMAIL, Rule.UNLESS_NO)
    ((_, field, before, after),) = told(desk.history.details(newest(desk)))
    assert (field, before) == ("When may it go out?", "")
    assert "E-mail: Unless somebody says no" in after
    desk.purposes.set_wording("news", "Ich lese gern.")
    assert told(desk.history.details(newest(desk))) == [("", "What people agree to", "", "Ich lese gern.")]


def test_a_letter_that_was_marked_up_is_told_in_its_plain_words(desk: Desk) -> None:
    text = LetterText("de", "Einladung", "Liebe {given_name}")
    card = desk.letters.save_template(TemplateCard(name="Fest", texts=(text,)))
    body = '<letter><p>Liebe <b>{given_name}</b> &amp; Co</p><p mark="bullet">Kaffee</p></letter>'
    desk.letters.save_template(replace(card, texts=(replace(text, body=body),)))
    assert ("Text", "Liebe {given_name}", "Liebe {given_name} & Co\n– Kaffee") in [
        line[1:] for line in told(desk.history.details(newest(desk)))
    ]
