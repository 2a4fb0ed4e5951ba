"""Cards: everything about one thing, frozen, safe in any thread. What a list shows of it is in `lines`.

A card is a document. Whoever wants to change something makes a changed copy (`dataclasses.replace`) and saves it
together with the card it came from; what differs is written. Parts of a card (e-mails, addresses …) carry the id of
their row, or None while they are new. Text that is not known is the empty string, never None.

Dates of people may be incomplete and are text: ``1975``, ``1975-03``, ``1975-03-02`` or ``--03-02`` (year not known),
the forms of ISO 8601 and vCard 4.0 (RFC 6350, section 4.3.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from alumnidesk.domain.names import display_name
from alumnidesk.i18n import Message

PERSON, ORGANISATION = "person", "organisation"


@dataclass(frozen=True, slots=True)
class Email:
    address: str
    label: str = ""
    """``home``, ``work`` or any word of the association's own."""
    preferred: bool = False
    undeliverable_since: str = ""
    """ISO date since which mail comes back; empty: it is in use."""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Phone:
    number: str
    """As it was typed; compared and searched by its digits."""
    label: str = ""
    """``home``, ``work``, ``mobile``, ``fax`` … or any word of the association's own."""
    preferred: bool = False
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Address:
    street: str = ""
    house_number: str = ""
    """Often part of `street` in files; never split off by guessing."""
    extra: str = ""
    """A second line: floor, building, district."""
    po_box: str = ""
    postcode: str = ""
    town: str = ""
    region: str = ""
    country: str = ""
    """ISO 3166 alpha-2 in capitals, or the name as it came if it is not known; empty: the association's own country."""
    care_of: str = ""
    label: str = ""
    preferred: bool = False
    undeliverable_since: str = ""
    """ISO date since which letters come back; empty: it is in use."""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    label: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Foreign:
    """Something a file said that we do not understand: kept as it came, and written back."""

    source: str
    """The kind of file: ``vcard`` or ``csv``; ``vcard-shadow`` is the line behind a value that we do understand, which
    says more than the value: written back while the value is unchanged, and not shown to people."""
    name: str
    """Property name or column header."""
    raw: str
    """The whole unfolded property line, or the cell."""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Affiliation:
    """What somebody was or is at a unit: participant, student, staff, board, member … Ended ones are kept."""

    unit: str = ""
    """The whole path of the unit (centre, faculty, regional club): ``Faculty of Law › North`` (`domain.units`)."""
    role: str = ""
    programme: str = ""
    """Course, programme or degree course."""
    cohort_from: int | None = None
    cohort_to: int | None = None
    """Years; the cohort that people name is the later one."""
    degree: str = ""
    began: str = ""
    ended: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class OwnValue:
    """What an own field of the association holds."""

    field: str
    """Name of the field (`own_field.name`)."""
    value: str
    """A number with a point, a date in ISO form, ``1`` for yes, else text."""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class ContactCard:
    """A person or an organisation with all that belongs to it. See `domain.fields` for what each field means."""

    id: int | None = None
    uid: str = ""
    kind: str = PERSON
    title: str = ""
    given_name: str = ""
    additional_names: str = ""
    name_particle: str = ""
    family_name: str = ""
    suffix: str = ""
    birth_name: str = ""
    former_names: str = ""
    """Family names that somebody had between birth and now, divided by commas."""
    call_name: str = ""
    organisation: str = ""
    department: str = ""
    position: str = ""
    gender_form: str = ""
    salutation_mode: str = ""
    own_salutation: str = ""
    own_address_name: str = ""
    language: str = ""
    birth_date: str = ""
    deceased: bool = False
    deceased_on: str = ""
    no_post: bool = False
    no_email: bool = False
    no_phone: bool = False
    remark: str = ""
    emails: tuple[Email, ...] = ()
    phones: tuple[Phone, ...] = ()
    addresses: tuple[Address, ...] = ()
    links: tuple[Link, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    tags: tuple[str, ...] = ()
    own: tuple[OwnValue, ...] = ()
    foreign: tuple[Foreign, ...] = ()
    household_id: int | None = None
    """Id of the household, shared by all who get one letter together."""
    photo: str = ""
    """Key of the stored picture, or empty."""
    binned: bool = False

    @property
    def name(self) -> str:
        """The name as one says it: Anna Müller · Lindenhof e. V. · falls back to organisation, e-mail or phone."""
        fallback = self.emails[0].address if self.emails else (self.phones[0].number if self.phones else "")
        return display_name(
            self.kind,
            self.organisation,
            self.given_name,
            self.call_name,
            self.name_particle,
            self.family_name,
            fallback,
        )

    @property
    def preferred_address(self) -> Address | None:
        """The address that letters go to: of those that are reached, the preferred one, else the first."""
        return _in_use(self.addresses)

    @property
    def preferred_email(self) -> Email | None:
        """The address that e-mails go to, likewise."""
        return _in_use(self.emails)


_Reached = TypeVar("_Reached", Address, Email)


def _in_use(places: tuple[_Reached, ...]) -> _Reached | None:
    reached = [place for place in places if not place.undeliverable_since]
    return next((place for place in reached if place.preferred), reached[0] if reached else None)


@dataclass(frozen=True, slots=True)
class HouseholdCard:
    """Contacts that live together and get one letter. What that says is in `domain.households`."""

    id: int
    uid: str = ""
    name: str = ""
    """Own words for the address; empty: made from those who get the letter."""
    own_salutation: str = ""
    members: tuple[int, ...] = ()
    """Ids of the contacts, sorted as lists sort them; those in the bin too."""


# Events ------------------------------------------------------------------------------------------------------------

INVITED, COMING, DECLINED, WAITLIST = "invited", "coming", "declined", "waitlist"
PARTICIPATION_STATES = (INVITED, COMING, DECLINED, WAITLIST)
MOST_COMPANIONS = 99
"""Of one person at one event."""


@dataclass(frozen=True, slots=True)
class EventCard:
    id: int | None = None
    uid: str = ""
    title: str = ""
    starts_on: str = ""
    """ISO date, or empty while the day is open."""
    starts_at: str = ""
    """``HH:MM`` or empty."""
    ends_on: str = ""
    ends_at: str = ""
    place: str = ""
    capacity: int | None = None
    """Places, companions included; None means as many as come."""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Participation:
    """One person on an event's list."""

    id: int
    event_id: int
    contact_id: int
    name: str
    state: str
    companions: int
    answered_on: str
    remark: str
    town: str = ""


# Letters -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LetterText:
    """The words of a letter in one language, with ``{placeholders}``; blank lines divide paragraphs."""

    language: str
    subject: str
    body: str
    closing: str = ""
    """``Mit freundlichen Grüßen``; signatory and role come from the association's settings."""


@dataclass(frozen=True, slots=True)
class TemplateCard:
    id: int | None = None
    uid: str = ""
    name: str = ""
    texts: tuple[LetterText, ...] = ()
    purpose: str = "invitations"
    """Key of what it is for (`domain.consent`), which decides who may be written to."""


# What happened -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something that happened with a contact: a note, a letter, an invitation, a change."""

    kind: str
    """``note``, ``letter``, ``event``, ``consent`` or ``change``."""
    on: str
    """ISO date and time, UTC."""
    title: Message
    detail: Message
    id: int
    """Of the note, mailing, event, consent or changeset."""
    letter: int = 0
    """Which letter of the mailing."""
