"""List in the middle, detail at the right; in a narrow window the detail takes the list's place, with a way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.preferences import Preferences
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.detail import WIDTH, WIDTH_WIDE
from alumnidesk.ui.widgets.label import Ground
from alumnidesk.ui.widgets.stack import Divider
from alumnidesk.ui.words import tr

NARROW, WIDE = 1008, 1500
"""Widths of the page area at 100 %: below the first there is room for one of the two only; from the second on the
detail is wider. They belong to windows of 1200 and about 1700 pixels."""


class Panes(QWidget):
    """`name` is the key under which the place of the divider is remembered on this computer.

    `widths` are those of the detail at 100 %, in a window and in a wide one. `narrow_changed` tells whether there is
    room for one of the two only.
    """

    narrow_changed = Signal(bool)

    def __init__(
        self,
        look: Look,
        preferences: Preferences,
        name: str,
        middle: QWidget,
        detail: QWidget,
        widths: tuple[int, int] = (WIDTH, WIDTH_WIDE),
    ) -> None:
        super().__init__()
        self._look, self._preferences, self._name, self._widths = look, preferences, name, widths
        self._middle = middle
        self._right = Ground(look, "panel")
        column = QVBoxLayout(self._right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.back = LinkButton(look, tr("Back to the list"), icon="chevron-left", clicked=self.show_list)
        top = QHBoxLayout()
        top.setContentsMargins(look.px(12), 0, 0, 0)
        top.addWidget(self.back)
        top.addStretch(1)
        column.addLayout(top)
        column.addWidget(detail, 1)
        self.back.hide()
        self._splitter = Divider(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(middle)
        self._splitter.addWidget(self._right)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._splitter.splitterMoved.connect(self._moved)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._splitter)
        self._narrow: bool | None = None

    @property
    def narrow(self) -> bool:
        """Is there room for one of the two only?"""
        return bool(self._narrow)

    def show_detail(self) -> None:
        """In a narrow window put the detail in the list's place; elsewhere both stand anyway."""
        self._put_forward(detail=True)
        if self._narrow:
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_list(self) -> None:
        """Back to the list."""
        self._put_forward(detail=False)

    def _put_forward(self, *, detail: bool) -> None:
        self._at_detail = detail
        self._right.setVisible(detail or not self._narrow)
        self._middle.setVisible(not detail or not self._narrow)

    _at_detail = False
    """What is shown where there is room for one; asked for before the first layout, too."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self._look.px(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self.back.setVisible(narrow)
            self._put_forward(detail=self._at_detail)
            self.narrow_changed.emit(narrow)
        if not narrow:
            wide = self.width() >= self._look.px(WIDE)
            own = self._preferences.number(f"{self._name}/detail", 0)
            detail = self._look.px(own or self._widths[wide])
            self._splitter.setSizes([max(self.width() - detail, 1), detail - 1])  # between them a line of 1

    def _moved(self) -> None:
        measure = round((self._right.width() + 1) * 100 / self._look.scale)
        self._preferences.keep(f"{self._name}/detail", measure)
