"""Which pages of a mailing are printed again, after a paper jam or a spilt coffee."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from alumnidesk.domain.mailings import page_numbers
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import LineField
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.words import tr, tr_n


class ReprintDialog(Dialog):
    """`pages` is what was typed, such as ``17-19``."""

    def __init__(self, look: Look, title: str, pages: int, parent: QWidget | None = None) -> None:
        said = tr_n("“{title}” has {n} page.", "“{title}” has {n} pages.", pages, title=title)
        super().__init__(look, tr("Which pages shall be printed again?"), said, parent)
        self._pages = pages
        self._field = LineField(look, "pages", tr("Pages, such as 17-19, 23"))
        self._field.set_value(f"1-{pages}")
        form = Form(look)
        form.add(self._field)
        self.column.addWidget(form)
        self.choose(tr("Cancel"))
        self.choose(tr("Show the pages"), main=True, clicked=self._finish)
        self._field.line.selectAll()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def pages(self) -> str:
        """What was typed."""
        return self._field.line.text()

    def _finish(self) -> None:
        try:
            page_numbers(self.pages, self._pages)
        except ValueError:
            self._field.show_problem(
                tr("Write pages from 1 to {pages}, such as 17-19 or 3, 5, 8-10.", pages=self._pages)
            )
            return
        self.chosen = 1
        self.accept()


def ask_pages(look: Look, title: str, pages: int, parent: QWidget) -> str:
    """Which pages; empty after Cancel."""
    dialog = ReprintDialog(look, title, pages, parent)
    dialog.exec()
    dialog.deleteLater()
    return dialog.pages if dialog.chosen > 0 else ""
