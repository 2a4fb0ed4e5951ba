"""The first start: begin, continue, look around. Language and text size can be chosen before anything else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup, QDragEnterEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QMenu, QScrollArea, QVBoxLayout, QWidget

from alumnidesk.i18n import LANGUAGES
from alumnidesk.ui.actions import Actions
from alumnidesk.ui.look import SCALES, Look
from alumnidesk.ui.menus import Menus
from alumnidesk.ui.preferences import Preferences
from alumnidesk.ui.widgets.buttons import Button, FilledButton, OutlinedButton, PlainButton, key_words
from alumnidesk.ui.widgets.circle import FIRST_START, Circle
from alumnidesk.ui.widgets.empty import Drawing
from alumnidesk.ui.widgets.foot import Foot
from alumnidesk.ui.widgets.label import Label, title
from alumnidesk.ui.widgets.menu_bar import MenuBar
from alumnidesk.ui.widgets.notice import Symbol
from alumnidesk.ui.widgets.paint import fill, frame
from alumnidesk.ui.window import SMALLEST, dropped_files, first_size
from alumnidesk.ui.words import language, tr

CARD = (320, 276)


class WelcomeWindow(QMainWindow):
    """`handlers` says what is done for file.new, file.open, welcome.sample and the other actions of the program."""

    files_dropped = Signal(list)

    def __init__(self, look: Look, preferences: Preferences, handlers: Mapping[str, Callable[[], object]]) -> None:
        super().__init__()
        self._look, self._preferences, self._handlers = look, preferences, handlers
        self.setWindowTitle("AlumniDesk")
        self.setAcceptDrops(True)
        self.setMinimumSize(*SMALLEST)
        self.actions_ = Actions(look, self)
        self.actions_.asked.connect(lambda id: self._handlers[id]() if id in self._handlers else None)
        self.setMenuBar(MenuBar(look))
        self.menus = Menus(self.menuBar(), self.actions_, look, lambda id: id in self._handlers)
        self.addActions(self.actions_.all())
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._middle(look))
        column.addWidget(scroll, 1)
        column.addWidget(self._foot(look))
        self.setCentralWidget(body)
        self.resize(first_size(self.screen().availableSize()))
        self.begin.setFocus()

    def _middle(self, look: Look) -> QWidget:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(look.px(20), look.px(20), look.px(20), look.px(20))
        column.setSpacing(0)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addStretch(1)
        column.addWidget(Drawing(look), 0, centre)
        column.addSpacing(look.px(20))
        column.addWidget(title(look, tr("Welcome to AlumniDesk")), 0, centre)
        column.addSpacing(look.px(6))
        below = tr("Contacts, events and letters in one file. It stays on this computer.")
        column.addWidget(Label(look, below, role="text2"), 0, centre)
        column.addSpacing(look.px(26))
        cards = QHBoxLayout()
        cards.setSpacing(look.px(24))
        cards.addStretch(1)
        self.begin = FilledButton(look, tr("New file"), clicked=self._handlers["file.new"])
        self.open = OutlinedButton(look, tr("Open a file"), clicked=self._handlers["file.open"])
        self.sample = OutlinedButton(look, tr("Open the sample"), clicked=self._handlers["welcome.sample"])
        for icon, head, sentence, button in (
            (
                "file-plus",
                tr("Begin"),
                tr("Name your association. Then import your Excel list, or add the first contact by hand."),
                self.begin,
            ),
            ("folder", tr("Continue"), tr("Open a file from this computer or a stick."), self.open),
            (
                "compass",
                tr("Look around"),
                tr("Try everything in a sample association of 240 invented people. One click removes it."),
                self.sample,
            ),
        ):
            cards.addWidget(_Card(look, icon, head, sentence, button))
        cards.addStretch(1)
        column.addLayout(cards)
        column.addSpacing(look.px(24))
        hint = QHBoxLayout()
        hint.setSpacing(look.px(10))
        hint.addStretch(1)
        hint.addWidget(Symbol(look, "import"))
        hint.addWidget(Label(look, tr("Or drop an AlumniDesk file anywhere in this window."), role="text2"))
        hint.addStretch(1)
        column.addLayout(hint)
        column.addStretch(1)
        return middle

    def _foot(self, look: Look) -> QWidget:
        foot = Foot(look, 40, 12, 16)
        row = foot.row
        languages = self._choices(LANGUAGES, language().code, self._speak)
        sizes = {str(scale): tr("{scale} %", scale=scale) for scale in SCALES}
        scales = self._choices(sizes, str(look.scale), self._scale)
        name = LANGUAGES.get(language().code, language().code)
        row.addWidget(_Low(look, name, icon="globe", menu=languages))
        row.addWidget(_Low(look, tr("Text size {scale} %", scale=look.scale), icon="text-size", menu=scales))
        row.addStretch(1)
        if "help.here" in self._handlers:
            row.addWidget(
                _Low(look, tr("Help"), icon="question", key=key_words("F1"), clicked=self._handlers["help.here"])
            )
        return foot

    def _choices(self, choices: Mapping[str, str], current: str, chosen: Callable[[str], None]) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for key, words in choices.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(key == current)
            action.triggered.connect(lambda _=False, key=key: chosen(key))
            group.addAction(action)
        return menu

    def _speak(self, code: str) -> None:
        self._preferences.language = code

    def _scale(self, scale: str) -> None:
        self._preferences.scale = int(scale)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths: list[Path] = dropped_files(event)
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)


class _Low(PlainButton):
    tall = 32


class _Card(QWidget):
    """One way to start: circle, bold word, sentence, button over the whole width."""

    def __init__(self, look: Look, icon: str, head: str, sentence: str, button: Button) -> None:
        super().__init__()
        self._look = look
        width, height = CARD
        self.setFixedWidth(look.px(width))
        self.setMinimumHeight(look.px(height))
        column = QVBoxLayout(self)
        margin = look.px(24)
        column.setContentsMargins(margin, margin - 1, margin, margin - 1)
        column.setSpacing(0)
        column.addWidget(Circle(look, FIRST_START, icon=icon))
        column.addSpacing(look.px(16))
        column.addWidget(Label(look, head, bold=True))
        column.addSpacing(look.px(4))
        column.addWidget(Label(look, sentence, role="text2", wraps=True))
        column.addStretch(1)
        column.addSpacing(look.px(16))
        button.tall = 40
        column.addWidget(button)
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill(painter, self.rect(), self._look.colour("raised" if not self._look.palette.dark else "page"), 10)
        frame(painter, self.rect(), self._look.colour("line"), self._look.px(10))
