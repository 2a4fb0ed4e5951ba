"""Every action of the window, declared once: its words, icon, key and place. Menus, buttons, shortcuts and the overview
of keys are made from this list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from alumnidesk.i18n import Message, say
from alumnidesk.ui.icons import icon
from alumnidesk.ui.look import Look
from alumnidesk.ui.platform_keys import key_here
from alumnidesk.ui.words import words

FRAME = ""
"""Page of actions that the frame does itself."""


class Submenu(NamedTuple):
    """Entries of a menu that stand one step further in; they follow each other in the list of actions."""

    words: Message
    icon: str


ALIKE = Submenu(say("Households and duplicates"), "contacts")
PRINT = Submenu(say("Print"), "printer")


class Action(NamedTuple):
    """What a person can do: `page` does it and owns the menu; one that works `anywhere` opens its page first."""

    id: str
    words: Message
    menu: str
    icon: str = ""
    key: str = ""
    key_too: str = ""
    """Another key that people know for it."""
    page: str = FRAME
    anywhere: bool = False
    divided: bool = False
    """A line stands above it in its menu."""
    within: Submenu | None = None
    changes: bool = False
    """It changes the file: out of reach while that may only be read."""


MENUS: tuple[tuple[str, Message], ...] = (
    ("file", say("File")),
    ("edit", say("Edit")),
    ("contacts", say("Contacts")),
    ("events", say("Events")),
    ("letters", say("Letters")),
    ("view", say("View")),
    ("help", say("Help")),
)

ACTIONS: tuple[Action, ...] = (
    Action("file.new", say("New file …"), "file", "file-plus", "Ctrl+Shift+N"),
    Action("file.open", say("Open …"), "file", "folder", "Ctrl+O"),
    Action("file.recent", say("Open again"), "file", "history"),
    Action("file.copy", say("Save a copy …"), "file", "copy"),
    Action(
        "contacts.import",
        say("Import a list …"),
        "file",
        "import",
        "Ctrl+I",
        page="contacts",
        anywhere=True,
        divided=True,
        changes=True,
    ),
    Action("history.print", say("Print this list …"), "file", "printer", "Ctrl+P", page="history", divided=True),
    Action("home.print", say("Print this list …"), "file", "printer", "Ctrl+P", page="home", divided=True),
    Action("contacts.export_all", say("Export contacts …"), "file", "export", page="contacts", anywhere=True),
    Action("sync.add", say("Set up a sync …"), "file", "plus-circle", page="sync", anywhere=True, changes=True),
    Action("sync.now", say("Sync now"), "file", "sync", "F5", page="sync", changes=True),
    Action(
        "settings.backup", say("Back up now …"), "file", "shield-check", page="settings", anywhere=True, divided=True
    ),
    Action("settings.restore", say("Restore a backup …"), "file", "archive", page="settings", anywhere=True),
    Action("file.remove_sample", say("Remove the sample association"), "file", "trash", divided=True),
    Action("file.quit", say("Quit"), "file", "", "Ctrl+Q", divided=True),
    Action("edit.undo", say("Undo"), "edit", "undo", "Ctrl+Z", changes=True),
    Action("edit.redo", say("Redo"), "edit", "redo", "Ctrl+Shift+Z", "Ctrl+Y", changes=True),
    Action("edit.find", say("Search on this page"), "edit", "search", "Ctrl+F", divided=True),
    Action("contacts.search", say("Search everything"), "edit", "search", "Ctrl+K", page="contacts", anywhere=True),
    Action(
        "contacts.conditions",
        say("Search by conditions …"),
        "edit",
        "filter",
        "Ctrl+Shift+K",
        page="contacts",
        anywhere=True,
        divided=True,
    ),
    Action("contacts.save_search", say("Save this search …"), "edit", "plus-circle", page="contacts", changes=True),
    Action("contacts.saved", say("Saved searches and lists …"), "edit", "search", page="contacts", anywhere=True),
    Action(
        "contacts.new",
        say("New contact"),
        "contacts",
        "user-plus",
        "Ctrl+N",
        page="contacts",
        anywhere=True,
        changes=True,
    ),
    Action(
        "contacts.organisation",
        say("New organisation"),
        "contacts",
        "building",
        page="contacts",
        anywhere=True,
        changes=True,
    ),
    Action("contacts.tag", say("Set tags …"), "contacts", "tag", "Ctrl+T", page="contacts", divided=True, changes=True),
    Action(
        "contacts.change_many",
        say("Change many at once …"),
        "contacts",
        "edit",
        "Ctrl+Shift+B",
        page="contacts",
        changes=True,
    ),
    Action(
        "contacts.to_event",
        say("Put on an event …"),
        "contacts",
        "calendar",
        "Ctrl+Shift+E",
        page="contacts",
        changes=True,
    ),
    Action("contacts.to_list", say("Put on a list …"), "contacts", "list", page="contacts", changes=True),
    Action("contacts.letter", say("Write a letter …"), "contacts", "mail", "Ctrl+L", page="contacts"),
    Action("contacts.note", say("Add a note"), "contacts", "note", "Ctrl+Shift+M", page="contacts", changes=True),
    Action("contacts.consent", say("Note a consent …"), "contacts", "shield", page="contacts", changes=True),
    Action("contacts.returned", say("Note returned mail …"), "contacts", "returned", page="contacts", changes=True),
    Action(
        "contacts.household",
        say("Make a household …"),
        "contacts",
        "home",
        page="contacts",
        divided=True,
        within=ALIKE,
        changes=True,
    ),
    Action(
        "contacts.households",
        say("Find households …"),
        "contacts",
        "search",
        page="contacts",
        anywhere=True,
        divided=True,
        within=ALIKE,
        changes=True,
    ),
    Action(
        "contacts.duplicates",
        say("Find duplicates …"),
        "contacts",
        "same-person",
        "Ctrl+Shift+D",
        page="contacts",
        anywhere=True,
        within=ALIKE,
    ),
    Action("contacts.merge", say("Merge …"), "contacts", "merge", page="contacts", within=ALIKE, changes=True),
    Action("contacts.print", say("Print this list …"), "contacts", "printer", "Ctrl+P", page="contacts", within=PRINT),
    Action(
        "contacts.labels",
        say("Print labels or envelopes …"),
        "contacts",
        "badge",
        page="contacts",
        anywhere=True,
        within=PRINT,
    ),
    Action("contacts.directory", say("Print a directory …"), "contacts", "document", page="contacts", within=PRINT),
    Action("contacts.export", say("Export this list …"), "contacts", "export", page="contacts"),
    Action("contacts.delete", say("Delete"), "contacts", "trash", "Del", page="contacts", divided=True, changes=True),
    Action(
        "events.new",
        say("New event"),
        "events",
        "plus",
        "Ctrl+N",
        "Ctrl+Shift+V",
        page="events",
        anywhere=True,
        changes=True,
    ),
    Action(
        "events.add_people", say("Add people …"), "events", "user-plus", "Ctrl+Shift+A", page="events", changes=True
    ),
    Action("events.letter", say("Write a letter …"), "events", "mail", page="events"),
    Action("events.roster", say("Print the list …"), "events", "printer", "Ctrl+P", page="events", within=PRINT),
    Action(
        "events.labels",
        say("Print labels or envelopes …"),
        "events",
        "badge",
        page="events",
        anywhere=True,
        within=PRINT,
    ),
    Action("events.badges", say("Print name badges …"), "events", "user", page="events", anywhere=True, within=PRINT),
    Action("events.directory", say("Print a directory …"), "events", "document", page="events", within=PRINT),
    Action("events.export", say("Export this list …"), "events", "export", page="events"),
    Action("events.delete", say("Delete"), "events", "trash", page="events", divided=True, changes=True),
    Action(
        "letters.new", say("New mailing"), "letters", "plus", "Ctrl+N", "Ctrl+Shift+L", page="letters", anywhere=True
    ),
    Action("letters.templates", say("Letter templates"), "letters", "document", page="letters"),
    Action("letters.print", say("Print this list …"), "letters", "printer", "Ctrl+P", page="letters"),
    Action(
        "letters.returned",
        say("Returned mail …"),
        "letters",
        "returned",
        "Ctrl+Shift+R",
        page="letters",
        anywhere=True,
        divided=True,
        changes=True,
    ),
    Action("view.home", say("Home"), "view", "home", "Ctrl+1"),
    Action("view.contacts", say("Contacts"), "view", "contacts", "Ctrl+2"),
    Action("view.events", say("Events"), "view", "calendar", "Ctrl+3"),
    Action("view.letters", say("Letters"), "view", "mail", "Ctrl+4"),
    Action("view.sync", say("Sync"), "view", "sync", "Ctrl+Shift+Y"),
    Action("home.follow_ups", say("Follow-ups"), "view", "clock", "Ctrl+Shift+F", page="home", anywhere=True),
    Action("view.history", say("History"), "view", "history", "Ctrl+H"),
    Action("contacts.bin", say("Bin"), "view", "archive", page="contacts", anywhere=True),
    Action("view.settings", say("Settings"), "view", "settings", "Ctrl+,"),
    Action(
        "contacts.columns", say("Columns and groups …"), "view", "list", "Ctrl+Shift+O", page="contacts", divided=True
    ),
    Action("view.larger", say("Larger text"), "view", "text-size", "Ctrl++", divided=True),
    Action("view.smaller", say("Smaller text"), "view", "", "Ctrl+-"),
    Action("view.normal", say("Normal text size"), "view", "", "Ctrl+0"),
    Action("help.here", say("Help on this page"), "help", "question", "F1"),
    Action("help.keys", say("Keys"), "help", "keyboard", "Ctrl+?"),
    Action("help.about", say("About AlumniDesk"), "help", "info", divided=True),
)

CHANGING = frozenset(spec.id for spec in ACTIONS if spec.changes)
"""What changes the file: out of reach while it may only be read."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """Asks for an action, as its menu entry does."""

    ask: Callable[[str], object]
    id: str

    @property
    def changes(self) -> bool:
        """Whether that changes the file."""
        return self.id in CHANGING

    def __call__(self) -> None:
        self.ask(self.id)


SHARED_KEYS = frozenset(key for key, times in Counter(spec.key for spec in ACTIONS).items() if key and times > 1)
"""Keys with which several pages do their own."""


class Actions(QObject):
    """The actions as Qt has them. `asked` carries the id when one is triggered from wherever."""

    asked = Signal(str)

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._made: dict[str, QAction] = {}
        for spec in ACTIONS:
            action = QAction(words(spec.words), self)
            if spec.key not in SHARED_KEYS:
                action.setShortcuts(_sequences(spec.key, spec.key_too))
            action.triggered.connect(lambda _=False, id=spec.id: self.asked.emit(id))
            self._made[spec.id] = action
        self.page_opened(FRAME)

    def __getitem__(self, id: str) -> QAction:
        return self._made[id]

    def all(self) -> list[QAction]:
        """All of them, for the window that owns their keys."""
        return list(self._made.values())

    def dress(self, id: str) -> QAction:
        """An action with its icon in the present palette; menus call this when they open."""
        action, spec = self._made[id], next(spec for spec in ACTIONS if spec.id == id)
        if spec.icon:
            action.setIcon(icon(self._look, spec.icon, "text2", 18))
        return action

    def page_opened(self, name: str) -> None:
        """A key that several pages have a use for belongs to the one at the front; where that has none, to the first
        that works anywhere."""
        for key in SHARED_KEYS:
            sharing = [spec for spec in ACTIONS if spec.key == key]
            at_front = next((spec for spec in sharing if spec.page == name), None)
            owner = at_front or next((spec for spec in sharing if spec.anywhere), None)
            for spec in sharing:
                self._made[spec.id].setShortcuts(_sequences(key if spec is owner else "", spec.key_too))

    def trigger(self, id: str) -> Trigger:
        """A function that does the same as the menu entry, for a button."""
        return Trigger(self.asked.emit, id)


def _sequences(*keys: str) -> list[QKeySequence]:
    return [QKeySequence(key_here(key)) for key in keys if key]


def with_mnemonics(texts: Sequence[str]) -> list[str]:
    """The texts of one menu, each with an ``&`` before a letter that no other has, in any language.

    First letters of words are preferred; a text for which no letter is left goes without.
    """
    taken: set[str] = set()
    marked = []
    for text in texts:
        plain = text.replace("&", "&&")
        starts = [i for i, c in enumerate(plain) if c.isalnum() and (i == 0 or not plain[i - 1].isalnum())]
        others = [i for i, c in enumerate(plain) if c.isalnum() and i not in starts]
        place = next((i for i in (*starts, *others) if plain[i].casefold() not in taken), None)
        if place is None:
            marked.append(plain)
            continue
        taken.add(plain[place].casefold())
        marked.append(f"{plain[:place]}&{plain[place:]}")
    return marked
