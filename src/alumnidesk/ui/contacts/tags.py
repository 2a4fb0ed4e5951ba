"""The tags of a contact: chips that can be taken away, and a line that completes while one types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alumnidesk.ui.contacts.blocks import Line
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import PlainButton
from alumnidesk.ui.widgets.fields import Field
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.words import tr


class TagChip(PlainButton):
    """One tag; pressing it takes it away."""

    tall, padding, icon_size = 28, 8, 16

    def __init__(self, look: Look, tag: str) -> None:
        super().__init__(look, tag.replace("&", "&&"), icon="close")
        self.tag = tag
        self.setAccessibleName(tr("Take away the tag {tag}", tag=tag))


class TagsField(Field):
    """Saved when a tag is added (Enter, or when the line is left) or taken away."""

    def __init__(self, look: Look, key: str, label: str, known: Sequence[str]) -> None:
        self._look = look
        self._tags: list[str] = []
        self.line = Line(look, tr("New tag"))
        self.line.setPlaceholderText(tr("New tag"))
        self.line.complete(known)
        super().__init__(look, key, label, self.line)
        self._stored = ()
        self._chips = QWidget()
        self._flow = Flow(look.px(4), self._chips)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(0, self._chips)
        self._show(())

    _stored: Any

    def _shown(self) -> Any:
        typed = self.line.value
        return (*self._tags, typed) if typed and typed not in self._tags else tuple(self._tags)

    def _show(self, value: Any) -> None:
        self._tags = list(value)
        self.line.put("")
        self._show_chips()

    def commit(self) -> bool:
        if typed := self.line.value:
            if typed not in self._tags:
                self._tags.append(typed)
            self.line.put("")
            self._show_chips()
        return super().commit()

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.line.value:
            self.commit()
            return True  # Enter adds a tag and stays; a second one closes the section
        if event.key() == Qt.Key.Key_Escape and self.line.value:
            self.line.put("")
            return True
        return super()._key(event)

    def _take_away(self, tag: str) -> None:
        self._tags.remove(tag)
        self._show_chips()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.commit()

    def _show_chips(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (chip := item.widget()) is not None:
                chip.hide()
                chip.deleteLater()
        for tag in self._tags:
            made = TagChip(self._look, tag)
            made.clicked.connect(lambda _=False, tag=tag: self._take_away(tag))
            self._flow.addWidget(made)
        self._chips.setVisible(bool(self._tags))
