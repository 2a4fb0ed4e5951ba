"""The list of an event from a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.printed_pages import pages_of

from alumnidesk.cli import main
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


def test_the_list_of_an_event_is_printed_from_a_terminal(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "roster.pdf"
    assert main(["roster", str(file), "--event", "advent", "--out", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["event"], told["pages"], told["people"]) == ("Advent gathering", 1, 1)
    assert "Anna Müller" in pages_of(out)[0]


def test_an_event_that_does_not_exist_is_named_in_the_answer(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["roster", str(file), "--event", "Chor", "--out", str(tmp_path / "r.pdf")]) == 1
    assert "Chor" in capsys.readouterr().err
    assert not (tmp_path / "r.pdf").exists()


def test_a_folder_that_does_not_exist_is_explained(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["roster", str(file), "--event", "advent", "--out", str(tmp_path / "no" / "r.pdf")]) == 1
    assert "Traceback" not in capsys.readouterr().err
