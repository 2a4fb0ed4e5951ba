"""What is said when a letter came back, about its code or about a person that was chosen by name.

These functions are for the owner thread: they note what came back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alumnidesk.domain.return_code import digits_of
from alumnidesk.domain.returned import SEARCH_FOR, Acquaintance, place_line
from alumnidesk.errors import InvalidInput
from alumnidesk.ui.when import written
from alumnidesk.ui.words import tr, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said about a code or a name that was entered."""

    said: str
    detail: str
    icon: str = "returned"
    role: str = "text"
    """Colour of what is said: text, or look where the person should look again."""
    contact: int = 0
    name: str = ""
    ask: Sequence[Acquaintance] = ()
    """Who may know where the person is to be found."""
    changeset: int = 0
    """The deed that noted it, which can be taken back; 0: nothing was changed."""
    undeliverable: bool = False
    """Did it take an address out of use?"""


def looks_like_code(text: str) -> bool:
    """Is this a code, maybe with a slip, and not a name? Only a code has figures."""
    return any(letter.isdigit() for letter in text) and len(digits_of(text)) > 1


def by_code(desk: Desk, code: str) -> Answer:
    """The letter with this code came back."""
    try:
        found = desk.returned.find(code)
    except InvalidInput as problem:
        return Answer(words(problem.message), words(problem.way_out) if problem.way_out else "", "warning", "look")
    letter = found.letter
    whom = letter.contacts[0] if letter.contacts else 0
    if letter.came_back_on:
        said = tr("{name}: entered already", name=letter.name)
        return Answer(said, words(found.standing), "info", contact=whom, name=letter.name)
    desk.returned.came_back(code)
    if found.in_use:
        card, place = next(pair for pair in found.places if not pair[1].undeliverable_since)
        return _noted(desk, card.id or 0, letter.name, place_line(place))
    return Answer(
        tr("{name}: nothing more to do", name=letter.name),
        words(found.standing),
        "check",
        contact=whom,
        name=letter.name,
        changeset=_newest(desk),
    )


def by_name(desk: Desk, contact: int) -> Answer:
    """A letter to this contact came back, and bears no code: it went to the address that letters go to."""
    card = desk.contacts.card(contact)
    place = card.preferred_address
    if place is None:
        return Answer(
            tr("{name} has no address that is in use", name=card.name),
            tr("Nothing was changed."),
            "info",
            contact=contact,
            name=card.name,
        )
    desk.contacts.mark_undeliverable(contact, place)
    return _noted(desk, contact, card.name, place_line(place))


def _noted(desk: Desk, contact: int, name: str, place: str) -> Answer:
    """An address is not used any more from now on; it is the newest deed."""
    return Answer(
        tr("{name}, {address}: undeliverable since today", name=name, address=place),
        tr("A search for {name} is open until {day}.", name=name, day=written(dt.date.today() + SEARCH_FOR, "long")),
        contact=contact,
        name=name,
        ask=desk.contacts.whom_to_ask(contact),
        changeset=_newest(desk),
        undeliverable=True,
    )


def _newest(desk: Desk) -> int:
    """The deed that was just done."""
    newest = desk.history.next_undo()
    return newest.id if newest is not None else 0
