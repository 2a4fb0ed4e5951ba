"""Handing out contacts, from wherever one stands: asks for the target, writes the file, says what was done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.ui import files
from alumnidesk.ui.contacts.export_dialog import Asked, ExportDialog
from alumnidesk.ui.contacts.export_targets import BCC, file_kinds
from alumnidesk.ui.page import Context
from alumnidesk.ui.words import tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.domain.consent import Purpose
    from alumnidesk.services.address_lists import LeftOut
    from alumnidesk.services.exporting import ExportReport, Recipients


class Export:
    """One export; `window` is what its dialogs stand in front of."""

    def __init__(self, context: Context, window: QWidget) -> None:
        self._context, self._window = context, window
        self._dialog: ExportDialog | None = None
        """The one that stands now; an answer may come when it is gone."""

    def ask(self, ids: Sequence[int]) -> None:
        """Hand out these contacts."""
        self._context.tasks.run(lambda desk: desk.purposes.all(), lambda purposes: self._ask(ids, purposes))

    def ask_for(self, query: str) -> None:
        """Hand out everybody whom a search finds."""
        self._context.tasks.run(lambda desk: list(desk.find.contacts(query).ids), self.ask)

    def _ask(self, ids: Sequence[int], purposes: Sequence[Purpose]) -> None:
        context = self._context
        dialog = ExportDialog(context.look, len(ids), context.preferences.text("export/target"), purposes, self._window)
        dialog.asked.connect(lambda: self._who(dialog, ids))
        self._dialog = dialog
        self._who(dialog, ids)
        dialog.exec()
        self._dialog = None
        dialog.deleteLater()
        asked = dialog.answer
        if asked is None:
            return
        context.preferences.keep("export/target", asked.target.name)
        sending = asked.sending
        if asked.target.kind == BCC and sending is not None:
            context.tasks.run(lambda desk: desk.exporting.bcc(ids, sending.purpose), self._copied)
        else:
            self._save(asked, ids)

    def _who(self, dialog: ExportDialog, ids: Sequence[int]) -> None:
        asked = dialog.asks

        def show(people: LeftOut) -> None:
            if self._dialog is dialog:
                dialog.show_left_out(asked, people)

        self._context.tasks.run(
            lambda desk: desk.exporting.left_out(
                asked.target.kind, ids, asked.sending, per_household=asked.per_household
            ),
            show,
            latest="left out",
        )

    def _save(self, asked: Asked, ids: Sequence[int]) -> None:
        target = asked.target
        suggested = tr("Contacts as cards") if asked.folder else target.file
        path = files.ask_save(
            self._window,
            self._context.preferences,
            tr("Export contacts"),
            file_kinds(target, asked.folder),
            "export",
            suggested,
        )
        if path is None:
            return
        progress = Progress(running=say("“{file}” is still being written", file=path.name))
        kind, sending = target.kind, asked.sending
        if asked.folder:
            self._context.tasks.run(
                lambda desk: desk.exporting.write_folder(path, kind, ids, sending=sending, progress=progress),
                lambda report: self._saved(report, path),
                progress=progress,
            )
        else:
            self._context.tasks.run(
                lambda desk: desk.exporting.write(
                    path, kind, ids, sending=sending, per_household=asked.per_household, progress=progress
                ),
                lambda report: self._saved(report, path.parent),
                progress=progress,
            )

    def _saved(self, report: ExportReport, folder: Path) -> None:
        sentence = tr_n(
            "{n} contact exported as “{file}”.",
            "{n} contacts exported as “{file}”.",
            report.written,
            file=report.target.name,
        )
        self._context.notices.say(
            " ".join([sentence, *map(words, report.notes)]),
            action=(tr("Show the folder"), lambda: files.show_folder(folder, self._context.notices.say)),
        )

    def _copied(self, recipients: Recipients) -> None:
        QGuiApplication.clipboard().setText(recipients.text)
        self._context.notices.say(
            tr_n(
                "{n} e-mail address copied; put it into the Bcc line.",
                "{n} e-mail addresses copied; put them into the Bcc line.",
                recipients.count,
            )
        )
