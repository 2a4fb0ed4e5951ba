"""Mailings from the first choice to the letter that comes back: on paper and as e-mail drafts."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import errno
import io
import mailbox
import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from unittest import mock

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from sqlcipher3.dbapi2 import IntegrityError

from alumnidesk.desk import Desk
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import COMING, INVITED, Address, ContactCard, Email, EventCard, LetterText, TemplateCard
from alumnidesk.domain.consent import EMAIL, NO, POST, YES, Sending
from alumnidesk.domain.email_draft import BCC, MBOX, MOST_BLIND
from alumnidesk.domain.mailings import (
    CHECKED,
    CONTACTS,
    EMAIL_FIRST,
    EVENT,
    PREPARED,
    PRODUCED,
    SEARCH,
    SENT,
    Audience,
    Job,
)
from alumnidesk.domain.return_code import code
from alumnidesk.errors import Cancelled, EnvironmentFault, InvalidInput, Refused
from alumnidesk.i18n import Language, say
from alumnidesk.progress import Progress
from alumnidesk.services import cards
from alumnidesk.services.mailings import Outputs, Produced
from alumnidesk.whole_files import UNFINISHED

ENGLISH = Language("en")
TODAY = dt.date(2026, 11, 22)
LINDENHOF = Association(
    name="Freundeskreis Lindenhof e. V.",
    street="Lindenhof 1",
    postcode="24937",
    town="Flensburg",
    email="verein@lindenhof.example",
    signatory="Ruth Petersen",
)
TEXTS = (
    LetterText("de", "Einladung für {name}", "{salutation}\n\nwir laden Sie ein.\n\nBis bald!", "Herzlich"),
    LetterText("sv", "Inbjudan till {name}", "{salutation}\n\nvi bjuder in er.", "Hälsningar"),
)


def person(number: int, *, at_home: bool = True, mail: bool = True, **values: Any) -> ContactCard:
    """Somebody whose name, street and e-mail address nobody else has."""
    card = ContactCard(
        given_name="Anna",
        family_name=f"Müller{number:04}x",
        gender_form="f",
        language="de",
        addresses=(Address(f"Weg{number:04}x", "1", postcode=f"{20_000 + number}", town="Hamburg"),) if at_home else (),
        emails=(Email(f"anna{number:04}x@mail.example"),) if mail else (),
    )
    return replace(card, **values)


def add(desk: Desk, *cards: ContactCard) -> list[int]:
    return [desk.contacts.add(card).id or 0 for card in cards]


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A desk with a sender and one template, for what membership itself needs."""
    desk.settings.save(replace(LINDENHOF))
    for template in desk.letters.templates():
        desk.letters.delete_template(template.id or 0)
    desk.letters.save_template(TemplateCard(name="Einladung", texts=TEXTS, purpose="membership"))
    return desk


def job(desk: Desk, contacts: Sequence[int] = (), **values: Any) -> Job:
    template = desk.letters.templates()[0].id
    made = Job("Einladung 2027", Audience(CONTACTS, tuple(contacts)), template)
    return replace(made, **values)


def produce(desk: Desk, job: Job, folder: Path, number: int | None = None, **outputs: Any) -> Produced:
    plan = desk.mailings.plan(job, today=TODAY)
    where = replace(Outputs(folder / "letters.pdf", folder / "e-mails"), **outputs)
    return desk.mailings.produce(plan, where, job=job, number=number)


def pages(data: bytes | Path) -> list[str]:
    with closing(pypdfium2.PdfDocument(data)) as document:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def pictures(data: bytes | Path) -> list[bytes]:
    """Every page as it looks."""
    with closing(pypdfium2.PdfDocument(data)) as document:
        return [page.render(scale=0.7).to_pil().tobytes() for page in document]


def message(data: bytes) -> EmailMessage:
    read = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    return read


def addresses(draft: EmailMessage) -> list[str]:
    """Every address in the head of a message that mail programs send to."""
    return [one.addr_spec for head in ("to", "cc", "bcc") if draft[head] for one in draft[head].addresses]


