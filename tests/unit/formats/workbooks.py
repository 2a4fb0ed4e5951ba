"""Workbooks for the tests of reading: made, damaged, read, and converted by LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from alumnidesk.formats import spreadsheets
from alumnidesk.formats.detect import detect
from alumnidesk.formats.spreadsheets import SheetTable
from alumnidesk.progress import Progress

OFFICE = shutil.which("soffice")
CALC = OFFICE is not None and Path(OFFICE).resolve().with_name("libsclo.so").exists()  # Writer alone cannot do it
SHEET = "xl/worksheets/sheet1.xml"


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


def converted(source: Path, ending: str, *options: str) -> Path:
    """What LibreOffice makes of a file."""
    profile = source.parent / "profile"
    command = [OFFICE or "", f"-env:UserInstallation={profile.as_uri()}", "--headless", *options,
               "--convert-to", ending, "--outdir", str(source.parent / "out"), str(source)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return source.parent / "out" / f"{source.stem}.{ending.partition(':')[0]}"


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()
