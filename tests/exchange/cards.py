"""What a vCard file says, read by a second opinion: a plain reading of RFC 2425, 2426 and 6350 and of vCard 2.1 that
shares nothing with the program.

It serves to compare what went in with what came out. So it is tolerant, knows no meaning of any property, and puts
values into a form in which 2.1, 3.0 and 4.0 look the same.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import hashlib
import quopri
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

MAKING = frozenset({"BEGIN", "END", "VERSION", "PRODID", "REV"})
"""Properties about the making of the file, not about the person: every program writes its own."""
_ANYBODY = ("KIND", "individual")
"""What RFC 6350 (6.1.4) takes every card for that does not say otherwise."""
_STRUCTURED = frozenset({"N", "ADR", "ORG", "GENDER"})
_PICTURES = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
_DATES = frozenset({"BDAY", "ANNIVERSARY", "DEATHDATE"})
_PLAIN = {"BDAY": ("date", "date-and-or-time"), "URL": ("uri",), "PHOTO": ("uri", "binary"), "UID": ("uri",)}
"""Kinds of value that RFC 2426 and 6350 take for granted for a property."""
_SILENT = frozenset({"voice", "internet"})
"""Types that RFC 2426 takes for granted where they are missing (3.3.1, 3.3.2)."""


class Property(NamedTuple):
    name: str
    params: frozenset[tuple[str, str]]
    value: str

    @property
    def counts(self) -> bool:
        """Whether it says something about the person."""
        return self.name not in MAKING and bool(self.value) and (self.name, self.value.lower()) != _ANYBODY


class Card(NamedTuple):
    line: int
    """1-based line of the file where it begins."""
    text: bytes
    """With its BEGIN and END, which is added where it is missing."""
    properties: tuple[Property, ...]


def read(data: bytes) -> list[Card]:
    """Every card of a file, whole or broken."""
    return [
        Card(line, b"\r\n".join((b"BEGIN:VCARD", *body, b"END:VCARD", b"")), tuple(_properties(body)))
        for line, body in _bodies(_plain(data).split(b"\n"))
    ]


def _plain(data: bytes) -> bytes:
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            data = data.decode(name, "replace").encode()
    if data[1:2] == b"\0" or data[:1] == b"\0":
        data = data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace").encode()
    return re.sub(rb"\r+\n|\r", b"\n", data.removeprefix(codecs.BOM_UTF8))


def _bodies(lines: list[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    body: list[bytes] | None = None
    begin = depth = 0
    for number, line in enumerate(lines, 1):
        word = re.sub(rb"[ \t]", b"", line).upper()
        if word == b"BEGIN:VCARD" and body is not None and body and re.match(rb"(?i)AGENT[^:]*:\s*$", body[-1]):
            depth += 1
        elif word == b"BEGIN:VCARD":
            if body is not None:
                yield begin, body
            begin, body, depth = number, [], 0
            continue
        elif word == b"END:VCARD" and body is not None:
            if depth == 0:
                yield begin, body
                body = None
                continue
            depth -= 1
        if body is not None:
            body.append(line)
    if body is not None:
        yield begin, body


# Properties --------------------------------------------------------------------------------------------------------


def _properties(body: list[bytes]) -> Iterator[Property]:
    for line in _unfolded(body):
        match = re.match(rb'((?:[^":]|"[^"]*")*):', line) or re.match(rb"([^:]*):", line)
        if match and (words := _words(match[1])):
            yield from _property(words, line[match.end() :])


def _unfolded(body: list[bytes]) -> Iterator[bytes]:
    """Folded lines, soft line breaks of quoted-printable, Base64 that is not indented, and cards in cards, joined."""
    whole, nested = b"", 0
    for line in body:
        head = whole.partition(b":")[0].upper()
        depth = {b"BEGIN:VCARD": 1, b"END:VCARD": -1}.get(line.strip().upper(), 0)
        if nested or (depth > 0 and head.startswith(b"AGENT")):
            whole, nested = whole + b"\n" + line, nested + depth
        elif whole.endswith(b"=") and b"QUOTED-PRINTABLE" in head:
            whole = whole[:-1] + line.removeprefix(b" ")
        elif line[:1] in (b" ", b"\t") and whole:
            whole += line[1:]
        elif re.search(rb"BASE64|ENCODING=B\b", head) and re.fullmatch(rb"[A-Za-z0-9+/=]+\s*", line):
            whole += line.strip()
        else:
            yield whole
            whole = line
    yield whole


def _words(head: bytes) -> list[str]:
    text = head.decode("utf-8", "replace").strip()
    words = [word.strip() for word in re.findall(r'((?:[^";]|"[^"]*")+)', text)]
    return words if words and re.fullmatch(r"[\w./ -]+", words[0]) else []


def _property(words: list[str], value: bytes) -> Iterator[Property]:
    """What a line says: one property, or as many as it has categories."""
    name = words[0].upper().rpartition(".")[2] if words[0].count(".") == 1 else words[0].upper()
    params: set[tuple[str, str]] = set()
    coding = charset = ""
    for word in words[1:]:
        key, equals, said = word.upper().partition("=") if word.isascii() else word.partition("=")
        said = said.strip().strip('"')
        if not equals:
            key, said = ("ENCODING" if key in ("QUOTED-PRINTABLE", "BASE64", "8BIT") else "TYPE"), key
        if key == "ENCODING":
            coding = said
        elif key == "CHARSET":
            charset = said
        else:
            params |= {(key, part.strip().lower()) for part in re.split(r'"?,"?', said)}
    params -= {("TYPE", silent) for silent in _SILENT} | {
        ("TYPE", ""),
        *(("VALUE", kind) for kind in _PLAIN.get(name, ())),
    }
    if name in _PICTURES:
        params -= {param for param in params if param[0] in ("TYPE", "MEDIATYPE")}  # the picture says it better
    if ("PREF", "1") in params:
        params = params - {("PREF", "1")} | {("TYPE", "pref")}
    text = _decoded(value, coding, charset).replace("\0", "")
    for one in _divided(text, ",") if name == "CATEGORIES" else [text]:
        yield Property(name, frozenset(params), _said(name, one, coding))


def _decoded(value: bytes, coding: str, charset: str) -> str:
    if coding in ("QUOTED-PRINTABLE", "QP"):
        value = quopri.decodestring(re.sub(rb"(?i)=3B", rb"\;", value))
    for name in (charset, "utf-8", "cp1252"):
        try:
            return value.decode(name)
        except (LookupError, UnicodeError):
            continue
    return value.decode("latin-1")


# Values ------------------------------------------------------------------------------------------------------------


def _said(name: str, value: str, coding: str) -> str:
    if (coding in ("B", "BASE64") or name in _PICTURES) and (data := _bytes(value)) is not None:
        return hashlib.sha256(data).hexdigest() if data else ""
    if name in _DATES and re.fullmatch(r"[\d-]{4,10}", value.strip()):
        return value.strip().replace("-", "")
    if name in _STRUCTURED:
        return "|".join(map(_text, _divided(value, ";"))).rstrip("|")
    return _text(value).removeprefix("tel:" if name == "TEL" else "")


def _divided(value: str, divider: str) -> list[str]:
    return re.findall(rf"((?:[^\\{divider}]|\\.|\\$)*)(?:{divider}|$)", value, re.DOTALL)


def _bytes(value: str) -> bytes | None:
    data = re.match(r"data:[^,]*;base64\\?,", value, re.IGNORECASE)
    try:
        return base64.b64decode("".join(value[data.end() if data else 0 :].split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def _text(value: str) -> str:
    """Unescaped, composed, with single spaces."""
    meaning = {"n": " ", "N": " "}
    plain = re.sub(r"\\([nN,;:\\])", lambda match: meaning.get(match[1], match[1]), value)
    return " ".join(unicodedata.normalize("NFC", plain).split())
