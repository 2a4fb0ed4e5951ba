"""The program with a window: starts, opens a data file or welcomes, dresses anew, and ends without losing anything."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu

from alumnidesk.desk import Desk
from alumnidesk.errors import AlumniDeskError, Cancelled, EnvironmentFault
from alumnidesk.i18n import say
from alumnidesk.places import APPLICATION, data_folder, one_spelling
from alumnidesk.progress import Progress
from alumnidesk.ui import files
from alumnidesk.ui.dress import Dress
from alumnidesk.ui.ending import Ending
from alumnidesk.ui.look import Look
from alumnidesk.ui.messages import Messages
from alumnidesk.ui.open_file import SETTLE, OpenFile
from alumnidesk.ui.preferences import Preferences
from alumnidesk.ui.screen_readers import steady_areas
from alumnidesk.ui.tasks import STORED_WITHIN, Tasks
from alumnidesk.ui.window import MainWindow
from alumnidesk.ui.words import tr, words

if TYPE_CHECKING:
    from alumnidesk.ui.opening import Opening

PATIENCE = 600
"""Milliseconds that a file may take to open before it is shown how far it is."""


def main(argv: list[str]) -> int:
    """Open the window over the file named in `argv`, the last one, or none; returns the exit status."""
    # The style is named here because QApplication.setStyle loads every style class there is (16 ms).
    application = Application([APPLICATION, "-style", "fusion"])
    application.setApplicationName(APPLICATION)
    application.setApplicationDisplayName("")
    application.setDesktopFileName("alumnidesk")
    steady_areas()
    program = Program(application, Preferences())
    sys.excepthook = program.crashed
    application.file_asked.connect(program.open_asked)
    Ending(application, program.end, program.save_typed, program)
    program.start(Path(argv[0]) if argv else None)
    status = application.exec()
    program.stop()
    sys.excepthook = sys.__excepthook__
    return status


class Application(QApplication):
    """Qt's, which says in `file_asked` that somebody opened a file of ours in the Finder of a Mac: other systems start
    the program anew with its name."""

    file_asked = Signal(object)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):
            self.file_asked.emit(Path(event.file()))
            return True
        return super().event(event)


class Program(QObject):
    """What outlives a window: preferences, dress, the open file."""

    def __init__(self, application: QApplication, preferences: Preferences) -> None:
        super().__init__()
        self._application, self.preferences = application, preferences
        self._dress = Dress(application, preferences, self)
        self.messages = Messages(self.look)
        self.window: QMainWindow | None = None
        self.file: OpenFile | None = None
        """The file that is open or being opened."""
        self._before: Path | None = None
        """The file before it, where one is again if it cannot be opened."""
        self._waiting: MainWindow | None = None
        """The window of the file that is being opened."""
        self._opening: Opening | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self._show_opening)
        preferences.changed.connect(self._preference_changed)

    @property
    def look(self) -> Look:
        """Of the windows that are built now."""
        return self._dress.look

    @property
    def path(self) -> Path | None:
        """Where the open file lies."""
        return self.file.path if self.file is not None else None

    @property
    def tasks(self) -> Tasks:
        """The owner thread of the open file."""
        assert self.file is not None
        return self.file.tasks

    # Starting and ending ---------------------------------------------------------------------------------------

    def start(self, path: Path | None) -> None:
        """Open `path`, else the last file, else welcome."""
        recent = self.preferences.recent_files
        path = path or (recent[0] if recent else None)
        if path is None:
            self.welcome()
        else:
            self.open(path)

    def stop(self) -> None:
        """Finish what is queued and close the file; the desk makes its backup then."""
        if self.file is not None:
            self.file.stop_opening()
        self._end_opening()
        if self.window is not None:
            if isinstance(self.window, MainWindow):
                self.window.leave_unasked()
            self.window.hide()
            self.window.deleteLater()
            self.window = self.messages.window = None
        self._close_file()
        self.preferences.save()

    def save_typed(self) -> None:
        """Save what is typed, unasked, and go on: the session may end in a moment, or not."""
        if isinstance(self.window, MainWindow):
            self.window.leave_unasked()
            self.tasks.wait(STORED_WITHIN)  # without its answers: one of them might ask something
        self.preferences.save()

    def end(self) -> None:
        """The session ends, and perhaps nobody is there any more: save what is typed and close the file, unasked.

        The system does not wait long: work that has not written anything yet is not finished before.
        """
        self._application.exit()  # first: no dialog waits for an answer any more, neither one that stands open
        if self.file is not None:
            self.file.tasks.give_up()
        self.stop()

    def crashed(self, kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> None:
        """The last resort for what nobody caught; shown once the broken step is over, and the program goes on."""
        sys.__excepthook__(kind, bug, trace)
        QTimer.singleShot(0, self, lambda: self.messages.crashed(bug))

    def show_problem(self, problem: BaseException) -> None:
        """Show what went wrong over the present window."""
        self.messages.show(problem)

    # Files -----------------------------------------------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Open a data file in place of the present one."""
        progress = Progress(say("Opening the file …"))
        self._begin(path, lambda: Desk.open(path, progress), progress)

    def open_asked(self, path: Path) -> None:
        """Open a data file that somebody opened outside; the window comes forward, also over one that is open."""
        if self.path is None or one_spelling(self.path) != one_spelling(path):
            self.open(path)
        self._come_forward()

    def new(self) -> None:
        """Ask for a place and a name, which is the association's too, and make a new data file there."""
        suggested = tr("My association") + files.DATA_FILE
        path = files.ask_save(self.window, self.preferences, tr("New file"), files.data_file_kinds(), "data", suggested)
        if path is not None:
            language = self.preferences.language
            name = "" if path.name == suggested else path.stem
            self._begin(path, lambda: Desk.create(path, language, name))

    def ask_open(self) -> None:
        """Ask which data file to open."""
        path = files.ask_open(self.window, self.preferences, tr("Open a file"), files.data_file_kinds(), "data")
        if path is not None:
            self.open(path)

    def open_sample(self) -> None:
        """Open the sample association; made when it is asked for the first time."""
        path = data_folder() / (tr("Sample association") + files.DATA_FILE)
        self.preferences.keep("sample", str(path))
        if path.exists():
            self.open(path)
            return
        progress, language = Progress(say("Inventing people …")), self.preferences.language
        self._begin(path, lambda: Desk.create_sample(path, language=language, progress=progress), progress)

    def remove_sample(self) -> None:
        """Put the sample's file into the computer's waste basket and begin anew; asked for again, it is made anew."""
        if not self._may_leave() or (file := self._let_go()) is None:
            return
        file.close()
        path, self._before = file.path, None
        self.preferences.forget(path)
        from PySide6.QtCore import QFile  # with what it leans on 1 % of a start

        if not QFile(str(path)).moveToTrash():  # no waste basket on this disk: then it only stands aside
            path.replace(path.with_name(f"{path.name}-removed"))
        self.welcome()

    def restore(self, backup: Path) -> None:
        """Put a backup in the place of the open file; if that cannot be done, the file stays as it is."""
        if self.path is not None:
            self._restore(self.path, backup)

    def _restore(self, path: Path, backup: Path) -> None:
        progress = Progress(say("Opening the file …"))
        outcome: list[Path | AlumniDeskError | None] = []

        def opener() -> Desk:
            try:
                outcome.append(Desk.restore(path, backup, progress))
            except AlumniDeskError as problem:
                outcome.append(problem)
                return Desk.open(path)
            return Desk.open(path, progress)

        if self._begin(path, opener, progress):
            self.tasks.run(lambda _: outcome[0], self._say_restored)

    def _say_restored(self, outcome: Path | AlumniDeskError | None) -> None:
        """Where the file lies that was replaced, if there was one, or why it was not."""
        if isinstance(outcome, AlumniDeskError):
            self.messages.show(outcome)
        elif isinstance(self.window, MainWindow) and outcome is not None:
            said = tr("Restored. The file as it was before is kept beside it as {file}", file=outcome.name)
            self.window.notices.say(said, icon="archive")

    # Opening and closing ---------------------------------------------------------------------------------------

    def _may_leave(self) -> bool:
        """Save what is typed in the open file; False to stay there."""
        return self.file is None or not isinstance(self.window, MainWindow) or self.window.leave()

    def _begin(self, path: Path, opener: Callable[[], Desk], progress: Progress | None = None) -> bool:
        """Open another file in place of the present one; False to stay there, or if it is being opened already."""
        if self._waiting is not None and self.file is not None and self.file.path == path:
            return False  # a double click, mostly: what the first began would be broken off
        if not self._may_leave():
            return False
        self._end_opening()
        self._close_file()
        file = self.file = OpenFile(path, self)
        file.tasks.unhandled.connect(self.show_problem)
        file.opened.connect(self._opened)
        file.not_opened.connect(self._not_opened)
        file.rung.connect(self._come_forward)
        file.open(opener, progress)
        self._patience.start()
        self._waiting = self._main_window(file)  # built while the owner thread opens the file
        return True

    def _let_go(self) -> OpenFile | None:
        """The open file, which is the program's no more."""
        file, self.file = self.file, None
        if file is not None:
            file.deleteLater()
        return file

    def _close_file(self) -> None:
        if (file := self._let_go()) is not None:
            self._before = file.path
            if (problem := file.close()) is not None:
                self.messages.not_backed_up(problem)

    def _show_opening(self) -> None:
        from alumnidesk.ui.opening import Opening  # most files are open before anybody could read it

        if self.file is not None and self.file.progress is not None:
            self._opening = Opening(self.look, self.file.path.name, self.file.progress, self.window)
            self._opening.show()

    def _end_opening(self) -> None:
        """Take the dialog away, and the window unless it is shown."""
        self._patience.stop()
        if self._opening is not None:
            self._opening.over()
            self._opening = None
        if self._waiting is not None:
            self._waiting.deleteLater()
            self._waiting = None

    def _opened(self) -> None:
        window, self._waiting = self._waiting, None
        self._end_opening()
        assert self.file is not None
        assert window is not None
        self.preferences.opened(self.file.path)
        self._name_author()
        self._show_main(window)

    def _name_author(self) -> None:
        if self.file is not None and (author := self.preferences.author):
            self.file.sign(author)

    def _went_on_in(self, copy: Path) -> None:
        assert self.file is not None
        self.file.go_on_in(copy)
        self.preferences.opened(copy)

    def _not_opened(self, problem: BaseException) -> None:
        from alumnidesk.ui.single import raise_other
        from alumnidesk.ui.unopened import explain  # both seldom needed

        file = self._let_go()
        assert file is not None
        file.close()
        self._end_opening()
        path = file.path
        if isinstance(problem, EnvironmentFault) and raise_other(path):
            if self.window is None:
                self._application.quit()
                return
        elif isinstance(problem, Cancelled):
            said = tr("“{file}” was not opened", file=path.name)
            self.messages.ask(said, words(problem.message), [tr("Understood")])
        elif (backup := explain(self.look, self.preferences, self.messages, path, problem)) is not None:
            self._restore(path, backup)
            return
        else:
            self.preferences.forget(path)
        if self._before is not None and self._before != path:
            self.open(self._before)
        else:
            self.welcome()

    def _come_forward(self) -> None:
        if self.window is not None:
            state = self.window.windowState()
            self.window.setWindowState(state & ~Qt.WindowState.WindowMinimized)  # maximised it stays
            self.window.show()
            self.window.raise_()
            self.window.activateWindow()

    # Windows ---------------------------------------------------------------------------------------------------

    def welcome(self) -> None:
        """Show the first start."""
        from alumnidesk.ui.welcome import WelcomeWindow  # a start with a file does without

        window = WelcomeWindow(self.look, self.preferences, {**self._handlers(), "welcome.sample": self.open_sample})
        window.menus.recent = self._fill_recent
        window.files_dropped.connect(self._dropped)
        self._show(window)

    def _main_window(self, file: OpenFile) -> MainWindow:
        handlers = self._handlers()
        if str(file.path) == self.preferences.text("sample"):
            handlers["file.remove_sample"] = self.remove_sample
        window = MainWindow(self.look, file.tasks, file.deeds, self.preferences, self.messages, handlers)
        file.backup_found.connect(window.status.show_backup)
        window.menus.recent = self._fill_recent
        window.files_dropped.connect(self._dropped)
        window.restore_asked.connect(self.restore)
        window.went_on_in.connect(self._went_on_in)
        return window

    def _show_main(self, window: MainWindow) -> None:
        assert self.file is not None
        window.opened(self.file.path)
        if (found := self.file.backup) is not None:
            window.status.show_backup(*found)
        if self.file.read_only:
            window.show_read_only(True)
        self._show(window)
        QTimer.singleShot(SETTLE, window, window.offer_drafts)

    def _show(self, window: QMainWindow) -> None:
        before, self.window = self.window, window
        self.messages.window = window
        self.look.put_on()
        window.show()
        if before is not None:
            before.hide()
            before.deleteLater()

    def _handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "file.new": self.new,
            "file.open": self.ask_open,
            "file.recent": lambda: None,
            "file.quit": self._quit,
            "view.larger": lambda: self._dress.step(1),
            "view.smaller": lambda: self._dress.step(-1),
            "view.normal": self._dress.usual_size,
            "help.keys": self._show_keys,
            "help.about": self._show_about,
        }

    def _show_keys(self) -> None:
        from alumnidesk.ui.keys import show_keys  # not needed to start, like the next

        show_keys(self.look, self.window)

    def _show_about(self) -> None:
        from alumnidesk.ui.keys import show_about

        show_about(self.look, self.window)

    def _quit(self) -> None:
        if self.window is not None:
            self.window.close()

    def _fill_recent(self, menu: QMenu) -> None:
        for path in self.preferences.recent_files:
            if path != self.path:
                text = tr("{file} in {folder}", file=path.stem, folder=str(path.parent)).replace("&", "&&")
                menu.addAction(text, partial(self.open, path))

    def _dropped(self, paths: list[Path]) -> None:
        """A data file is opened; anything else goes to the page in front, then to the contacts."""
        data = [path for path in paths if path.suffix == files.DATA_FILE]
        if data:
            self.open(data[0])
        elif isinstance(self.window, MainWindow):
            self.window.take_files(paths)

    # Dressing anew ---------------------------------------------------------------------------------------------

    def _preference_changed(self, name: str) -> None:
        if name == "author":
            self._name_author()
        elif name in ("language", "scale"):
            QTimer.singleShot(0, self, self._build_anew)  # the menu or page that asked must be done first

    def _build_anew(self) -> None:
        """Another language or text size: the same file in a new window."""
        if isinstance(self.window, MainWindow) and not self.window.leave(file_too=False):
            return
        before = self._dress.change()
        self.messages = Messages(self.look)
        if self.file is not None:
            self._show_main(self._main_window(self.file))
        elif self.window is not None:
            self.welcome()
        before.deleteLater()
