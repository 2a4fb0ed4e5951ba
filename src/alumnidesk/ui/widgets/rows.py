"""How the rows of a list are painted: text with found letters marked, a small second line, chips, the selection.

A key in the search box ends here: all rows on screen are painted anew, in one go and column by column, because asking
for every cell by itself, as Qt's delegates do, takes twice as long as the painting (measured).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from alumnidesk.ui.icons import paint_icon
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.bars import paint_bar
from alumnidesk.ui.widgets.chip import Chip, paint_chip, place_chips
from alumnidesk.ui.widgets.grouped import GroupedRows
from alumnidesk.ui.widgets.lines import Column, LinesTable
from alumnidesk.ui.widgets.measured import Words
from alumnidesk.ui.widgets.paint import fill

PADDING = 12
"""Left of the text in a cell, at 100 %."""
ICON = 18
"""Size of the icon before a text, at 100 %."""
BAR_WORDS = 116
"""Room for the words before a bar."""
CHIPS = 2_000
"""So many pictures of chips are kept."""


class Row(NamedTuple):
    """A row on screen: its number, where it begins (pixels), and how it stands out."""

    number: int
    top: int
    selected: bool
    under_pointer: bool


class Cell(NamedTuple):
    """Where a column stands, in pixels."""

    left: int
    width: int


class RowsPainter:
    """Paints rows of one `LinesTable`, straight from its lines."""

    def __init__(self, look: Look, table: LinesTable[Any], row_height: int) -> None:
        self._look, self._table, self._height = look, table, row_height
        self._body, self._bold, self._small = (
            Words(look.font()),
            Words(look.font(bold=True)),
            Words(look.font("small")),
        )
        self._pad, self._edge, self._gap, self._wide_gap = look.px(PADDING), look.px(3), look.px(4), look.px(8)
        self._icon_room = look.px(ICON) + look.px(8)
        self._chips: dict[tuple[Chip, int, bool], QPixmap] = {}
        look.changed.connect(self._chips.clear)

    def paint(
        self, painter: QPainter, rows: Sequence[Row], cells: Sequence[Cell], width: int, *, mirrored: bool = False
    ) -> None:
        """Paint these rows of a list of this width; `mirrored` where one reads from right to left."""
        self._paint_grounds(painter, rows, cells)
        lines = [(row, line) for row in rows if (line := self._table.line(row.number)) is not None]
        for column, cell in zip(self._table.columns, cells, strict=True):
            before = self._pad
            after = self._wide_gap if column.right else 0 if column.chips else self._gap
            left = cell.left + (after if mirrored else before)
            self._paint_column(painter, column, lines, left, cell.width - before - after, column.right != mirrored)
        if isinstance(self._table.ids, GroupedRows):
            self._paint_groups(painter, rows, width, mirrored)

    def _paint_groups(self, painter: QPainter, rows: Sequence[Row], width: int, mirrored: bool) -> None:
        """The heads of groups over the whole width: the name, and how many stand below it."""
        look = self._look
        for row in rows:
            group = self._table.group(row.number)
            if group is None:
                continue
            painter.fillRect(0, row.top, width, self._height - 1, look.colour("page"))
            gap = self._wide_gap + self._small.width(group.said)
            room = QRect(self._pad, row.top, width - 2 * self._pad - gap, self._height - 1)
            name, x, y = self._bold.place(group.name, room, mirrored)
            painter.setFont(self._bold.font)
            painter.setPen(look.colour("text"))
            painter.drawText(x, y, name)
            painter.setFont(self._small.font)
            painter.setPen(look.colour("text2"))
            painter.drawText(x - gap if mirrored else x + self._bold.width(name) + self._wide_gap, y, group.said)

    def fits(self, column: Column[Any], line: Any, width: int) -> bool:
        """Is all of a cell of this width shown, its second line too?"""
        room = width - self._pad - self._gap
        if column.icon is not None:
            room -= self._icon_room
        second = column.second(line) if column.second is not None else ""
        return (
            not column.chips
            and self._words(column).width(column.text(line)) <= room
            and self._small.width(second) <= room
        )

    def wish(self, column: Column[Any], line: Any) -> int:
        """The width that shows all of a cell."""
        return self._words(column).width(column.text(line)) + 2 * self._pad

    def _words(self, column: Column[Any]) -> Words:
        return self._bold if column.bold else self._body

    def _paint_grounds(self, painter: QPainter, rows: Sequence[Row], cells: Sequence[Cell]) -> None:
        look, height = self._look, self._height
        left = min((cell.left for cell in cells), default=0)
        width = sum(cell.width for cell in cells)
        hair = look.colour("hair")
        for row in rows:
            if self._table.group(row.number) is not None:
                pass  # nobody stands on the head of a group
            elif row.selected:
                painter.fillRect(left, row.top, width, height, look.colour("tint"))
                painter.fillRect(left, row.top, self._edge, height, look.colour("accent"))
            elif row.under_pointer:
                painter.fillRect(left, row.top, width, height, look.colour("soft"))
            painter.fillRect(left, row.top + height - 1, width, 1, hair)

    def _paint_column(
        self,
        painter: QPainter,
        column: Column[Any],
        lines: Sequence[tuple[Row, Any]],
        left: int,
        width: int,
        right: bool,
    ) -> None:
        plain, chosen = self._look.colour("text"), self._look.colour("on_selection")
        words, matcher = self._words(column), self._table.matcher if column.marks else None
        for row, line in lines:
            room = QRect(left, row.top, width, self._height - 1)
            if column.chips is not None:
                if chips := column.chips(line):
                    self._paint_chips(painter, chips, room, row.selected)
                continue
            if column.bar is not None:
                room = self._paint_bar(painter, column.bar(line), room)
            if column.icon is not None:
                room = self._paint_icon(painter, column, line, room, row.selected)
            if column.second is not None and (second := column.second(line)):
                room = self._paint_second(painter, column, line, second, room, row.selected, right)
            if text := column.text(line):
                ink = chosen if row.selected else plain
                self._paint_text(painter, words, text, room, ink, matcher, row.selected, right)

    def _paint_text(
        self,
        painter: QPainter,
        words: Words,
        text: str,
        room: QRect,
        ink: QColor,
        matcher: Callable[[str], Sequence[tuple[int, int]]] | None,
        selected: bool,
        right: bool,
    ) -> None:
        text, x, y = words.place(text, room, right)
        spots = self._spots(words, text, x, room, found) if matcher and (found := matcher(text)) else ()
        if spots:
            ground = self._look.colour("match2" if selected else "match")
            for spot in spots:
                fill(painter, spot, ground, self._edge)
        painter.setFont(words.font)
        painter.setPen(ink)
        painter.drawText(x, y, text)
        if spots and self._look.palette.high and not selected:
            # In high contrast found letters are black on yellow in the middle of white text.
            painter.save()
            painter.setPen(self._look.colour("on_tint"))
            for spot in spots:
                painter.setClipRect(spot)
                painter.drawText(x, y, text)
            painter.restore()

    def _spots(self, words: Words, text: str, x: int, room: QRect, found: Sequence[tuple[int, int]]) -> list[QRect]:
        height = words.height + self._edge
        y = room.y() + (room.height() - height) // 2
        spots = []
        for start, end in found:
            before = words.width(text[:start]) if start else 0
            spots.append(QRect(x + before - 1, y, words.width(text[:end]) - before + 2, height))
        return spots

    def _paint_second(
        self, painter: QPainter, column: Column[Any], line: Any, second: str, room: QRect, selected: bool, right: bool
    ) -> QRect:
        """The small line below; returns the room of the first one."""
        top, small = self._words(column).height, self._small.height
        gap = (room.height() - top - small) // 2
        upper = QRect(room.x(), room.y() + gap, room.width(), top)
        second, x, y = self._small.place(second, QRect(room.x(), upper.bottom() + 1, room.width(), small), right)
        painter.setFont(self._small.font)
        painter.setPen(self._ink(column.second_role(line) if column.second_role else "text2", selected))
        painter.drawText(x, y, second)
        return upper

    def _paint_icon(self, painter: QPainter, column: Column[Any], line: Any, room: QRect, selected: bool) -> QRect:
        """The icon before the text; returns the room that is left."""
        assert column.icon is not None
        name, role = column.icon(line)
        size = self._look.px(ICON)
        if name:
            y = room.y() + (room.height() - size) / 2 + (self._look.px(1) if column.second else 0)
            paint_icon(painter, name, self._ink(role, selected), room.x() - self._look.px(1), y, size)
        return room.adjusted(self._icon_room, 0, 0, 0)

    def _paint_bar(self, painter: QPainter, shown: tuple[Sequence[int], int] | None, room: QRect) -> QRect:
        """The bar takes the right part of the cell; returns what is left of it for the text."""
        if shown is None:
            return room
        look, words = self._look, self._look.px(BAR_WORDS)
        if room.width() > words + look.px(24):
            height = look.px(8)
            bar = QRect(room.x() + words, room.y() + (room.height() - height) // 2, room.width() - words, height)
            paint_bar(painter, look, bar.adjusted(0, 0, -look.px(8), 0), *shown)
        return room.adjusted(0, 0, words - room.width() - look.px(8), 0)

    def _paint_chips(self, painter: QPainter, chips: Sequence[Chip], room: QRect, selected: bool) -> None:
        """Chips repeat from row to row: where a point is a whole number of pixels, each is drawn once and copied."""
        ratio = painter.deviceTransform().m11()
        for chip, place in place_chips(self._look, chips, room, self._small.width, self._small.shortened_path):
            if ratio != int(ratio):
                paint_chip(painter, self._look, chip, place, selected=selected)
                continue
            key = (chip, place.width(), selected)
            picture = self._chips.get(key)
            if picture is None or picture.devicePixelRatio() != ratio:
                if len(self._chips) > CHIPS:
                    self._chips.clear()
                picture = self._chips[key] = _chip_picture(self._look, chip, place, selected, ratio)
            painter.drawPixmap(place.x(), place.y(), picture)

    def _ink(self, role: str, selected: bool) -> QColor:
        high = selected and self._look.palette.high
        return self._look.colour("on_selection" if high else role)


def _chip_picture(look: Look, chip: Chip, place: QRect, selected: bool, ratio: float) -> QPixmap:
    picture = QPixmap(place.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_chip(painter, look, chip, QRect(0, 0, place.width(), place.height()), selected=selected)
    painter.end()
    return picture
