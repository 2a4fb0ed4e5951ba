"""Workbooks out: real types, no formula whatever a cell says, and back again without loss."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.unit.formats.workbooks import CALC, converted

from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, Foreign, OwnValue, Phone
from alumnidesk.domain.own_fields import OwnKind
from alumnidesk.domain.records import as_card
from alumnidesk.formats import csv, spreadsheets, workbook, xlsx_write
from alumnidesk.progress import Progress

CARD = ContactCard(
    uid="u-1",
    given_name="=1+1",
    additional_names="Åsa",
    family_name="@SUM(A1)",
    remark="-2+3\ncmd|' /C calc'!A0",
    birth_date="1975-03-02",
    emails=(Email("asa@mail.example"),),
    phones=(Phone("+49 461 123"), Phone("00049461123")),
    addresses=(Address(street="Kai", house_number="5", postcode="01067", town="Dresden", country="DE"),),
    affiliations=(Affiliation("Lindenhof", cohort_from=1998, cohort_to=2003, began="1998-09-01", ended="2003"),),
    tags=("a;b", "'=c"),
    own=(OwnValue("Beitrag", "12.5"), OwnValue("Code", "0042"), OwnValue("Seit", "2001-02-03")),
    foreign=(Foreign("csv", "Chor", "Alt"),),
)
OWN = {"Beitrag": OwnKind.NUMBER, "Code": OwnKind.TEXT, "Seit": OwnKind.DATE}


def written(*cards: ContactCard, left_out: Counter[str] | None = None) -> bytes:
    return b"".join(xlsx_write.write(cards, OWN, Counter() if left_out is None else left_out))


def back(data: bytes) -> list[ContactCard]:
    found = spreadsheets.read(data, spreadsheets.kind_of(data, "x"), "x", Progress())
    reading = csv.read(found.table, csv.guess_mapping(found.table.header, OWN))
    assert not reading.problems
    return [as_card(record) for record in reading.records]


def elsewhere(data: bytes) -> dict[str, object]:
    """Heading → value of the first row, as another program reads it."""
    heading, row = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[:2]
    return dict(zip(map(str, heading), row, strict=True))


def test_dates_are_dates_years_are_numbers_and_everything_else_is_text() -> None:
    seen = elsewhere(written(CARD))
    assert seen["Date of birth"] == dt.date(1975, 3, 2)
    assert seen["Affiliation 1 began"] == dt.date(1998, 9, 1)
    assert seen["Affiliation 1 ended"] == "2003", "an incomplete date is text"
    assert (seen["Affiliation 1 cohort from"], seen["Beitrag"]) == (1998.0, 12.5)
    assert seen["Seit"] == dt.date(2001, 2, 3)
    assert (seen["Address 1 postcode"], seen["Phone 1"], seen["Phone 2"], seen["Code"]) == (
        "01067", "+49 461 123", "00049461123", "0042",
    )  # fmt: skip


def test_no_cell_is_a_formula_whatever_it_begins_with() -> None:
    data = written(CARD)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
        assert not [name for name in archive.namelist() if "externalLink" in name]
    assert b"<f>" not in sheet
    seen = elsewhere(data)
    assert (seen["First name"], seen["Last name"]) == ("=1+1", "@SUM(A1)")


def test_a_contact_comes_back_without_loss() -> None:
    assert back(written(CARD)) == [CARD]


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]), max_size=30)
BEGINNINGS = st.sampled_from(["", "'", "=", "+", "-", "@", "_x000D_", "＝"])


@settings(max_examples=30)
@given(st.lists(st.builds(str.__add__, BEGINNINGS, TEXT), min_size=1, max_size=4))
def test_any_text_comes_back(texts: list[str]) -> None:
    remarks = [unicodedata.normalize("NFC", text).strip() for text in texts]
    cards = [ContactCard(family_name="Berg", remark=remark) for remark in remarks]
    assert [card.remark for card in back(written(*cards))] == remarks


@pytest.mark.parametrize(
    "date", ["1875-03-02", "1900-01-01", "1900-02-28", "1900-03-01", "1975", "--03-02", "9999-12-31"]
)
def test_every_date_comes_back(date: str) -> None:
    assert back(written(ContactCard(family_name="Berg", birth_date=date)))[0].birth_date == date


def test_a_text_that_no_cell_can_hold_is_cut_and_counted() -> None:
    left_out: Counter[str] = Counter()
    data = written(ContactCard(family_name="Berg", remark="x" * 40_000), left_out=left_out)
    assert left_out["cut"] == 1
    assert len(back(data)[0].remark) == workbook.LONGEST_CELL


def test_a_workbook_comes_in_steps_at_each_of_which_one_can_stop() -> None:
    """Cancelling takes effect between two steps, so none may have much to do: a hundred rows at most."""
    pieces = list(xlsx_write.write([ContactCard(family_name="Berg")] * 2_500, OWN, Counter()))
    before_the_first_byte = next(number for number, piece in enumerate(pieces) if piece)
    assert before_the_first_byte >= 2_500 / 100
    assert len(back(b"".join(pieces))) == 2_500


@pytest.mark.parametrize("text", ["a\x0bb", "a\rb", " a ", "a\n b", "_x0041_", "<&>\"'", "]]>"])
def test_a_cell_holds_what_xml_cannot(text: str) -> None:
    data = b"".join(workbook.write("Sheet", ["A"], [[text]]))
    row = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)[1]
    assert row == [text]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None


def test_the_same_contacts_make_the_same_workbook() -> None:
    assert written(CARD) == written(CARD)


@pytest.mark.skipif(not CALC, reason="LibreOffice Calc is not installed")
@pytest.mark.slow
def test_libreoffice_sees_the_same(tmp_path: Path) -> None:
    source = tmp_path / "people.xlsx"
    source.write_bytes(written(CARD))
    assert back(converted(source, "ods").read_bytes()) == [CARD]
    assert '"=1+1","Åsa"' in converted(source, "csv:Text - txt - csv (StarCalc):44,34,76,1").read_text("utf-8")
