"""The overview of keys, and who made this program."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from alumnidesk import __version__
from alumnidesk.i18n import say
from alumnidesk.ui.actions import ACTIONS, MENUS, SHARED_KEYS, Action
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import key_words
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.label import Label, section
from alumnidesk.ui.words import tr, words

LISTS = "lists"
COLUMNS = (("file", "edit", LISTS), ("view", "help"), ("contacts", "events", "letters"))
"""Menus, and what holds in every list."""
BETWEEN = 24
IN_LISTS = (
    ("Enter", say("Open the row one stands on")),
    ("Esc", say("Take back what was typed, or empty the search")),
    ("Ctrl+C", say("Copy the selected rows")),
    ("Ctrl+A", say("Select all rows")),
    ("Ctrl+P", say("Print this list …")),
)
"""What is in a menu of each page too, such as printing, is named here only."""


def show_keys(look: Look, parent: QWidget | None) -> None:
    """Every key, by menu, in as many columns as the screen has room for."""
    dialog = Dialog(look, tr("Keys"), parent=parent)
    columns = [keys_of(look, menus) for menus in COLUMNS]
    widths, room = [column.sizeHint().width() for column in columns], dialog.screen().availableSize().width()
    beside = in_a_row(widths, look.px(BETWEEN), room)
    grid = QGridLayout()
    grid.setHorizontalSpacing(look.px(BETWEEN))
    for place, column in enumerate(columns):
        grid.addWidget(column, *divmod(place, beside), Qt.AlignmentFlag.AlignTop)
    dialog.column.addLayout(grid)
    dialog.choose(tr("Close"), main=True)
    dialog.exec()
    dialog.deleteLater()


def in_a_row(widths: Sequence[int], between: int, room: int) -> int:
    """How many columns stand beside each other, whichever they are."""
    widths = sorted(width + between for width in widths)
    return max(n for n in range(1, len(widths) + 1) if n == 1 or sum(widths[-n:]) + between <= room)


def keys_of(look: Look, menus: Sequence[str]) -> QWidget:
    """The keys of some menus, one below the other."""
    column = QWidget()
    grid = QGridLayout(column)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(look.px(16))
    grid.setVerticalSpacing(look.px(4))
    for menu in menus:
        if menu == LISTS:
            keys = [(key_words(key), words(what)) for key, what in IN_LISTS]
            _add(look, grid, tr("In lists and fields"), keys)
        else:
            own = (spec for spec in ACTIONS if spec.menu == menu and spec.key)
            keys = [(_key_of(spec), words(spec.words)) for spec in own if (spec.key, spec.words) not in IN_LISTS]
            _add(look, grid, words(dict(MENUS)[menu]), keys)
    return column


def _add(look: Look, grid: QGridLayout, head: str, keys: list[tuple[str, str]]) -> None:
    row = grid.rowCount()
    grid.setRowMinimumHeight(row, look.px(36 if row > 1 else 0))
    grid.addWidget(section(look, head), row, 0, 1, 2, Qt.AlignmentFlag.AlignBottom)
    for number, (key, what) in enumerate(keys, row + 1):
        grid.addWidget(Label(look, what), number, 0)
        grid.addWidget(Label(look, key, role="text2"), number, 1)


def _key_of(spec: Action) -> str:
    """The key of an action; beside one that means something else on other pages, the one that holds on all."""
    keys = (spec.key, spec.key_too) if spec.key in SHARED_KEYS else (spec.key,)
    return ", ".join(key_words(key) for key in keys if key)


def show_about(look: Look, parent: QWidget | None) -> None:
    """Name, version, licence."""
    sentence = tr("Contacts, events and letters of an association, in one file on one computer.")
    dialog = Dialog(look, tr("AlumniDesk {version}", version=__version__), sentence, parent)
    dialog.column.addWidget(Label(look, tr("Free software under the MIT licence."), role="text2"))
    dialog.choose(tr("Close"), main=True)
    dialog.exec()
    dialog.deleteLater()
