"""Sheets and envelopes of one's own: which can be, and that they are kept as they were entered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumnidesk.domain.label_sheets import PAPERS, LabelSheet, envelopes, found, sheets
from alumnidesk.domain.own_sheets import own_envelope, own_sheet, read, written
from alumnidesk.errors import InvalidInput


def thirds(name: str = "Drawer 3") -> LabelSheet:
    return own_sheet(name, "A4", (70, 36), (3, 8), (0, 4.5), (70, 36))


@given(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S"), include_characters=" "), min_size=1).filter(
        lambda name: name.strip() and len(name) <= 60
    ),
    st.sampled_from([*sheets()]),
)
def test_a_sheet_is_kept_as_it_was_entered_whatever_it_is_called(name: str, like: LabelSheet) -> None:
    pitch = (max(like.across, like.width), max(like.down, like.height))
    try:
        sheet = own_sheet(
            name, like.paper, (like.width, like.height), (like.columns, like.rows), (like.left, like.top), pitch
        )
    except InvalidInput:
        return
    assert read([written(sheet)]) == [sheet]
    assert sheet.own


def test_most_sheets_of_the_makers_could_be_entered_by_hand() -> None:
    entered = 0
    for like in sheets():
        pitch = (max(like.across, like.width), max(like.down, like.height))
        try:
            own_sheet(
                "x", like.paper, (like.width, like.height), (like.columns, like.rows), (like.left, like.top), pitch
            )
        except InvalidInput:
            continue
        entered += 1
    assert entered >= 0.9 * len(sheets())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"), ({"name": "x" * 61}, "name"), ({"label": (5, 36)}, "width"),
        ({"label": (70, 2)}, "height"), ({"grid": (4, 8)}, "columns"), ({"grid": (3, 9)}, "rows"),
        ({"grid": (0, 8)}, "columns"), ({"first": (-1, 0)}, "left"), ({"pitch": (60, 36)}, "across"),
        ({"pitch": (70, 30)}, "down"), ({"first": (0, float("nan"))}, "top"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(changes: dict[str, object], field: str) -> None:
    measures: dict[str, object] = {
        "name": "x", "paper": "A4", "label": (70, 36), "grid": (3, 8), "first": (0, 4.5), "pitch": (70, 36)
    }  # fmt: skip
    with pytest.raises(InvalidInput) as refused:
        own_sheet(**{**measures, **changes})  # type: ignore[arg-type]
    assert refused.value.field == field


def test_one_label_needs_no_pitch_and_an_envelope_its_size_only() -> None:
    card = own_sheet("Card", "A4", (148, 105), (1, 2), (31, 40), (0, 110))
    assert (card.across, card.down, card.count) == (0, 110, 2)
    invitation = own_envelope("Invitation", 200, 140)
    assert read([written(invitation)]) == [invitation]
    with pytest.raises(InvalidInput):
        own_envelope("x", 90, 50)


def test_what_was_kept_and_cannot_be_read_any_more_is_left_out() -> None:
    assert read(["", "x", "x: A9 1 2", "x: envelope 1", "x: A4 nan 1 1 1 1 1 1 1", written(thirds())]) == [thirds()]


@pytest.mark.parametrize("envelope", [*envelopes("en"), own_envelope("smallest", 140, 90)], ids=lambda one: one.name)
def test_the_address_of_an_envelope_lies_where_the_posts_look_for_it(envelope: LabelSheet) -> None:
    wide, high = envelope.page
    left, top = envelope.corner(0)
    assert left >= wide * 0.45 - 0.01
    assert top >= 40
    assert left + envelope.width <= wide - 15
    assert top + envelope.height <= high - 30 + 0.01
    assert envelope.width >= 60
    assert envelope.height >= 20


def test_sheets_of_ones_own_and_envelopes_are_found_like_all_others() -> None:
    among = [*sheets(), thirds(), *envelopes("de")]
    assert found("drawer", among) == [thirds()]
    assert [one.name for one in found("umschlag c5", among)] == ["Umschlag C5"]
    assert found("Envelope #10", among)[0].name == "Umschlag #10"
    assert found("70x36", among)[0] == thirds()
    assert all(one.page == PAPERS[one.paper] for one in sheets())
