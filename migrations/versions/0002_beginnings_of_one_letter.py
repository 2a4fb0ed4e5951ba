"""The search index also knows beginnings of one letter: “peter s” is answered as quickly as “peter sch”."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Without a list of them, SQLite would merge the contacts of all words that begin so, key after key. The index is
    # filled after the last migration.
    op.execute("DROP TABLE contact_search")
    op.execute(
        """
        CREATE VIRTUAL TABLE contact_search USING fts5(
            name, town, email, phone, other,
            content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='1 2 3'
        )
        """
    )
