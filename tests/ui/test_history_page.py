"""The history page in a real window over a real file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from tests.ui.real_window import OpenWindow, button, open_window, texts, unnamed

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, ContactCard, EventCard, OwnValue
from alumnidesk.places import bundled
from alumnidesk.services import history
from alumnidesk.services.sync_plan import PartnerCard
from alumnidesk.ui.history.table import DEEDS, TABLES, icon_of
from alumnidesk.ui.widgets.rows import PADDING

MARKUP = "<b>Otto</b> <img src='x'>"


def _fill(desk: Desk) -> None:
    desk.author = "Ruth"
    anna = desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller"))
    desk.author = "Jan"
    event = desk.events.add(EventCard(title="Reunion", starts_on="2026-12-12")).id or 0
    desk.events.invite(event, [anna.id or 0])
    desk.events.answer([desk.events.roster(event)[0].id], "coming")
    otto = desk.contacts.add(ContactCard(given_name="<b>Otto</b>", family_name="<img src='x'>"))
    desk.contacts.save(otto, replace(otto, position="<i>Chair</i>"))


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    with open_window(qtbot, tmp_path / "h.alumnidesk", _fill) as window:
        yield window


def _labels(page: object) -> list[str]:
    return [str(page.table.index(row, 1).data()) for row in range(page.table.rowCount())]  # type: ignore[attr-defined]


def test_deeds_stand_newest_first_with_their_author_and_the_day_once(shown: OpenWindow) -> None:
    page = shown.page("history")
    labels = _labels(page)
    assert labels[0] == f"Position of {MARKUP} changed, By Jan"
    assert "Anna Müller added, By Ruth" in labels
    assert [page.table.index(row, 0).data() for row in range(3)] == ["Today", "", ""]


def test_the_time_of_a_deed_is_legible_in_the_narrowest_list(shown: OpenWindow) -> None:
    lines = shown.page("history").list
    lines.setFixedWidth(lines.minimumSizeHint().width())
    QApplication.processEvents()
    assert lines.columnWidth(2) >= lines.fontMetrics().horizontalAdvance("20:44") + 2 * PADDING


def test_the_detail_shows_what_stood_there_before_and_what_stands_there_now(shown: OpenWindow) -> None:
    page = shown.page("history")
    seen = texts(page.detail)
    assert "Position" in seen
    assert "<i>Chair</i>" in seen


@pytest.mark.parametrize("name", ["Zurückgekommen am", "Ernährungsbesonderheiten und Unverträglichkeiten"])
def test_each_word_of_a_label_of_the_detail_has_room(shown: OpenWindow, name: str) -> None:
    page = shown.page("history")

    def add(desk: Desk) -> None:
        desk.own_fields.add(name)
        card = desk.contacts.add(ContactCard(given_name="Elin"))
        desk.contacts.save(card, replace(card, own=(OwnValue(name, "yes"),)))

    shown.ask(add)
    shown.settle()
    page.list.go_to(page.table.ids[0])
    shown.settle()
    labels = page.detail.findChildren(QLabel)
    label = next(label for label in labels if label.text().replace("\N{ZERO WIDTH SPACE}", "") == name)
    for piece in re.split("[ \N{ZERO WIDTH SPACE}]", label.text()):
        assert label.fontMetrics().horizontalAdvance(piece) <= label.contentsRect().width()
    assert label.width() < page.detail.width() / 2


def test_markup_in_names_and_values_is_shown_as_typed(shown: OpenWindow) -> None:
    page = shown.page("history")
    assert f"Position of {MARKUP} changed" in texts(page.detail)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in page.findChildren(QLabel))


def test_any_deed_is_taken_back_and_done_again_by_keyboard_alone(shown: OpenWindow) -> None:
    page = shown.page("history")
    shown.key(Qt.Key.Key_Down)
    assert page.list.hasFocus()
    shown.key(Qt.Key.Key_Up)
    shown.key(Qt.Key.Key_Return)
    assert shown.window.focusWidget() is page.detail.button
    shown.key(Qt.Key.Key_Return)
    otto = next(id for id in shown.ask(lambda desk: list(desk.find.contacts("otto").ids)))
    assert shown.ask(lambda desk: desk.contacts.card(otto)).position == ""
    assert _labels(page)[0].endswith("By Jan · Undone")
    assert page.detail.button.text() == "Redo"
    shown.key(Qt.Key.Key_Return)
    assert shown.ask(lambda desk: desk.contacts.card(otto)).position == "<i>Chair</i>"
    assert page.detail.button.text() == "Undo"


def test_a_deed_that_others_build_on_names_them_and_is_taken_back_with_them(shown: OpenWindow) -> None:
    page = shown.page("history")
    row = next(row for row, label in enumerate(_labels(page)) if label.startswith("Anna Müller added"))
    page.list.go_to(page.table.ids[row])
    shown.settle()
    seen = "\n".join(texts(page.detail))
    assert "2 later steps build on this one" in seen
    assert "Anna Müller said yes" in seen
    button(page.detail, "Undo all 3").click()
    shown.settle()
    assert shown.ask(lambda desk: list(desk.find.contacts("anna").ids)) == []
    assert "3 steps taken back" in texts(shown.window)
    button(shown.window.notices.bar, "Redo all 3").click()
    shown.settle()
    assert len(shown.ask(lambda desk: list(desk.find.contacts("anna").ids))) == 1
    assert "3 steps done again" in texts(shown.window)
    assert not any(label.endswith("Undone") for label in _labels(page))


def test_the_search_leaves_the_deeds_that_have_its_words_and_says_so_when_there_are_none(shown: OpenWindow) -> None:
    page = shown.page("history")
    page.search.setText("ruth")
    shown.settle()
    assert _labels(page) == ["Anna Müller added, By Ruth"]
    page.search.setText("xyz")
    shown.settle()
    assert "No step has these words" in texts(page)
    assert page.detail.button is None


def test_a_new_deed_stands_in_the_list_at_once(shown: OpenWindow) -> None:
    page = shown.page("history")
    shown.ask(lambda desk: desk.contacts.add(ContactCard(given_name="Carla", family_name="Wied")))
    QApplication.processEvents()
    shown.settle()
    assert _labels(page)[0].startswith("Carla Wied added")


def test_every_control_of_the_history_has_a_name(shown: OpenWindow) -> None:
    assert unnamed(shown.page("history")) == []


def test_each_kind_of_deed_has_its_icon(tmp_path: Path) -> None:
    desk, shown = Desk.create(tmp_path / "icons.alumnidesk"), {}

    def done(what: str) -> None:
        shown[what] = icon_of(desk.history.entries()[0])

    ids = [
        desk.contacts.add(ContactCard(given_name=name, family_name="Berg", tags=(name,))).id or 0
        for name in ("Anna", "Bo", "Cem", "Dora")
    ]
    done("somebody new")
    source = tmp_path / "liste.csv"
    source.write_text("Vorname;Nachname;E-Mail\nMia;Wieck;mia@wieck.example\n", "utf-8")
    desk.importing.carry_out(desk.importing.preview(source))
    done("a list brought in")
    event = desk.events.add(EventCard(title="Reunion")).id or 0
    done("an event")
    desk.events.invite(event, ids)
    desk.notes.add(ids[1], "Sings")
    done("a note")
    desk.contacts.tag(ids, "Choir")
    done("a tag")
    desk.merging.merge(ids[0], ids[1])
    done("a merge")
    desk.contacts.delete([ids[2]])
    done("into the bin")
    desk.contacts.restore([ids[2]])
    done("out of the bin")
    desk.contacts.delete(ids[2:])
    done("several into the bin")
    desk.contacts.restore(ids[2:])
    done("several out of the bin")
    desk.segments.save("Singers", "tag:choir")
    done("a saved search")
    desk.lists.freeze("Reunion", ids[2:])
    done("a list")
    desk.units.merge([desk.units.add("Law").id], desk.units.add("Laws").id)
    done("units merged")
    (tmp_path / "phone").mkdir()
    number = desk.syncing.add(PartnerCard(name="Phone", place=str(tmp_path / "phone"))).id or 0
    done("a sync set up")
    desk.syncing.carry_out(desk.syncing.preview(number))
    person = desk.contacts.card(ids[2])
    desk.contacts.save(person, replace(person, addresses=(Address(town="Kiel"),)))
    done("an address")
    desk.contacts.mark_undeliverable(ids[2], desk.contacts.card(ids[2]).addresses[0])
    done("returned mail")
    desk.close(backup=False)
    assert shown == {
        "somebody new": "user-plus", "a list brought in": "import", "an event": "calendar", "a note": "note",
        "a tag": "tag", "a merge": "merge", "into the bin": "trash", "out of the bin": "archive",
        "several into the bin": "trash", "several out of the bin": "archive",
        "a saved search": "filter", "a list": "list", "units merged": "merge", "a sync set up": "sync",
        "an address": "pin", "returned mail": "returned",
    }  # fmt: skip


def test_the_icons_of_deeds_exist_and_their_words_are_said_somewhere() -> None:
    there = {path.stem for path in (bundled("resources") / "icons").glob("*.svg")}
    assert set(DEEDS.values()) | {icon for _, icon in TABLES} <= there
    said = "".join(path.read_text("utf-8") for path in Path(history.__file__).parent.glob("*.py"))
    assert [words for words in DEEDS if f'"{words}"' not in said] == []
