"""Slots: the names of the places where one value of a contact goes.

A field with one value is its own slot (``given_name``). Parts of the many-valued fields are named by a path:

    email.1  email.home.1  phone.mobile.1  phone.work.2  link.1        the value; with a label, the n-th of that label
    email.1.label  phone.1.preferred                                   what is said about the n-th value
    address.home.street  address.1.town  address.2.label               a part of an address
    affiliation.cohort  affiliation.2.unit                             a part of an affiliation
    birth.year  birth.month  birth.day                                 a date in three columns
    tag                                                                one or several tags in one cell
    greeting                                                           "Frau Dr.": form of address, then titles
    full_name                                                          a whole name, split by `names`
    own.Shirt size                                                     a field of the association's own, by its name

One vocabulary for the mapping of an import and for the presets of an export, in every format with columns.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from alumnidesk.domain.fields import FIELDS, folded_header, keys_by_header, single_valued
from alumnidesk.i18n import Message, say

LEAVE_OUT = ""
"""The slot of a column that the person does not want to import at all."""

FULL_NAME = "full_name"
GREETING = "greeting"
TAG = "tag"
TAGS = "tags"
"""All tags, divided by ``;`` with ``\\`` before a ``;`` that belongs to a tag: the lossless form of our own tables."""
FOREIGN = "foreign"
"""Everything that a file said and we do not understand, as JSON: the lossless form of our own tables."""
HOUSEHOLD, RELATIONSHIPS, CONSENTS = TIES = ("household", "relationships", "consents")
"""What ties a contact to others and to us, as JSON likewise (`domain.ties`)."""
OWN = "own."
"""Begins the slot of a field of the association's own."""
BIRTH_PARTS = ("birth.year", "birth.month", "birth.day")

ADDRESS_PARTS: Mapping[str, Message] = MappingProxyType(
    {
        "street": say("Street"),
        "house_number": say("House number"),
        "extra": say("Address line 2"),
        "po_box": say("PO box"),
        "postcode": say("Postcode"),
        "town": say("Town"),
        "postcode_town": say("Postcode and town"),
        "region": say("Region"),
        "country": say("Country"),
        "care_of": say("c/o"),
        "formatted": say("Whole address"),
        "label": say("Kind of address"),
        "preferred": say("Preferred address"),
        "undeliverable_since": say("Returned since"),
    }
)
AFFILIATION_PARTS: Mapping[str, Message] = MappingProxyType(
    {
        "unit": say("Unit"),
        "role": say("Role"),
        "programme": say("Programme"),
        "cohort": say("Cohort"),
        "cohort_from": say("Cohort from"),
        "cohort_to": say("Cohort to"),
        "degree": say("Degree"),
        "began": say("Began"),
        "ended": say("Ended"),
    }
)
_LABEL_SYNONYMS: Mapping[str, str] = MappingProxyType(
    {
        "private": "home", "privat": "home", "personal": "home", "zuhause": "home", "hem": "home", "dom": "home",
        "business": "work", "geschäftlich": "work", "dienstlich": "work", "arbeit": "work", "arbete": "work",
        "office": "work", "büro": "work", "beruflich": "work", "cell": "mobile", "mobil": "mobile", "handy": "mobile",
        "iphone": "mobile", "work mobile": "mobile_work", "home fax": "fax_home", "fax privat": "fax_home",
        "work fax": "fax_work", "fax geschäftlich": "fax_work", "business fax": "fax_work", "sonstige": "other",
        "andere": "other", "weitere": "other", "haupttelefon": "main",
    }
)  # fmt: skip
LABELS: Mapping[str, Message] = MappingProxyType(
    {
        "home": say("private"),
        "work": say("work"),
        "mobile": say("mobile"),
        "mobile_work": say("mobile, work"),
        "fax": say("fax"),
        "fax_home": say("fax, private"),
        "fax_work": say("fax, work"),
        "pager": say("pager"),
        "car": say("car"),
        "main": say("main number"),
        "other": say("other"),
    }
)
"""Labels that have words of ours; any other label is shown as it is."""


