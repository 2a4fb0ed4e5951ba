"""Rectangles on a page."""

from __future__ import annotations

from alumnidesk.domain.envelope_windows import Rect


def within(one: Rect, other: Rect) -> bool:
    """Does `one` lie inside of `other`?"""
    return (
        other.x <= one.x
        and other.y <= one.y
        and one.x + one.width <= other.x + other.width
        and one.y + one.height <= other.y + other.height
    )
