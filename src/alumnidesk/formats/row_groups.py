"""Groups of columns that make one value together: an e-mail and its label, the parts of an address."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from alumnidesk.domain import dates, slots
from alumnidesk.domain.cards import Address, Affiliation, Email, Foreign, Link, Phone
from alumnidesk.domain.yes_no import yes_or_no
from alumnidesk.formats import cells as cell_rules
from alumnidesk.formats.gathering import Gathered
from alumnidesk.i18n import Message, say

Step = Callable[[list[str], Gathered], None]
"""What a column, or some that belong together, add to a record."""


def keep(row: Gathered, heading: str, cell: str, why: Message) -> None:
    """The cell as it came, with a remark."""
    row.foreign.append(Foreign("csv", heading, cell))
    row.remark(cell, why)


_SHORT_YEAR = re.compile(r"\d\d?([./-] ?)\d\d?\1\d\d", re.ASCII)


def unclear_date(cell: str) -> Message:
    """Why a date was not read."""
    if _SHORT_YEAR.fullmatch(cell.strip()):
        return say("“{date}”: a year of two digits can mean two years; it was kept as it is.", date=cell)
    return say("“{date}” is no date, or could mean two days; it was kept as it is.", date=cell)


def zeros_read(cell: str, date: str) -> Message:
    """What was made of a date in which zeros stand for what is not known."""
    return say("“{text}” was read as {date}: the zeros stand for what is not known.", text=cell, date=date)


Attributes = Mapping[str, int]


def _about(attributes: Attributes, label: str) -> Callable[[list[str]], tuple[str, bool]] | None:
    """How label and preferred mark of a group are found in a row; None when the mapping alone says them."""
    label_at, preferred_at = attributes.get("label", -1), attributes.get("preferred", -1)
    if label_at < 0 and preferred_at < 0:
        return None

    def found(cells: list[str]) -> tuple[str, bool]:
        text, preferred = cells[label_at], cells[preferred_at]
        return (slots.canonical_label(text) if text else "") or label, bool(preferred) and yes_or_no(preferred) is True

    return found


def _returned(headings: tuple[str, ...], attributes: Attributes) -> Callable[[list[str], Gathered], str]:
    """How the day since which nothing reaches a place is found in a row."""
    index = attributes.get("undeliverable_since", -1)

    def since(cells: list[str], row: Gathered) -> str:
        cell = cells[index]
        if not cell or dates.is_blank(cell):
            return ""
        date = dates.read(cell)
        if not date:
            keep(row, headings[index], cell, unclear_date(cell))
        elif dates.has_zeros(cell):
            row.remark(cell, zeros_read(cell, date))
        return date

    return since


def _emails(headings: tuple[str, ...], label: str, attributes: Attributes) -> Step:
    index, about = attributes.get("value", -1), _about(attributes, label)
    returned = _returned(headings, attributes)

    def step(cells: list[str], row: Gathered) -> None:
        if cell := cells[index]:
            kind, preferred = about(cells) if about else (label, False)
            since = returned(cells, row)
            for address in cell_rules.emails(cell):
                row.emails.append(Email(address, kind, preferred, since))

    return step


def _phones(headings: tuple[str, ...], label: str, attributes: Attributes) -> Step:
    index, about = attributes.get("value", -1), _about(attributes, label)

    def step(cells: list[str], row: Gathered) -> None:
        if cell := cells[index]:
            kind, preferred = about(cells) if about else (label, False)
            for number in cell_rules.phones(cell):
                row.phones.append(Phone(number, kind, preferred))
                if cell_rules.is_spreadsheet_number(number):
                    why = say("A spreadsheet has destroyed this phone number; its last digits are missing.")
                    row.remark(number, why)

    return step


def _links(headings: tuple[str, ...], label: str, attributes: Attributes) -> Step:
    index, about = attributes.get("value", -1), _about(attributes, label)

    def step(cells: list[str], row: Gathered) -> None:
        if cell := cells[index]:
            kind = about(cells)[0] if about else label
            row.links.extend(Link(url, kind) for url in cell_rules.links(cell))

    return step


_PLACE = ("street", "house_number", "extra", "po_box", "postcode", "town", "region", "country", "care_of")


def _addresses(headings: tuple[str, ...], label: str, attributes: Attributes) -> Step:
    about = _about(attributes, label)
    indexes = [attributes.get(name, -1) for name in _PLACE]
    used = [index for index in indexes if index >= 0]
    both, formatted = attributes.get("postcode_town", -1), attributes.get("formatted", -1)
    returned = _returned(headings, attributes)

    def step(cells: list[str], row: Gathered) -> None:
        for index in used:
            if cells[index]:
                break
        else:
            if not cells[both] and not cells[formatted]:
                return
        street, house_number, extra, po_box, postcode, town, region, country, care_of = [cells[at] for at in indexes]
        if cell := cells[both]:
            first, second = _postcode_and_town(cell)
            postcode, town = postcode or first, town or second
        elif cells[formatted] and not any(cells[index] for index in used):
            street, postcode, town, country = _taken_apart(cells[formatted])
        if country:
            country = cell_rules.country(country)
        kind, preferred = about(cells) if about else (label, False)
        row.addresses.append(
            Address(
                street, house_number, extra, po_box, postcode, town, region, country, care_of, kind, preferred,
                returned(cells, row),
            )
        )  # fmt: skip

    return step


_POSTCODE_TOWN = re.compile(r"(?:([A-Z]{1,3})[- ])?(\d{3} \d{2}|\d{4} [A-Z]{2}|\d{3,6})\s+(\D.*)")


def _postcode_and_town(cell: str) -> tuple[str, str]:
    """``09111 Chemnitz`` → both; without figures at the beginning it is all town."""
    match = _POSTCODE_TOWN.fullmatch(cell)
    if match is None:
        return "", cell
    return (f"{match[1]}-{match[2]}" if match[1] else match[2]), match[3]


def _taken_apart(cell: str) -> tuple[str, str, str, str]:
    """Street, postcode, town and country of a whole address: the line with the postcode is the town's."""
    lines = [line.strip() for line in re.split(r"[\n,]", cell) if line.strip()]
    for number, line in enumerate(lines):
        postcode, town = _postcode_and_town(line)
        if postcode and number:
            return ", ".join(lines[:number]), postcode, town, ", ".join(lines[number + 1 :])
    return cell, "", "", ""


