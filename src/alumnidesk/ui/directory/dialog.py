"""What a directory is to be: its order, what stands in an entry, and who stands in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QPlainTextEdit, QVBoxLayout, QWidget

from alumnidesk.domain.directory import DETAILS, NAME, ORDERS, USUAL, DirectoryPlan, DirectoryStyle
from alumnidesk.domain.recipients import Remark
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import ChoiceField, LineField
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.widgets.label import Label, section
from alumnidesk.ui.words import tr, tr_n, words

TITLE, NOTE, ORDER, SHOWN, COLUMNS = (
    f"directory/{what}" for what in ("title", "note", "order", "shown", "columns")
)  # fmt: skip
"""What is kept on this computer."""
SIDE, WIDE, LIST = 400, 940, 140
"""Width of each side; from which width of the screen on they stand beside each other; least height of a list."""


class DirectoryDialog(Dialog):
    """`asked` wants to know again who stands in it."""

    asked = Signal()

    def __init__(self, context: Context, n: int, wording: str, print: Callable[[], object]) -> None:
        """`wording` is what people agree to; `print` is what the main button does."""
        super().__init__(context.look, tr_n("Directory of {n} contact", "Directory of {n} contacts", n))
        self._preferences = context.preferences
        screen = self.screen().availableSize().width()
        wide = screen >= self.look.px(WIDE)
        sides = QBoxLayout(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        sides.setSpacing(self.look.px(24 if wide else 12))
        sides.addWidget(self._choices(wording), 1)
        sides.addWidget(self._people(), 1)
        self.column.addLayout(sides, 1)
        self.choose(tr("Cancel"))
        self.go = self.choose("-", main=True, icon="document", clicked=print)
        self.show_plan(None)
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    # Made once -------------------------------------------------------------------------------------------------

    def _side(self) -> tuple[QWidget, QVBoxLayout]:
        side = QWidget()
        side.setMinimumWidth(min(self.look.px(SIDE), self.screen().availableSize().width() - self.look.px(96)))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.look.px(8))
        return side, column

    def _choices(self, wording: str) -> QWidget:
        look, kept = self.look, self._preferences
        side, column = self._side()
        self.title = LineField(look, "title", tr("Title"))
        self.note = LineField(look, "note", tr("Line at the foot"))
        self.order = ChoiceField(look, "order", tr("In order of"), [(key, words(name)) for key, name in ORDERS.items()])
        self.columns = ChoiceField(look, "columns", tr("Columns"), [("2", tr("Two columns")), ("1", tr("One column"))])
        form = Form(look)
        for field in (self.title, self.note, self.order, self.columns):
            form.add(field)
        self.title.set_value(kept.text(TITLE))
        self.note.set_value(kept.text(NOTE))
        order = kept.text(ORDER, NAME)
        self.order.set_value(order if order in ORDERS else NAME)
        self.columns.set_value("1" if kept.text(COLUMNS) == "1" else "2")
        self.title.line.setPlaceholderText(tr("Directory"))
        self.note.line.setPlaceholderText(tr("For members only"))
        column.addWidget(form)
        column.addWidget(section(look, tr("What stands in an entry")))
        shown = kept.text(SHOWN, ",".join(USUAL)).split(",")
        self.details: dict[str, QCheckBox] = {}
        for key, name in DETAILS.items():
            box = self.details[key] = QCheckBox(words(name))
            box.setAccessibleName(box.text())
            box.setFont(look.font())
            box.setChecked(key in shown)
            box.clicked.connect(lambda _: self.asked.emit())
            column.addWidget(box)
        said = tr("People agree to this: “{wording}” Please show no more than that.", wording=wording)
        column.addWidget(Label(look, said, size="small", role="text2", wraps=True))
        column.addStretch(1)
        for choice in (self.order, self.columns):
            choice.box.activated.connect(lambda _: self.asked.emit())
        return side

    def _people(self) -> QWidget:
        side, column = self._side()
        self.standing = Label(self.look, bold=True, wraps=True)
        column.addWidget(self.standing)
        self.remarks = Label(self.look, role="look", wraps=True)
        column.addWidget(self.remarks)
        self.left_out, self.out = Label(self.look, role="look", wraps=True), self._list(tr("Who is left out, and why"))
        self.look_at, self.lacks = Label(self.look, role="look", wraps=True), self._list(tr("What an entry lacks"))
        for widget in (self.left_out, self.out, self.look_at, self.lacks):
            column.addWidget(widget)
        column.addStretch(1)
        return side

    def _list(self, name: str) -> QPlainTextEdit:
        listed = QPlainTextEdit()
        listed.setReadOnly(True)
        listed.setFont(self.look.font("small"))
        listed.setAccessibleName(name)
        listed.setMinimumHeight(self.look.px(LIST))
        listed.setTabChangesFocus(True)
        return listed

    # What is chosen --------------------------------------------------------------------------------------------

    @property
    def style_(self) -> DirectoryStyle:
        """What is chosen now."""
        return DirectoryStyle(
            title=str(self.title.value),
            note=str(self.note.value),
            order=str(self.order.value),
            details=frozenset(key for key, box in self.details.items() if box.isChecked()),
            columns=int(str(self.columns.value)),
        )

    def keep(self) -> None:
        """Remember all of it for the next time."""
        style = self.style_
        for name, value in (
            (TITLE, style.title), (NOTE, style.note), (ORDER, style.order), (COLUMNS, str(style.columns)),
            (SHOWN, ",".join(key for key in DETAILS if key in style.details)),
        ):  # fmt: skip
            self._preferences.keep(name, value)

    # Showing ---------------------------------------------------------------------------------------------------

    def show_plan(self, plan: DirectoryPlan | None) -> None:
        """Say who stands in it; None: that is being looked up."""
        n = plan.people if plan is not None else 0
        out, lacks = (plan.left_out, plan.looks) if plan is not None else ((), ())
        self.standing.setText(tr_n("{n} contact stands in it", "{n} contacts stand in it", n) if plan else "")
        self.remarks.setText(" ".join(map(words, plan.remarks)) if plan is not None else "")
        self.remarks.setVisible(bool(self.remarks.text()))
        self.left_out.setText(tr_n("{n} contact is left out:", "{n} contacts are left out:", len(out)))
        self.look_at.setText(tr_n("{n} thing is not printed:", "{n} things are not printed:", len(lacks)))
        for label, listed, found in ((self.left_out, self.out, out), (self.look_at, self.lacks, lacks)):
            label.setVisible(bool(found))
            listed.setVisible(bool(found))
            listed.setPlainText(_lines(found))
        self.go.set_words(tr("Look at the pages …"))
        self.go.setEnabled(n > 0)


def _lines(remarks: Sequence[Remark]) -> str:
    lines = (tr("{name}: {reason}", name=one.contact.name, reason=words(one.reason)) for one in remarks)
    return "\n".join(lines)
