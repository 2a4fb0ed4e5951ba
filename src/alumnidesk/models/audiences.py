"""Whom one writes to or invites again and again: live segments and fixed lists."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from alumnidesk.models.base import STRICT, Base, text


class Segment(Base):
    """A search with a name; who is in it follows from the data of the moment."""

    __tablename__ = "segment"
    uid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    query: Mapped[str] = text()
    """In the language of the search box, with English field words (`domain.query`)."""
    __table_args__ = (STRICT,)


class ContactList(Base):
    """Contacts that were chosen once and stay."""

    __tablename__ = "contact_list"
    uid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[str] = text()
    """ISO date and time, UTC."""
    query: Mapped[str] = text()
    """The search that it was frozen from, if any."""
    __table_args__ = (STRICT,)


class ListMember(Base):
    """One contact on one fixed list."""

    __tablename__ = "list_member"
    list_id: Mapped[int] = mapped_column(ForeignKey("contact_list.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    __table_args__ = (UniqueConstraint("list_id", "contact_id"), STRICT)
