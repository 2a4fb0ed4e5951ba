"""Records: what a file delivered about a contact, not yet believed and not yet anybody's row.

A reader of a format returns good records and problems side by side. A record says where it came from, so that every
message can name file and line.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from typing import Any

from alumnidesk.domain.cards import (
    ORGANISATION,
    Address,
    Affiliation,
    ContactCard,
    Email,
    Foreign,
    Link,
    OwnValue,
    Phone,
)
from alumnidesk.domain.fields import FIELDS, Kind
from alumnidesk.domain.ties import NO_TIES, Ties
from alumnidesk.i18n import Message


def content_key(data: bytes) -> str:
    """By what bytes that are kept once are found again: SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in a file that could not be taken as it stands: where, why, and the text itself, so nothing is lost."""

    line: int
    """1-based line of the file where the row or card begins; 0 when it concerns the whole file."""
    why: Message
    text: str = ""
    """The refused text (shortened to 2,000 characters for display)."""
    severe: bool = True
    """False: the record came in all the same, but one should look."""


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """A contact as a file has it. `values` holds the single-valued fields by their key in `domain.fields`.

    Dates, choices and languages are in stored form there; a flag that is set is ``1``; what is empty is missing.
    """

    line: int
    values: Mapping[str, str] = field(default_factory=dict)
    emails: tuple[Email, ...] = ()
    phones: tuple[Phone, ...] = ()
    addresses: tuple[Address, ...] = ()
    links: tuple[Link, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    tags: tuple[str, ...] = ()
    foreign: tuple[Foreign, ...] = ()
    uid: str = ""
    """The identity that the file itself gives (vCard UID, our own id column), or empty."""
    problems: tuple[Problem, ...] = ()
    """Remarks about this record that do not keep it out."""
    own: tuple[OwnValue, ...] = ()
    """Values of own fields; the text as the file has it until the fields themselves were asked."""
    photo: bytes = b""
    """A PNG or JPEG that may be used (`formats.pictures`), or empty."""
    ties: Ties = NO_TIES
    """Household, relationships and consents."""

    @property
    def photo_key(self) -> str:
        """By what the photo is found once it is kept; empty if there is none."""
        return content_key(self.photo) if self.photo else ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a file: the records in file order, and what did not become one."""

    records: tuple[ContactRecord, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Message, ...] = ()
    """Things one should know about the file as a whole: the guessed encoding, a repeated header."""
    more: bool = False
    """Whether other records of the same file may come after it."""


_SAYS = ("emails", "phones", "addresses", "links", "affiliations", "own")


def fingerprint(record: ContactRecord) -> str:
    """By what a decision about a record is found again: SHA-256 of what it says, wherever in a file it stands."""
    parts = [[astuple(part) for part in getattr(record, name)] for name in _SAYS]
    text = json.dumps([record.uid, sorted(record.values.items()), record.tags, *parts], ensure_ascii=False)
    return content_key(text.encode("utf-8", "surrogatepass"))


_FLAGS = frozenset(field.key for field in FIELDS if field.kind is Kind.FLAG)


def as_card(record: ContactRecord) -> ContactCard:
    """The contact that a record describes, new and not yet compared with anybody.

    An organisation without a personal name is an organisation; a date of death means deceased.
    """
    values: dict[str, Any] = {**record.values}
    for key in _FLAGS.intersection(values):
        values[key] = bool(values[key])
    if values.get("deceased_on"):
        values["deceased"] = True
    if (
        "kind" not in values
        and "organisation" in values
        and not ({"given_name", "family_name", "call_name"} & values.keys())
    ):
        values["kind"] = ORGANISATION
    return ContactCard(
        **values,
        uid=record.uid,
        emails=record.emails,
        phones=record.phones,
        addresses=record.addresses,
        links=record.links,
        affiliations=record.affiliations,
        tags=record.tags,
        own=record.own,
        photo=record.photo_key,
        foreign=record.foreign,
    )
