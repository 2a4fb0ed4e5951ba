"""The example files of other programs are made from the invented people, and are as those programs write them."""

from __future__ import annotations

import csv
import io
import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2] / "corpus"
MADE: Callable[[], dict[str, bytes]] = runpy.run_path(str(CORPUS / "make_exports.py"))["exports"]
TABLES = {
    "google-new.csv": ("utf-8", ",", 40),
    "google-old.csv": ("utf-8", ",", 56),
    "outlook-en.csv": ("utf-8-sig", ",", 92),
    "outlook-de.csv": ("cp1252", ",", 92),
    "thunderbird-en.csv": ("utf-8", ",", 37),
    "thunderbird-de.csv": ("utf-8", ",", 37),
    "excel-de.csv": ("cp1252", ";", 11),
}


def test_the_example_files_are_what_the_script_makes() -> None:
    assert {path.name: path.read_bytes() for path in (CORPUS / "exports").iterdir()} == MADE()


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_as_many_cells_as_the_heading(name: str) -> None:
    encoding, delimiter, columns = TABLES[name]
    text = (CORPUS / "exports" / name).read_bytes().decode(encoding)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    assert {len(row) for row in rows} == {columns}
    assert 30 <= len(rows) - 1 <= 40


def test_the_phone_that_writes_version_2_1_writes_ascii_in_short_lines() -> None:
    lines = (CORPUS / "exports" / "android-2.1.vcf").read_bytes().decode("ascii").split("\r\n")
    assert sum(line == "BEGIN:VCARD" for line in lines) == sum(line == "END:VCARD" for line in lines) == 40
    assert max(len(line) for line in lines if "=" in line) <= 76 + len(
        ";CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:ADR;HOME"
    )


def test_the_phone_that_writes_version_3_0_folds_at_75_bytes() -> None:
    lines = (CORPUS / "exports" / "iphone-3.0.vcf").read_bytes().split(b"\r\n")
    assert sum(line == b"BEGIN:VCARD" for line in lines) == 40
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        line.decode()  # no fold within a character
