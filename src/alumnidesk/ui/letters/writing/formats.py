"""What the formats of Qt's document say about the text of a letter, and how they make it look.

Everything that a letter knows stands in properties of its own; margins and indents only follow from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
    QTextFragment,
    QTextLength,
    QTextTableFormat,
)

from alumnidesk.domain.letter_text import CENTRE, JUSTIFIED, LEFT, NORMAL, RIGHT, Run, Runs

_FIRST = QTextFormat.Property.UserProperty.value
SIZE, MARK, LEVEL, ONLY, SLIP, SLIP_ONLY, FILLER, NAME, FILE, WIDTH, SAYS = range(_FIRST + 1, _FIRST + 12)
"""Of blocks: size, list mark, level, condition, number of the reply slip and its condition, and whether a block is only
there because Qt needs one beside a table. Of characters: name of a placeholder, file, millimetres, text of a code."""
_OBJECT = QTextFormat.ObjectTypes.UserObject.value
CHIP, PICTURE, CODE, SIGNATURE, NEW_PAGE = OBJECTS = tuple(range(_OBJECT + 1, _OBJECT + 6))
"""Kinds of characters that are painted: a placeholder within a line, the others in a paragraph of their own."""
OBJECT_SIGN = "\ufffc"
LINE_END = "\u2028"
PLACEHOLDER = re.compile(r"\{([^{}\n]+)\}")
_NOT_IN_QT: Mapping[int, str | None] = {0xFFFC: None, 0xFDD0: None, 0xFDD1: None, ord("\n"): LINE_END}

_ALIGNMENTS: Mapping[str, Qt.AlignmentFlag] = {
    LEFT: Qt.AlignmentFlag.AlignLeft,
    CENTRE: Qt.AlignmentFlag.AlignHCenter,
    RIGHT: Qt.AlignmentFlag.AlignRight,
    JUSTIFIED: Qt.AlignmentFlag.AlignJustify,
}


def alignment(align: str) -> Qt.AlignmentFlag:
    """Qt's word for an alignment."""
    return _ALIGNMENTS[align]


def align_of(form: QTextBlockFormat) -> str:
    """The letter's word for it."""
    given = form.alignment()
    return next((align for align, flag in _ALIGNMENTS.items() if given & flag), LEFT)


# Blocks --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Measures:
    """Pixels that do not depend on the width of the page."""

    gap: float
    """Above a paragraph."""
    item_gap: float
    """Above an item of a list."""
    words: float
    """More above a paragraph that only some letters have, for the words that say which."""


def block_format(
    measures: Measures,
    *,
    align: str = LEFT,
    size: str = NORMAL,
    mark: str = "",
    level: int = 0,
    only: str = "",
    slip: int = 0,
    slip_only: str = "",
) -> QTextBlockFormat:
    """The format of a paragraph."""
    form = QTextBlockFormat()
    form.setAlignment(_ALIGNMENTS[align])
    for key, value, usual in ((SIZE, size, NORMAL), (MARK, mark, ""), (ONLY, only, ""), (SLIP_ONLY, slip_only, "")):
        if value != usual:
            form.setProperty(key, value)
    if level:
        form.setProperty(LEVEL, level)
    if slip:
        form.setProperty(SLIP, slip)
    return laid_out(form, measures)


def laid_out(form: QTextBlockFormat, measures: Measures) -> QTextBlockFormat:
    """The format with the margins that its properties ask for."""
    marked = form.hasProperty(MARK)
    form.setIndent(form.intProperty(LEVEL) + 1 if marked else 0)
    form.setTopMargin((measures.item_gap if marked else measures.gap) + (measures.words if only_of(form) else 0))
    form.setLineHeight(104, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return form


def size_of(form: QTextFormat) -> str:
    return form.stringProperty(SIZE) or NORMAL


def only_of(form: QTextFormat) -> str:
    """The condition of a block or a table, or of the slip whose first block it is."""
    return form.stringProperty(ONLY)


# Tables --------------------------------------------------------------------------------------------------------------


def table_format(
    measures: Measures, widths: tuple[int, ...], *, head: bool, only: str, slip: int, slip_only: str
) -> QTextTableFormat:
    """The format of a table."""
    form = QTextTableFormat()
    form.setBorder(1)
    form.setBorderCollapse(True)
    form.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
    form.setCellPadding(4)
    form.setCellSpacing(0)
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    form.setTopMargin(measures.gap + (measures.words if only else 0))
    form.setHeaderRowCount(int(head))
    form.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, share) for share in widths])
    for key, value in ((ONLY, only), (SLIP_ONLY, slip_only)):
        if value:
            form.setProperty(key, value)
    if slip:
        form.setProperty(SLIP, slip)
    return form


# Characters ----------------------------------------------------------------------------------------------------------


def char_format(run: Run) -> QTextCharFormat:
    """How the characters of a run look."""
    form = QTextCharFormat()
    if run.bold:
        form.setFontWeight(QFont.Weight.Bold)
    if run.italic:
        form.setFontItalic(True)
    if run.underlined:
        form.setFontUnderline(True)
    return form


def look_of(form: QTextCharFormat) -> Run:
    """The look of characters, as an empty run."""
    return Run("", form.fontWeight() >= QFont.Weight.DemiBold.value, form.fontItalic(), form.fontUnderline())


def chip_format(name: str, look: QTextCharFormat) -> QTextCharFormat:
    """A placeholder that looks like the characters around it."""
    form = char_format(look_of(look))
    form.setObjectType(CHIP)
    form.setProperty(NAME, name)
    form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    return form


def qt_text(text: str) -> str:
    """A text as Qt's document can hold it."""
    return text.translate(_NOT_IN_QT)


def run_of(fragment: QTextFragment) -> Run:
    """Characters that look alike; of what is painted only placeholders are words."""
    form, text = fragment.charFormat(), fragment.text()
    if OBJECT_SIGN in text:
        name = "{" + form.stringProperty(NAME) + "}" if form.objectType() == CHIP else ""
        text = text.replace(OBJECT_SIGN, name)
    return look_of(form).saying(text.replace(LINE_END, "\n"))


def runs_of(block: QTextBlock) -> Iterator[Run]:
    """The words of a block."""
    return map(run_of, fragments(block))


def fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    """The pieces of a block in which the characters look alike."""
    place = block.begin()
    while not place.atEnd():
        yield place.fragment()
        place += 1


def joined(parts: list[Runs]) -> Runs:
    """Several paragraphs as the lines of one."""
    return tuple(run for n, runs in enumerate(parts) for run in ((Run("\n"),) if n else ()) + runs)
