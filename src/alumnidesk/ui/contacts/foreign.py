"""What came with a contact from files and has no field here: counted, and shown when one asks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alumnidesk.domain.cards import Foreign
from alumnidesk.ui.contacts.section import OVERHANG
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.words import tr, tr_n


class ForeignSection(QWidget):
    """A button with the number of such properties; it unfolds them below."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, look.px(OVERHANG), 0)
        column.setSpacing(look.px(4))
        self.button = LinkButton(look, "", icon="document", clicked=self._turn)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.text = Label(look, size="small", role="text2", wraps=True, selectable=True)
        self.text.setAccessibleName(tr("Other properties from files"))
        self.text.setContentsMargins(look.px(OVERHANG), 0, 0, 0)
        self.text.hide()
        column.addWidget(self.text)

    def show_properties(self, properties: Sequence[Foreign]) -> None:
        """Say how many there are; nothing is shown for none."""
        lines = [f"{one.name}: {one.raw}" if one.source == "csv" else one.raw for one in properties]
        self.setVisible(bool(lines))
        self.button.set_words(tr_n("{n} other property from files", "{n} other properties from files", len(lines)))
        self.text.setText("\n".join(lines))

    def fold(self) -> None:
        """Show the number alone again."""
        self.text.hide()

    def _turn(self) -> None:
        self.text.setVisible(self.text.isHidden())
