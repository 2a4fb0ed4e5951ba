"""What letters are for, when answers were entered, who is no household, and what contact persons are at their place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "not_household",
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("contact_id < other_id", name=op.f("ck_not_household_order")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_not_household_contact_id")),
        sa.ForeignKeyConstraint(["other_id"], ["contact.id"], name=op.f("fk_not_household_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_household")),
        sa.UniqueConstraint("contact_id", "other_id", name=op.f("uq_not_household_contact_id_other_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_not_household_other_id", "not_household", ["other_id"], unique=False)
    op.create_index("ix_affiliation_role", "affiliation", ["role"], unique=False)
    op.execute("ALTER TABLE consent ADD COLUMN entered_at TEXT DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE letter_template ADD COLUMN purpose TEXT DEFAULT 'invitations' NOT NULL")
    op.execute("ALTER TABLE mailing ADD COLUMN purpose TEXT DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE relationship ADD COLUMN department TEXT DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE relationship ADD COLUMN position TEXT DEFAULT '' NOT NULL")
