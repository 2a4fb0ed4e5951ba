"""A desk and a folder of vCards that are kept in step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard
from alumnidesk.services.sync_plan import Decision, Outcome, PartnerCard, SyncPlan, SyncReport


class Pair:
    """A desk and a folder."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.folder = desk, folder
        folder.mkdir()
        self.id = desk.syncing.add(PartnerCard(name="Cards", place=str(folder))).id or 0

    def add(self, **fields: object) -> ContactCard:
        return self.desk.contacts.add(replace(ContactCard(), **fields))  # type: ignore[arg-type]

    def plan(self) -> SyncPlan:
        return self.desk.syncing.preview(self.id)

    def sync(self, decisions: Mapping[str, Decision] | None = None, *, allow_many: bool = True) -> SyncReport:
        return self.desk.syncing.carry_out(self.plan(), decisions or {}, allow_many=allow_many)

    def file(self, card: ContactCard) -> Path:
        return self.folder / f"{card.uid}.vcf"

    def write(self, name: str, *lines: str) -> Path:
        path = self.folder / name
        path.write_bytes("\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""]).encode())
        return path

    def edit(self, path: Path, old: str, new: str) -> None:
        text = path.read_bytes().decode()
        assert old in text
        path.write_bytes(text.replace(old, new).encode())

    def now(self, card: ContactCard) -> ContactCard:
        return self.desk.contacts.card(card.id or 0)


def outcomes(plan: SyncPlan) -> dict[str, Outcome]:
    return {item.name: item.outcome for item in plan.items}
