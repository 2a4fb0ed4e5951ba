"""Mailings as jobs that are prepared, produced and sent, and letters that can be made again as they were."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What went out before there were states has been sent, and by post.
    op.execute("ALTER TABLE mailing ADD COLUMN state TEXT DEFAULT 'sent' NOT NULL")
    op.execute("ALTER TABLE mailing ADD COLUMN job TEXT DEFAULT '{}' NOT NULL")
    op.execute("ALTER TABLE mailing ADD COLUMN frozen TEXT DEFAULT '{}' NOT NULL")
    op.execute("ALTER TABLE mailing ADD COLUMN sent_at TEXT DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE letter ADD COLUMN channel TEXT DEFAULT 'post' NOT NULL")
    op.execute("ALTER TABLE letter ADD COLUMN words TEXT DEFAULT '{}' NOT NULL")
    op.execute("ALTER TABLE letter ADD COLUMN came_back_on TEXT DEFAULT '' NOT NULL")
