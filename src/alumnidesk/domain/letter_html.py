"""The text of a letter as HTML, for e-mails and other programs: few tags, styles on the tags themselves.

Every word is escaped: nothing of a text can become markup. In an e-mail lists are paragraphs with their marks, because
mail programs set real ones in ways of their own; a word processor gets lists that it can go on with.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from alumnidesk.domain.letter_text import (
    BULLET,
    CENTRE,
    HEADING,
    JUSTIFIED,
    LARGE,
    LEFT,
    NORMAL,
    RIGHT,
    SMALL,
    Block,
    Code,
    Document,
    Paragraph,
    Picture,
    Run,
    Slip,
    Table,
    numbered,
)
from alumnidesk.domain.letter_text import blocks as every_block

_ALIGNED = {LEFT: "", CENTRE: "text-align:center", RIGHT: "text-align:right", JUSTIFIED: "text-align:justify"}
_SIZED = {SMALL: "font-size:85%", NORMAL: "", LARGE: "font-size:120%", HEADING: "font-size:130%;font-weight:bold"}
_SET_IN = 24
"""Pixels per level of a list."""
_PIXELS_PER_MM = 96 / 25.4
"""As CSS counts."""


def page(document: Document, language: str) -> str:
    """A whole HTML document."""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}"><head><meta charset="utf-8"></head>\n'
        f'<body style="font-family:sans-serif">\n{blocks(document)}\n</body></html>\n'
    )


def content_id(key: str) -> str:
    """By what the HTML names a picture that comes with the e-mail (RFC 2392)."""
    return f"{quote(key[:32], safe='')}@letter"


def blocks(document: Iterable[Block]) -> str:
    """The blocks of a text; what only paper has, such as a new page or the room for a signature, is left out."""
    several = list(document)
    return "\n".join(filter(None, map(_block, several, numbered(several))))


def part(document: Document) -> str:
    """A part of a text for another program: with real lists, and without pictures, which stay here."""
    parts: list[str] = []
    lists: list[str] = []
    for block in every_block(document):
        item = block if isinstance(block, Paragraph) and block.mark else None
        depth, kind = (item.level + 1, "ul" if item.mark == BULLET else "ol") if item else (0, "")
        while len(lists) > depth or (len(lists) == depth and lists and lists[-1] != kind):
            parts.append(f"</{lists.pop()}>")
        while len(lists) < depth:
            parts.append(f"<{kind}>")
            lists.append(kind)
        if item is not None:  # a further list may follow within it, so that it is left open, as HTML allows
            parts.append(f"<li{_style(_ALIGNED[item.align], _SIZED[item.size])}>{_words(item.runs)}")
        elif not isinstance(block, Picture | Slip):
            parts.append(_block(block, 0))
    return "".join([*parts, *(f"</{kind}>" for kind in reversed(lists))])


def _block(block: Block, number: int) -> str:
    match block:
        case Paragraph():
            mark = "" if not block.mark else "• " if block.mark == BULLET else f"{number}. "
            set_in = f"margin:0 0 0 {_SET_IN * (block.level + 1)}px" if block.mark else ""
            return f"<p{_style(_ALIGNED[block.align], _SIZED[block.size], set_in)}>{mark}{_words(block.runs)}</p>"
        case Table():
            rows = (
                "".join(_cell(cell, head=block.head and index == 0) for cell in row)
                for index, row in enumerate(block.rows)
            )
            return "<table>\n" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</table>"
        case Picture():
            width = round(block.width * _PIXELS_PER_MM)
            return (
                f'<p{_style(_ALIGNED[block.align])}><img src="cid:{content_id(block.file)}" width="{width}" alt=""></p>'
            )
        case Code():
            return f"<p>{escape(block.text)}</p>"
        case Slip():
            return "<hr>\n" + blocks(block.blocks)
        case _:
            return ""


def _cell(runs: tuple[Run, ...], *, head: bool) -> str:
    tag = "th" if head else "td"
    return f'<{tag} style="text-align:left;vertical-align:top;padding:2px 12px 2px 0">{_words(runs)}</{tag}>'


def _words(runs: Iterable[Run]) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    text = escape(run.text).replace("\n", "<br>")
    for wanted, tag in ((run.underlined, "u"), (run.italic, "i"), (run.bold, "b")):
        text = f"<{tag}>{text}</{tag}>" if wanted else text
    return text


def _style(*styles: str) -> str:
    joined = ";".join(filter(None, styles))
    return f' style="{joined}"' if joined else ""
