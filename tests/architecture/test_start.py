"""What the start of the window does without, so that it stays quick. How quick it is, a benchmark measures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from alumnidesk.desk import Desk

FOUND_AT_THE_FIRST_PAINT = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from alumnidesk.ui import app
from alumnidesk.ui.preferences import Preferences

class Eye(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and program.window is not None:
            rows = program.window.current_page.list
            if watched is rows.viewport() and rows.model().rowCount():
                print(*sys.modules, sep="\\n")
                application.quit()
        return False

application = app.QApplication(["AlumniDesk", "-style", "fusion"])
preferences = Preferences(Path(sys.argv[2]))
preferences.keep("window/page", "contacts")
program = app.Program(application, preferences)
eye = Eye()
application.installEventFilter(eye)
program.open(Path(sys.argv[1]))
QTimer.singleShot(60_000, application.quit)
application.exec()
program.stop()
"""

LATER = (
    "sqlalchemy", "alembic", "reportlab", "vobject", "babel", "platformdirs", "hashlib", "html",
    "concurrent.futures", "PySide6.QtNetwork", "PySide6.QtPdf", "PySide6.QtPrintSupport", "alumnidesk.models",
    "alumnidesk.formats", "alumnidesk.documents", "alumnidesk.storage.backup", "alumnidesk.services.contacts",
    "alumnidesk.domain.cards", "alumnidesk.ui.help.window", "alumnidesk.ui.contacts.detail",
    "alumnidesk.ui.contacts.bin", "alumnidesk.ui.contacts.export_dialog", "alumnidesk.ui.contacts.tag_dialog",
)  # fmt: skip
"""Each of these was measured as one per cent of the start or more; all of them together as more than its half."""


def test_the_first_page_of_contacts_is_painted_without_what_it_does_not_show(tmp_path: Path) -> None:
    path = tmp_path / "friends.alumnidesk"
    Desk.create_sample(path, 20).close(backup=False)
    places = dict.fromkeys(("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"), str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", FOUND_AT_THE_FIRST_PAINT, str(path), str(tmp_path / "window.ini")],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **places}, capture_output=True, text=True, timeout=100,
    )  # fmt: skip
    imported = set(done.stdout.split())
    assert "alumnidesk.ui.contacts.page" in imported, done.stderr
    assert not imported.intersection(LATER)


def test_searching_from_a_terminal_imports_the_search_alone(tmp_path: Path) -> None:
    path = tmp_path / "friends.alumnidesk"
    Desk.create_sample(path, 20).close(backup=False)
    code = (
        "import sys\nfrom alumnidesk import cli\nstatus = cli.main(sys.argv[1:])\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)\nsys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "search", str(path), "a", "--json"], capture_output=True, text=True, timeout=100
    )
    assert json.loads(done.stdout)["found"], done.stderr
    imported = set(done.stderr.split())
    assert "alumnidesk.cli.finding" in imported
    assert not imported.intersection({*LATER, "PySide6", "alumnidesk.cli.contacts", "alumnidesk.services.exporting"})


def test_importing_is_left_to_python_itself() -> None:
    code = """
import alumnidesk.ui.app
from shibokensupport.feature import pyside_feature_dict as read_by_pyside

print("alumnidesk.ui.window" in read_by_pyside)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=100)
    assert done.stdout.split() == ["False"], done.stderr
