"""LDIF in and out: Thunderbird's address book and whatever else directories write."""

from __future__ import annotations

import base64
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alumnidesk.domain.cards import Address, ContactCard, Email, Link, Phone
from alumnidesk.domain.records import ContactRecord, Reading, as_card
from alumnidesk.formats import csv, ldif, ldif_write
from alumnidesk.formats.detect import detect
from alumnidesk.i18n import Language

ENGLISH = Language("en")

THUNDERBIRD = """dn:: Y249w4VzYSDDlmJlcmcsbWFpbD1hc2FAbWFpbC5leGFtcGxl
objectclass: top
objectclass: person
objectclass: mozillaAbPersonAlpha
givenName:: w4VzYQ==
sn:: w5ZiZXJn
cn:: w4VzYSDDlmJlcmc=
mail: asa@mail.example
mozillaSecondEmail: asa.oberg@work.example
modifytimestamp: 1700000000
telephoneNumber: +46 31 123 45
homePhone: 031-987
mobile: 0701 234
mozillaHomeStreet: Storgatan 5
mozillaHomeLocalityName: Lund
mozillaHomePostalCode: 222 22
mozillaHomeCountryName: Sverige
o: Lindenhof
title: Rektor
birthyear: 1975
birthmonth: 3
birthday: 2
mozillaCustom1: Chor
description:: UmFkIDEKUmFkIDI=

dn: cn=Chor,mail=chor
objectclass: top
objectclass: groupOfNames
cn: Chor
member: cn=A
member: cn=B
"""


def read(data: bytes | str) -> Reading:
    book = ldif.read(data.encode() if isinstance(data, str) else data)
    return csv.read(book.table, book.mapping)


def only(data: bytes | str) -> ContactRecord:
    (record,) = read(data).records
    return record


def entry(*lines: str) -> str:
    return "\n".join(("dn: cn=x", "objectclass: person", *lines, ""))


def problems(reading: Reading) -> list[str]:
    return [ENGLISH(problem.why) for problem in reading.problems]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_entry_of_thunderbird_becomes_a_contact_and_a_list_a_problem(newline: str, encoding: str) -> None:
    reading = read(THUNDERBIRD.replace("\n", newline).encode(encoding))
    (record,) = reading.records
    assert record.line == 1
    assert as_card(replace(record, foreign=())) == ContactCard(
        given_name="Åsa",
        family_name="Öberg",
        organisation="Lindenhof",
        position="Rektor",
        birth_date="1975-03-02",
        remark="Rad 1\nRad 2",
        emails=(Email("asa@mail.example"), Email("asa.oberg@work.example")),
        phones=(
            Phone("+46 31 123 45", "work"),
            Phone("031-987", "home"),
            Phone("0701 234", "mobile"),
        ),
        addresses=(Address(street="Storgatan 5", postcode="222 22", town="Lund", country="SE", label="home"),),
    )
    assert [(kept.name, kept.raw) for kept in record.foreign] == [("mozillacustom1", "Chor")]
    assert problems(reading) == ["“Chor” is a list of 2 people, not a contact; lists are not read."]
    assert reading.problems[0].severe
    assert reading.problems[0].line == 26


def test_several_values_of_an_attribute_become_several_emails_phones_and_links() -> None:
    record = only(
        entry(
            "cn: Anna Berg", "mail: a@b.example", "mail: a2@b.example", "mail: a3@b.example", "mobile: 0171 1",
            "mobile: 0171 2", "labeledURI: http://b.example Her page", "ou: First", "ou: Second",
        )
    )  # fmt: skip
    assert [email.address for email in record.emails] == ["a@b.example", "a2@b.example", "a3@b.example"]
    assert [(phone.number, phone.label) for phone in record.phones] == [("0171 1", "mobile"), ("0171 2", "mobile")]
    assert [link.url for link in record.links] == ["http://b.example"]
    assert record.values["department"] == "First"
    assert [(kept.name, kept.raw) for kept in record.foreign] == [("ou 2", "Second"), ("labeleduri label", "Her page")]


def test_folded_lines_comments_options_and_old_letters() -> None:
    data = (
        b"version: 1\n# a comment\n  that goes on\n\ndn: cn=x\ncn;lang-de: J\xfcrgen\n  Gro\xdf\nMAIL : x\n"
        b"sn: Gro\n \xc3\n \x9f\ngivenName:J\xc3\xbcrgen\n"
    )
    reading = read(data)
    assert reading.records[0].values["family_name"] == "Groß", "the fold may stand in the middle of a character"
    assert reading.records[0].values["given_name"] == "Jürgen"
    assert "1 value is not written in UTF-8; please look at its umlauts." in map(ENGLISH, reading.notes)
    assert problems(reading) == ["This line has no attribute before a colon; it was left out."]
    assert reading.problems[0].line == 8


