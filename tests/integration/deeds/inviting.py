"""What people do to bring others together."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.integration.deeds.somebody import NAMES, Somebody

from alumnidesk.domain import template_files
from alumnidesk.domain.cards import (
    EventCard,
    LetterText,
    TemplateCard,
)
from alumnidesk.domain.consent import POST
from alumnidesk.domain.mailings import CHOICES, OPEN, Audience, Job
from alumnidesk.errors import Refused
from alumnidesk.services.mailings import Outputs


class Inviting(Somebody):
    """Prepares events and letters, and sends them."""

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
                for letter in [one for one in desk.sent_letters.of(line.id) if one.channel == POST][:1]:
                    desk.returned.came_back(desk.sent_letters.letter(letter.id).code)
            elif what == "produce" and line.state in OPEN:
                job = desk.mailings.job(line.id)
                with contextlib.suppress(Refused):  # nobody can be reached
                    outputs = Outputs(folder / f"{line.id}.pdf", folder / str(line.id))
                    desk.mailings.produce(desk.mailings.plan(job), outputs, job=job, number=line.id)
            self.did()
