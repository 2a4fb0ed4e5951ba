"""The navigation at the left: where am I, and where can I go. Icon and word, always visible."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout

from alumnidesk.ui.icons import paint_icon
from alumnidesk.ui.look import Look
from alumnidesk.ui.pages import PageSpec
from alumnidesk.ui.widgets.dragging import TakesContacts
from alumnidesk.ui.widgets.label import Ground
from alumnidesk.ui.widgets.one_of import OneOf
from alumnidesk.ui.widgets.paint import fill, frame, mirrored
from alumnidesk.ui.words import language, tr_n, words

NARROW = 192
"""At 100 %; longer words make it wider."""
PITCH, PILL = 44, 36
"""From one place to the next, and the height of the tinted ground of the current one: so near they come to each other
where large text leaves little room."""


class Navigation(Ground):
    """The places of the window; `chosen` is called with the name of a page, `taken` also with contacts
    that were dropped on it."""

    def __init__(
        self,
        look: Look,
        specs: Sequence[PageSpec],
        chosen: Callable[[str], object],
        taken: Callable[[str, Sequence[int]], object] | None = None,
    ) -> None:
        super().__init__(look, "nav")
        self._look, self._chosen, self._taken = look, chosen, taken
        self._places: dict[str, _Place] = {}
        self._hidden: Collection[str] = ()
        group = QButtonGroup(self)
        group.setExclusive(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(8), look.px(10), look.px(8) - 1, look.px(10))
        column.setSpacing(0)
        for spec in (s for s in specs if not s.foot):
            column.addWidget(self._place(spec, group))
        column.addStretch(1)
        for spec in (s for s in specs if s.foot):
            column.addWidget(self._place(spec, group))
        self._fit()

    def _fit(self) -> None:
        """As wide as the widest place needs."""
        look = self._look
        widest = max((place.wanted_width() for place in self._places.values()), default=0)
        self.setFixedWidth(max(look.px(NARROW), _to_grid(widest + 2 * look.px(8), look.px(8))) - 1)

    def _place(self, spec: PageSpec, group: QButtonGroup) -> _Place:
        place = _Place(self._look, words(spec.words), spec.icon, self._step)
        place.picked.connect(lambda: self._chosen(spec.name))
        if self._taken is not None:
            self._let_drop(spec, place, self._taken)
        group.addButton(place)
        self._places[spec.name] = place
        return place

    def _let_drop(self, spec: PageSpec, place: _Place, taken: Callable[[str, Sequence[int]], object]) -> None:
        """Contacts are dropped where a page takes them; held over any place for a while, its page opens."""

        def open_unless_there() -> None:
            if not place.isChecked():
                self._chosen(spec.name)

        TakesContacts(
            self._look,
            place,
            lambda contacts, at: taken(spec.name, contacts),
            lambda at: place.rect() if spec.takes_contacts else QRect(),
            open_unless_there,
        )

    def go_to(self, name: str) -> None:
        """Mark a place as the current one."""
        self._places[name].mark()
        self._show_places()

    def hide_places(self, names: Collection[str]) -> None:
        """Take these places out; each is there again as long as one is at its page."""
        self._hidden = names
        self._show_places()

    def _show_places(self) -> None:
        for name, place in self._places.items():
            place.setVisible(name not in self._hidden or place.isChecked())

    def count(self, name: str, n: int) -> None:
        """Show how many things wait on a page; nothing for 0."""
        if name in self._places:
            self._places[name].show_count(n)
            self._fit()

    def _step(self, place: _Place, by: int) -> None:
        places = [one for one in self._places.values() if not one.isHidden()]
        places[(places.index(place) + by) % len(places)].setFocus(Qt.FocusReason.TabFocusReason)


class _Place(OneOf):
    """One place: icon, word, count."""

    def __init__(self, look: Look, text: str, icon: str, step: Callable[[_Place, int], None]) -> None:
        super().__init__(look, text)
        self._icon, self._step, self._count = icon, step, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(look.px(PILL))
        self.setMaximumHeight(look.px(PITCH))

    def show_count(self, n: int) -> None:
        self._count = n
        waiting = tr_n("{place}, {n} thing waits", "{place}, {n} things wait", n, place=self.text())
        self.setAccessibleName(waiting if n else self.text())
        self.update()

    def wanted_width(self) -> int:
        """Room for the word in bold, and for a pill with two digits where something waits."""
        look = self._look
        after = look.px(12 + 32) if self._count else look.px(12)
        return look.px(48) + QFontMetrics(look.font(bold=True)).horizontalAdvance(self.text()) + after

    def sizeHint(self) -> QSize:
        return QSize(self.wanted_width(), self._look.px(PITCH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(self, 1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self.isChecked()
        gap = (self.height() - look.px(PILL)) // 2
        pill = self.rect().adjusted(0, gap, 0, -gap)
        if here:
            fill(painter, pill, look.colour("tint"), look.px(6))
            bar = QRect(0, (self.height() - look.px(20)) // 2, look.px(3), look.px(20))
            fill(painter, mirrored(self, bar), look.colour("accent"), look.px(1.5))
        elif self.underMouse():
            fill(painter, pill, look.colour("hair"), look.px(6))
        if self.hasFocus():
            frame(painter, pill, look.colour("text" if look.palette.high else "accent"), look.px(6), 2)
        icon_role = "on_tint" if here and look.palette.high else "accent" if here else "text2"
        size = look.px(20)
        spot = mirrored(self, QRect(look.px(16), 0, size, size))
        paint_icon(painter, self._icon, look.colour(icon_role), spot.x(), (self.height() - size) / 2, size)
        painter.setFont(look.font(bold=here))
        painter.setPen(look.colour("on_tint" if here else "text"))
        room = QRect(look.px(48), 0, self.width() - look.px(48), self.height())
        painter.drawText(mirrored(self, room), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._count:
            self._paint_count(painter)

    def _paint_count(self, painter: QPainter) -> None:
        look, text = self._look, language().number(self._count)
        font = look.font("small", bold=True)
        height = look.px(24)
        width = max(height, QFontMetrics(font).horizontalAdvance(text) + look.px(12))
        pill = mirrored(self, QRect(self.width() - look.px(12) - width, (self.height() - height) // 2, width, height))
        fill(painter, pill, look.colour("text" if look.palette.high else "line"), height / 2)
        painter.setFont(font)
        painter.setPen(look.colour("page" if look.palette.high else "text"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


def _to_grid(width: int, grid: int) -> int:
    return -(-width // grid) * grid
