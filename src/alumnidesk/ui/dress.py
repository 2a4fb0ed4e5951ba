"""Language, colours and text size of all windows, as the preferences say."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from alumnidesk.ui.look import SCALES, Look
from alumnidesk.ui.preferences import Preferences
from alumnidesk.ui.words import set_language


class Dress(QObject):
    """Follows the choice of colours by itself. Another language or size needs new windows: see `change`."""

    def __init__(self, application: QApplication, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application, self._preferences = application, preferences
        self._translator: QTranslator | None = None
        self._speak()
        self.look = self._new_look(late=True)
        """For all that is built now."""
        preferences.changed.connect(self._preference_changed)

    def change(self) -> Look:
        """Take on the chosen language and size for the windows that are built from now on.

        Returns the look of those before, which is to be deleted after them.
        """
        before = self.look
        self._speak()
        self.look = self._new_look()
        return before

    def step(self, by: int) -> None:
        """Choose a larger or a smaller text size, so many steps away."""
        place = min(range(len(SCALES)), key=lambda i: abs(SCALES[i] - self._preferences.scale)) + by
        if 0 <= place < len(SCALES):
            self._preferences.scale = SCALES[place]

    def usual_size(self) -> None:
        """Choose the text size that the program has unless one chooses another."""
        self._preferences.scale = 100

    def _preference_changed(self, name: str) -> None:
        if name == "palette":
            self.look.choose(self._preferences.palette)

    def _new_look(self, *, late: bool = False) -> Look:
        look = Look(self._application, palette=self._preferences.palette, scale=self._preferences.scale, late=late)
        look.setParent(self)
        return look

    def _speak(self) -> None:
        """Our own words, and those of Qt's own dialogs and menus."""
        code = self._preferences.language
        set_language(code)
        if self._translator is not None:
            self._application.removeTranslator(self._translator)
        self._translator = QTranslator(self)
        if self._translator.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._application.installTranslator(self._translator)
