"""The files of a contact in its detail: name, size and day; each is opened, saved elsewhere or removed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.ui.contacts.detail_section import DetailSection
from alumnidesk.ui.contacts.file_door import FileDoor
from alumnidesk.ui.page import Context
from alumnidesk.ui.when import day_words, local
from alumnidesk.ui.widgets.buttons import LinkButton, PlainButton
from alumnidesk.ui.widgets.changing import ChangingMenu, why_not
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.words import language, tr

if TYPE_CHECKING:
    from alumnidesk.services.attachments import FiledFile


class FilesSection(DetailSection):
    """Hidden while nothing is filed; a file that is dropped on it is filed."""

    def __init__(self, context: Context, door: FileDoor) -> None:
        super().__init__(context.look, tr("Files"))
        self._context, self._door = context, door
        self._contact: int | None = None
        self._filed: Sequence[FiledFile] = ()
        self.setAcceptDrops(True)
        look = context.look
        column = self.column
        self.add = LinkButton(look, tr("Add a file"), icon="plus", clicked=self.choose, changes=True)
        self.offer(self.add)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._rows.setContentsMargins(-look.px(6), 0, 0, 0)  # the words of a link stand below those of the head
        column.addLayout(self._rows)
        self.hide()

    def show_files(self, contact: int | None, filed: Sequence[FiledFile], *, binned: bool = False) -> None:
        """Show the files of a contact."""
        self._contact = None if binned else contact
        self.setVisible(bool(filed))
        self.add.setVisible(not binned)
        if tuple(filed) == tuple(self._filed):
            return
        self._filed = tuple(filed)
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for file in filed:
            self._rows.addWidget(self._row(file))

    def _row(self, file: FiledFile) -> QWidget:
        look = self._context.look
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(4))
        name = LinkButton(look, _shortened(file.name).replace("&", "&&"), icon="document")
        name.clicked.connect(partial(self._door.open, file.key, file.name))
        name.setAccessibleName(tr("Open {file}", file=file.name))
        row.addWidget(name)
        day = day_words(local(file.added_at).date(), dt.date.today())
        said = tr("{size}, {day}", size=size_words(file.size), day=day)
        row.addWidget(Label(look, said, size="small", role="text2", wraps=True), 1)
        menu = ChangingMenu(holder)
        menu.addAction(tr("Open"), partial(self._door.open, file.key, file.name))
        menu.addAction(tr("Save a copy …"), partial(self._door.save_as, self.window(), file.key, file.name))
        menu.addSeparator()
        menu.add_deed(tr("Remove"), partial(self._remove, file.id))
        more = PlainButton(look, "", icon="more", name=tr("More about {file}", file=file.name), menu=menu)
        row.addWidget(more)
        return holder

    # Deeds ------------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for a file and file it."""
        path = self._door.choose(self.window())
        if path is not None:
            self.file(path)

    def file(self, path: Path) -> None:
        """File a copy of this file at the contact."""
        contact = self._contact
        if contact is not None:
            self._context.deed(lambda desk: desk.attachments.add(contact, path))

    def _remove(self, number: int) -> None:
        self._context.deed(lambda desk: desk.attachments.remove(number))
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    # Dropping ---------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._contact is not None and dropped(event) and not why_not(self):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for path in dropped(event):
            self.file(path)
        event.acceptProposedAction()


def dropped(event: QDropEvent) -> list[Path]:
    """The files on the disk that are dragged."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def size_words(size: int) -> str:
    """A size in the units that people know: 120 KB, 3.4 MB."""
    if size < 1_000_000:
        return tr("{n} KB", n=max(1, round(size / 1000)))
    number = f"{size / 1_000_000:.1f}"
    return tr("{n} MB", n=number if language().code == "en" else number.replace(".", ","))


LONGEST = 32


def _shortened(name: str) -> str:
    """The name with its middle left out where it is long, so that its ending is seen."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 12]}…{name[-10:]}"
