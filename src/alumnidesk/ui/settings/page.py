"""Settings in tabs, no Save button; a letter at the right shows at once what the letterhead looks like."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.association import LABELS, Association
from alumnidesk.ui import files
from alumnidesk.ui.field_saving import FieldSaving
from alumnidesk.ui.page import Context, Page
from alumnidesk.ui.printing.preview import PagePreview
from alumnidesk.ui.settings.backups import BackupsSection
from alumnidesk.ui.settings.computer import ComputerForm
from alumnidesk.ui.settings.envelopes import EnvelopeSection
from alumnidesk.ui.settings.form import SettingsForm, association_form, letters_form, scrolled
from alumnidesk.ui.settings.letterhead import LetterheadSection
from alumnidesk.ui.settings.own_fields import OwnFieldsSection
from alumnidesk.ui.settings.pictures import PictureField, Swatches
from alumnidesk.ui.settings.purposes import PurposesForm
from alumnidesk.ui.settings.tags import TagsSection
from alumnidesk.ui.settings.units import UnitsSection
from alumnidesk.ui.widgets.focus import follow_the_eye
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.widgets.head import PageHead
from alumnidesk.ui.widgets.label import Line, section
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.widgets.tabs import Tabs
from alumnidesk.ui.words import language, tr, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

ASSOCIATION, LETTERS, CONSENT, COMPUTER, BACKUPS = "association", "letters", "consent", "computer", "backups"
FIELDS = "fields"
TABS = (ASSOCIATION, LETTERS, CONSENT, FIELDS, COMPUTER, BACKUPS)
HELP = {
    ASSOCIATION: "letters",
    LETTERS: "letters",
    CONSENT: "consent",
    FIELDS: "contacts",
    COMPUTER: "start",
    BACKUPS: "backups",
}
"""Which help page each tab has."""
NARROW = 1000
"""Below this width of the page at 100 % the letter stands back."""
TAB = "settings/tab"
"""Name of the preference that keeps which tab one was on."""
Windows = list[tuple[str, str]]


class SettingsPage(Page):
    """The association, its letters, consent, own fields, tags and units, this computer, backups."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.tabs = Tabs(
            self.look,
            tr("Sections of the settings"),
            (
                (ASSOCIATION, tr("Association")),
                (LETTERS, tr("Letters")),
                (CONSENT, tr("Consent")),
                (FIELDS, tr("Fields and tags")),
                (COMPUTER, tr("This computer")),
                (BACKUPS, tr("Backups")),
            ),
        )
        self.preview = PagePreview(self.look, tr("Example letter"))
        self.saving = FieldSaving(context, quiet=True)
        self.purposes = PurposesForm(context, self.saving, back=lambda: self._go_to(CONSENT))
        self.own_fields, self.tags = OwnFieldsSection(context), TagsSection(context)
        self.units = UnitsSection(context)
        self.computer = ComputerForm(context)
        self.backups = BackupsSection(context)
        self.association = association_form(self.look)
        self.association.saved.connect(partial(self._save, ASSOCIATION, self.association))
        self.letters: SettingsForm | None = None
        """Made when the envelope windows are known."""
        self.pictures = [
            PictureField(self.look, key, words(LABELS[key]), self._choose_picture, self._remove_picture)
            for key in ("logo", "signature")
        ]
        self.envelopes = EnvelopeSection(context)
        self.letterhead = LetterheadSection(context, partial(self._save, LETTERS))
        self.swatches = Swatches(self.look, words(LABELS["accent"]))
        self.swatches.chosen.connect(self._save_colour)
        self._lay_out()
        self.association.hide()  # until it is read: nobody shall take the first of all countries for theirs
        self.computer.show_preferences(context.preferences.author)
        self.tabs.chosen.connect(self._go_to)
        self._go_to(context.preferences.text(TAB, ASSOCIATION))
        self._read()

    def _lay_out(self) -> None:
        look = self.look
        self._letters_body = QWidget()
        column = QVBoxLayout(self._letters_body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(self.envelopes)
        column.addSpacing(look.px(8))
        column.addWidget(section(look, tr("Letterhead")))
        for part in (self.swatches, *self.pictures, self.letterhead):
            column.addWidget(part)
        self._stack = Stack()
        self._stack.addWidget(scrolled(look, tr("Association"), self.association))
        self._stack.addWidget(scrolled(look, tr("Letters"), self._letters_body))
        self._stack.addWidget(scrolled(look, tr("Consent"), self.purposes))
        fields = (self.own_fields, Line(look), self.tags, Line(look), self.units)
        self._stack.addWidget(scrolled(look, tr("Fields and tags"), *fields))
        self._stack.addWidget(scrolled(look, tr("This computer"), self.computer))
        self._stack.addWidget(scrolled(look, tr("Backups"), self.backups, margin=0))
        inset = QHBoxLayout()
        inset.setContentsMargins(look.px(8), look.px(8), look.px(8), look.px(8))
        inset.addWidget(self.tabs)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self._stack, 3)
        across.addWidget(self.preview, 2)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(PageHead(look, tr("Settings")))
        rows.addLayout(inset)
        rows.addWidget(Line(look))
        rows.addLayout(across, 1)

    def _go_to(self, tab: str) -> None:
        place = TABS.index(tab) if tab in TABS else 0
        self.tabs.go_to(TABS[place])
        self._stack.setCurrentIndex(place)
        self._share_room()
        self.context.preferences.keep(TAB, TABS[place])
        self.help_topic = HELP[TABS[place]]
        if TABS[place] == BACKUPS:
            self.backups.read()
        elif TABS[place] == FIELDS:
            self._read_fields()

    def _read_fields(self) -> None:
        self.own_fields.read()
        self.tags.read()
        self.units.read()

    def show_id(self, id: int) -> None:
        """Go to the tab at this place."""
        self._go_to(TABS[id])

    def _share_room(self) -> None:
        """The letter stands beside what changes it, as long as there is room for both."""
        wanted = self.tabs.current in (ASSOCIATION, LETTERS)
        self.preview.setVisible(wanted and self.width() >= self.look.px(NARROW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    # Reading ---------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        self.purposes.read()
        spoken = language().locale

        def read(desk: Desk) -> tuple[Association, str, Windows]:
            return desk.settings.association(), desk.author, desk.letters.windows(spoken)

        self.context.tasks.run(read, lambda found: self._show(*found), latest="settings")
        self.context.tasks.run(lambda desk: desk.letters.example(), self.preview.show_pdf, latest="example letter")

    def _show(self, association: Association, author: str, windows: Windows) -> None:
        if self.letters is None:
            self.letters = letters_form(self.look, windows)
            self.letters.saved.connect(partial(self._save, LETTERS, self.letters))
            body = self._letters_body.layout()
            assert isinstance(body, QVBoxLayout)
            body.insertWidget(0, self.letters)
            follow_the_eye(self._letters_body)
        self.association.show_association(association)
        self.association.show()
        self.letters.show_association(association)
        self.computer.show_preferences(author)
        self.swatches.show_colour(association.accent)
        self.letterhead.show_association(association)
        for field in self.pictures:
            field.show_picture(getattr(association, field.key))

    # Saving ----------------------------------------------------------------------------------------------------

    def _save(self, tab: str, form: SettingsForm, key: str, value: object) -> None:
        self.saving.save(form, key, lambda desk: desk.settings.set(key, str(value)), back=lambda: self._go_to(tab))

    def _save_colour(self, colour: str) -> None:
        def failed(problem: BaseException) -> None:
            self._read()
            self.context.messages.show(problem)

        self.context.deed(lambda desk: desk.settings.set("accent", colour), quiet=True, failed=failed)

    def _choose_picture(self, key: str) -> None:
        path = files.ask_open(
            self.window(),
            self.context.preferences,
            tr("Choose a picture"),
            tr("Pictures (*.png *.jpg *.jpeg)"),
            "pictures",
        )
        if path is not None:
            self.context.deed(lambda desk: desk.settings.set_picture(key, path))

    def _remove_picture(self, key: str) -> None:
        self.context.deed(lambda desk: desk.settings.set_picture(key, None))

    # The frame -------------------------------------------------------------------------------------------------

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"settings.backup": self._back_up, "settings.restore": self._restore}

    def _back_up(self) -> None:
        self._go_to(BACKUPS)
        self.backups.make()

    def _restore(self) -> None:
        self._go_to(BACKUPS)
        self.backups.focus_list()

    def refresh(self, changed: set[str]) -> None:
        if "settings" in changed:
            self._read()
        if "contacts" in changed and self.tabs.current == FIELDS:
            self._read_fields()

    def entered(self) -> None:
        self.tabs.focus_current()

    def may_leave(self) -> bool:
        parts = (self.association, self.letters, self.letterhead.form, self.purposes, self.computer)
        left = [part for part in parts if part is not None and not part.commit()]
        return not left

    def _forms(self) -> list[Form]:
        """Those whose fields are saved one by one."""
        parts = (self.association, self.letters, self.letterhead.form, self.purposes.form)
        return [form for form in parts if form is not None]

    @property
    def unstored(self) -> bool:
        return any(form.unstored for form in self._forms())

    def stored(self) -> bool:
        return self.saving.stored(*self._forms())
