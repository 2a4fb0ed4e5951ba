"""Spreadsheets that do harm, or are none: refused in words, and nothing of them lands anywhere."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.unit.formats.workbooks import SHEET, changed, one_sheet, read, rows_of, zipped

from alumnidesk.errors import BadFile, Cancelled
from alumnidesk.formats import archives, grid, spreadsheets
from alumnidesk.formats.detect import detect
from alumnidesk.progress import Progress


def one_name() -> bytes:
    return one_sheet(lambda book, sheet: sheet.write_string(0, 0, "Anna"))


def _refused(data: bytes, name: str = "list.xlsx") -> BadFile:
    with pytest.raises(BadFile) as refused:
        spreadsheets.read(data, detect(data, name), name, Progress())
    assert refused.value.way_out is not None, "there is always a way out"
    return refused.value


def _read_or_refused(data: bytes) -> None:
    """Anything but an exception of another kind."""
    with suppress(BadFile):
        read(data)


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/media/image1.png"])
def test_a_bomb_is_refused_before_it_is_unpacked(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x", part: b"\0" * 20_000_000})
    assert len(bomb) < 100_000
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *args, **options: pytest.fail("it was unpacked"))
    assert "far too large" in str(_refused(bomb))


def test_too_many_entries_and_too_much_in_total_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {"[Content_Types].xml": b"x", **{f"xl/{n}.xml": b"x" for n in range(archives.MOST_ENTRIES)}}
    assert "far too large" in str(_refused(zipped(parts)))
    monkeypatch.setattr(archives, "LARGEST", 1_000)
    assert "far too large" in str(_refused(one_name()))


def test_nothing_of_an_archive_lands_on_the_disk_whatever_its_parts_are_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "one" / "two"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    file = io.BytesIO(one_name())
    with zipfile.ZipFile(file, "a") as archive:
        for name in ("../../outside.xml", str(tmp_path / "outside.xml")):
            archive.writestr(name, b"<x/>")
    assert rows_of(file.getvalue()) == rows_of(one_name())
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_part_that_is_a_link_to_another_file_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<worksheet><sheetData/></worksheet>", "utf-8")
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(one_name())) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (stat.S_IFLNK | 0o777) << 16 if name == SHEET else 0
            new.writestr(entry, str(secret) if name == SHEET else old.read(name))
    assert "damaged" in str(_refused(file.getvalue()))


def test_a_sheet_with_too_many_columns_or_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = one_sheet(lambda book, sheet: sheet.write_string(0, grid.MOST_COLUMNS, "far away"))
    assert "too large" in str(_refused(wide))
    monkeypatch.setattr(grid, "MOST_CELLS", 99)
    many = one_sheet(lambda book, sheet: [sheet.write_number(n, 9, n) for n in range(10)])
    assert "too large" in str(_refused(many))


def test_entities_are_refused_whatever_they_stand_for() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    data = changed(one_name(), SHEET, lambda xml: xml.replace(b"?>", b"?>" + laughs, 1))
    assert "damaged" in str(_refused(data))


def test_every_truncation_of_a_workbook_is_refused_in_words() -> None:
    data = one_name()
    for end in range(10, len(data) - 1, 97):
        assert "damaged" in str(_refused(data[:end]))


@pytest.mark.parametrize("offset", range(40, 4000, 157))
def test_a_workbook_with_wrong_bytes_is_read_or_refused_in_words(offset: int) -> None:
    data = bytearray(one_name())
    data[offset : offset + 6] = b"\xff\0\xff\0\xff\0"
    _read_or_refused(bytes(data))


@pytest.mark.parametrize("change", [
    lambda xml: xml.replace(b'r="A1"', b'r="ZZZZZZZZ1"'), lambda xml: xml.replace(b'r="A1"', b'r="?"'),
    lambda xml: xml.replace(b"<v>0</v>", b"<v>99999</v>"), lambda xml: xml.replace(b"<v>0</v>", b"<v>-1</v>"),
    lambda xml: xml.replace(b't="s"', b't="n" s="77"'), lambda xml: xml.replace(b'<row r="1"', b'<row r="x"'),
])  # fmt: skip
def test_a_sheet_with_nonsense_in_it_is_read_or_refused_in_words(change: Callable[[bytes], bytes]) -> None:
    data = changed(one_name(), SHEET, change)
    _read_or_refused(data)


PARTS = st.sampled_from([SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "_rels/.rels"])


@settings(max_examples=60)
@given(PARTS, st.floats(0, 1), st.integers(0, 30), st.binary(max_size=8))
@example(SHEET, 0.0, 38, b'<?xml version="1.0" encoding="U0F-8"?>')
def test_a_part_with_any_damage_is_read_or_refused_in_words(part: str, where: float, length: int, new: bytes) -> None:
    def damage(xml: bytes) -> bytes:
        start = int(where * len(xml))
        return xml[:start] + new + xml[start + length :]

    _read_or_refused(changed(one_name(), part, damage))


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


@pytest.mark.parametrize(
    ("data", "name", "said", "way_out"),
    [
        (OLD + "Workbook".encode("utf-16-le"), "list.xls", "old Excel", "Save as"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "list.xlsx", "locked with a password", "without a password"),
        (OLD + "WordDocument".encode("utf-16-le"), "list.doc", "office document", "Contacts come as"),
        (zipped({"Index/Document.iwa": b"x"}), "list.numbers", "Apple Numbers", "Excel"),
        (zipped({"xl/workbook.bin": b"x", "[Content_Types].xml": b"x"}), "list.xlsb", "binary Excel", "Save as"),
        (zipped({"word/document.xml": b"x", "[Content_Types].xml": b"x"}), "list.docx", "office document", "Contacts"),
        (b"PK\x03\x04" + bytes(100), "list.xlsx", "damaged", "copy it once more"),
        (b"<html><table><tr><td>Anna</td></tr></table>", "list.xls", "web page", "Excel workbook"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>",
               "META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
         "list.ods", "locked with a password", "without a password"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_with_the_way_out(data: bytes, name: str, said: str, way_out: str) -> None:
    refused = _refused(data, name)
    assert said in str(refused)
    assert way_out in str(refused.way_out)


def test_a_table_that_only_calls_itself_a_workbook_is_read_as_what_it_is() -> None:
    assert detect(b"Vorname;Nachname\r\nAnna;Berg\r\n", "list.xlsx") == "csv"
    assert detect(one_name(), "list.csv") == "xlsx"


def test_reading_can_be_cancelled() -> None:
    data = one_sheet(lambda book, sheet: [sheet.write_number(n, 0, n) for n in range(5_000)])
    progress = Progress()
    progress.begin = lambda *args: None  # type: ignore[method-assign]
    progress.cancel()
    with pytest.raises(Cancelled):
        spreadsheets.read(data, "xlsx", "list.xlsx", progress)
