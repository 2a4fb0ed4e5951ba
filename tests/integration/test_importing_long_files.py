"""Files too long to be looked at as a whole come in part by part; a table reads the same whether it is kept or not."""

from __future__ import annotations

import csv as standard
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alumnidesk.desk import Desk
from alumnidesk.errors import Cancelled
from alumnidesk.formats import csv, csv_dialect
from alumnidesk.i18n import Language
from alumnidesk.progress import Progress
from alumnidesk.services import reading
from alumnidesk.services.import_plan import Choices, Kind

ENGLISH = Language("en")


@pytest.fixture
def short_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is long is a matter of two numbers."""
    monkeypatch.setattr(reading, "AT_ONCE", 40)
    monkeypatch.setattr(csv_dialect, "KEPT_ROWS", 30)
    monkeypatch.setattr(csv_dialect, "_PIECE", 64)


def table(path: Path, rows: int) -> Path:
    people = "".join(f"Vor{n};Nach{n};n{n}@post.example;{n % 28 + 1}.3.1975\r\n" for n in range(rows))
    path.write_bytes(("Vorname;Nachname;E-Mail;Geburtsdatum\r\n" + people).encode())
    return path


def everybody(desk: Desk) -> list[str]:
    return sorted(card.name for card in desk.contacts.cards(list(desk.find.contacts().ids)))


@pytest.mark.usefixtures("short_parts")
def test_a_long_table_comes_in_part_by_part_and_the_same_file_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    source = table(tmp_path / "long.csv", 95)
    choices: Choices | None = Choices()
    read = []
    while choices is not None:
        preview = desk.importing.preview(source, choices=choices)
        assert preview.parts == 3
        assert f"part {preview.choices.part}" in ENGLISH(preview.notes[0])
        read.append(desk.importing.carry_out(preview).created)
        choices = preview.next_part
    assert read == [40, 40, 15]
    assert len(everybody(desk)) == 95
    for part in (1, 2, 3):
        assert set(desk.importing.preview(source, choices=Choices(part=part)).counts) == {Kind.UNCHANGED}


@pytest.mark.usefixtures("short_parts")
def test_a_long_file_of_cards_comes_in_part_by_part(desk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "long.vcf"
    cards = [f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{n}\r\nN:Nach{n};Vor{n};;;\r\nEND:VCARD\r\n" for n in range(90)]
    source.write_text("".join(cards) + "stray\r\n", newline="")
    choices: Choices | None = Choices()
    while choices is not None:
        preview = desk.importing.preview(source, choices=choices)
        desk.importing.carry_out(preview)
        choices = preview.next_part
    assert len(everybody(desk)) == 90
    assert preview.rows[0].line > 400, "the lines are those of the whole file"


@pytest.mark.usefixtures("short_parts")
def test_a_problem_is_told_in_the_part_where_it_stands(desk: Desk, tmp_path: Path) -> None:
    source = table(tmp_path / "long.csv", 95)
    lines = source.read_bytes().split(b"\r\n")
    lines[60] = b'"Anna;Berg'
    source.write_bytes(b"\r\n".join(lines))
    told = [desk.importing.preview(source, choices=Choices(part=part)).counts[Kind.PROBLEM] for part in (1, 2, 3)]
    assert told == [0, 1, 0]


@pytest.mark.usefixtures("short_parts")
def test_a_part_can_be_cancelled_while_it_is_read(desk: Desk, tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        desk.importing.preview(table(tmp_path / "long.csv", 95), progress=progress)


cells = st.text(st.sampled_from("aä\u0308;,'\"=-\n\r\0\ufeff x"), max_size=6)


@given(
    st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=12), st.sampled_from(["utf-8", "utf-16-le"])
)
@settings(max_examples=150, deadline=None)
def test_a_table_reads_the_same_in_pieces_and_when_it_is_not_kept(rows: list[list[str]], encoding: str) -> None:
    text = io.StringIO(newline="")
    standard.writer(text).writerows(rows)
    for data in (text.getvalue().encode(encoding), text.getvalue().replace('"', "", 1).encode(encoding)):
        dialect = csv.Dialect(encoding, header_row=0)
        whole = csv.table(data, dialect)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(csv_dialect, "_PIECE", 3)
            patch.setattr(csv_dialect, "KEPT_ROWS", 2)
            again = csv.table(data, dialect)
            assert [cells for _, cells in again.rows] == [cells for _, cells in whole.rows]
            assert list(again.rows[1:3]) == list(whole.rows[1:3])
            assert list(again.rows[1:]) == list(again.rows)[1:]
        assert len(again.rows) == len(whole.rows)
        assert [problem.text for problem in again.problems] == [problem.text for problem in whole.problems]
        assert again.header == whole.header
