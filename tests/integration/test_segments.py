"""Saved searches follow the data, fixed lists stay as they are; both can be looked for by name, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, EventCard, OwnValue
from alumnidesk.domain.consent import Sending
from alumnidesk.domain.query_names import UNIT
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import say
from alumnidesk.services.saved_queries import rename_in_searches


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Four contacts in three towns."""
    desk = Desk.create(tmp_path / "s.alumnidesk")
    for name, town, tags in (
        ("Anna", "Kiel", ("Mentor",)), ("Bernd", "Kiel", ()), ("Carla", "Malmö", ("Mentor",)), ("Dora", "Bonn", ()),
    ):  # fmt: skip
        desk.contacts.add(ContactCard(family_name=name, addresses=(Address(town=town),), tags=tags))
    yield desk
    desk.close(backup=False)


def names(desk: Desk, query: str) -> str:
    return " ".join(line.name for line in desk.find.lines(desk.find.contacts(query).ids))


def number(desk: Desk, name: str) -> int:
    return desk.find.contacts(name).ids[0]


def test_a_saved_search_follows_the_data(desk: Desk) -> None:
    kiel = desk.segments.save("  Aus   Kiel ", "ort:kiel")
    assert (kiel.name, kiel.query) == ("Aus Kiel", "town:kiel")
    assert names(desk, 'segment:"Aus Kiel"') == "Anna Bernd"
    desk.contacts.add(ContactCard(family_name="Emil", addresses=(Address(town="Kiel"),)))
    assert desk.segments.counted() == [(kiel, 3)]
    assert names(desk, 'suchprofil:"aus kiel" -emil') == "Anna Bernd"
    assert names(desk, "-sökning:aus") == "Carla Dora"


def test_a_list_stays_as_it_was_frozen(desk: Desk) -> None:
    mentors = desk.lists.freeze("Treffen", desk.find.contacts("tag:mentor").ids, "tag:mentor")
    desk.contacts.tag([number(desk, "Dora")], "Mentor")
    assert names(desk, "list:treffen") == names(desk, "liste:Tref") == "Anna Carla"
    assert (mentors.query, mentors.contacts) == ("tag:mentor", 2)
    assert desk.lists.add(mentors.id, desk.find.contacts("").ids) == 2
    assert desk.lists.take_off(mentors.id, [number(desk, "Anna"), 999]) == 1
    assert names(desk, "list:treffen") == names(desk, "bernd OR carla OR dora") == "Bernd Carla Dora"
    assert names(desk, "list:none") == "Anna"
    desk.contacts.delete([number(desk, "Dora")])
    assert desk.lists.all()[0].contacts == 2


def test_saved_searches_build_on_each_other_and_on_lists(desk: Desk) -> None:
    kiel = desk.segments.save("Kiel", "town:kiel")
    some = desk.lists.freeze("Fest", [number(desk, "Dora")])
    both = desk.segments.save("Beide", "segment:ki OR list:fe")
    assert both.query == "segment:Kiel OR list:Fest"
    assert names(desk, "segment:beide") == "Anna Bernd Dora"
    desk.segments.rename(kiel.id, "An der Förde")
    desk.lists.rename(some.id, "Fest (2025)")
    assert names(desk, "segment:beide") == "Anna Bernd Dora"
    for remove in (lambda: desk.segments.remove(kiel.id), lambda: desk.lists.remove(some.id)):
        with pytest.raises(Refused, match="Beide"):
            remove()
    with pytest.raises(InvalidInput, match="itself"):
        desk.segments.change(kiel.id, "segment:beide")
    desk.history.undo()
    desk.history.undo()
    assert desk.segments.get(both.id).query == "segment:Kiel OR list:Fest"


@pytest.mark.parametrize(
    ("name", "query", "field"),
    [("", "kiel", "name"), ("KIEL", "kiel", "name"), ("Neu", " ", "query"), ("Neu", "geboren:31.02.", "query"),
     ("Neu", "segment:gibtsnicht", "query"), ("Neu", "list:gibtsnicht", "query")],
)  # fmt: skip
def test_what_cannot_be_saved_is_refused_at_its_field(desk: Desk, name: str, query: str, field: str) -> None:
    desk.segments.save("Kiel", "town:kiel")
    with pytest.raises(InvalidInput) as refused:
        desk.segments.save(name, query)
    assert refused.value.field == field
    assert len(desk.segments.all()) == 1


def test_a_list_needs_a_name_of_its_own(desk: Desk) -> None:
    desk.lists.freeze("Fest", [])
    for name in ("", "fest"):
        with pytest.raises(InvalidInput):
            desk.lists.freeze(name, [])


