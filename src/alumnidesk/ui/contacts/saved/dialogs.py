"""Saving a search under a name, and putting contacts on a fixed list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton, QWidget

from alumnidesk.domain.folding import fold
from alumnidesk.ui.contacts.blocks import Line
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import LineField
from alumnidesk.ui.widgets.form_dialog import FormDialog
from alumnidesk.ui.words import tr, tr_n

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.domain.audiences import ContactList


def save_search(context: Context, query: str, understood: str, parent: QWidget) -> None:
    """Ask for a name and keep the search; `understood` says in words what it looks for."""
    sentence = tr("Whoever fits later is in it then, too: {search}", search=understood or query.strip())
    name = LineField(context.look, "name", tr("Name"))
    dialog = FormDialog(
        context,
        tr("Save this search"),
        [name],
        tr("Save"),
        lambda desk, values: desk.segments.save(str(values["name"]), query),
        parent,
        sentence,
    )
    dialog.exec()
    dialog.deleteLater()


class ListDialog(Dialog):
    """Puts contacts on a list that there is, or on a new one; where one of several `found` is chosen, one can say that
    all are meant."""

    def __init__(
        self,
        context: Context,
        contacts: Sequence[int],
        query: str,
        lists: Sequence[ContactList],
        parent: QWidget,
        *,
        found: Sequence[int] = (),
    ) -> None:
        n = len(contacts)
        choice = n == 1 < len(found)
        head = tr("Put on a list") if choice else tr_n("Put {n} contact on a list", "Put {n} contacts on a list", n)
        super().__init__(
            context.look,
            head,
            tr("A list stays as it is until somebody changes it. Type the name of a list that there is, or a new one."),
            parent,
        )
        self._context, self._chosen, self._found, self._query = context, list(contacts), list(found), query
        self._lists = {fold(one.name): one for one in lists}
        self.line = Line(context.look, tr("Name of the list"))
        self.line.setPlaceholderText(tr("Name of the list"))
        self.line.complete([one.name for one in lists])
        self.column.addWidget(self.line)
        self.one = QRadioButton(tr("The selected contact"))
        self.everybody = QRadioButton(tr("All contacts found ({n})", n=len(found)))
        self.one.setChecked(True)
        for button in (self.one, self.everybody):
            button.setFont(context.look.font())
            button.setVisible(choice)
            self.column.addWidget(button)
        self.choose(tr("Cancel"), clicked=self.reject)
        self.take = self.choose(tr("Take off the list"), clicked=self._take_off)
        self.put = self.choose("-", main=True, icon="list", clicked=self._put_on)
        self.line.textChanged.connect(self._follow)
        self._follow()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _there(self) -> ContactList | None:
        return self._lists.get(fold(self.line.value))

    def _meant(self) -> tuple[list[int], str]:
        """Whom one means, and the search that found just them, if one did."""
        if self.everybody.isChecked() or len(self._chosen) == len(self._found):
            return self._found, self._query
        return self._chosen, ""

    def _follow(self) -> None:
        self.take.setVisible(self._there is not None)
        self.put.setEnabled(bool(self.line.value))
        self.put.set_words(tr("Put on the list") if self._there else tr("Make the list"))

    def _put_on(self) -> None:
        there, name, (contacts, query) = self._there, self.line.value, self._meant()

        def put(desk: Desk) -> None:
            if there is None:
                desk.lists.freeze(name, contacts, query)
            else:
                desk.lists.add(there.id, contacts)

        self.do_once(self._context.deed, put, failed=self._context.messages.show)

    def _take_off(self) -> None:
        if (there := self._there) is not None:
            contacts, _ = self._meant()
            self.do_once(
                self._context.deed,
                lambda desk: desk.lists.take_off(there.id, contacts),
                failed=self._context.messages.show,
            )


def put_on_list(
    context: Context, contacts: Sequence[int], query: str, parent: QWidget, *, found: Sequence[int] = ()
) -> None:
    """Ask on which list contacts go; `found` are all whom `query` has found, if a search was it."""

    def show(lists: Sequence[ContactList]) -> None:
        dialog = ListDialog(context, contacts, query, lists, parent, found=found)
        dialog.exec()
        dialog.deleteLater()

    context.tasks.run(lambda desk: desk.lists.all(), show)
