"""E-mail drafts as bytes, read back by the standard library's reader as mail programs read them."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alumnidesk.domain.email_draft import AttachedFile, EmailDraft, Mailbox, is_address
from alumnidesk.formats import email_drafts

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
OURS = Mailbox("verein@lindenhof.example", "Freundeskreis Lindenhof e. V.")
ANNA = Mailbox("anna@mail.example", "Anna Müller")
WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=120)


def draft(to: Mailbox = ANNA, subject: str = "Einladung", **values: object) -> EmailDraft:
    given = {"text": "Guten Tag\n", "html": "<p>Guten Tag</p>", "language": "de", **values}
    return EmailDraft(OURS, to, subject, **given)  # type: ignore[arg-type]


def read(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def whole(flowed: str) -> str:
    """What a mail program shows of lines that flow (RFC 3676, 4.1)."""
    lines = [line.removeprefix(" ") for line in flowed.split("\n")]
    return "".join(line if line.endswith(" ") else f"{line}\n" for line in lines)[:-1]


def test_an_english_draft_can_be_read_as_it_lies_there() -> None:
    said = "You were with us once, and we would love to see you again. Please join us for coffee and old photos."
    data = email_drafts.eml(draft(text=f"Dear Anna,\n\n{said}\n\nTime: 15:00\nPlace: Great hall\n"), NOW)
    plain = data.decode("ascii").split("text/html")[0]
    assert 'format="flowed"' in plain
    assert "quoted-printable" not in plain
    lines = plain.split("\r\n\r\n", 2)[2].split("\r\n")
    assert lines[:4] == [
        "Dear Anna,",
        "",
        "You were with us once, and we would love to see you again. Please join ",
        "us for coffee and old photos.",
    ]
    assert lines[4:7] == ["", "Time: 15:00", "Place: Great hall"]


def test_rows_of_a_table_and_long_words_stay_whole() -> None:
    row, address = "\t".join(["Programme"] * 12), "https://lindenhof.example/" + "a" * 90
    assert email_drafts.flowed(f"{row}\nSee {address} now") == f"{row}\nSee \n{address} \nnow"


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(["a", "Grüße", ">", "From", "–", "x" * 80, "coffee", "1."]), max_size=40)))
def test_whoever_reads_it_gets_the_paragraphs_as_they_were_written(paragraphs: list[list[str]]) -> None:
    text = "\n".join(" ".join(words) for words in paragraphs)
    assert whole(email_drafts.flowed(text)) == text


@settings(deadline=None)
@given(name=WORDS, subject=WORDS, text=WORDS)
def test_no_word_of_a_contact_or_letter_begins_another_header_or_reaches_another_address(
    name: str, subject: str, text: str
) -> None:
    data = email_drafts.eml(draft(Mailbox("anna@mail.example", name), subject, text=text, html=text), NOW)
    message = read(data)
    assert [(one.addr_spec) for one in message["to"].addresses] == ["anna@mail.example"]
    assert [one.addr_spec for one in message["from"].addresses] == [OURS.address]
    assert sorted(message.keys()) == [
        "Content-Language", "Content-Type", "Date", "From", "MIME-Version", "Subject", "To", "X-Unsent",
    ]  # fmt: skip
    assert max(map(len, data.split(b"\r\n"))) <= 998, "the longest line that a mail server takes (RFC 5322, 2.1.1)"
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")


@settings(deadline=None)
@given(name=st.text(st.sampled_from('aé,;<>"@\\ ()ß漢'), max_size=100))
def test_a_name_comes_through_with_commas_and_quotes_and_stays_one_mailbox(name: str) -> None:
    (read_back,) = read(email_drafts.eml(draft(Mailbox("a@b.example", name)), NOW))["to"].addresses
    assert read_back.addr_spec == "a@b.example"
    for letter in "é,;<>@ß漢":
        assert read_back.display_name.count(letter) == name.count(letter)


@settings(deadline=None)
@given(subject=st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=300))
def test_a_long_subject_comes_through(subject: str) -> None:
    data = email_drafts.eml(draft(subject=subject), NOW)
    assert read(data)["subject"].replace(" ", "") == subject
    assert all(len(line) <= 998 for line in data.splitlines())


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example\nBcc: x@y.example",
        "a@b.example\r\nBcc: x@y.example",
        "a@b.example, x@y.example",
        "a@b.example;x@y.example",
        "<a@b.example>",
        "Anna <a@b.example>",
        "a b@c.example",
        "a@b",
        "@b.example",
        "a@",
        "a@b..example",
        "a@@b.example",
        "a\x00@b.example",
        'a"b@c.example',
        "änne@b.example",
        "a@" + "b" * 300 + ".example",
        "",
    ],
)
def test_what_is_not_one_address_is_no_mailbox(address: str) -> None:
    assert not is_address(address)
    with pytest.raises(ValueError, match="address"):
        Mailbox(address)


def test_a_domain_with_other_letters_is_written_as_servers_know_it() -> None:
    data = email_drafts.eml(draft(Mailbox("anna@münchen.example")), NOW)
    assert read(data)["to"].addresses[0].addr_spec == "anna@xn--mnchen-3ya.example"


def test_blind_copies_go_only_with_a_message_to_ourselves() -> None:
    others = tuple(Mailbox(f"a{n}@mail.example") for n in range(80))
    with pytest.raises(ValueError, match="ourselves"):
        draft(ANNA, blind=others)
    message = read(email_drafts.eml(draft(OURS, blind=others), NOW))
    assert [one.addr_spec for one in message["to"].addresses] == [OURS.address]
    assert message["cc"] is None
    assert [one.addr_spec for one in message["bcc"].addresses] == [one.address for one in others]


def test_an_attachment_keeps_its_bytes_and_has_a_name_that_is_safe() -> None:
    files = (
        AttachedFile("Einladung – Müller.pdf", b"%PDF-1.4\r\n\x00\xff"),
        AttachedFile("../../etc/passwd", b"x"),
        AttachedFile("a\r\nX-Evil: 1.html", b"<script>"),
        AttachedFile("brief.eml", b"To: a@b.example\n\n"),
    )
    message = read(email_drafts.eml(draft(attached=files), NOW))
    found = list(message.iter_attachments())
    assert [part.get_content() for part in found] == [file.data for file in files]
    names = [part.get_filename() for part in found]
    assert names[0] == "Einladung – Müller.pdf"
    assert all("/" not in name and "\n" not in name for name in names)
    assert [part.get_content_type() for part in found][2:] == ["application/octet-stream"] * 2
    assert message["x-evil"] is None
