"""People and shortcuts for the tests of the contacts page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.real_window import OpenWindow, open_window

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, Foreign, Phone
from alumnidesk.domain.fields import Group
from alumnidesk.ui.contacts.conditions.dialog import Begun, ConditionsDialog, begun
from alumnidesk.ui.contacts.form import SectionForm
from alumnidesk.ui.contacts.page import ContactsPage
from alumnidesk.ui.contacts.section import FactLine

CONTROL = Qt.KeyboardModifier.ControlModifier
MARKUP = "<b>x</b> & <img src='y'>"


def people(desk: Desk) -> None:
    """Seven contacts, one of them with everything, one with markup for a name."""
    desk.contacts.add(
        ContactCard(
            given_name="Anna",
            family_name="Müller",
            gender_form="f",
            tags=("Mentor", "Donor"),
            birth_date="1979-04-12",
            remark="Plays the cello.",
            organisation="Stadtbücherei",
            position="Librarian",
            emails=(Email("anna@mail.example", "home", True), Email("a.mueller@work.example", "work")),
            phones=(Phone("+49 40 66969 123", "mobile"),),
            addresses=(Address(street="Lindenweg 14", postcode="22767", town="Hamburg", label="home"),),
            affiliations=(Affiliation("House", "Member", "Course 12 B", 1997, 1998),),
            foreign=(Foreign("vcard", "X-SKYPE", "X-SKYPE:anna.m"),),
        )
    )
    desk.contacts.add(
        ContactCard(
            given_name="Bernd",
            family_name="Mueller",
            emails=(Email("b.mueller@post.example"),),
            addresses=(Address(town="Lübeck"),),
        )
    )
    desk.contacts.add(
        ContactCard(given_name="Carla", family_name="Wied", deceased=True, emails=(Email("carla@mail.example"),))
    )
    desk.contacts.add(
        ContactCard(
            given_name=MARKUP,
            family_name=MARKUP,
            remark=MARKUP,
            tags=(MARKUP,),
            addresses=(Address(street=MARKUP, town=MARKUP),),
        )
    )
    desk.contacts.add(ContactCard(kind="organisation", organisation="Lindenhof e. V."))
    desk.contacts.add(
        ContactCard(
            given_name="Dagmar",
            family_name="Zacharias",
            no_email=True,
            emails=(Email("dagmar@mail.example"),),
            addresses=(Address(town="Kiel"),),
        )
    )
    desk.contacts.add(ContactCard(given_name="Milan", family_name="Novák", addresses=(Address(town="Brno"),)))


class Contacts(OpenWindow):
    """The window with the contacts page at its front."""

    page_: ContactsPage

    def names(self) -> list[str]:
        """The names in the list, as they are shown."""
        table = self.page_.table
        return [str(table.index(row, 0).data()) for row in range(table.rowCount())]

    def search(self, text: str) -> None:
        """Empty the search and type letter by letter."""
        self.page_.search.setFocus()
        self.page_.search.clear()
        self.type(text)

    def stand_on(self, name: str) -> None:
        """Stand on somebody's row until the detail shows it."""
        row = self.names().index(name)
        self.page_.list.setFocus()
        self.page_.list.go_to(self.page_.table.ids[row])
        self.qtbot.waitUntil(lambda: self.shown_name() == name, timeout=5000)
        self.settle()

    def shown_name(self) -> str:
        """Whose detail it is."""
        card = self.page_.detail.card
        return card.name if card is not None else ""

    def fact(self, label: str) -> FactLine:
        """The line of the detail with this label."""
        lines = self.page_.detail.findChildren(FactLine)
        return next(line for line in lines if line.fact.label == label and not line.isHidden())

    def facts(self) -> list[str]:
        """All lines of the detail, as a screen reader says them."""
        return [line.accessibleName() for line in self.page_.detail.findChildren(FactLine) if not line.isHidden()]

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click on a widget, where its words begin if nowhere else."""
        super().click(widget, at or QPoint(12, 10))

    def open(self, group: Group, field: str = "") -> None:
        """Open a section of the detail."""
        self.page_.detail.open(group, field)
        self.settle()

    def put(self, text: str) -> None:
        """Replace what stands in the field that has the focus."""
        focus = QApplication.focusWidget()
        assert focus is not None
        (focus.lineEdit() if isinstance(focus, QComboBox) else focus).selectAll()  # type: ignore[attr-defined]
        self.type(text)

    def tab(self, *, back: bool = False) -> None:
        key = Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab
        self.key(key, modifiers=Qt.KeyboardModifier.ShiftModifier if back else Qt.KeyboardModifier.NoModifier)

    def do(self, action: str) -> None:
        """What the menu entry or its key does."""
        self.window.actions_[action].trigger()
        self.settle()

    def notice(self) -> str:
        """What the notice says, or nothing."""
        return "" if self.window.notices.isHidden() else self.window.notices.bar.sentence.text()

    def card(self, name: str) -> ContactCard:
        """What is stored about somebody."""
        found: ContactCard = self.ask(
            lambda desk: next(c for c in desk.contacts.cards(list(desk.find.contacts().ids)) if c.name == name)
        )
        return found

    def settle(self) -> None:
        super().settle()
        QApplication.processEvents()
        super().settle()


@contextmanager
def contacts_window(
    qtbot: QtBot, path: Path, fill: Callable[[Desk], Any] | None = people, page: str = "contacts"
) -> Iterator[Contacts]:
    """A window over a new file with these people, its contacts page (or another one) open and active."""
    with open_window(qtbot, path, fill) as opened:
        opened.window.activateWindow()
        qtbot.waitUntil(opened.window.isActiveWindow, timeout=5000)
        shown = Contacts(qtbot, opened.window, opened.tasks)
        shown.page_ = shown.page(page)
        yield shown


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key for one widget."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers))


def type_in(widget: QWidget | None, text: str) -> None:
    """Replace what stands in a line."""
    assert isinstance(widget, QLineEdit)
    widget.setFocus()
    widget.selectAll()
    widget.insert(text)


def builder(shown: Contacts, text: str = "") -> ConditionsDialog:
    """The condition builder over a search."""
    begin: Begun = shown.ask(lambda desk: begun(desk, text))
    dialog = ConditionsDialog(shown.page_.context, begin, shown.page_.search.setText, shown.window)
    shown.qtbot.addWidget(dialog)
    dialog.show()
    shown.settle()
    return dialog


def focused() -> str:
    """The name of the control that has the focus."""
    widget = QApplication.focusWidget()
    return widget.accessibleName() if widget is not None else ""


def section(shown: Contacts) -> SectionForm:
    """The open section."""
    (form,) = shown.page_.detail.forms.values()
    return form
