"""The one string in which the text of a letter is kept: plain while nothing is lost by it, else XML (decision 17)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from xml.etree import ElementTree as ET
from xml.parsers import expat

from alumnidesk.domain.letter_text import (
    ALIGNMENTS,
    MARKS,
    SIZES,
    Block,
    Code,
    Document,
    NewPage,
    Paragraph,
    Picture,
    Run,
    Runs,
    Signature,
    Slip,
    Table,
    clean,
    tidy,
)

MOST_BYTES = 1 << 20
"""So long may a marked-up text be."""
_ROOT = "letter"


def read(body: str) -> Document:
    """What a body says. One that only looks like markup is plain text, so that nothing is lost."""
    document = _marked_up(body)
    return from_plain(body) if document is None else document


def write(document: Document) -> str:
    """The body for a document: plain if that says the same, else marked up. `read` gives `tidy(document)` again."""
    document = tidy(document)
    plain = "\n\n".join(block.text for block in document if isinstance(block, Paragraph))
    if not plain.startswith(f"<{_ROOT}>") and from_plain(plain) == document:
        return plain
    return f"<{_ROOT}>\n{''.join(_element(block) for block in document)}</{_ROOT}>"


def replaced(body: str, old: str, new: str) -> str:
    """The body with other words for some, wherever they stand in one look; everything else is left as it is written."""
    if _marked_up(body) is not None:
        old, new = _escaped(old), _escaped(new)
    return body.replace(old, new)


def _marked_up(body: str) -> Document | None:
    if not body.startswith(f"<{_ROOT}>"):
        return None
    try:
        return _Reader.document(body)
    except (ET.ParseError, expat.ExpatError, ValueError, KeyError, RecursionError):
        return None


def from_plain(text: str) -> Document:
    """The document that plain words make: blank lines divide paragraphs, single line ends stay."""
    blocks: list[list[str]] = [[]]
    for line in clean(text).split("\n"):
        if line.strip():
            blocks[-1].append(line.rstrip())
        elif blocks[-1]:
            blocks.append([])
    return tuple(Paragraph((Run("\n".join(block)),)) for block in blocks if block)


_TAGS: Mapping[type, str] = {
    Paragraph: "p",
    Table: "table",
    Picture: "picture",
    Code: "qr",
    Signature: "signature",
    NewPage: "page",
    Slip: "slip",
}
_KINDS = {tag: kind for kind, tag in _TAGS.items()}
_INNER = ("runs", "rows", "text", "blocks")
"""What stands within an element and not in its attributes."""


def _element(block: Block) -> str:
    attributes = "".join(
        f' {field.name}="{_quoted(_attribute(value))}"'
        for field in fields(block)
        if field.name not in _INNER and (value := getattr(block, field.name)) != field.default
    )
    tag = _TAGS[type(block)]
    match block:
        case Paragraph():
            inner = _inline(block.runs)
        case Table():
            inner = "".join(
                f"\n<row>{''.join(f'<cell>{_inline(cell)}</cell>' for cell in row)}</row>" for row in block.rows
            )
        case Code():
            inner = _escaped(block.text)
        case Slip():
            inner = "\n" + "".join(map(_element, block.blocks))
        case _:
            return f"<{tag}{attributes}/>\n"
    return f"<{tag}{attributes}>{inner}</{tag}>\n"


def _attribute(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)


_LOOKS = (("underlined", "u"), ("italic", "i"), ("bold", "b"))


def _inline(runs: Runs) -> str:
    parts = []
    for run in runs:
        text = _escaped(run.text).replace("\n", "<br/>")
        for look, tag in _LOOKS:
            if getattr(run, look):
                text = f"<{tag}>{text}</{tag}>"
        parts.append(text)
    return "".join(parts)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


class _Reader:
    """Reads a marked-up body; raises what its parser raises, or ValueError and KeyError, where it is none of ours."""

    @classmethod
    def document(cls, body: str) -> Document:
        if len(body.encode()) > MOST_BYTES or "<!" in body or "<?" in body:
            raise ValueError("no letter needs this")
        return tidy(tuple(cls.block(element) for element in ET.fromstring(body)))

    @classmethod
    def block(cls, element: ET.Element) -> Block:
        kind = _KINDS[element.tag]
        values: dict[str, object] = {
            field.name: cls.value(kind, field.name, element.attrib[field.name])
            for field in fields(kind)
            if field.name in element.attrib and field.name not in _INNER
        }
        if kind is Paragraph:
            values["runs"] = tuple(cls.runs(element, Run("")))
        elif kind is Table:
            values["rows"] = tuple(tuple(tuple(cls.runs(cell, Run(""))) for cell in row) for row in element)
            values.setdefault("widths", ())
        elif kind is Code:
            values["text"] = element.text or ""
        elif kind is Slip:
            inner = tuple(cls.block(child) for child in element)
            if any(isinstance(block, Slip | Signature | NewPage) for block in inner):
                raise ValueError("not within a slip")
            values["blocks"] = inner
        block: Block = kind(**values)
        return block

    @staticmethod
    def value(kind: type, name: str, written: str) -> object:
        if name in ("level", "width") or (name == "size" and kind is Code):
            return int(written)
        if name == "widths":
            return tuple(int(share) for share in written.split())
        if name == "head":
            return written == "yes"
        if written not in {"align": ALIGNMENTS, "mark": MARKS, "size": SIZES}.get(name, (written,)):
            raise ValueError(written)
        return written

    @classmethod
    def runs(cls, element: ET.Element, look: Run) -> Iterator[Run]:
        yield look.saying(element.text or "")
        for child in element:
            if child.tag == "br":
                yield look.saying("\n")
            else:
                inner = {
                    "b": replace(look, bold=True),
                    "i": replace(look, italic=True),
                    "u": replace(look, underlined=True),
                }
                yield from cls.runs(child, inner[child.tag])
            yield look.saying(child.tail or "")
