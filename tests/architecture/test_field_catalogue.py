"""A field exists everywhere or nowhere: the catalogue and the contact card name the same things."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import replace
from pathlib import Path

import pytest

from alumnidesk.domain import fields, slots
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.checking import check
from alumnidesk.domain.fields import FIELDS, Field, Group, Kind
from alumnidesk.domain.records import as_card
from alumnidesk.errors import InvalidInput
from alumnidesk.formats import vcard
from alumnidesk.formats.csv_presets import presets
from alumnidesk.i18n import say
from alumnidesk.models.contacts import Contact
from alumnidesk.ui.contacts.facts import facts, preview

KEYS = {field.key for field in FIELDS}
ATTRIBUTES = {field.name for field in dataclasses.fields(ContactCard)}


def test_every_attribute_of_a_contact_has_a_line_in_the_catalogue() -> None:
    assert not ATTRIBUTES - KEYS - fields.BOOKKEEPING


def test_every_line_of_the_catalogue_has_an_attribute() -> None:
    assert not KEYS - ATTRIBUTES


def test_no_key_stands_twice_in_the_catalogue() -> None:
    assert len(KEYS) == len(FIELDS)


def test_the_kind_of_a_field_fits_the_type_of_its_attribute() -> None:
    card = ContactCard()
    for field in FIELDS:
        value = getattr(card, field.key)
        wanted = tuple if field.kind.many else bool if field.kind is Kind.FLAG else str
        assert isinstance(value, wanted), field.key


def test_no_heading_leads_to_two_fields() -> None:
    seen: dict[str, str] = {}
    for field in FIELDS:
        for heading in filter(None, field.headers.split("|")):
            folded = fields.folded_header(heading)
            assert seen.setdefault(folded, field.key) == field.key, heading


@pytest.mark.parametrize("slot", slots.choices())
def test_every_slot_that_one_can_choose_exists_and_has_words(slot: str) -> None:
    assert slots.part(slot) or slot in KEYS or slot in (slots.FULL_NAME, slots.GREETING, slots.TAG, *slots.BIRTH_PARTS)
    assert str(slots.label(slot))


def test_every_single_field_can_be_chosen_for_a_column() -> None:
    assert {field.key for field in fields.single_valued()} <= set(slots.choices())


def test_every_slot_of_every_preset_exists() -> None:
    special = {slots.FULL_NAME, slots.GREETING, slots.TAG, slots.TAGS, slots.FOREIGN, *slots.BIRTH_PARTS, *slots.TIES}
    for preset in presets().values():
        for heading, slot in preset.columns:
            assert not slot or slots.part(slot) or slot in KEYS | special, (preset.name, heading)


def test_our_own_table_has_every_field() -> None:
    own = {slot for _, slot in presets()["neutral"].columns}
    assert {field.key for field in FIELDS if not field.kind.many} <= own


def test_every_single_field_has_a_column_of_its_name() -> None:
    assert {field.key for field in fields.single_valued()} <= set(Contact.__table__.columns.keys())


def test_every_field_has_a_place_in_vcard() -> None:
    assert all(field.vcard for field in FIELDS)


def some(field: Field) -> str | bool:
    """A value that this field can have."""
    values: dict[Kind, str | bool] = {Kind.DATE: "2019-05-12", Kind.FLAG: True, Kind.LANGUAGE: "sv"}
    return field.choices[-1][0] if field.choices else values.get(field.kind, "one; two, three")


@pytest.mark.parametrize("version", vcard.VERSIONS)
@pytest.mark.parametrize("field", fields.single_valued(), ids=lambda field: field.key)
def test_every_field_goes_out_on_a_card_and_comes_back(field: Field, version: str) -> None:
    card = ContactCard(**{"uid": "x", "family_name": "Y", "organisation": "Z", field.key: some(field)})  # type: ignore[arg-type]
    (record,) = vcard.read(vcard.write(card, version).encode()).records
    assert getattr(as_card(record), field.key) == some(field)


@pytest.mark.parametrize("field", fields.single_valued(), ids=lambda field: field.key)
def test_every_field_is_seen_beside_the_list_or_in_the_letter_that_the_form_shows(field: Field) -> None:
    before = ContactCard(
        given_name="A", family_name="B", deceased=field.key == "deceased_on",
        salutation_mode="own" if field.key == "own_salutation" else "neutral",
    )  # fmt: skip
    house = Association(language="en")
    after = replace(before, **{field.key: some(field)})  # type: ignore[arg-type]
    assert (facts(after, house), preview(after, house)) != (facts(before, house), preview(before, house))


@pytest.mark.parametrize("key", sorted(field.key for field in FIELDS if field.kind is Kind.DATE))
def test_no_field_takes_a_date_that_is_none(key: str) -> None:
    with pytest.raises(InvalidInput):
        check(ContactCard(family_name="Y", **{key: "2019-05-32"}))  # type: ignore[arg-type]


def test_the_example_of_how_to_add_a_field_is_one_that_could_be_added() -> None:
    text = (Path(__file__).parent.parent.parent / "docs" / "how-to-add-a-field.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    field = eval(example, {"Field": Field, "Kind": Kind, "Group": Group, "say": say})
    assert isinstance(field, Field)
    assert field.key not in KEYS
    known = fields.keys_by_header()
    assert not [name for name in field.headers.split("|") if fields.folded_header(name) in known]
