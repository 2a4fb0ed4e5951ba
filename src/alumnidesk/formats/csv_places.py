"""Where the e-mails, phones, addresses … of a card go in a table that has a fixed number of columns for them.

A part goes to the next free columns of its label; what has no column of its own takes one that does not say anything
wrong about it. What finds no place is counted, so that the export can say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from alumnidesk.domain import slots
from alumnidesk.domain.addresses import country_name
from alumnidesk.domain.cards import Address, Affiliation, ContactCard
from alumnidesk.formats.csv_presets import Columns, Preset

Group = tuple[str, str, int]
"""Family, label and number of columns that make one value together."""
Placed = Mapping[Group, Any]
"""Group of columns → the e-mail, phone, address … that goes there."""

ATTRIBUTES: Mapping[str, str] = MappingProxyType(
    {"email": "emails", "phone": "phones", "address": "addresses", "link": "links", "affiliation": "affiliations"}
)
"""Family → attribute of the card."""

_NEXT_BEST: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "": ("home", "other", "main"),
        "mobile_work": ("mobile", "other"),
        "fax_home": ("fax",),
        "fax_work": ("fax",),
        "fax": ("fax_work", "fax_home"),
        "main": ("work",),
        "home": ("other",),
        "work": ("other",),
        "mobile": ("other",),
        "pager": (),
    }
)
_ANY_OTHER = ("other",)


class Places:
    """The groups of columns of one table; `of` gives each card's parts their places."""

    def __init__(self, columns: Columns) -> None:
        self.left_out: Counter[str] = Counter()
        """Family → how many e-mails, phones … of the cards so far found no place."""
        groups = {(p.family, p.label, p.number): None for _, slot in columns if slot and (p := slots.part(slot))}
        self._groups = {family: [place for place in groups if place[0] == family] for family in ATTRIBUTES}

    def of(self, card: ContactCard) -> Placed:
        """The parts of a card by the columns that they go to."""
        placed: dict[Group, Any] = {}
        for family, attribute in ATTRIBUTES.items():
            if parts := getattr(card, attribute):
                self._place(family, parts, placed)
        return placed

    def _place(self, family: str, parts: tuple[Any, ...], placed: dict[Group, Any]) -> None:
        self.left_out[family] += len(placed_in(list(self._groups[family]), parts, placed))


def placed_in(free: list[Group], parts: Sequence[Any], placed: dict[Group, Any]) -> Sequence[Any]:
    """Put the parts of one family into the groups that are free for them; returns those that find no place."""
    if not any(label for _, label, _ in free):
        placed.update(zip(free, parts, strict=False))
        return parts[len(free) :]
    waiting = []
    for part in sorted(parts, key=lambda part: not getattr(part, "preferred", False)):
        if not _take(free, placed, part, part.label):
            waiting.append(part)
    homeless = []
    for part in waiting:
        options = ("", *_NEXT_BEST.get(part.label, _ANY_OTHER))
        if not any(_take(free, placed, part, label) for label in options):
            homeless.append(part)
    return homeless


def _take(free: list[Group], placed: dict[Group, Any], part: Any, label: str) -> bool:
    """Put the part into the first free group with this label, if there is one."""
    for place in free:
        if place[1] == label:
            placed[place] = part
            free.remove(place)
            return True
    return False


# The text of a cell ------------------------------------------------------------------------------------------------

_VALUES = {"email": "address", "phone": "number", "link": "url"}
_SPOKEN = {
    "home": "Home", "work": "Work", "mobile": "Mobile", "mobile_work": "Work Mobile", "fax": "Fax",
    "fax_home": "Home Fax", "fax_work": "Work Fax", "pager": "Pager", "main": "Main", "other": "Other",
}  # fmt: skip


def shown(family: str, attribute: str, preset: Preset) -> Callable[[Any], str]:
    """How an attribute of a part is written in the cells of a preset."""
    if attribute == "value":
        attribute = _VALUES[family]
    if attribute == "preferred":
        return lambda part: "yes" if part.preferred else ""
    if attribute == "cohort":
        return _cohort
    if preset.complete:
        return lambda part: str(value) if (value := getattr(part, attribute)) is not None else ""
    if attribute == "label":
        return lambda part: _SPOKEN.get(part.label, part.label)
    if family == "address":
        return _address_text(attribute, preset)
    return lambda part: str(getattr(part, attribute) or "")


def _address_text(attribute: str, preset: Preset) -> Callable[[Address], str]:
    """Parts of an address for programs that have fewer columns for it than we: joined where they belong together."""
    has_box, has_number, has_care_of = map(preset.has, ("po_box", "house_number", "care_of"))

    def extra(address: Address) -> str:
        care_of = f"c/o {address.care_of}" if address.care_of and not has_care_of else ""
        return ", ".join(filter(None, (care_of, address.extra, "" if has_box else address.po_box)))

    def street(address: Address) -> str:
        return " ".join(filter(None, (address.street, "" if has_number else address.house_number)))

    def country(address: Address) -> str:
        return country_name(address.country, preset.language) or address.country

    def town(address: Address) -> str:
        return " ".join(filter(None, (address.postcode, address.town)))

    def formatted(address: Address) -> str:
        lines = (extra(address), street(address), address.po_box, town(address), country(address))
        return "\n".join(filter(None, lines))

    joined = {"extra": extra, "street": street, "postcode_town": town, "country": country, "formatted": formatted}
    return joined.get(attribute, lambda address: str(getattr(address, attribute)))


def _cohort(part: Affiliation) -> str:
    """The years of a cohort in one cell."""
    return "-".join(dict.fromkeys(str(year) for year in (part.cohort_from, part.cohort_to) if year))
