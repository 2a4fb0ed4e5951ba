"""The line for a new note in the timeline."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.words import tr


class NoteEditor(QWidget):
    """Written when it is left or with Ctrl+Enter; Esc gives it up. `left` that the focus shall go on."""

    written = Signal(str)
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit()
        self.text.setFont(look.font())
        self.text.setAccessibleName(tr("New note"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * 3 + look.px(20))
        self.text.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, look.px(12))
        column.setSpacing(look.px(4))
        column.addWidget(self.text)
        column.addWidget(Label(look, tr("Saved when you leave it; Esc gives it up."), size="small", role="text2"))
        self.hide()

    @property
    def typed(self) -> str:
        """What stands in the line now."""
        return self.text.toPlainText().strip()

    def open_note(self, text: str = "") -> None:
        """Show the line and type there, behind what was typed before."""
        self.show()
        self.text.insertPlainText(text)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_note(self) -> None:
        """Give up what was typed."""
        self.text.clear()
        self.hide()

    def commit(self) -> None:
        """Save what was typed, if anything."""
        text = self.typed
        self.close_note()
        if text:
            self.written.emit(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
                self.commit()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if event.key() == Qt.Key.Key_Escape:
                self.close_note()
                self.left.emit()
                return True
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.commit()
                self.left.emit()
                return True
        return super().eventFilter(watched, event)
