"""Exporting: contacts as a file for another program, or as text for the address line of an e-mail."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from alumnidesk.domain.cards import ContactCard
from alumnidesk.errors import Refused
from alumnidesk.formats import csv, vcard
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.progress import Progress
from alumnidesk.services import cards
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

KINDS = (*_CARDS, *_TABLES)
"""What can be written."""
COMPLETE = frozenset({"csv", "excel", *_CARDS})
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

    def write(self, target: Path, kind: str, contacts: Sequence[int], progress: Progress | None = None) -> ExportReport:
        """Write the contacts to `target`, in this order; the file is complete or is not touched.

        Raises Refused (another data file stands there), EnvironmentFault (disk full, read-only), Cancelled, and
        KeyError for a kind that is not in `KINDS`.
        """
        progress = progress or Progress()
        if kind not in KINDS:
            raise KeyError(kind)
        self._refuse_data_file(target)
        progress.begin(say("Reading the contacts …"), len(contacts))
        chosen, left_out = [], []
        for card in progress.each(cards.read(self._database, contacts)):
            if (reason := _reason_against(card, kind)) is None:
                chosen.append(card)
            else:
                left_out.append((card.name, reason))
        homeless: Counter[str] = Counter()
        pieces = vcard.write_all(chosen, _CARDS[kind]) if kind in _CARDS else csv.write(chosen, _TABLES[kind], homeless)
        progress.begin(say("Writing the file …"))
        with faults.explained(target):
            _write_whole(target, pieces, progress)
        return ExportReport(target, len(chosen), tuple(left_out), tuple(_notes(homeless)))

    def bcc(self, contacts: Sequence[int]) -> Recipients:
        """The preferred e-mail addresses of these contacts, each once, divided by commas (RFC 5322, section 3.4)."""
        addresses: dict[str, str] = {}
        left_out = []
        for card in cards.read(self._database, contacts):
            reason = _reason_against(card, "e-mail")
            email = card.preferred_email
            if reason is None and email is None:
                reason = say("has no e-mail address")
            if reason is not None:
                left_out.append((card.name, reason))
            elif email is not None:
                addresses.setdefault(email.address.lower(), email.address)
        return Recipients(", ".join(addresses.values()), len(addresses), tuple(left_out))

    def left_out(self, kind: str, contacts: Sequence[int]) -> tuple[tuple[str, Message], ...]:
        """Name and reason of everybody whom `write` (or `bcc`, for the kind ``bcc``) would leave out."""
        if kind == "bcc":
            return self.bcc(contacts).left_out
        suspects = [
            number
            for (number,) in self._database.rows(
                "SELECT id FROM contact WHERE (deceased OR no_email OR binned_at <> '') "
                "AND id IN (SELECT value FROM json_each(?)) ORDER BY id",
                (json.dumps(list(contacts)),),
            )
        ]
        return tuple(
            (card.name, reason)
            for card in cards.read(self._database, suspects)
            if (reason := _reason_against(card, kind)) is not None
        )

    def _refuse_data_file(self, target: Path) -> None:
        with suppress(OSError):
            with target.open("rb") as file:
                beginning = file.read(15)
            if beginning == b"SQLite format 3":
                raise Refused(
                    say("“{file}” is a data file; an export would overwrite it.", file=target.name),
                    say("Please choose another name."),
                )


def _reason_against(card: ContactCard, kind: str) -> Message | None:
    """Why a contact does not go into a file of this kind."""
    if card.binned:
        return say("lies in the bin")
    if kind in COMPLETE:
        return None
    if card.deceased:
        return say("is deceased")
    if card.no_email:
        return say("wants no e-mails")
    return None


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
