"""Duplicates from a terminal: listed with reasons, merged, and taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.integration.terminal import Terminal

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


def test_suspects_are_listed_with_their_reasons(terminal: Terminal, file: Path) -> None:
    told = terminal.answer("duplicates", file, "--language", "de")
    (pair,) = told["pairs"]
    assert (pair["first"]["name"], pair["second"]["name"], pair["sure"]) == ("Anna Müller", "Anna Mueller", True)
    assert pair["reasons"] == ["gleicher Name", "gleiche E-Mail-Adresse"]
    assert terminal.run("duplicates", file, "--sure").out.split("\t")[1:7:2] == ["Anna Müller", "Anna Mueller", "sure"]


def test_a_merge_is_tried_done_and_taken_back(terminal: Terminal, file: Path) -> None:
    numbers = [
        pair[side]["id"] for pair in terminal.answer("duplicates", file)["pairs"] for side in ("first", "second")
    ]
    tried = terminal.answer("merge", file, *numbers, "--dry-run")
    assert tried["moves"] == [{"what": "note", "count": 1, "doubled": 0}]
    assert len(terminal.answer("duplicates", file)["pairs"]) == 1
    done = terminal.answer("merge", file, *numbers, "--take", "family_name")
    assert done["contact"] == {"id": numbers[0], "name": "Anna Mueller"}
    assert terminal.answer("duplicates", file)["pairs"] == []
    terminal.answer("undo", file)
    assert len(terminal.answer("duplicates", file)["pairs"]) == 1


def test_what_cannot_be_taken_is_said(terminal: Terminal, file: Path) -> None:
    told = terminal.run("merge", file, 1, 2, "--take", "uid", status=2).err
    assert "“uid” cannot be taken from Anna Mueller." in told
    terminal.run("merge", file, 1, 99, status=1)


@pytest.mark.parametrize(("choice", "title"), [("keep", "Prof."), ("put-back", "")])
def test_a_value_changed_since_is_named_and_decided(terminal: Terminal, file: Path, choice: str, title: str) -> None:
    terminal.answer("merge", file, 1, 2)
    desk = Desk.open(file)
    merged = desk.history.entries(limit=1)[0].id
    card = desk.contacts.card(1)
    desk.contacts.save(card, replace(card, title="Prof."))
    desk.close(backup=False)
    told = terminal.run("undo", file, "--changeset", merged, status=1).err
    assert "Anna Müller, Title: now “Prof.”, before “”" in told
    terminal.answer("undo", file, "--changeset", merged, "--changed-since", choice)
    desk = Desk.open(file)
    assert [desk.contacts.card(number).title for number in (1, 2)] == [title, "Dr."]
    desk.close(backup=False)
