"""The figures of the association and one chart; the same numbers as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.ui.home.rows import Figure
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.chart import HIGHEST, Bar, Chart
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.label import Label, Line
from alumnidesk.ui.widgets.lines import Column, Deliver, LinesTable
from alumnidesk.ui.widgets.list_table import ListTable
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.words import language, tr, tr_n

if TYPE_CHECKING:
    from alumnidesk.services.overview import Picture

MOST = 10
"""Decades that are shown."""


class Figures(QWidget):
    """Contacts, events, and contacts by the decade of their cohort."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        look = context.look
        self._context = context
        self.contacts = Figure(look, lambda: context.open_page("contacts"))
        self.events = Figure(look, lambda: context.open_page("events"))
        self.caption = Label(look, size="small", role="text2", wraps=True)
        self.chart = Chart(look, tr("Contacts by the decade of their cohort"))
        self.table: LinesTable[Bar] = LinesTable(
            (
                Column("decade", tr("Cohorts"), lambda bar: bar.word, 160, sortable=False),
                Column(
                    "contacts",
                    tr("Contacts"),
                    lambda bar: language().number(bar.number),
                    120,
                    right=True,
                    sortable=False,
                ),
            ),
            self._fetch,
        )
        self.list = ListTable(look, self.table, tr("Contacts by the decade of their cohort"))
        self.chart.opened.connect(self._open)
        self.list.opened.connect(self._open)
        self.switch = LinkButton(look, tr("Show as table"), icon="list", clicked=self._turn)
        self._bars: Sequence[Bar] = ()
        self._decades: Sequence[int] = ()
        self._stack = Stack()
        self._stack.addWidget(self.chart)
        self._stack.addWidget(self.list)
        self._stack.setMaximumHeight(look.px(HIGHEST))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Line(look))
        inner = QVBoxLayout()
        inner.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(12))
        inner.setSpacing(look.px(8))
        figures = Flow(look.px(26))
        figures.addWidget(self.contacts)
        figures.addWidget(self.events)
        inner.addLayout(figures)
        row = QHBoxLayout()
        row.addWidget(self.caption, 1)
        row.addWidget(self.switch)
        inner.addLayout(row)
        inner.addWidget(self._stack)
        column.addLayout(inner)
        column.addStretch(1)

    def show_picture(self, picture: Picture, today: dt.date) -> None:
        """Show the figures of a day."""
        written = (
            tr_n("{n} written to this year", "{n} written to this year", picture.written_to)
            if picture.written_to
            else tr("Nobody written to this year")
        )
        self.contacts.show_figure(picture.contacts, tr_n("contact", "contacts", picture.contacts), written)
        self.events.show_figure(
            picture.events, tr_n("event to come", "events to come", picture.events), _next_words(picture, today)
        )
        now = today.year // 10 * 10
        shown = picture.decades[-MOST:]
        self._decades = [decade for decade, _ in shown]
        self._bars = [Bar(decade_words(decade), n, decade == now) for decade, n in shown]
        self.chart.show_bars(self._bars)
        self.table.show(range(len(self._bars)))
        known = len(self._bars) > 1
        for widget in (self._stack, self.caption, self.switch):
            widget.setVisible(known)
        missing = picture.without_cohort
        self.caption.setText(
            tr_n(
                "Contacts by the decade of their cohort; {n} has none",
                "Contacts by the decade of their cohort; {n} have none",
                missing,
            )
            if missing
            else tr("Contacts by the decade of their cohort")
        )

    def _fetch(self, ids: Sequence[int], deliver: Deliver[Bar]) -> None:
        deliver([self._bars[id] for id in ids])

    def _open(self, place: int) -> None:
        """List the people of a decade."""
        first = self._decades[place]
        query = tr("cohort:{first}..{last}", first=str(first), last=str(first + 9))
        self._context.open_page("contacts", query=query)

    def _turn(self) -> None:
        table = self._stack.currentWidget() is self.chart
        self._stack.setCurrentWidget(self.list if table else self.chart)
        self.switch.set_words(tr("Show as chart") if table else tr("Show as table"))


def decade_words(decade: int) -> str:
    """A decade as one says it: 1990s."""
    return tr("{decade}s", decade=str(decade))


def _next_words(picture: Picture, today: dt.date) -> str:
    if not picture.next_events:
        return tr("Nothing is planned")
    days = (dt.date.fromisoformat(picture.next_events[0].starts_on) - today).days
    return tr("The next is today") if days == 0 else tr_n("The next in {n} day", "The next in {n} days", days)
