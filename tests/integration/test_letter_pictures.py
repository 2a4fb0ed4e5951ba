"""Pictures in the texts of letters, in a real file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from alumnidesk.desk import Desk
from alumnidesk.errors import InvalidInput


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk.create(tmp_path / "pictures.alumnidesk")
    yield desk
    desk.close(backup=False)


def _png(colour: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (30, 20), colour).save(data, "PNG")
    return data.getvalue()


def test_a_picture_is_kept_once_and_found_by_its_key(desk: Desk) -> None:
    key = desk.letter_pictures.keep(_png("teal"))
    assert desk.letter_pictures.keep(_png("teal")) == key
    other = desk.letter_pictures.keep(_png("red"))
    assert desk.letter_pictures.those([key, other, "missing"]) == {key: _png("teal"), other: _png("red")}


def test_what_is_no_picture_or_too_large_is_not_kept(desk: Desk) -> None:
    for data in (b"", b"<svg/>", b"\x89PNG\r\n\x1a\n" + b"x" * 2_000_001):
        with pytest.raises(InvalidInput):
            desk.letter_pictures.keep(data)
