"""Events and their lists through a real desk."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard, EventCard
from alumnidesk.errors import InvalidInput


def people(desk: Desk, count: int) -> list[int]:
    return [desk.contacts.add(ContactCard(given_name="P", family_name=f"Person{i:03}")).id or 0 for i in range(count)]


def reunion(desk: Desk, **values: object) -> int:
    card = EventCard(title="Ehemaligentreffen", starts_on="2026-12-12", place="Großer Saal")
    return desk.events.add(replace(card, **values)).id or 0  # type: ignore[arg-type]


def test_eighty_people_are_put_on_a_list_in_one_step_and_nobody_twice(desk: Desk) -> None:
    event, numbers = reunion(desk), people(desk, 80)
    assert desk.events.invite(event, numbers) == 80
    assert desk.events.invite(event, [*numbers, numbers[0]]) == 0
    assert [p.contact_id for p in desk.events.roster(event)] == numbers
    desk.history.undo()
    assert desk.events.roster(event) == []


def test_answers_are_counted_with_companions(desk: Desk) -> None:
    event, numbers = reunion(desk, capacity=60), people(desk, 5)
    desk.events.invite(event, numbers)
    roster = desk.events.roster(event)
    desk.events.answer([roster[0].id, roster[1].id], "coming", dt.date(2026, 11, 12))
    desk.events.change(roster[0].id, companions=2, remark="Vegetarisch")
    desk.events.answer([roster[2].id], "declined")
    desk.events.answer([roster[3].id], "waitlist")
    (line,) = desk.events.lines()
    assert (line.invited, line.coming, line.declined, line.waitlist) == (1, 4, 1, 1)
    first = desk.events.roster(event)[0]
    assert (first.state, first.companions, first.answered_on, first.remark) == (
        "coming",
        2,
        "2026-11-12",
        "Vegetarisch",
    )
    assert [p.contact_id for p in desk.events.waitlist(event)] == [numbers[3]]


def test_who_is_in_the_bin_is_counted_nowhere_as_the_list_leaves_them_out(desk: Desk) -> None:
    event, numbers = reunion(desk), people(desk, 4)
    desk.events.invite(event, numbers)
    desk.events.answer([person.id for person in desk.events.roster(event)[:2]], "coming")
    desk.contacts.delete([numbers[0], numbers[3]])
    for (line,) in (desk.events.lines(), desk.events.next_lines(dt.date(2026, 11, 1))):
        assert (line.coming, line.invited) == (1, 1)
    assert [person.contact_id for person in desk.events.roster(event)] == numbers[1:3]
    desk.contacts.delete(numbers[1:3])
    (line,) = desk.events.lines()
    assert (line.coming, line.invited) == (0, 0)
    desk.history.undo()
    desk.history.undo()
    (line,) = desk.events.lines()
    assert (line.coming, line.invited) == (2, 2)


def test_who_has_waited_longest_stands_first_on_the_waiting_list(desk: Desk) -> None:
    event, numbers = reunion(desk, capacity=60), people(desk, 4)
    desk.events.invite(event, numbers)
    roster = desk.events.roster(event)
    for place, day in ((0, 12), (1, 1), (3, 9), (2, 9)):
        desk.events.answer([roster[place].id], "waitlist", on=dt.date(2026, 11, day))
    assert [p.contact_id for p in desk.events.waitlist(event)] == [numbers[i] for i in (1, 2, 3, 0)]


def test_an_answer_is_taken_back_with_its_date(desk: Desk) -> None:
    event, (number,) = reunion(desk), people(desk, 1)
    desk.events.invite(event, [number])
    before = desk.events.roster(event)
    desk.events.answer([before[0].id], "coming")
    desk.history.undo()
    assert desk.events.roster(event) == before


def test_a_deleted_event_comes_back_with_its_list(desk: Desk) -> None:
    event, numbers = reunion(desk), people(desk, 3)
    desk.events.invite(event, numbers)
    before = desk.events.roster(event)
    desk.events.delete(event)
    assert desk.events.lines() == []
    desk.history.undo()
    assert desk.events.roster(event) == before


def test_people_in_the_bin_are_not_on_the_list_and_come_back_to_it(desk: Desk) -> None:
    event, numbers = reunion(desk), people(desk, 2)
    desk.events.invite(event, numbers)
    desk.contacts.delete([numbers[0]])
    assert [p.contact_id for p in desk.events.roster(event)] == [numbers[1]]
    desk.contacts.restore([numbers[0]])
    assert len(desk.events.roster(event)) == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "  "}, "title"),
        ({"starts_on": "12.12.26"}, "starts_on"),
        ({"starts_at": "25:00"}, "starts_at"),
        ({"ends_on": "2026-12-11"}, "ends_on"),
        ({"capacity": 0}, "capacity"),
    ],
)
def test_an_impossible_event_is_refused_at_its_field(desk: Desk, values: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        reunion(desk, **values)
    assert refused.value.field == field
    assert desk.events.lines() == []
