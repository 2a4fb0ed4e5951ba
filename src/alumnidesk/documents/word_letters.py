"""A letter run as one Word document (DOCX): a section for each letter, which Word, Writer and others go on editing.

What stands in the same place on every letter is the header and footer of all sections, stored once. Address and
information block are cells of a table without lines, whose rows have exact heights: every program sets these alike,
which is not so with frames. Lists, tables and page numbers are those of the word processor.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from io import BytesIO

import docx
from docx.blkcntnr import BlockItemContainer
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from alumnidesk.documents import fonts, word
from alumnidesk.documents.furniture import Furniture
from alumnidesk.documents.letters import fitted_address
from alumnidesk.documents.sender_line import fitted_sender
from alumnidesk.domain import letter_text
from alumnidesk.domain.association import Association
from alumnidesk.domain.envelope_windows import window_of
from alumnidesk.domain.letter_text import (
    BULLET,
    HEADING,
    LARGE,
    MOST_LEVELS,
    NORMAL,
    NUMBER,
    SMALL,
    Block,
    Code,
    NewPage,
    Paragraph,
    Picture,
    Signature,
    Slip,
    Table,
)
from alumnidesk.domain.letters import LetterPlan
from alumnidesk.i18n import Language, Message, say
from alumnidesk.progress import Progress

log = logging.getLogger(__name__)

_FONTS = {"serif": "Times New Roman", "sans": "Arial"}
"""Ours are on hardly any computer; these, or others of the same widths, are on all."""
_SIZES: Mapping[str, float] = {SMALL: 8.5, NORMAL: 10.5, LARGE: 13, HEADING: 13}
_SMALL, _SMALLER = Pt(8.5), Pt(7.5)
_LEFT, _RIGHT, _ABOVE, _NEXT_TOP = 25.0, 20.0, 8.0, 30.0
"""Millimetres: margins; from the upper edge to the letterhead; where the text of continued pages begins."""
_FOOT = 9.0
_RETURN_LINE, _ADDRESS_ZONE = 5.0, 27.3
_LOGO = 45.0, 17.0
_SIGNATURE = 60.0, 15.0
_LABELS, _HIGHEST = 22.0, 230.0
"""Width of the labels of the information block; and how high a picture may be."""
_CELL = 1.9
"""Room at the left of a cell's words: so far a table is set in, or its line would stand beyond the text."""
_LISTS = {BULLET: "List Bullet", NUMBER: "List Number"}


def letters_document(
    plans: Sequence[LetterPlan],
    association: Association,
    pictures: Mapping[str, bytes],
    progress: Progress,
    title: str = "",
) -> tuple[bytes, tuple[tuple[LetterPlan, Message], ...]]:
    """All letters as one document, in the order of `plans`, and those that could not be written, with the reason.

    `pictures` are the stored files that they show, by key. Raises `Cancelled`.
    """
    progress.begin(say("Writing letters …"), len(plans))
    run = _Run(association, pictures, title)
    failed = []
    for plan in plans:
        try:
            run.add(plan)
        except Exception:  # one letter must not take the others with it
            log.exception("a letter could not be written")
            failed.append((plan, say("This letter could not be printed.")))
        progress.advance()
    return run.data(), tuple(failed)


