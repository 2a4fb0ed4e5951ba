"""Relationships through a real desk: each side is shown what the other one is."""

from __future__ import annotations

import pytest

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import Language

ENGLISH, GERMAN = Language("en"), Language("de")


def person(desk: Desk, name: str, **more: str) -> int:
    return desk.contacts.add(ContactCard(family_name=name, **more)).id or 0  # type: ignore[arg-type]


def seen(desk: Desk, contact: int, language: Language = ENGLISH) -> list[tuple[str, str]]:
    return [(language(relation.role), relation.name) for relation in desk.relationships.of(contact)]


def test_both_sides_are_named_in_the_right_words(desk: Desk) -> None:
    ruth, kim = person(desk, "Ruth"), person(desk, "Kim")

    desk.relationships.relate(ruth, kim, "mentor", began="2019", remark="Praktikum")

    assert seen(desk, kim) == [("Mentor", "Ruth")]
    assert seen(desk, ruth) == [("Mentee", "Kim")]
    (relation,) = desk.relationships.of(kim)
    assert (relation.other, relation.began, relation.remark) == (ruth, "2019", "Praktikum")


def test_what_is_mutual_is_known_from_either_side(desk: Desk) -> None:
    ruth, kim = person(desk, "Ruth"), person(desk, "Kim")
    desk.relationships.relate(kim, ruth, "spouse")

    assert seen(desk, ruth) == [("Spouse", "Kim")]
    assert seen(desk, kim) == [("Spouse", "Ruth")]
    with pytest.raises(Refused, match="known already"):
        desk.relationships.relate(ruth, kim, "spouse")


def test_a_kind_of_ones_own_names_both_sides_as_they_were_typed(desk: Desk) -> None:
    ruth, kim = person(desk, "Ruth"), person(desk, "Kim")

    kind = desk.relationships.add_kind(" Patin <b> ", "Patenkind {name}")
    desk.relationships.relate(ruth, kim, kind.key)

    assert seen(desk, kim, GERMAN) == [("Patin <b>", "Ruth")]
    assert seen(desk, ruth, GERMAN) == [("Patenkind {name}", "Kim")]
    assert kind in desk.relationships.kinds()
    with pytest.raises(Refused, match="already"):
        desk.relationships.add_kind("patin <B>")
    with pytest.raises(InvalidInput):
        desk.relationships.add_kind("  ")


def test_an_organisation_shows_its_contact_persons_with_what_they_are_there(desk: Desk) -> None:
    firm = desk.contacts.add(ContactCard(kind="organisation", organisation="Werft")).id or 0
    ruth = person(desk, "Ruth", position="Leiterin", department="Einkauf")

    desk.relationships.relate(ruth, firm, "contact_person", began="2020-05", ended="2024")

    (relation,) = desk.relationships.of(firm)
    assert (ENGLISH(relation.role), relation.shown_as) == ("Contact person", ("Leiterin", "Einkauf"))
    assert (relation.began, relation.ended) == ("2020-05", "2024")
    assert seen(desk, ruth) == [("Contact person at", "Werft")]


def test_a_contact_person_has_a_position_in_each_organisation_that_both_sides_show(desk: Desk) -> None:
    firm = desk.contacts.add(ContactCard(kind="organisation", organisation="Werft")).id or 0
    choir = desk.contacts.add(ContactCard(kind="organisation", organisation="Chor")).id or 0
    ruth = person(desk, "Ruth", position="Leiterin", department="Einkauf")

    desk.relationships.relate(ruth, firm, "contact_person", position="  Ausbilderin ", department="Lehrwerkstatt")
    sings = desk.relationships.relate(ruth, choir, "contact_person", position="Notenwartin", began="2024-01")

    (at_firm,), (at_choir,) = desk.relationships.of(firm), desk.relationships.of(choir)
    assert (at_firm.position, at_firm.shown_as) == ("Ausbilderin", ("Ausbilderin", "Lehrwerkstatt"))
    assert at_choir.shown_as == ("Notenwartin",), "of the department elsewhere it says nothing"
    assert {(r.name, r.shown_as) for r in desk.relationships.of(ruth)} == {
        ("Werft", ("Ausbilderin", "Lehrwerkstatt")), ("Chor", ("Notenwartin",)),
    }  # fmt: skip
    values = {"position": "", "department": "", "began": "2024-01", "ended": "2025", "remark": ""}
    desk.relationships.change(sings, **values)
    assert desk.relationships.of(choir)[0].shown_as == ("Leiterin", "Einkauf"), "what she is otherwise"
    desk.history.undo()
    assert desk.relationships.of(choir)[0].position == "Notenwartin"


