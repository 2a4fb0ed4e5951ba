"""The layout of the file: made and brought up to date by migrations, in process, in one transaction."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from alumnidesk.errors import EnvironmentFault, Refused
from alumnidesk.i18n import say
from alumnidesk.places import bundled
from alumnidesk.progress import Progress
from alumnidesk.storage import backup, faults
from alumnidesk.storage.connection import APPLICATION_ID, Connection, connect, engine_on, inspect

if TYPE_CHECKING:
    from alembic.config import Config


@cache
def newest() -> str:
    """The version that this program writes: the number of its last migration, read off the file names.

    Alembic is not asked, because importing it costs a quarter of a second at every start.
    """
    names = (path.name for path in (bundled("migrations") / "versions").iterdir())
    return max(match[1] for name in names if (match := re.match(r"(\d{4})_\w+\.py$", name)))


def version(connection: Connection) -> str:
    """The version of an open file; empty if it has none."""
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except Exception:
        return ""
    return str(row[0]) if row else ""


def create(path: Path) -> None:
    """Make a new, empty data file. Raises Refused if there is a file already, EnvironmentFault if it cannot be written."""
    if path.exists():
        raise Refused(
            say("“{file}” exists already.", file=path.name),
            say("Please choose another name, or open the existing file."),
        )
    unfinished = path.with_name(path.name + ".new")
    with faults.explained(path):
        unfinished.unlink(missing_ok=True)
        connection = connect(unfinished, create=True)
        try:
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            _migrate(connection)
        except BaseException:
            connection.close()
            unfinished.unlink(missing_ok=True)
            raise
        connection.close()
        os.replace(unfinished, path)


def bring_up_to_date(path: Path, progress: Progress | None = None) -> Path | None:
    """Upgrade a file of an older version; returns the verified copy made before, or None if nothing was to be done.

    Raises EnvironmentFault if the file is of a newer version (it is not touched then), BadFile if it is damaged.
    """
    inspect(path)
    connection = connect(path, read_only=not os.access(path, os.W_OK))
    try:
        present = version(connection)
        if present == newest():
            return None
        if not present or present > newest():
            raise EnvironmentFault(
                say(
                    "“{file}” was written by a newer AlumniDesk (file version {version}).",
                    file=path.name,
                    version=present or "?",
                ),
                say("It was not changed. Please install the newest AlumniDesk to open it."),
            )
    finally:
        connection.close()
    copy = backup.make(path, reason="upgrade", progress=progress)
    connection = connect(path)
    try:
        with faults.explained(path):
            _migrate(connection)
    finally:
        connection.close()
    return copy


def _migrate(connection: Connection) -> None:
    from alembic import command

    # Off before BEGIN: inside a transaction the pragma is silently ignored, and with keys on, rebuilding a table would
    # empty the tables that hang on it (measured).
    connection.execute("PRAGMA foreign_keys=OFF")
    config = configuration(connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        command.upgrade(config, "head")
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise EnvironmentFault(
                say("The file could not be brought to the new version; it stays as it was."),
                say(
                    "Please restore a backup or ask for help; {count} links between its tables are broken.",
                    count=len(broken),
                ),
            )
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys=ON")


def configuration(connection: Connection) -> Config:
    """Alembic's settings for one open connection (also used to write a new migration)."""
    from alembic.config import Config

    engine = engine_on(connection)
    config = Config()
    config.set_main_option("script_location", str(bundled("migrations")))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    shared = engine.connect()
    shared.begin()  # so that Alembic finds a transaction open and does not end the caller's between two statements
    config.attributes["connection"] = shared
    return config
