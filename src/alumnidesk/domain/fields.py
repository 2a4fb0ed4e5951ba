"""The field catalogue: one line for every field of a contact.

Import mapping, export, list columns, the form, the merge dialog, letter placeholders and the words of the history all
read it, so that adding a field is a column, a migration and a line here. A test holds it to `cards.ContactCard`. How
the parts of the many-valued fields (the second e-mail, the town of the work address) are named is in `domain.slots`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from alumnidesk.i18n import Message, say


class Kind(StrEnum):
    """What a field holds, and so how it is read, edited, compared and shown."""

    TEXT = "text"
    NAME = "name"
    LONG_TEXT = "long_text"
    DATE = "date"
    FLAG = "flag"
    CHOICE = "choice"
    LANGUAGE = "language"
    EMAILS = "emails"
    PHONES = "phones"
    ADDRESSES = "addresses"
    LINKS = "links"
    AFFILIATIONS = "affiliations"
    TAGS = "tags"
    OWN = "own"
    FOREIGN = "foreign"
    IDENTITY = "identity"

    @property
    def many(self) -> bool:
        """Whether a contact can have several values of it."""
        return self in _MANY


_MANY = {Kind.EMAILS, Kind.PHONES, Kind.ADDRESSES, Kind.LINKS, Kind.AFFILIATIONS, Kind.TAGS, Kind.OWN, Kind.FOREIGN}


class Group(StrEnum):
    """The section of form and detail pane where a field stands, in the order of reading."""

    NAME = "name"
    REACH = "reach"
    ADDRESS = "address"
    WORK = "work"
    BELONGING = "belonging"
    PERSON = "person"
    OWN = "own"
    SENDING = "sending"
    REMARK = "remark"


GROUP_LABELS: Mapping[Group, Message] = MappingProxyType(
    {
        Group.NAME: say("Name"),
        Group.REACH: say("E-mail and phone"),
        Group.ADDRESS: say("Addresses"),
        Group.WORK: say("Work"),
        Group.BELONGING: say("Affiliations and tags"),
        Group.PERSON: say("Person"),
        Group.OWN: say("Own fields"),
        Group.SENDING: say("Letters and e-mails"),
        Group.REMARK: say("Remark"),
    }
)


class Merge(StrEnum):
    """What happens to a field when two records of one contact become one."""

    FILL = "fill"
    """Keep ours; take theirs where ours is empty."""
    UNITE = "unite"
    """Keep the values of both, equal ones once."""
    EITHER = "either"
    """Yes if one of them says yes: "no post" and "deceased" are never lost."""
    APPEND = "append"
    """Both texts, ours first."""
    KEEP = "keep"
    """Ours stays: identity."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a contact."""

    key: str
    """The attribute of `ContactCard`."""
    label: Message
    kind: Kind
    group: Group
    vcard: str
    """The vCard property that carries it; a component of it as ``N.2``."""
    column: bool = False
    """Whether the contact list offers it as a column."""
    merge: Merge = Merge.FILL
    placeholder: str = ""
    """Its name in letter texts; empty when it cannot be used there."""
    headers: str = ""
    """What people and programs call it in the heading of a table beside its label, in any language, divided by ``|``;
    see `folded_header`."""
    choices: tuple[tuple[str, Message], ...] = ()
    """For `Kind.CHOICE`: the allowed values beside the empty one, with their words."""


KINDS_OF_CONTACT = (("person", say("Person")), ("organisation", say("Organisation")))
GENDER_FORMS = (("f", say("Ms")), ("m", say("Mr")))
"""How somebody is addressed, never guessed; neither is a choice as well."""
SALUTATION_MODES = (
    ("formal", say("Formal")),
    ("neutral", say("Neutral, with first and last name")),
    ("informal", say("Informal, with first name")),
    ("none", say("Without salutation")),
    ("own", say("Own words")),
)

