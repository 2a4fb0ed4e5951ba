"""The layout of the file: made and brought up to date by migrations, in process, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from alumnidesk.errors import EnvironmentFault, Refused
from alumnidesk.i18n import say
from alumnidesk.places import bundled
from alumnidesk.progress import Progress
from alumnidesk.storage import faults, indexing, layout
from alumnidesk.storage.connection import APPLICATION_ID, Connection, connect, engine_on, has_log, inspect, may_write
from alumnidesk.whole_files import in_place_of

if TYPE_CHECKING:
    from alembic.config import Config


_BLANK: dict[tuple[Path, str], bytes] = {}
"""A new file by the migrations that make it. They take ten times as long as a copy, and tests make thousands."""


def create(path: Path) -> None:
    """Make a new, empty data file.

    Raises Refused if there is a file already, EnvironmentFault if it cannot be written.
    """
    if path.exists():
        raise Refused(
            say("“{file}” exists already.", file=path.name),
            say("Please choose another name, or open the existing file."),
        )
    kind = bundled("migrations"), layout.newest()
    with faults.explained(path), in_place_of(path) as unfinished:
        if kind in _BLANK:
            unfinished.write_bytes(_BLANK[kind])
            return
        with closing(connect(unfinished, create=True)) as connection:
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            _migrate(connection, Progress())
        _BLANK[kind] = unfinished.read_bytes()


def bring_up_to_date(path: Path, progress: Progress | None = None) -> Path | None:
    """Upgrade a file of an older version; returns the verified copy made before, or None if nothing was to be done.

    Raises EnvironmentFault if the file is of a newer version, or an older one that may only be read (neither is
    touched), BadFile if it is empty, encrypted, foreign, cut off or damaged, and Cancelled: then it is as it was.
    """
    inspect(path)
    # Looked at without touching a byte, because a newer file is none of our business; only a log must be played in.
    peek = not (has_log(path) and may_write(path))
    with faults.explained(path), closing(connect(path, read_only=peek)) as connection:
        present = layout.version(connection)
    if not present:
        raise faults.damaged(path)
    if present > layout.newest():
        raise layout.too_new(path, present)
    if present == layout.newest():
        return None
    if not may_write(path):
        raise faults.read_only(path)
    from alumnidesk.storage import backup  # with thread pools and hashes 4 % of a start, and seldom needed

    progress = progress or Progress()
    copy = backup.make_of_file(path, "upgrade", progress)
    progress.begin(say("Bringing “{file}” to the present version …", file=path.name))
    with faults.explained(path), closing(connect(path)) as connection:
        _migrate(connection, progress)
    return copy.path


def _migrate(connection: Connection, progress: Progress) -> None:
    from alembic import command

    # Off before BEGIN: inside a transaction the pragma is silently ignored, and with keys on, rebuilding a table would
    # empty the tables that hang on it (measured).
    connection.execute("PRAGMA foreign_keys=OFF")
    config = configuration(connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        command.upgrade(config, "head")
        # Lines and index follow from the rest, so that no migration has to fill them.
        with _without_indexes(connection, "contact_line"):
            indexing.rebuild(connection, progress)
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise EnvironmentFault(
                say("The file could not be brought to the new version; it stays as it was."),
                say(
                    "Please restore a backup or ask for help; {count} links between its tables are broken.",
                    count=len(broken),
                ),
            )
        progress.past_return()
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys=ON")


@contextmanager
def _without_indexes(connection: Connection, table: str) -> Iterator[None]:
    """In the block a table is filled, and its indexes are made afterwards: less than half the time (measured).

    Only while nothing else reads: SQLite takes no index away under a query that is not at its end.
    """
    indexes = connection.execute(
        "SELECT name, sql FROM main.sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", (table,)
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f'DROP INDEX main."{name}"')
    yield
    for _, made in indexes:
        connection.execute(made)


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
