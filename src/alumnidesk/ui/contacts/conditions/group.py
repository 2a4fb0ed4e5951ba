"""A group of conditions: all of them fit, or one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from alumnidesk.domain.query_fields import QueryField
from alumnidesk.domain.query_form import Group, Line
from alumnidesk.ui.contacts.conditions.line import ConditionLine, Known
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import PlainButton
from alumnidesk.ui.widgets.fields import Choice
from alumnidesk.ui.widgets.focus import follow_the_eye
from alumnidesk.ui.words import tr


def ready_lines() -> list[tuple[str, Line]]:
    """What is asked most often, in words; the value is still to be chosen, or can be changed."""
    year_ago = dt.date.today() - dt.timedelta(365)
    return [
        (tr("Is a member"), Line("is", "begins", tr("Member"))),
        (tr("Has a tag"), Line("tag", "is")),
        (tr("Took part in an event"), Line("coming", "is")),
        (tr("Has not heard from us since"), Line("heard", "not_from", year_ago.isoformat())),
        (tr("May be written to by post"), Line("reach", "is", "post")),
        (tr("Lives in a town"), Line("town", "is")),
        (tr("Is of a cohort"), Line("cohort", "from_to")),
        (tr("A letter or e-mail came back"), Line("returned", "filled")),
        (tr("Has no e-mail address"), Line("email", "empty")),
    ]


class ConditionGroup(QWidget):
    """`changed` when it says something else."""

    changed = Signal()

    def __init__(self, look: Look, group: Group, fields: Sequence[QueryField], known: Known) -> None:
        super().__init__()
        self._look, self._fields, self._known = look, fields, known
        self.lines: list[ConditionLine] = []
        self.how = Choice()
        self.how.setFont(look.font())
        self.how.addItem(tr("All of these fit"), False)
        self.how.addItem(tr("At least one of these fits"), True)
        self.how.setAccessibleName(tr("How the conditions of the group go together"))
        self.how.setCurrentIndex(int(group.either))
        menu = QMenu(self)
        for text, line in ready_lines():
            menu.addAction(text.replace("&", "&&"), partial(self.add, line))
        menu.addSeparator()
        menu.addAction(tr("Another field"), partial(self.add, Line("name", "has")))
        menu.addAction(tr("Words in any field"), partial(self.add, Line()))
        self.more = PlainButton(look, tr("Add a condition"), icon="plus", menu=menu)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(8))
        for widget in (self.how, self.more):
            self._column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeading)
        for line in group.lines:
            self._put(line)
        self._follow()
        self.how.currentIndexChanged.connect(lambda _: self.changed.emit())

    @property
    def group(self) -> Group:
        """What it says now."""
        return Group(tuple(line.line for line in self.lines), bool(self.how.currentData()))

    def add(self, line: Line) -> None:
        """One condition more."""
        self._put(line).begin()
        self._follow()
        self.changed.emit()

    def _put(self, line: Line) -> ConditionLine:
        made = ConditionLine(self._look, line, self._fields, self._known)
        self._column.insertWidget(self._column.count() - 1, made)
        self.lines.append(made)
        made.changed.connect(self.changed)
        made.removed.connect(partial(self._remove, made))
        follow_the_eye(self)
        return made

    def _remove(self, line: ConditionLine) -> None:
        self.lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
        self.more.setFocus()
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        self.how.setVisible(len(self.lines) > 1)
