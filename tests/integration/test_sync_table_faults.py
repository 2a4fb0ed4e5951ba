"""A CSV file in step that is open elsewhere, damaged, gone or no list: nothing is lost on either side."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from tests.integration.synced_table import Table
from tests.unit.test_whole_files import refused_by_windows

from alumnidesk.errors import BadFile, EnvironmentFault, InvalidInput, Refused
from alumnidesk.services.sync_plan import CSV, Outcome, PartnerCard
from alumnidesk.whole_files import UNFINISHED


def test_a_file_that_changes_while_the_sync_runs_is_left_for_the_next_one(table: Table) -> None:
    table.sync()
    anna = table.contact("Kern")
    table.desk.contacts.save(anna, replace(anna, birth_date="1975-03-09"))
    plan = table.preview()
    listening = [True]
    table.desk.after_writing(lambda written: table.edit("Lindenweg", "Allee") if listening.pop() else None)
    table.edit("Ring 1", "Ring 2")  # the sync has something to do here, and meanwhile somebody saves the file
    with pytest.raises(EnvironmentFault, match="was changed while the sync ran"):
        table.desk.syncing.carry_out(table.preview())
    assert "Allee" in table.text
    assert "9.3.1975" not in table.text
    listening.extend([False] * 9)
    assert plan.counts[Outcome.CHANGED_THERE] == 1
    table.sync()
    assert table.row("Kern")["Geburtstag"] == "9.3.1975"
    assert table.contact("Kern").addresses[0].street == "Allee 4"


def test_a_file_that_is_open_in_libreoffice_is_not_written(table: Table) -> None:
    lock = table.path.with_name(".~lock.kursliste.csv#")
    lock.touch()
    before = table.text
    with pytest.raises(EnvironmentFault, match="open in another program"):
        table.sync()
    assert table.text == before
    lock.unlink()
    table.sync()
    assert len(table.desk.find.contacts().ids) == 2
    assert table.sync().counts == {Outcome.UNCHANGED: 2}


def test_a_file_that_another_program_holds_is_a_clear_fault(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alumnidesk.whole_files.PATIENCE", 0)
    before = table.text
    with mock.patch("os.replace", refused_by_windows), pytest.raises(EnvironmentFault, match="open in another program"):
        table.sync()
    assert table.text == before
    assert not list(table.path.parent.glob(f"*{UNFINISHED}"))


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_may_only_be_read_is_a_clear_fault(table: Table) -> None:
    table.path.chmod(0o444)
    with pytest.raises(EnvironmentFault, match="may only be read"):
        table.sync()


def test_the_rights_of_the_file_stay(table: Table) -> None:
    table.path.chmod(0o640)
    table.sync()
    assert table.path.stat().st_mode & 0o777 == 0o640


def test_a_damaged_row_stops_everything_and_nobody_seems_to_be_missing(table: Table) -> None:
    table.sync()
    table.edit("Anna;Kern", '"Anna"x;Kern')
    with pytest.raises(BadFile) as fault:
        table.preview()
    assert (fault.value.line, "Line 2" in str(fault.value)) == (2, True)


@pytest.mark.parametrize("text", ["1;2;3\r\n4;5;6\r\n", "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Kern\r\nEND:VCARD\r\n"])
def test_what_is_no_list_with_headings_is_refused(table: Table, text: str) -> None:
    table.text = text
    with pytest.raises(BadFile):
        table.preview()


def test_a_file_that_is_gone_or_never_was_is_told(table: Table, tmp_path: Path) -> None:
    table.path.unlink()
    with pytest.raises(EnvironmentFault, match="is not there"):
        table.preview()
    with pytest.raises(InvalidInput, match="There is no file"):
        table.desk.syncing.add(PartnerCard(name="Nie", kind=CSV, place=str(tmp_path / "nie.csv")))


def test_a_list_without_rows_deletes_nobody(table: Table) -> None:
    table.sync()
    table.text = table.text.split("\r\n")[0] + "\r\n"
    with pytest.raises(Refused, match="nothing at all"):
        table.sync()
    assert len(table.desk.find.contacts().ids) == 2
