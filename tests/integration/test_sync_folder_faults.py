"""Whatever happens to the folder: nothing here is deleted for it, and what can be brought in step is."""

from __future__ import annotations

import errno
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard
from alumnidesk.errors import EnvironmentFault, Refused
from alumnidesk.progress import Progress
from alumnidesk.services.sync_partners import Held
from alumnidesk.services.sync_partners import folder as folder_partner
from alumnidesk.services.sync_partners.folder import Folder
from alumnidesk.services.sync_plan import Outcome, PartnerCard, SyncProblem, SyncReport


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "cards"
    folder.mkdir()
    return folder


@pytest.fixture
def partner(desk: Desk, folder: Path) -> int:
    """Five contacts that are in step."""
    number = desk.syncing.add(PartnerCard(name="Cards", place=str(folder))).id or 0
    for name in "ABCDE":
        desk.contacts.add(ContactCard(family_name=name))
    sync(desk, number)
    return number


def sync(desk: Desk, partner: int) -> SyncReport:
    return desk.syncing.carry_out(desk.syncing.preview(partner))


def file_of(desk: Desk, folder: Path, name: str = "A") -> Path:
    (card,) = desk.contacts.cards(desk.find.contacts(name).ids)
    return folder / f"{card.uid}.vcf"


def test_a_folder_that_is_gone_is_no_deletion(desk: Desk, partner: int, folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))
    with pytest.raises(EnvironmentFault, match="is not there"):
        desk.syncing.preview(partner)
    assert len(desk.find.contacts().ids) == 5


def test_an_emptied_folder_is_no_deletion(desk: Desk, partner: int, folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    plan = desk.syncing.preview(partner)
    assert plan.stopped is not None
    assert not plan.items
    with pytest.raises(Refused):
        desk.syncing.carry_out(plan, allow_many=True)
    assert len(desk.find.contacts().ids) == 5
    assert not list(folder.iterdir())


@pytest.mark.parametrize("content", [b"", b"BEGIN:VCARD\r\nN:A", b"\xff\xfe\0", b"kaputt"])
def test_a_file_that_cannot_be_understood_is_told_and_left(
    desk: Desk, partner: int, folder: Path, content: bytes
) -> None:
    file_of(desk, folder).write_bytes(content)
    (card,) = desk.contacts.cards(desk.find.contacts("A").ids)
    desk.contacts.save(card, replace(card, remark="new"))
    report = sync(desk, partner)
    assert [problem.place for problem in report.problems] == [f"{card.uid}.vcf"]
    assert report.counts == {Outcome.UNCHANGED: 5}
    assert file_of(desk, folder).read_bytes() == content


def test_a_folder_in_the_place_of_a_file_is_told_and_left(desk: Desk, partner: int, folder: Path) -> None:
    path = file_of(desk, folder)
    path.unlink()
    path.mkdir()
    report = sync(desk, partner)
    assert [str(problem.why) for problem in report.problems] == ["This is no file."]
    assert len(desk.find.contacts().ids) == 5


def test_a_file_that_may_not_be_read_is_told_and_left(desk: Desk, partner: int, folder: Path) -> None:
    path = file_of(desk, folder)
    real: Any = Path.open
    path.write_bytes(path.read_bytes() + b"\r\n")

    def refused(self: Path, *args: str) -> object:
        if self == path:
            raise PermissionError(errno.EACCES, "no", str(self))
        return real(self, *args)

    with mock.patch.object(Path, "open", refused):
        report = sync(desk, partner)
    assert [problem.place for problem in report.problems] == [path.name]
    assert len(desk.find.contacts().ids) == 5


def test_links_that_lead_out_hidden_files_and_folders_are_not_looked_into(
    desk: Desk, partner: int, folder: Path, tmp_path: Path
) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nUID:{0}\nN:{0}\nFN:{0}\nEND:VCARD\n"
    outside = tmp_path / "secret.vcf"
    outside.write_text(card.format("secret"))
    (folder / "link.vcf").symlink_to(outside)
    (folder / ".hidden.vcf").write_text(card.format("hidden"))
    (folder / "half.vcf.tmp").write_text(card.format("half"))
    (folder / "sub").mkdir()
    (folder / "sub" / "below.vcf").write_text(card.format("below"))
    report = sync(desk, partner)
    assert [problem.place for problem in report.problems] == ["link.vcf"]
    assert len(desk.find.contacts().ids) == 5


def test_two_files_with_one_uid_are_both_named_and_neither_is_guessed(desk: Desk, partner: int, folder: Path) -> None:
    path = file_of(desk, folder)
    (folder / "copy.vcf").write_bytes(path.read_bytes())
    for name in ("x1.vcf", "x2.vcf"):
        (folder / name).write_text("BEGIN:VCARD\nVERSION:3.0\nUID:x\nN:X\nFN:X\nEND:VCARD\n")
    report = sync(desk, partner)
    assert {(p.place, path.name in str(p.why), "x1" in str(p.why), "x2" in str(p.why)) for p in report.problems} == {
        ("copy.vcf", True, False, False), ("x1.vcf", False, False, True), ("x2.vcf", False, True, False),
    }  # fmt: skip
    assert len(desk.find.contacts().ids) == 5


def test_a_full_disk_stops_and_the_next_sync_completes_it(desk: Desk, partner: int, folder: Path) -> None:
    for card in desk.contacts.cards(desk.find.contacts().ids):
        desk.contacts.save(card, replace(card, remark="new"))
    real, left = os.replace, [2]

    def full(source: Path, target: Path) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "full", str(target))
        real(source, target)

    plan = desk.syncing.preview(partner)
    with mock.patch("os.replace", full), pytest.raises(EnvironmentFault):
        desk.syncing.carry_out(plan)
    assert sum("NOTE:new" in path.read_text() for path in folder.iterdir()) == 2
    assert not list(folder.glob(".*"))
    assert desk.syncing.preview(partner).counts == {Outcome.CHANGED_THERE: 3, Outcome.UNCHANGED: 2}
    sync(desk, partner)
    assert sum("NOTE:new" in path.read_text() for path in folder.iterdir()) == 5
    assert not desk.syncing.preview(partner).items


