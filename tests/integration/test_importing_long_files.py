"""A file of any length is one preview and one import; a table reads the same whether it is kept or not."""

from __future__ import annotations

import csv as standard
import io
import tempfile
from itertools import count
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard
from alumnidesk.errors import Cancelled
from alumnidesk.formats import csv, csv_dialect
from alumnidesk.progress import Progress
from alumnidesk.services import reading
from alumnidesk.services.import_plan import Kind
from alumnidesk.storage import undo


@pytest.fixture
def short_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is long is a matter of numbers."""
    monkeypatch.setattr(reading, "WHOLE", 60)
    monkeypatch.setattr(reading, "AT_ONCE", 40)
    monkeypatch.setattr(csv_dialect, "KEPT_ROWS", 30)
    monkeypatch.setattr(csv_dialect, "_PIECE", 64)
    monkeypatch.setattr(undo, "_BATCH", 7)


def table(path: Path, rows: int) -> Path:
    people = "".join(f"Vor{n};Nach{n};n{n}@post.example;{n % 28 + 1}.3.1975\r\n" for n in range(rows))
    path.write_bytes(("Vorname;Nachname;E-Mail;Geburtsdatum\r\n" + people).encode())
    return path


def everybody(desk: Desk) -> list[str]:
    return sorted(card.name for card in desk.contacts.cards(list(desk.find.contacts().ids)))


@pytest.mark.usefixtures("short_parts")
def test_a_long_table_is_one_preview_one_import_and_one_undo(desk: Desk, tmp_path: Path) -> None:
    source = table(tmp_path / "long.csv", 95)
    preview = desk.importing.preview(source)
    assert [(row.id, row.line, row.kind) for row in preview.rows] == [(n, n + 2, Kind.NEW) for n in range(95)]
    report = desk.importing.carry_out(preview)
    assert (report.read, report.created, report.unchanged) == (95, 95, 0)
    assert everybody(desk) == sorted(f"Vor{n} Nach{n}" for n in range(95))
    assert desk.importing.preview(source).counts == {Kind.UNCHANGED: 95}
    desk.history.undo()
    assert everybody(desk) == []
    desk.history.redo()
    assert len(everybody(desk)) == 95


@pytest.mark.usefixtures("short_parts")
def test_what_a_long_table_changes_is_taken_back_and_done_again_to_the_letter(desk: Desk, tmp_path: Path) -> None:
    source = table(tmp_path / "long.csv", 95)
    desk.importing.carry_out(desk.importing.preview(source))

    def content() -> list[ContactCard]:
        return list(desk.contacts.cards(sorted(desk.find.contacts().ids)))

    before = content()
    source.write_bytes(source.read_bytes().replace(b";n", b";m").replace(b"E-Mail", b"E-Mail 2"))
    preview = desk.importing.preview(source)
    report = desk.importing.carry_out(preview)
    assert (report.created, report.changed) == (0, 95)
    after = content()
    assert {len(card.emails) for card in after} == {2}
    desk.history.undo()
    assert content() == before
    desk.history.redo()
    assert content() == after


@pytest.mark.usefixtures("short_parts")
def test_a_long_file_of_cards_is_one_import(desk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "long.vcf"
    cards = [f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{n}\r\nN:Nach{n};Vor{n};;;\r\nEND:VCARD\r\n" for n in range(90)]
    source.write_text("".join(cards) + "BEGIN:VCARD\r\nEND:VCARD\r\n", newline="")
    preview = desk.importing.preview(source)
    assert [row.line for row in preview.rows] == [5 * n + 1 for n in range(91)], "the lines are those of the file"
    report = desk.importing.carry_out(preview)
    assert (report.created, [problem.line for problem in report.problems]) == (90, [451])
    again = desk.importing.preview(source)
    assert again.counts == {Kind.UNCHANGED: 90, Kind.PROBLEM: 1}


@pytest.mark.usefixtures("short_parts")
def test_a_problem_of_a_long_file_is_told_where_it_stands(desk: Desk, tmp_path: Path) -> None:
    source = table(tmp_path / "long.csv", 95)
    lines = source.read_bytes().split(b"\r\n")
    lines[60] = b'"Anna;Berg'
    source.write_bytes(b"\r\n".join(lines))
    preview = desk.importing.preview(source)
    assert [row.line for row in preview.rows] == list(range(2, 97))
    assert [problem.line for problem in preview.problems] == [61]
    assert preview.step(59) is None
    assert (step := preview.step(94)) is not None
    assert step.card.name == "Vor94 Nach94"


@pytest.mark.usefixtures("short_parts")
def test_a_long_file_can_be_cancelled_while_it_is_read_and_while_it_is_written(desk: Desk, tmp_path: Path) -> None:
    source = table(tmp_path / "long.csv", 95)
    stopped = 0
    for times in count(1, 7):
        try:
            preview = desk.importing.preview(source, progress=Stopping(times))
        except Cancelled:
            stopped += 1
        else:
            break
    assert stopped > 3
    for times in count(1, 7):
        assert everybody(desk) == []
        try:
            desk.importing.carry_out(preview, progress=Stopping(times))
        except Cancelled:
            stopped += 1
        else:
            break
    assert stopped > 6
    assert len(everybody(desk)) == 95


class Stopping(Progress):
    """Is cancelled when it was looked at so many times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self._left = times

    def check(self) -> None:
        self._left -= 1
        if self._left == 0:
            self.cancel()
        super().check()