def test_what_is_no_text_is_said_and_passwords_are_not_kept() -> None:
    reading = read(
        entry(
            "cn: Anna Berg", "userPassword: secret", "cert;binary:: " + base64.b64encode(b"\0\1").decode(),
            "sn:: %%%", "jpegPhoto:: AAAA", "secretKey:< file:///etc/passwd",
        )
    )  # fmt: skip
    said = problems(reading)
    assert said == [
        "“cert” is no text, or far too long; it was left out.",
        "The Base64 text of “sn” is damaged; it was kept as it is.",
        "The picture could not be used.",
    ]
    assert not any(problem.severe for problem in reading.problems)
    kept = {f.name: f.raw for f in reading.records[0].foreign}
    assert kept == {"secretkey": "file:///etc/passwd", "cn": "Anna Berg"}, "a file that is named is not opened"


def test_a_picture_comes_with_the_contact() -> None:
    png = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    book = ldif.read(entry("cn: Anna", f"jpegPhoto:: {base64.b64encode(png).decode()}").encode())
    assert book.photos == {1: png}


def test_folders_and_changes_of_a_directory_are_no_contacts() -> None:
    data = (
        "dn: ou=people\nobjectclass: organizationalUnit\nou: people\n\n"
        "dn: cn=Anna\nchangetype: delete\n\ndn: cn=Bo\nchangetype: add\ncn: Bo Ek\n"
    )
    reading = read(data)
    assert [record.values["given_name"] for record in reading.records] == ["Bo"]
    assert problems(reading) == [
        "“people” is a folder of a directory, not a contact.",
        "This describes a change to a directory, not a contact.",
    ]


def test_entries_without_an_empty_line_between_them_are_told_apart() -> None:
    assert len(read("dn: cn=a\ncn: Anna A\ndn: cn=b\ncn: Bo B\n").records) == 2


@given(st.binary(max_size=400))
@example(b"dn: x\n cn: y")
@example(b":: \n\n : \ndn:: =\n")
def test_no_bytes_make_the_reader_fail(data: bytes) -> None:
    read(data)


@given(st.lists(st.binary(max_size=40), max_size=12))
def test_no_lines_make_the_reader_fail(lines: list[bytes]) -> None:
    read(b"\n".join(b"cn" + line for line in lines))


# Out ---------------------------------------------------------------------------------------------------------------

ANY = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=300)


@given(ANY)
@example("\n")
@example(" a ")
@example(":a")
@example("< b")
@example("ü" * 100)
def test_any_text_comes_back_from_one_line_folded_at_76_bytes(text: str) -> None:
    data = ldif_write.attribute("description", text)
    lines = data.split(b"\n")
    assert all(len(line) <= ldif_write.LONGEST_LINE for line in lines)
    assert data.isascii()
    found = read(b"dn: cn=x\nmail: a@b.example\n" + data).records[0].values.get("remark", "")
    assert found == text.replace("\r\n", "\n").strip()


@given(ANY.filter(str.strip), ANY)
def test_no_name_can_begin_a_line_or_an_entry_of_its_own(name: str, mail: str) -> None:
    card = ContactCard(family_name=name, emails=(Email(mail),))
    reading = read(b"".join(ldif_write.write([card, card], Counter())))
    assert len(reading.records) + len(reading.problems) == 2


def test_a_contact_comes_back_and_what_has_no_attribute_is_counted() -> None:
    card = ContactCard(
        uid="u-1",
        title="Dr.",
        given_name="Åsa",
        family_name="Öberg",
        call_name="Ossi",
        organisation="Lindenhof",
        department="Chor",
        position="Rektor",
        birth_date="--03-02",
        remark="=1+1\n#two",
        emails=(Email("asa@mail.example"), Email("b@mail.example", "work")),
        phones=(Phone("+46 31 123 45", "work"), Phone("0701", "mobile")),
        addresses=(Address(street="Storgatan", house_number="5", town="Lund", country="SE", label="home"),),
        links=(Link("https://b.example"),),
    )
    left_out: Counter[str] = Counter()
    written = b"".join(ldif_write.write([card, replace(card, emails=card.emails * 2)], left_out))
    assert detect(written, "x") == "ldif"
    assert left_out["email"] == 2
    record = read(written).records[0]
    assert (record.uid, record.values["title"], record.values["birth_date"]) == ("u-1", "Dr.", "--03-02")
    assert record.values["remark"] == "=1+1\n#two"
    assert record.addresses[0].street == "Storgatan 5"
    assert [phone.number for phone in record.phones] == ["+46 31 123 45", "0701"]
    assert not record.foreign


def test_a_name_is_escaped_in_the_distinguished_name() -> None:
    card = ContactCard(organisation='Müller, Söhne + Co; "x" <y>', kind="organisation")
    written = b"".join(ldif_write.write([card], Counter()))
    line = written.split(b"dn:: ")[1].split(b"\nobjectclass")[0].replace(b"\n ", b"")
    assert base64.b64decode(line).decode() == 'cn=Müller\\, Söhne \\+ Co\\; \\"x\\" \\<y\\>'


def test_every_real_address_book_is_read(corpus: Path) -> None:
    files = sorted((corpus / "contacts").rglob("*.ldif"))
    assert files
    for path in files:
        data = path.read_bytes()
        assert detect(data, path) == "ldif"
        reading = read(data)
        assert len(reading.records) + sum(p.severe for p in reading.problems) == data.count(b"dn:"), path
        assert all(record.emails and record.values for record in reading.records), path
