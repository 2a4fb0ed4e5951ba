"""The migrations lead to exactly the tables that the models describe."""

from __future__ import annotations

from pathlib import Path

from alembic import command

from alumnidesk.storage import upgrade
from alumnidesk.storage.connection import connect


def test_a_new_file_has_the_tables_that_the_models_describe(tmp_path: Path) -> None:
    path = tmp_path / "new.alumnidesk"
    upgrade.create(path)
    connection = connect(path)
    try:
        command.check(upgrade.configuration(connection))  # raises and names each difference
    finally:
        connection.close()
