"""Which backups may go."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from alumnidesk.storage.rotation import surplus

NOW = dt.datetime(2026, 11, 21, 18, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, eq=False)
class Made:
    made_at: dt.datetime
    reason: str = "close"
    verified: bool = True


def kept(backups: list[Made], now: dt.datetime = NOW) -> list[Made]:
    going = surplus(backups, now)
    return [backup for backup in backups if backup not in going]


def test_of_two_days_every_backup_stays() -> None:
    backups = [Made(NOW - dt.timedelta(minutes=30 * i)) for i in range(96)]
    assert surplus(backups, NOW) == []


def test_then_twelve_days_ten_weeks_and_nine_months_stay() -> None:
    """Two backups a day for two years, thinned out each day as it would have been."""
    held: list[Made] = []
    for day in range(730, -1, -1):
        now = NOW - day * DAY
        held = kept([*held, Made(now - dt.timedelta(hours=9)), Made(now)], now)
    ages = sorted((NOW - b.made_at).days for b in held)
    weeks_from, months_from = 2 + 13, 2 + 13 + 70
    assert len([age for age in ages if age < 2]) == 4
    assert len([age for age in ages if 2 <= age < weeks_from]) >= 12
    assert 9 <= len([age for age in ages if weeks_from <= age < months_from]) <= 11
    assert 8 <= len([age for age in ages if age >= months_from]) <= 10  # periods are cut where the steps meet
    assert 300 < ages[-1] < 400
    assert len(ages) < 45


def test_the_newest_verified_backup_always_stays() -> None:
    old = Made(NOW - 900 * DAY)
    rest = [Made(NOW - (3 + i) * DAY, verified=False) for i in range(600)]
    assert old in kept([*rest, old])


def test_what_was_made_before_an_upgrade_or_a_restore_stays_nine_months() -> None:
    many = [Made(NOW - (3 + i / 10) * DAY) for i in range(4000)]
    young = [Made(NOW - 250 * DAY, reason) for reason in ("upgrade", "restore")]
    old = Made(NOW - 300 * DAY - dt.timedelta(hours=1), "upgrade")
    assert set(young) <= set(kept([*many, *young]))
    assert old not in kept([*many, old])


def test_a_clock_far_ahead_takes_no_more_than_time_does() -> None:
    backups = [Made(NOW - i * DAY) for i in range(12)]
    assert kept(backups, NOW + 3650 * DAY) == backups


def test_a_backup_from_the_future_stays_and_counts_for_nothing() -> None:
    future = [Made(NOW + 3650 * DAY + i * DAY) for i in range(40)]
    past = [Made(NOW - i * DAY) for i in range(14)]
    assert kept([*future, *past]) == [*future, *past]


@given(st.lists(st.builds(Made, st.datetimes(timezones=st.just(dt.UTC)), st.just("close"), st.booleans())))
def test_whatever_the_clocks_said_a_verified_backup_is_left(backups: list[Made]) -> None:
    left = kept(backups)
    assert any(b.verified for b in left) == any(b.verified for b in backups)
    assert surplus(left, NOW) == []