# fmt: off
FIELDS: tuple[Field, ...] = (
    Field("uid", say("AlumniDesk-ID"), Kind.IDENTITY, Group.REMARK, "UID", merge=Merge.KEEP),
    Field("kind", say("Person or organisation"), Kind.CHOICE, Group.NAME, "KIND", column=True, merge=Merge.KEEP,
          choices=KINDS_OF_CONTACT,
          headers="Person oder Organisation"),
    Field("title", say("Title"), Kind.NAME, Group.NAME, "N.4", column=True, placeholder="title",
          headers="Name Prefix | Academic title | Akademischer Titel | Namenszusatz | Titel"),
    Field("given_name", say("First name"), Kind.NAME, Group.NAME, "N.2", column=True, placeholder="given_name",
          headers="First | Vorname | Rufname Vorname | Förnamn | Prénom | Vornamen | Forename"),
    Field("additional_names", say("Further first names"), Kind.NAME, Group.NAME, "N.3", placeholder="additional_names",
          headers="Middle name | Middle names | Additional name | Weitere Vornamen | Zweiter Vorname | Mellannamn"),
    Field("name_particle", say("Name particle"), Kind.NAME, Group.NAME, "X-ALUMNIDESK-PARTICLE",
          placeholder="name_particle",
          headers="Namensvorsatz | Vorsatzwort | Adelsprädikat | Nobility particle"),
    Field("family_name", say("Last name"), Kind.NAME, Group.NAME, "N.1", column=True, placeholder="family_name",
          headers="Last | Surname | Nachname | Familienname | Zuname | Efternamn | Nom de famille"),
    Field("suffix", say("Name suffix"), Kind.NAME, Group.NAME, "N.5", placeholder="suffix",
          headers="Namenszusatz nachgestellt"),
    Field("birth_name", say("Birth name"), Kind.NAME, Group.NAME, "X-MAIDENNAME", column=True,
          headers="Maiden name | Née | Geburtsname | Mädchenname | Geborene | geb | Flicknamn | Födelsenamn"),
    Field("former_names", say("Former names"), Kind.NAME, Group.NAME, "X-ALUMNIDESK-FORMER-NAMES", merge=Merge.UNITE,
          headers="Former name | Frühere Namen | Früherer Name | Tidigare namn"),
    Field("call_name", say("Called"), Kind.NAME, Group.NAME, "NICKNAME", column=True, placeholder="call_name",
          headers="Nickname | Spitzname | Rufname | Smeknamn | Tilltalsnamn"),
    Field("emails", say("E-mail addresses"), Kind.EMAILS, Group.REACH, "EMAIL", column=True, merge=Merge.UNITE),
    Field("phones", say("Phone numbers"), Kind.PHONES, Group.REACH, "TEL", column=True, merge=Merge.UNITE),
    Field("links", say("Web links"), Kind.LINKS, Group.REACH, "URL", column=True, merge=Merge.UNITE),
    Field("addresses", say("Addresses"), Kind.ADDRESSES, Group.ADDRESS, "ADR", column=True, merge=Merge.UNITE,
          placeholder="address"),
    Field("organisation", say("Organisation"), Kind.NAME, Group.WORK, "ORG.1", column=True, placeholder="organisation",
          headers="Organization | Organization Name | Organization 1 - Name | Company | Company name | Firma"
                  " | Firmenname | Arbeitgeber | Verein | Institution | Einrichtung | Företag | Société | Employer"),
    Field("department", say("Department"), Kind.TEXT, Group.WORK, "ORG.2", column=True, placeholder="department",
          headers="Organization Department | Organization 1 - Department | Abteilung | Avdelning"),
    Field("position", say("Position"), Kind.TEXT, Group.WORK, "TITLE", column=True, placeholder="position",
          headers="Job title | Organization Title | Organization 1 - Title | Funktion | Arbeitstitel"
                  " | Berufsbezeichnung | Befattning | Yrkestitel"),
    Field("affiliations", say("Affiliations"), Kind.AFFILIATIONS, Group.BELONGING, "X-ALUMNIDESK-AFFILIATION",
          column=True, merge=Merge.UNITE),
    Field("tags", say("Tags"), Kind.TAGS, Group.BELONGING, "CATEGORIES", column=True, merge=Merge.UNITE),
    Field("own", say("Own fields"), Kind.OWN, Group.OWN, "X-ALUMNIDESK-OWN", merge=Merge.UNITE),
    Field("birth_date", say("Date of birth"), Kind.DATE, Group.PERSON, "BDAY", column=True, placeholder="birth_date",
          headers="Birthday | Born | Geburtstag | Geburtsdatum | geboren am | Födelsedatum | Födelsedag"
                  " | Date de naissance"),
    Field("deceased", say("Deceased"), Kind.FLAG, Group.PERSON, "DEATHDATE", column=True, merge=Merge.EITHER,
          headers="Verstorben | verst | † | Avliden"),
    Field("deceased_on", say("Date of death"), Kind.DATE, Group.PERSON, "DEATHDATE",
          headers="Sterbedatum | Sterbetag | Todestag | verstorben am | Dödsdatum"),
    Field("gender_form", say("Form of address"), Kind.CHOICE, Group.SENDING, "X-ALUMNIDESK-GENDER-FORM", column=True,
          choices=GENDER_FORMS,
          headers="Anredeform | Tilltal"),
    Field("salutation_mode", say("Salutation"), Kind.CHOICE, Group.SENDING, "X-ALUMNIDESK-SALUTATION-MODE",
          column=True, choices=SALUTATION_MODES,
          headers="Art der Anrede"),
    Field("own_salutation", say("Own salutation"), Kind.TEXT, Group.SENDING, "X-ALUMNIDESK-SALUTATION",
          headers="Briefanrede | Eigene Anrede | Letter salutation"),
    Field("own_address_name", say("Own name line"), Kind.TEXT, Group.SENDING, "X-ALUMNIDESK-ADDRESS-NAME",
          headers="Adressname | Anschriftname | Address name"),
    Field("language", say("Language"), Kind.LANGUAGE, Group.SENDING, "LANG", column=True,
          headers="Sprache | Korrespondenzsprache | Språk"),
    Field("no_post", say("No letters"), Kind.FLAG, Group.SENDING, "X-ALUMNIDESK-NO-POST", column=True,
          merge=Merge.EITHER,
          headers="Keine Post | Keine Briefe | Ingen post"),
    Field("no_email", say("No e-mails"), Kind.FLAG, Group.SENDING, "X-ALUMNIDESK-NO-EMAIL", column=True,
          merge=Merge.EITHER,
          headers="Keine E-Mail | Keine E-Mails | Ingen e-post"),
    Field("no_phone", say("No phone calls"), Kind.FLAG, Group.SENDING, "X-ALUMNIDESK-NO-PHONE", column=True,
          merge=Merge.EITHER,
          headers="Keine Anrufe | Inga samtal"),
    Field("remark", say("Remark"), Kind.LONG_TEXT, Group.REMARK, "NOTE", column=True, merge=Merge.APPEND,
          headers="Notes | Note | Remarks | Comment | Comments | Notiz | Notizen | Bemerkung | Bemerkungen"
                  " | Kommentar | Anmerkung | Anmerkungen | Vermerk | Anteckningar | Anteckning"),
    Field("foreign", say("Other properties from files"), Kind.FOREIGN, Group.REMARK, "*", merge=Merge.UNITE),
)
# fmt: on

