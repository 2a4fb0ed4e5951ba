"""The invented contacts of the Lindenhof: first the people of the pictures, then as many others as one likes.

Everything depends on the seed and the given day alone; a larger sample begins with the people of a smaller one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from alumnidesk.domain.cards import ORGANISATION, PERSON, Address, ContactCard, Email, Link
from alumnidesk.services.sample import names, organisations, slips
from alumnidesk.services.sample.belonging import Belonging
from alumnidesk.services.sample.dice import Dice, identity
from alumnidesk.services.sample.names import Name
from alumnidesk.services.sample.particulars import Particulars
from alumnidesk.services.sample.places import HOME_COUNTRY, address, box
from alumnidesk.services.sample.reach import Reach, domain
from alumnidesk.services.sample.words import (
    FEMALE,
    MALE,
    Country,
    Culture,
    Member,
    Town,
    cast,
    countries,
    cultures,
    texts,
)

ORGANISATIONS = 0.05
"""Share of the contacts that are schools, partners, sponsors or newspapers."""


def people(n: int, seed: int, today: dt.date, language: str = "de") -> Iterator[ContactCard]:
    """`n` invented contacts; `language` (``de``, ``en``, ``sv``) is the association's own, for tags and remarks."""
    crowd = Crowd(seed, today, language)
    slip = slips.Slips(Dice(seed, "slips"), crowd.reach)
    members = cast()
    for index in range(n):
        uid = identity(seed, index)
        if index < len(members):
            yield crowd.of_cast(uid, members[index])
        else:
            yield slip.twin(uid) or slip.slipped(crowd.contact(uid))


class Crowd:
    """Makes one contact after the other."""

    def __init__(self, seed: int, today: dt.date, language: str) -> None:
        self._dice = Dice(seed, "people")
        self._today = today
        self._words = texts(language)
        self._belonging = Belonging(self._dice, self._words, today)
        self._particulars = Particulars(self._dice, self._words, today)
        self.reach = Reach(self._dice)

    def contact(self, uid: str) -> ContactCard:
        """The next contact, nearly always a person."""
        if self._dice.chance(ORGANISATIONS):
            return self._organisation(uid)
        dice = self._dice
        culture = dice.pick(cultures())
        gender = FEMALE if dice.chance(0.54) else MALE
        cohort = self._belonging.cohort()
        born = self._particulars.born(cohort)
        country = countries()[dice.pick(culture.lives)]
        name = names.invented(dice, culture, gender, born)
        return self._person(uid, name, gender, born, culture, country, dice.pick(country.towns), cohort)

    def of_cast(self, uid: str, member: Member) -> ContactCard:
        """Somebody whom the pictures show; what they do not show is drawn like anybody's."""
        country, town = _where(member.town)
        culture = next(each for each in cultures() if each.code == _CULTURE_OF.get(country.code, "de"))
        name, cohort = names.of_cast(member), member.cohort
        born = self._particulars.born(cohort)
        return self._person(uid, name, member.gender, born, culture, country, town, cohort, member)

    def _person(
        self,
        uid: str,
        name: Name,
        gender: str,
        born: int,
        culture: Culture,
        country: Country,
        town: Town,
        cohort: int,
        member: Member | None = None,
    ) -> ContactCard:
        dice, reach = self._dice, self.reach
        age = self._today.year - born
        keys = list(member.tags) if member else self._belonging.tag_keys(cohort)
        about = member.about if member else self._particulars.fate(age)
        moved, dead = about == "moved", about == "deceased"
        employer, department, position = self._particulars.work(age, gender, country)
        likely = 1.0 if member else 0.93 if age < 60 else 0.8 if age < 75 else 0.45
        if moved or about == "no_email":
            likely = 0.0
        emails = reach.emails(name, born, country, employer if likely else "", likely)
        mode, salutation, address_name = self._particulars.salutation(name, gender, age)
        if moved and "moved" not in keys:
            keys.append("moved")
        return ContactCard(
            uid=uid,
            kind=PERSON,
            title=name.title,
            given_name=name.given,
            additional_names=name.additional,
            name_particle=name.particle,
            family_name=name.family,
            birth_name=name.birth_name,
            call_name=name.called,
            organisation=employer,
            department=department,
            position=position,
            gender_form=gender if member or dice.chance(0.92) else "",
            salutation_mode=mode,
            own_salutation=salutation,
            own_address_name=address_name,
            language=self._particulars.language(culture, country),
            birth_date=self._particulars.birth_date(born),
            deceased=dead,
            deceased_on=self._particulars.death_date() if dead else "",
            no_post=about == "no_post",
            no_email=bool(emails) and not member and dice.chance(0.03),
            no_phone=not member and dice.chance(0.012),
            remark=self._particulars.remark(about),
            emails=emails,
            phones=() if moved else reach.phones(age, country, town, employer),
            addresses=self._addresses(country, town, about, employer),
            links=reach.links(name),
            affiliations=self._belonging.affiliations(cohort, keys, town.name, member.about if member else ""),
            tags=tuple(self._belonging.tag[key] for key in keys),
        )

    def _organisation(self, uid: str) -> ContactCard:
        dice = self._dice
        name, tag = organisations.invented(dice)
        work = self._words["employed"][tag]
        country = countries()[HOME_COUNTRY]
        town = dice.pick(country.towns)
        gender = FEMALE if dice.chance(0.5) else MALE
        person = names.invented(dice, cultures()[0], gender, self._today.year - dice.between(30, 62))
        known = dice.chance(0.6)
        site = domain(name)
        local = dice.pick(("info", "kontakt", "buero", "verwaltung", "post"))
        where = address(dice, country, town, "work")
        return ContactCard(
            uid=uid,
            kind=ORGANISATION,
            title=person.title if known else "",
            given_name=person.given if known else "",
            name_particle=person.particle if known else "",
            family_name=person.family if known else "",
            organisation=name,
            department=dice.pick(work["departments"]) if dice.chance(0.35) else "",
            position=dice.pick(work["contacts"]) if known and dice.chance(0.5) else "",
            gender_form=gender if known else "",
            language="de" if dice.chance(0.7) else "",
            remark=dice.pick(self._words["organisation_remarks"]) if dice.chance(0.3) else "",
            emails=(Email(self.reach.unshared(local, site), "work", True),) if dice.chance(0.85) else (),
            phones=self.reach.switchboard(town),
            addresses=(box(dice, where) if dice.chance(0.15) else where,),
            links=(Link(f"https://www.{site}", "work"),) if dice.chance(0.6) else (),
            tags=(self._belonging.tag[tag],),
        )

    def _addresses(self, country: Country, town: Town, about: str, employer: str) -> tuple[Address, ...]:
        dice = self._dice
        if about in ("moved", "no_address"):
            return ()
        home = address(dice, country, town)
        if about == "no_postcode":
            return (replace(home, postcode=""),)
        if employer and dice.chance(0.2):
            return (home, address(dice, country, dice.pick(country.towns), "work"))
        if dice.chance(0.015):
            return (replace(home, preferred=True), address(dice, country, dice.pick(country.towns), ""))
        return (home,)


_CULTURE_OF = {"SE": "sv", "DK": "da"}


def _where(town: str) -> tuple[Country, Town]:
    """Country and particulars of a town by its name; Flensburg if it has none."""
    for country in countries().values():
        for each in country.towns:
            if each.name == (town or "Flensburg"):
                return country, each
    raise LookupError(town)
