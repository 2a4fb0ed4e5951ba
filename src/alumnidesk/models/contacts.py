"""Contacts and what hangs on them. What each field means stands in `domain.fields`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from alumnidesk.models.base import STRICT, Base, flag, number, text

if TYPE_CHECKING:
    from alumnidesk.models.own_fields import OwnValue


class Contact(Base):
    """A person or an organisation."""

    __tablename__ = "contact"
    uid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = text("person")
    title: Mapped[str] = text()
    given_name: Mapped[str] = text()
    additional_names: Mapped[str] = text()
    name_particle: Mapped[str] = text()
    family_name: Mapped[str] = text()
    suffix: Mapped[str] = text()
    birth_name: Mapped[str] = text()
    former_names: Mapped[str] = text()
    call_name: Mapped[str] = text()
    organisation: Mapped[str] = text()
    department: Mapped[str] = text()
    position: Mapped[str] = text()
    gender_form: Mapped[str] = text()
    salutation_mode: Mapped[str] = text()
    own_salutation: Mapped[str] = text()
    own_address_name: Mapped[str] = text()
    language: Mapped[str] = text()
    birth_date: Mapped[str] = text()
    deceased: Mapped[bool] = flag()
    deceased_on: Mapped[str] = text()
    no_post: Mapped[bool] = flag()
    no_email: Mapped[bool] = flag()
    no_phone: Mapped[bool] = flag()
    remark: Mapped[str] = text()
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"), index=True)
    photo: Mapped[str] = text()
    """`StoredFile.sha256` of the picture, or empty."""
    binned_at: Mapped[str] = text()
    """When it was put into the bin (ISO date and time, UTC); empty: it is in use."""

    emails: Mapped[list[Email]] = relationship(
        back_populates="contact", cascade="all, delete-orphan", order_by="Email.position, Email.id"
    )
    phones: Mapped[list[Phone]] = relationship(
        back_populates="contact", cascade="all, delete-orphan", order_by="Phone.position, Phone.id"
    )
    addresses: Mapped[list[Address]] = relationship(
        back_populates="contact", cascade="all, delete-orphan", order_by="Address.position, Address.id"
    )
    links: Mapped[list[Link]] = relationship(
        back_populates="contact", cascade="all, delete-orphan", order_by="Link.position, Link.id"
    )
    foreign: Mapped[list[ForeignProperty]] = relationship(
        back_populates="contact", cascade="all, delete-orphan", order_by="ForeignProperty.position, ForeignProperty.id"
    )
    affiliations: Mapped[list[Affiliation]] = relationship(
        back_populates="contact", cascade="all, delete-orphan", order_by="Affiliation.position, Affiliation.id"
    )
    own_values: Mapped[list[OwnValue]] = relationship(
        back_populates="contact", cascade="all, delete-orphan", order_by="OwnValue.position, OwnValue.id"
    )
    contact_tags: Mapped[list[ContactTag]] = relationship(
        back_populates="contact", cascade="all, delete-orphan", order_by="ContactTag.position, ContactTag.id"
    )

    __table_args__ = (
        CheckConstraint("kind IN ('person', 'organisation')", "kind"),
        CheckConstraint("gender_form IN ('', 'f', 'm')", "gender_form"),
        CheckConstraint("salutation_mode IN ('', 'formal', 'neutral', 'informal', 'none', 'own')", "salutation_mode"),
        STRICT,
    )


class OfContact:
    """A part of a contact, kept in the order in which people entered it."""

    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    position: Mapped[int] = number()


class Email(OfContact, Base):
    __tablename__ = "email"
    address: Mapped[str] = text()
    label: Mapped[str] = text()
    preferred: Mapped[bool] = flag()
    undeliverable_since: Mapped[str] = text()
    """ISO date since which nothing reaches it; empty: it is in use."""
    contact: Mapped[Contact] = relationship(back_populates="emails")
    __table_args__ = (Index("ix_email_address", "address"), STRICT)


class Phone(OfContact, Base):
    __tablename__ = "phone"
    number: Mapped[str] = text()
    label: Mapped[str] = text()
    preferred: Mapped[bool] = flag()
    contact: Mapped[Contact] = relationship(back_populates="phones")
    __table_args__ = (STRICT,)


class Address(OfContact, Base):
    __tablename__ = "address"
    street: Mapped[str] = text()
    house_number: Mapped[str] = text()
    extra: Mapped[str] = text()
    po_box: Mapped[str] = text()
    postcode: Mapped[str] = text()
    town: Mapped[str] = text()
    region: Mapped[str] = text()
    country: Mapped[str] = text()
    care_of: Mapped[str] = text()
    label: Mapped[str] = text()
    preferred: Mapped[bool] = flag()
    undeliverable_since: Mapped[str] = text()
    """ISO date since which nothing reaches it; empty: it is in use."""
    contact: Mapped[Contact] = relationship(back_populates="addresses")
    __table_args__ = (STRICT,)


class Link(OfContact, Base):
    __tablename__ = "link"
    url: Mapped[str] = text()
    label: Mapped[str] = text()
    contact: Mapped[Contact] = relationship(back_populates="links")
    __table_args__ = (STRICT,)


class ForeignProperty(OfContact, Base):
    """What a file said that we do not understand: kept and written back."""

    __tablename__ = "foreign_property"
    source: Mapped[str] = text()
    name: Mapped[str] = text()
    raw: Mapped[str] = text()
    contact: Mapped[Contact] = relationship(back_populates="foreign")
    __table_args__ = (STRICT,)


class Identity(Base):
    """By which name another system knows a contact, so that its next file finds it again."""

    __tablename__ = "identity"
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    system: Mapped[str] = text()
    """``vcard`` for the UID property of a card."""
    key: Mapped[str] = text()
    __table_args__ = (UniqueConstraint("system", "key"), STRICT)


class TagGroup(Base):
    """Tags that belong together, such as interests."""

    __tablename__ = "tag_group"
    name: Mapped[str] = mapped_column(unique=True)
    at_most_one: Mapped[bool] = flag()
    required: Mapped[bool] = flag()
    position: Mapped[int] = number()
    __table_args__ = (STRICT,)


class Tag(Base):
    __tablename__ = "tag"
    group_id: Mapped[int | None] = mapped_column(ForeignKey("tag_group.id"), index=True)
    name: Mapped[str] = mapped_column(unique=True)
    __table_args__ = (STRICT,)


class ContactTag(OfContact, Base):
    __tablename__ = "contact_tag"
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), index=True)
    contact: Mapped[Contact] = relationship(back_populates="contact_tags")
    tag: Mapped[Tag] = relationship()
    __table_args__ = (UniqueConstraint("contact_id", "tag_id"), STRICT)


class Unit(Base):
    """A part of the institution: centre, faculty, course, regional club. Units form a tree.

    Each is known by its path: only those below the same unit have different names.
    """

    __tablename__ = "unit"
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str]
    kind: Mapped[str] = text()
    __table_args__ = (
        Index("uq_unit_below", "parent_id", "name", unique=True),
        # To SQLite no NULL is equal to another, so the one above lets the top have the same name twice.
        Index("uq_unit_top", "name", unique=True, sqlite_where=sql_text("parent_id IS NULL")),
        STRICT,
    )


class Affiliation(OfContact, Base):
    """What a contact was or is at a unit; ended ones are kept."""

    __tablename__ = "affiliation"
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    role: Mapped[str] = text()
    programme: Mapped[str] = text()
    cohort_from: Mapped[int | None]
    cohort_to: Mapped[int | None]
    degree: Mapped[str] = text()
    began: Mapped[str] = text()
    ended: Mapped[str] = text()
    contact: Mapped[Contact] = relationship(back_populates="affiliations")
    unit: Mapped[Unit | None] = relationship()
    __table_args__ = (Index("ix_affiliation_role", "role"), STRICT)


class Note(Base):
    """What was said, agreed or found out about a contact; with a day it is due on, it is a follow-up."""

    __tablename__ = "note"
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    kind: Mapped[str] = text("note")
    """``note``, ``call``, ``visit``, ``message``; ``search``: an address or e-mail is to be found again."""
    written_at: Mapped[str] = text()
    """ISO date and time, UTC."""
    due_on: Mapped[str] = text()
    """ISO date, or empty."""
    done_at: Mapped[str] = text()
    """ISO date and time, UTC; empty while it is open."""
    text: Mapped[str] = text()
    __table_args__ = (
        Index("ix_note_due_on", "due_on"),
        CheckConstraint("kind IN ('note', 'call', 'visit', 'message', 'search')", "kind"),
        STRICT,
    )
