"""Asking for files and folders, and showing them: the only place that opens the platform's dialogs, so that tests can
answer them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtWidgets import QWidget

from alumnidesk.domain.file_names import kept_name
from alumnidesk.places import data_folder
from alumnidesk.ui.preferences import Preferences
from alumnidesk.ui.words import tr

DATA_FILE = ".alumnidesk"
_RESTORE = "restore"
"""The use whose files lie where the program put them."""
_LAST = "last_folder"
"""The preference with the folder that was used last, whatever for."""


def ask_open(parent: QWidget | None, preferences: Preferences, head: str, kinds: str, use: str) -> Path | None:
    """A file that exists, or None. `kinds` is a filter of Qt, `use` names what its folder is remembered for."""
    name, _ = QtWidgets.QFileDialog.getOpenFileName(parent, head, str(_folder(preferences, use)), kinds)
    return _chosen(name, preferences, use)


def ask_several(parent: QWidget | None, preferences: Preferences, head: str, kinds: str, use: str) -> list[Path]:
    """Files that exist; none after Cancel."""
    names, _ = QtWidgets.QFileDialog.getOpenFileNames(parent, head, str(_folder(preferences, use)), kinds)
    return [path for name in names if (path := _chosen(name, preferences, use))]


def ask_save(
    parent: QWidget | None, preferences: Preferences, head: str, kinds: str, use: str, suggested: str
) -> Path | None:
    """A place for a new file, or None; the dialog itself asks before it would replace one. `suggested` is a name of any
    origin, with its ending: what a file may not be called is taken out of it."""
    place = str(_folder(preferences, use) / kept_name(suggested))
    while True:
        typed, kind = QtWidgets.QFileDialog.getSaveFileName(parent, head, place, kinds)
        place = _with_ending(typed, _endings(kinds), (*_endings(kind), Path(suggested).suffix)[0])
        if place == typed or not Path(place).exists():
            return _chosen(place, preferences, use)
        # The dialog has asked about what was typed only: it comes again with the name of the file that is there.


def ask_folder(parent: QWidget | None, preferences: Preferences, head: str, use: str) -> Path | None:
    """A folder, or None."""
    name = QtWidgets.QFileDialog.getExistingDirectory(parent, head, str(_folder(preferences, use)))
    if name:
        _keep(preferences, use, name)
    return Path(name) if name else None


def show_folder(folder: Path, say: Callable[[str], object]) -> None:
    """Open a folder in the platform's own window; where there is none for that, say which folder it is."""
    if not QtGui.QDesktopServices.openUrl(QtCore.QUrl.fromLocalFile(str(folder))):
        say(tr("The folder is {folder}", folder=str(folder)))


def show_file(path: Path, say: Callable[[str], object]) -> None:
    """Open a file in the program that the platform has for it; where there is none, say where the file lies."""
    if not QtGui.QDesktopServices.openUrl(QtCore.QUrl.fromLocalFile(str(path))):
        say(tr("No program opens {file}; it lies in {folder}", file=path.name, folder=str(path.parent)))


def data_file_kinds() -> str:
    """The filter for our own files."""
    return tr("AlumniDesk files (*{suffix})", suffix=DATA_FILE)


def _endings(kinds: str) -> list[str]:
    """The endings that a filter of Qt names."""
    return re.findall(r"\*(\.\w+)", kinds)


def _with_ending(name: str, endings: Sequence[str], ending: str) -> str:
    """A name that somebody typed, with an ending of these; the dot of “Freunde e. V.” begins none."""
    has_one = name.casefold().endswith(tuple(endings)) if endings else Path(name).suffix
    return name if has_one or not name or not ending else name.rstrip(". ") + ending


def _folder(preferences: Preferences, use: str) -> Path:
    """Where the last file of this use lay; the first time, the last one of any use, or where people keep such files."""
    kept = preferences.text(f"folder/{use}")
    if use == _RESTORE:
        return Path(kept) if kept and Path(kept).is_dir() else data_folder()
    kinds, place = QtCore.QStandardPaths.StandardLocation, QtCore.QStandardPaths.writableLocation
    downloads = place(kinds.DownloadLocation) if use == "import" else ""
    places = (kept, preferences.text(_LAST), downloads, place(kinds.DocumentsLocation))
    return next((Path(one) for one in places if one and Path(one).is_dir()), Path.home())


def _keep(preferences: Preferences, use: str, folder: str) -> None:
    preferences.keep(f"folder/{use}", folder)
    if use != _RESTORE:
        preferences.keep(_LAST, folder)


def _chosen(name: str, preferences: Preferences, use: str) -> Path | None:
    if not name:
        return None
    path = Path(name)
    _keep(preferences, use, str(path.parent))
    return path