def test_a_folder_that_may_not_be_written_is_told(desk: Desk, partner: int) -> None:
    desk.contacts.add(ContactCard(family_name="F"))
    plan = desk.syncing.preview(partner)

    def refused(self: Path, *args: str) -> object:
        raise PermissionError(errno.EACCES, "no", str(self))

    with mock.patch.object(Path, "open", refused), pytest.raises(EnvironmentFault, match="may only be read"):
        desk.syncing.carry_out(plan)
    sync(desk, partner)
    assert not desk.syncing.preview(partner).items


def test_a_file_that_changes_while_the_sync_runs_is_left_for_the_next_one(
    desk: Desk, partner: int, folder: Path
) -> None:
    path = file_of(desk, folder)
    (card,) = desk.contacts.cards(desk.find.contacts("A").ids)
    desk.contacts.save(card, replace(card, remark="ours"))
    plan = desk.syncing.preview(partner)
    path.write_bytes(path.read_bytes().replace(b"END:VCARD", b"TITLE:theirs\r\nEND:VCARD"))
    report = desk.syncing.carry_out(plan)
    assert [problem.place for problem in report.problems] == [path.name]
    assert b"NOTE" not in path.read_bytes()
    sync(desk, partner)
    assert b"NOTE:ours" in path.read_bytes()
    assert desk.contacts.card(card.id or 0).position == "theirs"
    assert not desk.syncing.preview(partner).items


