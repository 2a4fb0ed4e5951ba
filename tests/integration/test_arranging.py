"""The contact list by any column: what it shows of a contact, in which order, in which groups."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, Link, OwnValue, Phone
from alumnidesk.domain.consent import Sending
from alumnidesk.domain.lines import Arrangement
from alumnidesk.domain.list_columns import COLUMNS
from alumnidesk.domain.own_fields import OwnKind
from alumnidesk.errors import Cancelled
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.services.arranging import Arranging
from alumnidesk.storage.column_values import of_one, of_range

BY_NAME = ["Aal", "Anna Müller", "Zeh"]


def add(desk: Desk, name: str, **more: object) -> int:
    number = desk.contacts.add(ContactCard(family_name=name, **more)).id  # type: ignore[arg-type]
    assert number is not None
    return number


def arranged(desk: Desk, sort: str = "name", query: str = "", *, down: bool = False, group: str = "") -> list[str]:
    hits = desk.find.contacts(query, Arrangement(sort, down, group))
    return [line.name for line in desk.find.lines(hits.ids)]


def value(desk: Desk, number: int, column: str) -> str:
    (line,) = desk.find.lines([number], [column])
    return line.more[0]


@pytest.fixture
def anna(desk: Desk) -> int:
    """Somebody with several of everything."""
    return add(
        desk,
        "Müller",
        given_name="Anna",
        birth_date="1979-04",
        no_post=True,
        language="sv",
        phones=(Phone("040 1"), Phone("040 2"), Phone("0151 3", preferred=True)),
        emails=(Email("anna@mail.example"),),
        links=(Link("https://anna.example"), Link("https://cello.example")),
        addresses=(
            Address(street="Altweg", house_number="1", town="Kiel", undeliverable_since="2024-01-01"),
            Address(street="Lindenweg", house_number="14", postcode="22767", town="Hamburg", country="DE"),
            Address(street="Ferienweg 2", town="Husum"),
        ),
        affiliations=(
            Affiliation("Altes Haus", "Gast", "Kurs 1", 1997, 1998, ended="1998-05"),
            Affiliation("Neues Haus", "Mitglied"),
            Affiliation("Verein", "Mitglied", degree="Diplom"),
        ),
    )


def test_a_column_shows_what_counts_of_a_contact(desk: Desk, anna: int) -> None:
    wanted = {
        "given_name": "Anna",
        "birth_date": "1979-04",
        "no_post": "1",
        "no_phone": "",
        "kind": "person",
        "language": "sv",
        "phone": "0151 3",
        "link": "https://anna.example",
        "street": "Lindenweg 14",
        "postcode": "22767",
        "country": "DE",
        "unit": "Neues Haus, Verein, Altes Haus",
        "role": "Mitglied, Gast",
        "programme": "Kurs 1",
        "degree": "Diplom",
        "made": dt.date.today().isoformat(),
        "changed": dt.date.today().isoformat(),
    }
    (line,) = desk.find.lines([anna], list(wanted))
    assert dict(zip(wanted, line.more, strict=True)) == wanted


def test_household_and_follow_up_are_columns_too(desk: Desk, anna: int) -> None:
    bernd = add(desk, "Wied")
    household = desk.households.make([anna, bernd])
    assert value(desk, anna, "household") == "Wied"
    desk.notes.add(anna, "call", due_on="2031-05-01")
    desk.notes.add(anna, "call again", due_on="2030-05-01")
    assert value(desk, anna, "follow_up") == "2030-05-01"
    assert household


def test_changed_on_knows_every_way_in_which_contacts_change(desk: Desk) -> None:
    aal, berg, wied, zeh = (add(desk, name) for name in ("Aal", "Berg", "Wied", "Zeh"))
    database = desk._database

    def happened(day: str) -> None:
        """Everything since the last such day was done on this one."""
        with database.writing(say("Another day")) as transaction:
            transaction.execute("UPDATE changeset SET made_at = ? WHERE made_at > '2024'", (f"{day}T12:00:00+00:00",))

    happened("2020-01-01")
    desk.contacts.tag([berg, wied], "Helper")
    happened("2021-01-01")
    desk.contacts.save(desk.contacts.card(wied), replace(desk.contacts.card(wied), remark="moved"))
    happened("2022-01-01")
    purpose = desk.purposes.all()[0]
    desk.consents.answer([zeh], Sending(purpose.key, purpose.asked[0]), "yes")
    happened("2023-01-01")
    wanted = {aal: "2020-01-01", berg: "2021-01-01", wied: "2022-01-01", zeh: "2023-01-01"}
    assert {number: value(desk, number, "changed") for number in wanted} == wanted
    assert {number: database.ask(of_one, "changed", number) for number in wanted} == wanted
    assert database.ask(of_range, "changed", range(zeh + 1)) == wanted
    assert arranged(desk, "changed", down=True) == ["Zeh", "Wied", "Berg", "Aal"]


def test_every_column_can_be_shown_and_sorted_by_and_who_has_nothing_comes_last(desk: Desk, anna: int) -> None:
    add(desk, "Aal")
    add(desk, "Zeh")
    by_name = ["Aal", "Anna Müller", "Zeh"]
    everybody_has_it = {"name", "family_name", "kind", "made", "changed"}
    for column in set(COLUMNS) - everybody_has_it:
        wanted = ["Anna Müller", "Aal", "Zeh"] if value(desk, anna, column) else by_name
        assert arranged(desk, column) == arranged(desk, column, down=True) == wanted, column
    for column in everybody_has_it:
        assert arranged(desk, column) == by_name, column


def test_equal_values_stand_by_name_upwards_and_downwards(desk: Desk) -> None:
    for name, year in (("Wied", 1998), ("Berg", 2001), ("Aal", 1998), ("Zeh", 2001), ("Ohne", None)):
        add(desk, name, affiliations=(Affiliation(cohort_to=year),) if year else ())
    assert arranged(desk, "cohort") == ["Aal", "Wied", "Berg", "Zeh", "Ohne"]
    assert arranged(desk, "cohort", down=True) == ["Berg", "Zeh", "Aal", "Wied", "Ohne"]


def test_own_fields_sort_by_what_they_hold(desk: Desk) -> None:
    desk.own_fields.add("Höhe (m)", OwnKind.NUMBER)
    desk.own_fields.add("Size", OwnKind.CHOICE, ["S", "M", "L"])
    for name, height, size in (("Aal", "10", "L"), ("Berg", "9", "S"), ("Wied", "", ""), ("Zeh", "-1,5", "M")):
        add(desk, name, own=(OwnValue("Höhe (m)", height), OwnValue("Size", size)))
    assert arranged(desk, "own.Höhe (m)") == ["Zeh", "Berg", "Aal", "Wied"]
    assert arranged(desk, "own.Höhe (m)", down=True) == ["Aal", "Berg", "Zeh", "Wied"]
    assert arranged(desk, "own.Size") == ["Berg", "Zeh", "Aal", "Wied"]
    assert value(desk, desk.find.contacts().ids[0], "own.Size") == "L"
    assert arranged(desk, "own.gone") == ["Aal", "Berg", "Wied", "Zeh"]


def test_what_a_search_finds_is_sorted_alike(desk: Desk, anna: int) -> None:
    add(desk, "Müller", given_name="Zoe", phones=(Phone("0100 1"),))
    add(desk, "Wied", phones=(Phone("0100 0"),))
    assert arranged(desk, "phone", "müller") == ["Zoe Müller", "Anna Müller"]
    assert arranged(desk, "phone", "müller", down=True) == ["Anna Müller", "Zoe Müller"]
    assert arranged(desk, "phone", "name:müller OR name:wied") == ["Wied", "Zoe Müller", "Anna Müller"]


def test_after_a_deed_the_order_is_another_one(desk: Desk, anna: int) -> None:
    zoe = add(desk, "Zoe", phones=(Phone("0100 1"),))
    assert arranged(desk, "phone")[0] == "Zoe"
    desk.contacts.delete([zoe])
    assert arranged(desk, "phone") == ["Anna Müller"]


_COLUMNS = ("name", "town", "email", "phone", "street", "birth_date", "unit", "household", "tags", "own.Size")
_WORDS = st.sampled_from(["", "Aal", "aal", "Äal", "Berg", "Zeh", "10", "9"])


@given(steps=st.lists(st.tuples(st.integers(0, 5), _WORDS, _WORDS, st.booleans()), min_size=1, max_size=6))
@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_an_order_that_followed_deeds_is_the_one_that_one_would_make_anew(
    steps: list[tuple[int, str, str, bool]],
) -> None:
    with TemporaryDirectory() as folder:
        desk = Desk.create(Path(folder) / "a.alumnidesk")
        try:
            desk.own_fields.add("Size", OwnKind.CHOICE, choices=["10", "9", "Berg"])
            numbers = [add(desk, name) for name in ("Aal", "Berg", "Zeh", "Äal", "Aal", "Wied")]
            desk.households.make(numbers[:2])
            wanted = [Arrangement(column, down) for column in _COLUMNS for down in (False, True)]
            wanted += [Arrangement(group="unit"), Arrangement("phone", group="cohort")]
            kept = desk.find._arranging
            for which, one, other, gone in steps:
                for arrangement in wanted:
                    kept.order(arrangement)
                before = desk.contacts.card(numbers[which])
                own = (OwnValue("Size", one),) if one in ("10", "9", "Berg") else ()
                after = replace(
                    before, given_name=other, own=own, birth_date="1975" if one else "",
                    phones=(Phone(f"{len(one)}{which}"),) if other else (), emails=(Email(f"{one or 'x'}@a.example"),),
                    addresses=(Address(street=one or "Weg", town=other or "Ort"),),
                    affiliations=(Affiliation(other or "Haus"),), tags=(one,) if one else (),
                )  # fmt: skip
                desk.contacts.save(before, after)
                if gone:
                    desk.contacts.delete([numbers[which]])
                for arrangement in wanted:
                    followed, anew = kept.order(arrangement), Arranging(desk._database).order(arrangement)
                    assert (list(followed.ids), followed.groups) == (list(anew.ids), anew.groups), arrangement
                desk.history.undo()
                for arrangement in wanted:
                    assert list(kept.order(arrangement).ids) == list(Arranging(desk._database).order(arrangement).ids)
        finally:
            desk.close(backup=False)


def test_what_is_made_ready_lets_others_ask_meanwhile_and_is_given_up_when_one_of_them_changes_the_file(
    desk: Desk, anna: int
) -> None:
    add(desk, "Zoe", phones=(Phone("0100 1"),))
    by_phone, progress = Arrangement("phone"), Progress()
    asked: list[list[str]] = []
    progress.between = lambda: asked.append(arranged(desk, "phone", "müller"))
    assert desk.find.foresee([by_phone], progress) is False
    assert asked
    assert set(map(tuple, asked)) == {("Anna Müller",)}
    assert arranged(desk, "phone") == ["Zoe", "Anna Müller"]

    progress.between = lambda: add(desk, "Aal", phones=(Phone("0100 0"),))
    with pytest.raises(Cancelled):
        desk.find.foresee([Arrangement("phone", descending=True), Arrangement(group="unit")], progress)
    assert arranged(desk, "phone", down=True) == ["Anna Müller", "Zoe", "Aal"]


def test_contacts_stand_together_by_cohort_and_by_unit_with_the_others_at_the_end(desk: Desk, anna: int) -> None:
    add(desk, "Aal", affiliations=(Affiliation("Verein", cohort_to=2001),))
    add(desk, "Berg", affiliations=(Affiliation("Neues Haus", cohort_to=1998),))
    add(desk, "Zeh")
    by_unit = desk.find.contacts("", Arrangement(group="unit"))
    assert by_unit.ids.groups == (("Neues Haus", 2), ("Verein", 1), ("", 1))
    assert arranged(desk, group="unit") == ["Berg", "Anna Müller", "Aal", "Zeh"]
    assert arranged(desk, down=True, group="unit") == ["Anna Müller", "Berg", "Aal", "Zeh"]
    assert desk.find.contacts("", Arrangement(group="cohort")).ids.groups == (("1998", 2), ("2001", 1), ("", 1))
    newest_first = desk.find.contacts("", Arrangement("cohort", descending=True, group="cohort"))
    assert newest_first.ids.groups == (("2001", 1), ("1998", 2), ("", 1))
    found = desk.find.contacts("zeh", Arrangement(group="unit"))
    assert found.ids.groups == (("", 1),)
    assert desk.find.contacts("").ids.groups == ()
