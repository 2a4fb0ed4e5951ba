"""Writes ``exports/``: the same 40 invented people as the address books of several programs would export them.

Run it after the word lists of the sample have changed: ``python tests/corpus/make_exports.py``. Headings, encodings,
separators, date forms and quirks are those of the programs. Whose name cannot be written in a file's encoding is left
out of that file.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import quopri
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from alumnidesk.domain.cards import PERSON, Address, ContactCard, Phone
from alumnidesk.services import sample

FOLDER = Path(__file__).parent / "exports"
HEADERS: Mapping[str, Sequence[str]] = json.loads((Path(__file__).parent / "headers.json").read_text(encoding="utf-8"))
SEED = 2026
TODAY = dt.date(2026, 11, 21)
PEOPLE = 40
_CAST = 40
"""The first people of a sample are the same for every seed; they are left out here."""

Row = Mapping[str, str]


def chosen() -> list[ContactCard]:
    """The people, living persons only, so that every address book can hold them."""
    everybody = islice(sample.people(300, SEED, TODAY), _CAST, None)
    return list(islice((card for card in everybody if card.kind == PERSON and not card.deceased), PEOPLE))


def exports() -> dict[str, bytes]:
    """The content of every file by its name."""
    cards = chosen()
    return {
        "google-new.csv": _csv(cards, "google_new", _google_new, "utf-8"),
        "google-old.csv": _csv(cards, "google_old", _google_old, "utf-8"),
        "outlook-en.csv": _csv(cards, "outlook_en", _outlook_en, "utf-8-sig", quote=csv.QUOTE_ALL, end="\r\n"),
        "outlook-de.csv": _csv(cards, "outlook_de", _outlook_de, "cp1252", quote=csv.QUOTE_ALL, end="\r\n"),
        "thunderbird-en.csv": _csv(cards, "thunderbird_en", _thunderbird_en, "utf-8"),
        "thunderbird-de.csv": _csv(cards, "thunderbird_de", _thunderbird_de, "utf-8", end="\r\n"),
        "excel-de.csv": _csv(cards, "excel_de", _excel_de, "cp1252", delimiter=";", end="\r\n"),
        "iphone-3.0.vcf": "".join(map(_vcard3, cards)).encode(),
        "android-2.1.vcf": "".join(map(_vcard21, cards)).encode("ascii"),
    }


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, content in exports().items():
        (FOLDER / name).write_bytes(content)


# Tables ------------------------------------------------------------------------------------------------------------


def _csv(
    cards: Sequence[ContactCard],
    program: str,
    row_of: Callable[[ContactCard], Row],
    encoding: str,
    *,
    delimiter: str = ",",
    quote: int = csv.QUOTE_MINIMAL,
    end: str = "\n",
) -> bytes:
    """A table with the program's headings; a heading that `row_of` does not fill stays empty."""
    text = io.StringIO(newline="")
    heads = HEADERS[program]
    writer = csv.writer(text, delimiter=delimiter, quoting=quote, lineterminator=end)  # type: ignore[arg-type]
    writer.writerow(heads)
    for card in cards:
        row = row_of(card)
        unknown = row.keys() - set(heads)
        if unknown:
            raise LookupError(f"{program} has no column {sorted(unknown)}")
        line = [row.get(head, "") for head in heads]
        if _writable(line, encoding):
            writer.writerow(line)
    return text.getvalue().encode(encoding)


def _writable(line: Sequence[str], encoding: str) -> bool:
    try:
        "".join(line).encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _address(card: ContactCard) -> Address:
    return card.preferred_address or Address()


def _street(address: Address) -> str:
    return f"{address.street} {address.house_number}".strip()


def _family(card: ContactCard) -> str:
    return f"{card.name_particle} {card.family_name}".strip()


def _emails(card: ContactCard) -> list[str]:
    return [email.address for email in card.emails]


def _phone(card: ContactCard, *labels: str) -> str:
    return next((phone.number for phone in card.phones if phone.label in labels), "")


def _nth(values: Sequence[str], index: int) -> str:
    return values[index] if index < len(values) else ""


def _day(card: ContactCard, form: str, empty: str = "") -> str:
    """A complete birthday as the program writes it; programs know no other."""
    if len(card.birth_date) != 10:
        return empty
    year, month, day = card.birth_date.split("-")
    return form.format(y=year, m=int(month), d=int(day))


