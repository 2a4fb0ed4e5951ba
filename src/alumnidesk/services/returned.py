"""Letters that come back: the code on one leads to the contact and to the address that nothing reaches any more."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from alumnidesk.domain.addresses import place_key
from alumnidesk.domain.cards import Address, ContactCard
from alumnidesk.domain.checking import check
from alumnidesk.domain.dates import StoredDate
from alumnidesk.domain.return_code import code as code_of
from alumnidesk.domain.return_code import digits_of, grouped, letter_of, probable
from alumnidesk.domain.returned import SEARCH_FOR, Acquaintance, place_line
from alumnidesk.errors import InvalidInput
from alumnidesk.i18n import Message, say
from alumnidesk.services import cards
from alumnidesk.services.acquaintances import whom_to_ask
from alumnidesk.services.notes import begin_search
from alumnidesk.services.sent_letters import SentLetter, SentLetters
from alumnidesk.storage.database import Database

_MOST_GUESSES = 3


@dataclass(frozen=True, slots=True)
class ReturnedLetter:
    """A letter that came back, and what is known about the place that it went to."""

    letter: SentLetter
    places: tuple[tuple[ContactCard, Address], ...]
    """Who of its recipients still has this address; empty: nobody."""
    standing: Message
    """What has become of the address, in words."""
    ask: tuple[Acquaintance, ...]
    """Who may know where the first of them is to be found."""

    @property
    def in_use(self) -> bool:
        """Would something be sent to this address again?"""
        return any(not place.undeliverable_since for _, place in self.places)


class ReturnedMail:
    """Everything one does with letters that come back."""

    def __init__(self, database: Database, letters: SentLetters) -> None:
        self._database, self._letters = database, letters

    def find(self, code: str) -> ReturnedLetter:
        """The letter that a typed or scanned code names.

        Raises InvalidInput (``code``) if there is none, with the code that was probably meant.
        """
        letter = self._letters.letter(self._row(code))
        people = list(cards.read(self._database, letter.contacts))
        went_to = self._place(letter)
        places = tuple(_still(people, went_to))
        ask = whom_to_ask(self._database, people[0]) if people else []
        return ReturnedLetter(letter, places, _standing(letter, people, went_to, places), tuple(ask))

    def came_back(self, code: str, *, on: str = "", note: str = "", today: dt.date | None = None) -> ReturnedLetter:
        """Note that a letter came back, as one step: the address that it went to is not used any more, if somebody of
        its recipients still has it, and a search begins.

        `on` is an ISO date (empty: today), `note` goes into the search. A letter that is noted already is left as it
        is. Raises InvalidInput (``code``: as `find`; ``on``: no date).
        """
        today = today or dt.date.today()
        found = self.find(code)
        if found.letter.came_back_on:
            return found
        pairs = [(card, replace(place, undeliverable_since=on or today.isoformat())) for card, place in found.places
                 if not place.undeliverable_since]  # fmt: skip
        changed = [(card, _with(card, place)) for card, place in pairs]
        for _, marked in changed:
            check(marked)
        with self._database.writing(say("Letter to {name} came back", name=found.letter.name)) as transaction:
            transaction.execute(
                "UPDATE letter SET came_back_on = ? WHERE mailing_id = ? AND channel = 'post' AND first_page = ?",
                (on or today.isoformat(), found.letter.mailing, found.letter.first_page),
            )
            for card, marked in changed:
                cards.update(transaction, card, marked)
            for card, place in pairs[:1]:
                begin_search(transaction, card.id or 0, place, note, (today + SEARCH_FOR).isoformat())
        return self.find(code)

    # Within -----------------------------------------------------------------------------------------------------

    def _row(self, code: str) -> int:
        """A row of the letter with this code."""
        number = letter_of(code)
        if number is not None and (row := self._letter(number)) is not None:
            return row
        meant = [guess for other, guess in probable(code) if self._letter(other) is not None][:_MOST_GUESSES]
        if meant:
            way_out = say("Was it {code}? Please compare with the letter.", code=" · ".join(meant))
        elif number is not None:
            way_out = say("Was its mailing taken back, or made with another data file?")
        else:
            way_out = say("A code has at least eight digits, such as {code}; please compare.", code=code_of(1045))
        shown = grouped(digits_of(code)) or "–"
        if number is not None:
            raise InvalidInput("code", say("There is no letter with the code {code}.", code=shown), way_out)
        raise InvalidInput("code", say("{code} is not the code of a letter; a digit is wrong.", code=shown), way_out)

    def _letter(self, number: int) -> int | None:
        """A row of the letter whose first row had this number, if it went out by post with a code."""
        held = "channel = 'post' AND json_extract(words, '$.code') AND json_extract(words, '$.number') = ?1"
        rows = self._database.rows(f"SELECT id FROM letter WHERE id = ?1 AND {held}", (number,)) or self._database.rows(
            f"SELECT id FROM letter WHERE id BETWEEN ?1 AND ?1 + 50 AND {held}", (number,)
        )
        return int(rows[0][0]) if rows else None

    def _place(self, letter: SentLetter) -> tuple[int, str, str]:
        """Where it went to: the address row, its line and its key as they were then."""
        ((words,),) = self._database.rows("SELECT words FROM letter WHERE id = ?", (letter.id,))
        number, line, key = json.loads(words)["place"] or (None, "", "")
        return number or 0, line, key


def _still(people: list[ContactCard], went_to: tuple[int, str, str]) -> Iterator[tuple[ContactCard, Address]]:
    """The recipients who still have the address, each with theirs."""
    _, _, key = went_to
    for card in people:
        same = [place for place in card.addresses if place_key(place) == key]
        if same:
            yield card, next((place for place in same if not place.undeliverable_since), same[0])


def _standing(
    letter: SentLetter,
    people: list[ContactCard],
    went_to: tuple[int, str, str],
    places: tuple[tuple[ContactCard, Address], ...],
) -> Message:
    number, line, _ = went_to
    if letter.came_back_on:
        return say("It is noted that this letter came back on {day}.", day=StoredDate(letter.came_back_on))
    if places:
        since = places[0][1].undeliverable_since
        if all(place.undeliverable_since for _, place in places):
            return say("Letters are known to come back from there since {day}.", day=StoredDate(since))
        return say("The address is still in use: {address}", address=line)
    now = next((place for card in people for place in card.addresses if place.id == number), None)
    if now is not None:
        return say("The address was changed since; now it is: {address}", address=place_line(now))
    return say("The address was taken away since: {address}", address=line)


def _with(card: ContactCard, marked: Address) -> ContactCard:
    return replace(card, addresses=tuple(marked if place.id == marked.id else place for place in card.addresses))
