"""A file of every released version is brought up to date, and nothing of it is lost."""

from __future__ import annotations

import lzma
from contextlib import closing
from pathlib import Path

import pytest
from tests.golden import labels, make

import catalogues
from alumnidesk.i18n import Language, Message
from alumnidesk.services.former_labels import FORMER
from alumnidesk.storage import history, layout, search, upgrade
from alumnidesk.storage.check import check
from alumnidesk.storage.connection import connect
from alumnidesk.storage.database import Database

GOLDEN = sorted(make.HERE.glob("*.alumnidesk.xz"))

ROWS = {"contact": 30, "email": 31, "phone": 30, "address": 30, "event": 1, "changeset": 6}
"""What every golden file holds, whatever its version."""


@pytest.fixture(params=GOLDEN, ids=lambda golden: golden.name[:4])
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "golden.alumnidesk"
    path.write_bytes(lzma.decompress(request.param.read_bytes()))
    return path


def test_there_is_a_golden_file_of_the_present_version() -> None:
    assert layout.newest() in {golden.name[:4] for golden in GOLDEN}, "run: python -m tests.golden.make"


def test_the_golden_file_has_the_tables_that_the_present_version_makes(tmp_path: Path) -> None:
    """Until a version is released its first migration may still change; then the golden file has to be made anew."""
    upgrade.create(tmp_path / "new.alumnidesk")
    kept = tmp_path / "golden.alumnidesk"
    kept.write_bytes(lzma.decompress((make.HERE / f"{layout.newest()}.alumnidesk.xz").read_bytes()))
    schemas = []
    for path in (kept, tmp_path / "new.alumnidesk"):
        with closing(connect(path, read_only=True)) as connection:
            schemas.append(connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2").fetchall())
    assert schemas[0] == schemas[1], "run: python -m tests.golden.make"


def test_a_golden_file_loses_nothing_on_its_way_to_the_present(golden: Path) -> None:
    upgrade.bring_up_to_date(golden)
    database = Database.open(golden)
    try:
        assert {table: database.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ROWS} == ROWS
        assert check(database).good
        assert len(search.matching(database.connection, "muller hamburg")) > 0
        assert database.rows("SELECT given_name FROM contact WHERE id = 1") == [("Zoë",)]
        step = history.next_undo(database.connection)
        assert step is not None
        assert str(step.label) == "Delete a contact"
        database.revert(step.id)
        assert check(database).contacts == 30
    finally:
        database.close()


def test_units_above_are_found_in_a_file_that_was_written_before_they_were_in_the_index(tmp_path: Path) -> None:
    path = tmp_path / "golden.alumnidesk"
    path.write_bytes(lzma.decompress((make.HERE / "0007.alumnidesk.xz").read_bytes()))
    with closing(connect(path)) as connection:
        connection.executescript(
            "INSERT INTO unit (id, name, parent_id) VALUES (1, 'Faculty of Law', NULL), (2, 'Choir', 1);"
            "INSERT INTO affiliation (contact_id, unit_id, position) VALUES (7, 2, 0)"
        )
    upgrade.bring_up_to_date(path)
    database = Database.open(path)
    try:
        assert list(search.matching(database.connection, "law")) == [7]
        assert check(database).good
    finally:
        database.close()


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_what_deeds_were_called_in_any_version_is_still_said_in_every_language(language: str) -> None:
    """Who words a label anew leaves the former one in `services.former_labels`, because histories have it."""
    said = [message.id for message in catalogues.read(language)]
    kept = {text if isinstance(text, str) else (text[0], text[1]) for text in said}
    assert set(labels.noted()) - kept == set()


def test_every_former_label_is_noted() -> None:
    assert {(label.text, label.plural) if label.plural else label.text for label in FORMER} <= set(labels.noted())


def test_an_entry_of_an_older_history_is_read_in_the_language_of_the_reader() -> None:
    stored = ["Household of {names} dissolved", "", {"names": "Anna und Bernd Müller"}]
    assert Language("de")(Message.restored(stored)) == "Haushalt von Anna und Bernd Müller aufgelöst"
    assert Language("sv")(Message.restored(stored)) == "Hushållet för Anna und Bernd Müller upplöst"
