"""Postal addresses: countries by name, and the lines of an address in the order of its country.

The order per country and the names of countries are data (``resources/reference``). Within the association's own
country no country line is written; abroad it is the last line, in English capitals (Universal Postal Union: a language
the country of posting and the way there can read).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from alumnidesk.domain.cards import Address, ContactCard
from alumnidesk.domain.folding import fold
from alumnidesk.domain.salutations import address_names, tidy
from alumnidesk.i18n import Message, say
from alumnidesk.places import bundled

MAX_LINES = 6
"""Lines of the address zone (DIN 5008); Swiss Post and others ask for no more either."""

_HOME_LABELS = frozenset({"home", "privat", "private", "hem"})


def address_lines(card: ContactCard, address: Address, *, home_country: str, language: str) -> list[str]:
    """The lines of `address` as they go on an envelope: names, care of, street, town, country.

    `home_country` is the sender's (alpha-2); `language` (``de``, ``en``, ``sv``) chooses the form of address.
    No line is empty. When there are more than six, lines that belong together are joined, one pair after the other
    until there are six: form of address and name, department and organisation, second line of the place and street.
    More can still remain (see `address_problems`).
    """
    names = address_names(card, language, at_work=is_at_work(card, address))
    rest = place_lines(address, home_country)
    if len(names) + len(rest) > MAX_LINES:
        names = _joined_form_of_address(names)
    if len(names) + len(rest) > MAX_LINES:
        names = _joined_department(names, card)
    if len(names) + len(rest) > MAX_LINES:
        rest = place_lines(address, home_country, joined=True)
    return names + rest


def is_at_work(card: ContactCard, address: Address) -> bool:
    """Is `address` where the contact works, as far as it does not say that it is at home?"""
    return bool(card.organisation) and address.label.casefold() not in _HOME_LABELS


def place_key(address: Address) -> str:
    """What two spellings of one place have in common: ``Lindenstr. 4`` and ``Lindenstraße 4`` in the same town."""
    parts = (address.street, address.house_number, address.po_box, address.postcode, address.town, address.country)
    letters = "".join(c for c in fold(" ".join(parts)) if c.isalnum())
    return letters.replace("strasse", "str")


def address_problems(address: Address, lines: Sequence[str], *, home_country: str, language: str) -> list[Message]:
    """What would keep a letter to `address`, printed as `lines`, from arriving, in words: no town or postcode, too many
    lines."""
    code = _country_of(address, home_country)
    country = country_name(code, language) or tidy(address.country)
    pattern = _format_of(code).get("postcode", "")
    problems = []
    if not tidy(address.town):
        problems.append(say("The town is missing."))
    if not tidy(f"{address.street} {address.po_box} {address.extra} {address.house_number} {address.care_of}"):
        problems.append(say("The street is missing."))
    if pattern and not tidy(address.postcode):
        problems.append(say("The postcode is missing."))
    elif pattern and not _fits(address.postcode, pattern):
        problems.append(say("{postcode} is no postcode in {country}.", postcode=address.postcode, country=country))
    if code not in _countries():
        problems.append(say("The country “{country}” is not known.", country=country))
    if len(lines) > MAX_LINES:
        problems.append(
            say("The address has {lines} lines; the window holds {most}.", lines=len(lines), most=MAX_LINES)
        )
    return problems


def place_lines(address: Address, home_country: str, *, joined: bool = False) -> list[str]:
    """Everything below the names; `home_country` (alpha-2) is the sender's. `joined`: floor or building stand with the
    street."""
    code = _country_of(address, home_country)
    layout = _format_of(code)
    fields = {key: tidy(getattr(address, key)) for key in ("street", "house_number", "town", "region")}
    fields["postcode"] = written_postcode(address.postcode, code)
    care_of, po_box = tidy(address.care_of), tidy(address.po_box)
    if care_of and not care_of.casefold().startswith(("c/o", "bei ")):
        care_of = f"c/o {care_of}"
    if po_box and not re.search(r"[^\W\d]{2}", po_box):
        po_box = f"{layout['po_box']} {po_box}"
    placed = [re.sub(r"^[\s,]+|[\s,]+$", "", tidy(line.format_map(fields))) for line in layout["lines"]]
    extra = tidy(address.extra)
    if joined and extra and placed[0]:
        extra, placed[0] = "", f"{placed[0]}, {extra}"
    lines = [care_of, extra, placed[0], po_box, *placed[1:]]
    if code != home_country:
        lines.append((country_name(code, "en") or tidy(address.country)).upper())
    return [line for line in lines if line]


def _joined_form_of_address(names: list[str]) -> list[str]:
    for index, name in enumerate(names[:-1]):
        if name in ("Frau", "Herrn"):
            return [*names[:index], f"{name} {names[index + 1]}", *names[index + 2 :]]
    return names


def _joined_department(names: list[str], card: ContactCard) -> list[str]:
    if names[:2] == [tidy(card.organisation), tidy(card.department)]:
        return [f"{names[0]}, {names[1]}", *names[2:]]
    return names


def written_postcode(postcode: str, country: str) -> str:
    """The postcode as its country writes it: ``11122`` in Sweden is ``111 22``. Anything unusual stays as typed."""
    pattern = _format_of(country).get("postcode", "")
    if not pattern or not _fits(postcode, pattern):
        return tidy(postcode)
    signs = iter(_signs(postcode).upper())
    return "".join(next(signs) if place in "dA" else place for place in pattern)


def postcode_meant(address: Address, home_country: str) -> str:
    """``01067`` for ``1067`` in Germany and wherever postcodes have five digits: spreadsheets take the zero away.

    Empty if there is no such doubt; `home_country` is that of addresses that name none.
    """
    signs, pattern = _signs(address.postcode), _format_of(_country_of(address, home_country)).get("postcode")
    return f"0{signs}" if pattern == "ddddd" and re.fullmatch("[0-9]{4}", signs) else ""


def _fits(postcode: str, pattern: str) -> bool:
    shape = pattern.replace(" ", "").replace("-", "").replace("d", "[0-9]").replace("A", "[A-Za-z]")
    return re.fullmatch(shape, _signs(postcode)) is not None


def _signs(postcode: str) -> str:
    """The postcode without spaces, hyphens and the country letters some put before it (``D-24937``)."""
    return re.sub(r"[\s-]", "", re.sub(r"^\s*[A-Za-z]{1,3}-", "", postcode))


# Countries -----------------------------------------------------------------------------------------------------------


def country_name(code: str, language: str) -> str:
    """Name of the country `code` (alpha-2) in ``en``, ``de`` or ``sv`` (others: English); empty when not known."""
    country = _countries().get(code)
    return country.get(language, country["en"]) if country else ""


@dataclass(frozen=True, slots=True)
class Country:
    """A country as it is stored, in a message: each reader sees its name in their own language."""

    stored: str

    def __str__(self) -> str:
        return self.stored

    def spoken(self, language: str) -> str:
        """The country's name in `language`; what is no code stays as it is written."""
        return country_name(self.stored, language) or self.stored


