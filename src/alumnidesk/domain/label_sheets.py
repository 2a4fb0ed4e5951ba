"""Sheets of labels as the makers sell them, envelopes, sheets of one's own, and how one finds what lies in the drawer.

Measures are millimetres from the upper left corner of the sheet. They come from gLabels (MIT licence) and were measured
by its users: makers and printers differ by half a millimetre, which is what a test page is for.

An envelope is a sheet with one place for an address, at the right below the middle, and the sender at its upper left.
Free stay the upper right corner for the stamp (74 × 40 mm) and 30 mm at the lower edge, where the posts of Germany,
Switzerland, Sweden and the United States print their codes (10 to 30 mm).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from alumnidesk.domain.folding import fold
from alumnidesk.places import bundled

PAPERS = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
"""Width and height."""


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A sheet of equal labels in rows and columns."""

    names: tuple[str, ...]
    """Maker and number; the same sheet is sold under several."""
    paper: str
    """One of `PAPERS`."""
    width: float
    height: float
    columns: int
    rows: int
    left: float
    top: float
    """Of the first label."""
    across: float
    down: float
    """From a label to the next one."""
    size_of_page: tuple[float, float] | None = None
    """Width and height, if the paper is none of `PAPERS`."""
    envelope: bool = False
    """Is it one, with the sender at its upper left?"""
    own: bool = False
    """Was it measured by the association itself?"""
    sold_for: str = ""
    """``badges``, or ``cards``, which badge holders take; nothing: addresses."""

    @property
    def page(self) -> tuple[float, float]:
        """Width and height of the paper."""
        return self.size_of_page or PAPERS[self.paper]

    @property
    def name(self) -> str:
        return self.names[0]

    @property
    def count(self) -> int:
        """Labels on a sheet."""
        return self.columns * self.rows

    def corner(self, place: int) -> tuple[float, float]:
        """The upper left corner of a label, counted from 0, in rows from left to right."""
        row, column = divmod(place, self.columns)
        return self.left + column * self.across, self.top + row * self.down


_SIDE, _STAMP, _CODE = 15.0, 40.0, 30.0
"""Free at the right of an address on an envelope, above it and below it."""


def envelope(names: tuple[str, ...], width: float, height: float, *, own: bool = False) -> LabelSheet:
    """An envelope of this size, its one address where the posts look for it."""
    left = max(0.45 * width, width - 140 - _SIDE)
    top = max(_STAMP, 0.42 * height)
    area = (width - _SIDE - left, height - _CODE - top)
    return LabelSheet(names, names[0], *area, 1, 1, left, top, 0, 0, (width, height), envelope=True, own=own)


@lru_cache(maxsize=3)
def envelopes(language: str) -> tuple[LabelSheet, ...]:
    """The usual envelopes, their names in a language first."""
    rows = json.loads((bundled("resources") / "reference" / "envelopes.json").read_text("utf-8"))["envelopes"]
    return tuple(envelope(_named_first(row["names"], language), *row["size"]) for row in rows)


def _named_first(names: Mapping[str, str], language: str) -> tuple[str, ...]:
    return tuple(sorted(names.values(), key=lambda name: name != names.get(language, names["en"])))


@lru_cache(maxsize=1)
def sheets() -> tuple[LabelSheet, ...]:
    """All known sheets."""
    rows = json.loads((bundled("resources") / "reference" / "label_sheets.json").read_text("utf-8"))["sheets"]
    return tuple(
        replace(
            LabelSheet(tuple(row["names"]), row["paper"], *row["label"], *row["grid"], *row["first"], *row["pitch"]),
            sold_for=row.get("for", ""),
        )
        for row in rows
    )


def found(text: str, among: Sequence[LabelSheet] | None = None, *, badges: bool = False) -> list[LabelSheet]:
    """The sheets that fit what somebody typed: maker and number (“Herma 4677”, “L7160”, “7160”), or the size of a label
    (“70x36”); those called exactly so first, then the usual for addresses, or for `badges`, before the rare."""
    wanted = _words(text)
    rare = _rare_for_badges if badges else _rare
    fitting = [
        (min(_far(name, wanted) for name in sheet.names), *rare(sheet), place, sheet)
        for place, sheet in enumerate(sheets() if among is None else among)
        if any(all(_fits(word, name, sheet) for word in wanted) for name in sheet.names)
    ]
    return [sheet for *_, sheet in sorted(fitting, key=lambda found: found[:-1])]


def called(sheet: LabelSheet, text: str) -> list[str]:
    """The names of a sheet, those that somebody typed (see `found`) first."""
    wanted = _words(text)
    return sorted(
        sheet.names, key=lambda name: (not all(_fits(word, name, sheet) for word in wanted), _far(name, wanted))
    )


def _rare(sheet: LabelSheet) -> tuple[bool, bool, bool, int]:
    """Usual are one's own, and A4 with labels for addresses, sold under many names."""
    return not sheet.own, sheet.paper != "A4", not 8 <= sheet.count <= 27, -len(sheet.names)


def _rare_for_badges(sheet: LabelSheet) -> tuple[int, bool, bool, int]:
    """Usual are badges, bought or of one's own (60 to 110 mm wide, 40 to 90 mm high), then cards."""
    own = sheet.own and 60 <= sheet.width <= 110 and 40 <= sheet.height <= 90
    use = 0 if own or sheet.sold_for == "badges" else 1 if sheet.sold_for == "cards" else 2
    return use, not own, sheet.paper != "A4", -len(sheet.names)


_SIZE = re.compile(r"(\d+(?:[.,]\d+)?)\s*[x×*]\s*(\d+(?:[.,]\d+)?)", re.IGNORECASE)


_TOGETHER = re.compile(r"(?<=[a-z]{4})(?=\d)")
"""Between maker and number, where somebody leaves out the blank."""


def _words(text: str) -> list[str]:
    spaced = _SIZE.sub(lambda size: f" {size[1]}×{size[2]} ".replace(",", "."), text).replace("mm", " ")
    return _TOGETHER.sub(" ", fold(spaced)).split()


def _fits(word: str, name: str, sheet: LabelSheet) -> bool:
    """The beginning of a word of the name, the figures of its number, or the size of the label within a millimetre."""
    if "×" in word:
        width, height = map(float, word.split("×"))
        return abs(sheet.width - width) <= 1 and abs(sheet.height - height) <= 1
    parts = fold(name).split()
    return any(part.startswith(word) or part.lstrip("abcdefghijklmnopqrstuvwxyz").startswith(word) for part in parts)


def _far(name: str, wanted: Sequence[str]) -> int:
    """How many words of what is wanted are not quite the name's."""
    return len(set(wanted) - set(fold(name).split()))
