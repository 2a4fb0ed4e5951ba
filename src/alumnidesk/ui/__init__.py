"""The window: the only package that imports PySide6."""

from __future__ import annotations

from alumnidesk.ui.immortal import make_immortal

make_immortal()
