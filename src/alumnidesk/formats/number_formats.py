"""What a person sees of a number in a spreadsheet: 01067 and not 1067.0, a day and not 45366.

Number formats are those of ECMA-376, part 1, 18.8.30 and 18.8.31. Only what matters in a list of contacts is followed:
dates and times, and masks of figures as used for postcodes and phone numbers. Any other number is written out plainly.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

Shown = Callable[[str], str]
"""The number of a cell as the file has it (``4.91711234567E11``) → what one sees."""

BUILT_IN: Mapping[int, str] = MappingProxyType(
    {
        1: "0", 14: "m/d/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm",
        21: "h:mm:ss", 22: "m/d/yyyy h:mm", 45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss",
        **dict.fromkeys((27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "yyyy/m/d"),
        **dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm"),
    }
)  # fmt: skip
"""Formats that files name by number only; those that are missing here show plain numbers."""

_LAST_DAY = 2_958_465
"""31 December 9999."""


def shown_by(code: str, *, since_1904: bool = False) -> Shown:
    """How numbers look in cells with this format."""
    section = _bare(code)
    letters = {character for character, literal in section if not literal}
    words = "".join(character for character, literal in section if not literal).lower()
    if "general" not in words and "e+" not in words and letters & set("dDmMyYhHsS"):
        return _date(set(words), since_1904)
    mask = _mask(section)
    return (lambda raw: _masked(raw, mask)) if mask else plain


def _bare(code: str) -> list[tuple[str, bool]]:
    """The characters of the first section; True for those that are shown as they are."""
    found: list[tuple[str, bool]] = []
    for match in re.finditer(r'"([^"]*)"|\\(.)|\[[^\]]*\]|[_*].|(;)|(.)', code, re.DOTALL):
        quoted, escaped, end, other = match.groups()
        if end:
            break
        if quoted is not None or escaped:
            found += [(character, True) for character in quoted or escaped or ""]
        elif other:
            found.append((other, False))
    return found


def plain(raw: str) -> str:
    """The number written out: no ``.0``, no exponent, at most the 15 figures that spreadsheets show."""
    if raw.isascii() and raw.isdigit() and len(raw) < 16:
        return raw.lstrip("0") or "0"
    try:
        value = float(raw)
        if value.is_integer() and abs(value) < 1e21:
            return str(int(value))
    except (ValueError, OverflowError):
        return raw
    return f"{value:.15g}"


# Masks -------------------------------------------------------------------------------------------------------------

_LITERALS = frozenset(" -/():+")


def _mask(section: list[tuple[str, bool]]) -> list[str]:
    """For each figure what stands there when there is none (``0`` or nothing), between them texts as ``=text``.

    Empty: it is no mask.
    """
    mask: list[str] = []
    for character, literal in section:
        if literal or character in _LITERALS:
            mask.append("=" + character)
        elif character in "0#":
            mask.append("0" if character == "0" else "")
        else:
            return []
    places = sum(place in ("", "0") for place in mask)
    return mask if places and len(mask) > 1 else []


def _masked(raw: str, mask: list[str]) -> str:
    text = plain(raw)
    if not text.isdigit():
        return text
    figures, found, first = list(text), "", min(i for i, place in enumerate(mask) if place in ("", "0"))
    for index in range(len(mask) - 1, -1, -1):
        place = mask[index]
        if place.startswith("="):
            found = place[1:] + found
        elif index == first:
            found = ("".join(figures) or place) + found
        else:
            found = (figures.pop() if figures else place) + found
    return found.strip()


# Dates -------------------------------------------------------------------------------------------------------------


def _date(letters: set[str], since_1904: bool) -> Shown:
    """The parts of a date that the format shows; what it hides (the year of a birthday) nobody has typed."""
    year, day, clock = "y" in letters, "d" in letters, bool(letters & {"h", "s"})
    month = "m" in letters and not (clock and not year and not day)

    def shown(raw: str) -> str:
        try:
            serial = float(raw)
        except ValueError:
            return raw
        if not 0 <= serial <= _LAST_DAY:
            return plain(raw)
        moment = _moment(serial, since_1904)
        if not (year or month or day):
            return f"{moment:%H:%M}"
        if clock and moment.time() != dt.time():
            return f"{moment:%Y-%m-%d %H:%M}"
        if year and not month and not day:
            return f"{moment:%Y}"
        if year and month and not day:
            return f"{moment:%Y-%m}"
        return f"{moment:%Y-%m-%d}" if year or not month or not day else f"--{moment:%m-%d}"

    return shown


def _moment(serial: float, since_1904: bool) -> dt.datetime:
    """Days since the end of 1899, where 29 February 1900 is counted although there was none; or since 1904."""
    if since_1904:
        first = dt.datetime(1904, 1, 1)
    else:
        first = dt.datetime(1899, 12, 30) if serial >= 60 else dt.datetime(1899, 12, 31)
    return first + dt.timedelta(minutes=round(serial * 24 * 60))
