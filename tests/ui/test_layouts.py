"""Envelope windows of one's own through the window of the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.integration.test_letterhead import drawn
from tests.ui.real_window import OpenWindow, in_dialog, open_window, texts, unnamed

from alumnidesk.domain.envelope_windows import OWN, MeasuredWindow
from alumnidesk.ui import files
from alumnidesk.ui.printing.dialog import PrintDialog
from alumnidesk.ui.settings.own_window import OwnWindowDialog


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    with open_window(qtbot, tmp_path / "s.alumnidesk") as window:
        yield window


def test_an_own_window_is_entered_beside_a_page_that_follows(shown: OpenWindow) -> None:
    page = shown.page("settings")

    def measure(dialog: OwnWindowDialog) -> None:
        assert unnamed(dialog) == []  # type: ignore[arg-type]
        fields = dialog.form.fields
        before = dialog.page.grab().toImage()
        for key, text in (("x", "25"), ("y", "38,5"), ("width", "95"), ("height", "36 mm")):
            fields[key].type_in(text)
        assert dialog.page.accessibleName() == "Page with the window, 25 mm from the left, 38.5 mm from above"
        assert dialog.page.grab().toImage() != before
        fields["width"].type_in("300")
        dialog.go.click()
        assert "between 60 and 140" in fields["width"].problem.text()
        assert dialog.page.accessibleName() == "Page with the window"
        fields["height"].type_in("wide")
        fields["width"].type_in("95")
        dialog.go.click()
        assert "no measure" in fields["height"].problem.text()
        assert not fields["width"].problem.isVisible()
        fields["height"].type_in("36")
        dialog.go.click()
        shown.qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=5000)

    in_dialog(shown, OwnWindowDialog, page.envelopes.measure.click, measure)
    association = shown.ask(lambda desk: desk.settings.association())
    assert association.window == OWN
    assert MeasuredWindow.read(association.own_window) == MeasuredWindow(25, 38.5, 95, 36)
    assert page.letters.fields["window"].value == OWN


def test_the_test_page_of_the_window_that_is_set_is_shown(shown: OpenWindow) -> None:
    page = shown.page("settings")
    shown.ask(lambda desk: desk.settings.set("window", "fr"))

    def look(dialog: PrintDialog) -> None:
        assert "Frankreich" in dialog.preview.text
        assert dialog.preview.pages == 1

    in_dialog(shown, PrintDialog, page.envelopes.test.click, look)


def test_a_letterhead_is_chosen_shown_in_the_letter_and_what_cannot_be_one_is_said_beside_it(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown.page("settings")
    page._go_to("letters")
    section, chosen = page.letterhead, tmp_path / "kopf.pdf"
    monkeypatch.setattr(files, "ask_open", lambda *_: chosen)
    assert not section.form.isVisible()
    chosen.write_bytes(b"%PDF-1.7 torn")
    shown.click(section.first.choose)
    assert "may be damaged" in section.first.problem.text()
    assert section.first.problem.isVisible()
    chosen.write_bytes(drawn("Heads of our own", "Next"))
    shown.click(section.first.choose)
    assert not section.first.problem.isVisible()
    assert "a PDF" in texts(section.first)
    assert "Heads of our own" in page.preview.text
    assert section.form.isVisible()
    section.form.fields["letterhead_foot"].type_in("500")
    section.form.commit()
    shown.settle()
    assert "between 10 and 120" in section.form.fields["letterhead_foot"].problem.text()
    section.form.fields["letterhead_foot"].type_in("40")
    section.form.commit()
    shown.settle()
    assert shown.ask(lambda desk: desk.settings.association().letterhead_foot) == "40"
    shown.click(section.first.remove)
    assert "Heads of our own" not in page.preview.text
    assert not section.form.isVisible()
