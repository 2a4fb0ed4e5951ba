"""Backups: made often, proven each time, thinned out with age."""

from __future__ import annotations

from pathlib import Path

from alumnidesk.progress import Progress


def make(path: Path, *, reason: str, progress: Progress | None = None) -> Path:
    raise NotImplementedError
