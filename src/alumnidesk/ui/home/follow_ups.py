"""What is to be followed up: a row with a tick for each, and the list of all of them by when they are due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.notes import KINDS, SEARCH, Note
from alumnidesk.ui.icons import paint_icon
from alumnidesk.ui.look import Look
from alumnidesk.ui.page import Context
from alumnidesk.ui.when import written
from alumnidesk.ui.widgets.buttons import LinkButton, OutlinedButton
from alumnidesk.ui.widgets.circle import TASK
from alumnidesk.ui.widgets.empty import EmptyState
from alumnidesk.ui.widgets.focus import follow_the_eye
from alumnidesk.ui.widgets.head import PageHead
from alumnidesk.ui.widgets.label import Label, Line, breakable, section
from alumnidesk.ui.widgets.lines import Column
from alumnidesk.ui.widgets.paint import frame
from alumnidesk.ui.widgets.painted_button import PaintedButton
from alumnidesk.ui.widgets.scroller import Scroller
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.words import tr, tr_n, words

MOST = 100
"""So many rows are shown at first."""
CIRCLE = 24
"""Width of the circle of a tick, at 100 %."""
WEEK = dt.timedelta(days=7)


class Tick(PaintedButton):
    """An empty circle that shows its tick when the pointer or the keyboard is on it."""

    changes = True

    def __init__(self, look: Look, name: str, clicked: Callable[[], object]) -> None:
        super().__init__(look)
        self.setAccessibleName(name)
        self.setFixedSize(look.px(TASK), look.px(TASK))
        self.clicked.connect(lambda: clicked())

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = self.underMouse() or self.hasFocus()
        side = look.px(CIRCLE)
        circle = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        frame(painter, circle, look.colour("accent" if over else "field"), side / 2, 2)
        if over:
            size = look.px(16)
            at = (self.width() - size) / 2
            paint_icon(painter, "check", look.colour("accent"), at, at, size)
        if self.hasFocus():
            frame(painter, self.rect(), look.colour("accent"), look.px(6), 2)


class FollowUpRow(QWidget):
    """A tick, what is to be done, a small line with whom and when, and the way to the contact."""

    def __init__(self, context: Context, note: Note, today: dt.date) -> None:
        super().__init__()
        look: Look = context.look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(9))
        row = QHBoxLayout()
        row.setContentsMargins(0, look.px(9), 0, 0)
        row.setSpacing(look.px(16))
        what = title_words(note)
        self.tick = Tick(
            look, tr("Done: {what}", what=what), lambda: context.deed(lambda desk: desk.notes.finish(note.id))
        )
        row.addWidget(self.tick)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(Label(look, breakable(what), wraps=True))
        told.addWidget(Label(look, breakable(detail_words(note, today)), size="small", role="text2", wraps=True))
        row.addLayout(told, 1)
        self.button = OutlinedButton(look, tr("Show"), clicked=lambda: context.open_page("contacts", note.contact))
        self.button.setAccessibleDescription(what)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(row)
        self.line = Line(look, "hair")
        column.addWidget(self.line)


def title_words(note: Note) -> str:
    """What is to be done."""
    return tr("Find {name} again", name=note.name) if note.kind == SEARCH else note.first_line


def detail_words(note: Note, today: dt.date) -> str:
    """With whom, and when."""
    due = due_words(dt.date.fromisoformat(note.due_on), today)
    if note.kind == SEARCH:
        return tr("Returned: {place}, {due}", place=note.first_line, due=due)
    return tr("{kind}, {name}, {due}", kind=words(KINDS[note.kind]), name=note.name, due=due)


def due_words(day: dt.date, today: dt.date) -> str:
    """When something is due."""
    days = (day - today).days
    if days < 0:
        return tr_n("{n} day overdue", "{n} days overdue", -days)
    if days == 0:
        return tr("due today")
    if days == 1:
        return tr("due tomorrow")
    if days < WEEK.days:
        return tr_n("due in {n} day", "due in {n} days", days)
    return tr("due on {day}", day=written(day, "short" if day.year == today.year else "year"))


class FollowUps(QWidget):
    """Everything that is open, the longest overdue first. Esc goes back."""

    def __init__(self, context: Context, back: Callable[[], object]) -> None:
        super().__init__()
        self._context, self._back, self._most = context, back, MOST
        self.notes: Sequence[Note] = ()
        look = context.look
        self.back_button = OutlinedButton(look, tr("Back"), icon="arrow-left", clicked=back)
        self.head = PageHead(look, tr("Follow-ups"), actions=[self.back_button], below="")
        self._rows = QWidget()
        QVBoxLayout(self._rows)
        self.empty = EmptyState(
            look,
            tr("Nothing is due"),
            tr("Give a note about a contact a day, and it stands here when that day has come."),
            [
                OutlinedButton(
                    look, tr("To the contacts"), icon="contacts", clicked=lambda: context.open_page("contacts")
                )
            ],
            icon="calendar",
        )
        self._places = Stack()
        self._scroller = Scroller(look, tr("Follow-ups"), self._rows)
        self._places.addWidget(self._scroller)
        self._places.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addSpacing(look.px(12))
        column.addWidget(Line(look))
        column.addWidget(self._places, 1)

    def refresh(self) -> None:
        """Read again what is open."""
        self._context.tasks.run(lambda desk: desk.notes.open(), self._show, latest="follow-ups")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _show(self, notes: Sequence[Note]) -> None:
        self.notes = notes
        look, today = self._context.look, dt.date.today()
        column = self._rows.layout()
        assert isinstance(column, QVBoxLayout)
        while (item := column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        column.setContentsMargins(look.px(20), look.px(12), look.px(20), look.px(12))
        column.setSpacing(0)
        self.head.below.setText(tr_n("{n} is open", "{n} are open", len(notes)) if notes else "")
        for head, group in _grouped(notes[: self._most], today):
            if group:
                column.addWidget(section(look, head))
                for note in group:
                    column.addWidget(FollowUpRow(self._context, note, today))
                column.addSpacing(look.px(14))
        if len(notes) > self._most:
            column.addWidget(LinkButton(look, tr("Show all"), clicked=self._show_all), 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._places.setCurrentIndex(0 if notes else 1)
        follow_the_eye(self)

    def _show_all(self) -> None:
        self._most = 10_000
        self.refresh()

    def print(self) -> None:
        """All that is open, on paper."""
        from alumnidesk.ui.printing.lists import SeenList, heads, of_today, print_seen, rows_of  # needed rarely

        shown = _paper_columns()
        listed = SeenList(
            tr("Follow-ups"), of_today(self.head.below.text()), heads(shown), rows_of(shown, list(self.notes))
        )
        print_seen(self._context, self.window(), listed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)


def _paper_columns() -> tuple[Column[Note], ...]:
    return (
        Column("due", tr("Due"), lambda note: written(dt.date.fromisoformat(note.due_on), "year"), 100),
        Column("what", tr("What is to be done"), title_words, 300),
        Column("kind", tr("Kind"), lambda note: words(KINDS[note.kind]), 90),
        Column("who", tr("Contact"), lambda note: note.name, 170),
    )


def _grouped(notes: Sequence[Note], today: dt.date) -> tuple[tuple[str, list[Note]], ...]:
    ends = (today - dt.timedelta(days=1), today, today + WEEK, dt.date.max)
    heads = (tr("Overdue"), tr("Today"), tr("The next seven days"), tr("Later"))
    groups: list[list[Note]] = [[] for _ in ends]
    for note in notes:
        day = dt.date.fromisoformat(note.due_on)
        groups[next(number for number, end in enumerate(ends) if day <= end)].append(note)
    return tuple(zip(heads, groups, strict=True))
