"""May somebody be reached, and if not, why: the rule in words, and what always holds of it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from alumnidesk.domain.cards import Address, ContactCard, Email, Phone
from alumnidesk.domain.consent import (
    CHANNELS,
    EMAIL,
    KNOWN,
    NO,
    NOT_ASKED,
    OWED,
    PHONE,
    POST,
    PRINT,
    YES,
    Bar,
    Given,
    Purpose,
    Rule,
    Situation,
    barrier,
    newest,
    situation,
)
from alumnidesk.i18n import Language, say

NEWS, INVITATIONS, *_ = KNOWN
ANNA = ContactCard(
    given_name="Anna",
    family_name="Müller",
    emails=(Email("anna@mail.example"),),
    phones=(Phone("0371 1"),),
    addresses=(Address(street="Am Anger 3", town="Chemnitz"),),
)

channels = st.sampled_from(CHANNELS)
answers = st.sampled_from([YES, NO, NOT_ASKED])
wishes = st.frozensets(st.sampled_from([POST, EMAIL, PHONE]))
returned = st.frozensets(st.sampled_from([POST, EMAIL]))
places = st.frozensets(channels).map(lambda found: found | {PRINT})
situations = st.builds(Situation, st.booleans(), st.booleans(), wishes, places, returned)
rules = st.dictionaries(channels, st.sampled_from([Rule.UNLESS_NO, Rule.WITH_YES, Rule.NEVER]))
purposes = st.one_of(st.sampled_from(KNOWN), st.builds(Purpose, st.just("own"), st.just(say("Chor")), rules))


def why(card: ContactCard, purpose: Purpose = NEWS, channel: str = POST, answer: str = NOT_ASKED) -> str:
    found = barrier(situation(card), purpose, channel, answer)
    return Language("en")(found.reason) if found else ""


def test_whoever_was_not_asked_gets_post_and_no_newsletter_by_email() -> None:
    assert why(ANNA) == ""
    assert why(ANNA, channel=EMAIL) == "Has not agreed to “News” by e-mail"
    assert why(ANNA, channel=EMAIL, answer=YES) == ""
    assert why(ANNA, INVITATIONS, EMAIL) == ""
    assert why(ANNA, INVITATIONS, PHONE) == "Has not agreed to “Invitations” by phone"


def test_each_reason_is_said_in_words() -> None:
    assert why(replace(ANNA, deceased=True)) == "Has died"
    assert why(replace(ANNA, binned=True)) == "Is in the bin"
    assert why(replace(ANNA, no_post=True)) == "Wants no post"
    assert why(ANNA, answer=NO) == "Wants no “News” by post"
    assert why(replace(ANNA, addresses=())) == "No postal address"
    assert why(ANNA, channel=PHONE, answer=YES) == "“News” is not told by phone"
    directory = next(purpose for purpose in KNOWN if purpose.key == "directory")
    assert why(ANNA, directory, PRINT) == "Has not agreed to “Printed directory”"
    assert why(ANNA, directory, PRINT, NO) == "Has said no to “Printed directory”"


def test_what_comes_back_leads_nowhere_until_there_is_another_place() -> None:
    moved = replace(ANNA, addresses=(replace(ANNA.addresses[0], undeliverable_since="2026-01-02"),))
    assert why(moved) == "Letters come back from there"
    assert why(replace(moved, addresses=(*moved.addresses, Address(town="Kiel")))) == ""
    dead = replace(ANNA, emails=(Email("a@mail.example", undeliverable_since="2026-01-02"),))
    assert why(dead, INVITATIONS, EMAIL) == "E-mails come back from there"


def test_what_membership_needs_is_not_a_matter_of_consent() -> None:
    assert why(ANNA, OWED, POST, NO) == ""
    assert why(replace(ANNA, no_post=True), OWED) == "Wants no post"
    assert OWED.asked == ()
    assert OWED.used == (POST, EMAIL, PHONE)


def test_a_wish_can_be_overridden_knowingly_but_neither_a_refusal_nor_a_missing_address() -> None:
    silent = replace(ANNA, no_post=True)
    assert barrier(situation(silent), NEWS, POST, by_hand=True) is None
    assert barrier(situation(silent), NEWS, POST, NO, by_hand=True) is not None
    found = barrier(situation(replace(silent, addresses=())), NEWS, POST, by_hand=True)
    assert found is not None
    assert found.bar is Bar.NO_PLACE


def test_the_latest_day_counts_and_of_one_day_what_was_entered_last() -> None:
    ledger = [
        Given("news", EMAIL, NO, "2026-05-02", id=1),
        Given("news", EMAIL, YES, "2026-05-01", id=9),
        Given("news", POST, YES, "2026-05-01", id=2),
        Given("news", POST, NO, "2026-05-01", id=3),
    ]
    counting = newest(ledger)
    assert counting["news", EMAIL].answer == NO
    assert counting["news", POST].answer == NO
    assert newest(reversed(ledger)) == counting


@given(situations, purposes, channels, answers)
def test_the_dead_and_those_in_the_bin_are_never_reached(
    facts: Situation, purpose: Purpose, channel: str, answer: str
) -> None:
    for gone in (replace(facts, deceased=True), replace(facts, binned=True)):
        assert barrier(gone, purpose, channel, answer, by_hand=True) is not None


@given(situations, purposes, channels)
def test_a_no_is_never_reached_except_for_what_is_owed(facts: Situation, purpose: Purpose, channel: str) -> None:
    if purpose is not OWED:
        assert barrier(facts, purpose, channel, NO, by_hand=True) is not None


@given(situations, purposes, channels, answers)
def test_nobody_is_reached_where_nothing_leads(facts: Situation, purpose: Purpose, channel: str, answer: str) -> None:
    if channel != PRINT:
        nowhere = replace(facts, places=frozenset({PRINT}))
        assert barrier(nowhere, purpose, channel, answer, by_hand=True) is not None


@given(situations, purposes, channels, st.booleans())
def test_a_yes_never_does_worse_than_no_answer_and_that_never_worse_than_a_no(
    facts: Situation, purpose: Purpose, channel: str, by_hand: bool
) -> None:
    reached = [barrier(facts, purpose, channel, a, by_hand=by_hand) is None for a in (NO, NOT_ASKED, YES)]
    assert reached == sorted(reached)


@given(situations, purposes, channels, answers)
def test_putting_in_by_hand_helps_exactly_where_the_barrier_says_so_or_reveals_the_next(
    facts: Situation, purpose: Purpose, channel: str, answer: str
) -> None:
    first, forced = (barrier(facts, purpose, channel, answer, by_hand=by) for by in (False, True))
    assert (first is None) <= (forced is None)
    if first is not None and not first.by_hand:
        assert forced == first
    if forced is not None:
        assert not forced.by_hand


@given(situations, purposes, channels, answers)
def test_every_reason_is_a_sentence_in_every_language(
    facts: Situation, purpose: Purpose, channel: str, answer: str
) -> None:
    found = barrier(facts, purpose, channel, answer)
    if found is not None:
        for code in ("en", "de", "sv"):
            words = Language(code)(found.reason)
            assert words
            assert "{" not in words


@given(purposes)
def test_people_can_answer_only_about_channels_that_are_used(purpose: Purpose) -> None:
    assert set(purpose.asked) <= set(purpose.used) <= set(CHANNELS)
