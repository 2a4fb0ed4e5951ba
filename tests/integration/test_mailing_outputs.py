"""What a mailing writes: to each exactly what is theirs, on paper and as e-mail drafts, all of it or nothing."""

from __future__ import annotations

import errno
import io
import mailbox
import os
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from PIL import Image
from sqlcipher3.dbapi2 import IntegrityError
from tests.integration.mailing_office import (
    ENGLISH,
    TEXTS,
    add,
    addresses,
    drafts,
    job,
    person,
    produce,
)
from tests.printed_pages import pages_of

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import LetterText
from alumnidesk.domain.consent import EMAIL, YES, Sending
from alumnidesk.domain.email_draft import BCC, MBOX, MOST_BLIND
from alumnidesk.domain.mailings import EMAIL_FIRST
from alumnidesk.errors import Cancelled, EnvironmentFault, Refused
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.services import cards
from alumnidesk.services.mailings import Outputs
from alumnidesk.whole_files import UNFINISHED

# Exactly one's own --------------------------------------------------------------------------------------------------


def test_a_thousand_get_exactly_what_is_theirs_on_either_way_though_one_in_the_middle_fails(
    office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One letter and one e-mail fail; the rest is produced and the two are listed."""
    from alumnidesk.documents import letters as documents
    from alumnidesk.domain import email_words

    with office._database.writing(say("A thousand")) as transaction:
        people = list(cards.insert(transaction, [person(n, mail=n % 5 == 0) for n in range(1, 1001)]))
    typeset, draft = documents._Press.typeset, email_words.draft

    def set_letter(press: object, letter: object) -> object:
        if "Müller0501x" in letter.name:  # type: ignore[attr-defined]
            raise ValueError("a broken letter")
        return typeset(press, letter)  # type: ignore[arg-type]

    def drafted(letter: object, *values: object, **named: object) -> object:
        if "Müller0505x" in letter.name:  # type: ignore[attr-defined]
            raise ValueError("a broken e-mail")
        return draft(letter, *values, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(documents._Press, "typeset", set_letter)
    monkeypatch.setattr(email_words, "draft", drafted)
    made = produce(office, job(office, people, channels=EMAIL_FIRST, letter_attached=False), tmp_path)
    assert (made.letters, made.emails, made.pages) == (799, 199, 799)
    assert {name for name, _ in made.failed} == {"Anna Müller0501x", "Anna Müller0505x"}

    on_paper = [n for n in range(1, 1001) if n % 5 and n != 501]
    texts = pages_of(tmp_path / "letters.pdf")
    assert len(texts) == len(on_paper)
    for n, text in zip(on_paper, texts, strict=True):  # in print order: by postcode
        assert text.count(f"Müller{n:04}x") == 3, "in address, subject and salutation"
        assert f"Weg{n:04}x 1\n{20_000 + n} Hamburg" in text
        assert text.count("Müller") == 3
        assert text.count("Weg") == 1
        assert "mail.example" not in text
    found = drafts(tmp_path / "e-mails")
    assert len(found) == 199
    seen = set()
    for one in found:
        (to,) = addresses(one)
        n = int(to[4:8])
        seen.add(n)
        whole = "".join(part.get_content() for part in one.walk() if not part.is_multipart())
        assert whole.count("Müller") == whole.count(f"Müller{n:04}x") == 2, "in both salutations"
        assert one["subject"] == f"Einladung für Anna Müller{n:04}x"
        assert "Weg" not in whole
        assert "mail.example" not in whole
    assert seen == {n for n in range(5, 1001, 5) if n != 505}
    assert {letter.contact for letter in office.sent_letters.of(made.mailing)} == {
        people[n - 1] for n in (*on_paper, *seen)
    }


def test_nothing_is_noted_or_left_behind_when_a_person_stops_it(office: Desk, tmp_path: Path) -> None:
    people = add(office, person(1), person(2, mail=False))
    wanted = job(office, people, channels=EMAIL_FIRST)
    plan, progress = office.mailings.plan(wanted), Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        office.mailings.produce(plan, Outputs(tmp_path / "a.pdf", tmp_path / "b"), job=wanted, progress=progress)
    assert sorted(path.name for path in tmp_path.iterdir() if "alumnidesk" not in path.name) == []
    assert office.mailings.all() == []


def test_if_the_pdf_cannot_be_written_no_drafts_stay(office: Desk, tmp_path: Path) -> None:
    wanted = job(office, add(office, person(1), person(2, mail=False)), channels=EMAIL_FIRST)
    with pytest.raises(EnvironmentFault):
        produce(office, wanted, tmp_path, pdf=tmp_path / "no such folder" / "letters.pdf")
    assert not (tmp_path / "e-mails").exists()
    assert office.mailings.all() == []


@pytest.mark.parametrize("links", [True, False], ids=["a disk with second names", "one without"])
@pytest.mark.parametrize("fault", ["first", "second", "last", "history", "stopped"])
def test_what_was_there_stays_whatever_goes_wrong_at_the_end(
    office: Desk, tmp_path: Path, fault: str, links: bool
) -> None:
    wanted = job(office, add(office, person(1), person(2, mail=False)), channels=EMAIL_FIRST)
    plan, progress, folder = office.mailings.plan(wanted), Progress(), tmp_path / "mine"
    folder.mkdir()
    old = {name: f"old {name}".encode() for name in ("a.mbox", "b.pdf", "c.docx")}
    for name, data in old.items():
        (folder / name).write_bytes(data)
    outputs = Outputs(folder / "b.pdf", folder / "a.mbox", MBOX, word=folder / "c.docx")
    real, left = os.replace, {"first": 0, "second": 1, "last": 2}.get(fault, 3)

    def replace_until_full(source: Path, target: Path) -> None:
        nonlocal left
        if UNFINISHED in str(source):
            if left == 0:
                raise OSError(errno.ENOSPC, "full", str(target))
            left -= 1
        real(source, target)

    def no_links(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no", str(target))

    if fault == "stopped":
        progress.cancel()
    if fault == "history":
        connection = office._database.connection
        connection.execute("PRAGMA query_only = OFF")
        connection.execute("CREATE TEMP TRIGGER t BEFORE INSERT ON letter BEGIN SELECT RAISE(ABORT, 'no'); END")
    with (
        mock.patch("os.replace", replace_until_full),
        mock.patch("os.link", os.link if links else no_links),
        pytest.raises((EnvironmentFault, Cancelled, IntegrityError)),
    ):
        office.mailings.produce(plan, outputs, job=wanted, progress=progress)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == old
    assert office.mailings.all() == []


def test_what_was_there_is_replaced_when_everything_is_written(office: Desk, tmp_path: Path) -> None:
    wanted = job(office, add(office, person(1), person(2, mail=False)), channels=EMAIL_FIRST)
    for name in ("a.pdf", "b.mbox"):
        (tmp_path / name).write_bytes(b"old")
    produce(office, wanted, tmp_path, pdf=tmp_path / "a.pdf", emails=tmp_path / "b.mbox", form=MBOX)
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert b"anna0001x@mail.example" in (tmp_path / "b.mbox").read_bytes()
    assert list(tmp_path.glob(".*")) == []


def test_a_data_file_is_never_written_over(office: Desk, tmp_path: Path) -> None:
    wanted = job(office, add(office, person(1)))
    made = produce(office, wanted, tmp_path)
    other = tmp_path / "other.alumnidesk"
    Desk.create(other).close(backup=False)
    before = other.read_bytes()
    for deed in (
        lambda: produce(office, wanted, tmp_path, pdf=other),
        lambda: produce(office, replace(wanted, channels=EMAIL), tmp_path, emails=other, form=MBOX),
        lambda: office.sent_letters.reprint(made.mailing, "1", other),
        lambda: office.layouts.print_window_test(other),
        lambda: office.layouts.save(tmp_path / "letters.pdf", other),
        lambda: office.template_files.write(wanted.template or 0, other),
    ):
        with pytest.raises(Refused, match="is a data file"):
            deed()
    assert other.read_bytes() == before


def test_what_has_to_be_put_right_is_said_before_anything_is_written(office: Desk, tmp_path: Path) -> None:
    (anna,) = add(office, person(1))
    with pytest.raises(Refused):
        produce(office, job(office, []), tmp_path)
    with pytest.raises(Refused):
        produce(office, job(office, [anna]), tmp_path, pdf=None)
    with pytest.raises(Refused):
        produce(office, job(office, [anna], channels=EMAIL), tmp_path, emails=None)
    (tmp_path / "e-mails").mkdir()
    (tmp_path / "e-mails" / "mine.txt").write_text("mine")
    with pytest.raises(Refused):
        produce(office, job(office, [anna], channels=EMAIL), tmp_path)
    assert (tmp_path / "e-mails" / "mine.txt").read_text() == "mine"
    office.settings.set("email", "")
    plan = office.mailings.plan(job(office, [anna], channels=EMAIL))
    assert [ENGLISH(problem) for problem in plan.problems] == [
        "The association has no e-mail address yet, from which e-mails could be sent."
    ]


# E-mail drafts ------------------------------------------------------------------------------------------------------


def test_a_draft_carries_letter_and_files_and_says_how_to_object(office: Desk, tmp_path: Path) -> None:
    (anna,) = add(office, person(1, family_name="Müller, geb. Öztürk"))
    office.consents.answer([anna], Sending("news", EMAIL), YES)
    (tmp_path / "Anfahrt – Süd.txt").write_text("Über die Brücke")
    file = office.mailings.attach(tmp_path / "Anfahrt – Süd.txt")
    wanted = job(office, [anna], channels=EMAIL, purpose="news", attachments=(file,))
    produce(office, wanted, tmp_path)
    (draft,) = drafts(tmp_path / "e-mails")
    assert draft["x-unsent"] == "1"
    assert draft["from"].addresses[0].addr_spec == "verein@lindenhof.example"
    assert [(one.display_name, one.addr_spec) for one in draft["to"].addresses] == [
        ("Anna Müller, geb. Öztürk", "anna0001x@mail.example")
    ]
    assert draft["subject"] == "Einladung für Anna Müller, geb. Öztürk"
    assert "verein@lindenhof.example" in draft["list-unsubscribe"]
    text, html = draft.get_body(("plain",)), draft.get_body(("html",))
    assert text is not None
    assert html is not None
    for words in ("Sehr geehrte Frau Müller, geb. Öztürk", "Ruth Petersen", "Lindenhof 1, 24937 Flensburg"):
        assert words in text.get_content()
        assert words in html.get_content()
    assert "jederzeit" in text.get_content(), "that consent can be taken back stands in it, in the letter's language"
    letter, other = draft.iter_attachments()
    assert letter.get_content_type() == "application/pdf"
    assert "Müller, geb. Öztürk" in pages_of(letter.get_content())[0]
    assert other.get_filename() == "Anfahrt – Süd.txt"
    assert other.get_content() == "Über die Brücke".encode()


def test_what_is_owed_has_no_sentence_about_objecting(office: Desk, tmp_path: Path) -> None:
    produce(office, job(office, add(office, person(1)), channels=EMAIL), tmp_path)
    (draft,) = drafts(tmp_path / "e-mails")
    assert draft["list-unsubscribe"] is None
    body = draft.get_body(("plain",))
    assert body is not None
    assert "jederzeit" not in body.get_content()


def test_a_mailbox_holds_every_draft(office: Desk, tmp_path: Path) -> None:
    people = add(office, *(person(n) for n in range(1, 4)))
    texts = (replace(TEXTS[0], body="{salutation}\n\nFrom here on a line begins like a new message.\nFrom me"),)
    wanted = job(office, people, channels=EMAIL, letter_attached=False, texts=texts)
    produce(office, wanted, tmp_path, form=MBOX, emails=tmp_path / "drafts.mbox")
    box = mailbox.mbox(tmp_path / "drafts.mbox")
    assert sorted(message["to"].split("<")[1].rstrip(">") for message in box) == [
        f"anna{n:04}x@mail.example" for n in range(1, 4)
    ]
    box.close()


def test_blind_copies_go_to_ourselves_in_parts_and_to_each_once(office: Desk, tmp_path: Path) -> None:
    people = add(office, *(person(n) for n in range(1, MOST_BLIND + 2)), person(99, language="sv"))
    texts = tuple(replace(text, subject="Treffen") for text in TEXTS)
    wanted = job(office, people, channels=EMAIL, texts=texts)
    made = produce(office, wanted, tmp_path, form=BCC)
    assert made.emails == MOST_BLIND + 2
    found = drafts(tmp_path / "e-mails")
    assert sorted(len(one["bcc"].addresses) for one in found) == [1, 1, MOST_BLIND]
    for one in found:
        assert one["to"].addresses[0].addr_spec == "verein@lindenhof.example"
        assert one["cc"] is None
        body = one.get_body(("plain",))
        assert body is not None
        assert "Müller" not in body.get_content()
    assert sorted(a.addr_spec for one in found for a in one["bcc"].addresses) == [
        f"anna{n:04}x@mail.example" for n in (*range(1, MOST_BLIND + 2), 99)
    ]
    with pytest.raises(Refused, match="Name"):
        produce(office, replace(wanted, texts=TEXTS), tmp_path / "b", form=BCC)


def test_pictures_and_lists_of_a_letter_stand_in_the_email_too(office: Desk, tmp_path: Path) -> None:
    logo = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(logo, "PNG")
    (tmp_path / "logo.png").write_bytes(logo.getvalue())
    key = office.mailings.attach(tmp_path / "logo.png").key
    body = (
        '<letter><p>{salutation} <b>&lt;fett&gt;</b></p><p mark="number">eins</p><p mark="number">zwei</p>'
        f'<table widths="50 50"><row><cell>a</cell><cell>{{name}}</cell></row></table>'
        f'<picture file="{key}" width="60" align="left"/><qr size="25">https://verein.example</qr></letter>'
    )
    texts = (LetterText("de", "Treffen", body),)
    produce(office, job(office, add(office, person(1)), channels=EMAIL, texts=texts), tmp_path)
    (draft,) = drafts(tmp_path / "e-mails")
    html, plain = draft.get_body(("html",)), draft.get_body(("plain",))
    assert html is not None
    assert plain is not None
    page = html.get_content()
    assert "<b>&lt;fett&gt;</b>" in page
    for words in ("1. eins", "2. zwei", "Anna Müller0001x", "https://verein.example"):
        assert words in page
        assert words in plain.get_content()
    shown = next(part for part in draft.walk() if part.get_content_maintype() == "image")
    assert shown.get_content() == logo.getvalue()
    assert f"cid:{str(shown['content-id']).strip(' <>')}" in page
