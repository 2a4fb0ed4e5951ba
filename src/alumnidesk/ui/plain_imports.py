"""Importing stays as quick as Python has it.

PySide6 puts an `__import__` of its own in the place of Python's, which reads the source of every module imported
afterwards, to learn whether it asks for snake case (``from __feature__ import …``). We never do, and reading 150
sources was a quarter of the way to the first page: 340 ms of imports instead of 420, with 150 for PySide6 itself.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401  (puts its `__import__` in place)


def restore_import() -> None:
    """Take PySide6's `__import__` off again; does nothing if this PySide6 has none."""
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
