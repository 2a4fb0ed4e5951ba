"""The one search box of a page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from alumnidesk.ui.icons import paint_icon
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import PlainButton
from alumnidesk.ui.words import tr

WIDEST = 520


class SearchField(QLineEdit):
    """Typing emits `asked` with the text at each key. Esc empties it; Down or Enter emits `left_for_list`."""

    asked = Signal(str)
    left_for_list = Signal()

    def __init__(self, look: Look, placeholder: str, *, key: str = "") -> None:
        super().__init__()
        self._look, self._key = look, key
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setFont(look.font())
        self.setMaximumWidth(look.px(WIDEST))
        margins = look.px(26 + 28 + 24)
        self.setMinimumWidth(max(look.px(160), QFontMetrics(look.font()).horizontalAdvance(placeholder) + margins))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTextMargins(look.px(26), 0, look.px(28), 0)
        self._clear = PlainButton(look, "", icon="close", name=tr("Empty the search"), clicked=self.clear, parent=self)
        self._clear.icon_size, self._clear.padding, self._clear.tall = 18, 6, 30
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Esc does the same
        self._clear.hide()
        look.changed.connect(self.update)
        self.textChanged.connect(self._changed)

    def begin_with(self, query: str) -> None:
        """Search for something; what one types next goes on with it."""
        self.setText(query)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.deselect()

    def _changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.asked.emit(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self._clear.sizeHint()
        self._clear.resize(size)
        self._clear.move(self.width() - size.width() - self._look.px(4), (self.height() - size.height()) // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look, painter = self._look, QPainter(self)
        size = look.px(20)
        role = "accent" if self.hasFocus() else "text2"
        paint_icon(painter, "search", look.colour(role), look.px(12), (self.height() - size) / 2, size)
        if self._key and not self.text() and self._has_room_for_key():
            painter.setFont(look.font("small"))
            painter.setPen(look.colour("text2"))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
            right = side | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect().adjusted(0, 0, -look.px(14), 0), right, self._key)

    def event(self, event: QEvent) -> bool:
        """In an empty search there is nothing to take back: undo and redo are then those of the last deed."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo))
            and not self.text()
        ):
            event.ignore()
            return True
        return super().event(event)

    def _has_room_for_key(self) -> bool:
        """Words and key side by side; where it is narrow the words alone."""
        words = QFontMetrics(self.font()).horizontalAdvance(self.placeholderText())
        key = QFontMetrics(self._look.font("small")).horizontalAdvance(self._key)
        return words + key + self._look.px(68) < self.width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_for_list.emit()
        else:
            super().keyPressEvent(event)
