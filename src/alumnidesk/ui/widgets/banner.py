"""A strip above the page that stays as long as what it says is so, with the one thing that helps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.beside import Beside
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.notice import HEIGHT, LEAST, Symbol, TintedArea, TintLabel


class Banner(QWidget):
    """Lock, sentence, one button."""

    def __init__(self, look: Look, sentence: str, action: str, clicked: Callable[[], object]) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        area = TintedArea(look)
        area.setMinimumHeight(look.px(HEIGHT))
        said = QWidget()
        row = QHBoxLayout(said)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(12))
        row.addWidget(Symbol(look, "lock", tinted=True))
        self.sentence = TintLabel(look, sentence, wraps=True)
        row.addWidget(self.sentence, 1)
        self.button = LinkButton(look, action, icon="copy", clicked=clicked)
        inner = QVBoxLayout(area)
        inner.setContentsMargins(look.px(16), look.px(4), look.px(12), look.px(4))
        inner.addLayout(Beside(said, self.button, look.px(8), look.px(LEAST)))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(look.px(16), look.px(8), look.px(16), 0)
        outer.addWidget(area)

    def sizeHint(self) -> QSize:
        """As high as its words and its button need at their present width."""
        hint = super().sizeHint()
        return QSize(hint.width(), self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
