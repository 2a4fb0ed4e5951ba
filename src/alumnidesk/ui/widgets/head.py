"""The head of a page: its title, the one search, the one main action on one line; counts and tools below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QVBoxLayout, QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.beside import Beside, height_of
from alumnidesk.ui.widgets.breaking import BreakingLayout
from alumnidesk.ui.widgets.flow import Flow, visual
from alumnidesk.ui.widgets.label import Label, title

LEAST = 240
"""Width at 100 % that a long title needs; with less, what follows goes to the next line."""


class PageHead(QWidget):
    """Title, search and main action; `counts` is the small line below, the tools stand at its right."""

    def __init__(
        self,
        look: Look,
        words: str,
        *,
        search: QWidget | None = None,
        actions: Sequence[QWidget] = (),
        tools: Sequence[QWidget] = (),
        below: str | None = None,
    ) -> None:
        super().__init__()
        self.title = title(look, words)
        self.title.setWordWrap(True)
        self.counts = Label(look, "", size="small", role="text2", wraps=True)
        self._steady = _Steady(self.counts)
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
            rows.addLayout(Beside(self._steady, _row(look, tools), look.px(8), look.px(120)))
        else:
            self._steady.setParent(self)
            self._steady.hide()

    def set_counts(self, text: str) -> None:
        """Say how many are shown."""
        self._steady.say(text)


class _Steady(QWidget):
    """Holds a label whose text changes at each key.

    The page is laid out anew only when the text needs more lines or fewer: that costs as much as a fifth of the list.
    """

    def __init__(self, label: Label) -> None:
        super().__init__()
        label.setParent(self)
        self._label = label
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, text: str) -> None:
        """Show another text."""
        self._label.setText(text)
        if self.heightForWidth(self.width()) != self.height():
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._label.setGeometry(self.rect())

    def heightForWidth(self, width: int) -> int:
        return self._label.heightForWidth(width)

    def sizeHint(self) -> QSize:
        return QSize(0, self._label.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._label.minimumSizeHint().height())


def _row(look: Look, widgets: Sequence[QWidget]) -> QWidget:
    """Widgets side by side as long as there is room."""
    row = QWidget()
    flow = Flow(look.px(8), row)
    for widget in widgets:
        flow.addWidget(widget)
    return row


class _HeadLine(BreakingLayout):
    """Titles, search and actions on as few lines as the room allows."""

    def __init__(
        self, look: Look, labels: Sequence[Label], titles: QWidget, actions: QWidget, search: QWidget | None
    ) -> None:
        super().__init__()
        self._look, self._labels = look, labels
        for widget in (titles, *([search] if search is not None else []), actions):
            self.addWidget(widget)

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def sizeHint(self) -> QSize:
        width = self._natural() + sum(item.sizeHint().width() + self._look.px(16) for item in self._items[1:])
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        return QSize(max(item.minimumSize().width() for item in self._items), self._look.px(36))

    def _natural(self) -> int:
        """The width of the titles without a break."""
        return max(QFontMetrics(label.font()).horizontalAdvance(label.text()) for label in self._labels) + 1

    def _place(self, rect: QRect, *, really: bool) -> int:
        """One line: titles, search, actions. Two: titles; search and actions. Three, if even these two have no room."""
        px, room, titles, actions = self._look.px, rect.width(), self._items[0], self._items[-1]
        search = self._items[1] if len(self._items) > 2 and not self._items[1].isEmpty() else None
        across = min(actions.sizeHint().width(), room)
        rest = room - (across + px(16) if across else 0)
        natural = self._natural()
        before = min(natural, px(LEAST)) if search is None else natural + px(20) + search.minimumSize().width()
        line = _Line(self, rect, rect.y(), really)
        if before <= rest:
            width = min(natural, rest)
            line.put(titles, 0, width)
            if search is not None:
                line.put(search, width + px(20), rest - width - px(20))
            line.put(actions, room - across, across)
            return line.close(px(36)) - rect.y()
        line.put(titles, 0, min(natural, room))
        y = line.close()
        if search is not None:
            line = _Line(self, rect, y + px(8), really)
            alone = search.minimumSize().width() > rest
            line.put(search, 0, room if alone else rest)
            if not alone:
                line.put(actions, room - across, across)
                return line.close() - rect.y()
            y = line.close()
        if across:
            line = _Line(self, rect, y + px(8), really)
            line.put(actions, 0, across)
            y = line.close()
        return y - rect.y()


class _Line:
    """What stands side by side, on one middle line."""

    def __init__(self, layout: QLayout, rect: QRect, y: int, really: bool) -> None:
        self._layout, self._rect, self._y, self._really = layout, rect, y, really
        self._places: list[tuple[QLayoutItem, QRect]] = []

    def put(self, item: QLayoutItem, x: int, width: int) -> None:
        width = min(width, item.maximumSize().width())
        self._places.append((item, QRect(self._rect.x() + x, self._y, width, height_of(item, width))))

    def close(self, least: int = 0) -> int:
        """Put all in their places; returns where the line ends."""
        height = max(least, *(place.height() for _, place in self._places))
        for item, place in self._places:
            place.translate(0, (height - place.height()) // 2)
            if self._really:
                item.setGeometry(visual(self._layout, self._rect, place))
        return self._y + height
