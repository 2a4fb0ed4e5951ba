"""Address lists: whom letters would go to, for labels and as mailing files for a word processor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from alumnidesk.domain.addressees import AddressList, address_list, addressee, table
from alumnidesk.domain.consent import POST, Bar, Sending
from alumnidesk.domain.letters import LetterPlan
from alumnidesk.domain.recipients import divide
from alumnidesk.formats import office_table
from alumnidesk.i18n import Message, say
from alumnidesk.progress import Progress
from alumnidesk.services import cards
from alumnidesk.services.consents import Consents
from alumnidesk.services.households import Households
from alumnidesk.services.settings import Settings
from alumnidesk.storage.database import Database

LeftOut = tuple[tuple[str, Message], ...]
"""Names and reasons."""


def plan(
    database: Database, contacts: Sequence[int], purpose: str, *, per_household: bool, progress: Progress
) -> AddressList:
    """Every letter to these contacts for a purpose, in print order, and who gets none. Raises Refused (no such
    purpose) and Cancelled."""
    progress.begin(say("Reading the contacts …"), len(contacts))
    chosen = list(progress.each(cards.read(database, contacts)))
    progress.begin(say("Putting the letters together …"), 3 * len(contacts))
    occasion = Consents(database).occasion(contacts, purpose)
    progress.check()
    households = Households(database).among(contacts) if per_household else {}
    progress.check()
    return address_list(chosen, Settings(database).association(), occasion, households, progress)


def left_out(database: Database, contacts: Sequence[int], purpose: str, *, per_household: bool) -> LeftOut:
    """Whom `plan` would leave out, without reading everybody: only a household can lend somebody an address."""
    consents, among = Consents(database), Households(database).among
    barriers = consents.barriers(contacts, Sending(purpose, POST))
    against = {contact: barrier for contact, barrier in barriers.items() if barrier is not None}
    nowhere = [contact for contact, barrier in against.items() if barrier.bar is Bar.NO_PLACE]
    if per_household and nowhere:
        households = among(nowhere)
        housed = {member for household in households.values() for member in household.members}
        together = [contact for contact in barriers if contact in housed]
        occasion = consents.occasion(together, purpose)
        for contact in divide(cards.read(database, together), [occasion], households).by_post:
            against.pop(contact.id or 0, None)
    names = consents.names(list(against))
    return tuple((names.get(contact, ""), barrier.reason) for contact, barrier in against.items())


def of_letters(database: Database, letters: Sequence[LetterPlan]) -> AddressList:
    """Those whom these letters go to, in their order."""
    association = Settings(database).association()
    return AddressList(tuple(addressee(letter.party, letter.language, association) for letter in letters))


def mailing_file(database: Database, listed: AddressList, target: Path) -> Iterator[bytes]:
    """A row per letter: a workbook if `target` is named so (``.xlsx``), else CSV."""
    headings, rows = table(listed, Settings(database).association())
    return office_table.write(target.name, "Letters", headings, rows)
