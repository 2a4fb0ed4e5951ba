"""A CSV file that somebody else keeps stays in its own hand, whatever hand that is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from alumnidesk.errors import BadFile
from alumnidesk.formats.csv_dialect import sniff, table
from alumnidesk.formats.csv_edit import Edits, KeptFile, clean, opened

EXCEL = (
    'Nr;Nachname;"Vorname";Telefon;Bemerkung\r\n'
    '1;Müller;"Anna";0371 555;"sagt ""ja"""\r\n'
    "\r\n"
    '2;Öztürk;"Jürgen"; +49 30 1234 ;\r\n'
    '3;"Weiß; Söhne";"Ö";;"zwei\nZeilen"'
).encode("cp1252")


def file(data: bytes) -> KeptFile:
    return opened(data, "liste.csv")


def rows(data: bytes) -> list[list[str]]:
    read = table(data, sniff(data))
    width = len(read.header)
    return [cells + [""] * (width - len(cells)) for _, cells in read.rows]


def test_only_the_changed_cell_of_an_excel_list_is_other_bytes() -> None:
    new = file(EXCEL).edited(Edits(changed={4: {3: "030 99"}}))
    assert new == EXCEL.replace(b" +49 30 1234 ", b"030 99")


def test_a_cell_keeps_its_quotation_marks_and_gets_them_where_it_needs_them() -> None:
    new = file(EXCEL).edited(Edits(changed={2: {2: "Hanna", 1: "Müller; geb. Kühn", 4: "nein"}}))
    assert new.decode("cp1252").splitlines()[1] == '1;"Müller; geb. Kühn";"Hanna";0371 555;"nein"'


def test_a_new_row_is_written_as_the_others_and_the_end_stays_without_line_end() -> None:
    new = file(EXCEL).edited(Edits(added=[{0: "4", 1: "Ångström", 2: "Åsa"}]))
    assert new == EXCEL + '\r\n4;Ångström;"Åsa";;'.encode("cp1252")


def test_a_new_row_goes_before_the_empty_lines_at_the_end() -> None:
    data = b"Vorname,Nachname\nAnna,Kern\n\n\n"
    assert file(data).edited(Edits(added=[{0: "Bo", 1: "Berg"}])) == b"Vorname,Nachname\nAnna,Kern\nBo,Berg\n\n\n"


def test_a_row_goes_and_the_empty_line_before_it_stays() -> None:
    new = file(EXCEL).edited(Edits(deleted={4}))
    assert new == EXCEL.replace('2;Öztürk;"Jürgen"; +49 30 1234 ;\r\n'.encode("cp1252"), b"")


def test_a_new_column_stands_behind_the_last_heading_in_every_row() -> None:
    data = b"\xef\xbb\xbfListe der Ehemaligen\nVorname\tNachname\tE-Mail\nAnna\tKern\ta@kern.example\nBo\tBerg\n"
    new = file(data).edited(Edits(headings=("AlumniDesk-ID",), changed={4: {3: "u-2"}}))
    assert new == (
        b"\xef\xbb\xbfListe der Ehemaligen\nVorname\tNachname\tE-Mail\tAlumniDesk-ID\n"
        b"Anna\tKern\ta@kern.example\t\nBo\tBerg\t\tu-2\n"
    )


def test_everything_in_quotation_marks_stays_so() -> None:
    data = b'"Vorname","Nachname","Ort"\r\n"Anna","Kern",""\r\n'
    new = file(data).edited(Edits(added=[{0: "Bo"}], headings=("ID",), changed={2: {3: "7"}}))
    assert new == b'"Vorname","Nachname","Ort","ID"\r\n"Anna","Kern","","7"\r\n"Bo","","",""\r\n'


def test_a_list_of_headings_alone_gets_its_first_row() -> None:
    assert file(b"Vorname;Nachname;Ort").edited(Edits(added=[{0: "Bo", 2: "Zug"}])) == (
        b"Vorname;Nachname;Ort\r\nBo;;Zug"
    )


def test_utf_16_as_excel_writes_unicode_text_stays_utf_16() -> None:
    data = "\ufeffVorname\tNachname\r\nJörg\tWeiß\r\n".encode("utf-16-le")
    assert file(data).edited(Edits(changed={2: {0: "Łukasz"}})) == data.replace(
        "Jörg".encode("utf-16-le"), "Łukasz".encode("utf-16-le")
    )


def test_bytes_that_are_no_text_stay_what_they_are() -> None:
    data = b"Vorname;Nachname;Ort\r\nJ\xf6rg;Wei\x81\xdf;Zug\r\nAnna;Kern;Ulm\r\n"
    assert file(data).edited(Edits(changed={2: {2: "Bern"}})) == data.replace(b"Zug", b"Bern")


def test_no_spreadsheet_takes_a_written_text_for_a_formula_and_a_phone_number_keeps_its_plus() -> None:
    new = file(EXCEL).edited(Edits(changed={2: {4: "=1+1", 3: "+49 371 555"}}))
    assert b';+49 371 555;"\'=1+1"' in new
    assert rows(new)[0][3:] == ["+49 371 555", "=1+1"]


def test_what_the_encoding_does_not_have_is_known_before_it_is_written() -> None:
    assert not file(EXCEL).can_hold("Łukasz")
    assert file(EXCEL).can_hold("Jürgen – 5 €")
    assert file(b"Vorname,Nachname\nAnna,Kern\n").can_hold("Łukasz")


