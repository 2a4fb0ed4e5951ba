"""A list on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.printed_pages import opened

from alumnidesk.documents.listing import print_listing
from alumnidesk.domain.association import Association
from alumnidesk.domain.printed_list import PrintedColumn, PrintedList, PrintedRow
from alumnidesk.errors import Cancelled
from alumnidesk.progress import Progress

COLUMNS = (PrintedColumn("Name", 160), PrintedColumn("Remark", 200), PrintedColumn("Year", 60, right=True))
HOUSE = Association(name="Förderverein Lindenhof e. V.")


def listed(*rows: PrintedRow, columns: tuple[PrintedColumn, ...] = COLUMNS) -> PrintedList:
    return PrintedList("Contacts: kiel", f"{len(rows)} contacts, 22 Nov 2026", columns, rows, "en")


def pages(path: Path) -> list[tuple[str, tuple[float, float]]]:
    with opened(path) as document:
        return [(page.get_textpage().get_text_bounded(), page.get_size()) for page in document]


def test_everything_stands_on_paper_and_the_heads_on_each_page(tmp_path: Path) -> None:
    rows = [PrintedRow([f"Person {n:03} Müller & <Söhne>", "cello " * (n % 9), str(1950 + n % 70)]) for n in range(150)]
    assert print_listing(listed(*rows), HOUSE, tmp_path / "list.pdf") == len(pages(tmp_path / "list.pdf"))
    found = [text for text, _ in pages(tmp_path / "list.pdf")]
    assert len(found) > 3
    for number, text in enumerate(found, 1):
        assert "Remark" in text
        assert f"Page {number} of {len(found)}" in text
        assert HOUSE.name in text
    whole = "\n".join(found)
    assert [whole.count(f"Person {n:03} Müller & <Söhne>") for n in range(150)] == [1] * 150
    assert "150 contacts, 22 Nov 2026" in found[0]


def test_the_head_of_a_group_does_not_stand_alone_at_the_foot_of_a_page(tmp_path: Path) -> None:
    rows = [
        row for n in range(60) for row in (PrintedRow([f"Class {n}"], group=True), PrintedRow([f"Who {n}", "", ""]))
    ]
    print_listing(listed(*rows), HOUSE, tmp_path / "list.pdf")
    for text, _ in pages(tmp_path / "list.pdf"):
        assert text.count("Class ") == text.count("Who ")


def test_many_columns_go_on_sheets_that_lie_across_and_nothing_leaves_the_paper(tmp_path: Path) -> None:
    columns = tuple(PrintedColumn(f"Column {n}", 140) for n in range(9))
    row = PrintedRow(["Donaudampfschifffahrtsgesellschaftskapitän " * 9] * 9)
    print_listing(listed(row, columns=columns), HOUSE, tmp_path / "list.pdf")
    ((text, (width, height)),) = pages(tmp_path / "list.pdf")
    assert width > height
    assert text.count("…") >= 9, "what is too long ends in an ellipsis"


def test_an_empty_list_is_a_page_and_a_cancelled_one_no_file(tmp_path: Path) -> None:
    assert print_listing(listed(), HOUSE, tmp_path / "none.pdf") == 1
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        print_listing(listed(PrintedRow(["a", "b", "c"])), HOUSE, tmp_path / "stopped.pdf", progress=progress)
    assert not (tmp_path / "stopped.pdf").exists()
