"""What is personal about invented people: age, work, how they want to be addressed, what the office has noted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from alumnidesk.services.sample import organisations
from alumnidesk.services.sample.dice import Dice
from alumnidesk.services.sample.names import Name
from alumnidesk.services.sample.places import HOME_COUNTRY
from alumnidesk.services.sample.words import MALE, Country, Culture


class Particulars:
    """Draws them in the association's language, as of `today`."""

    def __init__(self, dice: Dice, words: Mapping[str, Any], today: dt.date) -> None:
        self._dice = dice
        self._words = words
        self._today = today

    def fate(self, age: int) -> str:
        """What makes a contact special, for few of them: ``deceased``, ``moved``, ``no_post``, ``no_address``."""
        roll = self._dice.roll()
        if roll < max(0, age - 66) * 0.006 + 0.002:
            return "deceased"
        if roll > 0.96:
            return "no_address" if roll < 0.985 else "moved" if roll < 0.99 else "no_post"
        return ""

    def born(self, cohort: int) -> int:
        """Most came to their course as young people, some at work, a few in retirement."""
        dice = self._dice
        roll = dice.roll()
        age = dice.between(18, 26) if roll < 0.68 else dice.between(27, 46) if roll < 0.92 else dice.between(47, 66)
        return max(cohort - age, self._today.year - 96)

    def birth_date(self, born: int) -> str:
        """As much of the birthday as the office knows."""
        dice = self._dice
        roll = dice.roll()
        if roll < 0.3:
            return ""
        if roll < 0.42:
            return str(born)
        month, day = dice.between(1, 12), dice.between(1, 28)
        if roll < 0.44:
            return f"{born}-{month:02}"
        return f"--{month:02}-{day:02}" if roll < 0.48 else f"{born}-{month:02}-{day:02}"

    def death_date(self) -> str:
        """Not after yesterday: the year, sometimes the month or day."""
        dice = self._dice
        died = self._today - dt.timedelta(days=dice.between(1, 3600))
        return died.isoformat()[: dice.pick((4, 7, 10, 10))]

    def work(self, age: int, gender: str, country: Country) -> tuple[str, str, str]:
        """Employer, department and position, as far as somebody has told."""
        dice = self._dice
        if age > 68 or not dice.chance(0.26):
            return "", "", ""
        if age < 25:
            return "", "", _form(gender, self._words["student"])
        if country.code != HOME_COUNTRY or dice.chance(0.5):
            return "", "", _form(gender, dice.pick(self._words["positions"]))
        employer, kind = organisations.invented(dice)
        work = self._words["employed"][kind]
        department = dice.pick(work["departments"]) if dice.chance(0.3) else ""
        return employer, department, _form(gender, dice.pick(work["positions"]))

    def salutation(self, name: Name, gender: str, age: int) -> tuple[str, str, str]:
        """Salutation mode, own salutation, own name on the envelope."""
        dice = self._dice
        roll = dice.roll()
        if roll < 0.72:
            return "", "", ""
        if roll < 0.80 + (age < 45) * 0.08:
            return "informal", "", ""
        if roll < 0.96:
            return "formal", "", ""
        if roll < 0.978:
            return "neutral", "", ""
        if roll < 0.99:
            own = _form(gender, dice.pick(self._words["own_salutation"]))
            return "own", own.format(name=name.called or name.given), ""
        family = f"{name.particle} {name.family}".strip()
        return "own", self._words["family_salutation"].format(name=family), self._words["family"].format(name=family)

    def language(self, culture: Culture, country: Country) -> str:
        dice = self._dice
        if country.code in ("DE", "AT", "CH"):
            own = culture.language if dice.chance(0.4) else "de"
            return own if dice.chance(0.75) else ""
        return "sv" if country.code == "SE" else "de" if country.code == "DK" else culture.language

    def remark(self, about: str) -> str:
        if about == "moved":
            return str(self._words["moved_remark"])
        if about == "deceased":
            return str(self._words["late_remark"]) if self._dice.chance(0.3) else ""
        return self._dice.pick(self._words["remarks"]) if self._dice.chance(0.13) else ""


def _form(gender: str, words: str) -> str:
    """The form for women or men of words such as ``Lehrerin|Lehrer``; one form serves both where there is no bar."""
    female, _, male = words.partition("|")
    return male if male and gender == MALE else female