@lru_cache(maxsize=1024)
def canonical_label(text: str) -> str:
    """A label as we keep it: ``home``, ``work``, ``mobile`` … where a program or person says the same in other words.

    ``* Home``, ``Privat`` and ``home`` are one; a label of somebody's own stays as it was typed.
    """
    plain = text.strip().removeprefix("*").strip()
    folded = plain.casefold()
    if folded in LABELS:
        return folded
    return _LABEL_SYNONYMS.get(folded, plain)


@dataclass(frozen=True, slots=True)
class Part:
    """A slot of a many-valued field, taken apart."""

    family: str
    """``email``, ``phone``, ``link``, ``address`` or ``affiliation``."""
    label: str
    """``home`` …; empty when the path names none."""
    number: int
    """1 for the first of this family and label."""
    attribute: str
    """``value`` for the e-mail address, number or URL itself, else the attribute of the card's part."""


_PART = re.compile(
    r"(?P<family>email|phone|link|address|affiliation)(?:\.(?P<label>[a-z_]*[a-z]))??"
    r"(?:\.(?P<number>[1-9]\d?))?(?:\.(?P<attribute>[a-z_]+))?"
)


def own_name(slot: str) -> str:
    """The name of the own field that a slot is; empty for every other slot."""
    return slot.removeprefix(OWN) if slot.startswith(OWN) else ""


@lru_cache(maxsize=2048)
def part(slot: str) -> Part | None:
    """The slot of a many-valued field taken apart; None for every other slot. Raises ValueError for nonsense."""
    match = _PART.fullmatch(slot)
    if match is None:
        return None
    family, attribute = match["family"], match["attribute"] or "value"
    known = _PARTS_OF.get(family, _VALUE_PARTS)
    if attribute not in known:
        raise ValueError(f"not a slot: {slot!r}")
    return Part(family, match["label"] or "", int(match["number"] or 1), attribute)


_VALUE_PARTS = ("value", "label", "preferred")
_PARTS_OF: Mapping[str, Collection[str]] = MappingProxyType(
    {
        "address": ADDRESS_PARTS,
        "affiliation": AFFILIATION_PARTS,
        "email": (*_VALUE_PARTS, "undeliverable_since"),
    }
)

# Headings ----------------------------------------------------------------------------------------------------------

