"""Whatever people do, in any order: taken back it is as if nothing had happened, done again it is there."""

from __future__ import annotations

from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.integration.deeds.inviting import Inviting
from tests.integration.deeds.keeping_order import KeepingOrder
from tests.integration.deeds.somebody import NAMES
from tests.integration.deeds.with_contacts import WithContacts

from alumnidesk.errors import Refused
from alumnidesk.services.sync_plan import PartnerCard


class Deeds(WithContacts, KeepingOrder, Inviting):
    """All of it in any order, and back."""

    @rule(steps=st.integers(1, 6))
    def undo_and_redo(self, steps: int) -> None:
        steps = min(steps, len(self.states) - 1)
        for back in range(1, steps + 1):
            self.desk.history.undo()
            assert self.content() == self.states[-1 - back]
        for forth in range(steps - 1, -1, -1):
            self.desk.history.redo()
            assert self.content() == self.states[-1 - forth]

    @rule(steps=st.integers(1, 3))
    def undo_for_good(self, steps: int) -> None:
        for _ in range(min(steps, len(self.states) - 1)):
            self.desk.history.undo()
            self.states.pop()
            assert self.content() == self.states[-1]

    @rule(data=st.data(), older=st.booleans(), good=st.booleans())
    def take_back_any_step(self, data: st.DataObject, older: bool, good: bool) -> None:
        """A merge around what was done since, with the older or the later values; some stay taken back."""
        entries = [entry for entry in self.desk.history.entries() if not entry.reverted]
        if not entries:
            return
        chosen = data.draw(st.sampled_from(entries))
        before = self.content()
        try:
            conflicts = self.desk.history.conflicts(chosen.id)
            self.desk.history.undo(chosen.id, put_back=conflicts if older else ())
        except Refused:
            assert self.content() == before
            return
        self.index_agrees()
        if good:
            self.states = [self.content()]
        else:
            self.desk.history.redo(chosen.id)
            assert self.content() == before

    @rule(name=NAMES, remove=st.booleans())
    def sync_with_a_folder(self, name: str, remove: bool) -> None:
        topic, cards = self.desk.syncing, Path(self.folder.name) / "cards"
        cards.mkdir(exist_ok=True)
        if not topic.partners():
            topic.add(PartnerCard(name="Cards", place=str(cards)))
            self.did()
        (partner,) = topic.partners()
        (cards / "1.vcf").write_text(f"BEGIN:VCARD\nVERSION:3.0\nUID:1\nN:{name}\nFN:{name}\nEND:VCARD\n")
        topic.carry_out(topic.preview(partner.id or 0), allow_many=True)
        self.did()
        if remove:
            topic.remove(partner.id or 0)
            self.did()


TestDeeds = Deeds.TestCase
TestDeeds.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
