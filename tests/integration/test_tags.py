"""Tags and their groups, through the desk."""

from __future__ import annotations

import pytest

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.tags import TagGroup, missing, too_many, with_tag
from alumnidesk.errors import InvalidInput


def tag(desk: Desk, name: str) -> int:
    return next(line.id for line in desk.tags.lines() if line.name == name)


def tags(desk: Desk, contact: ContactCard) -> tuple[str, ...]:
    return desk.contacts.card(contact.id or 0).tags


@pytest.fixture
def anna(desk: Desk) -> ContactCard:
    return desk.contacts.add(ContactCard(family_name="Müller", tags=("Active", "Choir")))


@pytest.fixture
def status(desk: Desk, anna: ContactCard) -> TagGroup:
    """A group of which one has at most one, and should have one."""
    group = desk.tags.add_group("Status", at_most_one=True, required=True)
    desk.tags.add("Passive", group.id)
    desk.tags.put([tag(desk, "Active")], group.id)
    return desk.tags.group(group.id or 0)


def test_tags_stand_in_their_groups(desk: Desk, status: TagGroup) -> None:
    assert status.tags == ("Active", "Passive")
    assert [(line.name, line.group, line.contacts) for line in desk.tags.lines()] == [
        ("Active", "Status", 1),
        ("Passive", "Status", 0),
        ("Choir", "", 1),
    ]


def test_of_a_group_with_at_most_one_the_new_tag_takes_the_place_of_the_other(
    desk: Desk, anna: ContactCard, status: TagGroup
) -> None:
    desk.contacts.tag([anna.id or 0], "Passive")
    assert set(tags(desk, anna)) == {"Passive", "Choir"}
    desk.history.undo()
    assert tags(desk, anna) == ("Active", "Choir")


def test_what_is_missing_and_what_is_too_much_is_known(status: TagGroup) -> None:
    assert missing(("Choir",), [status]) == [status]
    assert missing(("Passive",), [status]) == []
    assert too_many(("Active", "Passive"), [status]) == [status]
    assert with_tag(("Choir", "Active", "X"), "Passive", [status]) == ("Choir", "Passive", "X")
    assert with_tag(("Choir",), "Choir", [status]) == ("Choir",)


def test_a_renamed_tag_is_found_under_its_new_name(desk: Desk, anna: ContactCard) -> None:
    desk.tags.rename(tag(desk, "Choir"), "Singers")
    assert tags(desk, anna) == ("Active", "Singers")
    assert list(desk.find.contacts("singers").ids) == [anna.id]
    assert list(desk.find.contacts("choir").ids) == []
    with pytest.raises(InvalidInput, match="already"):
        desk.tags.rename(tag(desk, "Singers"), "active")


def test_merged_tags_stand_once_at_everybody_and_can_be_taken_apart(desk: Desk, anna: ContactCard) -> None:
    other = desk.contacts.add(ContactCard(family_name="Öz", tags=("Chor",)))
    both = desk.contacts.add(ContactCard(family_name="Ahrens", tags=("Chor", "Choir")))
    desk.tags.merge([tag(desk, "Chor")], tag(desk, "Choir"))
    assert [tags(desk, card) for card in (anna, other, both)] == [("Active", "Choir"), ("Choir",), ("Choir",)]
    desk.history.undo()
    assert [tags(desk, card) for card in (other, both)] == [("Chor",), ("Chor", "Choir")]
    assert desk.check() == []


def test_a_removed_tag_is_gone_everywhere_and_comes_back(desk: Desk, anna: ContactCard) -> None:
    assert desk.tags.remove(tag(desk, "Choir")) == 1
    assert tags(desk, anna) == ("Active",)
    desk.history.undo()
    assert tags(desk, anna) == ("Active", "Choir")


def test_a_removed_group_leaves_its_tags(desk: Desk, anna: ContactCard, status: TagGroup) -> None:
    desk.tags.remove_group(status.id or 0)
    assert desk.tags.groups() == []
    assert tags(desk, anna) == ("Active", "Choir")
    with pytest.raises(InvalidInput):
        desk.tags.add_group("  ")
