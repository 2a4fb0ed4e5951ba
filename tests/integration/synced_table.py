"""A CSV file that somebody else keeps, in step with the contacts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.sync import Decision
from alumnidesk.services.sync_plan import CSV, PartnerCard, SyncPlan, SyncReport

EXCEL = (
    'Vorname;Nachname;Geburtstag;Telefon;E-Mail;Straße;PLZ;Ort;"Parkplatz"\r\n'
    'Anna;Kern;2.3.1975;0371 555;anna@kern.example;Lindenweg 4;09111;Chemnitz;"ja"\r\n'
    "\r\n"
    'Jürgen;Öz;24.12.1980;0351 9;oez@berg.example;Ring 1;01067;Dresden;"nein"\r\n'
)
HANDS = {
    "German Excel": ("cp1252", ";", "\r\n"),
    "CSV UTF-8": ("utf-8-sig", ";", "\r\n"),
    "LibreOffice": ("utf-8", ",", "\n"),
    "Unicode text": ("utf-16", "\t", "\r\n"),
}


class Table:
    """The file, and somebody who keeps it with a text editor."""

    def __init__(self, desk: Desk, path: Path, text: str, hand: str = "German Excel") -> None:
        self.encoding, self.delimiter, self.line_end = HANDS[hand]
        self.desk, self.path = desk, path
        self.text = text.replace(";", self.delimiter).replace("\r\n", self.line_end)
        card = PartnerCard(name="Kursliste", kind=CSV, place=str(path))
        self.partner = desk.syncing.add(card).id or 0

    @property
    def text(self) -> str:
        return self.path.read_bytes().decode(self.encoding)

    @text.setter
    def text(self, text: str) -> None:
        self.path.write_bytes(text.encode(self.encoding))

    def rows(self) -> list[list[str]]:
        """The rows, as the same signs in each hand."""
        lines = self.text.replace('"', "").split(self.line_end)
        return [line.split(self.delimiter) for line in lines if line]

    def row(self, name: str) -> dict[str, str]:
        header, *rows = self.rows()
        return next(dict(zip(header, row, strict=False)) for row in rows if name in row)

    def edit(self, old: str, new: str) -> None:
        assert old in self.text
        self.text = self.text.replace(old, new)

    def preview(self) -> SyncPlan:
        return self.desk.syncing.preview(self.partner)

    def sync(self, decide: Mapping[str, Decision] | Decision | None = None, *, many: bool = False) -> SyncReport:
        plan = self.preview()
        decisions = {q.id: decide for q in plan.questions} if isinstance(decide, Decision) else dict(decide or {})
        return self.desk.syncing.carry_out(plan, decisions, allow_many=many)

    def contact(self, name: str) -> ContactCard:
        cards = self.desk.contacts.cards(self.desk.find.contacts().ids)
        return next(card for card in cards if card.family_name == name)
