"""QR codes: what they say as modules, and whether those are large enough to be read."""

from __future__ import annotations

from alumnidesk.i18n import say

_LEAST_MODULE = 0.3
"""Millimetres that printers print and telephones read."""


CODE_TOO_SMALL = say("A QR code is too small for what it is to say; please make it larger.")


def matrix(text: str, size: float) -> tuple[bytes, ...] | None:
    """The modules of a code, row by row, dark ones 1; None if `size` millimetres are too small for it to be read."""
    import segno  # 20 ms, and few letters have a QR code

    try:
        found = segno.make(text, error="m", micro=False, encoding="utf-8").matrix
    except segno.DataOverflowError:
        return None
    return tuple(map(bytes, found)) if size / len(found) >= _LEAST_MODULE else None
