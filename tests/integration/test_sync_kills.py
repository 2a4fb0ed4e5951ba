"""A sync that is killed is completed by the next one: a few times here, ALUMNIDESK_KILLS times in the long run."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from tests.faults import sync_kills

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child")


@pytest.mark.slow
def test_the_next_sync_completes_one_that_was_killed(tmp_path: Path) -> None:
    wanted = int(os.environ.get("ALUMNIDESK_KILLS", "6"))
    counts = sync_kills.run(wanted, random.SystemRandom().randrange(10**6), tmp_path)
    assert counts["rounds"] == wanted
    assert counts["kills"] > wanted / 2  # that it was real
