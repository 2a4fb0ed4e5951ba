"""Days and times of events, as people type them and as languages write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumnidesk.domain.dates import read
from alumnidesk.domain.days import days_words, next_such_day, read_time, span_words, time_words, times_words

TODAY = dt.date(2026, 11, 19)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12.12.2026", "2026-12-12"),
        ("12.12.", "2026-12-12"),
        ("19.11.", "2026-11-19"),
        ("18.11.", "2027-11-18"),
        ("29.2.", "2028-02-29"),
        ("2026-12-12", "2026-12-12"),
        ("1.3.2020", "2020-03-01"),
    ],
)
def test_a_day_without_a_year_is_the_next_such_day(typed: str, day: str) -> None:
    assert next_such_day(read(typed), TODAY) == day


@given(st.dates(dt.date(2020, 1, 1), dt.date(2095, 12, 31)), st.dates(dt.date(2020, 1, 1), dt.date(2090, 12, 31)))
def test_the_next_such_day_is_never_past_and_keeps_day_and_month(day: dt.date, today: dt.date) -> None:
    found = dt.date.fromisoformat(next_such_day(f"--{day.month:02}-{day.day:02}", today))
    assert found >= today
    assert (found.month, found.day) == (day.month, day.day)


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("15", "15:00"),
        ("15:30", "15:30"),
        ("9.05", "09:05"),
        ("19 Uhr", "19:00"),
        ("7h", "07:00"),
        ("24", ""),
        ("15:60", ""),
        ("soon", ""),
        ("", ""),
        ("153", ""),
    ],
)
def test_times_are_read_as_people_type_them(typed: str, time: str) -> None:
    assert read_time(typed) == time


def test_days_are_written_as_the_language_does() -> None:
    assert days_words("2026-12-12", "", "de") == "Samstag, 12. Dezember 2026"
    assert days_words("2026-12-12", "2026-12-13", "en") == "Saturday, 12 December 2026 – Sunday, 13 December 2026"
    assert days_words("", "", "sv") == ""


def test_times_are_written_as_the_language_does() -> None:
    assert times_words("15:00", "19:00", "de") == "15 – 19 Uhr"
    assert times_words("15:30", "", "de") == "15:30 Uhr"
    assert times_words("15:00", "19:30", "en") == "15:00 – 19:30"
    assert time_words("15:00", "sv") == "15.00"
    assert times_words("", "19:00", "sv") == ""


def test_over_several_days_each_time_stands_with_its_day() -> None:
    assert span_words("2026-12-12", "14:00", "2026-12-13", "13:00", "de") == (
        "Samstag, 12. Dezember 2026, 14 Uhr – Sonntag, 13. Dezember 2026, 13 Uhr"
    )
    assert span_words("2026-12-12", "", "2026-12-13", "13:00", "en") == (
        "Saturday, 12 December 2026 – Sunday, 13 December 2026, 13:00"
    )
    for last in ("", "2026-12-12"):
        assert span_words("2026-12-12", "14:00", last, "17:00", "de") == "Samstag, 12. Dezember 2026, 14 – 17 Uhr"
    assert span_words("", "14:00", "", "", "sv") == "14.00"
