"""Home: what needs one with its remedy beside it, what comes next, what was done lately, and a few figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain import needs
from alumnidesk.domain.needs import Need
from alumnidesk.ui.events.inviting import put_on_list
from alumnidesk.ui.history.table import icon_of
from alumnidesk.ui.home.figures import Figures
from alumnidesk.ui.home.follow_ups import FollowUpRow, FollowUps
from alumnidesk.ui.home.rows import VERB, EventEntry, ThingRow
from alumnidesk.ui.page import Context, Page
from alumnidesk.ui.settings import ASSOCIATION
from alumnidesk.ui.when import day_words, local, written
from alumnidesk.ui.widgets.buttons import FilledButton, LinkButton, key_words
from alumnidesk.ui.widgets.detail import DetailPane
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.focus import follow_the_eye
from alumnidesk.ui.widgets.head import PageHead
from alumnidesk.ui.widgets.label import Label, Line, section
from alumnidesk.ui.widgets.panes import Panes
from alumnidesk.ui.widgets.scroller import Scroller
from alumnidesk.ui.widgets.search import SearchField
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.widgets.timeline import Entry, Timeline
from alumnidesk.ui.words import tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.services.history import Entry as Deed
    from alumnidesk.services.overview import Picture

PANEL = 372
"""Width of the panel at 100 %."""
ROWS, DUE = 5, 2
"""So many things stand on Home at first, with so many follow-ups among them, so that the figures are in sight too."""
ICONS = {
    needs.ANSWERS: "calendar",
    needs.SEATS: "calendar",
    needs.INVITATIONS: "mail",
    needs.SENDER: "edit",
    needs.REACH: "contacts",
    needs.BACKUP: "shield-check",
    needs.BIN: "trash",
    needs.SAMPLE: "compass",
}


class HomePage(Page):
    """The first page of the day."""

    help_topic = "start"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, actions = self.look, context.actions
        self._stale, self._all_things = True, False
        self.search = SearchField(look, tr("Search everything"), key=key_words("Ctrl+K"))
        self.search.asked.connect(self._search)
        new = FilledButton(look, tr("New contact"), icon="plus", clicked=actions.trigger("contacts.new"))
        self.head = PageHead(look, written(dt.date.today(), "long"), search=self.search, actions=[new], below="")
        self.figures = Figures(context)
        self.things = QWidget()
        QVBoxLayout(self.things)
        self.panel = DetailPane(look, tr("Next and lately"))
        self.lately = Timeline(look, tr("Lately"))
        self._lay_out()

    def _lay_out(self) -> None:
        look = self.look
        self._body = body = QWidget()
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.things)
        rows.addWidget(self.figures, 1000)
        rows.addStretch(1)  # where there are no figures yet, the rows stay as high as their words
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addSpacing(look.px(12))
        column.addWidget(Line(look))
        column.addWidget(Scroller(look, tr("What needs you"), body), 1)
        self.panes = Panes(look, self.context.preferences, "home", middle, self.panel, widths=(PANEL, PANEL))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._rooms = Stack()
        self._rooms.addWidget(self.panes)
        outer.addWidget(self._rooms)

    # Reading ---------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        self._stale = False
        today = dt.date.today()
        self.context.tasks.run(
            lambda desk: desk.overview.picture(today), lambda picture: self._show(picture, today), latest="home"
        )

    def _show(self, picture: Picture, today: dt.date) -> None:
        self.head.title.setText(written(today, "long"))
        self.search.setVisible(picture.steps.contacts)  # not while there is nobody to find
        beginning = picture.steps.beginning
        if beginning:
            self._show_steps(picture)
        else:
            self._show_needs(picture, today)
        self.figures.setVisible(not beginning)
        self.figures.show_picture(picture, today)
        self._show_panel(picture, today)

    def _begin_rows(self) -> QVBoxLayout:
        """An empty column for rows, in place of those that stood there."""
        old = self.things.layout()
        while old is not None and (item := old.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        assert isinstance(old, QVBoxLayout)
        old.setContentsMargins(self.look.px(20), self.look.px(8), self.look.px(20), self.look.px(12))
        old.setSpacing(0)
        return old

    def _show_needs(self, picture: Picture, today: dt.date) -> None:
        n = len(picture.needs) + picture.due_count
        self.head.below.setText(
            tr_n("{n} thing needs you. The rest can wait.", "{n} things need you. The rest can wait.", n)
            if n
            else tr("Nothing needs you today.")
        )
        column = self._begin_rows()
        due = picture.due[: max(DUE, ROWS - len(picture.needs))]
        rows: list[ThingRow | FollowUpRow] = [FollowUpRow(self.context, note, today) for note in due]
        for need in picture.needs:
            verb, remedy = self._remedy(need)
            rows.append(ThingRow(self.look, ICONS[need.kind], words(need.text), words(need.detail), verb, remedy))
        hidden = 0 if self._all_things else max(len(rows) - ROWS, 0)
        self._add_rows(column, rows[: len(rows) - hidden])
        links: list[tuple[str, Callable[[], object]]] = []
        if hidden:
            links.append((tr_n("{n} more thing", "{n} more things", hidden), self._show_all_things))
        if picture.follow_ups:
            more = picture.due_count - len(due)
            said = tr_n("{n} more is due: all follow-ups", "{n} more are due: all follow-ups", more)
            links.append((said if more else tr("All follow-ups"), self.show_follow_ups))
        if links:
            column.addSpacing(self.look.px(8))
            self._add_links(column, links)
            follow_the_eye(self._body)
        self.things.setVisible(bool(n) or picture.follow_ups)

    def _show_all_things(self) -> None:
        self._all_things = True
        self._read()

    def _show_steps(self, picture: Picture) -> None:
        """What one does first in a new file, with a tick at what is done."""
        trigger, steps = self.context.actions.trigger, picture.steps
        self.head.below.setText(tr("Welcome. Three steps, and your first letter can go out."))
        column = self._begin_rows()
        rows = (
            (
                "import",
                steps.contacts,
                tr("Import your contacts"),
                tr("A list from Excel, Google, Outlook, Thunderbird or a phone; or type the first one yourself"),
                tr("Import a list"),
                trigger("contacts.import"),
            ),
            (
                "edit",
                steps.sender,
                tr("Say who writes"),
                tr("Name, address and logo of your association, for the letterhead"),
                tr("Fill in"),
                self._open_settings,
            ),
            (
                "calendar",
                steps.event,
                tr("Plan the first event"),
                tr("Its list of people knows who is invited, who is coming and who has not answered"),
                tr("New event"),
                trigger("events.new"),
            ),
        )
        self._add_rows(
            column,
            [
                ThingRow(self.look, icon, text, detail, verb, clicked, done=done)
                for icon, done, text, detail, verb, clicked in rows
            ],
        )
        self.things.show()

    def _add_rows(self, column: QVBoxLayout, rows: Sequence[ThingRow | FollowUpRow]) -> None:
        """Rows with hair lines between them and buttons of one width."""
        widest = max((row.button.sizeHint().width() for row in rows if row.button is not None), default=0)
        for place, row in enumerate(rows):
            if row.button is not None:
                row.button.setMinimumWidth(max(widest, self.look.px(VERB)))
            row.line.setVisible(place + 1 < len(rows))
            column.addWidget(row)
        follow_the_eye(self._body)

    def _show_panel(self, picture: Picture, today: dt.date) -> None:
        look = self.look
        column = self.panel.set_body(QWidget())
        column.addWidget(section(look, tr("Next events")))
        column.addSpacing(look.px(10))
        for event in picture.next_events:
            opened = partial(self.context.open_page, "events", event.id)
            column.addWidget(EventEntry(look, event, opened, partial(put_on_list, self.context, event.id)))
        if not picture.next_events:
            column.addWidget(Label(look, tr("Nothing is planned yet."), role="text2", wraps=True))
            self._add_links(column, [(tr("New event"), self.context.actions.trigger("events.new"))])
        column.addSpacing(look.px(6))
        column.addWidget(Line(look))
        column.addSpacing(look.px(12))
        column.addWidget(section(look, tr("Lately")))
        column.addSpacing(look.px(10))
        self.lately = Timeline(look, tr("Lately"))
        self.lately.opened.connect(lambda id: self.context.open_page("history", id))
        self.lately.show_entries(
            [
                Entry(icon_of(entry), words(entry.label), _when_and_who(entry, today), "", entry.id)
                for entry in picture.lately
            ]
        )
        column.addWidget(self.lately)
        self._add_links(column, [(tr("Everything that was done"), lambda: self.context.open_page("history"))])

    def _add_links(self, column: QVBoxLayout, links: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Links side by side, below each other where there is no room."""
        links_row = QWidget()
        row = Flow(self.look.px(26), links_row)
        for text, clicked in links:
            link = LinkButton(self.look, text, clicked=clicked)
            link.padding = 0
            row.addWidget(link)
        column.addWidget(links_row)

    # Follow-ups ------------------------------------------------------------------------------------------------

    @cached_property
    def follow_ups(self) -> FollowUps:
        """Made when it is first asked for."""
        room = FollowUps(self.context, self._show_home)
        self._rooms.addWidget(room)
        return room

    def show_follow_ups(self) -> None:
        """Everything that is to be followed up."""
        self._rooms.setCurrentWidget(self.follow_ups)
        self.follow_ups.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_home(self) -> None:
        self._rooms.setCurrentWidget(self.panes)
        if self._stale:
            self._read()
        self.entered()

    def commands(self) -> Mapping[str, Callable[[], object]]:
        found: dict[str, Callable[[], object]] = {"home.follow_ups": self.show_follow_ups}
        if self._rooms.currentWidget() is not self.panes and self.follow_ups.notes:
            found["home.print"] = self.follow_ups.print
        return found

    # Remedies --------------------------------------------------------------------------------------------------

    def _remedy(self, need: Need) -> tuple[str, Callable[[], object]]:
        """The verb on a thing's button, and what it does."""
        trigger, go = self.context.actions.trigger, self.context.open_page
        remedies: dict[str, tuple[str, Callable[[], object]]] = {
            needs.ANSWERS: (tr("Show the list"), lambda: go("events", need.id)),
            needs.SEATS: (tr("Show the list"), lambda: go("events", need.id)),
            needs.INVITATIONS: (tr("Write them"), lambda: self._write_to(need.id)),
            needs.SENDER: (tr("Fill in"), self._open_settings),
            needs.REACH: (tr("Open the first"), lambda: go("contacts", need.id)),
            needs.BACKUP: (tr("Back up now"), trigger("settings.backup")),
            needs.BIN: (tr("Look"), trigger("contacts.bin")),
            needs.SAMPLE: (tr("Begin your own"), trigger("file.new")),
        }
        return remedies[need.kind]

    def _write_to(self, event: int) -> None:
        """Begin a mailing to everybody on the list of an event."""
        self.context.tasks.run(
            lambda desk: [person.contact_id for person in desk.events.roster(event)],
            lambda people: self.context.open_page("letters", contacts=people, event=event),
        )

    def _open_settings(self) -> None:
        self.context.open_page("settings", ASSOCIATION)

    def _search(self, text: str) -> None:
        """The first letter goes over to the contacts, where one types on."""
        if text:
            self.search.clear()
            self.context.open_page("contacts", query=text)

    # The frame -------------------------------------------------------------------------------------------------

    def refresh(self, changed: set[str]) -> None:
        if "follow_ups" in vars(self) and self.follow_ups.isVisible():
            self.follow_ups.refresh()
        if self.panes.isVisible():
            self._read()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale or self.head.title.text() != written(dt.date.today(), "long"):
            self._read()

    def entered(self) -> None:
        if self._rooms.currentWidget() is not self.panes:
            self.follow_ups.back_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)


def _when_and_who(deed: Deed, today: dt.date) -> str:
    day = day_words(local(deed.made_at).date(), today)
    return tr("{day}, by {name}", day=day, name=deed.made_by) if deed.made_by else day
