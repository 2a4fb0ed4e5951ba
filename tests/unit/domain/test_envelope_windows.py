"""Windows of envelopes: the known ones, and what follows from measures of one's own."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rectangles import within

from alumnidesk.domain.association import Association
from alumnidesk.domain.envelope_windows import FOLDS, OWN, MeasuredWindow, Rect, Window, window_of, windows
from alumnidesk.domain.label_sheets import PAPERS
from alumnidesk.errors import InvalidInput

SOURCES: Mapping[str, tuple[float, float, float, float]] = {
    "din5008a": (20, 27, 85, 45),
    "din5008b": (20, 45, 85, 45),
    "ch_right": (112, 45, 90, 45),
    "ch_left": (20, 35.5, 100, 45),
    "fr": (100, 35, 100, 45),
    "us": (17.46, 55.56, 114.3, 28.58),
    "us10": (9.5, 58.7, 114.3, 28.58),
}
"""Left, top, width and height as the norms have them (Norway: the room that all its envelopes show)."""


@pytest.mark.parametrize("key", sorted(SOURCES))
def test_a_known_window_lies_where_its_norm_has_it(key: str) -> None:
    shown = windows()[key].window
    assert (shown.x, shown.y, shown.width, shown.height) == SOURCES[key]


def assert_sound(place: Window) -> None:
    """The address in the window, all on the page, and nothing on top of each other."""
    wide, high = PAPERS[place.paper]
    assert within(place.window, Rect(0, 0, wide, high))
    assert within(place.text, place.window)
    left, top, width = place.information
    assert left >= 10
    assert left + width <= wide - 10
    beside = left + width <= place.window.x or left >= place.window.x + place.window.width
    assert beside or top >= place.window.y + place.window.height
    assert place.letterhead <= place.window.y
    assert place.subject >= place.window.y + place.window.height
    assert all(fold < high for fold in place.folds)


@pytest.mark.parametrize("key", list(windows()))
def test_nothing_of_a_known_page_lies_on_top_of_the_rest(key: str) -> None:
    assert_sound(windows()[key])


LENGTHS = st.integers(0, 320).map(lambda half: half / 2)


@given(LENGTHS, LENGTHS, LENGTHS, LENGTHS, st.sampled_from(sorted(PAPERS)), st.sampled_from(sorted(FOLDS)))
def test_every_window_that_is_not_refused_gives_a_sound_page(
    x: float, y: float, width: float, height: float, paper: str, fold: str
) -> None:
    window = MeasuredWindow(x, y, width, height, paper, fold)
    try:
        window.check()
    except InvalidInput:
        return
    assert_sound(window.laid_out())
    assert window.laid_out().window == Rect(x, y, width, height)
    assert MeasuredWindow.read(window.stored()) == window


@pytest.mark.parametrize(
    ("window", "field"),
    [
        (MeasuredWindow(150, 40, 90, 40), "x"), (MeasuredWindow(20, 5, 90, 40), "y"),
        (MeasuredWindow(20, 40, 30, 40), "width"), (MeasuredWindow(20, 40, 90, 10), "height"),
        (MeasuredWindow(100, 40, 120, 40), "width"), (MeasuredWindow(20, 100, 90, 40), "height"),
        (MeasuredWindow(float("nan"), 40, 90, 40), "x"), (MeasuredWindow(20, 40, 90, 40, "A9"), "paper"),
    ],
)  # fmt: skip
def test_measures_that_no_window_has_are_refused_at_their_field(window: MeasuredWindow, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        window.check()
    assert refused.value.field == field


def test_the_choice_of_old_stays_valid_and_a_broken_one_means_form_b() -> None:
    assert window_of(Association(window="us")).paper == "Letter"
    assert window_of(Association(window="gone")).key == "din5008b"
    assert window_of(Association(window=OWN)).window == windows()[OWN].window
    assert window_of(Association(window=OWN, own_window=("A4", "half", "1", "x"))).window == windows()[OWN].window
    own = Association(window=OWN, own_window=MeasuredWindow(30, 50, 100, 35, "A4", "half").stored())
    assert window_of(own).window == Rect(30, 50, 100, 35)
    assert window_of(own).folds == (148.5,)


def test_a_window_across_the_page_puts_the_information_below_itself() -> None:
    place = MeasuredWindow(40, 40, 130, 40).laid_out()
    assert place.information[1] >= 80
    assert place.subject >= place.information[1] + 30
