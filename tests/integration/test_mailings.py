"""Mailings from the first choice to the one who gets them: prepared, checked, produced, and once more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.integration.mailing_office import (
    ENGLISH,
    TEXTS,
    TODAY,
    add,
    job,
    person,
    produce,
)

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import COMING, INVITED, Address, Email, EventCard
from alumnidesk.domain.consent import EMAIL, NO, POST, YES, Sending
from alumnidesk.domain.mailings import CHECKED, CONTACTS, EMAIL_FIRST, EVENT, PREPARED, PRODUCED, SEARCH, SENT, Audience
from alumnidesk.errors import InvalidInput, Refused

# Preparing ----------------------------------------------------------------------------------------------------------


def test_a_prepared_job_is_there_in_another_session(office: Desk, tmp_path: Path) -> None:
    people = add(office, person(1), person(2))
    wanted = job(office, people, channels=EMAIL_FIRST, per_household=False, by_hand=(people[0],), texts=TEXTS[:1])
    number = office.mailings.prepare(wanted)
    office.close(backup=False)
    again = Desk.open(tmp_path / "test.alumnidesk")
    try:
        assert again.mailings.job(number) == wanted
        line = again.mailings.line(number)
        assert (line.title, line.state, line.letters, line.emails) == ("Einladung 2027", PREPARED, 0, 0)
        assert len(again.mailings.plan(again.mailings.job(number)).emails) == 2
    finally:
        again.close(backup=False)


def test_a_job_is_prepared_checked_produced_and_sent(office: Desk, tmp_path: Path) -> None:
    people = add(office, person(1), person(2, mail=False))
    wanted = job(office, people, channels=EMAIL_FIRST)
    number = office.mailings.prepare(wanted)
    with pytest.raises(Refused):
        office.mailings.mark_sent(number)
    office.mailings.check_off(number)
    assert office.mailings.line(number).state == CHECKED
    assert office.mailings.prepare(replace(wanted, title=" Einladung  2028 "), number) == number
    line = office.mailings.line(number)
    assert (line.title, line.state) == ("Einladung 2028", PREPARED)
    made = produce(office, office.mailings.job(number), tmp_path, number)
    assert (made.mailing, made.letters, made.emails) == (number, 1, 1)
    assert office.mailings.line(number).state == PRODUCED
    for deed in (
        lambda: office.mailings.prepare(wanted, number),
        lambda: office.mailings.check_off(number),
        lambda: office.mailings.discard(number),
        lambda: produce(office, wanted, tmp_path / "b", number),
    ):
        with pytest.raises(Refused):
            deed()
    office.mailings.mark_sent(number)
    line = office.mailings.line(number)
    assert (line.state, line.letters, line.emails, line.pages, bool(line.sent_at)) == (SENT, 1, 1, 1, True)


def test_undo_takes_a_mailing_out_of_the_histories_and_gives_the_job_back(office: Desk, tmp_path: Path) -> None:
    (anna,) = add(office, person(1))
    number = office.mailings.prepare(job(office, [anna]))
    office.mailings.check_off(number)
    produce(office, office.mailings.job(number), tmp_path, number)
    assert [ENGLISH(entry.title) for entry in office.contacts.timeline(anna)][:1] == ["Letter made"]
    office.history.undo()
    assert office.mailings.line(number).state == CHECKED
    assert office.sent_letters.of(number) == []
    assert "letter" not in {entry.kind for entry in office.contacts.timeline(anna)}
    office.history.redo()
    assert [letter.contact for letter in office.sent_letters.of(number)] == [anna]


def test_a_mailing_says_whom_it_is_for_until_they_are_listed(office: Desk, tmp_path: Path) -> None:
    anna, otto = add(office, person(1), person(2))
    fest = office.events.add(EventCard(title="Sommerfest")).id or 0
    office.events.invite(fest, [anna, otto])
    chosen, invited, sought = (
        office.mailings.prepare(job(office, audience=audience))
        for audience in (Audience(CONTACTS, (anna, otto)), Audience(EVENT, id=fest), Audience(SEARCH, query="anna"))
    )
    said = [str(office.mailings.line(number).whom) for number in (chosen, invited, sought)]
    assert said == ["2 chosen contacts", "People on the list of “Sommerfest”", "Contacts that a search finds"]
    for number in (chosen, invited):
        produce(office, office.mailings.job(number), tmp_path, number)
    said = [str(office.mailings.line(number).whom) for number in (chosen, invited)]
    assert said == ["", "People on the list of “Sommerfest”"]


def test_a_discarded_job_is_gone_and_undo_brings_it_back(office: Desk) -> None:
    wanted = job(office)
    number = office.mailings.prepare(wanted)
    office.mailings.discard(number)
    with pytest.raises(Refused):
        office.mailings.job(number)
    office.history.undo()
    assert office.mailings.job(number) == wanted


def test_a_mailing_needs_a_name(office: Desk) -> None:
    with pytest.raises(InvalidInput):
        office.mailings.prepare(job(office, title="  "))


def test_what_was_prepared_is_no_letter_yet(office: Desk) -> None:
    """Neither lists of what went out nor searches by letter know of it."""
    office.mailings.prepare(job(office, add(office, person(1))))
    assert list(office.find.contacts('letter:"Einladung 2027"').ids) == []
    assert office.mailings.all()[0].letters == 0


# Whom it is for -----------------------------------------------------------------------------------------------------


def test_an_audience_is_a_search_a_saved_one_a_list_or_those_who_answered(office: Desk) -> None:
    anna, bea, cleo = add(office, person(1), person(2), person(3))
    office.segments.save("Zweite", "muller0002x")
    office.lists.freeze("Dritte", [cleo])
    event = office.events.add(EventCard(title="Treffen", starts_on="2027-04-24")).id or 0
    office.events.invite(event, [anna, bea])
    office.events.answer([office.events.roster(event)[0].id], COMING)
    for audience, expected in (
        (Audience(SEARCH, query="muller0001x"), [anna]),
        (Audience(SEARCH, query=" "), []),
        (Audience(SEARCH, query="segment:Zweite"), [bea]),
        (Audience(SEARCH, query="list:Dritte"), [cleo]),
        (Audience(EVENT, id=event), [anna, bea]),
        (Audience(EVENT, id=event, answers=(INVITED,)), [bea]),
        (Audience(CONTACTS, (cleo, anna)), [cleo, anna]),
    ):
        assert office.mailings.audience(job(office, audience=audience)) == expected


def test_everybody_is_reached_by_one_way_or_not_at_all_and_then_one_knows_why(office: Desk) -> None:
    both, paper, mail, none, refused, dead, spelt = add(
        office,
        person(1),
        person(2, mail=False),
        person(3, at_home=False),
        person(4, at_home=False, mail=False),
        person(5),
        person(6, deceased=True),
        person(7, emails=(Email("änne@mail.example"),), at_home=False),
    )
    office.consents.answer([both, refused], Sending("news", EMAIL), YES)
    office.consents.answer([refused], Sending("news", EMAIL), NO)
    office.consents.answer([refused], Sending("news", POST), NO)
    office.consents.answer([mail, spelt], Sending("news", EMAIL), YES)
    people = [both, paper, mail, none, refused, dead, spelt]
    wanted = job(office, [*people, both], purpose="news", channels=EMAIL_FIRST)
    plan = office.mailings.plan(wanted, today=TODAY)
    assert [letter.contact.id for letter in plan.letters] == [paper]
    assert [one.letter.contact.id for one in plan.emails] == [both, mail]
    assert {f.contact.id: ENGLISH(f.reason) for f in plan.left_out} == {
        none: "No e-mail address; No postal address",
        refused: "Wants no “News” by e-mail; Wants no “News” by post",
        dead: "Has died",
        spelt: "“änne@mail.example” cannot be used as an e-mail address; No postal address",
    }
    on_paper = office.mailings.plan(replace(wanted, channels=POST))
    assert {letter.contact.id for letter in on_paper.letters} == {both, paper}
    by_email = office.mailings.plan(replace(wanted, channels=EMAIL))
    assert {one.letter.contact.id for one in by_email.emails} == {both, mail}
    assert ENGLISH(next(f.reason for f in by_email.left_out if f.contact.id == paper)) == "No e-mail address"


def test_a_person_put_in_by_hand_gets_it_as_far_as_the_law_leaves_that_to_us(office: Desk) -> None:
    quiet, refused = add(office, person(1, no_post=True), person(2))
    office.consents.answer([refused], Sending("news", POST), NO)
    wanted = job(office, [quiet, refused], purpose="news")
    assert {f.contact.id: f.by_hand for f in office.mailings.plan(wanted).left_out} == {quiet: True, refused: False}
    plan = office.mailings.plan(replace(wanted, by_hand=(quiet, refused)))
    assert [letter.contact.id for letter in plan.letters] == [quiet]
    assert [f.contact.id for f in plan.left_out] == [refused]


def test_those_who_live_together_share_a_letter_and_those_who_share_an_address_an_email(office: Desk) -> None:
    home = (Address("Lindenweg", "14", postcode="22767", town="Hamburg"),)
    ours = (Email("wir@mail.example"),)
    people = add(office, person(1, addresses=home, emails=ours), person(2, addresses=home, emails=ours))
    office.households.make(people)
    wanted = job(office, people)
    assert [len(letter.party.contacts) for letter in office.mailings.plan(wanted).letters] == [2]
    by_email = office.mailings.plan(replace(wanted, channels=EMAIL))
    assert [(one.to, len(one.letter.party.contacts)) for one in by_email.emails] == [("wir@mail.example", 2)]
    each = office.mailings.plan(replace(wanted, per_household=False, channels=EMAIL))
    assert [len(one.letter.party.contacts) for one in each.emails] == [1, 1]


def test_the_post_office_gets_counts_by_country_and_region(office: Desk) -> None:
    cards = [
        person(n, addresses=(Address("Weg", str(n), postcode=code, town="Ort", country=land),))
        for n, (code, land) in enumerate([("22767", ""), ("22001", "DE"), ("24103", ""), ("211 20", "SE")])
    ]
    plan = office.mailings.plan(job(office, add(office, *cards)))
    counted = [(region.country, region.begins, region.letters) for region in plan.regions]
    assert counted == [("DE", "22", 2), ("DE", "24", 1), ("SE", "21", 1)]


# Once more ----------------------------------------------------------------------------------------------------------


def test_only_those_who_have_not_got_it_yet(office: Desk, tmp_path: Path) -> None:
    anna, bea = add(office, person(1), person(2))
    first = produce(office, job(office, [anna]), tmp_path)
    again = replace(office.mailings.again(first.mailing), audience=Audience(CONTACTS, (anna, bea)))
    plan = office.mailings.plan(again)
    assert [letter.contact.id for letter in plan.letters] == [bea]
    assert ENGLISH(plan.left_out[0].reason).startswith("Got it on ")
    by_hand = office.mailings.plan(replace(again, by_hand=(anna,)))
    assert [letter.contact.id for letter in by_hand.letters] == [anna, bea]
    twice = job(office, [anna, bea], not_twice=True)
    assert [letter.contact.id for letter in office.mailings.plan(twice).letters] == [bea]
    event = office.events.add(EventCard(title="Treffen", starts_on="2027-04-24")).id
    assert len(office.mailings.plan(replace(twice, event=event)).letters) == 2


def test_those_who_did_not_answer_get_a_second_mailing(office: Desk, tmp_path: Path) -> None:
    anna, bea = add(office, person(1), person(2))
    event = office.events.add(EventCard(title="Treffen", starts_on="2027-04-24")).id or 0
    office.events.invite(event, [anna, bea])
    first = produce(office, job(office, audience=Audience(EVENT, id=event), event=event), tmp_path)
    assert first.letters == 2
    office.events.answer([office.events.roster(event)[0].id], COMING)
    second = replace(office.mailings.reminder(first.mailing), title="Erinnerung")
    assert [letter.contact.id for letter in office.mailings.plan(second).letters] == [bea]
    other = produce(office, job(office, [anna]), tmp_path / "b", pdf=tmp_path / "b.pdf")
    with pytest.raises(Refused):
        office.mailings.reminder(other.mailing)