def drafts(folder: Path) -> list[EmailMessage]:
    return [message(path.read_bytes()) for path in sorted(folder.iterdir())]


# Preparing ----------------------------------------------------------------------------------------------------------


def test_a_prepared_job_is_there_in_another_session(office: Desk, tmp_path: Path) -> None:
    people = add(office, person(1), person(2))
    wanted = job(office, people, channels=EMAIL_FIRST, per_household=False, by_hand=(people[0],), texts=TEXTS[:1])
    number = office.mailings.prepare(wanted)
    office.close(backup=False)
    again = Desk.open(tmp_path / "test.alumnidesk")
    try:
        assert again.mailings.job(number) == wanted
        line = again.mailings.line(number)
        assert (line.title, line.state, line.letters, line.emails) == ("Einladung 2027", PREPARED, 0, 0)
        assert len(again.mailings.plan(again.mailings.job(number)).emails) == 2
    finally:
        again.close(backup=False)


def test_a_job_is_prepared_checked_produced_and_sent(office: Desk, tmp_path: Path) -> None:
    people = add(office, person(1), person(2, mail=False))
    wanted = job(office, people, channels=EMAIL_FIRST)
    number = office.mailings.prepare(wanted)
    with pytest.raises(Refused):
        office.mailings.mark_sent(number)
    office.mailings.check_off(number)
    assert office.mailings.line(number).state == CHECKED
    assert office.mailings.prepare(replace(wanted, title=" Einladung  2028 "), number) == number
    line = office.mailings.line(number)
    assert (line.title, line.state) == ("Einladung 2028", PREPARED)
    made = produce(office, office.mailings.job(number), tmp_path, number)
    assert (made.mailing, made.letters, made.emails) == (number, 1, 1)
    assert office.mailings.line(number).state == PRODUCED
    for deed in (
        lambda: office.mailings.prepare(wanted, number),
        lambda: office.mailings.check_off(number),
        lambda: office.mailings.discard(number),
        lambda: produce(office, wanted, tmp_path / "b", number),
    ):
        with pytest.raises(Refused):
            deed()
    office.mailings.mark_sent(number)
    line = office.mailings.line(number)
    assert (line.state, line.letters, line.emails, line.pages, bool(line.sent_at)) == (SENT, 1, 1, 1, True)


def test_undo_takes_a_mailing_out_of_the_histories_and_gives_the_job_back(office: Desk, tmp_path: Path) -> None:
    (anna,) = add(office, person(1))
    number = office.mailings.prepare(job(office, [anna]))
    office.mailings.check_off(number)
    produce(office, office.mailings.job(number), tmp_path, number)
    assert [ENGLISH(entry.title) for entry in office.contacts.timeline(anna)][:1] == ["Letter made"]
    office.history.undo()
    assert office.mailings.line(number).state == CHECKED
    assert office.mailings.recipients(number) == []
    assert "letter" not in {entry.kind for entry in office.contacts.timeline(anna)}
    office.history.redo()
    assert office.mailings.recipients(number) == [anna]


def test_a_discarded_job_is_gone_and_undo_brings_it_back(office: Desk) -> None:
    wanted = job(office)
    number = office.mailings.prepare(wanted)
    office.mailings.discard(number)
    with pytest.raises(Refused):
        office.mailings.job(number)
    office.history.undo()
    assert office.mailings.job(number) == wanted


def test_a_mailing_needs_a_name(office: Desk) -> None:
    with pytest.raises(InvalidInput):
        office.mailings.prepare(job(office, title="  "))


def test_what_was_prepared_is_no_letter_yet(office: Desk) -> None:
    """Neither lists of what went out nor searches by letter know of it."""
    office.mailings.prepare(job(office, add(office, person(1))))
    assert list(office.find.contacts('letter:"Einladung 2027"').ids) == []
    assert office.mailings.all()[0].letters == 0


# Whom it is for -----------------------------------------------------------------------------------------------------


