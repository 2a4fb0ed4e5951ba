"""Whatever people do, in any order: taken back it is as if nothing had happened, done again it is there."""

from __future__ import annotations

import contextlib
import csv
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from alumnidesk.desk import Desk
from alumnidesk.domain import template_files
from alumnidesk.domain.bulk_edit import Edit
from alumnidesk.domain.cards import (
    Address,
    Affiliation,
    ContactCard,
    Email,
    EventCard,
    LetterText,
    OwnValue,
    Phone,
    TemplateCard,
)
from alumnidesk.domain.consent import EMAIL, NO, POST, PRINT, YES, Rule, Sending
from alumnidesk.domain.envelope_windows import MeasuredWindow
from alumnidesk.domain.greetings import Greeting
from alumnidesk.domain.households import Party
from alumnidesk.domain.mailing_job import CHOICES, OPEN, Audience, Job
from alumnidesk.domain.notes import Note
from alumnidesk.domain.own_sheets import own_sheet
from alumnidesk.domain.returned import places_of
from alumnidesk.errors import AlumniDeskError, InvalidInput, Refused
from alumnidesk.progress import Progress
from alumnidesk.services.mailings import Outputs
from alumnidesk.services.sync_plan import PartnerCard
from alumnidesk.storage import search
from alumnidesk.storage.content import content_hash

NAMES = st.sampled_from(["Müller", "O'Connor", "<b>x</b>", "Öz", "Ahrens", "王"])
FIELDS = st.sampled_from(["Shirt size", "Allergies"])
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
"""The beginning of a picture, before its width and height."""
KINDS = ["mentor", "spouse", "contact_person"]
TAGS = st.sampled_from(["Mentor", "Chor", "Vorstand"])
UNITS = st.sampled_from(["Zentrum", "Kurs", "Nord"])


