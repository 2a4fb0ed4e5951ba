"""Two records of one person become one: everything that hangs on them moves, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Integer, UniqueConstraint
from tests.integration.somebody_twice import AGAIN, twice

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard, EventCard
from alumnidesk.domain.merging import Pick
from alumnidesk.errors import Refused
from alumnidesk.models import Base
from alumnidesk.services.merging import _PARTS, MOVED, references


def event(desk: Desk, title: str, *answers: tuple[int, str]) -> int:
    number = desk.events.add(EventCard(title=title, starts_on="2026-12-12")).id or 0
    for contact, state in answers:
        desk.events.invite(number, [contact])
        (row,) = [p.id for p in desk.events.roster(number) if p.contact_id == contact]
        desk.events.answer([row], state)
    return number


def content(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the file but those of the history, the search index as words."""
    tables = set(Base.metadata.tables) - {"change", "changeset"}
    found = {table: desk._database.rows(f'SELECT * FROM "{table}" ORDER BY 1') for table in tables}
    found["found"] = [(word, tuple(desk.find.contacts(word).ids)) for word in ("mull", "chor", "hamburg", "123456")]
    return found


def test_what_both_records_know_is_in_one_afterwards(desk: Desk) -> None:
    keep, other = twice(desk)
    card = desk.merging.merge(keep, other)
    assert card == desk.contacts.card(keep)
    assert (card.family_name, card.birth_date, card.remark) == ("Müller", "1975-03-02", "Isst kein Fleisch.\nSingt.")
    assert [(e.address, e.preferred) for e in card.emails] == [
        ("anna@mail.example", True),
        ("a.mueller@post.example", False),
    ]
    assert card.tags == ("Mentor", "Chor")
    assert [address.town for address in card.addresses] == ["Hamburg"]
    with pytest.raises(Refused):
        desk.contacts.card(other)
    assert list(desk.find.contacts("mueller").ids) == [keep]
    assert list(desk.find.contacts("hamburg").ids) == [keep]
    assert str(desk.history.entries(limit=1)[0].label) == "Anna Müller and Anna Mueller merged"


def test_the_picks_of_a_person_are_followed(desk: Desk) -> None:
    keep, other = twice(desk)
    picks = {"family_name": Pick.THEIRS, "emails": Pick.THEIRS, "tags": Pick.OURS}
    expected = desk.merging.plan(keep, other).result(picks)
    card = desk.merging.merge(keep, other, picks)
    assert card == expected
    assert card.family_name == "Mueller"
    assert [email.address for email in card.emails] == ["ANNA@mail.example", "a.mueller@post.example"]
    assert card.tags == ("Mentor",)


def test_the_plan_says_what_moves_and_does_nothing(desk: Desk) -> None:
    keep, other = twice(desk)
    event(desk, "Treffen", (keep, "invited"), (other, "coming"))
    event(desk, "Fest", (other, "declined"))
    desk.notes.add(other, "Ruft wieder an.")
    before = content(desk)
    plan = desk.merging.plan(keep, other)
    assert {(str(moved.words), moved.doubled) for moved in plan.moves} == {("2 events", 1), ("1 note", 0)}
    assert content(desk) == before


def test_on_one_event_the_stronger_answer_stays(desk: Desk) -> None:
    keep, other = twice(desk)
    both = event(desk, "Treffen", (keep, "declined"), (other, "coming"))
    alone = event(desk, "Fest", (other, "waitlist"))
    theirs = next(p.id for p in desk.events.roster(both) if p.contact_id == other)
    desk.events.change(theirs, companions=2, remark="Vegetarisch")
    desk.merging.merge(keep, other)
    (row,) = desk.events.roster(both)
    assert (row.contact_id, row.state, row.companions, row.remark) == (keep, "coming", 2, "Vegetarisch")
    assert [(row.contact_id, row.state) for row in desk.events.roster(alone)] == [(keep, "waitlist")]


def test_a_file_that_knows_the_other_record_finds_the_survivor(desk: Desk, tmp_path: Path) -> None:
    keep, other = twice(desk)
    uid = desk.contacts.card(other).uid
    desk.merging.merge(keep, other)
    source = tmp_path / "a.vcf"
    source.write_text(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nN:Mueller;Anna;;;\r\nFN:Anna Mueller\r\n"
        "NICKNAME:Anni\r\nEND:VCARD\r\n",
        encoding="utf-8",
    )
    desk.importing.carry_out(desk.importing.preview(source))
    assert desk.contacts.card(keep).call_name == "Anni"
    assert list(desk.find.contacts().ids) == [keep]


