"""Changing something at many contacts: what, how, to which value; what it does to each is seen before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.bulk_edit import TAGS, Target, Way
from alumnidesk.errors import Cancelled, InvalidInput, Refused
from alumnidesk.i18n import say
from alumnidesk.ui.contacts.bulk.preview import PreviewList, summary
from alumnidesk.ui.contacts.bulk.values import Offered, ValueEditor, offered
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import Choice, ChoiceField
from alumnidesk.ui.widgets.focus import follow_the_eye
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.widgets.lines import Deliver
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.widgets.working import Working
from alumnidesk.ui.words import tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.services.bulk import Plan, Row

FORM, WIDE, WIDEST = 400, 1000, 1240
"""Widths at 100 %: of the form, of the screen from which on the preview stands beside it, and of both together."""
PAUSE, SLOW = 250, 400
"""Milliseconds after the last key until one looks what changes, and until it is said that this takes a while."""


class BulkDialog(Dialog):
    """Left what shall change, right what that does."""

    def __init__(self, context: Context, contacts: Sequence[int], known: Offered, parent: QWidget | None) -> None:
        n = len(contacts)
        head = tr_n("What shall change for {n} contact?", "What shall change for {n} contacts?", n)
        super().__init__(context.look, head, parent=parent)
        self._context, self._contacts, self._known = context, list(contacts), known
        self.plan: Plan | None = None
        self._carrying = False
        self.editor: ValueEditor | None = None
        self._pause, self._slow = QTimer(self, singleShot=True), QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._look)
        self._slow.timeout.connect(self._say_that_it_takes_a_while)
        self._build()
        self.choose(tr("Cancel"), clicked=self.reject)
        self.go = self.choose("-", main=True, icon="edit", clicked=self._carry_out)
        self._turn_what()
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    # Laying out ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        look = self.look
        self.what = ChoiceField(look, "what", tr("What"), [])
        self._offer(self.what.box)
        self.how = ChoiceField(look, "how", tr("How"), [])
        self.what.box.activated.connect(self._turn_what)
        self.how.box.activated.connect(self._turn_how)
        form = Form(look)
        for field in (self.what, self.how):
            form.add(field)
        left = QWidget()
        self._left = QVBoxLayout(left)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.setSpacing(look.px(8))
        self._left.addWidget(form)
        self._left.addStretch(1)
        left.setMinimumWidth(look.px(FORM))
        self.said = Label(look, role="text2", wraps=True)
        self.preview = PreviewList(look)
        self.preview.asked.connect(self._fetch)
        self.preview.changed.connect(self._count)
        self.preview.confirmed.connect(self.enter)
        self.working = Working(look)
        self.places = Stack()
        for place in (self.preview, self.working):
            self.places.addWidget(place)
        right = QWidget()
        rows = QVBoxLayout(right)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(look.px(8))
        rows.addWidget(self.said)
        rows.addWidget(self.places, 1)
        room = self.screen().availableSize().width()
        wide = room >= look.px(WIDE)
        if wide:
            self.setMinimumWidth(min(look.px(WIDEST), room - look.px(48)))
        both = QBoxLayout(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        both.setSpacing(look.px(24 if wide else 12))
        both.addWidget(left)
        both.addWidget(right, 1)
        self.column.addLayout(both, 1)

    def _offer(self, box: Choice) -> None:
        """Everything that can be changed, a line between the sections."""
        group = None
        for target in self._known.targets:
            if group not in (None, target.group):
                box.insertSeparator(box.count())
            group = target.group
            box.addItem(words(target.label), target.slot)
        box.setCurrentIndex(max(box.findData("language"), 0))

    @property
    def target(self) -> Target:
        """What is to be changed."""
        return next(one for one in self._known.targets if one.slot == self.what.value)

    @property
    def way(self) -> Way:
        """How it is to be changed."""
        return Way(str(self.how.value))

    def _turn_what(self) -> None:
        target = self.target
        self.how.box.clear()
        for way in target.ways:
            self.how.box.addItem(_way_words(target, way), way)
        for widget in (self.how, self.how.label):
            widget.setVisible(len(target.ways) > 1)
        self._turn_how()

    def _turn_how(self) -> None:
        if self.editor is not None:
            self._left.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
        self.editor = ValueEditor(self.look, self.target, self.way, self._known)
        self.editor.changed.connect(self._follow)
        self._left.insertWidget(1, self.editor)
        QTimer.singleShot(0, self, self._order_stops)
        self._follow()

    def _order_stops(self) -> None:
        if (body := self.column.parentWidget()) is not None:
            follow_the_eye(body)

    # Looking what changes --------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Something else is entered: what was seen does not hold any more."""
        self.working.cancel()
        self._forget()
        self._pause.start(PAUSE)

    def _forget(self) -> None:
        self.plan = None
        self._slow.stop()
        self.working.end()
        self.preview.skipped.clear()
        self.preview.table.show([])
        self.places.setCurrentWidget(self.preview)
        self.said.setText(tr("Enter something: then you see here for whom it changes what."))
        self._offer_to_go()

    def _look(self) -> None:
        edit = self.editor.edit() if self.editor is not None else None
        if edit is None:
            return
        contacts, progress = self._contacts, self.working.begin(say("Looking at what would change …"))
        self._slow.start(SLOW)
        self._context.tasks.run(
            lambda desk: desk.bulk.plan(contacts, edit, progress), self._show, failed=self._not_seen, latest="bulk"
        )

    def _say_that_it_takes_a_while(self) -> None:
        self.places.setCurrentWidget(self.working)

    def _show(self, plan: Plan) -> None:
        self._forget()
        self.plan = plan
        self.preview.show_plan(plan, self._changing)
        self._count()

    def _not_seen(self, problem: BaseException) -> None:
        self._forget()
        if isinstance(problem, InvalidInput) and self.editor is not None:
            self.editor.refused(problem)
        elif isinstance(problem, Cancelled):
            self.said.setText(words(problem.message))
        else:
            self._context.messages.show(problem)

    def _fetch(self, ids: list[int], deliver: Deliver[Row]) -> None:
        plan = self.plan
        if plan is not None:
            self._context.tasks.run(lambda desk: desk.bulk.rows(plan, ids), partial(self._deliver, deliver))

    def _deliver(self, deliver: Deliver[Row], rows: Sequence[Row]) -> None:
        deliver(rows)

    @property
    def _changing(self) -> Sequence[int]:
        return self.plan.changing if self.plan is not None else ()

    def _count(self) -> None:
        if self.plan is not None:
            skipped = len(self.preview.skipped)
            self.said.setText(summary(self.plan, len(self._changing) - skipped, skipped))
        self._offer_to_go()

    def _offer_to_go(self) -> None:
        n = len(self._changing) - len(self.preview.skipped)
        self.go.set_words(tr_n("Change {n} contact", "Change {n} contacts", n))
        self.go.setEnabled(n > 0 and not self._carrying)

    # Doing it --------------------------------------------------------------------------------------------------

    def _carry_out(self) -> None:
        plan, skip = self.plan, frozenset(self.preview.skipped)
        if plan is None:
            return
        progress = self.working.begin(say("Changing the contacts …"))
        self._carry(True)
        self._slow.start(SLOW)
        self._context.deed(
            lambda desk: desk.bulk.carry_out(plan, skip=skip, progress=progress), then=self._done, failed=self._not_done
        )

    def _carry(self, on: bool) -> None:
        self._carrying = on
        for field in (self.what, self.how, self.editor):
            if field is not None:
                field.setEnabled(not on)
        self._offer_to_go()

    def _done(self, n: int) -> None:
        self._carry(False)
        self.accept()

    def _not_done(self, problem: BaseException) -> None:
        self._carry(False)
        self._slow.stop()
        self.working.end()
        self.places.setCurrentWidget(self.preview)
        if isinstance(problem, Cancelled):
            self.said.setText(words(problem.message))
            return
        self._context.messages.show(problem)
        if isinstance(problem, Refused):
            self._follow()

    def done(self, result: int) -> None:
        """What is under way is stopped; while it is written for good the dialog stays until it is."""
        self.working.cancel()
        if not self._carrying:
            self.working.end()
            for timer in (self._pause, self._slow):
                timer.stop()
            super().done(result)


def _way_words(target: Target, way: Way) -> str:
    if target.slot == TAGS:
        return tr("Give it") if way is Way.ADD else tr("Remove")
    return {
        Way.SET: tr("Set it for all"),
        Way.FILL: tr("Only where nothing is there yet"),
        Way.APPEND: tr("Add it below what is there"),
        Way.CLEAR: tr("Empty it"),
        Way.ADD: tr("Add one"),
        Way.REMOVE: tr("Remove"),
        Way.END: tr("End existing ones"),
        Way.CHANGE: tr("Change existing ones"),
    }[way]


def change_many(context: Context, contacts: Sequence[int], window: QWidget) -> None:
    """Ask what shall change for these contacts."""

    def ask(known: Offered) -> None:
        dialog = BulkDialog(context, contacts, known, window)
        dialog.exec()
        dialog.deleteLater()

    context.tasks.run(offered, ask)
