"""Sample data in a real file: alive, sound, repeatable, and never among real contacts."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.integration.terminal import in_own_process

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.consent import EMAIL, Sending
from alumnidesk.errors import Cancelled, Refused
from alumnidesk.i18n import LANGUAGES, Language
from alumnidesk.progress import Progress

TODAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sample_has_people_events_letters_and_a_history_of_years(tmp_path: Path, language: str) -> None:
    desk = Desk.create_sample(tmp_path / "s.alumnidesk", 240, language=language, today=TODAY)
    try:
        assert len(desk.find.contacts().ids) == 240
        assert len(desk.find.contacts("Flensburg").ids) > 3
        assert {line.coming > 0 for line in desk.events.lines()} == {True, False}
        assert desk.events.next_lines(TODAY)
        assert len(desk.mailings.all()) == 3
        assert all(desk.sent_letters.of(mailing.id) for mailing in desk.mailings.all())
        moments = [entry.made_at for entry in desk.history.entries()]
        assert moments == sorted(moments, reverse=True)
        news = list(desk.consents.barriers(desk.find.contacts().ids, Sending("news", EMAIL)).values())
        assert 40 < news.count(None) < 160, "some have agreed, some have declined, many were never asked"
        assert len({str(barrier.reason) for barrier in news if barrier is not None}) >= 4
        assert moments[-1] < "2026-01-01"
        assert moments[0] <= "2026-11-21T23:59:59Z"
        assert desk.settings.association().language == language
        kinds = {entry.kind for i in list(desk.find.contacts().ids)[:150] for entry in desk.contacts.timeline(i)}
        assert {"note", "letter", "event"} <= kinds
        assert [desk.own_fields.used(field.id or 0) > 3 for field in desk.own_fields.all()] == [True, True, True]
        assert [len(group.tags) for group in desk.tags.groups()] == [4]
        assert desk.check() == []
    finally:
        desk.close(backup=False)


def test_a_sample_has_a_household_another_to_find_and_people_who_know_each_other(tmp_path: Path) -> None:
    desk = Desk.create_sample(tmp_path / "s.alumnidesk", 240, today=TODAY)
    try:
        everybody = list(desk.find.contacts().ids)
        (household,) = desk.households.among(everybody).values()
        assert len(household.members) == 2
        assert ("Anna Müller", "Frank Müller") in [proposal.names for proposal in desk.households.proposals()]
        kinds = {relation.kind for contact in everybody for relation in desk.relationships.of(contact)}
        assert {"spouse", "parent", "mentor", "contact_person"} <= kinds
    finally:
        desk.close(backup=False)


def test_the_same_seed_makes_the_same_file(tmp_path: Path) -> None:
    def people(name: str, seed: int) -> list[str]:
        desk = Desk.create_sample(tmp_path / name, 60, seed=seed, today=TODAY)
        try:
            return [f"{card.uid} {card.name}" for card in desk.contacts.cards(list(desk.find.contacts().ids))]
        finally:
            desk.close(backup=False)

    assert people("a.alumnidesk", 4) == people("b.alumnidesk", 4)
    assert people("c.alumnidesk", 5) != people("d.alumnidesk", 4)


def test_whatever_order_python_gives_to_sets_letters_are_kept_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = []
    for seed in ("1", "2"):  # of the order of sets, which another process may have differently
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        path = tmp_path / f"{seed}.alumnidesk"
        in_own_process("new", path, "--sample", 40)
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
            kept.append(file.execute("SELECT * FROM letter").fetchall())
    assert kept[0] == kept[1] != []


def test_every_step_of_a_sample_can_be_taken_back(tmp_path: Path) -> None:
    desk = Desk.create_sample(tmp_path / "s.alumnidesk", 40, today=TODAY)
    try:
        while desk.history.next_undo() is not None:
            desk.history.undo()
        assert list(desk.find.contacts().ids) == []
        assert desk.events.lines() == []
        assert desk.check() == []
    finally:
        desk.close(backup=False)


def test_sample_data_is_not_mixed_with_real_contacts(desk: Desk) -> None:
    desk.contacts.add(ContactCard(family_name="Müller"))
    with pytest.raises(Refused):
        desk.sample.fill(10)
    assert len(desk.find.contacts().ids) == 1


def test_a_cancelled_sample_leaves_no_file(tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        Desk.create_sample(tmp_path / "s.alumnidesk", 40, progress=progress)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_file_has_the_ready_letters_in_all_languages_named_in_its_own(tmp_path: Path, language: str) -> None:
    desk = Desk.create(tmp_path / "new.alumnidesk", language)
    try:
        templates = desk.letters.templates()
        assert len(templates) == 15
        assert all({text.language for text in template.texts} == set(LANGUAGES) for template in templates)
        expected = {"de": "Einladung", "en": "Invitation", "sv": "Inbjudan"}[language]
        assert templates[0].name == expected
        assert desk.settings.association().language == language
        assert desk.history.next_undo() is None, Language("en")(desk.history.entries()[0].label)
    finally:
        desk.close(backup=False)


def test_the_waiting_list_of_the_sample_is_in_the_order_of_its_days(tmp_path: Path) -> None:
    desk = Desk.create_sample(tmp_path / "sample.alumnidesk", 240, language="de", today=dt.date(2026, 11, 19))
    event = next(line.id for line in desk.events.lines() if line.waitlist)
    waiting = desk.events.waitlist(event)
    assert [person.name for person in waiting] == ["Jonas Feldkamp", "Elin Sandström", "Henrik Holm", "Ute Nissen"]
    assert [person.answered_on for person in waiting] == sorted(person.answered_on for person in waiting)
    desk.close(backup=False)


@pytest.mark.parametrize("language", ["de", "en", "sv"])
def test_the_sample_has_something_to_follow_up_and_a_letter_that_came_back(tmp_path: Path, language: str) -> None:
    today = dt.date(2026, 11, 20)
    with closing(Desk.create_sample(tmp_path / "s.alumnidesk", 120, language=language, today=today)) as desk:
        notes = desk.notes.open()
        assert desk.notes.count_due(today) == 2
        assert {note.kind for note in notes} == {"call", "message", "visit", "search"}
        (search,) = [note for note in notes if note.kind == "search"]
        assert desk.contacts.card(search.contact).addresses[0].undeliverable_since
        assert desk.contacts.whom_to_ask(search.contact)
        assert desk.check() == []


def test_what_is_written_of_a_sample_comes_in_again_without_a_remark(tmp_path: Path) -> None:
    with closing(Desk.create_sample(tmp_path / "s.alumnidesk", 240, language="de", today=TODAY)) as desk:
        for kind in ("csv", "google", "outlook", "thunderbird", "xlsx", "vcard3", "ldif"):
            target = tmp_path / f"all.{kind}"
            desk.exporting.write(target, kind, list(desk.find.contacts().ids))
            assert (kind, list(desk.importing.preview(target).problems)) == (kind, [])
