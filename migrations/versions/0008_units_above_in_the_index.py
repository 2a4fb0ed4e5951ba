"""A contact is found by the words of all units above its own too.

No table changes. The index is made anew whenever a file gets another version, which is how these words come into it;
and a program that does not know of them will not open the file, and so cannot leave them out again.
"""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # So many bytes of words the index gathers before it writes them: with 16 MB instead of one it is filled in three
    # quarters of the time, and of half as many pieces that each key has to look into (measured).
    op.execute("INSERT INTO contact_search (contact_search, rank) VALUES ('hashsize', 16777216)")
