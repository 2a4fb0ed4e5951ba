"""A label sheet or an envelope of one's own: its measures, and a picture beside them that follows."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from alumnidesk.domain.label_sheets import PAPERS, LabelSheet
from alumnidesk.domain.own_sheets import own_envelope, own_sheet
from alumnidesk.errors import InvalidInput
from alumnidesk.ui.labels.sheet_picture import SheetPicture
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import ChoiceField, Field, LineField
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.widgets.lengths import length_text, read_length
from alumnidesk.ui.words import tr

LABELS, ENVELOPE = "labels", "envelope"
_OF_LABELS = ("paper", "columns", "rows", "left", "top", "across", "down")
"""Fields that an envelope does not have."""
_USUAL = {"width": 70, "height": 36, "columns": 3, "rows": 8, "left": 0, "top": 4.5, "across": 70, "down": 36}


class OwnSheetDialog(Dialog):
    """Keeps the sheet that is entered; afterwards it is `sheet`. What cannot be is said at its field."""

    def __init__(self, context: Context, parent: QWidget, *, envelopes: bool) -> None:
        """`envelopes`: whether it can be one."""
        super().__init__(
            context.look,
            tr("Own sheet or envelope") if envelopes else tr("Own label sheet"),
            tr("Measure in millimetres. It is then found like all others, by the name that you give it."),
            parent,
        )
        look, self._context = context.look, context
        self.sheet: LabelSheet | None = None
        kinds = [(LABELS, tr("Labels or cards")), (ENVELOPE, tr("Envelope"))]
        fields: list[Field] = [
            LineField(look, "name", tr("Name")),
            ChoiceField(look, "kind", tr("Kind"), kinds if envelopes else kinds[:1]),
            ChoiceField(look, "paper", tr("Paper"), [(paper, paper) for paper in PAPERS]),
            LineField(look, "width", tr("Width")),
            LineField(look, "height", tr("Height")),
            LineField(look, "columns", tr("Labels side by side")),
            LineField(look, "rows", tr("Labels one below the other")),
            LineField(look, "left", tr("Left edge to the first label")),
            LineField(look, "top", tr("Upper edge to the first label")),
            LineField(look, "across", tr("From label to label, rightwards")),
            LineField(look, "down", tr("From label to label, downwards")),
        ]
        self.form = Form(look)
        self.picture = SheetPicture(look)
        self.picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for field in fields:
            self.form.add(field)
        self.form.fields["kind"].setMinimumWidth(look.px(232))  # its longest word is read whole
        self.form.follow(self._follow)
        self.form.show_values({key: length_text(number) for key, number in _USUAL.items()})
        sides = QHBoxLayout()
        sides.setSpacing(look.px(24))
        sides.addWidget(self.form, 1)
        sides.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(sides)
        self.choose(tr("Cancel"), clicked=self.reject)
        self.go = self.choose(tr("Keep this sheet"), main=True, clicked=self._keep)
        fields[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._follow()

    def entered(self, name: str = "") -> LabelSheet:
        """What stands in the fields. Raises InvalidInput, with the field, for what cannot be."""
        values: Mapping[str, str | bool] = self.form.values()
        name = name or str(values["name"])
        width, height = (read_length(key, str(values[key])) for key in ("width", "height"))
        if values["kind"] == ENVELOPE:
            return own_envelope(name, width, height)
        columns, rows, left, top, across, down = (read_length(key, str(values[key])) for key in _OF_LABELS[1:])
        return own_sheet(name, str(values["paper"]), (width, height), (columns, rows), (left, top), (across, down))

    def _follow(self) -> None:
        """Show only what this kind has, and the picture as long as the measures can be."""
        for key in _OF_LABELS:
            field, shown = self.form.fields[key], self.form.fields["kind"].value != ENVELOPE
            field.setVisible(shown)
            field.label.setVisible(shown)
        try:
            sheet = self.entered(name="-")
        except InvalidInput:
            self.picture.show_sheet(None, 0)
        else:
            self.picture.show_sheet(sheet, sheet.count)

    def _keep(self) -> None:
        refused = self._context.messages.show
        sheet = self.form.understood(self.entered, refused)
        if sheet is None:
            return
        self.sheet = sheet
        self.do_once(self._context.deed, lambda desk: desk.labels.keep_sheet(sheet), failed=refused, quiet=True)
