"""vCard files that are damaged, hostile or huge: what can be read is read, the rest is told, and nothing takes long."""

from __future__ import annotations

import base64
import struct
import time

import pytest

from alumnidesk.domain.records import ContactRecord
from alumnidesk.formats import vcard

GUESSED = "The characters of this line are not in the encoding that the file claims; please look at them."
TOO_LONG = "This value is too long, probably a big picture, and was skipped."


def card(*lines: str, version: str = "3.0") -> bytes:
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", "")).encode()


def only(data: bytes) -> ContactRecord:
    reading = vcard.read(data)
    assert reading.problems == ()
    (record,) = reading.records
    for text in (*record.values.values(), *(kept.raw for kept in record.foreign)):
        text.encode()  # no half character, which no data file could hold
    return record


def remarks(record: ContactRecord) -> list[tuple[int, str]]:
    return [(problem.line, str(problem.why)) for problem in record.problems]


# Size ----------------------------------------------------------------------------------------------------------------

_LINES = ["A" * 74] * (8_000_000 // 74)
HUGE_PHOTOS = {
    "one line": card("N:X;Y", "PHOTO;ENCODING=b;TYPE=JPEG:" + "".join(_LINES), "TEL:1"),
    "folded": card("N:X;Y", "PHOTO;ENCODING=b;TYPE=JPEG:" + "\r\n ".join(_LINES), "TEL:1"),
    "not indented": card("N:X;Y", "PHOTO;BASE64:" + "\r\n".join(_LINES), "", "TEL:1", version="2.1"),
    "data address": card("N:X;Y", "PHOTO:data:image/jpeg;base64," + "\r\n ".join(_LINES), "TEL:1", version="4.0"),
}


@pytest.mark.parametrize("written", HUGE_PHOTOS)
def test_a_photo_of_eight_megabytes_is_skipped_with_a_notice_and_the_rest_comes_in(written: str) -> None:
    began = time.process_time()
    record = only(HUGE_PHOTOS[written])
    assert time.process_time() - began < 2.5
    assert remarks(record) == [(4, TOO_LONG)]
    assert [phone.number for phone in record.phones] == ["1"]
    assert not record.photo
    assert not record.foreign


def test_a_picture_of_a_billion_points_is_never_opened_and_kept_as_it_came() -> None:
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 30_000, 30_000) + b"\x08\x06\0\0\0"
    line = f"PHOTO;ENCODING=b;TYPE=PNG:{base64.b64encode(head).decode()}"
    record = only(card("N:X;Y", line))
    assert not record.photo
    assert [kept.raw for kept in record.foreign] == [line]
    assert "30,000 × 30,000" in str(record.problems[0].why)


@pytest.mark.parametrize("lines", [b"b=\n", b"=C3=BC=\n"])
def test_seven_hundred_thousand_soft_line_breaks_take_no_time_to_speak_of(lines: bytes) -> None:
    data = b"BEGIN:VCARD\nN:X;Y\nNOTE;ENCODING=QUOTED-PRINTABLE:a=\n" + lines * 700_000 + b"\nEND:VCARD\n"
    began = time.process_time()
    record = only(data)
    assert time.process_time() - began < 4
    # two bytes of UTF-8 in each line make more than a value may have
    assert len(record.values["remark"]) == 700_001 if lines == b"b=\n" else remarks(record) == [(3, TOO_LONG)]


def test_cards_in_cards_in_cards_are_refused_quickly_and_lose_nobody() -> None:
    began = time.process_time()
    reading = vcard.read(b"BEGIN:VCARD\nN:X;Y\nAGENT:\n" * 5000 + b"END:VCARD\n" * 5000 + card("N:Last;Anna"))
    assert time.process_time() - began < 5
    assert reading.records[-1].values["family_name"] == "Last"
    assert all(problem.line for problem in reading.problems)


# Text that is not what it claims -------------------------------------------------------------------------------------


def test_damaged_quoted_printable_is_told_and_what_is_legible_stays() -> None:
    record = only(b"BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE:M=ZZ=FFller;Anna\nTEL:1\nEND:VCARD\n")
    assert record.values["given_name"] == "Anna"
    assert remarks(record) == [(3, "The quoted-printable text of this line is damaged.")]


