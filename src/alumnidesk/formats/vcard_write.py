"""Cards to vCard 3.0 or 4.0, streaming. Lines that we kept are written back as they came, see `vcard_read`."""

from __future__ import annotations

import base64
import re
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from alumnidesk.domain.addresses import country_name
from alumnidesk.domain.cards import ORGANISATION, Address, ContactCard, Foreign
from alumnidesk.domain.fields import Kind
from alumnidesk.domain.ties import BACK, FORTH, NO_TIES, ConsentTie, HouseholdTie, RelationTie, Ties, texts_of
from alumnidesk.formats.gathering import Gathered
from alumnidesk.formats.pictures import media_type
from alumnidesk.formats.vcard_heads import head_of
from alumnidesk.formats.vcard_lines import Line
from alumnidesk.formats.vcard_names import NO_NAME, says_name
from alumnidesk.formats.vcard_properties import CARE_OF, HOUSE_NUMBER, PLAIN, REPEATED, RETURNED, SHADOW, SOURCE, clean
from alumnidesk.formats.vcard_read import take_lines
from alumnidesk.formats.vcard_text import escape, escape_param, escape_whole, fold, unescape
from alumnidesk.formats.vcard_types import types_for

VERSIONS = ("3.0", "4.0")
_CHUNK = 200
_MOST_AT_ONCE = 4_000_000
"""Cards and characters that one piece of a file holds."""


def write_all(
    cards: Iterable[ContactCard],
    version: str = "3.0",
    photo: Callable[[ContactCard], bytes] = lambda card: b"",
    ties: Mapping[int, Ties] = MappingProxyType({}),
) -> Iterator[bytes]:
    """A file of many cards in pieces; `photo` finds their pictures, `ties` has their ties by id. Raises ValueError for
    a version that we do not write."""
    pieces: list[str] = []
    size = 0
    for card in cards:
        pieces.append(write(card, version, photo(card), ties.get(card.id or 0, NO_TIES)))
        size += len(pieces[-1])
        if len(pieces) >= _CHUNK or size > _MOST_AT_ONCE:
            yield "".join(pieces).encode()
            pieces.clear()
            size = 0
    yield "".join(pieces).encode()


def write(card: ContactCard, version: str = "3.0", photo: bytes = b"", ties: Ties = NO_TIES) -> str:
    """One card, lines ended by CRLF and folded at 75 octets. Raises ValueError for a version that we do not write."""
    if version not in VERSIONS:
        raise ValueError(f"vCard {version} is not written")
    kept = _Kept(card) if any(f.source == SHADOW for f in card.foreign) else _NOTHING
    lines = [f"VERSION:{version}", *_identity(card, kept, version)]
    lines += _names(card, kept, version)
    for key, name, shown in _PLAIN:
        if value := getattr(card, key):
            lines.append(kept.single(name) or f"{name}:{shown(value, version)}")
    if card.deceased_on:
        lines.append(kept.single("DEATHDATE") or f"DEATHDATE:{_date(card.deceased_on, version)}")
    elif card.deceased:
        lines.append("DEATHDATE;VALUE=text:unknown")
    lines += _Labelled(card, kept, version).lines()
    lines += kept.categories
    if tags := [tag for tag in card.tags if tag not in kept.tags]:
        lines.append(f"CATEGORIES:{','.join(escape_whole(tag, version) for tag in tags)}")
    for a in card.affiliations:
        years = ("" if year is None else str(year) for year in (a.cohort_from, a.cohort_to))
        parts = (a.unit, a.role, a.programme, *years, a.degree, a.began, a.ended)
        lines.append(f"X-ALUMNIDESK-AFFILIATION:{';'.join(map(escape, parts))}")
    lines += [f"X-ALUMNIDESK-OWN:{escape(own.field)};{escape(own.value)}" for own in card.own]
    lines += _tied(ties, version) if ties else ()
    if photo:
        lines.append(_photo(photo, version))
    lines += [_foreign(f) for f in card.foreign if f.source != SHADOW]
    return f"BEGIN:VCARD\r\n{''.join([fold(line) + _END for line in lines if line])}END:VCARD\r\n"


