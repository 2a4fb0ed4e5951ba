"""The window of an envelope, measured by oneself: a few numbers, and a page beside them that follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from alumnidesk.domain.envelope_windows import FOLDS, MeasuredWindow
from alumnidesk.domain.label_sheets import PAPERS
from alumnidesk.errors import InvalidInput
from alumnidesk.ui.look import Look
from alumnidesk.ui.page import Context
from alumnidesk.ui.palettes import LIGHT
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import ChoiceField, Field, LineField
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.widgets.lengths import length_text, read_length
from alumnidesk.ui.words import tr, words

PAGE = QSize(210, 297)
"""Of the picture, at 100 %: a millimetre is a pixel."""
MEASURES = ("x", "y", "width", "height")


class OwnWindowDialog(Dialog):
    """Takes the measures; what cannot be a window is said at its field, and the dialog stays."""

    def __init__(self, context: Context, window: MeasuredWindow, parent: QWidget | None = None) -> None:
        super().__init__(
            context.look,
            tr("Own envelope window"),
            tr(
                "Fold a sheet as you fold your letters, put it into the envelope and draw along the edge of the "
                "window. Take it out and measure on the sheet, in millimetres."
            ),
            parent,
        )
        look, self._context = context.look, context
        self.form = Form(look, above=True)
        labels: Sequence[tuple[str, str]] = (
            ("x", tr("From the left edge of the sheet to the window")),
            ("y", tr("From the upper edge of the sheet to the window")),
            ("width", tr("Width of the window")),
            ("height", tr("Height of the window")),
        )
        fields: list[Field] = [LineField(look, key, label) for key, label in labels]
        fields.append(ChoiceField(look, "fold", tr("Letters are folded"), [(k, words(v)) for k, v in FOLDS.items()]))
        fields.append(ChoiceField(look, "paper", tr("Paper"), [(paper, paper) for paper in PAPERS]))
        for field in fields:
            self.form.add(field)
        self.form.show_values(
            {**{key: length_text(getattr(window, key)) for key in MEASURES}, "fold": window.fold, "paper": window.paper}
        )
        self.page = PagePicture(look)
        sides = QHBoxLayout()
        sides.setSpacing(look.px(24))
        sides.addWidget(self.form, 1)
        sides.addWidget(self.page, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(sides)
        self.form.follow(self._follow)
        self.choose(tr("Cancel"), clicked=self.reject)
        self.go = self.choose(tr("Use this window"), main=True, clicked=self._take)
        fields[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._follow()

    def measured(self) -> MeasuredWindow:
        """What stands in the fields. Raises InvalidInput, with the field, for what is no measure."""
        values: Mapping[str, str | bool] = self.form.values()
        lengths = {key: read_length(key, str(values[key])) for key in MEASURES}
        window = MeasuredWindow(**lengths, paper=str(values["paper"]), fold=str(values["fold"]))
        window.check()
        return window

    def _follow(self) -> None:
        """Let the picture show what is typed, as long as that can be a window."""
        try:
            self.page.show_window(self.measured())
        except InvalidInput:
            self.page.show_window(None)

    def _take(self) -> None:
        refused = self._context.messages.show
        window = self.form.understood(self.measured, refused)
        if window is None:
            return
        self.do_once(
            self._context.deed,
            lambda desk: desk.layouts.measure_window(window),
            failed=lambda problem: self.form.refused(problem, refused),
        )


class PagePicture(QWidget):
    """A page to scale: the window, the address in it, where the text begins, the folds."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._window: MeasuredWindow | None = None
        self.setFixedSize(look.px(PAGE.width()) + 2, look.px(PAGE.height()) + 2)
        look.changed.connect(self.update)
        self.show_window(None)

    def show_window(self, window: MeasuredWindow | None) -> None:
        """Show this window, or an empty page."""
        self._window = window
        name = tr("Page with the window")
        if window is not None:
            name = tr(
                "Page with the window, {x} mm from the left, {y} mm from above",
                x=length_text(window.x),
                y=length_text(window.y),
            )
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        window = self._window
        wide, high = PAPERS[window.paper if window is not None else "A4"]
        scale = min((self.width() - 2) / wide, (self.height() - 2) / high)
        painter.translate(1, 1)
        painter.setPen(QPen(look.colour("line"), 1))
        painter.setBrush(QColor("white"))  # paper is white in every palette
        painter.drawRect(QRectF(0, 0, wide * scale, high * scale))
        if window is None:
            return
        place = window.laid_out()
        shown, text = place.window, place.text
        painter.setPen(QPen(QColor(LIGHT.accent), 1.4))
        painter.setBrush(QColor(LIGHT.tint))
        painter.drawRect(QRectF(shown.x * scale, shown.y * scale, shown.width * scale, shown.height * scale))
        ink = QColor(LIGHT.text2)
        ink.setAlpha(150)
        painter.setPen(QPen(ink, 1.5))
        lines = (0.95, 0.6, 0.75, 0.5)
        step = min(text.height / 6, 4.5)
        for number, length in enumerate(lines):
            y = (text.y + text.height - step * (len(lines) - number) + step / 2) * scale
            painter.drawLine(
                round(text.x * scale), round(y), round((text.x + text.width * 0.6 * length) * scale), round(y)
            )
        left, top, width = place.information
        for number in range(3):
            y = (top + 4 * number + 2) * scale
            painter.drawLine(round(left * scale), round(y), round((left + min(width, 40)) * scale), round(y))
        for number in range(int((high - 40 - place.subject) / 5)):
            y = (place.subject + 5 * number) * scale
            right = wide - (20 if number % 6 != 5 else 80)
            if number % 6:
                painter.drawLine(round(25 * scale), round(y), round(right * scale), round(y))
        painter.setPen(QPen(QColor(LIGHT.text2), 1))
        for fold in place.folds:
            painter.drawLine(0, round(fold * scale), round(8 * scale), round(fold * scale))
