"""Spreadsheet files, whatever program wrote them: their sheets, and one of them as a table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from alumnidesk.errors import BadFile
from alumnidesk.formats import ods, xlsx
from alumnidesk.formats.archives import Archive, locked
from alumnidesk.formats.bulk import collector_paused
from alumnidesk.formats.csv_dialect import Table
from alumnidesk.formats.grid import Grid
from alumnidesk.i18n import Message, say
from alumnidesk.progress import Progress

SpreadsheetKind = Literal["xlsx", "ods"]

_OLD_OFFICE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_ENCRYPTED, _OLD_WORKBOOK = ("EncryptedPackage".encode("utf-16-le"), "Workbook".encode("utf-16-le"))


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One sheet of a spreadsheet as a table."""

    table: Table
    sheet: str
    sheets: tuple[str, ...]
    """All sheets that one could have instead, this one among them."""
    header_row: int


def is_container(data: bytes) -> bool:
    """Whether the bytes are an archive, as office files are today, or one of the old office files."""
    return data.startswith((_ZIP, _OLD_OFFICE))


def kind_of(data: bytes, name: str | Path) -> SpreadsheetKind:
    """Which spreadsheet a container is. Raises BadFile with the way out for every other one."""
    if data.startswith(_OLD_OFFICE):
        raise _old_office(data, name)
    archive = Archive(data, name)
    names = archive.names
    if "xl/workbook.bin" in names:
        raise BadFile(name, say("This is a binary Excel file (.xlsb)."), _save_as_xlsx())
    if any(part.startswith("xl/") for part in names) and "[Content_Types].xml" in names:
        return "xlsx"
    if b"opendocument.spreadsheet" in archive.read("mimetype")[:200]:
        return "ods"
    if any(part.startswith("Index/") and part.endswith(".iwa") for part in names) or "Index.zip" in names:
        way_out = say("In Numbers, choose “File”, “Export to”, “Excel …”, and import that file.")
        raise BadFile(name, say("This is a file of Apple Numbers."), way_out)
    raise BadFile(
        name,
        say("This is an archive or an office document."),
        say("Contacts come as tables (Excel, LibreOffice, CSV), vCard or LDIF files."),
    )


def _old_office(data: bytes, name: str | Path) -> BadFile:
    if _ENCRYPTED in data:
        return locked(name)
    if _OLD_WORKBOOK in data or Path(name).suffix.casefold() == ".xls":
        return BadFile(name, say("This is a file of an old Excel (.xls)."), _save_as_xlsx())
    return BadFile(
        name,
        say("This is an archive or an office document."),
        say("Contacts come as tables (Excel, LibreOffice, CSV), vCard or LDIF files."),
    )


def _save_as_xlsx() -> Message:
    return say("Open it in Excel or LibreOffice, choose “Save as” and “Excel workbook (.xlsx)”, and import that file.")


def read(
    data: bytes,
    kind: str,
    name: str | Path,
    progress: Progress,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
) -> SheetTable:
    """The table on a sheet, by default on the first that has cells. `name` is the file's, for messages.

    Raises BadFile (damaged, locked, too large, no such sheet, nothing on any sheet) and Cancelled.
    """
    progress.begin(say("Reading the file …"))
    archive, grid = Archive(data, name), Grid(name)
    if kind == "xlsx":
        book = xlsx.sheets(archive)
    else:
        book = [xlsx.Sheet(found, ods.CONTENT) for found in ods.sheets(archive, progress)]
    names = tuple(found.name for found in book)
    if not book:
        raise BadFile(name, say("There is nothing on the sheets of this file."), say("Please choose another file."))
    if sheet is not None and sheet not in names:
        raise BadFile(
            name,
            say("There is no sheet “{sheet}” in this file.", sheet=sheet),
            say("It has these: {sheets}", sheets=", ".join(names)),
        )
    chosen = book[names.index(sheet) if sheet is not None else 0]
    with collector_paused():
        if kind == "xlsx":
            xlsx.read(archive, chosen, grid, progress)
        else:
            ods.read(archive, chosen.name, grid, progress)
    table, header_row = grid.table(header_row)
    if kind == "xlsx" and xlsx.has_macros(archive):
        note = say("The file brings macros along; they are not run, only the cells are read.")
        table = replace(table, notes=(note, *table.notes))
    return SheetTable(table, chosen.name, names, header_row)