def test_an_audience_is_a_search_a_saved_one_a_list_or_those_who_answered(office: Desk) -> None:
    anna, bea, cleo = add(office, person(1), person(2), person(3))
    office.segments.save("Zweite", "muller0002x")
    office.lists.freeze("Dritte", [cleo])
    event = office.events.add(EventCard(title="Treffen", starts_on="2027-04-24")).id or 0
    office.events.invite(event, [anna, bea])
    office.events.answer([office.events.roster(event)[0].id], COMING)
    for audience, expected in (
        (Audience(SEARCH, query="muller0001x"), [anna]),
        (Audience(SEARCH, query=" "), []),
        (Audience(SEARCH, query="segment:Zweite"), [bea]),
        (Audience(SEARCH, query="list:Dritte"), [cleo]),
        (Audience(EVENT, id=event), [anna, bea]),
        (Audience(EVENT, id=event, answers=(INVITED,)), [bea]),
        (Audience(CONTACTS, (cleo, anna)), [cleo, anna]),
    ):
        assert office.mailings.audience(job(office, audience=audience)) == expected


def test_everybody_is_reached_by_one_way_or_not_at_all_and_then_one_knows_why(office: Desk) -> None:
    both, paper, mail, none, refused, dead, spelt = add(
        office,
        person(1),
        person(2, mail=False),
        person(3, at_home=False),
        person(4, at_home=False, mail=False),
        person(5),
        person(6, deceased=True),
        person(7, emails=(Email("änne@mail.example"),), at_home=False),
    )
    office.consents.answer([both, refused], Sending("news", EMAIL), YES)
    office.consents.answer([refused], Sending("news", EMAIL), NO)
    office.consents.answer([refused], Sending("news", POST), NO)
    office.consents.answer([mail, spelt], Sending("news", EMAIL), YES)
    people = [both, paper, mail, none, refused, dead, spelt]
    wanted = job(office, [*people, both], purpose="news", channels=EMAIL_FIRST)
    plan = office.mailings.plan(wanted, today=TODAY)
    assert [letter.contact.id for letter in plan.letters] == [paper]
    assert [one.letter.contact.id for one in plan.emails] == [both, mail]
    assert {f.contact.id: ENGLISH(f.reason) for f in plan.left_out} == {
        none: "No e-mail address; No postal address",
        refused: "Wants no “News” by e-mail; Wants no “News” by post",
        dead: "Has died",
        spelt: "“änne@mail.example” cannot be used as an e-mail address; No postal address",
    }
    assert plan.people == 3
    on_paper = office.mailings.plan(replace(wanted, channels=POST))
    assert {letter.contact.id for letter in on_paper.letters} == {both, paper}
    by_email = office.mailings.plan(replace(wanted, channels=EMAIL))
    assert {one.letter.contact.id for one in by_email.emails} == {both, mail}
    assert ENGLISH(next(f.reason for f in by_email.left_out if f.contact.id == paper)) == "No e-mail address"


def test_a_person_put_in_by_hand_gets_it_as_far_as_the_law_leaves_that_to_us(office: Desk) -> None:
    quiet, refused = add(office, person(1, no_post=True), person(2))
    office.consents.answer([refused], Sending("news", POST), NO)
    wanted = job(office, [quiet, refused], purpose="news")
    assert {f.contact.id: f.by_hand for f in office.mailings.plan(wanted).left_out} == {quiet: True, refused: False}
    plan = office.mailings.plan(replace(wanted, by_hand=(quiet, refused)))
    assert [letter.contact.id for letter in plan.letters] == [quiet]
    assert [f.contact.id for f in plan.left_out] == [refused]


def test_those_who_live_together_share_a_letter_and_those_who_share_an_address_an_email(office: Desk) -> None:
    home = (Address("Lindenweg", "14", postcode="22767", town="Hamburg"),)
    ours = (Email("wir@mail.example"),)
    people = add(office, person(1, addresses=home, emails=ours), person(2, addresses=home, emails=ours))
    office.households.make(people)
    wanted = job(office, people)
    assert [len(letter.party.contacts) for letter in office.mailings.plan(wanted).letters] == [2]
    by_email = office.mailings.plan(replace(wanted, channels=EMAIL))
    assert [(one.to, len(one.letter.party.contacts)) for one in by_email.emails] == [("wir@mail.example", 2)]
    each = office.mailings.plan(replace(wanted, per_household=False, channels=EMAIL))
    assert [len(one.letter.party.contacts) for one in each.emails] == [1, 1]


