"""All salutations of a mailing in one list, the odd ones on top; each is put right there, or in its contact."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from alumnidesk.domain.addressees import Addressee
from alumnidesk.domain.fields import GENDER_FORMS
from alumnidesk.domain.folding import fold
from alumnidesk.domain.letters import LetterPlan
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import ChoiceField, LineField
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.widgets.lines import Column, LinesTable
from alumnidesk.ui.widgets.list_table import TWO_LINES, ListTable
from alumnidesk.ui.widgets.search import SearchField
from alumnidesk.ui.words import tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

WIDE, HIGH = 760, 300
"""Of the list at 100 %."""


def show_salutations(context: Context, window: QWidget, letters: Sequence[LetterPlan]) -> None:
    """Show how these letters address people; what is put right is a deed, and whoever shows the letters reads again."""

    def show(addressees: Sequence[Addressee]) -> None:
        dialog = SalutationsDialog(context, letters, addressees, window)
        dialog.exec()
        dialog.deleteLater()
        if dialog.wanted is not None:
            context.open_page("contacts", dialog.wanted)

    context.tasks.run(lambda desk: desk.salutations.of(letters), show)


class SalutationsDialog(Dialog):
    """`wanted` is the contact that somebody wants to see, None if nobody."""

    def __init__(
        self,
        context: Context,
        letters: Sequence[LetterPlan],
        addressees: Sequence[Addressee],
        parent: QWidget | None = None,
    ) -> None:
        n = len(addressees)
        super().__init__(context.look, tr_n("{n} salutation", "All {n} salutations", n), parent=parent)
        self._context, self._letters = context, letters
        self._addressees: dict[int, Addressee] = {}
        self.wanted: int | None = None
        self.odd = Label(context.look, wraps=True)
        self.search = SearchField(context.look, tr("Name or salutation"))
        self.list = self._make_list()
        for widget in (self.odd, self.search, self.list):
            self.column.addWidget(widget)
        self.column.addWidget(self._make_form())
        self.contact = self.choose(tr("Open contact"), clicked=lambda: self._open(self.list.current_id))
        self.choose(tr("Close"), main=True, clicked=self._close)
        self.search.asked.connect(lambda _: self._show_lines())
        self.search.left_for_list.connect(self.list.setFocus)
        self.list.current_changed.connect(lambda _: self._show_one())
        self.list.opened.connect(self._open)
        self._show(addressees)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_list(self) -> ListTable:
        columns = (
            Column[Addressee](
                "name",
                tr("Name"),
                lambda line: line.name,
                230,
                sortable=False,
                second=lambda line: words(line.odd) if line.odd is not None else "",
                second_role=lambda line: "look",
                icon=lambda line: ("warning", "look") if line.odd is not None else ("mail", "text2"),
            ),
            Column[Addressee](
                "salutation",
                tr("Salutation"),
                lambda line: line.salutation or tr("No salutation"),
                300,
                sortable=False,
                second=lambda line: ", ".join(line.address),
                second_role=lambda line: "text2",
            ),
        )
        self.table: LinesTable[Addressee] = LinesTable(
            columns, lambda ids, deliver: deliver([self._addressees[id] for id in ids]), self
        )
        listed = ListTable(self.look, self.table, tr("Salutations"), row=TWO_LINES)
        listed.wish(self.look.px(HIGH))
        room = self.screen().availableSize().width() - self.look.px(96)
        listed.setMinimumWidth(min(self.look.px(WIDE), room))
        return listed

    def _make_form(self) -> Form:
        look = self.look
        choices = [("", tr("Not known")), *((key, words(name)) for key, name in GENDER_FORMS)]
        self.form_of_address = ChoiceField(look, "gender_form", tr("Form of address"), choices)
        self.own = LineField(look, "own_salutation", tr("Own salutation"))
        self.own.line.setPlaceholderText(tr("as usual"))
        form = self.form = Form(look)
        for field in (self.form_of_address, self.own):
            form.add(field)
        self.form_of_address.saved.connect(
            lambda _, form: self._correct(lambda desk, one: desk.salutations.set_form(one, str(form)))
        )
        self.own.saved.connect(
            lambda _, text: self._correct(lambda desk, one: desk.salutations.set_own(one, str(text)))
        )
        return form

    # Showing ---------------------------------------------------------------------------------------------------

    def _show(self, addressees: Sequence[Addressee]) -> None:
        now = {one.id: one for one in addressees}
        stay = [id for id in self._addressees if id in now]  # what was put right does not jump away
        self._addressees = {id: now[id] for id in (*stay, *now)}
        odd = sum(1 for one in addressees if one.odd is not None)
        self.odd.setText(
            tr_n("{n} is worth a look; it stands on top.", "{n} are worth a look; they stand on top.", odd)
            if odd
            else tr("None of them is unusual.")
        )
        self._show_lines()

    def _show_lines(self) -> None:
        wanted = fold(self.search.text())
        lines = [one for one in self._addressees.values() if wanted in fold(f"{one.name} {one.salutation}")]
        self.table.show([line.id for line in lines], lines)
        self._show_one()

    def _show_one(self) -> None:
        one = self._current
        self.form.setEnabled(one is not None)
        self.contact.setEnabled(one is not None)
        self.form_of_address.setEnabled(one is not None and one.has_form)
        self.form_of_address.set_value(one.party.first.gender_form if one is not None and one.has_form else "")
        self.own.set_value(one.own if one is not None else "")

    @property
    def _current(self) -> Addressee | None:
        return self._addressees.get(self.list.current_id or 0)

    # Putting right ---------------------------------------------------------------------------------------------

    def _correct(self, deed: Callable[[Desk, Addressee], None]) -> None:
        """Do it for the one that was shown, and read how all read now."""
        one, letters = self._current, self._letters
        if one is None:
            return

        def work(desk: Desk) -> Sequence[Addressee]:
            deed(desk, one)
            return desk.salutations.of(letters)

        self._context.deed(work, then=self._show, failed=self._refused)

    def _refused(self, problem: BaseException) -> None:
        self.form.refused(problem, self._context.messages.show)

    def _open(self, id: int | None) -> None:
        if id is not None and self.form.commit():
            self.wanted = id
            self.accept()

    def _close(self) -> None:
        if self.form.commit():
            self.accept()
