"""Who stands in a printed directory, with what, and under which heading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import ORGANISATION, Address, Affiliation, ContactCard, Email, Phone
from alumnidesk.domain.consent import DIRECTORY, EMAIL, KNOWN, NO, PHONE, PHOTOS, POST, PRINT, YES, Purpose, Rule
from alumnidesk.domain.directory import DETAILS, ORDERS, Agreed, DirectoryPlan, DirectoryStyle, plan_directory

LINDENHOF = Association(name="Lindenhof", language="en", country="DE")
PURPOSES = {purpose.key: purpose for purpose in KNOWN}
ANNA = ContactCard(
    id=1,
    given_name="Anna",
    family_name="Müller",
    addresses=(Address("Lindenweg 14", postcode="22767", town="Hamburg"),),
    phones=(Phone("040 66969"),),
    emails=(Email("anna@mail.example"),),
    photo="key",
)
IN = (1, DIRECTORY, PRINT)


def plan(
    *cards: ContactCard,
    answers: Mapping[tuple[int, str, str], str] | None = None,
    order: str = "name",
    purpose: Purpose = PURPOSES[DIRECTORY],
    details: frozenset[str] = frozenset(DETAILS),
) -> DirectoryPlan:
    given = answers if answers is not None else {(card.id or 0, DIRECTORY, PRINT): YES for card in cards}
    style = DirectoryStyle(order=order, details=details)
    agreed = Agreed(purpose, PURPOSES[PHOTOS], given)
    return plan_directory(cards, style, agreed, LINDENHOF, today=dt.date(2026, 11, 22))


def said(plan: DirectoryPlan) -> str:
    return "\n".join(line for c in plan.chapters for e in c.entries for line in (e.name, *e.lines, e.photo))


def reasons(plan: DirectoryPlan) -> list[str]:
    return [str(finding.reason) for finding in (*plan.left_out, *plan.looks)]


def headings(plan: DirectoryPlan) -> dict[str, list[str]]:
    return {chapter.heading: [entry.name for entry in chapter.entries] for chapter in plan.chapters}


def test_who_has_not_agreed_is_left_out_and_told_why() -> None:
    asked = plan(ANNA, answers={})
    assert (asked.people, asked.chapters, reasons(asked)) == (0, (), ["Has not agreed to “Printed directory”"])
    refused = plan(ANNA, answers={IN: NO})
    assert (refused.people, reasons(refused)) == (0, ["Has said no to “Printed directory”"])
    assert reasons(plan(replace(ANNA, deceased=True))) == ["Has died"]
    assert reasons(plan(replace(ANNA, binned=True))) == ["Is in the bin"]
    assert [remark.contact.id for remark in asked.left_out] == [ANNA.id]


def test_a_photo_needs_a_yes_of_its_own() -> None:
    assert reasons(plan(ANNA)) == ["Photo not shown: Has not agreed to “Photos”"]
    assert "key" not in said(plan(ANNA))
    assert "key" in said(plan(ANNA, answers={IN: YES, (1, PHOTOS, PRINT): YES}))
    assert reasons(plan(replace(ANNA, photo=""))) == []


def test_what_somebody_does_not_want_to_be_reached_by_is_not_shown() -> None:
    shut = plan(replace(ANNA, no_post=True, no_phone=True, no_email=True, photo=""))
    assert said(shut).strip() == "Müller, Anna"
    assert reasons(shut) == [
        "Address not shown: Wants no post", "Phone not shown: Wants no phone calls",
        "E-mail not shown: Wants no e-mails",
    ]  # fmt: skip


def test_an_association_that_asks_about_details_apart_prints_them_with_a_yes_only() -> None:
    asking = replace(PURPOSES[DIRECTORY], rules={PRINT: Rule.WITH_YES, EMAIL: Rule.WITH_YES, PHONE: Rule.UNLESS_NO})
    quiet = replace(ANNA, photo="")
    assert said(plan(quiet, purpose=asking)).split("\n")[1:3] == ["Lindenweg 14, 22767 Hamburg", "040 66969"]
    some = plan(quiet, purpose=asking, answers={IN: YES, (1, DIRECTORY, EMAIL): YES, (1, DIRECTORY, PHONE): NO})
    assert "anna@mail.example" in said(some)
    assert "040" not in said(some)
    assert len(reasons(some)) == 1


def test_an_address_from_which_letters_come_back_is_not_printed() -> None:
    moved = replace(ANNA, addresses=(replace(ANNA.addresses[0], undeliverable_since="2026-01-01"),))
    assert "Hamburg" not in said(plan(moved))
    assert list(headings(plan(moved, order="town"))) == ["Without an address"]


@pytest.mark.parametrize("order", ["country", "postcode", "town"])
def test_a_heading_does_not_tell_where_somebody_lives_who_does_not_say_it(order: str) -> None:
    hidden = plan(replace(ANNA, no_post=True), order=order)
    assert list(headings(hidden)) == ["Without an address"]


def test_headings_follow_each_other_as_one_looks_them_up() -> None:
    def at(id: int, postcode: str, town: str, country: str = "") -> ContactCard:
        return replace(ANNA, id=id, addresses=(Address("Weg 1", postcode=postcode, town=town, country=country),))

    cards = at(1, "22767", "Hamburg"), at(2, "02763", "Zittau"), at(3, "41105", "Göteborg", "SE"), at(4, "", "")
    assert list(headings(plan(*cards, order="postcode"))) == ["02 …", "22 …", "Sweden", "Without an address"]
    assert list(headings(plan(*cards, order="town"))) == ["Göteborg, Sweden", "Hamburg", "Zittau", "Without an address"]
    assert list(headings(plan(*cards, order="country"))) == ["Germany", "Sweden", "Without an address"]


def test_somebody_of_two_cohorts_stands_under_both_and_is_one_person() -> None:
    both = replace(ANNA, affiliations=(Affiliation(programme="Choir", cohort_to=1998), Affiliation(cohort_from=1990)))
    none = replace(ANNA, id=2, family_name="Aal")
    found = plan(both, none, both, order="cohort")
    assert headings(found) == {"1990": ["Müller, Anna"], "1998": ["Müller, Anna"], "Without a cohort": ["Aal, Anna"]}
    assert found.people == 2
    assert list(headings(plan(both, none, order="programme"))) == ["Choir", "Without a programme"]
    assert list(headings(plan(replace(both, position="Baker"), order="profession"))) == ["Baker"]


def test_names_are_looked_up_by_the_family_name() -> None:
    cards = [
        ContactCard(id=1, title="Dr.", given_name="Ute", name_particle="von der", family_name="Heide", suffix="MBA"),
        ContactCard(id=2, kind=ORGANISATION, organisation="Ölmühle"),
        ContactCard(id=3, given_name="Cher"),
        ContactCard(id=4, family_name="1. FC"),
    ]
    assert headings(plan(*cards)) == {
        "C": ["Cher"], "H": ["Heide, Dr. Ute von der, MBA"], "O": ["Ölmühle"], "#": ["1. FC"],
    }  # fmt: skip


def test_letters_that_look_alike_say_of_which_script_they_are() -> None:
    names = ("Müller", "Мороз", "Μάνος", "Молчан", "Жук", "מזרחי")
    cards = [ContactCard(id=number, family_name=name) for number, name in enumerate(names, 1)]
    assert headings(plan(*cards)) == {
        "M": ["Müller"], "Μ (Greek)": ["Μάνος"], "Ж (Cyrillic)": ["Жук"], "М (Cyrillic)": ["Молчан", "Мороз"],
        "מ": ["מזרחי"],
    }  # fmt: skip


def test_who_is_given_twice_stands_there_once() -> None:
    assert [len(chapter.entries) for chapter in plan(ANNA, ANNA).chapters] == [1]


_ANSWERS = st.dictionaries(
    st.tuples(st.integers(1, 4), st.sampled_from([DIRECTORY, PHOTOS]), st.sampled_from([PRINT, POST, EMAIL, PHONE])),
    st.sampled_from([YES, NO]),
)


@given(_ANSWERS, st.sampled_from(list(ORDERS)), st.sets(st.sampled_from(list(DETAILS))), st.booleans())
@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_whatever_was_answered_nobody_stands_there_without_a_yes(
    answers: dict[tuple[int, str, str], str], order: str, details: set[str], unwanted: bool
) -> None:
    cards = [replace(ANNA, id=n, family_name=f"N{n}", no_email=unwanted) for n in range(1, 5)]
    made = plan(*cards, answers=answers, order=order, details=frozenset(details))
    entries = {entry.contact: entry for chapter in made.chapters for entry in chapter.entries}
    assert set(entries) == {n for n in range(1, 5) if answers.get((n, DIRECTORY, PRINT)) == YES}
    left_out = {remark.contact.id for remark in made.left_out}
    assert left_out == {1, 2, 3, 4} - set(entries)
    for n, entry in entries.items():
        text = " ".join(entry.lines)
        for detail, channel, shown in (("address", POST, "Lindenweg"), ("phone", PHONE, "040"), ("email", EMAIL, "@")):
            refused = answers.get((n, DIRECTORY, channel)) == NO or (unwanted and channel == EMAIL)
            assert (shown in text) == (detail in details and not refused)
        assert bool(entry.photo) == ("photo" in details and answers.get((n, PHOTOS, PRINT)) == YES)
