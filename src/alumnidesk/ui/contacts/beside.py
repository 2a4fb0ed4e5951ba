"""The detail beside the list: which contact it shows, or that several are selected, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from alumnidesk.ui.page import Context

if TYPE_CHECKING:
    from alumnidesk.domain.lines import InCommon
    from alumnidesk.ui.contacts.detail import ContactDetail
    from alumnidesk.ui.contacts.form import Known
    from alumnidesk.ui.contacts.page import ContactsPage
    from alumnidesk.ui.contacts.several import SeveralContacts
    from alumnidesk.ui.contacts.shown import Shown

PAUSE, STEP = 200, 20
"""Milliseconds before the detail follows: while one types a search, and while one steps through the list."""


class DetailBeside(QObject):
    """Follows the row one stands on; what is being written in a section keeps its contact."""

    def __init__(self, context: Context, page: ContactsPage) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._follow)
        self._open_when_read = False
        self._beginning = False
        """Is a form on its way? Until it is there, no row of the list and no deed puts a contact in its place."""

    @cached_property
    def detail(self) -> ContactDetail:
        """Made when the first contact is shown in it, after the list is painted: it is a sixth of the start."""
        from alumnidesk.ui.contacts.detail import ContactDetail

        page = self._page
        detail = ContactDetail(self._context, page.detail_buttons())
        detail.back.connect(self._back)
        detail.added.connect(page.show_added)
        detail.added.connect(self.read)
        detail.outdated.connect(self.read)
        detail.unsaved.connect(self._stay)
        detail.resembling.opened.connect(page.open_known)
        place = page.detail_place.layout()
        assert place is not None
        place.addWidget(detail)
        return detail

    @cached_property
    def several(self) -> SeveralContacts:
        """In its place while several contacts are selected."""
        from alumnidesk.ui.contacts.several import SeveralContacts  # likewise

        page = self._page
        several = SeveralContacts(self._context.look, page.detail_buttons())
        several.hide()
        several.back.connect(self._back)
        place = page.detail_place.layout()
        assert place is not None
        place.addWidget(several)
        return several

    @property
    def is_made(self) -> bool:
        return "detail" in vars(self)

    @property
    def editing(self) -> bool:
        return self.is_made and self.detail.editing

    def leave(self) -> bool:
        """Save what was typed; False if something needs another look."""
        return not self.is_made or self.detail.leave()

    # Following the list ----------------------------------------------------------------------------------------

    def follow_soon(self) -> None:
        """Another row is stood on."""
        self._later.start(STEP if self._page.list.hasFocus() else PAUSE)

    def wait(self) -> None:
        """The detail waits for the end of typing: it would hold up a key."""
        if self._later.isActive():
            self._later.start(PAUSE)

    def _follow(self) -> None:
        """Read what the row one stands on is about, or the selected. While a section is open, its contact stays."""
        rows = self._page.list
        if rows.isVisible() and not rows.seen:
            self._later.start(PAUSE)  # a slow computer paints the list first
            return
        id, several = rows.current_id, self._page.selection.several()
        shown = self.detail.card
        if not several and shown is not None and shown.id == id and id is not None:
            return
        if self.detail.editing and self._typing():
            return
        if self.detail.editing and not self.detail.leave():
            self._stay()
            return
        if several:
            self._read_several(several)
        elif id is None:
            self._read_nobody()
        else:
            self.read(id)

    def _typing(self) -> bool:
        return self.detail.isAncestorOf(QApplication.focusWidget() or self._page.list)

    # Showing ---------------------------------------------------------------------------------------------------

    def read(self, id: int) -> None:
        """Show this contact as it is stored now."""
        if self._beginning:
            return
        read = self.detail.read
        self._context.tasks.run(lambda desk: read(desk, id), self._show, failed=self._gone, latest="contact")

    def _read_several(self, ids: Sequence[int]) -> None:
        if self._beginning:
            return
        self._context.tasks.run(
            lambda desk: desk.find.in_common(ids), partial(self._show_several, len(ids)), latest="contact"
        )

    def _read_nobody(self) -> None:
        """Show nobody, once it is known whether what was left on the way is saved."""
        self._context.tasks.run(lambda desk: None, self._show_none, latest="contact")

    def _show_none(self, _: None) -> None:
        if not self._stays():
            self._show_nobody()

    def _show_several(self, n: int, common: InCommon) -> None:
        if self._stays():
            return
        self._show_nobody()
        self.several.show_several(n, common)
        self._bring(self.several)

    def _show(self, shown: Shown) -> None:
        if shown.card.id is not None and self._stays(shown.card.id):
            return
        self._bring(self.detail)
        self.detail.show_contact(shown)
        self.mark_found()
        if self._open_when_read:
            self._open_when_read = False
            self.detail.open_first()

    def _stays(self, id: int = 0) -> bool:
        """Does the contact shown keep its place to this one (0: somebody new, or several), because what was typed in
        it could not be saved on the way?"""
        card = self.detail.card
        return card is not None and card.id != id and self.detail.unstored

    def _stay(self) -> None:
        """Stand on the contact again that needs another look: row and detail are the same person."""
        self._later.stop()
        self._open_when_read = False
        card = self.detail.card
        if card is not None and card.id is not None:
            self._page.list.go_to(card.id)

    def _gone(self, problem: BaseException) -> None:
        self._show_nobody()

    def _show_nobody(self) -> None:
        self._bring(self.detail)
        self.detail.show_nobody()

    def _bring(self, pane: QWidget) -> None:
        """The one or the other of the two panes."""
        if "several" in vars(self):
            self.several.setVisible(pane is self.several)
            self.detail.setVisible(pane is self.detail)

    def mark_found(self) -> None:
        """Show where the words stand that are searched for."""
        if self.is_made:
            self.detail.mark(self._page.hits.words if self._page.hits is not None else ())

    def open(self, id: int) -> None:
        """Enter or double-click: the detail, its first field."""
        self._later.stop()
        self._page.panes.show_detail()
        if self.detail.card is not None and self.detail.card.id == id:
            self.detail.open_first()
        elif self.detail.leave():
            self._open_when_read = True
            self.read(id)

    def _back(self) -> None:
        page = self._page
        page.panes.show_list()
        self._follow()
        if page.hits is not None and not page.hits.total:
            page.rooms.setCurrentWidget(page.nobody)
            return
        (page.list if len(page.all_ids()) else page.search).setFocus(Qt.FocusReason.OtherFocusReason)

    # New contacts ----------------------------------------------------------------------------------------------

    def begin_new(self, *, organisation: bool = False) -> None:
        """An empty form for somebody new."""
        if not self.detail.leave():
            return
        self._page.to_contacts()
        if self._page.search.text():
            self._page.search.clear()
        self._later.stop()
        self._beginning = True
        begin = self._context.tasks.run
        begin(self.detail.read_known, lambda known: self._begin(known, organisation), latest="contact")

    def _begin(self, known: Known, organisation: bool) -> None:
        self._come_to_the_front()
        if self._stays():
            return
        self.detail.begin_draft(known, organisation=organisation)

    def go_on_with(self, content: Mapping[str, Any]) -> None:
        """See `Page.go_on_with`."""
        detail = self.detail
        self._beginning = True

        def show(shown: Shown) -> None:
            self._later.stop()
            self._come_to_the_front()
            detail.go_on_with(content, shown)

        def gone(problem: BaseException) -> None:
            self._beginning = False
            self._context.messages.show(problem)

        self._context.tasks.run(lambda desk: detail.read_begun(desk, content), show, failed=gone, latest="contact")

    def _come_to_the_front(self) -> None:
        self._beginning = False
        self._bring(self.detail)
        self._page.rooms.setCurrentWidget(self._page.panes)
        self._page.panes.show_detail()