_VALUE_HEADERS: Mapping[str, tuple[str, ...]] = {
    "email": (
        "E-Mail", "E-Mail-Adresse", "E-Mail-Adressen", "Email address", "Mail", "E-Mails", "Emails", "Mailadresse",
        "E-post", "E-postadress", "Courriel",
    ),
    "phone": (
        "Telefon", "Tel", "Telefonnummer", "Tel.-Nr.", "Phone", "Phone number", "Telephone", "Rufnummer",
        "Festnetz", "Festnetznummer", "Téléphone", "Phone number andere", "Fon", "Telefon-Nr.", "Phones",
    ),
    "phone.mobile": (
        "Mobil", "Mobile", "Mobiltelefon", "Mobilnummer", "Mobile phone", "Mobile number", "Handy", "Handynummer",
        "Cell", "Cell phone", "Cellphone", "Mobil-Tel.", "Mobil-Tel.-Nr.", "Mobilfunk", "Mobiltelefonnummer",
        "Natel", "Phone number mobil", "Handy-Nr.", "Handynr", "Mobilnr", "Mobil-Nr.", "Tel. mobil", "Telefon mobil",
        "Mobiles Telefon", "Smartphone", "Mobilrufnummer",
    ),
    "phone.fax": ("Fax", "Faxnummer", "Fax number", "Telefax"),
    "phone.pager": ("Pager", "Pager number", "Pager-Nummer", "Personsökare"),
    "phone.car": ("Car phone", "Autotelefon"),
    "phone.main": ("Primary phone", "Haupttelefon", "Company main phone", "Telefon Firma"),
    "link": (
        "Website", "Webseite", "Web page", "Webpage", "Homepage", "URL", "Internet", "Web", "Webbplats", "Webbsida",
    ),
    "address.street": (
        "Straße", "Str", "Street", "Street address", "Straße und Nr.", "Straße und Hausnummer", "Straße Hausnummer",
        "Straße Nr", "Straße, Nr.", "Straße, Hausnummer", "Straße + Nr.", "Str., Nr.", "Str. Nr.", "Str. Hausnr.",
        "Str., Hausnr.", "Str. und Nr.", "Straße u. Nr.", "Straße, Haus-Nr.",
        "Straße, Hausnr.", "Straßenadresse", "Straße & Nr.", "Straße & Hausnummer", "Anschrift", "Adresse", "Address",
        "Address 1", "Address line 1", "Adress", "Gatuadress", "Gata", "Rue",
    ),
    "address.house_number": ("Hausnummer", "Hausnr", "Haus-Nr.", "House number", "Housenumber", "Husnummer", "Nr"),
    "address.extra": (
        "Adresszusatz", "Zusatz", "Adresse 2", "Straße 2", "Street 2", "Address 2", "Address line 2", "Adress 2",
        "Anschrift 2", "Zusatzzeile", "Adressierungszusatz",
    ),
    "address.po_box": ("Postfach", "PO Box", "P.O. Box", "Address PO Box", "Box", "Postbox"),
    "address.postcode": (
        "PLZ", "Postleitzahl", "Postcode", "Post code", "Postal code", "Zip", "Zip code", "Postnummer", "Postnr",
        "Code postal",
    ),
    "address.town": (
        "Ort", "Stadt", "Wohnort", "Town", "City", "Wohnort/Stadt", "Stad", "Postort", "Ville", "Gemeinde",
    ),
    "address.postcode_town": (
        "PLZ Ort", "PLZ/Ort", "PLZ, Ort", "PLZ und Ort", "PLZ + Ort", "PLZ & Ort", "PLZ u. Ort", "PLZ Stadt",
        "PLZ, Stadt", "PLZ Wohnort", "PLZ, Wohnort", "Postleitzahl, Ort", "Postleitzahl und Ort", "Zip City",
        "Postcode Town", "Postnummer och ort", "Postadress",
    ),
    "address.region": (
        "Bundesland", "Region", "State", "County", "Kanton", "Province", "Landsdel", "Bundesland/Kanton", "Län",
    ),
    "address.country": ("Land", "Staat", "Country", "Country/Region", "Land/Region", "Pays"),
    "address.care_of": ("c/o", "co", "bei", "care of"),
    "address.formatted": ("Vollständige Adresse", "Komplette Anschrift", "Full address"),
    "affiliation.unit": ("Unit", "Einheit", "Fakultät", "Faculty", "Regionalgruppe", "Ortsgruppe", "Fakultet"),
    "affiliation.role": ("Role", "Rolle", "Roll"),
    "affiliation.programme": (
        "Programme", "Program", "Studiengang", "Kurs", "Course", "Lehrgang", "Studienfach", "Programm",
    ),
    "affiliation.cohort": (
        "Jahrgang", "Abschlussjahrgang", "Abschlussjahr", "Cohort", "Class", "Class year", "Class of",
        "Graduation year", "Year of graduation", "Årskull", "Examensår", "Abschluss Jahr",
    ),
    "affiliation.degree": ("Degree", "Abschluss", "Examen", "Studienabschluss"),
    "affiliation.began": ("Eintritt", "Eintrittsdatum", "Joined"),
    "affiliation.ended": ("Austritt", "Austrittsdatum", "Left"),
}  # fmt: skip

