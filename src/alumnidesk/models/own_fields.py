"""Fields that the association defines itself, and files filed at a contact."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from alumnidesk.models.base import STRICT, Base, number, text
from alumnidesk.models.contacts import Contact, OfContact


class OwnField(Base):
    """A field of the association's own. Its uid names it in files, so that its name may change."""

    __tablename__ = "own_field"
    uid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = text("text")
    choices: Mapped[str] = text()
    """For a choice: what can be chosen, divided by line feeds."""
    position: Mapped[int] = number()
    __table_args__ = (
        CheckConstraint("kind IN ('text', 'number', 'date', 'yes_no', 'choice', 'link', 'file')", "kind"),
        STRICT,
    )


class OwnValue(OfContact, Base):
    """The value of an own field at one contact, as text: a number with a point, a date in ISO form, ``1`` for yes,
    `StoredFile.sha256` and a name divided by a line feed for a file."""

    __tablename__ = "own_value"
    field_id: Mapped[int] = mapped_column(ForeignKey("own_field.id"))
    value: Mapped[str] = text()
    contact: Mapped[Contact] = relationship(back_populates="own_values")
    field: Mapped[OwnField] = relationship()
    __table_args__ = (
        UniqueConstraint("contact_id", "field_id"),
        Index("ix_own_value_field_id_value", "field_id", "value"),
        STRICT,
    )


class Attachment(Base):
    """A file filed at a contact."""

    __tablename__ = "attachment"
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    sha256: Mapped[str] = text()
    """`StoredFile.sha256`; the bytes are kept once however often they are filed."""
    name: Mapped[str] = text()
    added_at: Mapped[str] = text()
    """ISO date and time, UTC."""
    remark: Mapped[str] = text()
    __table_args__ = (STRICT,)
