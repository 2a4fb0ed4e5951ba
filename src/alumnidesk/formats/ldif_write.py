"""Cards to LDIF (RFC 2849), as Thunderbird's address book reads it."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.slots import FULL_NAME
from alumnidesk.formats.csv_presets import Preset
from alumnidesk.formats.csv_write import filled

LONGEST_LINE = 76
"""Bytes; longer lines go on in the next one, behind a blank."""
_CLASSES = ("top", "person", "organizationalPerson", "inetOrgPerson", "mozillaAbPersonAlpha")

PRESET = Preset(
    "ldif",
    (
        ("alumnideskId", "uid"), ("cn", FULL_NAME), ("givenName", "given_name"), ("sn", "family_name"),
        ("mozillaNickname", "call_name"), ("personalTitle", "title"), ("mail", "email.1"),
        ("mozillaSecondEmail", "email.2"), ("telephoneNumber", "phone.work.1"), ("homePhone", "phone.home.1"),
        ("fax", "phone.fax.1"), ("pager", "phone.pager.1"), ("mobile", "phone.mobile.1"),
        ("mozillaHomeStreet", "address.home.street"), ("mozillaHomeStreet2", "address.home.extra"),
        ("mozillaHomeLocalityName", "address.home.town"), ("mozillaHomeState", "address.home.region"),
        ("mozillaHomePostalCode", "address.home.postcode"), ("mozillaHomeCountryName", "address.home.country"),
        ("street", "address.work.street"), ("mozillaWorkStreet2", "address.work.extra"), ("l", "address.work.town"),
        ("st", "address.work.region"), ("postalCode", "address.work.postcode"), ("c", "address.work.country"),
        ("title", "position"), ("ou", "department"), ("o", "organisation"), ("mozillaWorkUrl", "link.1"),
        ("mozillaHomeUrl", "link.2"), ("birthyear", "birth.year"), ("birthmonth", "birth.month"),
        ("birthday", "birth.day"), ("description", "remark"),
    ),
)  # fmt: skip
"""Thunderbird's attributes in its order, and the identity by which we know the contact again."""


def write(cards: Iterable[ContactCard], left_out: Counter[str]) -> Iterator[bytes]:
    """The file in pieces, an entry each. `left_out` counts what has no attribute, see `csv_write.write`."""
    yield b"version: 1\n"
    columns, rows = filled(cards, PRESET, left_out)
    names = [heading for heading, _ in columns]
    for row in rows:
        values = {name: value for name, value in zip(names, row, strict=True) if value}
        lines = [attribute("dn", _distinguished(values)), *(attribute("objectclass", word) for word in _CLASSES)]
        lines += [attribute(name, value) for name, value in values.items() if value]
        yield b"\n" + b"".join(lines)


_SAFE = re.compile(r"(?![ :<])[\x01-\x09\x0b\x0c\x0e-\x7f]*(?<! )")


def attribute(name: str, value: str) -> bytes:
    """One attribute with its value, folded; in Base64 where the value is not plain (RFC 2849, SAFE-STRING)."""
    if _SAFE.fullmatch(value):
        line = f"{name}: {value}".encode("ascii")
    else:
        line = f"{name}:: ".encode("ascii") + base64.b64encode(value.encode())
    pieces = [line[:LONGEST_LINE]]
    pieces += [b" " + line[at : at + LONGEST_LINE - 1] for at in range(LONGEST_LINE, len(line), LONGEST_LINE - 1)]
    return b"\n".join(pieces) + b"\n"


def _distinguished(values: dict[str, str]) -> str:
    """``cn=Anna Berg,mail=anna@mail.example``, each value escaped (RFC 4514, section 2.4)."""
    return ",".join(f"{name}={_escaped(values[name])}" for name in ("cn", "mail") if values.get(name))


def _escaped(value: str) -> str:
    text = re.sub(r'[\\,+"<>;=]', r"\\\g<0>", value).replace("\0", "\\00")
    if text.startswith((" ", "#")):
        text = "\\" + text
    return text[:-1] + "\\ " if text.endswith(" ") else text
