"""Own fields from definition to file and letter, through the desk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.integration.planned_mailing import planned

from alumnidesk.desk import Desk
from alumnidesk.domain import letter_markup, letter_text
from alumnidesk.domain.cards import Address, ContactCard, LetterText, OwnValue, TemplateCard
from alumnidesk.domain.own_fields import OwnKind, value_of
from alumnidesk.errors import InvalidInput, Refused


def person(desk: Desk, **own: str) -> ContactCard:
    values = tuple(OwnValue(name.replace("_", " "), value) for name, value in own.items())
    return desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller", own=values))


def test_a_field_is_added_filled_found_and_taken_away_with_its_values(desk: Desk) -> None:
    size = desk.own_fields.add("Shirt size", OwnKind.CHOICE, ["S", "M"])
    anna = person(desk, Shirt_size="m")
    assert value_of(anna, "Shirt size") == "M"
    assert str(desk.history.next_undo().label) == "Anna Müller added"  # type: ignore[union-attr]
    desk.own_fields.rename(size.id or 0, "T-shirt")
    assert desk.contacts.card(anna.id or 0).own[0].field == "T-shirt"
    assert desk.own_fields.remove(size.id or 0) == 1
    assert desk.contacts.card(anna.id or 0).own == ()
    desk.history.undo()
    desk.history.undo()
    assert value_of(desk.contacts.card(anna.id or 0), "Shirt size") == "M"


def test_own_values_are_found_by_the_search_box(desk: Desk) -> None:
    desk.own_fields.add("Allergies")
    desk.own_fields.add("Swims", OwnKind.YES_NO)
    anna = person(desk, Allergies="Hazelnüsse", Swims="ja")
    assert list(desk.find.contacts("hazelnuss").ids) == [anna.id]
    card = desk.contacts.card(anna.id or 0)
    desk.contacts.save(card, replace(card, own=()))
    assert list(desk.find.contacts("hazelnuss").ids) == []
    assert desk.check() == []


def test_a_value_that_a_field_cannot_hold_is_refused_and_what_is_known_stays(desk: Desk) -> None:
    desk.own_fields.add("Children", OwnKind.NUMBER)
    anna = person(desk, Children="2")
    with pytest.raises(InvalidInput):
        desk.contacts.save(anna, replace(anna, own=(replace(anna.own[0], value="two"),)))
    changed = desk.contacts.save(anna, replace(anna, own=(replace(anna.own[0], value="2,5"),)))
    assert value_of(changed, "Children") == "2.5"
    assert str(desk.history.next_undo().label) == "Children of Anna Müller changed"  # type: ignore[union-attr]


def test_a_choice_written_differently_is_so_at_its_contacts(desk: Desk) -> None:
    size = desk.own_fields.add("Shirt size", OwnKind.CHOICE, ["S", "M"])
    anna = person(desk, Shirt_size="M")
    desk.own_fields.change_choices(size.id or 0, ["Small", "Medium"])
    assert value_of(desk.contacts.card(anna.id or 0), "Shirt size") == "Medium"
    with pytest.raises(Refused, match="1 contact has “Medium”"):
        desk.own_fields.change_choices(size.id or 0, ["Small"])


def test_a_text_becomes_a_choice_of_what_stands_in_it_but_no_number(desk: Desk) -> None:
    field = desk.own_fields.add("Course language")
    person(desk, Course_language="Deutsch")
    person(desk, Course_language="English")
    with pytest.raises(Refused, match="2 contacts have something else"):
        desk.own_fields.change_kind(field.id or 0, OwnKind.NUMBER)
    assert desk.own_fields.change_kind(field.id or 0, OwnKind.CHOICE).choices == ("Deutsch", "English")


def test_fields_stand_in_the_order_that_one_gives_them(desk: Desk) -> None:
    one, two, three = (desk.own_fields.add(name).id or 0 for name in ("Uno", "Due", "Tre"))
    desk.own_fields.order([three, one])
    assert [field.name for field in desk.own_fields.all()] == ["Tre", "Uno", "Due"]
    desk.history.undo()
    assert [field.id for field in desk.own_fields.all()] == [one, two, three]


@pytest.mark.parametrize("kind", ["csv", "excel", "xlsx", "vcard3", "vcard4"])
def test_own_fields_come_back_from_our_own_files_without_loss(desk: Desk, tmp_path: Path, kind: str) -> None:
    desk.own_fields.add("Shirt size", OwnKind.CHOICE, ["S", "M"])
    desk.own_fields.add("Since", OwnKind.DATE)
    desk.own_fields.add("Height", OwnKind.NUMBER)
    anna = person(desk, Shirt_size="M", Since="3.1998", Height="1,75")
    target = tmp_path / ("x.vcf" if kind.startswith("vcard") else "x.csv")
    desk.exporting.write(target, kind, [anna.id or 0])
    preview = desk.importing.preview(target)
    assert [(row.kind.value, row.remarks) for row in preview.rows] == [("unchanged", ())]
    desk.contacts.save(anna, replace(anna, own=anna.own[:1]))
    report = desk.importing.carry_out(desk.importing.preview(target))
    assert report.changed == 1
    assert [(v.field, v.value) for v in desk.contacts.card(anna.id or 0).own] == [
        ("Shirt size", "M"),
        ("Since", "1998-03"),
        ("Height", "1.75"),
    ]


def test_a_card_from_elsewhere_makes_the_fields_that_it_brings_and_says_so(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "x.vcf"
    file.write_text("BEGIN:VCARD\nVERSION:3.0\nN:Öz;Ayşe\nX-ALUMNIDESK-OWN:Shirt size;M\nEND:VCARD\n")
    preview = desk.importing.preview(file)
    assert [str(note) for note in preview.notes] == ["“Shirt size” becomes a new own field."]
    report = desk.importing.carry_out(preview)
    assert [(f.name, f.kind) for f in desk.own_fields.all()] == [("Shirt size", "text")]
    assert value_of(desk.contacts.card(report.contacts[0]), "Shirt size") == "M"
    desk.history.undo()
    assert desk.own_fields.all() == []


def test_what_a_field_cannot_hold_is_kept_as_it_came_with_a_remark(desk: Desk, tmp_path: Path) -> None:
    desk.own_fields.add("Children", OwnKind.NUMBER)
    file = tmp_path / "x.csv"
    file.write_text("Vorname;Nachname;Children\nAnna;Müller;zwei\nBernd;Öz;2\n", "utf-8")
    report = desk.importing.carry_out(desk.importing.preview(file))
    anna, bernd = desk.contacts.cards(sorted(report.contacts))
    assert (anna.own, [(f.name, f.raw) for f in anna.foreign]) == ((), [("Children", "zwei")])
    assert value_of(bernd, "Children") == "2"
    assert [str(remark.why) for remark in report.remarks] == ["“zwei” is not a number. It was kept as it came."]


def test_a_letter_puts_in_what_a_contact_has_and_follows_a_new_name(desk: Desk) -> None:
    field = desk.own_fields.add("Shirt size", OwnKind.CHOICE, ["S", "M"])
    here = (Address(street="Gasse 1", postcode="09111", town="Chemnitz"),)
    values = (OwnValue("Shirt size", "M"),)
    anna = desk.contacts.add(ContactCard(family_name="Müller", addresses=here, own=values))
    other = desk.contacts.add(ContactCard(family_name="Öz", addresses=here))
    text = LetterText("de", "Hemd", "Ihre Größe ist {Shirt size} laut Liste.\n\nGröße: {Shirt size}")
    template = desk.letters.save_template(TemplateCard(name="Hemden", texts=(text,)))
    plan = planned(desk, template, [anna.id or 0, other.id or 0])
    assert [letter.paragraphs for letter in plan.letters] == [
        ("Ihre Größe ist M laut Liste.", "Größe: M"),
        ("Ihre Größe ist laut Liste.",),
    ]
    assert [str(finding.reason) for finding in (*plan.left_out, *plan.looks)] == ["“Shirt size” is empty."]
    desk.own_fields.rename(field.id or 0, "T-shirt (cut)")
    again = next(card for card in desk.letters.templates() if card.id == template.id)
    assert planned(desk, again, [anna.id or 0]).letters[0].paragraphs[1] == "Größe: M"
    desk.own_fields.remove(field.id or 0)
    assert [str(problem) for problem in planned(desk, again, [anna.id or 0]).problems] == [
        "There is no placeholder {T-shirt (cut)}."
    ]


def test_a_new_name_is_followed_by_marked_up_letters_and_their_conditions(desk: Desk) -> None:
    field = desk.own_fields.add("A & <B>", OwnKind.TEXT)
    plain = "Für {A & <B>}\n\n\nund {A &amp; B}"
    words = "<p><b>{A &amp; &lt;B&gt;}</b></p><qr>{A &amp; &lt;B&gt;}</qr><p>A &amp; &lt;B&gt;</p>"
    marked = f"<letter>{words}</letter>"
    texts = (LetterText("de", "{A & <B>}", marked), LetterText("en", "x", plain))
    template = desk.letters.save_template(TemplateCard(name="x", texts=texts))
    desk.own_fields.rename(field.id or 0, "C > D")
    german, english = desk.letters.template(template.id or 0).texts
    assert german.subject == "{C > D}"
    assert german.body == marked.replace("{A &amp; &lt;B&gt;}", "{C &gt; D}")
    assert english.body == plain.replace("{A & <B>}", "{C > D}")
    desk.history.undo()
    assert desk.letters.template(template.id or 0).texts == texts


def test_conditions_in_letters_follow_a_new_name(desk: Desk) -> None:
    field = desk.own_fields.add("Shirt size", OwnKind.CHOICE, ["S", "M"])
    body = '<letter><slip><p only="shirtsize:M">Nur M</p></slip><p>Für alle</p></letter>'
    template = desk.letters.save_template(TemplateCard(name="x", texts=(LetterText("de", "x", body),)))
    here = (Address(street="Gasse 1", postcode="09111", town="Chemnitz"),)
    values = (OwnValue("Shirt size", "M"),)
    anna = desk.contacts.add(ContactCard(family_name="Müller", addresses=here, own=values)).id or 0
    desk.own_fields.rename(field.id or 0, "Cut")
    desk.own_fields.change_choices(field.id or 0, ["S", "L"])
    template = desk.letters.template(template.id or 0)
    plan = planned(desk, template, [anna])
    assert plan.problems == ()
    assert len(plan.letters[0].text) == 2
    assert letter_text.conditions(letter_markup.read(template.texts[0].body)) == {"Cut:L"}


def test_the_history_tells_own_fields_by_their_names_and_in_words(desk: Desk) -> None:
    desk.own_fields.add("Swims", OwnKind.YES_NO)
    anna = person(desk, Swims="ja")
    desk.contacts.save(anna, replace(anna, own=(replace(anna.own[0], value="nein"),)))
    (line,) = desk.history.details(desk.history.next_undo().id).lines  # type: ignore[union-attr]
    assert [str(part) for part in (line.field, line.before, line.after)] == ["Swims", "yes", "no"]
    desk.own_fields.remove(desk.own_fields.all()[0].id or 0)
    lines = desk.history.details(desk.history.next_undo().id).lines  # type: ignore[union-attr]
    assert [(str(line.field), str(line.before)) for line in lines] == [("Swims", "no"), ("Deleted", "")]


def test_a_column_that_nobody_understands_can_become_a_new_field(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("Vorname;Nachname;Schuhgröße\nAnna;Müller;38\n", "utf-8")
    preview = desk.importing.preview(file)
    assert preview.columns[2].slot is None
    chosen = replace(preview.choices, columns=("given_name", "family_name", "own.Schuhgröße"))
    preview = desk.importing.preview(file, choices=chosen)
    report = desk.importing.carry_out(preview)
    assert value_of(desk.contacts.card(report.contacts[0]), "Schuhgröße") == "38"
    assert desk.importing.preview(file).columns[2].slot == "own.Schuhgröße"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("shirtsize:m", ["Anna", "Carla"]), ("shirt-size:none", ["Bernd"]), ("shirtsize:any", ["Anna", "Carla"]),
        ("height:1..2", ["Anna"]), ("height:none", ["Bernd"]), ("since:1998", ["Anna"]), ("since:..1990", ["Bernd"]),
        ("swims:yes", ["Anna"]), ("swims:no", ["Bernd", "Carla"]), ("-shirtsize:M", ["Bernd"]),
        ("shirtsize:M OR since:1980", ["Anna", "Bernd", "Carla"]), ("shirtsize:'", []), ("o'brien:x", ["Carla"]),
    ],
)  # fmt: skip
def test_own_fields_are_searched_by_their_names(desk: Desk, query: str, names: list[str]) -> None:
    desk.own_fields.add("Shirt size", OwnKind.CHOICE, ["S", "M"])
    desk.own_fields.add("Height", OwnKind.NUMBER)
    desk.own_fields.add("Since", OwnKind.DATE)
    desk.own_fields.add("Swims", OwnKind.YES_NO)
    desk.own_fields.add("O'Brien")
    for name, values in (
        ("Anna", {"Shirt size": "M", "Height": "1,75", "Since": "3.1998", "Swims": "ja"}),
        ("Bernd", {"Since": "1980"}),
        ("Carla", {"Shirt size": "M", "Height": "2,1", "Swims": "nein", "O'Brien": "x"}),
    ):
        own = tuple(OwnValue(*pair) for pair in values.items())
        desk.contacts.add(ContactCard(given_name=name, family_name="Öz", own=own))
    found = desk.contacts.cards(list(desk.find.contacts(query).ids))
    assert sorted(card.given_name for card in found) == names