def test_an_unknown_name_finds_nobody(desk: Desk) -> None:
    assert names(desk, "segment:x") == names(desk, "list:x") == ""
    assert names(desk, "segment:any") == names(desk, "list:any") == ""
    assert names(desk, "segment:none") == "Anna Bernd Carla Dora"


def test_every_deed_is_told_in_words_and_can_be_taken_back(desk: Desk) -> None:
    ids = list(desk.find.contacts("kiel").ids)
    begun = len(desk.history.entries())
    one = desk.segments.save("Kiel", "kiel")
    desk.segments.rename(one.id, "Förde")
    desk.segments.change(one.id, "town:=kiel")
    desk.segments.remove(one.id)
    fixed = desk.lists.freeze("Fest", ids)
    desk.lists.rename(fixed.id, "Ball")
    desk.lists.take_off(fixed.id, ids[:1])
    desk.lists.add(fixed.id, ids)
    desk.lists.remove(fixed.id)
    entries = desk.history.entries()
    done = entries[: len(entries) - begun]
    assert [str(entry.label) for entry in reversed(done)] == [
        "Search “Kiel” saved", "Saved search “Kiel” is called “Förde” now", "Saved search “Förde” changed",
        "Saved search “Förde” removed", "List “Fest” made, with 2 contacts", "List “Fest” is called “Ball” now",
        "1 contact taken off the list “Ball”", "1 contact put on the list “Ball”", "List “Ball” removed",
    ]  # fmt: skip
    for entry in done:
        details = desk.history.details(entry.id)
        assert details.lines or details.counts, entry.label
    told = [(line.subject, str(line.field)) for line in desk.history.details(done[6].id).lines]
    assert told == [("Förde", "Looks for")]
    for _ in done:
        desk.history.undo()
    assert (desk.segments.all(), desk.lists.all()) == ([], [])
    for _ in done[1:]:
        desk.history.redo()
    assert names(desk, "list:Ball") == "Anna Bernd"


@pytest.mark.parametrize("language", ["de", "en", "sv"])
def test_the_sample_association_has_saved_searches_that_find_somebody(tmp_path: Path, language: str) -> None:
    desk = Desk.create_sample(tmp_path / "sample.alumnidesk", language=language)
    try:
        found = desk.segments.counted()
        assert len(found) == 3
        assert all(0 < n < 240 for _, n in found), found
        for segment, n in found:
            assert desk.segments.change(segment.id, segment.query) == segment
            assert len(desk.find.contacts(f'segment:"{segment.name}"').ids) == n
    finally:
        desk.close(backup=False)


# What saved searches name --------------------------------------------------------------------------------------------


def queries(desk: Desk) -> dict[str, str]:
    return {segment.name: segment.query for segment in desk.segments.all()}


def missed(desk: Desk) -> list[str]:
    return [str(sentence) for said in desk.segments.missing().values() for sentence in said]


def test_saved_searches_follow_a_tag_to_its_new_name_and_back(desk: Desk) -> None:
    for name, query in (("Exact", "tag:=mentor"), ("Begun", "tag:ment"), ("Without", "kiel -tag:Mentor"),
                        ("Word", "mentor"), ("Other", "tag:x OR tag:mentor")):  # fmt: skip
        desk.segments.save(name, query)
    (mentor,) = desk.tags.lines()
    before = queries(desk), {name: names(desk, f'segment:"{name}"') for name in queries(desk)}
    desk.tags.rename(mentor.id, "Pate (neu)")
    assert {name: names(desk, f'segment:"{name}"') for name in before[1] if name != "Word"} == {
        name: found for name, found in before[1].items() if name != "Word"
    }
    assert queries(desk)["Without"] == 'kiel -tag:"Pate (neu)"'
    assert missed(desk) == ["There is no tag “x”."]
    desk.history.undo()
    assert queries(desk) == before[0]
    desk.history.redo()
    assert queries(desk)["Exact"] == 'tag:="Pate (neu)"'


def test_a_beginning_that_several_tags_have_goes_on_finding_all_of_them(desk: Desk) -> None:
    desk.contacts.tag([number(desk, "Dora")], "Mentorin a. D.")
    desk.segments.save("Beide", "tag:mentor")
    desk.tags.rename(next(line.id for line in desk.tags.lines() if line.name == "Mentor"), "Pate")
    assert names(desk, "segment:Beide") == "Anna Carla Dora"
    desk.contacts.tag([number(desk, "Bernd")], "Patenkind")
    desk.segments.save("Paten", "tag:=pate")
    pate = next(line.id for line in desk.tags.lines() if line.name == "Pate")
    desk.tags.rename(pate, "Patentante")
    assert names(desk, "segment:Beide") == "Anna Bernd Carla Dora"  # “tag:pate” has meant all that begin so
    assert names(desk, "segment:Paten") == "Anna Carla"


