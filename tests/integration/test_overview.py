"""What Home knows: only true things, each with those it is about."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from tests.integration.planned_mailing import mailing

from alumnidesk.desk import Desk
from alumnidesk.domain import needs
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, EventCard
from alumnidesk.domain.needs import Need
from alumnidesk.i18n import Language, say
from alumnidesk.services.mailings import Outputs

TODAY = dt.date(2026, 11, 19)
ANNA = ContactCard(
    given_name="Anna",
    family_name="Müller",
    emails=(Email("anna@mail.example"),),
    addresses=(Address(street="Am Kai 3", postcode="24103", town="Kiel"),),
)


def need(desk: Desk, kind: str) -> Need | None:
    return next((n for n in desk.overview.picture(TODAY).needs if n.kind == kind), None)


def event(desk: Desk, days: int, **values: object) -> int:
    day = (TODAY + dt.timedelta(days=days)).isoformat()
    return desk.events.add(replace(EventCard(title="Reunion", starts_on=day), **values)).id or 0  # type: ignore[arg-type]


def people(desk: Desk, n: int) -> list[int]:
    return [desk.contacts.add(replace(ANNA, family_name=f"Müller {i}")).id or 0 for i in range(n)]


def test_a_new_file_needs_nothing_but_has_its_first_steps_to_do(desk: Desk) -> None:
    picture = desk.overview.picture(TODAY)
    assert picture.needs == ()
    assert (picture.steps.contacts, picture.steps.sender, picture.steps.event) == (False, False, False)


def test_the_first_steps_are_ticked_when_they_are_done(desk: Desk) -> None:
    people(desk, 1)
    event(desk, 30)
    desk.settings.save(replace(desk.settings.association(), name="Verein", street="Weg 1", town="Kiel"))
    steps = desk.overview.picture(TODAY).steps
    assert (steps.contacts, steps.sender, steps.event) == (True, True, True)


def test_missing_answers_are_told_two_weeks_before_an_event_and_not_earlier(desk: Desk) -> None:
    ids = people(desk, 3)
    far, near = event(desk, 60), event(desk, 14)
    for number in (far, near):
        desk.events.invite(number, ids)
        desk.events.answer([desk.events.roster(number)[0].id], "coming")
    found = need(desk, needs.ANSWERS)
    assert found is not None
    assert found.id == near
    assert str(found.text) == "2 answers to “Reunion” are missing"
    assert Language("en")(found.detail) == "It takes place in 14 days"
    desk.events.answer([p.id for p in desk.events.roster(near)], "coming")
    assert need(desk, needs.ANSWERS) is None


def test_an_event_that_is_over_needs_nobody(desk: Desk) -> None:
    number = event(desk, -1)
    desk.events.invite(number, people(desk, 2))
    assert {n.kind for n in desk.overview.picture(TODAY).needs}.isdisjoint({needs.ANSWERS, needs.INVITATIONS})


def test_invitations_that_were_not_printed_are_told_until_they_are(desk: Desk, tmp_path: Path) -> None:
    ids = people(desk, 2)
    number = event(desk, 40, place="Great hall", starts_at="15:00")
    desk.settings.save(replace(desk.settings.association(), name="Verein", street="Weg 1", postcode="24103",
                               town="Kiel", phone="1", email="a@verein.example"))  # fmt: skip
    desk.events.invite(number, ids)
    found = need(desk, needs.INVITATIONS)
    assert found is not None
    assert found.id == number
    template = desk.letters.templates()[0]
    job = mailing(template, ids, event=number)
    desk.mailings.produce(desk.mailings.plan(job), Outputs(tmp_path / "run.pdf"), job=job)
    (sent,) = desk.mailings.all()
    assert str(sent.purpose) == "Invitations"
    assert need(desk, needs.INVITATIONS) is None
    assert desk.overview.picture(dt.date.today()).written_to == 2


def test_a_free_place_is_told_while_somebody_waits_for_it(desk: Desk) -> None:
    number = event(desk, 40, capacity=2)
    desk.events.invite(number, people(desk, 3))
    roster = desk.events.roster(number)
    desk.events.answer([roster[0].id], "coming")
    desk.events.answer([roster[1].id], "waitlist")
    found = need(desk, needs.SEATS)
    assert found is not None
    assert str(found.text) == "1 place is free at “Reunion”"
    desk.events.answer([roster[2].id], "coming")
    assert need(desk, needs.SEATS) is None


def test_contacts_that_nobody_can_reach_are_counted_and_the_first_is_named(desk: Desk) -> None:
    people(desk, 1)
    lost = desk.contacts.add(ContactCard(given_name="Carla", family_name="Wied")).id
    desk.contacts.add(ContactCard(given_name="Zoe", family_name="Zander"))
    desk.contacts.add(ContactCard(given_name="Otto", family_name="Alt", deceased=True))
    found = need(desk, needs.REACH)
    assert found is not None
    assert str(found.text) == "2 contacts have neither address nor e-mail"
    assert str(found.detail) == "Carla Wied and 1 other"
    assert found.id == lost


def test_a_missing_sender_and_a_missing_backup_are_told_until_they_are_there(desk: Desk) -> None:
    people(desk, 1)
    _made(desk, dt.timedelta(days=2))
    assert need(desk, needs.SENDER) is not None
    found = need(desk, needs.BACKUP)
    assert found is not None
    assert str(found.text) == "There is no backup of this file yet"
    desk.settings.save(replace(desk.settings.association(), name="Verein", street="Weg 1", town="Kiel"))
    desk.backups.make()
    assert need(desk, needs.SENDER) is None
    assert need(desk, needs.BACKUP) is None


def test_an_old_backup_is_told_with_its_age() -> None:
    assert str(needs.backup(dt.timedelta(days=9, hours=3)).text) == "The last backup is 9 days old"


def test_the_sample_says_that_it_is_one_and_a_real_association_does_not(tmp_path: Path) -> None:
    for language in ("de", "en", "sv"):
        sample = Desk.create_sample(tmp_path / f"{language}.alumnidesk", 30, language=language, today=TODAY)
        assert need(sample, needs.SAMPLE) is not None
        sample.settings.set("email", "we@verein.example")
        assert need(sample, needs.SAMPLE) is None
        sample.close(backup=False)


def test_cohorts_are_counted_by_decade_without_gaps(desk: Desk) -> None:
    for year in (1968, 1969, 1985, None):
        desk.contacts.add(replace(ANNA, affiliations=(Affiliation(unit="School", cohort_to=year),)))
    picture = desk.overview.picture(TODAY)
    assert picture.decades == ((1960, 2), (1970, 0), (1980, 1))
    assert (picture.contacts, picture.without_cohort) == (4, 1)
    desk.history.undo()
    assert desk.overview.picture(TODAY).contacts == 3


def test_each_decade_counts_those_whom_a_search_for_it_finds(tmp_path: Path) -> None:
    desk = Desk.create_sample(tmp_path / "s.alumnidesk", 200, language="de", today=TODAY)
    twice = ContactCard(
        given_name="Anna",
        family_name="Zweimal",
        affiliations=(Affiliation(cohort_to=1998), Affiliation(cohort_from=2004), Affiliation(cohort_to=2006)),
    )
    desk.contacts.add(twice)
    decades = desk.overview.picture(TODAY).decades
    assert len(decades) > 4
    for first, n in decades:
        for word in ("cohort", "jahrgang", "årskull"):
            assert len(desk.find.contacts(f"{word}:{first}..{first + 9}").ids) == n
    desk.close(backup=False)


def test_what_was_taken_back_was_not_done_lately(desk: Desk) -> None:
    people(desk, 2)
    desk.history.undo()
    labels = [str(entry.label) for entry in desk.overview.picture(TODAY).lately]
    assert labels[0] == "Anna Müller 0 added"


def test_a_backup_is_missed_only_once_a_file_is_a_day_old_and_home_follows_the_same_rule(desk: Desk) -> None:
    people(desk, 1)
    for age, overdue in ((dt.timedelta(hours=23), False), (dt.timedelta(days=1, minutes=1), True)):
        _made(desk, age)
        assert desk.backups.overdue(desk.backups.age()) is overdue
        assert (need(desk, needs.BACKUP) is not None) is overdue
    desk.backups.make()
    assert not desk.backups.overdue(desk.backups.age())
    assert [desk.backups.overdue(dt.timedelta(days=days)) for days in (6, 7)] == [False, True]
    assert need(desk, needs.BACKUP) is None


def _made(desk: Desk, ago: dt.timedelta) -> None:
    """The file was made so long ago."""
    day = (dt.datetime.now(dt.UTC) - ago).isoformat()
    with desk.contacts._database.writing(say("Made earlier")) as transaction:
        transaction.execute("UPDATE changeset SET made_at = ?", (day,))