class Deeds(RuleBasedStateMachine):
    """A person at the desk, in no particular order."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.desk = Desk.create(Path(self.folder.name) / "a.alumnidesk")
        self._meet_what_the_program_knows()
        self.start = self.content()
        self.states = [self.start]
        """The content after each step that still holds, as far back as one step leads to the next."""

    def _meet_what_the_program_knows(self) -> None:
        """Its purposes and kinds of relationships get rows when first needed, which nothing takes away again."""
        desk = self.desk
        one, other = (desk.contacts.add(ContactCard(family_name=name)).id or 0 for name in ("A", "B"))
        desk.consents.answer([one], Sending("news", POST), YES)
        for kind in KINDS:
            desk.relationships.relate(one, other, kind)
        while desk.history.next_undo():
            desk.history.undo()

    def content(self) -> Any:
        """Everything a person could see, every row, and the words of the search index."""
        desk = self.desk
        connection = desk._database.connection
        with desk._database.temporary_tables():
            index = list(search._occurrences(connection))
        everybody = sorted({*desk.find.contacts().ids, *desk.bin.contacts()})
        events = [desk.events.card(line.id) for line in desk.events.lines()]
        return (
            desk.contacts.cards(everybody),
            desk.find.lines(desk.find.contacts().ids),
            events,
            [desk.events.roster(event.id or 0) for event in events],
            desk.letters.templates(),
            [(line, desk.mailings.job(line.id), desk.mailings.letters(line.id)) for line in desk.mailings.all()],
            desk.settings.association(),
            (desk.own_fields.all(), desk.tags.lines(), desk.tags.groups(), desk.units.lines()),
            [desk.attachments.of(contact) for contact in everybody],
            desk.households.among(everybody),
            [desk.relationships.of(number) for number in everybody],
            [desk.consents.ledger(number) for number in everybody],
            (desk.notes.open(), [self.notes(number) for number in everybody]),
            desk.purposes.all(),
            desk.segments.counted(),
            [(one, list(desk.lists.ids(one.id))) for one in desk.lists.all()],
            [(n, list(desk.find.contacts(n).ids)) for n in ("mull", "ahr", "mentor", "kiel", "zentrum")],
            content_hash(connection, with_history=False),
            index,
        )

    def notes(self, contact: int) -> list[Note]:
        entries = self.desk.contacts.timeline(contact, limit=1000, part="talks")
        return [self.desk.notes.note(entry.id) for entry in entries]

    def did(self) -> None:
        """Note the state after a deed; a deed that changed nothing is no step."""
        now = self.content()
        if now != self.states[-1]:
            self.states.append(now)

    def some(self, data: st.DataObject) -> list[int]:
        ids = list(self.desk.find.contacts().ids)
        return data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=4)) if ids else []

    @rule(name=NAMES, tags=st.lists(TAGS, unique=True), town=st.sampled_from(["", "Kiel", "Malmö"]))
    def add(self, name: str, tags: list[str], town: str) -> None:
        addresses = (Address(town=town),) if town else ()
        roles = (Affiliation(unit="Zentrum", cohort_to=1998),) if tags else ()
        card = ContactCard(family_name=name, tags=tuple(tags), addresses=addresses, affiliations=roles)
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
            greeting = Greeting(Party((card,)), "de", (), "", None)
            self.desk.greetings.set_form(greeting, form)
            self.did()
            self.desk.greetings.set_own(greeting, words)
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

    @rule(name=NAMES, slot=st.sampled_from(["family_name", None, ""]), away=st.booleans())
    def save_columns(self, name: str, slot: str | None, away: bool) -> None:
        mappings = self.desk.importing.mappings
        with contextlib.suppress(InvalidInput):
            mappings.save(name, ["Heimat"], [slot])
        self.did()
        for saved in mappings.all()[1:] if away else ():
            mappings.delete(saved.id)
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

    @rule(data=st.data(), name=FIELDS, kind=st.sampled_from(["text", "choice"]), value=st.sampled_from(["", "S", "M"]))
    def fill_in_an_own_field(self, data: st.DataObject, name: str, kind: str, value: str) -> None:
        if name not in [field.name for field in self.desk.own_fields.all()]:
            self.desk.own_fields.add(name, kind, ["S", "M"])
            self.did()
        for card in self.desk.contacts.cards(self.some(data)):
            others = [own for own in card.own if own.field != name]
            self.desk.contacts.save(card, replace(card, own=(*others, OwnValue(name, value))))
            self.did()

    @rule(name=FIELDS, what=st.sampled_from(["rename", "choices", "order", "remove"]))
    def change_the_own_fields(self, name: str, what: str) -> None:
        own = self.desk.own_fields
        for field in own.all()[:1]:
            number = field.id or 0
            with contextlib.suppress(InvalidInput, Refused):  # the name is taken, the choice is in use
                if what == "rename":
                    own.rename(number, name)
                elif what == "choices":
                    own.change_choices(number, ["Small", "M"])
                elif what == "order":
                    own.order([other.id or 0 for other in reversed(own.all())])
                else:
                    own.remove(number)
            self.did()

    @rule(tag=TAGS, other=TAGS, what=st.sampled_from(["group", "put", "rename", "merge", "remove", "ungroup"]))
    def put_tags_in_order(self, tag: str, other: str, what: str) -> None:
        tags, groups = self.desk.tags, self.desk.tags.groups()
        numbers = {line.name: line.id for line in tags.lines()}
        if what == "group" and not groups:
            tags.add_group("Role", at_most_one=True)
        elif what == "ungroup" and groups:
            tags.remove_group(groups[0].id or 0)
        elif tag in numbers and what == "put":
            tags.put([numbers[tag]], groups[0].id if groups else None)
        elif tag in numbers and what == "rename":
            with contextlib.suppress(InvalidInput):
                tags.rename(numbers[tag], other)
        elif tag in numbers and other in numbers and what == "merge":
            tags.merge([numbers[tag]], numbers[other])
        elif tag in numbers and what == "remove":
            tags.remove(numbers[tag])
        self.did()

    @rule(unit=UNITS, other=UNITS, what=st.sampled_from(["add", "put", "rename", "merge", "remove"]))
    def tend_the_units(self, unit: str, other: str, what: str) -> None:
        units = self.desk.units
        numbers = {one.name: one.id for one in units.all()}
        with contextlib.suppress(InvalidInput, Refused):  # the name is taken, it would stand below itself, has people
            if what == "add":
                units.add(unit, under=numbers.get(other))
            elif unit in numbers and what == "rename":
                units.change(numbers[unit], name=other)
            elif unit in numbers and what == "put":
                units.put(numbers[unit], numbers.get(other))
            elif unit in numbers and what == "remove":
                units.remove(numbers[unit], numbers.get(other))
            elif unit in numbers and other in numbers:
                units.merge([numbers[unit]], numbers[other])
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

    @rule(data=st.data(), name=NAMES, other=NAMES, tag=TAGS, unit=UNITS, field=FIELDS)
    def save_searches_and_lists(
        self, data: st.DataObject, name: str, other: str, tag: str, unit: str, field: str
    ) -> None:
        with contextlib.suppress(AlumniDeskError):  # the name is taken, or one builds on the other
            names = f'tag:"{tag}" OR unit:{unit} OR {field.replace(" ", "")}:M'  # they follow when these are renamed
            self.desk.segments.save(name, f'{names} OR list:"{other}"' if self.desk.lists.all() else names)
            self.did()
        with contextlib.suppress(AlumniDeskError):
            self.desk.lists.freeze(name, self.some(data), "mull")
            self.did()
        for one in self.desk.lists.all()[:1]:
            self.desk.lists.add(one.id, self.some(data))
            self.did()
            with contextlib.suppress(AlumniDeskError):
                self.desk.lists.rename(one.id, other)
                self.did()

    @rule(which=st.booleans())
    def forget_searches_and_lists(self, which: bool) -> None:
        for one in (self.desk.segments.all() if which else self.desk.lists.all())[:1]:
            with contextlib.suppress(Refused):  # a saved search builds on it
                (self.desk.segments if which else self.desk.lists).remove(one.id)
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

    @rule(title=NAMES)
    def new_event(self, title: str) -> None:
        self.desk.events.add(EventCard(title=title, starts_on="2026-12-12"))
        self.did()

    @rule(data=st.data(), state=st.sampled_from(["coming", "declined", "waitlist", "invited"]))
    def invite_and_answer(self, data: st.DataObject, state: str) -> None:
        for line in self.desk.events.lines()[:1]:
            self.desk.events.invite(line.id, self.some(data))
            self.did()
            self.desk.events.answer([p.id for p in self.desk.events.roster(line.id)[:2]], state)
            self.did()

    @rule()
    def delete_event(self) -> None:
        for line in self.desk.events.lines()[:1]:
            self.desk.events.delete(line.id)
            self.did()

    @rule(name=NAMES, purpose=st.sampled_from(["invitations", "news"]))
    def template(self, name: str, purpose: str) -> None:
        known = self.desk.letters.templates()
        card = known[0] if known else TemplateCard()
        texts = (LetterText("de", name, "Text"),)
        self.desk.letters.save_template(replace(card, name=name, purpose=purpose, texts=texts))
        self.did()

    @rule(body=st.sampled_from(["Text", '<letter><p only="email:none">a <b>{name}</b></p><qr>{name}</qr></letter>']))
    def take_over_a_letter_from_a_file(self, body: str) -> None:
        file = Path(self.folder.name) / "letter.alumniletter"
        texts = (LetterText("de", "Betreff", body),)
        file.write_bytes(template_files.write(TemplateCard(name="Brief", texts=texts), {}))
        taken = self.desk.template_files.read(file)
        self.desk.template_files.write(taken.id or 0, file)
        self.did()

    @rule(data=st.data(), title=NAMES, channels=st.sampled_from(CHOICES))
    def prepare_a_mailing(self, data: st.DataObject, title: str, channels: str) -> None:
        texts = (LetterText("de", title, "{salutation}"),)
        job = Job(
            title, Audience(contacts=tuple(self.some(data))), texts=texts, channels=channels, letter_attached=False
        )
        going = [line.id for line in self.desk.mailings.all() if line.state in OPEN]
        number = self.desk.mailings.prepare(job, *going[:1])
        self.did()
        self.desk.mailings.check_off(number)
        self.did()

    @rule(what=st.sampled_from(["produce", "send", "discard", "come_back"]))
    def go_on_with_a_mailing(self, what: str) -> None:
        desk, folder = self.desk, Path(tempfile.mkdtemp(dir=self.folder.name))
        for line in desk.mailings.all()[:2]:
            if what == "discard" and line.state in OPEN:
                desk.mailings.discard(line.id)
            elif what == "send" and line.state not in OPEN:
                desk.mailings.mark_sent(line.id)
            elif what == "come_back":
                for letter in [one for one in desk.mailings.letters(line.id) if one.channel == POST][:1]:
                    desk.returned.came_back(desk.mailings.letter(letter.id).code)
            elif what == "produce" and line.state in OPEN:
                job = desk.mailings.job(line.id)
                with contextlib.suppress(Refused):  # nobody can be reached
                    outputs = Outputs(folder / f"{line.id}.pdf", folder / str(line.id))
                    desk.mailings.produce(desk.mailings.plan(job), outputs, job=job, number=line.id)
            self.did()

    @rule(name=NAMES)
    def set_up(self, name: str) -> None:
        ours = replace(
            self.desk.settings.association(), name=name, email="verein@lindenhof.example", logo=name.encode()
        )
        self.desk.settings.save(ours)
        self.did()

    @rule(drawer=st.sampled_from(["Lade 1", "Lade 2"]), high=st.integers(20, 60), away=st.booleans())
    def lay_out(self, drawer: str, high: int, away: bool) -> None:
        if away:
            self.desk.labels.forget_sheet(drawer)
        else:
            self.desk.labels.keep_sheet(own_sheet(drawer, "A4", (90, high), (2, 4), (10, 10), (95, high)))
        self.did()
        self.desk.layouts.measure_window(MeasuredWindow(high, 40, 90, 40))
        self.did()

    @rule(data=st.data(), answer=st.sampled_from([YES, NO]), channel=st.sampled_from([POST, EMAIL]))
    def answer_about_news(self, data: st.DataObject, answer: str, channel: str) -> None:
        self.desk.consents.answer(self.some(data), Sending("news", channel), answer)
        self.did()

    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        self.desk.consents.withdraw(self.some(data))
        self.did()

    @rule(name=NAMES, rule=st.sampled_from([Rule.UNLESS_NO, Rule.WITH_YES, Rule.NEVER]))
    def word_a_purpose(self, name: str, rule: Rule) -> None:
        self.desk.purposes.set_wording("photos", name)
        self.did()
        self.desk.purposes.set_rule("photos", PRINT, rule)
        self.did()

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

    def index_agrees(self) -> None:
        with self.desk._database.temporary_tables():
            assert not search.disagrees(self.desk._database.connection, Progress())

    @invariant()
    def nothing_is_left_open(self) -> None:
        if hasattr(self, "desk"):
            assert not self.desk._database.connection.in_transaction

    def teardown(self) -> None:
        if not hasattr(self, "desk"):
            return
        try:
            while self.desk.history.next_undo():
                self.desk.history.undo()
            assert self.content() == self.start
            self.index_agrees()
        except AlumniDeskError as refused:  # pragma: no cover - a failure of the property
            raise AssertionError(f"could not take everything back: {refused}") from refused
        finally:
            self.desk.close(backup=False)
            self.folder.cleanup()


TestDeeds = Deeds.TestCase
TestDeeds.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
