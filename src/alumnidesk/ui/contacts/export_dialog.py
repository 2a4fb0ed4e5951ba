"""Handing contacts to another program: to which one, what for, who is left out and why, where to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget

from alumnidesk.domain.consent import EMAIL, INVITATIONS, Purpose, Sending
from alumnidesk.i18n import Message
from alumnidesk.progress import Progress
from alumnidesk.ui import files
from alumnidesk.ui.contacts.consent_dialog import said
from alumnidesk.ui.look import Look
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import Choice
from alumnidesk.ui.widgets.label import Label, section
from alumnidesk.ui.words import language, tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.services.exporting import Recipients

BCC = "bcc"
LeftOut = Sequence[tuple[str, Message]]


@dataclass(frozen=True, slots=True)
class Target:
    """Whom the contacts are for: the kind of file, its ending."""

    name: str
    text: str
    about: str
    kind: str
    ending: str
    mail: bool = False
    """Is it for e-mails alone?"""


def targets() -> tuple[Target, ...]:
    """What is offered, in the words of the window; tables of mail programs in its language where they differ."""
    own = language().locale
    return (
        Target(
            "thunderbird",
            "Thunderbird",
            tr("table for its address book"),
            f"thunderbird-{own}" if own in ("de", "sv") else "thunderbird",
            ".csv",
            mail=True,
        ),
        Target(
            "outlook",
            "Outlook",
            tr("table for its contacts"),
            "outlook-de" if own == "de" else "outlook",
            ".csv",
            mail=True,
        ),
        Target("google", "Google", tr("table for Google Contacts"), "google", ".csv", mail=True),
        Target("phone", tr("Phone, Apple"), tr("business cards (vCard 3.0)"), "vcard3", ".vcf"),
        Target("vcard", "vCard 4.0", tr("business cards without loss"), "vcard4", ".vcf"),
        Target("excel", "Excel", tr("workbook with all that is known, also for LibreOffice"), "xlsx", ".xlsx"),
        Target("csv", tr("Complete table"), tr("CSV with all that is known, to import again"), "csv", ".csv"),
        Target("ldif", "LDIF", tr("address book for older programs and directories"), "ldif", ".ldif", mail=True),
        Target(BCC, tr("E-mail, blind copy"), tr("addresses for the Bcc line, to the clipboard"), BCC, "", mail=True),
    )


def sendings(target: Target, purposes: Sequence[Purpose]) -> list[Sending]:
    """What the contacts can be handed to a target for."""
    return [
        Sending(purpose.key, channel)
        for purpose in purposes
        for channel in purpose.used
        if channel == EMAIL or not target.mail
    ]


class ExportDialog(Dialog):
    """`target` is what was chosen, None after Esc. `asked` wants to know who is left out."""

    asked = Signal()

    def __init__(
        self, look: Look, n: int, last: str, purposes: Sequence[Purpose] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(look, tr_n("Export {n} contact", "Export {n} contacts", n), parent=parent)
        self._n, self._purposes = n, purposes
        self._targets = targets()
        self.buttons = QButtonGroup(self)
        column = QVBoxLayout()
        column.setSpacing(look.px(4))
        for number, target in enumerate(self._targets):
            button = QRadioButton(tr("{target} – {about}", target=target.text, about=target.about))
            button.setAccessibleName(button.text())
            button.setFont(look.font())
            self.buttons.addButton(button, number)
            column.addWidget(button)
            if target.name == last:
                button.setChecked(True)
        if self.buttons.checkedId() < 0:
            self.buttons.button(0).setChecked(True)
        self.column.addLayout(column)
        self.column.addWidget(section(look, tr("What for?")))
        self.purpose = Choice()
        self.purpose.setFont(look.font())
        self.purpose.setAccessibleName(tr("What for?"))
        self.column.addWidget(self.purpose)
        self.left_out = Label(look, role="look", wraps=True)
        self.reasons = QPlainTextEdit()
        self.reasons.setReadOnly(True)
        self.reasons.setFont(look.font("small"))
        self.reasons.setAccessibleName(tr("Who is left out, and why"))
        self.reasons.setFixedHeight(look.px(96))
        self.column.addWidget(self.left_out)
        self.column.addWidget(self.reasons)
        self.choose(tr("Cancel"))
        self.go = self.choose("", main=True)
        self._offer_purposes()
        self.buttons.idToggled.connect(lambda _, on: self._turn() if on else None)
        self.purpose.activated.connect(lambda _: self._ask())
        self.show_left_out(self.asks, ())
        self.buttons.button(max(self.buttons.checkedId(), 0)).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def current(self) -> Target:
        """What is marked now."""
        return self._targets[max(self.buttons.checkedId(), 0)]

    @property
    def target(self) -> Target | None:
        """What was chosen in the end."""
        return self.current if self.chosen == 1 else None

    @property
    def sending(self) -> Sending | None:
        """What it is for; None for our own use."""
        found = self.purpose.currentData()
        return found if isinstance(found, Sending) else None

    @property
    def asks(self) -> tuple[str, Sending | None]:
        """To which kind of file and what for, as it stands now."""
        return self.current.kind, self.sending

    def _offer_purposes(self) -> None:
        """What a target can be for, standing on what was chosen before; a blind copy always goes out for something."""
        before, target = self.sending, self.current
        self.purpose.clear()
        if target.kind != BCC:
            self.purpose.addItem(tr("Our own use"), None)
        for sending in sendings(target, self._purposes):
            self.purpose.addItem(said(sending, self._purposes), sending)
        usual = Sending(INVITATIONS, EMAIL) if target.kind == BCC else None
        places = [self.purpose.itemData(row) for row in range(self.purpose.count())]
        wanted = before if before in places and before is not None else usual
        self.purpose.setCurrentIndex(places.index(wanted) if wanted in places else 0)

    def _turn(self) -> None:
        self._offer_purposes()
        self._ask()

    def _ask(self) -> None:
        self.show_left_out(self.asks, ())
        self.asked.emit()

    def show_left_out(self, asked: tuple[str, Sending | None], people: LeftOut) -> None:
        """Say who will not be handed out."""
        if asked != self.asks:
            return
        target = self.current
        n = self._n - len(people)
        self.left_out.setVisible(bool(people))
        self.reasons.setVisible(bool(people))
        self.left_out.setText(tr_n("{n} contact is left out:", "{n} contacts are left out:", len(people)))
        lines = (tr("{name}: {reason}", name=name, reason=words(why)) for name, why in people)
        self.reasons.setPlainText("\n".join(lines))
        self.go.set_words(
            tr_n("Copy {n} address", "Copy {n} addresses", n)
            if target.kind == BCC
            else tr_n("Save {n} contact …", "Save {n} contacts …", n)
        )
        self.go.setEnabled(n > 0)


class Export:
    """Asks for the target, writes the file, says what was done."""

    def __init__(self, context: Context, window: QWidget) -> None:
        self._context, self._window = context, window
        self._dialog: ExportDialog | None = None
        """The one that stands now; an answer may come when it is gone."""

    def ask(self, ids: Sequence[int]) -> None:
        """Hand out these contacts."""
        self._context.tasks.run(lambda desk: desk.purposes.all(), lambda purposes: self._ask(ids, purposes))

    def _ask(self, ids: Sequence[int], purposes: Sequence[Purpose]) -> None:
        context = self._context
        dialog = ExportDialog(context.look, len(ids), context.preferences.text("export/target"), purposes, self._window)
        dialog.asked.connect(lambda: self._who(dialog, ids))
        self._dialog = dialog
        self._who(dialog, ids)
        dialog.exec()
        self._dialog = None
        dialog.deleteLater()
        target, sending = dialog.target, dialog.sending
        if target is None:
            return
        context.preferences.keep("export/target", target.name)
        if sending is not None and target.kind == BCC:
            purpose = sending.purpose
            context.tasks.run(lambda desk: desk.exporting.bcc(ids, purpose), self._copied)
        else:
            self._save(target, sending, ids)

    def _who(self, dialog: ExportDialog, ids: Sequence[int]) -> None:
        asked = dialog.asks

        def show(people: LeftOut) -> None:
            if self._dialog is dialog:
                dialog.show_left_out(asked, people)

        kind, sending = asked
        self._context.tasks.run(lambda desk: desk.exporting.left_out(kind, ids, sending), show, latest="left out")

    def _save(self, target: Target, sending: Sending | None, ids: Sequence[int]) -> None:
        kinds = {
            ".vcf": tr("Business cards (*.vcf)"),
            ".csv": tr("Tables (*.csv)"),
            ".xlsx": tr("Workbooks (*.xlsx)"),
            ".ldif": tr("Address books (*.ldif)"),
        }[target.ending]
        suggested = tr("Contacts for {target}", target=target.text) + target.ending
        path = files.ask_save(
            self._window, self._context.preferences, tr("Export contacts"), kinds, "export", suggested
        )
        if path is not None:
            progress = Progress()
            self._context.tasks.run(
                lambda desk: desk.exporting.write(path, target.kind, ids, sending=sending, progress=progress),
                lambda report: self._saved(report.target, report.written, report.notes),
                progress=progress,
            )

    def _saved(self, path: Path, written: int, notes: Sequence[Message]) -> None:
        sentence = tr_n(
            "{n} contact exported as “{file}”.", "{n} contacts exported as “{file}”.", written, file=path.name
        )
        self._context.notices.say(
            " ".join([sentence, *map(words, notes)]),
            action=(tr("Show the folder"), lambda: files.show_folder(path.parent, self._context.notices.say)),
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