@pytest.mark.parametrize(
    "charset", [b"KLINGON", b"", b"idna", b"hex", b"rot13", b"base64", b"zlib", b"../../etc", b"'"]
)
def test_a_charset_that_nobody_knows_or_that_is_none_is_told_and_the_text_read_as_utf_8(charset: bytes) -> None:
    record = only(b"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=%b:M\xc3\xbcller;Anna\nEND:VCARD\n" % charset)
    assert record.values["family_name"] == "Müller"
    assert remarks(record) == ([(3, GUESSED)] if charset else [])


def test_another_charset_than_the_one_that_is_named_is_guessed_and_told() -> None:
    record = only(b"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8:M\xfcller;Anna\nNOTE:ok\nEND:VCARD\n")
    assert record.values["family_name"] == "Müller"
    assert remarks(record) == [(3, GUESSED)]


HALF = "\ud800"


@pytest.mark.parametrize(
    "data",
    [
        f"BEGIN:VCARD\nN:Mül{HALF}ler;Anna\nEND:VCARD\n".encode("utf-8", "surrogatepass"),
        f"BEGIN:VCARD\nN:Mül{HALF}ler;Anna\nEND:VCARD\n".encode("utf-16-le", "surrogatepass"),
        b"BEGIN:VCARD\nN;CHARSET=utf-7:M+APw-l+2AA-ler;Anna\nEND:VCARD\n",
        b"BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:M=C3=BCl=ED=A0=80ler;Anna\nEND:VCARD\n",
    ],
)
def test_half_a_character_goes_with_a_notice_and_nothing_else_of_its_line(data: bytes) -> None:
    record = only(data)
    assert record.values == {"family_name": "Müller", "given_name": "Anna"}
    assert remarks(record) == [(2, GUESSED)]


def test_a_character_in_two_halves_as_old_programs_write_it_is_put_together() -> None:
    record = only(b"BEGIN:VCARD\nN:M\xc3\xbcller;\xed\xa0\xbd\xed\xb8\x80\nEND:VCARD\n")
    assert record.values == {"family_name": "Müller", "given_name": "😀"}


def test_marks_of_direction_stay_as_typed() -> None:
    assert only(card("N:\u202eMuster;\u2067Anna\u2069")).values == {
        "family_name": "\u202eMuster",
        "given_name": "\u2067Anna\u2069",
    }


# Files of many kinds -------------------------------------------------------------------------------------------------


def test_versions_line_ends_and_charsets_may_differ_from_card_to_card() -> None:
    data = (
        b"BEGIN:VCARD\rVERSION:2.1\rN;CHARSET=ISO-8859-1:Gro\xdf;A\rTEL;CELL:1\rEND:VCARD\r"
        b"begin:vcard\r\nVERSION:3.0\r\nN:Zw\xc3\xb6i;B\r\nTEL;TYPE=CELL:2\r\nend:vcard\r\n"
        b"BEGIN:VCARD\nVERSION:4.0\nFN:Drei C\nTEL;VALUE=uri;TYPE=cell:tel:3\nEND:VCARD\n"
        b"\n\nBEGIN:VCARD\nTEL:4\nEND:VCARD"
    )
    reading = vcard.read(b"\xef\xbb\xbf" + data)
    assert reading.problems == ()
    assert [record.values.get("family_name", "") for record in reading.records] == ["Groß", "Zwöi", "C", ""]
    assert [(p.number, p.label) for r in reading.records for p in r.phones] == [
        ("1", "mobile"),
        ("2", "mobile"),
        ("3", "mobile"),
        ("4", ""),
    ]


def test_one_bad_card_among_good_ones_is_named_with_its_line_and_its_text() -> None:
    bad = b"BEGIN:VCARD\nVERSION:3.0\nUID:only-an-identity\nEND:VCARD\n"
    reading = vcard.read(card("N:Eins;A") + bad + card("N:Zwei;B"))
    assert [record.values["family_name"] for record in reading.records] == ["Eins", "Zwei"]
    (problem,) = reading.problems
    assert (problem.line, problem.severe) == (5, True)
    assert problem.text == "VERSION:3.0\nUID:only-an-identity"
