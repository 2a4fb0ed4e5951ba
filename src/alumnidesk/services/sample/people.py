"""The invented contacts of the Lindenhof: first the people of the pictures, then as many others as one likes.

Everything depends on the seed and the given day alone; a larger sample begins with the people of a smaller one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator

from alumnidesk.domain.cards import ORGANISATION, PERSON, Address, ContactCard, Link
from alumnidesk.domain.cards import Email as EmailPart
from alumnidesk.services.sample import names, organisations, slips
from alumnidesk.services.sample.belonging import Belonging
from alumnidesk.services.sample.dice import Dice
from alumnidesk.services.sample.names import Name
from alumnidesk.services.sample.places import HOME_COUNTRY, address, box
from alumnidesk.services.sample.reach import Reach, domain
from alumnidesk.services.sample.words import FEMALE, MALE, Country, Culture, Member, Town, cast, countries, cultures, texts

ORGANISATIONS = 0.05
"""Share of the contacts that are schools, partners, sponsors or newspapers."""


def people(n: int, seed: int, today: dt.date, language: str = "de") -> Iterator[ContactCard]:
    """`n` invented contacts; `language` (``de``, ``en``, ``sv``) is the association's own, for tags and remarks."""
    crowd = Crowd(seed, today, language)
    slip = slips.Slips(Dice(seed, "slips"), crowd.reach)
    members = cast()
    for index in range(n):
        uid = _uid(seed, index)
        if index < len(members):
            yield crowd.of_cast(uid, members[index])
        else:
            yield slip.twin(uid) or slip.slipped(crowd.contact(uid))


def _uid(seed: int, index: int) -> str:
    """The identity of a contact: a name-based UUID (RFC 9562, version 5)."""
    digest = hashlib.sha1(f"lindenhof/{seed}/{index}".encode(), usedforsecurity=False).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"


