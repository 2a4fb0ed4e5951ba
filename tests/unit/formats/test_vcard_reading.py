"""vCards of phones and programs, whole and broken, made records; every sample file was invented for these tests."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vobject import base

from alumnidesk.domain.cards import Address, Email, Foreign, Link, Phone
from alumnidesk.domain.records import ContactRecord, as_card
from alumnidesk.formats import vcard, vcard_heads, vcard_lines
from alumnidesk.formats.vcard_lines import RawCard

SAMPLES = Path(__file__).parent.parent.parent / "corpus"


def sample(name: str) -> ContactRecord:
    return only((SAMPLES / name).read_bytes())


def only(data: bytes) -> ContactRecord:
    reading = vcard.read(data)
    assert reading.problems == ()
    assert len(reading.records) == 1
    return reading.records[0]


def card(*lines: str, version: str = "3.0") -> bytes:
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", "")).encode()


def test_a_card_of_an_iphone_comes_in_whole() -> None:
    record = sample("iphone.vcf")
    assert record.values == {
        "family_name": "Grünwald",
        "given_name": "Jördis",
        "additional_names": "Marie",
        "title": "Dr.",
        "call_name": "Jo",
        "organisation": "Bildungswerk Lindenhof, Haus 2",
        "department": "Verwaltung",
        "position": "Leiterin",
        "remark": "Erste Zeile\nZweite, mit Komma; und Semikolon",
        "birth_date": "1975-03-02",
    }
    assert record.emails == (
        Email("joerdis@gruenwald.example", "home", preferred=True),
        Email("jo@ferienhaus.example", "Ferienhaus"),
    )
    assert record.phones == (Phone("+49 170 1234567", "mobile", preferred=True), Phone("0371 998878", "fax_home"))
    assert record.addresses == (
        Address(street="Amselweg 4", town="Chemnitz", postcode="09111", country="DE", label="home", preferred=True),
    )
    assert record.links == (Link("https://gruenwald.example/?a,b", "HomePage"),)
    kept = {f.name for f in record.foreign if f.source == "vcard"}
    assert kept == {"X-SOCIALPROFILE", "PHOTO", "X-ABADR"}
    assert [problem.text for problem in record.problems] == ["PHOTO"]  # its picture is cut off


def test_a_card_of_old_outlook_comes_in_whole() -> None:
    record = sample("outlook-21.vcf")
    assert (record.values["given_name"], record.values["family_name"]) == ("Jürgen", "Weiß")
    assert record.values["organisation"] == "Förderverein; Haus 2"
    assert record.values["department"] == "Vorstand"
    assert record.values["remark"] == "Mag Kaffee, Tee\nund Kuchen"
    assert record.phones == (Phone("0351 1234", "work"), Phone("0170 99", "mobile"))
    assert record.addresses == (
        Address(
            street="Straße 1\nHinterhaus", town="Dresden", postcode="01067", country="DE", label="home", preferred=True
        ),
    )
    assert record.emails == (Email("juergen@weiss.example", preferred=True),)
    kept = {f.name: f.raw for f in record.foreign}
    assert "Helfer\\;Hanna" in kept["AGENT"]
    assert kept["LABEL"] == "LABEL;TYPE=HOME:Straße 1\\n01067 Dresden"
    assert kept["PHOTO"].startswith("PHOTO;TYPE=JPEG;ENCODING=b:/9j/4AAQ")


def test_a_card_of_version_four_comes_in_whole() -> None:
    record = sample("thunderbird-40.vcf")
    assert record.uid == "4fbe8971-0bc3-424c-9c26-36c3e1eff6b1"
    assert record.values["birth_date"] == "--03-02"
    assert (record.values["deceased"], record.values["deceased_on"]) == ("1", "2020")
    assert record.values["language"] == "sv"
    assert record.emails == (Email("asa@oberg.example", preferred=True), Email("asa@arbete.example", "work"))
    assert record.phones == (Phone("+46-8-123-456", "work"),)
    assert record.tags == ("Alumni", "Kör, sopran")
    assert {f.name for f in record.foreign if f.source == "vcard"} == {"PHOTO", "X-CUSTOM1"}


def test_text_after_a_comma_is_never_lost() -> None:
    record = only(card("FN:A", "NOTE:Hello, world", "URL:http://x.example/?a,b", "X-FOO:a,b", "TITLE:x, y; z"))
    assert record.values["remark"] == "Hello, world"
    assert record.links == (Link("http://x.example/?a,b"),)
    assert record.values["position"] == "x, y; z"
    assert record.foreign == (Foreign("vcard", "X-FOO", "X-FOO:a,b"),)


def test_gender_is_never_guessed() -> None:
    record = only(card("N:Muster;Anna", "GENDER:F", version="4.0"))
    assert "gender_form" not in record.values
    assert record.foreign == (Foreign("vcard", "GENDER", "GENDER:F"),)


def test_an_organisation_is_one() -> None:
    for lines in (
        ["ORG:Lindenhof", "FN:Lindenhof"],
        ["KIND:org", "FN:Lindenhof"],
        ["X-ABShowAs:COMPANY", "ORG:Lindenhof"],
    ):
        made = as_card(only(card(*lines)))
        assert (made.kind, made.organisation, made.family_name) == ("organisation", "Lindenhof", "")


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_any_line_end_and_encoding_is_read(end: bytes, encoding: str) -> None:
    text = card("N:Groß;Jürgen", "NOTE:geht").decode().replace("\r\n", end.decode())
    reading = vcard.read(text.encode(encoding))
    assert [r.values["family_name"] for r in reading.records] == ["Groß"]
    assert reading.problems == ()


def test_a_fold_in_the_middle_of_a_character_is_joined() -> None:
    assert only(b"BEGIN:VCARD\nN:M\xc3\n \xbcller;Anna\nEND:VCARD\n").values["family_name"] == "Müller"


def test_an_apple_birthday_without_year_has_none() -> None:
    record = only(card("N:X;Y", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-02"))
    assert record.values["birth_date"] == "--03-02"


def test_a_birthday_in_words_is_kept() -> None:
    record = only(card("N:X;Y", "BDAY;VALUE=text:circa 1800"))
    assert "birth_date" not in record.values
    assert [f.name for f in record.foreign] == ["BDAY"]


# Damage ------------------------------------------------------------------------------------------------------------


def test_broken_cards_are_problems_with_their_lines_and_the_others_come_in() -> None:
    reading = vcard.read((SAMPLES / "broken.vcf").read_bytes())
    assert [(r.line, r.values.get("family_name")) for r in reading.records] == [
        (2, "Person"),
        (8, "Ende"),
        (11, "Dritte"),
    ]
    first, second, third = reading.records
    assert [(p.line, p.text) for p in first.problems if "no property" in str(p.why)] == [(5, "this line is nothing")]
    assert [p.line for p in first.problems] == [5, 6]
    assert first.values["remark"].endswith("kaputt")
    assert len(second.problems) == 1
    assert third.foreign == (Foreign("vcard", "X-MESSAGING/XMPP-ALL", "X-messaging/xmpp-All:dritte@chat.example"),)
    assert [(p.line, p.severe) for p in reading.problems] == [(2, False), (16, True)]


def test_thousands_of_nested_cards_are_refused_quickly() -> None:
    began = time.perf_counter()
    reading = vcard.read(b"BEGIN:VCARD\n" * 5000 + b"FN:Anna\n" + b"END:VCARD\n" * 5000)
    assert time.perf_counter() - began < 5
    assert [r.values["family_name"] for r in reading.records] == ["Anna"]
    assert sum(p.severe for p in reading.problems) == 4999


def test_thousands_of_nested_agents_are_refused_quickly() -> None:
    began = time.perf_counter()
    vcard.read(b"BEGIN:VCARD\nAGENT:\n" * 5000 + b"FN:Anna\n" + b"END:VCARD\n" * 5000)
    assert time.perf_counter() - began < 10


def test_seven_hundred_thousand_folded_lines_are_read_in_two_seconds() -> None:
    data = b"BEGIN:VCARD\nN:X;Y\nNOTE:a\n" + b" b\n" * 700_000 + b"END:VCARD\n"
    began = time.process_time()
    record = only(data)
    assert time.process_time() - began < 2
    assert len(record.values["remark"]) == 700_001


def test_a_head_full_of_semicolons_takes_no_time() -> None:
    began = time.perf_counter()
    vcard.read(card("N:X;Y", "TEL" + ";" * 900 + "é:1", "TEL;" + "a=" * 400 + '"' + ":1"))
    assert time.perf_counter() - began < 2


def test_nul_characters_are_removed() -> None:
    reading = vcard.read(card("N:X\0;Y", "NOTE:a\0b"))
    assert "\0" not in repr(reading.records[0].values)
    assert reading.records[0].problems


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_an_error(data: bytes) -> None:
    vcard.read(data)
    vcard.read(b"BEGIN:VCARD\n" + data + b"\nEND:VCARD\n")


HEADS = [
    "TEL",
    "TEL;CELL",
    "item1.TEL",
    "ADR;TYPE=home,work",
    'N;X="a:b"',
    "X-A;B=C;D",
    "NOTE;ENCODING=QUOTED-PRINTABLE",
    "FN;CHARSET=iso-8859-1",
    "PHOTO;BASE64",
    "PHOTO;ENCODING=b",
    "AGENT",
    "x_y",
    "no property",
    "A.B.C",
    "é",
    "",
]


@given(st.lists(st.tuples(st.sampled_from(HEADS), st.text(max_size=30)), max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_the_short_way_and_the_careful_way_read_the_same(lines: list[tuple[str, str]], end: str) -> None:
    data = end.join(f"{head}:{value}" for head, value in lines).encode("utf-8", "replace")
    raw = RawCard(1, b"\n" + vcard_lines.plain_bytes(data) + b"\n")
    short = vcard_lines._short_way(raw.block)
    if short is not None:
        careful, problems = vcard_lines.numbered_lines(raw)
        assert problems == []
        assert [line._replace(number=0) for line in careful] == short


@given(
    st.sampled_from(HEADS), st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=40)
)
def test_a_remembered_head_says_what_vobject_says_of_the_whole_line(head: str, value: str) -> None:
    try:
        name, params, rest, group = base.parseLine(f"{head}:{value}")
    except base.ParseError:
        assert vcard_heads.head_of(head) is None
        return
    lexed = vcard_heads.head_of(head)
    assert lexed is not None
    assert (lexed.name, lexed.group, rest) == (name.upper(), group or "", value)
    assert lexed.types >= {
        word.upper() for key, *values in params for word in (values if key == "TYPE" else []) if word != "VOICE"
    } - {"PREF"}
