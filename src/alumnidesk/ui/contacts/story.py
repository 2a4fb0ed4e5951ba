"""What happened with a contact, and the line for a new note above it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.cards import TimelineEntry
from alumnidesk.ui.contacts.facts import entries
from alumnidesk.ui.contacts.notes import NoteEditor
from alumnidesk.ui.contacts.section import OVERHANG
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.label import Line, section
from alumnidesk.ui.widgets.timeline import Timeline
from alumnidesk.ui.words import tr

PLACES = {"event": "events", "change": "history"}
"""The page where an entry of the timeline is at home."""


class Story(QWidget):
    """The timeline of one contact at a time."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._entries: Sequence[TimelineEntry] = ()
        look = context.look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(OVERHANG), look.px(14), look.px(OVERHANG), 0)
        column.setSpacing(0)
        column.addWidget(Line(look))
        column.addSpacing(look.px(10))
        top = QHBoxLayout()
        top.addWidget(section(look, tr("Timeline")))
        top.addStretch(1)
        self.note = NoteEditor(look)
        self.add_note = LinkButton(look, tr("Add a note"), icon="plus")
        top.addWidget(self.add_note)
        column.addLayout(top)
        column.addSpacing(look.px(8))
        self.note.left.connect(self.add_note.setFocus)
        column.addWidget(self.note)
        self.timeline = Timeline(look, tr("Timeline"))
        self.timeline.opened.connect(self._open_entry)
        column.addWidget(self.timeline)

    def show_story(self, story: Sequence[TimelineEntry]) -> None:
        """Show what happened with a contact."""
        self._entries = story
        self.timeline.show_entries(entries(story, dt.date.today()))

    def _open_entry(self, number: int) -> None:
        """Go to what an entry is about: the event, or the step in the history."""
        entry = self._entries[number]
        if entry.kind in PLACES:
            self._context.open_page(PLACES[entry.kind], entry.id)
