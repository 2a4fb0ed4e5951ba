"""What lists show: an array of ids, and windows of plain lines that are fetched when a row is first seen.

The ids may be 400,000; only the rows on screen (and the rest of their window of 64) are ever read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from alumnidesk.ui.widgets.chip import Chip
from alumnidesk.ui.widgets.grouped import Group, GroupedRows

L = TypeVar("L")
WINDOW = 64
NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
Deliver = Callable[[Sequence[L]], None]
Fetch = Callable[[Sequence[int], Deliver[L]], None]
Matcher = Callable[[str], Sequence[tuple[int, int]]]
"""Finds the letters to mark in a text: (start, end) of each find."""


class Column(NamedTuple, Generic[L]):
    """One column of a list: its head, and what it shows of a line."""

    key: str
    title: str
    text: Callable[[L], str]
    width: int = 120
    """At 100 %; the last column takes the room that is left."""
    least: int = 48
    """It never gets narrower than this, for what says nothing when it is cut, such as a day."""
    right: bool = False
    """Numbers and dates of one kind stand right."""
    bold: bool = False
    marks: bool = False
    """Found letters are marked in this column."""
    sortable: bool = True
    second: Callable[[L], str] | None = None
    """A small second line; the list then needs rows of 48."""
    second_role: Callable[[L], str] | None = None
    """Colour of the second line, for problems: look, bad."""
    icon: Callable[[L], tuple[str, str]] | None = None
    """Icon before the text and its colour role."""
    chips: Callable[[L], Sequence[Chip]] | None = None
    """Chips in place of the text; `text` then says the same in words, for copying and screen readers."""
    bar: Callable[[L], tuple[Sequence[int], int] | None] | None = None
    """A bar after the text: its parts and the whole; None for no bar."""


class Titles(QAbstractTableModel):
    """What the heads of columns say. A model of their own, because lines are reset at each key, and heads seldom."""

    def __init__(self, columns: Sequence[Column[Any]], parent: QObject) -> None:
        super().__init__(parent)
        self._columns = columns

    def show(self, columns: Sequence[Column[Any]]) -> None:
        """Show other heads."""
        self.beginResetModel()
        self._columns = columns
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        return None


class LinesTable(QAbstractTableModel, Generic[L]):
    """Lines by the array of their ids.

    Where the lines stand in groups, each has a head: a row of its own without a line, whose id is negative.

    `fetch` is called with the ids of a window, or of all windows that come into sight together, and a function to
    deliver their lines to, in the same order: at once, or later from the window's thread. Lines delivered after
    another array has been shown are dropped.
    """

    def __init__(self, columns: Sequence[Column[L]], fetch: Fetch[L], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.titles = Titles(self.columns, self)
        self.ids: Sequence[int] = ()
        self.matcher: Matcher | None = None
        self._fetch = fetch
        self._lines: dict[int, Sequence[L | None]] = {}
        self._asked: set[int] = set()
        self._generation = 0
        self.dragged = False
        """Can lines be dragged elsewhere?"""

    # Filling ---------------------------------------------------------------------------------------------------

    def show(
        self,
        ids: Sequence[int],
        first: Sequence[L] = (),
        *,
        matcher: Matcher | None = None,
        groups: Sequence[Group] = (),
    ) -> None:
        """Show other lines; `first` are the lines of the first rows if they are already at hand."""
        self.beginResetModel()
        self._generation += 1
        self.ids, self.matcher = GroupedRows(ids, groups) if groups else ids, matcher
        self._lines.clear()
        self._asked.clear()
        if first and len(first) >= min(WINDOW, len(ids)):
            self._lines[0] = self._with_heads(0, first)
        self.endResetModel()

    def show_columns(self, columns: Sequence[Column[L]]) -> None:
        """Show other columns; the lines are read again."""
        self.beginResetModel()
        self._generation += 1
        self.columns = tuple(columns)
        self._lines.clear()
        self._asked.clear()
        self.endResetModel()
        self.titles.show(self.columns)

    def reload(self) -> None:
        """Read the lines on screen again; the ids stay."""
        self._generation += 1
        self._lines.clear()
        self._asked.clear()
        if self.ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids) - 1, len(self.columns) - 1))

    def line(self, row: int) -> L | None:
        """The line of a row, or None while it is being fetched."""
        number, place = divmod(row, WINDOW)
        lines = self._lines.get(number)
        if lines is None:
            self._ask([number])
            lines = self._lines.get(number)
        return lines[place] if lines is not None and place < len(lines) else None

    def group(self, row: int) -> Group | None:
        """The group whose head a row is."""
        rows = self.ids
        if not isinstance(rows, GroupedRows) or not 0 <= row < len(rows):
            return None
        id = rows[row]
        return rows.groups[-1 - id] if id < 0 else None

    def without_heads(self, first: int, last: int) -> int:
        """How many of these rows are no heads."""
        rows = self.ids
        heads = rows.heads_before(last + 1) - rows.heads_before(first) if isinstance(rows, GroupedRows) else 0
        return last - first + 1 - heads

    def _with_heads(self, number: int, lines: Sequence[L]) -> Sequence[L | None]:
        """The lines of a window, and None in the places of heads."""
        if not isinstance(self.ids, GroupedRows):
            return lines
        left = iter(lines)
        return [None if id < 0 else next(left, None) for id in self.ids[number * WINDOW : (number + 1) * WINDOW]]

    def row_of(self, id: int) -> int | None:
        """The row that shows an id."""
        try:
            return self.ids.index(id)
        except ValueError:
            return None

    def need(self, first: int, last: int) -> None:
        """Have the lines of these rows and those between fetched at once, as far as they are not there yet."""
        self._ask([number for number in range(first // WINDOW, last // WINDOW + 1) if number not in self._lines])

    def _ask(self, numbers: Sequence[int]) -> None:
        """Fetch the lines of some windows, unless they are on their way."""
        ids = {number: self._ids_of(number) for number in numbers if number not in self._asked}
        if not ids:
            return
        self._asked.update(ids)
        generation = self._generation

        def deliver(lines: Sequence[L]) -> None:
            if generation != self._generation:
                return
            left = iter(lines)
            for number, theirs in ids.items():
                self._lines[number] = self._with_heads(number, list(islice(left, len(theirs))))
            if not inside:
                end = min((max(ids) + 1) * WINDOW, len(self.ids))
                self.dataChanged.emit(self.index(min(ids) * WINDOW, 0), self.index(end - 1, len(self.columns) - 1))

        inside = True
        self._fetch([id for theirs in ids.values() for id in theirs], deliver)
        inside = False

    def _ids_of(self, number: int) -> Sequence[int]:
        """The ids in a window, without the heads of groups."""
        ids = self.ids[number * WINDOW : (number + 1) * WINDOW]
        return [id for id in ids if id >= 0] if isinstance(self.ids, GroupedRows) else ids

    # What Qt asks ----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """One stands on lines, and not on heads."""
        if self.group(index.row()):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index) | (Qt.ItemFlag.ItemIsDragEnabled if self.dragged else Qt.ItemFlag.NoItemFlags)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        line = self.line(index.row())
        if line is None:
            group = self.group(index.row())
            return f"{group.name}, {group.said}" if group is not None and not index.column() else ""
        column = self.columns[index.column()]
        text = column.text(line)
        if column.second is not None:
            text = f"{text}, {column.second(line)}"
        return f"{column.title}: {text}" if role == Qt.ItemDataRole.AccessibleTextRole else text

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self.titles.headerData(section, orientation, role)
