"""A mailing after it went out: every letter as it was, and the one that comes back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from tests.integration.mailing_office import (
    ENGLISH,
    LINDENHOF,
    TEXTS,
    TODAY,
    add,
    drafts,
    job,
    person,
    pictures,
    produce,
)
from tests.printed_pages import opened, pages_of

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address
from alumnidesk.domain.consent import POST
from alumnidesk.domain.mailings import EMAIL_FIRST
from alumnidesk.domain.return_code import code
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import say

# The archive --------------------------------------------------------------------------------------------------------


def test_every_letter_can_be_made_again_as_it_was_whatever_has_changed_since(office: Desk, tmp_path: Path) -> None:
    people = add(office, *(person(n, mail=n == 3) for n in range(1, 4)))
    wanted = job(office, people, channels=EMAIL_FIRST)
    made = produce(office, wanted, tmp_path)
    looked = pictures(tmp_path / "letters.pdf")
    attached = next(drafts(tmp_path / "e-mails")[0].iter_attachments()).get_content()
    first = office.contacts.card(people[0])
    office.contacts.save(first, replace(first, family_name="Schmidt", addresses=()))
    office.contacts.delete([people[1]])
    office.settings.save(replace(LINDENHOF, name="Anders e. V.", signatory="Jemand", window="us10"))
    office.letters.delete_template(wanted.template or 0)
    letters = [office.contacts.timeline(contact)[-1] for contact in people]
    entries = [next(e for e in office.contacts.timeline(contact) if e.kind == "letter") for contact in people]
    assert letters
    again = [office.sent_letters.pdf(entry.letter) for entry in entries]
    assert pictures(again[0]) == looked[:1]
    assert pictures(again[1]) == looked[1:]
    assert pictures(again[2]) == pictures(attached)
    sent = office.sent_letters.letter(entries[0].letter)
    assert (sent.title, sent.channel, sent.first_page, sent.kept) == ("Einladung 2027", POST, 1, True)
    assert sent.address[-1] == "20001 Hamburg"
    assert office.mailings.line(made.mailing).kept


def test_pages_are_printed_again_as_they_were(office: Desk, tmp_path: Path) -> None:
    long = (replace(TEXTS[0], body="{salutation}\n\n" + "\n\n".join(f"Absatz {n}" for n in range(60))),)
    made = produce(office, job(office, add(office, *(person(n) for n in range(1, 6))), texts=long), tmp_path)
    looked = pictures(tmp_path / "letters.pdf")
    assert made.pages == len(looked) > 5
    assert office.sent_letters.reprint(made.mailing, "2-3, 5", tmp_path / "again.pdf") == 3
    assert pictures(tmp_path / "again.pdf") == [looked[1], looked[2], looked[4]]
    for wrong in ("0", "3-2", "x", "", f"1-{made.pages + 1}"):
        with pytest.raises(InvalidInput):
            office.sent_letters.reprint(made.mailing, wrong, tmp_path / "no.pdf")
    assert not (tmp_path / "no.pdf").exists()


def test_a_test_print_is_one_page(office: Desk) -> None:
    plan = office.mailings.plan(job(office, add(office, person(1), person(2))))
    (page,) = pages_of(office.mailings.test_page(plan))
    assert "Müller0001x" in page


def test_letters_from_before_they_were_kept_say_so(office: Desk, tmp_path: Path) -> None:
    (anna,) = add(office, person(1))
    made = produce(office, job(office, [anna]), tmp_path)
    with office._database.writing(say("As an upgraded file has it")) as transaction:
        transaction.execute("UPDATE mailing SET frozen = '{}', job = '{}', state = 'sent'")
        transaction.execute("UPDATE letter SET words = '{}'")
    assert not office.mailings.line(made.mailing).kept
    assert office.mailings.job(made.mailing).title == "Einladung 2027"
    entry = next(e for e in office.contacts.timeline(anna) if e.kind == "letter")
    assert ENGLISH(entry.title) == "Letter sent"
    assert not office.sent_letters.letter(entry.letter).kept
    with pytest.raises(Refused, match="before letters were kept"):
        office.sent_letters.pdf(entry.letter)


def test_the_letters_of_the_sample_can_be_looked_at(tmp_path: Path) -> None:
    desk = Desk.create_sample(tmp_path / "sample.alumnidesk", 60)
    try:
        for line in desk.mailings.all():
            first = desk.sent_letters.of(line.id)[0]
            (page,) = pages_of(desk.sent_letters.pdf(first.id))
            assert line.title in page
            assert desk.returned.find(code_on(page)).letter.contacts == (first.contact,)
    finally:
        desk.close(backup=False)


# What comes back ----------------------------------------------------------------------------------------------------


def code_on(page: str) -> str:
    return next(line for line in page.splitlines() if line.replace(" ", "").isdigit() and len(line) == 9)


def test_the_code_on_a_letter_leads_to_the_address_that_it_went_to(office: Desk, tmp_path: Path) -> None:
    anna, bea = add(office, person(1), person(2))
    produce(office, job(office, [anna, bea]), tmp_path)
    first, second = (code_on(page) for page in pages_of(tmp_path / "letters.pdf"))
    assert first != second
    found = office.returned.find(second.replace(" ", ""))
    assert found.letter.contacts == (bea,)
    assert found.in_use
    done = office.returned.came_back(second, today=TODAY)
    assert done.letter.came_back_on == "2026-11-22"
    assert office.contacts.card(bea).addresses[0].undeliverable_since == "2026-11-22"
    assert office.contacts.card(anna).addresses[0].undeliverable_since == ""
    (search,) = office.notes.open()
    assert "Weg0002x" in search.text
    assert office.mailings.all()[0].came_back == 1
    titles = [ENGLISH(entry.title) for entry in office.contacts.timeline(bea)]
    assert "Letter came back" in titles
    assert "noted" in ENGLISH(office.returned.came_back(second).standing)
    office.history.undo()
    assert office.contacts.card(bea).addresses[0].undeliverable_since == ""
    assert office.notes.open() == []
    assert office.mailings.all()[0].came_back == 0


def test_the_bars_on_a_letter_say_its_code(office: Desk, tmp_path: Path) -> None:
    produce(office, job(office, add(office, person(1), person(2))), tmp_path)
    with opened(tmp_path / "letters.pdf") as document:
        for page in document:
            printed = code_on(page.get_textpage().get_text_bounded().replace("\r\n", "\n"))
            for scale in (200 / 72, 300 / 72):
                (read,) = zxingcpp.read_barcodes(page.render(scale=scale, grayscale=True).to_pil())
                assert read.text == printed.replace(" ", "")
                assert office.returned.find(read.text).letter.code == printed


def test_a_letter_to_two_comes_back_for_both(office: Desk, tmp_path: Path) -> None:
    home = (Address("Lindenweg", "14", postcode="22767", town="Hamburg"),)
    people = add(office, person(1, addresses=home), person(2, addresses=home))
    office.households.make(people)
    produce(office, job(office, people), tmp_path)
    found = office.returned.came_back(code_on(pages_of(tmp_path / "letters.pdf")[0]), today=TODAY)
    assert set(found.letter.contacts) == set(people)
    assert all(office.contacts.card(one).addresses[0].undeliverable_since for one in people)
    assert len(office.notes.open()) == 1


def test_an_address_that_was_changed_since_stays_in_use(office: Desk, tmp_path: Path) -> None:
    anna, bea = add(office, person(1), person(2))
    produce(office, job(office, [anna, bea]), tmp_path)
    first, second = (code_on(page) for page in pages_of(tmp_path / "letters.pdf"))
    card = office.contacts.card(anna)
    moved = replace(card.addresses[0], street="Neuer Weg")
    office.contacts.save(card, replace(card, addresses=(moved,)))
    office.returned.came_back(first, today=TODAY)
    assert ENGLISH(office.returned.find(second).standing).startswith("The address is still")
    assert office.contacts.card(anna).addresses[0].undeliverable_since == ""
    office.history.undo()
    assert "Neuer Weg" in ENGLISH(office.returned.find(first).standing)
    other = office.contacts.card(bea)
    office.contacts.save(other, replace(other, addresses=()))
    assert ENGLISH(office.returned.find(second).standing).startswith("The address was taken away")


def test_a_wrong_code_names_the_one_that_was_probably_meant(office: Desk, tmp_path: Path) -> None:
    produce(office, job(office, add(office, person(1))), tmp_path)
    right = code_on(pages_of(tmp_path / "letters.pdf")[0])
    digits = right.replace(" ", "")
    for wrong in (digits[:-2] + digits[-1] + digits[-2], digits[:-1] + str((int(digits[-1]) + 1) % 10)):
        with pytest.raises(InvalidInput) as raised:
            office.returned.find(wrong)
        assert raised.value.way_out is not None
        assert right in ENGLISH(raised.value.way_out)
    for wrong in ("", "hello", "1234", code(999_999)):
        with pytest.raises(InvalidInput):
            office.returned.came_back(wrong)


def test_a_letter_on_paper_has_a_code_and_one_that_an_email_carries_has_none(office: Desk, tmp_path: Path) -> None:
    people = add(office, person(1), person(2, mail=False))
    produce(office, job(office, people, channels=EMAIL_FIRST), tmp_path)
    (draft,) = drafts(tmp_path / "e-mails")
    (carried,) = [part.get_content() for part in draft.iter_attachments()]

    def has_code(page: str) -> bool:
        return any(line.replace(" ", "").isdigit() for line in page.splitlines())

    assert has_code(pages_of(tmp_path / "letters.pdf")[0])
    assert not has_code(pages_of(carried)[0])
