"""What one enters about an event, about a person on its list, and the short form of a new event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction

from alumnidesk.domain.cards import EventCard, Participation
from alumnidesk.domain.dates import shown
from alumnidesk.domain.days import day_words, next_such_day, read_time
from alumnidesk.ui.events.table import STATES, state_words
from alumnidesk.ui.look import Look
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import PlainButton
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import ChoiceField, DateField, LineField, TextField
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.widgets.month import Month
from alumnidesk.ui.words import language, tr, tr_n

LABELS = 92


class DayField(DateField):
    """A whole day: typed (12.12. is the next one) or picked from a calendar. Below it stands the day in words."""

    def __init__(self, look: Look, key: str, label: str) -> None:
        super().__init__(look, key, label)
        self._look = look
        self.pick = PlainButton(
            look, "", icon="calendar", name=tr("Pick a day: {field}", field=label), clicked=self._open, parent=self.line
        )
        self.pick.icon_size, self.pick.padding, self.pick.tall = 18, 6, 30
        self.pick.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt+Down does the same
        self.line.setTextMargins(0, 0, look.px(30), 0)
        self.line.textChanged.connect(self._say_day)

    def _shown(self) -> str | bool:
        return next_such_day(str(super()._shown()), dt.date.today())

    def _misunderstood(self) -> str:
        value = str(self.value)
        if not value or _is_day(value):
            return ""
        return tr("This is not a day. Examples: 12 Dec {year}, 12 Dec", year=str(dt.date.today().year + 1))

    def _say_day(self) -> None:
        value = str(self.value)
        self.line.setToolTip(day_words(value, language().code) if _is_day(value) else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self.pick.sizeHint()
        self.pick.resize(size)
        width = min(self.width(), self.line.maximumWidth())
        self.pick.move(width - size.width() - self._look.px(3), (self.line.height() - size.height()) // 2)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._open()
            return True
        return super()._key(event)

    def _open(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        month = Month(self._look, menu)
        value = str(self.value)
        if _is_day(value):
            month.setSelectedDate(QDate.fromString(value, Qt.DateFormat.ISODate))
        action = QWidgetAction(menu)
        action.setDefaultWidget(month)
        menu.addAction(action)
        month.activated.connect(lambda day: self._picked(day, menu))
        month.clicked.connect(lambda day: self._picked(day, menu))
        menu.popup(self.line.mapToGlobal(QPoint(0, self.line.height())))
        month.setFocus(Qt.FocusReason.PopupFocusReason)

    def _picked(self, day: QDate, menu: QMenu) -> None:
        menu.close()
        self.line.setText(shown(day.toString(Qt.DateFormat.ISODate), language().locale))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.commit()


def _is_day(value: str) -> bool:
    return len(value) == 10 and value[:1].isdigit()


class TimeField(LineField):
    """A time of day: 15, 15:30, 9.05 and 19 Uhr are all understood."""

    def _shown(self) -> str | bool:
        text = self.line.text().strip()
        return read_time(text) or text

    def _misunderstood(self) -> str:
        text = self.line.text().strip()
        return "" if not text or read_time(text) else tr("This is not a time. Examples: 15, 15:30")


class NumberField(LineField):
    """A whole number from `least` to 9,999, or nothing."""

    least = 1

    def _misunderstood(self) -> str:
        text = self.line.text().strip()
        good = not text or (text.isascii() and text.isdigit() and self.least <= int(text) <= 9999)
        return "" if good else tr("Enter a whole number from {least} on.", least=self.least)


class CountField(NumberField):
    """A whole number, none included."""

    least = 0


def event_form(look: Look) -> Form:
    """All that is stored about an event, saved field by field."""
    form = Form(look, labels=LABELS, changes=True)
    for field in (
        LineField(look, "title", tr("Title")),
        DayField(look, "starts_on", tr("Day")),
        TimeField(look, "starts_at", tr("Begins at")),
        TimeField(look, "ends_at", tr("Ends at")),
        DayField(look, "ends_on", tr("Last day")),
        LineField(look, "place", tr("Venue")),
        NumberField(look, "capacity", tr("Places")),
        TextField(look, "remark", tr("Remark"), 3),
    ):
        field.set_quiet()
        form.add(field)
    return form


def event_values(card: EventCard) -> dict[str, str]:
    """The values of an event as its form shows them."""
    return {
        "title": card.title,
        "starts_on": card.starts_on,
        "starts_at": card.starts_at,
        "ends_at": card.ends_at,
        "ends_on": card.ends_on,
        "place": card.place,
        "remark": card.remark,
        "capacity": "" if card.capacity is None else str(card.capacity),
    }


def changed(card: EventCard, key: str, value: object) -> EventCard:
    """The event with another value of one field."""
    if key == "capacity":
        return replace(card, capacity=int(str(value)) if value else None)
    text: dict[str, Any] = {key: str(value)}
    return replace(card, **text)


class AnswerField(ChoiceField):
    """One of the answers, or none where several people have given different ones."""

    def _show(self, value: str | bool) -> None:
        self.box.setCurrentIndex(self.box.findData(value))


def person_form(look: Look) -> Form:
    """What is stored about one person on the list; of several at a time their answer."""
    form = Form(look, labels=LABELS, changes=True)
    form.add(AnswerField(look, "state", tr("Answer"), [(state, state_words(state)) for state in STATES]))
    form.add(CountField(look, "companions", tr("Companions")))
    form.add(LineField(look, "remark", tr("Remark")))
    return form


def person_values(people: Sequence[Participation]) -> dict[str, str]:
    """The values of a person on the list as the form shows them; of several the answer that they share."""
    person = people[0]
    if len(people) > 1:
        shared = all(one.state == person.state for one in people)
        return {"state": person.state if shared else "", "companions": "", "remark": ""}
    return {
        "state": person.state,
        "companions": str(person.companions) if person.companions else "",
        "remark": person.remark,
    }


class NewEvent(Dialog):
    """Title and day are enough; the rest is entered on the event's own page. `added` gets it once it is saved, and puts
    so many `people` on its list."""

    def __init__(
        self, context: Context, added: Callable[[EventCard], object], people: int = 0, parent: QWidget | None = None
    ) -> None:
        look = context.look
        enough = tr("Title and day are enough to begin with.")
        if people:
            enough = tr_n(
                "Title and day are enough to begin with; then {n} person comes on its list.",
                "Title and day are enough to begin with; then {n} people come on its list.",
                people,
            )
        super().__init__(look, tr("New event"), enough, parent)
        self._context, self._added = context, added
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = Form(look, labels=LABELS, changes=True)
        self.title = LineField(look, "title", tr("Title"))
        self.day = DayField(look, "starts_on", tr("Day"))
        self.day.line.setPlaceholderText(tr("12 Dec or 12 Dec {year}", year=str(dt.date.today().year + 1)))
        for field in (self.title, self.day):
            self.form.add(field)
        self.column.addSpacing(look.px(8))
        self.column.addWidget(self.form)
        self.choose(tr("Cancel"), clicked=self.reject)
        self.choose(tr("Add event"), main=True, icon="plus", clicked=self._try)
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self) -> None:
        """From the title on to the day, as long as there is none."""
        if self.title.line.hasFocus() and not self.day.value:
            self.day.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().enter()

    def _try(self) -> None:
        if self.form.commit():
            card = EventCard(title=str(self.title.value), starts_on=str(self.day.value))
            self.do_once(
                self._context.deed,
                lambda desk: desk.events.add(card),
                self._added,
                failed=lambda problem: self.form.refused(problem, self._context.messages.show),
            )
