"""The columns of the contact list, and the words above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from alumnidesk.domain.lines import ContactLine
from alumnidesk.ui.widgets.chip import Chip
from alumnidesk.ui.widgets.lines import Column
from alumnidesk.ui.words import tr, tr_n

if TYPE_CHECKING:
    from alumnidesk.domain.cards import ContactCard

NOTHING = "–"


def columns(found: Mapping[int, Sequence[Chip]] = MappingProxyType({})) -> tuple[Column[ContactLine], ...]:
    """Name, town, cohort, e-mail; then why a search `found` a contact, what one should look at, and the tags."""
    marks = _marks()  # their words are looked up once, not at every painted cell

    def chips(line: ContactLine) -> tuple[Chip, ...]:
        wanted = ("deceased",) if "deceased" in line.marks else line.marks
        usual = (*(marks[mark] for mark in wanted if mark in marks), *map(Chip, line.tags))
        if line.id not in found:
            return usual
        why = found[line.id]
        return (*why, *(chip for chip in usual if all(chip.text != found.text for found in why)))

    return (
        Column("name", tr("Name"), lambda line: line.name, 164, marks=True),
        Column("town", tr("Town"), lambda line: line.town, 112, marks=True),
        Column("cohort", tr("Cohort"), lambda line: line.cohort, 56, marks=True),
        Column("email", tr("E-mail"), lambda line: line.email or (NOTHING if line.name else ""), 232, marks=True),
        Column(
            "tags",
            tr("Tags"),
            lambda line: ", ".join(chip.text for chip in chips(line)),
            166,
            144,
            chips=chips,
        ),
    )


def _marks() -> dict[str, Chip]:
    """What one should look at first, by the marks of a line."""
    return {
        "deceased": Chip(tr("Deceased"), "plain", "minus-circle"),
        "no_post": Chip(tr("No letters"), "look", "returned"),
        "no_address": Chip(tr("No address"), "look", "warning"),
        "no_email": Chip(tr("No e-mail"), "look", "warning"),
    }


def line_of(card: ContactCard) -> ContactLine:
    """The line of a contact in the bin, which no list keeps any more."""
    address, email = card.preferred_address, card.preferred_email
    years = [year for a in card.affiliations if (year := a.cohort_to or a.cohort_from)]
    return ContactLine(
        card.id or 0,
        card.name,
        address.town if address else "",
        str(max(years)) if years else "",
        email.address if email else "",
        card.tags,
        (),
    )


def counted(
    query: str,
    found: int,
    total: int,
    words: tuple[str, ...],
    *,
    beginning: bool,
    capped: bool,
    selected: int,
    understood: str = "",
) -> str:
    """How many are shown of how many, and why; what was `understood` of a search with conditions."""
    if not query.strip() or not (words or understood):
        text = tr_n("{n} contact", "{n} contacts", total)
    elif beginning:
        letter = words[0].capitalize()
        text = (
            tr_n(
                "The first {n} name beginning with {letter}",
                "The first {n} names beginning with {letter}",
                found,
                letter=letter,
            )
            if capped
            else tr_n("{n} name beginning with {letter}", "{n} names beginning with {letter}", found, letter=letter)
        )
    else:
        text = tr_n("{found} of {n} contact", "{found} of {n} contacts", total, found=found)
    if understood:
        text = tr("{contacts}: {understood}", contacts=text, understood=understood)
    if selected > 1:
        return tr("{contacts} – {selected} selected", contacts=text, selected=selected)
    return text