def test_who_is_not_a_duplicate_of_the_other_is_none_of_the_survivor(desk: Desk) -> None:
    keep, other = twice(desk)
    third = desk.contacts.add(replace(AGAIN, birth_date="")).id or 0
    desk.duplicates.not_duplicates(other, third)
    desk.duplicates.not_duplicates(keep, other)
    desk.merging.merge(keep, other)
    assert desk._database.rows("SELECT contact_id, other_id FROM not_duplicate") == [(keep, third)]
    assert desk.duplicates.suspects() == []


def test_merging_is_refused_where_it_makes_no_sense(desk: Desk) -> None:
    keep, other = twice(desk)
    for pair in ((keep, keep), (keep, 999)):
        with pytest.raises(Refused):
            desk.merging.plan(*pair)
    desk.contacts.delete([other])
    with pytest.raises(Refused):
        desk.merging.merge(keep, other)


def test_a_merge_is_one_step_that_is_taken_back_to_the_letter(desk: Desk) -> None:
    keep, other = twice(desk)
    event(desk, "Treffen", (keep, "declined"), (other, "coming"))
    desk.notes.add(other, "Ruft wieder an.")
    before = content(desk)
    desk.merging.merge(keep, other)
    after = content(desk)
    desk.history.undo()
    assert content(desk) == before
    desk.history.redo()
    assert content(desk) == after


# Nothing is forgotten ----------------------------------------------------------------------------------------------


def test_whatever_refers_to_a_contact_has_a_word_for_the_plan() -> None:
    assert {reference.table for reference in references()} == _PARTS | MOVED.keys()


@pytest.mark.parametrize("number", range(len(references())))
def test_every_table_that_refers_to_a_contact_is_moved(desk: Desk, number: int) -> None:
    """A new table with a foreign key to contacts that a merge forgets leaves its row behind, and this fails."""
    reference = references()[number]
    keep, other = (desk.contacts.add(ContactCard(family_name=name)).id or 0 for name in "AB")
    third = desk.contacts.add(ContactCard(family_name="C")).id or 0
    row = _some_row(desk, reference.table, reference.column, other, third)
    before = desk._database.rows(f"SELECT * FROM {reference.table} WHERE id = ?", (row,))
    desk.merging.merge(keep, other)
    columns = ", ".join(each.column for each in references() if each.table == reference.table)
    (named,) = desk._database.rows(f"SELECT {columns} FROM {reference.table} WHERE id = ?", (row,))
    assert keep in named
    for each in references():
        assert desk._database.rows(f"SELECT 1 FROM {each.table} WHERE {each.column} = ?", (other,)) == []
    desk.history.undo()
    assert desk._database.rows(f"SELECT * FROM {reference.table} WHERE id = ?", (row,)) == before


def _some_row(desk: Desk, name: str, column: str, contact: int, third: int) -> int:
    """A row of any table, with rows of the tables that it refers to."""
    table = Base.metadata.tables[name]
    values: dict[str, Any] = {}
    for each in table.columns:
        if each.primary_key:
            continue
        target = next(iter(each.foreign_keys)).column.table.name if each.foreign_keys else ""
        if each.name == column:
            values[each.name] = contact
        elif target == "contact":
            values[each.name] = third
        elif target and target != name:
            values[each.name] = _some_row(desk, target, "", contact, third)
        elif not target and not each.nullable and (each.server_default is None or _checked(table, each.name)):
            values[each.name] = 1 if isinstance(each.type, Integer) else _checked(table, each.name) or f"{name}-1"
    if name in ("not_duplicate", "not_household"):
        values["contact_id"], values["other_id"] = sorted((contact, third))
    with desk._database.writing(desk.history.entries(limit=1)[0].label) as transaction:
        cursor = transaction.execute(
            f"INSERT INTO {name} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", tuple(values.values())
        )
        return int(cursor.lastrowid or 0)


def _checked(table: Any, column: str) -> str:
    """An allowed value of a column that allows only some."""
    for constraint in table.constraints:
        if isinstance(constraint, CheckConstraint) and str(constraint.sqltext).startswith(f"{column} IN ("):
            return next(word for word in str(constraint.sqltext).split("'")[1::2] if word)
    return ""


def test_rows_that_only_one_contact_may_have_are_known_as_such() -> None:
    """A merge finds doubles by these constraints; a unique index made otherwise would stop it half way."""
    for reference in references():
        table = Base.metadata.tables[reference.table]
        assert not any(index.unique for index in table.indexes)
        assert all(c.columns for c in table.constraints if isinstance(c, UniqueConstraint))
