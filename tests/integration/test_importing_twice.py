"""Whatever a list says: imported again it changes nothing, the counts balance, and one undo takes all of it back."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alumnidesk.desk import Desk

HEADER = (
    "AlumniDesk-ID", "Vorname", "Nachname", "Firma", "E-Mail", "Telefon", "Straße", "PLZ", "Ort", "Geburtsdatum",
    "Notiz", "Suffix",
)  # fmt: skip
CELLS = (
    ("", "", "u1", "u2", "u3"),
    ("", "Anna", "Åke", "anna"),
    ("Müller", "Mueller", "Bock", "von Bock", ""),
    ("", "", "Firma X", "Firma Y"),
    ("", "", "a@b.example", "A@b.example", "c@d.example", "keine"),
    ("", "", "0461 1234", "+49 461 1234", "+46 461 1234"),
    ("", "Hauptstr. 5", "Hauptstraße 5", "Markt 1"),
    ("", "24937", "01067", "1067"),
    ("", "Kiel", "Bonn"),
    ("", "1975-03-02", "1980-01-01", "1975"),
    ("", "x", "y"),
    ("", "jr", "sr"),
)
"""Few values, so that many rows are about the same people, and contradict each other."""

NOBODY = ("",) * len(HEADER)


def _row(uid: str, given_name: str, family_name: str) -> tuple[str, ...]:
    return (uid, given_name, family_name, *NOBODY[3:])


lists = st.lists(st.tuples(*(st.sampled_from(cells) for cells in CELLS)), min_size=1, max_size=7)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("twice") / "empty.alumnidesk"
    Desk.create(path).close(backup=False)
    return path


@given(lists, lists)
@example([_row("u1", "", "Müller")], [_row("", "", "Müller"), _row("u1", "Anna", "Müller")])
@settings(max_examples=40, deadline=None)
def test_a_list_imported_again_changes_nothing(
    empty: Path, already: list[tuple[str, ...]], rows: list[tuple[str, ...]]
) -> None:
    path, source = empty.with_name("used.alumnidesk"), empty.with_name("list.csv")
    shutil.copyfile(empty, path)
    desk = Desk.open(path)
    try:
        _write(source, already)
        desk.importing.carry_out(desk.importing.preview(source))
        before = desk.contacts.cards(sorted(desk.find.contacts().ids))
        _write(source, rows)
        first = desk.importing.carry_out(desk.importing.preview(source))
        assert first.read == first.created + first.changed + first.unchanged + len(first.problems)
        assert len(desk.find.contacts().ids) == len(before) + first.created
        again = desk.importing.carry_out(desk.importing.preview(source))
        assert (again.created, again.changed, again.changeset) == (0, 0, None)
        assert desk.check() == []
        if first.changeset is not None:
            desk.history.undo(first.changeset)
        assert desk.contacts.cards(sorted(desk.find.contacts().ids)) == before
    finally:
        shutil.rmtree(desk.backups.folder, ignore_errors=True)
        desk.close(backup=False)


def _write(source: Path, rows: list[tuple[str, ...]]) -> None:
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEADER, *rows])
