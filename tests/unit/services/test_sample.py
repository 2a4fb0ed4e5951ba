"""The invented association: always the same for a seed, lifelike, and nobody real in it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import re
import unicodedata
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from alumnidesk.domain import dates
from alumnidesk.domain.cards import COMING, INVITED, ORGANISATION, PARTICIPATION_STATES, PERSON, WAITLIST, ContactCard
from alumnidesk.domain.fields import GENDER_FORMS, SALUTATION_MODES
from alumnidesk.domain.units import name_of
from alumnidesk.services import sample

TODAY = dt.date(2026, 11, 21)
LANGUAGES = ("de", "en", "sv")

GOLDEN = "a7357223a98552bd17738b7c40fec73da94abb6a47e4f87e28204c607e796cd7"
"""Of 240 people for seed 7. It changes when word lists or chances change, never by platform or Python version."""


@pytest.fixture(scope="module")
def crowd() -> list[ContactCard]:
    return list(sample.people(4000, 7, TODAY))


def _hash(cards: Iterator[ContactCard]) -> str:
    """Over everything that is filled in, so that a new field of a card or of its parts changes nothing."""
    filled = [_filled(dataclasses.asdict(card)) for card in cards]
    return hashlib.sha256(json.dumps(filled, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _filled(part) for key, part in value.items() if part}
    return [_filled(part) for part in value] if isinstance(value, tuple) else value


def _texts(value: object) -> Iterator[str]:
    """Every text in a card, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)


def test_the_same_seed_gives_the_same_people_on_every_platform() -> None:
    assert _hash(sample.people(240, 7, TODAY)) == GOLDEN


def test_another_seed_gives_other_people() -> None:
    first, second = (list(sample.people(240, seed, TODAY)) for seed in (7, 8))
    assert not {card.uid for card in first} & {card.uid for card in second}
    assert sum(a.name == b.name for a, b in zip(first, second, strict=True)) < 60


def test_a_large_sample_begins_with_the_people_of_a_small_one(crowd: list[ContactCard]) -> None:
    assert crowd[:240] == list(sample.people(240, 7, TODAY))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_changes_the_words_but_not_the_people(language: str) -> None:
    german, other = sample.people(240, 7, TODAY, "de"), sample.people(240, 7, TODAY, language)
    assert [(card.name, card.emails, card.phones) for card in german] == [
        (card.name, card.emails, card.phones) for card in other
    ]
    assert {tag for card in sample.people(240, 7, TODAY, language) for tag in card.tags} >= {
        {"de": "Mitglied", "en": "Member", "sv": "Medlem"}[language]
    }


def test_any_number_of_people_can_be_had() -> None:
    assert [len(list(sample.people(n, 1, TODAY))) for n in (0, 1, 5, 33)] == [0, 1, 5, 33]


def test_nobody_can_be_reached_for_real(crowd: list[ContactCard]) -> None:
    for card in crowd:
        for email in card.emails:
            assert re.fullmatch(r"[a-z0-9._-]+@[a-z0-9.-]+\.example", email.address, re.IGNORECASE), email
        for link in card.links:
            assert re.fullmatch(r"https://www\.[a-z0-9-]+\.example", link.url), link


_NOBODYS = re.compile(
    r"49(40669693?|3023125|22147\d|6990009|8999998|1713920|17604069|\d{2,4}11)|46(70174|8465004|3139006|4062804)"
    r"|44(7700900|20794|113496|161496|131496|117496|114496|141496|292018)|1\d{3}55501|47140?|4510|(43|41|358|48|31)\d+0"
)
"""Digits with which the numbers of the sample may begin: kept for stories, or of no subscriber."""