def test_the_post_office_gets_counts_by_country_and_region(office: Desk) -> None:
    cards = [
        person(n, addresses=(Address("Weg", str(n), postcode=code, town="Ort", country=land),))
        for n, (code, land) in enumerate([("22767", ""), ("22001", "DE"), ("24103", ""), ("211 20", "SE")])
    ]
    plan = office.mailings.plan(job(office, add(office, *cards)))
    counted = [(region.country, region.begins, region.letters) for region in plan.regions]
    assert counted == [("DE", "22", 2), ("DE", "24", 1), ("SE", "21", 1)]


# Once more ----------------------------------------------------------------------------------------------------------


def test_only_those_who_have_not_got_it_yet(office: Desk, tmp_path: Path) -> None:
    anna, bea = add(office, person(1), person(2))
    first = produce(office, job(office, [anna]), tmp_path)
    again = replace(office.mailings.again(first.mailing), audience=Audience(CONTACTS, (anna, bea)))
    plan = office.mailings.plan(again)
    assert [letter.contact.id for letter in plan.letters] == [bea]
    assert ENGLISH(plan.left_out[0].reason).startswith("Got it on ")
    by_hand = office.mailings.plan(replace(again, by_hand=(anna,)))
    assert [letter.contact.id for letter in by_hand.letters] == [anna, bea]
    twice = job(office, [anna, bea], not_twice=True)
    assert [letter.contact.id for letter in office.mailings.plan(twice).letters] == [bea]
    event = office.events.add(EventCard(title="Treffen", starts_on="2027-04-24")).id
    assert len(office.mailings.plan(replace(twice, event=event)).letters) == 2


def test_those_who_did_not_answer_get_a_second_mailing(office: Desk, tmp_path: Path) -> None:
    anna, bea = add(office, person(1), person(2))
    event = office.events.add(EventCard(title="Treffen", starts_on="2027-04-24")).id or 0
    office.events.invite(event, [anna, bea])
    first = produce(office, job(office, audience=Audience(EVENT, id=event), event=event), tmp_path)
    assert first.letters == 2
    office.events.answer([office.events.roster(event)[0].id], COMING)
    second = replace(office.mailings.reminder(first.mailing), title="Erinnerung")
    assert [letter.contact.id for letter in office.mailings.plan(second).letters] == [bea]
    other = produce(office, job(office, [anna]), tmp_path / "b", pdf=tmp_path / "b.pdf")
    with pytest.raises(Refused):
        office.mailings.reminder(other.mailing)


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
    texts = pages(tmp_path / "letters.pdf")
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
    assert set(office.mailings.recipients(made.mailing)) == {people[n - 1] for n in (*on_paper, *seen)}


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
        lambda: office.mailings.reprint(made.mailing, "1", other),
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
    assert "Müller, geb. Öztürk" in pages(letter.get_content())[0]
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


# The archive --------------------------------------------------------------------------------------------------------


def test_every_letter_can_be_made_again_as_it_was_whatever_has_changed_since(office: Desk, tmp_path: Path) -> None:
    people = add(office, *(person(n, mail=n == 3) for n in range(1, 4)))
    wanted = job(office, people, channels=EMAIL_FIRST)
    made = produce(office, wanted, tmp_path)
    looked = pictures(tmp_path / "letters.pdf")
    attached = next(drafts(tmp_path / "e-mails")[0].iter_attachments()).get_content()
    first = office.contacts.card(people[0])
    office.contacts.save(first, replace(first, family_name="Schmidt", addresses=()))
    office.contacts.delete([people[1]])
    office.settings.save(replace(LINDENHOF, name="Anders e. V.", signatory="Jemand", window="us10"))
    office.letters.delete_template(wanted.template or 0)
    letters = [office.contacts.timeline(contact)[-1] for contact in people]
    entries = [next(e for e in office.contacts.timeline(contact) if e.kind == "letter") for contact in people]
    assert letters
    again = [office.mailings.letter_pdf(entry.letter) for entry in entries]
    assert pictures(again[0]) == looked[:1]
    assert pictures(again[1]) == looked[1:]
    assert pictures(again[2]) == pictures(attached)
    sent = office.mailings.letter(entries[0].letter)
    assert (sent.title, sent.channel, sent.first_page, sent.kept) == ("Einladung 2027", POST, 1, True)
    assert sent.address[-1] == "20001 Hamburg"
    assert office.mailings.line(made.mailing).kept


