"""What the detail says about a contact, line by line, as one reads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from alumnidesk.domain import dates
from alumnidesk.domain.addressees import common_language
from alumnidesk.domain.addresses import address_lines
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import ORGANISATION, Address, Affiliation, ContactCard, TimelineEntry
from alumnidesk.domain.differences import value_words
from alumnidesk.domain.fields import GROUP_LABELS, Group, single_valued
from alumnidesk.domain.households import Party
from alumnidesk.domain.own_fields import OwnField, value_of
from alumnidesk.domain.own_fields import shown as shown_own
from alumnidesk.domain.returned import Place
from alumnidesk.domain.salutations import address_names, salutation
from alumnidesk.domain.slots import LABELS
from alumnidesk.domain.tags import TagGroup, missing
from alumnidesk.i18n import LANGUAGES
from alumnidesk.ui import when
from alumnidesk.ui.contacts.table import NOTHING
from alumnidesk.ui.widgets.chip import Chip
from alumnidesk.ui.widgets.timeline import Entry
from alumnidesk.ui.words import language, tr, words

ORDER = (
    Group.NAME,
    Group.BELONGING,
    Group.ADDRESS,
    Group.REACH,
    Group.WORK,
    Group.SENDING,
    Group.PERSON,
    Group.OWN,
    Group.REMARK,
)
"""The sections as one needs them; the name stands above all of them."""
_PUT_IN_WORDS = frozenset(
    {
        "kind", "title", "given_name", "additional_names", "name_particle", "family_name", "suffix", "birth_name",
        "former_names", "call_name", "organisation", "department", "position", "gender_form", "salutation_mode",
        "own_salutation", "own_address_name", "language", "no_post", "no_email", "no_phone", "birth_date", "deceased",
        "deceased_on", "remark",
    }
)  # fmt: skip
"""Fields that the lines below say together, or in other words; each other one has a line of its own."""
_ALONE = tuple(field for field in single_valued() if field.key not in _PUT_IN_WORDS)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a section: what it is, the value, what kind of value, chips."""

    group: Group
    label: str
    value: str = ""
    kind: str = ""
    """``work``, ``mobile`` … in words, small behind the value."""
    chips: tuple[Chip, ...] = ()
    field: str = ""
    """The key of the field to go to when the line is opened."""
    part: int = 0
    """Which of several values."""
    place: Place | None = None
    """The address or e-mail that it is about."""

    @property
    def since(self) -> str:
        """Since when it comes back, in words; empty while it is in use."""
        if self.place is None or not self.place.undeliverable_since:
            return ""
        return tr("returned since {date}", date=dates.shown(self.place.undeliverable_since, language().locale))

    @property
    def said(self) -> str:
        """The whole line for a screen reader."""
        parts = [self.value.replace("\n", ", "), self.since, self.kind, *(chip.text for chip in self.chips)]
        return f"{self.label}: {', '.join(part for part in parts if part)}"


def facts(
    card: ContactCard,
    association: Association,
    own_fields: Sequence[OwnField] = (),
    tag_groups: Sequence[TagGroup] = (),
) -> list[Fact]:
    """The lines of all sections in the order of reading; the parts of a section stand together."""
    found = [
        *_name(card),
        *_belonging(card, tag_groups),
        *_addresses(card, association),
        *_reach(card),
        *_work(card),
        *_sending(card, association),
        *_person(card),
        *_own(card, own_fields),
        *_remark(card),
        *_alone(card),
    ]
    return sorted(found, key=lambda fact: ORDER.index(fact.group))


def labels() -> tuple[str, ...]:
    """Every label that a line can have, so that all values begin at one place."""
    return (
        tr("Title"),
        tr("Further names"),
        tr("Suffix"),
        tr("Birth name"),
        tr("Former names"),
        tr("Called"),
        tr("Cohort"),
        tr("Belongs to"),
        tr("Tags"),
        tr("Address"),
        tr("Phone"),
        tr("E-mail"),
        tr("Web link"),
        tr("Department"),
        tr("Work"),
        tr("Letters"),
        tr("Born"),
        tr("Died"),
        words(GROUP_LABELS[Group.REMARK]),
        *(words(field.label) for field in _ALONE),
    )


