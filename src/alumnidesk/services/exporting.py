"""Exporting: contacts as a file for another program, or as text for the address line of an e-mail."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.consent import EMAIL, INVITATIONS, OWED, Bar, Barrier, Sending
from alumnidesk.domain.ties import Ties
from alumnidesk.errors import Refused
from alumnidesk.formats import csv, ldif_write, vcard, xlsx_write
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.progress import Progress
from alumnidesk.services import cards, stored_files, ties
from alumnidesk.services.consents import Consents
from alumnidesk.services.own_fields import OwnFields
from alumnidesk.storage import faults
from alumnidesk.storage.database import Database

_TABLES: Mapping[str, str] = MappingProxyType(
    {
        "csv": "neutral",
        "excel": "excel",
        "google": "google",
        "outlook": "outlook-en",
        "outlook-de": "outlook-de",
        "thunderbird": "thunderbird-en",
        "thunderbird-de": "thunderbird-de",
        "thunderbird-sv": "thunderbird-sv",
    }
)
_CARDS: Mapping[str, str] = MappingProxyType({"vcard3": "3.0", "vcard4": "4.0"})

BCC = "bcc"
XLSX, LDIF = "xlsx", "ldif"
KINDS = (*_CARDS, *_TABLES, XLSX, LDIF)
"""What can be written."""
COMPLETE = frozenset({"csv", "excel", XLSX, *_CARDS})
"""Kinds that lose nothing: "deceased" and "no e-mails" stand in the file, so such contacts go into it. Address books of
mail programs know neither; there they are left out."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote."""

    target: Path
    written: int
    left_out: tuple[tuple[str, Message], ...]
    """Name and reason of everybody who is not in the file."""
    notes: tuple[Message, ...] = ()
    """What had no place in the other program's table."""


@dataclass(frozen=True, slots=True)
class Recipients:
    """Addresses for the Bcc line of one e-mail."""

    text: str
    count: int
    left_out: tuple[tuple[str, Message], ...]
    """Name and reason of everybody who is not among them."""


