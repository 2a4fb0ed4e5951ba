"""What each vCard property means to us: one function for each, from a line to typed values."""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Callable, Mapping
from enum import Enum

from alumnidesk.domain import dates
from alumnidesk.domain.addresses import country_name
from alumnidesk.domain.cards import ORGANISATION, PERSON, Address, Affiliation, Email, Foreign, Link, OwnValue, Phone
from alumnidesk.domain.checking import is_email, is_phone
from alumnidesk.domain.fields import Kind, by_key, single_valued
from alumnidesk.domain.ties import ConsentTie, HouseholdTie, RelationTie, from_texts
from alumnidesk.formats import cells, pictures
from alumnidesk.formats.gathering import Gathered
from alumnidesk.formats.vcard_lines import Line
from alumnidesk.formats.vcard_text import components, unescape, unescape_param
from alumnidesk.formats.vcard_types import label_for
from alumnidesk.i18n import say

SOURCE, SHADOW = "vcard", "vcard-shadow"
"""Sources of a `Foreign`: a property that we do not understand, and the line behind a typed value."""


class Taken(Enum):
    """What became of a line."""

    WHOLE = "whole"
    """The typed value says all of it."""
    PARTLY = "partly"
    """There is a typed value, and the line says more."""
    NOT = "not"
    """Kept as it is."""


def clean(text: str) -> str:
    """Text as we keep it: composed, without spaces around it and NULs in it."""
    text = text.strip()
    return text if text.isascii() else unicodedata.normalize("NFC", text)


Take = Callable[[Gathered, Line, str], Taken]


def exact(line: Line, whole: bool = True) -> Taken:
    """WHOLE if the value was and the line has no parameters that we do not keep."""
    head = line.head
    return Taken.WHOLE if whole and not head.others and not head.types and not head.preferred else Taken.PARTLY


def _name(made: Gathered, line: Line, label: str) -> Taken:
    keys = ("family_name", "given_name", "additional_names", "title", "suffix")
    if any(key in made.values for key in keys):
        return Taken.NOT
    parts = components(line.value)
    whole = not any(part.strip() for part in parts[5:])
    for key, part in zip(keys, parts, strict=False):
        pieces = components(part, ",")
        if len(pieces) > 1:
            whole = False
        if text := clean((" " if key in keys[2:] else ",").join(map(unescape, pieces))):
            made.values[key] = text
    return exact(line, whole)


def _organisation(made: Gathered, line: Line, label: str) -> Taken:
    if "organisation" in made.values or "department" in made.values:
        return Taken.NOT
    parts = [clean(unescape(part)) for part in components(line.value)]
    while parts and not parts[-1]:
        parts.pop()
    for key, text in zip(("organisation", "department"), parts, strict=False):
        if text:
            made.values[key] = text
    return exact(line, len(parts) <= 2)


def _text(key: str) -> Take:
    """A property that is one plain text of ours; a second one of its kind is kept as it came."""

    def take(made: Gathered, line: Line, label: str) -> Taken:
        text = clean(unescape(line.value))
        if not text:
            return Taken.WHOLE
        if key in made.values:
            return Taken.NOT
        made.values[key] = text
        return exact(line)

    return take


def _nickname(made: Gathered, line: Line, label: str) -> Taken:
    """One of several names is not told from the others; they stay one text, and go back as several."""
    taken = _text("call_name")(made, line, label)
    return Taken.PARTLY if taken is Taken.WHOLE and len(components(line.value, ",")) > 1 else taken


def _chosen(key: str) -> Take:
    """A flag, choice or language."""
    field = by_key(key)

    def take(made: Gathered, line: Line, label: str) -> Taken:
        value = cells.single_value(field, unescape(line.value))
        if not value or key in made.values:
            return Taken.NOT
        made.values[key] = value
        return exact(line, line.value.strip() == value)

    return take


def _kind(made: Gathered, line: Line, label: str) -> Taken:
    kind = {"individual": PERSON, "org": ORGANISATION}.get(line.value.strip().casefold(), "")
    if not kind:
        return Taken.NOT
    made.values["kind"] = kind
    return Taken.WHOLE


def _apple_company(made: Gathered, line: Line, label: str) -> Taken:
    if line.value.strip().upper() == "COMPANY":
        made.values.setdefault("kind", ORGANISATION)
        return Taken.WHOLE
    return Taken.NOT


def _date(key: str) -> Take:
    def take(made: Gathered, line: Line, label: str) -> Taken:
        value = line.value.strip()
        if not value:
            return Taken.WHOLE
        date = "" if dates.is_blank(value) else dates.read(value)
        if date[:4] == dict(line.head.params).get("X-APPLE-OMIT-YEAR", ("",))[0] and len(date) == 10:
            date = "-" + date[4:]
        if not date or key in made.values or ("VALUE", ("text",)) in line.head.params:
            return Taken.NOT
        made.values[key] = date
        exact = value == date or value.replace("-", "") == date.replace("-", "")
        return Taken.WHOLE if exact and set(line.head.others) <= {"VALUE"} else Taken.PARTLY

    return take


