"""Copying and pasting: between letters exactly, to and from other programs as plain words with the few looks that a
letter knows. HTML is read by ourselves: nothing foreign comes in, no pictures from elsewhere, no fonts, no colours."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

from PySide6.QtCore import QByteArray, QMimeData

from alumnidesk.domain import letter_html, letter_markup, letter_text, placeholders
from alumnidesk.domain.letter_text import (
    BULLET,
    MOST_LEVELS,
    NUMBER,
    Block,
    Document,
    Inner,
    Paragraph,
    Run,
    Runs,
    Table,
    tidy,
    tidy_runs,
)
from alumnidesk.i18n import Language
from alumnidesk.ui.letters.writing.formats import PLACEHOLDER

MIME = "application/x-alumnidesk-letter"
MOST = 1 << 20
"""Characters of a pasted text that are read."""


def to_mime(document: Document, language: Language) -> QMimeData:
    """A part of a letter for the clipboard."""
    made = QMimeData()
    made.setData(MIME, QByteArray(letter_markup.write(document).encode()))
    made.setText(placeholders.named(letter_text.plain(document), language))
    made.setHtml(letter_html.part(_reworded(document, lambda text: placeholders.named(text, language))))
    return made


def from_mime(source: QMimeData, key: Callable[[str], str]) -> Document:
    """What lies on the clipboard, as a part of a letter; `key` gives the key of a placeholder by its name."""
    if source.hasFormat(MIME):
        return letter_markup.read(bytes(source.data(MIME).data()).decode("utf-8", "replace"))
    if source.hasHtml():
        document = from_html(source.html())
    else:
        text = letter_text.clean(source.text()[:MOST])
        document = letter_markup.from_plain(text) if "\n" in text else (Paragraph((Run(text),)),)
    return _reworded(document, lambda text: PLACEHOLDER.sub(lambda found: "{" + key(found[1]) + "}", text))


def _reworded(document: Document, change: Callable[[str], str]) -> Document:
    """The same with other words in its paragraphs and tables, also in those of slips."""

    def runs(old: Runs) -> Runs:
        return tuple(run.saying(change(run.text)) for run in old)

    def one(block: Inner) -> Inner:
        match block:
            case Paragraph():
                return replace(block, runs=runs(block.runs))
            case Table():
                return replace(block, rows=tuple(tuple(map(runs, row)) for row in block.rows))
            case _:
                return block

    return letter_text.with_contents(document, one)


# From HTML -----------------------------------------------------------------------------------------------------------


_NOT_SHOWN = frozenset(("head", "script", "style", "title", "template", "noscript", "svg", "math", "object", "iframe"))
_VOID = frozenset(
    ("br", "img", "hr", "meta", "link", "input", "col", "wbr", "area", "base", "embed", "source", "track")
)
_PARAGRAPHS = frozenset(
    ("p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "section", "article",
     "header", "footer", "dl", "dt", "dd", "address", "center", "form", "fieldset", "figure", "figcaption", "hr")
)  # fmt: skip
_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "th"))
_ITALIC, _UNDERLINED = frozenset(("i", "em")), frozenset(("u", "ins"))


def from_html(html: str) -> Document:
    """The words of a page: paragraphs, lists, tables; bold, italic, underlined. Everything else is left out."""
    reader = _Reader()
    reader.feed(html[:MOST])
    reader.close()
    reader.end_paragraph()
    return tidy(tuple(block for block in reader.blocks if not isinstance(block, Paragraph) or block.runs))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._runs: list[Run] = []
        self._open: list[tuple[str, Run]] = []
        self._look = Run("")
        self._lists: list[str] = []
        self._item = False
        self._rows: list[list[list[Run]]] | None = None
        self._tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._runs.append(replace(self._look, text="\n"))
            return
        if tag in _VOID:
            if tag == "hr":
                self.end_paragraph()
            return
        if tag in _PARAGRAPHS:
            self.end_paragraph()
        self._open.append((tag, self._look))
        self._look = self._looks(tag, dict(attrs))
        if tag in ("ul", "ol"):
            self._lists.append(NUMBER if tag == "ol" else BULLET)
        elif tag == "li":
            self._item = True
        elif tag == "table":
            self._begin_table()
        elif tag == "tr" and self._tables == 1 and self._rows is not None:
            self._rows.append([])
        elif tag in ("td", "th") and self._tables == 1 and self._rows is not None:
            self._end_cell()
            if not self._rows:
                self._rows.append([])
            self._rows[-1].append([])

    def _looks(self, tag: str, attributes: dict[str, str | None]) -> Run:
        style = (attributes.get("style") or "").replace(" ", "").lower()
        look = self._look
        if tag in _BOLD:
            look = replace(look, bold=True)
        if tag in _ITALIC:
            look = replace(look, italic=True)
        if tag in _UNDERLINED:
            look = replace(look, underlined=True)
        for rule in style.split(";"):
            name, _, value = rule.partition(":")
            if name == "font-weight":
                look = replace(look, bold=value in ("bold", "bolder") or (value.isdigit() and int(value) >= 600))
            elif name == "font-style":
                look = replace(look, italic=value in ("italic", "oblique"))
            elif name in ("text-decoration", "text-decoration-line"):
                look = replace(look, underlined="underline" in value)
        return look

    def handle_endtag(self, tag: str) -> None:
        if not any(tag == opened for opened, _ in self._open):
            return
        while self._open:
            opened, self._look = self._open.pop()
            self._close(opened)
            if opened == tag:
                break

    def _close(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self.end_paragraph()
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._item = False
        elif tag in ("td", "th") and self._tables == 1:
            self._end_cell()
        elif tag == "table":
            self._end_table()

    def handle_data(self, data: str) -> None:
        if any(tag in _NOT_SHOWN for tag, _ in self._open):
            return
        if not any(tag == "pre" for tag, _ in self._open):
            data = _collapsed(data)
            if data.startswith(" ") and (not self._runs or self._runs[-1].text.endswith((" ", "\n"))):
                data = data[1:]
        if data:
            self._runs.append(replace(self._look, text=data))

    def end_paragraph(self) -> None:
        """What was gathered becomes a paragraph, within a table a line of the cell."""
        if self._rows is not None:
            if self._runs and not self._runs[-1].text.endswith("\n"):
                self._runs.append(Run("\n"))
            return
        runs = _trimmed(self._runs)
        self._runs = []
        if not runs:
            return
        mark = self._lists[-1] if self._lists and self._item else ""
        level = min(len(self._lists), MOST_LEVELS) - 1 if mark else 0
        self.blocks.append(Paragraph(runs, mark=mark, level=level))
        self._item = False

    def _begin_table(self) -> None:
        self._tables += 1
        if self._tables == 1:
            self.end_paragraph()
            self._rows = []

    def _end_cell(self) -> None:
        if self._rows and self._rows[-1]:
            self._rows[-1][-1] += self._runs
            self._runs = []

    def _end_table(self) -> None:
        self._tables = max(self._tables - 1, 0)
        if self._tables or self._rows is None:
            return
        self._end_cell()
        rows = tuple(tuple(_trimmed(cell) for cell in row) for row in self._rows if row)
        self._rows, self._runs = None, []
        if rows:
            self.blocks.append(Table(rows, ()))

    def close(self) -> None:
        super().close()
        while self._open:
            self._close(self._open.pop()[0])


_SPACE = re.compile(r"[ \t\n\r\f]+")


def _collapsed(text: str) -> str:
    """With one space for all white space; a no-break space stays."""
    return _SPACE.sub(" ", text)


def _trimmed(runs: list[Run]) -> Runs:
    """Without white space and line ends around."""
    kept = list(tidy_runs(runs))
    while kept and not kept[0].text.strip(" \n"):
        kept.pop(0)
    while kept and not kept[-1].text.strip(" \n"):
        kept.pop()
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip(" \n"))
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" \n"))
    return tuple(kept)
