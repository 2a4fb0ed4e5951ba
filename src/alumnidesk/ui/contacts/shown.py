"""All that the detail shows of one contact, read in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from alumnidesk.domain.cards import ContactCard, TimelineEntry
from alumnidesk.domain.returned import Acquaintance
from alumnidesk.ui.contacts.at_home import Home
from alumnidesk.ui.contacts.drafting import Typed
from alumnidesk.ui.contacts.form import Known
from alumnidesk.ui.contacts.relationships import Related
from alumnidesk.ui.contacts.returned import ReturnedSection
from alumnidesk.ui.contacts.story import Story

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.services.attachments import FiledFile
    from alumnidesk.services.consents import Standing


@dataclass(frozen=True, slots=True)
class Shown:
    """A contact with everything around it."""

    card: ContactCard
    known: Known
    timeline: Sequence[TimelineEntry] = ()
    consents: Standing | None = None
    related: Related | None = None
    """Both None while the contact is new."""
    home: Home | None = None
    photo: bytes = b""
    files: Sequence[FiledFile] = ()
    acquaintances: Sequence[Acquaintance] = ()
    """Who may know where somebody is from whom something comes back."""


def read(desk: Desk, id: int) -> Shown:
    """What is shown of a contact; for the owner thread, like the others. Raises Refused if it is gone."""
    card, known = desk.contacts.card(id), read_known(desk)
    ties = Related.read(desk, id), Home.read(desk, card)
    held = desk.photos.of(id) if card.photo else b"", desk.attachments.of(id)
    ask = ReturnedSection.read(desk, card)
    return Shown(card, known, Story.read(desk, id), desk.consents.standing(id), *ties, *held, acquaintances=ask)


def read_known(desk: Desk) -> Known:
    """What its forms offer."""
    own, groups = desk.own_fields.all(), desk.tags.groups()
    units, roles = desk.contacts.units(), desk.find.values("role")
    return Known(desk.settings.association(), desk.contacts.tags(), units, roles, own, groups)


def read_begun(desk: Desk, content: Mapping[str, Any]) -> Shown:
    """The contact that `content` was typed about. Raises Refused if it is gone."""
    typed = Typed.restored(content)
    if typed.contact is not None:
        return read(desk, typed.contact)
    return Shown(ContactCard(kind=typed.kind), read_known(desk))
