"""``python3 dev.py bench [NAME …]``: run the benchmarks whose names contain one of these words, or all."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

from tests.benchmarks.harness import printed


def main(words: list[str]) -> int:
    """Print one line per figure; 1 if a bar is missed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    names = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    missed = 0
    for name in names:
        if words and not any(word in name for word in words):
            continue
        for row in importlib.import_module(f"tests.benchmarks.{name}").measure():
            print(printed(row), flush=True)
            missed += not row.good
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