_SINGLE_HEADERS: Mapping[str, tuple[str, ...]] = {
    FULL_NAME: (
        "Name", "Full name", "Display name", "Anzeigename", "Vollständiger Name", "Namn", "Vor- und Nachname",
        "Vorname und Nachname", "Vorname Nachname", "Name, Vorname", "Nachname, Vorname", "Vor- und Zuname",
        "Vor- und Familienname", "Zuname, Vorname", "Name (Vorname)", "Name und Vorname", "Vorname und Name",
    ),
    GREETING: ("Anrede", "Salutation", "Anrede/Titel", "Tilltalsord"),
    TAG: (
        "Tag", "Tags", "Schlagwort", "Schlagwörter", "Kategorie", "Kategorien", "Categories", "Category", "Labels",
        "Group Membership", "Gruppe", "Gruppen", "Groups", "Etiketter", "Etikett", "Eigenschaft", "Eigenschaften",
        "Mitgliedsart", "Mitgliedstyp", "Mitgliedsstatus",
    ),
    "birth_date": ("Geb.-Datum", "Geb.-Dat.", "Geb.-Tag", "geb. am", "Geboren am"),
    "remark": ("Vermerk", "Vermerk1", "Vermerk2", "Anmerkung", "Anmerkungen", "Hinweis"),
    "birth.year": ("Geburtsjahr", "Birth year", "Year of birth", "Födelseår", "Född år"),
    "birth.month": ("Geburtsmonat", "Birth month", "Född månad"),
    "birth.day": ("Birth day", "Tag der Geburt", "Född dag"),
    FOREIGN: ("Other properties (JSON)",),
    TAGS: ("All tags",),
    HOUSEHOLD: ("Household (JSON)",),
    RELATIONSHIPS: ("Relationships (JSON)",),
    CONSENTS: ("Consents (JSON)",),
}  # fmt: skip

_LABEL_WORDS: Mapping[str, tuple[str, ...]] = {
    "home": (
        "privat", "private", "privater", "privates", "priv", "home", "personal", "zuhause", "hem", "phonenumberprivat",
    ),
    "work": (
        "geschäftlich", "geschäftliche", "dienstlich", "dienstliche", "beruflich", "berufliche", "büro", "arbeit",
        "firma", "dienst", "dienstl", "gesch", "geschäftl", "berufl", "work", "business", "office", "arbete", "jobb",
    ),
    "other": ("weitere", "weiterer", "weiteres", "sonstige", "sonstiges", "andere", "other", "annan", "övrig"),
}  # fmt: skip


_DIGITS = re.compile(r"\d+", re.ASCII)


@lru_cache(maxsize=1)
def _values_by_header() -> Mapping[str, str]:
    return {folded_header(name): path for path, names in _VALUE_HEADERS.items() for name in names}


@lru_cache(maxsize=1)
def _singles_by_header() -> Mapping[str, str]:
    own = {folded_header(name): slot for slot, names in _SINGLE_HEADERS.items() for name in names}
    return {**keys_by_header(), **own}


def slot_for_header(header: str) -> str | None:
    """The slot that a column heading names, as people write it in any of our languages; None when it is not known.

    The vocabulary of single programs, where a word can mean something else ("Ort" in Outlook), is in
    `formats.csv_presets`.
    """
    key = folded_header(header)
    if not key:
        return None
    if key in _values_by_header():
        return _numbered(_values_by_header()[key], "", 1)
    if key in _singles_by_header():
        return _singles_by_header()[key]
    digits = _DIGITS.search(key)
    number = int(digits[0]) if digits else 1
    stem = _DIGITS.sub("", key, count=1)
    if not 1 <= number <= 20:
        return None
    if stem in _values_by_header():
        return _numbered(_values_by_header()[stem], "", number)
    for label, words in _LABEL_WORDS.items():
        for word in words:
            rest = stem.removeprefix(word) if stem.startswith(word) else stem.removesuffix(word)
            if rest != stem and rest in _values_by_header():
                return _numbered(_values_by_header()[rest], label, number)
    return None


