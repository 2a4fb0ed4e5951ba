"""Files that lie in the data file: choosing one on the disk, looking at one, writing one somewhere."""

from __future__ import annotations

import stat
from pathlib import Path

from PySide6 import QtCore, QtGui
from PySide6.QtWidgets import QWidget

from alumnidesk.domain.file_names import kept_name
from alumnidesk.errors import Refused
from alumnidesk.i18n import say
from alumnidesk.ui import files
from alumnidesk.ui.page import Context
from alumnidesk.ui.words import tr

_PROGRAMS = frozenset(
    ("app", "appinstaller", "application", "appref-ms", "appx", "bat", "chm", "cmd", "com", "command", "cpl", "desktop",
     "diagcab", "dmg", "exe", "fileloc", "gadget", "hlp", "hta", "img", "inetloc", "inf", "iso", "jar", "jnlp", "js",
     "jse", "library-ms", "lnk", "msc", "msi", "msix", "msp", "mst", "pif", "pkg", "ps1", "py", "pyw", "pyz", "rdp",
     "reg", "scf", "scpt", "scr", "search-ms", "settingcontent-ms", "sh", "terminal", "theme", "tool", "url", "vb",
     "vbe", "vbs", "vhd", "vhdx", "webloc", "website", "workflow", "ws", "wsc", "wsf", "wsh", "xll")
)  # fmt: skip
"""Endings of files that do something when they are opened, or that hold such files where nobody warns of them."""


class FileDoor:
    """Opens copies of stored files with the system's programs; the copies are gone when the program ends."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._folder: QtCore.QTemporaryDir | None = None
        self._opened = 0

    def choose(self, parent: QWidget) -> Path | None:
        """A file on the disk, or None."""
        everything = tr("All files (*)")
        return files.ask_open(parent, self._context.preferences, tr("Choose a file"), everything, "files")

    def open(self, key: str, name: str) -> None:
        """Look at a copy of a stored file."""
        kept = kept_name(name)  # a data file from elsewhere may hold any name, with signs that nobody sees too
        if kept.rpartition(".")[2].lower() in _PROGRAMS:
            self._context.messages.show(
                Refused(
                    say("“{file}” is a program or starts one, and is not opened from here.", file=name),
                    say("Save it to a folder if you know where it came from."),
                )
            )
            return
        if self._folder is None:
            self._folder = QtCore.QTemporaryDir()
            if (application := QtCore.QCoreApplication.instance()) is not None:
                application.aboutToQuit.connect(self._folder.remove)
        self._opened += 1
        folder = Path(self._folder.path()) / str(self._opened)
        target = folder / kept

        def write(_: object) -> None:
            target.chmod(stat.S_IRUSR)  # so that nobody writes into a copy and believes it is kept
            QtGui.QDesktopServices.openUrl(QtCore.QUrl.fromLocalFile(str(target)))

        folder.mkdir()
        self._context.tasks.run(lambda desk: desk.attachments.write(key, target), write)

    def save_as(self, parent: QWidget, key: str, name: str) -> None:
        """Write a stored file to a place of the person's choice."""
        target = files.ask_save(
            parent, self._context.preferences, tr("Save the file"), tr("All files (*)"), "files", name
        )
        if target is not None:
            self._context.tasks.run(lambda desk: desk.attachments.write(key, target))
