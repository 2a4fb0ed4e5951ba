"""What changes the file is out of reach where that may only be read, says why, and comes back as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.contacts_window import Contacts, press
from tests.ui.real_window import button, in_dialog

from alumnidesk.domain.cards import EventCard
from alumnidesk.ui import files
from alumnidesk.ui.actions import ACTIONS, FRAME
from alumnidesk.ui.contacts.saved.all import SavedDialog
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import LinkButton, OutlinedButton
from alumnidesk.ui.widgets.changing import hold
from alumnidesk.ui.widgets.dialog import Dialog

WHY, OTHER = "This file may only be read", "The stick is full"


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    """A window with room for widgets."""
    room = QWidget()
    QVBoxLayout(room)
    qtbot.addWidget(room)
    room.show()
    return room


def put(room: QWidget, widget: QWidget) -> None:
    column = room.layout()
    assert column is not None
    column.addWidget(widget)
    widget.show()


def test_a_button_says_again_what_it_said_before_it_could_not_be_pressed(room: QWidget, look: Look) -> None:
    button = OutlinedButton(look, "Change", changes=True)
    button.setToolTip("Anna’s address")
    button.setAccessibleDescription("Anna lives there")
    put(room, button)
    for why in (WHY, OTHER):
        hold(room, why)
        assert (button.isEnabled(), button.toolTip(), button.accessibleDescription()) == (False, why, why)
    hold(room, "")
    said = button.isEnabled(), button.toolTip(), button.accessibleDescription()
    assert said == (True, "Anna’s address", "Anna lives there")


# In the window ------------------------------------------------------------------------------------------------------


WINDOW_WHY = "This file may only be read; a copy of it can be changed."


@pytest.fixture
def held(shown: Contacts) -> Iterator[Contacts]:
    """The window over a file that may only be read, its contacts at the front; nothing is changed by any test."""
    anna = shown.ask(lambda desk: next(iter(desk.find.contacts("anna").ids)))
    shown.ask(lambda desk: desk.notes.add(anna, "Plays the viola"))
    shown.ask(lambda desk: desk.contacts.delete(list(desk.find.contacts("milan").ids)))
    shown.ask(lambda desk: desk.events.add(EventCard(title="Reunion", starts_on="2030-05-01")))
    shown.window.show_read_only(True)
    shown.settle()
    before = deeds(shown)
    yield shown
    assert deeds(shown) == before


def deeds(shown: Contacts) -> list[int]:
    found: list[int] = shown.ask(lambda desk: [entry.id for entry in desk.history.entries()])
    return found


def entry(menu: QMenu, text: str) -> tuple[bool, str]:
    """Can an entry of an open menu be chosen, and what is said beside the pointer?"""
    action = next(action for action in menu.actions() if action.text() == text)
    assert menu.toolTipsVisible()
    return action.isEnabled(), action.toolTip()


def dragged(data: QMimeData) -> QDragEnterEvent:
    """Something that comes over a widget and is not accepted yet."""
    button, key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDragEnterEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, button, key)
    event.ignore()
    return event


def press_the_verb() -> None:
    """Of the dialog that stands open, with something in its lines; if it stays, it is closed."""
    box = QApplication.activeModalWidget()
    if isinstance(box, Dialog):
        for line in box.findChildren(QLineEdit):
            if line.isVisible() and not line.text():
                line.insert("x")
        box.enter()
    if box is not None and box.isVisible():
        box.close()


def test_what_an_action_does_agrees_with_whether_it_is_grey(held: Contacts, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that can be chosen asks for nothing that would change the file; whoever adds one that does says so there."""
    for ask in ("ask_save", "ask_open", "ask_several", "ask_folder"):
        monkeypatch.setattr(files, ask, lambda *_: None)
    pressing = QTimer(held.window, interval=20)
    pressing.timeout.connect(press_the_verb)
    pressing.start()
    tried = list[str]()
    for spec in ACTIONS:
        held.page_.to_contacts()
        held.page("events" if spec.page == "events" else "letters" if spec.page == "letters" else "contacts")
        held.page_.list.selectAll()
        held.settle()
        action = held.window.actions_[spec.id]
        if spec.changes:
            assert not action.isEnabled(), spec.id
            assert spec.page == FRAME or action.toolTip() == WINDOW_WHY, spec.id
        elif spec.menu != "view":  # they only go somewhere, or dress the window anew
            held.window.notices.close_notice()
            action.trigger()
            held.settle()
            assert WINDOW_WHY not in held.notice(), spec.id
            assert held.page_.detail.note.isHidden(), spec.id
            assert not held.page_.detail.forms, spec.id
            tried.append(spec.id)
    assert {"contacts.export", "contacts.print", "contacts.saved", "events.labels"} <= set(tried)


