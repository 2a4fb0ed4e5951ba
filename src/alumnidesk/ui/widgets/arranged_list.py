"""A list whose columns one arranges: heads are dragged wider, narrower and elsewhere, and have a menu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.lines import Column, LinesTable
from alumnidesk.ui.widgets.list_table import ListTable


class ArrangedList(ListTable):
    """`widened` carries the widths of all columns at 100 % after one was dragged; `moved` the keys in their new order;
    `head_menu` the key of the head on which the menu was asked for, and where; `sort_likely` what a click would sort
    by, when the pointer comes to a head."""

    widened = Signal(list)
    moved = Signal(list)
    head_menu = Signal(str, QPoint)
    sort_likely = Signal(str, bool)

    def __init__(self, look: Look, table: LinesTable[Any], name: str) -> None:
        self._placing = True
        """Is it the program that sets widths and places now, and nobody's hand?"""
        super().__init__(look, table, name)
        self._placing = False
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        heads = self._heads
        heads.setSectionsMovable(True)
        heads.setFirstSectionMovable(False)
        heads.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        heads.customContextMenuRequested.connect(self._ask_menu)
        heads.sectionResized.connect(self._drag_border)
        heads.sectionMoved.connect(self._move)
        heads.likely.connect(self.sort_likely)
        self._told = QTimer(self, singleShot=True, interval=0)
        self._told.timeout.connect(self._tell_widths)

    @property
    def columns(self) -> Sequence[Column[Any]]:
        """What is shown, from left to right."""
        return self._table.columns

    def show_columns(self, columns: Sequence[Column[Any]], *, sideways: bool) -> None:
        """Show other columns from left to right; `sideways` lets one scroll where they need more room."""
        self._sideways = sideways
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if sideways else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(policy)
        self._table.show_columns(columns)
        self._share_room()
        self.updateGeometry()

    def _share_room(self) -> None:
        before, self._placing = self._placing, True
        super()._share_room()
        self._placing = before

    def _drag_border(self, section: int, before: int, now: int) -> None:
        """What a column gains its neighbour loses, as far as it can; where one scrolls sideways all others stay."""
        if self._placing or not self._heads.isVisible():
            return
        self._placing = True
        following = section + 1
        if following < len(self._table.columns) and not self.horizontalScrollBar().maximum():
            least = self._look.px(self._table.columns[following].least)
            self.setColumnWidth(following, max(self.columnWidth(following) + before - now, least))
        self._placing = False
        self._told.start()

    def _tell_widths(self) -> None:
        widths = [round(self.columnWidth(n) * 100 / self._look.scale) for n in range(len(self.columns))]
        self._table.columns = tuple(c._replace(width=w) for c, w in zip(self.columns, widths, strict=True))
        self.widened.emit(widths)

    def _move(self, section: int, before: int, now: int) -> None:
        """Qt moves what is seen; we put it back and move what there is."""
        if self._placing:
            return
        self._placing = True
        self._heads.moveSection(now, before)
        self._placing = False
        keys = [column.key for column in self._table.columns]
        keys.insert(now, keys.pop(before))
        QTimer.singleShot(0, self, lambda: self.moved.emit(keys))

    def _ask_menu(self, at: QPoint) -> None:
        section = self._heads.logicalIndexAt(at)
        if section >= 0:
            self.head_menu.emit(self._table.columns[section].key, self._heads.mapToGlobal(at))
