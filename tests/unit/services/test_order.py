"""What a search found, in the order of a list: as a list of the same ids would behave."""

from __future__ import annotations

from array import array
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumnidesk.services.order import Order, filled_first


@given(
    st.lists(st.integers(1, 60), unique=True, max_size=30),
    st.sets(st.integers(1, 60)),
    st.slices(30),
)
def test_it_behaves_as_the_sorted_list_of_the_same_ids(everybody: list[int], wanted: set[int], part: slice) -> None:
    order = Order(array("q", everybody))
    expected = [number for number in everybody if number in wanted]
    found = order.only(wanted & set(everybody))
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
    assert list(order.among(wanted)) == expected
    assert list(order.among(wanted, all_but=True)) == [number for number in everybody if number not in wanted]
    assert list(order.all()) == everybody


@given(st.lists(st.tuples(st.text(max_size=2), st.integers(0, 4)), max_size=6), st.sets(st.integers(0, 24)))
def test_the_groups_of_what_was_found_count_who_stands_in_them(groups: list[tuple[str, int]], wanted: set[int]) -> None:
    members = [name for name, (_, n) in enumerate(groups) for _ in range(n)]
    order = Order(array("q", range(len(members))), tuple(groups))
    found = sorted(wanted & set(range(len(members))))
    expected = Counter(members[id] for id in found)
    assert order.only(found).groups == tuple((name, expected[n]) for n, (name, _) in enumerate(groups) if expected[n])


@given(st.permutations(range(1, 12)), st.lists(st.integers(1, 11), unique=True))
def test_those_who_have_something_come_first_and_the_others_keep_their_places(
    everybody: list[int], filled: list[int]
) -> None:
    found = filled_first(filled, array("q", everybody))
    assert list(found) == [*filled, *(number for number in everybody if number not in filled)]
