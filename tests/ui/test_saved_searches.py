"""Saved searches and lists in a real window, with real keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMenu
from tests.ui.contacts_window import MARKUP, Contacts, builder, press, type_in
from tests.ui.eyes import View, cut, unnamed
from tests.ui.real_window import button, in_dialog, texts

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import EventCard
from alumnidesk.ui.contacts.export_dialog import ExportDialog
from alumnidesk.ui.contacts.saved.all import SavedDialog
from alumnidesk.ui.contacts.saved.dialogs import ListDialog
from alumnidesk.ui.letters.recipients import RecipientsStep


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
    shown.ask(lambda desk: desk.events.add(EventCard(title="Summer & ball")))
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
        desk.events.add(EventCard(title="Summer & ball"))

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
