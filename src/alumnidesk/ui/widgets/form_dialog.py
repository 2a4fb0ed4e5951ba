"""A dialog with a few fields and one verb; what is refused is said at its field, and the dialog stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from alumnidesk.progress import Progress
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import Field
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.words import tr

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.ui.page import Context

Values = Mapping[str, Any]


class FormDialog(Dialog):
    """`work` is done in the owner thread with what stands in the fields."""

    def __init__(
        self,
        context: Context,
        head: str,
        fields: Sequence[Field],
        verb: str,
        work: Callable[[Desk, Values], object],
        parent: QWidget,
        sentence: str = "",
        progress: Progress | None = None,
    ) -> None:
        """Work that may take long has a `progress`: who leaves the dialog meanwhile stops it."""
        super().__init__(context.look, head, sentence, parent)
        self._context, self._work, self._progress = context, work, progress
        self.outcome: Any = None
        """What `work` returned; None before, and after Esc."""
        self.form = Form(context.look, above=True)
        for field in fields:
            self.form.add(field)
        self.column.addWidget(self.form)
        self.choose(tr("Cancel"), clicked=self.reject)
        self.go = self.choose(verb, main=True, clicked=self._try)
        fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _try(self) -> None:
        values, work = self.form.values(), self._work
        self.do_once(
            self._context.deed,
            lambda desk: work(desk, values),
            self._done,
            failed=lambda problem: self.form.refused(problem, self._context.messages.show),
            progress=self._progress,
        )

    def reject(self) -> None:
        if self._progress is not None:
            self._progress.cancel()
        super().reject()

    def _done(self, outcome: object) -> None:
        self.outcome = outcome
