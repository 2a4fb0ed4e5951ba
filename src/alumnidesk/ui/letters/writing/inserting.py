"""What can be put into a letter beside words: tables, pictures, codes, the signature, a reply slip, a new page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QImage, QTextCursor
from PySide6.QtWidgets import QMenu, QWidget

from alumnidesk.domain.letter_text import (
    LARGE,
    Code,
    NewPage,
    Paragraph,
    Picture,
    Run,
    Signature,
    Slip,
)
from alumnidesk.errors import InvalidInput
from alumnidesk.i18n import Language, say
from alumnidesk.ui import files
from alumnidesk.ui.icons import icon
from alumnidesk.ui.letters.writing.body import Body
from alumnidesk.ui.letters.writing.dialogs import ObjectDialog, TableDialog
from alumnidesk.ui.letters.writing.words import KEYS
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.photo import as_jpeg, small_enough
from alumnidesk.ui.words import tr

LARGEST = 30_000_000
"""Bytes of a picture file that is looked at."""


class Inserting(QObject):
    """The menu of what can be put in. It asks for what it needs to know first."""

    def __init__(self, context: Context, body: Body, language: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._body, self._language, self._parent = context, body, language, parent
        look = context.look
        self.menu = QMenu(parent)
        for words, sign, does in (
            (tr("Table …"), "table", self.table),
            (tr("Picture from a file …"), "picture", self.picture),
            (tr("Picture from the clipboard"), "copy", self.paste_picture),
            (tr("QR code …"), "qr", self.code),
            (tr("Signature"), "signature", lambda: body.put(Signature())),
            (tr("Reply slip"), "slip", self.slip),
            (tr("New page"), "new-page", self.new_page),
        ):
            action = self.menu.addAction(icon(look, sign), words)
            action.triggered.connect(lambda _=False, does=does: does())
            if sign == "slip":
                self._slip = action
            if sign == "new-page":
                action.setShortcut(KEYS["new_page"])
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.menu.aboutToShow.connect(self._follow)
        body.picture.connect(self.take_image)
        body.file.connect(self.take_file)
        body.change_asked.connect(self.change)

    def _follow(self) -> None:
        self._slip.setText(tr("Out of the reply slip") if self._body.in_slip else tr("Reply slip"))

    def new_page(self) -> None:
        """What follows begins on a new page."""
        self._body.put(NewPage())

    def table(self) -> None:
        """Put in a table of so many rows and columns."""
        dialog = TableDialog(self._context.look, self._parent)
        if dialog.exec():
            self._body.put(dialog.block)
        dialog.deleteLater()
        self._body.setFocus(Qt.FocusReason.OtherFocusReason)

    def slip(self) -> None:
        """A reply slip with its first words, in the language of the letter; within one: the paragraph leaves it."""
        if self._body.in_slip:
            self._body.leave_slip()
            return
        self._body.moveCursor(QTextCursor.MoveOperation.End)  # it stands at the foot of the last page anyway
        words = Language(self._language())
        self._body.put(
            Slip(
                (
                    Paragraph((Run(words(say("Reply")), bold=True),), size=LARGE),
                    Paragraph((Run(words(say("☐ I am glad to come, with ___ companions."))),)),
                    Paragraph((Run(words(say("☐ I cannot come this time."))),)),
                    Paragraph((Run("{name}"),)),
                )
            )
        )

    # Pictures --------------------------------------------------------------------------------------------------

    def picture(self) -> None:
        """Ask for a file."""
        kinds = tr("Pictures (*.png *.jpg *.jpeg *.webp *.heic)")
        head = tr("Picture for the letter")
        path = files.ask_open(self._parent.window(), self._context.preferences, head, kinds, "pictures")
        if path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Put in the picture of a file."""
        try:
            data = path.read_bytes() if path.stat().st_size <= LARGEST else b""
        except OSError:
            data = b""
        self._keep(small_enough(data) if data else b"")

    def paste_picture(self) -> None:
        """Put in the picture of the clipboard."""
        self.take_image(QGuiApplication.clipboard().image())

    def take_image(self, image: QImage) -> None:
        """Put in a picture."""
        self._keep(as_jpeg(image))

    def _keep(self, data: bytes) -> None:
        if not data:
            self._context.messages.show(
                InvalidInput(
                    "picture",
                    say("This is not a picture that can be shown."),
                    say("It may be damaged, or larger than 25 megapixels. Save it as JPEG in a picture program."),
                )
            )
            return
        self._context.tasks.run(
            lambda desk: desk.letter_pictures.keep(data),
            lambda key: self._body.put(Picture(key)),
            failed=self._context.messages.show,
        )

    # Codes, and what is there already --------------------------------------------------------------------------

    def code(self) -> None:
        """Put in a QR code."""
        dialog = ObjectDialog(self._context.look, Code(""), self._parent)
        if dialog.exec():
            self._body.put(dialog.block)
        dialog.deleteLater()

    def change(self, what: Picture | Code) -> None:
        """Give a picture or a code another size, place or text."""
        dialog = ObjectDialog(self._context.look, what, self._parent)
        if dialog.exec():
            self._body.change_painted(dialog.block)
        dialog.deleteLater()
        self._body.setFocus(Qt.FocusReason.OtherFocusReason)
