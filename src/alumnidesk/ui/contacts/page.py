"""The contacts: search, list, detail; the bin; the way to import and export."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from alumnidesk.domain.folding import spans
from alumnidesk.domain.lines import Arrangement, ContactLine
from alumnidesk.errors import Cancelled
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.ui.contacts.answers import CloseSpelling, understood
from alumnidesk.ui.contacts.arrangement import ListArrangement
from alumnidesk.ui.contacts.beside import DetailBeside
from alumnidesk.ui.contacts.handing_out import HandingOut
from alumnidesk.ui.contacts.rooms import Rooms
from alumnidesk.ui.contacts.saved.deeds import Saving
from alumnidesk.ui.contacts.selection import Selection
from alumnidesk.ui.contacts.table import columns, counted
from alumnidesk.ui.contacts.why_found import WhyFound
from alumnidesk.ui.page import Context, Page, Unfinished
from alumnidesk.ui.widgets.arranged_list import ArrangedList
from alumnidesk.ui.widgets.buttons import FilledButton, OutlinedButton, PlainButton
from alumnidesk.ui.widgets.dragging import drag_contacts
from alumnidesk.ui.widgets.empty import EmptyState
from alumnidesk.ui.widgets.head import PageHead
from alumnidesk.ui.widgets.lines import WINDOW, LinesTable
from alumnidesk.ui.widgets.panes import Panes
from alumnidesk.ui.widgets.search import SearchField
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.words import tr

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.services.finding import Hits
    from alumnidesk.ui.contacts.detail import ContactDetail


MOMENT = 0.008
"""Seconds for which scrolling waits for the lines that come into sight, so that they are painted once and not twice."""


class ContactsPage(Page):
    """Search, list and detail of all contacts."""

    help_topic = "contacts"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.hits: Hits | None = None
        self.shown_query = ""
        """The search that the list answers now."""
        self._wanted: int | None = None
        self._arrangement: Arrangement | None = None
        """How the list is arranged that is shown."""
        self._sorting: Progress | None = None
        """While the list is being arranged in another way."""
        self._build_list()
        self.selection = Selection(context, self.list, self.all_ids)
        self._lay_out()
        self.beside = DetailBeside(context, self)
        self.handing_out = HandingOut(context, self)
        self.search.asked.connect(self._ask)
        self.search.left_for_list.connect(self._to_list)
        self.list.current_changed.connect(lambda _: self.beside.follow_soon())
        self.list.opened.connect(self.beside.open)
        self.arranged.changed.connect(lambda: self._ask(self.search.text()))
        self.list.selection_changed.connect(self._select)
        self._ask("")

    # Laying out ------------------------------------------------------------------------------------------------

    def _build_list(self) -> None:
        look, actions = self.look, self.context.actions
        self.search = SearchField(look, tr("Search contacts"))
        self.why = WhyFound(self.context, self)
        usual = columns(self.why.chips)
        self.table: LinesTable[ContactLine] = LinesTable(usual, self._fetch)
        self.list = ArrangedList(look, self.table, tr("Contacts"))
        self.list.let_drag(self._drag)
        self.why.watch(self.list, self.table)
        self.arranged = ListArrangement(self.context, self.list, usual)
        self.new = FilledButton(look, tr("New contact"), icon="plus", clicked=actions.trigger("contacts.new"))
        self.saving = Saving(self.context, self)
        tools = [
            self.saving.button,
            PlainButton(look, tr("Import"), icon="import", clicked=actions.trigger("contacts.import")),
            PlainButton(look, tr("Export"), icon="export", clicked=actions.trigger("contacts.export")),
        ]
        self.head = PageHead(look, tr("Contacts"), search=self.search, actions=[self.new], tools=tools)
        self.nobody = EmptyState(
            look,
            tr("No contacts yet"),
            tr(
                "Import the list you have – from a spreadsheet, an e-mail program or a phone – or write down the "
                "first person."
            ),
            [
                FilledButton(look, tr("Import a list"), icon="import", clicked=actions.trigger("contacts.import")),
                OutlinedButton(look, tr("New contact"), icon="plus", clicked=actions.trigger("contacts.new")),
            ],
        )
        self.close_spelling = CloseSpelling(self.context, self.search)
        empty_it = OutlinedButton(look, tr("Empty the search"), icon="close", clicked=self._clear_search)
        self.not_found = EmptyState(look, tr("Nobody found"), "", [self.close_spelling.button, empty_it], icon="search")

    def detail_buttons(self) -> list[QWidget]:
        look, actions = self.look, self.context.actions
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(lambda: self._fill_menu(menu))
        offered = (("contacts.letter", tr("Letter"), "mail"), ("contacts.to_event", tr("Event"), "calendar"))
        found: list[QWidget] = [
            OutlinedButton(look, text, icon=icon, clicked=actions.trigger(id))
            for id, text, icon in offered
            if id in self.selection.commands()
        ]
        return [*found, PlainButton(look, tr("More"), menu=menu)]

    def _fill_menu(self, menu: QMenu) -> None:
        menu.clear()
        offered = self.commands()
        kinds = ("note", "returned", "tag", "change_many", "to_list", "consent", "merge", "export", "delete")
        for id in (id for kind in kinds if (id := f"contacts.{kind}") in offered):
            if id == "contacts.delete":
                menu.addSeparator()
            menu.addAction(self.context.actions.dress(id))

    def _lay_out(self) -> None:
        look = self.look
        self.middle = QWidget()
        rows = QVBoxLayout(self.middle)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.head)
        self.places = Stack()
        inset = QWidget()
        inner = QHBoxLayout(inset)
        inner.setContentsMargins(look.px(8), look.px(2), look.px(8), 0)
        inner.addWidget(self.list)
        self._list_place = inset
        for place in (inset, self.not_found):
            self.places.addWidget(place)
        rows.addWidget(self.places, 1)
        self.detail_place = QWidget()
        QVBoxLayout(self.detail_place).setContentsMargins(0, 0, 0, 0)
        self.panes = Panes(look, self.context.preferences, "contacts", self.middle, self.detail_place)
        self.rooms = Rooms(self.context, self.to_contacts)
        for room in (self.panes, self.nobody):
            self.rooms.addWidget(room)
        self.rooms.currentChanged.connect(self._name_help)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.rooms)
        self._offer_for_selected()

    def _offer_for_selected(self) -> None:
        """What stands in the menu of the list."""
        offered = (
            "contacts.letter", "contacts.to_event", "contacts.tag", "contacts.change_many", "contacts.household",
            "contacts.merge", "contacts.export", "contacts.delete",
        )  # fmt: skip
        self.list.menu_actions = [
            self.context.actions[id] for id in offered if id in self.selection.commands() | self._merging()
        ]

    # The list --------------------------------------------------------------------------------------------------

    def _ask(self, text: str) -> None:
        self.beside.wait()
        self.arranged.rest()
        arrangement, more, shown = self.arranged.arrangement, self.arranged.more, self._arrangement
        anew = shown is not None and shown != arrangement
        self._sorting = Progress(say("Sorting the contacts …")) if anew else None

        def find(desk: Desk) -> tuple[str, Hits, Sequence[ContactLine]]:
            hits = desk.find.contacts(text, arrangement, typing=True, progress=progress)
            return text, hits, desk.find.lines(hits.ids[:WINDOW], more)

        def show(found: tuple[str, Hits, Sequence[ContactLine]]) -> None:
            self._arrangement, self._sorting = arrangement, None
            self._show_hits(*found)

        progress = self._sorting
        self.context.tasks.run(find, show, failed=self._not_found, latest="contacts", progress=progress)

    def _not_found(self, problem: BaseException) -> None:
        """Sorting was cancelled: the list stays as it is, or something is wrong with the file."""
        self._sorting = None
        if (shown := self._arrangement) is not None:
            self.arranged.arrange(shown.sort, shown.group, downwards=shown.descending)
        if not isinstance(problem, Cancelled):
            self.context.tasks.unhandled.emit(problem)

    def _show_hits(self, query: str, hits: Hits, lines: Sequence[ContactLine]) -> None:
        if query == self.shown_query:
            self.list.hold()
        elif query.strip():
            self.list.begin_at_the_top()
        self.shown_query = query
        self.hits = hits
        looked_for = list(hits.words)
        matcher = (lambda text: spans(text, looked_for)) if looked_for else None
        self.why.explain(looked_for)
        self.table.show(hits.ids, lines, matcher=matcher, groups=self.arranged.groups(hits.ids.groups))
        if not len(hits.ids):
            looked_for_in_vain = tr(
                "No contact has “{query}” in name, town, e-mail, phone, tags or remarks.",
                query=self.shown_query.strip(),
            )
            self.not_found.say(tr("Nobody found"), understood(hits) or looked_for_in_vain)
        self.close_spelling.look_for("" if len(hits.ids) else self.shown_query)
        self.places.setCurrentWidget(self._list_place if len(hits.ids) else self.not_found)
        if self.rooms.currentWidget() in (self.panes, self.nobody):
            empty = not hits.total and not self.beside.editing
            self.rooms.setCurrentWidget(self.nobody if empty else self.panes)
        self._show_counts()
        self.beside.mark_found()
        if self._wanted is not None:
            self.list.go_to(self._wanted)
            self._wanted = None

    def _show_counts(self) -> None:
        if (hits := self.hits) is not None:
            self.head.set_counts(
                counted(
                    self.shown_query,
                    len(hits.ids),
                    hits.total,
                    hits.words,
                    beginning=hits.beginning,
                    capped=hits.capped,
                    selected=self._selected,
                    understood=understood(hits),
                )
            )

    def _select(self, n: int) -> None:
        if n != self._selected:
            if max(n, self._selected) > 1:
                self.beside.follow_soon()
            self._selected = n
            self._show_counts()
            self._offer_for_selected()

    _selected = 0

    def _fetch(self, ids: Sequence[int], deliver: Callable[[Sequence[ContactLine]], None]) -> None:
        more = self.arranged.more
        self.context.tasks.run(lambda desk: desk.find.lines(ids, more), deliver)
        self.context.tasks.wait(MOMENT)

    def all_ids(self) -> Sequence[int]:
        return self.hits.ids if self.hits is not None else ()

    def _clear_search(self) -> None:
        self.search.clear()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drag(self, ids: Sequence[int]) -> None:
        drag_contacts(self.look, self.list, ids)
        self.saving.fold()

    def _to_list(self) -> None:
        if len(self.all_ids()):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # The detail ------------------------------------------------------------------------------------------------

    @property
    def detail(self) -> ContactDetail:
        """One contact, at the right."""
        return self.beside.detail

    def show_added(self, id: int) -> None:
        """Stand on somebody new in the list."""
        self._wanted = id
        self._ask(self.search.text())

    def go_on_with(self, content: Mapping[str, Any]) -> None:
        self.beside.go_on_with(content)

    # The bin ---------------------------------------------------------------------------------------------------

    def _show_bin(self) -> None:
        if self.beside.leave():
            self.rooms.setCurrentWidget(self.rooms.bin)
            self.rooms.bin.entered()

    # Households and duplicates --------------------------------------------------------------------------------

    def _find_households(self) -> None:
        from alumnidesk.ui.contacts.household_proposals import propose_households  # the first page does not wait for it

        propose_households(self.context, self.window())

    def _find_duplicates(self) -> None:
        if self.beside.leave():
            self.rooms.setCurrentWidget(self.rooms.duplicates)
            self.rooms.duplicates.begin()

    def _merging(self) -> dict[str, Callable[[], object]]:
        """Two contacts can be merged."""
        return {"contacts.merge": self._merge} if self._selected == 2 else {}

    def _merge(self) -> None:
        ids = sorted(self.selection.ids())
        if len(ids) == 2 and self.detail.leave():
            self.compare(*ids)

    def open_known(self, known: int) -> None:
        """Somebody new is known already: see who it is, or both if the new one is stored."""
        new = self.detail.card.id if self.detail.card is not None else None
        if new is None:
            self.detail.show_nobody()
            self.show_id(known)
        elif self.detail.leave():
            self.compare(known, new)

    def compare(self, keep: int, other: int) -> None:
        """Show two contacts side by side, to make one of them."""
        self.rooms.setCurrentWidget(self.rooms.duplicates)
        self.rooms.duplicates.begin_with(keep, other)

    def to_contacts(self) -> None:
        if self.rooms.currentWidget() is not self.panes:
            self.rooms.setCurrentWidget(self.panes)
            self._ask(self.search.text())
            self.entered()

    # What the frame asks ---------------------------------------------------------------------------------------

    def commands(self) -> Mapping[str, Callable[[], object]]:
        found: dict[str, Callable[[], object]] = {
            "contacts.new": self.beside.begin_new,
            "contacts.organisation": lambda: self.beside.begin_new(organisation=True),
            "contacts.search": self._search_everything,
            "contacts.bin": self._show_bin,
            "contacts.columns": self.arranged.ask,
            "contacts.households": self._find_households,
            "contacts.duplicates": self._find_duplicates,
            "contacts.import": lambda: self.take_files([]),
        }
        if (room := self.rooms.aside) is not None and room.printing is not None:
            found["contacts.print"] = room.printing
        listed = self.rooms.currentWidget() is self.panes and len(self.all_ids()) > 0
        found |= self.saving.commands(listed) | self.handing_out.commands(listed)
        if listed:
            found |= self.selection.commands() | self._merging()
        if listed and self._selected <= 1:
            found["contacts.note"] = lambda: self.detail.open_note()
            if self.beside.is_made and self.detail.returned.can_mark:
                found["contacts.returned"] = self.detail.returned.mark
        return found

    def _search_everything(self) -> None:
        self.to_contacts()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def refresh(self, changed: set[str]) -> None:
        if not changed & {"contacts", "events", "letters", "settings"}:
            return
        if "contacts" in changed:
            self.arranged.refresh()
            self._ask(self.search.text())
        if (room := self.rooms.aside) is not None:
            room.refresh()
        if self.detail.card is not None and self.detail.card.id is not None:
            self.beside.read(self.detail.card.id)

    def show_id(self, id: int) -> None:
        self.to_contacts()
        if self.hits is not None and id not in self.hits.ids and self.search.text():
            self.search.clear()
        self._wanted = id
        self._ask(self.search.text())
        if self.detail.leave():
            self.beside.read(id)
            self.panes.show_detail()

    def search_for(self, query: str) -> None:
        self.to_contacts()
        self.search.begin_with(query)

    def take_files(self, paths: list[Path]) -> bool:
        if not self.beside.leave():
            return False
        self.rooms.setCurrentWidget(self.rooms.importing)
        self.rooms.importing.begin(paths)
        return True

    def _name_help(self) -> None:
        room = self.rooms.aside
        self.help_topic = room.help_topic if room is not None else "contacts"

    def entered(self) -> None:
        if (room := self.rooms.aside) is not None:
            room.entered()
        elif not self.beside.editing:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen_again(self) -> None:
        """From the bin, the duplicates, an import that is done: back to the list."""
        if (room := self.rooms.aside) is not None and not room.holds:
            self.to_contacts()

    def may_leave(self) -> bool:
        return self.beside.leave()

    @property
    def unstored(self) -> bool:
        return self.beside.is_made and self.detail.unstored

    def stored(self) -> bool:
        return not self.beside.is_made or self.detail.stored()

    @property
    def unfinished(self) -> Unfinished | None:
        return self.rooms.unfinished

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters typed on the list begin a search; Esc stops sorting."""
        text = event.text()
        if event.key() == Qt.Key.Key_Escape and self._sorting is not None:
            self._sorting.cancel()
            return
        if (
            text
            and text.isprintable()
            and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            and self.list.hasFocus()
        ):
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
            self.search.setText(text)
        else:
            super().keyPressEvent(event)
