"""What belongs to this computer and not to the association: language, text size, last files, places of splitters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QLocale, QObject, QSettings, Signal

from alumnidesk.i18n import LANGUAGES, SOURCE_LANGUAGE
from alumnidesk.places import one_spelling, settings_folder
from alumnidesk.ui.look import SYSTEM

RECENT = 8
"""So many last files are kept."""


class Preferences(QObject):
    """Preferences in a small file of their own; whatever is unreadable there counts as not set.

    `changed` carries language, scale, palette, hidden or author when one of them is another one; the window then
    dresses anew, and the open file learns the author.
    """

    changed = Signal(str)

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self._settings = QSettings(str(path or settings_folder() / "window.ini"), QSettings.Format.IniFormat)

    @property
    def folder(self) -> Path:
        """Where the file lies."""
        return Path(self._settings.fileName()).parent

    @property
    def language(self) -> str:
        """The chosen language, else the first of the system's that we speak, else English.

        Its name would be that of the region whose dates and numbers are shown, which may be another.
        """
        of_the_system = (tag[:2] for tag in QLocale.system().uiLanguages())
        return self._one_of("language", LANGUAGES, next(filter(LANGUAGES.__contains__, of_the_system), SOURCE_LANGUAGE))

    @language.setter
    def language(self, code: str) -> None:
        self._change("language", code)

    @property
    def scale(self) -> int:
        """Text size in per cent."""
        return self.number("scale", 100)

    @scale.setter
    def scale(self, value: int) -> None:
        self._change("scale", value)

    @property
    def palette(self) -> str:
        """Name of the chosen palette, or `SYSTEM`."""
        return self._one_of("palette", ("light", "dark", "high-contrast"), SYSTEM)

    @palette.setter
    def palette(self, name: str) -> None:
        self._change("palette", name)

    @property
    def hidden_pages(self) -> frozenset[str]:
        """Names of the pages that have no place in the navigation."""
        return frozenset(filter(None, self.text("hidden").split()))

    def show_page(self, name: str, *, shown: bool) -> None:
        """Give a page its place in the navigation, or take it out."""
        hidden = self.hidden_pages - {name} if shown else self.hidden_pages | {name}
        self._change("hidden", " ".join(sorted(hidden)))

    @property
    def author(self) -> str:
        """Who works here, for the history; empty: the name with which one is logged in."""
        return self.text("author")

    @author.setter
    def author(self, name: str) -> None:
        self._change("author", name)

    @property
    def recent_files(self) -> list[Path]:
        """The last files that still exist, newest first."""
        try:
            paths = [Path(text) for text in json.loads(str(self._settings.value("recent", "[]")))]
        except (ValueError, TypeError):
            return []
        return [path for path in paths if path.is_file()]

    def opened(self, path: Path) -> None:
        """Remember a file as the newest."""
        place = one_spelling(path)
        paths = [path, *(p for p in self.recent_files if one_spelling(p) != place)][:RECENT]
        self._settings.setValue("recent", json.dumps([str(p) for p in paths]))

    def forget(self, path: Path) -> None:
        """Do not offer a file any more."""
        self._settings.setValue("recent", json.dumps([str(p) for p in self.recent_files if p != path]))

    def number(self, name: str, otherwise: int) -> int:
        """A whole number by its name."""
        try:
            return int(str(self._settings.value(name, otherwise)))
        except ValueError:
            return otherwise

    def text(self, name: str, otherwise: str = "") -> str:
        """A text by its name."""
        return str(self._settings.value(name, otherwise))

    def bytes(self, name: str) -> QByteArray:
        """What `saveGeometry` and `saveState` made."""
        value = self._settings.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep(self, name: str, value: Any) -> None:
        """Keep a number, text or QByteArray under a name of your own, such as ``contacts/splitter``."""
        self._settings.setValue(name, value)

    def save(self) -> None:
        """Write to disk now."""
        self._settings.sync()

    def _change(self, name: str, value: str | int) -> None:
        if self.text(name) != str(value):
            self._settings.setValue(name, value)
            self.changed.emit(name)

    def _one_of(self, name: str, allowed: Any, otherwise: str) -> str:
        value = self.text(name)
        return value if value in allowed else otherwise
