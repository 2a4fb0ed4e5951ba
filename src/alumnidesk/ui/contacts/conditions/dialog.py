"""Putting together what one looks for; how many fit is counted at each change. What is built stands in the search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alumnidesk.domain.audiences import SEGMENT, Segment, meant
from alumnidesk.domain.own_fields import OwnField
from alumnidesk.domain.query import EVERYBODY, Condition, Query
from alumnidesk.domain.query_fields import QUERY_FIELDS, Operator, own_key, query_field
from alumnidesk.domain.query_form import Group, QueryForm, form_of, query_of
from alumnidesk.domain.query_in_words import explain, problems
from alumnidesk.domain.query_text import parse, write
from alumnidesk.ui.contacts.answers import understood
from alumnidesk.ui.contacts.conditions.group import ConditionGroup
from alumnidesk.ui.contacts.saved.dialogs import save_search
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import Button, PlainButton
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import Choice, indented
from alumnidesk.ui.widgets.focus import follow_the_eye
from alumnidesk.ui.widgets.label import Label, Line
from alumnidesk.ui.widgets.search import SearchField
from alumnidesk.ui.words import language, tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.services.finding import Hits

LEAST = 848
"""Width at 100 %."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What the builder begins with."""

    query: Query
    own: Sequence[OwnField]
    segment: Segment | None
    """The saved search that is being changed."""


def begun(desk: Desk, text: str, segment: Segment | None = None) -> Begun:
    """What stands in the search; if that is one saved search, what it looks for."""
    own = desk.own_fields.all()
    query = parse(text, own)
    if isinstance(query, Condition) and query.field == SEGMENT and query.operator is Operator.EQUALS:
        of_name = {one.name: one for one in desk.segments.all()}
        named = meant(query.value, of_name)
        segment = of_name[named[0]] if len(named) == 1 else None
    return Begun(parse(segment.query, own) if segment else query, own, segment)


class ConditionsDialog(Dialog):
    """`show` gets the text of what was built, or of the saved search that was changed."""

    def __init__(self, context: Context, begun: Begun, show: Callable[[str], object], parent: QWidget) -> None:
        head = tr("Search by conditions")
        if begun.segment is not None:
            head = tr("Saved search “{name}”", name=begun.segment.name)
        super().__init__(context.look, head, parent=parent)
        self._context, self._begun, self._show = context, begun, show
        self._fields = [*QUERY_FIELDS, *(query_field(own_key(field.name, field.kind)) for field in begun.own)]
        self._values: dict[str, Sequence[str]] = {}
        self.groups: list[ConditionGroup] = []
        self.joints: list[Choice] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(context.look.px(12))
        self.column.addLayout(self._rows)
        self.another = PlainButton(context.look, tr("Add a group"), icon="plus-circle", clicked=self._add_group)
        self.column.addWidget(self.another, 0, Qt.AlignmentFlag.AlignLeading)
        self.column.addWidget(Line(context.look))
        self.said = Label(context.look, size="small", role="text2", wraps=True)
        self.column.addWidget(self.said)
        if begun.segment is None:
            self.save: Button = PlainButton(
                context.look, tr("Save this search …"), icon="filter", clicked=self._save, changes=True
            )
            self.column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeading)
        self.choose(tr("Cancel"), clicked=self.reject)
        if begun.segment is not None:
            self.save = self.choose(tr("Save"), clicked=self._save)
        self.go = self.choose("-", main=True, icon="search", clicked=self._take)
        self.setMinimumWidth(min(context.look.px(LEAST), self.screen().availableSize().width() - context.look.px(48)))
        self._show_form(form_of(begun.query, language().code))
        self._follow()

    # The form --------------------------------------------------------------------------------------------------

    @property
    def form(self) -> QueryForm:
        """What is built so far."""
        either = bool(self.joints and self.joints[0].currentData())
        return QueryForm(tuple(group.group for group in self.groups), either)

    @property
    def query(self) -> Query:
        """What the form looks for."""
        return query_of(self.form, self._begun.own)

    @property
    def text(self) -> str:
        """The same as one types it."""
        return write(self.query, language().code)

    def _show_form(self, form: QueryForm) -> None:
        for group in form.groups:
            self._put(group, form.either)
        self.groups[0].more.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, group: Group, either: bool) -> ConditionGroup:
        if self.groups:
            joint = Choice()
            joint.setFont(self.look.font(bold=True))
            joint.addItem(tr("and"), False)
            joint.addItem(tr("or"), True)
            joint.setAccessibleName(tr("How the groups go together"))
            joint.setCurrentIndex(int(either))
            joint.currentIndexChanged.connect(partial(self._join, joint))
            self.joints.append(joint)
            self._rows.addWidget(joint, 0, Qt.AlignmentFlag.AlignLeading)
        made = ConditionGroup(self.look, group, self._fields, self._known)
        made.changed.connect(self._follow)
        self.groups.append(made)
        self._rows.addWidget(made)
        follow_the_eye(self)
        return made

    def _add_group(self) -> None:
        self._put(Group(either=True), self.form.either).more.setFocus(Qt.FocusReason.OtherFocusReason)

    def _join(self, chosen: Choice, index: int) -> None:
        for joint in self.joints:
            if joint is not chosen:
                joint.setCurrentIndex(index)
        self._follow()

    def _known(self, field: str, deliver: Callable[[Sequence[str]], None]) -> None:
        if field in self._values:
            deliver(self._values[field])
            return

        def keep(values: Sequence[str]) -> None:
            self._values[field] = values
            deliver(values)

        self._context.tasks.run(lambda desk: _offered(desk, field), keep)

    # Counting --------------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        query = self.query
        wrong = problems(query)
        if wrong:
            self.said.setText(words(wrong[0]))
        elif query == EVERYBODY:
            self.said.setText(tr("Everybody. Add a condition to find some of them."))
        else:
            self.said.setText(words(explain(query, language().code)))
        self.save.setEnabled(query != EVERYBODY and not wrong)
        text = self.text
        self._context.tasks.run(
            lambda desk: desk.find.contacts(text), self._count, latest="contacts that fit conditions"
        )

    def _count(self, hits: Hits) -> None:
        n = len(hits.ids)
        self.go.set_words(tr_n("Show {n} contact", "Show {n} contacts", n))
        if hits.missing:
            self.said.setText(understood(hits))

    # Taking ----------------------------------------------------------------------------------------------------

    def _take(self) -> None:
        self.accept()
        self._show(self.text)

    def _save(self) -> None:
        segment, text = self._begun.segment, self.text
        if segment is None:
            save_search(self._context, text, words(explain(self.query, language().code)), self)
            return

        def changed(_: object) -> None:
            self._show(write(Condition(SEGMENT, Operator.EQUALS, segment.name), language().code))

        self.do_once(
            self._context.deed,
            lambda desk: desk.segments.change(segment.id, text),
            changed,
            failed=self._context.messages.show,
        )


def build(context: Context, search: SearchField, parent: QWidget, segment: Segment | None = None) -> None:
    """Open the builder over what stands in a search, or over a saved search."""
    text = search.text()

    def show(begun: Begun) -> None:
        dialog = ConditionsDialog(context, begun, search.setText, parent)
        dialog.exec()
        dialog.deleteLater()

    context.tasks.run(lambda desk: begun(desk, text if segment is None else "", segment), show)


def _offered(desk: Desk, field: str) -> Sequence[str]:
    """The values of a field; units as their tree."""
    if field == "unit":
        return [indented(unit.called, unit.depth) for unit in desk.units.all()]
    return desk.find.values(field)
