"""Every widget on pages with invented lines: to look at (``python -m tests.ui.gallery OUT``), and for the tests.

It writes one picture per page, palette and text size into the folder OUT.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from alumnidesk.i18n import say
from alumnidesk.ui.deeds import Deeds
from alumnidesk.ui.look import Look
from alumnidesk.ui.messages import Messages
from alumnidesk.ui.page import Context, Page
from alumnidesk.ui.pages import PageSpec
from alumnidesk.ui.preferences import Preferences
from alumnidesk.ui.tasks import Tasks
from alumnidesk.ui.widgets.bars import CapacityBar, Legend
from alumnidesk.ui.widgets.buttons import FilledButton, LinkButton, OutlinedButton, PlainButton
from alumnidesk.ui.widgets.chip import Chip
from alumnidesk.ui.widgets.detail import DetailPane, Facts, PersonHead
from alumnidesk.ui.widgets.empty import EmptyState
from alumnidesk.ui.widgets.fields import CheckField, ChoiceField, DateField, LineField, TextField
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.widgets.head import PageHead
from alumnidesk.ui.widgets.label import Line, section
from alumnidesk.ui.widgets.lines import Column, LinesTable
from alumnidesk.ui.widgets.list_table import ListTable
from alumnidesk.ui.widgets.notice import Callout
from alumnidesk.ui.widgets.panes import Panes
from alumnidesk.ui.widgets.search import SearchField
from alumnidesk.ui.widgets.steps import StepBar
from alumnidesk.ui.widgets.tabs import Tabs
from alumnidesk.ui.widgets.timeline import Entry, Timeline
from alumnidesk.ui.window import MainWindow


@dataclass(frozen=True)
class Person:
    name: str
    town: str
    cohort: str
    email: str
    tags: tuple[Chip, ...] = ()


NO_EMAIL = Chip("No e-mail", "look", "warning")
MOVED = Chip("Moved away", "look", "returned")
PEOPLE = (
    Person("Anna Müller", "Hamburg", "1998", "anna.mueller@mail.example", (Chip("Mentor"), Chip("Donor"))),
    Person("Bernd Müller", "Lübeck", "1976", "b.mueller@post.example", (Chip("Member"),)),
    Person("Birgit Müller", "Kiel", "1984", "birgit.m@mail.example", (Chip("Member"),)),
    Person("Carla Müller-Wied", "Bremen", "2004", "c.wied@mail.example"),
    Person("Dagmar Mueller", "Rostock", "1991", "d.mueller@post.example", (Chip("Speaker"),)),
    Person("Elin Müller", "Malmö", "2011", "elin.muller@brev.example", (Chip("Mentor"), Chip("Board"))),
    Person("Frank Müller", "Hamburg", "1998", "–", (NO_EMAIL,)),
    Person("Greta Muller", "Göteborg", "2015", "greta@brev.example"),
    Person("Hanne Müller", "Flensburg", "1969", "hanne.m@mail.example", (Chip("Honorary"),)),
    Person("Ingrid Müller", "Uppsala", "1987", "–", (MOVED,)),
    Person("Jens Mueller", "Hannover", "2002", "jens.mueller@post.example", (Chip("Member"),)),
    Person("Karin Obermüller", "München", "1995", "karin.o@mail.example", (Chip("Donor"),)),
    Person("Lars Müller", "Linköping", "2008", "lars.muller@brev.example"),
    Person("Marie Neumüller", "Graz", "2019", "marie.n@mail.example", (Chip("Helper"),)),
    Person("Nils Müller", "Schwerin", "1979", "nils.m@post.example", (Chip("Member"),)),
    Person("Olga Müller-Stein", "Leipzig", "1993", "o.stein@mail.example"),
    Person("Peter Müllers", "Aachen", "2001", "peter@post.example", (Chip("Donor"), Chip("Helper"))),
)


def found(text: str) -> Sequence[tuple[int, int]]:
    """The letters that a search for “muller” finds."""
    folded = text.lower()
    for spelled in ("mueller", "müller", "muller"):
        if (at := folded.find(spelled)) >= 0:
            return ((at, at + len(spelled)),)
    return ()


class ContactsPage(Page):
    """Search, list and detail with invented people."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look = context.look
        self.search = SearchField(look, "Search contacts")
        self.table: LinesTable[Person] = LinesTable(
            (
                Column("name", "Name", lambda p: p.name, 160, marks=True),
                Column("town", "Town", lambda p: p.town, 100),
                Column("cohort", "Cohort", lambda p: p.cohort, 80),
                Column("email", "E-mail", lambda p: p.email, 230, marks=True),
                Column("tags", "Tags", lambda p: ", ".join(c.text for c in p.tags), 142, chips=lambda p: p.tags),
            ),
            lambda ids, deliver: deliver([PEOPLE[id - 1] for id in ids]),
        )
        self.list = ListTable(look, self.table, "Contacts")
        new = FilledButton(look, "New contact", icon="plus")
        tools = (PlainButton(look, "Filter", icon="filter"), PlainButton(look, "Export", icon="export"))
        head = PageHead(look, "Contacts", search=self.search, actions=[new], tools=tools)
        head.set_counts("17 of 9,412 contacts – also spelled Müller or Mueller")
        middle = QWidget()
        rows = QVBoxLayout(middle)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(head)
        inset = QHBoxLayout()
        inset.setContentsMargins(look.px(8), look.px(2), look.px(8), 0)
        inset.addWidget(self.list)
        rows.addLayout(inset, 1)
        self.panes = Panes(look, context.preferences, "contacts", middle, self._detail(look))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.panes)
        self.list.sorted_by("name", False)
        self.table.show(range(1, len(PEOPLE) + 1), matcher=found)

    def _detail(self, look: Look) -> QWidget:
        pane = DetailPane(look, "Detail")
        column = pane.column
        head = PersonHead(look)
        head.circle.show_initials("AM")
        head.name.setText("Anna Müller")
        head.below.setText("Supporting member, cohort of 1998")
        column.addWidget(head)
        column.addSpacing(look.px(16))
        buttons = Flow(look.px(8))
        for text, icon in (("E-mail", "at"), ("Letter", "mail"), ("Event", "calendar")):
            buttons.addWidget(OutlinedButton(look, text, icon=icon))
        buttons.addWidget(PlainButton(look, "More", menu=QMenu(pane)))
        column.addLayout(buttons)
        column.addSpacing(look.px(16))
        column.addWidget(Line(look))
        column.addSpacing(look.px(12))
        facts = Facts(look)
        facts.add("Membership", "Member since 2016", (Chip("Paid until December 2026", "good", "check"),))
        facts.add("Cohort", "1998, course 12 B")
        facts.add("Address", "Lindenweg 14\n22767 Hamburg")
        facts.add("Phone", "+49 40 66969 123")
        facts.add("E-mail", "anna.mueller@mail.example")
        facts.add(
            "Consent", chips=(Chip("Post", "good", "check"), Chip("E-mail", "good", "check"), Chip("Phone not asked"))
        )
        column.addWidget(facts)
        column.addSpacing(look.px(14))
        column.addWidget(Line(look))
        column.addSpacing(look.px(10))
        top = QHBoxLayout()
        top.addWidget(section(look, "Timeline"))
        top.addStretch(1)
        top.addWidget(LinkButton(look, "Add a note", icon="plus"))
        column.addLayout(top)
        column.addSpacing(look.px(8))
        timeline = Timeline(look, "Timeline")
        timeline.show_entries(
            (
                Entry("pin", "Address changed", "Before: Am Kai 3, 24103 Kiel", "Today", 1),
                Entry("document", "Dues 2026 paid", "40.00 EUR by direct debit", "12 Feb 2026", 2),
                Entry("calendar", "Came to Alumni Week", "With one companion", "20 Sep 2025", 3),
                Entry("mail", "Invitation sent by post", "Alumni Week 2025", "4 Jul 2025", 4),
            )
        )
        column.addWidget(timeline)
        return pane

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"contacts.new": self.search.setFocus}

    def entered(self) -> None:
        self.search.setFocus()


