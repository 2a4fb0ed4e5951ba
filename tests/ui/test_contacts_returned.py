"""What comes back in the detail of a contact: marked in a small dialog, struck, and in use again with one press."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tests.ui.contacts_window import MARKUP, Contacts

from alumnidesk.ui.contacts.returned import ReturnedDialog
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.label import Label


def mark(shown: Contacts, since: str, note: str = "", place: int = 0) -> list[str]:
    """Mark one of the places as returned; the words that stood below the date when it was refused."""
    problems: list[str] = []

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ReturnedDialog)
        dialog._group.button(place).click()
        dialog._since.line.setText("31.02.")
        dialog.made[1].click()
        problems.append(dialog._since.problem.text())
        dialog._since.line.setText(since)
        dialog.note.line.setText(note)
        dialog.made[1].click()

    QTimer.singleShot(0, fill)
    shown.do("contacts.returned")
    return problems


def links(shown: Contacts) -> list[str]:
    return [
        link.accessibleName() for link in shown.page_.detail.returned.findChildren(LinkButton) if not link.isHidden()
    ]


def test_what_came_back_is_struck_and_works_again_with_one_press(shown: Contacts) -> None:
    shown.stand_on("Anna Müller")
    assert shown.page_.detail.returned.isHidden()
    assert mark(shown, "3.3.2026", "the letter of January") != [""]
    shown.qtbot.waitUntil(lambda: not shown.page_.detail.returned.isHidden())
    line = shown.fact("Address")
    assert "returned since 3 Mar 2026" in line.accessibleName()
    (value,) = [label for label in line.findChildren(Label) if "Lindenweg" in label.text()]
    assert value.font().strikeOut()
    assert "Hamburg" not in [str(shown.page_.table.index(row, 1).data()) for row in range(7)]
    (task,) = shown.ask(lambda desk: desk.notes.open())
    assert (task.kind, task.text) == ("search", "Lindenweg 14, 22767 Hamburg\nthe letter of January")
    again = next(link for link in shown.page_.detail.returned.findChildren(LinkButton) if not link.isHidden())
    shown.click(again)
    shown.settle()
    shown.qtbot.waitUntil(shown.page_.detail.returned.isHidden)
    assert "returned" not in shown.fact("Address").accessibleName()
    assert shown.ask(lambda desk: desk.notes.open()) == []


def test_an_address_with_markup_is_shown_as_typed(shown: Contacts) -> None:
    shown.stand_on(f"{MARKUP} {MARKUP}")
    mark(shown, "2026")
    shown.qtbot.waitUntil(lambda: not shown.page_.detail.returned.isHidden())
    told = " ".join(label.text() for label in shown.page_.detail.returned.findChildren(Label))
    assert "<b>x</b>" in told.replace("\N{ZERO WIDTH SPACE}", "")


def test_where_nothing_can_come_back_nothing_is_offered(shown: Contacts) -> None:
    shown.stand_on("Lindenhof e. V.")
    assert "contacts.returned" not in shown.page_.commands()
