"""Windows of envelopes: where they show the page, and what else of the page depends on them.

Measures are millimetres from the upper left corner of the page. The usual windows are data
(``resources/reference/windows.json``); an association can measure its own, because no source gives those of Sweden,
Denmark and Finland, and because makers differ.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from alumnidesk.domain.association import Association
from alumnidesk.domain.label_sheets import PAPERS
from alumnidesk.errors import InvalidInput
from alumnidesk.i18n import Message, say
from alumnidesk.places import bundled

OWN = "own"
"""Key of the window that the association has measured itself."""
FOLDS: Mapping[str, Message] = MappingProxyType(
    {"thirds": say("in three (DL, C6/5)"), "half": say("once (C5)"), "none": say("not at all (C4)")}
)
"""How a letter can be folded for its envelope."""
_POINTS = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in millimetres from the upper left corner of the page."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Window:
    """Where an envelope's window lies on a folded letter, and what else depends on it. Millimetres, from the top."""

    key: str
    names: Mapping[str, str]
    paper: str
    """One of `PAPERS`."""
    window: Rect
    """What shows."""
    text: Rect
    """Where address and return line stand within it."""
    return_line: bool
    information: tuple[float, float, float]
    """Left, top and width of the information block."""
    subject: float
    """Top of the letter's own text."""
    letterhead: float
    """Where the letterhead ends."""
    folds: tuple[float, ...]
    hole: float
    """The mark for the punch; 0: none."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the paper in points."""
        width, height = PAPERS[self.paper]
        return width * _POINTS, height * _POINTS

    def spoken(self, language: str) -> str:
        """What it is called in a language."""
        return self.names.get(language, self.names["en"])


@lru_cache(maxsize=1)
def windows() -> Mapping[str, Window]:
    """All known windows by their key, in the order in which one offers them; `OWN` as long as nothing is measured."""
    rows: dict[str, Any] = json.loads((bundled("resources") / "reference" / "windows.json").read_text("utf-8"))
    return {
        key: Window(
            key=key,
            names=row["name"],
            paper=row["paper"],
            window=Rect(*row["window"]),
            text=Rect(*row["text"]),
            return_line=row["return_line"],
            information=tuple(row["information"]),
            subject=row["subject"],
            letterhead=row["letterhead"],
            folds=tuple(row["folds"]),
            hole=row["hole"],
        )
        for key, row in rows.items()
        if key != "about"
    }


def window_of(association: Association) -> Window:
    """The window for which an association's letters are made; DIN 5008 form B if its choice is not known."""
    if association.window == OWN and association.own_window:
        return MeasuredWindow.read(association.own_window).laid_out()
    return windows().get(association.window, windows()["din5008b"])


# Measured by oneself --------------------------------------------------------------------------------------------------

_INSET, _MARGIN = 5.0, 2.0
"""From the window's edges to the text: at its sides and above and below. A letter slips in its envelope."""
_ADDRESS, _RETURN_LINE = 27.3, 5.0
"""Heights of six lines of address, and of the line with the sender (DIN 5008)."""
_LEFT, _RIGHT = 25.0, 20.0
"""Margins of the page."""
_LETTERHEAD, _LOWEST_LETTERHEAD = 34.0, 14.0
_GAP, _INFORMATION, _INFORMATION_WIDTH = 8.5, 30.0, 45.0
"""Below the window; and how high the information block is, and how wide at least."""
_HOLE = 148.5


@dataclass(frozen=True, slots=True)
class MeasuredWindow:
    """A window as somebody measures it on a folded sheet that was drawn on through the window."""

    x: float
    y: float
    width: float
    height: float
    paper: str = "A4"
    fold: str = "thirds"
    """One of `FOLDS`."""

    @classmethod
    def read(cls, stored: Sequence[str]) -> MeasuredWindow:
        """What `stored` wrote; a window of the usual size where that cannot be understood."""
        try:
            paper, fold, *measures = stored
            x, y, width, height = map(float, measures)
            window = cls(x, y, width, height, paper, fold)
            window.check()
        except (ValueError, InvalidInput):
            rect = windows()[OWN].window
            return cls(rect.x, rect.y, rect.width, rect.height)
        return window

    def stored(self) -> tuple[str, ...]:
        """As it is kept among the settings."""
        return (self.paper, self.fold, *(f"{length:g}" for length in (self.x, self.y, self.width, self.height)))

    def check(self) -> None:
        """Raise InvalidInput, with the field, for a window in which no address can stand or that is not on the page."""
        if self.paper not in PAPERS or self.fold not in FOLDS:
            raise InvalidInput("paper", say("There is no such paper."), say("Choose one of the list."))
        wide, high = PAPERS[self.paper]
        bounds = {"x": (0, 140), "y": (20, 120), "width": (60, 140), "height": (22, 80)}
        for field, (least, most) in bounds.items():
            if not least <= getattr(self, field) <= most:
                raise InvalidInput(
                    field,
                    say("This cannot be the measure of a window."),
                    say("Please enter millimetres between {least} and {most}.", least=least, most=most),
                )
        if self.x + self.width > wide:
            raise InvalidInput(
                "width",
                say("The window would end beside the page."),
                say("The page is {width} mm wide.", width=f"{wide:g}"),
            )
        if self.fold == "thirds" and self.y + self.height > high * 0.4:
            raise InvalidInput(
                "height",
                say("The window would end below the fold."),
                say("Please measure again, or choose how you fold your letters."),
            )

    def laid_out(self) -> Window:
        """The page that belongs to it."""
        own, (wide, _) = windows()[OWN], PAPERS[self.paper]
        shown = Rect(self.x, self.y, self.width, self.height)
        text = Rect(max(self.x + _INSET, 10.0), self.y + _MARGIN, self.width - 2 * _INSET, self.height - 2 * _MARGIN)
        beside_left, beside_right = self.x - _GAP - _LEFT, wide - _RIGHT - (self.x + self.width + _GAP)
        below = self.y + self.height + _GAP
        if max(beside_left, beside_right) < _INFORMATION_WIDTH:
            information, subject = (_LEFT, below, wide - _LEFT - _RIGHT), below + _INFORMATION
        else:
            left = _LEFT if beside_left > beside_right else wide - _RIGHT - min(beside_right, 65.0)
            information = (left, self.y + _MARGIN, min(max(beside_left, beside_right), 65.0))
            subject = max(below, information[1] + _INFORMATION)
        return Window(
            key=OWN,
            names=own.names,
            paper=self.paper,
            window=shown,
            text=text,
            return_line=text.height >= _ADDRESS + _RETURN_LINE,
            information=information,
            subject=subject,
            letterhead=max(min(_LETTERHEAD, self.y - 6), _LOWEST_LETTERHEAD),
            folds=_folds(self.paper, self.fold),
            hole=_HOLE if self.paper == "A4" else 0,
        )


def _folds(paper: str, fold: str) -> tuple[float, ...]:
    """Where a page is folded; the first third is a little higher, so that the last one goes in (DIN 5008 form B)."""
    _, high = PAPERS[paper]
    if fold == "thirds":
        return (105.0, 210.0) if paper == "A4" else (95.25, 187.3)
    return (high / 2,) if fold == "half" else ()
