"""Which envelopes the letters go into: measuring a window of one's own, and a page to try any window with."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.envelope_windows import MeasuredWindow
from alumnidesk.ui.page import Context
from alumnidesk.ui.settings.own_window import OwnWindowDialog
from alumnidesk.ui.widgets.buttons import OutlinedButton
from alumnidesk.ui.widgets.fields import WIDEST
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.words import tr


class EnvelopeSection(QWidget):
    """Two buttons below the choice of the window."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, self._context = context.look, context
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        hint = Label(
            look,
            tr("Try the window once with a test page. If none of the list fits, measure your own."),
            size="small",
            role="text2",
            wraps=True,
        )
        hint.setMaximumWidth(look.px(WIDEST))
        across = QHBoxLayout()  # a column would reckon the height of its lines at its own width
        across.addWidget(hint, 1)
        across.addStretch()
        column.addLayout(across)
        self.test = OutlinedButton(look, tr("Window test page …"), icon="printer", clicked=self.print_test)
        self.measure = OutlinedButton(
            look, tr("Measure your own window …"), icon="edit", clicked=self.ask_measures, changes=True
        )
        buttons = QWidget()
        row = Flow(look.px(8), buttons)
        for button in (self.test, self.measure):
            row.addWidget(button)
        column.addWidget(buttons)

    def print_test(self) -> None:
        """Show the test page of the window that is set."""
        from alumnidesk.ui.printing.dialog import print_pdf  # asked for rarely, and slow to load

        print_pdf(
            self._context,
            self.window(),
            tr("Window test page"),
            lambda desk, out, _: desk.layouts.print_window_test(out),
            use="letters",
        )

    def ask_measures(self) -> None:
        """Ask for the measures of an own window."""

        def ask(window: MeasuredWindow) -> None:
            dialog = OwnWindowDialog(self._context, window, self.window())
            dialog.exec()
            dialog.deleteLater()

        self._context.tasks.run(lambda desk: desk.layouts.own_window(), ask)
