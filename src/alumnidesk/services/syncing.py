"""Two-way sync: partners, what a sync would do, and the deed."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from alumnidesk.domain.folding import fold
from alumnidesk.domain.query import EVERYBODY
from alumnidesk.domain.query_text import parse, write
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.formats.bulk import collector_paused
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.services import sync_links
from alumnidesk.services.defined_fields import defined
from alumnidesk.services.segments import whole_names
from alumnidesk.services.sync_contacts import Contacts
from alumnidesk.services.sync_partners import Held, Partner
from alumnidesk.services.sync_partners.csv_file import CsvFile
from alumnidesk.services.sync_partners.folder import Folder
from alumnidesk.services.sync_plan import CSV, FOLDER, Decision, PartnerCard, SyncDifference, SyncPlan, SyncReport
from alumnidesk.services.sync_planning import Planner
from alumnidesk.services.sync_steps import Step
from alumnidesk.services.sync_words import told_of
from alumnidesk.services.sync_writing import Writer
from alumnidesk.storage.database import Database


class Syncing:
    """Keeps contacts in step with other places that hold them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Partners ---------------------------------------------------------------------------------------------------

    def partners(self) -> list[PartnerCard]:
        """All partners, by name."""
        rows = self._database.rows(
            "SELECT p.id, p.name, p.kind, p.place, p.query, p.options, coalesce(s.synced_at, ''), "
            "(SELECT count(*) FROM sync_link WHERE partner_id = p.id) FROM sync_partner p "
            "LEFT JOIN sync_state s ON s.partner_id = p.id ORDER BY p.name COLLATE NOCASE, p.id"
        )
        return [
            PartnerCard(number, name, kind, place, query, json.loads(options), synced_at, contacts)
            for number, name, kind, place, query, options, synced_at, contacts in rows
        ]

    def get(self, partner: int) -> PartnerCard:
        """One of them. Raises Refused if it is gone."""
        found = next((card for card in self.partners() if card.id == partner), None)
        if found is None:
            raise Refused(say("This partner of a sync does not exist any more."))
        return found

    def add(self, partner: PartnerCard) -> PartnerCard:
        """A new partner. Raises InvalidInput (field ``name``, ``place`` or ``query``)."""
        card = self._checked(replace(partner, id=None))
        with self._database.writing(say("“{partner}” is kept in step from now on", partner=card.name)) as deed:
            number = deed.allocate("sync_partner", 1)
            deed.execute(
                "INSERT INTO sync_partner (id, uid, name, kind, place, query, options) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (number, str(uuid.uuid4()), *_columns(card)),
            )
        return self.get(number)

    def change(self, partner: PartnerCard, *, moved: bool = False) -> PartnerCard:
        """Name, place, query or options of a partner. Raises InvalidInput, Refused if it is gone.

        Another place is another partner, and the next sync its first; unless it is the same that has `moved` there.
        """
        assert partner.id is not None
        before, card = self.get(partner.id), self._checked(partner)
        with self._database.writing(say("How “{partner}” is kept in step changed", partner=card.name)) as deed:
            deed.execute(
                "UPDATE sync_partner SET name = ?, kind = ?, place = ?, query = ?, options = ? WHERE id = ?",
                (*_columns(card), card.id),
            )
            if (before.kind, before.place) != (card.kind, card.place):
                (sync_links.look_again if moved else sync_links.drop_partner)(deed, partner.id)
        return self.get(partner.id)

    def remove(self, partner: int) -> None:
        """Let go of a partner; the contacts stay on both sides."""
        card = self.get(partner)
        with self._database.writing(say("“{partner}” is not kept in step any more", partner=card.name)) as deed:
            deed.execute("DELETE FROM sync_partner WHERE id = ?", (partner,))
            sync_links.drop_partner(deed, partner)

    def _checked(self, partner: PartnerCard) -> PartnerCard:
        """The partner as it is kept."""
        others = [card for card in self.partners() if card.id != partner.id]
        name = " ".join(partner.name.split())
        if not fold(name):
            raise InvalidInput("name", say("It needs a name."))
        if any(fold(card.name) == fold(name) for card in others):
            raise InvalidInput("name", say("There is “{name}” already.", name=name))
        place = Path(partner.place).expanduser().absolute() if partner.place.strip() else None
        if place is None or (partner.kind == FOLDER and not place.is_dir()):
            raise InvalidInput("place", say("There is no folder “{folder}”.", folder=partner.place))
        if partner.kind == CSV and not place.is_file():
            raise InvalidInput("place", say("There is no file “{file}”.", file=partner.place))
        for card in others:
            if Path(card.place) == place:
                raise InvalidInput("place", say("It is kept in step as “{name}” already.", name=card.name))
        query = whole_names(self._database, parse(partner.query, defined(self._database)))
        return replace(partner, name=name, place=str(place), query="" if query == EVERYBODY else write(query))

    # Syncing ----------------------------------------------------------------------------------------------------

    def preview(self, partner: int | PartnerCard, progress: Progress | None = None, *, anew: bool = False) -> SyncPlan:
        """What a sync would do, also with a partner who is not kept yet. Writes nothing.

        `anew`: as if it were the first; what is here is written to a place that was emptied, and nothing is deleted.

        Raises Refused (no such partner; its search names what there is not), InvalidInput as `add` does,
        EnvironmentFault (the place is gone or cannot be read) or Cancelled.
        """
        known = partner.id if isinstance(partner, PartnerCard) else partner
        card = self._checked(partner) if isinstance(partner, PartnerCard) and known is None else self.get(known or 0)
        with collector_paused():
            return Planner(self._database, card, _at(self._database, card), progress or Progress(), anew=anew).plan()

    def stands_at(self, plan: SyncPlan, place: str) -> tuple[SyncDifference, ...]:
        """All that stands at a place there, value by value, such as of somebody who is new here.

        Nothing if it cannot be read any more. Raises EnvironmentFault (the partner is gone as a whole).
        """
        steps = (plan.steps.get(item.id) for item in plan.items if item.place == place)
        step = next((step for step in steps if isinstance(step, Step)), None)
        held = next(_at(self._database, plan.partner).read([step.link.place])) if step is not None else None
        return told_of(Contacts(self._database), held.text) if isinstance(held, Held) else ()

    def carry_out(
        self,
        plan: SyncPlan,
        decisions: Mapping[str, Decision] = MappingProxyType({}),
        *,
        allow_many: bool = False,
        progress: Progress | None = None,
    ) -> SyncReport:
        """Do what a plan says: one deed here, then place by place there. Decisions by the id of a question or item.

        Raises Refused (the plan is stopped; the contacts have changed since; a mass deletion that nobody allowed),
        Cancelled until it is written for good, EnvironmentFault (the place is gone, disk full): what was written by
        then stays, and the next sync completes it.
        """
        if plan.state != self._database.changes:
            raise Refused(
                say("The contacts have changed since this preview was made."),
                say("Please look at the preview again; it is up to date now."),
            )
        if plan.stopped is not None:
            raise Refused(
                plan.stopped,
                say("Nothing was changed. If it is the right place, begin anew: all contacts are written there again."),
            )
        if plan.many is not None and not allow_many:
            raise Refused(plan.many, say("That is so many that it may be an accident; nothing was changed yet."))
        with collector_paused():
            partner = _at(self._database, plan.partner)
            return Writer(self._database, plan, partner, decisions, progress or Progress()).write()


def _at(database: Database, card: PartnerCard) -> Partner:
    """What reads and writes there."""
    if card.kind == FOLDER:
        return Folder(Path(card.place))
    if card.kind == CSV:
        return CsvFile(database, Path(card.place))
    raise Refused(say("This AlumniDesk cannot keep “{partner}” in step.", partner=card.name))


def _columns(card: PartnerCard) -> tuple[str, ...]:
    return card.name, card.kind, card.place, card.query, json.dumps(dict(card.options), ensure_ascii=False)