_END = "\r\n"


def _date(date: str, version: str) -> str:
    """Without dashes in a whole date of vCard 4.0 (RFC 6350, section 4.3)."""
    return date.replace("-", "") if version == "4.0" and len(date) == 10 else date


def _flag(value: bool, version: str) -> str:
    return "1"


_SHOWN: Mapping[Kind, Callable[[Any, str], str]] = {Kind.DATE: _date, Kind.FLAG: _flag}
_PLAIN = tuple((field.key, field.vcard, _SHOWN.get(field.kind, escape_whole)) for field in PLAIN)


def _photo(photo: bytes, version: str) -> str:
    """A picture as vCard 3.0 (RFC 2426, section 3.1.4) or 4.0 (RFC 6350, section 6.2.4) wants it.

    The comma is escaped as that of any value (RFC 6350, section 3.4): some servers cut off what follows a bare one.
    """
    kind, text = media_type(photo), base64.b64encode(photo).decode("ascii")
    if version == "4.0":
        return f"PHOTO:data:{kind};base64\\,{text}"
    return f"PHOTO;ENCODING=b;TYPE={kind.removeprefix('image/').upper()}:{text}"


_RELATED: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("spouse", FORTH): "spouse", ("spouse", BACK): "spouse", ("parent", FORTH): "child", ("parent", BACK): "parent",
        ("sibling", FORTH): "sibling", ("sibling", BACK): "sibling", ("colleague", FORTH): "colleague",
        ("colleague", BACK): "colleague", ("knows", FORTH): "acquaintance", ("knows", BACK): "acquaintance",
        ("contact_person", BACK): "contact",
    }
)  # fmt: skip
"""What the other one is called where RFC 6350, section 6.6.6, has a word for it."""


def _tied(ties: Ties, version: str) -> list[str]:
    """Our own properties in full; beside them, in vCard 4.0, what other programs understand."""
    lines = [f"X-ALUMNIDESK-HOUSEHOLD:{_texts(ties.household)}"] if ties.household is not None else []
    for tie in ties.relations:
        lines.append(f"X-ALUMNIDESK-RELATIONSHIP:{_texts(tie)}")
        if version == "4.0" and (kind := _RELATED.get((tie.kind, tie.side))):
            value = f":urn:uuid:{tie.other}" if _is_uuid(tie.other) else f";VALUE=text:{escape(tie.other)}"
            lines.append(f"RELATED;TYPE={kind};{REPEATED}=1{value}")
    return lines + [f"X-ALUMNIDESK-CONSENT:{_texts(tie)}" for tie in ties.consents]


def _texts(tie: HouseholdTie | RelationTie | ConsentTie) -> str:
    return ";".join(map(escape, texts_of(tie)))


def _identity(card: ContactCard, kept: _Kept, version: str) -> list[str]:
    """UID and kind. The UID is written as bare as Thunderbird, Apple and Nextcloud do: with ``urn:uuid:`` in front it
    would be somebody else's to them."""
    lines = []
    if card.uid:
        lines.append(kept.single("UID") or f"UID:{escape(card.uid)}")
    if card.kind == ORGANISATION:
        lines.append("KIND:org")
        if version == "3.0":
            lines.append("X-ABShowAs:COMPANY")
    elif version == "4.0" or (card.organisation and not (card.given_name or card.family_name or card.call_name)):
        lines.append("KIND:individual")
    return lines


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _names(card: ContactCard, kept: _Kept, version: str) -> list[str]:
    family = f"{card.name_particle} {card.family_name}" if card.name_particle and card.family_name else card.family_name
    parts = (family, card.given_name, card.additional_names, card.title, card.suffix)
    lines = [kept.single("N") or f"N:{';'.join(map(escape, parts))}"]
    lines += kept.full_names or [f"FN:{escape_whole(card.name or card.call_name or NO_NAME, version)}"]
    if card.organisation or card.department:
        department = f";{escape(card.department)}" if card.department else ""
        lines.append(kept.single("ORG") or f"ORG:{escape(card.organisation)}{department}")
    return lines


