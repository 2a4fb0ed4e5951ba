"""The columns of the programs that write and read CSV, in their order, each with its slot.

The same lists recognise an import and shape an export. Headings repeat in some languages, so they are matched in
order: the second "Ville" is the second town. Header rows as the programs write them in 2026; see also `domain.slots`
for what people type themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from alumnidesk.domain.fields import single_valued
from alumnidesk.domain.slots import CONSENTS, FOREIGN, FULL_NAME, HOUSEHOLD, LEAVE_OUT, RELATIONSHIPS, TAGS
from alumnidesk.formats import club_columns

Columns = tuple[tuple[str, str | None], ...]
"""Heading and slot; None for what we have no place for: kept as it came, left empty on export."""


@dataclass(frozen=True, slots=True)
class Preset:
    """One program's table."""

    name: str
    columns: Columns
    encoding: str = "utf-8"
    delimiter: str = ","
    line_end: str = "\r\n"
    bom: bool = False
    quote_all: bool = False
    language: str = "en"
    """For the words in cells: Mr or Herr, dates in figures."""
    for_spreadsheets: bool = False
    """Text that a spreadsheet would take for a formula gets an apostrophe in front."""
    month_first: bool = False
    """Dates are in figures as the computer is set, mostly in the American order: ``3/4/1975`` is 4 March."""
    complete: bool = False
    """Our own table: as many columns as the contacts need, nothing lost."""

    def has(self, name: str) -> bool:
        """Whether a column is only for this field, or for this part of an address."""
        return any(slot == name or (slot or "").endswith(f".{name}") for _, slot in self.columns)


def _pairs(*columns: str) -> Columns:
    """``Heading = slot`` lines; without slot we keep a column only as it came, and with ``-`` not at all."""
    split = (column.partition(" = ") for column in columns)
    return tuple((heading, LEAVE_OUT if slot == "-" else slot or None) for heading, _, slot in split)


