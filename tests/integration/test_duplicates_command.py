"""Duplicates from a terminal: listed with reasons, merged, and taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from alumnidesk.cli import main
from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard, Email

ANNA = ContactCard(given_name="Anna", family_name="Müller", emails=(Email("anna@mail.example"),), remark="Alt")
AGAIN = ContactCard(given_name="Anna", family_name="Mueller", title="Dr.", emails=(Email("ANNA@mail.example"),))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.alumnidesk"
    desk = Desk.create(path)
    desk.contacts.add(ANNA)
    number = desk.contacts.add(AGAIN).id or 0
    desk.notes.add(number, "Ruft wieder an.")
    desk.close(backup=False)
    return path


def answer(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    assert main([*map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_suspects_are_listed_with_their_reasons(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(capsys, "duplicates", file, "--language", "de")
    (pair,) = told["pairs"]
    assert (pair["first"]["name"], pair["second"]["name"], pair["sure"]) == ("Anna Müller", "Anna Mueller", True)
    assert pair["reasons"] == ["gleicher Name", "gleiche E-Mail-Adresse"]
    assert main(["duplicates", str(file), "--sure", "--language", "en"]) == 0
    assert capsys.readouterr().out.split("\t")[1:7:2] == ["Anna Müller", "Anna Mueller", "sure"]


def test_a_merge_is_tried_done_and_taken_back(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    numbers = [pair[side]["id"] for pair in answer(capsys, "duplicates", file)["pairs"] for side in ("first", "second")]
    tried = answer(capsys, "merge", file, *numbers, "--dry-run")
    assert tried["moves"] == [{"what": "note", "count": 1, "doubled": 0}]
    assert len(answer(capsys, "duplicates", file)["pairs"]) == 1
    done = answer(capsys, "merge", file, *numbers, "--take", "family_name")
    assert done["contact"] == {"id": numbers[0], "name": "Anna Mueller"}
    assert answer(capsys, "duplicates", file)["pairs"] == []
    answer(capsys, "undo", file)
    assert len(answer(capsys, "duplicates", file)["pairs"]) == 1


def test_what_cannot_be_taken_is_said(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["merge", str(file), "1", "2", "--take", "uid", "--language", "en"]) == 2
    assert "“uid” cannot be taken from Anna Mueller." in capsys.readouterr().err
    assert main(["merge", str(file), "1", "99"]) == 1


@pytest.mark.parametrize(("choice", "title"), [("keep", "Prof."), ("put-back", "")])
def test_a_value_changed_since_is_named_and_decided(
    file: Path, capsys: pytest.CaptureFixture[str], choice: str, title: str
) -> None:
    answer(capsys, "merge", file, 1, 2)
    desk = Desk.open(file)
    merged = desk.history.entries(limit=1)[0].id
    card = desk.contacts.card(1)
    desk.contacts.save(card, replace(card, title="Prof."))
    desk.close(backup=False)
    assert main(["undo", str(file), "--changeset", str(merged), "--language", "en"]) == 1
    assert "Anna Müller, Title: now “Prof.”, before “”" in capsys.readouterr().err
    answer(capsys, "undo", file, "--changeset", merged, "--changed-since", choice)
    desk = Desk.open(file)
    assert [desk.contacts.card(number).title for number in (1, 2)] == [title, "Dr."]
    desk.close(backup=False)