class Exporting:
    """Hands contacts to other programs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(
        self,
        target: Path,
        kind: str,
        contacts: Sequence[int],
        *,
        sending: Sending | None = None,
        progress: Progress | None = None,
    ) -> ExportReport:
        """Write the contacts to `target`, in this order; the file is complete or is not touched.

        `sending` says what the file is for: then only those are in it who may be reached for that. Without it the file
        is for our own use, and complete kinds hold households, relationships and consents too. Raises Refused (another
        data file stands there), EnvironmentFault (disk full, read-only), Cancelled, and KeyError for a kind that is not
        in `KINDS`.
        """
        progress = progress or Progress()
        if kind not in KINDS:
            raise KeyError(kind)
        self._refuse_data_file(target)
        progress.begin(say("Reading the contacts …"), len(contacts))
        may, left_out = self._divided(kind, contacts, sending)
        chosen = list(progress.each(cards.read(self._database, may)))
        homeless: Counter[str] = Counter()
        if kind not in _CARDS:
            homeless["photo"] = sum(bool(card.photo) for card in chosen)
        tied = ties.read(self._database, may) if kind in COMPLETE and sending is None else {}
        pieces = self._pieces(kind, chosen, tied, homeless)
        progress.begin(say("Writing the file …"))
        with faults.explained(target):
            _write_whole(target, pieces, progress)
        return ExportReport(target, len(chosen), left_out, tuple(_notes(homeless)))

    def _pieces(
        self, kind: str, chosen: Sequence[ContactCard], tied: Mapping[int, Ties], homeless: Counter[str]
    ) -> Iterator[bytes]:
        if kind in _CARDS:
            return vcard.write_all(chosen, _CARDS[kind], self._photo, tied)
        if kind == LDIF:
            return ldif_write.write(chosen, homeless)
        if kind == XLSX:
            kinds = {field.name: field.kind for field in OwnFields(self._database).all()}
            return xlsx_write.write(chosen, kinds, homeless, tied)
        return csv.write(chosen, _TABLES[kind], homeless, tied)

    def bcc(self, contacts: Sequence[int], purpose: str = INVITATIONS) -> Recipients:
        """The preferred e-mail addresses of those of these contacts who may be written to for a purpose, each once,
        divided by commas (RFC 5322, section 3.4)."""
        may, left_out = self._divided(BCC, contacts, Sending(purpose, EMAIL))
        addresses: dict[str, str] = {}
        for card in cards.read(self._database, may):
            if (email := card.preferred_email) is not None:
                addresses.setdefault(email.address.lower(), email.address)
        return Recipients(", ".join(addresses.values()), len(addresses), left_out)

    def left_out(
        self, kind: str, contacts: Sequence[int], sending: Sending | None = None
    ) -> tuple[tuple[str, Message], ...]:
        """Name and reason of everybody whom `write` (or `bcc`, for the kind ``bcc``) would leave out."""
        return self._divided(kind, contacts, sending)[1]

    def _divided(
        self, kind: str, contacts: Sequence[int], sending: Sending | None
    ) -> tuple[list[int], tuple[tuple[str, Message], ...]]:
        """Who goes into a file of this kind, and everybody else with the reason."""
        consents = Consents(self._database)
        barriers = consents.barriers(contacts, sending or Sending(OWED.key, EMAIL))
        against = {
            contact: barrier
            for contact, barrier in barriers.items()
            if barrier is not None and (sending is not None or _keeps_out(barrier, kind))
        }
        names = consents.names(list(against))
        left_out = tuple((names.get(contact, ""), barrier.reason) for contact, barrier in against.items())
        return [contact for contact in barriers if contact not in against], left_out

    def _photo(self, card: ContactCard) -> bytes:
        return stored_files.fetch(self._database, card.photo) if card.photo else b""

    def _refuse_data_file(self, target: Path) -> None:
        with suppress(OSError):
            with target.open("rb") as file:
                beginning = file.read(15)
            if beginning == b"SQLite format 3":
                raise Refused(
                    say("“{file}” is a data file; an export would overwrite it.", file=target.name),
                    say("Please choose another name."),
                )


def _keeps_out(barrier: Barrier, kind: str) -> bool:
    """Whether this keeps a contact out of a file for our own use."""
    if kind in COMPLETE:
        return barrier.bar is Bar.BINNED
    return barrier.bar is not Bar.NO_PLACE  # in an address book one looks up phone numbers too


def _notes(homeless: Counter[str]) -> Iterator[Message]:
    """What the other program's table has no columns for."""
    if n := homeless["email"]:
        yield say_n("{n} e-mail address has no place in it.", "{n} e-mail addresses have no place in it.", n)
    if n := homeless["phone"]:
        yield say_n("{n} phone number has no place in it.", "{n} phone numbers have no place in it.", n)
    if n := homeless["address"]:
        yield say_n("{n} address has no place in it.", "{n} addresses have no place in it.", n)
    if n := homeless["link"]:
        yield say_n("{n} web link has no place in it.", "{n} web links have no place in it.", n)
    if n := homeless["photo"]:
        yield say_n("{n} photo has no place in it.", "{n} photos have no place in it.", n)
    if n := homeless["cut"]:
        yield say_n(
            "{n} text is too long for a cell and was cut.", "{n} texts are too long for a cell and were cut.", n
        )
    if n := homeless["affiliation"]:
        yield say_n("{n} affiliation has no place in it.", "{n} affiliations have no place in it.", n)


def _write_whole(target: Path, pieces: Iterable[bytes], progress: Progress) -> None:
    """The pieces as one file: complete and on the disk, or not there at all."""
    unfinished = target.with_name(f".{target.name}.part")
    try:
        with unfinished.open("wb") as file:
            for piece in pieces:
                file.write(piece)
                progress.advance()
            file.flush()
            os.fsync(file.fileno())
        progress.past_return()
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
