"""The fields of the association and of its letters; each is saved when it is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from alumnidesk.domain.addresses import country_codes, country_name
from alumnidesk.domain.association import CHOICES, LABELS, Association
from alumnidesk.domain.fields import SALUTATION_MODES
from alumnidesk.i18n import LANGUAGES
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.fields import ChoiceField, LineField, TextField
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.widgets.scroller import Scroller
from alumnidesk.ui.words import language, tr, words

LABEL_WIDTH = 192
"""Of the label column at 100 %; German words are long."""


class SettingsForm(Form):
    """A form whose labels come from `LABELS`."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, labels=LABEL_WIDTH, changes=True)
        self.look = look

    def line(self, *keys: str) -> None:
        """Fields of one line each."""
        for key in keys:
            self.add(LineField(self.look, key, words(LABELS[key])))

    def lines(self, key: str, count: int) -> None:
        """A field of several lines."""
        self.add(TextField(self.look, key, words(LABELS[key]), count))

    def choice(self, key: str, choices: Sequence[tuple[str, str]]) -> None:
        """One of several values."""
        self.add(ChoiceField(self.look, key, words(LABELS[key]), choices))

    def show_association(self, association: Association) -> None:
        """Show what is set."""
        self.show_values({key: _shown(getattr(association, key)) for key in self.fields})


def association_form(look: Look) -> SettingsForm:
    """Who writes: name, address, ways to reach it, who signs, the foot of the letter."""
    form = SettingsForm(look)
    form.add_head(tr("Name and address"))
    form.line("name", "strapline", "street", "postcode", "town")
    form.choice("country", _countries())
    form.add_head(tr("How one reaches you"))
    form.line("phone", "email", "website", "contact_person")
    form.add_head(tr("Who signs the letters"))
    form.line("signatory", "signatory_role")
    form.add_head(tr("At the foot of each letter, line by line"))
    form.lines("bank", 3)
    form.lines("registration", 3)
    return form


def letters_form(look: Look, windows: Sequence[tuple[str, str]]) -> SettingsForm:
    """How it writes: language, salutation, envelope, font."""
    form = SettingsForm(look)
    form.add_head(tr("Unless a contact says otherwise"))
    form.choice("language", list(LANGUAGES.items()))
    modes = [(key, words(text)) for key, text in SALUTATION_MODES if key in ("formal", "neutral", "informal")]
    form.choice("salutation_mode", modes)
    form.add_head(tr("Paper and type"))
    form.choice("window", windows)
    form.choice("font", [(key, words(text)) for key, text in CHOICES["font"].items()])
    return form


def scrolled(look: Look, name: str, *parts: QWidget, margin: int = 20) -> Scroller:
    """Forms one below the other, in an area that scrolls for itself."""
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(look.px(margin), look.px(min(margin, 12)), look.px(margin), look.px(margin))
    column.setSpacing(look.px(8))
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return Scroller(look, name, body)


def _countries() -> list[tuple[str, str]]:
    tongue = language().locale
    named: Mapping[str, str] = {code: country_name(code, tongue) for code in country_codes()}
    return sorted(named.items(), key=lambda pair: pair[1])


def _shown(value: Any) -> str:
    return "\n".join(value) if isinstance(value, tuple) else str(value)
