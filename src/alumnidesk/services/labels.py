"""Deeds on labels and name badges: who gets one, and printing them. Nothing in the data file changes by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from alumnidesk.documents import fonts
from alumnidesk.documents import labels as documents
from alumnidesk.domain import own_sheets
from alumnidesk.domain.addressees import AddressList
from alumnidesk.domain.badges import badge
from alumnidesk.domain.cards import COMING
from alumnidesk.domain.consent import INVITATIONS
from alumnidesk.domain.label_sheets import LabelSheet, envelopes, sheets
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import Language, Message, say
from alumnidesk.progress import Progress
from alumnidesk.services import address_lists, cards, export_targets
from alumnidesk.services.events import Events
from alumnidesk.services.settings import Settings
from alumnidesk.storage.database import Database

Text = tuple[str, ...]
"""The lines of a label or badge, from the top."""
_NOT_MOVED = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class LabelRun:
    """What was printed."""

    out: Path
    labels: int
    sheets: int
    remarks: tuple[tuple[str, Message], ...]
    """Whose label one should look at, and why."""


class Labels:
    """Everything one can do with labels."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def plan(
        self,
        contacts: Sequence[int],
        purpose: str = INVITATIONS,
        *,
        per_household: bool = True,
        progress: Progress | None = None,
    ) -> AddressList:
        """A label for each letter that these contacts would get for a purpose, in print order; with who gets none.

        Raises Refused (no such purpose) and Cancelled.
        """
        return address_lists.plan(
            self._database, contacts, purpose, per_household=per_household, progress=progress or Progress()
        )

    def badges(self, event: int) -> list[Text]:
        """A badge for everybody who comes to an event, and one to write on for each companion; by name."""
        spoken = Language(Settings(self._database).association().language)
        coming = {p.contact_id: p.companions for p in Events(self._database).roster(event) if p.state == COMING}
        texts = []
        for card in cards.read(self._database, list(coming)):
            texts.append(badge(card))
            texts += [("", spoken(say("Guest of {name}", name=card.name)))] * coming[card.id or 0]
        return texts

    def sheets(self, language: str) -> list[LabelSheet]:
        """All sheets that one can print on: the own ones, those of the makers, and envelopes with their names in a
        language."""
        return [*self._own_sheets(), *sheets(), *envelopes(language)]

    def keep_sheet(self, sheet: LabelSheet) -> None:
        """Keep a sheet that somebody has measured, in place of one of the same name."""
        others = [one for one in self._own_sheets() if one.name != sheet.name]
        self._save([*others, sheet])

    def forget_sheet(self, name: str) -> None:
        """Forget a sheet that somebody has measured."""
        self._save([one for one in self._own_sheets() if one.name != name])

    def _own_sheets(self) -> list[LabelSheet]:
        return own_sheets.read(Settings(self._database).association().own_sheets)

    def _save(self, own: Sequence[LabelSheet]) -> None:
        settings = Settings(self._database)
        settings.save(replace(settings.association(), own_sheets=tuple(map(own_sheets.written, own))))

    def print_labels(
        self,
        texts: Sequence[Text],
        sheet: LabelSheet,
        out: Path,
        *,
        badges: bool = False,
        start: int = 1,
        shift: tuple[float, float] = _NOT_MOVED,
        progress: Progress | None = None,
    ) -> LabelRun:
        """Write labels or name badges on sheets into one PDF.

        `start` is the first free label of the first sheet, from 1; `shift` moves everything right and down
        (millimetres). Raises InvalidInput (no such label), Refused (nobody gets one), EnvironmentFault and Cancelled.
        """
        if not texts:
            raise Refused(say("There is no label to print."), say("The list says for each recipient why."))
        if not 1 <= start <= sheet.count:
            raise InvalidInput(
                "start", say("This sheet has the labels 1 to {n}.", n=sheet.count), say("Please choose one of them.")
            )
        association = Settings(self._database).association()
        with export_targets.writing(out):
            printed = documents.print_labels(
                texts, sheet, association, out, start=start, shift=shift, badges=badges, progress=progress
            )
        remarks = [(_name(texts[number]), say("The text came out very small.")) for number in printed.small]
        for text in texts:
            if characters := fonts.lacking("".join(text), association.font):
                lacks = say("The font lacks {characters}.", characters=" ".join(characters))
                remarks.append((_name(text), lacks))
        return LabelRun(out, len(texts), printed.sheets, tuple(remarks))

    def print_test_sheet(self, sheet: LabelSheet, out: Path, *, shift: tuple[float, float] = _NOT_MOVED) -> None:
        """Write a page that shows where the printer puts the labels of a sheet. Raises EnvironmentFault."""
        with export_targets.writing(out):
            documents.print_test_sheet(sheet, Settings(self._database).association(), out, shift=shift)


def _name(text: Text) -> str:
    """By what one finds a label among others."""
    return ", ".join(line for line in text[:2] if line)
