"""LDIF (RFC 2849), as Thunderbird and directories write it: entries become rows, so that they are mapped like a table.

The attributes are those of RFC 4519 and RFC 2798, and Thunderbird's own from its schema mozillaAbPersonAlpha. Which of
them goes where is in `SLOTS`; the person can correct it like any column. Lists of people, folders of a directory and
records of changes are no contacts: each is a problem with its text.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from alumnidesk.domain import slots
from alumnidesk.domain.records import Problem
from alumnidesk.formats import pictures
from alumnidesk.formats.csv_dialect import LONGEST_CELL, Table
from alumnidesk.formats.encodings import encoding_of
from alumnidesk.formats.mapping import ColumnMapping, without_repeats
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.progress import Progress

SLOTS: Mapping[str, str] = MappingProxyType(
    {
        "alumnideskid": "uid", "entryuuid": "uid", "cn": slots.FULL_NAME, "commonname": slots.FULL_NAME,
        "displayname": slots.FULL_NAME, "givenname": "given_name", "sn": "family_name", "surname": "family_name",
        "mozillanickname": "call_name", "xmozillanickname": "call_name", "personaltitle": "title",
        "generationqualifier": "suffix", "preferredlanguage": "language",
        "mail": "email.1", "mozillasecondemail": "email.2", "xmozillasecondemail": "email.2",
        "telephonenumber": "phone.work.1", "homephone": "phone.home.1", "mobile": "phone.mobile.1",
        "cellphone": "phone.mobile.1", "fax": "phone.fax.1", "facsimiletelephonenumber": "phone.fax.1",
        "pager": "phone.pager.1", "carphone": "phone.car.1",
        "mozillahomestreet": "address.home.street", "homestreet": "address.home.street",
        "mozillahomestreet2": "address.home.extra", "mozillahomelocalityname": "address.home.town",
        "mozillahomestate": "address.home.region", "mozillahomepostalcode": "address.home.postcode",
        "mozillahomecountryname": "address.home.country", "homepostaladdress": "address.home.formatted",
        "street": "address.work.street", "streetaddress": "address.work.street",
        "mozillaworkstreet2": "address.work.extra", "l": "address.work.town", "locality": "address.work.town",
        "localityname": "address.work.town", "st": "address.work.region", "stateorprovincename": "address.work.region",
        "postalcode": "address.work.postcode", "postofficebox": "address.work.po_box", "c": "address.work.country",
        "countryname": "address.work.country", "co": "address.work.country",
        "postaladdress": "address.work.formatted", "title": "position", "ou": "department",
        "orgunit": "department", "department": "department", "departmentnumber": "department", "o": "organisation",
        "company": "organisation", "mozillaworkurl": "link.1", "workurl": "link.1", "mozillahomeurl": "link.2",
        "homeurl": "link.2", "labeleduri": "link.3", "birthyear": "birth.year", "birthmonth": "birth.month",
        "birthday": "birth.day", "description": "remark", "notes": "remark",
    }
)  # fmt: skip
"""Attribute in lower case → slot of `domain.slots`."""

_OF_THE_DIRECTORY = frozenset(
    ("dn", "objectclass", "changetype", "control", "modifytimestamp", "createtimestamp", "creatorsname",
     "modifiersname", "entrycsn", "entrydn", "structuralobjectclass", "subschemasubentry", "hassubordinates",
     "mozillausehtmlmail", "xmozillausehtmlmail", "userpassword")
)  # fmt: skip
"""What is about the entry, not about the person; passwords are nobody's business."""
_PHOTOS = frozenset(("jpegphoto", "thumbnailphoto"))
_GROUPS = frozenset(("groupofnames", "groupofuniquenames", "posixgroup", "mailgroup", "mozillaablistalpha", "group"))
_FOLDERS = frozenset(("organizationalunit", "organization", "dcobject", "domain", "locality", "country", "container"))
_PEOPLE = frozenset(("person", "inetorgperson", "organizationalperson", "mozillaabpersonalpha", "residentialperson"))


