"""The lines of the detail: read like text, opened like a button."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import (
    QEnterEvent,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from alumnidesk.domain.consent import KNOWN as PURPOSES
from alumnidesk.domain.folding import spans
from alumnidesk.ui.contacts.facts import Fact, labels
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.beside import Beside
from alumnidesk.ui.widgets.changing import Changing, ChangingMenu
from alumnidesk.ui.widgets.chip import ChipLabel
from alumnidesk.ui.widgets.detail import Facts, PersonHead
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.label import Label, breakable
from alumnidesk.ui.widgets.paint import fill, frame, mirrored
from alumnidesk.ui.words import tr, words

OVERHANG = 8
"""How far the ground of a line reaches beyond its text, at 100 %."""


class Opener(Changing, QAbstractButton):
    """Something that one reads, and that a click, Enter or Space opens for editing. Ctrl+C copies what it says."""

    changes = True

    def __init__(self, look: Look, opened: Callable[[], object]) -> None:
        super().__init__()
        self._look = look
        self.held("")
        self.copied = ""
        """What Ctrl+C puts on the clipboard."""
        self.more_actions: Callable[[QMenu], object] | None = None
        """Adds to the menu of the right mouse button."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setBackgroundRole(QPalette.ColorRole.Window)  # else the labels in it take the colours of a button
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._inside = False
        self.found = False
        """Does it say what was searched for?"""
        self.clicked.connect(lambda: opened())

    def held(self, why: str) -> None:
        """It is still read, copied and gone to; whoever opens it all the same is told why that cannot be."""
        self.setToolTip(why)
        self.setAccessibleDescription(why or tr("Enter changes it"))
        self.setCursor(Qt.CursorShape.ArrowCursor if why else Qt.CursorShape.IBeamCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open on the press: a field that is left at this moment may close and move this line away."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.click()
        else:
            event.ignore()

    def contextMenuEvent(self, event: QEvent) -> None:
        menu = ChangingMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.add_deed(tr("Change"), self.click)
        menu.addAction(tr("Copy"), QKeySequence(QKeySequence.StandardKey.Copy), self.copy)
        if self.more_actions is not None and not self.why:
            self.more_actions(menu)
        menu.popup(self.mapToGlobal(self.rect().center()))

    def copy(self) -> None:
        """Put the value on the clipboard."""
        QGuiApplication.clipboard().setText(self.copied)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.click()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._inside = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._inside = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._inside:
            fill(painter, self.rect(), self._look.colour("soft"), self._look.px(6))
        if self.found:
            bar = QRect(0, 0, self._look.px(3), self.height())
            painter.fillRect(mirrored(self, bar), self._look.colour("accent"))
        if self.hasFocus():
            frame(painter, self.rect(), self._look.colour("accent"), self._look.px(6), 2)


class FactLine(Opener):
    """Label and value side by side."""

    def __init__(self, look: Look, fact: Fact, opened: Callable[[], object]) -> None:
        super().__init__(look, opened)
        self.fact = fact
        self.copied = fact.value or ", ".join(chip.text for chip in fact.chips)
        self.setAccessibleName(fact.said)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(OVERHANG), look.px(4), look.px(OVERHANG), look.px(4))
        row.setSpacing(look.px(8))
        label = Label(look, breakable(fact.label, 12), role="text2", wraps=True)  # an own field may have a long name
        label.setFixedWidth(label_width(look))
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        cell = QVBoxLayout()
        cell.setSpacing(look.px(4))
        row.addLayout(cell, 1)
        if fact.value:
            value = Label(look, breakable(fact.value), role="text2" if fact.since else "text", wraps=True)
            if fact.kind:
                cell.addLayout(self._with_kind(value, fact))
            else:
                cell.addWidget(value)
            if fact.since:
                value.setFont(_struck(value.font()))
                cell.addWidget(Label(look, fact.since, size="small", role="text2", wraps=True))
        if fact.chips:
            chips = QWidget()
            chips.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            flow = Flow(look.px(4), chips)
            for chip in fact.chips:
                flow.addWidget(ChipLabel(look, chip))
            cell.addWidget(chips)
        cell.addStretch(1)  # an alignment would give the cell no more height than its text takes in one line

    def mark(self, looked_for: Sequence[str]) -> None:
        """Put a bar beside what has one of these folded words."""
        said = " ".join([self.fact.value, *(chip.text for chip in self.fact.chips)])
        found = bool(spans(said, list(looked_for)))
        if found != self.found:
            self.found = found
            self.update()

    def _with_kind(self, value: Label, fact: Fact) -> Beside:
        """Private, work …: beside the value if that leaves its lines whole, else below it."""
        look = self._look
        kind = Label(look, fact.kind, size="small", role="text2")
        metrics = QFontMetrics(look.font())
        kind.setMinimumHeight(metrics.height())
        whole = max(metrics.horizontalAdvance(line) for line in fact.value.splitlines())
        return Beside(value, kind, look.px(8), whole + 2, level=True)


class NameHead(Opener):
    """Circle, name and subtitle; opens the parts of the name."""

    def __init__(self, look: Look, opened: Callable[[], object]) -> None:
        super().__init__(look, opened)
        self.head = PersonHead(look)
        self.head.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._photo = b""
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(OVERHANG), look.px(4), look.px(OVERHANG), look.px(4))
        row.addWidget(self.head)

    def show_name(self, name: str, below: str, initials: str, icon: str) -> None:
        """Show whose detail this is; an organisation has an icon in place of initials."""
        self.head.name.setText(breakable(name, 20))
        self.head.below.setText(below)
        self.head.below.setVisible(bool(below))
        if icon:
            self.head.circle.show_icon(icon)
        else:
            self.head.circle.show_initials(initials)
        self.copied = name
        self.setAccessibleName(f"{name}, {below}" if below else name)

    def show_photo(self, data: bytes) -> None:
        """Show a photo in place of icon or initials; empty: these again."""
        if data != self._photo:
            self._photo = data
            self.head.circle.show_photo(data)


def label_width(look: Look) -> int:
    """The width of the label column: that of the longest label in this language."""
    metrics = QFontMetrics(look.font())
    purposes = (word for purpose in PURPOSES for word in words(purpose.name).split())
    return max(look.px(Facts.LABEL), *(metrics.horizontalAdvance(text) + 1 for text in (*labels(), *purposes)))


def _struck(font: QFont) -> QFont:
    """The same font, struck through."""
    font = QFont(font)
    font.setStrikeOut(True)
    return font
