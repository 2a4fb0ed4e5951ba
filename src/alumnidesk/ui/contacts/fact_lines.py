"""The lines of one contact, section by section; a section that is open has its form in their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from alumnidesk.domain.fields import Group
from alumnidesk.domain.returned import Place
from alumnidesk.ui.contacts.facts import ORDER, Fact
from alumnidesk.ui.contacts.section import FactLine
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.focus import follow_the_eye


class FactLines:
    """Makes new only those sections that have changed."""

    def __init__(
        self,
        look: Look,
        body: QWidget,
        head: QWidget,
        rows: QVBoxLayout,
        opened: Callable[[Group, str, int], object],
        offer: Callable[[Place, QMenu], object],
    ) -> None:
        """In `rows`, the layout of `body`, whose `head` stands for the name. A line opens its section at a field and
        part; `offer` fills the menu of an address."""
        self._look, self._head, self._opened, self._offer = look, head, opened, offer
        self.boxes: dict[Group, QVBoxLayout] = {}
        self._facts: dict[Group, tuple[Fact, ...]] = {}
        self._lines: dict[Group, list[FactLine]] = {}
        self._order = QTimer(body, singleShot=True, interval=0)
        self._order.timeout.connect(lambda: follow_the_eye(body))
        for group in ORDER:
            box = self.boxes[group] = QVBoxLayout()
            box.setSpacing(0)
            rows.addLayout(box)

    def show(self, group: Group, found: Sequence[Fact]) -> None:
        """The lines of a section that is not open."""
        if self._facts.get(group) == tuple(found):
            return
        stood_on = self._stood_on(group)
        self.clear(group)
        self._facts[group] = tuple(found)
        lines = self._lines[group] = []
        for fact in found:
            line = FactLine(self._look, fact, partial(self._opened, fact.group, fact.field, fact.part))
            if fact.place is not None and not fact.since:
                line.more_actions = partial(self._offer, fact.place)
            self.boxes[group].addWidget(line)
            lines.append(line)
        if stood_on >= 0:  # an undo or somebody else's change makes the lines anew below the keyboard
            self.focus(group, min(stood_on, len(found) - 1))

    def give_way(self, group: Group, form: QWidget) -> None:
        """The form of a section that is opened takes the place of its lines."""
        self.clear(group)
        self.boxes[group].addWidget(form)

    def clear(self, group: Group) -> None:
        """Take away what stands in a section."""
        self._facts.pop(group, None)
        self._lines.pop(group, None)
        self._order.start()
        box = self.boxes[group]
        while (item := box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def focus(self, group: Group, place: int = 0) -> None:
        """Stand on one of the lines of a section; on the head if there is none."""
        item = self.boxes[group].itemAt(place) if place >= 0 else None
        widget = item.widget() if item is not None and group is not Group.NAME else self._head
        if widget is not None:
            widget.show()  # it was made a moment ago; only what is seen can have the focus
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stood_on(self, group: Group) -> int:
        """Which line of a section has the focus; -1 if none has."""
        focus = QApplication.focusWidget()
        return self.boxes[group].indexOf(focus) if isinstance(focus, FactLine) else -1

    def mark(self, looked_for: Sequence[str]) -> None:
        """Show where the folded words stand that were searched for."""
        for lines in self._lines.values():
            for line in lines:
                line.mark(looked_for)
