"""How the window looks just now: palette, text sizes and measures. One `Look` is handed to every widget.

A palette changes while the window stands (dusk, or the person); everything that paints asks the look at that moment.
A new text size rebuilds the window instead, because nearly every measure hangs on it.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from alumnidesk.ui.palettes import DARK, HIGH_CONTRAST, LIGHT, PALETTES, Palette
from alumnidesk.ui.style import style_sheet

Size = Literal["title", "body", "small"]

POINTS: dict[Size, float] = {"title": 18.0, "body": 12.0, "small": 10.5}
_OF_A_MAC = 96 / 72
"""All is drawn for 96 dots an inch, as Windows and most others count them; on a Mac a point is one dot."""
SCALES = (80, 90, 100, 110, 125, 150, 175, 200)
"""Text sizes in per cent that the person can choose from."""
SYSTEM = "system"


def points(size: Size, scale: int, platform: str) -> float:
    """The size of a font on a platform of Qt (``cocoa`` is a Mac); `scale` is the text size in per cent."""
    return POINTS[size] * scale / 100 * (_OF_A_MAC if platform == "cocoa" else 1)


class Look(QObject):
    """Palette, fonts and measures of the window. `changed` is emitted when the palette is another one.

    With `late` the first window is built without the rules of style, which `put_on` then applies in one go: a third
    faster than styling every widget again each time it finds its place.
    """

    changed = Signal()

    def __init__(
        self, application: QApplication, *, palette: str = SYSTEM, scale: int = 100, late: bool = False
    ) -> None:
        super().__init__()
        self._application = application
        self.scale = min(max(scale, SCALES[0]), SCALES[-1])
        self._choice = palette
        self._fonts: dict[tuple[Size, bool], QFont] = {}
        self._colours: dict[str, QColor] = {}
        self.palette = self._chosen()
        self._application.setPalette(self._qt_palette())
        self._application.setFont(self.font())
        self._sheet = ""
        if not late:
            self.put_on()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow)

    # Palette ---------------------------------------------------------------------------------------------------

    def choose(self, palette: str) -> None:
        """Use the palette of this name, or follow the system (`SYSTEM`)."""
        self._choice = palette
        self._follow()

    def colour(self, role: str) -> QColor:
        """The colour that plays a part (a field of `Palette`)."""
        colour = self._colours.get(role)
        if colour is None:
            colour = self._colours[role] = QColor(getattr(self.palette, role))
        return colour

    def _chosen(self) -> Palette:
        if self._choice in PALETTES:
            return PALETTES[self._choice]
        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return HIGH_CONTRAST
        return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT

    def _follow(self) -> None:
        palette = self._chosen()
        if palette is self.palette:
            return
        self.palette = palette
        self._colours.clear()
        self._application.setPalette(self._qt_palette())
        self.put_on()
        self.changed.emit()

    def put_on(self) -> None:
        """Apply the rules of style, if they are not applied yet."""
        sheet = style_sheet(self.palette, self.px, self._points("small"))
        if sheet != self._sheet:
            self._sheet = sheet
            self._application.setStyleSheet(sheet)

    def _qt_palette(self) -> QPalette:
        role = QPalette.ColorRole
        palette = QPalette()
        for qt_role, name in (
            (role.Window, "page"),
            (role.Base, "page"),
            (role.AlternateBase, "panel"),
            (role.ToolTipBase, "panel"),
            (role.Button, "raised"),
            (role.Text, "text"),
            (role.WindowText, "text"),
            (role.ButtonText, "text"),
            (role.ToolTipText, "text"),
            (role.PlaceholderText, "text2"),
            (role.Highlight, "accent"),
            (role.HighlightedText, "on_accent"),
            (role.Link, "accent"),
            (role.LinkVisited, "accent"),
            (role.BrightText, "bad"),
            (role.Accent, "accent"),
            (role.Mid, "line"),
            (role.Midlight, "hair"),
            (role.Dark, "field"),
            (role.Light, "raised"),
            (role.Shadow, "field"),
        ):
            palette.setColor(qt_role, self.colour(name))
        for qt_role in (role.Text, role.WindowText, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, qt_role, self.colour("unusable"))
        return palette

    # Text and measures -----------------------------------------------------------------------------------------

    def px(self, measure: float) -> int:
        """A measure of the 100 % drawing in pixels at the present text size."""
        return round(measure * self.scale / 100)

    def _points(self, size: Size) -> float:
        return points(size, self.scale, QGuiApplication.platformName())

    def font(self, size: Size = "body", bold: bool = False) -> QFont:
        """The platform's font in one of three sizes and two weights, with figures of equal width."""
        font = self._fonts.get((size, bold))
        if font is None:
            font = QFont(self._application.font())
            font.setPointSizeF(self._points(size))
            font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
            font.setFeature(QFont.Tag.fromString("tnum"), 1)
            self._fonts[(size, bold)] = font
        return font
