"""What fields of the association's own may hold, and what they may be called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumnidesk.domain import dates
from alumnidesk.domain.cards import OwnValue
from alumnidesk.domain.own_fields import OwnField, OwnKind, check_choices, check_name, read, shown, sound
from alumnidesk.errors import InvalidInput

NUMBER, DATE, YES_NO = (OwnField("x", kind) for kind in (OwnKind.NUMBER, OwnKind.DATE, OwnKind.YES_NO))
SIZE = OwnField("Shirt size", OwnKind.CHOICE, ("S", "M", "Übergröße"))
LINK, FILE, TEXT = (OwnField("x", kind) for kind in (OwnKind.LINK, OwnKind.FILE, OwnKind.TEXT))
KEY = "ab" * 32


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("12", "12"), ("3,5", "3.5"), ("3.50", "3.5"), ("-4", "-4"), ("−4", "-4"), ("+7", "7"), ("0", "0"),
        ("-0", "0"), ("0,25", "0.25"), ("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("1 234", "1234"),
        ("12 345 678,9", "12345678.9"), ("  8 ", "8"), ("", ""),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(typed: str, stored: str) -> None:
    assert read(NUMBER, typed) == stored


@pytest.mark.parametrize("typed", ["zwei", "007", "1e5", "1.2.3", "12 Jahre", "٣", "1,2,3", "--1", "<b>1</b>"])
def test_what_is_no_number_is_refused_with_the_reason(typed: str) -> None:
    with pytest.raises(InvalidInput):
        read(NUMBER, typed)


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        (DATE, "2.3.1975", "1975-03-02"), (DATE, "3.1975", "1975-03"), (DATE, "2.3.", "--03-02"),
        (YES_NO, "ja", "1"), (YES_NO, "No", "0"), (YES_NO, "x", "1"),
        (SIZE, "M", "M"), (SIZE, "ubergrosse", "Übergröße"),
        (LINK, "www.lindenhof.example", "www.lindenhof.example"), (FILE, f"{KEY}\ncv.pdf", f"{KEY}\ncv.pdf"),
        (TEXT, " <b>x</b> ", "<b>x</b>"),
    ],
)  # fmt: skip
def test_each_kind_reads_its_values(field: OwnField, typed: str, stored: str) -> None:
    assert read(field, typed) == stored


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (DATE, "31.02."), (DATE, "03/04/24"), (DATE, "bald"), (YES_NO, "vielleicht"), (SIZE, "XL"),
        (LINK, "kein Link"), (LINK, "javascript"), (FILE, "cv.pdf"),
    ],
)  # fmt: skip
def test_each_kind_refuses_what_it_cannot_hold(field: OwnField, typed: str) -> None:
    with pytest.raises(InvalidInput):
        read(field, typed)


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_number_that_is_shown_is_read_as_the_same(number: object) -> None:
    stored = read(NUMBER, f"{number:f}")  # type: ignore[str-format]
    for language in ("de", "en", "sv"):
        assert read(NUMBER, shown(NUMBER, stored, language)) == stored


@given(st.dates(), st.sampled_from(["de", "en", "sv"]))
def test_a_date_that_is_shown_is_read_as_the_same(day: object, language: str) -> None:
    assert dates.is_stored(str(day))
    assert read(DATE, shown(DATE, str(day), language)) == str(day)


@given(st.text())
def test_whatever_is_typed_is_read_or_refused_in_words(text: str) -> None:
    for field in (NUMBER, DATE, YES_NO, SIZE, LINK, FILE, TEXT):
        try:
            stored = read(field, text)
        except InvalidInput:
            continue
        assert read(field, stored) == stored


@pytest.mark.parametrize(
    "name", ["", "  ", "Vorname", "E-Mail 2", "town", "{x}", "a:b", "=SUM(A1)", "x" * 61, "Anrede"]
)
def test_a_name_that_means_something_else_or_nothing_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput):
        check_name(name, [])


def test_a_name_stands_once_however_it_is_spelled() -> None:
    assert check_name("  Shirt   size ", ["Allergien"]) == "Shirt size"
    with pytest.raises(InvalidInput):
        check_name("shirt-size", ["Shirt size"])


def test_a_choice_has_something_to_choose_from() -> None:
    assert check_choices(OwnKind.CHOICE, [" S ", "", "M", "S"]) == ("S", "M")
    assert check_choices(OwnKind.TEXT, ["S"]) == ()
    with pytest.raises(InvalidInput):
        check_choices(OwnKind.CHOICE, ["", " "])


def test_values_stand_in_the_order_of_the_fields_and_known_ones_are_left_alone() -> None:
    fields = [SIZE, OwnField("Age", OwnKind.NUMBER)]
    odd = OwnValue("Shirt size", "XXL", 5)
    assert sound((OwnValue("Age", "3,5"), odd, OwnValue("New", "a")), fields, (odd,)) == (
        odd,
        OwnValue("Age", "3.5"),
        OwnValue("New", "a"),
    )
    assert sound((OwnValue("Age", " "),), fields) == ()
    with pytest.raises(InvalidInput):
        sound((odd,), fields)
