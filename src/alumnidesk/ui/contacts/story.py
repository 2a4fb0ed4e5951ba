"""What happened with a contact, all of it or one part, and the editor of notes above it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu

from alumnidesk.domain.cards import TimelineEntry
from alumnidesk.domain.notes import Note
from alumnidesk.errors import Refused
from alumnidesk.ui.contacts.detail_section import DetailSection
from alumnidesk.ui.contacts.facts import entries
from alumnidesk.ui.contacts.notes import NoteEditor, WrittenNote
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.widgets.timeline import Timeline
from alumnidesk.ui.words import tr

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

PLACES = {"event": "events", "change": "history"}
"""The page where an entry of the timeline is at home; notes are opened here."""
FIRST = 50
"""So many entries are shown at first, and four times as many whenever one asks for older ones."""
ALL = "all"


class Story(DetailSection):
    """The timeline of one contact at a time. `opened` carries the editor when a note is opened in it."""

    opened = Signal(object)
    unsaved = Signal()
    """What was written could not be saved: it stands in the editor again, and its contact keeps its place."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.look, tr("Timeline"))
        self._context = context
        self._contact: int | None = None
        self._entries: Sequence[TimelineEntry] = ()
        self._part, self._limit = ALL, FIRST
        self.under_way = 0
        """How many notes are being saved."""
        look = context.look
        column = self.column
        self.note = NoteEditor(look)
        self.add_note = LinkButton(look, tr("Add a note"), icon="plus", changes=True)
        self.offer(self.add_note)
        self._words = {
            ALL: tr("Everything"),
            "talks": tr("Notes and calls"),
            "written": tr("Letters and e-mails"),
            "events": tr("Events"),
            "changes": tr("Changes"),
        }
        self.part = LinkButton(look, self._words[ALL], menu=self._parts())
        self.part.padding, self.part.bold = 0, False
        self.part.setFont(look.font())
        column.addWidget(self.part, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(look.px(8))
        column.addWidget(self.note)
        self.timeline = Timeline(look, tr("Timeline"))
        self.timeline.opened.connect(self._open_entry)
        column.addWidget(self.timeline)
        self.nothing = Label(look, role="text2", wraps=True)
        column.addWidget(self.nothing)
        self.older = LinkButton(look, tr("Show older ones"), icon="chevron-down", clicked=self._show_older)
        column.addWidget(self.older, 0, Qt.AlignmentFlag.AlignLeft)
        self.note.left.connect(self.add_note.setFocus)
        self.note.written.connect(self._write)
        self.note.done_asked.connect(self._finish)
        self.note.delete_asked.connect(lambda id: context.deed(lambda desk: desk.notes.delete(id)))

    @property
    def contact(self) -> int | None:
        """Whose story is shown, and who gets a note; None while somebody new has no name yet."""
        return self._contact

    @staticmethod
    def read(desk: Desk, contact: int) -> list[TimelineEntry]:
        """What is shown at first; for the owner thread."""
        return desk.contacts.timeline(contact, FIRST + 1)

    def show_story(self, contact: int | None, story: Sequence[TimelineEntry]) -> None:
        """Show what happened with a contact; of the one that is shown already, as much and the same part as before."""
        if contact != self._contact:
            self._contact, self._limit = contact, FIRST
            self.note.close_note()  # it was about the one before
        if (self._part, self._limit) == (ALL, FIRST):
            self._show(story)
        else:
            self._ask()

    def _parts(self) -> QMenu:
        menu = QMenu(self)
        for part, said in self._words.items():
            menu.addAction(said, partial(self.show_part, part))
        return menu

    def show_part(self, part: str) -> None:
        """Show everything, or only one part of it."""
        self._part, self._limit = part, FIRST
        self.part.set_words(self._words[part])
        self._ask()

    def _show_older(self) -> None:
        self._limit *= 4
        self._ask()

    def _ask(self) -> None:
        contact, part, limit = self._contact, self._part, self._limit
        if contact is None:
            return
        self._context.tasks.run(
            lambda desk: desk.contacts.timeline(contact, limit + 1, part), self._show, latest="timeline"
        )

    def _show(self, story: Sequence[TimelineEntry]) -> None:
        self._entries = story[: self._limit]
        self.timeline.show_entries(entries(self._entries, dt.date.today()))
        self.timeline.setVisible(bool(story))
        self.nothing.setText(tr("Nothing of this kind has happened yet."))
        self.nothing.setVisible(not story)
        self.part.setVisible(self._part != ALL or len({entry.kind for entry in story}) > 1)
        self.older.setVisible(len(story) > self._limit)

    # Notes -----------------------------------------------------------------------------------------------------

    def _open_entry(self, number: int) -> None:
        """Go to what an entry is about: the note, the event, the letter, or the step in the history."""
        entry = self._entries[number]
        if entry.kind == "note":
            self._context.tasks.run(lambda desk: desk.notes.note(entry.id), self._open_note)
        elif entry.kind == "letter":
            self._context.open_page("letters", entry.letter)
        elif entry.kind in PLACES:
            self._context.open_page(PLACES[entry.kind], entry.id)

    def _open_note(self, note: Note) -> None:
        if note.contact == self._contact:
            self.note.open_stored(note)
            self.opened.emit(self.note)

    def _write(self, note: WrittenNote) -> None:
        contact = self._contact
        if contact is None:
            return

        def write(desk: Desk) -> None:
            if note.before is not None:
                desk.notes.change(note.before.id, text=note.text, kind=note.kind, due_on=note.due_on)
            else:
                desk.notes.add(contact, note.text, kind=note.kind, due_on=note.due_on)

        self.under_way += 1
        self._context.deed(write, then=lambda _: self._written(), failed=partial(self._not_written, contact, note))

    def _written(self) -> None:
        self.under_way -= 1

    def _not_written(self, contact: int, note: WrittenNote, problem: BaseException) -> None:
        self.under_way -= 1
        if contact == self._contact and not isinstance(problem, Refused):
            self.note.bring_back(note)
            self.unsaved.emit()  # before it is said: while that is read, the row that was chosen next would come
        self._context.messages.show(problem)
        if self.note.waits:
            self.note.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _finish(self, id: int, done: bool) -> None:
        self._context.deed(lambda desk: desk.notes.finish(id) if done else desk.notes.reopen(id))