def _cohort(card: ContactCard) -> str:
    years = [str(part.cohort_to) for part in card.affiliations if part.cohort_to]
    return _nth(years, 0)


_COUNTRY = {"": "", "DE": "Deutschland", "AT": "Österreich", "CH": "Schweiz", "SE": "Schweden", "NO": "Norwegen",
            "DK": "Dänemark", "FI": "Finnland", "GB": "Vereinigtes Königreich", "PL": "Polen", "NL": "Niederlande",
            "US": "USA"}  # fmt: skip
_GOOGLE_LABEL = {"home": "Home", "work": "Work", "mobile": "Mobile", "fax": "Work Fax", "": "Other"}


def _google_numbered(card: ContactCard, label: str) -> dict[str, str]:
    """The columns that new and old Google share, but for the word for a label (``Label`` or ``Type``)."""
    row: dict[str, str] = {}
    for number, email in enumerate(card.emails[:2], 1):
        row[f"E-mail {number} - {label}"] = ("* " if email.preferred else "") + _GOOGLE_LABEL[email.label]
        row[f"E-mail {number} - Value"] = email.address
    phones = list(card.phones)
    for number, phone in enumerate(phones[:2], 1):
        more = [other for other in phones[2:] if number == 2]
        row[f"Phone {number} - {label}"] = _GOOGLE_LABEL[phone.label]
        row[f"Phone {number} - Value"] = " ::: ".join(each.number for each in (phone, *more))
    if card.addresses:
        where = _address(card)
        place = f"{where.postcode} {where.town}".strip()
        row[f"Address 1 - {label}"] = _GOOGLE_LABEL[where.label]
        row["Address 1 - Formatted"] = "\n".join(filter(None, (_street(where), where.extra, place, where.country)))
        row["Address 1 - Street"] = _street(where)
        row["Address 1 - Extended Address"] = where.extra
        row["Address 1 - City"] = where.town
        row["Address 1 - Region"] = where.region
        row["Address 1 - Postal Code"] = where.postcode
        row["Address 1 - Country"] = where.country
    for link in card.links[:1]:
        row[f"Website 1 - {label}"], row["Website 1 - Value"] = "Profile", link.url
    return row


def _google_new(card: ContactCard) -> Row:
    return {
        "First Name": card.given_name,
        "Middle Name": card.additional_names,
        "Last Name": _family(card),
        "Name Prefix": card.title,
        "Nickname": card.call_name,
        "Organization Name": card.organisation,
        "Organization Title": card.position,
        "Organization Department": card.department,
        "Birthday": card.birth_date if card.birth_date.startswith("--") else _day(card, "{y}-{m:02}-{d:02}"),
        "Notes": card.remark,
        "Labels": " ::: ".join((*card.tags, "* myContacts")),
        **_google_numbered(card, "Label"),
    }


def _google_old(card: ContactCard) -> Row:
    row = {
        "Name": " ".join(filter(None, (card.title, card.given_name, card.additional_names, _family(card)))),
        "Given Name": card.given_name,
        "Additional Name": card.additional_names,
        "Family Name": _family(card),
        "Name Prefix": card.title,
        "Nickname": card.call_name,
        "Maiden Name": card.birth_name,
        "Birthday": _day(card, "{y}-{m:02}-{d:02}"),
        "Notes": card.remark,
        "Group Membership": " ::: ".join((*card.tags, "* myContacts")),
        **_google_numbered(card, "Type"),
    }
    if card.organisation or card.position:
        row["Organization 1 - Name"], row["Organization 1 - Title"] = card.organisation, card.position
        row["Organization 1 - Department"] = card.department
    return row


def _outlook_en(card: ContactCard) -> Row:
    where, emails = _address(card), _emails(card)
    return {
        "Title": card.title,
        "First Name": card.given_name,
        "Middle Name": card.additional_names,
        "Last Name": _family(card),
        "Company": card.organisation,
        "Department": card.department,
        "Job Title": card.position,
        "Home Street": _street(where),
        "Home Street 2": where.extra,
        "Home City": where.town,
        "Home State": where.region,
        "Home Postal Code": where.postcode,
        "Home Country/Region": where.country,
        "Home Phone": _phone(card, "home"),
        "Mobile Phone": _phone(card, "mobile"),
        "Business Phone": _phone(card, "work"),
        "Home Fax": _phone(card, "fax"),
        "Birthday": _day(card, "{m}/{d}/{y}", "0/0/00"),
        "Anniversary": "0/0/00",
        "Categories": ";".join(card.tags),
        "E-mail Address": _nth(emails, 0),
        "E-mail Type": "SMTP" if emails else "",
        "E-mail Display Name": f"{card.name} ({emails[0]})" if emails else "",
        "E-mail 2 Address": _nth(emails, 1),
        "Gender": "Unspecified",
        "Notes": card.remark,
        "Priority": "Normal",
        "Private": "False",
        "Sensitivity": "Normal",
        "Web Page": card.links[0].url if card.links else "",
    }


