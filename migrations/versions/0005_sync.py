"""Places that hold contacts too, and what either side had after the last sync."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sync_partner",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="folder", nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("query", sa.Text(), server_default="", nullable=False),
        sa.Column("options", sa.Text(), server_default="{}", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('folder', 'csv', 'carddav')", name=op.f("ck_sync_partner_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_partner")),
        sa.UniqueConstraint("name", name=op.f("uq_sync_partner_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_sync_partner_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "sync_state",
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("synced_at", sa.Text(), server_default="", nullable=False),
        sa.Column("changeset", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_state")),
        sa.UniqueConstraint("partner_id", name=op.f("uq_sync_state_partner_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "sync_link",
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("uid", sa.Text(), server_default="", nullable=False),
        sa.Column("stamp", sa.Text(), server_default="", nullable=False),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.Column("base", sa.LargeBinary(), nullable=False),
        sa.Column("ours", sa.LargeBinary(), nullable=True),
        sa.Column("fits", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_link")),
        sa.UniqueConstraint("partner_id", "contact_id", name=op.f("uq_sync_link_partner_id_contact_id")),
        sa.UniqueConstraint("partner_id", "place", name=op.f("uq_sync_link_partner_id_place")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_sync_link_contact_id", "sync_link", ["contact_id"], unique=False)