# Thunderbird: 37 columns whose headings are in the language of the running program; it reads a file without asking
# only when all of them are there in that language.
_THUNDERBIRD_SLOTS: tuple[str | None, ...] = (
    "given_name", "family_name", FULL_NAME, "call_name", "email.1", "email.2", None,
    "phone.work.1", "phone.home.1", "phone.fax.1", "phone.pager.1", "phone.mobile.1",
    "address.home.street", "address.home.extra", "address.home.town", "address.home.region", "address.home.postcode",
    "address.home.country",
    "address.work.street", "address.work.extra", "address.work.town", "address.work.region", "address.work.postcode",
    "address.work.country",
    "position", "department", "organisation", "link.1", "link.2", "birth.year", "birth.month", "birth.day",
    None, None, None, None, "remark",
)  # fmt: skip
_THUNDERBIRD_HEADERS: Mapping[str, str] = {
    "en": "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home Phone,"
    "Fax Number,Pager Number,Mobile Number,Home Address,Home Address 2,Home City,Home State,Home ZipCode,Home Country,"
    "Work Address,Work Address 2,Work City,Work State,Work ZipCode,Work Country,Job Title,Department,Organization,"
    "Web Page 1,Web Page 2,Birth Year,Birth Month,Birth Day,Custom 1,Custom 2,Custom 3,Custom 4,Notes",
    "en-gb": "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,"
    "Home Phone,Fax Number,Pager Number,Mobile Number,Home Address,Home Address 2,Home City,Home County,Home Post Code,"
    "Home Country,Work Address,Work Address 2,Work City,Work County,Work Post Code,Work Country,Job Title,Department,"
    "Organisation,Web Page 1,Web Page 2,Birth Year,Birth Month,Birth Day,Custom 1,Custom 2,Custom 3,Custom 4,Notes",
    "de": "Vorname,Nachname,Anzeigename,Spitzname,Primäre E-Mail-Adresse,Sekundäre E-Mail-Adresse,Messenger-Name,"
    "Tel. dienstlich,Tel. privat,Fax-Nummer,Pager-Nummer,Mobil-Tel.-Nr.,Privat: Adresse,Privat: Adresse 2,Privat: Ort,"
    "Privat: Bundesland,Privat: PLZ,Privat: Land,Dienstlich: Adresse,Dienstlich: Adresse 2,Dienstlich: Ort,"
    "Dienstlich: Bundesland,Dienstlich: PLZ,Dienstlich: Land,Arbeitstitel,Abteilung,Organisation,Webseite 1,Webseite 2,"
    "Geburtsjahr,Geburtsmonat,Geburtstag,Benutzerdef. 1,Benutzerdef. 2,Benutzerdef. 3,Benutzerdef. 4,Notizen",
    "sv": "Förnamn,Efternamn,Visa,Smeknamn,E-post,Ytterligare e-post,Skärmnamn,Telefon arbete,Telefon privat,Faxnummer,"
    "Personsökare,Mobiltelefon,Adress privat (rad 1),Adress privat (rad 2),Stad privat,Landsdel (Stat) privat,"
    "Postnummer privat,Land privat,Adress arbete (rad 1),Adress arbete (rad 2),Stad arbete,Landsdel (Stat) arbete,"
    "Postnummer arbete,Land arbete,Titel,Avdelning,Organisation,Webbplats privat,Webbplats arbete,Född år,Född månad,"
    "Född dag,Annan uppgift 1,Annan uppgift 1,Annan uppgift 1,Annan uppgift 1,Anteckningar",
    "fr": "Prénom,Nom de famille,Nom à afficher,Surnom,Adresse e-mail principale,Adresse e-mail secondaire,"
    "Nom de l’écran,Tél. professionnel,Tél. personnel,Fax,Pager,Portable,Adresse privée,Adresse privée 2,Ville,"
    "Pays/État,Code postal,Pays/Région (domicile),Adresse professionnelle,Adresse professionnelle 2,Ville,Pays/État,"
    "Code postal,Pays/Région (bureau),Profession,Service,Société,Site web 1,Site web 2,Année de naissance,Mois,Jour,"
    "Divers 1,Divers 2,Divers 3,Divers 4,Notes",
}


def _thunderbird(language: str) -> Preset:
    headings = _THUNDERBIRD_HEADERS[language].split(",")
    columns = tuple(zip(headings, _THUNDERBIRD_SLOTS, strict=True))
    return Preset(f"thunderbird-{language}", columns, line_end="\n", language=language[:2])


