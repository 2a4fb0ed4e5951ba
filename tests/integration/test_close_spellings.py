"""When nobody fits, a close spelling that somebody fits is offered, written as people write it."""

from __future__ import annotations

import pytest

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, ContactCard, Email

PEOPLE = [
    ContactCard(given_name="Anna", family_name="Meyer", addresses=(Address(town="Chemnitz"),)),
    ContactCard(given_name="Bernd", family_name="Müller", addresses=(Address(town="Kiel"),), tags=("Mentor",)),
    ContactCard(given_name="Christoph", family_name="Mager", emails=(Email("quelle@mail.example"),)),
    ContactCard(given_name="Åsa", family_name="Strömberg", remark="Singt im Chor."),
]


@pytest.fixture
def people(desk: Desk) -> Desk:
    for card in PEOPLE:
        desk.contacts.add(card)
    return desk


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Maier", "Meyer"),
        ("meier", "Meyer"),
        ("Möler", "Müller"),
        ("chemintz", "Chemnitz"),
        ("Hcemnitz", "Chemnitz"),
        ("Kristoph", "Christoph"),
        ("stromburg", "Strömberg"),
        ("anna chemnits", "anna Chemnitz"),
        ("ort:chemnits -kiel", "ort:Chemnitz -kiel"),
        ("tag:mentro", "tag:Mentor"),
        ("Maier chemnits", "Meyer Chemnitz"),
    ],
)
def test_a_close_spelling_is(people: Desk, typed: str, offered: str) -> None:
    assert not len(people.find.contacts(typed).ids)
    assert people.find.close_spellings(typed)[0] == offered
    assert len(people.find.contacts(offered).ids) == 1


@pytest.mark.parametrize("typed", ["xyz", "ab", "1899", "bernd chemnitz", "town:", "", "-", '"', "quellle", "Meyer"])
def test_nothing_is_offered_for(people: Desk, typed: str) -> None:
    assert people.find.close_spellings(typed) == []


def test_what_sounds_alike_is_offered_first_and_only_what_somebody_fits(people: Desk) -> None:
    assert people.find.close_spellings("Maier") == ["Meyer", "Mager"]
    assert people.find.close_spellings("Maier", limit=1) == ["Meyer"]
    assert people.find.close_spellings("Maier christoph") == ["Mager christoph"]


def test_looking_for_spellings_leaves_the_file_as_it_is(people: Desk) -> None:
    people.find.close_spellings("Maier")
    people.find.close_spellings("Maier")
    assert people.check() == []
    people.contacts.add(ContactCard(family_name="Maier"))
    assert people.find.close_spellings("Maier") == []
