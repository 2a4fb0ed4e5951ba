"""What invented people have to do with the Lindenhof: courses, membership, offices, tags."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from alumnidesk.domain.cards import Affiliation
from alumnidesk.services.sample.association import unit_paths
from alumnidesk.services.sample.dice import Dice

FIRST_COHORT = 1966
"""The year of the first course; courses bear numbers since 1987."""
_NUMBERS_SINCE = 1987
_SEMINARS = ("society", "music", "europe", "office")
_TAGS = (("member", 0.24), ("donor", 0.11), ("newsletter", 0.12), ("helper", 0.05), ("mentor", 0.04),
         ("speaker", 0.03), ("ambassador", 0.01))  # fmt: skip
_OFFICES = {"chair": "chair", "treasurer": "treasurer", "secretary": "secretary"}
_GROUPS = {
    "Flensburg": "north", "Schleswig": "north", "Harrislee": "north", "Glücksburg": "north", "Kappeln": "north",
    "Hamburg": "hamburg", "Norderstedt": "hamburg", "Kiel": "kiel", "Eckernförde": "kiel", "Berlin": "berlin",
    "Stockholm": "scandinavia", "Göteborg": "scandinavia", "Malmö": "scandinavia", "København": "scandinavia",
}  # fmt: skip


class Belonging:
    """Gives affiliations and tags in the association's language, as of `today`."""

    def __init__(self, dice: Dice, words: Mapping[str, Any], today: dt.date) -> None:
        self._dice = dice
        self._words = words
        self._today = today
        self._units = unit_paths(words)
        self._roles: Mapping[str, str] = words["roles"]
        self.tag: Mapping[str, str] = words["tags"]
        self._usual_tags = [[key for key, share in _TAGS if dice.chance(share)] for _ in range(997)]

    def cohort(self) -> int:
        """The year of somebody's course; the later ones are better known."""
        span = self._today.year - FIRST_COHORT
        return self._today.year - int(self._dice.roll() ** 1.25 * (span + 1))

    def course(self, cohort: int, *, always_long: bool = False) -> Affiliation:
        """Part in a course that ended in this year."""
        dice, courses = self._dice, self._words["courses"]
        unit = "long" if always_long or dice.chance(0.68) else dice.pick(_SEMINARS)
        if unit != "long":
            return self._affiliation(unit, "participant", dice.pick(courses[unit]), cohort)
        if cohort >= _NUMBERS_SINCE:
            programme = courses["long"][0].format(number=cohort - _NUMBERS_SINCE + 1, letter=dice.often("ABC"))
            degree = dice.pick(self._words["degrees"]) if dice.chance(0.2) else ""
            return self._affiliation(unit, "participant", programme, cohort, degree=degree)
        early = dice.pick(courses["early"])
        winter = early == courses["early"][0]
        programme = early.format(**{"from": cohort - 1, "to": f"{cohort % 100:02}", "year": cohort})
        return self._affiliation(unit, "participant", programme, cohort, cohort - 1 if winter else None)

    def affiliations(self, cohort: int, tags: Sequence[str], town: str, about: str = "") -> tuple[Affiliation, ...]:
        """All that ties somebody to the house; `about` can name an office on the board."""
        dice = self._dice
        found = [self.course(cohort, always_long=bool(about) or "member" in tags)] if dice.chance(0.9) or about else []
        if found and dice.chance(0.1):
            found.append(self.course(min(self._today.year, cohort + dice.between(1, 12))))
        if not found and "member" not in tags and dice.chance(0.3):
            began = dice.between(max(cohort, FIRST_COHORT), self._today.year)
            role = self._roles[dice.pick(("lecturer", "staff"))]
            found.append(Affiliation(self._units["house"], role, began=str(began)))
        if "member" in tags or about in _OFFICES:
            found.append(Affiliation(self._units["friends"], self._roles["member"], began=self._joined(cohort)))
            if town in _GROUPS and dice.chance(0.3):
                role = self._roles["lead" if dice.chance(0.03) else "group"]
                found.append(Affiliation(self._units[_GROUPS[town]], role))
        if about in _OFFICES:
            since = str(self._today.year - dice.between(1, 6))
            found.append(Affiliation(self._units["board"], self._roles[_OFFICES[about]], began=since))
        return tuple(found)

    def tag_keys(self, cohort: int) -> list[str]:
        """What the office has noted about somebody, by key."""
        dice = self._dice
        keys = list(dice.pick(self._usual_tags))
        if cohort < self._today.year - 45 and "member" in keys and dice.chance(0.12):
            keys.append("honorary")
        return keys

    def _affiliation(
        self, unit: str, role: str, programme: str, cohort: int, since: int | None = None, degree: str = ""
    ) -> Affiliation:
        return Affiliation(self._units[unit], self._roles[role], programme, since, cohort, degree)

    def _joined(self, cohort: int) -> str:
        """When somebody became a member: a day, or only the year where the old card index said no more."""
        year = self._dice.between(max(cohort, 1978), self._today.year)
        if year < 1995 or year == self._today.year or self._dice.chance(0.3):
            return str(year)
        return f"{year}-{self._dice.between(1, 12):02}-{self._dice.pick((1, 1, 15)):02}"
