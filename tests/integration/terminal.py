"""The command line, as a person or a script uses it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from alumnidesk.cli import main

SOURCE = Path(__file__).parent.parent.parent / "src"


class Told(NamedTuple):
    """What a command wrote."""

    out: str
    err: str


class Terminal:
    """Commands in this process: one of its own takes twenty times as long to begin."""

    def __init__(self, capture: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self._capture, self._patch = capture, patch

    def run(self, *arguments: object, status: int = 0, language: str = "C") -> Told:
        """Do what the arguments say, in a terminal that speaks this language; `status` is how it must end."""
        self._patch.setenv("LC_ALL", language)
        self._capture.readouterr()
        done = main([*map(str, arguments)])
        told = Told(*self._capture.readouterr())
        assert done == status, told
        return told

    def answer(self, *arguments: object, status: int = 0) -> Any:
        """What it answers a script."""
        return json.loads(self.run(*arguments, "--json", status=status).out)


def in_own_process(*arguments: object, status: int = 0, language: str = "C") -> Told:
    """Do what the arguments say as a script does it; `status` is how it must end."""
    done = subprocess.run(
        [sys.executable, "-m", "alumnidesk", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(SOURCE), "LC_ALL": language},
        check=False,
    )
    assert done.returncode == status, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return Told(done.stdout, done.stderr)