def test_of_the_menu_of_a_filed_file_only_removing_it_is_grey(shown: Contacts, tmp_path: Path) -> None:
    (tmp_path / "Vertrag.pdf").write_bytes(b"x" * 100)
    shown.stand_on("Anna Müller")
    section = shown.page_.detail.files
    section.file(tmp_path / "Vertrag.pdf")
    shown.settle()
    shown.window.show_read_only(True)
    shown.click(button(section, "More about Vertrag.pdf"))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert entry(menu, "Remove") == (False, WINDOW_WHY)
    assert entry(menu, "Open")[0]
    menu.close()
    shown.window.show_read_only(False)
    shown.click(button(section, "More about Vertrag.pdf"))
    assert entry(menu, "Remove") == (True, "Remove")
    menu.close()


def test_no_picture_and_no_file_is_taken_that_is_dropped(held: Contacts, tmp_path: Path) -> None:
    held.stand_on("Anna Müller")
    picture, head = QMimeData(), held.page_.detail.head
    picture.setImageData(QImage(20, 20, QImage.Format.Format_RGB32))
    coming = dragged(picture)
    assert not held.page_.detail.photo.eventFilter(head, coming)
    assert not coming.isAccepted()
    paper = QMimeData()
    paper.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    coming = dragged(paper)
    held.page_.detail.files.dragEnterEvent(coming)
    assert not coming.isAccepted()
    held.window.take_files([tmp_path / "liste.csv"])
    held.settle()
    assert held.notice() == WINDOW_WHY
    assert held.page_.rooms.aside is None


def test_in_the_bin_nothing_is_restored_and_nothing_else_offered_for_good(held: Contacts) -> None:
    held.do("contacts.bin")
    bin = held.page_.rooms.bin
    assert (bin.keep.isEnabled(), bin.keep.toolTip(), bin.keep.accessibleDescription()) == (
        False,
        WINDOW_WHY,
        WINDOW_WHY,
    )
    bin.list.go_to(bin.table.ids[0])
    bin.list.setFocus()
    held.key(Qt.Key.Key_Return)
    assert held.notice() == WINDOW_WHY
    held.window.show_read_only(False)
    assert (bin.keep.isEnabled(), bin.keep.toolTip()) == (True, "")


def test_a_note_that_was_written_is_read_and_cannot_be_written_in(held: Contacts) -> None:
    held.stand_on("Anna Müller")
    timeline, note = held.page_.detail.timeline, held.page_.detail.note
    timeline.opened.emit([entry.icon for entry in timeline._entries].index("note"))
    held.settle()
    assert note.text.toPlainText() == "Plays the viola"
    assert note.text.isReadOnly()
    assert note.hint.text() == WINDOW_WHY
    for part in (note.kind, note.due, note.delete):
        assert (part.isEnabled(), part.toolTip()) == (False, WINDOW_WHY)
    held.type("!")
    press(note.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    held.settle()
    assert note.isHidden()
    assert held.notice() == ""
    held.window.show_read_only(False)
    timeline.opened.emit([entry.icon for entry in timeline._entries].index("note"))
    held.settle()
    assert not note.text.isReadOnly()
    assert note.delete.isEnabled()
    note.close_note()


def test_a_key_of_a_list_that_would_change_something_is_answered_in_the_notice(held: Contacts) -> None:
    held.stand_on("Anna Müller")
    held.window.context.deed(lambda desk: desk.contacts.delete(list(desk.find.contacts().ids)))
    held.settle()
    assert held.notice() == WINDOW_WHY


def test_saved_searches_are_shown_and_not_changed(shown: Contacts) -> None:
    shown.ask(lambda desk: desk.segments.save("Coast", "town:kiel"))
    shown.window.show_read_only(True)

    def look(dialog: SavedDialog) -> None:
        usable = {one.text(): one.isEnabled() for one in dialog.findChildren(LinkButton)}
        assert {"Change": False, "Rename": False, "Remove": False, "Show": True}.items() <= usable.items()
        assert button(dialog, "Rename: Coast").toolTip() == WINDOW_WHY

    in_dialog(shown, SavedDialog, shown.window.actions_["contacts.saved"].trigger, look)
