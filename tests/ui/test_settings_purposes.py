"""The purposes in the settings: their words, when each way may be used, own ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.real_window import OpenWindow, open_window, unnamed

from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.consent import EMAIL, POST, YES, Rule, Sending
from alumnidesk.ui.settings.page import CONSENT
from alumnidesk.ui.settings.purposes import NewPurpose, PurposesForm


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    with open_window(qtbot, tmp_path / "s.alumnidesk") as window:
        yield window


def purposes(shown: OpenWindow) -> PurposesForm:
    page = shown.page("settings")
    page._go_to(CONSENT)
    shown.settle()
    assert isinstance(page.purposes, PurposesForm)
    return page.purposes


def choose(shown: OpenWindow, form: PurposesForm, key: str, value: str) -> None:
    box = form.form.fields[key].box  # type: ignore[attr-defined]
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())
    shown.settle()


def add(shown: OpenWindow, form: PurposesForm, name: str) -> None:
    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, NewPurpose)
        assert not dialog.go.isEnabled()
        dialog.field.line.setText(name)
        dialog.go.click()

    QTimer.singleShot(50, form, fill)
    form.new.click()
    shown.settle()


def test_the_words_and_rules_of_a_purpose_are_changed_and_taken_back(shown: OpenWindow) -> None:
    form = purposes(shown)
    assert form.form.fields["wording"].value, "there are words to begin with"
    assert not form.remove.isVisible()
    choose(shown, form, POST, Rule.WITH_YES.value)
    form.form.fields["wording"].type_in("Ich möchte <b>Neues</b> hören.")
    assert form.commit()
    shown.settle()
    news = shown.ask(lambda desk: desk.purposes.get("news"))
    assert news.rule(POST) is Rule.WITH_YES
    assert shown.ask(lambda desk: desk.purposes.wording(news)) == "Ich möchte <b>Neues</b> hören."
    for _ in range(2):
        shown.ask(lambda desk: desk.history.undo())
    shown.settle()
    assert form.form.fields[POST].value == Rule.UNLESS_NO.value
    assert "<b>" not in str(form.form.fields["wording"].value)
    assert unnamed(form) == []  # type: ignore[arg-type]


def test_a_purpose_of_ones_own_is_added_renamed_and_removed(shown: OpenWindow) -> None:
    form = purposes(shown)
    add(shown, form, "Chor & Orchester")
    assert form.purpose.box.currentText() == "Chor & Orchester"
    form.form.fields["name"].type_in("Alumnichor")
    assert form.commit()
    shown.settle()
    assert form.purpose.box.currentText() == "Alumnichor"
    choose(shown, form, EMAIL, Rule.NEVER.value)
    own = next(one for one in shown.ask(lambda desk: desk.purposes.all()) if one.own)
    assert own.rule(EMAIL) is Rule.NEVER
    shown.click(form.remove)
    assert all(not one.own for one in shown.ask(lambda desk: desk.purposes.all()))
    assert form.purpose.box.currentText() == "News"


def test_a_name_that_is_taken_is_said_at_its_field(shown: OpenWindow) -> None:
    form = purposes(shown)
    add(shown, form, "Chor")
    form.form.fields["name"].type_in("Invitations")
    form.commit()
    shown.settle()
    assert "already" in form.form.fields["name"].problem.text()


def test_a_purpose_that_was_answered_about_stays(shown: OpenWindow) -> None:
    form = purposes(shown)
    add(shown, form, "Chor")
    own = next(one for one in shown.ask(lambda desk: desk.purposes.all()) if one.own)
    anna = shown.ask(lambda desk: desk.contacts.add(ContactCard(family_name="A")).id)
    shown.ask(lambda desk: desk.consents.answer([anna], Sending(own.key, POST), YES))
    form.remove.click()
    shown.qtbot.waitUntil(lambda: bool(shown.problems), timeout=5000)
    assert "has to stay" in str(shown.problems.pop())
    assert own.key in [one.key for one in shown.ask(lambda desk: desk.purposes.all())]
