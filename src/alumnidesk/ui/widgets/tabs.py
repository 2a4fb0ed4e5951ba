"""Tabs: words with counts, the current one tinted and bold."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.one_of import OneOf
from alumnidesk.ui.widgets.paint import fill, frame
from alumnidesk.ui.words import language


class Tabs(QWidget):
    """`chosen` carries the key of the tab that was chosen; the arrow keys move between tabs."""

    chosen = Signal(str)

    def __init__(self, look: Look, name: str, tabs: tuple[tuple[str, str], ...]) -> None:
        """`tabs` are (key, words)."""
        super().__init__()
        self.setAccessibleName(name)
        self._tabs: dict[str, _Tab] = {}
        group = QButtonGroup(self)
        row = Flow(look.px(4), self)
        for key, text in tabs:
            tab = self._tabs[key] = _Tab(look, text, self)
            tab.picked.connect(lambda key=key: self._choose(key))
            group.addButton(tab)
            row.addWidget(tab)
        if tabs:
            self._tabs[tabs[0][0]].mark()

    @property
    def current(self) -> str:
        """Key of the current tab."""
        return next((key for key, tab in self._tabs.items() if tab.isChecked()), "")

    def go_to(self, key: str) -> None:
        """Make a tab the current one; emits nothing."""
        self._tabs[key].mark()

    def _choose(self, key: str) -> None:
        self.go_to(key)
        self.chosen.emit(key)

    def focus_current(self) -> None:
        """Put the keyboard focus on the current tab."""
        for tab in self._tabs.values():
            if tab.isChecked():
                tab.setFocus(Qt.FocusReason.OtherFocusReason)

    def count(self, key: str, n: int | None) -> None:
        """Show a count beside a tab's words; None for none."""
        self._tabs[key].show_count(n)

    def step(self, tab: _Tab, by: int) -> None:
        """Go to the neighbour of a tab."""
        tabs = list(self._tabs.values())
        place = tabs.index(tab) + by
        if 0 <= place < len(tabs):
            tabs[place].setFocus(Qt.FocusReason.TabFocusReason)
            tabs[place].click()


class _Tab(OneOf):
    def __init__(self, look: Look, text: str, tabs: Tabs) -> None:
        super().__init__(look, text, tabs)
        self._tabs = tabs
        self._count: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_count(self, n: int | None) -> None:
        self._count = n
        self.setAccessibleName(self.text() if n is None else f"{self.text()}, {language().number(n)}")
        self.updateGeometry()
        self.update()

    def _number(self) -> str:
        return "" if self._count is None else language().number(self._count)

    def sizeHint(self) -> QSize:
        look = self._look
        width = QFontMetrics(look.font(bold=True)).horizontalAdvance(self.text()) + 2 * look.px(12)
        if self._count is not None:
            width += look.px(8) + QFontMetrics(look.font("small")).horizontalAdvance(self._number())
        return QSize(width, look.px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._tabs.step(self, 1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, here = self._look, QPainter(self), self.isChecked()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if here or self.underMouse():
            fill(painter, self.rect(), look.colour("tint" if here else "soft"), look.px(6))
        if self.hasFocus():
            frame(painter, self.rect(), look.colour("text" if look.palette.high else "accent"), look.px(6), 2)
        font = look.font(bold=here)
        x = look.px(12)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font)
        painter.setPen(look.colour("on_tint" if here else "text"))
        painter.drawText(x, 0, self.width(), self.height(), middle, self.text())
        if self._count is not None:
            x += QFontMetrics(font).horizontalAdvance(self.text()) + look.px(8)
            painter.setFont(look.font("small"))
            painter.setPen(look.colour("on_tint" if here else "text2"))
            painter.drawText(x, 0, self.width(), self.height(), middle, self._number())
