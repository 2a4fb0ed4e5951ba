"""A directory, from wherever one stands: asks what it is to be, shows its pages, prints or saves them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from alumnidesk.progress import Progress
from alumnidesk.ui.directory.dialog import DirectoryDialog
from alumnidesk.ui.page import Context
from alumnidesk.ui.printing.dialog import print_pdf
from alumnidesk.ui.words import tr

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.services.directory import DirectoryRun


def ask_directory(context: Context, window: QWidget, contacts: Sequence[int]) -> None:
    """A directory of these contacts; `window` is what the dialogs stand in front of."""
    context.tasks.run(lambda desk: desk.directory.wording(), lambda said: _ask(context, window, contacts, said))


def _ask(context: Context, window: QWidget, contacts: Sequence[int], wording: str) -> None:
    dialog = DirectoryDialog(context, len(contacts), wording, lambda: go_on())
    planning = [Progress()]

    def plan() -> None:
        planning[0].cancel()
        progress, style = Progress(), dialog.style_
        planning[0] = progress
        context.tasks.run(
            lambda desk: desk.directory.plan(contacts, style, progress=progress), dialog.show_plan, latest="directory"
        )

    def go_on() -> None:
        dialog.keep()
        dialog.accept()

    dialog.asked.connect(plan)
    plan()
    dialog.setParent(window, dialog.windowFlags())
    dialog.exec()
    planning[0].cancel()
    style, chosen = dialog.style_, dialog.result() == DirectoryDialog.DialogCode.Accepted
    dialog.deleteLater()
    if chosen:

        def write(desk: Desk, out: Path, progress: Progress) -> DirectoryRun:
            return desk.directory.print(desk.directory.plan(contacts, style, progress=progress), out, progress)

        print_pdf(context, window, style.title or tr("Directory"), write, use="directory")
