"""Which version of the tables a file has, and which one this program writes."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from alumnidesk.errors import TooNew
from alumnidesk.i18n import say
from alumnidesk.places import bundled
from alumnidesk.storage.connection import Connection


@cache
def newest() -> str:
    """The version that this program writes: the number of its last migration, read off the file names.

    Alembic is not asked, because importing it costs a quarter of a second at every start.
    """
    names = (path.name for path in (bundled("migrations") / "versions").iterdir())
    return max(match[1] for name in names if (match := re.match(r"(\d{4})_\w+\.py$", name)))


def version(connection: Connection) -> str:
    """The version of an open file; empty if it has none, which only a damaged file does."""
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except driver.OperationalError:  # no such table
        return ""
    return str(row[0]) if row else ""


def too_new(path: Path, version: str) -> TooNew:
    return TooNew(
        say("“{file}” was written by a newer AlumniDesk (file version {version}).", file=path.name, version=version),
        say("It was not changed. Please install the newest AlumniDesk to open it; until then you can export from it."),
    )


def too_different(path: Path, version: str) -> TooNew:
    return TooNew(
        say("“{file}” was written by a newer AlumniDesk (file version {version}).", file=path.name, version=version),
        say("It is so different that nothing can be exported from it here. Please install the newest AlumniDesk."),
    )


def is_understood(connection: Connection) -> bool:
    """Whether everything that this program reads is there. A newer version mostly has more, and nothing less."""
    from alumnidesk.models import Base  # a fifth of a second, for files that are seldom met

    return all(
        {column.name for column in table.columns}
        <= {name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table.name,))}
        for table in Base.metadata.tables.values()
    )
