"""Keeping a folder of vCards in step: who is who, what goes where, what is asked, what is taken back."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path

import pytest
from tests.integration.synced_folder import Pair, outcomes

from alumnidesk.domain.cards import Affiliation, ContactCard, Email, OwnValue, Phone
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.services.sync_plan import Decision, Outcome, PartnerCard, QuestionKind

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


# What goes ----------------------------------------------------------------------------------------------------------


def test_contacts_become_files_and_a_second_sync_does_nothing(pair: Pair) -> None:
    anna = pair.add(given_name="Anna", family_name="Müller", phones=(Phone("040 1", "home"),))
    assert outcomes(pair.plan()) == {"Anna Müller": Outcome.NEW_THERE}
    report = pair.sync()
    assert (report.ours, report.theirs, report.changeset) == (0, 1, None)
    assert "FN:Anna Müller" in pair.file(anna).read_text()
    (partner,) = pair.desk.syncing.partners()
    assert (partner.contacts, bool(partner.synced_at)) == (1, True)
    before = pair.file(anna).stat()
    plan = pair.plan()
    assert (plan.items, plan.unchanged, plan.counts) == ((), 1, {Outcome.UNCHANGED: 1})
    pair.sync()
    assert pair.file(anna).stat() == before


def test_files_become_contacts_with_their_uid_and_picture(pair: Pair) -> None:
    photo = f"PHOTO;ENCODING=b;TYPE=PNG:{base64.b64encode(PICTURE).decode()}"
    pair.write("somebody.vcf", "UID:their-1", "N:Öz;Ela", "FN:Ela Öz", "CATEGORIES:Chor", photo, "X-THEIRS:1")
    report = pair.sync()
    assert (report.ours, report.theirs) == (1, 0)
    (card,) = pair.desk.contacts.cards(pair.desk.find.contacts().ids)
    assert (card.uid, card.given_name, card.tags) == ("their-1", "Ela", ("Chor",))
    assert pair.desk.photos.of(card.id or 0) == PICTURE
    assert not pair.plan().items
    pair.desk.photos.remove(card.id or 0)
    pair.sync()
    text = (pair.folder / "somebody.vcf").read_text()
    assert "PHOTO" not in text
    assert "X-THEIRS:1" in text


def test_a_phone_changed_here_and_a_note_changed_there_are_both_kept(pair: Pair) -> None:
    anna = pair.add(family_name="Müller", phones=(Phone("040 1"),), remark="old")
    pair.sync()
    pair.desk.contacts.save(anna, replace(anna, phones=(replace(anna.phones[0], number="040 2"),)))
    pair.edit(pair.file(anna), "NOTE:old", "NOTE:new\r\nX-THEIRS;A=b:kept")
    plan = pair.plan()
    assert outcomes(plan) == {"Müller": Outcome.CHANGED_BOTH}
    assert {(str(d.side), str(d.label), str(d.new)) for d in plan.items[0].differences} >= {
        ("ours", "Remark", "new"), ("theirs", "Phone numbers", "040 2"),
    }  # fmt: skip
    pair.sync()
    assert pair.now(anna).remark == "new"
    assert [phone.number for phone in pair.now(anna).phones] == ["040 2"]
    text = pair.file(anna).read_text()
    assert "TEL:040 2" in text
    assert "040 1" not in text
    assert "X-THEIRS;A=b:kept" in text
    assert not pair.plan().items


def test_what_another_program_does_not_know_stays_with_us(pair: Pair) -> None:
    anna = pair.add(
        given_name="Anna",
        family_name="Müller",
        birth_name="Ahrens",
        own_salutation="Liebe Anna",
        affiliations=(Affiliation(role="Board"),),
        own=(OwnValue("Shirt size", "M"),),
        emails=(Email("a@b.example", undeliverable_since="2026-01-02"),),
    )
    pair.sync()
    kept = [line for line in pair.file(anna).read_text().splitlines() if "X-ALUMNIDESK" not in line]
    pair.file(anna).write_text("\n".join(kept).replace("FN:", "NICKNAME:Anni\nFN:"))
    pair.edit(pair.file(anna), "END:VCARD", "EMAIL:a@b.example\nEND:VCARD")
    pair.sync()
    now = pair.now(anna)
    assert now.call_name == "Anni"
    assert (now.own_salutation, now.affiliations, now.own) == (anna.own_salutation, anna.affiliations, anna.own)
    assert now.emails[0].undeliverable_since == "2026-01-02"


def test_another_office_with_this_program_can_take_away_what_is_ours_alone(pair: Pair) -> None:
    anna = pair.add(family_name="Müller", birth_name="Ahrens", own_salutation="Liebe Anna", own_address_name="Anni")
    pair.sync()
    pair.edit(pair.file(anna), "X-ALUMNIDESK-SALUTATION:Liebe Anna\r\n", "")
    pair.sync()
    assert (pair.now(anna).own_salutation, pair.now(anna).own_address_name) == ("", "Anni")


def test_a_name_that_changes_there_keeps_our_particle(pair: Pair) -> None:
    anna = pair.add(given_name="Anna", name_particle="von", family_name="Berg")
    pair.sync()
    pair.edit(pair.file(anna), "N:von Berg;Anna", "N:von Berg-Öz;Anna")
    pair.sync()
    assert (pair.now(anna).name_particle, pair.now(anna).family_name) == ("von", "Berg-Öz")
    assert not pair.plan().items


def test_a_tag_that_gets_another_name_here_gets_it_there(pair: Pair) -> None:
    anna = pair.add(family_name="Müller", tags=("Chor",))
    pair.sync()
    number = next(line.id for line in pair.desk.tags.lines())
    pair.desk.tags.rename(number, "Chor 2026")
    assert outcomes(pair.plan()) == {"Müller": Outcome.CHANGED_THERE}
    pair.sync()
    assert "CATEGORIES:Chor 2026" in pair.file(anna).read_text()


# Conflicts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("decision", [Decision.OURS, Decision.THEIRS, Decision.BOTH])
def test_a_phone_that_both_corrected_waits_until_somebody_decides(pair: Pair, decision: Decision) -> None:
    anna = pair.add(family_name="Müller", phones=(Phone("040 1"),))
    pair.sync()
    pair.desk.contacts.save(anna, replace(anna, phones=(replace(anna.phones[0], number="040 2"),)))
    pair.edit(pair.file(anna), "TEL:040 1", "TEL:040 3")
    for _ in range(2):
        (question,) = pair.plan().questions
        assert (str(question.label), str(question.ours), str(question.theirs)) == ("Phone numbers", "040 2", "040 3")
        assert question.kind is QuestionKind.CHANGED_BOTH
        assert pair.sync().undecided == 1
        assert [phone.number for phone in pair.now(anna).phones] == ["040 2"]
        assert "TEL:040 3" in pair.file(anna).read_text()
    pair.sync({question.id: decision})
    wanted = {Decision.OURS: {"040 2"}, Decision.THEIRS: {"040 3"}, Decision.BOTH: {"040 2", "040 3"}}[decision]
    assert {phone.number for phone in pair.now(anna).phones} == wanted
    text = pair.file(anna).read_text()
    assert {number for number in ("040 1", "040 2", "040 3") if f"TEL:{number}" in text} == wanted
    assert not pair.plan().items


def test_where_only_the_kind_of_a_value_differs_it_is_said_in_full(pair: Pair) -> None:
    anna = pair.add(family_name="Müller", emails=(Email("a@b.example", "home", preferred=True),))
    pair.sync()
    pair.desk.contacts.save(anna, replace(anna, emails=(replace(anna.emails[0], label="Hütte"),)))
    (difference,) = pair.plan().items[0].differences
    assert (str(difference.old), str(difference.new)) == (
        "a@b.example, private, preferred", "a@b.example, Hütte, preferred",
    )  # fmt: skip
    pair.edit(pair.file(anna), "TYPE=HOME,PREF", "TYPE=WORK")
    (question,) = pair.plan().questions
    assert (str(question.ours), str(question.theirs), str(question.before)) == (
        "a@b.example, Hütte, preferred", "a@b.example, work", "a@b.example, private, preferred",
    )  # fmt: skip


@pytest.mark.parametrize("decision", [Decision.OURS, Decision.THEIRS])
def test_deleted_there_and_changed_here_is_asked(pair: Pair, decision: Decision) -> None:
    anna, _ = pair.add(family_name="Müller"), pair.add(family_name="Öz")
    pair.sync()
    pair.file(anna).unlink()
    pair.desk.contacts.save(anna, replace(anna, remark="changed"))
    (question,) = pair.plan().questions
    assert question.kind is QuestionKind.CHANGED_HERE_DELETED_THERE
    pair.sync()
    assert not pair.now(anna).binned
    pair.sync({question.id: decision})
    assert pair.now(anna).binned is (decision is Decision.THEIRS)
    assert pair.file(anna).exists() is (decision is Decision.OURS)
    assert not pair.plan().items


@pytest.mark.parametrize("decision", [Decision.OURS, Decision.THEIRS])
def test_deleted_here_and_changed_there_is_asked(pair: Pair, decision: Decision) -> None:
    anna, _ = pair.add(family_name="Müller"), pair.add(family_name="Öz")
    pair.sync()
    pair.desk.contacts.delete([anna.id or 0])
    pair.edit(pair.file(anna), "END:VCARD", "NOTE:changed\r\nEND:VCARD")
    (question,) = pair.plan().questions
    assert question.kind is QuestionKind.DELETED_HERE_CHANGED_THERE
    pair.sync()
    assert pair.file(anna).exists()
    pair.sync({question.id: decision})
    assert pair.file(anna).exists() is (decision is Decision.THEIRS)
    assert pair.now(anna).binned is (decision is Decision.OURS)
    assert pair.now(anna).remark == ("changed" if decision is Decision.THEIRS else "")
    assert not pair.plan().items


# Undo ---------------------------------------------------------------------------------------------------------------


def test_what_an_undo_takes_back_here_the_next_sync_takes_back_there(pair: Pair) -> None:
    anna = pair.add(family_name="Müller", remark="old")
    pair.sync()
    pair.edit(pair.file(anna), "NOTE:old", "NOTE:new")
    report = pair.sync()
    assert report.changeset is not None
    label = str(pair.desk.history.next_undo().label)  # type: ignore[union-attr]
    assert label == "Synced with “Cards”: 1 changed here, 0 there"
    pair.desk.history.undo()
    assert pair.now(anna).remark == "old"
    pair.sync()
    assert "NOTE:old" in pair.file(anna).read_text()


# What is refused ----------------------------------------------------------------------------------------------------


def test_so_many_deletions_that_it_may_be_an_accident_are_not_done_unasked(pair: Pair) -> None:
    cards = [pair.add(family_name=f"N{n}") for n in range(10)]
    pair.sync()
    for card in cards[:2]:
        pair.file(card).unlink()
    plan = pair.plan()
    assert str(plan.many) == "2 contacts would be deleted here."
    with pytest.raises(Refused):
        pair.desk.syncing.carry_out(plan)
    assert not pair.now(cards[0]).binned
    pair.sync(allow_many=True)
    assert pair.now(cards[0]).binned


def test_a_plan_holds_until_something_changes_here(pair: Pair) -> None:
    pair.add(family_name="Müller")
    plan = pair.plan()
    pair.add(family_name="Öz")
    with pytest.raises(Refused):
        pair.desk.syncing.carry_out(plan)


def test_partners_have_a_name_a_folder_of_their_own_and_a_search_that_can_be_read(pair: Pair, tmp_path: Path) -> None:
    topic, other = pair.desk.syncing, tmp_path / "other"
    other.mkdir()
    for card, field in (
        (PartnerCard(name=" ", place=str(other)), "name"),
        (PartnerCard(name="CARDS", place=str(other)), "name"),
        (PartnerCard(name="B", place=str(pair.folder)), "place"),
        (PartnerCard(name="B", place=str(tmp_path / "none")), "place"),
        (PartnerCard(name="B", place=str(other), query="born:31.02."), "query"),
    ):
        with pytest.raises(InvalidInput) as refused:
            topic.add(card)
        assert refused.value.field == field
    pair.add(family_name="Müller")
    pair.sync()
    topic.remove(pair.id)
    assert not topic.partners()
    pair.desk.history.undo()
    assert [card.name for card in topic.partners()] == ["Cards"]
    assert not pair.plan().items, "recognised by the UID"


def test_a_sync_that_writes_only_there_is_no_damage_to_the_file(pair: Pair) -> None:
    pair.desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller"))
    pair.sync()
    pair.desk.backups.make("close")
    for file in pair.folder.glob("*.vcf"):
        file.rename(file.with_name("renamed.vcf"))
    pair.sync()
    assert pair.desk.check() == []


@pytest.mark.parametrize("moved", [True, False])
def test_a_folder_that_has_moved_is_in_step_as_before_and_another_one_begins_anew(pair: Pair, moved: bool) -> None:
    anna, ela, gone, stays = (pair.add(family_name=name) for name in ("Müller", "Öz", "Alt", "Bleibt"))
    pair.sync()
    (partner,) = pair.desk.syncing.partners()
    elsewhere = pair.folder.with_name("elsewhere")
    pair.folder.rename(elsewhere)
    pair.folder = elsewhere
    pair.edit(pair.file(anna), "END:VCARD", "NOTE:there\r\nEND:VCARD")
    pair.desk.contacts.save(ela, replace(ela, remark="here"))
    pair.file(gone).unlink()
    pair.desk.syncing.change(replace(partner, place=str(elsewhere)), moved=moved)
    pair.sync()
    assert pair.now(anna).remark == "there"
    assert b"NOTE:here" in pair.file(ela).read_bytes()
    assert pair.now(gone).binned == moved, "only who knows what both had can tell a deletion from a new contact"
    assert pair.file(gone).exists() != moved
    assert not pair.now(stays).binned
    assert not pair.plan().items
