"""What a search found, in the order of a list: as a list of the same ids would behave."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumnidesk.services.order import Order


@given(
    st.lists(st.integers(1, 60), unique=True, max_size=30),
    st.sets(st.integers(1, 60)),
    st.booleans(),
    st.slices(30),
)
def test_it_behaves_as_the_sorted_list_of_the_same_ids(
    everybody: list[int], wanted: set[int], descending: bool, part: slice
) -> None:
    order = Order(array("q", everybody))
    expected = [number for number in everybody if number in wanted]
    if descending:
        expected.reverse()
    found = order.only(wanted & set(everybody), descending=descending)
    assert list(found) == expected
    assert len(found) == len(expected)
    assert found[part] == expected[part]
    for number in range(62):
        assert (number in found) == (number in expected)
        if number in expected:
            assert found.index(number) == expected.index(number)
        else:
            with pytest.raises(ValueError, match=str(number)):
                found.index(number)
    assert list(order.among(wanted, descending=descending)) == expected
    others = [number for number in everybody if number not in wanted]
    assert list(order.among(wanted, all_but=True, descending=descending)) == (others[::-1] if descending else others)
    assert list(order.all(descending=descending)) == (everybody[::-1] if descending else everybody)