class Crowd:
    """Makes one contact after the other."""

    def __init__(self, seed: int, today: dt.date, language: str) -> None:
        self._dice = Dice(seed, "people")
        self._today = today
        self._words = texts(language)
        self._belonging = Belonging(self._dice, self._words, today)
        self.reach = Reach(self._dice)

    def contact(self, uid: str) -> ContactCard:
        """The next contact, nearly always a person."""
        if self._dice.chance(ORGANISATIONS):
            return self._organisation(uid)
        dice = self._dice
        culture = dice.pick(cultures())
        gender = FEMALE if dice.chance(0.54) else MALE
        cohort = self._belonging.cohort()
        born = self._born(cohort)
        country = countries()[dice.pick(culture.lives)]
        name = names.invented(dice, culture, gender, born)
        return self._person(uid, name, gender, born, culture, country, dice.pick(country.towns), cohort)

    def of_cast(self, uid: str, member: Member) -> ContactCard:
        """Somebody whom the pictures show; what they do not show is drawn like anybody's."""
        country, town = _where(member.town)
        culture = next(each for each in cultures() if each.code == _CULTURE_OF.get(country.code, "de"))
        born = self._born(member.cohort)
        return self._person(uid, names.of_cast(member), member.gender, born, culture, country, town, member.cohort, member)

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
        about = member.about if member else _fate(dice, age)
        moved, dead = about == "moved", about == "deceased"
        employer, department, position = self._work(age, gender)
        likely = 0.0 if about == "no_email" or moved else 1.0 if member else 0.93 if age < 60 else 0.8 if age < 75 else 0.45
        emails = reach.emails(name, born, country, employer if likely else "", likely)
        mode, salutation, address_name = self._salutation(name, gender, age)
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
            language=self._language(culture, country),
            birth_date=self._birth_date(born),
            deceased=dead,
            deceased_on=self._death_date(born) if dead else "",
            no_post=about == "no_post",
            no_email=bool(emails) and not member and dice.chance(0.03),
            no_phone=not member and dice.chance(0.012),
            remark=self._remark(about, age),
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
            department=dice.pick(self._words["departments"]) if dice.chance(0.35) else "",
            position=dice.pick(self._words["contact_positions"]) if known and dice.chance(0.5) else "",
            gender_form=gender if known else "",
            language="de" if dice.chance(0.7) else "",
            remark=dice.pick(self._words["organisation_remarks"]) if dice.chance(0.3) else "",
            emails=(EmailPart(self.reach.unshared(local, site), "work", True),) if dice.chance(0.85) else (),
            phones=self.reach.switchboard(town),
            addresses=(box(dice, where) if dice.chance(0.15) else where,),
            links=(Link(f"https://www.{site}", "work"),) if dice.chance(0.6) else (),
            tags=(self._belonging.tag[tag],),
        )

    def _born(self, cohort: int) -> int:
        """Most came to their course as young people, some at work, a few in retirement."""
        dice = self._dice
        roll = dice.roll()
        age = dice.between(18, 26) if roll < 0.68 else dice.between(27, 46) if roll < 0.92 else dice.between(47, 66)
        return max(cohort - age, self._today.year - 96)

    def _birth_date(self, born: int) -> str:
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

    def _death_date(self, born: int) -> str:
        """Not after yesterday: the year, sometimes the month or day."""
        dice = self._dice
        died = self._today - dt.timedelta(days=dice.between(1, 3600))
        return died.isoformat()[: dice.pick((4, 7, 10, 10))]

    def _work(self, age: int, gender: str) -> tuple[str, str, str]:
        """Employer, department and position, as far as somebody has told."""
        dice = self._dice
        if age > 68 or not dice.chance(0.26):
            return "", "", ""
        female, _, male = dice.pick(self._words["positions"]).partition("|")
        position = male if male and gender == MALE else female
        if not dice.chance(0.5):
            return "", "", position
        employer, _ = organisations.invented(dice)
        return employer, dice.pick(self._words["departments"]) if dice.chance(0.3) else "", position

    def _salutation(self, name: Name, gender: str, age: int) -> tuple[str, str, str]:
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
            female, _, male = dice.pick(self._words["own_salutation"]).partition("|")
            return "own", (male if male and gender == MALE else female).format(name=name.called or name.given), ""
        family = self._words["family"].format(name=name.family)
        return "own", self._words["family_salutation"].format(name=name.family), family

    def _language(self, culture: Culture, country: Country) -> str:
        dice = self._dice
        if country.code in ("DE", "AT", "CH"):
            own = culture.language if dice.chance(0.4) else "de"
            return own if dice.chance(0.75) else ""
        return "sv" if country.code == "SE" else "de" if country.code == "DK" else culture.language

    def _addresses(self, country: Country, town: Town, about: str, employer: str) -> tuple[Address, ...]:
        dice = self._dice
        if about in ("moved", "no_address"):
            return ()
        home = address(dice, country, town)
        if about == "no_postcode":
            return (Address(home.street, home.house_number, home.extra, town=home.town, country=country.code, label="home"),)
        if employer and dice.chance(0.2):
            return (home, address(dice, country, dice.pick(country.towns), "work"))
        if dice.chance(0.015):
            return (_preferred(home), address(dice, country, dice.pick(country.towns), ""))
        return (home,)

    def _remark(self, about: str, age: int) -> str:
        if about == "moved":
            return str(self._words["moved_remark"])
        if about == "deceased" and self._dice.chance(0.3):
            return str(self._words["late_remark"])
        return self._dice.pick(self._words["remarks"]) if self._dice.chance(0.13) else ""


_CULTURE_OF = {"SE": "sv", "DK": "da"}


def _fate(dice: Dice, age: int) -> str:
    """What makes a contact special, for few of them: ``deceased``, ``moved``, ``no_post``, ``no_address``."""
    roll = dice.roll()
    if roll < max(0, age - 66) * 0.006 + 0.002:
        return "deceased"
    if roll > 0.96:
        return "no_address" if roll < 0.985 else "moved" if roll < 0.99 else "no_post"
    return ""


def _preferred(where: Address) -> Address:
    return Address(where.street, where.house_number, where.extra, where.po_box, where.postcode, where.town, where.region,
                   where.country, where.care_of, where.label, True)  # fmt: skip


def _where(town: str) -> tuple[Country, Town]:
    """Country and particulars of a town by its name; Flensburg if it has none."""
    for country in countries().values():
        for each in country.towns:
            if each.name == (town or "Flensburg"):
                return country, each
    raise LookupError(town)
