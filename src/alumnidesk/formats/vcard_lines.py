"""vCard, first half: bytes to cards, cards to property lines; tolerant of everything that real programs write.

Lines are lexed by vobject (see `vcard_heads`); its own decoding is not used, since it drops text after a comma.

Cards whose every line is plain text in UTF-8 take a short way; quoted-printable, foreign charsets, unindented base64
and broken lines take the careful one. Both give the same lines where both can read a card (a test holds them to it).
"""

from __future__ import annotations

import codecs
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from alumnidesk.domain.records import Problem
from alumnidesk.formats.encodings import encoding_of
from alumnidesk.formats.gathering import SHOWN
from alumnidesk.formats.vcard_heads import Head, head_of, written_head
from alumnidesk.formats.vcard_text import escape
from alumnidesk.i18n import Message, say

MOST_NESTED = 8
"""Cards within cards (AGENT) deeper than this are damage."""
LONGEST_VALUE = 2_800_000
"""Characters of one value: a photo of 2 MB in base64."""


class Line(NamedTuple):
    """A property: head, value as text (still escaped), and the whole unfolded line as it can be written back."""

    head: Head
    value: str
    raw: str
    number: int
    """1-based line of the file where it begins; 0 on the short way, where nobody needs it."""


@dataclass(slots=True)
class RawCard:
    """The lines between BEGIN and END, as bytes, line ends made ``\\n``."""

    line: int
    block: bytes
    closed: bool = True


# Cards -------------------------------------------------------------------------------------------------------------

_BOUND = re.compile(rb"^[ \t]*(BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*$", re.IGNORECASE | re.MULTILINE)
_AGENT = re.compile(rb"AGENT[^:\n]*:[ \t]*\Z", re.IGNORECASE)


def plain_bytes(data: bytes) -> bytes:
    """The file in UTF-8 (or whatever single-byte encoding it has) without byte order mark, every line end ``\\n``."""
    beginning = data[:4096]
    if b"\0" in beginning or beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = encoding_of(beginning)[0]
        if name.startswith("utf-16"):
            data = _of_utf16(data, name).removeprefix("\ufeff").encode("utf-8", "surrogatepass")
    data = data.removeprefix(codecs.BOM_UTF8)
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data


def _of_utf16(data: bytes, name: str) -> str:
    """Half characters stay, so that the line in which one stands is told; of a cut file the rest is replaced."""
    try:
        return data.decode(name, "surrogatepass")
    except UnicodeDecodeError:
        return data.decode(name, "replace")


def cards(data: bytes) -> Iterator[RawCard | Problem]:
    """The cards of a file one after the other, nested ones inside their card, and text that stands between cards."""
    data = plain_bytes(data)
    begin, depth, line, at, after = -1, 0, 1, 0, 0
    begin_line = 1
    for bound in _BOUND.finditer(data):
        line += data.count(b"\n", at, bound.start())
        at = bound.start()
        opens = bound[1][:1] in b"Bb"
        if begin < 0:
            yield from _between(data[after:at], line)
            if opens:
                begin, begin_line, depth = bound.end(), line, 0
            else:
                yield Problem(line, say("A card ends here that never began."), "END:VCARD", severe=False)
                after = bound.end()
        elif opens and depth < MOST_NESTED and _AGENT.search(data, max(begin, at - 200), at - 1):
            depth += 1
        elif opens:
            yield RawCard(begin_line, data[begin:at], closed=False)
            begin, begin_line, depth = bound.end(), line, 0
        elif depth:
            depth -= 1
        else:
            yield RawCard(begin_line, data[begin:at])
            begin, after = -1, bound.end()
    if begin >= 0:
        yield RawCard(begin_line, data[begin:], closed=False)
    else:
        yield from _between(data[after:], line + 1)


def _between(text: bytes, line: int) -> Iterator[Problem]:
    if text.strip():
        shown = text.strip()[:SHOWN].decode("utf-8", "replace")
        yield Problem(line, say("This text stands outside of any card."), shown, severe=False)


# Lines -------------------------------------------------------------------------------------------------------------


def lines(card: RawCard) -> tuple[list[Line], list[Problem]]:
    """The property lines of a card in their order, and what is no property line."""
    plain = _short_way(card.block)
    return (plain, []) if plain is not None else numbered_lines(card)


def _short_way(block: bytes) -> list[Line] | None:
    """The lines of a plain card; None when any of them needs care."""
    if b"\n " in block or b"\n\t" in block:
        block = block.replace(b"\n ", b"").replace(b"\n\t", b"")
    try:
        text = block.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if "\0" in text:
        return None
    found: list[Line] = []
    for raw in text.split("\n"):
        if not raw or raw.isspace():
            continue
        before, colon, value = raw.partition(":")
        if not colon or '"' in before:
            return None
        head = head_of(before)
        if head is None or not head.tidy or head.name == "AGENT" or len(value) > LONGEST_VALUE:
            return None
        found.append(Line(head, value, raw, 0))
    return found


# The careful way ---------------------------------------------------------------------------------------------------

_BEFORE = re.compile(rb'(?:[^":\n]|"[^"\n]*")*:')
_NAMED = re.compile(rb"[ \t]*(?:X-[A-Za-z0-9_./ -]+|[A-Za-z0-9_./-]+)[ \t]*[;:]", re.IGNORECASE)
_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]+")


