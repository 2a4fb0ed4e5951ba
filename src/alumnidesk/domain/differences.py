"""What differs between two states of a contact, in words, and its single values and parts as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alumnidesk.domain.addresses import Country
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, Foreign, Link, OwnValue, Phone
from alumnidesk.domain.dates import StoredDate
from alumnidesk.domain.fields import FIELDS, Kind, by_key
from alumnidesk.domain.own_fields import OwnField
from alumnidesk.domain.own_fields import value_words as own_words
from alumnidesk.domain.slots import LABELS
from alumnidesk.i18n import LANGUAGES, NOTHING, Message, say


@dataclass(frozen=True, slots=True)
class Difference:
    """What is different in one field, in words."""

    label: Message
    old: Message
    """Empty when something is added."""
    new: Message
    """Empty when something is taken away."""


def differences(before: ContactCard, after: ContactCard, own: Sequence[OwnField] = ()) -> tuple[Difference, ...]:
    """What differs between two states of a contact, in catalogue order; many-valued fields part by part.

    `own` are the own fields, whose kinds say how their values are told.
    """
    found: list[Difference] = []
    for field in FIELDS:
        old, new = getattr(before, field.key), getattr(after, field.key)
        if old == new:
            continue
        if field.kind is Kind.OWN:
            found += _own_differences(old, new, {field.name: field.kind for field in own})
        elif field.kind.many:
            found += _part_differences(field.label, old, new)
        else:
            found.append(Difference(field.label, value_words(field.key, old), value_words(field.key, new)))
    if before.photo != after.photo:
        old_photo, new_photo = (say("a picture") if card.photo else NOTHING for card in (before, after))
        found.append(Difference(say("Photo"), old_photo, new_photo))
    return tuple(found)


def _part_differences(label: Message, old: Sequence[Any], new: Sequence[Any]) -> Iterable[Difference]:
    ours = {_number(part, index): part for index, part in enumerate(old)}
    kept = set()
    for index, part in enumerate(new):
        number = _number(part, index)
        if part in old:
            kept.add(number)
            continue
        changed = ours.get(number) if getattr(part, "id", None) is not None else None
        if changed is not None:
            kept.add(number)
        before, after = part_words(changed) if changed is not None else NOTHING, part_words(part)
        if before == after:
            before, after = telling(changed), telling(part)
        yield Difference(label, before, after)
    for number, part in ours.items():
        if number not in kept and part not in new:
            yield Difference(label, part_words(part), NOTHING)


def _own_differences(
    old: Sequence[OwnValue], new: Sequence[OwnValue], kinds: Mapping[str, str]
) -> Iterable[Difference]:
    """Own fields are told by their names."""
    ours, theirs = ({value.field: value for value in values} for values in (old, new))
    for name in dict.fromkeys([*ours, *theirs]):
        before, after = (
            own_words(kinds.get(name, ""), values[name].value) if name in values else NOTHING
            for values in (ours, theirs)
        )
        if before != after:
            yield Difference(say("{name}", name=name), before, after)


def _number(part: Any, index: int) -> Any:
    return part if isinstance(part, str) else part.id if part.id is not None else ("new", index)


def value_words(key: str, value: Any) -> Message:
    """A single value as people read it."""
    if value is True:
        return say("yes")
    if value is False or value == "":
        return NOTHING
    field = by_key(key)
    if field.kind is Kind.CHOICE:
        return next((words for stored, words in field.choices if stored == value), _text(str(value)))
    if field.kind is Kind.LANGUAGE:
        return _text(LANGUAGES.get(value.split("-")[0].lower(), value))
    if field.kind is Kind.DATE:
        return say("{day}", day=StoredDate(str(value)))
    return _text(str(value))


def part_words(part: Any) -> Message:
    """An e-mail, phone, address, affiliation … in one line."""
    match part:
        case Email():
            return _returned(_text(part.address), part)
        case Phone():
            return _text(part.number)
        case Link():
            return _text(part.url)
        case Address():
            street = " ".join(filter(None, (part.street, part.house_number)))
            town = " ".join(filter(None, (part.postcode, part.town)))
            place = ", ".join(filter(None, (part.care_of, part.extra, street, part.po_box, town, part.region)))
            if not (place and part.country):
                return _returned(_text(place or Country(part.country)), part)
            return _returned(say("{place}, {country}", place=place, country=Country(part.country)), part)
        case Affiliation():
            years = "–".join(str(year) for year in (part.cohort_from, part.cohort_to) if year)
            said = ", ".join(filter(None, (part.unit, part.role, part.programme, years, part.degree)))
            if not (part.began or part.ended):
                return _text(said)
            span = {"began": StoredDate(part.began), "ended": StoredDate(part.ended)}
            return say("{said}, {began}–{ended}", said=said, **span) if said else say("{began}–{ended}", **span)
        case OwnValue():
            return _text(part.value.rpartition("\n")[2])
        case Foreign():
            return _text(f"{part.name}: {part.raw}"[:200])
        case _:
            return _text(str(part))


def telling(part: Any) -> Message:
    """The same with its kind and whether it is the preferred one, where two of them differ in nothing else."""
    words = part_words(part)
    if label := getattr(part, "label", ""):
        words = say("{first}, {other}", first=words, other=LABELS.get(label, _text(label)))
    return say("{first}, {other}", first=words, other=say("preferred")) if getattr(part, "preferred", False) else words


def _returned(words: Message, place: Address | Email) -> Message:
    if not place.undeliverable_since:
        return words
    return say("{place} (returned since {date})", place=words, date=StoredDate(place.undeliverable_since))


def _text(text: str | Country) -> Message:
    return say("{text}", text=text)
