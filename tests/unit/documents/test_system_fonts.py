"""Letters that no bundled face has, from a font of this computer: made here, as no machine has the same."""

from __future__ import annotations

import struct
import sys
from itertools import count
from pathlib import Path

import pytest
from tests.printed_pages import words_of

from alumnidesk.documents import fonts
from alumnidesk.documents.labels import print_labels
from alumnidesk.domain.association import Association
from alumnidesk.domain.label_sheets import found
from alumnidesk.places import bundled, font_folders

RESTRICTED, NO_SUBSETS, BITMAPS_ONLY, EDITABLE = 0x0002, 0x0100, 0x0200, 0x0008
NUMBERS = count(1)


def segments(codes: str) -> bytes:
    """A ``cmap`` of format 4: each character, and the end that stands for nothing."""
    n = len(codes) + 1
    own = [ord(code) for code in sorted(codes)]
    deltas = [40 - code & 0xFFFF for code in own]  # glyph 40, whatever it shows
    ends, starts = struct.pack(f">{n}H", *own, 0xFFFF), struct.pack(f">{n}H", *own, 0xFFFF)
    rest = starts + struct.pack(f">{n}H", *deltas, 1) + bytes(2 * n)
    return struct.pack(">7H", 4, 16 + 8 * n, 0, 2 * n, 0, 0, 0) + ends + bytes(2) + rest


def groups(codes: str) -> bytes:
    """A ``cmap`` of format 12."""
    rows = b"".join(struct.pack(">3I", ord(code), ord(code), 40) for code in sorted(codes))
    return struct.pack(">HHIII", 12, 0, 16 + len(rows), 0, len(codes)) + rows


def made(characters: bytes, *, licence: int = 0, collection: bool = False, without: bytes = b"") -> bytes:
    """The bundled font under another name, with other characters, a licence and without a table; perhaps in a
    collection of one."""
    font = (bundled("resources") / "fonts" / "NotoSans-Regular.ttf").read_bytes()
    name = f"East{next(NUMBERS):012}"  # as long as the one before
    for coding in ("ascii", "utf-16-be"):
        font = font.replace("NotoSans-Regular".encode(coding), name.encode(coding))
    (amount,) = struct.unpack(">4xH", font[:6])
    tables = {
        tag: font[at : at + length]
        for tag, at, length in struct.iter_unpack(">4s4xII", font[12 : 12 + 16 * amount])
        if tag != without
    }
    tables[b"OS/2"] = tables[b"OS/2"][:8] + struct.pack(">H", licence) + tables[b"OS/2"][10:]
    encoding = 10 if characters[:2] == b"\x00\x0c" else 1
    tables[b"cmap"] = struct.pack(">HHHHI", 0, 1, 3, encoding, 12) + characters
    head = struct.pack(">4sIII", b"ttcf", 0x00010000, 1, 16) if collection else b""
    at = len(head) + 12 + 16 * len(tables)
    directory, data = font[:4] + struct.pack(">4H", len(tables), 0, 0, 0), b""
    for tag, table in tables.items():
        directory += struct.pack(">4sIII", tag, 0, at + len(data), len(table))
        data += table + bytes(-len(table) % 4)
    return head + directory + data


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder of fonts that this computer has."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "none"))
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "fonts" / "east").mkdir(parents=True)
    return tmp_path / "fonts" / "east"


@pytest.mark.parametrize(
    ("name", "font"),
    [
        ("East.ttf", made(segments("鷗鴎"))),
        ("East.TTF", made(groups("鷗鴎"), licence=EDITABLE)),
        ("East.ttc", made(groups("鷗鴎"), collection=True)),
    ],
)
def test_a_name_in_chinese_is_printed_with_a_font_of_the_computer(
    name: str, font: bytes, folder: Path, tmp_path: Path
) -> None:
    (folder / name).write_bytes(font)
    out = tmp_path / "badges.pdf"
    print_labels([("鷗", "鴎 Mori")], found("L4785")[0], Association(), out, badges=True)
    assert fonts.lacking("Mori 鷗") == ""
    assert fonts.lacking("鳥") == "鳥", "only what it has"
    assert b"+East" in out.read_bytes(), "the font is in the file, cut down to what is used"
    assert "鷗" in words_of(out)
    assert "鴎 Mori" in words_of(out)


@pytest.mark.parametrize(
    "font",
    [
        made(groups("鷗"), licence=RESTRICTED),
        made(groups("鷗"), licence=NO_SUBSETS),
        made(groups("鷗"), licence=BITMAPS_ONLY),
        made(groups("鷗"), without=b"glyf"),
        made(groups("鷗"), without=b"head"),
        made(groups("鷗"))[:300],
        made(b"\x00\x0e" + bytes(20)),
        b"no font at all",
    ],
)
def test_a_font_that_may_not_or_cannot_be_embedded_is_left_alone(font: bytes, folder: Path) -> None:
    (folder / "East.ttf").write_bytes(font)
    assert fonts.lacking("鷗") == "鷗"


def test_letters_that_change_by_their_neighbours_are_named_and_not_printed_wrongly(folder: Path) -> None:
    (folder / "Wide.ttf").write_bytes(made(groups("محשनไ鷗")))
    assert sorted(fonts.lacking("محשनไ鷗")) == sorted("محשनไ")


def test_of_several_fonts_one_for_running_text_is_taken(folder: Path) -> None:
    (folder / "East-Bold.ttf").write_bytes(made(groups("鷗鴎鳥")))
    (folder / "East-Regular.ttf").write_bytes(made(groups("鷗")))
    assert Path(fonts.face_for("鷗", fonts.face("sans"))).name == "East-Regular.ttf"
    assert Path(fonts.face_for("鳥", fonts.face("sans"))).name == "East-Bold.ttf"


@pytest.mark.parametrize(
    ("platform", "variable", "below"),
    [
        ("win32", "WINDIR", "Fonts"),
        ("win32", "LOCALAPPDATA", "Microsoft/Windows/Fonts"),
        ("darwin", "HOME", "Library/Fonts"),
        ("linux", "XDG_DATA_HOME", "fonts"),
        ("linux", "HOME", ".fonts"),
    ],
)
def test_fonts_are_looked_for_where_each_platform_has_them(
    platform: str, variable: str, below: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv(variable, str(tmp_path))
    assert tmp_path / below not in font_folders()
    (tmp_path / below).mkdir(parents=True)
    assert tmp_path / below in font_folders()
