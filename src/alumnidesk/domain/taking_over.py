"""What somebody else changed in their part of a contact, taken over into the whole of ours.

A table with the columns postcode and town holds only a part of an address, and one with first and last name only a
part of a name. Whoever writes another postcode there has not said that the street is gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, Link, Phone
from alumnidesk.domain.fields import single_valued
from alumnidesk.domain.uniting import same_email, same_link, same_phone

_FAMILY = ("name_particle", "family_name")
"""One column for both in most tables: they change together."""


def taken_over(ours: ContactCard, before: ContactCard, after: ContactCard) -> ContactCard:
    """Our contact with what differs between two states of the part that somebody else holds of it.

    What the part does not hold stays as it is; where nothing differs, so does all. Ids stay with the values.
    """
    changes: dict[str, Any] = {
        field.key: getattr(after, field.key)
        for field in single_valued()
        if getattr(after, field.key) != getattr(before, field.key)
    }
    if changes.keys() & set(_FAMILY):
        changes.update((key, getattr(after, key)) for key in _FAMILY)
    for attribute, is_part in IS_PART.items():
        was, becomes = getattr(before, attribute), getattr(after, attribute)
        if was != becomes:
            changes[attribute] = _with_parts(getattr(ours, attribute), was, becomes, is_part)
    if before.tags != after.tags:
        gone = set(before.tags) - set(after.tags)
        changes["tags"] = tuple(dict.fromkeys(tag for tag in (*ours.tags, *after.tags) if tag not in gone))
    if before.own != after.own:
        changes["own"] = _with_own(ours, before, after)
    if new := [kept for kept in after.foreign if kept not in before.foreign]:
        changes["foreign"] = (*ours.foreign, *new)
    return replace(ours, **changes) if changes else ours


def _with_own(ours: ContactCard, before: ContactCard, after: ContactCard) -> tuple[Any, ...]:
    was = {value.field: value.value for value in before.own}
    becomes = {value.field: value for value in after.own if was.get(value.field) != value.value}
    gone = was.keys() - {value.field for value in after.own}
    kept = [becomes.pop(value.field, value) for value in ours.own if value.field not in gone]
    return (*kept, *becomes.values())


# Values of which there are many ------------------------------------------------------------------------------------


def _with_parts(
    ours: Sequence[Any], before: Sequence[Any], after: Sequence[Any], is_part: Callable[[Any, Any], bool]
) -> tuple[Any, ...]:
    """Our phones, addresses … with the ones that were changed, taken away or added in the part."""
    gone = list((Counter(before) - Counter(after)).elements())
    new = list((Counter(after) - Counter(before)).elements())
    found = list(ours)
    for part in gone:
        at = next((index for index, whole in enumerate(found) if is_part(part, whole)), None)
        successor = _successor(part, new)
        if successor is not None:
            new.remove(successor)
        if at is None:
            found += [successor] if successor is not None else []
        elif successor is None:
            del found[at]
        else:
            found[at] = _changed(found[at], part, successor)
    return (*found, *new)


def _successor(part: Any, new: Sequence[Any]) -> Any | None:
    """What a part has become: the same value otherwise told, else one that has taken its place under its label."""
    value = _VALUES.get(type(part))
    same = [one for one in new if value and getattr(one, value) == getattr(part, value)]
    label = getattr(part, "label", "")
    return next(iter(same or [one for one in new if getattr(one, "label", "") == label]), None)


_VALUES: Mapping[type, str] = MappingProxyType({Email: "address", Phone: "number", Link: "url"})
_JOINED: Mapping[str, tuple[str, ...]] = MappingProxyType({"street": ("house_number",), "extra": ("care_of", "po_box")})
"""What stands in the same cell of a table that has no column of its own for it."""


def _changed(whole: Any, part: Any, successor: Any) -> Any:
    """Our value with each of its texts that differs between the two."""
    changes: dict[str, Any] = {}
    for name in (field.name for field in fields(part)):
        text = getattr(successor, name)
        if name == "id" or text == getattr(part, name):
            continue
        if getattr(part, name) != getattr(whole, name):
            changes.update((beside, "") for beside in _JOINED.get(name, ()) if not getattr(part, beside))
        changes[name] = text
    if not _PLACE.isdisjoint(changes) and hasattr(whole, "undeliverable_since"):
        changes.setdefault("undeliverable_since", "")  # what came back was sent to the place before
    return replace(whole, **changes)


_PLACE = frozenset({"address", "street", "house_number", "po_box", "postcode", "town"})


def _is_part_of_address(part: Address, whole: Address) -> bool:
    """Whether a table that has fewer columns for it would show this address so."""
    street = " ".join(filter(None, (whole.street, whole.house_number)))
    care_of = f"c/o {whole.care_of}" if whole.care_of else ""
    extras = {
        ", ".join(filter(None, (before, whole.extra, after)))
        for before in (care_of, "")
        for after in (whole.po_box, "")
    }
    postcodes = {whole.postcode, whole.postcode.removeprefix("0")}  # a spreadsheet takes the zero away
    shown = {"street": {street, whole.street}, "extra": extras, "postcode": postcodes}
    names = ("street", "house_number", "extra", "po_box", "postcode", "town", "region", "country", "care_of")
    return all(not (text := getattr(part, name)) or text in shown.get(name, {getattr(whole, name)}) for name in names)


def _is_part_of_affiliation(part: Affiliation, whole: Affiliation) -> bool:
    names = ("unit", "role", "programme", "cohort_from", "cohort_to", "degree", "began", "ended")
    return all(not (value := getattr(part, name)) or value == getattr(whole, name) for name in names)


IS_PART: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {
        "emails": same_email,
        "phones": same_phone,
        "links": same_link,
        "addresses": _is_part_of_address,
        "affiliations": _is_part_of_affiliation,
    }
)
"""Attribute of a card → whether a value of a part is a part of one of ours."""
