"""The editor of a note above the timeline: its text, what kind it is, and the day on which it is to be followed up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from alumnidesk.domain import dates
from alumnidesk.domain.days import next_such_day
from alumnidesk.domain.notes import KINDS, NOTE, SEARCH, Note
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.changing import Changing
from alumnidesk.ui.widgets.fields import ChangingChoice
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.focus import inside
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.words import language, tr, words


@dataclass(frozen=True, slots=True)
class WrittenNote:
    """What was written, anew or in the place of what was there `before`."""

    text: str
    kind: str
    due_on: str
    before: Note | None = None
    """As it was stored."""


class NoteEditor(Changing, QWidget):
    """Written when it is left or with Ctrl+Enter; Esc gives it up. `left` that the focus shall go on."""

    changes = True

    written = Signal(object)
    """Carries a `WrittenNote`."""
    done_asked = Signal(int, bool)
    """Carries a note and whether it is done now."""
    delete_asked = Signal(int)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._note: Note | None = None
        self.text = QPlainTextEdit()
        self.text.setFont(look.font())
        self.text.setAccessibleName(tr("New note"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * 3 + look.px(20))
        self.kind = ChangingChoice()
        self.kind.setFont(look.font())
        self.kind.setAccessibleName(tr("Kind of note"))
        self.due = DueChoice(look)
        self.problem = Label(look, size="small", role="bad", wraps=True)
        self.done = LinkButton(look, tr("Done"), icon="check", clicked=self._turn_done, changes=True)
        self.delete = LinkButton(look, tr("Delete"), icon="trash", clicked=self._delete, changes=True)
        self.hint = Label(look, size="small", role="text2", wraps=True)
        self.held("")
        self._lay_out()
        for watched in (self.text, self.kind, self.due, self.due.line, self.done, self.delete):
            watched.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        self.hide()

    def _lay_out(self) -> None:
        look = self._look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, look.px(12))
        column.setSpacing(look.px(6))
        column.addWidget(self.text)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addWidget(self.kind)
        row.addWidget(self.due, 1)
        column.addLayout(row)
        column.addWidget(self.problem)
        deeds = QWidget()
        flow = Flow(look.px(4), deeds)
        for button in (self.done, self.delete):
            button.padding = 0
            flow.addWidget(button)
        column.addWidget(deeds)
        column.addWidget(self.hint)
        self._deeds = deeds

    def held(self, why: str) -> None:
        """A note that was written before is read and copied, and says why it is not changed."""
        self.text.setReadOnly(bool(why))
        self.text.setAccessibleDescription(why)
        self.hint.setText(why or tr("Saved when you leave it; Esc gives it up."))

    # What is written -------------------------------------------------------------------------------------------

    @property
    def typed(self) -> str:
        """What was typed and is not saved yet."""
        text = self.text.toPlainText().strip()
        return "" if self._note is not None and text == self._note.text else text

    @property
    def waits(self) -> bool:
        """Is something written that is not saved, because its day cannot be understood, or the computer would not?"""
        return not self.isHidden() and not self.problem.isHidden()

    def bring_back(self, written: WrittenNote) -> None:
        """This could not be saved: it stands here again, before what was begun since."""
        since = "" if self.isHidden() else self.typed
        self._show(written.before)
        self.text.setPlainText("\n\n".join(filter(None, (written.text, since))))
        self.kind.setCurrentIndex(self.kind.findData(written.kind))
        self.due.put(written.due_on)
        self._complain(tr("This is not saved yet. Ctrl+Enter tries again, Esc gives it up."))

    def open_note(self, text: str = "") -> None:
        """A new note; type there, behind what was typed before."""
        if self.isHidden() or self._note is not None:
            self._show(None)
        self.text.insertPlainText(text)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_stored(self, note: Note) -> None:
        """A note that was written before."""
        self._show(note)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, note: Note | None) -> None:
        self._note = note
        kind = note.kind if note is not None else NOTE
        self.kind.clear()
        for key, said in KINDS.items():
            if key != SEARCH or kind == SEARCH:
                self.kind.addItem(words(said), key)
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.text.setPlainText(note.text if note is not None else "")
        self.text.setAccessibleName(tr("Note") if note is not None else tr("New note"))
        self.due.put(note.due_on if note is not None else "")
        self._deeds.setVisible(note is not None)
        self.done.setVisible(note is not None and bool(note.due_on))
        self.done.set_words(tr("Open again") if note is not None and note.done_at else tr("Done"))
        self._complain("")
        self.show()

    def close_note(self) -> None:
        """Give up what was typed."""
        self._note = None
        self.text.clear()
        self.due.put("")
        self._complain("")
        self.hide()

    def commit(self) -> bool:
        """Save what was written, if anything; False if its day cannot be understood."""
        if self.isHidden():
            return True
        if self.why:
            self.close_note()
            return True
        text, day = self.text.toPlainText().strip(), self.due.day
        if text and day is None:
            year = str(dt.date.today().year + 1)
            self._complain(tr("This is not a day. Examples: 3.12.{year}, 3 Dec, in a week", year=year))
            return False
        old = self._note
        written = WrittenNote(text, str(self.kind.currentData()), day or "", old)
        self.close_note()
        if text and (old is None or (text, written.kind, written.due_on) != (old.text, old.kind, old.due_on)):
            self.written.emit(written)
        return True

    def _complain(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self.due.line.setAccessibleDescription(text)

    def _turn_done(self) -> None:
        if (note := self._note) is not None and self.commit():
            self.done_asked.emit(note.id, not note.done_at)
            self.left.emit()

    def _delete(self) -> None:
        if (note := self._note) is not None:
            self.close_note()
            self.delete_asked.emit(note.id)
            self.left.emit()

    # Leaving ---------------------------------------------------------------------------------------------------

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and inside(old, self) and not inside(now, self):
            self.commit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if event.key() == Qt.Key.Key_Escape:
                self.close_note()
                self.left.emit()
                return True
            chord = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if enter and (chord or watched in (self.kind, self.due, self.due.line)):
                if self.commit():
                    self.left.emit()
                return True
        return super().eventFilter(watched, event)


class DueChoice(ChangingChoice):
    """The day on which something is to be followed up: typed, or chosen as so long from today."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(ChangingChoice.InsertPolicy.NoInsert)
        self.setFont(look.font())
        name = tr("Follow up on")
        self.setAccessibleName(name)
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(tr("Follow up on …"))
        today = dt.date.today()
        for said, days in (
            (tr("Tomorrow"), 1), (tr("In a week"), 7), (tr("In two weeks"), 14), (tr("In a month"), 30),
            (tr("In half a year"), 182),
        ):  # fmt: skip
            self.addItem(said, (today + dt.timedelta(days)).isoformat())
        self.setCurrentIndex(-1)
        self.activated.connect(lambda number: self.put(str(self.itemData(number))))

    @property
    def line(self) -> QLineEdit:
        """Where one types; asked for each time, because Qt's binding forgets the line of a box that was looked into."""
        edit = self.lineEdit()
        assert edit is not None
        return edit

    @property
    def day(self) -> str | None:
        """The day in ISO form, an empty text for none, or None if it cannot be understood."""
        typed = self.currentText().strip()
        if not typed:
            return ""
        number = self.findText(typed, Qt.MatchFlag.MatchFixedString)
        if number >= 0:
            return str(self.itemData(number))
        day = next_such_day(dates.read(typed), dt.date.today())
        return day if len(day) == 10 else None

    def put(self, day: str) -> None:
        """Show a stored day."""
        self.setCurrentIndex(-1)
        self.setEditText(dates.shown(day, language().locale) if day else "")
        self.line.setCursorPosition(0)