def whole_name(card: ContactCard) -> str:
    """The name with all that tells two people apart: Dr. Anna Eva von Berg (Anni), born Müller."""
    if card.kind == ORGANISATION or not (card.given_name or card.family_name):
        return card.name
    first = card.given_name or card.call_name
    name = (card.title, first, card.additional_names, card.name_particle, card.family_name, card.suffix)
    called = f"({card.call_name})" if card.call_name not in ("", first) else ""
    whole = " ".join(part for part in (*name, called) if part)
    return ", ".join((whole, tr("born {name}", name=card.birth_name))) if card.birth_name else whole


def subtitle(card: ContactCard) -> str:
    """The small line below the name: what this person is or was with us."""
    if card.kind == ORGANISATION:
        person = " ".join(part for part in (card.title, card.given_name, card.name_particle, card.family_name) if part)
        return tr("Organisation, {person}", person=person) if person else tr("Organisation")
    current = next((a for a in card.affiliations if a.role and not a.ended), None)
    year = max((y for a in card.affiliations if (y := a.cohort_to or a.cohort_from)), default=None)
    if current and year:
        return tr("{role}, cohort of {year}", role=current.role, year=str(year))
    if current:
        return current.role
    if year:
        return tr("Cohort of {year}", year=str(year))
    return card.position or card.organisation


def kind_words(label: str) -> str:
    """A label of an e-mail, phone or address in words."""
    return words(LABELS[label]) if label in LABELS else label


def affiliation_words(affiliation: Affiliation) -> str:
    """Cohort, programme, unit, role: what is known of it."""
    start, end = affiliation.cohort_from, affiliation.cohort_to
    years = f"{start}–{end}" if start and end and start != end else str(end or start or "")
    span = ""
    if affiliation.began or affiliation.ended:
        locale = language().locale
        began, ended = (dates.shown(text, locale) for text in (affiliation.began, affiliation.ended))
        span = tr("since {date}", date=began) if began and not ended else f"{began}–{ended}"
        span = span if began else tr("until {date}", date=ended)
    parts = (years, affiliation.programme, affiliation.degree, affiliation.role, affiliation.unit, span)
    return ", ".join(part for part in parts if part)


def _has_ended(affiliation: Affiliation) -> bool:
    """By the end of the day, month or year that stands there."""
    ended = affiliation.ended
    return bool(ended) and ended < dt.date.today().isoformat()[: len(ended)]


def _name(card: ContactCard) -> list[Fact]:
    """What of the name the head does not say."""
    called = card.call_name if card.given_name else ""
    found = (
        ("title", tr("Title"), card.title),
        ("additional_names", tr("Further names"), card.additional_names),
        ("suffix", tr("Suffix"), card.suffix),
        ("birth_name", tr("Birth name"), card.birth_name),
        ("former_names", tr("Former names"), card.former_names),
        ("call_name", tr("Called"), called),
    )
    return [Fact(Group.NAME, label, value, field=key) for key, label, value in found if value]


def _belonging(card: ContactCard, tag_groups: Sequence[TagGroup]) -> list[Fact]:
    found = []
    for number, affiliation in enumerate(card.affiliations):
        cohort = affiliation.cohort_to or affiliation.cohort_from
        label = tr("Cohort") if cohort else tr("Belongs to")
        said = affiliation_words(affiliation)
        over = tr("ended") if _has_ended(affiliation) else ""
        found.append(Fact(Group.BELONGING, label, said, over, field="affiliations", part=number))
    wanted = (Chip(tr("{group} is missing", group=group.name), "plain", "question")
              for group in missing(card.tags, tag_groups))  # fmt: skip
    if chips := (*map(Chip, card.tags), *wanted):
        found.append(Fact(Group.BELONGING, tr("Tags"), chips=chips, field="tags"))
    return found


def _addresses(card: ContactCard, association: Association) -> list[Fact]:
    found = [
        Fact(
            Group.ADDRESS,
            tr("Address"),
            place_lines(address, association),
            _kind(address.label, address.preferred and len(card.addresses) > 1),
            field="addresses",
            part=number,
            place=address,
        )
        for number, address in enumerate(card.addresses)
    ]
    return found or [Fact(Group.ADDRESS, tr("Address"), NOTHING, field="addresses")]


def place_lines(address: Address, association: Association) -> str:
    """The lines of an address below the name, as they go on an envelope."""
    lines = address_lines(ContactCard(), address, home_country=association.country, language=language().locale)
    return "\n".join(lines) or NOTHING


def _kind(label: str, preferred: bool) -> str:
    kind = kind_words(label)
    if preferred:
        return tr("{kind}, preferred", kind=kind) if kind else tr("preferred")
    return kind