def _death(made: Gathered, line: Line, label: str) -> Taken:
    """RFC 6474; ours without a day is ``DEATHDATE;VALUE=text:unknown``."""
    made.values["deceased"] = cells.YES
    if line.value.strip() == "unknown":
        return Taken.WHOLE
    return _date("deceased_on")(made, line, label)


def _labelled(made: Gathered, line: Line, label: str) -> tuple[str, bool]:
    """The label of a line, and whether it says all that the parameters say."""
    known, whole = label_for(line.head.name, line.head.types)
    whole = whole and set(line.head.others) <= _OUR_PARAMS
    return (label, whole and not known) if label else (known, whole)


HOUSE_NUMBER, CARE_OF = "X-ALUMNIDESK-HOUSE-NUMBER", "X-ALUMNIDESK-CARE-OF"
RETURNED = "X-ALUMNIDESK-RETURNED-SINCE"
"""Parameter of an e-mail or address: the day since which nothing reaches it."""
_OUR_PARAMS = frozenset({"VALUE", HOUSE_NUMBER, CARE_OF, RETURNED})


def _returned(line: Line) -> tuple[str, bool]:
    """Since when nothing reaches it, and whether that could be read."""
    text = dict(line.head.params).get(RETURNED, ("",))[0]
    return (text, True) if not text or dates.is_stored(text) else ("", False)


def _phone(made: Gathered, line: Line, label: str) -> Taken:
    number = clean(unescape(line.value))
    if not number:
        return Taken.NOT if line.head.others else Taken.WHOLE
    if not is_phone(number):
        made.remark(number, say("This is not a phone number; it was kept as it is."), line.number)
        return Taken.NOT
    kind, whole = _labelled(made, line, label)
    plain = number.removeprefix("tel:")
    made.phones.append(Phone(plain, kind, line.head.preferred))
    return Taken.WHOLE if whole and plain == number else Taken.PARTLY


def _email(made: Gathered, line: Line, label: str) -> Taken:
    address = clean(unescape(line.value))
    if not address:
        return Taken.NOT if line.head.others else Taken.WHOLE
    if not is_email(address):
        made.remark(address, say("This is not an e-mail address; it was kept as it is."), line.number)
        return Taken.NOT
    kind, whole = _labelled(made, line, label)
    since, understood = _returned(line)
    made.emails.append(Email(address, kind, line.head.preferred, since))
    return Taken.WHOLE if whole and understood else Taken.PARTLY


def _url(made: Gathered, line: Line, label: str) -> Taken:
    url = clean(unescape(line.value))
    if not url:
        return Taken.NOT if line.head.others else Taken.WHOLE
    kind, whole = _labelled(made, line, label)
    made.links.append(Link(url, kind))
    return Taken.WHOLE if whole and not line.head.preferred else Taken.PARTLY


def _address(made: Gathered, line: Line, label: str) -> Taken:
    parts = components(line.value)
    box, extra, street, town, region, postcode, country = [
        clean(unescape(part)) for part in (*parts[:7], *[""] * (7 - len(parts)))
    ]
    if not any((box, extra, street, town, region, postcode, country)):
        return Taken.NOT if any(part.strip() for part in parts) or line.head.others else Taken.WHOLE
    kind, whole = _labelled(made, line, label)
    params = dict(line.head.params)
    house_number = unescape_param(params.get(HOUSE_NUMBER, ("",))[0])
    care_of = unescape_param(params.get(CARE_OF, ("",))[0])
    street = street.removesuffix(house_number).rstrip() if house_number else street
    extra = extra.removeprefix(f"c/o {care_of}").removeprefix(", ") if care_of else extra
    since, understood = _returned(line)
    code = cells.country(country)
    whole = whole and understood and (country_name(code, "en") or code) == country
    made.addresses.append(
        Address(
            street, house_number, extra, box, postcode, town, region, code, care_of, kind,
            line.head.preferred, since,
        )
    )  # fmt: skip
    return Taken.WHOLE if whole and not any(part.strip() for part in parts[7:]) else Taken.PARTLY


def _categories(made: Gathered, line: Line, label: str) -> Taken:
    for part in components(line.value, ","):
        tag = clean(unescape(part))
        if tag and tag not in made.tags:
            made.tags.append(tag)
    return Taken.WHOLE if not line.head.others else Taken.PARTLY


def _uid(made: Gathered, line: Line, label: str) -> Taken:
    if made.uid:
        return Taken.NOT
    text = clean(unescape(line.value))
    made.uid = text.removeprefix("urn:uuid:")
    return exact(line, made.uid == text)


