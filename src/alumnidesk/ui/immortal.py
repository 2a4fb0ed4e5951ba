"""None, True and False must not die under Python 3.11.

PySide6 6.12 is built for Pythons from 3.12 on, where these three are immortal and nobody counts their references
(PEP 683). Under 3.11 they are counted, so every call of Qt that returns None, and every signal that is emitted, takes a
reference away that was never given: after some 6,000 calls Python ends with “deallocating None”. 6.11 counts correctly,
but has no small wheel with QtPdf. This module can go when 3.11 is no longer supported.
"""

from __future__ import annotations

import ctypes
import sys

PLENTY = 1 << 40
"""References added to each: at a million calls a second they last for twelve days."""


def make_immortal() -> None:
    """Give None, True and False as many references as no session uses up. Does nothing from Python 3.12 on."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    for single in (None, True, False):
        # An object of CPython begins with its count of references, and `id` is its address.
        count = ctypes.c_ssize_t.from_address(id(single))
        if count.value < PLENTY:
            count.value += PLENTY