@dataclass(slots=True)
class _Entry:
    """One entry: its attributes in their order, names without options in lower case."""

    line: int
    attributes: list[tuple[str, str]] = field(default_factory=list)
    photo: bytes = b""

    def all(self, name: str) -> list[str]:
        return [value for found, value in self.attributes if found == name]

    @property
    def shown(self) -> str:
        return "; ".join(value for name, value in self.attributes if name != "objectclass")[:2000]


@dataclass(frozen=True, slots=True)
class Book:
    """The entries of an LDIF file as a table, one column for each attribute and each of its repetitions."""

    table: Table
    mapping: ColumnMapping
    photos: Mapping[int, bytes] = field(default_factory=dict)
    """Line of an entry → its picture."""


def read(data: bytes, progress: Progress | None = None) -> Book:
    """The contacts of an LDIF file. Nothing in it makes this raise, only Cancelled does."""
    progress = progress or Progress()
    progress.begin(say("Reading the file …"))
    problems: list[Problem] = []
    people: list[_Entry] = []
    foreign_letters = _ForeignLetters()
    for entry in progress.each(_entries(_plain(data), problems, foreign_letters)):
        if why := _no_contact(entry):
            problems.append(Problem(entry.line, why, entry.shown))
        else:
            people.append(entry)
    columns = _columns(people)
    places = {column: index for index, column in enumerate(columns)}
    rows = [(entry.line, _row(entry, places)) for entry in people]
    header = tuple(name if number == 1 else f"{name} {number}" for name, number in columns)
    table = Table(header, rows, tuple(problems), tuple(foreign_letters.notes()))
    found = without_repeats((SLOTS.get(name) for name, _ in columns), joined=(slots.FULL_NAME, "remark"))
    return Book(table, ColumnMapping(found, "ldif"), {e.line: e.photo for e in people if e.photo})


def _plain(data: bytes) -> bytes:
    """UTF-8 without a mark in front; UTF-16 is written anew."""
    encoding, _ = encoding_of(data)
    if encoding.startswith("utf-16"):
        data = data.decode(encoding, "replace").encode("utf-8", "replace")
    return data.removeprefix(b"\xef\xbb\xbf")


# Lines -------------------------------------------------------------------------------------------------------------

_LINES = re.compile(rb"\r\n|\n|\r")
_ATTRIBUTE = re.compile(rb"([A-Za-z0-9][A-Za-z0-9.-]*)((?:;[^:;]*)*):([:<]?)[ ]*(.*)", re.DOTALL)


class _ForeignLetters:
    """Counts values that are not UTF-8, as the standard wants it, and reads them as old Windows programs wrote."""

    def __init__(self) -> None:
        self.count = 0

    def read(self, value: bytes) -> str:
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            self.count += 1
            return value.decode("cp1252", "replace")

    def notes(self) -> Iterator[Message]:
        if self.count:
            yield say_n(
                "{n} value is not written in UTF-8; please look at its umlauts.",
                "{n} values are not written in UTF-8; please look at their umlauts.",
                self.count,
            )


