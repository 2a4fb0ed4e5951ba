"""How the columns of a list share its room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from alumnidesk.ui.widgets.lines import Column


def shared(
    columns: Sequence[Column[Any]], wishes: Sequence[int], least: Sequence[int], room: int, *, sideways: bool
) -> list[int]:
    """The widths of columns, in pixels, that fill the room.

    More room or less is shared; none gets narrower than its least width, so that no head is cut. Chips, which count
    what they leave out, get narrower first, then what is longer than a name, then text, names and numbers last. Where
    one scrolls `sideways`, columns keep their widths and may need more than the room.
    """
    widths = [max(wish, narrowest) for wish, narrowest in zip(wishes, least, strict=True)]
    if sum(widths) < room:
        spare, total = room - sum(widths), sum(widths)
        widths = [width + spare * width // total for width in widths]
    elif not sideways:
        for step in _steps(columns, widths, least):
            widths = _narrowed(widths, step, room)
    if not sideways or sum(widths) <= room:
        roomiest = max(range(len(widths)), key=lambda place: widths[place] - least[place])
        widths[roomiest] += room - sum(widths)  # what is left by rounding
    return widths


def _steps(columns: Sequence[Column[Any]], widths: Sequence[int], least: Sequence[int]) -> Sequence[Sequence[int]]:
    """How narrow columns may get one after the other: chips alone, then long text, such as an e-mail address, before a
    short one, such as a town, which half cut says nothing; then text as far as it can be read, then all."""
    fewer = [narrowest if c.chips else width for c, width, narrowest in zip(columns, widths, least, strict=True)]
    long = [
        max(narrowest, width // 2) if width > fewer[0] and not column.right else width
        for column, width, narrowest in zip(columns, fewer, least, strict=True)
    ]
    readable = [
        max(narrowest, width if column.right else width * 3 // 4 if not place else width // 2)
        for place, (column, width, narrowest) in enumerate(zip(columns, fewer, least, strict=True))
    ]
    return fewer, long, readable, least


def _narrowed(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Widths that together take no more than `room`, as far as the least ones allow; each gives up a like share."""
    over, spare = sum(widths) - room, sum(widths) - sum(least)
    if over <= 0 or spare <= 0:
        return list(widths)
    share = min(over / spare, 1)
    return [round(width - (width - small) * share) for width, small in zip(widths, least, strict=True)]
