"""A letterhead of one's own: the files, what of ours is printed besides, and the room that it needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.association import CHOICES, LABELS, Association
from alumnidesk.errors import BadFile
from alumnidesk.ui import files
from alumnidesk.ui.page import Context
from alumnidesk.ui.settings.form import LABEL_WIDTH, SettingsForm
from alumnidesk.ui.widgets.buttons import LinkButton, OutlinedButton
from alumnidesk.ui.widgets.fields import WIDEST
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.words import tr, words


class LetterheadSection(QWidget):
    """Two files, and below them a form that only shows when there is one."""

    def __init__(self, context: Context, save: Callable[[SettingsForm, str, object], None]) -> None:
        """`save` writes a value that was left in the form."""
        super().__init__()
        look, self._context = context.look, context
        self.first = LetterheadFile(context, "letterhead", following=False)
        self.following = LetterheadFile(context, "letterhead_next", following=True)
        self.form = SettingsForm(look)
        own = [(key, words(text)) for key, text in CHOICES["letterhead_and"].items()]
        self.form.choice("letterhead_and", own)
        self.form.line("letterhead_foot", "letterhead_top")
        self.form.saved.connect(lambda key, value: save(self.form, key, value))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        for part in (self.first, self.following, self.form):
            column.addWidget(part)

    def show_association(self, association: Association) -> None:
        """Show what is set."""
        self.first.show_file(association.letterhead)
        self.following.show_file(association.letterhead_next)
        self.following.setVisible(bool(association.letterhead))
        self.form.setVisible(bool(association.letterhead))
        self.form.show_association(association)


class LetterheadFile(QWidget):
    """One file: what it is, buttons to choose another or take it away, and why one was refused."""

    def __init__(self, context: Context, key: str, *, following: bool) -> None:
        super().__init__()
        look, self._context, self._following = context.look, context, following
        name = words(LABELS[key])
        label = Label(look, name, role="text2", wraps=True)
        label.setFixedWidth(look.px(LABEL_WIDTH))
        label.setMinimumHeight(look.px(36))
        self.kind = Label(look)
        self.choose = OutlinedButton(
            look, tr("Choose a PDF or picture …"), icon="document", clicked=self._choose, changes=True
        )
        self.choose.setAccessibleName(tr("{label}: choose a PDF or picture", label=name))
        self.remove = LinkButton(look, tr("Remove"), clicked=lambda: self._take(None), changes=True)
        self.remove.setAccessibleName(tr("Remove {field}", field=name))
        self.problem = Label(look, size="small", role="bad", wraps=True)
        self.problem.setMaximumWidth(look.px(WIDEST))
        self.problem.hide()
        buttons = QWidget()
        row = Flow(look.px(8), buttons)
        for widget in (self.kind, self.choose, self.remove):
            row.addWidget(widget)
        right = QVBoxLayout()
        right.setSpacing(look.px(4))
        right.addWidget(buttons)
        right.addWidget(self.problem)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(look.px(8))
        across.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(right, 1)

    def show_file(self, data: bytes) -> None:
        """Say what kind of file is set, if any."""
        self.kind.setText(tr("a PDF") if data.lstrip()[:5] == b"%PDF-" else tr("a picture"))
        self.kind.setVisible(bool(data))
        self.remove.setVisible(bool(data))

    def _choose(self) -> None:
        kinds = tr("PDF files and pictures (*.pdf *.png *.jpg *.jpeg)")
        path = files.ask_open(self.window(), self._context.preferences, tr("Choose a letterhead"), kinds, "pictures")
        if path is not None:
            self._take(path)

    def _take(self, path: Path | None) -> None:
        self._say("")
        following = self._following
        self._context.deed(lambda desk: desk.layouts.set_letterhead(path, following=following), failed=self._refused)

    def _refused(self, problem: BaseException) -> None:
        if not isinstance(problem, BadFile):
            self._context.messages.show(problem)
            return
        out = f" {words(problem.way_out)}" if problem.way_out else ""
        self._say(words(problem.message) + out)

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.choose.setAccessibleDescription(problem)
