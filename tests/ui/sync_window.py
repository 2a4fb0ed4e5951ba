"""The page Sync over a file and a folder of vCards, and somebody who changes both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.ui.real_window import OpenWindow, in_dialog, open_window, unnamed

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard, Email, Phone
from alumnidesk.ui import files
from alumnidesk.ui.sync.form import PartnerDialog
from alumnidesk.ui.sync.plan import ALL

CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nN:{family};{given};;;\r\nFN:{given} {family}\r\n{more}END:VCARD\r\n"


def card(uid: str, given: str, family: str, *more: str) -> bytes:
    """A contact file as a phone writes it."""
    return CARD.format(uid=uid, given=given, family=family, more="".join(f"{line}\r\n" for line in more)).encode()


class Sync(OpenWindow):
    """The window with the page at its front, and the folder on the other side."""

    folder: Path
    page_: Any

    def rest(self) -> None:
        """Wait until the last look and its pages are done."""
        for _ in range(4):
            self.settle()

    def press(self, key: Qt.Key, text: str = "") -> None:
        """A key where the focus is."""
        self.key(key, text)
        self.rest()

    def do(self, action: str) -> None:
        """What the menu entry or its key does."""
        self.window.actions_[action].trigger()
        self.rest()

    def names(self) -> list[str]:
        """Everybody in use."""
        return sorted(line.name for line in self.ask(lambda desk: desk.find.lines(desk.find.contacts().ids)))

    def contact(self, name: str) -> ContactCard:
        """What is stored about somebody."""
        found: ContactCard = self.ask(
            lambda desk: next(c for c in desk.contacts.cards(list(desk.find.contacts().ids)) if c.name == name)
        )
        return found

    def change(self, name: str, **values: Any) -> None:
        """Somebody is changed here."""
        before = self.contact(name)
        self.ask(lambda desk: desk.contacts.save(before, replace(before, **values)))
        self.rest()

    def file(self, given: str) -> Path:
        """The file of somebody on the other side."""
        return next(path for path in self.folder.glob("*.vcf") if f"FN:{given}" in path.read_text("utf-8"))

    def edit(self, given: str, old: str, new: str) -> None:
        """Somebody is changed on the other side."""
        path = self.file(given)
        before = path.read_bytes()
        assert old.encode() in before
        path.write_bytes(before.replace(old.encode(), new.encode()))

    def there(self) -> dict[str, str]:
        """All files on the other side."""
        return {path.name: path.read_text("utf-8") for path in self.folder.glob("*.vcf")}

    @property
    def plan(self) -> Any:
        """What a sync would do, at the front."""
        assert self.page_.places.currentWidget() is self.page_.plan
        return self.page_.plan

    def stand_on(self, name: str) -> None:
        """Stand on somebody in what a sync would do."""
        plan = self.plan
        plan.tabs._tabs[ALL].click()
        place = next(place for place, row in enumerate(plan._rows) if row.name == name)
        plan.list.setFocus()
        plan.list.go_to(place)
        self.rest()

    def notice(self) -> str:
        """What the notice says, or nothing."""
        return "" if self.window.notices.isHidden() else self.window.notices.bar.sentence.text()


def people(desk: Desk) -> None:
    """Twenty whom nobody touches, and two whom both sides change."""
    for number in range(20):
        desk.contacts.add(ContactCard(given_name="Ida", family_name=f"Nr{number:02d}"))
    desk.contacts.add(
        ContactCard(
            given_name="Anna",
            family_name="Müller",
            phones=(Phone("+49 40 66969 100", "mobile"),),
            emails=(Email("anna@mail.example"),),
        )
    )
    desk.contacts.add(ContactCard(given_name="Bernd", family_name="Wied", remark="Cello"))


@contextmanager
def sync_window(qtbot: QtBot, path: Path, folder: Path, fill: Callable[[Desk], object]) -> Iterator[Sync]:
    """The page Sync at the front of a window; `folder` is the other side."""
    with open_window(qtbot, path, fill) as opened:
        opened.window.activateWindow()
        qtbot.waitUntil(opened.window.isActiveWindow, timeout=5000)
        shown = Sync(qtbot, opened.window, opened.tasks)
        shown.folder = folder
        shown.page_ = shown.page("sync")
        shown.rest()
        yield shown


def set_up(new: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set up the sync with the folder, as far as the first look."""
    monkeypatch.setattr(files, "ask_folder", lambda *args: new.folder)

    def fill_in(dialog: PartnerDialog) -> None:
        assert unnamed(dialog) == []  # type: ignore[arg-type]
        dialog.browse.click()
        assert dialog.name.value == "Handy & Co"
        dialog.go.click()

    in_dialog(new, PartnerDialog, new.window.actions_["sync.add"].trigger, fill_in)
    new.rest()
