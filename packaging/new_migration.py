"""Write the next migration: what the models have that the newest file layout lacks (``dev.py migration "TEXT"``)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command

from alumnidesk.storage import layout, upgrade
from alumnidesk.storage.connection import connect


def write(text: str) -> Path:
    """Compare a new file with the models and write the difference; returns the migration, which wants to be read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "newest.alumnidesk"
        upgrade.create(path)
        connection = connect(path)
        number = f"{int(layout.newest()) + 1:04d}"
        script = command.revision(upgrade.configuration(connection), text, autogenerate=True, rev_id=number)
        connection.close()
    if script is None or isinstance(script, list):
        raise RuntimeError(f"Alembic made {script!r} instead of one migration")
    return Path(script.path)


if __name__ == "__main__":
    print(write(sys.argv[1]))
