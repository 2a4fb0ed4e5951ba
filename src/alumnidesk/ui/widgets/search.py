"""The one search box of a page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolButton, QWidget

from alumnidesk.ui.icons import icon
from alumnidesk.ui.look import Look
from alumnidesk.ui.words import tr

WIDEST = 520


class SearchField(QLineEdit):
    """Typing emits `asked` with the text at each key. Esc empties it; Down or Enter emits `left_for_list`."""

    asked = Signal(str)
    left_for_list = Signal()

    def __init__(self, look: Look, placeholder: str, *, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._key = look, key
        self.setPlaceholderText(f"{placeholder}   {key}".rstrip() if key else placeholder)
        self.setAccessibleName(placeholder)
        self.setFont(look.font())
        self.setMaximumWidth(look.px(WIDEST))
        self.setMinimumWidth(look.px(200))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._glass = QAction(self)
        self._clear = QAction(tr("Empty the search"), self)
        self._clear.triggered.connect(self.clear)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(self._clear.text() if button.defaultAction() is self._clear else placeholder)
        self._colour()
        self._clear.setVisible(False)
        look.changed.connect(self._colour)
        self.textChanged.connect(self._changed)

    def _colour(self) -> None:
        self._glass.setIcon(icon(self._look, "search", "accent" if self.hasFocus() else "text2"))
        self._clear.setIcon(icon(self._look, "close", "text2", 18))

    def _changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.asked.emit(text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._colour()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._colour()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_for_list.emit()
        else:
            super().keyPressEvent(event)
