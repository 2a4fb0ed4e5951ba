"""Thunderbird's own parser finds in our cards what we say, and finds nothing in real files that we do not find."""

from __future__ import annotations

import base64
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from tests.exchange import cards, others, people
from tests.exchange.corpus import files

from alumnidesk.domain.addresses import country_name
from alumnidesk.domain.cards import Address, ContactCard
from alumnidesk.domain.records import as_card
from alumnidesk.formats import vcard

Found = dict[str, list[Any]]


@pytest.fixture(scope="module", params=vcard.VERSIONS)
def found(request: pytest.FixtureRequest) -> list[tuple[ContactCard, Found]]:
    """Everybody with the values that ical.js reads in their card, by property."""
    others.want_ical_js()
    everybody = people.everybody()
    read = others.ical_js([vcard.write(card, request.param, people.PICTURE) for card in everybody])
    assert None not in read
    return [(card, _values(properties or [], request.param)) for card, properties in zip(everybody, read, strict=True)]


def _values(properties: list[list[Any]], version: str) -> Found:
    values: Found = defaultdict(list)
    for name, _, *said in properties:
        left = _LEFT.get((version, name), _LEFT_IN_ALL[version]) if not name.startswith("x-") else ";,"
        values[name] += [
            re.sub(rf"\\([{left}])", r"\1", text) if left and isinstance(text, str) else text for text in said
        ]
    return values


_LEFT_IN_ALL = {"3.0": ";", "4.0": ""}
_LEFT = {("3.0", "url"): ";,"}
"""What ical.js leaves escaped although RFC 2426 wants it so: the semicolon in texts of vCard 3.0, the comma in links
too; and everything in properties that it does not know."""


def test_names_are_read_as_they_are(found: list[tuple[ContactCard, Found]]) -> None:
    for card, values in found:
        family = f"{card.name_particle} {card.family_name}" if card.name_particle else card.family_name
        assert values["n"] == [[family, card.given_name, card.additional_names, card.title, card.suffix]]
        assert values["fn"] == [card.name]
        assert _texts(values["org"]) == [part for part in (card.organisation, card.department) if part]
        assert _texts(values["nickname"]) == _texts([card.call_name])
        assert _texts(values["title"]) == _texts([card.position])


def test_ways_to_reach_somebody_are_read_as_they_are(found: list[tuple[ContactCard, Found]]) -> None:
    for card, values in found:
        assert values["email"] == [email.address for email in card.emails]
        assert values["tel"] == [phone.number for phone in card.phones]
        assert values["url"] == [link.url for link in card.links]
        assert values["adr"] == [_components(address) for address in card.addresses]


def test_everything_else_is_read_as_it_is(found: list[tuple[ContactCard, Found]]) -> None:
    for card, values in found:
        assert _texts(values["note"]) == _texts([card.remark])
        assert values["categories"] == list(card.tags)
        assert values["uid"] == [card.uid]
        assert [day.replace("-", "") for day in values["bday"]] == _texts([card.birth_date.replace("-", "")])
        (photo,) = values["photo"]
        assert base64.b64decode(photo.rpartition(",")[2]) == people.PICTURE


def test_what_other_programs_said_is_read_as_it_came(found: list[tuple[ContactCard, Found]]) -> None:
    values = found[0][1]
    assert values["x-socialprofile"] == ["https://chat.example/å?a,b;c"]
    assert values["x-ablabel"] == ["Ferienhaus; im Süden, links", "Notruf: immer", "Sommer"]


def _texts(values: list[Any]) -> list[str]:
    """Without empty ones; components stand one by one."""
    return [text for value in values for text in (value if isinstance(value, list) else [value]) if text]


def _components(address: Address) -> list[str]:
    extra = ", ".join(filter(None, (f"c/o {address.care_of}" if address.care_of else "", address.extra)))
    street = " ".join(filter(None, (address.street, address.house_number)))
    country = country_name(address.country, "en") or address.country
    return [address.po_box, extra, street, address.town, address.region, address.postcode, country]


COMPARED = ("uid", "n", "fn", "nickname", "email", "tel", "adr", "categories")


def test_real_cards_say_to_thunderbird_after_us_what_they_said_before(corpus: Path) -> None:
    others.want_ical_js()
    before, after = [], []
    for path in files(corpus):
        data = path.read_bytes()
        records = {record.line: record for record in vcard.read(data).records}
        for card in cards.read(data):
            version = next((one.value for one in card.properties if one.name == "VERSION"), "")
            if card.line in records and version in vcard.VERSIONS:
                record = records[card.line]
                before.append(card.text.decode("utf-8", "replace"))
                after.append(vcard.write(as_card(record), version, record.photo))
    compared = 0
    for text, ours, theirs in zip(after, others.ical_js(after), others.ical_js(before), strict=True):
        if theirs is None:
            continue
        assert ours is not None, text
        said = _compared(theirs)
        compared += said.total()
        assert not said - _compared(ours), text
    assert compared > 500


def _compared(properties: list[list[Any]]) -> Counter[tuple[str, str]]:
    """Without what is empty, and what ical.js could not decode: it reads UTF-8 only."""
    found = ((name, _unescaped(value)) for name, _, *said in properties if name in COMPARED for value in said)
    return Counter((name, value) for name, value in found if value and "\ufffd" not in value)


def _unescaped(value: Any) -> str:
    if isinstance(value, list):
        return "|".join(map(_unescaped, value)).rstrip("|")
    return " ".join(unicodedata.normalize("NFC", re.sub(r"\\([;,:\\])", r"\1", str(value))).replace("\\n", " ").split())