# Outlook: no place for what has no slot, but it wants the columns.
_OUTLOOK_EN = _pairs(
    "Title = greeting", "First Name = given_name", "Middle Name = additional_names", "Last Name = family_name",
    "Suffix = suffix", "Company = organisation", "Department = department", "Job Title = position",
    "Business Street = address.work.street", "Business Street 2 = address.work.extra", "Business Street 3",
    "Business City = address.work.town", "Business State = address.work.region",
    "Business Postal Code = address.work.postcode", "Business Country/Region = address.work.country",
    "Home Street = address.home.street", "Home Street 2 = address.home.extra", "Home Street 3",
    "Home City = address.home.town", "Home State = address.home.region", "Home Postal Code = address.home.postcode",
    "Home Country/Region = address.home.country", "Other Street = address.other.street",
    "Other Street 2 = address.other.extra", "Other Street 3", "Other City = address.other.town",
    "Other State = address.other.region", "Other Postal Code = address.other.postcode",
    "Other Country/Region = address.other.country", "Assistant's Phone = phone.assistant.1",
    "Business Fax = phone.fax_work.1", "Business Phone = phone.work.1", "Business Phone 2 = phone.work.2", "Callback",
    "Car Phone = phone.car.1", "Company Main Phone = phone.main.1", "Home Fax = phone.fax_home.1",
    "Home Phone = phone.home.1", "Home Phone 2 = phone.home.2", "ISDN", "Mobile Phone = phone.mobile.1",
    "Other Fax = phone.fax.1", "Other Phone = phone.other.1", "Pager = phone.pager.1", "Primary Phone = phone.1",
    "Radio Phone", "TTY/TDD Phone", "Telex", "Account", "Anniversary", "Assistant's Name", "Billing Information",
    "Birthday = birth_date", "Business Address PO Box = address.work.po_box", "Categories = tag", "Children",
    "Directory Server", "E-mail Address = email.1", "E-mail Type", "E-mail Display Name", "E-mail 2 Address = email.2",
    "E-mail 2 Type", "E-mail 2 Display Name", "E-mail 3 Address = email.3", "E-mail 3 Type", "E-mail 3 Display Name",
    "Gender", "Government ID Number", "Hobby", "Home Address PO Box = address.home.po_box", "Initials",
    "Internet Free Busy", "Keywords", "Language = language", "Location", "Manager's Name", "Mileage", "Notes = remark",
    "Office Location", "Organizational ID Number", "Other Address PO Box = address.other.po_box", "Priority", "Private",
    "Profession", "Referred By", "Sensitivity", "Spouse", "User 1", "User 2", "User 3", "User 4", "Web Page = link.1",
)  # fmt: skip
_OUTLOOK_DE = _pairs(
    "Anrede = greeting", "Vorname = given_name", "Weitere Vornamen = additional_names", "Nachname = family_name",
    "Suffix = suffix", "Firma = organisation", "Abteilung = department", "Position = position",
    "Straße geschäftlich = address.work.street", "Straße geschäftlich 2 = address.work.extra", "Straße geschäftlich 3",
    "Ort geschäftlich = address.work.town", "Region geschäftlich = address.work.region",
    "Postleitzahl geschäftlich = address.work.postcode", "Land/Region geschäftlich = address.work.country",
    "Straße privat = address.home.street", "Straße privat 2 = address.home.extra", "Straße privat 3",
    "Ort privat = address.home.town", "Bundesland/Kanton privat = address.home.region",
    "Postleitzahl privat = address.home.postcode", "Land/Region privat = address.home.country",
    "Weitere Straße = address.other.street", "Weitere Straße 2 = address.other.extra", "Weitere Straße 3",
    "Weiterer Ort = address.other.town", "Weiteres/r Bundesland/Kanton = address.other.region",
    "Weitere Postleitzahl = address.other.postcode", "Weiteres/e Land/Region = address.other.country",
    "Telefon Assistent = phone.assistant.1", "Fax geschäftlich = phone.fax_work.1",
    "Telefon geschäftlich = phone.work.1", "Telefon geschäftlich 2 = phone.work.2", "Rückmeldung",
    "Autotelefon = phone.car.1", "Telefon Firma = phone.main.1", "Fax privat = phone.fax_home.1",
    "Telefon (privat) = phone.home.1", "Telefon (privat 2) = phone.home.2", "ISDN", "Mobiltelefon = phone.mobile.1",
    "Weiteres Fax = phone.fax.1", "Weiteres Telefon = phone.other.1", "Pager = phone.pager.1", "Haupttelefon = phone.1",
    "Mobiltelefon 2 = phone.mobile.2", "Telefon für Hörbehinderte", "Telex", "Abrechnungsinformation", "Assistent(in)",
    "Benutzer 1", "Benutzer 2", "Benutzer 3", "Benutzer 4", "Beruf", "Büro", "E-Mail-Adresse = email.1", "E-Mail-Typ",
    "E-Mail: Angezeigter Name", "E-Mail 2: Adresse = email.2", "E-Mail 2: Typ", "E-Mail 2: Angezeigter Name",
    "E-Mail 3: Adresse = email.3", "E-Mail 3: Typ", "E-Mail 3: Angezeigter Name", "Empfohlen von",
    "Geburtstag = birth_date", "Geschlecht", "Hobby", "Initialen", "Internet Frei/Gebucht", "Jahrestag",
    "Kategorien = tag", "Kinder", "Konto", "Name des/r Vorgesetzten", "Notizen = remark", "Organisationsnr.", "Ort",
    "Partner", "Postfach geschäftlich = address.work.po_box", "Postfach privat = address.home.po_box", "Priorität",
    "Privat", "Reisekilometer", "Sozialversicherungsnr.", "Sprache = language", "Stichwörter", "Vertraulichkeit",
    "Verzeichnisserver", "Webseite = link.1", "Weiteres Postfach = address.other.po_box",
)  # fmt: skip
_OUTLOOK_DE_2007 = (
    *(column for column in _OUTLOOK_DE if column[0] not in ("Telefon (privat)", "Telefon (privat 2)", "Assistent(in)")),
    ("Telefon privat", "phone.home.1"), ("Telefon privat 2", "phone.home.2"), ("Name Assistent", None),
    ("Name des/der Vorgesetzten", None), ("Regierungsnr.", None), ("Partner/in", None),
)  # fmt: skip