def _outlook_de(card: ContactCard) -> Row:
    where, emails = _address(card), _emails(card)
    return {
        "Anrede": {"f": "Frau", "m": "Herr"}.get(card.gender_form, ""),
        "Vorname": card.given_name,
        "Weitere Vornamen": card.additional_names,
        "Nachname": _family(card),
        "Firma": card.organisation,
        "Abteilung": card.department,
        "Position": card.position,
        "Straße privat": _street(where),
        "Straße privat 2": where.extra,
        "Ort privat": where.town,
        "Bundesland/Kanton privat": where.region,
        "Postleitzahl privat": where.postcode,
        "Land/Region privat": _COUNTRY[where.country],
        "Telefon (privat)": _phone(card, "home"),
        "Mobiltelefon": _phone(card, "mobile"),
        "Telefon geschäftlich": _phone(card, "work"),
        "Fax privat": _phone(card, "fax"),
        "Geburtstag": _day(card, "{d}.{m}.{y}", "0.0.00"),
        "Jahrestag": "0.0.00",
        "Kategorien": ";".join(card.tags),
        "E-Mail-Adresse": _nth(emails, 0),
        "E-Mail-Typ": "SMTP" if emails else "",
        "E-Mail: Angezeigter Name": f"{card.name} ({emails[0]})" if emails else "",
        "E-Mail 2: Adresse": _nth(emails, 1),
        "Geschlecht": "Keine Angabe",
        "Notizen": card.remark,
        "Priorität": "Normal",
        "Privat": "Aus",
        "Vertraulichkeit": "Normal",
        "Webseite": card.links[0].url if card.links else "",
    }


def _thunderbird(card: ContactCard, program: str) -> Row:
    """Thunderbird has the same columns in the same order in every language."""
    where, emails = _address(card), _emails(card)
    complete = len(card.birth_date) == 10
    english = {
        "First Name": card.given_name,
        "Last Name": _family(card),
        "Display Name": card.name,
        "Nickname": card.call_name,
        "Primary Email": _nth(emails, 0),
        "Secondary Email": _nth(emails, 1),
        "Work Phone": _phone(card, "work"),
        "Home Phone": _phone(card, "home"),
        "Fax Number": _phone(card, "fax"),
        "Mobile Number": _phone(card, "mobile"),
        "Home Address": _street(where),
        "Home Address 2": where.extra,
        "Home City": where.town,
        "Home State": where.region,
        "Home ZipCode": where.postcode,
        "Home Country": where.country,
        "Job Title": card.position,
        "Department": card.department,
        "Organization": card.organisation,
        "Web Page 2": card.links[0].url if card.links else "",
        "Birth Year": card.birth_date[:4] if complete else "",
        "Birth Month": str(int(card.birth_date[5:7])) if complete else "",
        "Birth Day": str(int(card.birth_date[8:])) if complete else "",
        "Custom 1": _cohort(card),
        "Notes": card.remark,
    }
    return {
        HEADERS[program][place]: english[head]
        for place, head in enumerate(HEADERS["thunderbird_en"])
        if english.get(head)
    }


def _thunderbird_en(card: ContactCard) -> Row:
    return _thunderbird(card, "thunderbird_en")


def _thunderbird_de(card: ContactCard) -> Row:
    return _thunderbird(card, "thunderbird_de")


def _excel_de(card: ContactCard) -> Row:
    """The list of an office, with the headings that people type."""
    where = _address(card)
    return {
        "Anrede": {"f": "Frau", "m": "Herr"}.get(card.gender_form, ""),
        "Titel": card.title,
        "Vorname": card.given_name,
        "Nachname": _family(card),
        "Straße und Nr.": _street(where),
        "PLZ": where.postcode,
        "Ort": where.town,
        "E-Mail privat": _nth(_emails(card), 0),
        "Telefon": _phone(card, "home", "work"),
        "Handy": _phone(card, "mobile"),
        "Jahrgang": _cohort(card),
    }