class _Run:
    """Writes the letters of one document."""

    def __init__(self, association: Association, pictures: Mapping[str, bytes], title: str) -> None:
        self.association, self.pictures = association, pictures
        self.place = window_of(association)
        self.furniture = Furniture(association, self.place)
        self.wide = self.place.size[0] / 72 * 25.4 - _LEFT - _RIGHT
        self.top = min(self.place.text.y, self.place.information[1])
        """Where the table with address and information block begins, in millimetres."""
        self.document = docx.Document()
        self._images: dict[str, bytes | None] = {}
        self._set_styles()
        self._set_properties(title)
        self._set_page()
        self._body = self.document.element.body
        self._section = self._body.sectPr
        self._written: list[BaseOxmlElement] = []
        """The elements of all letters so far; the last one is a paragraph."""
        self._shapes = 100
        """The number of the last picture; those of the letterhead are below."""
        self._drawn: dict[tuple[str, float], BaseOxmlElement] = {}
        """Pictures as they stand in a paragraph, by key and width: each is looked at once."""
        self._heads: dict[tuple[str, str], BaseOxmlElement] = {}
        """The table at the head of a letter, by language and date, without an address."""
        self._list: dict[int, int] = {}
        """The numbering of the list that goes on, by level."""

    def data(self) -> bytes:
        """The whole document."""
        for element in self._written:
            self._section.addprevious(element)
        made = BytesIO()
        self.document.save(made)
        return made.getvalue()

    # The whole document ----------------------------------------------------------------------------------------

    def _set_styles(self) -> None:
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = _FONTS.get(self.association.font, _FONTS["serif"]), Pt(_SIZES[NORMAL])
        faces = normal.element.rPr.rFonts
        for kind in ("w:cs", "w:eastAsia"):
            faces.set(qn(kind), normal.font.name)
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), self.association.language)
        normal.element.rPr.append(spoken)
        normal.paragraph_format.space_after, normal.paragraph_format.space_before = Pt(8), Pt(0)
        normal.paragraph_format.line_spacing = 1.15
        normal.paragraph_format.widow_control = True
        self._table_style: str = self.document.styles["Table Grid"].style_id
        self._numberings = 1000
        """The number of the last list; those of the template are below."""
        self._lists: dict[tuple[str, int], tuple[str, int]] = {}
        """By mark and level the style of an item, and the kind of numbering that its lists have."""
        numbering = self.document.part.numbering_part.element
        for mark, name in _LISTS.items():
            for level in range(MOST_LEVELS):
                style = self.document.styles[f"{name} {level + 1}" if level else name]
                kind = numbering.num_having_numId(style.element.pPr.numPr.numId.val).abstractNumId.val
                self._lists[mark, level] = style.style_id, kind

    def _set_properties(self, title: str) -> None:
        about = self.document.core_properties
        about.title, about.author, about.last_modified_by = letter_text.clean(title), self.association.name, ""
        about.comments, about.language = "", self.association.language
        about.created = about.modified = datetime.now()

    def _set_page(self) -> None:
        section = self.document.sections[0]
        width, height = self.place.size
        section.page_width, section.page_height = Pt(width), Pt(height)
        section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
        section.header_distance, section.footer_distance = Mm(_ABOVE), Mm(_FOOT)
        section.top_margin, section.bottom_margin = Mm(min(_NEXT_TOP, self.top)), Pt(self.furniture.bottom)
        section.different_first_page_header_footer = True
        numbers = OxmlElement("w:pgNumType")
        numbers.set(qn("w:start"), "1")
        section._sectPr.append(numbers)
        self._letterhead(section.first_page_header)
        self._next_head(section.header)
        self._foot(section.first_page_footer)
        self._foot(section.footer)

    def _letterhead(self, header: BlockItemContainer) -> None:
        """Logo, name and strapline in a row of exact height: what comes below it begins where it has to."""
        logo = self._image("logo", self.association.logo)
        wide = word.fitted(logo, *_LOGO)[0] + 4 if logo else 0
        widths = [wide, self.wide - wide] if logo else [self.wide]
        cells = word.bare_table(header, widths, self.top - _ABOVE).rows[0].cells
        if logo:
            word.picture(word.compact(cells[0].paragraphs[0]), logo, *_LOGO)
        name = word.compact(cells[-1].paragraphs[0])
        word.said(name, self.association.name, size=Pt(15), bold=True, colour=_colour(self.association.accent))
        if self.association.strapline:
            below = word.compact(cells[-1].add_paragraph())
            word.said(below, self.association.strapline, size=_SMALL, colour=word.GREY)
        word.ends_with_nothing(header)

    def _next_head(self, header: BlockItemContainer) -> None:
        paragraph = word.compact(header.paragraphs[0])
        word.tab(paragraph, Mm(self.wide), right=True)
        word.said(paragraph, f"{self.association.name}\t", size=_SMALL, bold=True)
        word.page_number(paragraph, _SMALL)

    def _foot(self, footer: BlockItemContainer) -> None:
        if columns := self.furniture.foot_columns:
            needed = [max(map(self.furniture.small.width, lines)) + 6 for lines in columns]
            size = Pt(min(1, Mm(self.wide).pt / sum(needed)) * _SMALLER.pt)
            widths = [self.wide * part / sum(needed) for part in needed]
            cells = word.bare_table(footer, widths).rows[0].cells
            for cell, lines in zip(cells, columns, strict=True):
                word.said(word.compact(cell.paragraphs[0]), "\n".join(lines), size=size, colour=word.GREY)
        word.ends_with_nothing(footer)

    # One letter ------------------------------------------------------------------------------------------------

    def add(self, plan: LetterPlan) -> None:
        """Write a letter after the others; the document holds one at a time, because finding its end takes the longer
        the more there is in it. If the letter cannot be written, nothing of it stays."""
        try:
            self._write(plan)
        except BaseException:
            self._take()
            raise
        if self._written:
            self._written[-1].get_or_add_pPr().append(deepcopy(self._section))
        self._written += self._take()

    def _take(self) -> list[BaseOxmlElement]:
        """Take what was written out of the document."""
        taken = [element for element in self._body if element is not self._section]
        for element in taken:
            self._body.remove(element)
        return taken

    def _write(self, plan: LetterPlan) -> None:
        self._list = {}
        self._head(plan)
        if plan.subject:
            word.said(self._paragraph(), plan.subject, bold=True)
        own = [block for block in plan.text if not isinstance(block, Slip)]
        self._blocks(own)
        self._closing(plan, signed=any(isinstance(block, Signature) for block in own))
        self._blocks([block for block in plan.text if isinstance(block, Slip)])
        for shape in self._body.iter(qn("wp:docPr")):
            self._shapes += 1
            shape.set("id", str(self._shapes))
        if self._section.getprevious().tag != qn("w:p"):
            word.compact(self._paragraph())  # which ends the section
        if plan.language != self.association.language:
            word.speaks(self._body, plan.language)

    def _paragraph(self) -> WordParagraph:
        return self.document.add_paragraph()

    def _head(self, plan: LetterPlan) -> None:
        """Address and information block beside each other, each where it belongs."""
        text, (left, top, width) = self.place.text, self.place.information
        address_first = text.x <= left
        key = (plan.language, plan.date)
        if key not in self._heads:
            first, second, end = (text.x, left, left + width) if address_first else (left, text.x, text.x + text.width)
            height = self.place.subject - self.top
            table = word.bare_table(self.document._body, [second - first, end - second], height, first - _LEFT)
            self._information(table.rows[0].cells[1 if address_first else 0], plan, top - self.top)
            self._heads[key] = table._tbl
            self._body.remove(table._tbl)
        copied = deepcopy(self._heads[key])
        self._section.addprevious(copied)
        self._address(WordTable(copied, self.document._body).rows[0].cells[0 if address_first else 1], plan)

    def _address(self, cell: _Cell, plan: LetterPlan) -> None:
        place, above = self.place.text, self.place.text.y - self.top
        lines, style, _ = fitted_address(plan.address, self.place, fonts.face(self.association.font))
        begins = above + max(0.0, place.height - max(_ADDRESS_ZONE, len(lines) * style.leading / 72 * 25.4))
        paragraph = cell.paragraphs[0]
        if self.place.return_line:
            line = " · ".join(filter(None, (self.association.sender_line, plan.code)))
            sender, small, _ = fitted_sender(line, self.place, fonts.face(self.association.font))
            word.compact(paragraph, Mm(_RETURN_LINE / len(sender))).paragraph_format.space_before = Mm(above)
            word.said(paragraph, "\n".join(sender), size=Pt(small.size), colour=word.GREY)
            begins -= above + _RETURN_LINE
            paragraph = cell.add_paragraph()
        word.compact(paragraph, Pt(style.leading)).paragraph_format.space_before = Mm(max(0.0, begins))
        word.said(paragraph, "\n".join(lines), size=Pt(style.size))

    def _information(self, cell: _Cell, plan: LetterPlan, above: float) -> None:
        words, association = Language(plan.language), self.association
        rows = [
            (say("Your contact"), association.contact_person),
            (say("Phone"), association.phone),
            (say("E-mail"), association.email),
            (say("Date"), plan.date),
        ]
        shown = [(words(label), value) for label, value in rows if value]
        paragraph = word.compact(cell.paragraphs[0], Pt(13))
        paragraph.paragraph_format.space_before = Mm(max(0.0, above))
        word.tab(paragraph, Mm(_LABELS))
        for number, (label, value) in enumerate(shown):
            word.said(paragraph, f"{label}\t", size=_SMALLER, colour=word.GREY)
            word.said(paragraph, value + ("\n" if number + 1 < len(shown) else ""), size=_SMALL)

    def _closing(self, plan: LetterPlan, *, signed: bool) -> None:
        """Closing words, room to sign, who signs: these stay together."""
        paragraphs = []
        if plan.closing:
            paragraphs.append(self._paragraph())
            word.said(paragraphs[-1], plan.closing)
        if self.association.signatory:
            if not signed:
                paragraphs.append(self._paragraph())
                self._sign(paragraphs[-1])
            paragraphs.append(self._paragraph())
            word.said(paragraphs[-1], self.association.signatory)
            if self.association.signatory_role:
                word.said(paragraphs[-1], f"\n{self.association.signatory_role}", size=_SMALL, colour=word.GREY)
        for paragraph in paragraphs[:-1]:
            paragraph.paragraph_format.keep_with_next = True

    def _sign(self, paragraph: WordParagraph) -> None:
        """The picture of the signature, else room for the pen."""
        if picture := self._image("signature", self.association.signature):
            self._picture(word.compact(paragraph), "signature", picture, *_SIGNATURE)
        else:
            word.compact(paragraph, Mm(_SIGNATURE[1]))

    # The letter's own words ------------------------------------------------------------------------------------

    def _blocks(self, blocks: Sequence[Block]) -> None:
        for block, number in zip(blocks, letter_text.numbered(blocks), strict=True):
            match block:
                case Paragraph():
                    self._text(block, number)
                case Table():
                    self._table(block)
                case Picture():
                    if data := self._image(block.file, self.pictures.get(block.file, b"")):
                        word.align(paragraph := self._paragraph(), block.align)
                        self._picture(paragraph, block.file, data, min(block.width, self.wide), _HIGHEST)
                case Code():
                    word.align(paragraph := self._paragraph(), block.align)
                    self._picture(paragraph, f"qr {block.text}", word.qr(block.text), block.size, block.size)
                case Signature():
                    self._sign(self._paragraph())
                case NewPage():
                    self._paragraph().add_run().add_break(WD_BREAK.PAGE)
                case Slip():
                    word.cutting_line(word.compact(self._paragraph()))
                    self._blocks(block.blocks)

    def _text(self, block: Paragraph, number: int) -> None:
        paragraph = self._paragraph()
        word.align(paragraph, block.align)
        if block.mark:
            self._item(block, number, paragraph)
        size = Pt(_SIZES[block.size]) if block.size != NORMAL else None
        word.runs(paragraph, block.runs, size, bold=block.size == HEADING)
        if block.size == HEADING:
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.space_before = Pt(6)

    def _item(self, block: Paragraph, number: int, paragraph: WordParagraph) -> None:
        """An item of a list of the word processor's own; each list counts anew."""
        style, counter = self._lists[block.mark, block.level]
        paragraph._p.style = style
        if block.mark != NUMBER:
            return
        if number == 1 or block.level not in self._list:
            self._numberings += 1
            word.numbering(self.document.part.numbering_part.element, self._numberings, counter, number)
            self._list[block.level] = self._numberings
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = self._list[block.level]
        properties.get_or_add_ilvl().val = 0

    def _table(self, block: Table) -> None:
        if not block.rows or not block.widths:
            return
        widths = [self.wide * share / max(1, sum(block.widths)) for share in block.widths]
        table = self.document._body.add_table(len(block.rows), len(widths), Mm(self.wide))
        table._tbl.tblPr.style, table.autofit = self._table_style, False
        word.measured(table, widths)
        word.set_in(table, _CELL)
        for place, (row, cells) in enumerate(zip(table.rows, block.rows, strict=True)):
            for cell, runs in zip(row.cells, cells, strict=True):
                word.runs(word.compact(cell.paragraphs[0]), runs, Pt(10), bold=block.head and place == 0)
        if block.head:
            word.repeats_head(table)
        word.compact(self._paragraph(), Pt(8))

    def _picture(self, paragraph: WordParagraph, key: str, data: bytes, width: float, height: float) -> None:
        if (key, width) in self._drawn:
            paragraph._p.append(deepcopy(self._drawn[key, width]))
        else:
            word.picture(paragraph, data, width, height)
            self._drawn[key, width] = deepcopy(paragraph._p[-1])

    def _image(self, key: str, data: bytes) -> bytes | None:
        """A picture as it goes into the document, made so once."""
        if key not in self._images:
            self._images[key] = word.sound(data)
        return self._images[key]


def _colour(text: str) -> RGBColor | None:
    try:
        return RGBColor.from_string(text.lstrip("#").upper())
    except ValueError:
        return None
