"""Households, relationships, consents, own fields, files, follow-ups, segments and lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact_list",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), server_default="", nullable=False),
        sa.Column("query", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_list")),
        sa.UniqueConstraint("name", name=op.f("uq_contact_list_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_contact_list_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "household",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("own_salutation", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint("uid", name=op.f("uq_household_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "own_field",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="text", nullable=False),
        sa.Column("choices", sa.Text(), server_default="", nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('text', 'number', 'date', 'yes_no', 'choice', 'link', 'file')", name=op.f("ck_own_field_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_field")),
        sa.UniqueConstraint("name", name=op.f("uq_own_field_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_own_field_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "purpose",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("wording", sa.Text(), server_default="", nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purpose")),
        sa.UniqueConstraint("key", name=op.f("uq_purpose_key")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "relationship_kind",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("name_back", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relationship_kind")),
        sa.UniqueConstraint("key", name=op.f("uq_relationship_kind_key")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "segment",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment")),
        sa.UniqueConstraint("name", name=op.f("uq_segment_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_segment_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "tag_group",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at_most_one", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("required", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_group")),
        sa.UniqueConstraint("name", name=op.f("uq_tag_group_name")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "attachment",
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("added_at", sa.Text(), server_default="", nullable=False),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_attachment_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_contact_id"), ["contact_id"], unique=False)

    op.create_table(
        "consent",
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("purpose_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), server_default="", nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("given_on", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("wording", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("answer IN ('yes', 'no')", name=op.f("ck_consent_answer")),
        sa.CheckConstraint("channel IN ('post', 'email', 'phone', 'print')", name=op.f("ck_consent_channel")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_consent_contact_id")),
        sa.ForeignKeyConstraint(["purpose_id"], ["purpose.id"], name=op.f("fk_consent_purpose_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(
            "ix_consent_contact_id_purpose_id_channel", ["contact_id", "purpose_id", "channel"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_consent_purpose_id"), ["purpose_id"], unique=False)

    op.create_table(
        "list_member",
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_list_member_contact_id")),
        sa.ForeignKeyConstraint(["list_id"], ["contact_list.id"], name=op.f("fk_list_member_list_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_member")),
        sa.UniqueConstraint("list_id", "contact_id", name=op.f("uq_list_member_list_id_contact_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("list_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_list_member_contact_id"), ["contact_id"], unique=False)

    op.create_table(
        "not_duplicate",
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("contact_id < other_id", name=op.f("ck_not_duplicate_order")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_not_duplicate_contact_id")),
        sa.ForeignKeyConstraint(["other_id"], ["contact.id"], name=op.f("fk_not_duplicate_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_duplicate")),
        sa.UniqueConstraint("contact_id", "other_id", name=op.f("uq_not_duplicate_contact_id_other_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("not_duplicate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_not_duplicate_other_id"), ["other_id"], unique=False)

    op.create_table(
        "own_value",
        sa.Column("field_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_own_value_contact_id")),
        sa.ForeignKeyConstraint(["field_id"], ["own_field.id"], name=op.f("fk_own_value_field_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_value")),
        sa.UniqueConstraint("contact_id", "field_id", name=op.f("uq_own_value_contact_id_field_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("own_value", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_own_value_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index("ix_own_value_field_id_value", ["field_id", "value"], unique=False)

    op.create_table(
        "relationship",
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("began", sa.Text(), server_default="", nullable=False),
        sa.Column("ended", sa.Text(), server_default="", nullable=False),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("contact_id <> other_id", name=op.f("ck_relationship_two_sides")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_relationship_contact_id")),
        sa.ForeignKeyConstraint(["kind_id"], ["relationship_kind.id"], name=op.f("fk_relationship_kind_id")),
        sa.ForeignKeyConstraint(["other_id"], ["contact.id"], name=op.f("fk_relationship_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relationship")),
        sa.UniqueConstraint(
            "contact_id", "other_id", "kind_id", name=op.f("uq_relationship_contact_id_other_id_kind_id")
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("relationship", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relationship_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_relationship_kind_id"), ["kind_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_relationship_other_id"), ["other_id"], unique=False)

    # Alembic would build these tables anew to add a column that refers to another one, and lose their conditions.
    op.execute("ALTER TABLE address ADD COLUMN undeliverable_since TEXT DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE email ADD COLUMN undeliverable_since TEXT DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE contact ADD COLUMN former_names TEXT DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE contact ADD COLUMN photo TEXT DEFAULT '' NOT NULL")
    op.execute(
        "ALTER TABLE contact ADD COLUMN household_id INTEGER "
        "CONSTRAINT fk_contact_household_id REFERENCES household (id)"
    )
    op.execute("CREATE INDEX ix_contact_household_id ON contact (household_id)")
    op.execute(
        "ALTER TABLE note ADD COLUMN kind TEXT DEFAULT 'note' NOT NULL "
        "CONSTRAINT ck_note_kind CHECK (kind IN ('note', 'call', 'visit', 'message', 'search'))"
    )
    op.execute("ALTER TABLE note ADD COLUMN due_on TEXT DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE note ADD COLUMN done_at TEXT DEFAULT '' NOT NULL")
    op.execute("CREATE INDEX ix_note_due_on ON note (due_on)")
    op.execute("ALTER TABLE tag ADD COLUMN group_id INTEGER CONSTRAINT fk_tag_group_id REFERENCES tag_group (id)")
    op.execute("CREATE INDEX ix_tag_group_id ON tag (group_id)")
