"""The blocks in which one types an e-mail, a phone number, a link, an address or an affiliation."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from alumnidesk.domain import dates
from alumnidesk.domain.addresses import country_code, country_codes, country_name
from alumnidesk.domain.cards import Address, Affiliation
from alumnidesk.domain.roles import ROLES
from alumnidesk.domain.slots import LABELS, canonical_label
from alumnidesk.domain.units import short
from alumnidesk.ui.contacts.facts import kind_words
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.beside import Beside
from alumnidesk.ui.widgets.buttons import LinkButton, PlainButton
from alumnidesk.ui.widgets.fields import Choice
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.words import language, tr, words

KINDS = {
    "emails": ("home", "work", "other"),
    "phones": ("mobile", "home", "work", "mobile_work", "fax", "other"),
    "links": ("home", "work", "other"),
    "addresses": ("home", "work", "other"),
}
"""The kinds that are offered; any other word can be typed."""
LABEL = 112
"""Width of the label column inside a block, at 100 %."""
WHOLE = {"emails": 232, "phones": 140, "links": 232}
"""So wide is a field in which one can read most values as a whole, at 100 %."""


class Line(QLineEdit):
    """A line of a block; Ctrl+Z is the window's while nothing was typed here."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.setFont(look.font())
        self.setAccessibleName(name)

    @property
    def value(self) -> str:
        return " ".join(self.text().split())

    def put(self, text: str) -> None:
        """Show a stored value from its beginning."""
        self.setText(text)
        self.setCursorPosition(0)

    def complete(self, texts: Sequence[str]) -> None:
        """Offer these texts while one types."""
        completer = QCompleter(list(texts), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        if (popup := completer.popup()) is not None:
            popup.setAccessibleName(self.accessibleName())
        self.setCompleter(completer)

    def event(self, event: Any) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.ShortcutOverride and not self.isModified():
            event.ignore()
            return False
        return super().event(event)


class KindChoice(Choice):
    """What kind of e-mail, phone or address it is; any word of one's own can be typed."""

    def __init__(self, look: Look, kinds: Sequence[str], name: str) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(Choice.InsertPolicy.NoInsert)
        self.setFont(look.font())
        self.setAccessibleName(name)
        self.view().setAccessibleName(name)
        edit = self.lineEdit()
        if edit is not None:
            edit.setAccessibleName(name)
            edit.setPlaceholderText(tr("Kind"))
        self.setFixedWidth(look.px(124))
        for kind in ("", *kinds):
            self.addItem(kind_words(kind), kind)

    @property
    def value(self) -> str:
        typed = self.currentText().strip()
        known = {kind_words(kind).casefold(): kind for kind in LABELS}
        return known.get(typed.casefold()) or canonical_label(typed)

    def put(self, label: str) -> None:
        """Show a stored kind."""
        self.setCurrentText(kind_words(label))


class Block(QWidget):
    """One value with its lines. `kind` of the parts it makes, `inputs` in the order of the keyboard."""

    removed = Signal()
    chosen = Signal()
    """This one shall be the preferred one, or its kind was chosen from the list."""

    def __init__(self, look: Look, name: str, can_be_preferred: bool) -> None:
        super().__init__()
        self.look, self.name = look, name
        self.part: Any = None
        self._untouched: Any = None
        self.preferred = QRadioButton(tr("Preferred"))
        self.preferred.setAutoExclusive(False)
        self.preferred.setFont(look.font("small"))
        self.preferred.setAccessibleName(tr("{what}: preferred", what=name))
        self.preferred.clicked.connect(self.chosen)
        self.preferred.setVisible(False)
        self._can_be_preferred = can_be_preferred
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(look.px(6))
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(look.px(8))
        self.grid.setVerticalSpacing(look.px(6))
        self.grid.setColumnMinimumWidth(0, look.px(LABEL))
        self.grid.setColumnStretch(1, 1)
        self.returned = Label(look, size="small", role="text2", wraps=True)
        self.returned.hide()
        self.rows.addWidget(self.returned)
        self.rows.addLayout(self.grid)
        self.remove = PlainButton(
            look, "", icon="close", name=tr("Remove: {what}", what=name), clicked=self.removed.emit
        )
        self.remove.tall = 36

    def offer_preferred(self, several: bool) -> None:
        """Only where there are several, one of them can be preferred."""
        self.preferred.setVisible(several and self._can_be_preferred)

    def line(self, value: QWidget, *others: QWidget, least: int) -> None:
        """What belongs to a value stands beside it, or below where that would leave it less than `least` (at 100 %)."""
        holder, gap = QWidget(), self.look.px(6)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap)
        for widget in others:
            row.addWidget(widget)
        self.rows.addLayout(Beside(value, holder, gap, self.look.px(least)))

    def labelled(self, text: str, *widgets: tuple[QWidget, int]) -> tuple[QWidget, ...]:
        """A row with a label at its left; all labels of a block share one column."""
        label = Label(self.look, text, role="text2")
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.look.px(6))
        for widget, stretch in widgets:
            row.addWidget(widget, stretch)
        number = self.grid.rowCount()
        self.grid.addWidget(label, number, 0)
        self.grid.addWidget(holder, number, 1)
        return label, holder

    @property
    @abstractmethod
    def first(self) -> QWidget:
        """Where typing begins."""

    def show_part(self, part: Any) -> None:
        """Show a stored value."""
        self.part = part
        since = dates.shown(getattr(part, "undeliverable_since", ""), language().locale)
        self.returned.setText(tr("returned since {date}", date=since) if since else "")
        self.returned.setVisible(bool(since))
        self.put(part)
        self._untouched = self.read()

    def value(self) -> Any:
        """What stands in the block now, with the id of what was shown; None if it is blank. What nobody has touched
        comes back exactly as it was stored."""
        made = self.read()
        return self.part if made is not None and made == self._untouched else made

    def adopt(self, part: Any) -> None:
        """This value is stored now (None: not any more); what was typed meanwhile stays."""
        typed = self.read()
        if part is not None and (typed == self._untouched or (typed and replace(typed, id=part.id) == part)):
            self.show_part(part)
        else:
            self.part, self._untouched = part, None

    @abstractmethod
    def put(self, part: Any) -> None:
        """Fill the lines."""

    @abstractmethod
    def read(self) -> Any:
        """What the lines say."""


