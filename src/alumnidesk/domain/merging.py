"""Two contacts become one, field by field: what both hold, which value is taken, and which others could be.

The rule of each field stands in the catalogue (`Merge`); how values are united in `domain.uniting`. A person may pick
otherwise wherever two values differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from alumnidesk.domain import dates
from alumnidesk.domain.cards import ContactCard, OwnValue
from alumnidesk.domain.differences import part_words, value_words
from alumnidesk.domain.fields import BOOKKEEPING, FIELDS, Field, Kind, Merge
from alumnidesk.domain.folding import fold
from alumnidesk.domain.own_fields import OwnField, in_words
from alumnidesk.domain.records import ContactRecord
from alumnidesk.domain.uniting import same_email, same_place, united, with_marks
from alumnidesk.i18n import Message, say


class Pick(StrEnum):
    """Which value of a field stays."""

    OURS = "ours"
    """That of the contact that stays."""
    THEIRS = "theirs"
    """That of the contact that goes."""
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One field of two contacts that become one."""

    field: Field
    ours: tuple[Message, ...]
    """What the contact that stays holds, a line for each value."""
    theirs: tuple[Message, ...]
    pick: Pick
    """The sensible one."""
    picks: tuple[Pick, ...]
    """All that can be chosen; only one where there is nothing to choose."""

    @property
    def key(self) -> str:
        """The key of the field, by which a choice is made."""
        return self.field.key


def field_choices(
    keep: ContactCard, other: ContactCard, own_fields: Sequence[OwnField] = ()
) -> tuple[FieldChoice, ...]:
    """Every field that one of the two has a value of, in the order of reading.

    `own_fields` are what the association has defined, for the values of these in words.
    """
    both = _both(keep, other)
    found = []
    for field in FIELDS:
        ours, theirs = getattr(keep, field.key), getattr(other, field.key)
        if field.kind is Kind.IDENTITY or not (ours or theirs):
            continue
        pick, picks = _picks(field, ours, theirs, getattr(both, field.key))
        told, other_told = _lines(field, ours, own_fields), _lines(field, theirs, own_fields)
        found.append(FieldChoice(field, told, other_told, pick, picks))
    return tuple(found)


def _picks(field: Field, ours: Any, theirs: Any, both: Any) -> tuple[Pick, tuple[Pick, ...]]:
    if ours == theirs or not theirs or (field.kind.many and both == ours):
        return Pick.OURS, (Pick.OURS,)
    if field.merge is Merge.KEEP:
        return Pick.OURS, (Pick.OURS, Pick.THEIRS)
    if field.merge is Merge.EITHER:
        return Pick.THEIRS, (Pick.OURS, Pick.THEIRS)
    if not ours:
        return Pick.THEIRS, (Pick.THEIRS,)
    if field.merge in (Merge.UNITE, Merge.APPEND):
        if both == ours:
            return Pick.OURS, (Pick.OURS, Pick.THEIRS)
        return Pick.BOTH, (Pick.BOTH, Pick.OURS, Pick.THEIRS)
    return (Pick.THEIRS if _says_more(field, ours, theirs) else Pick.OURS), (Pick.OURS, Pick.THEIRS)


def _says_more(field: Field, ours: str, theirs: str) -> bool:
    """Whether the other value is the same one, better known: a whole date, a name that is not in capitals."""
    if field.kind is Kind.DATE:
        return _fits_into(ours, theirs)
    if field.kind is Kind.NAME:
        return ours.isupper() and len(ours) > 2 and not theirs.isupper() and fold(ours) == fold(theirs)
    return False


def _fits_into(part: str, whole: str) -> bool:
    """Whether one date says all that another, less complete one says."""
    try:
        known, more = dates.split(part), dates.split(whole)
    except ValueError:
        return False
    return all(not have or have == wanted for have, wanted in zip(known, more, strict=True))


def _own_words(field: OwnField | None, value: OwnValue) -> Message:
    return part_words(value) if field is None else in_words(field, value.value)


def _lines(field: Field, value: Any, own_fields: Sequence[OwnField]) -> tuple[Message, ...]:
    if field.kind is Kind.OWN:
        known = {own.name: own for own in own_fields}
        return tuple(
            say("{field}: {value}", field=one.field, value=_own_words(known.get(one.field), one)) for one in value
        )
    if field.kind.many:
        return tuple(part_words(part) for part in value)
    return (value_words(field.key, value),) if value else ()


# The one that stays ------------------------------------------------------------------------------------------------


def merged(keep: ContactCard, other: ContactCard, picks: Mapping[str, Pick] | None = None) -> ContactCard:
    """The contact that stays, as it is afterwards; parts that come from the other one keep their ids.

    `picks` say by key where another value than the sensible one is wanted. Raises ValueError for a pick that there is
    not.
    """
    both, chosen = _both(keep, other), dict(picks or {})
    changes: dict[str, Any] = {
        name: getattr(other, name)
        for name in (field.name for field in fields(ContactCard))
        if name in BOOKKEEPING - {"id", "binned"} and not getattr(keep, name)
    }
    for choice in field_choices(keep, other):
        pick = Pick(chosen.pop(choice.key, choice.pick))
        if pick not in choice.picks:
            raise ValueError(f"{pick} cannot be chosen for {choice.key}")
        if pick is not Pick.OURS:
            changes[choice.key] = getattr(other if pick is Pick.THEIRS else both, choice.key)
    if chosen:
        raise ValueError(f"nothing to choose for {', '.join(chosen)}")
    if changes.get("deceased_on"):
        changes["deceased"] = True
    return _with_marks(replace(keep, **changes), keep, other)


def _with_marks(card: ContactCard, *known: ContactCard) -> ContactCard:
    """Mail that came back came back, whichever of two same places was picked."""
    for one in known:
        emails = with_marks(card.emails, one.emails, same_email)
        card = replace(card, emails=emails, addresses=with_marks(card.addresses, one.addresses, same_place))
    return card


def _both(keep: ContactCard, other: ContactCard) -> ContactCard:
    """Both, where a field can hold both."""
    values: dict[str, str] = {}
    for field in FIELDS:
        value = getattr(other, field.key)
        if value and not field.kind.many and field.kind is not Kind.IDENTITY:
            values[field.key] = "1" if value is True else value
    parts = {field.key: getattr(other, field.key) for field in FIELDS if field.kind.many}
    one = united(keep, ContactRecord(0, values, **parts), fill=True)
    listed: dict[str, Any] = {
        field.key: _listed(getattr(keep, field.key), getattr(other, field.key))
        for field in FIELDS
        if field.merge is Merge.UNITE and not field.kind.many
    }
    return replace(one, **listed)


def _listed(ours: str, theirs: str) -> str:
    """Names divided by commas, each once."""
    names: Sequence[str] = [name.strip() for name in f"{ours},{theirs}".split(",") if name.strip()]
    return ", ".join({fold(name): name for name in reversed(names)}[key] for key in dict.fromkeys(map(fold, names)))
