"""The overview of keys, and who made this program."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from alumnidesk import __version__
from alumnidesk.i18n import say
from alumnidesk.ui.actions import ACTIONS, MENUS
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import key_words
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.label import Label, section
from alumnidesk.ui.words import tr, words

COLUMNS = (("file", "edit", "view"), ("contacts", "events", "letters", "help"))
LISTS = (
    ("Enter", say("Open the row one stands on")),
    ("Esc", say("Take back what was typed, or empty the search")),
    ("Ctrl+C", say("Copy the selected rows")),
    ("Ctrl+A", say("Select all rows")),
)


def show_keys(look: Look, parent: QWidget | None) -> None:
    """Every key, by menu."""
    dialog = Dialog(look, tr("Keys"), parent=parent)
    across = QHBoxLayout()
    across.setSpacing(look.px(32))
    dialog.column.addLayout(across)
    titles = dict(MENUS)
    for column in COLUMNS:
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(4))
        for menu in column:
            keys = [(spec.key, words(spec.words)) for spec in ACTIONS if spec.menu == menu and spec.key]
            _add(look, grid, words(titles[menu]), keys)
        if column is COLUMNS[-1]:
            _add(look, grid, tr("In lists and fields"), [(key, words(what)) for key, what in LISTS])
        grid.setRowStretch(grid.rowCount(), 1)
        across.addLayout(grid)
    dialog.choose(tr("Close"), main=True)
    dialog.exec()
    dialog.deleteLater()


def _add(look: Look, grid: QGridLayout, head: str, keys: list[tuple[str, str]]) -> None:
    if not keys:
        return
    row = grid.rowCount()
    grid.setRowMinimumHeight(row, look.px(36 if row > 1 else 0))
    grid.addWidget(section(look, head), row, 0, 1, 2, Qt.AlignmentFlag.AlignBottom)
    for number, (key, what) in enumerate(keys, row + 1):
        grid.addWidget(Label(look, what), number, 0)
        grid.addWidget(Label(look, key_words(key), role="text2"), number, 1)


def show_about(look: Look, parent: QWidget | None) -> None:
    """Name, version, licence."""
    sentence = tr("Contacts, events and letters of an association, in one file on one computer.")
    dialog = Dialog(look, tr("AlumniDesk {version}", version=__version__), sentence, parent)
    dialog.column.addWidget(Label(look, tr("Free software under the MIT licence."), role="text2"))
    dialog.choose(tr("Close"), main=True)
    dialog.exec()
    dialog.deleteLater()
