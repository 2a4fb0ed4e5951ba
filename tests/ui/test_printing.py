"""From labels to paper through the window: the pages first, then a printer, a file or the system's viewer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from reportlab.pdfgen.canvas import Canvas
from tests.printed_pages import opened, pages_of
from tests.ui.contacts_window import Contacts
from tests.ui.real_window import in_dialog, unnamed

from alumnidesk.ui import files
from alumnidesk.ui.labels.dialog import LabelsDialog
from alumnidesk.ui.messages import Messages
from alumnidesk.ui.printing import dialog as printing
from alumnidesk.ui.printing import printer
from alumnidesk.ui.printing.dialog import PrintDialog
from alumnidesk.ui.printing.printer import Printing

LARGE = "Avery 8435A"
"""One label on a sheet: as many pages as labels."""


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the pages go to of the one printer that is set up."""
    file = tmp_path / "printer.pdf"

    def ask(parent: QWidget, messages: Messages, title: str, name: str, pages: int) -> QPrinter:
        device = QPrinter()
        device.setOutputFileName(str(file))
        device.setFullPage(True)
        return device

    monkeypatch.setattr(printing, "printers", lambda: ["Office"])
    monkeypatch.setattr(printing, "ask_printer", ask)
    monkeypatch.setattr(printer, "DOTS", 40)
    return file


def with_pages(shown: Contacts, act: Callable[[PrintDialog], object], sheet: str = LARGE) -> None:
    """Look at the pages of all labels on such a sheet."""

    def use(labels: LabelsDialog) -> None:
        shown.qtbot.waitUntil(lambda: labels.go.isEnabled(), timeout=5000)
        QTest.keyClicks(labels.search, sheet)
        in_dialog(shown, PrintDialog, labels.go.click, act)

    in_dialog(shown, LabelsDialog, shown.window.actions_["contacts.labels"].trigger, use)


def test_one_looks_at_the_pages_and_prints_them(shown: Contacts, paper: Path) -> None:
    numbers: list[int] = []

    def act(dialog: PrintDialog) -> None:
        assert unnamed(dialog) == []  # type: ignore[arg-type]
        n = dialog.preview.pages
        numbers.append(n)
        assert n > 1
        assert dialog.place.text() == f"Page 1 of {n}"
        first = dialog.preview.text
        dialog.on.click()
        assert dialog.place.text() == f"Page 2 of {n}"
        assert dialog.preview.text != first
        assert not dialog.way_out.isVisible()
        dialog.go.click()
        shown.qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=20_000)

    with_pages(shown, act)
    assert len(pages_of(paper)) == numbers[0]
    assert shown.notice().startswith(f"{numbers[0]} pages went to the printer")


def test_one_page_is_printed_to_try_and_the_dialog_stays(shown: Contacts, paper: Path) -> None:
    def act(dialog: PrintDialog) -> None:
        dialog.on.click()
        dialog.test.click()
        shown.qtbot.waitUntil(dialog.isEnabled, timeout=20_000)
        assert dialog.isVisible()

    with_pages(shown, act)
    assert len(pages_of(paper)) == 1


def test_a_range_of_the_pages_is_printed(shown: Contacts, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(*_: object) -> QPrinter:
        device = QPrinter()
        device.setOutputFileName(str(paper))
        device.setPrintRange(QPrinter.PrintRange.PageRange)
        device.setFromTo(2, 3)
        return device

    monkeypatch.setattr(printing, "ask_printer", ask)

    def act(dialog: PrintDialog) -> None:
        assert dialog.preview.pages > 3
        dialog.go.click()
        shown.qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=20_000)

    with_pages(shown, act)
    assert len(pages_of(paper)) == 2


def test_without_a_printer_the_ways_out_are_a_file_and_the_viewer(
    shown: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "labels.pdf"
    viewed: list[bytes] = []
    monkeypatch.setattr(printing, "printers", list)
    monkeypatch.setattr(files, "ask_save", lambda *args: target)
    monkeypatch.setattr(files, "show_file", lambda path, say: viewed.append(path.read_bytes()))

    def act(dialog: PrintDialog) -> None:
        assert dialog.way_out.isVisible()
        assert not dialog.go.isVisible()
        assert not dialog.test.isVisible()
        dialog.viewer.click()
        dialog.save.click()
        shown.qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=20_000)

    with_pages(shown, act)
    assert viewed == [target.read_bytes()]
    assert "Saved as labels.pdf" in shown.notice()


def test_letters_without_a_printer_are_told_the_way_out(shown: Contacts, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[BaseException] = []
    monkeypatch.setattr(printer, "printers", list)
    monkeypatch.setattr(Messages, "show", lambda self, problem: said.append(problem))
    assert printer.ask_printer(shown.window, shown.window.context.messages, "Letters") is None
    assert said == [printer.NO_PRINTER]


class BothSides(QPrinter):
    """A printer on which both sides were chosen; one that writes a file forgets that."""

    def duplex(self) -> QPrinter.DuplexMode:
        return QPrinter.DuplexMode.DuplexLongSide


@pytest.mark.parametrize(("printer", "pages"), [(QPrinter, 5), (BothSides, 7)], ids=["one side", "both sides"])
def test_no_letter_stands_on_the_back_of_another(
    shown: Contacts, tmp_path: Path, printer: type[QPrinter], pages: int
) -> None:
    """Letters of one, three and one page: printed on both sides, the backs after the first two stay empty."""
    out, printed = tmp_path / "letters.pdf", tmp_path / "printed.pdf"
    canvas = Canvas(str(out))
    for page in range(5):
        canvas.drawString(100, 400, f"Page {page}")
        canvas.showPage()
    canvas.save()
    device = printer()
    device.setOutputFileName(str(printed))
    done: list[int] = []
    Printing(shown.tasks, device, out, lambda pages, whole: done.append(pages), shown.window, begins=(0, 1, 4))
    shown.qtbot.waitUntil(lambda: done == [5], timeout=20_000)
    assert len(pages_of(printed)) == pages


def test_an_envelope_goes_to_the_printer_in_its_own_size_lying(shown: Contacts, paper: Path) -> None:
    def act(dialog: PrintDialog) -> None:
        dialog.test.click()
        shown.qtbot.waitUntil(dialog.isEnabled, timeout=20_000)

    with_pages(shown, act, "envelope c5")
    with opened(paper) as document:
        assert document[0].get_size() == pytest.approx((229 * 72 / 25.4, 162 * 72 / 25.4), abs=2)
        page = document[0].render(scale=0.5).to_pil().convert("L")
    wide, high = page.size
    ink = page.point(lambda grey: 255 if grey < 128 else 0)
    assert ink.crop((wide * 45 // 100, high // 3, wide, high * 85 // 100)).getbbox() is not None  # the address
    assert ink.crop((0, high // 2, wide * 2 // 5, high)).getbbox() is None
