"""Where the dialogs for files begin, and what the button does that shows a folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog

from alumnidesk.places import data_folder
from alumnidesk.ui import files
from alumnidesk.ui.preferences import Preferences


@pytest.fixture
def home(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path))
    return tmp_path


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Where each dialog began; all are answered with Cancel."""
    places: list[Path] = []

    def answer(parent: object, head: str, place: str, kinds: str) -> tuple[str, str]:
        places.append(Path(place))
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
    return places


def test_the_first_dialogs_begin_where_people_keep_such_files(home: Path, begun: list[Path]) -> None:
    preferences = Preferences(home / "window.ini")
    ask = ("", "", "letters", "Letters.pdf")
    files.ask_save(None, preferences, *ask)
    assert begun.pop() == home / "Letters.pdf"
    for name in ("Documents", "Downloads"):
        (home / name).mkdir()
    files.ask_save(None, preferences, *ask)
    assert begun.pop() == home / "Documents" / "Letters.pdf"
    files.ask_open(None, preferences, "", "", "import")
    assert begun.pop() == home / "Downloads"
    files.ask_save(None, preferences, "", "", "data", "My association.alumnidesk")
    assert begun.pop() == home / "Documents" / "My association.alumnidesk"
    files.ask_open(None, preferences, "", "", "restore")
    assert begun.pop() == data_folder()


def test_a_later_dialog_begins_in_the_last_folder_as_long_as_it_is_there(home: Path, begun: list[Path]) -> None:
    preferences = Preferences(home / "window.ini")
    stick = home / "stick"
    stick.mkdir()
    preferences.keep("folder/export", str(stick))
    files.ask_save(None, preferences, "", "", "export", "a.csv")
    assert begun.pop() == stick / "a.csv"
    stick.rmdir()
    files.ask_save(None, preferences, "", "", "export", "a.csv")
    assert begun.pop() == home / "a.csv"


def test_the_first_dialog_of_a_kind_begins_where_another_one_ended(
    home: Path, begun: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    preferences = Preferences(home / "window.ini")
    for name in ("Documents", "Association"):
        (home / name).mkdir()
    files.ask_open(None, preferences, "", "", "import")
    assert begun.pop() == home / "Documents"  # there are no downloads
    made = str(home / "Association" / "Ehemalige.alumnidesk")
    with monkeypatch.context() as chosen:
        chosen.setattr(QFileDialog, "getSaveFileName", lambda *_: (made, ""))
        files.ask_save(None, preferences, "", "", "data", "My association.alumnidesk")
    files.ask_open(None, preferences, "", "", "import")
    assert begun.pop() == home / "Association"
    files.ask_open(None, preferences, "", "", "restore")
    assert begun.pop() == data_folder()
    with monkeypatch.context() as chosen:
        chosen.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(home / "Documents" / "a.alumnidesk"), ""))
        files.ask_open(None, preferences, "", "", "restore")
    files.ask_open(None, preferences, "", "", "import")
    assert begun.pop() == home / "Association", "where backups lie nobody keeps anything else"


def test_a_folder_that_nothing_can_open_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    for opens in (True, False):
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda url, opens=opens: opens)
        files.show_folder(tmp_path, said.append)
    assert said == [f"The folder is {tmp_path}"]


@pytest.mark.parametrize(
    ("suggested", "name"),
    [
        ("Sommerfest 2026 / Kiel: Ost.pdf", "Sommerfest 2026 Kiel Ost.pdf"),
        ("../../etc/x.pdf", "etc-x.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("ü" * 300 + ".pdf", "ü" * 58 + ".pdf"),
    ],
)
def test_a_proposed_name_is_safe_whatever_the_mailing_or_event_is_called(
    home: Path, begun: list[Path], suggested: str, name: str
) -> None:
    files.ask_save(None, Preferences(home / "window.ini"), "", "", "letters", suggested)
    assert begun.pop() == home / name


@pytest.mark.parametrize(
    ("kinds", "suggested", "typed", "saved"),
    [
        ("AlumniDesk files (*.alumnidesk)", "a.alumnidesk", "Freunde e. V.", "Freunde e. V.alumnidesk"),
        ("AlumniDesk files (*.alumnidesk)", "a.alumnidesk", "Freunde e.V", "Freunde e.V.alumnidesk"),
        ("AlumniDesk files (*.alumnidesk)", "a.alumnidesk", "Freunde.AlumniDesk", "Freunde.AlumniDesk"),
        ("PDF files (*.pdf)", "a.pdf", "Treffen am 12.12", "Treffen am 12.12.pdf"),
        ("Tables (*.csv)", "a.xlsx", "Liste", "Liste.csv"),
        ("All files (*)", "photo.png", "photo.jpg", "photo.jpg"),
        ("Folders (*)", "Contacts", "Freunde e. V.", "Freunde e. V."),
    ],
)
def test_what_is_typed_gets_the_ending_that_it_lacks_and_no_second_dot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kinds: str, suggested: str, typed: str, saved: str
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / typed), kinds))
    preferences = Preferences(tmp_path / "window.ini")
    assert files.ask_save(None, preferences, "", kinds, "data", suggested) == tmp_path / saved


def test_a_file_that_is_there_is_asked_about_also_when_its_ending_was_not_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Kontakte.csv").touch()
    asked: list[str] = []
    answers = ["Kontakte", "Kontakte neu"]

    def answer(parent: object, head: str, place: str, kinds: str) -> tuple[str, str]:
        asked.append(Path(place).name)
        return str(tmp_path / answers.pop(0)), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    chosen = files.ask_save(None, Preferences(tmp_path / "w.ini"), "", "Tables (*.csv)", "export", "Liste.csv")
    assert (chosen, asked) == (tmp_path / "Kontakte neu.csv", ["Liste.csv", "Kontakte.csv"])
