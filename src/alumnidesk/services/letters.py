"""Deeds on letters: templates, and how a letter looks while it is being written."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import replace

from alumnidesk.documents import letters as documents
from alumnidesk.domain.cards import ContactCard, LetterText, TemplateCard
from alumnidesk.domain.consent import TO_ALL
from alumnidesk.domain.envelope_windows import window_of, windows
from alumnidesk.domain.example_letter import example
from alumnidesk.domain.households import Party
from alumnidesk.domain.letters import EnvelopeWindow, LetterPlan, MasterLetter, write_letters
from alumnidesk.domain.ready_templates import ready_templates
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import say
from alumnidesk.models import LetterTemplate
from alumnidesk.models import LetterText as LetterTextRow
from alumnidesk.services import cards, letter_references
from alumnidesk.services.events import Events
from alumnidesk.services.own_fields import OwnFields
from alumnidesk.services.settings import Settings
from alumnidesk.storage.database import Database

_SKETCHED = 50
"""Among so many recipients one is looked for to whom a letter can be sketched."""


class Letters:
    """Everything one can do with letters before they are a mailing (`services.mailings`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Templates --------------------------------------------------------------------------------------------------

    def templates(self) -> list[TemplateCard]:
        """All templates, in the order in which they were made."""
        with self._database.reading() as session:
            return [_card(row) for row in session.query(LetterTemplate).order_by(LetterTemplate.id)]

    def template(self, template: int) -> TemplateCard:
        """One template. Raises Refused if it does not exist."""
        with self._database.reading() as session:
            row = session.get(LetterTemplate, template)
            if row is None:
                raise Refused(say("This letter does not exist any more."))
            return _card(row)

    def save_template(self, card: TemplateCard) -> TemplateCard:
        """Make a template, or change the one with the card's id. Raises InvalidInput if it has no name or no text."""
        if not card.name.strip():
            raise InvalidInput(
                "name", say("The letter has no name yet."), say("Give it one, for example “Invitation”.")
            )
        if not card.texts:
            raise InvalidInput("texts", say("The letter has no text yet."), say("Write it in at least one language."))
        if card.id is not None and self.template(card.id) == card:
            return card
        label = (
            say("Letter “{name}” added", name=card.name)
            if card.id is None
            else say("Letter “{name}” changed", name=card.name)
        )
        with self._database.writing(label) as transaction:
            session = transaction.session
            row = session.get(LetterTemplate, card.id) if card.id is not None else None
            if row is None:
                row = LetterTemplate(uid=card.uid or str(uuid.uuid4()))
                session.add(row)
            row.name, row.purpose = card.name, card.purpose
            texts = {text.language: text for text in row.texts}
            for text in card.texts:
                stored = texts.pop(text.language, None)
                if stored is None:
                    stored = LetterTextRow(language=text.language)
                    row.texts.append(stored)
                stored.subject, stored.body, stored.closing = text.subject, text.body, text.closing
            for gone in texts.values():
                row.texts.remove(gone)
            session.flush()
            number = row.id
        return self.template(number)

    def delete_template(self, template: int) -> None:
        """Delete a template; letters that were written with it stay in the history of their recipients."""
        card = self.template(template)
        with self._database.writing(say("Letter “{name}” deleted", name=card.name)) as transaction:
            transaction.execute("UPDATE mailing SET template_id = NULL WHERE template_id = ?", (template,))
            transaction.execute("DELETE FROM letter_text WHERE template_id = ?", (template,))
            transaction.execute("DELETE FROM letter_template WHERE id = ?", (template,))

    def add_ready_templates(self, language: str) -> None:
        """Add the letters that come with the program, named in `language`, as one step; those already there stay."""
        present = {card.uid for card in self.templates()}
        missing = [card for card in ready_templates(language) if card.uid not in present]
        if not missing:
            return
        texts = [text for card in missing for text in card.texts]
        with self._database.writing(say("Ready letters added")) as transaction:
            first = transaction.allocate("letter_template", len(missing))
            transaction.insert_many(
                "letter_template",
                ("id", "uid", "name", "purpose"),
                [(first + n, card.uid, card.name, card.purpose) for n, card in enumerate(missing)],
            )
            of = [first + n for n, card in enumerate(missing) for _ in card.texts]
            first_text = transaction.allocate("letter_text", len(texts))
            transaction.insert_many(
                "letter_text",
                ("id", "template_id", "language", "subject", "body", "closing"),
                [
                    (first_text + n, template, text.language, text.subject, text.body, text.closing)
                    for n, (template, text) in enumerate(zip(of, texts, strict=True))
                ],
            )

    # Runs -------------------------------------------------------------------------------------------------------

    def sketch(
        self, text: LetterText, contacts: Sequence[int], *, event: int | None = None, today: dt.date | None = None
    ) -> LetterPlan:
        """A letter while its words are being written: to the first of the contacts who can get one, else to an invented
        person, who has every block; about the event, else about an invented one."""
        association = Settings(self._database).association()
        today = today or dt.date.today()
        _, person, occasion = example(association, today)
        about = Events(self._database).card(event) if event is not None else occasion
        template, own = TemplateCard(texts=(text,)), OwnFields(self._database).all()
        master = MasterLetter(template, association, today, about, own)
        for card in cards.read(self._database, contacts[:_SKETCHED]):
            if TO_ALL.keeps_out(card) is None:
                master = replace(master, references=letter_references.look_up(self._database, [text]))
                person = card
                break
        return _letter(master, person)

    def window(self, language: str) -> EnvelopeWindow:
        """Where the window of the association's envelopes lies, and its name in a language."""
        place = window_of(Settings(self._database).association())
        shown = place.window
        return EnvelopeWindow(place.spoken(language), shown.x, shown.y, shown.width, shown.height)

    def preview(self, letter: LetterPlan) -> bytes:
        """A letter as a PDF document to look at while it is written."""
        pictures = letter_references.pictures(self._database, [letter])
        return documents.one_letter_pdf(letter, Settings(self._database).association(), pictures, draft=True)

    def example(self) -> bytes:
        """An invitation to an invented person with the letterhead as it is set now, as a PDF document."""
        association, today = Settings(self._database).association(), dt.date.today()
        template, recipient, occasion = example(association, today)
        letter = _letter(MasterLetter(template, association, today, occasion), recipient)
        return documents.one_letter_pdf(letter, association)

    @staticmethod
    def windows(language: str) -> list[tuple[str, str]]:
        """The envelope windows that letters can be made for: key, and name in a language."""
        return [(key, window.spoken(language)) for key, window in windows().items()]


def _letter(master: MasterLetter, to: ContactCard) -> LetterPlan:
    ((letter,), _) = write_letters(master, [Party((to,))])
    return letter


def _card(row: LetterTemplate) -> TemplateCard:
    texts = tuple(LetterText(text.language, text.subject, text.body, text.closing) for text in row.texts)
    return replace(TemplateCard(), id=row.id, uid=row.uid, name=row.name, texts=texts, purpose=row.purpose)
