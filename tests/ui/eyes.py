"""What a careful eye finds in a window: words that are cut, parts that overlap or stick out, controls without a name.

Each function looks at a `View` and returns a line for every finding, so that an empty list is what a test asks for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenuBar,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QSplitter,
    QSplitterHandle,
    QTableView,
    QWidget,
)

from alumnidesk.ui.widgets.chip import ChipLabel
from alumnidesk.ui.widgets.heads import Heads
from alumnidesk.ui.widgets.list_table import ListTable
from alumnidesk.ui.widgets.steps import StepBar

ROLE = QAccessible.Role
WORDED = QLabel | QAbstractButton | QLineEdit | QComboBox | QPlainTextEdit | ChipLabel | StepBar
LETTER = 8
"""A text of so many lines is a letter, read out."""
MARKUP = re.compile(r"<[a-zA-Z!/]")
SENSIBLE = {
    ROLE.Button, ROLE.CheckBox, ROLE.RadioButton, ROLE.PageTab, ROLE.EditableText, ROLE.ComboBox, ROLE.Table, ROLE.List,
    ROLE.Tree, ROLE.StaticText, ROLE.ButtonMenu, ROLE.ButtonDropDown, ROLE.Link, ROLE.SpinBox, ROLE.Document,
}  # fmt: skip
PAINTED = {"Timeline", "StepBar", "Chart", "SheetPicture", "LetterDesk"}
"""Controls that we paint as a whole: Qt knows no role for them, their name says what the keyboard stands on."""


class View:
    """A window or dialog as it stands at this moment."""

    def __init__(self, root: QWidget) -> None:
        self.root = root
        self.seen = [
            widget
            for widget in (root, *root.findChildren(QWidget))
            if widget.isVisible() and widget.width() > 0 and widget.height() > 0
        ]
        """Every visible widget that has a size."""
        self.stops = [widget for widget in self.seen if takes_focus(widget)]
        """Those that Tab reaches."""
        self.mirrored = root.layoutDirection() == Qt.LayoutDirection.RightToLeft


def called(widget: QWidget) -> str:
    """How a finding names a widget."""
    words = getattr(widget, "text", lambda: "")() if isinstance(widget, QAbstractButton | QLabel | QLineEdit) else ""
    words = words or widget.accessibleName()
    parent = widget.parentWidget()
    return f"{type(widget).__name__} “{words[:60]}” in {type(parent).__name__}"


def plain(text: str) -> str:
    """Words without their mnemonic."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


# Names, roles, keys ---------------------------------------------------------------------------------------------


def takes_focus(widget: QWidget) -> bool:
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.isEnabled()
        and widget.focusProxy() is None
        and not isinstance(widget, QMainWindow)
    )


def unnamed(view: View) -> list[str]:
    """Controls that a screen reader could not name, or would call by a role that says nothing."""
    found = []
    for widget in view.stops:
        spoken = QAccessible.queryAccessibleInterface(widget)
        name, role = spoken.text(QAccessible.Text.Name), spoken.role()
        if not name.strip():
            found.append(f"no name: {called(widget)}")
        elif role not in SENSIBLE and type(widget).__name__ not in PAINTED:
            found.append(f"role {role.name}: {called(widget)}")
    return found


def nowhere(view: View) -> list[str]:
    """Filled tables on which the keyboard stands nowhere."""
    return [
        called(table)
        for table in view.seen
        if isinstance(table, ListTable) and table.model().rowCount() and table.current_id is None
    ]


def mouse_only(view: View) -> list[str]:
    """Buttons that Tab never reaches; in a group of exclusive ones the arrow keys lead there."""
    return [
        called(button)
        for button in view.seen
        if isinstance(button, QAbstractButton)
        and button.isEnabled()
        and not takes_focus(button)
        and button.focusProxy() is None
        and not (button.group() and button.group().exclusive())
        and not isinstance(button.parentWidget(), QLineEdit | QMenuBar)
    ]  # Esc empties a field, Alt opens menus