def test_pages_are_printed_again_as_they_were(office: Desk, tmp_path: Path) -> None:
    long = (replace(TEXTS[0], body="{salutation}\n\n" + "\n\n".join(f"Absatz {n}" for n in range(60))),)
    made = produce(office, job(office, add(office, *(person(n) for n in range(1, 6))), texts=long), tmp_path)
    looked = pictures(tmp_path / "letters.pdf")
    assert made.pages == len(looked) > 5
    assert office.mailings.reprint(made.mailing, "2-3, 5", tmp_path / "again.pdf") == 3
    assert pictures(tmp_path / "again.pdf") == [looked[1], looked[2], looked[4]]
    for wrong in ("0", "3-2", "x", "", f"1-{made.pages + 1}"):
        with pytest.raises(InvalidInput):
            office.mailings.reprint(made.mailing, wrong, tmp_path / "no.pdf")
    assert not (tmp_path / "no.pdf").exists()


def test_a_test_print_is_one_page(office: Desk) -> None:
    plan = office.mailings.plan(job(office, add(office, person(1), person(2))))
    (page,) = pages(office.mailings.test_page(plan))
    assert "Müller0001x" in page


def test_letters_from_before_they_were_kept_say_so(office: Desk, tmp_path: Path) -> None:
    (anna,) = add(office, person(1))
    made = produce(office, job(office, [anna]), tmp_path)
    with office._database.writing(say("As an upgraded file has it")) as transaction:
        transaction.execute("UPDATE mailing SET frozen = '{}', job = '{}', state = 'sent'")
        transaction.execute("UPDATE letter SET words = '{}'")
    assert not office.mailings.line(made.mailing).kept
    assert office.mailings.job(made.mailing).title == "Einladung 2027"
    entry = next(e for e in office.contacts.timeline(anna) if e.kind == "letter")
    assert ENGLISH(entry.title) == "Letter sent"
    assert not office.mailings.letter(entry.letter).kept
    with pytest.raises(Refused, match="before letters were kept"):
        office.mailings.letter_pdf(entry.letter)


def test_the_letters_of_the_sample_can_be_looked_at(tmp_path: Path) -> None:
    desk = Desk.create_sample(tmp_path / "sample.alumnidesk", 60)
    try:
        for line in desk.mailings.all():
            first = desk.mailings.letters(line.id)[0]
            (page,) = pages(desk.mailings.letter_pdf(first.id))
            assert line.title in page
            assert desk.returned.find(code_on(page)).letter.contacts == (first.contact,)
    finally:
        desk.close(backup=False)


# What comes back ----------------------------------------------------------------------------------------------------


def code_on(page: str) -> str:
    return next(line for line in page.splitlines() if line.replace(" ", "").isdigit() and len(line) == 9)


def test_the_code_on_a_letter_leads_to_the_address_that_it_went_to(office: Desk, tmp_path: Path) -> None:
    anna, bea = add(office, person(1), person(2))
    produce(office, job(office, [anna, bea]), tmp_path)
    first, second = (code_on(page) for page in pages(tmp_path / "letters.pdf"))
    assert first != second
    found = office.returned.find(second.replace(" ", ""))
    assert found.letter.contacts == (bea,)
    assert found.in_use
    done = office.returned.came_back(second, today=TODAY)
    assert done.letter.came_back_on == "2026-11-22"
    assert office.contacts.card(bea).addresses[0].undeliverable_since == "2026-11-22"
    assert office.contacts.card(anna).addresses[0].undeliverable_since == ""
    (search,) = office.notes.open()
    assert "Weg0002x" in search.text
    assert office.mailings.all()[0].came_back == 1
    titles = [ENGLISH(entry.title) for entry in office.contacts.timeline(bea)]
    assert "Letter came back" in titles
    assert "noted" in ENGLISH(office.returned.came_back(second).standing)
    office.history.undo()
    assert office.contacts.card(bea).addresses[0].undeliverable_since == ""
    assert office.notes.open() == []
    assert office.mailings.all()[0].came_back == 0


