"""A contact is found by the words of all units above its own too.

No table changes. The index is made anew whenever a file gets another version, which is how these words come into it;
and a program that does not know of them will not open the file, and so cannot leave them out again.
"""

from __future__ import annotations

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
