"""Logo and signature: the picture, and buttons to choose another one or take it away. And the letterhead's colour."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImageReader, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.settings.form import LABEL_WIDTH
from alumnidesk.ui.widgets.buttons import LinkButton, OutlinedButton
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.widgets.paint import fill, frame
from alumnidesk.ui.widgets.painted_button import PaintedButton
from alumnidesk.ui.words import tr

ROOM = QSize(180, 72)
"""For a picture, at 100 %."""


class PictureField(QWidget):
    """`label` and `key` of the setting; the two functions are called when a button is pressed."""

    def __init__(
        self, look: Look, key: str, label: str, choose: Callable[[str], object], remove: Callable[[str], object]
    ) -> None:
        super().__init__()
        self.look, self.key = look, key
        self.view = _Picture(look, label)
        self.choose = OutlinedButton(look, tr("Choose a picture …"), clicked=lambda: choose(key), changes=True)
        self.choose.setAccessibleName(tr("{label}: choose a picture", label=label))
        self.remove = LinkButton(look, tr("Remove"), clicked=lambda: remove(key), changes=True)
        self.remove.setAccessibleName(tr("Remove {field}", field=label))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        text = Label(look, label, role="text2")
        text.setFixedWidth(look.px(LABEL_WIDTH))
        row.addWidget(text, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.view)
        buttons = QVBoxLayout()
        buttons.setSpacing(look.px(2))
        buttons.addWidget(self.choose)
        buttons.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        buttons.addStretch(1)
        row.addSpacing(look.px(8))
        row.addLayout(buttons)
        row.addStretch(1)

    def show_picture(self, data: bytes) -> None:
        """Show the picture that is set, or the empty room for one."""
        self.view.show_picture(data)
        self.remove.setVisible(bool(data))


class _Picture(QWidget):
    """The picture on paper, which is white in every palette."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look, self._pixmap, self._data = look, QPixmap(), b""
        self.setAccessibleName(name)
        self.setFixedSize(look.px(ROOM.width()), look.px(ROOM.height()))
        look.changed.connect(self.update)

    def show_picture(self, data: bytes) -> None:
        if data != self._data:
            self._data, self._pixmap = data, _decoded(data, self.size() * self.devicePixelRatioF())
            self._pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = self._look.px(6)
        if self._pixmap.isNull():
            frame(painter, self.rect(), self._look.colour("line"), radius)
            painter.setFont(self._look.font("small"))
            painter.setPen(self._look.colour("text2"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("No picture yet"))
            return
        fill(painter, self.rect(), QColor("white"), radius)
        frame(painter, self.rect(), self._look.colour("line"), radius)
        size = self._pixmap.deviceIndependentSize()
        painter.drawPixmap(
            round((self.width() - size.width()) / 2), round((self.height() - size.height()) / 2), self._pixmap
        )


def _decoded(data: bytes, room: QSize) -> QPixmap:
    """The picture no larger than `room`; its kind and measures were checked before it was kept."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if not size.isValid():
        return QPixmap()
    room = QSize(room.width() - 16, room.height() - 16)
    if size.width() > room.width() or size.height() > room.height():
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    return QPixmap.fromImage(reader.read())


def colours() -> tuple[tuple[str, str], ...]:
    """Colours that print well as letters on white, with their names."""
    return (
        ("#0E6470", tr("Petrol")),
        ("#1F4E8C", tr("Blue")),
        ("#2E6B34", tr("Green")),
        ("#8A1F2D", tr("Wine red")),
        ("#9A4B00", tr("Brown")),
        ("#5B3A86", tr("Violet")),
        ("#4A5157", tr("Grey")),
        ("#1A1A1A", tr("Black")),
    )


class Swatches(QWidget):
    """A row of colours; `chosen` carries the one that was chosen, as ``#RRGGBB``."""

    chosen = Signal(str)

    def __init__(self, look: Look, label: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(4))
        text = Label(look, label, role="text2")
        text.setFixedWidth(look.px(LABEL_WIDTH))
        row.addWidget(text)
        row.addSpacing(look.px(4))
        self._all = [_Swatch(look, colour, name, label) for colour, name in colours()]
        for swatch in self._all:
            swatch.clicked.connect(lambda _=False, colour=swatch.colour: self.chosen.emit(colour))
            row.addWidget(swatch)
        row.addStretch(1)

    def show_colour(self, colour: str) -> None:
        """Mark the colour that is set."""
        for swatch in self._all:
            swatch.setChecked(swatch.colour.lower() == colour.lower())
            swatch.update()


class _Swatch(PaintedButton):
    changes = True

    def __init__(self, look: Look, colour: str, name: str, label: str) -> None:
        super().__init__(look)
        self.colour = colour
        self.setCheckable(True)
        self.setAccessibleName(f"{label}: {name}")
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(36), self._look.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = self.rect().adjusted(look.px(6), look.px(6), -look.px(6), -look.px(6))
        fill(painter, inner, QColor(self.colour), inner.height() / 2)
        frame(painter, inner, look.colour("field"), inner.height() / 2)
        if self.isChecked():
            around = inner.adjusted(-look.px(4), -look.px(4), look.px(4), look.px(4))
            frame(painter, around, look.colour("text"), around.height() / 2, 2)
        if self.hasFocus():
            frame(painter, self.rect(), look.colour("accent"), look.px(6), 2)
