"""Long work shown in the place of its result: the step, a bar, Cancel."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from alumnidesk.i18n import Message
from alumnidesk.progress import Progress
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.words import language, tr, words

POLL, WIDTH = 100, 420
"""Milliseconds between two looks at the work; width of the bar at 100 %."""


class Working(QWidget):
    """`begin` gives the work its progress, `follow` shows work that has one; `end` when it is over.

    `counted`: the numbers are said too. They are those of the work, which may go twice through the same things.
    """

    def __init__(self, look: Look, *, counted: bool = False) -> None:
        super().__init__()
        self.progress: Progress | None = None
        """That of the work that is going on."""
        self.step = Label(look, wraps=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(look.px(WIDTH))
        self.bar.setAccessibleName(tr("Progress"))
        self.numbers = Label(look, size="small", role="text2")
        self.numbers.setVisible(counted)
        self.cancel_button = LinkButton(look, tr("Cancel"), icon="close", clicked=self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(24), look.px(20), look.px(20))
        column.setSpacing(look.px(8))
        column.addWidget(self.step)
        for widget in (self.bar, self.numbers, self.cancel_button):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._poll = QTimer(self, interval=POLL)
        self._poll.timeout.connect(self._show)

    def begin(self, step: Message, *, running: Message | None = None) -> Progress:
        """Show new work; `running` as `Progress` wants it."""
        progress = Progress(step, running=running)
        self.follow(progress)
        return progress

    def follow(self, progress: Progress) -> None:
        """Show work that is going on."""
        self.progress = progress
        self._show()
        self._poll.start()

    def end(self) -> None:
        """The work is over."""
        self._poll.stop()
        self.progress = None

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        if self.progress is not None:
            self.progress.cancel()
            self._show()

    def _show(self) -> None:
        if (progress := self.progress) is not None:
            self.step.setText(words(progress.step))
            self.bar.setRange(0, progress.total)
            done, total = min(progress.done, progress.total), progress.total
            self.bar.setValue(done)
            number = language().number
            self.numbers.setText(tr("{done} of {total}", done=number(done), total=number(total)) if total else "")
            self.cancel_button.setEnabled(progress.can_cancel)
