"""Sorting in pieces: as if all were sorted at once, and others may go first in between."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumnidesk.services import sorting
from alumnidesk.services.order import Order
from alumnidesk.services.sorting import PIECE, arranged

KEYS = st.one_of(
    st.dictionaries(st.integers(1, 60), st.sampled_from(["", "a", "b", "ä", "10", "9"])),
    st.dictionaries(st.integers(1, 60), st.floats(allow_nan=False)),
    st.dictionaries(st.integers(1, 60), st.tuples(st.integers(0, 3), st.text(max_size=2))),
)


@given(st.permutations(range(1, 61)), KEYS, st.integers(1, 20), st.booleans())
def test_alike_ones_keep_their_order_and_who_has_nothing_comes_last(
    everybody: list[int], keys: dict[int, object], piece: int, descending: bool
) -> None:
    def pages() -> Iterator[Mapping[int, object]]:
        for start in range(0, 61, piece):
            yield {number: key for number, key in keys.items() if start <= number < start + piece}

    with pytest.MonkeyPatch.context() as smaller:
        smaller.setattr(sorting, "PIECE", piece)
        found = arranged(Order(array("q", everybody)), pages(), lambda: None, descending=descending)
    filled = [number for number in everybody if number in keys]
    filled.sort(key=keys.__getitem__, reverse=descending)  # type: ignore[arg-type]
    assert list(found) == filled + [number for number in everybody if number not in keys]


def test_others_may_go_first_after_every_piece() -> None:
    many = 10 * PIECE
    worked = longest = 0

    class Key(str):
        """A text that counts how often it is compared."""

        def __lt__(self, other: str) -> bool:
            nonlocal worked
            worked += 1
            return str.__lt__(self, other)

    def between() -> None:
        nonlocal worked, longest
        worked, longest = 0, max(longest, worked)

    keys = {number: Key(f"{number * 7919 % many:06}") for number in range(many)}
    pages = ({number: keys[number] for number in range(start, start + PIECE)} for start in range(0, many, PIECE))
    found = arranged(Order(array("q", range(many))), pages, between, descending=False)
    between()
    assert [keys[number] for number in found] == sorted(keys.values())
    assert longest < 3 * PIECE * PIECE.bit_length()
