"""Spreadsheets in: what a person sees in the cells comes in as text, and nothing in the file does any harm."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import stat
import subprocess
import unicodedata
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from xlsxwriter.worksheet import Worksheet

from alumnidesk.errors import BadFile, Cancelled
from alumnidesk.formats import archives, grid, spreadsheets
from alumnidesk.formats.detect import detect
from alumnidesk.formats.number_formats import plain, shown_by
from alumnidesk.formats.spreadsheets import SheetTable
from alumnidesk.i18n import Language
from alumnidesk.progress import Progress

ENGLISH = Language("en")
OFFICE = shutil.which("soffice")
CALC = OFFICE is not None and Path(OFFICE).resolve().with_name("libsclo.so").exists()  # Writer alone cannot do it


def workbook(fill: Callable[[xlsxwriter.Workbook], object], **options: object) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as book:
        fill(book)
    return file.getvalue()


def one_sheet(fill: Callable[[xlsxwriter.Workbook, Worksheet], object], **options: object) -> bytes:
    return workbook(lambda book: fill(book, book.add_worksheet()), **options)


def rows_of(data: bytes, **choices: object) -> list[list[str]]:
    return [cells for _, cells in read(data, header_row=0, **choices).table.rows]


def read(data: bytes, **choices: object) -> SheetTable:
    kind = detect(data, "list.xlsx")
    return spreadsheets.read(data, kind, "list.xlsx", Progress(), **choices)  # type: ignore[arg-type]


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with one of its parts changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"

# What one sees -----------------------------------------------------------------------------------------------------


def test_numbers_come_as_one_sees_them_and_dates_as_days() -> None:
    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        def put(row: int, value: float, code: str | int = 0) -> None:
            sheet.write_number(row, 0, value, book.add_format({"num_format": code} if code else {}))

        put(0, 491711234567)  # a phone number that Excel shows as 4.91711E+11
        put(1, 12345)
        put(2, 12.5)
        put(3, 0.1 + 0.2)
        put(4, 1067, "00000")
        put(5, 1715550123, "0000 / 0000000")
        put(6, 49461123, '"+"0')
        put(7, 1234.5, '#,##0.00\\ "€"')
        for row, code in enumerate((14, "dd.mm.yyyy", "[$-407]d\\. mmmm yyyy;@", "yyyy", "mm/yyyy", 16), 8):
            sheet.write_datetime(row, 0, dt.datetime(1975, 3, 2), book.add_format({"num_format": code}))
        moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        sheet.write_datetime(14, 0, dt.datetime(2026, 5, 1, 18, 30), moment)
        sheet.write_datetime(15, 0, dt.datetime(2026, 5, 1), moment)
        sheet.write_boolean(16, 0, True)

    assert [cells[0] for cells in rows_of(one_sheet(fill))] == [
        "491711234567", "12345", "12.5", "0.3", "01067", "0171 / 5550123", "+49461123", "1234.5",
        "1975-03-02", "1975-03-02", "1975-03-02", "1975", "1975-03", "--03-02",
        "2026-05-01 18:30", "2026-05-01", "TRUE",
    ]  # fmt: skip


@pytest.mark.parametrize(("serial", "since_1904", "day"), [
    ("1", False, "1900-01-01"), ("59", False, "1900-02-28"), ("61", False, "1900-03-01"),
    ("27455", False, "1975-03-02"), ("25993", True, "1975-03-02"), ("-3", False, "-3"), ("1e99", False, "1e+99"),
])  # fmt: skip
def test_days_are_counted_from_where_the_workbook_begins(serial: str, since_1904: bool, day: str) -> None:
    assert shown_by("yyyy-mm-dd", since_1904=since_1904)(serial) == day


@given(st.integers(0, 10**15 - 1))
def test_a_whole_number_has_neither_point_nor_exponent(number: int) -> None:
    assert plain(repr(float(number))) == plain(f"{number:.17E}") == plain(str(number)) == str(number)


@given(st.integers(0, 99_999), st.integers(1, 8))
def test_a_mask_of_zeros_gives_leading_zeros(number: int, width: int) -> None:
    assert shown_by("0" * width)(str(number)) == str(number).zfill(width)


@given(st.text(max_size=30), st.sampled_from(["1067", "-3", "12.5", "", "x", "nan", "1e400", "45000"]))
def test_no_number_format_can_break_the_reading(code: str, raw: str) -> None:
    assert isinstance(shown_by(code)(raw), str)


def test_texts_come_as_they_are_but_for_spaces_around_them() -> None:
    texts = ["=1+1", "+49 461 123", "00049", "Åsa O’Brien 🎓", "a_x000D_b", "two\nlines", "'quoted", "<b>&amp;</b>"]

    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        for row, text in enumerate(texts):
            sheet.write_string(row, 0, f" {text} ")
        sheet.write_rich_string(len(texts), 0, "Anna ", book.add_format({"bold": True}), "Berg")

    assert [cells[0] for cells in rows_of(one_sheet(fill))] == [*texts, "Anna Berg"]


def test_a_formula_gives_its_result_and_one_without_result_is_said_with_its_place() -> None:
    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        for column, heading in enumerate(("Vorname", "Nachname", "E-Mail")):
            sheet.write_string(0, column, heading)
        sheet.write_string(1, 0, "Anna")
        sheet.write_formula(1, 1, '=UPPER("berg")', value="BERG")
        sheet.write_formula(1, 2, '=HYPERLINK("http://x.example")', value="")
        sheet.write_formula(2, 1, "=A1/0", value="#DIV/0!")
        sheet.write_string(2, 0, "Bo")

    found = read(changed(one_sheet(fill), SHEET, lambda xml: xml.replace(b"<v></v>", b"")))
    assert [cells for _, cells in found.table.rows] == [["Anna", "BERG"], ["Bo"]]
    said = " ".join(map(ENGLISH, found.table.notes))
    assert "1 cell holds a formula without its result (C2)" in said
    assert "save it there" in said
    assert "1 cell shows #REF! or the like in place of a value (B3)" in said


def test_the_headings_are_found_below_a_title_and_rows_keep_their_number() -> None:
    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.write_string(0, 0, "Mitgliederliste 2026")
        for column, heading in enumerate(("Vorname", "Nachname", "PLZ", "Ort")):
            sheet.write_string(3, column, heading)
        sheet.write_string(6, 0, "Anna")
        sheet.write_string(6, 5, "beyond the headings")

    found = read(one_sheet(fill))
    assert found.header_row == 2, "the second filled row"
    assert found.table.header == ("Vorname", "Nachname", "PLZ", "Ort", "", "")
    assert found.table.rows == [(7, ["Anna", "", "", "", "", "beyond the headings"])]


def test_hidden_and_empty_sheets_are_not_offered_and_any_other_can_be_chosen() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Empty").set_column(0, 3, 20)
        for name in ("Members", "Codes", "Friends & more"):
            sheet = book.add_worksheet(name)
            sheet.write_string(0, 0, name)
            if name == "Codes":
                sheet.hide()

    data = workbook(fill)
    assert (read(data).sheet, read(data).sheets) == ("Members", ("Members", "Friends & more"))
    assert rows_of(data, sheet="Friends & more") == [["Friends & more"]]
    with pytest.raises(BadFile, match="no sheet “Nobody”") as refused:
        read(data, sheet="Nobody")
    assert "Members, Friends & more" in str(refused.value.way_out)


def test_a_workbook_in_the_strict_form_and_with_other_prefixes_is_the_same() -> None:
    data = one_sheet(lambda book, sheet: [sheet.write_string(0, 0, "Anna"), sheet.write_number(0, 1, 7)])
    strict = data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    for name in names:
        strict = changed(
            strict,
            name,
            lambda xml: xml.replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ).replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            ),
        )
    prefixed = changed(
        data,
        SHEET,
        lambda xml: (
            xml.replace(b"<worksheet xmlns=", b"<worksheet xmlns:x=")
            .replace(b"</", b"</x:")
            .replace(b"<", b"<x:")
            .replace(b"<x:/x:", b"</x:")
            .replace(b"<x:?", b"<?")
        ),
    )
    assert rows_of(data) == rows_of(strict) == rows_of(prefixed) == [["Anna", "7"]]


def test_macros_are_said_and_not_run() -> None:
    data = one_sheet(lambda book, sheet: sheet.write_string(0, 0, "Anna"))
    with_macros = io.BytesIO(data)
    with zipfile.ZipFile(with_macros, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    found = read(with_macros.getvalue())
    assert "macros" in " ".join(map(ENGLISH, found.table.notes))
    assert found.table.header == ("Anna",)


# Files that do harm, or are none -----------------------------------------------------------------------------------


def one_name() -> bytes:
    return one_sheet(lambda book, sheet: sheet.write_string(0, 0, "Anna"))


def _zip(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


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
    bomb = _zip({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x", part: b"\0" * 20_000_000})
    assert len(bomb) < 100_000
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *args, **options: pytest.fail("it was unpacked"))
    assert "far too large" in str(_refused(bomb))


def test_too_many_entries_and_too_much_in_total_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {"[Content_Types].xml": b"x", **{f"xl/{n}.xml": b"x" for n in range(archives.MOST_ENTRIES)}}
    assert "far too large" in str(_refused(_zip(parts)))
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
        (_zip({"Index/Document.iwa": b"x"}), "list.numbers", "Apple Numbers", "Excel"),
        (_zip({"xl/workbook.bin": b"x", "[Content_Types].xml": b"x"}), "list.xlsb", "binary Excel", "Save as"),
        (_zip({"word/document.xml": b"x", "[Content_Types].xml": b"x"}), "list.docx", "office document", "Contacts"),
        (b"PK\x03\x04" + bytes(100), "list.xlsx", "damaged", "copy it once more"),
        (b"<html><table><tr><td>Anna</td></tr></table>", "list.xls", "web page", "Excel workbook"),
        (_zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>",
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


# Read by programs that we did not write ----------------------------------------------------------------------------


def converted(source: Path, ending: str, *options: str) -> Path:
    """What LibreOffice makes of a file."""
    profile = source.parent / "profile"
    command = [OFFICE or "", f"-env:UserInstallation={profile.as_uri()}", "--headless", *options,
               "--convert-to", ending, "--outdir", str(source.parent / "out"), str(source)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return source.parent / "out" / f"{source.stem}.{ending.partition(':')[0]}"


TABLE = 'Vorname;Nachname;PLZ;Geburtstag;Mobil;Text\r\nÅsa;Müller;01067;02.03.1975;+49 171 5550123;"two\r\nlines"\r\n'


@pytest.mark.skipif(not CALC, reason="LibreOffice Calc is not installed")
@pytest.mark.slow
@pytest.mark.parametrize("ending", ["ods", "xlsx"])
def test_what_libreoffice_writes_is_read_as_one_sees_it_there(tmp_path: Path, ending: str) -> None:
    source = tmp_path / "list.csv"
    source.write_bytes(TABLE.encode())
    # columns 3 and 5 as text, column 4 as a date with the day first
    made = converted(source, ending, "--infilter=CSV:59,34,76,1,3/2/4/4/5/2")
    found = spreadsheets.read(made.read_bytes(), detect(made.read_bytes(), made), made, Progress())
    assert found.table.header == ("Vorname", "Nachname", "PLZ", "Geburtstag", "Mobil", "Text")
    assert found.table.rows == [(2, ["Åsa", "Müller", "01067", "1975-03-02", "+49 171 5550123", "two\nlines"])]


@pytest.mark.skipif(not CALC, reason="LibreOffice Calc is not installed")
@pytest.mark.slow
def test_a_workbook_becomes_the_same_table_by_way_of_libreoffice(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.write_string(0, 0, "Zwei  Leerzeichen")
        sheet.write_number(1, 0, 1067, book.add_format({"num_format": "00000"}))
        sheet.write_number(1, 3, 491711234567)
        sheet.write_datetime(2, 0, dt.datetime(1944, 11, 30), book.add_format({"num_format": "dd.mm.yy"}))
        sheet.write_formula(4, 1, "=1/0", value="#DIV/0!")
        sheet.write_formula(4, 2, '="An"&"na"', value="Anna")
        sheet.write_string(6, 1, "=1+1")

    source = tmp_path / "list.xlsx"
    source.write_bytes(one_sheet(fill))
    made = converted(source, "ods")
    assert rows_of(made.read_bytes()) == rows_of(source.read_bytes())


CELLS = st.one_of(
    st.none(),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]), max_size=12),
    st.integers(-(10**12), 10**12),
    st.dates(dt.date(1900, 3, 1), dt.date(2100, 1, 1)),
)


@settings(max_examples=40)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=6))
def test_another_reader_finds_the_same_in_the_same_cells(table: list[list[str | int | dt.date | None]]) -> None:
    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        day = book.add_format({"num_format": 14})
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(row, column, cell, day)
                elif isinstance(cell, int):
                    sheet.write_number(row, column, cell)
                elif cell:
                    sheet.write_string(row, column, cell)

    data = one_sheet(fill)
    other = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    theirs = [[_as_text(cell) for cell in row] for row in other]
    try:
        ours = read(data, header_row=0).table.rows
    except BadFile:
        assert not any(map(any, theirs))
        return
    filled = [(number, _without_end(row)) for number, row in enumerate(theirs, 1) if any(row)]
    assert ours == filled


def _as_text(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell))
    text = cell.isoformat() if isinstance(cell, dt.date) else str(cell)
    text = unicodedata.normalize("NFC", text.strip().replace("\ufffe", "").replace("\uffff", ""))
    return text[1:] if re.match(r"'+[=+\-@＝＋－＠]", text) else text


def _without_end(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row


# OpenDocument by hand ----------------------------------------------------------------------------------------------

_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def ods(body: str) -> bytes:
    body = f"<office:document-content {_NAMESPACES}><office:body>{body}</office:body></office:document-content>"
    return _zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": body.encode()})


def test_repeated_cells_and_rows_of_opendocument_are_counted_and_the_endless_empty_end_is_not() -> None:
    def cell(text: str, more: str = "") -> str:
        return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'

    empty = '<table:table-cell table:number-columns-repeated="16383"/>'
    found = read(
        ods(
            f'<table:table table:name="Leer"><table:table-row>{empty}</table:table-row></table:table>'
            f'<table:table table:name="Liste"><table:table-row>{cell("Name")}{empty}</table:table-row>'
            f'<table:table-row table:number-rows-repeated="3">{empty}</table:table-row>'
            f"<table:table-row>{cell('a', 'table:number-columns-repeated=' + chr(34) + '2' + chr(34))}"
            f"{cell('b<text:s text:c=' + chr(34) + '2' + chr(34) + '/>c<text:line-break/>d')}</table:table-row>"
            f'<table:table-row table:number-rows-repeated="1048570">{empty}</table:table-row></table:table>'
        ),
        header_row=0,
    )
    assert found.sheets == ("Liste",)
    assert found.table.rows == [(1, ["Name"]), (5, ["a", "a", "b  c\nd"])]


def test_opendocument_numbers_dates_and_formulas() -> None:
    def cell(attributes: str, text: str) -> str:
        return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"

    cells = (
        cell('office:value-type="float" office:value="1067"', "01067")
        + cell('office:value-type="float" office:value="491711234567"', "4,91711E+11")
        + cell('office:value-type="date" office:date-value="1944-11-30"', "30.11.44")
        + cell('office:value-type="boolean" office:boolean-value="true"', "WAHR")
        + cell('table:formula="of:=1/0" office:value-type="string" office:string-value=""', "#DIV/0!")
        + '<table:table-cell table:formula="of:=[.A1]"/>'
        + '<table:table-cell office:value-type="string"><office:annotation><text:p>a note</text:p></office:annotation>'
        + "<text:p>seen</text:p></table:table-cell>"
    )
    found = read(
        ods(f'<table:table table:name="L"><table:table-row>{cells}</table:table-row></table:table>'), header_row=0
    )
    assert found.table.rows == [(1, ["01067", "491711234567", "1944-11-30", "TRUE", "", "", "seen"])]
    said = " ".join(map(ENGLISH, found.table.notes))
    assert "(F1)" in said
    assert "(E1)" in said
