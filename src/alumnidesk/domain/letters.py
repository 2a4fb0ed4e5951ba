"""Planning a letter run: who gets which letter in which language and order, and what one should know beforehand.

Pure: cards in, plans and findings out. Every reason is in words; the findings are as much the result as the letters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from alumnidesk.domain import letter_markup, letter_text, placeholders
from alumnidesk.domain.addresses import address_problems, country_code
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import (
    ORGANISATION,
    Address,
    ContactCard,
    EventCard,
    HouseholdCard,
    LetterText,
    TemplateCard,
)
from alumnidesk.domain.consent import POST, Barrier, Occasion, Purpose
from alumnidesk.domain.days import date_words
from alumnidesk.domain.households import (
    Party,
    joint_address_lines,
    joint_name,
    joint_salutation,
    parties,
    with_shared_address,
)
from alumnidesk.domain.letter_text import Document, Paragraph
from alumnidesk.domain.letter_values import event_values, party_values
from alumnidesk.domain.names import sort_key
from alumnidesk.domain.own_fields import OwnField
from alumnidesk.i18n import Message, say
from alumnidesk.progress import Progress

LEFT_OUT, LOOK = "left_out", "look"
TO_ALL = Occasion()
"""A letter that everybody gets whom one reaches by post."""


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
class Finding:
    """Something about one recipient: left out (`LEFT_OUT`), or in the run but worth a look (`LOOK`), and why."""

    contact: ContactCard
    severity: str
    reason: Message
    by_hand: bool = False
    """May a person knowingly put in whom it leaves out?"""


@dataclass(frozen=True, slots=True)
class RunPlan:
    """A whole run: letters in print order, findings (left out first), and what is wrong with the text itself."""

    letters: tuple[LetterPlan, ...]
    findings: tuple[Finding, ...]
    problems: tuple[Message, ...]
    purpose: Purpose
    """What it is for, which decided who gets a letter."""


@dataclass(frozen=True, slots=True)
class References:
    """What the texts of a template point at outside themselves, looked up once for a whole run."""

    who_fits: Mapping[str, Collection[int]] = field(default_factory=dict)
    """By condition the contacts that fit it. One that is not here keeps nobody's block away."""
    broken: tuple[Message, ...] = ()
    """What cannot be read or is not there, in words."""


NO_REFERENCES = References()


def plan_run(
    template: TemplateCard,
    contacts: Iterable[ContactCard],
    association: Association,
    *,
    today: dt.date,
    event: EventCard | None = None,
    occasion: Occasion = TO_ALL,
    households: Mapping[int, HouseholdCard] | None = None,
    own_fields: Sequence[OwnField] = (),
    lacking: Callable[[str], str] = lambda text: "",
    fits: Callable[[Sequence[str]], bool] = lambda address: True,
    references: References = NO_REFERENCES,
    progress: Progress | None = None,
) -> RunPlan:
    """Plan the letters from `template` to `contacts`, in the order of country (own first), postcode and name.

    `occasion` decides who may be written to. `lacking` tells which characters of a text the letter's font cannot print,
    `fits` whether an address shows in the window of the envelope as a whole. With `households` (by id) those of them
    who are among the contacts share a letter. The values of `own_fields` are put in under their names. A contact that
    is given twice gets one letter. Raises `Cancelled` when the person stops it.
    """
    progress = progress or Progress()
    recipients, findings = written_to(progress.each(contacts), occasion, households or {}, progress)
    whom = progress.each(parties(recipients, households or {}) if template.texts else ())
    letters, looks = write_letters(
        template,
        whom,
        association,
        today=today,
        event=event,
        occasion=occasion,
        own_fields=own_fields,
        lacking=lacking,
        fits=fits,
        references=references,
    )
    letters.sort(key=lambda letter: print_order(letter.contact, association.country))
    findings = sorted([*findings, *looks], key=in_order)
    problems = tuple(template_problems(template, event, own_fields, lacking, references))
    return RunPlan(tuple(letters), tuple(findings), problems, occasion.purpose)