def numbered_lines(card: RawCard) -> tuple[list[Line], list[Problem]]:
    """The same, each with its place in the file."""
    found: list[Line] = []
    problems: list[Problem] = []
    for number, parts in logical_lines(card):
        whole = b"".join(parts)
        before = _BEFORE.match(whole) or re.match(rb"[^:]*:", whole)
        head = head_of(_text(before[0][:-1], "")[0]) if before else None
        if before is None or (head is None and not _NAMED.match(whole)):
            text = _text(whole[:SHOWN], "")[0].replace("\0", "")
            problems.append(Problem(number, say("This line is no property of a card."), text, severe=False))
        elif len(whole) > LONGEST_VALUE:
            why = say("This value is too long, probably a big picture, and was skipped.")
            problems.append(Problem(number, why, _text(whole[:100], "")[0], severe=False))
        elif head is None:
            raw = _text(whole, "")[0].replace("\0", "")
            name = raw.partition(":")[0].partition(";")[0].strip().upper()
            found.append(Line(_unlexed(name), "", raw, number))
        else:
            line, why_not = _decoded(head, before[0], whole[before.end() :], number)
            found.append(line)
            if why_not:
                problems.append(Problem(number, why_not, line.raw[:SHOWN], severe=False))
    return found, problems


def _unlexed(name: str) -> Head:
    """The head of a line that vobject refuses (``X-messaging/xmpp-All``): kept as it is, never looked into."""
    return Head("", f"?{name}", (), frozenset(), False, "", "", True, ())


def logical_lines(card: RawCard) -> Iterator[tuple[int, list[bytes]]]:
    """Physical lines joined (folds, quoted-printable soft breaks, base64 that is not indented, nested cards), each with
    the place in the file where it begins."""
    current: list[bytes] = []
    start, soft, base64, nested = 0, False, False, 0
    for number, physical in enumerate(card.block.split(b"\n"), card.line):
        if nested:
            current.append(b"\n" + physical)
            nested += _depth(physical)
        elif soft and current:
            current[-1] = current[-1][:-1]
            current.append(physical)
            soft = physical.endswith(b"=")
        elif physical[:1] in (b" ", b"\t") and current:
            current.append(physical[1:])
            soft = soft or (_is_quoted_printable(current[0]) and physical.endswith(b"="))
        elif not physical.strip():
            base64 = False
        elif base64 and _BASE64.fullmatch(physical):
            current.append(physical.strip())
        elif current and _AGENT.search(current[0]) and _depth(physical) > 0:
            current.append(physical)
            nested = 1
        else:
            if current:
                yield start, current
            current, start = [physical], number
            soft = physical.endswith(b"=") and _is_quoted_printable(physical)
            base64 = _is_base64(physical)
    if current:
        yield start, current


def _depth(physical: bytes) -> int:
    bound = _BOUND.match(physical)
    return 0 if bound is None else 1 if bound[1][:1] in b"Bb" else -1


def _is_quoted_printable(physical: bytes) -> bool:
    return b"QUOTED-PRINTABLE" in physical.partition(b":")[0].upper()


def _is_base64(physical: bytes) -> bool:
    before = physical.partition(b":")[0].upper()
    return b"BASE64" in before or b"ENCODING=B" in before


_CODED_SEMICOLON = re.compile(rb"=3B", re.IGNORECASE)
_BAD_ESCAPE = re.compile(rb"=(?![0-9A-Fa-f]{2}|\n|$)")


def _decoded(head: Head, before: bytes, value: bytes, number: int) -> tuple[Line, Message | None]:
    """The line with its value as text, and what was doubtful about that."""
    why: Message | None = None
    if head.encoding == "QUOTED-PRINTABLE":
        if _BAD_ESCAPE.search(value):
            why = say("The quoted-printable text of this line is damaged.")
        value = quopri.decodestring(_CODED_SEMICOLON.sub(rb"\;", value))  # no divider: else it would not be coded
    text, guessed = _text(value, head.charset)
    if guessed:
        why = why or say(
            "The characters of this line are not in the encoding that the file claims; please look at them."
        )
    if "\0" in text:
        text = text.replace("\0", "")
        why = why or say("An invisible NUL character was removed from this line.")
    if head.encoding == "QUOTED-PRINTABLE":
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    elif head.name == "AGENT" and "\n" in text:
        text = escape(text)
    elif "\n" in text:
        text = text.replace("\n", "\\n")
    if head.tidy:
        return Line(head, text, f"{_text(before, '')[0]}{text}", number), why
    tidied = head._replace(charset="", encoding="BASE64" if head.encoding == "BASE64" else "", tidy=True)
    return Line(tidied, text, f"{written_head(tidied)}:{text}", number), why


def _text(data: bytes, charset: str) -> tuple[str, bool]:
    """Bytes as text: the charset that is named, else UTF-8, else Windows-1252; and whether it had to be guessed."""
    for name in (charset, "utf-8") if charset else ("utf-8",):  # to look for a codec without a name takes long
        try:
            text = data.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
        whole = _without_halves(text)
        return whole, whole != text or (bool(charset) and name != charset)
    try:
        return _without_halves(data.decode("utf-8", "surrogatepass")), True
    except UnicodeError:
        return data.decode("cp1252" if _CP1252.fullmatch(data) else "latin-1"), True


_CP1252 = re.compile(rb"[^\x81\x8d\x8f\x90\x9d]*")


def _without_halves(text: str) -> str:
    """Two halves that old programs wrote as characters of their own (CESU-8) become the one they mean; a half alone,
    which no file of ours could hold, goes."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
