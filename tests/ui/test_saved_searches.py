"""Saved searches and conditions in a real window, with real keys and clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.contacts_window import MARKUP, Contacts, contacts_window, people, press
from tests.ui.eyes import View, cut, unnamed
from tests.ui.real_window import button, in_dialog, texts

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import EventCard, OwnValue
from alumnidesk.domain.query import EVERYBODY
from alumnidesk.ui.contacts.conditions.dialog import Begun, ConditionsDialog, begun
from alumnidesk.ui.contacts.conditions.group import ready_lines
from alumnidesk.ui.contacts.conditions.line import ConditionLine
from alumnidesk.ui.contacts.conditions.values import ValueEditor
from alumnidesk.ui.contacts.export_dialog import ExportDialog
from alumnidesk.ui.contacts.saved.all import SavedDialog
from alumnidesk.ui.contacts.saved.dialogs import ListDialog
from alumnidesk.ui.letters.recipients import RecipientsStep


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[Contacts]:
    def fill(desk: Desk) -> None:
        people(desk)
        desk.events.add(EventCard(title="Summer & ball", starts_on="2024-07-01"))

    with contacts_window(qtbot, tmp_path / "c.alumnidesk", fill) as window:
        yield window


def during(shown: Contacts, act: Callable[[Any], object], trigger: str) -> None:
    """Trigger an action and do something in the dialog that it opens."""
    in_dialog(shown, QDialog, shown.page_.context.actions[trigger].trigger, act)


def menu(shown: Contacts, of: Any) -> QMenu:
    """The menu of saved searches, open."""
    of.setFocus()
    press(of, Qt.Key.Key_Return)
    shown.qtbot.waitUntil(of.choices.isVisible, timeout=5000)
    found: QMenu = of.choices
    return found


def entries(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def choose(shown: Contacts, of: Any, text: str) -> None:
    opened = menu(shown, of)
    action = next(action for action in opened.actions() if action.text().startswith(text))
    opened.setActiveAction(action)
    press(opened, Qt.Key.Key_Return)
    shown.settle()


def builder(shown: Contacts, text: str = "") -> ConditionsDialog:
    """The condition builder over a search."""
    begin: Begun = shown.ask(lambda desk: begun(desk, text))
    dialog = ConditionsDialog(shown.page_.context, begin, shown.page_.search.setText, shown.window)
    shown.qtbot.addWidget(dialog)
    dialog.show()
    shown.settle()
    return dialog


def first(line: ConditionLine) -> ValueEditor:
    """The editor of its value."""
    assert line.first is not None
    return line.first


def type_in(widget: QWidget | None, text: str) -> None:
    assert isinstance(widget, QLineEdit)
    widget.setFocus()
    widget.selectAll()
    widget.insert(text)


# Saving and choosing -------------------------------------------------------------------------------------------------


def test_what_is_looked_for_is_saved_under_a_name_and_chosen_again(shown: Contacts) -> None:
    shown.search("ort:kiel OR ort:lübeck")

    def save(dialog: Any) -> None:
        assert "Town begins with “kiel” or Town begins with “lübeck”" in " ".join(texts(dialog))
        type_in(dialog.form.fields["name"].editor, "The & coast")
        dialog.go.click()
        shown.qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=5000)

    during(shown, save, "contacts.save_search")
    shown.search("")
    assert entries(menu(shown, shown.page_.saving.button))[0] == "The && coast (2)"
    shown.page_.saving.button.choices.close()
    choose(shown, shown.page_.saving.button, "The && coast")
    assert shown.page_.search.text() == 'segment:"The & coast"'
    assert sorted(shown.names()) == ["Bernd Mueller", "Dagmar Zacharias"]
    assert "2 of 7 contacts: is in the saved search “The & coast”" in texts(shown.page_.head)


def test_a_name_that_is_taken_is_refused_where_it_is_typed(shown: Contacts) -> None:
    shown.ask(lambda desk: desk.segments.save("Coast", "town:kiel"))
    shown.search("mentor")

    def save(dialog: Any) -> None:
        type_in(dialog.form.fields["name"].editor, "coast")
        dialog.go.click()
        problem = dialog.form.fields["name"].problem
        shown.qtbot.waitUntil(lambda: bool(problem.text()), timeout=5000)
        assert problem.text() == "There is a saved search “coast” already."

    during(shown, save, "contacts.save_search")


def test_without_a_search_there_is_nothing_to_save(shown: Contacts) -> None:
    assert "contacts.save_search" not in shown.page_.commands()
    shown.search("mentor")
    assert "contacts.save_search" in shown.page_.commands()
    assert "No search is saved yet" in entries(menu(shown, shown.page_.saving.button))
    shown.page_.saving.button.choices.close()


def test_all_that_is_listed_goes_on_a_list_and_off_it(shown: Contacts) -> None:
    shown.search("ort:kiel OR ort:lübeck")

    def make(dialog: ListDialog) -> None:
        assert not dialog.take.isVisible()
        dialog.everybody.click()
        type_in(dialog.line, "Reunion")
        assert dialog.put.text() == "Make the list"
        dialog.enter()
        shown.qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=5000)

    during(shown, make, "contacts.to_list")
    (made,) = shown.ask(lambda desk: desk.lists.all())
    assert (made.name, made.contacts, made.query) == ("Reunion", 2, "town:kiel OR town:lübeck")
    shown.search("bernd")

    def take_off(dialog: ListDialog) -> None:
        type_in(dialog.line, "reunion")
        assert dialog.put.text() == "Put on the list"
        dialog.take.click()
        shown.qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=5000)

    during(shown, take_off, "contacts.to_list")
    choose(shown, shown.page_.saving.button, "List Reunion (1)")
    assert shown.names() == ["Dagmar Zacharias"]


def test_the_one_contact_that_is_selected_goes_on_a_list_unless_one_says_that_all_found_are_meant(
    shown: Contacts,
) -> None:
    shown.search("ort:kiel OR ort:lübeck")
    selected = shown.page_.list.current_id

    def make(dialog: ListDialog) -> None:
        assert dialog.one.isChecked()
        assert {"The selected contact", "All contacts found (2)"} == {dialog.one.text(), dialog.everybody.text()}
        type_in(dialog.line, "Reunion")
        dialog.enter()
        shown.qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=5000)

    during(shown, make, "contacts.to_list")
    assert list(shown.ask(lambda desk: desk.find.contacts("list:Reunion").ids)) == [selected]
    (made,) = shown.ask(lambda desk: desk.lists.all())
    assert made.query == "", "no search found just this one"


def test_saved_searches_are_renamed_and_removed_and_markup_stays_text(shown: Contacts) -> None:
    shown.ask(lambda desk: (desk.segments.save(MARKUP, "town:kiel"), desk.lists.freeze("Some", [1, 2])))

    def order(dialog: SavedDialog) -> None:
        shown.qtbot.waitUntil(lambda: MARKUP in texts(dialog), timeout=5000)
        assert any("1 contact: Town begins with “kiel”" in text for text in texts(dialog))
        shown.qtbot.waitUntil(lambda: not cut(View(dialog)), timeout=5000)
        assert not unnamed(View(dialog))
        button(dialog, "Remove: Some").click()
        shown.qtbot.waitUntil(lambda: "Some" not in texts(dialog) and MARKUP in texts(dialog), timeout=5000)
        button(dialog, f"Show: {MARKUP}").click()

    during(shown, order, "contacts.saved")
    assert shown.names() == ["Dagmar Zacharias"]
    assert shown.ask(lambda desk: desk.lists.all()) == []
    shown.window.activateWindow()
    shown.page_.context.actions["edit.undo"].trigger()
    shown.settle()
    assert len(shown.ask(lambda desk: desk.lists.all())) == 1


def test_a_saved_search_is_an_audience_of_an_event_and_of_a_letter(shown: Contacts) -> None:
    shown.ask(lambda desk: desk.segments.save("Coast", "town:kiel OR town:lübeck"))
    letters = shown.page("letters")
    shown.page_.context.actions["letters.new"].trigger()
    shown.settle()
    step = letters.findChild(RecipientsStep)
    step.sources["search"].click()
    choose(shown, step.saved, "Coast")
    assert step.search.text() == "segment:Coast"
    shown.qtbot.waitUntil(lambda: step.table.rowCount() == 2, timeout=5000)
    events = shown.page("events", 1)
    events.roster.add_people()
    shown.settle()
    adding = events.roster.adding
    choose(shown, adding.saved, "Coast")
    shown.qtbot.waitUntil(lambda: len(adding._found.addable) == 2, timeout=5000)
    adding.all.click()
    shown.settle()
    assert len(shown.ask(lambda desk: desk.events.roster(1))) == 2


def test_what_a_saved_search_misses_is_said_wherever_it_is_used(shown: Contacts) -> None:
    gone = "There is no tag “Donor”."

    def prepare(desk: Desk) -> None:
        desk.segments.save("Donors", "tag:=Donor OR town:kiel")
        donor = next(line.id for line in desk.tags.lines() if line.name == "Donor")
        desk.tags.rename(donor, "Patron & friend")
        desk.tags.rename(donor, "Donor")
        desk.tags.remove(donor)

    shown.ask(prepare)
    shown.search("segment:donors")
    assert gone in " ".join(texts(shown.page_.head))
    shown.search("segment:donors anna")
    assert gone in " ".join(texts(shown.page_.not_found))
    dialog = builder(shown, "segment:donors")
    assert dialog.said.text().endswith(gone)

    def order(dialog: SavedDialog) -> None:
        shown.qtbot.waitUntil(lambda: gone in texts(dialog), timeout=5000)
        shown.qtbot.waitUntil(lambda: not cut(View(dialog)), timeout=5000)

    during(shown, order, "contacts.saved")
    events = shown.page("events", 1)
    events.roster.add_people()
    choose(shown, events.roster.adding.saved, "Donors")
    shown.qtbot.waitUntil(lambda: gone in events.roster.adding.words.text(), timeout=5000)
    letters = shown.page("letters")
    shown.page_.context.actions["letters.new"].trigger()
    shown.settle()
    step = letters.findChild(RecipientsStep)
    step.sources["search"].click()
    choose(shown, step.saved, "Donors")
    shown.qtbot.waitUntil(lambda: step.missing.isVisible() and step.missing.text() == gone, timeout=5000)


# Building ------------------------------------------------------------------------------------------------------------


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

    def look(dialog: Any) -> None:
        assert isinstance(dialog, ConditionsDialog)
        assert len(dialog.findChildren(ConditionLine)) == 1
        press(dialog, Qt.Key.Key_Escape)

    during(shown, look, "contacts.conditions")
    assert shown.page_.search.text() == "town:kiel"


@pytest.mark.parametrize(("kept", "head"), [("search", "Export 2 contacts"), ("list", "Export 1 contact")])
def test_a_saved_search_or_list_is_exported_from_where_it_stands(shown: Contacts, kept: str, head: str) -> None:
    shown.ask(lambda desk: desk.segments.save("Müllers & Co", "mueller"))
    shown.ask(lambda desk: desk.lists.freeze("Fest", list(desk.find.contacts("anna").ids)[:1]))
    name = {"search": "Müllers & Co", "list": "Fest"}[kept]

    saved = SavedDialog(shown.page_.context, lambda *of: None, lambda segment: None, shown.window)
    shown.qtbot.addWidget(saved)
    saved.show()
    shown.settle()
    seen: list[str] = []
    in_dialog(
        shown, ExportDialog, button(saved, f"Export: {name}").click, lambda dialog: seen.append(dialog.windowTitle())
    )
    assert saved.isHidden()
    assert seen == [head]
