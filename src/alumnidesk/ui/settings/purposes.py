"""What people are asked to agree to: one purpose at a time, with its words and what holds for each channel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alumnidesk.domain.consent import CHANNEL_NAMES, CHANNELS, OWED, RULE_WORDS, Purpose, Rule
from alumnidesk.ui.field_saving import FieldSaving
from alumnidesk.ui.look import Look
from alumnidesk.ui.page import Context
from alumnidesk.ui.settings.form import LABEL_WIDTH
from alumnidesk.ui.widgets.buttons import LinkButton, OutlinedButton
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import ChoiceField, LineField, TextField
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.words import tr, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

Known = Sequence[tuple[Purpose, str]]
"""The purposes that people are asked about, each with its present wording."""


class PurposesForm(QWidget):
    """Choose a purpose, change it; own ones can be added, renamed and removed."""

    def __init__(self, context: Context, saving: FieldSaving, back: Callable[[], object]) -> None:
        """`back` brings this form into sight again, when one went elsewhere before it was known that a value could not
        be saved."""
        super().__init__()
        self._saving, self._back = saving, back
        self._context, self._known = context, list[tuple[Purpose, str]]()
        self._wanted = ""
        look = context.look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(12))
        rules = [(rule.value, words(text)) for rule, text in RULE_WORDS.items()]
        self.form = Form(look, labels=LABEL_WIDTH, changes=True)
        self.purpose = ChoiceField(look, "purpose", tr("Purpose"), [])
        self.purpose.changes = False
        self.form.add(self.purpose)
        self.name = LineField(look, "name", tr("Name"))
        self.form.add(self.name)
        self.form.add(TextField(look, "wording", tr("What people agree to"), 4))
        self.form.add_hint(tr("Each answer keeps the words of its day, also when you change them later."))
        self.form.add_head(tr("When may it go out?"))
        for channel in CHANNELS:
            self.form.add(ChoiceField(look, channel, words(CHANNEL_NAMES[channel]), rules))
        self.form.add_hint(
            tr(
                "For advertising by e-mail or phone the law of most countries wants a yes beforehand; by post it may "
                "go out until somebody says no. What membership itself needs is not asked about."
            )
        )
        column.addWidget(self.form)
        row = QWidget()
        buttons = Flow(look.px(8), row)
        self.new = OutlinedButton(look, tr("Add a purpose"), icon="plus", clicked=self._add, changes=True)
        self.remove = LinkButton(look, tr("Remove this purpose"), icon="trash", clicked=self._remove, changes=True)
        for button in (self.new, self.remove):
            buttons.addWidget(button)
        column.addWidget(row)
        self.form.saved.connect(self._saved)

    @staticmethod
    def known(desk: Desk) -> Known:
        """For the owner thread."""
        return [(one, desk.purposes.wording(one)) for one in desk.purposes.all() if one.key != OWED.key]

    def read(self) -> None:
        """Show what is set now."""
        self._context.tasks.run(self.known, self._show, latest="purposes")

    def _show(self, known: Known) -> None:
        self._known = list(known)
        keys = [purpose.key for purpose, _ in known]
        if self._wanted not in keys:
            self._wanted = keys[0]
        box = self.purpose.box
        if [box.itemData(row) for row in range(box.count())] != keys:
            box.clear()
            for key in keys:
                box.addItem("", key)
        for row, (purpose, _) in enumerate(known):
            box.setItemText(row, words(purpose.name))
        purpose, wording = known[keys.index(self._wanted)]
        rules: dict[str, Any] = {channel: purpose.rule(channel).value for channel in CHANNELS}
        self.form.show_values(
            {"purpose": purpose.key, "name": words(purpose.name), "wording": wording, **rules},
        )
        self.name.setEnabled(purpose.own)
        self.remove.setVisible(purpose.own)

    # Changing --------------------------------------------------------------------------------------------------

    def _saved(self, key: str, value: object) -> None:
        purpose, text = self._wanted, str(value)
        if key == "purpose":
            self._go_to(text)
        elif key == "name":
            self._save(key, lambda desk: desk.purposes.rename(purpose, text))
        elif key == "wording":
            self._save(key, lambda desk: desk.purposes.set_wording(purpose, text))
        else:
            self._save(key, lambda desk: desk.purposes.set_rule(purpose, key, Rule(text)))

    def _go_to(self, purpose: str) -> None:
        """Show another purpose; what could not be saved stays with its own."""
        if self.form.unstored:
            self.purpose.take_back()
            self.form.go_to_problem()
            return
        self.purpose.keep()
        self._wanted = purpose
        self._show(self._known)

    def _save(self, key: str, work: Callable[[Desk], object]) -> None:
        purpose = self._wanted

        def back() -> None:
            self._back()
            self._wanted = purpose
            self._show(self._known)

        self._saving.save(self.form, key, work, about=lambda: self._wanted, back=back)

    def _add(self) -> None:
        dialog = NewPurpose(self._context.look, self.window())
        dialog.exec()
        dialog.deleteLater()
        name = dialog.name
        if name:
            self._context.deed(lambda desk: desk.purposes.add(name), then=self._added)

    def _added(self, purpose: Purpose) -> None:
        self._wanted = purpose.key
        self.read()
        self.form.fields["wording"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        key = self._wanted
        self._context.deed(lambda desk: desk.purposes.remove(key))

    def commit(self) -> bool:
        """Save what was typed; before the purposes are known nothing was."""
        return not self._known or self.form.commit()


class NewPurpose(Dialog):
    """`name` of the new purpose, empty after Esc."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, tr("What may people agree to?"), parent=parent)
        self.field = LineField(look, "name", tr("Name of the purpose"))
        self.field.line.setPlaceholderText(tr("for example: regional meetings"))
        self.column.addWidget(self.field)
        self.choose(tr("Cancel"))
        self.go = self.choose(tr("Add"), main=True)
        self.field.line.textChanged.connect(lambda _: self.go.setEnabled(bool(self.field.value)))
        self.go.setEnabled(False)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def name(self) -> str:
        return str(self.field.value) if self.chosen == 1 else ""
