"""A hundred steps of every kind: taken back one by one to the start, done again to the end, each told in words."""

from __future__ import annotations

import ast
import datetime as dt
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from alumnidesk import services
from alumnidesk.desk import Desk
from alumnidesk.domain.bulk_edit import Edit, Way
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, Link, OwnValue, Phone
from alumnidesk.domain.consent import EMAIL, POST, YES, Rule, Sending
from alumnidesk.domain.relationships import KINDS
from alumnidesk.i18n import LANGUAGES, Language, Message, say
from alumnidesk.storage import indexing
from alumnidesk.storage.content import content_hash
from alumnidesk.storage.database import Written

REGISTER = (
    "attachments", "bin", "bulk", "consents", "contact_lists", "contacts", "duplicates", "households", "importing",
    "merging", "notes", "own_fields", "photos", "purposes", "relationships", "segments", "tags", "units",
)  # fmt: skip
"""The services of the contact register."""
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01"
CARD = ContactCard(
    given_name="Anna", family_name="Müller", gender_form="f", birth_date="1979-04", tags=("Mentor", "Chor"),
    emails=(Email("anna@mail.example", "home"),), phones=(Phone("+49 40 66969 123"),), links=(Link("https://a.example"),),
    addresses=(Address("Lindenweg", "14", postcode="22767", town="Hamburg", country="DE"),),
    affiliations=(Affiliation("Kurs 12", "participant", "Jahreskurs", 1998, 1999),),
)  # fmt: skip
ANNA, AGAIN, BO, CEM, SCHOOL, DORA = range(3, 9)
"""The contacts, by the ids that they get: two are there for a moment before."""


def contacts(desk: Desk) -> None:
    desk.contacts.add(CARD)
    desk.contacts.add(replace(CARD, family_name="Mueller", birth_date="", phones=(Phone("040 1"),), remark="Singt."))
    for name in ("Bo", "Cem"):
        desk.contacts.add(ContactCard(given_name=name, family_name="Lund", addresses=CARD.addresses))
    desk.contacts.add(ContactCard(kind="organisation", organisation="Schule am Kai"))
    desk.contacts.add(ContactCard(given_name="Dora", emails=(Email("dora@mail.example"),)))
    edits: list[dict[str, object]] = [
        {"title": "Dr."}, {"birth_date": "1979-04-12"}, {"language": "sv"}, {"no_post": True}, {"emails": ()},
        {"phones": (Phone("040 2", "work"),)}, {"gender_form": ""}, {"deceased": True}, {"deceased": False},
        {"affiliations": (*CARD.affiliations, Affiliation("Vorstand", "board", began="2001-03"))},
        {"addresses": (replace(CARD.addresses[0], street="Am Kai"),)}, {"addresses": ()}, {"remark": "Kocht."},
    ]  # fmt: skip
    for changes in edits:
        card = desk.contacts.card(ANNA)
        desk.contacts.save(card, replace(card, **changes))  # type: ignore[arg-type]
    desk.contacts.tag([ANNA, AGAIN, BO], "Vorstand")
    desk.contacts.untag([AGAIN], "Mentor")
    (address,) = desk.contacts.card(BO).addresses
    desk.contacts.mark_undeliverable(BO, address, "2026-03")
    (address,) = desk.contacts.card(BO).addresses
    desk.contacts.works_again(BO, address)
    desk.bulk.carry_out(desk.bulk.plan([BO, CEM], Edit("language", Way.SET, "de")))
    desk.contacts.delete([DORA])
    desk.contacts.restore([DORA])


def own_fields_and_tags(desk: Desk) -> None:
    own, tags = desk.own_fields, desk.tags
    size, meal = own.add("Shirt size", "choice", ["S", "M"]).id or 0, own.add("Meal").id or 0
    for value in ("S", "M"):
        card = desk.contacts.card(ANNA)
        desk.contacts.save(card, replace(card, own=(OwnValue("Shirt size", value), OwnValue("Meal", "Fisch"))))
    own.rename(meal, "Food")
    own.change_choices(size, ["S", "M", "L"])
    own.change_kind(size, "text")
    own.order([meal, size])
    own.remove(meal)
    group = tags.add_group("Role").id or 0
    tags.change_group(group, name="Part", at_most_one=True)
    tags.add("Gast", group)
    numbers = {line.name: line.id for line in tags.lines()}
    tags.put([numbers["Chor"]], group)
    tags.rename(numbers["Chor"], "Singkreis")
    tags.merge([numbers["Gast"]], numbers["Vorstand"])
    tags.remove(numbers["Mentor"])
    tags.remove_group(group)