def out_of_order(view: View) -> list[str]:
    """Steps of the Tab key that go back: to the left in a line, or up in a column."""
    root, stops = view.root, set(view.stops)
    order, widget = [], root.nextInFocusChain()
    while widget is not None and widget is not root:
        if widget in stops:
            order.append(widget)
        widget = widget.nextInFocusChain()
    found = []
    for one, next_ in pairwise(order):
        a, b = _place(one, root), _place(next_, root)
        if _pane(one, root) is not _pane(next_, root):
            continue
        same_line = min(a.bottom(), b.bottom()) - max(a.top(), b.top()) > min(a.height(), b.height()) / 2
        same_column = min(a.right(), b.right()) > max(a.left(), b.left())
        back = b.left() >= a.right() if view.mirrored else b.right() <= a.left()
        if (same_line and back) or (same_column and b.bottom() <= a.top()):
            found.append(f"{called(one)} → {called(next_)}")
    return found


def _place(widget: QWidget, root: QWidget) -> QRect:
    return QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())


def _pane(widget: QWidget, root: QWidget) -> QWidget:
    """The part of the window in which the eye goes its way: a side of a divider, a scrolling area."""
    while (parent := widget.parentWidget()) is not None and widget is not root:
        if isinstance(parent, QSplitter | QAbstractScrollArea | QMainWindow):
            return widget
        widget = parent
    return root


# Room -----------------------------------------------------------------------------------------------------------


def cut(view: View) -> list[str]:
    """Words that have less room than they need."""
    found = []
    for widget in view.seen:
        if isinstance(widget, QLabel):
            short = _label_short(widget)
        elif isinstance(widget, QLineEdit):
            short = _placeholder_short(widget)
        elif isinstance(widget, Heads):
            short = _heads_short(widget)
        elif isinstance(widget, QAbstractButton | ChipLabel | StepBar):
            hint = widget.minimumSizeHint() if not isinstance(widget, QCheckBox | QRadioButton) else widget.sizeHint()
            short = f"{widget.width()} of {hint.width()} wide" if widget.width() < hint.width() else ""
            if widget.height() < hint.height():
                short = f"{widget.height()} of {hint.height()} high"
        else:
            continue
        if short:
            found.append(f"{called(widget)}: {short}")
    return found


def _label_short(label: QLabel) -> str:
    text = label.text()
    if not text or label.property("elides"):
        return ""
    metrics, room = QFontMetrics(label.font()), label.contentsRect()
    if not label.wordWrap():
        width = max(metrics.horizontalAdvance(line) for line in text.split("\n"))
        need = metrics.height() * (text.count("\n") + 1)
        return (
            f"{room.width()} of {width} wide"
            if width > room.width()
            else f"{room.height()} of {need} high"
            if need > room.height() + 1
            else ""
        )
    longest = max((metrics.horizontalAdvance(word) for word in re.split(r"[\s\u200b]|(?<=[-/])", text)), default=0)
    need = metrics.boundingRect(QRect(0, 0, room.width(), 10_000), Qt.TextFlag.TextWordWrap.value, text).height()
    return (
        f"a word of {longest} in {room.width()}"
        if longest > room.width()
        else f"{room.height()} of {need} high"
        if need > room.height() + 1
        else ""
    )


def _placeholder_short(line: QLineEdit) -> str:
    words = line.placeholderText()
    if not words or line.text():
        return ""
    margins = line.textMargins()
    room = line.contentsRect().width() - margins.left() - margins.right() - 4
    need = QFontMetrics(line.font()).horizontalAdvance(words)
    return f"placeholder “{words}” {room} of {need}" if need > room else ""


def _heads_short(heads: Heads) -> str:
    short = [
        heads._table.columns[i].title
        for i in range(heads.count())
        if heads.sectionSize(i) < heads.wish(i) - heads._look.px(20) * heads._table.columns[i].sortable
    ]
    return ", ".join(short)


