"""Letter templates, mailings, and the letters that went out."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from alumnidesk.models.base import STRICT, Base, number, text


class LetterTemplate(Base):
    __tablename__ = "letter_template"
    uid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = text()
    purpose: Mapped[str] = text("invitations")
    """`Purpose.key` of what it is for; a mailing can be for something else."""
    texts: Mapped[list[LetterText]] = relationship(
        back_populates="template", cascade="all, delete-orphan", order_by="LetterText.id"
    )
    __table_args__ = (STRICT,)


class LetterText(Base):
    """The words of a template in one language."""

    __tablename__ = "letter_text"
    template_id: Mapped[int] = mapped_column(ForeignKey("letter_template.id"), index=True)
    language: Mapped[str] = text()
    subject: Mapped[str] = text()
    body: Mapped[str] = text()
    closing: Mapped[str] = text()
    template: Mapped[LetterTemplate] = relationship(back_populates="texts")
    __table_args__ = (UniqueConstraint("template_id", "language"), STRICT)


class Mailing(Base):
    """One mailing to many: a job while it is being prepared, then what went out."""

    __tablename__ = "mailing"
    uid: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str] = text()
    template_id: Mapped[int | None] = mapped_column(ForeignKey("letter_template.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    made_at: Mapped[str] = text()
    """ISO date and time, UTC: when it was produced, or last changed before."""
    pages: Mapped[int] = number()
    purpose: Mapped[str] = text()
    """`Purpose.key` of what it was for; empty: it went out before that was noted."""
    state: Mapped[str] = text("sent")
    """``prepared``, ``checked``, ``produced`` or ``sent`` (`domain.mailings`)."""
    job: Mapped[str] = text("{}")
    """What was chosen, as JSON (`domain.mailings.Job`)."""
    frozen: Mapped[str] = text("{}")
    """Texts and sender as they were when it was produced, as JSON (`services.archive`); empty: not kept."""
    sent_at: Mapped[str] = text()
    """ISO date and time, UTC; empty: not marked as sent, or before that was noted."""
    __table_args__ = (STRICT,)


class Letter(Base):
    """A letter that went out to one contact."""

    __tablename__ = "letter"
    mailing_id: Mapped[int] = mapped_column(ForeignKey("mailing.id"), index=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    language: Mapped[str] = text()
    address: Mapped[str] = text()
    """The address block as printed, one line each; of an e-mail the address that it is for."""
    salutation: Mapped[str] = text()
    subject: Mapped[str] = text()
    first_page: Mapped[int] = number()
    """1-based page of the run's PDF, of an e-mail its number; several contacts who share a letter have the same."""
    pages: Mapped[int] = number(1)
    channel: Mapped[str] = text("post")
    """``post`` or ``email``."""
    words: Mapped[str] = text("{}")
    """What was put in for this recipient, as JSON (`services.archive`); empty: not kept."""
    came_back_on: Mapped[str] = text()
    """ISO date on which it came back; empty: it did not."""
    __table_args__ = (STRICT,)
