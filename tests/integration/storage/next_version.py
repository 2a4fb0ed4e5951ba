"""A pretended next version of the program: one more migration, which rebuilds a table that others hang on."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from alumnidesk import places
from alumnidesk.storage import layout

MIGRATION = '''
"""Contacts get a rank, and a title of at most a thousand letters."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{number}", "{before}", None, None


def upgrade() -> None:
    with op.batch_alter_table("contact", recreate="always", table_kwargs={{"sqlite_autoincrement": True}}) as table:
        table.add_column(sa.Column("rank", sa.Integer(), nullable=False, server_default="7"))
    op.create_table("badge", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.Text()))
    op.execute("UPDATE contact SET rank = 9 WHERE id = 4")
'''


@contextmanager
def installed(folder: Path) -> Iterator[str]:
    """In the block, the program has the migrations of the next version; yields its number."""
    before = layout.newest()
    number = f"{int(before) + 1:04d}"
    bundled = folder / "alumnidesk" / "_bundled"
    shutil.copytree(places.bundled("migrations"), bundled / "migrations")
    text = MIGRATION.format(number=number, before=before)
    (bundled / "migrations" / "versions" / f"{number}_rank.py").write_text(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "_MEIPASS", str(folder), raising=False)  # as the frozen program finds what came with it
        _forget()
        try:
            yield number
        finally:
            patch.undo()
            _forget()


def _forget() -> None:
    places.bundled.cache_clear()
    layout.newest.cache_clear()
