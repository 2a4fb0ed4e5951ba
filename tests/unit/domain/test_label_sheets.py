"""Sheets of labels: their measures, and how they are found."""

from __future__ import annotations

import pytest

from alumnidesk.domain.label_sheets import PAPERS, LabelSheet, called, found, sheets
from alumnidesk.domain.own_sheets import own_sheet


@pytest.mark.parametrize("sheet", sheets(), ids=lambda each: each.name)
def test_the_labels_of_a_sheet_lie_on_it_and_beside_each_other(sheet: LabelSheet) -> None:
    wide, high = PAPERS[sheet.paper]
    x, y = sheet.corner(sheet.count - 1)
    assert sheet.left >= 0
    assert sheet.top >= 0
    assert x + sheet.width <= wide + 1, "makers let labels end with the paper, give or take half a millimetre"
    assert y + sheet.height <= high + 1
    assert sheet.columns == 1 or sheet.across >= sheet.width - 0.3
    assert sheet.rows == 1 or sheet.down >= sheet.height - 0.3


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Herma 4677", "Herma 4677"), ("herma4677", "Herma 4677"), ("4677", "Herma 4677"), ("L7160", "Avery L7160"),
        ("7160", "Avery 7160"), ("avery l7160", "Avery L7160"), ("Zweckform 3490", "Zweckform 3490"),
        ("5160", "Avery 5160"), ("nothing", ""),
    ],
)  # fmt: skip
def test_a_sheet_is_found_by_maker_and_number(typed: str, first: str) -> None:
    names = found(typed)[0].names if found(typed) else ("",)
    assert first in names


def test_a_sheet_is_found_by_the_size_of_its_labels() -> None:
    for typed in ("70x36", "70 x 36 mm", "70,0 × 36"):
        assert all((abs(s.width - 70) <= 1, abs(s.height - 36) <= 1) == (True, True) for s in found(typed))
        assert "Zweckform 3490" in {name for sheet in found(typed) for name in sheet.names}


def test_of_the_names_of_a_sheet_the_one_that_was_typed_comes_first() -> None:
    assert called(found("herma 4677")[0], "herma 4677")[0] == "Herma 4677"
    assert called(found("7160")[0], "7160") == ["Avery 7160", "Avery L7160", "Avery J8160"]


def test_nothing_typed_finds_all_and_the_usual_come_first() -> None:
    assert len(found("")) == len(sheets()) > 100
    assert (found("")[0].paper, 8 <= found("")[0].count <= 27) == ("A4", True)


def test_for_badges_those_sold_for_it_come_first_then_cards_then_labels_for_addresses() -> None:
    kinds = [sheet.sold_for for sheet in found("", badges=True)]
    assert kinds == sorted(kinds, key=("badges", "cards", "").index)
    assert kinds[0] == "badges"
    assert found("", badges=True)[0].paper == "A4"
    assert found("4677", badges=True) == found("4677"), "whatever is asked for by its number is found"


def test_an_own_sheet_is_offered_for_badges_if_a_name_fits_on_it() -> None:
    own = [own_sheet(name, "A4", size, (2, 4), (5, 5), size) for name, size in (("Small", (63, 38)), ("Pin", (90, 55)))]
    assert found("", [*sheets(), *own], badges=True)[0].name == "Pin"
    assert found("", [*sheets(), *own])[0].own


def test_labels_are_counted_in_rows_from_left_to_right() -> None:
    sheet = found("Avery L7160")[0]
    assert (sheet.columns, sheet.rows, sheet.count, sheet.width, sheet.height) == (3, 7, 21, 63.99, 38.1)
    assert sheet.corner(0) == (sheet.left, sheet.top)
    assert sheet.corner(4) == (sheet.left + sheet.across, sheet.top + sheet.down)
