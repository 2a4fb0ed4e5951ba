"""Backups: how old the newest is, make one now, a second place, and bringing one back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.i18n import Message, say
from alumnidesk.progress import Progress
from alumnidesk.ui import files
from alumnidesk.ui.look import Size
from alumnidesk.ui.page import Context
from alumnidesk.ui.settings.form import LABEL_WIDTH
from alumnidesk.ui.statusline import backup_words
from alumnidesk.ui.when import clock, written
from alumnidesk.ui.widgets.beside import Beside
from alumnidesk.ui.widgets.buttons import FilledButton, LinkButton, OutlinedButton
from alumnidesk.ui.widgets.chip import Chip
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.heads import HEAD
from alumnidesk.ui.widgets.label import Label, breakable, section
from alumnidesk.ui.widgets.lines import Column, Deliver, LinesTable
from alumnidesk.ui.widgets.list_table import ROW, ListTable
from alumnidesk.ui.words import language, tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.services.backups import Backup

SECOND = "backup/second"
"""Name of the preference that holds the second folder."""
MOST_ROWS = 8
"""So many backups are seen at once."""
HINT_WIDTH = 760
"""At 100 %: lines of reading length."""
Listed = list[tuple["Backup", Message]]


class BackupsSection(QWidget):
    """Everything about backups of the open file."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self.look = context, context.look
        look = self.look
        self._backups: Listed = []
        self._folder = Path()
        self.state = Label(look, wraps=True)
        self.now = FilledButton(look, tr("Back up now"), icon="shield-check", clicked=self.make)
        self.folder = Label(look, role="text", wraps=True)
        self.second = Label(look, role="text", wraps=True)
        self.folder.setAccessibleName(tr("They lie in"))
        self.second.setAccessibleName(tr("Also copied to"))
        self.choose = OutlinedButton(look, tr("Choose a folder …"), clicked=self._choose_second)
        self.remove = LinkButton(look, tr("Use none"), clicked=lambda: self._set_second(""))
        self.table: LinesTable[tuple[Backup, Message]] = LinesTable(self._columns(), self._fetch)
        self.list = ListTable(look, self.table, tr("Backups of this file"))
        self.restore_button = OutlinedButton(look, tr("Restore this one …"), icon="archive", clicked=self.restore)
        self.other = LinkButton(look, tr("Restore a file from elsewhere …"), clicked=self.restore_file)
        self.list.opened.connect(lambda _: self.restore())
        self._lay_out()

    def _lay_out(self) -> None:
        look = self.look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, look.px(16))
        column.setSpacing(look.px(8))
        above = QVBoxLayout()
        above.setContentsMargins(look.px(20), look.px(8), look.px(20), 0)
        above.setSpacing(look.px(8))
        column.addLayout(above)
        above.addWidget(self.state)
        above.addWidget(self.now, 0, Qt.AlignmentFlag.AlignLeft)
        above.addSpacing(look.px(4))
        open_folder = LinkButton(look, tr("Open the folder"), clicked=self._open_folder)
        above.addLayout(self._row(tr("They lie in"), self.folder, open_folder))
        above.addLayout(self._row(tr("Also copied to"), self.second, self.choose, self.remove))
        above.addLayout(
            self._hint(
                tr(
                    "A second place saves you when this computer is lost or broken: a stick, or a folder on another "
                    "computer. "
                    "It gets a copy whenever you back up by hand."
                ),
                "small",
            )
        )
        above.addSpacing(look.px(8))
        above.addWidget(section(look, tr("Restore a backup")))
        above.addLayout(
            self._hint(
                tr(
                    "All contacts, events, letters and settings become again what they were at that moment. The file "
                    "as it is now is kept beside it, so nothing is lost."
                )
            )
        )
        inset = QHBoxLayout()
        inset.setContentsMargins(look.px(8), 0, look.px(8), 0)
        inset.addWidget(self.list)
        column.addLayout(inset)
        below = Flow(look.px(8))
        below.addWidget(self.restore_button)
        below.addWidget(self.other)
        row = QHBoxLayout()
        row.setContentsMargins(look.px(20), 0, look.px(20), 0)
        row.addLayout(below)
        column.addLayout(row)

    def _hint(self, text: str, size: Size = "body") -> QHBoxLayout:
        """Lines of reading length; in a row, because a column would reckon their height at its own width."""
        hint = Label(self.look, text, size=size, role="text2", wraps=True)
        hint.setMaximumWidth(self.look.px(HINT_WIDTH))
        row = QHBoxLayout()
        row.addWidget(hint, 1000)
        row.addStretch(1)
        return row

    def _row(self, label: str, value: Label, *buttons: QWidget) -> Beside:
        px, named, tools = self.look.px, QWidget(), QWidget()
        row, flow = QHBoxLayout(named), Flow(px(8), tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        text = Label(self.look, label, role="text2")
        text.setMinimumWidth(px(LABEL_WIDTH))
        row.addWidget(text)
        row.addWidget(value, 1)
        for button in buttons:
            flow.addWidget(button)
        return Beside(named, tools, px(8), px(LABEL_WIDTH + 160))

    def _columns(self) -> Sequence[Column[tuple[Backup, Message]]]:
        return (
            Column("made", tr("Made"), lambda row: _moment(row[0].made_at), 230, sortable=False),
            Column("why", tr("Why"), lambda row: words(row[1]), 260, sortable=False),
            Column("contacts", tr("Contacts"), lambda row: _contacts(row[0]), 80, right=True, sortable=False),
            Column("size", tr("Size"), lambda row: _size(row[0].size), 80, right=True, sortable=False),
            Column(
                "state",
                tr("State"),
                lambda row: _state(row[0]).text,
                140,
                140,
                chips=lambda row: (_state(row[0]),),
                sortable=False,
            ),
        )

    # Reading ---------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Look which backups there are."""

        def look_at_them(desk: Desk) -> tuple[Path, Listed]:
            return desk.backups.folder, [(backup, desk.backups.why(backup)) for backup in desk.backups.list()]

        self._context.tasks.run(look_at_them, lambda found: self._show(*found), latest="backups")

    def _show(self, folder: Path, backups: Listed) -> None:
        self._folder, self._backups = folder, backups
        self.folder.setText(breakable(str(folder)))
        newest = next((backup for backup, _ in backups if backup.verified), None)
        after = tr("After a change one is made by itself when you close the file.")
        if newest is None:
            self.state.setText(tr("There is no backup of this file yet. {after}", after=after))
        else:
            age = backup_words(dt.datetime.now(dt.UTC) - newest.made_at)
            kept = tr_n("{n} backup is kept.", "{n} backups are kept.", len(backups))
            self.state.setText(tr("{age}. {kept} {after}", age=age, kept=kept, after=after))
        self.table.show(range(len(backups)))
        self.list.setVisible(bool(backups))
        self.list.setFixedHeight(self.look.px(HEAD + ROW * min(len(backups), MOST_ROWS)) + 2)
        self.restore_button.setVisible(bool(backups))
        self._show_second()

    def _fetch(self, ids: Sequence[int], deliver: Deliver[tuple[Backup, Message]]) -> None:
        deliver([self._backups[id] for id in ids])

    def _show_second(self) -> None:
        second = self._context.preferences.text(SECOND)
        self.second.setText(breakable(second) or tr("No second folder yet"))
        self.second.set_role("text" if second else "text2")
        self.remove.setVisible(bool(second))

    # Doing -----------------------------------------------------------------------------------------------------

    def make(self) -> None:
        """A verified backup now, and a copy of it in the second folder if there is one."""
        second = self._context.preferences.text(SECOND)
        progress = Progress(say("Making a backup …"), running=say("The backup is still being made"))

        def work(desk: Desk) -> Backup:
            made = desk.backups.make("asked", progress=progress)
            if second:
                desk.backups.copy_to(Path(second), made)
            return made

        self._context.tasks.run(work, self._made, progress=progress)

    def _made(self, backup: Backup) -> None:
        second = self._context.preferences.text(SECOND)
        sentence = (
            tr("Backup made and checked, and copied to {folder}", folder=second)
            if second
            else tr("Backup made and checked")
        )
        self._context.notices.say(sentence, icon="shield-check")
        self.read()

    def _choose_second(self) -> None:
        folder = files.ask_folder(self.window(), self._context.preferences, tr("Second folder for backups"), "second")
        if folder is not None:
            self._set_second(str(folder))

    def _set_second(self, folder: str) -> None:
        self._context.preferences.keep(SECOND, folder)
        self._show_second()

    def _open_folder(self) -> None:
        files.show_folder(self._folder, self._context.notices.say)

    # Bringing back ---------------------------------------------------------------------------------------------

    def restore(self) -> None:
        """Bring back the backup of the list, after asking."""
        row = self.list.current_id
        if row is None:
            return
        backup, _ = self._backups[row]
        self._ask_and_restore(backup.path, _moment(backup.made_at))

    def restore_file(self) -> None:
        """Restore a backup from a stick or a folder, after asking."""
        kinds = tr("Backups and data files (*.alumnidesk-backup *.alumnidesk)")
        path = files.ask_open(self.window(), self._context.preferences, tr("Restore a backup"), kinds, "restore")
        if path is not None:
            self._ask_and_restore(path, path.name)

    def _ask_and_restore(self, path: Path, named: str) -> None:
        answer = self._context.messages.ask(
            tr("Restore this backup?"),
            tr(
                "Everything becomes again what it was at this moment: {moment}.\n\nThe file as it is now is kept "
                "beside "
                "it under another name.",
                moment=named,
            ),
            [tr("Leave it as it is"), tr("Restore it")],
        )
        if answer == 1:
            self._context.restore(path)

    def focus_list(self) -> None:
        """Go to the list of backups."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _moment(made_at: dt.datetime) -> str:
    local = made_at.astimezone()
    return tr("{day}, {time}", day=written(local.date(), "year"), time=clock(local))


def _contacts(backup: Backup) -> str:
    return language().number(backup.contacts) if backup.verified else ""


def _size(size: int) -> str:
    return tr("{n} kB", n=-(-size // 1000)) if size < 1_000_000 else tr("{n} MB", n=-(-size // 1_000_000))


def _state(backup: Backup) -> Chip:
    return Chip(tr("Verified"), "good", "check") if backup.verified else Chip(tr("Unreadable"), "bad", "warning")
