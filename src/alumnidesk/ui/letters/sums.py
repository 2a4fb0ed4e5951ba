"""What goes out, in numbers: letters, e-mails, who gets nothing and why, and where the letters go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain import needs
from alumnidesk.domain.addresses import Country
from alumnidesk.domain.email_draft import no_sender
from alumnidesk.domain.letters import LetterPlan
from alumnidesk.domain.mailing_plans import MailingPlan, Region
from alumnidesk.domain.recipients import Remark
from alumnidesk.i18n import Message
from alumnidesk.ui.letters.job import Checked, languages
from alumnidesk.ui.page import Context
from alumnidesk.ui.settings import ASSOCIATION
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.detail import DetailPane
from alumnidesk.ui.widgets.label import Label, Line, breakable, section
from alumnidesk.ui.words import language, tr, tr_n, words

Remedy = tuple[str, str, Callable[[], object]]
"""Words, icon, what it does."""
SHOWN = 4
"""So many people stand here for each reason; the list at the left has all."""


class Sums(DetailPane):
    """The panel at the right of the check. `rewrite` asks for the letter, `salutations` for how all are greeted."""

    rewrite = Signal()
    salutations = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context.look, tr("What goes out"))
        self._context = context

    def show_checked(self, checked: Checked) -> None:
        """Say what would go out."""
        look, plan = self._look, checked.plan
        column = self.set_body(QWidget())
        column.setSpacing(look.px(8))
        column.addWidget(section(look, tr("What goes out")))
        letters, emails = len(plan.letters), len(plan.emails)
        if letters or not emails:
            column.addWidget(self._number(letters, tr_n("letter", "letters", letters), _spoken(plan.letters)))
        if emails:
            by_email = _spoken(email.letter for email in plan.emails)
            column.addWidget(self._number(emails, tr_n("e-mail", "e-mails", emails), by_email))
        if plan.left_out:
            column.addWidget(self._number(len(plan.left_out), tr("left out"), tr("The reasons stand below")))
        self._about_all(column, plan)
        for head, remarks in ((tr("Please look"), plan.looks), (tr("Left out"), plan.left_out)):
            if remarks:
                self._part(column, head, remarks)
        column.addWidget(Line(look))
        facts = [(tr("What it is for"), words(plan.purpose.name))]
        if letters:
            facts.append((tr("Envelope"), checked.window.name))
        for label, said in facts:
            column.addLayout(self._fact(label, said))
        if plan.regions:
            column.addWidget(Line(look))
            column.addWidget(section(look, tr("Where the letters go")))
            for country, regions in _by_country(plan.regions):
                column.addLayout(self._country(country, regions))

    def _about_all(self, column: QVBoxLayout, plan: MailingPlan) -> None:
        """What concerns everybody, each with its way out."""
        unsent = [problem for problem in plan.problems if problem == no_sender()]
        written = [problem for problem in plan.problems if problem not in unsent]
        unnamed = [] if plan.master.association.has_sender else [needs.sender().text]
        fill_in = (tr("Fill in"), "edit", self._open_association)
        change_sender = (tr("Change sender"), "edit", self._open_association)
        change_letter = (tr("Change letter"), "edit", self.rewrite.emit)
        salutations = (tr("All salutations …"), "list", self.salutations.emit)
        self._with_remedies(column, written, "bad", change_letter)
        self._with_remedies(column, unsent, "bad", fill_in)
        self._with_remedies(column, unnamed, "look", fill_in)
        self._with_remedies(column, plan.about_sender, "look", change_sender)
        self._with_remedies(column, plan.about_greetings, "look", salutations, change_letter)

    def _with_remedies(self, column: QVBoxLayout, said: Iterable[Message], role: str, *remedies: Remedy) -> None:
        """Sentences, and below them once what helps."""
        look, sentences = self._look, list(said)
        for sentence in sentences:
            column.addWidget(Label(look, words(sentence), role=role, wraps=True))
        for verb, icon, do in remedies if sentences else ():
            column.addWidget(LinkButton(look, verb, icon=icon, clicked=do), 0, Qt.AlignmentFlag.AlignLeft)

    def _number(self, n: int, words: str, small: str) -> QWidget:
        look = self._look
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(look.px(14))
        figure = Label(look, language().number(n), size="title", bold=True)
        figure.setMinimumWidth(look.px(40))
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(Label(look, words, bold=True))
        if small:
            said.addWidget(Label(look, small, size="small", role="text2", wraps=True))
        across.addWidget(figure)
        across.addLayout(said, 1)
        return row

    def _fact(self, label: str, said: str) -> QHBoxLayout:
        look, row = self._look, QHBoxLayout()
        row.addWidget(Label(look, label, role="text2"), 0, Qt.AlignmentFlag.AlignTop)
        value = Label(look, said, wraps=True)
        value.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(value, 1)
        return row

    def _country(self, country: str, regions: Sequence[Region]) -> QVBoxLayout:
        """A country with its letters, and these by the beginning of their postcodes."""
        look, column = self._look, QVBoxLayout()
        column.setSpacing(0)
        total = sum(region.letters for region in regions)
        column.addLayout(self._fact(Country(country).spoken(language().locale) or country, language().number(total)))
        parts = (
            tr("{begins}…: {n}", begins=region.begins, n=region.letters)
            if region.begins
            else tr("without postcode: {n}", n=region.letters)
            for region in regions
        )
        if len(regions) > 1:
            column.addWidget(Label(look, " · ".join(parts), size="small", role="text2", wraps=True))
        return column

    # Remarks ---------------------------------------------------------------------------------------------------

    def _part(self, column: QVBoxLayout, head: str, remarks: Sequence[Remark]) -> None:
        """All remarks of a kind, gathered by their reason."""
        look = self._look
        column.addWidget(Line(look))
        column.addWidget(section(look, head))
        gathered: dict[str, list[Remark]] = {}
        for remark in remarks:
            gathered.setdefault(words(remark.reason), []).append(remark)
        for reason, several in gathered.items():
            column.addWidget(Label(look, reason, size="small", role="text2", wraps=True))
            for remark in several[:SHOWN]:
                column.addWidget(self._remark(remark))
            if (more := len(several) - SHOWN) > 0:
                column.addWidget(
                    Label(
                        look,
                        tr_n("and {n} more, in the list on the left", "and {n} more, in the list on the left", more),
                        size="small",
                        role="text2",
                        wraps=True,
                    )
                )

    def _remark(self, remark: Remark) -> QWidget:
        look = self._look
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(look.px(8))
        across.addWidget(Label(look, breakable(remark.contact.name), wraps=True), 1)
        link = LinkButton(look, tr("Open"), clicked=self._opener(remark.contact.id))
        link.setAccessibleName(tr("Open contact {name}", name=remark.contact.name))
        across.addWidget(link)
        return row

    def _open_association(self) -> None:
        self._context.open_page("settings", ASSOCIATION)

    def _opener(self, id: int | None) -> Callable[[], None]:
        return lambda: self._context.open_page("contacts", id) if id is not None else None


def _spoken(letters: Iterable[LetterPlan]) -> str:
    """How many are in which language."""
    return ", ".join(tr("{n} {language}", n=n, language=name) for name, n in languages(letters))


def _by_country(regions: Sequence[Region]) -> list[tuple[str, list[Region]]]:
    """The regions of each country, in the order of the letters."""
    countries: dict[str, list[Region]] = {}
    for region in regions:
        countries.setdefault(region.country, []).append(region)
    return list(countries.items())
