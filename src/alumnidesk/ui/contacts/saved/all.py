"""All saved searches and lists: what they look for, how many are in them; renaming, changing and removing them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from alumnidesk.domain.audiences import ContactList, Segment
from alumnidesk.domain.query import Condition
from alumnidesk.domain.query_fields import Operator
from alumnidesk.domain.query_in_words import explain
from alumnidesk.domain.query_text import parse, write
from alumnidesk.ui.contacts.answers import all_said
from alumnidesk.ui.contacts.export import Export
from alumnidesk.ui.contacts.saved.button import Offered, read
from alumnidesk.ui.page import Context
from alumnidesk.ui.settings.own_fields import clear
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import LineField
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.form_dialog import FormDialog
from alumnidesk.ui.widgets.label import Label, breakable
from alumnidesk.ui.words import language, tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.domain.own_fields import OwnField
    from alumnidesk.i18n import Message


class Deed(NamedTuple):
    """What can be done with one of them; some of it `changes` the file."""

    verb: str
    icon: str
    does: Callable[[], object]
    changes: bool = False


LEAST = 700
"""Width at 100 %."""


class SavedDialog(Dialog):
    """Each with its own row of deeds; `change` opens the conditions of a saved search, `show` looks for one."""

    def __init__(
        self,
        context: Context,
        show: Callable[[str, str], object],
        change: Callable[[Segment], object],
        parent: QWidget,
    ) -> None:
        super().__init__(context.look, tr("Saved searches and lists"), parent=parent)
        self._context, self._show_one, self._change, self._parent = context, show, change, parent
        self.rows = QVBoxLayout()
        self.rows.setSpacing(context.look.px(12))
        self.column.addLayout(self.rows)
        self.choose(tr("Close"), main=True, clicked=self.accept)
        self.setMinimumWidth(context.look.px(LEAST))
        self.read()

    def read(self) -> None:
        """Show what there is now."""

        def all(desk: Desk) -> tuple[Offered, list[OwnField], Mapping[int, Sequence[Message]]]:
            return read(desk), desk.own_fields.all(), desk.segments.missing()

        self._context.tasks.run(all, lambda found: self._show(*found), latest="saved searches shown")

    def _show(self, offered: Offered, own: list[OwnField], missing: Mapping[int, Sequence[Message]]) -> None:
        look = self._context.look
        clear(self.rows)
        for segment, n in offered[0]:
            said = words(explain(parse(segment.query, own), language().code))
            deeds: list[Deed] = [
                Deed(tr("Show"), "search", partial(self._shown, "segment", segment.name)),
                *self._exporting(n, "segment", segment.name),
                Deed(tr("Change"), "filter", partial(self._changed, segment), changes=True),
                Deed(tr("Rename"), "edit", partial(self._rename, segment), changes=True),
                Deed(tr("Remove"), "trash", partial(self._remove, segment), changes=True),
            ]
            self.rows.addWidget(self._row(segment.name, n, said, deeds, all_said(missing.get(segment.id, ()))))
        for one in offered[1]:
            deeds = [
                Deed(tr("Show"), "search", partial(self._shown, "list", one.name)),
                *self._exporting(one.contacts, "list", one.name),
                Deed(tr("Rename"), "edit", partial(self._rename, one), changes=True),
                Deed(tr("Remove"), "trash", partial(self._remove, one), changes=True),
            ]
            self.rows.addWidget(self._row(one.name, one.contacts, tr("A list that stays as it is"), deeds))
        if not any(offered):
            nothing = tr("No search is saved yet. Search for people, then choose “Save this search”.")
            self.rows.addWidget(Label(look, nothing, role="text2", wraps=True))

    def _row(self, name: str, n: int, said: str, deeds: Sequence[Deed], missing: str = "") -> QWidget:
        look = self._context.look
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(2))
        column.addWidget(Label(look, breakable(name), bold=True, wraps=True))
        counted = tr_n("{n} contact", "{n} contacts", n)
        about = tr("{count}: {search}", count=counted, search=said)
        column.addWidget(Label(look, breakable(about), size="small", role="text2", wraps=True))
        if missing:
            column.addWidget(Label(look, breakable(missing), size="small", role="look", wraps=True))
        buttons = QWidget()
        flow = Flow(look.px(4), buttons)
        for deed in deeds:
            button = LinkButton(look, deed.verb, icon=deed.icon, clicked=deed.does, changes=deed.changes)
            button.setAccessibleName(tr("{verb}: {name}", verb=deed.verb, name=name))
            flow.addWidget(button)
        column.addWidget(buttons)
        return holder

    # Deeds ------------------------------------------------------------------------------------------------------

    def _shown(self, field: str, name: str) -> None:
        self.accept()
        self._show_one(field, name)

    def _exporting(self, n: int, field: str, name: str) -> Iterator[Deed]:
        """The deed that hands them out, where there is somebody."""
        if n:
            yield Deed(tr("Export"), "export", partial(self._export, field, name))

    def _export(self, field: str, name: str) -> None:
        self.accept()
        query = write(Condition(field, Operator.EQUALS, name), language().code)
        Export(self._context, self._parent).ask_for(query)

    def _changed(self, segment: Segment) -> None:
        self.accept()
        self._change(segment)

    def _rename(self, one: Segment | ContactList) -> None:
        field = LineField(self._context.look, "name", tr("Name"))
        field.set_value(one.name)

        def rename(desk: Desk, name: str) -> None:
            if isinstance(one, Segment):
                desk.segments.rename(one.id, name)
            else:
                desk.lists.rename(one.id, name)

        dialog = FormDialog(
            self._context,
            tr("Rename “{name}”", name=one.name),
            [field],
            tr("Rename"),
            lambda desk, values: rename(desk, str(values["name"])),
            self,
        )
        dialog.exec()
        dialog.deleteLater()
        self.read()

    def _remove(self, one: Segment | ContactList) -> None:
        def remove(desk: Desk) -> None:
            if isinstance(one, Segment):
                desk.segments.remove(one.id)
            else:
                desk.lists.remove(one.id)

        self._context.deed(remove, then=lambda _: self.read())
