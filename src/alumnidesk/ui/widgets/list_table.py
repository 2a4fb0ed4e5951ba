"""The list of a page: fixed rows, hair lines, no grid; always a current row; everything by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QToolTip, QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.column_widths import shared
from alumnidesk.ui.widgets.heads import HEAD, Heads
from alumnidesk.ui.widgets.lines import NOWHERE, Index, LinesTable
from alumnidesk.ui.widgets.paint import frame
from alumnidesk.ui.widgets.rows import Cell, Row, RowsPainter
from alumnidesk.ui.widgets.standing import Standing
from alumnidesk.ui.words import tr

ROW, TWO_LINES = 32, 48
"""Heights at 100 %."""
SIDEWAYS = 320
"""The least width at 100 % of a list in which one can scroll sideways."""
_ENDS = (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd)


class ListTable(QTableView):
    """Shows a `LinesTable`.

    `current_changed` carries the id of the row one stands on (None in an empty list), also after new lines are shown;
    `opened` that of a double-clicked row or after Enter; `sort_asked` a column's key and whether downwards;
    `selection_changed` how many rows are selected.
    """

    current_changed = Signal(object)
    opened = Signal(int)
    selection_changed = Signal(int)
    sort_asked = Signal(str, bool)

    def __init__(
        self,
        look: Look,
        table: LinesTable[Any],
        name: str,
        *,
        row: int = ROW,
        heads: bool = True,
    ) -> None:
        super().__init__()
        self._look, self._table = look, table
        self._standing = Standing(table)
        self._current: int | None = None
        self.seen = False
        """Has it been painted yet?"""
        self.wished = 0
        """How many pixels high it would be where a dialog has the room for it; 0 elsewhere."""
        self._row_height = look.px(row)
        self._port = QWidget()  # asking Qt for its own would load every widget class (25 ms)
        self.setViewport(self._port)
        self.setAccessibleName(name)
        self.setFont(look.font())
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Columns keep their place when few rows are left, and a key need not wait for them to be arranged anew.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self._heads = Heads(look, table, self)
        self.setHorizontalHeader(self._heads)
        self._heads.setVisible(heads)
        upright = self.verticalHeader()
        upright.hide()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.setMinimumSectionSize(self._row_height)
        upright.setDefaultSectionSize(self._row_height)
        self._painter = RowsPainter(look, table, self._row_height)
        self._pointed = -1
        self._sideways = False
        """Has it more columns than there is room for, so that one scrolls to them?"""
        self.setModel(table)
        self._heads.setModel(table.titles)
        for index, column in enumerate(table.columns):
            self.setColumnWidth(index, look.px(column.width))
        table.modelAboutToBeReset.connect(self._remember)
        table.modelReset.connect(self._stand_again)
        self._heads.asked.connect(self.sort_asked)
        self._heads.marked.connect(self._share_room)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        look.changed.connect(self._port.update)
        self._drags: Callable[[Sequence[int]], object] | None = None
        self._add_copy()

    # Where one stands ------------------------------------------------------------------------------------------

    @property
    def current_id(self) -> int | None:
        """The id of the row one stands on."""
        row = self.currentIndex().row()
        return self._table.ids[row] if 0 <= row < len(self._table.ids) and not self._table.group(row) else None

    def selected_ids(self) -> list[int]:
        """The ids of the selected rows, in the order of the list."""
        return [self._table.ids[row] for row in self._selected_rows()]

    def _selected_rows(self) -> list[int]:
        ranges = self.selectionModel().selection().toList()
        rows = {row for part in ranges for row in range(part.top(), part.bottom() + 1)}
        return sorted(row for row in rows if row < len(self._table.ids) and not self._table.group(row))

    def go_to(self, id: int) -> None:
        """Stand on the row of an id, now or when the next lines shown contain it."""
        row = self._table.row_of(id)
        if row is None:
            self._standing.want(id)
        else:
            self._stand_on(row)

    def sorted_by(self, key: str, downwards: bool) -> None:
        """Say which column the lines are sorted by; the lines themselves come sorted."""
        self._heads.mark(key, downwards)

    def hold(self) -> None:
        """The lines shown next are the same list after a deed.

        Where somebody goes one stands on the neighbour, and where they come back one stands on them again.
        """
        self._standing.hold()

    def begin_at_the_top(self) -> None:
        """The lines shown next answer another question: one stands on the first of them."""
        self._standing.begin_at_the_top()

    def _remember(self) -> None:
        self._standing.remember(self.currentIndex().row(), self.current_id)

    def _stand_again(self) -> None:
        row = self._standing.row()
        if len(self._table.ids):
            self._stand_on(self._beside_heads(0) if row is None else row)
        else:
            self._tell()
            self.selection_changed.emit(0)

    def _stand_on(self, row: int) -> None:
        index = self._table.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        self._tell()

    def _beside_heads(self, row: int, *, upwards: bool = False) -> int:
        """The row itself, or its neighbour if it is the head of a group; above the first head there is nobody."""
        if not self._table.group(row):
            return row
        return row - 1 if upwards and row else row + 1

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Keys lead from line to line, past the heads of groups; Home and End to the first and the last."""
        index = super().moveCursor(action, modifiers)
        if action in _ENDS and index.isValid():
            last = len(self._table.ids) - 1
            index = self._table.index(0 if action is self.CursorAction.MoveHome else last, self.currentIndex().column())
        row = self._beside_heads(index.row(), upwards=index.row() < self.currentIndex().row())
        return index if row == index.row() else self._table.index(row, index.column())

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Where the first line of a group is shown, its head is shown too."""
        if self._table.group(index.row() - 1):
            super().scrollTo(self._table.index(index.row() - 1, index.column()), hint)
        super().scrollTo(index, hint)

    def _open(self, row: int) -> None:
        if not self._table.group(row):
            self.opened.emit(self._table.ids[row])

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        for index in (current, previous):  # Qt paints only the cells anew, and the ring goes round the rows
            self._port.update(0, self.rowViewportPosition(index.row()), self._port.width(), self._row_height)
        if current.isValid():
            self._tell()

    def _tell(self) -> None:
        if self.current_id != self._current:
            self._current = self.current_id
            self.current_changed.emit(self._current)

    def selectionChanged(self, selected: Any, deselected: Any) -> None:
        super().selectionChanged(selected, deselected)
        ranges = self.selectionModel().selection().toList()
        self.selection_changed.emit(sum(self._table.without_heads(part.top(), part.bottom()) for part in ranges))

    # Keys and copying ------------------------------------------------------------------------------------------

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """With Ctrl, Home and End select too: nobody who is out of sight stays selected for the next command."""
        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            event = event.clone()
            event.setModifiers(event.modifiers() & ~Qt.KeyboardModifier.ControlModifier)
        return super().selectionCommand(index, event)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """All rows on the way, also from one that has gone out of sight."""
        way = rect.normalized()
        first, last = self.rowAt(way.top()), self.rowAt(way.bottom())
        if min(first, last) >= 0:
            rows = QItemSelection(self._table.index(first, 0), self._table.index(last, 0))
            self.selectionModel().select(rows, command)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id is not None:
            self.opened.emit(self.current_id)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.text().isprintable() and event.text() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            event.ignore()  # letters belong to the page's search, not to Qt's slow search in the column
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Copy the selected rows, cells divided by tabs."""
        lines = (self._table.line(row) for row in self._selected_rows())
        text = "\n".join("\t".join(c.text(line) for c in self._table.columns) for line in lines if line is not None)
        QGuiApplication.clipboard().setText(text)

    def copy_cell(self) -> None:
        """Copy the one cell that one stands on."""
        QGuiApplication.clipboard().setText(str(self.currentIndex().data() or ""))

    def _add_copy(self) -> None:
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.menu_actions: list[QAction] = []
        """What the page offers for the selected rows; shown above Copy."""

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.menu_actions)
        if self.menu_actions:
            menu.addSeparator()
        menu.addAction(tr("Copy cell"), self.copy_cell)
        menu.addAction(tr("Copy rows"), QKeySequence.StandardKey.Copy, self.copy)
        menu.popup(self._port.mapToGlobal(at))

    # Dragging --------------------------------------------------------------------------------------------------

    def let_drag(self, drags: Callable[[Sequence[int]], object]) -> None:
        """The selected rows can be dragged elsewhere; `drags` gets their ids when that begins."""
        self._drags = drags
        self.setDragEnabled(True)
        self._table.dragged = True

    def startDrag(self, actions: Qt.DropAction) -> None:
        if self._drags is not None:
            self._drags(self.selected_ids())

    def row_at(self, point: QPoint) -> QRect:
        """The place of the row at a point, for what is dropped on it; empty where there is none."""
        index = self.indexAt(point)
        if not index.isValid() or self._table.group(index.row()):
            return QRect()
        return QRect(0, self.rowViewportPosition(index.row()), self._port.width(), self._row_height)

    def id_at(self, point: QPoint) -> int | None:
        """The id of the row at a point."""
        return None if self.row_at(point).isEmpty() else self._table.ids[self.indexAt(point).row()]

    # Painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and a ring around the one on which the keyboard stands."""
        self.seen = True
        painter = QPainter(self._port)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        rows = self._rows(event.rect())
        self._painter.paint(painter, rows, self._cells(), self._port.width(), mirrored=mirrored)
        current = self.currentIndex()
        row = self.visualRect(current)
        if self.hasFocus() and current.isValid() and self._is_whole(row.top()):
            ring = QRect(0, row.y(), self._port.width(), row.height() - 1)
            ink = self._look.colour("on_selection" if self._look.palette.high else "accent")
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame(painter, ring, ink, self._look.px(4), 2)

    def scrollContentsBy(self, across: int, down: int) -> None:
        """All lines that come into sight are asked for at once, before any is painted."""
        super().scrollContentsBy(across, down)
        if rows := self._rows(self._port.rect()):
            self._table.need(rows[0].number, rows[-1].number)

    def _rows(self, rect: QRect) -> list[Row]:
        """The rows that a part of the list shows: whole ones only, half a row would look like a mistake."""
        n, first = len(self._table.ids), self.rowAt(rect.top())
        if first < 0:
            return []
        if not self._is_whole(self.rowViewportPosition(first)):
            first += 1  # at the end of a list Qt puts the last row at the very bottom
        top, height = self.rowViewportPosition(first), self._row_height
        rows = range(first, min(n, first + (rect.bottom() - top) // height + 1))
        if rows and not self._is_whole(top + (len(rows) - 1) * height):
            rows = rows[:-1]
        selected: set[int] = set()
        for part in self.selectionModel().selection().toList():
            selected.update(range(max(part.top(), rows.start), min(part.bottom() + 1, rows.stop)))
        return [Row(row, top + place * height, row in selected, row == self._pointed) for place, row in enumerate(rows)]

    def _is_whole(self, top: int) -> bool:
        """Is there room for all of a row that begins here? Where there is none for a single row, it is shown cut."""
        room, height = self._port.height(), self._row_height
        return min(room - height, 0) <= top <= max(room - height, 0)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The cell at a point; none where the row is not shown because it would be cut."""
        index = super().indexAt(point)
        return index if index.isValid() and self._is_whole(self.rowViewportPosition(index.row())) else NOWHERE

    def _cells(self) -> list[Cell]:
        return [Cell(self.columnViewportPosition(n), self.columnWidth(n)) for n in range(len(self._table.columns))]

    def sizeHintForColumn(self, column: int) -> int:
        """What a double click on the border of a head gives: room for all that is on screen."""
        lines = (self._table.line(row.number) for row in self._rows(self._port.rect()))
        shown = self._table.columns[column]
        return max((self._painter.wish(shown, line) for line in lines if line is not None), default=0)

    # The pointer -----------------------------------------------------------------------------------------------

    def viewportEvent(self, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            return self._explain(event)
        if kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._point_at(self.indexAt(event.position().toPoint()).row())
        elif kind in (QEvent.Type.Leave, QEvent.Type.Wheel):
            self._point_at(-1)
        return super().viewportEvent(event)

    def _point_at(self, row: int) -> None:
        for one in {row, self._pointed} - {-1} if row != self._pointed else ():
            self._port.update(0, self.rowViewportPosition(one), self._port.width(), self._row_height)
        self._pointed = row

    def _explain(self, event: QHelpEvent) -> bool:
        """The whole text of a cell when it does not fit; escaped, because tooltips would take a name for markup."""
        index = self.indexAt(event.pos())
        line = self._table.line(index.row()) if index.isValid() else None
        text = str(index.data() or "")
        shown = self._table.columns[index.column()]
        if line is None or not text or self._painter.fits(shown, line, self.columnWidth(index.column())):
            QToolTip.hideText()
        else:
            import html  # with its 2,000 entities 1 % of the start

            QToolTip.showText(event.globalPos(), f"<p>{html.escape(text)}</p>", self._port)
        return True

    # Focus -----------------------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._port.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._port.update()

    # Room ------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        row = self.visualRect(self.currentIndex())
        was_seen = 0 <= row.top() < event.oldSize().height()
        super().resizeEvent(event)
        self._share_room()
        if was_seen:
            self.scrollTo(self.currentIndex())  # a notice below takes room, but not from the row one stands on

    def _share_room(self) -> None:
        columns, least = self._table.columns, self._least_widths()
        wishes = [self._look.px(column.width) for column in columns]
        widths = shared(columns, wishes, least, self._port.width(), sideways=self._sideways)
        for index, width in enumerate(widths):
            if self.columnWidth(index) != width:
                self.setColumnWidth(index, max(width, self._look.px(24)))

    def wish(self, height: int) -> None:
        """Be so many pixels high; in a dialog on a low screen lower, see `Dialog`."""
        self.wished = height
        self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(640), self._row_height * 12)

    def minimumSizeHint(self) -> QSize:
        """All heads side by side, and three rows; a page with less room scrolls as a whole."""
        heads = 0 if self._heads.isHidden() else self._look.px(HEAD)
        bar = self.verticalScrollBar().sizeHint().width()
        least = self._look.px(SIDEWAYS) if self._sideways else sum(self._least_widths())
        return QSize(least + bar, heads + 3 * self._row_height)

    def _least_widths(self) -> list[int]:
        columns = enumerate(self._table.columns)
        return [max(self._heads.wish(index), self._look.px(column.least)) for index, column in columns]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._port.update()
