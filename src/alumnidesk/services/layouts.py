"""Deeds on what paper looks like: the letterhead, and the window of the envelopes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from alumnidesk.documents import letterhead
from alumnidesk.documents.window_test import print_window_test
from alumnidesk.domain.association import Association
from alumnidesk.domain.envelope_windows import OWN, MeasuredWindow
from alumnidesk.errors import BadFile
from alumnidesk.services import export_targets
from alumnidesk.services.settings import Settings
from alumnidesk.storage import faults
from alumnidesk.storage.database import Database
from alumnidesk.whole_files import write_whole


class Layouts:
    """Everything one can do with layouts."""

    def __init__(self, database: Database) -> None:
        self._settings = Settings(database)

    def own_window(self) -> MeasuredWindow:
        """The window that was measured, else where one begins to measure."""
        return MeasuredWindow.read(self._settings.association().own_window)

    def measure_window(self, window: MeasuredWindow) -> Association:
        """Make letters for a window that somebody has measured. Raises InvalidInput, with the field."""
        window.check()
        return self._settings.save(replace(self._settings.association(), window=OWN, own_window=window.stored()))

    def set_letterhead(self, path: Path | None, *, following: bool = False) -> Association:
        """Put a PDF, PNG or JPEG of a page behind the letters, or behind their `following` pages; or take it away.

        Raises BadFile (another kind, too large, encrypted, damaged, no page as large as a letter) or EnvironmentFault.
        """
        data = b""
        if path is not None:
            with faults.explained(path), path.open("rb") as file:
                data = file.read(letterhead.LARGEST + 1)
            if (reason := letterhead.why_not(data)) is not None:
                raise BadFile(path, *reason)
        association = self._settings.association()
        if following:
            return self._settings.save(replace(association, letterhead_next=data))
        return self._settings.save(replace(association, letterhead=data))

    def print_window_test(self, out: Path) -> None:
        """Write a page that shows in an envelope whether its window is where we think. Raises EnvironmentFault."""
        with export_targets.writing(out):
            print_window_test(self._settings.association(), out)

    @staticmethod
    def save(document: Path, out: Path) -> None:
        """Keep a document that was made to be looked at. Raises EnvironmentFault."""
        with export_targets.writing(out):
            write_whole(out, [document.read_bytes()])
