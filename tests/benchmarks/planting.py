"""Plants duplicates in an invented register, and people who only look like some; knows not how they are looked for.

A duplicate is made as offices make them: somebody is entered a second time with a slip of the pen, names in the wrong
boxes, after moving house, with a new e-mail address or under another family name, and with less than is known already.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from alumnidesk.domain.cards import PERSON, Address, Affiliation, ContactCard, Email, Phone
from alumnidesk.services import sample
from alumnidesk.services.sample import slips

KINDS = ("typo", "swapped names", "moved house", "changed e-mail", "birth name")
_ORDER = ("moved house", "changed e-mail", "birth name", "typo", "swapped names")
"""What is done to names first and last."""
LOOKALIKES = ("couple", "twins", "siblings", "parent and child", "namesakes in one town")


@dataclass(frozen=True, slots=True)
class Planted:
    """A card that was added to somebody who is in the register already."""

    card: ContactCard
    of: str
    """UID of the contact that it was made from."""
    kind: str
    same: bool
    """Whether it is the same person."""


def plant(people: Sequence[ContactCard], duplicates: int, lookalikes: int, seed: int) -> list[Planted]:
    """`duplicates` of different people and `lookalikes` of others."""
    dice = random.Random(seed)
    living = [card for card in people if card.kind == PERSON and card.given_name and card.family_name]
    chosen = iter(dice.sample(living, len(living)))
    names = [card.family_name for card in living]
    givens = {form: [card.given_name for card in living if card.gender_form == form] for form in ("f", "m")}
    planter = _Planter(dice, living, names, givens)
    found: list[Planted] = []
    while len(found) < duplicates:
        original, kind = next(chosen), KINDS[len(found) % len(KINDS)]
        if (card := planter.again(original, kind)) is not None:
            found.append(Planted(card, original.uid, kind, True))
    for index in range(lookalikes):
        original, kind = next(chosen), LOOKALIKES[index % len(LOOKALIKES)]
        found.append(Planted(planter.lookalike(original, kind), original.uid, kind, False))
    return [replace(each, card=replace(each.card, id=None, uid=f"planted-{n}")) for n, each in enumerate(found)]


def twins_of_the_sample(n: int, seed: int, today: dt.date) -> list[tuple[str, str]]:
    """The sample has slips of its own: who in it is somebody else entered again, as pairs of UIDs."""
    found: list[tuple[str, str]] = []

    class Remembering(slips.Slips):
        def twin(self, uid: str) -> ContactCard | None:
            before = list(self._recent)
            card = super().twin(uid)
            if card is not None:
                left = {each.uid for each in self._recent}
                found.extend((first.uid, uid) for first in before if first.uid not in left)
            return card

    plain = slips.Slips
    slips.Slips = Remembering  # type: ignore[misc]
    try:
        for _ in sample.people(n, seed, today):
            pass
    finally:
        slips.Slips = plain  # type: ignore[misc]
    return found


def _recognisable(card: ContactCard, again: ContactCard) -> bool:
    """Whether anybody could tell: somebody of whom nothing agrees any more is a stranger to everybody."""
    born = card.birth_date[:4] == again.birth_date[:4] if again.birth_date else False
    return (
        born
        or bool({e.address for e in card.emails} & {e.address for e in again.emails})
        or bool(again.phones)
        or bool({(a.street, a.town) for a in card.addresses} & {(a.street, a.town) for a in again.addresses})
        or any(role.programme for role in again.affiliations)
    )


class _Planter:
    def __init__(
        self, dice: random.Random, people: Sequence[ContactCard], names: Sequence[str], givens: dict[str, list[str]]
    ) -> None:
        self._dice, self._people, self._names, self._givens = dice, people, names, givens
        self._changes: dict[str, Callable[[ContactCard], ContactCard]] = {
            "typo": self._typo, "swapped names": self._swapped, "moved house": self._moved,
            "changed e-mail": self._new_email, "birth name": self._married,
        }  # fmt: skip
        self._numbers: Iterator[int] = iter(range(10**6))

    def again(self, card: ContactCard, kind: str) -> ContactCard | None:
        """The same person entered once more: one thing is different, often two, and something is missing.

        None of somebody of whom too little is known for anybody to tell.
        """
        dice = self._dice
        kinds = {kind}
        while dice.random() < 0.3 and len(kinds) < 3:
            kinds.add(dice.choice([other for other in KINDS if other not in kinds]))
        for _ in range(20):
            changed = self._less(card)
            for each in sorted(kinds, key=_ORDER.index):
                changed = self._changes[each](changed)
            if _recognisable(card, changed):
                return changed
        return None

    def _less(self, card: ContactCard) -> ContactCard:
        dice = self._dice
        date = card.birth_date
        if date and dice.random() < 0.4:
            date = date[:4] if date[0] != "-" and dice.random() < 0.5 else ""
        return replace(
            card,
            title="" if dice.random() < 0.3 else card.title,
            additional_names="" if dice.random() < 0.5 else card.additional_names,
            call_name="" if dice.random() < 0.5 else card.call_name,
            gender_form=card.gender_form if dice.random() < 0.7 else "",
            birth_date=date,
            emails=card.emails[:1] if dice.random() < 0.8 else (),
            phones=tuple(map(self._respelled, card.phones[:1])) if dice.random() < 0.7 else (),
            addresses=card.addresses[:1] if dice.random() < 0.85 else (),
            affiliations=card.affiliations[-1:] if dice.random() < 0.6 else (),
            links=(), tags=(), remark="", foreign=(), organisation="", department="", position="",
        )  # fmt: skip

    def _respelled(self, phone: Phone) -> Phone:
        digits = "".join(c for c in phone.number if c.isdigit() or c == "+")
        return replace(phone, number=digits if self._dice.random() < 0.5 else phone.number)

    def _typo(self, card: ContactCard) -> ContactCard:
        if self._dice.random() < 0.7:
            return replace(card, family_name=self._mistyped(card.family_name))
        return replace(card, given_name=self._mistyped(card.given_name))

    def _mistyped(self, name: str) -> str:
        dice = self._dice
        if len(name) < 3:
            return name * 2
        place = dice.randrange(1, len(name))
        what = dice.randrange(4)
        if what == 0:
            return name[:place] + name[place + 1 :]
        if what == 1:
            return name[:place] + name[place - 1].lower() + name[place:]
        if what == 2 and place + 1 < len(name):
            return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
        return name[:place] + dice.choice("enistrahld") + name[place + 1 :]

    def _swapped(self, card: ContactCard) -> ContactCard:
        return replace(card, given_name=card.family_name, family_name=card.given_name)

    def _moved(self, card: ContactCard) -> ContactCard:
        home = self._elsewhere().addresses
        return replace(card, addresses=home[:1])

    def _elsewhere(self) -> ContactCard:
        return self._dice.choice(self._people)

    def _new_email(self, card: ContactCard) -> ContactCard:
        return replace(card, emails=(Email(f"new{next(self._numbers)}@post.example", "home"),))

    def _married(self, card: ContactCard) -> ContactCard:
        other = self._dice.choice([name for name in self._dice.sample(self._names, 4) if name != card.family_name])
        if self._dice.random() < 0.2:
            other = f"{card.family_name}-{other}"
        known = self._dice.random() < 0.8
        return replace(card, family_name=other, birth_name=card.family_name if known else "")

    # Who only looks the same --------------------------------------------------------------------------------------

    def lookalike(self, card: ContactCard, kind: str) -> ContactCard:
        """Somebody else who shares what such people share."""
        return {
            "couple": self._partner, "twins": self._twin, "siblings": self._sibling,
            "parent and child": self._child, "namesakes in one town": self._namesake,
        }[kind](card)  # fmt: skip

    def _other_given(self, card: ContactCard, form: str) -> str:
        return next(name for name in iter(lambda: self._dice.choice(self._givens[form]), "") if name != card.given_name)

    def _of_household(self, card: ContactCard) -> ContactCard:
        dice = self._dice
        own = Email(f"own{next(self._numbers)}@mail.example", "home")
        return ContactCard(
            family_name=card.family_name,
            name_particle=card.name_particle,
            emails=card.emails[:1] if dice.random() < 0.4 else (own,),
            phones=card.phones[:1] if dice.random() < 0.7 else (),
            addresses=card.addresses[:1],
            gender_form=card.gender_form,
        )

    def _partner(self, card: ContactCard) -> ContactCard:
        form = "f" if card.gender_form == "m" else "m"
        born = self._year(card, self._dice.randrange(-4, 5))
        return replace(
            self._of_household(card), gender_form=form, given_name=self._other_given(card, form), birth_date=born
        )

    def _twin(self, card: ContactCard) -> ContactCard:
        form = self._dice.choice("fm")
        return replace(
            self._of_household(card),
            gender_form=form,
            given_name=self._other_given(card, form),
            birth_date=card.birth_date,
            affiliations=card.affiliations[:1],
        )

    def _sibling(self, card: ContactCard) -> ContactCard:
        """With a first name that resembles the other's, where there is such a name: Marie and Maria, Jan and Jana."""
        given = card.given_name
        known = sorted({name for names in self._givens.values() for name in names} - {given})
        alike = [name for name in known if given[:-1] == name[: len(given) - 1] and abs(len(given) - len(name)) < 2]
        name = self._dice.choice(alike) if alike else self._other_given(card, "f")
        return replace(self._of_household(card), given_name=name, birth_date=self._year(card, 3), gender_form="")

    def _child(self, card: ContactCard) -> ContactCard:
        """Called like father or mother; often with something that tells them apart, not always."""
        dice = self._dice
        roles = tuple(
            Affiliation(role.unit, role.role, "Sommerwoche", None, role.cohort_to + 30)
            for role in card.affiliations[:1]
            if role.cohort_to
        )
        return replace(
            self._of_household(card),
            given_name=card.given_name,
            suffix="jun." if dice.random() < 0.4 else "",
            birth_date=self._year(card, 30),
            affiliations=roles,
        )

    def _namesake(self, card: ContactCard) -> ContactCard:
        other = self._elsewhere()
        home = other.addresses[0] if other.addresses else Address()
        town = card.addresses[0].town if card.addresses else ""
        postcode = card.addresses[0].postcode if card.addresses else ""
        return replace(
            other,
            given_name=card.given_name, family_name=card.family_name, name_particle=card.name_particle, birth_name="",
            call_name="", additional_names="", gender_form=card.gender_form,
            addresses=(replace(home, postcode=postcode, town=town),) if town else (),
            emails=(Email(f"name{next(self._numbers)}@mail.example", "home"),), phones=(),
            organisation="", department="", position="",
        )  # fmt: skip

    def _year(self, card: ContactCard, later: int) -> str:
        """A date of birth so many years later, as far as the other one's is known."""
        if not card.birth_date[:4].isdigit():
            return ""
        year = int(card.birth_date[:4]) + later
        known = self._dice.random() < 0.75
        return f"{year}-{self._dice.randrange(1, 13):02}-{self._dice.randrange(1, 29):02}" if known else ""