def _foreign(foreign: Foreign) -> str:
    """A line of a vCard as it came; what another kind of file said in a property of our own."""
    if foreign.source != SOURCE:
        return f"X-ALUMNIDESK-KEPT:{escape(foreign.source)};{escape(foreign.name)};{escape(foreign.raw)}"
    if ":" not in foreign.raw:
        return ""
    return foreign.raw.replace("\r", "").replace("\n", "\\n")


# Values with labels ------------------------------------------------------------------------------------------------


class _Labelled:
    """Phones, e-mails, addresses and links; a label that vCard has no word for goes into a group with ``X-ABLabel``."""

    def __init__(self, card: ContactCard, kept: _Kept, version: str) -> None:
        self._card, self._kept, self._version = card, kept, version
        self._groups = 0
        self._taken = {f.raw.partition(".")[0] for f in card.foreign if f.source in (SOURCE, SHADOW)}

    def lines(self) -> list[str]:
        card = self._card
        found: list[list[str]] = []
        for email in card.emails:
            found.append(self._kept.part("emails", email) or self._text("EMAIL", email, email.address))
        for phone in card.phones:
            found.append(self._kept.part("phones", phone) or self._text("TEL", phone, phone.number))
        for address in card.addresses:
            found.append(self._kept.part("addresses", address) or self._address(address))
        for link in card.links:
            found.append(self._kept.part("links", link) or self._text("URL", link, link.url))
        return [line for lines in found for line in lines]

    def _text(self, name: str, part: Any, text: str) -> list[str]:
        return self._line(name, part, escape_whole(text, self._version))

    def _line(self, name: str, part: Any, value: str, params: str = "") -> list[str]:
        types = types_for(name, part.label)
        if since := getattr(part, "undeliverable_since", ""):
            params += f";{RETURNED}={since}"
        if getattr(part, "preferred", False):
            if self._version == "4.0":
                params += ";PREF=1"
            else:
                types = (*(types or ()), "PREF") if types is not None else None
                params += ";TYPE=PREF" if types is None else ""
        if types:
            return [f"{name};TYPE={','.join(types)}{params}:{value}"]
        if types is not None:
            return [f"{name}{params}:{value}"]
        group = self._next_group()
        return [f"{group}.{name}{params}:{value}", f"{group}.X-ABLabel:{escape_whole(part.label, self._version)}"]

    def _next_group(self) -> str:
        self._groups += 1
        while f"item{self._groups}" in self._taken:
            self._groups += 1
        return f"item{self._groups}"

    def _address(self, address: Address) -> list[str]:
        """In the seven components that every program knows; what we keep apart is joined and named by a parameter."""
        params = ""
        extra, street = address.extra, address.street
        if address.care_of:
            extra = ", ".join(filter(None, (f"c/o {address.care_of}", extra)))
            params += f";{CARE_OF}={escape_param(address.care_of)}"
        if address.house_number:
            street = f"{street} {address.house_number}".lstrip()
            params += f";{HOUSE_NUMBER}={escape_param(address.house_number)}"
        country = country_name(address.country, "en") or address.country
        parts = (address.po_box, extra, street, address.town, address.region, address.postcode, country)
        return self._line("ADR", address, ";".join(map(escape, parts)), params)


# Lines behind typed values -----------------------------------------------------------------------------------------


