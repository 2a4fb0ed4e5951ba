"""Units that lie below different ones may have the same name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_TABLE = {"sqlite_strict": True, "sqlite_autoincrement": True}


def upgrade() -> None:
    used = sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'unit'")
    highest = op.get_bind().execute(used).scalar()
    # SQLite cannot take a constraint away from a table, so the table is made anew.
    with op.batch_alter_table("unit", recreate="always", table_kwargs=_TABLE) as batch_op:
        batch_op.drop_constraint("uq_unit_name", type_="unique")
        batch_op.create_index("uq_unit_below", ["parent_id", "name"], unique=True)
        batch_op.create_index("uq_unit_top", ["name"], unique=True, sqlite_where=sa.text("parent_id IS NULL"))
    if highest is not None:
        # The new table counts from the units that there are; the id of one that is gone would be given to a stranger.
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'unit'")
        op.execute(f"INSERT INTO sqlite_sequence (name, seq) VALUES ('unit', {int(highest)})")
