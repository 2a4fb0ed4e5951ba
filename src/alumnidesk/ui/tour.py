"""A walk through the program that takes its own pictures: for the README, and where there is no screen to look at.

``python -m alumnidesk.ui.tour FOLDER [LANGUAGE …]`` opens the sample association and writes a PNG of each page.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from alumnidesk.desk import Desk
from alumnidesk.places import APPLICATION, bundled
from alumnidesk.services.sync_plan import PartnerCard
from alumnidesk.ui.app import Program
from alumnidesk.ui.preferences import Preferences
from alumnidesk.ui.window import MainWindow

SIZE = (1366, 768)
TODAY = dt.date(2026, 11, 19)
"""The sample's own present, so that two tours show the same."""


def main(arguments: list[str]) -> int:
    """Write the pictures; returns the exit status."""
    folder, languages = Path(arguments[0]), arguments[1:] or ["en", "de"]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([APPLICATION, "-style", "fusion"])
    application.setFont(_font())
    for language in languages:
        for palette in ("light", "dark"):
            for name in tour(application, folder, language, palette):
                print(folder / name)
    return 0


def _font() -> QFont:
    """Noto Sans, which the program brings for its letters: a machine without a screen often has no fonts either."""
    for path in sorted((bundled("resources") / "fonts").glob("NotoSans-*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    return QFont("Noto Sans")


def tour(application: QApplication, folder: Path, language: str, palette: str) -> Iterator[str]:
    """Visit the pages in one language and palette; yields the names of the pictures written."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "Lindenhof.alumnidesk"
        desk = Desk.create(path, language)
        desk.sample.fill(240, language=language, today=TODAY)
        _keep_in_step(desk, Path(temporary) / "Nextcloud")
        desk.backups.make("close")
        backups = desk.backups.folder
        desk.close(backup=False)
        preferences = Preferences(Path(temporary) / "window.ini")
        preferences.language, preferences.palette = language, palette
        program = Program(application, preferences)
        try:
            program.open(path)
            settle(program)
            window = program.window
            assert isinstance(window, MainWindow)
            window.resize(*SIZE)
            for name, steps in STEPS.items():
                for step in steps:
                    step(window)
                    settle(program)
                picture = f"{name}-{language}-{palette}.png"
                window.grab().save(str(folder / picture))
                yield picture
        finally:
            program.stop()
            program.deleteLater()
            application.sendPostedEvents(program, QEvent.Type.DeferredDelete)  # with it Qt's words of the language
            shutil.rmtree(backups, ignore_errors=True)


def _keep_in_step(desk: Desk, folder: Path) -> None:
    """An address book on the other side, and what has changed on both since the last sync."""
    folder.mkdir()
    desk.author = "Inken Lorenzen"
    partner = desk.syncing.add(PartnerCard(name=folder.name, place=str(folder)))
    desk.syncing.carry_out(desk.syncing.preview(partner))
    files = {path: path.read_text("utf-8") for path in sorted(folder.glob("*.vcf"))}
    people = [card for card in desk.contacts.cards(list(desk.find.contacts().ids)) if card.phones and card.addresses]
    for place, card in enumerate(people[:6]):
        path = next(path for path, text in files.items() if card.uid in text)
        phone = card.phones[0].number
        if place < 3:
            path.write_text(files[path].replace(phone, phone[:-2] + "17"), "utf-8")
        if place < 2:
            desk.contacts.save(card, replace(card, phones=(replace(card.phones[0], number=phone[:-2] + "42"),)))
        elif place > 3:
            street = replace(card.addresses[0], street="Am Hafen", house_number="3")
            desk.contacts.save(card, replace(card, addresses=(street, *card.addresses[1:])))
    new = "BEGIN:VCARD\nVERSION:3.0\nN:Nissen;Ute;;;\nFN:Ute Nissen\nEMAIL:ute@nissen.example\nEND:VCARD\n"
    (folder / "nissen.vcf").write_text(new, "utf-8")


def settle(program: Program) -> None:
    """Let the window come to rest: nothing queued, everything painted."""
    for _ in range(5):
        while program.tasks.busy:
            _wait(10)
        _wait(100)


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


Step = Callable[[MainWindow], object]
"""One thing to do before the next picture; the window comes to rest after each."""


def _page(name: str, id: int | None = None) -> Step:
    return lambda window: window.open_page(name, id)


def _on_page(deed: Callable[[Any], object]) -> Step:
    return lambda window: deed(window.current_page)


ADVENT, SEMINAR = 5, 7
"""The event of the sample that is nearly full, and one that a letter can be written about."""

STEPS: dict[str, tuple[Step, ...]] = {
    "home": (_page("home"),),
    "contacts": (
        _page("contacts"),
        _on_page(lambda page: page.search.setText("muller")),
        _on_page(lambda page: page.list.go_to(page.table.ids[1])),
    ),
    "event": (_page("events", ADVENT),),
    "letters": (
        _page("events", SEMINAR),
        lambda window: window.actions_["events.letter"].trigger(),
        _on_page(lambda page: page.steps.go_on()),
        _on_page(lambda page: page.steps.go_on()),
    ),
    "sync": (_page("sync"), lambda window: window.actions_["sync.now"].trigger()),
    "history": (_page("history"),),
    "settings": (_page("settings"),),
}
"""The pictures by name, in the order of a first look."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
