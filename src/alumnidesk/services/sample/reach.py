"""E-mail addresses, phone numbers and links of invented people. Domains end in ``.example`` (RFC 2606), all of them."""

from __future__ import annotations

from collections.abc import Sequence

from alumnidesk.domain.cards import Email, Link, Phone
from alumnidesk.services.sample.dice import Dice
from alumnidesk.services.sample.names import Name, latin
from alumnidesk.services.sample.places import Numbers, written
from alumnidesk.services.sample.words import Country, Town


class Reach:
    """How to reach people. Remembers what it has given out: nobody shares an address or number by accident."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._numbers = Numbers()
        self._taken: dict[str, int] = {}

    def emails(self, name: Name, born: int, country: Country, employer: str, likely: float) -> tuple[Email, ...]:
        """None, one or several addresses."""
        dice = self._dice
        found = [Email(self.mailbox(name, born, country.mail), "home", True)] if dice.chance(likely) else []
        if employer and dice.chance(0.4):
            found.append(Email(self.mailbox(name, born, (domain(employer),)), "work", not found))
        elif found and dice.chance(0.06):
            found.append(Email(self.mailbox(name, born, country.mail), dice.pick(("home", "home", "work", ""))))
        return tuple(found)

    def mailbox(self, name: Name, born: int, domains: Sequence[str]) -> str:
        """An e-mail address that nobody has yet."""
        return self.unshared(_local_part(name, born, self._dice.roll()), self._dice.often(domains))

    def unshared(self, local: str, at: str) -> str:
        """``local@at``, with a number behind when it is taken."""
        address = f"{local}@{at}"
        count = self._taken.get(address, 0)
        self._taken[address] = count + 1
        return self.unshared(f"{local}{count + 1}", at) if count else address

    def phones(self, age: int, country: Country, town: Town, employer: str) -> tuple[Phone, ...]:
        """None, one or several numbers: the old have a landline, the young a mobile phone."""
        dice, found = self._dice, []
        if town.phone and dice.chance(0.72 if age > 55 else 0.25):
            found.append(Phone(self._number(town.phone), "home", dice.chance(0.3)))
        if country.mobile and dice.chance(0.4 if age > 75 else 0.68):
            found.append(Phone(self._number(dice.pick(country.mobile)), "mobile", not found and dice.chance(0.3)))
        if employer and town.phone and dice.chance(0.3):
            found.append(Phone(self._number(town.phone), "work"))
        if found and town.phone and age > 60 and dice.chance(0.04):
            found.append(Phone(self._number(town.phone), "fax"))
        return tuple(found)

    def _number(self, pattern: str) -> str:
        return written(self._dice, self._numbers.next(pattern))

    def switchboard(self, town: Town) -> tuple[Phone, ...]:
        """The number of an organisation, now and then with its fax."""
        if not town.phone:
            return ()
        main = Phone(self._number(town.phone), "work", True)
        return (main, Phone(self._number(town.phone), "fax")) if self._dice.chance(0.15) else (main,)

    def links(self, name: Name) -> tuple[Link, ...]:
        """A page of one's own; few have one."""
        if not self._dice.chance(0.05):
            return ()
        label = self._dice.pick(("home", "work", "Blog"))
        return (Link(f"https://www.{name.latin_given}-{name.latin_family}.example", label),)


def _local_part(name: Name, born: int, roll: float) -> str:
    """What people put before the @; `roll` decides between the habits."""
    given, family = name.latin_given, name.latin_family
    if roll < 0.36:
        return f"{given}.{family}"
    if roll < 0.64:
        return f"{given[:1]}.{family}" if roll < 0.48 else f"{given}{family}" if roll < 0.56 else f"{given[:1]}{family}"
    if roll < 0.8:
        return f"{given}_{family}" if roll < 0.72 else f"{family}.{given}"
    if roll < 0.9:
        return f"{given}.{family[:1]}" if roll < 0.85 else family
    return f"{given}{born % 100:02}"


def domain(organisation: str) -> str:
    """The invented domain of an organisation."""
    words = [latin(word) for word in organisation.replace("&", " ").split()]
    short = [word for word in words if word and word not in ("gmbh", "co", "kg", "e", "v", "ev", "ggmbh", "eg", "am")]
    return "-".join(short[:3]) + ".example"