def test_the_bars_on_a_letter_say_its_code(office: Desk, tmp_path: Path) -> None:
    produce(office, job(office, add(office, person(1), person(2))), tmp_path)
    with closing(pypdfium2.PdfDocument(tmp_path / "letters.pdf")) as document:
        for page in document:
            printed = code_on(page.get_textpage().get_text_bounded().replace("\r\n", "\n"))
            for scale in (200 / 72, 300 / 72):
                (read,) = zxingcpp.read_barcodes(page.render(scale=scale, grayscale=True).to_pil())
                assert read.text == printed.replace(" ", "")
                assert office.returned.find(read.text).letter.code == printed


def test_a_letter_to_two_comes_back_for_both(office: Desk, tmp_path: Path) -> None:
    home = (Address("Lindenweg", "14", postcode="22767", town="Hamburg"),)
    people = add(office, person(1, addresses=home), person(2, addresses=home))
    office.households.make(people)
    produce(office, job(office, people), tmp_path)
    found = office.returned.came_back(code_on(pages(tmp_path / "letters.pdf")[0]), today=TODAY)
    assert set(found.letter.contacts) == set(people)
    assert all(office.contacts.card(one).addresses[0].undeliverable_since for one in people)
    assert len(office.notes.open()) == 1


def test_an_address_that_was_changed_since_stays_in_use(office: Desk, tmp_path: Path) -> None:
    anna, bea = add(office, person(1), person(2))
    produce(office, job(office, [anna, bea]), tmp_path)
    first, second = (code_on(page) for page in pages(tmp_path / "letters.pdf"))
    card = office.contacts.card(anna)
    moved = replace(card.addresses[0], street="Neuer Weg")
    office.contacts.save(card, replace(card, addresses=(moved,)))
    office.returned.came_back(first, today=TODAY)
    assert ENGLISH(office.returned.find(second).standing).startswith("The address is still")
    assert office.contacts.card(anna).addresses[0].undeliverable_since == ""
    office.history.undo()
    assert "Neuer Weg" in ENGLISH(office.returned.find(first).standing)
    other = office.contacts.card(bea)
    office.contacts.save(other, replace(other, addresses=()))
    assert ENGLISH(office.returned.find(second).standing).startswith("The address was taken away")


def test_a_wrong_code_names_the_one_that_was_probably_meant(office: Desk, tmp_path: Path) -> None:
    produce(office, job(office, add(office, person(1))), tmp_path)
    right = code_on(pages(tmp_path / "letters.pdf")[0])
    digits = right.replace(" ", "")
    for wrong in (digits[:-2] + digits[-1] + digits[-2], digits[:-1] + str((int(digits[-1]) + 1) % 10)):
        with pytest.raises(InvalidInput) as raised:
            office.returned.find(wrong)
        assert raised.value.way_out is not None
        assert right in ENGLISH(raised.value.way_out)
    for wrong in ("", "hello", "1234", code(999_999)):
        with pytest.raises(InvalidInput):
            office.returned.came_back(wrong)


def test_a_letter_on_paper_has_a_code_and_one_that_an_email_carries_has_none(office: Desk, tmp_path: Path) -> None:
    people = add(office, person(1), person(2, mail=False))
    produce(office, job(office, people, channels=EMAIL_FIRST), tmp_path)
    (draft,) = drafts(tmp_path / "e-mails")
    (carried,) = [part.get_content() for part in draft.iter_attachments()]

    def has_code(page: str) -> bool:
        return any(line.replace(" ", "").isdigit() for line in page.splitlines())

    assert has_code(pages(tmp_path / "letters.pdf")[0])
    assert not has_code(pages(carried)[0])


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