def test_cancelled_before_anything_is_written_it_leaves_everything(desk: Desk, partner: int, folder: Path) -> None:
    desk.contacts.add(ContactCard(family_name="F"))
    progress = Progress()
    plan = desk.syncing.preview(partner)
    progress.cancel()
    with pytest.raises(Exception, match="Stopped"):
        desk.syncing.carry_out(plan, progress=progress)
    assert len(list(folder.iterdir())) == 5


@pytest.mark.parametrize(
    ("uid", "name"),
    [
        ("../../etc/passwd", "etc-passwd.vcf"),
        (".hidden", "hidden.vcf"),
        ("CON", "contact-CON.vcf"),
        ("a/b\\c:d", "a-b-c-d.vcf"),
        ("x" * 300, "x" * 100 + ".vcf"),
    ],
)
def test_names_of_files_are_safe_on_every_system(folder: Path, uid: str, name: str) -> None:
    assert Folder(folder).new_place(uid, set()) == name
    assert Folder(folder).new_place(uid, {name.casefold()}) == name.replace(".vcf", "-2.vcf")


def test_what_a_killed_sync_left_behind_is_taken_away_later(folder: Path) -> None:
    left, fresh, foreign = (folder / name for name in (f".{'0' * 32}.tmp", f".{'1' * 32}.tmp", ".other.tmp"))
    for path in (left, fresh, foreign):
        path.write_bytes(b"x")
    os.utime(left, (0, 0))
    os.utime(foreign, (0, 0))
    Folder(folder).settle()
    assert sorted(folder.iterdir()) == sorted([fresh, foreign])


def test_writing_and_deleting_look_first_whether_it_is_still_the_same(folder: Path) -> None:
    place = Folder(folder)
    held = place.write("a.vcf", b"one", "")
    assert isinstance(held, Held)
    assert isinstance(place.write("a.vcf", b"two", ""), SyncProblem)
    (folder / "a.vcf").write_bytes(b"somebody else")
    assert isinstance(place.write("a.vcf", b"three", held.stamp), SyncProblem)
    assert isinstance(place.delete("a.vcf", held.stamp), SyncProblem)
    assert (folder / "a.vcf").read_bytes() == b"somebody else"


def edit_in_secret(path: Path) -> None:
    """Another letter, the same size, and the time set back."""
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"N:A", b"N:Z").replace(b"FN:A", b"FN:Z"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


@pytest.mark.skipif(os.name == "nt", reason="Windows tells no time of the last change of any kind")
def test_a_change_that_leaves_size_and_time_as_they_were_is_seen(desk: Desk, partner: int, folder: Path) -> None:
    edit_in_secret(file_of(desk, folder))
    sync(desk, partner)
    assert sorted(card.family_name for card in desk.contacts.cards(desk.find.contacts().ids)) == list("BCDEZ")


def test_on_a_disk_that_knows_whole_seconds_a_fresh_file_is_read_again(
    desk: Desk, partner: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within the same second another change would leave no trace."""
    monkeypatch.setattr(folder_partner, "_stamp", lambda status: f"{status.st_size}:{status.st_mtime_ns}")
    path = file_of(desk, folder)
    path.write_bytes(path.read_bytes().replace(b"END:VCARD", b"NOTE:first\r\nEND:VCARD"))
    in_an_hour = (int(time.time()) + 3_600) * 1_000_000_000
    os.utime(path, ns=(in_an_hour, in_an_hour))
    sync(desk, partner)
    edit_in_secret(path)
    report = sync(desk, partner)
    assert report.counts[Outcome.CHANGED_HERE] == 1
    assert len(desk.find.contacts("Z").ids) == 1


def test_an_old_file_with_the_stamp_that_is_known_is_not_read_again(
    desk: Desk, partner: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file_of(desk, folder)
    os.utime(path, (0, 0))
    sync(desk, partner)
    read: list[str] = []
    plainly = Folder.read

    def watched(self: Folder, places: list[str]) -> Any:
        read.extend(places)
        return plainly(self, places)

    monkeypatch.setattr(Folder, "read", watched)
    sync(desk, partner)
    assert read == []