# Google: numbered groups, as many as the contacts need.
_GROUPS = 4


def _group(heading: str, slot: str, *parts: tuple[str, str]) -> Columns:
    return tuple(
        (f"{heading} {number} - {part}", f"{slot}.{number}{'.' + name if name else ''}")
        for number in range(1, _GROUPS + 1)
        for part, name in parts
    )


_GOOGLE_ADDRESS = (
    ("Formatted", "formatted"), ("Street", "street"), ("City", "town"), ("PO Box", "po_box"), ("Region", "region"),
    ("Postal Code", "postcode"), ("Country", "country"), ("Extended Address", "extra"),
)  # fmt: skip


def _google_groups(label: str) -> Columns:
    return (
        *_group("E-mail", "email", (label, "label"), ("Value", "")),
        *_group("Phone", "phone", (label, "label"), ("Value", "")),
        *_group("Address", "address", (label, "label"), *_GOOGLE_ADDRESS),
        *_group("Website", "link", (label, "label"), ("Value", "")),
    )


_GOOGLE = (
    *_pairs(
        "First Name = given_name", "Middle Name = additional_names", "Last Name = family_name", "Phonetic First Name",
        "Phonetic Middle Name", "Phonetic Last Name", "Name Prefix = title", "Name Suffix = suffix",
        "Nickname = call_name", "File As", "Organization Name = organisation", "Organization Title = position",
        "Organization Department = department", "Birthday = birth_date", "Notes = remark", "Photo", "Labels = tag",
    ),
    *_google_groups("Label"),
)  # fmt: skip
_GOOGLE_OLD = (
    *_pairs(
        "Name = full_name", "Given Name = given_name", "Additional Name = additional_names",
        "Family Name = family_name", "Yomi Name", "Given Name Yomi", "Additional Name Yomi", "Family Name Yomi",
        "Name Prefix = title", "Name Suffix = suffix", "Initials", "Nickname = call_name", "Short Name",
        "Maiden Name = birth_name", "Birthday = birth_date", "Gender", "Location", "Billing Information",
        "Directory Server", "Mileage", "Occupation", "Hobby", "Sensitivity", "Priority", "Subject", "Notes = remark",
        "Language = language", "Photo", "Group Membership = tag", "Organization 1 - Type",
        "Organization 1 - Name = organisation", "Organization 1 - Yomi Name", "Organization 1 - Title = position",
        "Organization 1 - Department = department", "Organization 1 - Symbol", "Organization 1 - Location",
        "Organization 1 - Job Description",
    ),
    *_google_groups("Type"),
)  # fmt: skip

