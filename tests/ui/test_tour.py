"""The walk that a machine without a screen shows: a picture of each page, and nothing else is left behind."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from alumnidesk.places import data_folder
from alumnidesk.ui import tour
from alumnidesk.ui.words import set_language


def test_a_walk_leaves_a_picture_of_each_page_and_no_backups(qapp: QApplication, tmp_path: Path) -> None:
    before = set(data_folder().rglob("*"))
    try:
        written = list(tour.tour(qapp, tmp_path, "de", "dark"))
    finally:
        set_language("en")
    assert written == [f"{page}-de-dark.png" for page in tour.STEPS]
    for name in written:
        assert (QImage(str(tmp_path / name)).width(), QImage(str(tmp_path / name)).height()) == tour.SIZE
    assert {path for path in data_folder().rglob("*") if path.is_file()} <= before
