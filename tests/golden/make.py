"""``python -m tests.golden.make``: keep a file as the present version writes it, for all versions to come.

To be run once when a version of the tables is released, and committed; a golden file of a released version never
changes. The content is always the same: clock, author and content are given.
"""

from __future__ import annotations

import lzma
import tempfile
from pathlib import Path

import time_machine
from tests.integration.storage.filled import new_file

from alumnidesk.storage import layout

HERE = Path(__file__).parent


def main() -> Path:
    """Write the golden file of the present version; returns where."""
    target = HERE / f"{layout.newest()}.alumnidesk.xz"
    with tempfile.TemporaryDirectory() as folder, time_machine.travel("2026-11-21 12:00:00+00:00", tick=False):
        made = new_file(Path(folder) / "golden.alumnidesk", author="golden")
        target.write_bytes(lzma.compress(made.read_bytes(), preset=9))
    return target


if __name__ == "__main__":
    print(main())