def test_saved_searches_look_for_the_tag_that_others_became(desk: Desk) -> None:
    desk.contacts.tag([number(desk, "Dora")], "Pate")
    desk.segments.save("Mentoren", "tag:=mentor")
    of_name = {line.name: line.id for line in desk.tags.lines()}
    desk.tags.merge([of_name["Mentor"]], of_name["Pate"])
    assert names(desk, "segment:Mentoren") == "Anna Carla Dora"
    desk.history.undo()
    assert names(desk, "segment:Mentoren") == "Anna Carla"


def test_saved_searches_follow_an_event_a_purpose_and_an_own_field(desk: Desk) -> None:
    anna = number(desk, "Anna")
    ball = desk.events.add(EventCard(title="Ball"))
    assert ball.id is not None
    desk.events.invite(ball.id, [anna], "coming")
    mentoring = desk.purposes.add("Mentoring")
    desk.consents.answer([anna], Sending(mentoring.key, "email"), "yes")
    size = desk.own_fields.add("Shirt size", "choice", ["M", "L"])
    assert size.id is not None
    card = desk.contacts.card(anna)
    desk.contacts.save(card, replace(card, own=(OwnValue("Shirt size", "M"),)))
    desk.segments.save("Ball", "coming:=ball")
    desk.segments.save("Mentoring", "agreed:mentoring agreed:email -refused:post")
    desk.segments.save("Mail", 'agreed:"mentoring email"')
    desk.segments.save("Size", "shirtsize:M")
    before = queries(desk)
    desk.events.save(ball, replace(ball, title="Sommerball"))
    desk.purposes.rename(mentoring.key, "Coaching")
    desk.own_fields.rename(size.id, "T-Shirt")
    desk.own_fields.change_choices(size.id, ["Medium", "L"])
    assert queries(desk) == {
        "Ball": "coming:=Sommerball", "Mentoring": "agreed:Coaching agreed:email -refused:post",
        "Mail": 'agreed:"Coaching email"', "Size": "T-Shirt:Medium",
    }  # fmt: skip
    for name in queries(desk):
        assert names(desk, f"segment:{name}") == "Anna", name
    assert missed(desk) == []
    for _ in range(4):
        desk.history.undo()
    assert queries(desk) == before


def test_saved_searches_follow_a_unit_by_its_roles_too(desk: Desk) -> None:
    for name in ("Hamburg", "Hannover"):
        desk.contacts.add(ContactCard(family_name=name[:3], affiliations=(Affiliation(role="Member", unit=name),)))
    desk.segments.save("Members", "is:member@hamburg")
    desk.segments.save("All", "unit:ha")
    with desk._database.writing(say("Unit renamed")) as transaction:
        transaction.execute("UPDATE unit SET name = 'Nord' WHERE name = 'Hamburg'")
        rename_in_searches(desk._database, transaction, UNIT, "Hamburg", "Nord")
    assert queries(desk) == {"Members": "is:member@Nord", "All": "unit:ha OR unit:Nord"}
    assert names(desk, "segment:All") == "Ham Han"


def test_a_saved_search_says_what_it_misses(desk: Desk) -> None:
    ball = desk.events.add(EventCard(title="Ball"))
    assert ball.id is not None
    mentoring = desk.purposes.add("Mentoring")
    size = desk.own_fields.add("Size")
    assert size.id is not None
    saved = {"Tag": "tag:mentor", "Event": "invited:ball", "Purpose": "agreed:mentoring", "Field": "size:38..40",
             "Unit": "role:member@kiel", "Inner": "segment:Tag"}  # fmt: skip
    for name, query in saved.items():
        desk.segments.save(name, query)
    desk.tags.remove(desk.tags.lines()[0].id)
    desk.events.delete(ball.id)
    desk.purposes.remove(mentoring.key)
    desk.own_fields.remove(size.id)
    of_name = {segment.id: segment.name for segment in desk.segments.all()}
    said = {of_name[number]: [str(one) for one in said] for number, said in desk.segments.missing().items()}
    assert said == {
        "Tag": ["There is no tag “mentor”."], "Event": ["There is no event “ball”."],
        "Purpose": ["There is no purpose “mentoring”."], "Field": ["There is no field “Size”."],
        "Unit": ["There is no unit “kiel”."], "Inner": ["There is no tag “mentor”."],
    }  # fmt: skip
    assert [str(one) for one in desk.find.contacts("segment:Inner").missing] == ["There is no tag “mentor”."]
    assert not desk.find.contacts("web:http://x.example -agreed:post 10:30").missing
    for _ in range(4):
        desk.history.undo()
    assert missed(desk) == ["There is no unit “kiel”."]
