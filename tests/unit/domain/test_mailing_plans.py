"""Planning a mailing: order, language, what is left out and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import (
    Address,
    Affiliation,
    ContactCard,
    EventCard,
    HouseholdCard,
    LetterText,
    TemplateCard,
)
from alumnidesk.domain.consent import KNOWN, NO, Occasion
from alumnidesk.domain.letters import MasterLetter, References, again
from alumnidesk.domain.mailing_plans import MailingPlan, plan_mailing
from alumnidesk.domain.ready_templates import ready_templates
from alumnidesk.errors import Cancelled
from alumnidesk.progress import Progress

LEFT_OUT, LOOK = "left out", "worth a look"
TODAY = dt.date(2026, 11, 19)
LINDENHOF = Association(name="Freundeskreis Lindenhof e. V.", phone="0461 1", email="post@lindenhof.example")
EVENT = EventCard(title="Sommerfest", starts_on="2027-04-24", starts_at="14:00", place="Hof")
GERMAN = LetterText("de", "{event_title}", "{salutation}\n\nam {event_date} um {event_time}", "Herzlich")
SWEDISH = LetterText("sv", "{event_title}", "{salutation}\n\n{event_date} klockan {event_time}", "Hälsningar")
TEMPLATE = TemplateCard(texts=(GERMAN, SWEDISH))
MASTER = MasterLetter(TEMPLATE, LINDENHOF, TODAY, EVENT)
ANNA = ContactCard(
    id=1,
    given_name="Anna",
    family_name="Müller",
    gender_form="f",
    addresses=(Address("Lindenweg", "14", postcode="22767", town="Hamburg"),),
)


def run(*contacts: ContactCard, template: TemplateCard = TEMPLATE, event: EventCard | None = EVENT) -> MailingPlan:
    return plan_mailing(MasterLetter(template, LINDENHOF, TODAY, event), contacts)


def reasons(plan: MailingPlan) -> list[tuple[str, str]]:
    return [
        *((LEFT_OUT, str(remark.reason)) for remark in plan.left_out),
        *((LOOK, str(remark.reason)) for remark in plan.looks),
    ]


def test_a_letter_is_complete_in_words() -> None:
    (letter,) = run(ANNA).letters
    assert letter.address == ("Frau", "Anna Müller", "Lindenweg 14", "22767 Hamburg")
    assert letter.date == "19. November 2026"
    assert letter.subject == "Sommerfest"
    assert letter.paragraphs == ("Sehr geehrte Frau Müller,", "am Samstag, 24. April 2027 um 14 Uhr")
    assert letter.closing == "Herzlich"


def test_each_recipient_is_written_to_in_their_own_language() -> None:
    plan = run(ANNA, replace(ANNA, id=2, language="sv"), replace(ANNA, id=3, language="fi"))
    by_id = {letter.contact.id: letter for letter in plan.letters}
    assert [by_id[i].language for i in (1, 2, 3)] == ["de", "sv", "de"]
    assert by_id[2].paragraphs == ("Hej Anna Müller,", "lördag 24 april 2027 klockan 14.00")


def test_letters_come_in_the_order_of_country_postcode_and_name() -> None:
    def living(number: int, name: str, postcode: str, country: str = "") -> ContactCard:
        address = Address("Weg 1", postcode=postcode, town="Ort", country=country)
        return replace(ANNA, id=number, family_name=name, addresses=(address,))

    contacts = [
        living(1, "Zorn", "24937"),
        living(2, "Ämter", "24937"),
        living(3, "Alt", "99999"),
        living(4, "Alt", "21122", "SE"),
        living(5, "Alt", "1010", "Österreich"),
        living(6, "Alt", "10115", "Germany"),
    ]
    assert [letter.contact.id for letter in run(*contacts).letters] == [6, 2, 1, 3, 5, 4]


@pytest.mark.parametrize(
    ("contact", "reason"),
    [
        (replace(ANNA, binned=True), "Is in the bin"),
        (replace(ANNA, deceased=True), "Has died"),
        (replace(ANNA, no_post=True), "Wants no post"),
        (replace(ANNA, addresses=()), "No postal address"),
        (replace(ANNA, addresses=(Address("Weg 1"),)), "No postal address"),
    ],
)
def test_who_gets_no_letter_is_named_with_the_reason(contact: ContactCard, reason: str) -> None:
    plan = run(contact)
    assert plan.letters == ()
    assert reasons(plan) == [(LEFT_OUT, reason)]


def test_what_one_should_look_at_stays_in_the_run_and_comes_after_what_is_left_out() -> None:
    odd = replace(ANNA, id=2, family_name="Alt", gender_form="", addresses=(Address("Weg 1", town="Kiel"),))
    plan = run(odd, replace(ANNA, id=3, no_post=True), ANNA)
    assert len(plan.letters) == 2
    assert reasons(plan) == [
        (LEFT_OUT, "Wants no post"),
        (LOOK, "The postcode is missing."),
        (LOOK, "No form of address, so neutral."),
    ]


NEWS = KNOWN[0]


def test_who_has_said_no_to_the_purpose_gets_no_letter_however_it_is_asked_for() -> None:
    occasion = Occasion(NEWS, {1: NO}, frozenset({1}))
    plan = plan_mailing(MASTER, [ANNA], [occasion])
    assert plan.letters == ()
    assert reasons(plan) == [(LEFT_OUT, "Wants no “News” by post")]
    assert [remark.by_hand for remark in plan.left_out] == [False]


def test_who_wants_no_post_can_be_put_in_by_hand_and_that_stays_seen() -> None:
    silent = replace(ANNA, no_post=True)
    (remark,) = run(silent).left_out
    assert remark.by_hand
    occasion = Occasion(NEWS, {}, frozenset({1}))
    plan = plan_mailing(MASTER, [silent], [occasion])
    assert len(plan.letters) == 1
    assert reasons(plan) == [(LOOK, "Wants no post; put in all the same")]
    nowhere = replace(silent, addresses=())
    plan = plan_mailing(MASTER, [nowhere], [occasion])
    assert plan.letters == (), "nobody can write to no address"


def test_a_value_that_is_missing_for_one_recipient_is_reported_for_that_one() -> None:
    template = TemplateCard(texts=(LetterText("de", "", "{salutation}\n\nJahrgang {cohort} grüßt."),))
    with_cohort = replace(ANNA, id=2, affiliations=(Affiliation(cohort_from=1995, cohort_to=1998),))
    plan = run(ANNA, with_cohort, template=template)
    assert [(one.contact.id, str(one.reason)) for one in plan.looks] == [(1, "“Cohort” is empty.")]
    texts = {letter.contact.id: letter.paragraphs[1] for letter in plan.letters}
    assert texts == {1: "Jahrgang grüßt.", 2: "Jahrgang 1998 grüßt."}


def test_a_salutation_that_is_not_wanted_leaves_no_gap() -> None:
    (letter,) = run(replace(ANNA, salutation_mode="none")).letters
    assert letter.paragraphs == ("am Samstag, 24. April 2027 um 14 Uhr",)


def test_one_contact_gets_one_letter() -> None:
    assert len(run(ANNA, ANNA).letters) == 1


def test_characters_that_the_font_lacks_are_named() -> None:
    without_trees = replace(MASTER, lacking=lambda text: "🌳" if "🌳" in text else "")
    plan = plan_mailing(without_trees, [replace(ANNA, given_name="Anna🌳")])
    assert reasons(plan) == [(LOOK, "The letter’s font lacks 🌳.")]
    assert plan.problems == ()


def test_what_is_wrong_for_everybody_is_said_once() -> None:
    assert [str(p) for p in run(ANNA, event=None).problems] == ["The letter speaks of an event, but none is chosen."]
    without_day = replace(EVENT, starts_on="")
    assert [str(p) for p in run(ANNA, event=without_day).problems] == ["The event has no entry for “Event: date”."]
    assert [str(p) for p in run(ANNA, template=TemplateCard()).problems] == ["The letter has no text yet."]
    misspelt = TemplateCard(texts=(replace(GERMAN, body="{xyz}"),))
    assert [str(p) for p in run(ANNA, template=misspelt).problems] == ["There is no placeholder {xyz}."]


def test_an_event_of_several_days_is_written_from_first_to_last() -> None:
    (letter,) = run(ANNA, event=replace(EVENT, ends_on="2027-04-25", starts_at="09:30")).letters
    assert letter.paragraphs[1] == "am Samstag, 24. April 2027 – Sonntag, 25. April 2027 um 9:30 Uhr"


def test_planning_can_be_stopped() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        plan_mailing(MASTER, [ANNA], progress=progress)


def test_blank_lines_divide_paragraphs_and_line_ends_of_every_system_count() -> None:
    written = replace(GERMAN, body="a\r\nb\r\n \r\n\r\nc\r")
    assert run(ANNA, template=TemplateCard(texts=(written,))).letters[0].paragraphs == ("a\nb", "c")
    assert run(ANNA, template=TemplateCard(texts=(replace(GERMAN, body=" \n\n"),))).letters[0].paragraphs == ()


def conditional(plan: MailingPlan) -> dict[int | None, tuple[str, ...]]:
    return {letter.contact.id: letter.paragraphs for letter in plan.letters}


def test_a_block_under_a_condition_is_in_the_letters_to_those_who_fit_it() -> None:
    body = '<letter><p only="email:none">Bitte per Post.</p><p only="role:member">Mitglieder!</p><p>Alle</p></letter>'
    template = TemplateCard(texts=(replace(GERMAN, body=body),))
    references = References({"email:none": {1}, "role:member": {1, 2}})
    people = [ANNA, replace(ANNA, id=2), replace(ANNA, id=3)]
    plan = plan_mailing(MasterLetter(template, LINDENHOF, TODAY, references=references), people)
    assert conditional(plan) == {
        1: ("Bitte per Post.", "Mitglieder!", "Alle"),
        2: ("Mitglieder!", "Alle"),
        3: ("Alle",),
    }
    letter = plan.letters[1]
    written = again(
        template.texts[0],
        LINDENHOF,
        TODAY,
        name=letter.name,
        address=letter.address,
        values=letter.values,
        fitting=letter.fitting,
    )
    assert written.text == letter.text


def test_a_letter_to_a_household_has_the_block_if_one_of_them_fits() -> None:
    template = TemplateCard(texts=(replace(GERMAN, body='<letter><p only="x:y">Nur</p><p>Alle</p></letter>'),))
    people = [replace(ANNA, household_id=7), replace(ANNA, id=2, given_name="Otto", household_id=7)]
    for ids, wanted in (({2}, ("Nur", "Alle")), ({1}, ("Nur", "Alle")), (set[int](), ("Alle",))):
        master = MasterLetter(template, LINDENHOF, TODAY, references=References({"x:y": ids}))
        plan = plan_mailing(master, people, households={7: HouseholdCard(7, members=(1, 2))})
        assert [letter.paragraphs for letter in plan.letters] == [wanted]


def test_unknown_placeholders_in_cells_and_codes_are_problems() -> None:
    body = "<letter><table><row><cell>{xxxx}</cell></row></table><slip><qr>{qqqq}</qr></slip></letter>"
    plan = run(ANNA, template=TemplateCard(texts=(replace(GERMAN, body=body),)))
    assert [str(problem) for problem in plan.problems] == [
        "There is no placeholder {xxxx}.",
        "There is no placeholder {qqqq}.",
    ]


@pytest.mark.parametrize("language", ["en", "de", "sv"])
def test_the_ready_templates_fill_completely_in_every_language(language: str) -> None:
    templates = ready_templates(language)
    assert len({template.name for template in templates}) == 15
    for template in templates:
        assert {text.language for text in template.texts} == {"en", "de", "sv"}
        plan = run(replace(ANNA, language=language), template=template)
        assert plan.problems == ()
        assert reasons(plan) == []
        assert "{" not in "".join([plan.letters[0].subject, *plan.letters[0].paragraphs, plan.letters[0].closing])


# Households ----------------------------------------------------------------------------------------------------------

HOME = HouseholdCard(7, members=(1, 2, 3))
AT_HOME = replace(ANNA, household_id=7)
BERND = replace(AT_HOME, id=2, given_name="Bernd", gender_form="m")
NAMED = TemplateCard(texts=(LetterText("de", "An {name}", "{salutation}\n\n{given_name}, {cohort}."), SWEDISH))


def joint(*contacts: ContactCard, template: TemplateCard = NAMED) -> MailingPlan:
    return plan_mailing(replace(MASTER, template=template), contacts, households={7: HOME})


def test_a_household_gets_one_letter_with_all_its_names() -> None:
    years = [replace(c, affiliations=(Affiliation(cohort_to=y),)) for c, y in ((AT_HOME, 1998), (BERND, 2001))]

    (letter,) = joint(*years).letters

    assert letter.address == ("Frau Anna Müller", "Herrn Bernd Müller", "Lindenweg 14", "22767 Hamburg")
    assert letter.subject == "An Anna und Bernd Müller"
    assert letter.paragraphs == (
        "Sehr geehrte Frau Müller, sehr geehrter Herr Müller,",
        "Anna und Bernd, 1998 und 2001.",
    )


@pytest.mark.parametrize(
    "silent", [replace(BERND, deceased=True), replace(BERND, no_post=True), replace(BERND, binned=True)]
)
def test_who_of_a_household_gets_no_post_is_not_named_in_its_letter(silent: ContactCard) -> None:
    plan = joint(AT_HOME, silent)

    assert plan.letters[0].paragraphs[0] == "Sehr geehrte Frau Müller,"
    assert plan.letters[0].address[:2] == ("Frau", "Anna Müller")
    assert [remark.contact.id for remark in plan.left_out] == [2]


def test_a_letter_to_two_languages_is_written_in_that_of_the_association() -> None:
    plan = joint(replace(AT_HOME, language="sv"), replace(BERND, language="en"))
    both_swedish = joint(replace(AT_HOME, language="sv"), replace(BERND, language="sv"))

    assert [letter.language for letter in (*plan.letters, *both_swedish.letters)] == ["de", "sv"]


def test_who_has_no_address_of_their_own_is_in_the_letter_to_the_household() -> None:
    plan = joint(replace(BERND, addresses=()), AT_HOME)

    assert [len(letter.party.contacts) for letter in plan.letters] == [2]
    assert not plan.left_out


def test_a_letter_that_asks_for_an_answer_is_worth_a_look_only_if_the_sender_can_be_reached_in_no_way() -> None:
    invitation = ready_templates("de")[0]

    def told(association: Association, template: TemplateCard = invitation) -> list[str]:
        return list(map(str, plan_mailing(MasterLetter(template, association, TODAY, EVENT), [ANNA, ANNA]).remarks))

    lonely = replace(LINDENHOF, phone="", email="")
    assert told(lonely) == [
        "The letter asks people to get in touch, but the association has neither a phone number nor an e-mail."
    ]
    assert told(replace(lonely, phone="0461 1")) == told(replace(lonely, email="post@lindenhof.example")) == []
    assert told(lonely, TEMPLATE) == []


def test_a_sender_that_is_cut_off_is_told_once_and_only_where_letters_go_by_post() -> None:
    master = replace(MASTER, sender_fits=False)
    (told,) = plan_mailing(master, [ANNA, ANNA]).remarks
    assert "too long" in str(told)
    assert plan_mailing(master, [replace(ANNA, addresses=())]).remarks == ()
