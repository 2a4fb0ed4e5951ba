"""Incomplete dates: what is read, and what is never guessed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumnidesk.domain import dates


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1975-03-02", "1975-03-02"),
        ("1975-3-2", "1975-03-02"),
        ("19750302", "1975-03-02"),
        ("1975-03-02T00:00:00Z", "1975-03-02"),
        ("2.3.1975", "1975-03-02"),
        ("02. 03. 1975", "1975-03-02"),
        ("02.03.", "--03-02"),
        ("--0302", "--03-02"),
        ("--03-02", "--03-02"),
        ("3.1975", "1975-03"),
        ("1975-03", "1975-03"),
        ("1975", "1975"),
        ("25/12/1980", "1980-12-25"),
        ("12/25/1980", "1980-12-25"),
        ("5/5/1980", "1980-05-05"),
        ("29.02.", "--02-29"),
        ("12 Dec 2026", "2026-12-12"),
        ("December 12, 2026", "2026-12-12"),
        ("1st May 2026", "2026-05-01"),
        ("2. März 1975", "1975-03-02"),
        ("24 maj", "--05-24"),
        ("Sept. 2026", "2026-09"),
    ],
)
def test_a_date_with_one_meaning_is_read(typed: str, stored: str) -> None:
    assert dates.read(typed) == stored
    assert not dates.has_zeros(typed)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("0.0.1980", "1980"), ("00.00.1980", "1980"), ("00.03.1980", "1980-03"), ("1980-00-00", "1980"),
     ("00.1980", "1980"), ("19800300", "1980-03"), ("00/00/1980", "1980"), ("02.03.0000", "--03-02")],
)  # fmt: skip
def test_zeros_stand_for_what_is_not_known_and_are_told(typed: str, stored: str) -> None:
    assert dates.read(typed) == stored
    assert dates.has_zeros(typed)


@pytest.mark.parametrize(
    "typed", ["", "0", "00.00.", "0000-00-00", "12.00.1980", "00.00.80", "soon", "1980-10-20 00:00"]
)
def test_zeros_of_no_date_are_not_told(typed: str) -> None:
    assert not dates.has_zeros(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "03/04/1980",
        "03/04/24",
        "31.02.1980",
        "2.3.75",
        "24",
        "1980-13-01",
        "29.02.1981",
        "soon",
        "",
        "١٩٧٥",
        "12 Dez 26",
        "May",
        "12 Foo 2026",
    ],
)
def test_a_date_with_two_meanings_or_none_is_not_guessed(typed: str) -> None:
    assert dates.read(typed) == ""


@pytest.mark.parametrize(
    ("typed", "month_first", "day_first"),
    [
        ("3/4/1980", "1980-03-04", "1980-04-03"),
        ("25/12/1980", "1980-12-25", "1980-12-25"),
        ("12/25/1980", "1980-12-25", "1980-12-25"),
        ("13/13/1980", "", ""),
        ("3.4.1980", "1980-04-03", "1980-04-03"),
    ],
)
def test_where_the_order_is_known_only_what_could_be_read_in_two_ways_follows_it(
    typed: str, month_first: str, day_first: str
) -> None:
    assert (dates.read(typed, month_first=True), dates.read(typed, month_first=False)) == (month_first, day_first)


@pytest.mark.parametrize("empty", ["", "0/0/00", "00.00.0000", "0000-00-00", "  "])
def test_zeros_mean_no_date(empty: str) -> None:
    assert dates.is_blank(empty)


partial_dates = st.one_of(
    st.dates(dt.date(1000, 1, 1)).map(lambda d: dates.PartialDate(d.year, d.month, d.day)),
    st.dates(dt.date(1000, 1, 1)).map(lambda d: dates.PartialDate(d.year, d.month)),
    st.integers(1000, 9999).map(dates.PartialDate),
    st.dates(dt.date(2000, 1, 1), dt.date(2000, 12, 31)).map(lambda d: dates.PartialDate(0, d.month, d.day)),
)


@given(partial_dates, st.sampled_from(["de", "en", "sv"]))
def test_what_is_shown_can_be_typed_back(date: dates.PartialDate, language: str) -> None:
    stored = str(date)
    assert dates.split(stored) == date
    assert dates.read(dates.shown(stored, language)) == stored


@pytest.mark.parametrize(
    ("stored", "english", "german", "swedish"),
    [
        ("2026-12-02", "2 Dec 2026", "02.12.2026", "2026-12-02"),
        ("1975-03", "Mar 1975", "03.1975", "1975-03"),
        ("--09-01", "1 Sept", "01.09.", "--09-01"),
        ("1975", "1975", "1975", "1975"),
        ("around Easter", "around Easter", "around Easter", "around Easter"),
    ],
)
def test_a_date_is_shown_as_its_reader_expects(stored: str, english: str, german: str, swedish: str) -> None:
    assert [dates.shown(stored, language) for language in ("en", "de", "sv")] == [english, german, swedish]


@given(st.text(max_size=20))
def test_whatever_is_read_is_a_day_that_exists(text: str) -> None:
    stored = dates.read(text)
    assert not stored or dates.is_stored(stored)