def sticks_out(view: View) -> list[str]:
    """Widgets that reach beyond what holds them, where nothing can be scrolled."""
    root, found = view.root, []
    for widget in view.seen:
        if not isinstance(widget, WORDED):
            continue
        holder, place = widget.parentWidget(), widget.geometry()
        while holder is not None and widget is not root:
            area = holder.parentWidget()
            inside = holder.rect()
            if isinstance(area, QScrollArea) and area.viewport() is holder:
                across = place.left() >= -1 and place.right() <= inside.right() + 1
                if not across and not (area.horizontalScrollBar().maximum() and area.horizontalScrollBar().isVisible()):
                    found.append(f"{called(widget)}: {place.left()}…{place.right()} in a scrolling {inside.width()}")
                place = inside
            elif isinstance(area, QAbstractItemView):
                break
            elif not inside.adjusted(-1, -1, 1, 1).contains(place):
                found.append(f"{called(widget)}: {_words(place)} in {type(holder).__name__} {_words(inside)}")
                break
            if holder is root or holder.isWindow():
                break
            place = place.translated(holder.pos())
            holder = holder.parentWidget()
    return found


def _words(rect: QRect) -> str:
    return f"{rect.left()},{rect.top()}…{rect.right()},{rect.bottom()}"


def overlapping(view: View) -> list[str]:
    """Widgets side by side under one parent that cover one another."""
    found = []
    for parent in view.seen:
        if isinstance(parent, QAbstractScrollArea | QLineEdit | QComboBox | QMainWindow):
            continue
        children = [
            child
            for child in parent.children()
            if isinstance(child, QWidget)
            and child.isVisible()
            and not child.isWindow()
            and not isinstance(child, QScrollBar | QSplitterHandle)
        ]
        for one, other in combinations(children, 2):
            common = one.geometry().intersected(other.geometry())
            if common.width() > 1 and common.height() > 1:
                found.append(f"{called(one)} {_words(one.geometry())} and {called(other)} {_words(other.geometry())}")
    return found


# Words ----------------------------------------------------------------------------------------------------------


def words_of(view: View) -> Iterator[str]:
    """Every text that is seen, or read out."""
    for widget in view.seen:
        yield widget.accessibleName()
        yield widget.accessibleDescription()
        yield widget.toolTip()
        if isinstance(widget, QLabel | QAbstractButton):
            yield plain(widget.text()) if isinstance(widget, QAbstractButton) else widget.text()
        if isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(i) for i in range(widget.count()))
        if isinstance(widget, QTableView):
            model = widget.model()
            yield from (str(model.headerData(i, Qt.Orientation.Horizontal) or "") for i in range(model.columnCount()))
            for row in range(min(model.rowCount(), 30)):
                yield from (str(model.index(row, column).data() or "") for column in range(model.columnCount()))


def marked_up(view: View) -> list[str]:
    """Labels and tips in which a name would be taken for markup."""
    found = [
        called(label)
        for label in view.seen
        if isinstance(label, QLabel) and label.textFormat() != Qt.TextFormat.PlainText and MARKUP.search(label.text())
    ]
    return found + [f"tip: {widget.toolTip()}" for widget in view.seen if MARKUP.search(widget.toolTip())]


def untranslated(words: Iterable[str], data: set[str]) -> list[str]:
    """Texts in the pretend-language that are neither of it nor made of words that stand in the file."""
    return sorted(
        {text for text in words if "~" not in text and text.count("\n") < LETTER and set(letters(text)) - data}
    )


def letters(text: str) -> list[str]:
    """The words of a text that have two letters or more, and nothing but letters."""
    return [word.casefold() for word in re.findall(r"\b[^\W\d_]{2,}\b", text)]


def doubled(actions: Iterable[QAction]) -> list[str]:
    """Letters that two entries of one menu have as their mnemonic."""
    found = Counter(
        mark[1].casefold() for action in actions if (mark := re.search(r"&(\w)", action.text().replace("&&", "")))
    )
    return [letter for letter, n in found.items() if n > 1]


def focus_shows(widget: QWidget) -> bool:
    """Does a control look different while the keyboard stands on it?"""
    widget.clearFocus()
    QApplication.processEvents()
    without = widget.grab().toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    return widget.hasFocus() and widget.grab().toImage() != without


LOOKS = (unnamed, nowhere, mouse_only, out_of_order, cut, sticks_out, overlapping, marked_up)
"""All that is looked for at every place."""
