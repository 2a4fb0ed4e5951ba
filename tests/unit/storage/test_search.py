"""Lists of ids as SQLite delivers them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as driver

from alumnidesk.storage import search
from alumnidesk.storage.connection import Connection


@pytest.fixture(scope="module")
def connection() -> Iterator[Connection]:
    connection = driver.connect(":memory:")
    yield connection
    connection.close()


@given(st.lists(st.integers(1, 2**62), max_size=30), st.integers(0, 60))
def test_many_ids_are_read_in_pieces_and_all_of_them_in_their_order(
    connection: Connection, wanted: list[int], piece: int
) -> None:
    values = ", ".join(f"({place}, {number})" for place, number in enumerate(wanted)) or "(0, 0)"
    rows = f"SELECT column2 AS id FROM (VALUES {values}) WHERE column2 > 0 ORDER BY column1"
    with pytest.MonkeyPatch.context() as smaller:
        smaller.setattr(search, "_PIECE", piece)
        assert list(search.ids_of(connection, rows)) == wanted
