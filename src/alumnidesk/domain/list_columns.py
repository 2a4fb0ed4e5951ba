"""The columns that the list of contacts can have: the field catalogue, parts of many-valued fields, own fields.

How the values are shown and in which order they sort stands here; where they lie, in `storage.column_values`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from alumnidesk.domain import dates, own_fields, slots
from alumnidesk.domain.addresses import country_name
from alumnidesk.domain.fields import Group, Kind, of_group, single_valued
from alumnidesk.domain.folding import fold_all
from alumnidesk.domain.own_fields import NO, YES, OwnField, OwnKind
from alumnidesk.i18n import LANGUAGES, Language, Message, say

NAME = "name"
"""The first column, which every list has."""
_WIDE, _NORMAL, _NARROW = 180, 140, 96


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of the list of contacts."""

    key: str
    label: Message
    kind: Kind
    group: Group
    width: int = _NORMAL
    """At 100 %."""
    choices: tuple[tuple[str, Message], ...] = ()
    own: OwnField | None = None

    @property
    def plain(self) -> bool:
        """Whether values sort as they are written: numbers of phones and houses, addresses of the net."""
        return self.kind in (Kind.EMAILS, Kind.PHONES, Kind.LINKS)


_AFFILIATION_PARTS = ("cohort", "unit", "role", "programme", "degree")
_ADDRESS_PARTS = ("town", "postcode", "street", "region", "country")
COUNTRY = "country"
_WIDTHS: Mapping[Kind, int] = {
    Kind.DATE: _NARROW, Kind.FLAG: _NARROW, Kind.LANGUAGE: _NARROW, Kind.EMAILS: 206, Kind.LINKS: _WIDE,
    Kind.LONG_TEXT: _WIDE,
}  # fmt: skip


def _parts(group: Group, keys: Sequence[str], labels: Mapping[str, Message]) -> list[ListColumn]:
    narrow = ("cohort", "postcode")
    return [ListColumn(key, labels[key], Kind.TEXT, group, _NARROW if key in narrow else _NORMAL) for key in keys]


_BESIDE: Mapping[Group, Sequence[ListColumn]] = {
    Group.NAME: [ListColumn(NAME, say("Name"), Kind.NAME, Group.NAME, _WIDE)],
    Group.REACH: [
        ListColumn("email", say("E-mail"), Kind.EMAILS, Group.REACH, 206),
        ListColumn("phone", say("Phone"), Kind.PHONES, Group.REACH),
        ListColumn("link", say("Web link"), Kind.LINKS, Group.REACH, _WIDE),
    ],
    Group.ADDRESS: _parts(Group.ADDRESS, _ADDRESS_PARTS, slots.ADDRESS_PARTS),
    Group.BELONGING: [
        *_parts(Group.BELONGING, _AFFILIATION_PARTS, slots.AFFILIATION_PARTS),
        ListColumn("tags", say("Tags"), Kind.TAGS, Group.BELONGING, _WIDE),
        ListColumn("household", say("Household"), Kind.TEXT, Group.BELONGING, _WIDE),
    ],
    Group.REMARK: [
        ListColumn("follow_up", say("Follow-up"), Kind.DATE, Group.REMARK, _NARROW),
        ListColumn("made", say("Added on"), Kind.DATE, Group.REMARK, _NARROW),
        ListColumn("changed", say("Changed on"), Kind.DATE, Group.REMARK, _NARROW),
    ],
}
"""What no field with one value is."""
_SINGLE = frozenset(field.key for field in single_valued() if field.column)
_FROM_CATALOGUE = {
    group: [
        ListColumn(field.key, field.label, field.kind, group, _WIDTHS.get(field.kind, _NORMAL), field.choices)
        for field in of_group(group)
        if field.key in _SINGLE
    ]
    for group in Group
}
COLUMNS: Mapping[str, ListColumn] = MappingProxyType(
    {column.key: column for group in Group for column in (*_BESIDE.get(group, ()), *_FROM_CATALOGUE[group])}
)
"""All columns but those of own fields, by key, as one reads a contact."""


def own_column(field: OwnField) -> ListColumn:
    """The column of a field of the association's own."""
    kind = Kind.DATE if field.kind is OwnKind.DATE else Kind.OWN
    width = _NARROW if field.kind in (OwnKind.DATE, OwnKind.YES_NO, OwnKind.NUMBER) else _NORMAL
    return ListColumn(slots.OWN + field.name, say("{name}", name=field.name), kind, Group.OWN, width, own=field)


def offered(own: Iterable[OwnField]) -> dict[str, ListColumn]:
    """All columns by key, own fields in their place."""
    found: dict[str, ListColumn] = {}
    own_columns = [own_column(field) for field in own]
    for group in Group:
        found |= {column.key: column for column in COLUMNS.values() if column.group is group}
        if group is Group.OWN:
            found |= {column.key: column for column in own_columns}
    return found


def is_right(column: ListColumn) -> bool:
    """Whether values stand at the right: numbers."""
    return column.own is not None and column.own.kind is OwnKind.NUMBER


def shown(column: ListColumn, value: str, language: str) -> str:
    """A stored value as people of `language` read it."""
    if not value:
        return ""
    if column.own is not None:
        return own_fields.shown(column.own, value, language)
    match column.kind:
        case Kind.DATE:
            return dates.shown(value, language)
        case Kind.FLAG:
            return Language(language)(say("yes"))
        case Kind.CHOICE:
            return next((Language(language)(words) for key, words in column.choices if key == value), value)
        case Kind.LANGUAGE:
            return LANGUAGES.get(value.split("-")[0].lower(), value)
    if column.key == COUNTRY:
        return country_name(value, language) or value
    return value


# Sorting -----------------------------------------------------------------------------------------------------------


def sort_keys(column: ListColumn, values: Iterable[str | None], language: str) -> dict[str, Any]:
    """By what each value is sorted, smallest first; what sorts alike has the same key. Of an empty value there is none.

    Numbers and dates sort as such, the choices of own fields in their order, all other as its words are folded.
    """
    different = [value for value in set(values) if value]
    return dict(zip(different, _keys(column, different, language), strict=True))


def _keys(column: ListColumn, values: Sequence[str], language: str) -> Sequence[Any]:
    if column.plain:
        return values
    if column.kind is Kind.DATE:
        return [_date_key(value) for value in values]
    if column.own is not None and column.own.kind is OwnKind.NUMBER:
        return [float(value) for value in values]
    if column.own is not None and column.own.kind in (OwnKind.CHOICE, OwnKind.YES_NO):
        places = {choice: place for place, choice in enumerate(column.own.choices or (YES, NO))}
        return [(places.get(value, len(places)), value) for value in values]
    if column.kind in (Kind.CHOICE, Kind.LANGUAGE) or column.key == COUNTRY:
        return fold_all([shown(column, value, language) for value in values])
    return fold_all(values)


def _date_key(stored: str) -> str:
    """By time; a year stands before its months and days, and a day without a year behind all others."""
    return f"~{stored}" if stored.startswith("-") else stored
