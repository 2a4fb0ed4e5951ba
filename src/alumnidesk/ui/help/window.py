"""The help window: topics at the left, one page at the right. It stands beside the main window while one works."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QKeyEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QAbstractButton, QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from alumnidesk.i18n import say
from alumnidesk.ui.help.topics import FIRST, TOPICS, text_of, title_of, topic_of
from alumnidesk.ui.look import Look
from alumnidesk.ui.navigation import Navigation
from alumnidesk.ui.pages import PageSpec
from alumnidesk.ui.widgets.label import Ground, Line
from alumnidesk.ui.widgets.scroller import Scroller
from alumnidesk.ui.words import language, tr

SIZE = (860, 640)
ICONS = {
    "start": "home",
    "contacts": "contacts",
    "searching": "search",
    "import": "import",
    "export": "export",
    "sync": "sync",
    "events": "calendar",
    "letters": "mail",
    "mailings": "list",
    "returned-mail": "returned",
    "consent": "shield",
    "duplicates": "same-person",
    "history-and-undo": "history",
    "backups": "shield-check",
    "keyboard": "keyboard",
}


class HelpWindow(QDialog):
    """Opened once and then kept; `go_to` shows another topic."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(tr("Help"))
        screen = self.screen().availableGeometry()  # with large type more is wanted than a laptop has
        self.resize(min(look.px(SIZE[0]), screen.width()), min(look.px(SIZE[1]), screen.height() - look.px(48)))
        self.move(screen.center() - self.rect().center())
        tongue = language().code
        places = tuple(PageSpec(topic, say("{title}", title=title_of(topic, tongue)), ICONS[topic]) for topic in TOPICS)
        self.places = Navigation(look, places, self.go_to)
        self.reader = Reader(look)
        self.reader.anchorClicked.connect(self._follow)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        ground = Ground(look, "nav")
        beneath = QVBoxLayout(ground)
        beneath.setContentsMargins(0, 0, 0, 0)
        self._topics = Scroller(look, tr("Help"), self.places)
        self._topics.setFixedWidth(self.places.minimumWidth() + self._topics.verticalScrollBar().sizeHint().width())
        beneath.addWidget(self._topics)
        row.addWidget(ground)
        row.addWidget(Line(look, upright=True))
        inset = QVBoxLayout()
        inset.setContentsMargins(look.px(8), look.px(4), 0, 0)
        inset.addWidget(self.reader)
        row.addLayout(inset, 1)
        look.changed.connect(self._again)
        self.topic = ""
        self.go_to(FIRST)

    def go_to(self, topic: str) -> None:
        """Show a topic; the first one for a name that is none."""
        self.topic = topic if topic in TOPICS else FIRST
        self.places.go_to(self.topic)
        for place in self.places.findChildren(QAbstractButton):
            if place.isChecked():
                self._topics.ensureWidgetVisible(place, 0)
        self.reader.show_markdown(text_of(self.topic, language().code))

    def _follow(self, link: QUrl) -> None:
        """Only links from one topic to another lead anywhere."""
        if topic := topic_of(link.toString()):
            self.go_to(topic)

    def _again(self) -> None:
        self.go_to(self.topic)

    def come(self, topic: str) -> None:
        """Come to the front with a topic."""
        self.show()
        self.go_to(topic)  # once its place among the others is laid out, to be scrolled to
        self.raise_()
        self.activateWindow()
        self.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:
            self.close()
        elif not isinstance(self.focusWidget(), QAbstractButton) or event.key() == Qt.Key.Key_Escape:
            super().keyPressEvent(event)


class Reader(QTextBrowser):
    """Shows Markdown of our own: no HTML in it is obeyed, and nothing is ever loaded, from disk or elsewhere."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFont(look.font())
        self.setAccessibleName(tr("Help page"))
        self.document().setDocumentMargin(look.px(16))

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """There are no pictures and no styles to load."""
        return None

    def show_markdown(self, text: str) -> None:
        """Show a page from its beginning."""
        features = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
        self.document().setMarkdown(text, features)
        self._dress()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _dress(self) -> None:
        """Headings, spaces and tables in the measures of the window."""
        block = self.document().begin()
        while block.isValid():
            self._dress_block(block)
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                form = frame.format()
                form.setBorder(0)
                form.setCellPadding(self._look.px(5))
                form.setCellSpacing(0)
                form.setWidth(QTextLength())
                form.setLeftMargin(-self._look.px(5))
                frame.setFormat(form)

    def _dress_block(self, block: QTextBlock) -> None:
        look, level = self._look, block.blockFormat().headingLevel()
        cursor = QTextCursor(block)
        form = QTextBlockFormat()
        form.setLineHeight(120, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        inside = cursor.currentTable() is not None
        form.setTopMargin(look.px(20 if level == 2 else 0))
        form.setBottomMargin(0 if inside else look.px(8 if level != 2 else 4))
        cursor.mergeBlockFormat(form)
        if level:
            words = QTextCharFormat()
            words.setFont(look.font("title" if level == 1 else "body", bold=True))
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(words)  # not merged: Markdown's own format makes headings larger still
