"""Imports point down, and only the window knows Qt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

WITHOUT_QT = """
import importlib, pkgutil, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6"):
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, NoQt())
import alumnidesk

names = [found.name for found in pkgutil.walk_packages(alumnidesk.__path__, "alumnidesk.", onerror=lambda name: None)]
below = [name for name in names if not (name + ".").startswith("alumnidesk.ui.")]
for name in below:
    importlib.import_module(name)
print(len(below))
"""


def test_imports_point_down_only() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, env=_surroundings(), check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_everything_below_the_window_works_without_qt() -> None:
    result = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT], capture_output=True, text=True, env=_surroundings(), check=False
    )
    assert result.returncode == 0, result.stderr
    assert int(result.stdout) > 20


def _surroundings() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src")}