# Our own table: the headings are the English labels of the catalogue; parts are added as the contacts need them.
_FIRST: Columns = (("AlumniDesk-ID", "uid"), *((field.label.text, field.key) for field in single_valued()))
_LAST: Columns = (
    ("All tags", TAGS),
    ("Household (JSON)", HOUSEHOLD),
    ("Relationships (JSON)", RELATIONSHIPS),
    ("Consents (JSON)", CONSENTS),
    ("Other properties (JSON)", FOREIGN),
)
ONLY_NEUTRAL = tuple(heading for heading, _ in (_FIRST[0], *_LAST))
"""The headings that no other program has; a table with two of them is ours, whichever columns somebody deleted."""
NEUTRAL_GROUPS: Mapping[str, tuple[str, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        "email": (
            "E-mail",
            (
                ("", ""), (" kind", "label"), (" preferred", "preferred"),
                (" returned since", "undeliverable_since"),
            ),
        ),
        "phone": ("Phone", (("", ""), (" kind", "label"), (" preferred", "preferred"))),
        "address": (
            "Address",
            (
                (" kind", "label"), (" c/o", "care_of"), (" street", "street"), (" house number", "house_number"),
                (" line 2", "extra"), (" PO box", "po_box"), (" postcode", "postcode"), (" town", "town"),
                (" region", "region"), (" country", "country"), (" preferred", "preferred"),
                (" returned since", "undeliverable_since"),
            ),
        ),
        "link": ("Web link", (("", ""), (" kind", "label"))),
        "affiliation": (
            "Affiliation",
            (
                (" unit", "unit"), (" role", "role"), (" programme", "programme"), (" cohort from", "cohort_from"),
                (" cohort to", "cohort_to"), (" degree", "degree"), (" began", "began"), (" ended", "ended"),
            ),
        ),
    }
)  # fmt: skip
"""Family → heading and its parts (heading's end, attribute): ``Address 2 town`` is ``address.2.town``."""


def neutral_columns(counts: Mapping[str, int]) -> Columns:
    """The columns of our own table for contacts with at most so many e-mails, phones … each."""
    groups = tuple(
        (f"{heading} {number}{end}", f"{family}.{number}{'.' + name if name else ''}")
        for family, (heading, parts) in NEUTRAL_GROUPS.items()
        for number in range(1, counts.get(family, 0) + 1)
        for end, name in parts
    )
    return (*_FIRST, *groups, *_LAST)


@lru_cache(maxsize=1)
def presets() -> Mapping[str, Preset]:
    """Every preset by its name."""
    everything = (
        Preset("neutral", (*_FIRST, *_LAST), bom=True, complete=True),
        Preset("excel", (*_FIRST, *_LAST), delimiter=";", bom=True, for_spreadsheets=True, complete=True),
        Preset("google", _GOOGLE),
        Preset("google-old", _GOOGLE_OLD),
        Preset("outlook-en", _OUTLOOK_EN, encoding="cp1252", quote_all=True, month_first=True),
        Preset("outlook-de", _OUTLOOK_DE, encoding="cp1252", quote_all=True, language="de"),
        Preset("outlook-de-2007", _OUTLOOK_DE_2007, encoding="cp1252", quote_all=True, language="de"),
        *(_thunderbird(language) for language in _THUNDERBIRD_HEADERS),
        Preset("openjverein", _pairs(*club_columns.OPENJVEREIN), delimiter=";", language="de"),
        Preset("openjverein-old", _pairs(*club_columns.OPENJVEREIN_OLD), delimiter=";", language="de"),
        Preset("spg", _pairs(*club_columns.SPG_VEREIN), encoding="cp1252", delimiter=";", language="de"),
    )
    return MappingProxyType({preset.name: preset for preset in everything})


EXPORTS = (
    "neutral",
    "excel",
    "google",
    "outlook-en",
    "outlook-de",
    "thunderbird-en",
    "thunderbird-de",
    "thunderbird-sv",
)
"""What a person can choose to write."""
GREETINGS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"de": ("Frau", "Herr"), "en": ("Ms", "Mr"), "sv": ("Fru", "Herr")}
)
"""The words for the form of address in cells, f and m."""
