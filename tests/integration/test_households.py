"""Households through a real desk: who is in one, what is proposed, and what a letter to one says and leaves behind."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from tests.integration.planned_mailing import mailing, planned
from tests.printed_pages import pages_of

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, ContactCard, LetterText, TemplateCard
from alumnidesk.errors import Refused
from alumnidesk.i18n import Language
from alumnidesk.services.mailings import Outputs

LINDENWEG = Address("Lindenweg", "14", postcode="22767", town="Hamburg", label="home")
KAI = Address("Am Kai", "3", postcode="24103", town="Kiel", label="home")
TEMPLATE = TemplateCard(texts=(LetterText("de", "Einladung", "{salutation}\n\nwir laden ein."),))


def person(desk: Desk, given: str, family: str = "Müller", address: Address | None = LINDENWEG, **more: str) -> int:
    addresses = (address,) if address else ()
    return desk.contacts.add(ContactCard(given_name=given, family_name=family, addresses=addresses, **more)).id or 0  # type: ignore[arg-type]


def everything(desk: Desk) -> object:
    ids = list(desk.find.contacts().ids)
    return desk.contacts.cards(ids), desk.households.among(ids)


def test_two_make_a_household_and_it_is_taken_back_and_done_again(desk: Desk) -> None:
    anna, bernd = person(desk, "Anna"), person(desk, "Bernd")
    before = everything(desk)

    household = desk.households.make([bernd, anna], name="Familie Müller")

    assert household.members == (anna, bernd)
    assert desk.households.of(anna) == desk.households.of(bernd) == household
    after = everything(desk)
    desk.history.undo()
    assert everything(desk) == before
    assert desk.households.of(anna) is None
    desk.history.redo()
    assert everything(desk) == after


def test_members_keep_their_addresses_unless_one_is_to_be_that_of_all(desk: Desk) -> None:
    anna, bernd, kim = person(desk, "Anna"), person(desk, "Bernd", address=KAI), person(desk, "Kim", address=None)

    household = desk.households.make([anna, bernd])
    assert desk.contacts.card(bernd).preferred_address == replace(KAI, id=2)

    desk.households.change(household.id, members=[anna, bernd, kim], name="", own_salutation="", address_of=anna)
    moved = desk.contacts.card(kim).preferred_address
    assert moved is not None
    assert (moved.street, moved.town, moved.preferred) == ("Lindenweg", "Hamburg", True)

    desk.households.make([anna, bernd], address_of=anna)
    assert [(a.street, a.preferred) for a in desk.contacts.card(bernd).addresses] == [
        ("Am Kai", False),
        ("Lindenweg", True),
    ]


def test_a_change_takes_in_others_and_can_give_all_of_them_one_address(desk: Desk) -> None:
    anna, bernd, clara = person(desk, "Anna"), person(desk, "Bernd"), person(desk, "Clara", address=KAI)
    household = desk.households.make([anna, bernd])
    before = everything(desk)

    changed = desk.households.change(
        household.id, members=[anna, clara], name="", own_salutation="Ihr Lieben,", address_of=clara
    )

    assert changed.members == (anna, bernd, clara)
    places = [desk.contacts.card(id).preferred_address for id in changed.members]
    assert {place.town for place in places if place} == {"Kiel"}
    desk.history.undo()
    assert everything(desk) == before


def test_one_alone_is_no_household(desk: Desk) -> None:
    anna, bernd, clara = (person(desk, name) for name in ("Anna", "Bernd", "Clara"))
    desk.households.make([anna, bernd, clara])
    desk.households.leave(clara)
    before = everything(desk)

    desk.households.leave(bernd)

    assert desk.households.of(anna) is None
    desk.history.undo()
    assert everything(desk) == before


def test_who_joins_another_household_leaves_the_first(desk: Desk) -> None:
    anna, bernd, clara, dora = (person(desk, name) for name in ("Anna", "Bernd", "Clara", "Dora"))
    desk.households.make([anna, bernd])
    second = desk.households.make([clara, dora])

    desk.households.change(second.id, members=[clara, dora, bernd], name="", own_salutation="")

    assert desk.households.card(second.id).members == (bernd, clara, dora)
    assert desk.households.of(anna) is None


def test_who_is_in_the_bin_comes_back_into_the_household(desk: Desk) -> None:
    anna, bernd = person(desk, "Anna"), person(desk, "Bernd")
    desk.households.make([anna, bernd])

    desk.contacts.delete([bernd])
    (alone,) = planned(desk, TEMPLATE, [anna, bernd]).letters
    desk.contacts.restore([bernd])
    (both,) = planned(desk, TEMPLATE, [anna, bernd]).letters

    assert [len(letter.party.contacts) for letter in (alone, both)] == [1, 2]


def test_one_left_over_by_a_merge_is_no_household_any_more(desk: Desk) -> None:
    anna, bernd, again = person(desk, "Anna"), person(desk, "Bernd"), person(desk, "Anna")
    kim, jan = person(desk, "Kim"), person(desk, "Jan")
    desk.households.make([anna, again], name="Anna twice")
    before = everything(desk)
    desk.merging.merge(anna, again)
    assert desk.households.of(anna) is None
    assert desk._database.rows("SELECT count(*) FROM household") == [(0,)]
    desk.history.undo()
    assert everything(desk) == before
    desk.households.make([again, jan])
    both = desk.households.make([anna, bernd, kim])
    before = everything(desk)
    desk.merging.merge(anna, again)
    assert desk.households.card(both.id).members == (anna, bernd, kim)
    assert desk.households.of(jan) is None
    desk.history.undo()
    assert everything(desk) == before
    assert desk.check() == []


def test_one_left_over_by_a_deletion_for_good_is_no_household_any_more(desk: Desk) -> None:
    anna, bernd, kim = person(desk, "Anna"), person(desk, "Bernd"), person(desk, "Kim")
    household = desk.households.make([anna, bernd, kim], name="Familie Müller")
    desk.contacts.delete([bernd])
    desk.bin.delete_for_good([bernd])
    assert desk.households.card(household.id).members == (anna, kim)
    desk.contacts.delete([kim])
    before = everything(desk)
    desk.bin.delete_for_good([kim])
    assert desk.households.of(anna) is None
    with pytest.raises(Refused):
        desk.households.card(household.id)
    desk.history.undo()
    assert everything(desk) == before
    desk.history.redo()
    assert desk.households.of(anna) is None
    assert desk.check() == []


def test_an_organisation_and_one_alone_are_refused_with_the_reason(desk: Desk) -> None:
    anna = person(desk, "Anna")
    firm = desk.contacts.add(ContactCard(kind="organisation", organisation="Werft")).id or 0

    with pytest.raises(Refused, match="at least two"):
        desk.households.make([anna])
    with pytest.raises(Refused, match="Werft is an organisation"):
        desk.households.make([anna, firm])


def test_own_words_are_kept_tidy_and_the_same_words_are_no_deed(desk: Desk) -> None:
    household = desk.households.make([person(desk, "Anna"), person(desk, "Bernd")])

    changed = desk.households.change(
        household.id, name=" Familie  Müller \n\n im Hinterhaus", own_salutation=" Ihr Lieben, "
    )
    steps = len(desk.history.entries())
    desk.households.change(household.id, name=changed.name, own_salutation=changed.own_salutation)

    assert (changed.name, changed.own_salutation) == ("Familie Müller\nim Hinterhaus", "Ihr Lieben,")
    assert len(desk.history.entries()) == steps


def test_people_of_one_name_at_one_address_are_proposed_and_accepted_as_one_step(desk: Desk) -> None:
    anna = person(desk, "Anna", address=replace(LINDENWEG, street="Lindenstr."))
    bernd = person(desk, "Bernd", address=replace(LINDENWEG, street="LINDENSTRASSE"))
    person(desk, "Kim", "Schmidt")
    person(desk, "Kim", "Schmidt")  # one person with two records is no household
    person(desk, "Clara", address=KAI)
    person(desk, "Dora", address=None)
    oda, uwe = person(desk, "Oda", "Zander", KAI), person(desk, "Uwe", "Zander", KAI)
    desk.contacts.save(card := desk.contacts.card(person(desk, "Emil")), replace(card, deceased=True))
    before = everything(desk)

    found = desk.households.proposals()
    assert [proposal.members for proposal in found] == [(anna, bernd), (oda, uwe)]
    assert found[0].names == ("Anna Müller", "Bernd Müller")
    assert desk.households.decide(proposal.members for proposal in found) == 2

    assert desk.households.proposals() == []
    desk.history.undo()
    assert everything(desk) == before


def test_a_letter_to_a_household_is_one_sheet_and_stands_in_the_history_of_each(desk: Desk, tmp_path: Path) -> None:
    anna = person(desk, "Anna", gender_form="f")
    bernd = person(desk, "Bernd", gender_form="m")
    kim = person(desk, "Kim", "Schmidt")
    desk.households.make([anna, bernd])

    plan = planned(desk, TEMPLATE, [anna, bernd, kim], today=dt.date(2026, 11, 22))
    job = mailing(TEMPLATE, [anna, bernd, kim])
    run = desk.mailings.produce(plan, Outputs(tmp_path / "letters.pdf"), job=job)

    assert (run.letters, run.pages) == (2, 2)
    words = [" ".join(page.split()) for page in pages_of(run.files[0])]
    joint = next(text for text in words if "Bernd" in text)
    assert "Frau Anna Müller Herrn Bernd Müller" in joint
    assert "Sehr geehrte Frau Müller, sehr geehrter Herr Müller," in joint
    for contact in (anna, bernd, kim):
        assert [entry.kind for entry in desk.contacts.timeline(contact)].count("letter") == 1
    (line,) = desk.mailings.all()
    assert line.letters == 2
    assert sorted(letter.contact for letter in desk.sent_letters.of(line.id)) == [anna, bernd, kim]


def test_each_gets_a_letter_when_that_is_wished(desk: Desk) -> None:
    ids = [person(desk, "Anna"), person(desk, "Bernd")]
    desk.households.make(ids)

    assert len(planned(desk, TEMPLATE, ids, per_household=False).letters) == 2


def test_history_tells_in_words_what_was_done_with_a_household(desk: Desk) -> None:
    anna, bernd = person(desk, "Anna"), person(desk, "Bernd")
    household = desk.households.make([anna, bernd])
    desk.households.change(household.id, name="Familie Müller", own_salutation="Ihr Lieben,")
    desk.households.leave(bernd)

    english = Language("en")
    told = [english(entry.label) for entry in desk.history.entries()[:3]]
    assert told == [
        "Bernd Müller left the household of Anna Müller",
        "Household of Anna Müller, Bernd Müller changed",
        "Household of Anna Müller, Bernd Müller made",
    ]
    made = desk.history.details(desk.history.entries()[2].id)
    assert [(line.subject, english(line.field), english(line.after)) for line in made.lines] == [
        ("Anna Müller", "Household", "one letter together"),
        ("Bernd Müller", "Household", "one letter together"),
    ]
    timeline = [english(entry.title) for entry in desk.contacts.timeline(bernd)]
    assert timeline[0] == "Bernd Müller left the household of Anna Müller"


def test_a_declined_household_stays_declined_until_somebody_joins_them(desk: Desk) -> None:
    anna, bernd = person(desk, "Anna"), person(desk, "Bernd")
    oda, uwe = person(desk, "Oda", "Zander", KAI), person(desk, "Uwe", "Zander", KAI)

    assert desk.households.decide([(oda, uwe)], declined=[(bernd, anna)]) == 1
    assert desk.households.proposals() == []
    desk.history.undo()
    assert [found.members for found in desk.households.proposals()] == [(anna, bernd), (oda, uwe)]
    desk.history.redo()
    assert desk.households.decide([], declined=[(anna, bernd)]) == 0, "and once more is no harm"

    clara = person(desk, "Clara")
    (again,) = desk.households.proposals()
    assert again.members == (anna, bernd, clara)
    desk.households.decide([again.members])
    desk.households.leave(clara)
    assert desk.households.proposals() == [], "who left is not proposed again"
    desk.households.leave(bernd)
    assert desk.households.proposals() == []
    assert str(desk.history.entries()[0].label) == "Bernd Müller left the household of Anna Müller"


def test_who_was_no_household_and_became_one_may_be_proposed_again(desk: Desk) -> None:
    anna, bernd = person(desk, "Anna"), person(desk, "Bernd")
    desk.households.decide([], declined=[(anna, bernd)])
    assert str(desk.history.entries()[0].label) == "1 proposed household declined"

    desk.households.make([anna, bernd])
    assert desk._database.rows("SELECT * FROM not_household") == []
