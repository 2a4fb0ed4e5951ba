"""Two records of one contact become one: what is added, what is replaced, what stays.

Nothing is ever emptied: what a file does not say stays as it is. Of many-valued fields (e-mails, addresses, tags …) the
new ones are added, and equal ones are recognised in any spelling. Uniting with the same record again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from alumnidesk.domain import phones
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, Foreign, Link, OwnValue, Phone
from alumnidesk.domain.fields import FIELDS, Merge
from alumnidesk.domain.folding import fold, words
from alumnidesk.domain.records import ContactRecord

_Place = TypeVar("_Place", Address, Email)
_RULES: Mapping[str, Merge] = {field.key: field.merge for field in FIELDS if not field.kind.many}


# One contact out of two --------------------------------------------------------------------------------------------


def united(ours: ContactCard, record: ContactRecord, *, fill: bool = False) -> ContactCard:
    """Our contact with what a record says; the same object if that is nothing new.

    A single value replaces ours, or with `fill` only fills what is empty (for the second record of somebody in one
    file, so that the first one stays right).
    """
    changes = _single_values(ours, record.values, fill=fill)
    if record.emails:
        emails = with_marks(_added(ours.emails, record.emails, same_email) or ours.emails, record.emails, same_email)
        if emails != ours.emails:
            changes["emails"] = emails
    if record.phones and (numbers := _added(ours.phones, record.phones, same_phone)) is not None:
        changes["phones"] = numbers
    if record.links and (links := _added(ours.links, record.links, same_link)) is not None:
        changes["links"] = links
    if record.addresses and (addresses := _with_addresses(ours.addresses, record.addresses)) != ours.addresses:
        changes["addresses"] = addresses
    if record.affiliations and (roles := _with_affiliations(ours.affiliations, record.affiliations)) != (
        ours.affiliations
    ):
        changes["affiliations"] = roles
    if record.tags:
        known = set(map(fold, ours.tags))
        if new := [tag for tag in dict.fromkeys(record.tags) if fold(tag) not in known]:
            changes["tags"] = (*ours.tags, *new)
    if record.own and (own := _with_own(ours.own, record.own, fill=fill)) != ours.own:
        changes["own"] = own
    if record.photo and not ours.photo:
        changes["photo"] = record.photo_key  # ours stays: what comes back from a phone is smaller
    if record.foreign and (foreign := _with_foreign(ours.foreign, record.foreign)) != ours.foreign:
        changes["foreign"] = foreign
    return replace(ours, **changes) if changes else ours


def _single_values(ours: ContactCard, values: Mapping[str, str], *, fill: bool) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for key, value in values.items():
        present = getattr(ours, key)
        if present == value:
            continue
        match _RULES[key]:
            case Merge.EITHER:
                if not present:
                    changes[key] = True
            case Merge.APPEND:
                if (text := _joined(present, value)) != present:
                    changes[key] = text
            case Merge.KEEP:
                pass
            case _:
                if not (fill and present):
                    changes[key] = value
    if "family_name" in changes and _family(ours.name_particle, ours.family_name) == _family(
        values.get("name_particle", ""), values["family_name"]
    ):
        changes.pop("family_name")
        changes.pop("name_particle", None)
    if changes.get("deceased_on") and not ours.deceased:
        changes["deceased"] = True
    return changes


def _family(particle: str, name: str) -> str:
    """``von der`` + ``Heide`` and ``von der Heide`` are the same; many programs have one column for both."""
    return f"{particle} {name}".strip()


def _joined(present: str, text: str) -> str:
    """Both texts, one of them if it has the other in it."""
    ours, theirs = " ".join(present.split()), " ".join(text.split())
    if theirs in ours:
        return present
    return text if ours in theirs else f"{present}\n{text}"


def _added(ours: Sequence[Any], theirs: Sequence[Any], same: Callable[[Any, Any], bool]) -> tuple[Any, ...] | None:
    """Ours and those of theirs that are not among them; None if that is none. Only one is the preferred one."""
    found = list(ours)
    for part in theirs:
        if not any(same(known, part) for known in found):
            found.append(_unpreferred(part) if any(getattr(p, "preferred", False) for p in ours) else part)
    return tuple(found) if len(found) > len(ours) else None


def with_marks(
    ours: tuple[_Place, ...], theirs: Sequence[_Place], same: Callable[[_Place, _Place], bool]
) -> tuple[_Place, ...]:
    """Ours; where the same place is marked as returned among theirs, it is with us as well. A mark never goes."""
    since = [place for place in theirs if place.undeliverable_since]
    if not since:
        return ours
    found = list(ours)
    for place in since:
        at = next((index for index, known in enumerate(found) if same(known, place)), None)
        if at is not None and not found[at].undeliverable_since:
            found[at] = replace(found[at], undeliverable_since=place.undeliverable_since)
    return tuple(found)


def _unpreferred(part: Any) -> Any:
    return replace(part, preferred=False) if getattr(part, "preferred", False) else part


def same_email(one: Email, other: Email) -> bool:
    """Whether two e-mail addresses are the same, in whatever case."""
    return one.address.lower() == other.address.lower()


_number_forms = lru_cache(maxsize=65536)(phones.search_forms)


def same_phone(one: Phone, other: Phone) -> bool:
    """Whether two phone numbers can be the same, in whatever spelling, with or without the country."""
    if one.number == other.number:
        return True
    ours, theirs = _number_forms(one.number), _number_forms(other.number)
    if not ours or not theirs:
        return False
    return ours[0] == theirs[0] if len(ours) == len(theirs) else ours[-1] == theirs[-1]


def same_link(one: Link, other: Link) -> bool:
    """Whether two links lead to the same page."""
    return one.url.rstrip("/").lower() == other.url.rstrip("/").lower()


# Addresses ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=65536)
def _plain(text: str) -> str:
    return " ".join(words(text))


@lru_cache(maxsize=65536)
def _street(street: str, number: str) -> str:
    """``Hauptstr. 5``, ``Hauptstraße 5`` and ``Haupt Strasse 5`` are the same."""
    plain = "".join(words(f"{street} {number}"))
    return plain.replace("strasse", "str")


@lru_cache(maxsize=65536)
def _signs(postcode: str) -> str:
    return "".join(words(postcode))


def _postcodes(one: Address, other: Address) -> tuple[str, str]:
    """The postcodes of two addresses as they are compared: spreadsheets take the zero of ``01067`` away, which is
    another place only where it is said to be in another country."""
    ours, theirs = _signs(one.postcode), _signs(other.postcode)
    if one.country and other.country and one.country != other.country:
        return ours, theirs
    return ours and ours.zfill(5), theirs and theirs.zfill(5)


def same_place(one: Address, other: Address) -> bool:
    """Whether two addresses can be the same: street, post box, postcode and town agree as far as both know them."""
    street, theirs = _street(one.street, one.house_number), _street(other.street, other.house_number)
    if street != theirs and not ((not street or not theirs) and (one.po_box or other.po_box or street == theirs)):
        return False
    pairs = (
        (_plain(one.po_box), _plain(other.po_box)),
        _postcodes(one, other),
        (_plain(one.town), _plain(other.town)),
    )
    if any(a and b and a != b for a, b in pairs):
        return False
    return bool(street and theirs) or any(a and a == b for a, b in pairs)


_FILLED = ("postcode", "town")
"""What an address may learn from one that is the same, besides the zero in front of a postcode; the rest would be a
guess."""


def _with_addresses(ours: tuple[Address, ...], theirs: Iterable[Address]) -> tuple[Address, ...]:
    found = list(ours)
    for address in theirs:
        rules = (_says_each_word, _says_all, same_place)
        at = next((i for same in rules for i, known in enumerate(found) if same(known, address)), None)
        if at is None:
            found.append(_unpreferred(address) if any(known.preferred for known in found) else address)
            continue
        known = found[at]
        learnt = (*_FILLED, "undeliverable_since")
        news = {name: getattr(address, name) for name in learnt if getattr(address, name) and not getattr(known, name)}
        if len(_signs(address.postcode)) > len(_signs(known.postcode)):  # with the zero that ours has lost
            news["postcode"] = address.postcode
        if news:
            found[at] = replace(known, **news)
    return tuple(found)


_WRITTEN = ("street", "house_number", "extra", "po_box", "postcode", "town", "region", "country", "care_of")


def _says_each_word(known: Address, address: Address) -> bool:
    return all(not (text := getattr(address, name)) or text == getattr(known, name) for name in _WRITTEN)


def _says_all(known: Address, address: Address) -> bool:
    """Whether `known` is the same place and has postcode and town if `address` has."""
    return same_place(known, address) and all(getattr(known, name) or not getattr(address, name) for name in _FILLED)


# Affiliations and foreign properties -------------------------------------------------------------------------------

_ROLE_PARTS = ("unit", "role", "programme", "cohort_from", "cohort_to", "degree", "began", "ended")


def _with_affiliations(ours: tuple[Affiliation, ...], theirs: Iterable[Affiliation]) -> tuple[Affiliation, ...]:
    """An affiliation that says more than ours and nothing else fills it; any other is one of its own."""
    found = list(ours)
    for role in theirs:
        said = {name: value for name in _ROLE_PARTS if (value := getattr(role, name)) not in ("", None)}
        if any(all(_alike(getattr(known, name), value) for name, value in said.items()) for known in found):
            continue
        for index, known in enumerate(found):
            gaps = {name: value for name, value in said.items() if getattr(known, name) in ("", None)}
            rest = said.keys() - gaps.keys()
            if rest - {"cohort_from", "cohort_to"} and all(_alike(getattr(known, n), said[n]) for n in rest):
                found[index] = replace(known, **gaps)
                break
        else:
            found.append(role)
    return tuple(found)


def _alike(ours: Any, theirs: Any) -> bool:
    return bool(fold(ours) == fold(theirs) if isinstance(ours, str) and isinstance(theirs, str) else ours == theirs)


def _with_own(ours: tuple[OwnValue, ...], theirs: Iterable[OwnValue], *, fill: bool) -> tuple[OwnValue, ...]:
    """A value replaces that of the same field, or with `fill` only comes where there is none."""
    found = {value.field: value for value in ours}
    for value in theirs:
        present = found.get(value.field)
        if present is None:
            found[value.field] = value
        elif not fill and present.value != value.value:
            found[value.field] = replace(present, value=value.value)
    return tuple(found.values())


def _with_foreign(ours: tuple[Foreign, ...], theirs: Iterable[Foreign]) -> tuple[Foreign, ...]:
    known = {(each.source, each.name, each.raw) for each in ours}
    return (*ours, *dict.fromkeys(each for each in theirs if (each.source, each.name, each.raw) not in known))
