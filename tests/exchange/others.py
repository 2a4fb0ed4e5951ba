"""Where the programs are that others wrote, and how they are asked. ``python3 dev.py interop`` brings them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

_FOLDER = Path(__file__).parent.parent.parent / ".interop"
_ICAL = _FOLDER / "node_modules" / "ical.js" / "dist" / "ical.js"
_ASKING = Path(__file__).with_name("ical.mjs")


@cache
def find(name: str) -> Path | None:
    """A program of the folder for such programs, or None."""
    for place in (_FOLDER / "bin" / name, _FOLDER / "Scripts" / f"{name}.exe"):
        if place.exists():
            return place
    return None


def wanted(name: str) -> Path:
    """The same; without it the test is skipped."""
    if (found := find(name)) is None:
        pytest.skip(f"{name} is not here; “python3 dev.py interop” brings it")
    return found


def has_ical_js() -> bool:
    """Whether Thunderbird's parser can be asked."""
    return _ICAL.exists() and shutil.which("node") is not None


def want_ical_js() -> None:
    """Skip the test without it."""
    if not has_ical_js():
        pytest.skip("ical.js is not here; “python3 dev.py interop” brings it where Node.js is")


def ical_js(cards: Sequence[str]) -> list[list[list[Any]] | None]:
    """What ical.js reads in each card: properties as name, parameters, values; None where it refuses the card."""
    return json.loads(run(["node", _ASKING, _ICAL.as_uri()], json.dumps(cards)))  # type: ignore[no-any-return]


def run(command: Sequence[str | Path], text: str = "", **surroundings: str) -> str:
    """What a program prints. A failure fails the test with what it said."""
    result = subprocess.run(
        command,
        input=text,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, **surroundings},
        check=False,
    )
    assert result.returncode == 0, f"{Path(command[0]).name}: {result.stdout[-2000:]}\n{result.stderr[-2000:]}"
    return result.stdout
