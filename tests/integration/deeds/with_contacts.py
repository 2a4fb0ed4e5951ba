"""What people do with contacts."""

from __future__ import annotations

import contextlib
import csv
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.integration.deeds.somebody import KINDS, NAMES, TAGS, Somebody

from alumnidesk.domain.addressees import Addressee
from alumnidesk.domain.bulk_edit import Edit
from alumnidesk.domain.cards import (
    Address,
    Affiliation,
    ContactCard,
    Email,
    Phone,
)
from alumnidesk.domain.consent import EMAIL, NO, POST, YES, Sending
from alumnidesk.domain.households import Party
from alumnidesk.domain.returned import places_of
from alumnidesk.errors import InvalidInput, Refused

PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
"""The beginning of a picture, before its width and height."""


class WithContacts(Somebody):
    """Adds, corrects, unites and parts people."""

    @rule(name=NAMES, tags=st.lists(TAGS, unique=True), town=st.sampled_from(["", "Kiel", "Malmö"]))
    def add(self, name: str, tags: list[str], town: str) -> None:
        addresses = (Address(town=town),) if town else ()
        roles = (Affiliation(unit="Kurs › Nord" if town else "Zentrum", cohort_to=1998),) if tags else ()
        card = ContactCard(family_name=name, tags=tuple(tags), addresses=addresses, affiliations=roles)
        with contextlib.suppress(InvalidInput):  # several units have this name
            self.desk.contacts.add(card)
        self.did()

    @rule(data=st.data(), name=NAMES, mails=st.integers(0, 2))
    def correct(self, data: st.DataObject, name: str, mails: int) -> None:
        for number in self.some(data)[:1]:
            card = self.desk.contacts.card(number)
            kept = (*card.emails, *(Email(f"{i}@mail.example") for i in range(2)))[:mails]
            self.desk.contacts.save(card, replace(card, given_name=name, emails=kept, phones=(Phone("040 1"),)))
            self.did()

    @rule(data=st.data(), form=st.sampled_from(["", "f", "m"]), words=st.sampled_from(["", "Liebe Anna,"]))
    def put_a_salutation_right(self, data: st.DataObject, form: str, words: str) -> None:
        for card in self.desk.contacts.cards(self.some(data)[:1]):
            to = Addressee(Party((card,)), "de", (), "", None)
            self.desk.salutations.set_form(to, form)
            self.did()
            self.desk.salutations.set_own(to, words)
            self.did()

    @rule(data=st.data(), tag=TAGS, away=st.booleans())
    def tag(self, data: st.DataObject, tag: str, away: bool) -> None:
        (self.desk.contacts.untag if away else self.desk.contacts.tag)(self.some(data), tag)
        self.did()

    @rule(data=st.data(), name=NAMES, new=st.booleans())
    def import_a_line(self, data: st.DataObject, name: str, new: bool) -> None:
        chosen = self.some(data)[:1]
        source = Path(self.folder.name) / "list.csv"
        with source.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("Nachname", "Ort"), (name, "Kiel")])
        preview = self.desk.importing.preview(source)
        whose = {step.row: -step.row - 1 if new else number for step in preview.steps for number in chosen}
        self.desk.importing.carry_out(preview, whose=whose)
        self.did()

    @rule(data=st.data(), number=st.integers(0, 99), value=st.sampled_from(["", "sv", "1", "f", "S", "2026", "Mentor"]))
    def change_many(self, data: st.DataObject, number: int, value: str) -> None:
        offered = [(target.slot, way) for target in self.desk.bulk.targets() for way in target.ways]
        slot, way = offered[number % len(offered)]
        edit = Edit(slot, way, value, part=Affiliation(role=value), where=Affiliation(unit="zentrum"))
        with contextlib.suppress(InvalidInput):  # nobody can have this value there
            plan = self.desk.bulk.plan(self.some(data), edit)
            assert self.desk.bulk.carry_out(plan, skip=plan.changing[3:]) <= 3
        self.did()

    @rule(data=st.data(), name=NAMES, shared=st.booleans())
    def live_together(self, data: st.DataObject, name: str, shared: bool) -> None:
        chosen = self.some(data)
        if len(chosen) > 1:
            self.desk.households.make(chosen, name=name, address_of=chosen[0] if shared else None)
            self.did()
        for household in list(self.desk.households.among(list(self.desk.find.contacts().ids)).values())[:1]:
            self.desk.households.leave(household.members[0])
            self.did()

    @rule(data=st.data())
    def live_apart(self, data: st.DataObject) -> None:
        chosen = self.some(data)
        if len(chosen) > 1:
            self.desk.households.decide([], declined=[chosen])
            self.did()

    @rule(data=st.data(), kind=st.sampled_from(KINDS))
    def relate(self, data: st.DataObject, kind: str) -> None:
        first, *others = self.some(data) or [0]
        for other in others:
            with contextlib.suppress(Refused):  # they are related so already
                self.desk.relationships.relate(first, other, kind, position="Leitung", began="2001")
            self.did()
        for relation in self.desk.relationships.of(first)[1:2]:
            self.desk.relationships.remove(relation.id)
            self.did()

    @rule(data=st.data(), side=st.integers(1, 2), away=st.booleans())
    def show_and_file(self, data: st.DataObject, side: int, away: bool) -> None:
        file = Path(self.folder.name) / "file.txt"
        file.write_text(str(side))
        for contact in self.some(data)[:1]:
            if away:
                self.desk.photos.remove(contact)
                for filed in self.desk.attachments.of(contact):
                    self.did()
                    self.desk.attachments.remove(filed.id)
            else:
                self.desk.photos.set(contact, PICTURE + bytes([0, 0, 0, side, 0, 0, 0, 1]))
                self.did()
                self.desk.attachments.add(contact, file)
            self.did()

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        self.desk.contacts.delete(self.some(data))
        self.did()

    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        for keep, other in zip(*[iter(self.some(data))] * 2, strict=False):
            self.desk.merging.merge(keep, other)
            self.did()

    @rule(data=st.data())
    def tell_apart(self, data: st.DataObject) -> None:
        for one, other in zip(*[iter(self.some(data))] * 2, strict=False):
            self.desk.duplicates.not_duplicates(one, other)
            self.did()

    @rule()
    def delete_for_good(self) -> None:
        self.desk.bin.delete_for_good(self.desk.bin.contacts()[:2])
        self.did()

    @rule(data=st.data(), name=NAMES, due=st.sampled_from(["", "2026-12-12"]))
    def note(self, data: st.DataObject, name: str, due: str) -> None:
        for number in self.some(data)[:2]:
            self.desk.notes.add(number, name, kind="call", due_on=due)
            self.did()

    @rule(data=st.data(), what=st.sampled_from(["finish", "reopen", "delete", "change"]), name=NAMES)
    def note_again(self, data: st.DataObject, what: str, name: str) -> None:
        for number in [note.id for contact in self.some(data) for note in self.notes(contact)][:2]:
            if what == "change":
                self.desk.notes.change(number, text=name, kind="visit", due_on="2027-01-01")
            else:
                getattr(self.desk.notes, what)(number)
            self.did()

    @rule(data=st.data())
    def comes_back_or_works_again(self, data: st.DataObject) -> None:
        for card in self.desk.contacts.cards(self.some(data)):
            for place in places_of(card)[:2]:
                if place.undeliverable_since:
                    self.desk.contacts.works_again(card.id or 0, place)
                else:
                    self.desk.contacts.mark_undeliverable(card.id or 0, place, "2026-03")
                self.did()

    @rule()
    def restore(self) -> None:
        self.desk.contacts.restore(self.desk.bin.contacts()[:2])
        self.did()

    @rule(data=st.data(), answer=st.sampled_from([YES, NO]), channel=st.sampled_from([POST, EMAIL]))
    def answer_about_news(self, data: st.DataObject, answer: str, channel: str) -> None:
        self.desk.consents.answer(self.some(data), Sending("news", channel), answer)
        self.did()

    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        self.desk.consents.withdraw(self.some(data))
        self.did()
