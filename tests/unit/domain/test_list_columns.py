"""The columns of the contact list: which there are, how they are shown, in which order they sort."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumnidesk.domain.fields import FIELDS
from alumnidesk.domain.folding import fold, fold_all
from alumnidesk.domain.list_columns import COLUMNS, ListColumn, offered, own_column, shown, sort_keys
from alumnidesk.domain.own_fields import OwnField, OwnKind


def in_order(column: ListColumn, *values: str, language: str = "de") -> list[str]:
    """The values in the order in which they sort."""
    keys = sort_keys(column, random.Random(1).sample(values, len(values)), language)
    return sorted(values, key=keys.__getitem__)


def test_every_single_field_that_the_catalogue_offers_for_the_list_is_a_column() -> None:
    wanted = {field.key for field in FIELDS if field.column and not field.kind.many}
    assert wanted <= set(COLUMNS)
    assert {"phone", "postcode", "street", "unit", "role", "programme", "household", "follow_up", "made"} <= set(
        COLUMNS
    )


def test_own_fields_stand_among_the_others_by_their_names() -> None:
    columns = offered([OwnField("Shirt size"), OwnField("Height", OwnKind.NUMBER)])
    assert set(columns) == {*COLUMNS, "own.Shirt size", "own.Height"}
    assert shown(columns["own.Height"], "1.85", "de") == "1,85"


def test_numbers_sort_as_numbers() -> None:
    assert in_order(own_column(OwnField("Height", OwnKind.NUMBER)), "-3", "2", "10", "10.5") == [
        "-3",
        "2",
        "10",
        "10.5",
    ]


def test_dates_sort_by_time_and_those_without_a_year_come_behind() -> None:
    wanted = ["1974-12-31", "1975", "1975-03", "1975-03-02", "1976", "--01-05", "--03-02"]
    assert in_order(COLUMNS["birth_date"], *wanted) == wanted
    assert in_order(own_column(OwnField("Joined", OwnKind.DATE)), *wanted) == wanted


def test_choices_of_own_fields_sort_in_their_order_and_yes_before_no() -> None:
    sizes = own_column(OwnField("Size", OwnKind.CHOICE, ("S", "M", "L")))
    assert in_order(sizes, "S", "M", "L", "gone") == ["S", "M", "L", "gone"]
    assert in_order(own_column(OwnField("Swims", OwnKind.YES_NO)), "1", "0") == ["1", "0"]


def test_texts_sort_whatever_their_accents_and_case() -> None:
    assert in_order(COLUMNS["street"], "Ahornweg", "Äußere Allee", "berg", "Żabia") == [
        "Ahornweg", "Äußere Allee", "berg", "Żabia",
    ]  # fmt: skip
    alike = sort_keys(COLUMNS["family_name"], ["Müller", "Mueller", "Muller", "", None], "de")
    assert alike == dict.fromkeys(("Müller", "Mueller", "Muller"), "muller")


@pytest.mark.parametrize(("language", "wanted"), [("de", ["CH", "SE", "AT"]), ("en", ["AT", "SE", "CH"])])
def test_countries_sort_by_their_names_in_the_language_of_the_reader(language: str, wanted: list[str]) -> None:
    names = {"AT": ("Austria", "Österreich"), "CH": ("Switzerland", "Schweiz"), "SE": ("Sweden", "Schweden")}
    wanted = sorted(wanted, key=lambda code: fold(names[code][language == "de"]))
    assert in_order(COLUMNS["country"], "AT", "CH", "SE", language=language) == wanted


def test_values_are_shown_in_words() -> None:
    assert shown(COLUMNS["birth_date"], "1975-03-02", "de") == "02.03.1975"
    assert shown(COLUMNS["deceased"], "1", "de") == "ja"
    assert shown(COLUMNS["kind"], "organisation", "en") == "Organisation"
    assert shown(COLUMNS["country"], "SE", "de") == "Schweden"
    assert shown(COLUMNS["remark"], "", "de") == ""


@given(st.lists(st.text(st.characters(codec="latin-1") | st.characters(), max_size=12), max_size=8))
def test_many_texts_at_once_are_folded_like_each_by_itself(texts: list[str]) -> None:
    assert fold_all(texts) == [fold(text) for text in texts]


@given(st.lists(st.text(st.characters(codec="latin-1"), min_size=1, max_size=12), min_size=1, max_size=8))
def test_many_western_european_texts_are_folded_like_each_by_itself(texts: list[str]) -> None:
    assert fold_all(texts) == [fold(text) for text in texts]
