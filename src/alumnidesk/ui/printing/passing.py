"""A place for a PDF that is only looked at and printed."""

from __future__ import annotations

import atexit
import tempfile
from pathlib import Path

from alumnidesk.domain.file_names import kept_name


def passing_file(title: str) -> Path:
    """Where to write one. It is gone when the program ends: until then the system's viewer may show it."""
    # Windows deletes nothing that a viewer still shows; that is no reason to end with a fault.
    folder = tempfile.TemporaryDirectory(prefix="alumnidesk-", ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    return Path(folder.name) / kept_name(f"{title}.pdf")
