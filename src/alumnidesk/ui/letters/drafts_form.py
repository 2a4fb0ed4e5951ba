"""How e-mails are handed to a mail program: in which form, and with which files."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.email_draft import BCC, FORM_WORDS, FORMS
from alumnidesk.domain.mailings import Attachment, Job
from alumnidesk.ui import files
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import PlainButton
from alumnidesk.ui.widgets.fields import Choice
from alumnidesk.ui.widgets.focus import follow_the_eye
from alumnidesk.ui.widgets.label import Label, Line, breakable, section
from alumnidesk.ui.words import tr, tr_n, words

FORM = "letters/form of e-mails"
"""What is kept on this computer."""


class DraftsForm(QWidget):
    """`changed` carries what became different about the mailing, by field."""

    changed = Signal(dict)

    def __init__(self, context: Context) -> None:
        super().__init__()
        look = self._look = context.look
        self._context = context
        self._attached: tuple[Attachment, ...] = ()
        self.head = section(look)
        self.sentence = Label(
            look,
            tr("Your mail program sends them. No address of a stranger ever stands in an e-mail to somebody else."),
            role="text2",
            wraps=True,
        )
        self.forms = Choice()
        self.forms.setAccessibleName(tr("Form of the e-mails"))
        for form in FORMS:
            self.forms.addItem(words(FORM_WORDS[form]), form)
        self.forms.setCurrentIndex(max(self.forms.findData(context.preferences.text(FORM)), 0))
        self.with_letter = QCheckBox(tr("Attach the letter as PDF"))
        self.with_letter.setAccessibleName(self.with_letter.text())
        self.with_letter.setFont(look.font())
        said = tr("The letter is not attached to blind copies: it bears the name and address of one person.")
        self.without_letter = Label(look, said, size="small", role="text2", wraps=True)
        self._files = QVBoxLayout()
        self._files.setSpacing(look.px(4))
        attach = PlainButton(look, tr("Attach a file …"), icon="plus", clicked=self._ask_file)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        for widget in (Line(look), self.head, self.sentence, self.forms, self.with_letter, self.without_letter):
            column.addWidget(widget)
        column.addLayout(self._files)
        column.addWidget(attach, 0, Qt.AlignmentFlag.AlignLeft)
        self.forms.activated.connect(lambda _: self._keep_form())
        self._offer_letter()
        self.with_letter.clicked.connect(lambda ticked: self.changed.emit({"letter_attached": ticked}))

    def _keep_form(self) -> None:
        self._context.preferences.keep(FORM, self.form)
        self._offer_letter()

    def _offer_letter(self) -> None:
        """Each can get their own letter, but not in a message that is the same for all."""
        self.with_letter.setVisible(self.form != BCC)
        self.without_letter.setVisible(self.form == BCC)

    @property
    def form(self) -> str:
        """One of `FORMS`."""
        return str(self.forms.currentData())

    def show_job(self, job: Job, emails: int) -> None:
        """Show what goes with so many e-mails."""
        self.head.setText(tr_n("By e-mail: {n} draft", "By e-mail: {n} drafts", emails))
        self.with_letter.setChecked(job.letter_attached)
        self._show_files(job.attachments)

    def _show_files(self, attached: tuple[Attachment, ...]) -> None:
        self._attached = attached
        while (item := self._files.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for one in attached:
            row = QWidget()
            across = QHBoxLayout(row)
            across.setContentsMargins(0, 0, 0, 0)
            across.setSpacing(self._look.px(8))
            across.addWidget(Label(self._look, breakable(one.name), wraps=True), 1)
            remove = tr("Take {file} away", file=one.name)
            across.addWidget(PlainButton(self._look, "", icon="close", name=remove, clicked=partial(self._remove, one)))
            self._files.addWidget(row)
        follow_the_eye(self)

    def _ask_file(self) -> None:
        kinds = tr("All files (*)")
        for path in files.ask_several(self, self._context.preferences, tr("Attach a file"), kinds, "attach"):
            self._attach(path)

    def _attach(self, path: Path) -> None:
        self._context.tasks.run(lambda desk: desk.mailings.attach(path), self._add)

    def _add(self, attachment: Attachment) -> None:
        self._change((*self._attached, attachment))

    def _remove(self, attachment: Attachment) -> None:
        self._change(tuple(one for one in self._attached if one is not attachment))

    def _change(self, attached: tuple[Attachment, ...]) -> None:
        self._show_files(attached)
        self.changed.emit({"attachments": attached})