def write_letters(
    template: TemplateCard,
    whom: Iterable[Party],
    association: Association,
    *,
    today: dt.date,
    event: EventCard | None = None,
    occasion: Occasion = TO_ALL,
    own_fields: Sequence[OwnField] = (),
    lacking: Callable[[str], str] = lambda text: "",
    fits: Callable[[Sequence[str]], bool] = lambda address: True,
    references: References = NO_REFERENCES,
) -> tuple[list[LetterPlan], list[Finding]]:
    """A letter to each of these, in their order, and what is worth a look. The template has a text.

    An address is looked at only if the letters go out by post.
    """
    writers: dict[str, _Writer] = {}
    letters: list[LetterPlan] = []
    findings: list[Finding] = []
    for party in whom:
        text = text_for_all(template, party, association)
        writer = writers.get(text.language)
        if writer is None:
            writer = writers[text.language] = _Writer(text, association, event, today, own_fields, lacking, references)
        letter, reasons = writer.write(party, by_post=occasion.channel == POST)
        if occasion.channel == POST and not fits(letter.address):
            letter = replace(letter, fits_window=False)
            reasons.insert(0, say("The address is too long, shortened."))
        reasons[:0] = _put_in_by_hand(party, occasion)
        letters.append(letter)
        findings += [Finding(party.first, LOOK, reason) for reason in reasons]
    return letters, findings


def in_order(finding: Finding) -> tuple[bool, str]:
    """Findings as one reads them: who is left out first, each part by name."""
    return finding.severity != LEFT_OUT, _sort_name(finding.contact)


def written_to(
    contacts: Iterable[ContactCard],
    occasion: Occasion,
    households: Mapping[int, HouseholdCard],
    progress: Progress | None = None,
) -> tuple[list[ContactCard], list[Finding]]:
    """Who gets a letter, each once, and why the others get none. Of a household they share an address if need be."""
    once = {contact.id or -index: contact for index, contact in enumerate(contacts, 1)}
    recipients: list[ContactCard] = []
    findings: list[Finding] = []
    for contact in (progress or Progress()).each(with_shared_address(list(once.values()), households)):
        barrier = why_left_out(contact, occasion)
        if barrier is None:
            recipients.append(contact)
        else:
            findings.append(Finding(contact, LEFT_OUT, barrier.reason, barrier.by_hand))
    return recipients, findings


def why_left_out(contact: ContactCard, occasion: Occasion = TO_ALL) -> Barrier | None:
    """What keeps `contact` from getting a letter at all, if anything does."""
    return None if occasion.forced(contact) else occasion.against(contact)


def _put_in_by_hand(party: Party, occasion: Occasion) -> list[Message]:
    """Whom of those that a letter names somebody has knowingly put in, against what."""
    against = [barrier for contact in party.contacts if (barrier := occasion.against(contact))]
    return [say("{reason}; put in all the same", reason=barrier.reason) for barrier in against]


def text_for(template: TemplateCard, contact: ContactCard, association: Association) -> LetterText:
    """The text in the contact's language, else in the association's, else the template's first."""
    by_language = {text.language: text for text in reversed(template.texts)}
    for language in (contact.language, association.language):
        if language in by_language:
            return by_language[language]
    return template.texts[0]


def text_for_all(template: TemplateCard, party: Party, association: Association) -> LetterText:
    """The text for a letter to several: in their language if they share one, else in the association's."""
    texts = [text_for(template, contact, association) for contact in party.contacts]
    if all(text is texts[0] for text in texts):
        return texts[0]
    return text_for(template, replace(party.first, language=association.language), association)


