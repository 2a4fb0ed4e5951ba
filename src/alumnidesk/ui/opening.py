"""A data file that takes a while to open, as one of an older version does: how far it is, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from alumnidesk.progress import Progress
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.working import Working
from alumnidesk.ui.words import tr


class Opening(Dialog):
    """Stands before the window, or alone at the start, until `over`. Esc and its cross ask the work to stop."""

    def __init__(self, look: Look, file: str, progress: Progress, parent: QWidget | None = None) -> None:
        super().__init__(look, tr("Opening “{file}”", file=file), parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)  # alone at the start it is the last window
        self.working = Working(look, counted=True)
        rows = self.working.layout()
        assert rows is not None
        rows.setContentsMargins(0, look.px(8), 0, 0)
        self.working.follow(progress)
        self.column.addWidget(self.working)

    def reject(self) -> None:
        self.working.cancel()

    def over(self) -> None:
        """The file is open, or it is not."""
        self.working.end()
        self.accept()
        self.deleteLater()
