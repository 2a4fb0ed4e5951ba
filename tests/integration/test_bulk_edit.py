"""The same change for many contacts: what the preview says is what happens, as one step that can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from alumnidesk.desk import Desk
from alumnidesk.domain.bulk_edit import Edit, Target, Way
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, OwnValue
from alumnidesk.domain.fields import FIELDS, Kind
from alumnidesk.errors import Cancelled, InvalidInput, Refused
from alumnidesk.i18n import Language, say
from alumnidesk.progress import Progress
from alumnidesk.services.bulk import MANY, Outcome, Plan


def people(desk: Desk, *cards: ContactCard) -> list[int]:
    """Store these contacts, with a name if they have none."""
    return [desk.contacts.add(card if card.name else replace(card, family_name=f"N{i}")).id or 0
            for i, card in enumerate(cards)]  # fmt: skip


def told(desk: Desk, plan: Plan) -> list[str]:
    """The preview as one reads it: now → afterwards, or why not."""
    said = Language("en")
    return [
        f"{' + '.join(map(said, row.old))} → {' + '.join(map(said, row.new))}"
        if row.outcome is Outcome.CHANGES
        else f"{row.outcome}: {said(row.why)}"
        for row in desk.bulk.rows(plan, plan.in_order)
    ]


def carry_out(desk: Desk, ids: Sequence[int], edit: Edit) -> list[str]:
    """Look at a change, do it, and check that the contacts are as the preview said; returns the preview."""
    plan = desk.bulk.plan(ids, edit)
    preview = told(desk, plan)
    before = desk.contacts.cards(ids)
    n = desk.bulk.carry_out(plan)
    assert n == len(plan.ids[Outcome.CHANGES])
    differ = [old.id or 0 for old, new in zip(before, desk.contacts.cards(ids), strict=True) if old != new]
    assert sorted(differ) == sorted(plan.ids[Outcome.CHANGES]), "only those who were said to change did"
    if n:
        assert not desk.bulk.plan(ids, edit).ids[Outcome.CHANGES], "a second time there is nothing left to do"
        desk.history.undo()
        assert desk.contacts.cards(ids) == before
        desk.history.redo()
    return preview


def test_a_language_is_set_for_all_and_the_preview_says_for_whom(desk: Desk) -> None:
    ids = people(desk, ContactCard(), ContactCard(language="de"), ContactCard(language="sv"))
    assert carry_out(desk, ids, Edit("language", Way.SET, "sv")) == [
        " → Svenska",
        "Deutsch → Svenska",
        "stays: has it already",
    ]
    assert [card.language for card in desk.contacts.cards(ids)] == ["sv"] * 3
    label = desk.history.next_undo()
    assert label is not None
    assert str(label.label) == "Language of 2 contacts: Svenska"


def test_where_something_is_there_already_it_stays_when_only_gaps_are_filled(desk: Desk) -> None:
    ids = people(desk, ContactCard(), ContactCard(language="de"), ContactCard(language="sv"))
    assert carry_out(desk, ids, Edit("language", Way.FILL, "sv")) == [
        " → Svenska",
        "stays: has something else already",
        "stays: has it already",
    ]


def test_a_value_can_be_taken_from_all(desk: Desk) -> None:
    ids = people(desk, ContactCard(), ContactCard(salutation_mode="informal"))
    assert carry_out(desk, ids, Edit("salutation_mode", Way.CLEAR)) == [
        "Informal, with first name → ",
        "stays: has nothing there",
    ]
    assert str(desk.history.next_undo().label) == "Salutation of 1 contact emptied"  # type: ignore[union-attr]


def test_who_cannot_have_it_is_named_with_the_reason_and_the_others_change(desk: Desk) -> None:
    ids = people(desk, ContactCard(), ContactCard(family_name="Wied"), ContactCard(language="de"))
    desk.contacts.delete(ids[1:2])
    stored = desk.contacts.card(ids[2])
    with desk._database.writing(
        say("{name} changed", name="x")
    ) as transaction:  # as a file of an older program may have left it
        transaction.execute("UPDATE contact SET birth_date = '31.02.1999' WHERE id = ?", (stored.id,))
    plan = desk.bulk.plan(ids, Edit("no_post", Way.SET, "1"))
    assert told(desk, plan) == [
        "cannot: lies in the bin",
        "cannot: “31.02.1999” is not a date.",
        "no → yes",
    ]
    assert [(reason.outcome, reason.n) for reason in plan.reasons] == [(Outcome.CANNOT, 1)] * 2
    assert desk.bulk.carry_out(plan) == 1
    assert [card.no_post for card in desk.contacts.cards(ids)] == [True, False, False]


def test_who_was_unticked_stays_as_they_are(desk: Desk) -> None:
    ids = people(desk, ContactCard(), ContactCard(), ContactCard())
    plan = desk.bulk.plan(ids, Edit("no_email", Way.SET, "1"))
    assert desk.bulk.carry_out(plan, skip=[ids[1]]) == 2
    assert [card.no_email for card in desk.contacts.cards(ids)] == [True, False, True]
    nobody = desk.bulk.plan(ids[1:2], Edit("no_email", Way.SET, "1"))
    steps = len(desk.history.entries())
    assert desk.bulk.carry_out(nobody, skip=ids) == 0
    assert len(desk.history.entries()) == steps, "where nobody changes nothing is noted"


def test_a_remark_is_added_behind_what_is_there(desk: Desk) -> None:
    ids = people(desk, ContactCard(), ContactCard(remark="Plays the cello."), ContactCard(remark="x\nKnows VIPs"))
    assert carry_out(desk, ids, Edit("remark", Way.APPEND, "VIP")) == [
        " → VIP",
        "Plays the cello. → Plays the cello.\nVIP",
        "x\nKnows VIPs → x\nKnows VIPs\nVIP",
    ]


def test_the_country_of_all_addresses_is_filled_in_where_it_is_missing(desk: Desk) -> None:
    ids = people(
        desk,
        ContactCard(),
        ContactCard(addresses=(Address(town="Kiel"), Address(town="Wien", country="AT"))),
        ContactCard(addresses=(Address(town="Brno", country="CZ"),)),
        ContactCard(addresses=(Address(town="Bonn", country="DE"),)),
    )
    assert carry_out(desk, ids, Edit("address.country", Way.FILL, "Deutschland")) == [
        "Kiel → Kiel, Germany",
        "stays: has no address",
        "stays: has something else already",
        "stays: has it already",
    ]
    assert [a.country for a in desk.contacts.card(ids[1]).addresses] == ["DE", "AT"]


def test_the_kind_of_an_address_is_understood_in_any_words(desk: Desk) -> None:
    ids = people(desk, ContactCard(addresses=(Address(town="Kiel"), Address(town="Bonn", label="work"))))
    assert carry_out(desk, ids, Edit("address.label", Way.SET, "Privat")) == ["work → private + private"]
    assert [a.label for a in desk.contacts.card(ids[0]).addresses] == ["home", "home"]


def test_an_address_that_is_corrected_for_many_is_in_use_again_and_its_search_is_done(desk: Desk) -> None:
    (number,) = people(desk, ContactCard(addresses=(Address(region="Nord"),)))
    card = desk.contacts.card(number)
    desk.contacts.mark_undeliverable(number, card.addresses[0], "2026-03")
    assert desk.notes.open()
    carry_out(desk, [number], Edit("address.region", Way.SET, "Süd"))
    assert desk.contacts.card(number).addresses[0].undeliverable_since == ""
    assert not desk.notes.open()


def test_an_affiliation_is_added_once(desk: Desk) -> None:
    role = Affiliation("Zentrum", "Teilnehmer", cohort_to=2026)
    ids = people(desk, ContactCard(), ContactCard(affiliations=(role,)), ContactCard(affiliations=(Affiliation("A"),)))
    assert carry_out(desk, ids, Edit("affiliations", Way.ADD, part=role)) == [
        " → Zentrum, Teilnehmer, 2026",
        " → Zentrum, Teilnehmer, 2026",
        "stays: has it already",
    ]
    assert [a.unit for a in desk.contacts.card(ids[2]).affiliations] == ["A", "Zentrum"]


def test_the_affiliations_that_fit_end_on_a_day_and_the_others_go_on(desk: Desk) -> None:
    board, member = Affiliation("Förderverein", "Vorstand", began="2019"), Affiliation("Förderverein", "Mitglied")
    ids = people(
        desk,
        ContactCard(affiliations=(board, member)),
        ContactCard(affiliations=(member,)),
        ContactCard(affiliations=(replace(board, ended="2021"),)),
    )
    edit = Edit("affiliations", Way.END, "30.6.2026", where=Affiliation(role="VORSTAND"))
    assert carry_out(desk, ids, edit) == [
        "Förderverein, Vorstand, 2019– → Förderverein, Vorstand, 2019–30 Jun 2026",
        "stays: has no such affiliation",
        "stays: it has ended already",
    ]
    assert [a.ended for a in desk.contacts.card(ids[0]).affiliations] == ["2026-06-30", ""]


def test_matching_affiliations_become_others_in_what_is_said(desk: Desk) -> None:
    course = Affiliation("Zentrum", "Teilnehmer", "Kurs 12", 1997, 1998)
    ids = people(
        desk, ContactCard(affiliations=(course,)), ContactCard(affiliations=(replace(course, cohort_to=1999),))
    )
    where = Affiliation(unit="zentrum", cohort_to=1998)
    edit = Edit("affiliations", Way.CHANGE, where=where, part=Affiliation(unit="Akademie"))
    assert carry_out(desk, ids, edit) == [
        "Zentrum, Teilnehmer, Kurs 12, 1997–1998 → Akademie, Teilnehmer, Kurs 12, 1997–1998",
        "stays: has no such affiliation",
    ]
    assert "Akademie" in desk.contacts.units()


def test_of_a_group_with_at_most_one_the_preview_names_the_tag_that_goes(desk: Desk) -> None:
    ids = people(desk, ContactCard(tags=("Silber", "Chor")), ContactCard(tags=("Gold",)), ContactCard())
    group = desk.tags.add_group("Stufe", at_most_one=True)
    numbers = {line.name: line.id for line in desk.tags.lines()}
    desk.tags.put([numbers["Silber"], numbers["Gold"]], group.id)
    assert carry_out(desk, ids, Edit("tags", Way.ADD, " Gold ")) == [
        "Silber → Gold",
        " → Gold",
        "stays: has it already",
    ]
    assert desk.contacts.card(ids[0]).tags == ("Gold", "Chor")
    assert str(desk.history.next_undo().label) == "Tag “Gold” given to 2 contacts"  # type: ignore[union-attr]
    assert carry_out(desk, ids, Edit("tags", Way.REMOVE, "Chor")) == [
        "Chor → ",
        "stays: does not have it",
        "stays: does not have it",
    ]


@pytest.mark.parametrize(
    ("kind", "typed", "stored", "said"),
    [
        ("text", " veg ", "veg", "veg"),
        ("number", "3,50", "3.5", "3.5"),
        ("date", "2.3.1975", "1975-03-02", "2 Mar 1975"),
        ("yes_no", "ja", "1", "yes"),
        ("yes_no", "0", "0", "no"),
        ("choice", "m", "M", "M"),
        ("link", "www.lindenhof.example", "www.lindenhof.example", "www.lindenhof.example"),
    ],
)
def test_an_own_field_of_any_kind_but_file_is_filled_in(
    desk: Desk, kind: str, typed: str, stored: str, said: str
) -> None:
    desk.own_fields.add("Mine", kind, ["S", "M"] if kind == "choice" else ())
    ids = people(desk, ContactCard(), ContactCard(), ContactCard(own=(OwnValue("Mine", stored),)))
    edit = Edit("own.Mine", Way.SET, typed)
    assert carry_out(desk, ids, edit) == [f" → {said}", f" → {said}", "stays: has it already"]
    assert [[value.value for value in card.own] for card in desk.contacts.cards(ids)] == [[stored]] * 3
    carry_out(desk, ids, Edit("own.Mine", Way.CLEAR))
    assert [card.own for card in desk.contacts.cards(ids)] == [(), (), ()]


@pytest.mark.parametrize(
    ("edit", "problem"),
    [
        (Edit("language", Way.SET, "  "), "Nothing is entered yet."),
        (Edit("no_post", Way.SET, "maybe"), "Nothing is entered yet."),
        (Edit("gender_form", Way.SET, "x"), "“x” is none of the choices of “Form of address”."),
        (Edit("affiliations", Way.END, "31.02.2024"), "“31.02.2024” is not a date."),
        (Edit("affiliations", Way.ADD, part=Affiliation(began="03/04/24")), "“03/04/24” is not a date."),
        (Edit("affiliations", Way.ADD), "Enter at least a unit, a role or a year."),
        (Edit("own.Count", Way.SET, "many"), "“many” is not a number."),
        (Edit("own.Gone", Way.SET, "x"), "There is no field “Gone” any more."),
    ],
)
def test_a_value_that_nobody_can_have_is_refused_at_its_field(desk: Desk, edit: Edit, problem: str) -> None:
    desk.own_fields.add("Count", "number")
    ids = people(desk, ContactCard())
    with pytest.raises(InvalidInput) as refused:
        desk.bulk.plan(ids, edit)
    assert (refused.value.field, str(refused.value.message)) == ("value", problem)


@pytest.mark.parametrize("edit", [Edit("family_name", Way.SET, "X"), Edit("kind", Way.CLEAR), Edit("own.F", Way.CLEAR)])
def test_what_is_somebodys_own_is_not_changed_for_many(desk: Desk, edit: Edit) -> None:
    desk.own_fields.add("F", "file")
    with pytest.raises(Refused):
        desk.bulk.plan(people(desk, ContactCard()), edit)


def test_every_target_can_be_changed_in_every_way_that_it_offers(desk: Desk) -> None:
    for kind in ("text", "number", "date", "yes_no", "choice", "link"):
        desk.own_fields.add(f"A {kind}", kind, ["1"] if kind == "choice" else ())
    ids = people(desk, ContactCard(addresses=(Address(town="Kiel", country="AT"),), affiliations=(Affiliation("B"),)))
    offered = [(target, way) for target in desk.bulk.targets() for way in target.ways]
    for target, way in offered:
        carry_out(desk, ids, Edit(target.slot, way, value_for(target), part=Affiliation("C", cohort_to=2001)))
    slots = {target.slot.partition(".")[0] for target, _ in offered}
    many = {"addresses": "address"}
    typed = {many.get(one.key, one.key) for one in FIELDS if one.kind not in (Kind.IDENTITY, Kind.FOREIGN)}
    assert typed - slots == {
        "given_name", "additional_names", "name_particle", "family_name", "suffix", "birth_name", "former_names",
        "call_name", "birth_date", "deceased_on", "own_address_name", "emails", "phones", "links",
    }  # fmt: skip


def value_for(target: Target) -> str:
    """A value that this target can have."""
    known = {"language": "sv", "gender_form": "f", "salutation_mode": "none", "kind": "organisation",
             "own.A link": "www.x.example"}  # fmt: skip
    numbers = target.slot in ("no_post", "no_email", "no_phone", "deceased") or target.slot.startswith("own.A ")
    return known.get(target.slot, "1" if numbers and target.slot != "own.A date" else "2001")


def test_a_preview_does_not_hold_when_somebody_has_changed_something_since(desk: Desk) -> None:
    ids = people(desk, ContactCard(), ContactCard())
    plan = desk.bulk.plan(ids, Edit("language", Way.SET, "sv"))
    desk.contacts.tag(ids[:1], "Chor")
    with pytest.raises(Refused, match="changed since this preview"):
        desk.bulk.carry_out(plan)
    assert [card.language for card in desk.contacts.cards(ids)] == ["", ""]


def test_a_backup_is_made_before_many_are_changed_and_not_before_a_few(desk: Desk) -> None:
    ids = people(desk, *[ContactCard() for _ in range(MANY + 1)])
    desk.bulk.carry_out(desk.bulk.plan(ids[:MANY], Edit("no_post", Way.SET, "1")))
    assert [made.reason for made in desk.backups.list()] == []
    desk.bulk.carry_out(desk.bulk.plan(ids, Edit("language", Way.SET, "sv")))
    assert [(made.reason, made.verified) for made in desk.backups.list()] == [("bulk", True)]


class Impatient(Progress):
    """Somebody who stops the work when it is half done."""

    def advance(self, amount: int = 1) -> None:
        self.cancel()
        super().advance(amount)


def test_stopping_half_way_changes_nothing(desk: Desk) -> None:
    ids = people(desk, *[ContactCard(emails=(Email("x@mail.example"),)) for _ in range(3)])
    edit = Edit("language", Way.SET, "sv")
    with pytest.raises(Cancelled):
        desk.bulk.plan(ids, edit, Impatient())
    plan = desk.bulk.plan(ids, edit)
    with pytest.raises(Cancelled):
        desk.bulk.carry_out(plan, progress=Impatient())
    assert [card.language for card in desk.contacts.cards(ids)] == ["", "", ""]
    assert desk.bulk.carry_out(plan) == 3, "the preview still holds"


def test_somebody_who_is_gone_is_left_out_and_the_order_stays(desk: Desk) -> None:
    ids = people(desk, ContactCard(), ContactCard(), ContactCard())
    plan = desk.bulk.plan([ids[2], 4711, ids[0]], Edit("language", Way.SET, "sv"))
    assert list(plan.in_order) == [ids[2], ids[0]]
