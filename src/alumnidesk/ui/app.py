"""The program with a window: starts, opens a data file or welcomes, dresses anew, and ends without losing anything."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu

from alumnidesk.desk import Desk
from alumnidesk.errors import AlumniDeskError, Cancelled, EnvironmentFault
from alumnidesk.i18n import say
from alumnidesk.places import APPLICATION, data_folder
from alumnidesk.progress import Progress
from alumnidesk.ui import files
from alumnidesk.ui.deeds import Deeds
from alumnidesk.ui.ending import Ending
from alumnidesk.ui.look import SCALES, Look
from alumnidesk.ui.messages import Messages
from alumnidesk.ui.preferences import Preferences
from alumnidesk.ui.tasks import Tasks
from alumnidesk.ui.window import MainWindow
from alumnidesk.ui.words import set_language, tr, words

if TYPE_CHECKING:
    from alumnidesk.ui.opening import Opening

BACKUP_EVERY = 30 * 60 * 1000
"""Milliseconds between two looks whether a backup is due."""
SETTLE = 250
"""Milliseconds after the answer to the first page: by then it is painted, and its first detail has been asked for."""
IDLE = 1000
"""Milliseconds after that until the owner thread imports what deeds need; what is asked before goes first."""
PATIENCE = 600
"""Milliseconds that a file may take to open before it is shown how far it is."""


def main(argv: list[str]) -> int:
    """Open the window over the file named in `argv`, the last one, or none; returns the exit status."""
    # The style is named here because QApplication.setStyle loads every style class there is (16 ms).
    application = QApplication([APPLICATION, "-style", "fusion"])
    application.setApplicationName(APPLICATION)
    application.setApplicationDisplayName("")
    application.setDesktopFileName("alumnidesk")
    program = Program(application, Preferences())
    sys.excepthook = program.crashed
    Ending(program.end, program)
    program.start(Path(argv[0]) if argv else None)
    status = application.exec()
    program.stop()
    sys.excepthook = sys.__excepthook__
    return status


def _newest_backup(desk: Desk) -> tuple[dt.timedelta | None, bool]:
    """How old it is, and whether one is overdue."""
    age = desk.backups.age()
    return age, desk.backups.overdue(age)


class Program(QObject):
    """What outlives a window: preferences, look, the owner thread with the open file."""

    def __init__(self, application: QApplication, preferences: Preferences) -> None:
        super().__init__()
        self._application, self.preferences = application, preferences
        self._translator: QTranslator | None = None
        self._speak()
        self.look = self._new_look(late=True)
        self.messages = Messages(self.look)
        self.tasks = Tasks(self)
        self.deeds = Deeds(self.tasks, self.tasks)
        self._waiting: MainWindow | None = None
        self._opening: Opening | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self._show_opening)
        self.window: QMainWindow | None = None
        self.path: Path | None = None
        self._progress: Progress | None = None
        self._before: Path | None = None
        self._read_only = False
        self._doorbell: QObject | None = None
        self._backup: tuple[dt.timedelta | None, bool] = None, False
        """What `_newest_backup` found."""
        self._backup_timer = QTimer(self)
        self._backup_timer.setInterval(BACKUP_EVERY)
        self._backup_timer.timeout.connect(self._back_up)
        self.tasks.unhandled.connect(self.show_problem)
        preferences.changed.connect(self._preference_changed)

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
        self._backup_timer.stop()
        self._close_doorbell()
        if self._opening is not None:
            self._opening.reject()
        self._no_longer_opening()
        self.path = None
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = self.messages.window = None
        self._close_file()
        self.preferences.save()

    def end(self) -> None:
        """The session ends, and perhaps nobody is there any more: save what is typed and close the file, unasked."""
        self._application.exit()  # first: no dialog waits for an answer any more, neither one that stands open
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
        path = self.path
        if path is None or (isinstance(self.window, MainWindow) and not self.window.leave()):
            return
        self._close_doorbell()
        self.tasks.stop()
        self.preferences.forget(path)
        self.path = None
        from PySide6.QtCore import QFile  # with what it leans on 1 % of a start

        if not QFile(str(path)).moveToTrash():  # no waste basket on this disk: then it only stands aside
            path.replace(path.with_name(f"{path.name}-removed"))
        self.welcome()

    def _is_sample(self) -> bool:
        return self.path is not None and str(self.path) == self.preferences.text("sample")

    def restore(self, backup: Path) -> None:
        """Put a backup in the place of the open file; if that cannot be done, the file stays as it is."""
        if self.path is not None:
            self._restore(self.path, backup)

    def _restore(self, path: Path, backup: Path) -> None:
        progress = Progress(say("Opening the file …"))
        refused: list[AlumniDeskError] = []
        kept: list[Path | None] = []

        def opener() -> Desk:
            try:
                kept.append(Desk.restore(path, backup, progress))
            except AlumniDeskError as problem:
                refused.append(problem)
                return Desk.open(path)
            return Desk.open(path, progress)

        def outcome(_: Desk) -> Path | None:
            if refused:
                raise refused[0]
            return kept[0]

        self._begin(path, opener, progress)
        self.tasks.run(outcome, self._say_restored)

    def _say_restored(self, kept: Path | None) -> None:
        if isinstance(self.window, MainWindow) and kept is not None:
            said = tr("Restored. The file as it was before is kept beside it as {file}", file=kept.name)
            self.window.notices.say(said, icon="archive")

    def _close_file(self) -> None:
        """Let the owner thread finish and close the file."""
        self.tasks.stop()
        if self.tasks.not_backed_up is not None:
            self.messages.not_backed_up(self.tasks.not_backed_up)
            self.tasks.not_backed_up = None

    def _begin(self, path: Path, opener: Callable[[], Desk], progress: Progress | None = None) -> None:
        if isinstance(self.window, MainWindow) and not self.window.leave():
            return
        self._close_doorbell()
        self._close_file()
        self.tasks.deleteLater()
        self.tasks = Tasks(self)
        self.tasks.unhandled.connect(self.show_problem)
        self.deeds = Deeds(self.tasks, self.tasks)
        self._before, self.path = self.path, path
        self._progress = progress
        self.tasks.start(opener, self._opened, failed=self._not_opened, progress=progress)
        self._patience.start()
        self._waiting = self._main_window()  # built while the owner thread opens the file

    def _show_opening(self) -> None:
        from alumnidesk.ui.opening import Opening  # most files are open before anybody could read it

        if self.path is not None and self._progress is not None:
            self._opening = Opening(self.look, self.path.name, self._progress, self.window)
            self._opening.show()

    def _no_longer_opening(self) -> None:
        self._patience.stop()
        if self._opening is not None:
            self._opening.over()
            self._opening = None

    def _opened(self, desk: Desk) -> None:
        if self.path is None:  # the program has ended meanwhile
            return
        self._no_longer_opening()
        self.preferences.opened(self.path)
        self._read_only = desk.read_only
        self.deeds.attach()
        self._name_author()
        self._show_main(self._waiting or self._main_window())
        self._waiting = None
        # The owner thread answers in turn: once it gets to this, what the first page asked for is on its way.
        self.tasks.run(lambda desk: None, lambda _: QTimer.singleShot(SETTLE, self, self._settle))

    def _name_author(self) -> None:
        if author := self.preferences.author:
            self.tasks.run(lambda desk: setattr(desk, "author", author))

    def _settle(self) -> None:
        """After the first paint: what nobody waits for."""
        if self.path is not None:
            self._hang_doorbell(self.path)
            QTimer.singleShot(IDLE, self, lambda: self.tasks.run(lambda desk: desk.prepare()))
            self.tasks.ended.connect(self._read_age)  # long work makes backups
            self._read_age()
            self._backup_timer.start()

    def _went_on_in(self, copy: Path) -> None:
        self.path = copy
        self.preferences.opened(copy)
        self._read_only = False
        self._close_doorbell()
        self._hang_doorbell(copy)
        self._read_age()

    def _read_age(self) -> None:
        self.tasks.run(_newest_backup, self._show_age, latest="backup age")

    def _back_up(self) -> None:
        """Make a backup if anything was written since the last one, and say how old the newest is."""

        def work(desk: Desk) -> tuple[dt.timedelta | None, bool]:
            if desk.backups.is_due() and not desk.read_only:
                desk.backups.make("timer")
            return _newest_backup(desk)

        self.tasks.run(work, self._show_age, latest="backup age")

    def _show_age(self, backup: tuple[dt.timedelta | None, bool]) -> None:
        self._backup = backup
        if isinstance(self.window, MainWindow):
            self.window.status.show_backup(*backup)

    def _not_opened(self, problem: BaseException) -> None:
        from alumnidesk.ui.single import raise_other
        from alumnidesk.ui.unopened import explain  # both seldom needed

        path, self.path = self.path, None
        if path is None:  # the program has ended meanwhile
            return
        self._no_longer_opening()
        if self._waiting is not None:
            self._waiting.deleteLater()
            self._waiting = None
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

    def _hang_doorbell(self, path: Path) -> None:
        from alumnidesk.ui.single import Doorbell  # QtNetwork is 5 % of the start

        self._doorbell = Doorbell(path, self._come_forward, self)

    def _close_doorbell(self) -> None:
        if self._doorbell is not None:
            self._doorbell.deleteLater()
            self._doorbell = None

    def _come_forward(self) -> None:
        if self.window is not None:
            self.window.showNormal() if self.window.isMinimized() else self.window.show()
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

    def _main_window(self) -> MainWindow:
        handlers = self._handlers()
        if self._is_sample():
            handlers["file.remove_sample"] = self.remove_sample
        window = MainWindow(self.look, self.tasks, self.deeds, self.preferences, self.messages, handlers)
        window.menus.recent = self._fill_recent
        window.files_dropped.connect(self._dropped)
        window.restore_asked.connect(self.restore)
        window.went_on_in.connect(self._went_on_in)
        return window

    def _show_main(self, window: MainWindow) -> None:
        assert self.path is not None
        window.opened(self.path)
        window.status.show_backup(*self._backup)
        if self._read_only:
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
            "view.larger": lambda: self._step(1),
            "view.smaller": lambda: self._step(-1),
            "view.normal": lambda: self._scale(100),
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

    # Dress -----------------------------------------------------------------------------------------------------

    def _step(self, by: int) -> None:
        place = min(range(len(SCALES)), key=lambda i: abs(SCALES[i] - self.preferences.scale)) + by
        if 0 <= place < len(SCALES):
            self._scale(SCALES[place])

    def _scale(self, scale: int) -> None:
        self.preferences.scale = scale

    def _preference_changed(self, name: str) -> None:
        if name == "palette":
            self.look.choose(self.preferences.palette)
        elif name == "author":
            self._name_author()
        elif name in ("language", "scale"):
            QTimer.singleShot(0, self, self._build_anew)  # the menu or page that asked must be done first

    def _build_anew(self) -> None:
        """Another language or text size: the same file in a new window."""
        window = self.window
        if isinstance(window, MainWindow) and not window.leave():
            return
        self._speak()
        self.look = self._new_look()
        self.messages = Messages(self.look)
        if isinstance(window, MainWindow):
            self._show_main(self._main_window())
        elif window is not None:
            self.welcome()

    def _new_look(self, late: bool = False) -> Look:
        look = Look(self._application, palette=self.preferences.palette, scale=self.preferences.scale, late=late)
        look.setParent(self)
        return look

    def _speak(self) -> None:
        """Our own words, and those of Qt's own dialogs and menus."""
        code = self.preferences.language
        set_language(code)
        if self._translator is not None:
            self._application.removeTranslator(self._translator)
        self._translator = QTranslator(self)
        if self._translator.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._application.installTranslator(self._translator)