class _Kept:
    """The lines behind a card's values that still say what the card says; lines of changed values are forgotten."""

    def __init__(self, card: ContactCard | None) -> None:
        self.tags: frozenset[str] = frozenset()
        self.categories: list[str] = []
        self.full_names: list[str] = []
        self._singles: dict[str, str] = {}
        self._parts: defaultdict[str, defaultdict[Any, list[list[str]]]] = defaultdict(lambda: defaultdict(list))
        if card is not None:
            self._read(card)

    def single(self, name: str) -> str:
        """The line behind a property that there is once, or an empty text."""
        return self._singles.get(name, "")

    def part(self, attribute: str, part: Any) -> list[str]:
        """The lines behind this e-mail, phone … (the value and perhaps its label), used once; or none."""
        if attribute not in self._parts:
            return []
        lines = self._parts[attribute].get(replace(part, id=None) if part.id else part)
        return lines.pop(0) if lines else []

    def _read(self, card: ContactCard) -> None:
        labels = [(f.source, line) for f in card.foreign if f.name == "X-ABLABEL" and (line := _lexed(f))]
        full_names = []
        for foreign in card.foreign:
            line = _lexed(foreign) if foreign.source == SHADOW else None
            if line is None:
                continue
            if foreign.name == "FN":
                full_names.append(line)
            elif foreign.name != "X-ABLABEL":
                self._take(card, line, [of for of in labels if line.head.group and of[1].head.group == line.head.group])
        self.full_names = [line.raw for line in full_names if "N" in self._singles or _says_name(line, card)]

    def _take(self, card: ContactCard, line: Line, labels: list[tuple[str, Line]]) -> None:
        made = _made([line, *(label for _, label in labels)])
        raw = [line.raw, *(label.raw for source, label in labels if source == SHADOW)]
        for attribute in ("emails", "phones", "addresses", "links"):
            for part in getattr(made, attribute):
                self._parts[attribute][part].append(raw)
        if made.tags and set(made.tags) <= set(card.tags):
            self.tags |= set(made.tags)
            self.categories.append(line.raw)
        if line.head.name == "UID" and made.uid == card.uid:
            self._singles.setdefault("UID", line.raw)
        elif line.head.name == "N":
            if _says(_made([line, *_particle_line(card)]), card, _PERSONAL):
                self._singles.setdefault("N", line.raw)
        elif made.values and _says(made, card, ()):
            self._singles.setdefault(line.head.name, line.raw)


_PERSONAL = ("title", "given_name", "additional_names", "name_particle", "family_name", "suffix")


def _particle_line(card: ContactCard) -> list[Line]:
    raw = f"X-ALUMNIDESK-PARTICLE:{escape(card.name_particle)}"
    line = _lexed(Foreign(SOURCE, "", raw)) if card.name_particle else None
    return [line] if line else []


def _says(made: Gathered, card: ContactCard, keys: tuple[str, ...]) -> bool:
    """Whether a line's values are the card's; of `keys` also that the card has no others."""
    values = {key: made.values.get(key, "") for key in keys} | made.values
    return all(str(getattr(card, key)) == value for key, value in values.items() if key not in ("deceased", "kind"))


def _says_name(line: Line, card: ContactCard) -> bool:
    text = clean(unescape(line.value))
    values = {key: getattr(card, key) for key in (*_PERSONAL, "call_name", "organisation")}
    return text == card.name or says_name(text, values, card)


def _made(lines: list[Line]) -> Gathered:
    made = Gathered(0)
    take_lines(lines, made)
    return made


def _lexed(foreign: Foreign) -> Line | None:
    """A kept line as a property; quotes before the colon are respected."""
    before, colon, value = foreign.raw.partition(":")
    if '"' in before:
        match = _BEFORE.match(foreign.raw)
        before, value = (match[1], foreign.raw[match.end() :]) if match else ("", "")
    head = head_of(before) if colon else None
    return Line(head, value, foreign.raw, 0) if head else None


_BEFORE = re.compile(r'((?:[^":]|"[^"]*")*):')


_NOTHING = _Kept(None)
