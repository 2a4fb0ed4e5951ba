"""What somebody has agreed to, in the detail of a contact: seen at a glance, answered in two clicks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.contacts_window import Contacts, contacts_window, press
from tests.ui.real_window import texts, unnamed

from alumnidesk.domain.consent import EMAIL, NO, POST, YES, Rule, Sending
from alumnidesk.ui.contacts.consent_dialog import ConsentDialog
from alumnidesk.ui.contacts.consents import ConsentSection

NEWS = Sending("news", EMAIL)


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[Contacts]:
    with contacts_window(qtbot, tmp_path / "c.alumnidesk") as window:
        window.stand_on("Anna Müller")
        yield window


def consents(shown: Contacts) -> ConsentSection:
    section = shown.page_.detail.consents
    assert isinstance(section, ConsentSection)
    return section


def answers(shown: Contacts) -> list[tuple[str, str, str, str]]:
    """The ledger of the contact that is shown."""
    id = shown.page_.detail.card.id or 0  # type: ignore[union-attr]
    return [(g.purpose, g.channel, g.answer, g.source) for g in shown.ask(lambda desk: desk.consents.ledger(id))]


def test_an_answer_is_two_clicks_and_has_the_day_of_today(shown: Contacts) -> None:
    section = consents(shown)
    assert not section.table.isVisible(), "nobody was asked yet, so nothing is in the way"
    shown.click(section.unfold)
    chip = section.chips[NEWS]
    assert chip.accessibleName() == "News by e-mail: not asked"
    shown.click(chip)  # 1
    assert section.about.text() == "“News” by e-mail"
    assert section.form.on == dt.date.today()
    shown.click(section.form.yes)  # 2
    assert answers(shown) == [("news", EMAIL, YES, "")]
    assert chip.accessibleName() == "News by e-mail: yes"
    assert not section.sheet.isVisible()
    assert QApplication.focusWidget() is chip
    assert "Answer of Anna Müller" in shown.notice()
    assert unnamed(section) == []  # type: ignore[arg-type]
    shown.do("edit.undo")
    assert chip.accessibleName() == "News by e-mail: not asked"


def test_day_and_source_are_kept_and_shown_when_the_answer_is_opened_again(shown: Contacts) -> None:
    section = consents(shown)
    section.open_sheet(NEWS)
    section.form.fields["on"].type_in("2026-05-01")
    section.form.fields["source"].type_in("Anmeldung <b>2026</b>")
    shown.click(section.form.no)
    section.open_sheet(NEWS)
    assert section.known.text().splitlines() == ["No since 1 May 2026", "Source: Anmeldung <b>2026</b>"]
    assert section.form.source == "", "the next answer comes another way"


def test_a_day_that_is_no_day_or_still_to_come_is_said_at_its_field(shown: Contacts) -> None:
    section = consents(shown)
    section.open_sheet(NEWS)
    for typed, problem in (("2026", "day, month and year"), ("2199-01-01", "still to come")):
        section.form.fields["on"].type_in(typed)
        shown.click(section.form.yes)
        assert problem in section.form.day.problem.text()
    assert answers(shown) == []


def test_everything_is_withdrawn_with_one_click_and_stands_in_the_timeline(shown: Contacts) -> None:
    section = consents(shown)
    section.open_sheet(NEWS)
    shown.click(section.form.yes)
    shown.click(section.withdraw)
    assert {chip.answer for chip in section.chips.values()} == {NO}
    assert not section.withdraw.isEnabled()
    told = [entry.title for entry in shown.page_.detail.timeline._entries]
    assert told.index("Withdrew or declined") < told.index("Agreed")
    shown.do("edit.undo")
    assert section.chips[NEWS].answer == YES


def test_an_answer_is_given_by_keyboard_alone(shown: Contacts) -> None:
    section = consents(shown)
    section.unfold.setFocus()
    shown.key(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is section.chips[Sending("news", POST)]
    shown.tab()
    shown.key(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is section.form.yes
    shown.key(Qt.Key.Key_Escape)
    assert not section.sheet.isVisible()
    assert QApplication.focusWidget() is section.chips[NEWS]
    press(section.chips[NEWS], Qt.Key.Key_Return)
    shown.key(Qt.Key.Key_Space, " ")
    assert answers(shown) == [("news", EMAIL, YES, "")]


def test_a_purpose_of_ones_own_appears_and_a_channel_that_is_not_used_goes(shown: Contacts) -> None:
    shown.ask(lambda desk: desk.purposes.add("<i>Chor</i>"))
    shown.ask(lambda desk: desk.purposes.set_rule("news", EMAIL, Rule.NEVER))
    section = consents(shown)
    shown.click(section.unfold)
    assert NEWS not in section.chips
    assert "<i>Chor</i>" in texts(section)


def test_another_contact_shows_its_own_answers(shown: Contacts) -> None:
    section = consents(shown)
    section.open_sheet(NEWS)
    shown.click(section.form.yes)
    section.open_sheet(NEWS)
    shown.stand_on("Bernd Mueller")
    assert not section.sheet.isVisible()
    assert not section.table.isVisible()
    assert section.chips[NEWS].answer == ""


def test_many_are_answered_for_at_once_from_the_menu(shown: Contacts) -> None:
    ids = list(shown.page_.table.ids)
    shown.ask(lambda desk: desk.consents.answer(ids[1:3], NEWS, NO, on=dt.date(2025, 3, 2)))
    shown.ask(lambda desk: desk.consents.answer(ids[2:3], NEWS, YES, on=dt.date(2026, 3, 2)))
    shown.page_.list.selectAll()
    problems: list[str] = []

    def use() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, ConsentDialog):
            QTimer.singleShot(50, shown.window, use)
            return
        assert "Consent of 7 contacts" in texts(dialog)
        assert unnamed(dialog) == []  # type: ignore[arg-type]
        dialog.about.setCurrentText("News by e-mail")
        before = "So far: 1 said yes, 1 said no, 5 were not asked yet."
        shown.qtbot.waitUntil(lambda: dialog.now.text() == before, timeout=5000)
        dialog.form.fields["source"].type_in("Liste im Saal")
        dialog.form.fields["on"].type_in("2199-01-01")
        dialog.form.yes.click()
        shown.qtbot.waitUntil(lambda: bool(dialog.form.day.problem.text()), timeout=5000)
        problems.append(dialog.form.day.problem.text())
        dialog.form.fields["on"].type_in("2026-05-01")
        dialog.form.yes.click()

    QTimer.singleShot(50, shown.window, use)
    shown.do("contacts.consent")
    shown.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None and bool(problems), timeout=5000)
    shown.settle()
    assert "still to come" in problems[0]
    assert "Answers of 7 contacts" in shown.notice()
    shown.stand_on(shown.names()[0])
    assert answers(shown)[0] == ("news", EMAIL, YES, "Liste im Saal")
