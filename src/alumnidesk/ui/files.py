"""Asking for files and folders: the only place that opens the platform's dialogs, so that tests can answer them."""

from __future__ import annotations

from pathlib import Path

from PySide6 import QtWidgets
from PySide6.QtWidgets import QWidget

from alumnidesk.places import data_folder
from alumnidesk.ui.preferences import Preferences
from alumnidesk.ui.words import tr

DATA_FILE = ".alumnidesk"


def ask_open(parent: QWidget | None, preferences: Preferences, head: str, kinds: str, use: str) -> Path | None:
    """A file that exists, or None. `kinds` is a filter of Qt, `use` names what its folder is remembered for."""
    name, _ = QtWidgets.QFileDialog.getOpenFileName(parent, head, preferences.text(f"folder/{use}"), kinds)
    return _chosen(name, preferences, use)


def ask_several(parent: QWidget | None, preferences: Preferences, head: str, kinds: str, use: str) -> list[Path]:
    """Files that exist; none after Cancel."""
    names, _ = QtWidgets.QFileDialog.getOpenFileNames(parent, head, preferences.text(f"folder/{use}"), kinds)
    return [path for name in names if (path := _chosen(name, preferences, use))]


def ask_save(
    parent: QWidget | None, preferences: Preferences, head: str, kinds: str, use: str, suggested: str
) -> Path | None:
    """A place for a new file, or None; the dialog itself asks before it would replace one."""
    folder = Path(preferences.text(f"folder/{use}") or data_folder())
    name, _ = QtWidgets.QFileDialog.getSaveFileName(parent, head, str(folder / suggested), kinds)
    if name and not Path(name).suffix:
        name += Path(suggested).suffix
    return _chosen(name, preferences, use)


def ask_folder(parent: QWidget | None, preferences: Preferences, head: str, use: str) -> Path | None:
    """A folder, or None."""
    name = QtWidgets.QFileDialog.getExistingDirectory(parent, head, preferences.text(f"folder/{use}"))
    if name:
        preferences.keep(f"folder/{use}", name)
    return Path(name) if name else None


def data_file_kinds() -> str:
    """The filter for our own files."""
    return tr("AlumniDesk files (*{suffix})", suffix=DATA_FILE)


def _chosen(name: str, preferences: Preferences, use: str) -> Path | None:
    if not name:
        return None
    path = Path(name)
    preferences.keep(f"folder/{use}", str(path.parent))
    return path