def test_phone_numbers_belong_to_nobody_and_none_is_given_twice(crowd: list[ContactCard]) -> None:
    seen: Counter[str] = Counter()
    for card in crowd:
        for phone in card.phones:
            digits = re.sub(r"\D", "", phone.number)
            digits = "49" + digits[1:] if phone.number.startswith("0") else digits
            assert _NOBODYS.match(digits), phone
            seen[digits] += 1
    shared = [digits for digits, count in seen.items() if count > 1]
    assert len(shared) < 0.02 * len(crowd)  # only of people entered twice
    assert max(seen.values()) == 2


def test_every_card_holds_what_the_domain_asks_for(crowd: list[ContactCard]) -> None:
    modes = {"", *(key for key, _ in SALUTATION_MODES)}
    forms = {"", *(key for key, _ in GENDER_FORMS)}
    units = {name for name, _, _ in sample.units()}
    assert len({card.uid for card in crowd}) == len(crowd)
    for card in crowd:
        assert str(uuid.UUID(card.uid)) == card.uid
        assert card.name
        assert card.kind in (PERSON, ORGANISATION)
        assert card.salutation_mode in modes
        assert card.gender_form in forms
        assert card.language in ("", *LANGUAGES)
        assert (card.salutation_mode == "own") == bool(card.own_salutation)
        for date in (card.birth_date, card.deceased_on, *(part.began for part in card.affiliations)):
            assert not date or dates.is_stored(date), card
        assert card.deceased or not card.deceased_on
        assert card.deceased_on <= TODAY.isoformat()
        for parts in (card.emails, card.phones, card.addresses):
            assert sum(part.preferred for part in parts) <= 1, card
        for address in card.addresses:
            assert re.fullmatch("[A-Z]{2}|", address.country)
            assert address.town
        for part in card.affiliations:
            assert name_of(part.unit) in units
            assert part.role
            assert part.cohort_to is None or 1966 <= part.cohort_to <= TODAY.year
        assert len(set(card.tags)) == len(card.tags)


def test_no_text_holds_what_no_keyboard_writes(crowd: list[ContactCard]) -> None:
    for card in crowd:
        for text in _texts(dataclasses.asdict(card)):
            assert text == text.strip(), card
            assert text == unicodedata.normalize("NFC", text), card
            assert not any(unicodedata.category(c) in ("Cc", "Cf", "Co", "Cn") for c in text), card
            assert not set("{}<>|\\=") & set(text), card


def test_the_people_are_as_mixed_as_in_life(crowd: list[ContactCard]) -> None:
    def share(holds: list[bool]) -> float:
        return sum(holds) / len(crowd)

    living = [card for card in crowd if card.kind == PERSON]
    assert 0.03 < share([card.kind == ORGANISATION for card in crowd]) < 0.07
    assert 0.02 < share([card.deceased for card in crowd]) < 0.08
    assert 0.10 < share([not card.emails for card in living]) < 0.30
    assert 0.02 < share([not card.addresses for card in crowd]) < 0.08
    assert 0.03 < share([len(card.emails) > 1 for card in crowd]) < 0.20
    assert 0.10 < share([len(card.phones) > 1 for card in crowd]) < 0.50
    assert 0.15 < share(["Mitglied" in card.tags for card in crowd]) < 0.35
    assert 0.02 < share([bool(card.birth_name) for card in crowd]) < 0.12
    assert 0.01 < share([bool(card.title) for card in crowd]) < 0.10
    assert 0.20 < share([not card.birth_date for card in living]) < 0.45
    assert 0.01 < share([bool(card.addresses) and not card.addresses[0].postcode for card in crowd]) < 0.06
    assert 0.002 < share([card.family_name.isupper() and len(card.family_name) > 2 for card in crowd]) < 0.02
    assert all(any(getattr(card, flag) for card in crowd) for flag in ("no_post", "no_email", "no_phone"))


