"""The first tables: contacts, events, letters, settings, history, and the index to find contacts by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "changeset",
        sa.Column("made_at", sa.Text(), server_default="", nullable=False),
        sa.Column("made_by", sa.Text(), server_default="", nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("reverted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("final", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["undoes"], ["changeset.id"], name=op.f("fk_changeset_undoes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changeset")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("changeset", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_changeset_undoes"), ["undoes"], unique=False)

    op.create_table(
        "contact",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="person", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("given_name", sa.Text(), server_default="", nullable=False),
        sa.Column("additional_names", sa.Text(), server_default="", nullable=False),
        sa.Column("name_particle", sa.Text(), server_default="", nullable=False),
        sa.Column("family_name", sa.Text(), server_default="", nullable=False),
        sa.Column("suffix", sa.Text(), server_default="", nullable=False),
        sa.Column("birth_name", sa.Text(), server_default="", nullable=False),
        sa.Column("call_name", sa.Text(), server_default="", nullable=False),
        sa.Column("organisation", sa.Text(), server_default="", nullable=False),
        sa.Column("department", sa.Text(), server_default="", nullable=False),
        sa.Column("position", sa.Text(), server_default="", nullable=False),
        sa.Column("gender_form", sa.Text(), server_default="", nullable=False),
        sa.Column("salutation_mode", sa.Text(), server_default="", nullable=False),
        sa.Column("own_salutation", sa.Text(), server_default="", nullable=False),
        sa.Column("own_address_name", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("birth_date", sa.Text(), server_default="", nullable=False),
        sa.Column("deceased", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("deceased_on", sa.Text(), server_default="", nullable=False),
        sa.Column("no_post", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("no_email", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("no_phone", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.Column("binned_at", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("gender_form IN ('', 'f', 'm')", name=op.f("ck_contact_gender_form")),
        sa.CheckConstraint("kind IN ('person', 'organisation')", name=op.f("ck_contact_kind")),
        sa.CheckConstraint(
            "salutation_mode IN ('', 'formal', 'neutral', 'informal', 'none', 'own')",
            name=op.f("ck_contact_salutation_mode"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("uid", name=op.f("uq_contact_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "contact_line",
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("cohort", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False, comment="names divided by line feeds"),
        sa.Column("marks", sa.Text(), nullable=False, comment="words divided by blanks: what one should look at"),
        sa.Column("sort_name", sa.Text(), nullable=False, comment="folded family name, given name"),
        sa.Column("sort_town", sa.Text(), nullable=False, comment="folded town, then the sort name"),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_contact_line")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("contact_line", schema=None) as batch_op:
        batch_op.create_index("ix_contact_line_cohort", ["cohort"], unique=False)
        batch_op.create_index("ix_contact_line_email", ["email"], unique=False)
        batch_op.create_index("ix_contact_line_sort_name", ["sort_name"], unique=False)
        batch_op.create_index("ix_contact_line_sort_town", ["sort_town"], unique=False)

    op.create_table(
        "event",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("starts_on", sa.Text(), server_default="", nullable=False),
        sa.Column("starts_at", sa.Text(), server_default="", nullable=False),
        sa.Column("ends_on", sa.Text(), server_default="", nullable=False),
        sa.Column("ends_at", sa.Text(), server_default="", nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("uid", name=op.f("uq_event_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "letter_template",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_template")),
        sa.UniqueConstraint("uid", name=op.f("uq_letter_template_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("key", name=op.f("uq_setting_key")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "stored_file",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), server_default="", nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("sha256", name=op.f("uq_stored_file_sha256")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "tag",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("name", name=op.f("uq_tag_name")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "unit",
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("name", name=op.f("uq_unit_name")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "address",
        sa.Column("street", sa.Text(), server_default="", nullable=False),
        sa.Column("house_number", sa.Text(), server_default="", nullable=False),
        sa.Column("extra", sa.Text(), server_default="", nullable=False),
        sa.Column("po_box", sa.Text(), server_default="", nullable=False),
        sa.Column("postcode", sa.Text(), server_default="", nullable=False),
        sa.Column("town", sa.Text(), server_default="", nullable=False),
        sa.Column("region", sa.Text(), server_default="", nullable=False),
        sa.Column("country", sa.Text(), server_default="", nullable=False),
        sa.Column("care_of", sa.Text(), server_default="", nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("preferred", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_address_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_address_contact_id"), ["contact_id"], unique=False)

    op.create_table(
        "affiliation",
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.Text(), server_default="", nullable=False),
        sa.Column("programme", sa.Text(), server_default="", nullable=False),
        sa.Column("cohort_from", sa.Integer(), nullable=True),
        sa.Column("cohort_to", sa.Integer(), nullable=True),
        sa.Column("degree", sa.Text(), server_default="", nullable=False),
        sa.Column("began", sa.Text(), server_default="", nullable=False),
        sa.Column("ended", sa.Text(), server_default="", nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_affiliation_contact_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_affiliation_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliation")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("affiliation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_affiliation_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_affiliation_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "change",
        sa.Column("changeset_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("row_last", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["changeset_id"], ["changeset.id"], name=op.f("fk_change_changeset_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_changeset_id"), ["changeset_id"], unique=False)
        batch_op.create_index("ix_change_row", ["table_name", "row_id"], unique=False)
        batch_op.create_index(
            "ix_change_contact", ["contact_id"], unique=False, sqlite_where=sa.text("contact_id IS NOT NULL")
        )

    op.create_table(
        "contact_tag",
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_contact_tag_contact_id")),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_contact_tag_tag_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_tag")),
        sa.UniqueConstraint("contact_id", "tag_id", name=op.f("uq_contact_tag_contact_id_tag_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("contact_tag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_tag_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_tag_tag_id"), ["tag_id"], unique=False)

    op.create_table(
        "email",
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("preferred", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_email_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("email", schema=None) as batch_op:
        batch_op.create_index("ix_email_address", ["address"], unique=False)
        batch_op.create_index(batch_op.f("ix_email_contact_id"), ["contact_id"], unique=False)

    op.create_table(
        "foreign_property",
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("raw", sa.Text(), server_default="", nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_foreign_property_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_foreign_property")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("foreign_property", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_foreign_property_contact_id"), ["contact_id"], unique=False)

    op.create_table(
        "identity",
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("system", sa.Text(), server_default="", nullable=False),
        sa.Column("key", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_identity_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint("system", "key", name=op.f("uq_identity_system_key")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identity_contact_id"), ["contact_id"], unique=False)

    op.create_table(
        "letter_text",
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("closing", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["template_id"], ["letter_template.id"], name=op.f("fk_letter_text_template_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_text")),
        sa.UniqueConstraint("template_id", "language", name=op.f("uq_letter_text_template_id_language")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("letter_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_text_template_id"), ["template_id"], unique=False)

    op.create_table(
        "link",
        sa.Column("url", sa.Text(), server_default="", nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_link_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_contact_id"), ["contact_id"], unique=False)

    op.create_table(
        "mailing",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.Text(), server_default="", nullable=False),
        sa.Column("pages", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_mailing_event_id")),
        sa.ForeignKeyConstraint(["template_id"], ["letter_template.id"], name=op.f("fk_mailing_template_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing")),
        sa.UniqueConstraint("uid", name=op.f("uq_mailing_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("mailing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mailing_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mailing_template_id"), ["template_id"], unique=False)

    op.create_table(
        "note",
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_note_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_contact_id"), ["contact_id"], unique=False)

    op.create_table(
        "participation",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), server_default="invited", nullable=False),
        sa.Column("companions", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("answered_on", sa.Text(), server_default="", nullable=False),
        sa.Column("listed_at", sa.Text(), server_default="", nullable=False),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('invited', 'coming', 'declined', 'waitlist')", name=op.f("ck_participation_state")
        ),
        sa.CheckConstraint("companions >= 0", name=op.f("ck_participation_companions")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_participation_contact_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_participation_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
        sa.UniqueConstraint("event_id", "contact_id", name=op.f("uq_participation_event_id_contact_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_participation_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_participation_event_id"), ["event_id"], unique=False)

    op.create_table(
        "phone",
        sa.Column("number", sa.Text(), server_default="", nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("preferred", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_phone_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("phone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phone_contact_id"), ["contact_id"], unique=False)

    op.create_table(
        "letter",
        sa.Column("mailing_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("salutation", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("first_page", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("pages", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_letter_contact_id")),
        sa.ForeignKeyConstraint(["mailing_id"], ["mailing.id"], name=op.f("fk_letter_mailing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_mailing_id"), ["mailing_id"], unique=False)

    op.execute(
        """
        CREATE VIRTUAL TABLE contact_search USING fts5(
            name, town, email, phone, other,
            content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3'
        )
        """
    )
