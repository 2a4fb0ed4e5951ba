"""The placeholders to choose from: typing finds them, Enter puts one in."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from alumnidesk.domain import placeholders
from alumnidesk.domain.folding import fold
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.widgets.search import SearchField
from alumnidesk.ui.words import tr, words

WIDTH, HEIGHT, ROW = 340, 420, 32
_KEY = Qt.ItemDataRole.UserRole


class PlaceholderMenu(QFrame):
    """`chosen` carries the key of a placeholder."""

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._look = look
        self._own: Collection[str] = ()
        self.setAccessibleName(tr("Placeholders"))
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.search = SearchField(look, tr("Search placeholders"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Placeholders"))
        self.list.setFont(look.font())
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = Label(look, tr("There is no placeholder of this name."), size="small", role="text2", wraps=True)
        column = QVBoxLayout(self)
        margin = look.px(8)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(margin)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing)
        self.search.asked.connect(self._show)
        self.search.installEventFilter(self)
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)

    def offer(self, own: Collection[str]) -> None:
        """Offer the association's own fields as well."""
        self._own = own

    def open_at(self, place: QPoint) -> None:
        """Open with all placeholders, near a place of the screen."""
        look = self._look
        self.search.clear()
        self._dress()
        self._show("")
        screen = self.screen().availableGeometry()
        self.resize(min(look.px(WIDTH), screen.width()), min(look.px(HEIGHT), screen.height()))
        x = max(screen.left(), min(place.x(), screen.right() - self.width()))
        y = max(screen.top(), min(place.y(), screen.bottom() - self.height()))
        self.move(x, y)
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def _dress(self) -> None:
        """The colours of a list of ours."""
        palette, role = self.list.palette(), QPalette.ColorRole
        palette.setColor(role.Highlight, self._look.colour("tint"))
        palette.setColor(role.HighlightedText, self._look.colour("on_selection"))
        self.list.setPalette(palette)

    def _show(self, typed: str) -> None:
        heads = {
            placeholders.CONTACT: tr("About the recipient"),
            placeholders.EVENT: tr("About the event"),
            placeholders.ASSOCIATION: tr("About us"),
        }
        wanted = fold(typed).split()
        self.list.clear()
        for about, head in heads.items():
            offered = [(one.key, words(one.label)) for one in placeholders.PLACEHOLDERS if one.about == about]
            if about == placeholders.CONTACT:
                offered += [(name, name) for name in self._own]
            found = [(key, name) for key, name in offered if all(word in fold(name) for word in wanted)]
            if found:
                self._head(head)
            for key, name in found:
                item = QListWidgetItem(name, self.list)
                item.setData(_KEY, key)
                item.setSizeHint(QSize(0, self._look.px(ROW)))
        self.nothing.setVisible(self.list.count() == 0)
        if self.list.count():
            self.list.setCurrentRow(1)

    def _head(self, words: str) -> None:
        item = QListWidgetItem(words, self.list)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(self._look.font("small", bold=True))
        item.setForeground(self._look.colour("text2"))
        item.setSizeHint(QSize(0, self._look.px(ROW)))

    def _take(self, item: QListWidgetItem | None) -> None:
        key = str(item.data(_KEY) or "") if item is not None else ""
        if key:
            self.close()
            self.chosen.emit(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and up go through the list while one types; Enter takes what is current, Esc closes."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._step(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentItem())
                return True
            if key == Qt.Key.Key_Escape:
                self.close()
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        row = self.list.currentRow() + by
        while 0 <= row < self.list.count() and not self.list.item(row).data(_KEY):
            row += by
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)
