"""The fields of a letter: saved when they are left, like those of a record."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from alumnidesk.ui.letters.writing.body import Body
from alumnidesk.ui.letters.writing.words import OneLine
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.fields import Field

UNBOUND = 16_777_215


class WordsField(Field):
    """Words of a letter; `value` is what is stored of them. Esc gives back the stored words, which Undo takes back."""

    def __init__(self, look: Look, key: str, text: Body | OneLine) -> None:
        self.text = text
        super().__init__(look, key, text.accessibleName(), text)
        text.dress()  # a field of the window has put its own font on
        text.setMaximumWidth(UNBOUND)

    def set_value(self, value: str | bool) -> None:
        """Show what is stored, in the form in which it is read again."""
        super().set_value(value)
        self._stored = self._shown()

    def type_in(self, value: str | bool) -> None:
        self.text.type_in(str(value))

    def take_back(self) -> None:
        self.text.type_in(str(self._stored))
        self.show_problem("")

    def _shown(self) -> str | bool:
        return self.text.stored

    def _show(self, value: str | bool) -> None:
        if self.text.stored != value:
            self.text.show_stored(str(value))

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False  # a new paragraph saves nothing
        return super()._key(event)
