"""One card as a state, slot by slot; and a card in which some slots are replaced while every other line stays.

What is not touched stays byte by byte: its order, its folding, its line ends, what nobody understands.
"""

from __future__ import annotations

import codecs
import quopri
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from alumnidesk.domain.records import ContactRecord, Problem
from alumnidesk.domain.sync import Changes, Content, Slot, State
from alumnidesk.formats import vcard_lines
from alumnidesk.formats.encodings import encoding_of
from alumnidesk.formats.gathering import Gathered
from alumnidesk.formats.vcard_canonical import said
from alumnidesk.formats.vcard_heads import head_of
from alumnidesk.formats.vcard_lines import Line, RawCard
from alumnidesk.formats.vcard_properties import clean
from alumnidesk.formats.vcard_read import take_lines
from alumnidesk.formats.vcard_text import components, escape, fold, unescape
from alumnidesk.i18n import say


@dataclass(frozen=True)
class CardText:
    """A file that is one card."""

    text: bytes
    lines: Sequence[Line] = field(repr=False)
    uid: str
    """Empty if the card has none."""
    version: str
    """``2.1``, ``3.0`` or ``4.0``; 3.0 if it says none that we know."""

    @cached_property
    def state(self) -> State:
        """What it says, slot by slot."""
        return state_of(self.lines)


def card_text(text: bytes) -> CardText | Problem:
    """What a file says that is one card; a problem if it is none, several, or one without an end."""
    found = list(vcard_lines.cards(text))
    cards = [card for card in found if isinstance(card, RawCard)]
    if not cards:
        return Problem(0, say("There is no card in this file."))
    if len(cards) > 1:
        return Problem(cards[1].line, say("There are several cards in this file; one file is one contact."))
    if not cards[0].closed:
        return Problem(cards[0].line, say("This card has no end; perhaps the file is still being written."))
    lines, _ = vcard_lines.lines(cards[0])
    once = {line.head.name: line.value.strip() for line in reversed(lines) if line.head.name in ("UID", "VERSION")}
    version = once.get("VERSION", "")
    uid = clean(unescape(once.get("UID", ""))).removeprefix("urn:uuid:")
    return CardText(text, lines, uid, version if version in ("2.1", "3.0", "4.0") else "3.0")


def state_of(lines: Iterable[Line]) -> State:
    """The state that property lines make."""
    canonical: dict[Slot, set[str]] = {}
    written: dict[Slot, list[str]] = {}
    for one in said(lines):
        canonical.setdefault(one.slot, set()).add(one.canonical)
        own = [one.canonical] if one.slot.name == "CATEGORIES" else [line.raw for line in one.lines]
        written.setdefault(one.slot, []).extend(own)
    return {slot: Content("\n".join(sorted(forms)), tuple(written[slot])) for slot, forms in canonical.items()}


def record_of(lines: Iterable[str]) -> ContactRecord:
    """What single property lines say, without being a card: to be told in words."""
    made = Gathered(0)
    take_lines(vcard_lines.lines(RawCard(0, "\n".join(["", *lines, ""]).encode()))[0], made)
    return made.record()


# Replacing ---------------------------------------------------------------------------------------------------------

_PHYSICAL = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def replaced(card: CardText, changes: Changes) -> CardText:
    """The card with the contents of these slots, in its own version and with its own line ends."""
    if not changes:
        return card
    encoding = _wide_encoding(card.text)
    plain = card.text.decode(encoding).encode() if encoding else card.text
    physical = _PHYSICAL.findall(plain)
    raw = next(found for found in vcard_lines.cards(plain) if isinstance(found, RawCard))
    end = raw.line + raw.block.count(b"\n")
    ending = b"\r\n" if physical[raw.line - 1].endswith(b"\r\n") else b"\n"
    new = _New(changes, card.version, {line.head.group.lower() for line in vcard_lines.lines(raw)[0]})
    drop, insert = _places(raw, end, new)
    out: list[bytes] = []
    for number, line in enumerate(physical, 1):
        for text in insert.get(number, ()):
            out += [part + ending for part in text.encode().split(b"\r\n")]
        if number not in drop:
            out.append(line)
    data = b"".join(out)
    data = data.decode().encode(encoding) if encoding else data
    return replace(made, version=card.version) if isinstance(made := card_text(data), CardText) else card


def _wide_encoding(text: bytes) -> str:
    """The encoding of a file that has two bytes for each character, else nothing."""
    if b"\0" not in text[:4096] and not text.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ""
    name = encoding_of(text[:4096])[0]
    return name if name.startswith("utf-16") else ""


def _places(raw: RawCard, end: int, new: _New) -> tuple[set[int], dict[int, list[str]]]:
    """The numbers of physical lines that go, and before which ones something new comes."""
    starts = [number for number, _ in vcard_lines.logical_lines(raw)]
    until = dict(zip(starts, [*starts, end][1:], strict=True))
    lines, _ = vcard_lines.numbered_lines(raw)
    drop: set[int] = set()
    insert: dict[int, list[str]] = {}
    for number, slots in _slots_of(lines).items():
        if not any(slot in new.changes for slot in slots):
            continue
        drop.update(range(number, until[number]))
        tags = [slot for slot in slots if slot.name == "CATEGORIES"]
        texts = new.tags(tags, lines, number) if tags else [text for slot in slots for text in new.of(slot)]
        insert.setdefault(number, []).extend(texts)
    insert.setdefault(end, []).extend(new.rest())
    return drop, insert


