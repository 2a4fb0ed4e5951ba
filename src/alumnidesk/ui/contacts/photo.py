"""The photo of a contact: chosen, dropped on its head, pasted there, taken away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu

from alumnidesk.errors import InvalidInput
from alumnidesk.i18n import say
from alumnidesk.ui import files
from alumnidesk.ui.contacts.section import NameHead
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.changing import why_not
from alumnidesk.ui.widgets.photo import as_jpeg, small_enough
from alumnidesk.ui.words import tr

LARGEST = 30_000_000
"""Bytes of a file that is looked at; what cameras write is smaller."""


class Photo(QObject):
    """Belongs to the head of the detail and puts the photo into its circle."""

    def __init__(self, context: Context, head: NameHead) -> None:
        super().__init__(head)
        self._context, self._head = context, head
        self._contact: int | None = None
        self._data = b""
        head.setAcceptDrops(True)
        head.installEventFilter(self)
        head.more_actions = self.add_to

    def show_photo(self, contact: int | None, data: bytes) -> None:
        """Show the photo of a contact; None: of one that cannot be changed."""
        self._contact, self._data = contact, data
        self._head.show_photo(data)

    def add_to(self, menu: QMenu) -> None:
        """The actions, for a menu."""
        if self._contact is None:
            return
        menu.addSeparator()
        menu.addAction(tr("Choose a photo …"), self.choose)
        if _has_picture(QGuiApplication.clipboard().mimeData()):
            menu.addAction(tr("Paste a photo"), self.paste)
        if self._data:
            menu.addAction(tr("Remove the photo"), self.take_away)

    # Deeds ------------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for a picture."""
        kinds = tr("Pictures (*.png *.jpg *.jpeg *.webp *.heic)")
        parent, preferences = self._head.window(), self._context.preferences
        path = files.ask_open(parent, preferences, tr("Choose a photo"), kinds, "pictures")
        if path is not None:
            self._take(path)

    def paste(self) -> None:
        """Take the picture of the clipboard."""
        self._take_from(QGuiApplication.clipboard().mimeData())

    def take_away(self) -> None:
        """Show the initials again."""
        contact = self._contact
        if contact is not None:
            self._context.deed(lambda desk: desk.photos.remove(contact))

    def _take_from(self, dragged: QMimeData) -> None:
        paths = [Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile()]
        if paths:
            self._take(paths[0])
        elif isinstance(image := dragged.imageData(), QImage):
            self._set(as_jpeg(image))

    def _take(self, path: Path) -> None:
        try:
            data = path.read_bytes() if path.stat().st_size <= LARGEST else b""
        except OSError:
            data = b""
        self._set(small_enough(data) if data else b"")

    def _set(self, data: bytes) -> None:
        contact = self._contact
        if contact is None:
            return
        if not data:
            self._context.messages.show(
                InvalidInput(
                    "photo",
                    say("This is not a picture that can be shown."),
                    say("It may be damaged, or larger than 25 megapixels. Save it as JPEG in a picture program."),
                )
            )
            return
        self._context.deed(lambda desk: desk.photos.set(contact, data))

    # Dropping and pasting -----------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._contact is None:
            return False
        if isinstance(event, QDragEnterEvent):
            taken = _has_picture(event.mimeData()) and not why_not(self._head)
            if taken:
                event.acceptProposedAction()
            return taken
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._take_from(event.mimeData())
            event.acceptProposedAction()
            return True
        if _pastes(event) and not why_not(self._head):
            self.paste()
            return True
        return False


def _pastes(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    return event.matches(QKeySequence.StandardKey.Paste)


_ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".heic", ".heif", ".gif", ".bmp")


def _has_picture(dragged: QMimeData) -> bool:
    return dragged.hasImage() or any(url.toLocalFile().lower().endswith(_ENDINGS) for url in dragged.urls())
