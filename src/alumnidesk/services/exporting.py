"""Exporting: contacts as a file for another program, or as text for the address line of an e-mail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.consent import EMAIL, INVITATIONS, OWED, Bar, Barrier, Sending
from alumnidesk.domain.file_names import FileNames
from alumnidesk.domain.letters import LetterPlan
from alumnidesk.domain.ties import NO_TIES, Ties
from alumnidesk.formats import csv, ldif_write, vcard, xlsx_write
from alumnidesk.formats.bulk import collector_paused
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.progress import Progress
from alumnidesk.services import address_lists, cards, export_targets, stored_files, ties
from alumnidesk.services.address_lists import LeftOut
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
CARDS: Mapping[str, str] = MappingProxyType({"vcard3": "3.0", "vcard4": "4.0"})
"""Kinds of address cards, which can also lie in a folder, a file each."""

BCC = "bcc"
XLSX, LDIF, MAILING = "xlsx", "ldif", "mailing"
KINDS = (*CARDS, *_TABLES, XLSX, LDIF, MAILING)
"""What can be written."""
COMPLETE = frozenset({"csv", "excel", XLSX, *CARDS})
"""Kinds that lose nothing: "deceased" and "no e-mails" stand in the file, so such contacts go into it. Address books of
mail programs know neither; there they are left out."""

_AT_ONCE = 2_000
"""So many contacts are asked about in one question; between two of them one can stop."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote."""

    target: Path
    written: int
    left_out: LeftOut
    """Name and reason of everybody who is not in the file."""
    notes: tuple[Message, ...] = ()
    """What had no place in the other program's table."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A file on its way: nothing of it is made before its pieces are asked for."""

    source: object
    """What the pieces are made of. To let go of it takes long; held here, it goes when nobody can cancel any more."""
    pieces: Iterator[bytes]
    written: int
    left_out: LeftOut
    homeless: Counter[str]
    """What had no place, counted while the pieces are made."""
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipients:
    """Addresses for the Bcc line of one e-mail."""

    text: str
    count: int
    left_out: LeftOut
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
        per_household: bool = True,
        progress: Progress | None = None,
    ) -> ExportReport:
        """Write the contacts to `target`, in this order; the file is complete or is not touched.

        `sending` says what the file is for: then only those are in it who may be reached for that. Without it the file
        is for our own use, and complete kinds hold households, relationships and consents too; a mailing file is then
        for what membership itself needs. `per_household` is for mailing files: those who live together share a row.
        Raises Refused (another data file stands there), EnvironmentFault (disk full, read-only), Cancelled, and
        KeyError for a kind that is not in `KINDS`.
        """
        progress = progress or Progress()
        export_targets.refuse_data_file(target)
        with collector_paused():
            made = self._made(target, kind, contacts, sending, per_household, progress)
            progress.begin(say("Writing the file …"))
            export_targets.write_file(target, made.pieces, progress)
        return ExportReport(target, made.written, made.left_out, (*made.notes, *_notes(made.homeless)))

    def write_mailing(
        self, target: Path, letters: Sequence[LetterPlan], progress: Progress | None = None
    ) -> ExportReport:
        """Write a mailing file with a row for each of these letters: a workbook if `target` is named so, else CSV.

        Raises as `write` does.
        """
        progress = progress or Progress()
        export_targets.refuse_data_file(target)
        progress.begin(say("Writing the file …"))
        listed = address_lists.of_letters(self._database, letters)
        export_targets.write_file(target, address_lists.mailing_file(self._database, listed, target), progress)
        return ExportReport(target, len(letters), ())

    def write_folder(
        self,
        folder: Path,
        kind: str,
        contacts: Sequence[int],
        *,
        sending: Sending | None = None,
        progress: Progress | None = None,
    ) -> ExportReport:
        """Write a file with one card for each contact into `folder`, a new one or an empty one: all of them or none.

        `kind` is one of `CARDS`; for the rest see `write`. Raises Refused for a folder that has something in it.
        """
        progress = progress or Progress()
        version = CARDS[kind]
        export_targets.refuse_taken(folder)
        with collector_paused():
            chosen, tied, left_out = self._read(kind, contacts, sending, progress)
            progress.begin(say("Writing the files …"), len(chosen))
            names = FileNames(".vcf")
            files = (
                (
                    names.new(card.name or card.uid),
                    vcard.write(card, version, self._photo(card), tied.get(card.id or 0, NO_TIES)),
                )
                for card in chosen
            )
            with faults.explained(folder):
                export_targets.write_folder(folder, ((name, text.encode()) for name, text in files), progress)
        return ExportReport(folder, len(chosen), left_out)

    def _made(
        self,
        target: Path,
        kind: str,
        contacts: Sequence[int],
        sending: Sending | None,
        per_household: bool,
        progress: Progress,
    ) -> _Made:
        """A file on its way."""
        if kind == MAILING:
            return self._mailing(target, contacts, sending, per_household, progress)
        if kind not in KINDS:
            raise KeyError(kind)
        chosen, tied, left_out = self._read(kind, contacts, sending, progress)
        homeless: Counter[str] = Counter()
        if kind not in CARDS:
            homeless["photo"] = sum(bool(card.photo) for card in chosen)
        return _Made(chosen, self._pieces(kind, chosen, tied, homeless), len(chosen), left_out, homeless)

    def _mailing(
        self,
        target: Path,
        contacts: Sequence[int],
        sending: Sending | None,
        per_household: bool,
        progress: Progress,
    ) -> _Made:
        purpose = sending.purpose if sending is not None else OWED.key
        listed = address_lists.plan(self._database, contacts, purpose, per_household=per_household, progress=progress)
        people, letters = sum(len(one.party.contacts) for one in listed.addressees), len(listed.addressees)
        shared = say_n("{n} row: who lives together shares one.", "{n} rows: who lives together shares one.", letters)
        return _Made(
            listed,
            address_lists.mailing_file(self._database, listed, target),
            people,
            tuple((one.contact.name, one.reason) for one in listed.left_out),
            Counter(),
            (shared,) if letters < people else (),
        )

    def _read(
        self, kind: str, contacts: Sequence[int], sending: Sending | None, progress: Progress
    ) -> tuple[list[ContactCard], dict[int, Ties], LeftOut]:
        """Who goes into a file of this kind, their ties if it holds them, and who is left out."""
        progress.begin(say("Reading the contacts …"), len(contacts))
        may: list[int] = []
        left_out: LeftOut = ()
        tied: dict[int, Ties] = {}
        once = list(dict.fromkeys(contacts))
        for start in range(0, len(once), _AT_ONCE):
            some, others = self._divided(kind, once[start : start + _AT_ONCE], sending)
            may += some
            left_out += others
            progress.check()
            if kind in COMPLETE and sending is None:
                tied |= ties.read(self._database, some)
                progress.check()
        return list(progress.each(cards.read(self._database, may))), tied, left_out

    def _pieces(
        self, kind: str, chosen: Sequence[ContactCard], tied: Mapping[int, Ties], homeless: Counter[str]
    ) -> Iterator[bytes]:
        if kind in CARDS:
            return vcard.write_all(chosen, CARDS[kind], self._photo, tied)
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
        self, kind: str, contacts: Sequence[int], sending: Sending | None = None, *, per_household: bool = True
    ) -> LeftOut:
        """Name and reason of everybody whom `write` (or `bcc`, for the kind ``bcc``) would leave out."""
        if kind == MAILING:
            purpose = sending.purpose if sending is not None else OWED.key
            return address_lists.left_out(self._database, contacts, purpose, per_household=per_household)
        return self._divided(kind, contacts, sending)[1]

    def _divided(self, kind: str, contacts: Sequence[int], sending: Sending | None) -> tuple[list[int], LeftOut]:
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
    if n := homeless["picture"]:
        yield say_n(
            "{n} entry of another program is too long for a cell and is missing.",
            "{n} entries of other programs are too long for a cell and are missing.",
            n,
        )
    if n := homeless["cut"]:
        yield say_n(
            "{n} text is too long for a cell and was cut.", "{n} texts are too long for a cell and were cut.", n
        )
    if n := homeless["affiliation"]:
        yield say_n("{n} affiliation has no place in it.", "{n} affiliations have no place in it.", n)
