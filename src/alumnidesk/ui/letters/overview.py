"""The mailings, and the letter templates that one can send again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alumnidesk.domain.cards import LetterText, TemplateCard
from alumnidesk.ui import files
from alumnidesk.ui.letters.mailings import Mailings
from alumnidesk.ui.letters.table import template_columns
from alumnidesk.ui.page import Context
from alumnidesk.ui.printing.lists import SeenList, heads, of_today, print_seen, rows_of
from alumnidesk.ui.widgets.beside import Beside
from alumnidesk.ui.widgets.buttons import FilledButton, OutlinedButton, PlainButton
from alumnidesk.ui.widgets.empty import EmptyState
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.head import PageHead
from alumnidesk.ui.widgets.label import Line
from alumnidesk.ui.widgets.lines import LinesTable
from alumnidesk.ui.widgets.list_table import TWO_LINES, ListTable
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.widgets.tabs import Tabs
from alumnidesk.ui.words import language, tr, tr_n

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.services.mailings import MailingLine

MAILINGS, TEMPLATES = "mailings", "templates"


class Overview(QWidget):
    """`edit` carries the letter to be changed."""

    edit = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, look = context, context.look
        self.templates: dict[int, TemplateCard] = {}
        new = FilledButton(look, tr("New mailing"), icon="plus", clicked=context.actions.trigger("letters.new"))
        returned = OutlinedButton(
            look, tr("Returned mail"), icon="returned", clicked=context.actions.trigger("letters.returned")
        )
        head = PageHead(look, tr("Letters"), actions=[returned, new])
        self.tabs = Tabs(look, tr("Letters"), ((MAILINGS, tr("Mailings")), (TEMPLATES, tr("Letter templates"))))
        self.add = PlainButton(look, tr("New letter template"), icon="plus", clicked=self.new_template, changes=True)
        self.take = PlainButton(look, tr("Letter from a file …"), icon="import", clicked=self.take_file, changes=True)
        tools = QWidget()
        flow = Flow(look.px(8), tools)
        flow.addWidget(self.take)
        flow.addWidget(self.add)
        self._stack = Stack()
        self.mailings = Mailings(context)
        self._stack.addWidget(self.mailings)
        self._stack.addWidget(self._template_part())
        row = QVBoxLayout()
        row.setContentsMargins(look.px(8), look.px(8), look.px(12), look.px(8))
        row.addLayout(Beside(self.tabs, tools, look.px(8)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(row)
        column.addWidget(Line(look))
        column.addWidget(self._stack, 1)
        self.tabs.chosen.connect(self.show_tab)
        self.show_tab(MAILINGS)

    # Parts -----------------------------------------------------------------------------------------------------

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
        ready = OutlinedButton(
            look, tr("Restore the ready letters"), icon="document", clicked=self._add_ready, changes=True
        )
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
        self._stack.setCurrentIndex(0 if tab == MAILINGS else 1)
        for button in (self.take, self.add):
            button.setVisible(tab == TEMPLATES)

    def focus_list(self) -> None:
        """Put the keyboard into the list."""
        (self.mailings.list if self.tabs.current == MAILINGS else self.list).setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Read both lists again."""
        self._context.tasks.run(_read, self._show, latest="letters")

    def _show(self, found: tuple[Sequence[MailingLine], Sequence[TemplateCard]]) -> None:
        mailings, templates = found
        self.mailings.show_mailings(mailings)
        self.templates = {card.id: card for card in templates if card.id is not None}
        self.table.show(list(self.templates), templates)
        self.tabs.count(MAILINGS, len(mailings))
        self.tabs.count(TEMPLATES, len(templates))
        self._template_stack.setCurrentIndex(0 if templates else 1)

    @property
    def listed(self) -> bool:
        """Is there anything in the list at the front?"""
        return len((self.mailings.table if self.tabs.current == MAILINGS else self.table).ids) > 0

    def print(self) -> None:
        """The list at the front, on paper."""
        if self.tabs.current == MAILINGS:
            self.mailings.print()
            return
        shown, cards = template_columns(), list(self.templates.values())
        counts = tr_n("{n} letter", "{n} letters", len(cards))
        listed = SeenList(tr("Letter templates"), of_today(counts), heads(shown), rows_of(shown, cards))
        print_seen(self._context, self.window(), listed)

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

    def take_file(self) -> None:
        """Take over a letter that somebody saved as a file."""
        kinds = tr("Letters (*.alumniletter)")
        path = files.ask_open(self.window(), self._context.preferences, tr("Take over a letter"), kinds, "letters")
        if path is not None:
            self._context.deed(lambda desk: desk.template_files.read(path), then=self.edit.emit)

    def delete_template(self) -> None:
        """Delete the letter one stands on; what went out stays noted."""
        id = self.list.current_id
        if id is not None:
            self._context.deed(lambda desk: desk.letters.delete_template(id))

    def _add_ready(self) -> None:
        code = language().locale
        self._context.deed(lambda desk: desk.letters.add_ready_templates(code))


def _read(desk: Desk) -> tuple[Sequence[MailingLine], Sequence[TemplateCard]]:
    return desk.mailings.all(), desk.letters.templates()


def _inset(margin: int, widget: QWidget) -> QWidget:
    inset = QWidget()
    column = QVBoxLayout(inset)
    column.setContentsMargins(margin, 0, margin, 0)
    column.addWidget(widget)
    return inset
