"""Step 4: what the import did, in numbers; and what did not come in, with its reason."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from alumnidesk.services.import_plan import ImportReport
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.detail import Facts
from alumnidesk.ui.widgets.label import Label, section, title
from alumnidesk.ui.words import language, tr, tr_n, words

_SHOWN = 1_000
"""Lines; of a long file there can be more than anybody reads."""


class DoneStep(QWidget):
    """The report of an import."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(look.px(20), look.px(8), look.px(20), look.px(20))
        self._column.setSpacing(look.px(10))
        self.changeset: int | None = None
        """The import that is reported."""
        self._file, self._n = "", 0
        self.problems = QPlainTextEdit()
        self.problems.setReadOnly(True)
        self.problems.setFont(look.font())
        self.problems.setAccessibleName(tr("What did not come in"))

    def show_report(self, path: Path | None, report: ImportReport) -> None:
        """Show what was done."""
        look, column = self._look, self._column
        self.problems.setParent(None)
        while (item := column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        n = self._n = len(report.contacts)
        self.changeset, self._file = report.changeset, path.name if path is not None else ""
        self.head, self.sentence = title(look), Label(look, role="text2", wraps=True)
        column.addWidget(self.head)
        column.addWidget(self.sentence)
        self.show_holds(holds=True)
        column.addWidget(section(look, tr("Lines of the file")))
        facts = Facts(look)
        for label, count in (
            (tr("New"), report.created),
            (tr("Changed"), report.changed),
            (tr("Unchanged"), report.unchanged),
            (tr("Left out"), report.skipped),
            (tr("Problems"), len(report.problems)),
            (tr("Please look"), len({remark.line for remark in report.remarks})),
        ):
            facts.add(label, language().number(count))
        column.addWidget(facts)
        if (again := report.created + report.changed - n) > 0:
            said = tr_n(
                "{n} line added something to somebody whom a line above it had already brought in or changed.",
                "{n} lines added something to somebody whom a line above them had already brought in or changed.",
                again,
            )
            column.addWidget(Label(look, said, role="text2", wraps=True))
        to_say = (*report.problems, *report.remarks, *report.left_out)
        lines = [
            tr("Line {line}: {why} {text}", line=one.line, why=words(one.why), text=one.text).rstrip()
            for one in sorted(to_say[:_SHOWN], key=lambda one: one.line)
        ]
        if lines:
            if (more := len(to_say) - _SHOWN) > 0:
                lines.append(tr_n("and {n} more line", "and {n} more lines", more))
            column.addWidget(
                section(look, tr("Please look at these lines") if len(to_say) > report.skipped else tr("Left out"))
            )
            self.problems.setPlainText("\n".join(lines))
            column.addWidget(self.problems, 1)
            self.problems.show()
            copy = LinkButton(look, tr("Copy them"), icon="copy", clicked=self._copy)
            copy.padding = 0
            column.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            column.addStretch(1)

    def show_holds(self, *, holds: bool) -> None:
        """Say whether what was brought in is there, or was taken back meanwhile."""
        n = self._n
        if not holds:
            self.head.setText(tr("This import was taken back"))
            self.sentence.setText(tr("What {file} brought in is gone again; Redo brings it back.", file=self._file))
        else:
            self.head.setText(
                tr_n("{n} contact imported", "{n} contacts imported", n) if n else tr("Nothing new in this file")
            )
            self.sentence.setText(
                tr("From {file}. Undo takes the whole import back, today or next week.", file=self._file)
            )
        self.sentence.setVisible(bool(self._file))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.problems.toPlainText())
