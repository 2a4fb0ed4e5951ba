"""What ties contacts to each other: households, relationships, and who is not the same or does not live together."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from alumnidesk.models.base import STRICT, Base, text


class Household(Base):
    """Contacts that live together and get one letter; its members are the contacts with its id."""

    __tablename__ = "household"
    uid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = text()
    """Own words for the address, such as Familie Müller; empty: made from who is in the selection."""
    own_salutation: Mapped[str] = text()
    __table_args__ = (STRICT,)


class RelationshipKind(Base):
    """A kind of relationship, with both sides named: mentor and mentee."""

    __tablename__ = "relationship_kind"
    key: Mapped[str] = mapped_column(unique=True)
    """Of a kind that the program knows, whose words are in `domain.relationships`; else a UUID."""
    name: Mapped[str] = text()
    """What the first one is to the other; empty for a kind that the program knows."""
    name_back: Mapped[str] = text()
    __table_args__ = (STRICT,)


class Relationship(Base):
    """`contact` is the mentor (employer, parent …) of `other`."""

    __tablename__ = "relationship"
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("relationship_kind.id"), index=True)
    department: Mapped[str] = text()
    """Where the person works in the organisation, like `position` of a relationship of these two only."""
    position: Mapped[str] = text()
    began: Mapped[str] = text()
    ended: Mapped[str] = text()
    remark: Mapped[str] = text()
    __table_args__ = (
        UniqueConstraint("contact_id", "other_id", "kind_id"),
        CheckConstraint("contact_id <> other_id", "two_sides"),
        STRICT,
    )


class NotDuplicate(Base):
    """Two contacts that look alike and are not the same one, as somebody said."""

    __tablename__ = "not_duplicate"
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    __table_args__ = (
        UniqueConstraint("contact_id", "other_id"),
        CheckConstraint("contact_id < other_id", "order"),
        STRICT,
    )


class NotHousehold(Base):
    """Two contacts at one address who are no household, as somebody said."""

    __tablename__ = "not_household"
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    __table_args__ = (
        UniqueConstraint("contact_id", "other_id"),
        CheckConstraint("contact_id < other_id", "order"),
        STRICT,
    )