def country_code(text: str) -> str:
    """Alpha-2 code for a country's name in English, German, Swedish or its own language, or an ISO code; else empty."""
    code = text.strip().upper()
    return code if code in _countries() else _codes_by_name().get(_folded(text), "")


def country_codes() -> list[str]:
    """All countries, by alpha-2 code."""
    return sorted(_countries())


def _country_of(address: Address, home_country: str) -> str:
    """Code of the country, or the text itself when it is none that we know."""
    text = tidy(address.country)
    return country_code(text) or text if text else home_country


def _folded(text: str) -> str:
    return tidy(fold(text.replace(".", "")))


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, Mapping[str, Any]]:
    rows = json.loads((bundled("resources") / "reference" / "countries.json").read_text("utf-8"))
    return {row["code"]: row for row in rows}


@lru_cache(maxsize=1)
def _codes_by_name() -> Mapping[str, str]:
    """Folded names and three-letter codes; where two countries share one, the official name wins."""
    found: dict[str, str] = {}
    for names in (("also",), ("code3",), ("en", "de", "sv")):
        for code, row in _countries().items():
            for key in names:
                texts = row.get(key, ())
                found |= {_folded(text): code for text in ([texts] if isinstance(texts, str) else texts)}
    return found


@lru_cache(maxsize=1)
def _formats() -> Mapping[str, Mapping[str, Any]]:
    return dict(json.loads((bundled("resources") / "reference" / "address_formats.json").read_text("utf-8")))


def _format_of(country: str) -> Mapping[str, Any]:
    formats = _formats()
    return formats.get(country, formats["default"]) if country in _countries() else formats["default"]
