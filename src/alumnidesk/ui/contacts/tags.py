"""The tags of a contact: chips that can be taken away, and a line that completes while one types."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from alumnidesk.domain.tags import TagGroup, missing, too_many, with_tag
from alumnidesk.ui.contacts.blocks import Line
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import PlainButton
from alumnidesk.ui.widgets.fields import Field
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.label import Label, breakable
from alumnidesk.ui.words import tr

MOST_OFFERED = 12
"""Tags of a group that are offered at once; others are typed."""


class TagChip(PlainButton):
    """One tag; pressing it takes it away."""

    tall, padding, icon_size = 28, 8, 16

    def __init__(self, look: Look, tag: str) -> None:
        super().__init__(look, tag.replace("&", "&&"), icon="close")
        self.tag = tag
        self.setAccessibleName(tr("Take away the tag {tag}", tag=tag))


class TagsField(Field):
    """Saved when a tag is added (Enter, or when the line is left) or taken away."""

    def __init__(self, look: Look, key: str, label: str, known: Sequence[str], groups: Sequence[TagGroup] = ()) -> None:
        self._look, self._groups = look, groups
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
        self._hints = QVBoxLayout()
        self._hints.setSpacing(look.px(4))
        column.addLayout(self._hints)
        self._show(())

    _stored: Any

    def _shown(self) -> Any:
        typed = self.line.value
        return with_tag(self._tags, typed, self._groups) if typed else tuple(self._tags)

    def _show(self, value: Any) -> None:
        self._tags = list(value)
        self.line.put("")
        self._show_chips()

    def commit(self) -> bool:
        if typed := self.line.value:
            self._tags = list(with_tag(self._tags, typed, self._groups))
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

    def _give(self, tag: str) -> None:
        self._tags = list(with_tag(self._tags, tag, self._groups))
        self._show_chips()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.commit()

    def _show_chips(self) -> None:
        _clear(self._flow)
        for tag in self._tags:
            made = TagChip(self._look, tag)
            made.clicked.connect(lambda _=False, tag=tag: self._take_away(tag))
            self._flow.addWidget(made)
        self._chips.setVisible(bool(self._tags))
        self._show_hints()

    def _show_hints(self) -> None:
        """Which groups should have a tag here, with their tags to choose from, and which have too many."""
        look = self._look
        _clear(self._hints)
        for group in missing(self._tags, self._groups):
            text = tr("{group} is missing:", group=group.name)
            self._hints.addWidget(Label(look, breakable(text), size="small", role="text2", wraps=True))
            offers = QWidget()
            flow = Flow(look.px(4), offers)
            for tag in group.tags[:MOST_OFFERED]:
                offer = PlainButton(look, tag.replace("&", "&&"), icon="plus", clicked=partial(self._give, tag))
                offer.setAccessibleName(tr("Give the tag {tag}", tag=tag))
                flow.addWidget(offer)
            self._hints.addWidget(offers)
        for group in too_many(self._tags, self._groups):
            text = tr("Of {group} only one is meant to be given.", group=group.name)
            self._hints.addWidget(Label(look, breakable(text), size="small", role="text2", wraps=True))


def _clear(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
