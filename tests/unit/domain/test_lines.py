"""Which of several events one most likely means."""

from __future__ import annotations

import datetime as dt

import pytest

from alumnidesk.domain.lines import EventLine, next_event

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("days", "meant"),
    [
        (["", "2027-04-24", "2026-12-05", "2026-11-14"], "2026-12-05"),
        (["2027-04-24", "2026-11-22"], "2026-11-22"),
        (["", "2026-11-14"], ""),
        (["2026-11-14", "2025-09-20"], "2026-11-14"),
    ],
    ids=["the next to come", "today is still to come", "none is to come", "all are over"],
)
def test_the_event_one_means_is_the_next_else_the_first(days: list[str], meant: str) -> None:
    lines = [EventLine(n, "Choir", day, "", None, 0, 0, 0, 0) for n, day in enumerate(days)]
    found = next_event(lines, TODAY)
    assert found is not None
    assert found.starts_on == meant


def test_without_events_none_is_meant() -> None:
    assert next_event([], TODAY) is None