def _reach(card: ContactCard) -> list[Fact]:
    phones = [
        Fact(
            Group.REACH,
            tr("Phone"),
            p.number,
            _kind(p.label, p.preferred and len(card.phones) > 1),
            field="phones",
            part=number,
        )
        for number, p in enumerate(card.phones)
    ]
    emails = [
        Fact(
            Group.REACH,
            tr("E-mail"),
            e.address,
            _kind(e.label, e.preferred and len(card.emails) > 1),
            field="emails",
            part=number,
            place=e,
        )
        for number, e in enumerate(card.emails)
    ]
    links = [
        Fact(Group.REACH, tr("Web link"), link.url, kind_words(link.label), field="links", part=number)
        for number, link in enumerate(card.links)
    ]
    return [
        *(phones or [Fact(Group.REACH, tr("Phone"), NOTHING, field="phones")]),
        *(emails or [Fact(Group.REACH, tr("E-mail"), NOTHING, field="emails")]),
        *links,
    ]


def _work(card: ContactCard) -> list[Fact]:
    if card.kind == ORGANISATION:
        return [Fact(Group.WORK, tr("Department"), card.department, field="department")] if card.department else []
    lines = [line for line in (card.position, card.department, card.organisation) if line]
    return [Fact(Group.WORK, tr("Work"), "\n".join(lines), field="organisation")] if lines else []


def preview(card: ContactCard, association: Association) -> tuple[str, str]:
    """Salutation and address block exactly as a letter would print them."""
    tongue = common_language(Party((card,)), association)
    said = salutation(card, tongue, association.salutation_mode)
    address = card.preferred_address
    lines = (
        address_lines(card, address, home_country=association.country, language=tongue)
        if address
        else address_names(card, tongue, at_work=False)
    )
    odd = f" ({words(said.odd)})" if said.odd else ""
    return (said.text or tr("Without salutation")) + odd, "\n".join(lines)


def _sending(card: ContactCard, association: Association) -> list[Fact]:
    chips = [
        *([Chip(tr("No letters"), "look", "minus-circle")] if card.no_post else []),
        *([Chip(tr("No e-mails"), "look", "minus-circle")] if card.no_email else []),
        *([Chip(tr("No phone calls"), "look", "minus-circle")] if card.no_phone else []),
    ]
    if card.language and card.language != association.language:
        chips.append(Chip(LANGUAGES.get(card.language, card.language)))
    said = salutation(card, common_language(Party((card,)), association), association.salutation_mode)
    return [Fact(Group.SENDING, tr("Letters"), said.text or tr("Without salutation"), chips=tuple(chips))]


def _person(card: ContactCard) -> list[Fact]:
    locale = language().locale
    found = []
    if card.birth_date:
        found.append(Fact(Group.PERSON, tr("Born"), dates.shown(card.birth_date, locale), field="birth_date"))
    if card.deceased:
        chip = Chip(tr("Deceased"), "plain", "minus-circle")
        found.append(Fact(Group.PERSON, tr("Died"), dates.shown(card.deceased_on, locale), chips=(chip,)))
    return found


def _own(card: ContactCard, own_fields: Sequence[OwnField]) -> list[Fact]:
    return [
        Fact(Group.OWN, field.name, shown_own(field, value, language().code), field="own", part=number)
        for number, field in enumerate(own_fields)
        if (value := value_of(card, field.name))
    ]


def _remark(card: ContactCard) -> list[Fact]:
    return [Fact(Group.REMARK, words(GROUP_LABELS[Group.REMARK]), card.remark)] if card.remark else []


def _alone(card: ContactCard) -> list[Fact]:
    return [
        Fact(field.group, words(field.label), words(value_words(field.key, value)), field=field.key)
        for field in _ALONE
        if (value := getattr(card, field.key))
    ]


# The timeline --------------------------------------------------------------------------------------------------------

ICONS = {"note": "note", "letter": "mail", "event": "calendar", "consent": "shield", "change": "edit"}


def entries(timeline: Sequence[TimelineEntry], today: dt.date) -> list[Entry]:
    """The timeline as it is shown; the newest first."""
    return [
        Entry(
            ICONS.get(entry.kind, "info"),
            words(entry.title),
            " ".join(words(entry.detail).split()),
            _when(entry.on, today),
            number,
        )
        for number, entry in enumerate(timeline)
    ]


def _when(stored: str, today: dt.date) -> str:
    return when.day_words(when.local(stored).date() if "T" in stored else dt.date.fromisoformat(stored), today)
