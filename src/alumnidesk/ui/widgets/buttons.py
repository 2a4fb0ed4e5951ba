"""Buttons of four kinds. Filled: the one main action of a page. Outlined: other actions. Plain: tools of a list.
Link: an action inside text. A button is never narrower than its words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from alumnidesk.ui.actions import Trigger
from alumnidesk.ui.icons import paint_icon
from alumnidesk.ui.look import Look
from alumnidesk.ui.platform_keys import key_here
from alumnidesk.ui.widgets.paint import fill, frame
from alumnidesk.ui.widgets.painted_button import PaintedButton


class Button(PaintedButton):
    """The part that all kinds share: icon, words, a key beside them, a mark when a menu hangs on it."""

    tall = 36
    padding = 12
    gap = 6
    bold = False
    icon_size = 20

    def __init__(
        self,
        look: Look,
        text: str,
        *,
        icon: str = "",
        name: str = "",
        key: str = "",
        clicked: Callable[[], object] | None = None,
        menu: QMenu | None = None,
        parent: QWidget | None = None,
        changes: bool = False,
    ) -> None:
        """`name` is what an icon alone is called; `key` stands behind the words, in the words of the keyboard.

        `changes` the file: so does what triggers an action that does.
        """
        super().__init__(look, parent)
        self.changes = changes or (isinstance(clicked, Trigger) and clicked.changes)
        self._icon, self._key, self._menu = icon, key, menu
        self.setText(text)
        self.setAccessibleName(text or name)
        if not text:
            self.padding = 8
            self.setToolTip(name)
        self.setFont(look.font(bold=self.bold))
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if clicked is not None:
            self.clicked.connect(lambda: clicked())
        if menu is not None:
            self.clicked.connect(self._drop)

    def set_words(self, text: str) -> None:
        """Other words on the same button, such as another number."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_icon(self, icon: str) -> None:
        """Another icon on the same button."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    # Size ------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(self._content() + 2 * self._look.px(self.padding), self._look.px(self.tall))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _content(self) -> int:
        gap, width = self._look.px(self.gap), QFontMetrics(self.font()).horizontalAdvance(_shown(self.text()))
        if self._icon:
            width += self._look.px(self.icon_size) + (gap if self.text() else 0)
        if self._key:
            width += gap + QFontMetrics(self._look.font("small")).horizontalAdvance(self._key)
        if self._menu:
            width += gap + self._look.px(16)
        return width

    # Painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        self._paint_content(painter)
        if self.hasFocus():
            self.paint_focus(painter)

    def paint_ground(self, painter: QPainter) -> None:
        """What lies under the words; nothing, unless a kind has more."""
        if self.underMouse() and self.isEnabled():
            fill(painter, self.rect(), self._look.colour("soft"), self._look.px(6))

    def paint_focus(self, painter: QPainter) -> None:
        """A ring of 2 pixels just inside the button's edge."""
        frame(painter, self.rect(), self._look.colour("accent"), self._look.px(6), 2)

    def ink(self) -> QColor:
        """The colour of words and icon."""
        return self._look.colour("text" if self.isEnabled() else "unusable")

    def icon_ink(self) -> QColor:
        return self._look.colour("text2" if self.isEnabled() else "unusable")

    def _paint_content(self, painter: QPainter) -> None:
        gap = self._look.px(self.gap)
        x = (self.width() - self._content()) // 2
        if self._icon:
            size = self._look.px(self.icon_size)
            paint_icon(painter, self._icon, self.icon_ink(), x, (self.height() - size) / 2, size)
            x += size + gap
        painter.setPen(self.ink())
        painter.setFont(self.font())
        width = QFontMetrics(self.font()).horizontalAdvance(_shown(self.text()))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(x, 0, width + 2, self.height(), middle | Qt.TextFlag.TextShowMnemonic, self.text())
        x += width + gap
        if self._key:
            painter.setFont(self._look.font("small"))
            painter.setPen(self._look.colour("text2"))
            painter.drawText(x, 0, self.width() - x, self.height(), middle, self._key)
        if self._menu:
            size = self._look.px(16)
            paint_icon(painter, "chevron-down", self.icon_ink(), x, (self.height() - size) / 2, size)

    # Behaviour -------------------------------------------------------------------------------------------------

    def _drop(self) -> None:
        if self._menu is not None:
            self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


class FilledButton(Button):
    """The main action: one per page."""

    padding = 16
    gap = 8
    bold = True

    def paint_ground(self, painter: QPainter) -> None:
        if not self.isEnabled():
            role = "soft"
        else:
            role = "accent_hover" if self.underMouse() or self.isDown() else "accent"
        fill(painter, self.rect(), self._look.colour(role), self._look.px(6))
        if not self.isEnabled() and self._look.palette.high:
            frame(painter, self.rect(), self._look.colour("hair"), self._look.px(6))

    def paint_focus(self, painter: QPainter) -> None:
        frame(painter, self.rect().adjusted(3, 3, -3, -3), self._look.colour("on_accent"), self._look.px(4), 2)

    def ink(self) -> QColor:
        return self._look.colour("on_accent" if self.isEnabled() else "unusable_field")

    icon_ink = ink


class OutlinedButton(Button):
    """An action beside the main one."""

    def paint_ground(self, painter: QPainter) -> None:
        ground = "soft" if (self.underMouse() or self.isDown()) and self.isEnabled() else "raised"
        fill(painter, self.rect(), self._look.colour(ground), self._look.px(6))
        frame(
            painter,
            self.rect(),
            self._look.colour("field" if self.isEnabled() else "unusable_frame"),
            self._look.px(6),
            1,
        )


class PlainButton(Button):
    """A tool of a list, or an icon alone with a name for screen readers."""

    padding = 10
    gap = 8


class LinkButton(Button):
    """An action inside text: accent, bold, no frame."""

    tall = 28
    padding = 6
    gap = 8
    bold = True

    def ink(self) -> QColor:
        return self._look.colour("accent" if self.isEnabled() else "unusable")

    icon_ink = ink


def key_words(sequence: QKeySequence | str) -> str:
    """A key as the person's keyboard names it: Ctrl+Z, Strg+Z, ⌘Z."""
    keys = QKeySequence(key_here(sequence)) if isinstance(sequence, str) else sequence
    return keys.toString(QKeySequence.SequenceFormat.NativeText)


def _shown(text: str) -> str:
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
