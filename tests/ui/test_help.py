"""Help: complete in every language, opened where one is, and nothing in it is ever loaded or obeyed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo, Qt, QTranslator, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot
from tests.ui.real_window import OpenWindow, open_window

from alumnidesk.i18n import LANGUAGES
from alumnidesk.places import bundled
from alumnidesk.ui.actions import ACTIONS
from alumnidesk.ui.help.topics import TOPICS, text_of, title_of, topic_of
from alumnidesk.ui.help.window import ICONS, HelpWindow, Reader
from alumnidesk.ui.keys import BETWEEN, COLUMNS, in_a_row, keys_of
from alumnidesk.ui.letters.writing.words import KEYS
from alumnidesk.ui.look import Look
from alumnidesk.ui.pages import PAGES
from alumnidesk.ui.words import set_language

KEYS_OF_LISTS = {"Ctrl+A", "Ctrl+C"}
KEYS_OF_THE_EDITOR = {"Ctrl+B", "Ctrl+I", "Ctrl+U", "Ctrl+Shift+P"}
WRITTEN = {"Strg": "Ctrl", "Umschalt": "Shift", "Skift": "Shift"}


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    with open_window(qtbot, tmp_path / "help.alumnidesk") as window:
        yield window


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_is_there_in_every_language_with_the_same_sections(language: str) -> None:
    folder = bundled("resources") / "help" / language
    assert {path.stem for path in folder.iterdir()} == set(TOPICS)
    for topic in TOPICS:
        shape = [line.count("#") for line in text_of(topic, language).splitlines() if line.startswith("#")]
        assert shape == [line.count("#") for line in text_of(topic, "en").splitlines() if line.startswith("#")], topic
        assert shape[0] == 1
        assert title_of(topic, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_to_a_topic(language: str) -> None:
    for topic in TOPICS:
        for link in re.findall(r"\]\(([^)]*)\)", text_of(topic, language)):
            assert topic_of(link), f"{topic}: {link}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_that_help_names_is_a_key_of_the_program(language: str) -> None:
    known = {key for spec in ACTIONS for key in (spec.key, spec.key_too) if key} | KEYS_OF_LISTS | {*KEYS.values()}
    for topic in TOPICS:
        text = text_of(topic, language)
        for theirs, ours in WRITTEN.items():
            text = text.replace(f"{theirs}+", f"{ours}+")
        for key in re.findall(r"Ctrl\+(?:Shift\+)?[^\s,.;:)]\+?", text):
            plain = key if key in known else key.rstrip("+")
            assert plain in known, f"{topic}: {key}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_keys_are_seen_at_once_on_a_laptop(qapp: QApplication, look: Look, language: str) -> None:
    of_qt = QTranslator()
    if of_qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        qapp.installTranslator(of_qt)  # it names the keys
    set_language(language)
    try:
        sizes = [keys_of(look, menus).sizeHint() for menus in COLUMNS]
    finally:
        qapp.removeTranslator(of_qt)
        set_language("en")
    assert in_a_row([size.width() for size in sizes], look.px(BETWEEN), 1366) == len(COLUMNS)
    assert max(size.height() for size in sizes) < 500


def test_where_the_screen_is_narrow_keys_stand_below_each_other() -> None:
    assert [in_a_row([300, 500, 400], 30, room) for room in (1320, 1319, 990, 989, 300)] == [3, 2, 2, 1, 1]


def test_every_page_of_the_window_has_its_help() -> None:
    for spec in PAGES:
        if spec.name != "settings":  # its tabs have one each
            assert (spec.load().help_topic or spec.name) in TOPICS


def test_every_topic_has_its_icon(look: Look) -> None:
    assert set(ICONS) == set(TOPICS)


def test_f1_opens_the_help_of_where_one_is(shown: OpenWindow) -> None:
    for page, topic in (("history", "history-and-undo"), ("contacts", "contacts"), ("settings", "letters")):
        shown.page(page)
        shown.window.actions_["help.here"].trigger()
        window = shown.window.findChild(HelpWindow)
        assert isinstance(window, HelpWindow)
        assert window.isVisible()
        assert window.topic == topic
        assert title_of(topic, "en") in window.reader.toPlainText()
        window.close()


def test_with_large_type_help_is_no_larger_than_the_screen_and_the_topic_is_in_sight(
    qapp: QApplication, qtbot: QtBot
) -> None:
    window = HelpWindow(Look(qapp, palette="light", scale=200))
    qtbot.addWidget(window)
    window.come(TOPICS[-1])
    screen = window.screen().availableSize()
    assert window.height() < screen.height()
    assert window.width() <= screen.width()
    (place,) = [one for one in window.places.findChildren(QAbstractButton) if one.isChecked()]
    assert place.visibleRegion().boundingRect().size() == place.size()
    window.close()


def test_a_topic_is_chosen_by_keyboard_and_links_lead_on(look: Look, qtbot: QtBot) -> None:
    window = HelpWindow(look)
    qtbot.addWidget(window)
    window.show()
    window.reader.anchorClicked.emit(QUrl("backups.md"))
    assert window.topic == "backups"
    place = window.places.findChildren(type(window.places.children()[-1]))[TOPICS.index("keyboard")]
    place.setFocus()
    QTest.keyClick(place, Qt.Key.Key_Space)
    assert window.topic == "keyboard"
    for elsewhere in ("https://www.example.org/", "file:///etc/passwd", "../start.md", "start"):
        window.reader.anchorClicked.emit(QUrl(elsewhere))
        assert window.topic == "keyboard"
    window.close()


def test_no_picture_is_loaded_and_no_html_obeyed(look: Look, qtbot: QtBot, tmp_path: Path) -> None:
    asked: list[str] = []

    class Watched(Reader):
        def loadResource(self, kind: int, name: QUrl | str) -> object:
            asked.append(str(name))
            result: object = super().loadResource(kind, name)
            assert result is None
            return result

    reader = Watched(look)
    qtbot.addWidget(reader)
    reader.resize(400, 300)
    reader.show()
    reader.show_markdown(f"# <i>Title</i>\n\n![x]({(tmp_path / 'x.png').as_uri()})\n\n<script>alert(1)</script>")
    assert "<i>Title</i>" in reader.toPlainText()
    assert "<script>" in reader.toPlainText()
    reader.grab()
    assert asked, "the page asks for its picture, and gets none"
    reader.close()


def test_headings_have_the_sizes_of_the_window(look: Look, qtbot: QtBot) -> None:
    reader = Reader(look)
    qtbot.addWidget(reader)
    reader.show_markdown("# Title\n\nBody\n\n## Section\n")
    sizes: dict[str, float] = {}
    block = reader.document().begin()
    while block.isValid():
        sizes[block.text()] = block.begin().fragment().charFormat().font().pointSizeF()
        block = block.next()
    assert sizes["Title"] == look.font("title").pointSizeF()
    assert sizes["Section"] == look.font().pointSizeF()