def template_problems(
    template: TemplateCard,
    event: EventCard | None,
    own_fields: Sequence[OwnField] = (),
    lacking: Callable[[str], str] = lambda text: "",
    references: References = NO_REFERENCES,
) -> list[Message]:
    """What is wrong with the template for everybody: unknown placeholders, no text, an event that is not chosen.

    What it refers to and is not there is in the `references` already.
    """
    documents = [letter_markup.read(text.body) for text in template.texts]
    if not any(documents):
        return [say("The letter has no text yet.")]
    whole = "\n".join(map(_whole, template.texts, documents))
    problems = placeholders.check(whole, [field.name for field in own_fields])
    needed = placeholders.needed(whole)
    for key in sorted(placeholders.used(whole)):
        placeholder = placeholders.BY_KEY[key]
        if placeholder.about == placeholders.EVENT:
            if event is None:
                problems.append(say("The letter speaks of an event, but none is chosen."))
                break
            if key in needed and not event_values(event, "en").get(key):
                problems.append(say("The event has no entry for “{field}”.", field=placeholder.label))
    if characters := lacking(whole):
        problems.append(_font_lacks(characters))
    return [*problems, *references.broken]


def _whole(text: LetterText, document: Document) -> str:
    """Everything in it that may hold placeholders."""
    return "\n".join((text.subject, *letter_text.texts(document), text.closing))


class _Writer:
    """Writes letters from one text: what is the same for all of them is worked out once."""

    def __init__(
        self,
        text: LetterText,
        association: Association,
        event: EventCard | None,
        today: dt.date,
        own_fields: Sequence[OwnField],
        lacking: Callable[[str], str],
        references: References = NO_REFERENCES,
    ) -> None:
        self.text = text
        self.own_fields = own_fields
        self.association = association
        self.lacking = lacking
        self.date = date_words(today, text.language)
        self.document = letter_markup.read(text.body)
        self.conditions = sorted(letter_text.conditions(self.document))
        self.who_fits = references.who_fits
        own = [field.name for field in own_fields]
        self.used = placeholders.used(_whole(text, self.document), own)
        self.common = {
            "today": self.date,
            "association": association.name,
            "contact_person": association.contact_person,
            "phone": association.phone,
            "email": association.email,
            "website": association.website,
            **(event_values(event, text.language) if event else {}),
        }

    def write(self, party: Party, *, by_post: bool = True) -> tuple[LetterPlan, list[Message]]:
        """The letter, and why one should look at it."""
        address = party.first.preferred_address or Address()
        where = {"home_country": self.association.country, "language": self.text.language}
        lines = joint_address_lines(party, address, **where)
        reasons = address_problems(address, lines, **where) if by_post else []
        greeting = joint_salutation(party, self.text.language, self.association.salutation_mode)
        if greeting.odd and "salutation" in self.used:
            reasons.append(greeting.odd)
        about = party_values(party, address, self.text.language, self.own_fields)
        values = {**self.common, "salutation": greeting.text, **about}
        used = {key: values[key] for key in self.used if key in values}
        letter, missing = self.filled(party, tuple(lines), used, self.fitting(party))
        for key in missing:
            known = placeholders.BY_KEY.get(key)
            if known is None or known.about == placeholders.CONTACT:
                reasons.append(say("“{field}” is empty.", field=known.label if known else key))
        if characters := self.lacking("".join(lines) + "".join(letter.values.values())):
            reasons.append(_font_lacks(characters))
        return letter, reasons

    def fitting(self, party: Party) -> tuple[str, ...]:
        """The conditions that one of those fits to whom a letter goes."""
        return tuple(
            only
            for only in self.conditions
            if (ids := self.who_fits.get(only)) is None or any(contact.id in ids for contact in party.contacts)
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
    letter, _ = _Writer(text, association, None, written_on, (), lambda text: "").filled(
        whom, tuple(address), values, tuple(fitting)
    )
    return letter


def _font_lacks(characters: str) -> Message:
    return say("The letter’s font lacks {characters}.", characters=" ".join(characters))


def print_order(contact: ContactCard, home_country: str) -> tuple[bool, str, str, str]:
    """So that the post office (and whoever fills the envelopes) gets them in the order of the way they go."""
    address = contact.preferred_address
    country = (country_code(address.country) or address.country if address.country else home_country) if address else ""
    return country != home_country, country, address.postcode if address else "", _sort_name(contact)


def _sort_name(contact: ContactCard) -> str:
    return sort_key(contact.kind, contact.organisation, contact.given_name, contact.family_name, contact.name)