def people_together(desk: Desk) -> None:
    households, relationships = desk.households, desk.relationships
    home = households.make([BO, CEM], address_of=BO).id or 0
    households.change(home, members=[BO, CEM, ANNA], name="Familie Lund", own_salutation="Liebe Lunds,", address_of=BO)
    households.leave(ANNA)
    households.leave(CEM)
    households.decide([[BO, CEM]], [[ANNA, AGAIN]])
    kind = relationships.add_kind("Neighbour", "Neighbour").key
    relationships.relate(BO, CEM, kind)
    for each in KINDS:
        relationships.relate(ANNA, BO, each.key, began="2001")
    (first, second, *_) = desk.relationships.of(ANNA)
    relationships.change(first.id, position="Leiterin", department="Küche", began="2001", ended="2003-05", remark="Ja")
    relationships.change(second.id, position="", department="", began="", ended="2026-01-31", remark="")
    relationships.remove(first.id)


def what_they_agreed_to(desk: Desk) -> None:
    consents, purposes = desk.consents, desk.purposes
    for way in (POST, EMAIL):
        consents.answer([ANNA, AGAIN, BO], Sending("news", way), YES, on=dt.date(2026, 3, 1), source="Form")
    consents.withdraw([AGAIN], source="Phone")
    key = purposes.add("Reunion", "Ich komme gern.").key
    purposes.rename(key, "Meeting")
    purposes.set_wording(key, "Wir laden ein.")
    purposes.set_rule(key, POST, Rule.WITH_YES)
    purposes.remove(key)


def notes_and_files(desk: Desk, folder: Path) -> None:
    for contact in (ANNA, AGAIN, BO):
        number = desk.notes.add(contact, "Ruft wieder an.", kind="call", due_on="2026-12-01")
        desk.notes.change(number, text="Kommt vorbei.", kind="visit", due_on="2026-12-02")
        desk.notes.finish(number)
        desk.notes.reopen(number)
    desk.notes.delete(number)
    (folder / "a.txt").write_text("a")
    for contact in (ANNA, AGAIN):
        desk.photos.set(contact, PICTURE)
        desk.attachments.add(contact, folder / "a.txt")
    desk.photos.remove(ANNA)
    desk.attachments.remove(desk.attachments.of(ANNA)[0].id)


def searches_and_lists(desk: Desk) -> None:
    segment = desk.segments.save("Lunds", "lund").id
    desk.segments.rename(segment, "All Lunds")
    desk.segments.change(segment, "lund town:hamburg")
    desk.segments.remove(segment)
    number = desk.lists.freeze("Party", [ANNA, AGAIN], "").id
    desk.lists.add(number, [BO, CEM])
    desk.lists.take_off(number, [ANNA])
    desk.lists.rename(number, "Feast")
    desk.lists.remove(number)


def units(desk: Desk) -> None:
    tree = desk.units
    house, club = (tree.add(name).id for name in ("Haus", "Nord"))
    tree.change(house, name="Zentrum")
    tree.put(club, house)
    tree.merge([next(one.id for one in tree.all() if one.name == "Kurs 12")], house)
    tree.remove(club)


def merging(desk: Desk) -> None:
    desk.duplicates.not_duplicates(BO, CEM)
    desk.merging.merge(ANNA, AGAIN)


def coming_and_going(desk: Desk, folder: Path) -> None:
    source = folder / "a.vcf"
    people = [("Dora", "Lind"), ("Eva", "Ek"), ("Fritz", "Fuchs")]
    source.write_text(
        "".join(
            f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{family};{given};;;\r\nFN:{given} {family}\r\n"
            f"EMAIL:{given.lower()}@mail.example\r\nX-SHOE:42\r\nEND:VCARD\r\n"
            for given, family in people
        ),
        encoding="utf-8",
    )
    desk.importing.carry_out(desk.importing.preview(source))
    desk.contacts.delete([BO, CEM])
    desk.bin.keep_for(90)
    desk.bin.delete_for_good([BO])