def test_the_first_umlaut_of_an_excel_list_is_one_that_excel_reads() -> None:
    plain = b"Vorname;Nachname\r\nAnna;Kern\r\nBo;Berg\r\n"
    umlaut = file(plain).edited(Edits(changed={2: {1: "Müller"}}))
    assert umlaut == plain.replace(b"Kern", "Müller".encode("cp1252"))
    assert file(umlaut).edited(Edits(changed={2: {1: "Kern"}})) == plain
    assert file(plain.replace(b"\r\n", b"\n")).edited(Edits(changed={2: {1: "Müller"}})).decode("utf-8")


def test_a_text_that_would_make_the_file_another_one_is_refused() -> None:
    data = b"Vorname;Nachname\r\nAnna;Kern\r\nBo;Berg\r\n"
    assert file(data).edited(Edits(changed={2: {0: "a,b,c"}}))
    with pytest.raises(BadFile, match="read in another way"):
        file(b"Vorname\nBo\n").edited(Edits(changed={2: {0: "Bo;Kurt"}}))


SAMPLES = [path for path in sorted((Path(__file__).parents[2] / "corpus").glob("*.csv")) if "unclosed" not in path.name]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_files_of_other_programs_stay_as_they_are_and_take_a_new_column(path: Path) -> None:
    stays_and_takes_a_column(path.read_bytes())


def test_real_files_stay_as_they_are_and_take_a_new_column(corpus: Path) -> None:
    for path in sorted(corpus.rglob("*.csv")):
        stays_and_takes_a_column(path.read_bytes())


def stays_and_takes_a_column(data: bytes) -> None:
    kept = file(data)
    same = {line: dict(enumerate(cells)) for line, cells in kept.table.rows}
    assert kept.edited(Edits(changed=same)) == kept.data
    rows, width = kept.table.rows, len(kept.table.header)
    if not rows:
        return
    new = kept.edited(Edits(headings=("AlumniDesk-ID",), changed={rows[0][0]: {width: "u"}}))
    again = file(new)
    assert again.table.header == (*kept.table.header, "AlumniDesk-ID")
    assert [cells[:width] for _, cells in again.table.rows] == [cells[:width] for _, cells in rows]
    assert again.table.rows[0][1][width] == "u"


# Any file ----------------------------------------------------------------------------------------------------------

_SIGNS = st.sampled_from("aZ9äöß\"';,\t|=+-@ \n")
_TEXT = st.text(_SIGNS, max_size=8)


@st.composite
def kept_files(draw: st.DrawFn) -> bytes:
    """Rows in any hand: quotation marks by chance, ragged, with empty lines, with or without the last line end."""
    delimiter = draw(st.sampled_from(";,\t|"))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))
    line_end = draw(st.sampled_from(["\r\n", "\n", "\r"]))

    def written(text: str) -> str:
        plain = not any(sign in text for sign in '"\r\n' + delimiter)
        return text if plain and draw(st.booleans()) else '"' + text.replace('"', '""') + '"'

    lines = [delimiter.join(map(written, ("Vorname", "Nachname", "Ort")))]
    for _ in range(draw(st.integers(0, 4))):
        lines.append(delimiter.join(map(written, draw(st.lists(_TEXT, max_size=4)))))
    text = line_end.join(lines) + draw(st.sampled_from(["", line_end, line_end * 2]))
    return text.encode(encoding)


@settings(max_examples=60, deadline=None)
@given(kept_files())
def test_what_is_written_back_unchanged_is_the_same_byte_by_byte(data: bytes) -> None:
    kept = file(data)
    assume(not kept.table.problems)
    same = {line: dict(enumerate(cells)) for line, cells in kept.table.rows}
    assert kept.edited(Edits(changed=same)) == data


@settings(max_examples=60, deadline=None)
@given(kept_files(), st.data())
def test_a_changed_cell_is_the_only_one_that_reads_differently(data: bytes, choice: st.DataObject) -> None:
    kept = file(data)
    assume(kept.table.rows and not kept.table.problems and kept.dialect.header_row == 1)
    before = rows(data)
    at = choice.draw(st.integers(0, len(before) - 1))
    column = choice.draw(st.integers(0, len(kept.table.header) - 1))
    text = clean(choice.draw(_TEXT))
    assume(kept.can_hold(text))
    try:
        new = kept.edited(Edits(changed={kept.table.rows[at][0]: {column: text}}))
    except BadFile:
        return  # another dialect would be seen in the new file
    before[at][column] = text
    assert rows(new) == [row for row in before if any(row)]


@settings(max_examples=60, deadline=None)
@given(kept_files(), st.data())
def test_rows_come_and_go_and_the_others_read_as_before(data: bytes, choice: st.DataObject) -> None:
    kept = file(data)
    assume(not kept.table.problems and kept.dialect.header_row == 1)
    lines = [line for line, _ in kept.table.rows]
    gone = choice.draw(st.sets(st.sampled_from(lines))) if lines else set()
    text = clean(choice.draw(_TEXT.filter(str.strip)))
    try:
        new = kept.edited(Edits(deleted=gone, added=[{0: text, 3: "u-1"}], headings=("AlumniDesk-ID",)))
    except BadFile:
        return
    width = len(kept.table.header)
    assume(width == 3)
    left = [cells + [""] * (3 - len(cells)) for line, cells in kept.table.rows if line not in gone]
    assert rows(new) == [*([*cells[:3], "", *cells[3:]] for cells in left), [text, "", "", "u-1"]]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60).map(lambda end: b"Vorname;Nachname;Ort\r\n" + end))
def test_any_bytes_stay_as_they_are_or_are_refused(data: bytes) -> None:
    kept = file(data)
    same = {line: dict(enumerate(cells)) for line, cells in kept.table.rows if "\ufffd" not in "".join(cells)}
    try:
        new = kept.edited(Edits(changed=same))
    except BadFile:
        return
    assert new == data
