"""Everything that was ever done: the source of undo, of the history page and of the answer to "who changed this?"."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy import text as text_clause
from sqlalchemy.orm import Mapped, mapped_column

from alumnidesk.models.base import STRICT, Base, flag, text


class Changeset(Base):
    """One deed: written in one transaction, taken back in one step."""

    __tablename__ = "changeset"
    made_at: Mapped[str] = text()
    """ISO date and time, UTC."""
    made_by: Mapped[str] = text()
    label: Mapped[str] = text()
    """A stored `Message` (JSON): what was done, in words, in any language."""
    undoes: Mapped[int | None] = mapped_column(ForeignKey("changeset.id"), index=True)
    """The deed that this one takes back; taking back an undo is a redo."""
    reverted: Mapped[bool] = flag()
    """Taken back by a later deed that still holds."""
    final: Mapped[str] = text()
    """Why it cannot be taken back (a stored `Message`), or empty: it can."""
    __table_args__ = (STRICT,)


class Change(Base):
    """What a deed did to one row, or to a run of new rows `row_id` to `row_last` of one table.

    New row: `before` and `after` are NULL. Changed row: only the columns that differ. Deleted row: `before` has it
    whole, `after` is NULL.
    """

    __tablename__ = "change"
    changeset_id: Mapped[int] = mapped_column(ForeignKey("changeset.id"), index=True)
    """NOT NULL is also what refuses any write outside a labelled transaction (see `storage.history`)."""
    table_name: Mapped[str] = mapped_column()
    row_id: Mapped[int] = mapped_column()
    row_last: Mapped[int] = mapped_column()
    before: Mapped[str | None] = mapped_column()
    after: Mapped[str | None] = mapped_column()
    contact_id: Mapped[int | None] = mapped_column()
    """The contact that the row is or belonged to, for its timeline; NULL for runs of new rows and for other things. No
    foreign key: it names contacts that may be gone."""
    __table_args__ = (
        Index("ix_change_row", "table_name", "row_id"),
        Index("ix_change_contact", "contact_id", sqlite_where=text_clause("contact_id IS NOT NULL")),
        STRICT,
    )
