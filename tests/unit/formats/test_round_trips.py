"""What we write, we read back as it was: any contact, in each format that promises to lose nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.formats import strategies

from alumnidesk.domain.cards import Address, ContactCard, Email, Foreign, Link, Phone
from alumnidesk.domain.records import as_card
from alumnidesk.formats import csv, vcard


def from_csv(data: bytes) -> list[ContactCard]:
    table = csv.table(data, csv.sniff(data))
    reading = csv.read(table, csv.guess_mapping(table.header, strategies.OWN_NAMES))
    assert not reading.problems
    assert not [record for record in reading.records if record.problems]
    cards = [as_card(record) for record in reading.records]
    return [replace(card, own=tuple(sorted(card.own, key=lambda own: own.field))) for card in cards]


def from_vcard(data: bytes) -> list[ContactCard]:
    reading = vcard.read(data)
    assert not reading.problems
    assert {problem.text for record in reading.records for problem in record.problems} <= {"PHOTO"}
    return [as_card(record) for record in reading.records]


@pytest.mark.parametrize("preset", ["neutral", "excel"])
@given(cards=st.lists(strategies.cards(), min_size=1, max_size=2))
@settings(deadline=None, max_examples=40)
def test_our_own_table_loses_nothing(preset: str, cards: list[ContactCard]) -> None:
    assert from_csv(b"".join(csv.write(cards, preset))) == cards


@pytest.mark.parametrize("version", vcard.VERSIONS)
@given(cards=st.lists(strategies.cards(), min_size=1, max_size=2))
@settings(deadline=None, max_examples=40)
def test_vcard_loses_nothing(version: str, cards: list[ContactCard]) -> None:
    assert from_vcard(b"".join(vcard.write_all(cards, version))) == cards


@given(card=strategies.cards(), version=st.sampled_from(vcard.VERSIONS))
@settings(deadline=None, max_examples=40)
def test_no_written_line_is_longer_than_75_octets(card: ContactCard, version: str) -> None:
    lines = vcard.write(card, version).encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)  # no character is divided
    assert not any(b"\n" in line or b"\r" in line for line in lines)


# Lines behind values -----------------------------------------------------------------------------------------------

SAMPLES = Path(__file__).parent.parent.parent / "corpus"


@pytest.mark.parametrize("version", vcard.VERSIONS)
@pytest.mark.parametrize("name", ["iphone.vcf", "outlook-21.vcf", "thunderbird-40.vcf"])
def test_cards_of_other_programs_go_out_as_they_came(name: str, version: str) -> None:
    card = from_vcard((SAMPLES / name).read_bytes())[0]
    (again,) = from_vcard(vcard.write(card, version).encode())
    assert sorted(map(str, again.foreign)) == sorted(map(str, card.foreign))
    for attribute in ("emails", "phones", "addresses", "links", "tags", "uid", "family_name", "birth_date", "remark"):
        assert getattr(again, attribute) == getattr(card, attribute)


def test_a_line_with_an_unknown_parameter_goes_back_as_it_came() -> None:
    card = from_vcard(b"BEGIN:VCARD\nN:X;Y\nTEL;TYPE=CELL;X-SIM=2:0170 1\nEND:VCARD\n")[0]
    assert "TEL;TYPE=CELL;X-SIM=2:0170 1\r\n" in vcard.write(card)
    assert vcard.write(card).count("TEL") == 1


def test_a_changed_value_replaces_its_line() -> None:
    card = from_vcard(b"BEGIN:VCARD\nN:X;Y\nTEL;TYPE=CELL;X-SIM=2:0170 1\nEND:VCARD\n")[0]
    changed = vcard.write(ContactCard(family_name="X", phones=(Phone("0170 2", "mobile"),), foreign=card.foreign))
    assert "TEL;TYPE=CELL:0170 2\r\n" in changed
    assert changed.count("TEL") == 1


def test_a_name_line_of_its_own_stays_until_the_name_changes() -> None:
    card = from_vcard(b"BEGIN:VCARD\nN:Meier;Hanna\nFN:Tante Hanna\nEND:VCARD\n")[0]
    assert "FN:Tante Hanna\r\n" in vcard.write(card)
    renamed = ContactCard(given_name="Hanna", family_name="Schmidt", foreign=card.foreign)
    assert "FN:Hanna Schmidt\r\n" in vcard.write(renamed)


@pytest.mark.parametrize(
    "lines",
    [
        ["N:Meier;Hanna;Rosa;Dr.;jun.", "FN:Dr. Hanna Rosa Meier jun."],
        ["N:Meier;Hanna;;;", "FN:Hanna Meier", "FN:Tante Hanna"],
        ["N:Meier;Hanna;;;", "FN;PREF=1:Hanna Meier"],
        ["FN:Meier, Hanna"],
        ["FN:Hanna Meier", "FN:Tante Hanna"],
        ["N:;;;;", "FN:Lindenhof", "ORG:Lindenhof", "NICKNAME:Linde"],
        ["N:Hof;Linden;;;", "FN:Lindenhof", "ORG:Lindenhof"],
        ["N:X;Y", "ADR;TYPE=HOME:;;Weg 1;Kiel;;24103;Deutschland"],
        ["N:X;Y", "a.URL:https://x.example", "a.X-ABLabel:_$!<HomePage>!$_"],
        ["N:X;Y", "a.TEL:0371 1", "a.X-ABLabel:_$!<Work>!$_"],
        ["N:X;Y", "LANG;PREF=1:sv"],
        ["N:X;Y", "NICKNAME:Jo,Hanni"],
        ["N:X;Y", "UID:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1"],
        ["N:X;Y", "UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1"],
        ["N:X;Y", "BDAY:0000-00-00"],
        ["N:X;Y", "X-GOOGLE TALK;TYPE=WORK:x@chat.example"],
        ["N:X;Y", "a.TEL;TYPE=CELL:by pigeon", "a.X-ABLabel:Taube"],
        ["N:X;Y", "EMAIL;TYPE=WORK:not known yet"],
        ["X-KNOWN-TO-NOBODY:1"],
        ["LABEL;TYPE=WORK:Weg 1\\nKiel", "UID:x-1"],
    ],
)
@pytest.mark.parametrize("version", vcard.VERSIONS)
def test_another_spelling_of_what_we_understand_goes_back_as_it_came(version: str, lines: list[str]) -> None:
    def read(text: str) -> ContactCard:
        (record,) = vcard.read(text.encode()).records
        return as_card(record)

    written = vcard.write(read("\r\n".join(("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""))), version)
    assert [line for line in lines if line not in ("N:;;;;", "N:X;Y") and f"{line}\r\n" not in written] == []
    assert vcard.write(read(written), version) == written


def test_a_full_name_that_nobody_bears_any_more_goes() -> None:
    card = from_vcard(b"BEGIN:VCARD\nN:Meier;Hanna;;Dr.;\nFN:Dr. Hanna Meier\nEND:VCARD\n")[0]
    assert "FN:Dr. Hanna Meier\r\n" in vcard.write(card)
    assert "FN:Hanna Schmidt\r\n" in vcard.write(replace(card, family_name="Schmidt"))


def test_what_somebody_types_cannot_end_a_card_or_begin_a_line() -> None:
    evil = "x\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Eve"
    card = ContactCard(
        family_name=evil,
        remark=evil,
        foreign=(Foreign("vcard", "X", "X-A:" + evil),),
        uid=evil,
        phones=(Phone(evil, evil),),
        addresses=(Address(street="s", care_of=evil, house_number=evil),),
    )
    assert len(vcard.read(vcard.write(card).encode()).records) == 1


def test_a_contact_without_a_name_has_a_full_name_line_all_the_same() -> None:
    for card in (
        ContactCard(emails=(Email("a@x.example"),)),
        ContactCard(phones=(Phone("0371 1"),)),
    ):
        text = vcard.write(card)
        assert "\r\nFN:" in text
        assert from_vcard(text.encode()) == [card]


def test_a_card_of_nobody_in_particular_gets_a_name_and_is_known_again() -> None:
    lines = b"BEGIN:VCARD\r\nURL:https://x.example\r\nEND:VCARD\r\n"
    first, again, other = vcard.read(lines + lines + lines.replace(b"x.example", b"y.example")).records
    assert (first.values, first.links) == ({"family_name": "?"}, (Link("https://x.example"),))
    assert [str(problem.why) for problem in first.problems] == ["This card has no name; “?” stands for it."]
    assert first.uid == again.uid != other.uid
    (back,) = vcard.read(vcard.write(as_card(first)).encode()).records
    assert as_card(back) == as_card(first)


def test_version_two_is_not_written() -> None:
    with pytest.raises(ValueError, match=r"2\.1"):
        vcard.write(ContactCard(family_name="X"), "2.1")