def _numbered(path: str, label: str, number: int) -> str:
    """``phone.mobile`` + work + 2 → ``phone.mobile_work.2``; ``address.town`` + home → ``address.home.town``."""
    family, _, rest = path.partition(".")
    if family == "address":
        where = label or str(number)
        return f"address.{where}.{rest}" if number == 1 or not label else f"address.{label}.{number}.{rest}"
    if family == "affiliation":
        return f"affiliation.{number}.{rest}"
    if rest and label == "work" and rest in ("mobile", "fax"):
        label = f"{rest}_work"
    elif rest == "fax" and label == "home":
        label = "fax_home"
    else:
        label = rest or label
    return ".".join(filter(None, (family, label, str(number))))


# Words -------------------------------------------------------------------------------------------------------------

_FAMILY_LABELS: Mapping[str, Message] = {"email": say("E-mail"), "phone": say("Phone"), "link": say("Web link")}
_SINGLE_LABELS: Mapping[str, Message] = {
    FULL_NAME: say("Whole name"),
    GREETING: say("Form of address and title"),
    TAG: say("Tags"),
    TAGS: say("All tags"),
    FOREIGN: say("Other properties from files"),
    HOUSEHOLD: say("Household"),
    RELATIONSHIPS: say("Relationships"),
    CONSENTS: say("Consents"),
    "birth.year": say("Year of birth"),
    "birth.month": say("Month of birth"),
    "birth.day": say("Day of birth"),
    LEAVE_OUT: say("Leave out"),
}


def label(slot: str) -> Message:
    """What a slot is called, for the mapping of an import: "Phone (mobile)", "Town (work)", "E-mail 2"."""
    if slot in _SINGLE_LABELS:
        return _SINGLE_LABELS[slot]
    if own := own_name(slot):
        return say("{name}", name=own)
    parts = part(slot)
    if parts is None:
        return next((field.label for field in FIELDS if field.key == slot), say("Leave out"))
    if parts.family == "address":
        what = ADDRESS_PARTS[parts.attribute]
    elif parts.family == "affiliation":
        what = AFFILIATION_PARTS[parts.attribute]
    else:
        what = _FAMILY_LABELS[parts.family]
        if parts.attribute == "undeliverable_since":
            return say("{what} {number}: returned since", what=what, number=parts.number)
        if parts.attribute != "value":
            return say("{what} {number}: kind", what=what, number=parts.number)
    if parts.label:
        kind: Message | str = LABELS.get(parts.label, parts.label)
        if parts.number == 1:
            return say("{what} ({kind})", what=what, kind=kind)
        return say("{what} {number} ({kind})", what=what, number=parts.number, kind=kind)
    if parts.number == 1:
        return what
    return say("{what} {number}", what=what, number=parts.number)


def choices() -> tuple[str, ...]:
    """The slots that a person can choose for a column, in the order of the form."""
    names = tuple(field.key for field in single_valued())
    mails = ("email.1", "email.2", "email.3", "email.home.1", "email.work.1")
    phones = tuple(f"phone.{kind}.1" for kind in ("home", "work", "mobile", "mobile_work", "fax", "main", "other"))
    places = tuple(
        f"address.{where}.{name}"
        for where in ("1", "home", "work", "2")
        for name in ADDRESS_PARTS
        if name not in ("preferred", "undeliverable_since")
    )
    belongs = tuple(f"affiliation.1.{name}" for name in AFFILIATION_PARTS)
    return (
        *names[:8], FULL_NAME, GREETING, *mails, "phone.1", "phone.2", *phones, *places, *names[8:], *BIRTH_PARTS,
        "link.1", "link.2", TAG, *belongs, "uid",
    )  # fmt: skip