BOOKKEEPING = frozenset({"id", "binned", "household_id", "photo"})
"""Attributes of a card that refer to something else in the file, not words or dates about the contact."""

_BY_KEY: Mapping[str, Field] = MappingProxyType({field.key: field for field in FIELDS})


def by_key(key: str) -> Field:
    """The field with this key; raises KeyError."""
    return _BY_KEY[key]


def of_group(group: Group) -> tuple[Field, ...]:
    """The fields of one section, in catalogue order."""
    return tuple(field for field in FIELDS if field.group is group)


def single_valued() -> tuple[Field, ...]:
    """The fields with one value (texts, dates, flags, choices), which a table can hold in one column."""
    return tuple(field for field in FIELDS if not field.kind.many and field.kind is not Kind.IDENTITY)


_IGNORED = re.compile(r"[\s()./:_*'’\"\-‐-―]+")


@lru_cache(maxsize=4096)
def folded_header(text: str) -> str:
    """The heading of a table column as it is compared: composed, without case, spaces and ``()-./:_*'``."""
    return unicodedata.normalize("NFC", _IGNORED.sub("", unicodedata.normalize("NFC", text).casefold()))


@lru_cache(maxsize=1)
def keys_by_header() -> Mapping[str, str]:
    """Field keys by folded heading; each label and key is a heading too."""
    known: dict[str, str] = {}
    for field in FIELDS:
        for name in (*field.headers.split("|"), field.label.text, field.key):
            known.setdefault(folded_header(name), field.key)
    return MappingProxyType(known)
