"""The lines of the list of pairs: both contacts, how sure it is, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from alumnidesk.domain.lines import ContactLine
from alumnidesk.i18n import Message
from alumnidesk.ui.widgets.chip import Chip
from alumnidesk.ui.widgets.lines import Column
from alumnidesk.ui.words import tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.domain.duplicates import Suspect


class PairLine(NamedTuple):
    """Two contacts that may be one."""

    suspect: Suspect
    first: ContactLine
    second: ContactLine


def columns() -> tuple[Column[PairLine], ...]:
    """Both contacts with their towns, how sure it is, the reasons and below them what speaks against it."""
    return (
        Column(
            "first", tr("Contact"), lambda pair: pair.first.name, 170, marks=True, second=_first_place, sortable=False
        ),
        Column(
            "second",
            tr("Resembles"),
            lambda pair: pair.second.name,
            170,
            marks=True,
            second=_second_place,
            sortable=False,
        ),
        Column(
            "likeness",
            tr("Likeness"),
            lambda pair: chip(pair.suspect).text,
            140,
            140,
            chips=lambda pair: (chip(pair.suspect),),
            sortable=False,
        ),
        Column(
            "why",
            tr("Why"),
            lambda pair: listed(pair.suspect.reasons),
            420,
            second=lambda pair: against(pair.suspect),
            sortable=False,
        ),
    )


def chip(suspect: Suspect) -> Chip:
    """The score with what it means."""
    if suspect.sure:
        return Chip(tr("{n} % – sure", n=suspect.score), "good", "same-person")
    return Chip(tr("{n} % – not sure", n=suspect.score), "look", "question")


def listed(reasons: Sequence[Message]) -> str:
    """Several reasons as one line."""
    return ", ".join(map(words, reasons))


def against(suspect: Suspect) -> str:
    """What speaks against it, if anything does."""
    return tr("but: {reasons}", reasons=listed(suspect.against)) if suspect.against else ""


def counted(suspects: Sequence[Suspect]) -> str:
    """How many there are, and how many of them are sure."""
    sure = sum(suspect.sure for suspect in suspects)
    return tr_n("{n} pair, {sure} of them sure", "{n} pairs, {sure} of them sure", len(suspects), sure=sure)


def _first_place(pair: PairLine) -> str:
    return _place(pair.first)


def _second_place(pair: PairLine) -> str:
    return _place(pair.second)


def _place(line: ContactLine) -> str:
    return ", ".join(filter(None, (line.town, line.email)))