class ValueBlock(Block):
    """An e-mail address, a phone number or a link with its kind."""

    def __init__(self, look: Look, name: str, field: str, kind: type[Any], attribute: str) -> None:
        super().__init__(look, name, field != "links")
        self._kind, self._attribute = kind, attribute
        self.edit = Line(look, name)
        self.kind = KindChoice(look, KINDS[field], tr("{what}: kind", what=name))
        self.kind.activated.connect(self.chosen)
        self.line(self.edit, self.kind, self.remove, least=WHOLE[field])
        self.rows.addWidget(self.preferred)

    @property
    def first(self) -> QWidget:
        return self.edit

    def put(self, part: Any) -> None:
        self.edit.put(getattr(part, self._attribute))
        self.kind.put(part.label)
        self.preferred.setChecked(getattr(part, "preferred", False))

    def read(self) -> Any:
        text = self.edit.value
        if not text:
            return None
        stored = self.part or self._kind(text)
        values: dict[str, Any] = {self._attribute: text, "label": self.kind.value}
        if hasattr(stored, "preferred"):
            values["preferred"] = self.preferred.isChecked()
        return replace(stored, **values)


class AddressBlock(Block):
    """A postal address; what is rarely needed is shown when it is filled or asked for."""

    RARE = ("care_of", "po_box", "region")

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Address"), True)
        self.lines = {
            "care_of": Line(look, tr("c/o")),
            "street": Line(look, tr("Street")),
            "house_number": Line(look, tr("House number")),
            "extra": Line(look, tr("Address line 2")),
            "po_box": Line(look, tr("PO box")),
            "postcode": Line(look, tr("Postcode")),
            "town": Line(look, tr("Town")),
            "region": Line(look, tr("Region")),
            "country": Line(look, tr("Country")),
        }
        edits = self.lines
        for name, width in (("house_number", 64), ("postcode", 92)):
            edits[name].setFixedWidth(look.px(width))
        tongue = language().locale
        edits["country"].complete([country_name(code, tongue) for code in country_codes()])
        self.kind = KindChoice(look, KINDS["addresses"], tr("Kind of address"))
        self.kind.activated.connect(self.chosen)
        gap = QWidget()
        self.labelled(tr("Kind"), (self.kind, 0), (self.preferred, 0), (gap, 1), (self.remove, 0))
        self._rare = {"care_of": self.labelled(tr("c/o"), (edits["care_of"], 1))}
        self.labelled(tr("Street, number"), (edits["street"], 1), (edits["house_number"], 0))
        self.labelled(tr("Address line 2"), (edits["extra"], 1))
        self._rare["po_box"] = self.labelled(tr("PO box"), (edits["po_box"], 1))
        self.labelled(tr("Postcode, town"), (edits["postcode"], 0), (edits["town"], 1))
        self._rare["region"] = self.labelled(tr("Region"), (edits["region"], 1))
        self.labelled(tr("Country"), (edits["country"], 1))
        self.more = LinkButton(look, tr("c/o, PO box, region"), icon="plus", clicked=self._show_rare)
        self.rows.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._hide_blank()

    @property
    def first(self) -> QWidget:
        return self.lines["street"]

    def put(self, part: Address) -> None:
        for name, line in self.lines.items():
            line.put(
                country_name(part.country, language().locale) or part.country
                if name == "country"
                else getattr(part, name)
            )
        self.kind.put(part.label)
        self.preferred.setChecked(part.preferred)
        self._hide_blank()

    def read(self) -> Address | None:
        values: dict[str, Any] = {name: line.value for name, line in self.lines.items()}
        if not any(values.values()):
            return None
        values["country"] = country_code(values["country"]) or values["country"]
        return replace(self.part or Address(), **values, label=self.kind.value, preferred=self.preferred.isChecked())

    def _hide_blank(self) -> None:
        for name, row in self._rare.items():
            for widget in row:
                widget.setVisible(bool(self.lines[name].value))
        self.more.setVisible(any(not self.lines[name].value for name in self.RARE))

    def _show_rare(self) -> None:
        for row in self._rare.values():
            for widget in row:
                widget.setVisible(True)
        self.more.setVisible(False)
        self.lines["care_of"].setFocus(Qt.FocusReason.OtherFocusReason)


