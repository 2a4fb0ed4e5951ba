"""Places that hold contacts too, and what either side had after the last sync.

Links are facts about what lies elsewhere: history does not watch them, and nothing that is taken back takes them away.
So they refer to contacts and partners that may be gone.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from alumnidesk.models.base import STRICT, Base, flag, number, text


class SyncPartner(Base):
    """A folder, a file or an address book on a server."""

    __tablename__ = "sync_partner"
    uid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = text("folder")
    place: Mapped[str] = text()
    """Path or address."""
    query: Mapped[str] = text()
    """Whom it is about, in the language of the search box, with English field words; empty: all contacts."""
    options: Mapped[str] = text("{}")
    """JSON: what only this kind of partner knows."""
    __table_args__ = (CheckConstraint("kind IN ('folder', 'csv', 'carddav')", name="kind"), STRICT)


class SyncState(Base):
    """How far a partner is."""

    __tablename__ = "sync_state"
    partner_id: Mapped[int] = mapped_column(unique=True)
    synced_at: Mapped[str] = text()
    """ISO date and time, UTC."""
    changeset: Mapped[int] = number()
    """The last deed that was looked at."""
    __table_args__ = (STRICT,)


class SyncLink(Base):
    """A contact and its place at a partner."""

    __tablename__ = "sync_link"
    partner_id: Mapped[int]
    contact_id: Mapped[int] = mapped_column(index=True)
    place: Mapped[str] = text()
    uid: Mapped[str] = text()
    """By which the place calls the contact; empty if it does not."""
    stamp: Mapped[str] = text()
    """Unchanged as long as nobody wrote there: ``size:mtime_ns`` of a file."""
    digest: Mapped[str] = text()
    """SHA-256 of what stood there, in hexadecimal digits."""
    base: Mapped[bytes] = mapped_column(LargeBinary)
    """What they had, slot by slot (`services.sync_links`); empty: not known any more."""
    ours: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What we had; NULL: the same."""
    fits: Mapped[bool] = flag()
    """Whether the contact was one of those whom the partner is about."""
    __table_args__ = (UniqueConstraint("partner_id", "contact_id"), UniqueConstraint("partner_id", "place"), STRICT)
