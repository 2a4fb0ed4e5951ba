"""The same change for many contacts: what can be changed so, in which ways, and what becomes of one contact.

What can be changed is named by its slot (`domain.slots`): the key of a field, ``own.`` and the name of an own field,
``address.country``. A value is refused here if no contact could have it; whether this contact can is the rule of
`domain.checking`, the same as in the detail pane.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from alumnidesk.domain import dates, own_fields
from alumnidesk.domain.addresses import country_code
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, OwnValue
from alumnidesk.domain.checking import check
from alumnidesk.domain.differences import part_words, value_words
from alumnidesk.domain.fields import FIELDS, Field, Group, Kind, by_key
from alumnidesk.domain.folding import fold
from alumnidesk.domain.own_fields import OwnField, OwnKind
from alumnidesk.domain.slots import ADDRESS_PARTS, LABELS, OWN, canonical_label, own_name
from alumnidesk.domain.tags import TagGroup, with_tag
from alumnidesk.domain.yes_no import yes_or_no
from alumnidesk.errors import InvalidInput
from alumnidesk.i18n import NOTHING, Message, say


class Way(StrEnum):
    """How something is changed."""

    SET = "set"
    """In place of what is there."""
    FILL = "fill"
    """Only where nothing is there yet."""
    APPEND = "append"
    """Behind what is there."""
    CLEAR = "clear"
    """Nothing is there afterwards."""
    ADD = "add"
    """One more: a tag, an affiliation."""
    REMOVE = "remove"
    END = "end"
    """Affiliations that still last end on a day."""
    CHANGE = "change"
    """Affiliations become others."""


_OF_ONE = frozenset(
    {
        "given_name", "additional_names", "name_particle", "family_name", "suffix", "birth_name", "former_names",
        "call_name", "birth_date", "deceased_on", "own_address_name",
    }
)  # fmt: skip
"""Fields that are somebody's own: no two contacts get the same on purpose."""
_NOT_TYPED = {Kind.IDENTITY, Kind.FOREIGN, Kind.EMAILS, Kind.PHONES, Kind.LINKS}
_OF_ADDRESSES = ("country", "region", "label")
ADDRESS = "address."
"""Begins the slot of a part of all addresses of a contact."""
TAGS, AFFILIATIONS = "tags", "affiliations"
_SINGLE = (Way.SET, Way.FILL, Way.CLEAR)


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be changed at many contacts."""

    slot: str
    label: Message
    group: Group
    ways: tuple[Way, ...]
    """In the order in which they are offered."""


def targets(own: Sequence[OwnField] = ()) -> list[Target]:
    """Everything that can be changed at many, in the order of reading."""
    found: list[Target] = []
    for one in FIELDS:
        if one.key in _OF_ONE or one.kind in _NOT_TYPED:
            continue
        if one.kind is Kind.ADDRESSES:
            found += [Target(ADDRESS + name, ADDRESS_PARTS[name], one.group, _SINGLE) for name in _OF_ADDRESSES]
        elif one.kind is Kind.OWN:
            kept = (each for each in own if each.kind is not OwnKind.FILE)
            found += [Target(OWN + each.name, say("{name}", name=each.name), one.group, _SINGLE) for each in kept]
        else:
            found.append(Target(one.key, one.label, one.group, _ways(one)))
    return found


def _ways(one: Field) -> tuple[Way, ...]:
    match one.kind:
        case Kind.AFFILIATIONS:
            return (Way.ADD, Way.END, Way.CHANGE)
        case Kind.TAGS:
            return (Way.ADD, Way.REMOVE)
        case Kind.FLAG:
            return (Way.SET,)
        case Kind.LONG_TEXT:
            return (Way.APPEND, *_SINGLE)
    return (Way.SET,) if one.key == "kind" else _SINGLE


@dataclass(frozen=True, slots=True)
class Edit:
    """One change for many contacts."""

    slot: str
    way: Way
    value: str = ""
    """What is entered, as it was typed; ``1`` or ``0`` for a yes or no. Of tags the tag, of an end its day."""
    where: Affiliation = field(default_factory=Affiliation)
    """Which affiliations are meant: those that agree in all that is said here."""
    part: Affiliation = field(default_factory=Affiliation)
    """The affiliation that is added; or what the others become, in all that is said here."""


def attribute(slot: str) -> str:
    """The attribute of a card that a change of this slot touches."""
    return "addresses" if slot.startswith(ADDRESS) else "own" if own_name(slot) else slot


# Values --------------------------------------------------------------------------------------------------------------


def sound(edit: Edit, own: Sequence[OwnField] = ()) -> Edit:
    """The change with its value as it is stored. Raises InvalidInput (field ``value``) if no contact can have it."""
    if edit.way is Way.CLEAR:
        return replace(edit, value="")
    if edit.slot == AFFILIATIONS and edit.way is not Way.END:
        if not any(_said(edit.part)):
            raise InvalidInput("value", say("Enter at least a unit, a role or a year."))
        _try(ContactCard(affiliations=(edit.part,)))
        return edit
    value = _read(edit, own)
    if not value:
        raise InvalidInput("value", say("Nothing is entered yet."))
    return replace(edit, value=value)


def _read(edit: Edit, own: Sequence[OwnField]) -> str:
    text = edit.value.strip()
    if edit.slot == AFFILIATIONS:
        day = dates.read(text) or text
        _try(ContactCard(affiliations=(Affiliation(ended=day),)))
        return day
    if edit.slot == TAGS:
        return " ".join(text.split())
    if edit.slot.startswith(ADDRESS):
        name = edit.slot.removeprefix(ADDRESS)
        return country_code(text) or text if name == "country" else canonical_label(text) if name == "label" else text
    if name := own_name(edit.slot):
        known = next((each for each in own if each.name == name), None)
        if known is None:
            raise InvalidInput("value", say("There is no field “{name}” any more.", name=name))
        return str(_refused_here(lambda: own_fields.read(known, text)))
    kind = by_key(edit.slot).kind
    if kind is Kind.FLAG:
        return {True: own_fields.YES, False: own_fields.NO, None: ""}[yes_or_no(text) if text else None]
    value = dates.read(text) or text if kind is Kind.DATE else text
    if value:
        probe: dict[str, Any] = {edit.slot: value}
        _try(ContactCard(**probe))
    return value


def _try(card: ContactCard) -> None:
    """Whether the values of a card can be saved at all; whose they are does not matter."""
    _refused_here(lambda: check(replace(card, family_name="–", organisation=card.organisation or "–")))


def _refused_here(work: Callable[[], Any]) -> Any:
    try:
        return work()
    except InvalidInput as problem:
        raise InvalidInput("value", problem.message, problem.way_out) from problem


def _said(part: Affiliation) -> list[str]:
    """Which attributes of an affiliation say something."""
    return [each.name for each in fields(Affiliation) if each.name != "id" and getattr(part, each.name)]


# What becomes of a contact -------------------------------------------------------------------------------------------

HAS_IT = say("has it already")
HAS_ANOTHER = say("has something else already")
EMPTY = say("has nothing there")
LACKS_IT = say("does not have it")
NO_ADDRESS = say("has no address")
NO_SUCH = say("has no such affiliation")
ENDED = say("it has ended already")


def changed(edit: Edit, card: ContactCard, groups: Sequence[TagGroup] = ()) -> ContactCard | Message:
    """The contact after a sound change; or why nothing changes, as the end of a sentence about the contact."""
    if edit.slot == TAGS:
        return _with_tags(edit, card, groups)
    if edit.slot == AFFILIATIONS:
        return _with_affiliations(edit, card)
    if edit.slot.startswith(ADDRESS):
        return _with_addresses(edit, card)
    if name := own_name(edit.slot):
        present = next((value for value in card.own if value.field == name), OwnValue(name, ""))
        stored = _value(edit, present.value)
        if isinstance(stored, Message):
            return stored
        others = tuple(value for value in card.own if value.field != name)
        return replace(card, own=(*others, replace(present, value=str(stored))))
    stored = _value(edit, getattr(card, edit.slot))
    return stored if isinstance(stored, Message) else replace(card, **{edit.slot: stored})


def _value(edit: Edit, present: str | bool) -> Any:
    """One value after the change, or why it stays."""
    wanted: str | bool = edit.value
    if isinstance(present, bool):
        wanted = edit.value == own_fields.YES
    if edit.way is Way.APPEND:
        if f"\n{edit.value}\n" in f"\n{present}\n":
            return HAS_IT
        return f"{present}\n{edit.value}" if present else edit.value
    if present == wanted:
        return HAS_IT if wanted or isinstance(wanted, bool) else EMPTY
    return HAS_ANOTHER if edit.way is Way.FILL and present else wanted


def _with_tags(edit: Edit, card: ContactCard, groups: Sequence[TagGroup]) -> ContactCard | Message:
    if (edit.value in card.tags) is (edit.way is Way.ADD):
        return HAS_IT if edit.way is Way.ADD else LACKS_IT
    if edit.way is Way.ADD:
        return replace(card, tags=with_tag(card.tags, edit.value, groups))
    return replace(card, tags=tuple(tag for tag in card.tags if tag != edit.value))


def _with_addresses(edit: Edit, card: ContactCard) -> ContactCard | Message:
    if not card.addresses:
        return NO_ADDRESS
    name = edit.slot.removeprefix(ADDRESS)
    found = [_value(edit, getattr(address, name)) for address in card.addresses]
    if all(isinstance(value, Message) for value in found):
        return HAS_ANOTHER if HAS_ANOTHER in found else HAS_IT if HAS_IT in found else EMPTY
    return replace(
        card,
        addresses=tuple(
            address if isinstance(value, Message) else replace(address, **{name: value})
            for address, value in zip(card.addresses, found, strict=True)
        ),
    )


def _with_affiliations(edit: Edit, card: ContactCard) -> ContactCard | Message:
    if edit.way is Way.ADD:
        if any(_alike(edit.part, known) for known in card.affiliations):
            return HAS_IT
        return replace(card, affiliations=(*card.affiliations, edit.part))
    meant = [known for known in card.affiliations if _fits(edit.where, known)]
    if not meant:
        return NO_SUCH
    if edit.way is Way.END:
        new: dict[str, Any] = {"ended": edit.value}
        meant = [known for known in meant if not known.ended]
    else:
        new = {name: getattr(edit.part, name) for name in _said(edit.part)}
        meant = [known for known in meant if replace(known, **new) != known]
    if not meant:
        return ENDED if edit.way is Way.END else HAS_IT
    return replace(card, affiliations=tuple(replace(one, **new) if one in meant else one for one in card.affiliations))


def _fits(where: Affiliation, known: Affiliation) -> bool:
    """Whether an affiliation agrees in all that is said; a cohort is the later of its years."""
    cohort = where.cohort_to or where.cohort_from
    if cohort and cohort != (known.cohort_to or known.cohort_from):
        return False
    texts = (name for name in _said(where) if not name.startswith("cohort"))
    return all(fold(getattr(where, name)) == fold(getattr(known, name)) for name in texts)


def _alike(one: Affiliation, other: Affiliation) -> bool:
    return replace(one, id=None) == replace(other, id=None)


# In words ------------------------------------------------------------------------------------------------------------


def touched(
    edit: Edit, before: ContactCard, after: ContactCard, own: Sequence[OwnField] = ()
) -> tuple[tuple[Message, ...], tuple[Message, ...]]:
    """What the change touches of a contact: as it is, and as it becomes. Of what has many values only what differs."""
    old, new = list(at(edit.slot, before, own)), list(at(edit.slot, after, own))
    for words in tuple(old):
        if words in new:
            old.remove(words)
            new.remove(words)
    return tuple(old), tuple(new)


def at(slot: str, card: ContactCard, own: Sequence[OwnField] = ()) -> tuple[Message, ...]:
    """All that a contact has there, a line for each value."""
    if slot in (TAGS, AFFILIATIONS):
        return tuple(part_words(part) for part in getattr(card, slot))
    if slot == f"{ADDRESS}label":
        return tuple(LABELS.get(one.label, say("{value}", value=one.label)) for one in card.addresses if one.label)
    if slot.startswith(ADDRESS):
        return tuple(part_words(address) for address in card.addresses)
    if name := own_name(slot):
        known = next((each for each in own if each.name == name), OwnField(name))
        return tuple(own_fields.in_words(known, value.value) for value in card.own if value.field == name)
    value = getattr(card, slot)
    if by_key(slot).kind is Kind.FLAG:
        return (say("yes") if value else say("no"),)
    return (value_words(slot, value),) if value else ()


def entered(edit: Edit, own: Sequence[OwnField] = ()) -> Message:
    """What a sound change enters, as it is called in the history; of a long text only its beginning."""
    if edit.slot == AFFILIATIONS:
        return part_words(edit.part)
    if edit.way is Way.APPEND or len(edit.value) > LONGEST:
        return say("{value}", value=shortened(edit.value))
    blank = ContactCard(addresses=(Address(),))
    after = changed(edit, blank)
    words = at(edit.slot, blank if isinstance(after, Message) else after, own)
    return words[0] if words else NOTHING


LONGEST = 60
"""Characters of a text in the history."""


def shortened(text: str) -> str:
    """The beginning of a long text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rstrip()} …"
