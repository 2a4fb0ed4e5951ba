"""The window: the only package that imports PySide6."""

from __future__ import annotations

from alumnidesk.ui.immortal import make_immortal
from alumnidesk.ui.plain_imports import restore_import

make_immortal()
restore_import()
