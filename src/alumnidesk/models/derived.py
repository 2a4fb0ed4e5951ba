"""Tables that are computed from others and can be rebuilt at any time; history does not watch them.

`contact_line` holds what lists show and sort by, one narrow row for each contact that is not in the bin; its twin, the
full-text index `contact_search`, is a virtual table and therefore made by hand in the migrations.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from alumnidesk.models.base import Base

contact_line = Table(
    "contact_line",
    Base.metadata,
    Column("contact_id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("town", Text, nullable=False),
    Column("cohort", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("tags", Text, nullable=False, comment="names divided by line feeds"),
    Column("marks", Text, nullable=False, comment="words divided by blanks: what one should look at"),
    Column("sort_name", Text, nullable=False, comment="folded family name, given name"),
    Column("sort_town", Text, nullable=False, comment="folded town, then the sort name"),
    Index("ix_contact_line_sort_name", "sort_name"),
    Index("ix_contact_line_sort_town", "sort_town"),
    Index("ix_contact_line_cohort", "cohort"),
    Index("ix_contact_line_email", "email"),
    sqlite_strict=True,
)

# The index keeps folded words of each contact by its id and no text twice. Prefixes of two and three letters have their
# own index because lists answer each key; one letter alone is answered by the sort key (measured: 20 times as fast).
