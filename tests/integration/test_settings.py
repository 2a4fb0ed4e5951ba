"""The association's settings through a real desk: one field at a time, pictures looked at before they are believed."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from alumnidesk.desk import Desk
from alumnidesk.errors import BadFile, InvalidInput
from alumnidesk.formats import pictures


def picture(path: Path, kind: str = "PNG", size: tuple[int, int] = (40, 20)) -> Path:
    Image.new("RGB", size, "#0E6470").save(path, kind)
    return path


def test_one_field_is_saved_named_in_the_history_and_taken_back(desk: Desk) -> None:
    before = desk.settings.association().phone
    desk.settings.set("phone", "040 66969 123")
    assert desk.settings.association().phone == "040 66969 123"
    assert str(desk.history.entries(limit=1)[0].label) == "Phone of the association changed"
    desk.history.undo()
    assert desk.settings.association().phone == before


def test_bank_details_are_lines_without_empty_ones(desk: Desk) -> None:
    assert desk.settings.set("bank", "Bank am See\n\n  DE02 1203  \n").bank == ("Bank am See", "DE02 1203")


@pytest.mark.parametrize(("key", "value"), [("accent", "petrol"), ("accent", "#12345"), ("email", "office"),
                                            ("language", "fr")])  # fmt: skip
def test_what_a_letter_could_not_be_written_with_is_refused_at_its_field(desk: Desk, key: str, value: str) -> None:
    before = desk.settings.association()
    with pytest.raises(InvalidInput) as refused:
        desk.settings.set(key, value)
    assert refused.value.field == key
    assert desk.settings.association() == before


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_kept_byte_for_byte_and_can_be_taken_away(desk: Desk, tmp_path: Path, kind: str) -> None:
    path = picture(tmp_path / "logo", kind)
    assert desk.settings.set_picture("logo", path).logo == path.read_bytes()
    assert desk.settings.set_picture("logo", None).logo == b""


def test_other_kinds_and_pictures_that_are_too_large_are_refused_unopened(desk: Desk, tmp_path: Path) -> None:
    gif = picture(tmp_path / "a.png", "GIF")
    large = tmp_path / "large.png"
    large.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * pictures.LARGEST)
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head)))
    for path, words in ((gif, "not a PNG"), (large, "2 MB"), (bomb, "60,000 × 60,000")):
        with pytest.raises(BadFile, match=words):
            desk.settings.set_picture("logo", path)
    assert desk.settings.association().logo == b""


@given(width=st.integers(1, 300), height=st.integers(1, 300), kind=st.sampled_from(["PNG", "JPEG"]))
def test_the_size_is_read_from_the_head_of_any_picture(width: int, height: int, kind: str) -> None:
    file = io.BytesIO()
    Image.new("RGB", (width, height)).save(file, kind)
    assert pictures.pixels(file.getvalue()) == (width, height)


@given(st.binary(max_size=200))
def test_anything_else_is_no_picture_and_never_a_fault(data: bytes) -> None:
    for beginning in (b"", b"\xff\xd8", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"):
        pictures.pixels(beginning + data)


def test_the_example_letter_shows_the_letterhead_in_every_window_and_language(desk: Desk) -> None:
    desk.settings.set("name", "Freundeskreis <b>Lindenhof</b>")
    for language in ("en", "de", "sv"):
        desk.settings.set("language", language)
        for key, name in desk.letters.windows(language):
            assert name
            desk.settings.set("window", key)
            assert desk.letters.example().startswith(b"%PDF-")
