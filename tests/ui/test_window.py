"""The frame: places, menus, notices, dropped files, names for screen readers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget
from tests.ui.gallery import ContactsPage

from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.ui.statusline import StatusLine, backup_words
from alumnidesk.ui.widgets.fields import Field
from alumnidesk.ui.window import MainWindow

MakeWindow = Callable[..., MainWindow]


def test_a_page_keeps_its_state_while_another_is_shown(gallery: MakeWindow) -> None:
    window = gallery()
    page = window.current_page
    assert isinstance(page, ContactsPage)
    page.search.setText("muller")
    window.open_page("letters")
    assert window.current_name == "letters"
    window.actions_["view.contacts"].trigger()
    assert window.current_page is page
    assert page.search.text() == "muller"


def test_the_window_fits_between_the_bars_of_a_small_laptop_at_150_percent(gallery: MakeWindow) -> None:
    window = gallery()
    least = window.minimumSizeHint().expandedTo(window.minimumSize())
    assert least.width() <= 910
    assert least.height() <= 440, "768 pixels at 150 %, less a title and a task bar"


def test_an_action_that_works_anywhere_opens_its_page_first(gallery: MakeWindow) -> None:
    window = gallery()
    window.open_page("letters")
    window.actions_["contacts.new"].trigger()
    assert window.current_name == "contacts"


def test_a_menu_offers_only_what_can_be_done(gallery: MakeWindow) -> None:
    window = gallery()
    menu = QMenu(window)
    window.menus.fill(menu, "contacts")
    assert [action.text() for action in menu.actions()] == ["&New contact"]
    window.menus.fill(menu, "view")
    assert [a.text().replace("&", "") for a in menu.actions() if a.text()] == [
        "Home", "Contacts", "Events", "Letters", "Follow-ups", "History", "Settings"]  # fmt: skip


def test_ctrl_f_goes_to_the_search_of_the_page(gallery: MakeWindow, qapp: QApplication) -> None:
    window = gallery()
    window.activateWindow()
    page = window.current_page
    assert isinstance(page, ContactsPage)
    page.list.setFocus()
    window.actions_["edit.find"].trigger()
    assert window.focusWidget() is page.search


def test_a_notice_lies_in_the_layout_says_what_was_done_and_closes(gallery: MakeWindow, qapp: QApplication) -> None:
    window = gallery()
    page = window.current_page
    assert page is not None
    height, undone = page.height(), []  # type: ignore[var-annotated]
    window.notices.say("3 <b>contacts</b> deleted", lambda: undone.append(1))
    qapp.processEvents()
    assert page.height() == height - 60
    window.notices.bar.undo_button.click()
    assert undone == [1]
    window.notices.bar.close_button.click()
    qapp.processEvents()
    assert page.height() == height
    window.notices.say("Taken back")
    assert not window.notices.bar.undo_button.isVisibleTo(window.notices.bar)


def test_dropped_files_are_told_of(gallery: MakeWindow, tmp_path: Path) -> None:
    window, told = gallery(), []  # type: ignore[var-annotated]
    window.files_dropped.connect(told.append)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "Größe.csv")), QUrl("https://verein.example/list.csv")])
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                                Qt.KeyboardModifier.NoModifier))  # fmt: skip
    assert told == [[tmp_path / "Größe.csv"]]


def test_progress_appears_when_work_takes_long_and_can_be_cancelled(gallery: MakeWindow, qapp: QApplication) -> None:
    window, progress = gallery(), Progress(say("Counting …"))
    status, tasks = window.status, window.context.tasks
    tasks.began.emit(progress)
    assert not status.bar.isVisible()
    progress.begin(say("Writing {n} letters", n=80), 80)
    QTest.qWait(700)
    assert status.bar.isVisible()
    assert status.step.text() == "Writing 80 letters"
    status.cancel.click()
    assert not progress.can_cancel
    tasks.ended.emit(progress)
    assert not status.bar.isVisible()
    assert status.saved.isVisible()


def test_the_age_of_the_backup_is_said_in_words_and_warns_when_it_grows(gallery: MakeWindow) -> None:
    import datetime as dt

    assert backup_words(dt.timedelta(minutes=3)) == "Backup checked just now"
    assert backup_words(dt.timedelta(hours=1)) == "Backup checked 1 hour ago"
    assert backup_words(dt.timedelta(days=12)) == "Backup checked 12 days ago"
    window = gallery()
    ink = {}
    for days in (1, 10, 40):
        window.status.show_backup(dt.timedelta(days=days), days > 7)
        ink[days] = window.status.backup.palette().windowText().color().name().upper()
    assert (ink[10], ink[40]) == ("#744700", "#97291F")


def test_a_file_made_today_is_calm_about_having_no_backup_yet(gallery: MakeWindow) -> None:
    status = gallery().status
    ink = {}
    for overdue in (False, True):
        status.show_backup(None, overdue)
        assert status.backup.text() == "No backup yet"
        assert status._backup_mark.isVisibleTo(status) is overdue
        ink[overdue] = status.backup.palette().windowText().color().name().upper()
    assert ink[True] == "#744700" != ink[False]


def test_the_foot_says_nothing_of_backups_until_somebody_has_looked(gallery: MakeWindow) -> None:
    window = gallery()
    status = StatusLine(window.context.look, window.context.tasks)
    status.show_file(Path("Lindenhof.alumnidesk"))
    assert status.backup.isHidden()
    status.show_backup(None)
    assert not status.backup.isHidden()
    status.deleteLater()


@pytest.mark.parametrize("place", ["contacts", "letters"])
def test_every_control_that_takes_the_focus_has_a_name(gallery: MakeWindow, place: str) -> None:
    window = gallery()
    window.open_page(place)
    unnamed = [
        widget for widget in window.findChildren(QWidget)
        if widget.isVisibleTo(window) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
    ]  # fmt: skip
    assert unnamed == []


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_no_button_and_no_label_is_narrower_than_its_words(gallery: MakeWindow, scale: int) -> None:
    window = gallery(scale=scale)
    window.resize(13 * scale, 8 * scale)
    QApplication.processEvents()
    clipped = [
        widget.text() for widget in window.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLabel) and widget.isVisible() and widget.text()
        and not (isinstance(widget, QLabel) and widget.wordWrap())
        and widget is not window.notices.bar.sentence and not isinstance(widget.parent(), Field)
        and widget.width() < widget.minimumSizeHint().width()
    ]  # fmt: skip
    assert clipped == []


def test_in_a_narrow_window_the_detail_takes_the_lists_place(gallery: MakeWindow, qapp: QApplication) -> None:
    window = gallery()
    page = window.current_page
    assert isinstance(page, ContactsPage)
    assert not page.panes.narrow
    window.resize(1100, 700)
    qapp.processEvents()
    assert page.panes.narrow
    assert page.list.isVisible()
    page.panes.show_detail()
    assert not page.list.isVisible()
    page.panes.back.click()
    assert page.list.isVisible()
    assert not page.panes.back.isVisible()