def test_what_has_ended_is_kept_and_stands_last(desk: Desk) -> None:
    ruth, kim, bo = person(desk, "Ruth"), person(desk, "Kim"), person(desk, "Bo")
    old = desk.relationships.relate(ruth, bo, "spouse")
    desk.relationships.relate(ruth, kim, "colleague")

    desk.relationships.change(old, position="", department="", began="", ended="2020-03", remark="")

    assert seen(desk, ruth) == [("Colleague", "Kim"), ("Spouse", "Bo")]


def test_everything_is_taken_back_also_what_others_build_on_the_same_kind(desk: Desk) -> None:
    ruth, kim, bo = person(desk, "Ruth"), person(desk, "Kim"), person(desk, "Bo")
    first = desk.relationships.relate(ruth, kim, "mentor")
    step = desk.history.entries()[0].id
    desk.relationships.relate(ruth, bo, "mentor")

    desk.history.undo(step)
    assert seen(desk, ruth) == [("Mentee", "Bo")]
    desk.history.redo(step)
    assert seen(desk, ruth) == [("Mentee", "Bo"), ("Mentee", "Kim")]

    desk.relationships.change(first, position="", department="", began="2018", ended="2019-06", remark=" x ")
    desk.relationships.remove(first)
    assert seen(desk, kim) == []
    desk.history.undo()
    (relation,) = desk.relationships.of(kim)
    assert (relation.began, relation.ended, relation.remark) == ("2018", "2019-06", "x")


def test_who_is_in_the_bin_is_nobodys_mentor_until_restored(desk: Desk) -> None:
    ruth, kim = person(desk, "Ruth"), person(desk, "Kim")
    desk.relationships.relate(ruth, kim, "mentor")

    desk.contacts.delete([ruth])
    assert seen(desk, kim) == []
    desk.contacts.restore([ruth])
    assert seen(desk, kim) == [("Mentor", "Ruth")]


@pytest.mark.parametrize(("began", "ended", "field"), [("31.02.", "", "began"), ("2020", "2019-12", "ended")])
def test_dates_that_cannot_be_are_refused_at_their_field(desk: Desk, began: str, ended: str, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        desk.relationships.relate(person(desk, "Ruth"), person(desk, "Kim"), "knows", began=began, ended=ended)
    assert refused.value.field == field


def test_nobody_is_related_to_themselves(desk: Desk) -> None:
    ruth = person(desk, "Ruth")
    with pytest.raises(Refused):
        desk.relationships.relate(ruth, ruth, "knows")


def test_the_timeline_and_the_history_of_both_tell_it(desk: Desk) -> None:
    ruth, kim = person(desk, "Ruth"), person(desk, "Kim")
    relation = desk.relationships.relate(ruth, kim, "mentor")
    added = desk.history.entries()[0].id
    desk.relationships.remove(relation)

    for contact in (ruth, kim):
        told = [ENGLISH(entry.title) for entry in desk.contacts.timeline(contact)]
        assert told[:2] == [
            "Relationship of Ruth and Kim removed: Mentor",
            "Relationship of Ruth and Kim added: Mentor",
        ]
    (line,) = desk.history.details(added).lines
    assert (line.subject, ENGLISH(line.field), ENGLISH(line.after)) == ("Ruth", "Relationship", "Mentor, Kim")
