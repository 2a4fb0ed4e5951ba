"""What people have agreed to: a ledger that only grows, of which the newest line counts."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from alumnidesk.models.base import STRICT, Base, number, text


class Purpose(Base):
    """What somebody can be asked to agree to: news, invitations, a printed directory …"""

    __tablename__ = "purpose"
    key: Mapped[str] = mapped_column(unique=True)
    """Of a purpose that the program knows, whose words are in `domain.consent`; else a UUID."""
    name: Mapped[str] = text()
    """Empty for a purpose that the program knows."""
    wording: Mapped[str] = text()
    """The text that people agree to, as it reads now."""
    position: Mapped[int] = number()
    __table_args__ = (STRICT,)


class Consent(Base):
    """One answer of one contact for one purpose by one channel. No line: not asked."""

    __tablename__ = "consent"
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    purpose_id: Mapped[int] = mapped_column(ForeignKey("purpose.id"), index=True)
    channel: Mapped[str] = text()
    answer: Mapped[str] = text()
    given_on: Mapped[str] = text()
    """ISO date on which it was given or withdrawn."""
    source: Mapped[str] = text()
    """How we know: a form, a phone call, an e-mail."""
    wording: Mapped[str] = text()
    """The text that was agreed to, as it read then."""
    entered_at: Mapped[str] = text()
    """ISO date and time, UTC: of two answers of one day the later entered counts. Empty: before that was noted."""
    __table_args__ = (
        Index("ix_consent_contact_id_purpose_id_channel", "contact_id", "purpose_id", "channel"),
        CheckConstraint("channel IN ('post', 'email', 'phone', 'print')", "channel"),
        CheckConstraint("answer IN ('yes', 'no')", "answer"),
        STRICT,
    )
