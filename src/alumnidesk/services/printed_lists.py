"""A list as one sees it, written onto paper or into a table."""

from __future__ import annotations

from pathlib import Path

from alumnidesk.domain.printed_list import PrintedList
from alumnidesk.formats import office_table
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.services import export_targets
from alumnidesk.services.settings import Settings
from alumnidesk.storage.database import Database


class PrintedLists:
    """Any list of the window."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def print(self, listed: PrintedList, out: Path, progress: Progress | None = None) -> int:
        """Write a list as a PDF; returns its pages.

        Raises EnvironmentFault if the file cannot be written, Cancelled if the person stops it.
        """
        from alumnidesk.documents.listing import print_listing  # with the fonts 10 % of a start on Home

        with export_targets.writing(out):
            return print_listing(listed, Settings(self._database).association(), out, progress=progress)

    def save(self, listed: PrintedList, out: Path, progress: Progress | None = None) -> None:
        """Write a list as a workbook if `out` is named so (``.xlsx``), else as CSV; the head of a group has a row.

        Raises Refused (a data file stands there), EnvironmentFault and Cancelled; the file is then as it was.
        """
        progress = progress or Progress()
        export_targets.refuse_data_file(out)
        progress.begin(say("Writing the file …"))
        headings = [column.head for column in listed.columns]
        rows = ([*row.cells, *[""] * (len(headings) - len(row.cells))] for row in listed.rows)
        export_targets.write_file(out, office_table.write(out.name, "List", headings, rows), progress)
