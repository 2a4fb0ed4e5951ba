"""Conditions put together in a real window, with real keys and clicks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.ui.contacts_window import MARKUP, Contacts, builder, contacts_window, people, press, type_in
from tests.ui.eyes import View, cut, unnamed
from tests.ui.real_window import in_dialog

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import EventCard, OwnValue
from alumnidesk.domain.query import EVERYBODY
from alumnidesk.ui.contacts.conditions.dialog import ConditionsDialog
from alumnidesk.ui.contacts.conditions.group import ready_lines
from alumnidesk.ui.contacts.conditions.line import ConditionLine
from alumnidesk.ui.contacts.conditions.values import ValueEditor


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[Contacts]:
    def fill(desk: Desk) -> None:
        people(desk)
        desk.events.add(EventCard(title="Summer & ball", starts_on="2024-07-01"))

    with contacts_window(qtbot, tmp_path / "c.alumnidesk", fill) as window:
        yield window


def first(line: ConditionLine) -> ValueEditor:
    """The editor of its value."""
    assert line.first is not None
    return line.first


def test_what_is_typed_opens_as_conditions_and_what_is_built_is_typed(shown: Contacts) -> None:
    dialog = builder(shown, "ort:kiel -tag:Mentor (email:any OR phone:any)")
    group, other = dialog.groups
    assert [line.field.currentText() for line in group.lines] == ["Town", "Tag"]
    assert [line.asked.currentText() for line in group.lines] == ["begins with", "does not begin with"]
    assert other.how.currentText() == "At least one of these fits"
    assert dialog.go.text() == "Show 1 contact"
    type_in(first(group.lines[0]).line, "lüb")
    shown.settle()
    group.lines[1].remove.click()
    shown.settle()
    assert dialog.go.text() == "Show 1 contact"
    dialog.enter()
    shown.settle()
    assert shown.page_.search.text() == "town:lüb email:any OR phone:any"
    assert shown.names() == ["Bernd Mueller"]


def test_a_condition_is_put_together_from_what_there_is(shown: Contacts) -> None:
    dialog = builder(shown)
    assert dialog.query == EVERYBODY
    assert dialog.go.text() == "Show 7 contacts"
    assert not dialog.save.isEnabled()
    group = dialog.groups[0]
    group.more.click()
    offered = group.more._menu
    assert offered is not None
    offered.setActiveAction(next(action for action in offered.actions() if action.text() == "Has a tag"))
    press(offered, Qt.Key.Key_Return)
    shown.settle()
    (line,) = group.lines
    box = first(line).box
    assert box is not None
    assert {box.itemText(row) for row in range(box.count())} == {"Mentor", "Donor", MARKUP}
    type_in(first(line).line, "Donor")
    shown.settle()
    assert dialog.go.text() == "Show 1 contact"
    line.asked.setCurrentIndex(line.asked.findData("empty"))
    shown.settle()
    assert first(line).isHidden()
    assert dialog.go.text() == "Show 5 contacts"
    assert dialog.text == "tag:none"
    line.field.setCurrentIndex(line.field.findData("cohort"))
    line.asked.setCurrentIndex(line.asked.findData("from_to"))
    type_in(first(line).line, "1990")
    type_in(line.last.line if line.last else None, "x")
    assert "no number that can be read" in dialog.said.text()
    assert not dialog.save.isEnabled()
    type_in(line.last.line if line.last else None, "2000")
    shown.settle()
    assert (dialog.text, dialog.go.text()) == ("cohort:1990..2000", "Show 1 contact")


@pytest.mark.parametrize("field", ["coming", "reach", "heard", "country", "birth_month", "deceased", "list", "phone"])
def test_every_sort_of_field_has_an_editor(shown: Contacts, field: str) -> None:
    dialog = builder(shown, "anna")
    (line,) = dialog.groups[0].lines
    assert line.typed.text() == "anna"
    line.field.setCurrentIndex(line.field.findData(field))
    shown.settle()
    assert not cut(View(dialog))
    assert not unnamed(View(dialog))
    editor = first(line)
    if editor.box is not None and editor.line is None:
        editor.box.setCurrentIndex(1)
    elif editor.line is not None:
        type_in(editor.line, {"heard": "1.3.2024", "phone": "040"}.get(field, "Summer"))
    shown.settle()
    assert field == "list" or dialog.query != EVERYBODY


def test_own_fields_are_conditions_by_their_kind(shown: Contacts) -> None:
    def fill(desk: Desk) -> None:
        anna = desk.contacts.card(desk.find.contacts("anna").ids[0])
        own = (
            ("Motto", "text", "Viel Glück"),
            ("Hours", "number", "12.5"),
            ("Singing since", "date", "2001-05"),
            ("Swims", "yes_no", "1"),
            ("Shirt & size", "choice", "M"),
            ("Picture page", "link", "https://anna.example"),
        )
        for name, kind, _ in own:
            desk.own_fields.add(name, kind, ["S", "M"] if kind == "choice" else [])
        desk.contacts.save(anna, replace(anna, own=tuple(OwnValue(name, value) for name, _, value in own)))

    shown.ask(fill)
    for name, asked, value, last, missed in (
        ("Motto", "has", "glück", "", "pech"),
        ("Hours", "from_to", "12,4", "12.6", "13"),
        ("Hours", "before", "13", "", "2"),
        ("Singing since", "from_to", "2000", "6.2001", "7.2001"),
        ("Singing since", "from", "5.2001", "", "2002"),
        ("Swims", "filled", "", "", ""),
        ("Shirt & size", "is", "M", "", "S"),
        ("Picture page", "has", "anna", "", "bernd"),
    ):
        dialog = builder(shown, "anna")
        (line,) = dialog.groups[0].lines
        line.field.setCurrentIndex(line.field.findText(name))
        line.asked.setCurrentIndex(line.asked.findData(asked))
        shown.settle()
        if name.startswith("Shirt"):
            box = first(line).box
            assert box is not None
            assert [box.itemText(row) for row in range(box.count())] == ["S", "M"]
        assert not cut(View(dialog))
        for typed, n in ((missed, 0), (value, 1)):
            if value:
                type_in(first(line).line, typed)
                if last:
                    assert line.last is not None
                    type_in(line.last.line, last if n else typed)
                shown.settle()
            assert dialog.go.text() == ("Show 1 contact" if n or not value else "Show 0 contacts"), (name, typed)
        line.asked.setCurrentIndex(line.asked.findData("empty"))
        shown.settle()
        assert dialog.go.text() == "Show 6 contacts", name
        dialog.close()


def test_whom_something_came_back_from_is_a_condition(shown: Contacts) -> None:
    def mark(desk: Desk) -> None:
        card = desk.contacts.card(desk.find.contacts("bernd").ids[0])
        desk.contacts.save(card, replace(card, emails=(replace(card.emails[0], undeliverable_since="2025-03-05"),)))

    shown.ask(mark)
    dialog = builder(shown)
    dialog.groups[0].add(next(line for text, line in ready_lines() if text == "A letter or e-mail came back"))
    (line,) = dialog.groups[0].lines
    shown.settle()
    assert (dialog.text, dialog.go.text()) == ("returned:any", "Show 1 contact")
    assert dialog.said.text() == "a letter or e-mail came back"
    line.asked.setCurrentIndex(line.asked.findData("from"))
    type_in(first(line).line, "1.3.2025")
    shown.settle()
    assert (dialog.text, dialog.go.text()) == ("returned:2025-03-01..", "Show 1 contact")
    assert dialog.said.text().startswith("a letter or e-mail came back since")
    type_in(first(line).line, "4.2025")
    shown.settle()
    assert dialog.go.text() == "Show 0 contacts"


def test_groups_go_together_with_and_or_with_or(shown: Contacts) -> None:
    dialog = builder(shown, "town:kiel")
    dialog.another.click()
    dialog.groups[1].add(dialog.groups[0].lines[0].line)
    type_in(first(dialog.groups[1].lines[0]).line, "brno")
    shown.settle()
    assert dialog.go.text() == "Show 0 contacts"
    dialog.joints[0].setCurrentIndex(1)
    shown.settle()
    assert dialog.go.text() == "Show 2 contacts"
    assert dialog.text == "town:kiel OR town:brno"


def test_a_saved_search_opens_with_what_it_looks_for_and_is_changed(shown: Contacts) -> None:
    shown.ask(lambda desk: desk.segments.save("Coast", "town:kiel"))
    dialog = builder(shown, "segment:coast")
    assert dialog.windowTitle() == "Saved search “Coast”"
    type_in(first(dialog.groups[0].lines[0]).line, "brno")
    shown.settle()
    dialog.save.click()
    shown.settle()
    assert shown.ask(lambda desk: desk.segments.all())[0].query == "town:brno"
    assert shown.page_.search.text() == "segment:Coast"
    assert shown.names() == ["Milan Novák"]


def test_the_key_opens_the_builder_over_the_search(shown: Contacts) -> None:
    shown.search("town:kiel")

    def look(dialog: ConditionsDialog) -> None:
        assert len(dialog.findChildren(ConditionLine)) == 1
        press(dialog, Qt.Key.Key_Escape)

    in_dialog(shown, ConditionsDialog, shown.page_.context.actions["contacts.conditions"].trigger, look)
    assert shown.page_.search.text() == "town:kiel"
