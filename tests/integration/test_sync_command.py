"""``alumnidesk sync``: the folder from a terminal."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from alumnidesk.cli import main
from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A data file with three contacts, one of them of the choir; beside it the empty folder ``cards``."""
    path = tmp_path / "a.alumnidesk"
    desk = Desk.create(path)
    desk.contacts.add(ContactCard(family_name="Müller", tags=("Chor",)))
    desk.contacts.add(ContactCard(family_name="Öz"))
    desk.contacts.add(ContactCard(family_name="Ahrens"))
    desk.close(backup=False)
    (tmp_path / "cards").mkdir()
    return path


def run(capsys: pytest.CaptureFixture[str], file: Path, *arguments: str) -> tuple[int, str, str]:
    status = main(["sync", str(file), str(file.with_name("cards")), *arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


def answer(capsys: pytest.CaptureFixture[str], file: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    status, out, _ = run(capsys, file, "--json", *arguments)
    return status, json.loads(out)


def cards(file: Path) -> list[Path]:
    return sorted(file.with_name("cards").iterdir())


def test_the_first_time_makes_a_partner_and_the_second_does_nothing(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = answer(capsys, file, "--dry-run")
    assert (status, said["dry_run"], said["counts"]["new_there"], cards(file)) == (0, True, 3, [])
    status, out, _ = run(capsys, file)
    assert status == 0
    assert out.splitlines()[-1] == "cards: 0 changed here, 3 there, 0 unchanged, 0 to be decided"
    assert len(cards(file)) == 3
    status, said = answer(capsys, file)
    assert (status, said["items"], said["counts"]["unchanged"], said["changeset"]) == (0, [], 3, None)


def test_only_those_who_fit_and_that_is_kept(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, file, "--where", "tag:Chor")[0] == 0
    assert run(capsys, file)[0] == 0
    assert len(cards(file)) == 1
    assert run(capsys, file, "--where", "")[0] == 0
    assert len(cards(file)) == 3


@pytest.mark.parametrize(("take", "kept"), [("ours", "NOTE:ours"), ("theirs", "NOTE:theirs")])
def test_what_is_to_be_decided_is_told_and_decided_by_an_option(
    file: Path, capsys: pytest.CaptureFixture[str], take: str, kept: str
) -> None:
    run(capsys, file)
    desk = Desk.open(file)
    (card,) = desk.contacts.cards(desk.find.contacts("Öz").ids)
    desk.contacts.save(card, replace(card, remark="ours"))
    desk.close(backup=False)
    path = file.with_name("cards") / f"{card.uid}.vcf"
    path.write_bytes(path.read_bytes().replace(b"END:VCARD", b"NOTE:theirs\r\nEND:VCARD"))
    status, out, err = run(capsys, file)
    assert status == 1
    assert "Öz, Remark: here “ours”, there “theirs”" in err
    assert "1 to be decided" in out
    assert run(capsys, file, "--take", take)[0] == 0
    assert kept in path.read_text()


def test_a_mass_deletion_must_be_allowed(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, file)
    for path in cards(file)[:2]:
        path.unlink()
    status, _, err = run(capsys, file)
    assert (status, err.splitlines()[0]) == (1, "2 contacts would be deleted here.")
    assert run(capsys, file, "--dry-run")[0] == 1
    assert run(capsys, file, "--allow-many")[0] == 0
    assert run(capsys, file)[1].splitlines()[-1] == "cards: 0 changed here, 0 there, 1 unchanged, 0 to be decided"


def test_a_folder_that_was_emptied_is_filled_again_by_an_option_that_is_named(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, file)
    for card in cards(file):
        card.unlink()
    status, _, err = run(capsys, file)
    assert status != 0
    assert "nothing at all" in err
    assert "--anew" in err
    assert "--anew" in run(capsys, file, "--dry-run")[2]
    status, out, _ = run(capsys, file, "--anew")
    assert (status, out.splitlines()[-1]) == (0, "cards: 0 changed here, 3 there, 0 unchanged, 0 to be decided")
    assert len(cards(file)) == 3
    assert run(capsys, file)[1].splitlines()[-1].startswith("cards: 0 changed here, 0 there, 3 unchanged")


def test_anew_deletes_and_doubles_nobody_where_the_place_is_full(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, file)
    cards(file)[0].unlink()
    assert run(capsys, file, "--anew")[0] == 0
    assert len(cards(file)) == 3
    status, said = answer(capsys, file)
    assert (status, said["counts"]["unchanged"]) == (0, 3)


def test_a_problem_is_told_with_its_file_and_makes_the_status_1(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.with_name("cards").joinpath("broken.vcf").write_text("nothing")
    status, _, err = run(capsys, file)
    assert status == 1
    assert "broken.vcf: There is no card in this file." in err
    status, said = answer(capsys, file, "--language", "de")
    assert status == 1
    assert said["problems"] == [
        {"file": "broken.vcf", "line": 0, "reason": "In dieser Datei steht keine Karte.", "text": ""}
    ]


def test_a_folder_that_is_not_there_is_refused_in_words(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.with_name("cards").rmdir()
    status, _, err = run(capsys, file)
    assert status == 1
    assert "There is no folder" in err