def _unfolded(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Whole lines with the number where each begins: a blank in front says that it goes on. Comments are left out."""
    whole: list[bytes] = []
    begins = 0
    for number, line in enumerate(_LINES.split(data), 1):
        if line.startswith(b" ") and whole:
            whole.append(line[1:])
            continue
        if whole and not whole[0].startswith(b"#"):
            yield begins, b"".join(whole)
        whole, begins = [line], number
    if whole and not whole[0].startswith(b"#"):
        yield begins, b"".join(whole)


def _entries(data: bytes, problems: list[Problem], letters: _ForeignLetters) -> Iterator[_Entry]:
    entry: _Entry | None = None
    for number, line in _unfolded(data):
        if not line.strip():
            if entry is not None:
                yield entry
                entry = None
            continue
        match = _ATTRIBUTE.fullmatch(line)
        if match is None:
            why = say("This line has no attribute before a colon; it was left out.")
            problems.append(Problem(number, why, letters.read(line)[:2000], severe=entry is None))
            continue
        name = match[1].decode("ascii").lower()
        if entry is not None and name == "dn":  # the empty line between two entries is missing
            yield entry
            entry = None
        if entry is None:
            if name in ("version", "search", "result"):
                continue
            entry = _Entry(number)
        _take(entry, name, match[3], match[4], number, problems, letters)
    if entry is not None:
        yield entry


def _take(
    entry: _Entry, name: str, mark: bytes, raw: bytes, number: int, problems: list[Problem], letters: _ForeignLetters
) -> None:
    """One attribute of an entry: as it stands, or in Base64 behind two colons. Files that it names are not opened."""

    def remark(why: Message) -> None:
        problems.append(Problem(number, why, letters.read(raw[:2000]), severe=False))

    value = raw
    if mark == b":":
        try:
            value = base64.b64decode(raw, validate=True)
        except (binascii.Error, ValueError):
            remark(say("The Base64 text of “{name}” is damaged; it was kept as it is.", name=name))
    if name in _PHOTOS:
        if pictures.why_not(value) is None:
            entry.photo = entry.photo or value
        else:
            remark(say("The picture could not be used."))
    elif b"\0" in value or len(value) > LONGEST_CELL:
        remark(say("“{name}” is no text, or far too long; it was left out.", name=name))
    elif text := letters.read(value).replace("\r\n", "\n").strip():
        entry.attributes.append((name, text))
        if name == "labeleduri" and (label := text.partition(" ")[2].strip()):
            entry.attributes.append(("labeleduri label", label))


def _no_contact(entry: _Entry) -> Message | None:
    """Why an entry is no contact; None if it is one."""
    kinds = {value.lower() for value in entry.all("objectclass")}
    name = next(iter(entry.all("cn") or entry.all("ou") or entry.all("dn")), "")
    if kinds & _GROUPS:
        members = len(entry.all("member") or entry.all("uniquemember") or entry.all("memberuid"))
        return say_n(
            "“{name}” is a list of {n} person, not a contact; lists are not read.",
            "“{name}” is a list of {n} people, not a contact; lists are not read.",
            members,
            name=name,
        )
    if kinds & _FOLDERS and not kinds & _PEOPLE:
        return say("“{name}” is a folder of a directory, not a contact.", name=name)
    if any(value.lower() != "add" for value in entry.all("changetype")):
        return say("This describes a change to a directory, not a contact.")
    return None


# Columns -----------------------------------------------------------------------------------------------------------

_Column = tuple[str, int]
"""An attribute, and which of its values: 1 for the first."""


def _columns(entries: Sequence[_Entry]) -> list[_Column]:
    """A column for each attribute, as many as the entry that has most of it; those that we know first."""
    most: dict[str, int] = {}
    for entry in entries:
        for name, count in Counter(name for name, _ in entry.attributes).items():
            if name not in _OF_THE_DIRECTORY:
                most[name] = max(most.get(name, 0), count)
    order = {name: place for place, name in enumerate(SLOTS)}
    names = sorted(most, key=lambda name: order.get(name, len(order)))
    return [(name, number) for name in names for number in range(1, min(most[name], 40) + 1)]


def _row(entry: _Entry, places: Mapping[_Column, int]) -> list[str]:
    cells = [""] * len(places)
    seen: Counter[str] = Counter()
    for name, value in entry.attributes:
        seen[name] += 1
        place = places.get((name, seen[name]))
        if place is not None:
            cells[place] = _value(name, value)
    return cells


def _value(name: str, value: str) -> str:
    if name == "labeleduri":  # RFC 2079: the address, a blank, words about it (which are kept in a column of their own)
        return value.split()[0]
    if name in ("postaladdress", "homepostaladdress"):  # RFC 4517, section 3.3.28: $ ends a line
        lines = (line.strip() for line in value.split("$"))
        return "\n".join(filter(None, (line.replace("\\24", "$").replace("\\5C", "\\") for line in lines)))
    return value
