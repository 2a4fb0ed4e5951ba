"""Two-way sync: partners, what a sync would do, and the deed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from alumnidesk.progress import Progress
from alumnidesk.services.sync_plan import Decision, PartnerCard, SyncPlan, SyncReport
from alumnidesk.storage.database import Database


class Syncing:
    """Keeps contacts in step with other places that hold them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def partners(self) -> list[PartnerCard]:
        """All partners, by name."""
        raise NotImplementedError

    def add(self, partner: PartnerCard) -> PartnerCard:
        """A new partner. Raises InvalidInput (field ``name``, ``place`` or ``query``)."""
        raise NotImplementedError

    def change(self, partner: PartnerCard) -> PartnerCard:
        """Name, place, query or options of a partner. Raises InvalidInput, Refused if it is gone."""
        raise NotImplementedError

    def remove(self, partner: int) -> None:
        """Let go of a partner; the contacts stay on both sides."""
        raise NotImplementedError

    def preview(self, partner: int, progress: Progress | None = None) -> SyncPlan:
        """What a sync would do. Writes nothing.

        Raises Refused (no such partner), EnvironmentFault (the place is gone or cannot be read) or Cancelled.
        """
        raise NotImplementedError

    def carry_out(
        self,
        plan: SyncPlan,
        decisions: Mapping[str, Decision] = MappingProxyType({}),
        *,
        allow_many: bool = False,
        progress: Progress | None = None,
    ) -> SyncReport:
        """Do what a plan says: one deed here, then place by place there. Decisions by the id of a question or item.

        Raises Refused (the contacts have changed since the preview; a mass deletion that nobody allowed), Cancelled
        until it is written for good, EnvironmentFault (the place is gone, disk full): what was written by then stays,
        and the next sync completes it.
        """
        raise NotImplementedError
