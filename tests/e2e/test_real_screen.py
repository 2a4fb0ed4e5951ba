"""The same story on a real (virtual) screen with the platform's own windows, pictures kept in ``out/story``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not shutil.which("Xvfb"), reason="needs Xvfb, a virtual screen (package xvfb)")
def test_the_story_on_a_virtual_screen_with_pictures_kept() -> None:
    pictures = ROOT / "out" / "story"
    shutil.rmtree(pictures, ignore_errors=True)
    reading, writing = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        pass_fds=[writing], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        os.close(writing)
        with os.fdopen(reading) as number:
            display = ":" + number.readline().strip()
        story = ROOT / "tests" / "e2e" / "test_story.py"
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", str(story)],
            cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
            env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "ALUMNIDESK_PICTURES": str(pictures)},
        )  # fmt: skip
    finally:
        screen.terminate()
        screen.wait(10)
    assert done.returncode == 0, done.stdout[-3000:]
    assert len(list(pictures.glob("*.png"))) >= 14