class AffiliationBlock(Block):
    """What somebody was or is at a unit."""

    DATES = ("began", "ended")

    def __init__(self, look: Look, units: Sequence[str], roles: Sequence[str] = ()) -> None:
        super().__init__(look, tr("Affiliation"), False)
        self.lines = {
            "unit": Line(look, tr("Unit")),
            "role": Line(look, tr("Role")),
            "programme": Line(look, tr("Programme")),
            "cohort_from": Line(look, tr("Cohort from")),
            "cohort_to": Line(look, tr("Cohort to")),
            "degree": Line(look, tr("Degree")),
            "began": Line(look, tr("Began")),
            "ended": Line(look, tr("Ended")),
        }
        self._units, edits = units, self.lines
        edits["unit"].complete(units)
        edits["role"].complete(list(dict.fromkeys((*(words(name) for name, _ in ROLES), *roles))))
        self.labelled(tr("Unit"), (edits["unit"], 1), (self.remove, 0))
        self.labelled(tr("Role"), (edits["role"], 1))
        self.labelled(tr("Programme"), (edits["programme"], 1))
        self.labelled(tr("Cohort from, to"), (edits["cohort_from"], 1), (edits["cohort_to"], 1))
        self.labelled(tr("Degree"), (edits["degree"], 1))
        self.labelled(tr("Began, ended"), (edits["began"], 1), (edits["ended"], 1))

    @property
    def first(self) -> QWidget:
        return self.lines["unit"]

    def put(self, part: Affiliation) -> None:
        for name, line in self.lines.items():
            text = str(getattr(part, name) or "")
            line.put(dates.shown(text, language().locale) if name in self.DATES else text)
        self.lines["unit"].put(short(part.unit, self._units))

    def read(self) -> Affiliation | None:
        values: dict[str, Any] = {name: line.value for name, line in self.lines.items()}
        if not any(values.values()):
            return None
        if self.part and values["unit"] == short(self.part.unit, self._units):
            values["unit"] = self.part.unit
        for name in ("cohort_from", "cohort_to"):
            values[name] = int(values[name]) if values[name].isdecimal() else None
        for name in self.DATES:
            values[name] = dates.read(values[name]) or values[name]
        return replace(self.part or Affiliation(), **values)

    def problem(self) -> str:
        """Why the block cannot be saved, or an empty text."""
        for name in ("cohort_from", "cohort_to"):
            text = self.lines[name].value
            if text and not (text.isdecimal() and len(text) == 4):
                return tr("“{text}” is not a year. A cohort is a year such as 1998.", text=text)
        for name in self.DATES:
            text = self.lines[name].value
            if text and not dates.read(text):
                return tr("“{text}” is not a date. Examples: 1975, Mar 1975, 2 Mar 1975", text=text)
        return ""
