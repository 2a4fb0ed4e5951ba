"""LibreOffice opens our tables by double click, as an office does, and sees what we wrote."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.exchange import people

from alumnidesk.domain.cards import ContactCard, Phone
from alumnidesk.formats import csv as tables

OFFICE = shutil.which("soffice")
CALC = OFFICE is not None and Path(OFFICE).resolve().with_name("libsclo.so").exists()  # Writer alone cannot do it

pytestmark = [
    pytest.mark.skipif(not CALC, reason="LibreOffice Calc is not installed"),
    pytest.mark.slow,
]

FORMULA = ContactCard(
    uid="5f0c2f5e-6a55-4d51-8f2b-0c7f7b0f4a09",
    family_name="=1+1",
    given_name='=HYPERLINK("https://x.example";"Anna")',
    remark="@SUM(1;2)\n-3+4",
    phones=(Phone("+49 461 1", "mobile"), Phone("-5", "home")),
)
"""What a spreadsheet would compute if it could."""


TEXTS = (
    "AlumniDesk-ID", "First name", "Last name", "Organisation", "Position", "Remark", "E-mail 1",
    "Address 1 street", "Address 1 town", "Web link 1",
)  # fmt: skip


def seen(source: Path) -> list[list[str]]:
    """The cells of a CSV file as LibreOffice shows them: UTF-8, semicolons, everything else as it decides."""
    into = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
    command = [OFFICE or "", f"-env:UserInstallation={(source.parent / 'profile').as_uri()}", "--headless",
               "--infilter=CSV:59,34,76,1,,0,false,true", "--convert-to", into,
               "--outdir", str(source.parent / "seen"), str(source)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with (source.parent / "seen" / source.name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_table_for_spreadsheets_shows_every_text_and_computes_nothing(tmp_path: Path) -> None:
    everybody = [FORMULA, *people.everybody(30)]
    source = tmp_path / "people.csv"
    source.write_bytes(b"".join(tables.write(everybody, "excel")))
    with source.open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.reader(file, delimiter=";"))
    shown = seen(source)
    header = written[0]
    assert shown[0] == header
    assert len(shown) == len(everybody) + 1
    for name in TEXTS:
        column = header.index(name)
        assert [row[column] for row in shown] == [row[column] for row in written]
    assert shown[1][header.index("Last name")] == "'=1+1"
