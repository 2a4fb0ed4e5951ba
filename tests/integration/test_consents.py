"""Consents in a real file: answers that are kept, purposes with their wording, and who may be reached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, ContactCard, Email, LetterText, Phone, TemplateCard
from alumnidesk.domain.consent import (
    CHANNELS,
    EMAIL,
    INVITATIONS,
    NO,
    PHONE,
    POST,
    YES,
    Rule,
    Sending,
    barrier,
    newest,
    situation,
)
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import Language

NEWS = Sending("news", EMAIL)
ENGLISH = Language("en")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk.create(tmp_path / "a.alumnidesk")
    yield desk
    desk.close(backup=False)


def person(desk: Desk, name: str = "Müller", **more: object) -> int:
    card = ContactCard(
        family_name=name,
        emails=(Email(f"{name.lower()}@mail.example"),),
        addresses=(Address(street="Am Anger 3", town="Chemnitz"),),
        **more,  # type: ignore[arg-type]
    )
    return desk.contacts.add(card).id or 0


def may(desk: Desk, contacts: Sequence[int], sending: Sending, by_hand: Sequence[int] = ()) -> tuple[int, ...]:
    """Who of these may be reached."""
    barriers = desk.consents.barriers(contacts, sending, by_hand=by_hand)
    return tuple(contact for contact, barrier in barriers.items() if barrier is None)


def test_the_newest_answer_counts_and_all_are_kept(desk: Desk) -> None:
    anna = person(desk)
    desk.consents.answer([anna], NEWS, YES, on=dt.date(2026, 5, 1), source="Anmeldebogen")
    desk.consents.answer([anna], NEWS, NO, on=dt.date(2026, 6, 1), source="Telefon")
    desk.consents.answer([anna], NEWS, YES, on=dt.date(2026, 5, 20))  # an older form that turned up late
    ledger = desk.consents.ledger(anna)
    assert [(g.answer, g.on, g.source) for g in ledger] == [
        (NO, "2026-06-01", "Telefon"),
        (YES, "2026-05-20", ""),
        (YES, "2026-05-01", "Anmeldebogen"),
    ]
    assert newest(ledger)["news", EMAIL].answer == NO
    assert may(desk, [anna], NEWS) == ()
    assert desk.consents.sources() == ["Telefon", "Anmeldebogen"]


def test_of_two_answers_of_one_day_the_later_entered_counts_whatever_their_rows(desk: Desk) -> None:
    anna = person(desk)
    today = dt.date.today()
    with time_machine.travel(dt.datetime.combine(today, dt.time(9), dt.UTC), tick=False):
        desk.consents.answer([anna], NEWS, YES, on=today)
    with time_machine.travel(dt.datetime.combine(today, dt.time(8), dt.UTC), tick=False):
        desk.consents.answer([anna], NEWS, NO, on=today)  # of a contact that was merged, or from a file

    assert [g.answer for g in desk.consents.ledger(anna)] == [YES, NO]
    assert newest(desk.consents.ledger(anna))["news", EMAIL].entered.endswith("T09:00:00Z")
    assert may(desk, [anna], NEWS) == (anna,)
    assert list(desk.find.contacts("agreed:news").ids) == [anna]


def test_an_answer_keeps_the_words_that_were_agreed_to_when_they_change_later(desk: Desk) -> None:
    anna = person(desk)
    desk.purposes.set_wording("news", "Ich möchte den Rundbrief bekommen.")
    desk.consents.answer([anna], NEWS, YES)
    desk.purposes.set_wording("news", "Ich möchte Neues erfahren.")
    desk.consents.answer([anna], Sending("news", POST), YES)
    by_channel = {given.channel: given.wording for given in desk.consents.ledger(anna)}
    assert by_channel == {EMAIL: "Ich möchte den Rundbrief bekommen.", POST: "Ich möchte Neues erfahren."}


def test_many_are_answered_for_in_one_step_that_can_be_taken_back(desk: Desk) -> None:
    ids = [person(desk, name) for name in ("Ahrens", "Öz", "Lindqvist")]
    assert desk.consents.answer([*ids, ids[0]], NEWS, YES, source="Liste") == 3
    assert ENGLISH(desk.history.entries()[0].label) == "Answers of 3 contacts: “News” by e-mail, yes"
    assert may(desk, ids, NEWS) == tuple(ids)
    desk.history.undo()
    assert may(desk, ids, NEWS) == ()
    assert desk.consents.ledger(ids[0]) == []


def test_an_older_answer_can_be_taken_back_while_later_ones_of_others_stay(desk: Desk) -> None:
    anna, omar = person(desk), person(desk, "Öz")
    desk.consents.answer([anna], NEWS, YES)
    first = desk.history.entries()[0].id
    desk.consents.answer([omar], NEWS, YES)
    desk.history.undo(first)
    assert desk.consents.ledger(anna) == []
    assert may(desk, [anna, omar], NEWS) == (omar,)


def test_everything_is_withdrawn_in_one_step(desk: Desk) -> None:
    anna, omar = person(desk), person(desk, "Öz")
    desk.consents.answer([anna], NEWS, YES)
    desk.consents.answer([anna], Sending(INVITATIONS, POST), NO)
    desk.consents.withdraw([anna], source="Brief")
    for purpose in desk.purposes.all():
        for channel in purpose.asked:
            assert anna not in may(desk, [anna, omar], Sending(purpose.key, channel))
    answers = [(given.purpose, given.channel) for given in desk.consents.ledger(anna)]
    assert answers.count((INVITATIONS, POST)) == 1, "who has said no already is not noted a second time"
    assert desk.consents.withdraw([anna]) == 0
    assert ENGLISH(desk.history.entries()[0].label) == "All consents of Müller withdrawn"
    desk.history.undo()
    assert may(desk, [anna], NEWS) == (anna,)


def test_an_answer_of_a_day_to_come_or_about_nothing_is_refused(desk: Desk) -> None:
    anna = person(desk)
    with pytest.raises(InvalidInput) as refused:
        desk.consents.answer([anna], NEWS, YES, on=dt.date.today() + dt.timedelta(days=1))
    assert refused.value.field == "on"
    with pytest.raises(Refused):
        desk.consents.answer([anna], Sending("news", PHONE), YES)
    with pytest.raises(Refused):
        desk.consents.answer([anna], Sending("membership", POST), NO)


def test_an_association_adds_and_renames_purposes_of_its_own(desk: Desk) -> None:
    choir = desk.purposes.add("Chor", "Ich singe mit.")
    anna = person(desk)
    assert may(desk, [anna], Sending(choir.key, POST)) == (anna,)
    assert may(desk, [anna], Sending(choir.key, EMAIL)) == ()
    desk.purposes.set_rule(choir.key, POST, Rule.WITH_YES)
    against = desk.consents.barriers([anna], Sending(choir.key, POST))[anna]
    assert against is not None
    assert ENGLISH(against.reason) == "Has not agreed to “Chor” by post"
    assert desk.purposes.rename(choir.key, "Alumnichor").name == desk.purposes.get(choir.key).name
    with pytest.raises(InvalidInput):
        desk.purposes.add("Neuigkeiten" if Language("de").text("News") == "Neuigkeiten" else "News")
    with pytest.raises(InvalidInput):
        desk.purposes.add("  ")
    with pytest.raises(Refused):
        desk.purposes.rename("news", "Rundbrief")
    desk.history.undo()
    desk.history.undo()
    assert desk.purposes.get(choir.key).rule(POST) is Rule.UNLESS_NO


def test_a_purpose_with_answers_stays_and_one_without_can_go(desk: Desk) -> None:
    choir, walk = desk.purposes.add("Chor"), desk.purposes.add("Wandern")
    desk.consents.answer([person(desk)], Sending(choir.key, POST), YES)
    for key in (choir.key, "news"):
        with pytest.raises(Refused):
            desk.purposes.remove(key)
    desk.purposes.set_rule(walk.key, EMAIL, Rule.NEVER)
    letter = desk.letters.save_template(
        TemplateCard(name="Wandern", texts=(LetterText("de", "", ""),), purpose=walk.key)
    )
    with pytest.raises(Refused, match="letters are for it"):
        desk.purposes.remove(walk.key)
    desk.letters.save_template(replace(letter, purpose="news"))
    desk.purposes.remove(walk.key)
    assert walk.key not in [purpose.key for purpose in desk.purposes.all()]
    desk.history.undo()
    assert desk.purposes.get(walk.key).rule(EMAIL) is Rule.NEVER


def test_those_left_out_are_named_with_their_reason_also_from_the_bin(desk: Desk) -> None:
    gone, silent = person(desk, "Ahrens"), person(desk, "Öz", no_email=True)
    desk.contacts.delete([gone])
    names = desk.consents.names([gone, silent])
    against = desk.consents.barriers([gone, silent], Sending(INVITATIONS, EMAIL))
    assert [(names[id], ENGLISH(why.reason), why.by_hand) for id, why in against.items() if why is not None] == [
        ("Ahrens", "Is in the bin", False),
        ("Öz", "Wants no e-mails", True),
    ]
    assert may(desk, [silent], Sending(INVITATIONS, EMAIL), [silent]) == (silent,)


since = st.sampled_from(["", "2026-01-01"])
cards = st.builds(
    ContactCard,
    family_name=st.just("Müller"),
    deceased=st.booleans(),
    no_post=st.booleans(),
    no_email=st.booleans(),
    no_phone=st.booleans(),
    emails=st.lists(st.builds(Email, st.just("a@b.example"), undeliverable_since=since), max_size=2).map(tuple),
    phones=st.lists(st.just(Phone("0371 1")), max_size=1).map(tuple),
    addresses=st.lists(
        st.builds(
            Address,
            town=st.sampled_from(["", "Kiel"]),
            street=st.just("Am Anger"),
            preferred=st.booleans(),
            undeliverable_since=since,
        ),
        max_size=3,
    ).map(tuple),
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(cards, st.sampled_from([YES, NO, ""])), min_size=6, max_size=12))
def test_the_question_to_the_file_answers_as_the_rule_does_for_each_card(
    desk: Desk, people: list[tuple[ContactCard, str]]
) -> None:
    ids = [desk.contacts.add(card).id or 0 for card, _ in people]
    for purpose in desk.purposes.all():
        for channel in CHANNELS:
            to = Sending(purpose.key, channel)
            for answer in (YES, NO) if channel in purpose.asked else ():
                said = [number for number, (_, given) in zip(ids, people, strict=True) if given == answer]
                desk.consents.answer(said, to, answer)
            for by_hand in ((), ids):
                asked = desk.consents.barriers(ids, to, by_hand=by_hand)
                for card, (_, answer) in zip(desk.contacts.cards(ids), people, strict=True):
                    counted = answer if channel in purpose.asked else ""
                    ruled = barrier(situation(card), purpose, channel, counted, by_hand=bool(by_hand))
                    assert asked[card.id or 0] == ruled


def test_who_has_agreed_and_who_has_said_no_is_found_in_every_language(desk: Desk) -> None:
    anna, omar, lina = (person(desk, name) for name in ("Ahrens", "Öz", "Lindqvist"))
    choir = desk.purposes.add("Alumnichor")
    desk.consents.answer([anna, omar], NEWS, YES)
    desk.consents.answer([omar], NEWS, NO)
    desk.consents.answer([lina], Sending("news", POST), YES)
    desk.consents.answer([lina], Sending(choir.key, POST), YES)

    def found(query: str) -> set[int]:
        return set(desk.find.contacts(query).ids)

    assert found("agreed:news") == found("zugestimmt:neuigkeiten") == found("samtyckt:nyheter") == {anna, lina}
    assert found('agreed:"news email"') == found('zugestimmt:"e-mail rundbrief"') == {anna}
    assert found("refused:news") == found("abgelehnt:neu") == {omar}, "the newest answer counts"
    assert found("consent:chor") == set()
    assert found("consent:alumni") == {lina}
    assert found("agreed:none") == {omar}
    assert found("-agreed:news") == {omar}
