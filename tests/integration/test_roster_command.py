"""The list of an event from a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.integration.terminal import Terminal
from tests.printed_pages import pages_of

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard, EventCard


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.alumnidesk"
    desk = Desk.create(path)
    anna = desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller"))
    event = desk.events.add(EventCard(title="Advent gathering", starts_on="2026-12-05"))
    assert event.id is not None
    assert anna.id is not None
    desk.events.invite(event.id, [anna.id])
    desk.close(backup=False)
    return path


def test_the_list_of_an_event_is_printed_from_a_terminal(terminal: Terminal, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "roster.pdf"
    told = terminal.answer("roster", file, "--event", "advent", "--out", out)
    assert (told["event"], told["pages"], told["people"]) == ("Advent gathering", 1, 1)
    assert "Anna Müller" in pages_of(out)[0]


def test_an_event_that_does_not_exist_is_named_in_the_answer(terminal: Terminal, file: Path, tmp_path: Path) -> None:
    assert "Chor" in terminal.run("roster", file, "--event", "Chor", "--out", tmp_path / "r.pdf", status=1).err
    assert not (tmp_path / "r.pdf").exists()


def test_a_folder_that_does_not_exist_is_explained(terminal: Terminal, file: Path, tmp_path: Path) -> None:
    told = terminal.run("roster", file, "--event", "advent", "--out", tmp_path / "no" / "r.pdf", status=1).err
    assert str(tmp_path / "no") in told
