"""A month to pick a day from, in the language and the palette of the window."""

from __future__ import annotations

from PySide6.QtCore import QDate, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QTextCharFormat
from PySide6.QtWidgets import QAbstractSpinBox, QCalendarWidget, QToolButton, QWidget

from alumnidesk.ui.icons import icon
from alumnidesk.ui.look import Look
from alumnidesk.ui.when import locale
from alumnidesk.ui.widgets.paint import fill, frame
from alumnidesk.ui.words import tr

WIDTH, HEIGHT = 308, 292
"""At 100 %: a day is as large as a finger."""


class Month(QCalendarWidget):
    """Qt's calendar without its colours; the chosen day is filled, today has a frame, and all parts are named."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setLocale(locale())
        self.setFont(look.font())
        self.setFixedSize(look.px(WIDTH), look.px(HEIGHT))
        self.setGridVisible(False)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setAccessibleName(tr("Calendar"))
        heads = QTextCharFormat()
        heads.setForeground(look.colour("text2"))
        heads.setFont(look.font("small"))
        self.setHeaderTextFormat(heads)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(day, heads)  # Qt's own weekends are red
        self._name_parts()

    def _name_parts(self) -> None:
        names = {
            "qt_calendar_prevmonth": (tr("Month before"), "chevron-left"),
            "qt_calendar_nextmonth": (tr("Month after"), "chevron-right"),
            "qt_calendar_monthbutton": (tr("Month"), ""),
            "qt_calendar_yearbutton": (tr("Year"), ""),
        }
        side = self._look.px(20)
        for button in self.findChildren(QToolButton):
            name, picture = names.get(button.objectName(), ("", ""))
            button.setAccessibleName(name)
            button.setFont(self._look.font(bold=True))
            if picture:
                button.setIcon(icon(self._look, picture, "text"))
                button.setIconSize(QSize(side, side))
        for box in self.findChildren(QAbstractSpinBox):
            box.setAccessibleName(tr("Year"))

    def paintCell(self, painter: QPainter, rect: QRect, date: QDate) -> None:
        look, chosen = self._look, date == self.selectedDate()
        cell = rect.adjusted(2, 2, -2, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, look.colour("raised"))
        if chosen:
            fill(painter, cell, look.colour("accent"), look.px(6))
        elif date == QDate.currentDate():
            frame(painter, cell, look.colour("accent"), look.px(6))
        other = date.month() != self.monthShown()
        painter.setFont(look.font(bold=chosen))
        painter.setPen(look.colour("on_accent" if chosen else "field" if other else "text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(date.day()))
        painter.restore()