class Step(NamedTuple):
    """One step: where in the services it was done, and the state that it left."""

    number: int
    place: tuple[str, str]
    content: object


class Book:
    """A file with a hundred steps, and the state after each."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.steps = desk, list[Step]()
        self._meet_what_the_program_knows()
        self.start = self.content()
        desk.after_writing(self._note)
        contacts(desk)
        own_fields_and_tags(desk)
        people_together(desk)
        what_they_agreed_to(desk)
        notes_and_files(desk, folder)
        searches_and_lists(desk)
        units(desk)
        merging(desk)
        coming_and_going(desk, folder)
        desk._database.after_writing.remove(self._note)

    def _meet_what_the_program_knows(self) -> None:
        """Its purposes and kinds of relationships get rows when first needed, which nothing takes away again."""
        desk = self.desk
        one, other = (desk.contacts.add(ContactCard(family_name=name)).id or 0 for name in ("A", "B"))
        desk.consents.answer([one], Sending("news", POST), YES)
        for kind in KINDS:
            desk.relationships.relate(one, other, kind.key)
        while desk.history.next_undo():
            desk.history.undo()

    def content(self) -> object:
        """Every row, and every word of the search index."""
        database = self.desk._database
        with database.temporary_tables():
            index = list(indexing._occurrences(database.connection))
            return content_hash(database.connection, with_history=False), index

    def _note(self, written: Written) -> None:
        frame = sys._getframe()
        while Path(frame.f_code.co_filename).parent.name != "services":
            assert frame.f_back is not None
            frame = frame.f_back
        place = Path(frame.f_code.co_filename).stem, frame.f_code.co_name
        self.steps.append(Step(written.changeset, place, self.content()))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    folder = tmp_path_factory.mktemp("steps")
    desk = Desk.create(folder / "a.alumnidesk")
    yield Book(desk, folder)
    desk.close(backup=False)


def places() -> set[tuple[str, str]]:
    """Every function of the register's services that does a deed."""
    folder = Path(services.__path__[0])
    found: set[tuple[str, str]] = set()
    for name in REGISTER:
        for node in ast.walk(ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and "database.writing(" in ast.unparse(node):
                found.add((name, node.name))
    return found


def test_the_steps_are_a_hundred_and_every_deed_of_the_register_is_among_them(book: Book) -> None:
    assert len(book.steps) >= 100
    assert places() - {step.place for step in book.steps} == set()


def test_a_hundred_steps_are_taken_back_one_by_one_and_done_again(book: Book) -> None:
    states = [book.start, *(step.content for step in book.steps)]
    for state in reversed(states[:-1]):
        book.desk.history.undo()
        assert book.content() == state
    assert book.desk.history.next_undo() is None
    for state in states[1:]:
        book.desk.history.redo()
        assert book.content() == state


RAW = re.compile(r"\w_\w|[{}\[\]]|[0-9a-f]{8}-[0-9a-f]{4}|\bNone\b")
"""What only a program would write: names of tables and columns, lists, keys."""
NAME_SAYS_ALL = {
    ("duplicates", "not_duplicates"),
    ("own_fields", "order"),
    ("relationships", "add_kind"),
    ("tags", "add"),
    ("units", "add"),
}
STORED_DAY = re.compile(r"\d{4}-\d\d")
"""A day as it is stored; so Swedes write it, too."""


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_step_is_told_in_words(book: Book, code: str) -> None:
    language = Language(code)
    texts = [(step.place, language(message)) for step in book.steps for message in told(book.desk, step.number)]
    assert [text for text in texts if not text[1].strip() or RAW.search(text[1])] == []
    assert code == "sv" or [text for text in texts if STORED_DAY.search(text[1])] == []


def test_a_step_says_more_than_its_name_unless_that_says_all(book: Book) -> None:
    assert {step.place for step in book.steps if len(told(book.desk, step.number)) == 1} <= NAME_SAYS_ALL


def told(desk: Desk, changeset: int) -> list[Message]:
    """All that the history says about a step."""
    entry = next(each for each in desk.history.entries(limit=1000) if each.id == changeset)
    details = desk.history.details(changeset)
    lines = [message for line in details.lines for message in (line.field, line.before, line.after)]
    subjects = [say("{value}", value=line.subject) for line in details.lines]
    return [entry.label, *(message for message in (*details.counts, *lines, *subjects) if str(message))]
