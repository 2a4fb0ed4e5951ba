"""The code that says which letter came back: slips are noticed, and the code that was meant is found."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from alumnidesk.domain.return_code import code, digits_of, grouped, letter_of, probable

LETTERS = st.integers(1, 10_000_000)


@settings(deadline=None)
@given(LETTERS)
def test_a_code_names_its_letter_however_it_is_typed(letter: int) -> None:
    written = code(letter)
    for typed in (written, written.replace(" ", ""), f" {written.replace(' ', '-')} ", written.replace("0", "O")):
        assert letter_of(typed) == letter
    assert int(digits_of(written)) % 97 == 1, "ISO 7064, MOD 97-10"
    assert len(digits_of(written)) % 2 == 0, "scanners read two digits at once"


@settings(deadline=None)
@given(LETTERS, st.data())
def test_one_wrong_digit_or_two_that_changed_places_are_noticed_and_the_right_code_is_proposed(
    letter: int, data: st.DataObject
) -> None:
    digits = digits_of(code(letter))
    at = data.draw(st.integers(0, len(digits) - 1))
    wrong = digits[:at] + data.draw(st.sampled_from(sorted(set("0123456789") - {digits[at]}))) + digits[at + 1 :]
    swapped = digits[: max(at - 1, 0)] + digits[max(at - 1, 0) : at + 1][::-1] + digits[at + 1 :]
    for slip in {wrong, swapped} - {digits}:
        assert letter_of(slip) is None
        assert (letter, grouped(digits)) in list(probable(slip))


def test_what_is_no_code_names_nothing() -> None:
    for typed in ("", "hello", "1234", "١٢٣٤٥٦٧٨", "9" * 40, "0000 0000", "-", "1045 8348"):
        assert letter_of(typed) is None
    assert list(probable("hello")) == []
    assert list(probable("9" * 40)) == []
