"""Palettes, icons and sizes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QEnterEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from alumnidesk.places import bundled
from alumnidesk.ui.actions import ACTIONS, FRAME, MENUS, Actions, with_mnemonics
from alumnidesk.ui.icons import icon, pixmap
from alumnidesk.ui.look import Look, points
from alumnidesk.ui.pages import PAGES
from alumnidesk.ui.palettes import PALETTES, Palette
from alumnidesk.ui.widgets.buttons import Button, FilledButton, LinkButton, OutlinedButton, PlainButton
from alumnidesk.ui.widgets.steps import StepBar

TEXT = [
    ("text", "page"), ("text", "tint"), ("text", "match2"), ("text2", "page"), ("text2", "panel"), ("text2", "nav"),
    ("text2", "tint"), ("accent", "page"), ("accent", "panel"), ("accent", "tint"), ("on_accent", "accent"),
    ("on_accent", "accent_hover"), ("on_tint", "tint"), ("good", "good_ground"), ("look", "look_ground"),
    ("bad", "bad_ground"), ("plain", "plain_ground"), ("look", "tint"), ("bad", "tint"),
]  # fmt: skip
FRAMES = [("field", "nav"), ("series", "panel"), ("thumb", "desk"), ("thumb", "page")]
HIGH = [("text", "page"), ("on_tint", "tint"), ("on_tint", "match"), ("on_selection", "match2"), ("accent", "page"),
        ("on_accent", "accent"), ("good", "good_ground"), ("look", "look_ground"), ("bad", "bad_ground")]  # fmt: skip


def contrast(one: str, other: str) -> float:
    """WCAG 2: relative luminances, the lighter over the darker."""

    def luminance(name: str) -> float:
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in QColor(name).getRgbF()[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_text_is_as_high_on_a_mac_where_a_point_is_one_dot() -> None:
    assert points("body", 100, "windows") * 96 / 72 == points("body", 100, "cocoa") == 16
    assert points("small", 150, "cocoa") == 21


@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_every_text_can_be_read_on_its_ground(palette: Palette) -> None:
    pairs = HIGH if palette.high else TEXT
    least = 7 if palette.high else 4.5
    weak = [(a, b) for a, b in pairs if contrast(getattr(palette, a), getattr(palette, b)) < least]
    assert weak == []


@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_every_frame_and_handle_can_be_seen(palette: Palette) -> None:
    weak = [(a, b) for a, b in FRAMES if contrast(getattr(palette, a), getattr(palette, b)) < 3]
    assert weak == []


def test_another_palette_is_seen_at_once(qapp: QApplication, look: Look) -> None:
    seen: list[str] = []
    look.changed.connect(lambda: seen.append(look.colour("page").name()))
    look.choose("dark")
    assert seen == ["#1b2023"]
    assert qapp.palette().window().color().name() == "#1b2023"
    look.choose("dark")
    assert len(seen) == 1


def test_text_and_measures_grow_together(qapp: QApplication) -> None:
    small, large = Look(qapp, palette="light", scale=80), Look(qapp, palette="light", scale=200)
    assert (small.px(32), large.px(32)) == (26, 64)
    assert large.font("title").pointSizeF() == pytest.approx(36)
    assert Look(qapp, palette="light", scale=1000).scale == 200


def test_every_icon_is_drawn_with_one_stroke_in_the_colour_of_its_text() -> None:
    drawings = sorted((bundled("resources") / "icons").glob("*.svg"))
    assert len(drawings) > 60
    for drawing in drawings:
        text = drawing.read_text("utf-8")
        assert 'stroke="currentColor" stroke-width="1.6"' in text, drawing.name
        assert 'fill="none"' in text
        assert len(re.findall("fill=", text)) == 1, drawing.name


def test_an_icon_takes_the_colour_it_is_asked_for(qapp: QApplication, look: Look) -> None:
    colours = {
        picture.pixelColor(x, y).name()
        for picture in [pixmap("plus", 0xFF97291F, 20, 1.0).toImage()]
        for x in range(20)
        for y in range(20)
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert colours == {"#97291f"}
    assert not icon(look, "plus", "accent").isNull()


def test_every_icon_that_is_named_exists_and_each_that_is_shipped_is_named() -> None:
    window = Path(__file__).parent.parent.parent / "src" / "alumnidesk" / "ui"
    source = "\n".join(path.read_text("utf-8") for path in window.rglob("*.py"))
    named = {spec.icon for spec in ACTIONS if spec.icon} | {spec.icon for spec in PAGES}
    named |= set(re.findall(r'icon="([a-z-]+)"', source))
    there = {path.stem for path in (bundled("resources") / "icons").glob("*.svg")}
    assert named - there == set()
    assert {icon for icon in there if f'"{icon}"' not in source} == set()


@pytest.mark.parametrize("kind", [PlainButton, OutlinedButton, FilledButton, LinkButton])
def test_a_button_shows_that_the_pointer_is_on_it(qtbot: QtBot, look: Look, kind: type[Button]) -> None:
    button = kind(look, "Filter")
    qtbot.addWidget(button)
    button.show()
    qtbot.waitExposed(button)
    away = button.grab().toImage()
    centre = QPointF(button.rect().center())
    QApplication.sendEvent(button, QEnterEvent(centre, centre, centre))
    assert button.grab().toImage() != away


@pytest.mark.parametrize("page", sorted({spec.page for spec in ACTIONS}))
def test_no_key_means_two_things_on_a_page(page: str, look: Look) -> None:
    actions = Actions(look)
    actions.page_opened(page)
    keys = [key.toString() for action in actions.all() for key in action.shortcuts()]
    assert len(keys) == len(set(keys))
    assert {*keys} >= {
        key for spec in ACTIONS for key in (spec.key, spec.key_too) if key and spec.page in (FRAME, page)
    }
    assert {spec.menu for spec in ACTIONS} == {id for id, _ in MENUS}


def test_mnemonics_are_given_once_per_menu_in_any_language() -> None:
    texts = ["Neue Datei …", "Öffnen …", "Zuletzt geöffnet", "Sichern & prüfen", "Beenden", "Öl", "Ö"]
    marked = with_mnemonics(texts)
    assert [text.replace("&&", "\0").replace("&", "").replace("\0", "&") for text in marked] == texts
    letters = [
        text.replace("&&", "")[text.replace("&&", "").index("&") + 1].casefold()
        for text in marked
        if "&" in text.replace("&&", "")
    ]
    assert len(letters) == len(set(letters)) == 6


@pytest.mark.parametrize("scale", [100, 150])
def test_the_frame_of_the_focus_is_whole_around_the_first_and_the_last_step(
    qapp: QApplication, qtbot: QtBot, scale: int
) -> None:
    look = Look(qapp, palette="light", scale=scale)
    bar = StepBar(look, ("Recipients", "Letter", "Check", "Output"))
    bar.resize(bar.sizeHint())
    qtbot.addWidget(bar)
    bar.show()
    bar.activateWindow()
    bar.setFocus()
    qtbot.waitUntil(bar.hasFocus)
    accent = QColor(look.colour("accent"))
    for step, x in ((0, 1), (3, bar.width() - 2)):
        bar.go_to(step)
        at = bar.grab().toImage().pixelColor(x, bar.height() // 2)
        assert abs(at.red() - accent.red()) + abs(at.green() - accent.green()) < 90, (step, at.name())
