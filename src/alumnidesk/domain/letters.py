"""Writing letters: every word that a letter to somebody has, and what one should know of it beforehand.

Pure: cards in, letters and remarks out. Every reason is in words; the remarks are as much the result as the letters.
Who gets one is decided in `domain.recipients`, and a whole mailing is planned in `domain.mailing_plans`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from alumnidesk.domain import letter_markup, letter_text, placeholders
from alumnidesk.domain.addressees import addressee
from alumnidesk.domain.addresses import address_problems
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import ORGANISATION, ContactCard, EventCard, LetterText, TemplateCard
from alumnidesk.domain.consent import POST, TO_ALL, Occasion
from alumnidesk.domain.days import date_words
from alumnidesk.domain.households import Party, joint_name
from alumnidesk.domain.letter_text import Document, Paragraph
from alumnidesk.domain.letter_values import event_values, party_values
from alumnidesk.domain.own_fields import OwnField
from alumnidesk.domain.recipients import Remark
from alumnidesk.i18n import Message, say


@dataclass(frozen=True, slots=True)
class EnvelopeWindow:
    """Where the window of the association's envelopes lies on the first page, in millimetres from the upper left."""

    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class LetterPlan:
    """One letter, ready to be set: every word is final."""

    party: Party
    """Whom it goes to: one contact, or several of a household."""
    language: str
    address: tuple[str, ...]
    date: str
    subject: str
    text: Document
    """Its own words, without the blocks that this one does not have, and with everything filled in."""
    closing: str
    inserted: tuple[str, ...] = ()
    """What was put in for placeholders, to show in a preview; the printed letter knows no difference."""
    values: Mapping[str, str] = field(default_factory=dict)
    """The same by placeholder, and all that was empty: with the text, enough to write the letter again (`again`)."""
    fitting: tuple[str, ...] = ()
    """The conditions of the text that it fits: with the values enough to write it again."""
    code: str = ""
    """What tells which letter it is when it comes back (`domain.return_code`); printed if it is not empty."""
    fits_window: bool = True
    """Whether the whole address shows in the window of the envelope."""
    greeted: str = ""
    """`salutations.FORMAL` or `INFORMAL` where a salutation is put in and surely so."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The words of its paragraphs, however they look."""
        return tuple(block.text for block in self.text if isinstance(block, Paragraph))

    @property
    def contact(self) -> ContactCard:
        """The contact that it goes to; of a household the first."""
        return self.party.first

    @property
    def name(self) -> str:
        """Everybody that it goes to, in one line."""
        return joint_name(self.party.contacts, self.language)


@dataclass(frozen=True, slots=True)
class References:
    """What the texts of a template point at outside themselves, looked up once for a whole mailing."""

    who_fits: Mapping[str, Collection[int]] = field(default_factory=dict)
    """By condition the contacts that fit it. One that is not here keeps nobody's block away."""
    broken: tuple[Message, ...] = ()
    """What cannot be read or is not there, in words."""


NO_REFERENCES = References()


@dataclass(frozen=True, slots=True)
class MasterLetter:
    """What all letters of a mailing are written from: everything but whom they go to."""

    template: TemplateCard
    association: Association
    today: dt.date
    """The day that the letters bear."""
    event: EventCard | None = None
    """What they are about."""
    own_fields: Sequence[OwnField] = ()
    """Their values are put in under their names."""
    references: References = NO_REFERENCES
    lacking: Callable[[str], str] = lambda text: ""
    """Which characters of a text the letter's font cannot print."""
    fits: Callable[[Sequence[str]], bool] = lambda address: True
    """Whether an address shows in the window of the envelope as a whole."""
    sender_fits: bool = True
    """Whether the line with the sender does."""


def write_letters(
    master: MasterLetter, whom: Iterable[Party], occasion: Occasion = TO_ALL
) -> tuple[list[LetterPlan], list[Remark]]:
    """A letter to each of these, in their order, and what is worth a look. The template has a text.

    An address is looked at only if the letters go out by post.
    """
    writers: dict[str, _Writer] = {}
    letters: list[LetterPlan] = []
    looks: list[Remark] = []
    for party in whom:
        text = _text_for_all(master, party)
        if text.language not in writers:
            writers[text.language] = _Writer(master, text)
        letter, reasons = writers[text.language].write(party, by_post=occasion.channel == POST)
        letters.append(letter)
        looks += [Remark(party.first, reason) for reason in (*_put_in_by_hand(party, occasion), *reasons)]
    return letters, looks


def _put_in_by_hand(party: Party, occasion: Occasion) -> list[Message]:
    """Whom of those that a letter names somebody has knowingly put in, against what."""
    against = [barrier for contact in party.contacts if (barrier := occasion.against(contact))]
    return [say("{reason}; put in all the same", reason=barrier.reason) for barrier in against]


def _text_for(master: MasterLetter, language: str) -> LetterText:
    """The text in a language, else in the association's, else the template's first."""
    by_language = {text.language: text for text in reversed(master.template.texts)}
    own = by_language.get(master.association.language, master.template.texts[0])
    return by_language.get(language, own)


def _text_for_all(master: MasterLetter, party: Party) -> LetterText:
    """The text for a letter to several: in their language if they share one, else in the association's."""
    first, *others = (_text_for(master, contact.language) for contact in party.contacts)
    return first if all(text is first for text in others) else _text_for(master, master.association.language)


