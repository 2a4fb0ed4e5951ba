"""What one deed did, and the buttons to take it back or do it again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.happened import DeedDetails, DeedLine
from alumnidesk.ui.history.table import state
from alumnidesk.ui.look import Look
from alumnidesk.ui.when import moment_words
from alumnidesk.ui.widgets.buttons import Button, LinkButton, OutlinedButton
from alumnidesk.ui.widgets.chip import chip_row
from alumnidesk.ui.widgets.detail import DetailPane
from alumnidesk.ui.widgets.label import Label, Line, breakable, section, title
from alumnidesk.ui.widgets.notice import Callout
from alumnidesk.ui.words import tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.services.history import Entry

NAMED_LATER = 5
"""So many later deeds are named; more are counted."""
LONGEST = 240
"""Letters of a value that are shown."""
LABEL, LONGEST_WORD = 112, 18
"""Width at 100 % of the column of labels, and so many letters of a word widen it; what is longer is broken."""


class DeedDetail(DetailPane):
    """Built anew for each deed one stands on."""

    def __init__(
        self,
        look: Look,
        *,
        undo: Callable[[], object],
        redo: Callable[[], object],
        undo_all: Callable[[], object],
        open_contact: Callable[[int], object],
    ) -> None:
        super().__init__(look, tr("What this step did"))
        self.look = look
        self._undo, self._redo, self._undo_all, self._open = undo, redo, undo_all, open_contact
        self.button: Button | None = None
        """The one button that changes the state of the deed; where Enter in the list leads."""

    def clear(self) -> None:
        """Show nothing."""
        self.button = None
        self.set_body(QWidget())

    def show_deed(self, entry: Entry, details: DeedDetails, later: Sequence[Entry]) -> None:
        """Show a deed; `later` are those in the way of taking it back."""
        look = self.look
        column = self.set_body(QWidget())
        head = title(look, words(entry.label))
        head.setWordWrap(True)
        column.addWidget(head)
        column.addSpacing(look.px(4))
        moment = moment_words(entry.made_at)
        by = tr("{moment}, by {name}", moment=moment, name=entry.made_by) if entry.made_by else moment
        column.addWidget(Label(look, by, size="small", role="text2", wraps=True))
        if chips := state(entry):
            column.addSpacing(look.px(8))
            column.addWidget(chip_row(look, chips))
        column.addSpacing(look.px(16))
        self.button = None
        self._add_way_back(column, entry, later)
        column.addSpacing(look.px(16))
        column.addWidget(Line(look))
        column.addSpacing(look.px(12))
        self._add_counts(column, details)
        self._add_lines(column, details)
        # The panel takes its height now: a hundred names pressed together would flash up otherwise.
        QCoreApplication.sendPostedEvents(column.parentWidget(), QEvent.Type.LayoutRequest)

    def _add_way_back(self, column: QVBoxLayout, entry: Entry, later: Sequence[Entry]) -> None:
        look = self.look
        if entry.reverted:
            self.button = OutlinedButton(look, tr("Redo"), icon="redo", clicked=self._redo, changes=True)
        elif entry.final:
            column.addWidget(Label(look, words(entry.final), wraps=True))
            return
        elif later:
            callout = self._in_the_way(later)
            column.addWidget(callout)
            self.button = callout.button
            return
        else:
            self.button = OutlinedButton(look, tr("Undo"), icon="undo", clicked=self._undo, changes=True)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column.addLayout(row)

    def _in_the_way(self, later: Sequence[Entry]) -> Callout:
        """Why it cannot be taken back alone, and the way to do it all the same."""
        n = len(later)
        names = [words(entry.label) for entry in reversed(later[-NAMED_LATER:])]
        if n > NAMED_LATER:
            names.append(tr_n("and {n} more", "and {n} more", n - NAMED_LATER))
        return Callout(
            self.look,
            tr_n("A later step builds on this one", "{n} later steps build on this one", n),
            "\n".join(f"– {name}" for name in names),
            icon="history",
            action=tr_n("Undo both", "Undo all {all}", n, all=n + 1),
            action_icon="undo",
            clicked=self._undo_all,
        )

    def _add_counts(self, column: QVBoxLayout, details: DeedDetails) -> None:
        if details.counts:
            column.addWidget(section(self.look, tr("In numbers")))
            column.addSpacing(self.look.px(4))
            for count in details.counts:
                column.addWidget(Label(self.look, words(count)))
            column.addSpacing(self.look.px(16))

    def _add_lines(self, column: QVBoxLayout, details: DeedDetails) -> None:
        """Record by record; a value that all have in common stands once, above their names."""
        look, lines = self.look, details.lines
        if not lines:
            return
        width = self._label_width(lines)
        values = {(line.field.text, words(line.before), words(line.after)) for line in lines}
        common = len(values) == 1 and len(lines) > 1
        column.addWidget(section(look, tr("For each of these") if common else tr("Record by record")))
        column.addSpacing(look.px(4))
        if common and lines[0].field.text:
            column.addWidget(self._value(lines[0], width))
            column.addSpacing(look.px(4))
        subject: tuple[str, int] | None = None
        for line in lines:
            if (line.subject, line.contact) != subject:
                column.addSpacing(0 if common else look.px(4))
                self._add_subject(column, line)
                subject = (line.subject, line.contact)
            if line.field.text and not common:
                column.addWidget(self._value(line, width))
        if details.more:
            column.addSpacing(look.px(8))
            column.addWidget(Label(look, tr_n("and {n} more", "and {n} more", details.more), role="text2"))

    def _add_subject(self, column: QVBoxLayout, line: DeedLine) -> None:
        if line.contact:
            link = LinkButton(self.look, line.subject.replace("&", "&&"), clicked=lambda: self._open(line.contact))
            link.padding = 0
            link.setAccessibleName(line.subject)
            row = QHBoxLayout()
            row.addWidget(link)
            row.addStretch(1)
            column.addLayout(row)
        elif line.subject:
            column.addWidget(Label(self.look, line.subject, bold=True, wraps=True))

    def _label_width(self, lines: Sequence[DeedLine]) -> int:
        """So that the longest word of a label has room."""
        metrics = QFontMetrics(self.look.font("small"))
        pieces = (piece for line in lines for piece in re.split(rf"\s|{_MAY_BREAK}", _label(line)))
        return max(self.look.px(LABEL), *(metrics.horizontalAdvance(piece) + 1 for piece in pieces))

    def _value(self, line: DeedLine, width: int) -> QWidget:
        """Label at the left, at the right what stood there and what stands there now."""
        look = self.look
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, look.px(2), 0, look.px(2))
        across.setSpacing(look.px(8))
        label = Label(look, _label(line), size="small", role="text2", wraps=True)
        label.setFixedWidth(width)
        label.setContentsMargins(0, look.px(2), 0, 0)
        across.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        before, after = _short(words(line.before)), _short(words(line.after))
        if before and after:
            text = tr("{before} → {after}", before=before, after=after)
        elif before:
            text = tr("{before} → taken away", before=before)
        else:
            text = after
        value = Label(look, text, wraps=True, selectable=True)
        value.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        across.addWidget(value, 1)
        return row


_MAY_BREAK = "\N{ZERO WIDTH SPACE}"


def _label(line: DeedLine) -> str:
    return breakable(words(line.field), LONGEST_WORD)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"
