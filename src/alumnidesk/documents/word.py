"""Pieces of Word documents (DOCX) that several of ours are made of: words, pictures, tables without lines, numbers."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import segno
from docx.blkcntnr import BlockItemContainer
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from PIL import Image, ImageOps

from alumnidesk.domain import letter_text
from alumnidesk.domain.letter_text import Runs

GREY = RGBColor(0x52, 0x5A, 0x5F)
_ALIGNED = {
    letter_text.LEFT: None,
    letter_text.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    letter_text.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    letter_text.JUSTIFIED: WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_PIXELS = 1600
"""A picture is at most so many wide or high: 300 dots per inch on a whole line."""


# Words ---------------------------------------------------------------------------------------------------------------


def said(
    paragraph: Paragraph, text: str, *, size: Length | None = None, bold: bool = False, colour: RGBColor | None = None
) -> Run:
    """Put words at the end of a paragraph: as they are, never as markup. ``\\n`` is a new line, ``\\t`` a tabulator."""
    run = paragraph.add_run(letter_text.clean(text))
    if size is not None:
        run.font.size = size
    if bold:
        run.font.bold = True
    if colour is not None:
        run.font.color.rgb = colour
    return run


def runs(paragraph: Paragraph, words: Runs, size: Length | None = None, *, bold: bool = False) -> None:
    """The same with words that look differently."""
    for one in words:
        run = said(paragraph, one.text, size=size, bold=bold or one.bold)
        if one.italic:
            run.font.italic = True
        if one.underlined:
            run.font.underline = True


def align(paragraph: Paragraph, how: str) -> None:
    """Set a paragraph as letters have it (`letter_text.ALIGNMENTS`)."""
    if (alignment := _ALIGNED[how]) is not None:
        paragraph.alignment = alignment


def compact(paragraph: Paragraph, leading: Length | None = None) -> Paragraph:
    """No room above and below; with `leading` its lines have exactly this distance."""
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    if leading is None:
        shape.line_spacing = 1.0
    else:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, leading
    return paragraph


def tab(paragraph: Paragraph, at: Length, *, right: bool = False) -> None:
    """Set a tabulator."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(at, WD_TAB_ALIGNMENT.RIGHT if right else WD_TAB_ALIGNMENT.LEFT)


def speaks(part: BaseOxmlElement, language: str) -> None:
    """The spelling of all words in a part of a document is that of another language than the document's."""
    for run in part.iter(qn("w:r")):
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), language)
        run.get_or_add_rPr().append(spoken)


def numbering(lists: BaseOxmlElement, number: int, kind: int, start: int) -> None:
    """A list of its own, counted from `start`, of a kind of numbering that the document has."""
    one = OxmlElement("w:num")
    one.set(qn("w:numId"), str(number))
    how, level, first = (OxmlElement(f"w:{name}") for name in ("abstractNumId", "lvlOverride", "startOverride"))
    how.set(qn("w:val"), str(kind))
    level.set(qn("w:ilvl"), "0")
    first.set(qn("w:val"), str(start))
    level.append(first)
    one.append(how)
    one.append(level)
    lists.append(one)


def page_number(paragraph: Paragraph, size: Length) -> None:
    """The number of the page, which the word processor counts."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = said(paragraph, "", size=size)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def cutting_line(paragraph: Paragraph) -> None:
    """A dashed line below an empty paragraph."""
    border, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("val", "dashed"), ("sz", "4"), ("space", "1"), ("color", "808080")):
        line.set(qn(f"w:{key}"), value)
    border.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr")


# Tables --------------------------------------------------------------------------------------------------------------


def bare_table(where: BlockItemContainer, widths: Sequence[float], height: float = 0, indent: float = 0) -> Table:
    """A row of cells without lines and margins; millimetres. With `height` it is exactly so high."""
    table = where.add_table(1, len(widths), Mm(sum(widths)))
    table.autofit = False
    properties = table._tbl.tblPr
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    set_in(table, indent)
    properties.insert_element_before(margins, "w:tblLook")
    measured(table, widths)
    if height:
        table.rows[0].height, table.rows[0].height_rule = Mm(height), WD_ROW_HEIGHT_RULE.EXACTLY
    return table


def set_in(table: Table, indent: float) -> None:
    """Let a table begin so many millimetres right of the text, or left of it."""
    inset = OxmlElement("w:tblInd")
    inset.set(qn("w:w"), str(round(indent / 25.4 * 1440)))
    inset.set(qn("w:type"), "dxa")
    followers = ("w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    table._tbl.tblPr.insert_element_before(inset, *followers)


def measured(table: Table, widths: Sequence[float]) -> None:
    """Give the columns these widths in millimetres: programs read them from the grid, or from each cell."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def repeats_head(table: Table) -> None:
    """The first row comes again on the next page."""
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def ends_with_nothing(where: BlockItemContainer) -> None:
    """The paragraph that has to stand after a table is as low as it can be."""
    paragraph = where.paragraphs[0]
    where._element.append(paragraph._p)
    compact(paragraph, Pt(1))
    said(paragraph, "", size=Pt(1))


# Pictures ------------------------------------------------------------------------------------------------------------


def sound(data: bytes) -> bytes | None:
    """A picture as it goes into a document, no finer than printing needs; None if it is damaged or there is none."""
    if not data:
        return None
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
            kind = image.format
            image.thumbnail((_PIXELS, _PIXELS))
            upright = ImageOps.exif_transpose(image)
            made = BytesIO()
            if kind == "JPEG":
                upright.convert("RGB").save(made, "JPEG", quality=88)
            else:
                plain = upright.mode in ("1", "L", "RGB", "RGBA")
                (upright if plain else upright.convert("RGBA")).save(made, "PNG")
            return made.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):  # what Pillow raises for damaged files
        return None


def fitted(data: bytes, width: float, height: float) -> tuple[float, float]:
    """Size of a sound picture within `width` and `height`, its proportions kept. Millimetres."""
    with Image.open(BytesIO(data)) as image:
        wide, high = image.size
    scale = min(width / wide, height / high)
    return wide * scale, high * scale


def picture(paragraph: Paragraph, data: bytes, width: float, height: float) -> None:
    """Put a sound picture into a paragraph, as large as it fits into `width` and `height` (millimetres)."""
    shape = paragraph.add_run().add_picture(BytesIO(data), *map(Mm, fitted(data, width, height)))
    for side in ("distT", "distB", "distL", "distR"):  # where they are missing Writer leaves 3 mm
        shape._inline.set(side, "0")


def qr(text: str) -> bytes:
    """A QR code as a picture, with the white margin that readers need."""
    made = BytesIO()
    segno.make_qr(text, error="m").save(made, kind="png", scale=10, border=4)
    return made.getvalue()