def template_problems(master: MasterLetter) -> list[Message]:
    """What is wrong for everybody: unknown placeholders, no text, an event that is not chosen, a broken reference."""
    texts = master.template.texts
    documents = [letter_markup.read(text.body) for text in texts]
    if not any(documents):
        return [say("The letter has no text yet.")]
    whole = "\n".join(map(_whole, texts, documents))
    problems = placeholders.check(whole, [field.name for field in master.own_fields])
    needed = placeholders.needed(whole)
    for key in sorted(placeholders.used(whole)):
        placeholder = placeholders.BY_KEY[key]
        if placeholder.about == placeholders.EVENT:
            if master.event is None:
                problems.append(say("The letter speaks of an event, but none is chosen."))
                break
            if key in needed and not event_values(master.event, "en").get(key):
                problems.append(say("The event has no entry for “{field}”.", field=placeholder.label))
    if characters := master.lacking(whole):
        problems.append(_font_lacks(characters))
    return [*problems, *master.references.broken]


def sender_remarks(master: MasterLetter) -> list[Message]:
    """What is worth a look about the sender, as long as letters go out on paper."""
    remarks = []
    if not master.sender_fits:
        remarks.append(
            say("Name and address of the association are too long for the line above the address; its end is cut off.")
        )
    texts = master.template.texts
    whole = "\n".join(_whole(text, letter_markup.read(text.body)) for text in texts)
    reached = {"phone": master.association.phone, "email": master.association.email}
    if reached.keys() & placeholders.used(whole) and not any(reached.values()):
        remarks.append(
            say("The letter asks people to get in touch, but the association has neither a phone number nor an e-mail.")
        )
    return remarks


def _whole(text: LetterText, document: Document) -> str:
    """Everything in it that may hold placeholders."""
    return "\n".join((text.subject, *letter_text.texts(document), text.closing))


class _Writer:
    """Writes letters from one text: what is the same for all of them is worked out once."""

    def __init__(self, master: MasterLetter, text: LetterText) -> None:
        self.master, self.text = master, text
        self.date = date_words(master.today, text.language)
        self.document = letter_markup.read(text.body)
        self.conditions = sorted(letter_text.conditions(self.document))
        own = [field.name for field in master.own_fields]
        self.used = sorted(placeholders.used(_whole(text, self.document), own))
        association = master.association
        self.common = {
            "today": self.date,
            "association": association.name,
            "contact_person": association.contact_person,
            "phone": association.phone,
            "email": association.email,
            "website": association.website,
            **(event_values(master.event, text.language) if master.event else {}),
        }

    def write(self, party: Party, *, by_post: bool) -> tuple[LetterPlan, list[Message]]:
        """The letter, and why one should look at it."""
        master, language = self.master, self.text.language
        to = addressee(party, language, master.association)
        fits_window = not by_post or master.fits(to.address)
        reasons = [] if fits_window else [say("The address is too long, shortened.")]
        if by_post:
            home = master.association.country
            reasons += address_problems(party.address, to.address, home_country=home, language=language)
        if to.odd and "salutation" in self.used:
            reasons.append(to.odd)
        values = {**self.common, "salutation": to.salutation, **party_values(party, language, master.own_fields)}
        used = {key: values[key] for key in self.used if key in values}
        letter, missing = self.filled(party, to.address, used, self.fitting(party))
        for key in missing:
            known = placeholders.BY_KEY.get(key)
            if known is None or known.about == placeholders.CONTACT:
                reasons.append(say("“{field}” is empty.", field=known.label if known else key))
        if characters := master.lacking("".join(to.address) + "".join(letter.values.values())):
            reasons.append(_font_lacks(characters))
        greeted = to.form if "salutation" in self.used else ""
        return replace(letter, fits_window=fits_window, greeted=greeted), reasons

    def fitting(self, party: Party) -> tuple[str, ...]:
        """The conditions that one of those fits to whom a letter goes."""
        who_fits = self.master.references.who_fits
        return tuple(
            only
            for only in self.conditions
            if (ids := who_fits.get(only)) is None or any(contact.id in ids for contact in party.contacts)
        )

    def filled(
        self, party: Party, address: tuple[str, ...], values: Mapping[str, str], fitting: tuple[str, ...]
    ) -> tuple[LetterPlan, tuple[str, ...]]:
        """The letter with these values put in, and the placeholders that had none."""
        subject, closing = (placeholders.fill(text, values) for text in (self.text.subject, self.text.closing))
        body = letter_text.fill(self.document, values, fitting.__contains__)
        letter = LetterPlan(
            party=party,
            language=self.text.language,
            address=address,
            date=self.date,
            subject=subject.text,
            text=body.document,
            closing=closing.text,
            inserted=tuple(dict.fromkeys(values[key] for key in sorted(values) if values[key])),
            values=values,
            fitting=fitting,
        )
        return letter, tuple(dict.fromkeys((*subject.missing, *closing.missing, *body.missing)))


def again(
    text: LetterText,
    association: Association,
    written_on: dt.date,
    *,
    name: str,
    address: Sequence[str],
    values: Mapping[str, str],
    fitting: Sequence[str] = (),
) -> LetterPlan:
    """A letter as it was written before, from the `text` of then and what was kept of it (`LetterPlan`), to whoever was
    called `name`."""
    whom = Party((ContactCard(kind=ORGANISATION, organisation=name),))
    master = MasterLetter(TemplateCard(texts=(text,)), association, written_on)
    letter, _ = _Writer(master, text).filled(whom, tuple(address), values, tuple(fitting))
    return letter


def _font_lacks(characters: str) -> Message:
    return say("The letter’s font lacks {characters}.", characters=" ".join(characters))
