"""The three palettes as data: warm greys, one accent (petrol), and green, amber and red for states only."""

from __future__ import annotations

from typing import NamedTuple


class Palette(NamedTuple):
    """Every colour of the window by the part it plays, as ``#RRGGBB``."""

    name: str
    nav: str
    """Menu bar, navigation, status line."""
    page: str
    """Lists and forms."""
    panel: str
    """The detail on the right."""
    raised: str
    """Outlined buttons, cards."""
    desk: str
    """Around the preview of a page; paper itself is always white."""
    soft: str
    """The empty part of a bar, a row under the pointer."""
    hair: str
    """Between rows."""
    line: str
    """Between areas."""
    field: str
    """Frame of inputs and outlined buttons, axis of a chart."""
    thumb: str
    """Handle of a scroll bar."""
    text: str
    text2: str
    """Labels, second lines, column heads, icons."""
    accent: str
    accent_hover: str
    on_accent: str
    tint: str
    """Selected row, current page, notice, callout."""
    on_tint: str
    """Text of a notice, a callout, the current page."""
    on_selection: str
    """Text of a selected row."""
    match: str
    """Ground of found letters."""
    match2: str
    """The same in a selected row; fill of second values in charts."""
    series: str
    """Outline of second values in charts."""
    good: str
    good_ground: str
    look: str
    look_ground: str
    bad: str
    bad_ground: str
    plain: str
    plain_ground: str
    dark: bool = False
    high: bool = False
    """High contrast: chips and cards get a frame, text on tint or match is black."""

    @property
    def unusable(self) -> str:
        """Words and icons of what cannot be used now; in high contrast the only grey ones."""
        return self.hair if self.high else self.field

    @property
    def unusable_field(self) -> str:
        """Words in a field or on a main button that cannot be used now."""
        return self.hair if self.high else self.text2

    @property
    def unusable_frame(self) -> str:
        """The frame around what cannot be used now."""
        return self.hair if self.high else self.line


LIGHT = Palette(
    name="light",
    nav="#F4F2ED",
    page="#FFFFFF",
    panel="#FAF9F6",
    raised="#FFFFFF",
    desk="#EAE7E0",
    soft="#F0EDE7",
    hair="#EFECE6",
    line="#E4E0D8",
    field="#83888B",
    thumb="#85827C",
    text="#1A2125",
    text2="#525A5F",
    accent="#0E6470",
    accent_hover="#0A4F59",
    on_accent="#FFFFFF",
    tint="#E0EFF0",
    on_tint="#0A4A53",
    on_selection="#1A2125",
    match="#DCECED",
    match2="#BFDFE2",
    series="#5A949C",
    good="#24603A",
    good_ground="#E4F1E6",
    look="#744700",
    look_ground="#FCEFD3",
    bad="#97291F",
    bad_ground="#FBE7E3",
    plain="#434A4F",
    plain_ground="#EFECE6",
)

DARK = Palette(
    name="dark",
    nav="#14181A",
    page="#1B2023",
    panel="#20262A",
    raised="#262D31",
    desk="#14181A",
    soft="#262D31",
    hair="#2A3135",
    line="#343C40",
    field="#828C91",
    thumb="#6F797E",
    text="#ECEAE5",
    text2="#B4BBBE",
    accent="#72C9CE",
    accent_hover="#8FD8DC",
    on_accent="#06262A",
    tint="#1D3B40",
    on_tint="#C4EAEC",
    on_selection="#ECEAE5",
    match="#26454A",
    match2="#2F6067",
    series="#47828A",
    good="#9AD5A9",
    good_ground="#1E3727",
    look="#F1C878",
    look_ground="#3B3018",
    bad="#F5A89F",
    bad_ground="#45231F",
    plain="#CBD0D2",
    plain_ground="#2E363A",
    dark=True,
)

HIGH_CONTRAST = Palette(
    name="high-contrast",
    nav="#000000",
    page="#000000",
    panel="#000000",
    raised="#000000",
    desk="#000000",
    soft="#000000",
    hair="#8A8A8A",
    line="#FFFFFF",
    field="#FFFFFF",
    thumb="#FFFFFF",
    text="#FFFFFF",
    text2="#FFFFFF",
    accent="#4DE8FF",
    accent_hover="#FFFFFF",
    on_accent="#000000",
    tint="#4DE8FF",
    on_tint="#000000",
    on_selection="#000000",
    match="#FFE74D",
    match2="#FFE74D",
    series="#FFFFFF",
    good="#8CFFA6",
    good_ground="#000000",
    look="#FFE14D",
    look_ground="#000000",
    bad="#FFB0A6",
    bad_ground="#000000",
    plain="#FFFFFF",
    plain_ground="#000000",
    dark=True,
    high=True,
)

PALETTES = {palette.name: palette for palette in (LIGHT, DARK, HIGH_CONTRAST)}