_COHORT = re.compile(r"(\d{4})(?:\s*(?:[-–/]|bis|to|till)\s*(\d{4}|\d{2}))?")


def _affiliations(headings: tuple[str, ...], label: str, attributes: Attributes) -> Step:

    def present(*names: str) -> list[tuple[int, str]]:
        return [(attributes[name], name) for name in names if name in attributes]

    texts, days = present("unit", "role", "programme", "degree"), present("began", "ended")
    years = present("cohort_from", "cohort_to")
    cohort = attributes.get("cohort", -1)

    def step(cells: list[str], row: Gathered) -> None:
        values: dict[str, Any] = {name: cell for index, name in texts if (cell := cells[index])}
        for index, name in days:
            if (cell := cells[index]) and not dates.is_blank(cell):
                if date := dates.read(cell):
                    values[name] = date
                    if dates.has_zeros(cell):
                        row.remark(cell, zeros_read(cell, date))
                else:
                    keep(row, headings[index], cell, unclear_date(cell))
        for index, name in years:
            if cell := cells[index]:
                if _COHORT.fullmatch(cell):
                    values[name] = int(cell[:4])
                else:
                    keep(row, headings[index], cell, _no_year(cell))
        if cohort >= 0 and (cell := cells[cohort]):
            match = _COHORT.fullmatch(cell)
            if match is None:
                keep(row, headings[cohort], cell, _no_year(cell))
            elif match[2]:
                values["cohort_from"] = int(match[1])
                values["cohort_to"] = int(match[1][: 4 - len(match[2])] + match[2])
            else:
                values["cohort_to"] = int(match[1])
        if values:
            row.affiliations.append(Affiliation(**values))

    return step


def _no_year(cell: str) -> Message:
    return say("“{text}” is no year; it was kept.", text=cell)


GROUPS: dict[str, Callable[[tuple[str, ...], str, Attributes], Step]] = {
    "email": _emails,
    "phone": _phones,
    "link": _links,
    "address": _addresses,
    "affiliation": _affiliations,
}