class PartsPage(Page):
    """All the other widgets."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look = context.look
        across = QHBoxLayout(self)
        across.setContentsMargins(look.px(20), look.px(20), look.px(20), look.px(20))
        across.setSpacing(look.px(32))
        left, right = QVBoxLayout(), QVBoxLayout()
        across.addLayout(left, 1)
        across.addLayout(right, 1)
        self.steps = StepBar(look, ("Recipients", "Letter", "Check", "Hand out"))
        self.steps.go_to(2)
        left.addWidget(self.steps)
        legend = Legend(look)
        legend.show_parts((("accent", 51, "alumni"), ("match2", 8, "companions"), ("soft", 1, "free")))
        left.addWidget(legend)
        bar = CapacityBar(look, "Places")
        bar.show_parts((51, 8), 60, "59 of 60 places are taken")
        left.addWidget(bar)
        tabs = (("all", "All"), ("coming", "Coming"), ("open", "No answer"), ("no", "Declined"))
        self.tabs = Tabs(look, "States", tabs)
        for key, n in (("all", 75), ("coming", 51), ("open", 14), ("no", 6)):
            self.tabs.count(key, n)
        left.addWidget(self.tabs)
        why = "Lena Brandt declined today. Next on the waitlist is Jonas Feldkamp."
        left.addWidget(Callout(look, "A place is free", why, action="Move up"))
        buttons = Flow(look.px(8))
        for kind in (FilledButton, OutlinedButton, PlainButton, LinkButton):
            buttons.addWidget(kind(look, kind.__name__.removesuffix("Button"), icon="printer"))
        off = FilledButton(look, "Not now")
        off.setEnabled(False)
        buttons.addWidget(off)
        left.addLayout(buttons)
        left.addStretch(1)
        form = Form(look)
        form.add_head("Address")
        for key, label in (("street", "Street"), ("town", "Town")):
            form.add(LineField(look, key, label)).set_value("Lindenweg 14" if key == "street" else "Hamburg")
        form.add(DateField(look, "born", "Born")).show_problem("This is not a date. Examples: 1975, 3.1975, 2.3.1975")
        form.add(ChoiceField(look, "language", "Language", (("de", "German"), ("sv", "Swedish"))))
        form.add(TextField(look, "remark", "Remark", 3)).set_value("Helps at the Advent gathering.")
        form.add(CheckField(look, "no_post", "Wants no post")).set_value(True)
        form.add(CheckField(look, "no_phone", "Wants no calls"))
        right.addWidget(form)
        right.addWidget(
            EmptyState(
                look,
                "No letters yet",
                "Write to a few people or to all, on paper or by e-mail.",
                [FilledButton(look, "New mailing", icon="plus")],
                icon="mail",
            )
        )


@dataclass(frozen=True, slots=True)
class Example(PageSpec):
    """A place whose page is one of this gallery."""

    page: type[Page] = Page

    def load(self) -> type[Page]:
        return self.page


SPECS = (
    Example("home", say("Home"), "home"),
    Example("contacts", say("Contacts"), "contacts", page=ContactsPage),
    Example("events", say("Events"), "calendar"),
    Example("letters", say("Letters"), "mail", page=PartsPage),
    Example("history", say("History"), "history", foot=True),
    Example("settings", say("Settings"), "settings", foot=True),
)


def make_window(
    application: QApplication, preferences: Path, *, palette: str = "light", scale: int = 100
) -> MainWindow:
    """A window over invented people; no file is open."""
    look = Look(application, palette=palette, scale=scale)
    tasks = Tasks()
    window = MainWindow(look, tasks, Deeds(tasks, tasks), Preferences(preferences), Messages(look), {}, SPECS)
    look.setParent(window)
    tasks.setParent(window)
    window.show_file(Path("Lindenhof.alumnidesk"))
    window.status.show_backup(dt.timedelta(days=2, hours=3))
    window.count("home", 5)
    window.open_page("contacts")
    return window


def pictures(out: Path) -> None:
    """Write the pictures."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setFont(QFont("Inter"))
    out.mkdir(parents=True, exist_ok=True)
    for palette in ("light", "dark", "high-contrast"):
        for scale in (100, 150) if palette == "light" else (100,):
            window = make_window(application, out / "window.ini", palette=palette, scale=scale)
            window.resize(1366, 768)
            window.show()
            page = window.current_page
            assert isinstance(page, ContactsPage)
            page.search.setText("muller")
            window.notices.say("Address of Anna Müller changed", lambda: None)
            application.processEvents()
            window.grab().save(str(out / f"contacts-{palette}-{scale}.png"))
            window.notices.close_notice()
            window.open_page("letters")
            application.processEvents()
            window.grab().save(str(out / f"parts-{palette}-{scale}.png"))
            window.close()
            window.deleteLater()


if __name__ == "__main__":
    pictures(Path(sys.argv[1]))