# vCards ------------------------------------------------------------------------------------------------------------

_TEL3 = {"home": "HOME,VOICE", "work": "WORK,VOICE", "mobile": "CELL,VOICE", "fax": "HOME,FAX", "": "VOICE"}
_TEL21 = {"home": "HOME", "work": "WORK", "mobile": "CELL", "fax": "FAX", "": "VOICE"}


def _vcard3(card: ContactCard) -> str:
    """As a phone with an apple on it writes it: groups with labels, types in commas, folded at 75 bytes."""
    where, lines = _address(card), ["BEGIN:VCARD", "VERSION:3.0", "PRODID:-//Apple Inc.//iPhone OS 18.1//EN"]
    name = (_family(card), card.given_name, card.additional_names, card.title, "")
    lines += [f"N:{';'.join(map(_escaped, name))}", f"FN:{_escaped(card.name)}"]
    if card.call_name:
        lines.append(f"NICKNAME:{_escaped(card.call_name)}")
    if card.organisation:
        lines.append(f"ORG:{_escaped(card.organisation)};{_escaped(card.department)}")
    if card.position:
        lines.append(f"TITLE:{_escaped(card.position)}")
    for email in card.emails:
        preferred = ";type=pref" if email.preferred else ""
        lines.append(f"EMAIL;type=INTERNET;type={(email.label or 'home').upper()}{preferred}:{email.address}")
    lines += [f"TEL;type={_TEL3[phone.label].replace(',', ';type=')}:{phone.number}" for phone in card.phones]
    if card.addresses:
        parts = ("", where.extra, _street(where), where.town, where.region, where.postcode, where.country)
        lines.append(f"item1.ADR;type=HOME;type=pref:{';'.join(map(_escaped, parts))}")
        lines.append(f"item1.X-ABADR:{(where.country or 'DE').lower()}")
    for link in card.links:
        lines += [f"item2.URL;type=pref:{link.url}", "item2.X-ABLabel:_$!<HomePage>!$_"]
    if len(card.birth_date) == 10:
        lines.append(f"BDAY:{card.birth_date}")
    elif card.birth_date.startswith("--"):
        lines.append(f"BDAY;X-APPLE-OMIT-YEAR=1604:1604{card.birth_date[1:]}")
    if card.remark:
        lines.append(f"NOTE:{_escaped(card.remark)}")
    return "".join(map(_folded, [*lines, "END:VCARD"]))


def _escaped(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def _folded(line: str) -> str:
    """The line in pieces of at most 75 bytes, never within a character (RFC 2426, section 2.6)."""
    pieces, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > 75:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += width
    return "\r\n".join(pieces) + "\r\n"


def _vcard21(card: ContactCard) -> str:
    """As older phones write it: bare types, quoted-printable for everything that is not ASCII."""
    where = _address(card)
    lines = ["BEGIN:VCARD", "VERSION:2.1"]
    lines.append(_quoted("N", ";".join((_family(card), card.given_name, card.additional_names, card.title, ""))))
    lines.append(_quoted("FN", card.name))
    lines += [f"TEL;{_TEL21[phone.label]}{_preferred(phone)}:{phone.number}" for phone in card.phones]
    lines += [f"EMAIL;{(email.label or 'home').upper()}:{email.address}" for email in card.emails]
    if card.addresses:
        parts = ("", where.extra, _street(where), where.town, where.region, where.postcode, where.country)
        lines.append(_quoted("ADR;HOME", ";".join(parts)))
    if card.organisation:
        lines.append(_quoted("ORG", f"{card.organisation};{card.department}"))
    if card.position:
        lines.append(_quoted("TITLE", card.position))
    if len(card.birth_date) == 10:
        lines.append(f"BDAY:{card.birth_date}")
    if card.remark:
        lines.append(_quoted("NOTE", card.remark))
    return "\r\n".join([*lines, "END:VCARD", ""])


def _preferred(phone: Phone) -> str:
    return ";PREF" if phone.preferred else ""


def _quoted(name: str, text: str) -> str:
    """A property of vCard 2.1; soft line breaks as in RFC 2045."""
    if text.isascii():
        return f"{name}:{text}"
    coded = quopri.encodestring(text.encode()).decode("ascii").replace("\n", "\r\n")
    return f"{name};CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{coded}"


if __name__ == "__main__":
    main()
