"""The table in which one writes: its rows and columns."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor, QTextLength, QTextTable
from PySide6.QtWidgets import QMenu, QWidget

from alumnidesk.domain.letter_text import Table, tidy
from alumnidesk.ui.letters.writing.body import Body
from alumnidesk.ui.letters.writing.conversion import table_of
from alumnidesk.ui.letters.writing.dialogs import WidthsDialog
from alumnidesk.ui.words import tr


class TableMenu(QObject):
    """Each entry is one step of undo."""

    def __init__(self, body: Body, parent: QWidget) -> None:
        super().__init__(parent)
        self._body, self._parent = body, parent
        self.menu = QMenu(parent)
        self.menu.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Offer what can be done with the table."""
        table, menu = table_of(self._body.textCursor()), self.menu
        menu.clear()
        if table is None:
            return
        cell = table.cellAt(self._body.textCursor())
        row, column = cell.row(), cell.column()
        menu.addAction(tr("Row above"), lambda: table.insertRows(row, 1))
        menu.addAction(tr("Row below"), lambda: table.insertRows(row + 1, 1))
        menu.addAction(tr("Column before"), lambda: self._add_column(table, column))
        menu.addAction(tr("Column after"), lambda: self._add_column(table, column + 1))
        menu.addSeparator()
        menu.addAction(tr("Delete the row"), lambda: self._remove(table, row, -1))
        menu.addAction(tr("Delete the column"), lambda: self._remove(table, -1, column))
        menu.addAction(tr("Delete the table"), lambda: table.removeRows(0, table.rows()))
        menu.addSeparator()
        head = menu.addAction(tr("The first row holds headings"), lambda: self._turn_head(table))
        head.setCheckable(True)
        head.setChecked(table.format().headerRowCount() > 0)
        menu.addAction(tr("Widths of the columns …"), lambda: self._ask_widths(table))

    def _add_column(self, table: QTextTable, at: int) -> None:
        cursor = QTextCursor(self._body.document())
        cursor.beginEditBlock()
        table.insertColumns(at, 1)
        _share_evenly(table)
        cursor.endEditBlock()

    def _remove(self, table: QTextTable, row: int, column: int) -> None:
        """Without its last row or column a table is none."""
        cursor = QTextCursor(self._body.document())
        cursor.beginEditBlock()
        if row >= 0:
            table.removeRows(row, 1)
        elif table.columns() == 1:
            table.removeRows(0, table.rows())
        else:
            table.removeColumns(column, 1)
            _share_evenly(table)
        cursor.endEditBlock()

    def _turn_head(self, table: QTextTable) -> None:
        form = table.format()
        form.setHeaderRowCount(0 if form.headerRowCount() else 1)
        table.setFormat(form)
        self._body.sizes.rehighlight()

    def _ask_widths(self, table: QTextTable) -> None:
        lengths = table.format().columnWidthConstraints()
        dialog = WidthsDialog(self._body.look, [round(length.rawValue()) for length in lengths], self._parent)
        if dialog.exec():
            _share(table, dialog.widths)
        dialog.deleteLater()


def _share_evenly(table: QTextTable) -> None:
    """All columns as wide as each other."""
    made = tidy((Table((((),) * table.columns(),), ()),))[0]
    if isinstance(made, Table):
        _share(table, made.widths)


def _share(table: QTextTable, widths: tuple[int, ...]) -> None:
    form = table.format()
    form.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, width) for width in widths])
    table.setFormat(form)
