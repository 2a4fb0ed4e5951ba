"""The head of a page: its title, the one search, the one main action on one line; counts and tools below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLayout, QLayoutItem, QVBoxLayout, QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.beside import Beside, height_of
from alumnidesk.ui.widgets.flow import Flow, visual
from alumnidesk.ui.widgets.label import Label, title

LEAST = 240
"""At 100 %: a title that finds less room goes on in the next line, a search goes below the title."""


class PageHead(QWidget):
    """Title, search and main action; `counts` is the small line below, the tools stand at its right."""

    def __init__(self, look: Look, words: str, *, search: QWidget | None = None, actions: Sequence[QWidget] = (),
                 tools: Sequence[QWidget] = (), below: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title(look, words)
        self.title.setWordWrap(True)
        self.counts = Label(look, "", size="small", role="text2", wraps=True)
        self.below = Label(look, below or "", role="text2", wraps=True)
        titles = QWidget()
        column = QVBoxLayout(titles)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(self.below)
        self.below.setVisible(below is not None)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(look.px(20), look.px(16), look.px(12), 0)
        rows.setSpacing(look.px(6))
        first = QVBoxLayout()
        first.setContentsMargins(0, 0, look.px(8), 0)
        first.addLayout(_HeadLine(look, (self.title, self.below), titles, _row(look, actions), search))
        rows.addLayout(first)
        if tools:
            rows.addLayout(Beside(self.counts, _row(look, tools), look.px(8), look.px(120)))
        else:
            self.counts.setParent(self)
            self.counts.hide()

    def set_counts(self, text: str) -> None:
        """Say how many are shown."""
        self.counts.setText(text)


def _row(look: Look, widgets: Sequence[QWidget]) -> QWidget:
    """Widgets side by side as long as there is room."""
    row = QWidget()
    flow = Flow(look.px(8), row)
    for widget in widgets:
        flow.addWidget(widget)
    return row


class _HeadLine(QLayout):
    """Titles, search and actions on one line as long as there is room; else the search goes below, then the actions."""

    def __init__(self, look: Look, labels: Sequence[Label], titles: QWidget, actions: QWidget,
                 search: QWidget | None) -> None:
        super().__init__()
        self._look, self._labels = look, labels
        self._items: list[QLayoutItem] = []
        for widget in (titles, *([search] if search is not None else []), actions):
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), really=False)

    def sizeHint(self) -> QSize:
        width = self._natural() + sum(item.sizeHint().width() + self._look.px(16) for item in self._items[1:])
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        return QSize(max(item.minimumSize().width() for item in self._items), self._look.px(36))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, really=True)

    def _natural(self) -> int:
        """The width of the titles without a break."""
        return max(QFontMetrics(label.font()).horizontalAdvance(label.text()) for label in self._labels) + 1

    def _place(self, rect: QRect, *, really: bool) -> int:
        px, titles, actions, room = self._look.px, self._items[0], self._items[-1], rect.width()
        search = self._items[1] if len(self._items) > 2 else None
        natural, across = self._natural(), min(actions.sizeHint().width(), room)
        rest = room - across - px(16) if across else room
        beside = search is not None and natural + px(20 + LEAST) <= rest
        stacked = rest < min(natural, px(LEAST))
        width = room if stacked else natural if beside else min(natural, rest)
        high, own = height_of(titles, width), height_of(actions, across)
        line = max(high, px(36), 0 if stacked else own)

        def put(item: QLayoutItem, place: QRect) -> None:
            if really:
                item.setGeometry(visual(self, rect, place))

        put(titles, QRect(rect.x(), rect.y() + (line - high) // 2, width, high))
        y = rect.y() + line
        if search is not None:
            tall, left = search.sizeHint().height(), natural + px(20) if beside else 0
            wide = min((rest if beside else room) - left, search.maximumSize().width())
            top = rect.y() + (line - tall) // 2 if beside else y + px(8)
            put(search, QRect(rect.x() + left, top, wide, tall))
            y = max(y, top + tall)
        if stacked and across:
            put(actions, QRect(rect.x(), y + px(8), across, own))
            return y + px(8) + own - rect.y()
        put(actions, QRect(rect.right() + 1 - across, rect.y() + (line - own) // 2, across, own))
        return y - rect.y()
