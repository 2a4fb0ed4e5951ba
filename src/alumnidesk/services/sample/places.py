"""Addresses and phone numbers of invented people: real towns, invented streets, numbers that ring nowhere."""

from __future__ import annotations

from dataclasses import replace

from alumnidesk.domain.cards import Address
from alumnidesk.services.sample.dice import Dice
from alumnidesk.services.sample.words import Country, Town

HOME_COUNTRY = "DE"

_STRIDE = {1: 3, 2: 37, 3: 389, 4: 3907, 5: 39043, 6: 390781}
"""Steps through a range of so many digits that reach every number once and do not look like counting."""


_HOUSE_NUMBERS = [str(n) for n in range(1, 64)] * 9 + [f"{n}{letter}" for n in range(1, 64) for letter in "ab"]


class Numbers:
    """Phone numbers from ranges that belong to nobody, each given out once.

    Sweden (PTS), the United Kingdom (Ofcom), North America (555-01xx) and Germany (Bundesnetzagentur: five cities and
    mobile phones) keep ranges for stories. Elsewhere the number begins with digits that no subscriber has: 11 in
    Germany, 0 or 1 in the other countries. When a range is used up, further digits follow, as behind a switchboard.
    """

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def next(self, pattern: str) -> str:
        """The next number of a pattern such as ``+49 40 66969###``."""
        count = self._given.get(pattern, 0)
        self._given[pattern] = count + 1
        digits = pattern.count("#")
        size = 10**digits
        serial = (count * _STRIDE[digits] + sum(map(ord, pattern)) * 7919) % size
        number = f"{pattern[:-digits]}{serial:0{digits}}"
        return number if count < size else f"{number}{count // size}"


def written(dice: Dice, number: str) -> str:
    """The number as one of many hands would note it down: ``+49 461 1134827`` · ``0461 / 113 48 27`` …"""
    if not number.startswith("+49 "):
        return number if dice.chance(0.8) else number.replace(" ", "")
    roll = dice.roll()
    if roll < 0.4:
        return number
    _, area, own = number.split(" ")
    if roll < 0.65:
        return f"0{area} {own}"
    if roll < 0.8:
        return f"0{area}/{own}"
    if roll < 0.9:
        return f"0{area} {own[:-4]} {own[-4:-2]} {own[-2:]}"
    return f"0{area}-{own}"


def address(dice: Dice, country: Country, town: Town, label: str = "home") -> Address:
    """Somewhere to live in this town; most people write the house number behind the street, some files apart."""
    street, number, house_number = dice.pick(town.streets), dice.pick(_HOUSE_NUMBERS), ""
    at_home = country.code == HOME_COUNTRY
    if at_home and dice.chance(0.15):
        house_number = number
    else:
        street = f"{number} {street}" if country.number_first else f"{street} {number}"
    return Address(
        street=street,
        house_number=house_number,
        extra=dice.pick(country.flat),
        postcode=dice.pick(town.postcodes),
        town=town.name,
        region=town.region,
        country="" if at_home and dice.chance(0.8) else country.code,
        label=label,
    )


def box(dice: Dice, where: Address) -> Address:
    """The same town, a box instead of the street."""
    number = f"{dice.between(10, 99)} {dice.between(10, 99)} {dice.between(10, 99)}"
    return replace(where, street="", house_number="", extra="", po_box=number)
