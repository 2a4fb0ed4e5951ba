"""What goes wrong in a real office: the same person twice, capitals, lost postcodes."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from alumnidesk.domain.cards import PERSON, ContactCard, Email, Phone
from alumnidesk.services.sample.dice import Dice
from alumnidesk.services.sample.names import latin
from alumnidesk.services.sample.reach import Reach

TWINS = 0.02
"""Share of the contacts that are somebody already known, entered again."""
_MEMORY = 120
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "a", "ø": "o", "é": "e", "ł": "l"})

_MISHEARD = (("tt", "t"), ("ss", "s"), ("ei", "ai"), ("dt", "t"), ("sen", "son"), ("th", "t"), ("f", "ff"))


class Slips:
    """Makes such slips, seldom and always in the same places for a seed."""

    def __init__(self, dice: Dice, reach: Reach) -> None:
        self._dice = dice
        self._reach = reach
        self._recent: deque[ContactCard] = deque(maxlen=_MEMORY)

    def twin(self, uid: str) -> ContactCard | None:
        """A second card of somebody seen shortly before, with less in it; mostly None."""
        if len(self._recent) < _MEMORY // 4 or not self._dice.chance(TWINS):
            return None
        dice = self._dice
        place = int(dice.roll() * len(self._recent))
        first = self._recent[place]
        del self._recent[place]  # nobody is entered a third time
        family, birth_name, given = first.family_name, first.birth_name, first.given_name
        roll = dice.roll()
        if roll < 0.45:
            family = _misspelled(dice, family)
        elif roll < 0.6 and first.gender_form == "f" and not birth_name:
            family, birth_name = dice.pick(("Jürgens", "Petersen", "Wolff", "Harms", "Lund", "Nowak")), family
        elif roll < 0.8 and first.call_name:
            given = first.call_name
        local = f"{latin(given)[:1]}.{latin(family)}"
        emails = (Email(self._reach.unshared(local, "post.example"), "home"),) if dice.chance(0.7) else first.emails[:1]
        return ContactCard(
            uid=uid,
            title=first.title if dice.chance(0.5) else "",
            given_name=given,
            name_particle=first.name_particle,
            family_name=family,
            birth_name=birth_name,
            gender_form=first.gender_form if dice.chance(0.5) else "",
            birth_date=first.birth_date if dice.chance(0.6) else "",
            emails=emails,
            phones=tuple(Phone(_compact(phone.number), phone.label) for phone in first.phones[:1]),
            addresses=first.addresses[:1] if dice.chance(0.75) else (),
            affiliations=first.affiliations[:1] if dice.chance(0.3) else (),
        )

    def slipped(self, card: ContactCard) -> ContactCard:
        """The card, in about one of thirty cases with something wrong in it."""
        if card.kind == PERSON and not card.deceased:
            self._recent.append(card)
        roll = self._dice.roll()
        if roll > 0.029:
            return card
        if roll < 0.008:
            return replace(card, family_name=card.family_name.upper(), given_name=card.given_name.upper())
        if roll < 0.026 and card.addresses:
            first, *others = card.addresses
            town = first.town if roll < 0.022 else f"{first.postcode} {first.town}"
            return replace(card, addresses=(replace(first, postcode="", town=town), *others))
        if card.emails:
            email, *rest = card.emails
            return replace(card, emails=(replace(email, address=email.address.upper()), *rest))
        return card


def _misspelled(dice: Dice, family: str) -> str:
    """A family name as it is heard on the phone or typed in a hurry."""
    spelled = family.translate(_SPELLED_OUT)
    if spelled != family:
        return spelled
    for heard, written in _MISHEARD:
        if heard in family[1:]:
            return family[0] + family[1:].replace(heard, written, 1)
    place = dice.between(1, max(1, len(family) - 2))
    return family[:place] + family[place + 1 : place + 2] + family[place : place + 1] + family[place + 2 :]


def _compact(number: str) -> str:
    return number.replace(" ", "").replace("/", "").replace("-", "")