def _affiliation(made: Gathered, line: Line, label: str) -> Taken:
    """Our own: unit;role;programme;cohort from;cohort to;degree;began;ended."""
    parts = [clean(unescape(part)) for part in components(line.value)]
    if len(parts) != 8 or any(year and not year.isdecimal() for year in parts[3:5]):
        return Taken.NOT
    unit, role, programme, first, last, degree, began, ended = parts
    years = int(first) if first else None, int(last) if last else None
    made.affiliations.append(Affiliation(unit, role, programme, *years, degree, began, ended))
    return Taken.WHOLE


def _own(made: Gathered, line: Line, label: str) -> Taken:
    """Our own: name of the field;value."""
    parts = [unescape(part) for part in components(line.value)]
    if len(parts) != 2 or not all(parts) or any(value.field == parts[0] for value in made.own):
        return Taken.NOT
    made.own.append(OwnValue(parts[0], parts[1]))
    return Taken.WHOLE


def _household(made: Gathered, line: Line, label: str) -> Taken:
    """Our own, like the two that follow: the texts of a tie, divided by semicolons (`domain.ties`)."""
    tie = from_texts(HouseholdTie, _components(line))
    if tie is None or made.household is not None:
        return Taken.NOT
    made.household = tie
    return Taken.WHOLE


def _relationship(made: Gathered, line: Line, label: str) -> Taken:
    if (tie := from_texts(RelationTie, _components(line))) is None:
        return Taken.NOT
    made.relations.append(tie)
    return Taken.WHOLE


def _consent(made: Gathered, line: Line, label: str) -> Taken:
    if (tie := from_texts(ConsentTie, _components(line))) is None:
        return Taken.NOT
    made.consents.append(tie)
    return Taken.WHOLE


def _components(line: Line) -> list[str]:
    return [unescape(part) for part in components(line.value)]


REPEATED = "X-ALUMNIDESK-REPEATED"
"""Parameter of what other programs understand and a property of our own says in full."""


def _related(made: Gathered, line: Line, label: str) -> Taken:
    return Taken.WHOLE if REPEATED in line.head.others else Taken.NOT


_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")
_DATA = re.compile(r"data:[^,\\]*\\?;base64\\?,", re.IGNORECASE)


def _photo(made: Gathered, line: Line, label: str) -> Taken:
    """A picture in the card itself. One that lies elsewhere is not fetched; what cannot be used is kept as it came."""
    data = _DATA.match(line.value)
    text = line.value[data.end() :] if data else line.value
    if made.photo or not text.strip() or not (data or line.head.encoding == "BASE64" or _BASE64.fullmatch(text)):
        return Taken.NOT
    try:
        picture = base64.b64decode("".join(text.split()), validate=True)
    except ValueError:
        made.remark(line.head.name, say("The photo is damaged; it was kept as it came."), line.number)
        return Taken.NOT
    if (reason := pictures.why_not(picture)) is not None:
        why = say("The photo was kept as it came and is not shown: {reason}", reason=reason[0])
        made.remark(line.head.name, why, line.number)
        return Taken.NOT
    made.photo = picture
    return Taken.WHOLE


def _kept(made: Gathered, line: Line, label: str) -> Taken:
    """Our own: what another kind of file said and we did not understand, as source;name;text."""
    parts = [unescape(part) for part in components(line.value)]
    if len(parts) != 3:
        return Taken.NOT
    made.foreign.append(Foreign(parts[0], parts[1], parts[2]))
    return Taken.WHOLE


PLAIN = tuple(
    field
    for field in single_valued()
    if "." not in field.vcard and field.key not in ("kind", "deceased", "deceased_on")
)
"""Fields that are a property of their own which holds nothing but their value."""
_TAKES: Mapping[Kind, Callable[[str], Take]] = {
    Kind.DATE: _date, Kind.FLAG: _chosen, Kind.CHOICE: _chosen, Kind.LANGUAGE: _chosen,
}  # fmt: skip

PROPERTIES: Mapping[str, Take] = {
    **{field.vcard: _TAKES.get(field.kind, _text)(field.key) for field in PLAIN},
    "N": _name,
    "ORG": _organisation,
    "NICKNAME": _nickname,
    "X-ALUMNIDESK-AFFILIATION": _affiliation,
    "X-ALUMNIDESK-OWN": _own,
    "X-ALUMNIDESK-HOUSEHOLD": _household,
    "X-ALUMNIDESK-RELATIONSHIP": _relationship,
    "X-ALUMNIDESK-CONSENT": _consent,
    "RELATED": _related,
    "X-ALUMNIDESK-KEPT": _kept,
    "KIND": _kind,
    "X-ABSHOWAS": _apple_company,
    "DEATHDATE": _death,
    "TEL": _phone,
    "EMAIL": _email,
    "ADR": _address,
    "URL": _url,
    "CATEGORIES": _categories,
    "UID": _uid,
    "PHOTO": _photo,
}
