"""The columns of mailings, of templates, of recipients, and of a mailing that is being checked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alumnidesk.domain import placeholders
from alumnidesk.domain.cards import TemplateCard
from alumnidesk.domain.consent import EMAIL
from alumnidesk.domain.households import joint_name
from alumnidesk.domain.letters import LetterPlan
from alumnidesk.domain.lines import ContactLine
from alumnidesk.domain.mailing_plans import MailingPlan
from alumnidesk.domain.mailings import CHECKED, PREPARED, PRODUCED, SENT, STATE_WORDS
from alumnidesk.i18n import LANGUAGES
from alumnidesk.ui.when import local, written
from alumnidesk.ui.widgets.chip import Chip
from alumnidesk.ui.widgets.lines import Column
from alumnidesk.ui.words import language, tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.services.mailings import MailingLine
    from alumnidesk.services.sent_letters import LetterLine


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of a mailing: who, and what about the letter."""

    id: int
    name: str
    words: str
    role: str
    """Colour of the words: text2, look or bad."""
    icon: str


def recipients_of(plan: MailingPlan) -> list[Recipient]:
    """Everybody of a mailing: who is left out first, then what one should look at, then all others: letters in print
    order, e-mails by name."""
    spoken = language().code
    ways = [("mail", tr("Letter, {place}", place=_place(letter)), letter) for letter in plan.letters]
    ways += [("at", tr("E-mail, {address}", address=email.to), email.letter) for email in plan.emails]
    names = {letter.contact.id or 0: joint_name(letter.party.contacts, spoken) for _, _, letter in ways}
    lines = []
    for remarks, role, icon in ((plan.left_out, "bad", "minus-circle"), (plan.looks, "look", "warning")):
        reasons: dict[int, list[str]] = {}
        for remark in remarks:
            number = remark.contact.id or 0
            names.setdefault(number, remark.contact.name)
            reasons.setdefault(number, []).append(words(remark.reason))
        for number, why in reasons.items():
            text = tr("Left out: {reason}", reason=why[0]) if remarks is plan.left_out else why[0]
            if len(why) > 1:
                text = tr_n("{text} (and {n} more)", "{text} (and {n} more)", len(why) - 1, text=text)
            lines.append(Recipient(number, names[number], text, role, icon))
    told = {line.id for line in lines}
    for icon, said, letter in ways:
        number = letter.contact.id or 0
        if number not in told:
            lines.append(Recipient(number, names[number], said, "text2", icon))
    return lines


def _place(letter: LetterPlan) -> str:
    """Postcode and town, as the lists of post offices and people have them; abroad too."""
    address = letter.contact.preferred_address
    return " ".join(part for part in (address.postcode, address.town) if part) if address else ""


def recipient_columns() -> tuple[Column[Recipient], ...]:
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


_CHIPS = {
    PREPARED: ("plain", "edit"),
    CHECKED: ("plain", "eye"),
    PRODUCED: ("look", "printer"),
    SENT: ("good", "check"),
}
"""Ground and icon of each state."""


def state_chip(state: str) -> Chip:
    """What has become of a mailing."""
    ground, icon = _CHIPS[state]
    return Chip(words(STATE_WORDS[state]), ground, icon)


def mailing_columns() -> tuple[Column[MailingLine], ...]:
    """What is being prepared and what went out, with its numbers."""
    return (
        Column("title", tr("Mailing"), lambda line: line.title, 380, sortable=False, second=numbers),
        Column(
            "state",
            tr("State"),
            lambda line: words(STATE_WORDS[line.state]),
            136,
            least=136,
            sortable=False,
            chips=lambda line: [state_chip(line.state)],
        ),
    )


def numbers(line: MailingLine) -> str:
    """When, and how many."""
    parts = [written(local(line.sent_at or line.made_at).date(), "year")]
    if line.letters:
        parts.append(tr_n("{n} letter", "{n} letters", line.letters))
    if line.emails:
        parts.append(tr_n("{n} e-mail", "{n} e-mails", line.emails))
    if line.came_back:
        parts.append(tr_n("{n} came back", "{n} came back", line.came_back))
    return ", ".join(parts)


def letter_columns() -> tuple[Column[LetterLine], ...]:
    """Who got it, and where it went."""
    return (
        Column(
            "name",
            tr("Recipient"),
            lambda line: line.name,
            300,
            sortable=False,
            second=_went_to,
            second_role=lambda line: "look" if line.came_back_on else "text2",
            icon=lambda line: ("returned" if line.came_back_on else "at" if line.channel == EMAIL else "mail", "text2"),
        ),
    )


def letter_paper_columns() -> tuple[Column[LetterLine], ...]:
    """The same for paper and tables."""
    return (
        Column("name", tr("Recipient"), lambda line: line.name, 190),
        Column("way", tr("Kind"), lambda line: tr("E-mail") if line.channel == EMAIL else tr("Letter"), 70),
        Column("place", tr("Address"), lambda line: line.place, 230),
        Column("page", tr("Page"), lambda line: "" if line.channel == EMAIL else str(line.page), 60, right=True),
        Column(
            "came_back",
            tr("Came back on"),
            lambda line: written(dt.date.fromisoformat(line.came_back_on), "year") if line.came_back_on else "",
            110,
        ),
    )


def _went_to(line: LetterLine) -> str:
    """Page and place of a letter, the address of an e-mail."""
    if line.came_back_on:
        return tr("Came back on {day}", day=written(dt.date.fromisoformat(line.came_back_on), "year"))
    if line.channel == EMAIL:
        return tr("E-mail, {address}", address=line.place)
    return tr("Page {n}, {place}", n=line.page, place=line.place)


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
