"""What went out, to whom; and the letters one can send again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alumnidesk.domain.cards import LetterText, TemplateCard
from alumnidesk.domain.lines import ContactLine
from alumnidesk.ui.contacts.table import line_of
from alumnidesk.ui.letters.table import mailing_columns, template_columns
from alumnidesk.ui.page import Context
from alumnidesk.ui.when import moment_words
from alumnidesk.ui.widgets.beside import Beside
from alumnidesk.ui.widgets.buttons import FilledButton, OutlinedButton, PlainButton
from alumnidesk.ui.widgets.detail import Facts
from alumnidesk.ui.widgets.empty import EmptyState
from alumnidesk.ui.widgets.head import PageHead
from alumnidesk.ui.widgets.label import Ground, Line, section
from alumnidesk.ui.widgets.lines import Column, LinesTable
from alumnidesk.ui.widgets.list_table import TWO_LINES, ListTable
from alumnidesk.ui.widgets.panes import Panes
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.widgets.tabs import Tabs
from alumnidesk.ui.words import language, tr, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.services.letters import MailingLine

SENT, TEMPLATES = "sent", "templates"


class Overview(QWidget):
    """`edit` carries the letter to be changed."""

    edit = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, look = context, context.look
        self._mailings: dict[int, MailingLine] = {}
        self.templates: dict[int, TemplateCard] = {}
        new = FilledButton(look, tr("New mailing"), icon="plus", clicked=context.actions.trigger("letters.new"))
        returned = OutlinedButton(
            look, tr("Returned mail"), icon="returned", clicked=context.actions.trigger("letters.returned")
        )
        head = PageHead(look, tr("Letters"), actions=[returned, new])
        self.tabs = Tabs(look, tr("Letters"), ((SENT, tr("Sent")), (TEMPLATES, tr("Letter templates"))))
        self.add = PlainButton(look, tr("New letter template"), icon="plus", clicked=self.new_template)
        self._stack = Stack()
        self._stack.addWidget(self._sent_part())
        self._stack.addWidget(self._template_part())
        row = QVBoxLayout()
        row.setContentsMargins(look.px(8), look.px(8), look.px(12), look.px(8))
        row.addLayout(Beside(self.tabs, self.add, look.px(8)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(row)
        column.addWidget(Line(look))
        column.addWidget(self._stack, 1)
        self.tabs.chosen.connect(self.show_tab)
        self.show_tab(SENT)

    # Parts -----------------------------------------------------------------------------------------------------

    def _sent_part(self) -> QWidget:
        look = self._context.look
        self.sent: LinesTable[MailingLine] = LinesTable(
            mailing_columns(), lambda ids, deliver: deliver([self._mailings[id] for id in ids])
        )
        self.sent_list = ListTable(look, self.sent, tr("Mailings"))
        begin = OutlinedButton(
            look, tr("New mailing"), icon="plus", clicked=self._context.actions.trigger("letters.new")
        )
        self.nothing_sent = EmptyState(
            look,
            tr("Nothing has gone out yet"),
            tr(
                "Write to everybody on an event’s list, or to all whom a search finds: one letter each, in their "
                "language, with the address where the window of the envelope is."
            ),
            [begin],
            icon="mail",
        )
        self._people = Ground(look, "panel")
        column = QVBoxLayout(self._people)
        column.setContentsMargins(look.px(8), look.px(16), look.px(8), 0)
        column.setSpacing(look.px(8))
        self._sent_head = section(look)
        self._sent_head.setWordWrap(True)
        self._facts = QVBoxLayout()
        named = QVBoxLayout()
        named.setContentsMargins(look.px(12), 0, look.px(12), 0)
        named.addWidget(self._sent_head)
        named.addLayout(self._facts)
        column.addLayout(named)
        self.people: LinesTable[ContactLine] = LinesTable(
            (
                Column("name", tr("Recipient"), lambda line: line.name, 200, sortable=False),
                Column("town", tr("Town"), lambda line: line.town, 120, sortable=False),
            ),
            self._fetch,
        )
        self.people_list = ListTable(look, self.people, tr("Recipients"), heads=False)
        self.people_list.opened.connect(lambda id: self._context.open_page("contacts", id))
        column.addWidget(self.people_list, 1)
        self._sent_panes = Panes(
            look, self._context.preferences, "letters", _inset(look.px(8), self.sent_list), self._people
        )
        part = Stack()
        part.addWidget(self._sent_panes)
        part.addWidget(self.nothing_sent)
        self._sent_stack = part
        self.sent_list.current_changed.connect(self._show_mailing)
        self.sent_list.opened.connect(lambda _: self._sent_panes.show_detail())
        return part

    def _template_part(self) -> QWidget:
        look = self._context.look
        self.table: LinesTable[TemplateCard] = LinesTable(
            template_columns(), lambda ids, deliver: deliver([self.templates[id] for id in ids])
        )
        self.list = ListTable(look, self.table, tr("Letter templates"), row=TWO_LINES)
        self.list.menu_actions = [
            self._action(tr("Change"), self._open_current),
            self._action(tr("Delete"), self.delete_template),
        ]
        ready = OutlinedButton(look, tr("Restore the ready letters"), icon="document", clicked=self._add_ready)
        self.no_template = EmptyState(
            look,
            tr("No letter template yet"),
            tr("A template is the text of a letter in one or more languages, with fields for names and dates."),
            [ready],
            icon="document",
        )
        part = Stack()
        part.addWidget(_inset(look.px(8), self.list))
        part.addWidget(self.no_template)
        self._template_stack = part
        self.list.opened.connect(self._open)
        self.list.clicked.connect(self._clicked)
        return part

    def _action(self, text: str, does: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda: does())
        return action

    # Showing ---------------------------------------------------------------------------------------------------

    def show_tab(self, tab: str) -> None:
        """Show what went out, or the templates."""
        self.tabs.go_to(tab)
        self._stack.setCurrentIndex(0 if tab == SENT else 1)
        self.add.setVisible(tab == TEMPLATES)

    def focus_list(self) -> None:
        """Put the keyboard into the list."""
        (self.sent_list if self.tabs.current == SENT else self.list).setFocus(Qt.FocusReason.OtherFocusReason)

    def stand_on_newest(self) -> None:
        """Stand on what went out last."""
        if self.sent.ids:
            self.sent_list.go_to(self.sent.ids[0])

    def read(self) -> None:
        """Read both lists again."""
        self._context.tasks.run(_read, self._show, latest="letters")

    def _show(self, found: tuple[Sequence[MailingLine], Sequence[TemplateCard]]) -> None:
        mailings, templates = found
        self._mailings = {line.id: line for line in mailings}
        self.templates = {card.id: card for card in templates if card.id is not None}
        self.sent.show(list(self._mailings), mailings)
        self.table.show(list(self.templates), templates)
        self.tabs.count(SENT, len(mailings))
        self.tabs.count(TEMPLATES, len(templates))
        self._sent_stack.setCurrentIndex(0 if mailings else 1)
        self._template_stack.setCurrentIndex(0 if templates else 1)
        self._show_mailing(self.sent_list.current_id)

    def _show_mailing(self, id: int | None) -> None:
        line = self._mailings.get(id or 0)
        if line is None:
            return
        self._sent_head.setText(line.title)
        while (item := self._facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        facts = Facts(self._context.look)
        facts.add(tr("Sent on"), moment_words(line.made_at))
        if line.event:
            facts.add(tr("Event"), line.event)
        if purpose := words(line.purpose):
            facts.add(tr("What it is for"), purpose)
        facts.add(tr("Letters"), language().number(line.letters))
        facts.add(tr("Pages"), language().number(line.pages))
        self._facts.addWidget(facts)
        self._context.tasks.run(
            lambda desk: desk.letters.recipients(line.id), self.people.show, latest="recipients of a mailing"
        )

    def _fetch(self, ids: Sequence[int], deliver: Callable[[Sequence[ContactLine]], None]) -> None:
        self._context.tasks.run(lambda desk: _people(desk, ids), deliver)

    # Templates -------------------------------------------------------------------------------------------------

    def _clicked(self, index: QModelIndex) -> None:
        if QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier:
            self._open(self.table.ids[index.row()])

    def _open_current(self) -> None:
        if self.list.current_id is not None:
            self._open(self.list.current_id)

    def _open(self, id: int) -> None:
        self.edit.emit(self.templates[id])

    def new_template(self) -> None:
        """Begin a letter with a salutation, in the language of the window."""
        code = language().locale
        card = TemplateCard(name=tr("New letter"), texts=(LetterText(code, "", "{salutation}\n\n"),))
        self._context.deed(lambda desk: desk.letters.save_template(card), then=self.edit.emit)

    def delete_template(self) -> None:
        """Delete the letter one stands on; what went out stays noted."""
        id = self.list.current_id
        if id is not None:
            self._context.deed(lambda desk: desk.letters.delete_template(id))

    def _add_ready(self) -> None:
        code = language().locale
        self._context.deed(lambda desk: desk.letters.add_ready_templates(code))


def _people(desk: Desk, ids: Sequence[int]) -> list[ContactLine]:
    """Those who got a letter, also if they are in the bin now."""
    lines = desk.find.lines(ids)
    gone = {card.id: line_of(card) for card in desk.contacts.cards([line.id for line in lines if not line.name])}
    return [gone.get(line.id, line) for line in lines]


def _read(desk: Desk) -> tuple[Sequence[MailingLine], Sequence[TemplateCard]]:
    return desk.letters.mailings(), desk.letters.templates()


def _inset(margin: int, widget: QWidget) -> QWidget:
    inset = QWidget()
    column = QVBoxLayout(inset)
    column.setContentsMargins(margin, 0, margin, 0)
    column.addWidget(widget)
    return inset
