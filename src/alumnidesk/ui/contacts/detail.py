"""The detail at the right: one contact as one reads it, each line opened for editing where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from alumnidesk.domain.cards import ORGANISATION, PERSON, ContactCard
from alumnidesk.domain.fields import GROUP_LABELS, Group
from alumnidesk.domain.returned import Place
from alumnidesk.errors import Refused
from alumnidesk.ui.contacts.attached import FilesSection
from alumnidesk.ui.contacts.consents import ConsentSection
from alumnidesk.ui.contacts.drafting import Drafting, Typed, typed_in
from alumnidesk.ui.contacts.fact_lines import FactLines
from alumnidesk.ui.contacts.facts import ORDER, Fact, facts, subtitle
from alumnidesk.ui.contacts.file_door import FileDoor
from alumnidesk.ui.contacts.foreign import ForeignSection
from alumnidesk.ui.contacts.form import Known, SectionForm
from alumnidesk.ui.contacts.household import HouseholdSection
from alumnidesk.ui.contacts.photo import Photo
from alumnidesk.ui.contacts.relationships import RelationshipSection
from alumnidesk.ui.contacts.resembling import Resembling
from alumnidesk.ui.contacts.returned import ReturnedSection
from alumnidesk.ui.contacts.saving import Saver
from alumnidesk.ui.contacts.section import OVERHANG, NameHead
from alumnidesk.ui.contacts.shown import Shown, read, read_begun, read_known
from alumnidesk.ui.contacts.story import Story
from alumnidesk.ui.drafts import Begun
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.changing import why_not
from alumnidesk.ui.widgets.circle import initials
from alumnidesk.ui.widgets.detail import DetailPane
from alumnidesk.ui.widgets.focus import go_behind_the_text, inside
from alumnidesk.ui.widgets.label import Label, Line
from alumnidesk.ui.words import tr, words

DRAFT = (Group.NAME, Group.REACH, Group.ADDRESS)
"""What one fills in for a new contact; the rest follows when it is there."""


class ContactDetail(DetailPane):
    """`back` asks for the list again (narrow window, or Esc); `added` carries the id of a new contact."""

    back = Signal()
    added = Signal(int)
    outdated = Signal(int)
    """What is shown of this contact has been changed elsewhere."""
    unsaved = Signal()
    """What was typed could not be saved, so the contact keeps its place."""

    def __init__(self, context: Context, buttons: Sequence[QWidget]) -> None:
        super().__init__(context.look, tr("Contact"))
        self.context, self.look = context, context.look
        self.saver = Saver(context, self._typed, self)
        self.saver.saved.connect(self._saved)
        self.saver.refused.connect(self._refused)
        self.saver.added.connect(self.added)
        self.drafting = Drafting(context.drafts, lambda: self.editing or not self.note.isHidden(), self._begun, self)
        self._known = Known()
        self.door = FileDoor(context)
        self._closing: Group | None = None
        self._stood = 0
        self.forms: dict[Group, SectionForm] = {}
        self._build(buttons)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        self.show_nobody()

    read, read_known, read_begun = staticmethod(read), staticmethod(read_known), staticmethod(read_begun)
    """For the owner thread: see `shown`."""

    @property
    def card(self) -> ContactCard | None:
        """The contact that is shown, as it is stored; without an id while it is new."""
        return self.saver.card

    # What there is ---------------------------------------------------------------------------------------------

    def _build(self, buttons: Sequence[QWidget]) -> None:
        look, column = self.look, self.column
        column.setContentsMargins(look.px(19 - OVERHANG), look.px(12), look.px(20 - OVERHANG), look.px(20))
        self.nobody = Label(look, tr("Whom you choose in the list is shown here."), role="text2", wraps=True)
        self.nobody.setContentsMargins(look.px(OVERHANG), look.px(8), look.px(OVERHANG), 0)
        column.addWidget(self.nobody)
        self.body = QWidget()
        column.addWidget(self.body)
        rows = QVBoxLayout(self.body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self.head = NameHead(look, lambda: self.open(Group.NAME))
        self.photo = Photo(self.context, self.head)
        rows.addWidget(self.head)
        self.buttons = self._inset(rows, 12)
        across = QHBoxLayout(self.buttons)
        across.setContentsMargins(look.px(OVERHANG), 0, look.px(OVERHANG), 0)
        across.setSpacing(look.px(8))
        for button in buttons:
            across.addWidget(button)
        across.addStretch(1)
        self._line(rows, 14, 8)
        self.returned = ReturnedSection(self.context)
        rows.addWidget(self.returned)
        self.lines = FactLines(look, self.body, self.head, rows, self.open, self._offer_mark)
        self.more = LinkButton(look, tr("Other fields"), icon="plus", menu=self._other_fields(), changes=True)
        rows.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.foreign = ForeignSection(look)
        rows.addSpacing(look.px(4))
        rows.addWidget(self.foreign)
        self.household = HouseholdSection(self.context)
        self.relationships = RelationshipSection(self.context)
        self.relationships.opened.connect(lambda sheet: self._scroll.ensureWidgetVisible(sheet))
        for tied in (self.household, self.relationships):
            rows.addWidget(tied)
        self.consents = ConsentSection(self.context)
        self.consents.opened.connect(lambda sheet: self._scroll.ensureWidgetVisible(sheet))
        rows.addWidget(self.consents)
        self.files = FilesSection(self.context, self.door)
        rows.addWidget(self.files)
        self.story = Story(self.context)
        self.note, self.timeline = self.story.note, self.story.timeline
        self.story.opened.connect(lambda editor: self._scroll.ensureWidgetVisible(editor))
        self.story.unsaved.connect(self.drafting.watch)
        self.story.unsaved.connect(self.unsaved)
        self.story.add_note.clicked.connect(lambda: self.open_note())
        rows.addWidget(self.story)
        rows.addStretch(1)
        self.resembling = Resembling(self.context, lambda: self._as_typed)
        self.saver.unlike = self.resembling.others
        pane = self.layout()
        assert pane is not None
        pane.addWidget(self.resembling)  # below what scrolls: fields do not move when it appears
        self.resembling.appeared.connect(self._keep_in_sight)

    def _inset(self, rows: QVBoxLayout, above: int) -> QWidget:
        holder = QWidget()
        rows.addSpacing(self.look.px(above))
        rows.addWidget(holder)
        return holder

    def _line(self, rows: QVBoxLayout, above: int, below: int) -> None:
        holder = QVBoxLayout()
        side = self.look.px(OVERHANG)
        holder.setContentsMargins(side, self.look.px(above), side, self.look.px(below))
        holder.addWidget(Line(self.look))
        rows.addLayout(holder)

    def _other_fields(self) -> QMenu:
        menu = QMenu(self)
        for group in (Group.NAME, *ORDER[1:]):
            menu.addAction(words(GROUP_LABELS[group]), partial(self.open, group))
        menu.addSeparator()
        menu.addAction(tr("Photo …"), lambda: self.photo.choose())
        menu.addAction(tr("File …"), lambda: self.files.choose())
        menu.addAction(tr("Household …"), lambda: self.household.open())
        menu.addAction(tr("Relationship …"), lambda: self.relationships.open())
        return menu

    # Showing ---------------------------------------------------------------------------------------------------

    def show_nobody(self) -> None:
        """Nothing is chosen in the list."""
        self.saver.turn_to(None)
        self._close_forms()
        self.body.hide()
        self.nobody.show()

    def show_contact(self, shown: Shown) -> None:
        """Show a contact; when it is the one that is being edited, what is being typed stays."""
        if self.card is not None and self.card.id != shown.card.id:
            self._close_forms()
            self.note.close_note()
            self.foreign.fold()
            self._scroll.verticalScrollBar().setValue(0)
        self._known = shown.known
        self.story.show_story(shown.card.id, shown.timeline)
        self.returned.show_returned(shown.card, shown.acquaintances)
        if shown.consents is not None and shown.card.id is not None:
            self.consents.show_consents(shown.card.id, shown.consents)
            self.consents.show()
        self._show_card(shown.card)
        changeable = None if shown.card.binned else shown.card.id
        self.photo.show_photo(changeable, shown.photo)
        self.files.show_files(shown.card.id, shown.files, binned=shown.card.binned)
        self.household.show_home(shown.card, shown.home, shown.known.association)
        if shown.related is not None:
            self.relationships.show_related(shown.card, shown.related)

    def begin_draft(self, known: Known, *, organisation: bool) -> None:
        """An empty form for a new contact, the focus where its name begins."""
        self._close_forms()
        self.note.close_note()
        self.returned.hide()
        self._scroll.verticalScrollBar().setValue(0)
        self._known = known
        for tied in (self.household, self.relationships, self.files, self.consents):
            tied.hide()  # until they are read: they belong to the one before
        self.story.show_story(None, ())
        self.photo.show_photo(None, b"")
        self._show_card(ContactCard(kind=ORGANISATION if organisation else PERSON))
        for group in DRAFT:
            self._open_form(group)
        key = "organisation" if organisation else "given_name"
        self.forms[Group.NAME].go_to(key)
        self.resembling.watch()

    def go_on_with(self, content: Mapping[str, Any], shown: Shown) -> None:
        """Show what was typed when the program ended without warning, as if it had just been typed."""
        typed = Typed.restored(content)
        if shown.card.id is None:
            self.begin_draft(shown.known, organisation=shown.card.kind == ORGANISATION)
        else:
            self.show_contact(shown)
        if shown.card.binned:
            return
        for group in typed.open:
            if group not in self.forms:
                self._open_form(group)
        places = [(form, key) for form in self.forms.values() for key in form.fields if key in typed.values]
        if places:
            form, key = places[-1]
            form.go_to(key)  # while nothing is typed: a field that is left is saved
        for form in self.forms.values():
            form.type_in(typed.values)
        self.saver.hold(typed.values)
        go_behind_the_text()
        if typed.note:
            self.open_note(typed.note)
        self.drafting.look()

    def _show_card(self, card: ContactCard) -> None:
        self.saver.turn_to(card)
        self.nobody.hide()
        draft = card.id is None
        name = card.name or (tr("New organisation") if card.kind == ORGANISATION else tr("New contact"))
        icon = "building" if card.kind == ORGANISATION else "user" if not initials(name) or not card.name else ""
        self.head.show_name(name, subtitle(card), initials(name), icon)
        self._show_facts(card)
        for form in self.forms.values():
            form.show_card(card, self.saver.unsaved)
        for widget in (self.buttons, self.more, self.story):
            widget.setVisible(not draft)
        self.foreign.show_properties(card.foreign)
        self.body.show()

    def _show_facts(self, card: ContactCard) -> None:
        by_group: dict[Group, list[Fact]] = {group: [] for group in ORDER}
        known = self._known
        for fact in facts(card, known.association, known.own_fields, known.tag_groups):
            by_group[fact.group].append(fact)
        for group, found in by_group.items():
            if group not in self.forms:
                self.lines.show(group, found)

    def mark(self, looked_for: Sequence[str]) -> None:
        """Show where the folded words stand that were searched for."""
        self.lines.mark(looked_for)

    def _offer_mark(self, place: Place, menu: QMenu) -> None:
        menu.addAction(tr("Note returned mail …"), lambda: self.returned.mark(place))

    # Opening and closing a section -----------------------------------------------------------------------------

    def open(self, group: Group, field: str = "", part: int = 0) -> None:
        """Open a section for editing, the focus in one of its fields. Another open one is saved and closed."""
        if self.card is None or self.card.binned:
            return
        if why := why_not(self):
            self.context.notices.say(why, icon="lock")
            return
        if group not in self.forms:
            if not self._commit():
                return
            if self.card.id is not None:
                self._close_forms()
            self._stood = self._scroll.verticalScrollBar().value()
            self._open_form(group)
        form = self.forms[group]
        form.go_to(field, part)
        QTimer.singleShot(0, form, lambda: self._scroll.ensureWidgetVisible(form))

    def open_first(self) -> None:
        """Go to the first field (Enter on the list); in a file that may only be read, to the name."""
        if why_not(self):
            self.head.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.card is not None:
            self.open(Group.NAME)

    def _open_form(self, group: Group) -> None:
        assert self.card is not None
        form = SectionForm(self.context, group, self.card, self._known, self.door)
        margin = self.look.px(OVERHANG)
        form.setContentsMargins(margin, 0, margin, 0)
        form.saved.connect(self.saver.put)
        form.closed.connect(lambda: self._done(group))
        self.forms[group] = form
        self.lines.give_way(group, form)
        for widget in (self, form):
            widget.show()  # either may have been made a moment ago; only what is seen can have the focus

    def _close_forms(self) -> None:
        self.resembling.stop()
        groups = list(self.forms)
        self.forms.clear()
        for group in groups:
            self.lines.clear(group)
        self.drafting.look()
        if self.card is not None:
            self._show_facts(self.card)

    def _done(self, group: Group) -> None:
        """Enter or Esc: read again, the focus where the section was opened."""
        draft = self.card is not None and self.card.id is None
        if self.saver.unsaved and not (draft and self._begun() is None):
            self._closing = group  # once it is saved; what is refused stays open
            self.saver.send(at_once=True)
            return
        self._close_forms()
        if draft:
            self.show_nobody()
            self.back.emit()
            return
        self._stand_back(group)

    def _stand_back(self, group: Group) -> None:
        """Stand where a section was opened, its lines where the eye left them."""
        self.lines.focus(group)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # the form still counts until then
        self._scroll.verticalScrollBar().setValue(self._stood)
        if (focus := QApplication.focusWidget()) is not None and inside(focus, self.body):
            self._scroll.ensureWidgetVisible(focus)

    def _commit(self) -> bool:
        return all(form.commit() for form in self.forms.values())

    def leave(self) -> bool:
        """Save what was typed before another contact is shown; False if something needs another look."""
        if not self._commit():
            return False
        if self.card is not None and self.card.id is None and self.saver.unsaved and not self.saver.as_typed.name:
            self.forms[Group.NAME].fields["family_name"].show_problem(
                tr("This contact has no name yet. Enter one, or press Esc to give it up.")
            )
            return False
        self.saver.send(at_once=True)
        if not self.note.commit():
            return False
        self.drafting.done()
        return True

    @property
    def editing(self) -> bool:
        """Is a section open, a new contact begun, or a note that waits?"""
        return bool(self.forms) or self.note.waits

    @property
    def unstored(self) -> bool:
        """Does something stand in a field or a note that was refused, or could not be saved?"""
        return self.note.waits or any(
            not field.problem.isHidden() for form in self.forms.values() for field in form.fields.values()
        )

    def stored(self) -> bool:
        """Did what was left reach the file? Waits a moment for it; what could not be saved is said, and stays."""
        if self.saver.unsaved or self.story.under_way:
            self.context.tasks.settle()
        if not self.unstored:
            self.drafting.done()
        return not self.unstored

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        self.drafting.watch()
        if not self.forms or now is None or any(inside(now, form) for form in self.forms.values()):
            name = self.forms.get(Group.NAME)
            if name is not None and now is not None and not inside(now, name):
                self.saver.send(at_once=True)
            return
        if inside(old, self):
            QTimer.singleShot(0, self, self._close_if_left)

    def _close_if_left(self) -> None:
        """Fold up what was left, but not while a mouse button is down: what it is pressed on would move away."""
        now = QApplication.focusWidget()
        if not self.forms or now is None or any(inside(now, form) for form in self.forms.values()):
            return
        if now.window() is not self.window():
            return  # a dialog in front, such as the one that says why it could not be saved
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            QTimer.singleShot(60, self, self._close_if_left)
            return
        if self._commit() and self.card is not None:
            if self.card.id is None:
                self.saver.send(at_once=True)
            elif not self.saver.unsaved:
                self._close_forms()

    # Saving ----------------------------------------------------------------------------------------------------

    def _typed(self) -> dict[str, Any]:
        return {key: field.value for form in self.forms.values() for key, field in form.fields.items()}

    def _keep_in_sight(self) -> None:
        """The field in which one types."""
        focus = QApplication.focusWidget()
        if focus is not None and inside(focus, self.body):
            self._scroll.ensureWidgetVisible(focus)

    @property
    def _as_typed(self) -> ContactCard | None:
        """The contact as it stands in the open fields; None if there is no name yet, or nothing is open."""
        if self.card is None or not self.forms:
            return None
        card = replace(self.card, **self._typed())
        return card if card.name else None

    def _begun(self) -> Begun | None:
        """What was typed and is not stored."""
        fields = (field for form in self.forms.values() for field in form.fields.values() if field.edited)
        return typed_in(self.card, self.forms, {field.key: field.value for field in fields}, self.note.typed)

    def _saved(self, card: ContactCard, keys: frozenset[str]) -> None:
        for form in self.forms.values():
            for key in keys & form.fields.keys():
                form.fields[key].show_problem("")
        self._show_card(card)
        if self.story.contact != card.id:
            self.story.show_story(card.id, ())  # somebody new
        self.drafting.look()
        if self._closing is not None and not self.saver.unsaved:
            group, self._closing = self._closing, None
            self._close_forms()
            self._stand_back(group)
        else:
            self._close_if_left()

    def _refused(self, problem: BaseException, keys: frozenset[str]) -> None:
        """A refused value is said at its field; what was changed elsewhere is shown; all else keeps what was typed."""
        self._closing = None
        self.drafting.watch()
        if keys and any(form.refused(problem) for form in self.forms.values()):
            return
        for form in self.forms.values():
            for key in keys & form.fields.keys():
                if isinstance(problem, Refused):
                    form.fields[key].take_back()
                else:
                    form.fields[key].show_unsaved()
        if self.unstored:
            self.unsaved.emit()  # before it is said: while that is read, the row that was chosen next would come
        self.context.messages.show(problem)
        if keys and isinstance(problem, Refused) and self.card is not None and self.card.id is not None:
            self.outdated.emit(self.card.id)

    # Notes -----------------------------------------------------------------------------------------------------

    def open_note(self, text: str = "") -> None:
        """A line for a new note above the timeline."""
        if self.card is not None and self.card.id is not None:
            self.note.open_note(text)
            QTimer.singleShot(0, self.note, lambda: self._scroll.ensureWidgetVisible(self.note))

    # Keys ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)
