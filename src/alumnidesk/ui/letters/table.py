"""The columns of mailings, of templates, of recipients, and of a run that is being checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alumnidesk.domain import placeholders
from alumnidesk.domain.cards import TemplateCard
from alumnidesk.domain.households import joint_name
from alumnidesk.domain.letters import LEFT_OUT, LetterPlan, RunPlan
from alumnidesk.domain.lines import ContactLine
from alumnidesk.i18n import LANGUAGES
from alumnidesk.ui.when import local, written
from alumnidesk.ui.widgets.lines import Column
from alumnidesk.ui.words import language, tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.services.letters import MailingLine


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of a run: who, and what about the letter."""

    id: int
    name: str
    words: str
    role: str
    """Colour of the words: text2, look or bad."""
    icon: str


def recipients_of(plan: RunPlan) -> list[Recipient]:
    """Everybody of a run: who is left out first, then what one should look at, then all others in print order."""
    reasons: dict[int, tuple[str, list[str]]] = {}
    spoken = language().code
    names = {letter.contact.id or 0: joint_name(letter.party.contacts, spoken) for letter in plan.letters}
    for finding in plan.findings:
        number = finding.contact.id or 0
        names.setdefault(number, finding.contact.name)
        reasons.setdefault(number, (finding.severity, []))[1].append(words(finding.reason))
    lines = []
    for number, (severity, why) in reasons.items():
        out = severity == LEFT_OUT
        text = tr("Left out: {reason}", reason=why[0]) if out else why[0]
        if len(why) > 1:
            text = tr_n("{text} (and {n} more)", "{text} (and {n} more)", len(why) - 1, text=text)
        lines.append(
            Recipient(number, names[number], text, "bad" if out else "look", "minus-circle" if out else "warning")
        )
    for letter in plan.letters:
        number = letter.contact.id or 0
        if number not in reasons:
            lines.append(
                Recipient(
                    number,
                    names[number],
                    tr("Letter, {place}", place=_place(letter)),
                    "text2",
                    "mail",
                )
            )
    return lines


def _place(letter: LetterPlan) -> str:
    """Postcode and town, as the lists of post offices and people have them; abroad too."""
    address = letter.contact.preferred_address
    return " ".join(part for part in (address.postcode, address.town) if part) if address else ""


def run_columns() -> tuple[Column[Recipient], ...]:
    """One column of two lines."""
    return (
        Column(
            "name",
            tr("Recipient"),
            lambda line: line.name,
            270,
            sortable=False,
            second=lambda line: line.words,
            second_role=lambda line: line.role,
            icon=lambda line: (line.icon, line.role),
        ),
    )


def mailing_columns() -> tuple[Column[MailingLine], ...]:
    """What went out, when, how many."""
    return (
        Column("title", tr("Mailing"), lambda line: line.title, 360, sortable=False),
        Column("made", tr("Sent on"), lambda line: written(local(line.made_at).date(), "year"), 168, sortable=False),
        Column("letters", tr("Letters"), lambda line: language().number(line.letters), 100, sortable=False, right=True),
        Column("pages", tr("Pages"), lambda line: language().number(line.pages), 100, sortable=False, right=True),
    )


def template_columns() -> tuple[Column[TemplateCard], ...]:
    """Name, subject, and in which languages it is written."""
    return (
        Column("name", tr("Letter"), lambda card: card.name, 360, sortable=False, second=_subject),
        Column("languages", tr("Languages"), languages_of, 240, sortable=False),
    )


def _subject(card: TemplateCard) -> str:
    """The subject in the language of the window, else in the first of the letter."""
    spoken = language()
    text = next((text for text in card.texts if text.language == spoken.code), next(iter(card.texts), None))
    return placeholders.named(text.subject, spoken) if text is not None else ""


def languages_of(card: TemplateCard) -> str:
    """The languages of a letter by their own names."""
    return ", ".join(LANGUAGES.get(text.language, text.language) for text in card.texts)


def contact_columns() -> tuple[Column[ContactLine], ...]:
    """Who gets the letter."""
    return (
        Column("name", tr("Name"), lambda line: line.name, 240, sortable=False),
        Column("town", tr("Town"), lambda line: line.town, 160, sortable=False),
        Column("look", tr("Please look"), _marks, 200, sortable=False),
    )


def _marks(line: ContactLine) -> str:
    said = {"deceased": tr("Has died"), "no_post": tr("Wants no post"), "no_address": tr("No postal address")}
    return next((said[mark] for mark in line.marks if mark in said), "")
