"""On whom one stands when a list shows other lines: after a key in the search, a deed, an undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from alumnidesk.ui.widgets.lines import LinesTable

NEAR = 20
"""So far one looks for a neighbour who is still there."""


class Standing:
    """Knows the lines before and whom one stood on; `row` then says where that is in the lines shown now."""

    def __init__(self, table: LinesTable[Any]) -> None:
        self._table = table
        self._wanted: int | None = None
        self._held = self._from_top = False
        self._before: tuple[Sequence[int], int] = ((), -1)
        self._left: tuple[int, int | None] | None = None
        """Who went from under the keyboard, and on whom it has stood since."""

    def want(self, id: int) -> None:
        """The lines shown next contain somebody to stand on."""
        self._wanted = id

    def hold(self) -> None:
        """The lines shown next are the same list after a deed."""
        self._held = True

    def begin_at_the_top(self) -> None:
        """The lines shown next answer another question."""
        self._from_top = True

    def remember(self, row: int, id: int | None) -> None:
        """Other lines are about to be shown; one stands on this row, and on this person if it is no head."""
        self._before = self._table.ids, row
        if self._wanted is None and not self._from_top:
            self._wanted = id
        self._from_top = False

    def row(self) -> int | None:
        """The row to stand on in the lines that are shown now; None: whom one stood on is not there."""
        wanted, held = self._wanted, self._held
        self._wanted, self._held = None, False
        row = self._table.row_of(wanted) if wanted is not None else None
        if not held:
            self._left = None
        elif (
            self._left is not None
            and self._left[1] == wanted
            and (back := self._table.row_of(self._left[0])) is not None
        ):
            row, self._left = back, None
        elif row is None and wanted is not None:
            row = self._neighbour()
            self._left = wanted, self._table.ids[row] if row is not None else None
        return row

    def _neighbour(self) -> int | None:
        """The row of the next one below who is still there, else of the next one above."""
        ids, row = self._before
        near = (*ids[row + 1 : row + 1 + NEAR], *ids[max(row - NEAR, 0) : row][::-1])
        return next((found for id in near if (found := self._table.row_of(id)) is not None), None)