def test_many_scripts_and_the_letters_of_many_languages_occur(crowd: list[ContactCard]) -> None:
    letters = {c for card in crowd for c in card.name}
    assert letters >= set("äöüßÅåØøæłńśışğçΓγηόШевчй王佐محمد")
    scripts = Counter(unicodedata.name(c).split()[0] for c in letters if c.isalpha())
    assert scripts.keys() >= {"LATIN", "GREEK", "CYRILLIC", "ARABIC", "CJK"}
    assert {address.country for card in crowd for address in card.addresses} == {
        "", "DE", "AT", "CH", "SE", "NO", "DK", "FI", "GB", "PL", "NL", "US",
    }  # fmt: skip


def test_some_people_were_entered_twice(crowd: list[ContactCard]) -> None:
    homes = [card.addresses[0] for card in crowd if card.addresses]
    places = [(home.street, home.postcode, home.town) for home in homes]
    twice = sum(count - 1 for place, count in Counter(places).items() if place[0] and place[1] and count > 1)
    assert 0.008 < twice / len(crowd) < 0.03


def test_the_people_of_the_pictures_are_there() -> None:
    anna = next(card for card in sample.people(40, 99, TODAY) if card.name == "Anna Müller")
    assert anna.addresses[0].town == "Hamburg"
    assert anna.affiliations[0].cohort_to == 1998
    assert set(anna.tags) >= {"Mentor/in", "Spender/in"}


@pytest.mark.parametrize("today", [TODAY, dt.date(2024, 2, 29), dt.date(2026, 12, 31), dt.date(2027, 1, 1)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_events_lie_before_and_after_the_day_and_nobody_answers_in_the_future(today: dt.date, language: str) -> None:
    events = sample.events(240, 7, today, language)
    days = [event.card.starts_on for event in events]
    assert sum(day > today.isoformat() for day in days) >= 3
    assert sum("" < day < today.isoformat() for day in days) >= 3
    assert "" in days  # one is still without a day
    for event in events:
        assert event.card.title
        assert "{" not in event.card.title
        indices = [index for index, *_ in event.participants]
        assert len(set(indices)) == len(indices)
        assert all(0 <= index < 240 for index in indices)
        for _, state, companions, answered_on in event.participants:
            assert state in PARTICIPATION_STATES
            assert companions >= 0
            assert answered_on <= today.isoformat()
            assert (state == INVITED) == (answered_on == "")


def test_one_place_is_free_at_the_advent_gathering() -> None:
    advent = sample.events(240, 7, TODAY)[0]
    coming = [companions for _, state, companions, _ in advent.participants if state == COMING]
    assert advent.card.capacity == len(coming) + sum(coming) + 1 == 60
    assert sum(state == WAITLIST for _, state, _, _ in advent.participants) == 4


@pytest.mark.parametrize("n", [0, 1, 20, 100, 5000])
def test_a_sample_of_any_size_has_events_notes_and_letters_about_its_own_people(n: int) -> None:
    for event in sample.events(n, 3, TODAY):
        assert all(index < n for index, *_ in event.participants)
        if event.card.capacity:
            places = [1 + more for _, state, more, _ in event.participants if state == COMING]
            assert sum(places) <= event.card.capacity
    assert all(index < n and at < TODAY.isoformat() and text for index, at, text in sample.notes(n, 3, TODAY))
    for mailing in sample.mailings(n, 3, TODAY):
        assert mailing.sent_on < TODAY.isoformat()
        assert all(index < n for index in mailing.recipients)


@pytest.mark.parametrize("language", LANGUAGES)
def test_units_form_a_tree_with_parents_first(language: str) -> None:
    known: set[str] = set()
    for name, parent, kind in sample.units(language):
        assert parent is None or parent in known
        assert kind in ("centre", "course", "association", "board", "regional")
        known.add(name)
    assert len(known) == len(sample.units("de"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_association_has_a_complete_letterhead(language: str) -> None:
    association = sample.association(language)
    assert association.language == language
    assert association.email.endswith(".example")
    assert association.logo.startswith(b"\x89PNG")
    assert association.sender_line == "Freundeskreis Lindenhof e. V. · Lindenhof 1 · 24937 Flensburg"
    assert all((association.strapline, association.phone, association.contact_person, association.signatory_role))
