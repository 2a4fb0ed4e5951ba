"""Events and who is on their lists."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from alumnidesk.models.base import STRICT, Base, number, text


class Event(Base):
    __tablename__ = "event"
    uid: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str] = text()
    starts_on: Mapped[str] = text()
    starts_at: Mapped[str] = text()
    ends_on: Mapped[str] = text()
    ends_at: Mapped[str] = text()
    place: Mapped[str] = text()
    capacity: Mapped[int | None]
    remark: Mapped[str] = text()
    __table_args__ = (STRICT,)


class Participation(Base):
    """One contact on the list of one event."""

    __tablename__ = "participation"
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    state: Mapped[str] = text("invited")
    companions: Mapped[int] = number()
    answered_on: Mapped[str] = text()
    listed_at: Mapped[str] = text()
    """When the contact was put on the list (ISO date and time, UTC): the order of the waiting list."""
    remark: Mapped[str] = text()
    __table_args__ = (
        UniqueConstraint("event_id", "contact_id"),
        CheckConstraint("state IN ('invited', 'coming', 'declined', 'waitlist')", "state"),
        CheckConstraint("companions >= 0", "companions"),
        STRICT,
    )
