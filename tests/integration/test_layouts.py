"""The window of the envelopes through a real desk: measured, kept, tried with a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from tests.printed_pages import opened, pages_of

from alumnidesk.desk import Desk
from alumnidesk.domain.envelope_windows import OWN, MeasuredWindow, Rect, window_of, windows
from alumnidesk.errors import EnvironmentFault, InvalidInput

MM = 72 / 25.4
NORDIC = MeasuredWindow(22, 38.5, 95, 36)


def text_of(path: Path) -> str:
    return " ".join(pages_of(path)[0].split())


def frames_of(path: Path) -> Iterator[Rect]:
    """The rectangles that are drawn on the first page, in millimetres from above."""
    with opened(path) as document:
        high = document[0].get_height()
        for shape in document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = shape.get_bounds()
            yield Rect(left / MM, (high - top) / MM, (right - left) / MM, (top - bottom) / MM)


def has_frame(path: Path, rect: Rect) -> bool:
    """Is there such a frame, the width of its line apart?"""
    return any(
        abs(one.x - rect.x) < 0.5
        and abs(one.y - rect.y) < 0.5
        and abs(one.width - rect.width) < 1
        and abs(one.height - rect.height) < 1
        for one in frames_of(path)
    )


def test_a_window_that_was_measured_is_the_letters_window_and_can_be_taken_back(desk: Desk) -> None:
    assert desk.layouts.own_window() == MeasuredWindow.read(())
    association = desk.layouts.measure_window(NORDIC)
    assert association.window == OWN
    assert desk.layouts.own_window() == NORDIC
    assert window_of(desk.settings.association()).window == Rect(22, 38.5, 95, 36)
    assert desk.letters.window("en").x == 22
    assert desk.letters.example().startswith(b"%PDF-")
    (label, *_) = (str(entry.label) for entry in desk.history.entries(limit=1))
    assert label == "Settings of the association changed"
    desk.history.undo()
    assert desk.settings.association().window == "din5008b"


def test_a_window_beside_the_page_changes_nothing(desk: Desk) -> None:
    with pytest.raises(InvalidInput):
        desk.layouts.measure_window(MeasuredWindow(130, 40, 100, 40))
    assert desk.settings.association().window == "din5008b"


@pytest.mark.parametrize("key", list(windows()))
def test_the_test_page_has_the_window_at_its_place_and_says_what_to_do(desk: Desk, tmp_path: Path, key: str) -> None:
    desk.settings.set("window", key)
    desk.settings.set("language", "en")
    out = tmp_path / "test.pdf"
    desk.layouts.print_window_test(out)
    place = windows()[key]
    assert has_frame(out, place.window)
    assert has_frame(out, place.text)
    assert windows()[key].spoken("en") in text_of(out)
    assert "100 %" in text_of(out)


def test_a_page_that_cannot_be_kept_is_explained(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "test.pdf"
    desk.layouts.print_window_test(out)
    desk.layouts.save(out, tmp_path / "kept.pdf")
    assert (tmp_path / "kept.pdf").read_bytes() == out.read_bytes()
    with pytest.raises(EnvironmentFault):
        desk.layouts.save(out, tmp_path / "no" / "kept.pdf")