@pytest.mark.usefixtures("short_parts")
def test_ties_reach_across_a_long_file(desk: Desk, tmp_path: Path) -> None:
    """The first row names the last one as whom it is related to."""
    other = Desk.create(tmp_path / "other.alumnidesk")
    cards = [ContactCard(given_name="Vor", family_name=f"Nach{n:02}") for n in range(95)]
    ids = [other.contacts.add(card).id or 0 for card in cards]
    other.relationships.relate(ids[0], ids[-1], "spouse")
    source = tmp_path / "long.csv"
    other.exporting.write(source, "csv", ids)
    other.close(backup=False)
    desk.importing.carry_out(desk.importing.preview(source))
    (first,) = desk.find.contacts("Nach00").ids
    assert [line.name for line in desk.relationships.of(first)] == ["Vor Nach94"]
    assert desk.importing.preview(source).counts == {Kind.UNCHANGED: 95}


people = st.lists(
    st.tuples(
        st.sampled_from(["", "u1", "u2", "u3"]),
        st.sampled_from(["Anna", "Ulf"]),
        st.sampled_from(["Berg", "Thal"]),
        st.sampled_from(["", "a@post.example", "b@post.example"]),
        st.sampled_from(["", "1975-03-04", "1980-01-02"]),
        st.sampled_from(["", "Kiel", "Husum"]),
    ),
    min_size=2,
    max_size=12,
)


@given(people, st.integers(1, 5))
@settings(max_examples=25, deadline=None, phases=[Phase.generate])
def test_who_somebody_is_does_not_depend_on_how_a_long_file_is_divided(rows: list[tuple[str, ...]], size: int) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        source = Path(name) / "people.csv"
        heading = ("UID", "Vorname", "Nachname", "E-Mail", "Geburtsdatum", "Ort")
        source.write_text("\n".join(map(";".join, (heading, *rows))), "utf-8")
        desk = Desk.create(Path(name) / "a.alumnidesk")
        whole = desk.importing.preview(source)
        patch.setattr(reading, "WHOLE", 0)
        patch.setattr(reading, "AT_ONCE", size)
        divided = desk.importing.preview(source)
        assert list(divided.rows) == list(whole.rows)
        assert list(divided.steps) == list(whole.steps)
        report = desk.importing.carry_out(divided)
        assert (report.created, report.changed) == (
            len({step.proposed for step in whole.steps}),
            whole.counts.get(Kind.CHANGED, 0),
        )
        again = desk.importing.preview(source)
        assert again.counts == {Kind.UNCHANGED: len(rows)}
        desk.close(backup=False)


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
