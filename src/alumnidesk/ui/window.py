"""The window: menu bar, navigation, one page at a time, notices, status line. It knows pages only as pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMainWindow, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from alumnidesk.errors import Cancelled
from alumnidesk.i18n import Message
from alumnidesk.ui import files
from alumnidesk.ui.actions import ACTIONS, CHANGING, FRAME, Actions
from alumnidesk.ui.deeds import Deeds
from alumnidesk.ui.drafts import Drafts
from alumnidesk.ui.look import Look
from alumnidesk.ui.menus import Menus
from alumnidesk.ui.messages import Messages
from alumnidesk.ui.navigation import Navigation
from alumnidesk.ui.notices import Notices
from alumnidesk.ui.page import Context, Page
from alumnidesk.ui.pages import PAGES, PageSpec
from alumnidesk.ui.preferences import Preferences
from alumnidesk.ui.statusline import StatusLine
from alumnidesk.ui.tasks import Tasks
from alumnidesk.ui.widgets.changing import hold, hold_action, why_not
from alumnidesk.ui.widgets.focus import go_on_to
from alumnidesk.ui.widgets.label import Line
from alumnidesk.ui.widgets.menu_bar import MenuBar
from alumnidesk.ui.widgets.page_room import PageRoom
from alumnidesk.ui.widgets.search import SearchField
from alumnidesk.ui.words import tr, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.ui.help.window import HelpWindow
    from alumnidesk.ui.widgets.banner import Banner

T = TypeVar("T")

SIZE = (1366, 768)
SMALLEST = (720, 400)
PAUSE = 300
"""Milliseconds after a deed before it is counted what waits: whoever types on is answered first."""
FRAME_ROOM = (16, 48)
"""Pixels that the frame and the title of a window may take on the screen."""


def first_size(room: QSize) -> QSize:
    """As large as the window was drawn, or as a screen with this room can show with a frame around it."""
    return QSize(*SIZE).boundedTo(room - QSize(*FRAME_ROOM))


class MainWindow(QMainWindow):
    """Shows the pages of one open data file."""

    files_dropped = Signal(list)
    restore_asked = Signal(object)
    """Carries the path of a backup that shall take the place of the open file."""
    went_on_in = Signal(object)
    """Carries the path of the copy that is the open file now, because the one before cannot be changed any more."""

    def __init__(
        self,
        look: Look,
        tasks: Tasks,
        deeds: Deeds,
        preferences: Preferences,
        messages: Messages,
        handlers: Mapping[str, Callable[[], object]],
        specs: tuple[PageSpec, ...] = PAGES,
    ) -> None:
        """`handlers` says what the program does for which action that concerns it as a whole."""
        super().__init__()
        self._specs = {spec.name: spec for spec in specs}
        self._pages: dict[str, Page] = {}
        self._preferences, self._look = preferences, look
        self._help: HelpWindow | None = None
        self._file_name = ""
        self._read_only = False
        self._banner: Banner | None = None
        messages.save_copy = self._save_copy
        self.actions_ = Actions(look, self)
        self._handlers: dict[str, Callable[[], object]] = {
            **handlers,
            "file.copy": self._save_copy,
            "edit.undo": self._undo,
            "edit.redo": self._redo,
            "edit.find": self._find,
            "help.here": self._show_help,
        }
        for name in self._specs:
            self._handlers[f"view.{name}"] = partial(self._choose_page, name)
        self.notices = Notices(look)
        self.deeds = deeds
        self.context = Context(
            tasks,
            look,
            self.notices,
            messages,
            preferences,
            self.actions_,
            self.open_page,
            self._deed,
            self.deeds.taken_back.emit,
            Drafts(preferences.folder / "drafts"),
            self.restore_asked.emit,
        )
        self._counting = QTimer(self, singleShot=True, interval=PAUSE)
        self._counting.timeout.connect(self._count_waiting)
        self.setWindowTitle("AlumniDesk")
        self.setAcceptDrops(True)
        self.setMinimumSize(*SMALLEST)
        self._navigation = Navigation(look, tuple(self._specs.values()), self._choose_page, self._hand_over)
        self._navigation.hide_places(preferences.hidden_pages)
        preferences.changed.connect(self._follow_preference)
        self._room = PageRoom()
        self.status = StatusLine(look, tasks, lambda: any(page.unstored for page in self._pages.values()))
        self._lay_out(look)
        self.menus = Menus(self.menuBar(), self.actions_, look, self._offered)
        self.addActions(self.actions_.all())
        self.actions_.asked.connect(self._do)
        deeds.changed.connect(self._refresh)
        deeds.next_changed.connect(self._name_undo)
        deeds.said.connect(self._say)
        deeds.taken_back.connect(self._say_taken_back)
        self._name_undo(None, None)
        self.resize(first_size(self.screen().availableSize()))
        self.restoreGeometry(preferences.bytes("window/geometry"))

    def _lay_out(self, look: Look) -> None:
        self._menu_bar = MenuBar(look)
        self.setMenuBar(self._menu_bar)
        body = QWidget()
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self._navigation)
        across.addWidget(Line(look, upright=True))
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._room, 1)
        middle.addWidget(self.notices)
        across.addLayout(middle, 1)
        self._middle = middle
        rows.addLayout(across, 1)
        rows.addWidget(self.status)
        self.setCentralWidget(body)

    # Pages -----------------------------------------------------------------------------------------------------

    @property
    def current_page(self) -> Page | None:
        """The page at the front."""
        page = self._room.current
        return page if isinstance(page, Page) else None

    @property
    def current_name(self) -> str:
        """Its name, or an empty text before the first page is open."""
        return next((name for name, page in self._pages.items() if page is self.current_page), "")

    def open_page(
        self,
        name: str,
        id: int | None = None,
        *,
        contacts: Sequence[int] | None = None,
        event: int | None = None,
        query: str = "",
    ) -> None:
        """Bring a page to the front (made now if it was never open), and there the thing with this id, or search.

        `contacts`, and the `event` that it is about, are handed over to the page (`Page.take_contacts`).
        """
        leaving = self.current_page
        if leaving is not None and self.current_name != name and not leaving.may_leave():
            self._navigation.go_to(self.current_name)
            return
        page = self._pages.get(name)
        if page is None:
            page = self._pages[name] = self._specs[name].load()(self.context)
            self._room.add(page)
        self._room.show_page(page)
        self._navigation.go_to(name)
        self.actions_.page_opened(name)
        self._preferences.keep("window/page", name)
        if id is not None:
            page.show_id(id)
        page.entered()
        if query:
            page.search_for(query)
        if contacts is not None:
            page.take_contacts(contacts, event)

    def _choose_page(self, name: str) -> None:
        """A place of the navigation: its page, or of the page that is at the front already what one begins with."""
        page = self.current_page
        again = self.current_name == name and page is not None
        self.open_page(name)
        if again and page is not None:
            page.chosen_again()

    def _hand_over(self, name: str, contacts: Sequence[int]) -> None:
        """Contacts were dropped on a place of the navigation."""
        self.open_page(name, contacts=contacts)

    def _follow_preference(self, name: str) -> None:
        if name == "hidden":
            self._navigation.hide_places(self._preferences.hidden_pages)

    def count(self, name: str, n: int) -> None:
        """Show at a place of the navigation how many things wait there."""
        self._navigation.count(name, n)

    def _refresh(self, nouns: set[str]) -> None:
        for page in self._pages.values():
            page.refresh(nouns)
        self._counting.start()

    def _count_waiting(self) -> None:
        """Say in the navigation how many things wait on which page, whichever page is open."""
        for name, spec in self._specs.items():
            if spec.waiting is not None:
                self.context.tasks.run(spec.waiting, partial(self.count, name), latest=f"waiting {name}")

    def opened(self, path: Path) -> None:
        """The desk is open: name its file, show the page one was at last."""
        self.show_file(path)
        self.context.drafts.turn_to(path)
        last = self._preferences.text("window/page")
        self.open_page(last if last in self._specs else next(iter(self._specs)))
        # Once the owner thread gets to this, the page has its first answer and is painted next: 4 % of a start.
        self.context.tasks.run(lambda desk: None, self._first_answers_came)

    def _first_answers_came(self, _: None) -> None:
        QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        """What can wait until the first page is painted."""
        self.deeds.read_next()
        self._count_waiting()

    def offer_drafts(self) -> None:
        """Ask about what was begun and not saved when the program ended: go on with it, or give it up."""
        for name, begun in self.context.drafts.left().items():
            sentence = tr("That was not finished when AlumniDesk ended. It is still here, and you can go on with it.")
            verbs = [tr("Discard"), tr("Go on")]
            answer = self.context.messages.ask(words(begun.about), sentence, verbs)
            if answer >= 0:
                self.context.drafts.decided(name)
            page = name.partition("/")[0]
            if answer == 1 and page in self._specs:
                self.open_page(page)
                self._pages[page].go_on_with(begun.content)

    # Actions ---------------------------------------------------------------------------------------------------

    def _offered(self, id: str) -> bool:
        """Is an action to be had now? What nobody does is in no menu."""
        spec = next(spec for spec in ACTIONS if spec.id == id)
        if spec.page == FRAME:
            return id in self._handlers
        if spec.page not in self._specs:
            return False
        page = self._pages.get(spec.page)
        if spec.anywhere:
            return page is None or id in page.commands()
        return page is self.current_page and page is not None and id in page.commands()

    def _do(self, id: str) -> None:
        spec = next(spec for spec in ACTIONS if spec.id == id)
        if not self._offered(id):
            return
        if self._read_only and id in CHANGING:
            self._say_why_not()
            return
        if spec.page == FRAME:
            self._handlers[id]()
            return
        if self.current_name != spec.page:  # on the page that is at the front the keyboard stays where it is
            self.open_page(spec.page)
        if self.current_name == spec.page and (command := self._pages[spec.page].commands().get(id)):
            command()

    def _deed(
        self,
        work: Callable[[Desk], T],
        label: Message | None = None,
        *,
        failed: Callable[[BaseException], None] | None = None,
        **how: Any,
    ) -> None:
        """See `Deeds.do`. In a file that may only be read nothing is tried: what a key or something dropped asks for is
        answered by a notice."""
        if not self._read_only:
            self.deeds.do(work, label, failed=failed, **how)
            return
        self._say_why_not()
        if failed is not None:
            QTimer.singleShot(0, self, partial(failed, Cancelled()))

    def _say_why_not(self) -> None:
        self.notices.say(why_not(self), icon="lock")

    def _say(self, sentence: str, changeset: int, icon: str) -> None:
        if not sentence:
            self.notices.close_notice()
            return
        undo = (lambda: self.deeds.undo_one(changeset)) if changeset else None
        self.notices.say(sentence, undo, icon=icon)

    def _say_taken_back(self, sentence: str, changesets: list[int]) -> None:
        """With the way back: of several deeds it is one for all of them."""

        def again() -> None:
            self.deeds.redo_these(changesets)

        n = len(changesets)
        if n > 1:
            way_back = tr("Redo all {n}", n=n)
            self.notices.say(sentence, icon="undo", action=(way_back, again))
        else:
            self.notices.say(sentence, icon="undo", redo=again if n else None)

    def _find(self) -> None:
        page = self.current_page
        fields = page.findChildren(SearchField) if page else []
        if field := next((field for field in fields if field.isVisible()), None):
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            field.selectAll()

    def _undo(self) -> None:
        """What is typed and not saved yet is the newest deed: it is saved, and then taken back like any other."""
        if self.current_page is None or self.current_page.may_leave():
            self.deeds.undo()

    def _redo(self) -> None:
        """A text in which typing was taken back does its own again, also with a key that is not its own."""
        field = self.focusWidget()
        typed = field.document() if isinstance(field, (QTextEdit, QPlainTextEdit)) else field
        if isinstance(typed, (QLineEdit, QTextDocument)) and typed.isRedoAvailable():
            typed.redo()
        else:
            self.deeds.redo()

    def _name_undo(self, undo: Message | None, redo: Message | None) -> None:
        for id, label, named, plain in (
            ("edit.undo", undo, tr("Undo: {deed}", deed=words(undo or "")), tr("Undo")),
            ("edit.redo", redo, tr("Redo: {deed}", deed=words(redo or "")), tr("Redo")),
        ):
            self.actions_[id].setText((named if label else plain).replace("&", "&&"))
            self.actions_[id].setEnabled(label is not None and not self._read_only)

    def take_files(self, paths: list[Path]) -> None:
        """Give dropped files to the page at the front, else to the contacts, which can bring in lists."""
        if self._read_only:
            self._say_why_not()
            return
        page = self.current_page
        if page is not None and page.take_files(paths):
            return
        if "contacts" in self._specs:
            self.open_page("contacts")
            self._pages["contacts"].take_files(paths)

    def _show_help(self) -> None:
        """The help page of where one is."""
        from alumnidesk.ui.help.window import HelpWindow  # 4 % of the start: the text classes of Qt

        if self._help is None:
            self._help = HelpWindow(self._look, self)
        page = self.current_page
        self._help.come(page.help_topic if page is not None else "")

    # Coming and going ------------------------------------------------------------------------------------------

    def _save_copy(self) -> None:
        """Write all that is in the file to another place: the way out when it was moved or replaced underneath."""
        kinds, name = files.data_file_kinds(), tr("Copy of {file}", file=self._file_name)
        out = files.ask_save(self, self._preferences, tr("Save a copy"), kinds, "copy", name)
        if out is not None:
            self.context.tasks.run(lambda desk: desk.save_copy(out), partial(self._copied, out))

    def _copied(self, out: Path, goes_on: bool) -> None:
        said = tr("Copy saved as {file}", file=out.name)
        if goes_on:
            said = tr("Copy saved. From now on you work in {file}", file=out.name)
            self.show_file(out)
            self.show_read_only(False)
            self.context.drafts.turn_to(out)
            self.went_on_in.emit(out)
        self.notices.say(said, icon="copy")

    def show_read_only(self, read_only: bool) -> None:
        """Say above every page that nothing can be changed here, and take what would change something out of reach."""
        why = tr("This file may only be read; a copy of it can be changed.")
        if read_only and self._banner is None:
            from alumnidesk.ui.widgets.banner import Banner  # seldom needed

            self._banner = Banner(self._look, why, tr("Save a copy …"), self._save_copy)
            self._middle.insertWidget(0, self._banner)
            go_on_to(self._banner, self._navigation)
        if self._banner is not None:
            self._banner.setVisible(read_only)
        self._read_only = read_only
        hold(self, why if read_only else "")
        for id in CHANGING - {"edit.undo", "edit.redo"}:
            hold_action(self.actions_[id], why if read_only else "")
        self.deeds.read_next()

    def show_file(self, path: Path) -> None:
        """Name the open file in the window's frame."""
        self._file_name = path.name
        self.setWindowTitle(tr("{file} – AlumniDesk", file=path.stem))
        self.status.show_file(path)

    def leave(self, *, file_too: bool = True) -> bool:
        """Save what is typed on the page at the front, ask before anything begun is lost, and remember the window's
        place; False to stay. Unless the file is closed too, work that is under way goes on."""
        if not self._stored():
            return False
        if not self._may_give_up(file_too=file_too):
            return False
        self._remember_place()
        return True

    def _stored(self) -> bool:
        """Is all that was typed in the file? What could not be is tried again, and its page comes to the front."""
        page = self.current_page
        if page is not None and not (page.may_leave() and page.stored()):
            return False
        for name, page in self._pages.items():
            if page.unstored:
                self.open_page(name)
                if not (page.may_leave() and page.stored()):
                    return False
        return True

    def leave_unasked(self) -> None:
        """The same where nobody may be there to answer: what is typed is saved as far as it can be."""
        if self.current_page is not None:
            self.current_page.may_leave()
        self._remember_place()

    def _remember_place(self) -> None:
        self._preferences.keep("window/geometry", self.saveGeometry())

    def _may_give_up(self, *, file_too: bool) -> bool:
        """Ask before what one would miss; work that ends while the question stands settles it, and one stays."""
        tasks, messages, stop = self.context.tasks, self.context.messages, tr("Stop and close")
        if tasks.stopped:  # nothing can be gone on with any more
            return True
        for begun in filter(None, [page.unfinished for page in self._pages.values()]):
            if messages.ask(begun.head, begun.sentence, [stop, begun.go_on]) != 0:
                return False
        if file_too and (running := tasks.unfinished):
            head, sentence = words(running[0].running), tr("Nothing of it has been written yet.")
            verbs = [stop, tr("Let it finish")]

            def written() -> bool:
                return running[0] not in tasks.unfinished

            if messages.ask(head, sentence, verbs, settled=written) != 0 or written():
                return False
            tasks.give_up()
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(self.leave())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt:
            self._menu_bar.underline(True)
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt:
            self._menu_bar.underline(False)
        super().keyReleaseEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_files(event)
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)


def dropped_files(event: QDropEvent) -> list[Path]:
    """The files on this computer that are being dropped."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
