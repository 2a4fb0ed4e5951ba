"""Who is deleted, moved, recognised or merged on one side, and what becomes of them on the other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.integration.synced_folder import Pair, outcomes

from alumnidesk.domain.cards import Email, Phone
from alumnidesk.services.sync_plan import Decision, Outcome, QuestionKind


def test_who_is_deleted_on_one_side_goes_on_the_other_and_comes_back_with_undo(pair: Pair) -> None:
    anna, ela, _ = (pair.add(family_name=name) for name in ("Müller", "Öz", "Ahrens"))
    pair.sync()
    pair.file(anna).unlink()
    pair.desk.contacts.delete([ela.id or 0])
    assert outcomes(pair.plan()) == {"Müller": Outcome.DELETED_THERE, "Öz": Outcome.BINNED_HERE}
    pair.sync()
    assert pair.now(anna).binned
    assert not pair.file(ela).exists()
    pair.desk.history.undo()
    pair.desk.history.undo()
    assert set(outcomes(pair.plan()).values()) == {Outcome.NEW_THERE}
    pair.sync()
    assert pair.file(anna).exists()
    assert pair.file(ela).exists()


def test_a_file_that_gets_another_name_is_the_same(pair: Pair) -> None:
    anna = pair.add(family_name="Müller")
    pair.sync()
    pair.file(anna).rename(pair.folder / "anna.vcf")
    assert not pair.plan().items
    pair.sync()
    pair.desk.contacts.save(anna, replace(anna, remark="x"))
    pair.sync()
    assert "NOTE:x" in (pair.folder / "anna.vcf").read_text()
    assert len(list(pair.folder.iterdir())) == 1


def test_two_files_that_change_their_names_with_each_other_stay_who_they_are(pair: Pair) -> None:
    anna, ela = pair.add(family_name="Müller"), pair.add(family_name="Öz")
    pair.sync()
    other = pair.folder / "other"
    pair.file(anna).rename(other)
    pair.file(ela).rename(pair.file(anna))
    other.rename(pair.file(ela))
    assert not pair.plan().items
    pair.sync()
    pair.desk.contacts.save(anna, replace(anna, remark="x"))
    pair.sync()
    assert "NOTE:x" in pair.file(ela).read_text()
    assert not pair.plan().items


def test_a_known_person_with_another_uid_is_recognised_and_both_are_united(pair: Pair) -> None:
    anna = pair.add(given_name="Anna", family_name="Müller", emails=(Email("a@b.example"),), remark="ours")
    pair.write("a.vcf", "UID:other", "N:Müller;Anna", "FN:Anna Müller", "EMAIL;TYPE=HOME:A@b.example", "TEL:040 1")
    assert outcomes(pair.plan()) == {"Anna Müller": Outcome.CHANGED_BOTH}
    pair.sync()
    assert [phone.number for phone in pair.now(anna).phones] == ["040 1"]
    assert pair.now(anna).emails[0].label == "home"
    assert "NOTE:ours" in (pair.folder / "a.vcf").read_text()
    assert not pair.plan().items
    assert len(pair.desk.find.contacts().ids) == 1


def test_when_both_know_the_same_already_they_are_only_linked(pair: Pair) -> None:
    anna = pair.add(given_name="Anna", family_name="Müller")
    pair.write("a.vcf", f"UID:{anna.uid}", "N:Müller;Anna", "FN:Anna Müller")
    before = (pair.folder / "a.vcf").stat()
    assert not pair.plan().items
    report = pair.sync()
    assert (report.counts, report.changeset) == ({Outcome.UNCHANGED: 1}, None)
    assert (pair.folder / "a.vcf").stat() == before
    assert pair.desk.syncing.get(pair.id).contacts == 1


@pytest.mark.parametrize("decision", [Decision.OURS, Decision.BOTH])
def test_somebody_who_only_resembles_is_asked_about(pair: Pair, decision: Decision) -> None:
    pair.add(given_name="Anna", family_name="Müller")
    pair.write("a.vcf", "UID:other", "N:Müller;Anna", "FN:Anna Müller", "EMAIL:a@b.example")
    (question,) = pair.plan().questions
    assert question.kind is QuestionKind.PERHAPS_THE_SAME
    pair.sync()
    assert len(pair.desk.find.contacts().ids) == 1
    assert len(list(pair.folder.iterdir())) == 1
    pair.sync({question.id: decision})
    pair.sync()
    count = 1 if decision is Decision.OURS else 2
    assert (len(pair.desk.find.contacts().ids), len(list(pair.folder.iterdir()))) == (count, count)
    assert not pair.plan().items


def test_who_does_not_fit_any_more_leaves_the_partner_and_not_the_register(pair: Pair) -> None:
    (partner,) = pair.desk.syncing.partners()
    pair.desk.syncing.change(replace(partner, query="tag:Chor"))
    anna, ela = (pair.add(family_name=name, tags=("Chor",)) for name in ("Müller", "Öz"))
    pair.add(family_name="Ahrens")
    pair.sync()
    pair.write("new.vcf", "UID:n", "N:Neu", "FN:Neu")
    pair.sync()
    assert not pair.plan().items, "somebody who came from there stays, tag or not"
    pair.desk.contacts.untag([anna.id or 0], "Chor")
    pair.edit(pair.file(anna), "END:VCARD", "NOTE:last word\r\nEND:VCARD")
    assert outcomes(pair.plan()) == {"Müller": Outcome.LEAVES}
    assert pair.sync().counts == {Outcome.LEAVES: 1, Outcome.UNCHANGED: 2}
    assert not pair.file(anna).exists()
    assert pair.file(ela).exists()
    assert (pair.now(anna).binned, pair.now(anna).remark) == (False, "last word")
    assert not pair.plan().items


def test_a_tag_that_is_renamed_is_followed_by_whom_a_partner_is_about(pair: Pair) -> None:
    (partner,) = pair.desk.syncing.partners()
    pair.desk.syncing.change(replace(partner, query="tag:Chor"))
    pair.add(family_name="Müller", tags=("Chor",))
    pair.sync()
    pair.desk.tags.rename(next(line.id for line in pair.desk.tags.lines()), "Singers")
    assert outcomes(pair.plan()) == {"Müller": Outcome.CHANGED_THERE}


def test_merged_contacts_become_one_file_and_two_again(pair: Pair) -> None:
    anna = pair.add(family_name="Müller", given_name="Anna", phones=(Phone("040 1"),))
    twin = pair.add(family_name="Müller", given_name="Anna", phones=(Phone("040 2"),))
    pair.add(family_name="Öz")
    pair.sync()
    pair.desk.merging.merge(anna.id or 0, twin.id or 0)
    pair.sync()
    assert not pair.file(twin).exists()
    assert {"TEL:040 1", "TEL:040 2"} <= set(pair.file(anna).read_text().splitlines())
    pair.desk.history.undo()
    pair.sync()
    assert "TEL:040 2" in pair.file(twin).read_text()
    assert "TEL:040 2" not in pair.file(anna).read_text()
    assert not pair.plan().items


def test_whoever_has_no_file_takes_over_that_of_the_one_merged_into_him(pair: Pair) -> None:
    (partner,) = pair.desk.syncing.partners()
    pair.desk.syncing.change(replace(partner, query="tag:Chor"))
    anna = pair.add(family_name="Müller", given_name="Anna")
    twin = pair.add(family_name="Müller", given_name="Anna", tags=("Chor",))
    pair.add(family_name="Öz", tags=("Chor",))
    pair.sync()
    pair.desk.merging.merge(anna.id or 0, twin.id or 0)
    pair.desk.contacts.save(pair.now(anna), replace(pair.now(anna), remark="one"))
    pair.sync()
    assert "NOTE:one" in pair.file(twin).read_text()
    assert not pair.plan().items


def test_deleted_for_good_goes_there_too_and_nothing_of_it_is_kept_here(pair: Pair) -> None:
    anna, _ = pair.add(family_name="Müller"), pair.add(family_name="Öz")
    pair.sync()
    pair.desk.contacts.delete([anna.id or 0])
    pair.desk.bin.delete_for_good([anna.id or 0])
    rows = pair.desk._database.rows("SELECT uid, base, ours FROM sync_link WHERE contact_id = ?", (anna.id,))
    assert rows == [("", b"", None)]
    pair.sync()
    assert not pair.file(anna).exists()
    assert len(pair.desk.find.contacts().ids) == 1
    assert not pair.plan().items