def _slots_of(lines: list[Line]) -> Mapping[int, list[Slot]]:
    """For each line that says something, by its place: in which slots it stands."""
    found: dict[int, list[Slot]] = {}
    for one in said(lines):
        for line in one.lines:
            slots = found.setdefault(line.number, [])
            if one.slot not in slots:
                slots.append(one.slot)
    return found


class _New:
    """The new lines of a card, each handed out once."""

    def __init__(self, changes: Changes, version: str, groups: set[str]) -> None:
        self.changes = changes
        self._waiting = {slot: content for slot, content in changes.items() if content is not None}
        self._version, self._groups = version, groups

    def of(self, slot: Slot) -> list[str]:
        """The lines of a slot, ready to be written; none if they were handed out or the slot goes."""
        content = self._waiting.pop(slot, None)
        return list(self._written(content.lines)) if content else []

    def tags(self, slots: list[Slot], lines: list[Line], number: int) -> list[str]:
        """A line of tags with what changes of it; new tags come into the first line that changes."""
        line = next(line for line in lines if line.number == number)
        kept = [_tag(part) for part in components(line.value, ",")]
        kept = [tag for tag in kept if tag and Slot("CATEGORIES", _tag_key(tag)) not in self.changes]
        kept += self._new_tags()
        head = line.raw[: len(line.raw) - len(line.value)]
        return [self._folded(f"{head}{','.join(map(escape, kept))}")] if kept else []

    def rest(self) -> list[str]:
        """All that has no line yet in whose place it could come."""
        tags = self._new_tags()
        texts = [self._folded(f"CATEGORIES:{','.join(map(escape, tags))}")] if tags else []
        return [*texts, *(text for slot in sorted(self._waiting) for text in self.of(slot))]

    def _new_tags(self) -> list[str]:
        """The tags that have no line yet; several of one slot where they are folded alike, such as “aa” and “a”."""
        slots = [slot for slot in self._waiting if slot.name == "CATEGORIES"]
        lines = dict.fromkeys(line for slot in slots for line in self._waiting.pop(slot).lines)
        return [_tag(line.partition(":")[2]) for line in lines]

    def _written(self, lines: Iterable[str]) -> Iterator[str]:
        groups: dict[str, str] = {}
        for raw in lines:
            group, dot, rest = raw.partition(".")
            if dot and _GROUP.fullmatch(group):
                if group not in groups:
                    groups[group] = self._free(group)
                raw = f"{groups[group]}.{rest}"
            yield self._folded(raw)

    def _free(self, group: str) -> str:
        """The name of a group that no other lines have, as near as can be to its own."""
        number = 1
        while group.lower() in self._groups:
            group, number = f"item{number}", number + 1
        self._groups.add(group.lower())
        return group

    def _folded(self, raw: str) -> str:
        raw = raw.replace("\r", "").replace("\n", "\\n")
        return _in_21(raw) if self._version == "2.1" else fold(raw)


_GROUP = re.compile(r"[A-Za-z0-9-]+")


def _tag(part: str) -> str:
    return clean(unescape(part))


def _tag_key(tag: str) -> str:
    return next(one.slot.key for one in said([_tag_line(tag)]))


def _tag_line(tag: str) -> Line:
    head = head_of("CATEGORIES")
    assert head is not None
    return Line(head, escape(tag), "", 0)


# vCard 2.1 ---------------------------------------------------------------------------------------------------------


def _in_21(raw: str) -> str:
    """A line of a later version as vCard 2.1 wants it: bare types, quoted-printable for what is not plain text."""
    before, _, value = raw.partition(":")
    head = head_of(before)
    if head is None:
        return fold(raw)
    params = [word for key, values in head.params for word in _param_21(key, values)]
    text = (
        value if head.name == "CATEGORIES" else _LATER_ESCAPE.sub(lambda match: _PLAIN.get(match[0], match[0]), value)
    )
    name = f"{head.group}.{head.name}" if head.group else head.name
    if head.encoding == "BASE64":
        return fold(";".join([name, *params, "ENCODING=BASE64"]) + ":" + value) + "\r\n"
    if text.isascii() and "\n" not in text:
        return fold(";".join([name, *params]) + ":" + text)
    coded = quopri.encodestring(text.replace("\n", "\r\n").encode().replace(b"\r\n", b"\0")).replace(b"=00", b"=0D=0A")
    start = ";".join([name, *params, "CHARSET=UTF-8", "ENCODING=QUOTED-PRINTABLE"]) + ":="
    return "\r\n".join([start, *coded.decode("ascii").split("\n")])


_LATER_ESCAPE = re.compile(r"\\.")
_PLAIN = {"\\,": ",", "\\n": "\n", "\\N": "\n"}
"""What vCard 2.1 does not escape."""


def _param_21(key: str, values: tuple[str, ...]) -> list[str]:
    if key == "TYPE":
        return [word.upper() for value in values for word in value.split(",")]
    return ["PREF"] if (key, values) == ("PREF", ("1",)) else [] if key == "ENCODING" else [f"{key}={','.join(values)}"]
