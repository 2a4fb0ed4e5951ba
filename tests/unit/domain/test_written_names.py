"""Names as lists write them: what stands in them besides the name, and that nothing of it is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumnidesk.domain import full_names
from alumnidesk.domain.cards import Foreign
from alumnidesk.domain.name_signs import death
from alumnidesk.domain.records import ContactRecord, as_card
from alumnidesk.domain.salutations import FORMAL, INFORMAL, address_names, salutation
from alumnidesk.domain.written_names import understood
from alumnidesk.i18n import Language

ENGLISH = Language("en")


def whole(name: str, **values: str) -> ContactRecord:
    """The record of a row with a whole name in one column, before and after."""
    parts = {key: text for key, text in full_names.split(name)._asdict().items() if text}
    return understood(ContactRecord(7, {**parts, **values}))


def said(record: ContactRecord) -> str:
    """What is said about it; it never keeps the record out."""
    assert all(problem.line == 7 and not problem.severe for problem in record.problems)
    return " ".join(ENGLISH(problem.why) for problem in record.problems)


# Who has died --------------------------------------------------------------------------------------------------------

HANS = {"given_name": "Hans", "family_name": "Müller", "deceased": "1"}


@pytest.mark.parametrize(
    "name",
    ["† Hans Müller", "Hans Müller †", "†Hans Müller", "Hans Müller†", "Hans Müller (†)", "Hans Müller [†]",
     "✝ Hans Müller", "Müller, Hans †", "Müller †, Hans", "Müller, † Hans", "Hans Müller (verstorben)",
     "Hans Müller (VERST.)", "Hans Müller verst.", "Hans Müller, verst.", "verst. Hans Müller", "(verst.) Hans Müller",
     "Hans Müller (deceased)", "Hans Müller (avliden)", "Hans Müller ( † )", "Hans Müller\u00a0†", "† Hans Müller (†)"],
)  # fmt: skip
def test_a_sign_of_death_leaves_the_name_and_the_person_counts_as_deceased(name: str) -> None:
    record = whole(name)
    assert record.values == HANS
    assert "counts as deceased" in said(record)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Hans Müller († 12.3.2019)", "2019-03-12"),
        ("Hans Müller † 2019", "2019"),
        ("Müller, Hans †12.3.2019", "2019-03-12"),
        ("Hans Müller † 12. März 2019", "2019-03-12"),
        ("Hans Müller (verst. 3/2019)", "2019-03"),
    ],
)
def test_the_day_that_is_written_with_it_is_the_day_of_death(name: str, day: str) -> None:
    assert whole(name).values == {**HANS, "deceased_on": day}


def test_a_day_that_is_known_already_stays_if_both_say_the_same() -> None:
    assert whole("Hans Müller † 2019", deceased_on="2019-03-12").values == {**HANS, "deceased_on": "2019-03-12"}
    other = whole("Hans Müller † 2018", deceased_on="2019-03-12").values
    assert (other["family_name"], other["deceased_on"], other["deceased"]) == ("Müller † 2018", "2019-03-12", "1")


@pytest.mark.parametrize(
    "name", ["Hans Müller († im Mai)", "Hans Müller († 3/4/2019)", "Hans Müller (verstorben, siehe Erika)"]
)
def test_what_has_no_other_place_stays_in_the_name(name: str) -> None:
    record = whole(name)
    assert as_card(record).name == name
    assert record.values["deceased"] == "1"


@pytest.mark.parametrize(
    "name",
    ["Hans Verst", "Hans Müller (Vorsitzender)", "Verstorben Müller", "Hans † Müller-Kern Berg", "Hans Müller +",
     "Hans Müller (1934-2019)", "Hans Müller (verstorbenenhilfe)", "Anna Gebauer", "Anna Müller (geb. 1934)"],
)  # fmt: skip
def test_nobody_is_taken_for_dead_by_anything_else(name: str) -> None:
    assert "deceased" not in whole(name).values


@pytest.mark.parametrize("key", ["title", "given_name", "family_name", "suffix"])
def test_a_sign_can_stand_in_any_part_of_a_name(key: str) -> None:
    values = {"given_name": "Hans", "family_name": "Müller"}
    record = understood(ContactRecord(7, {**values, key: f"{values.get(key, '')} †".strip()}))
    assert record.values == HANS


def test_a_name_that_is_nothing_but_a_sign_keeps_it() -> None:
    assert whole("†").values == {"family_name": "†", "deceased": "1"}


def test_a_sign_beside_the_name_counts_too_and_is_kept() -> None:
    kept = Foreign("csv", "Anzeigename", "Hans Müller †")
    parts = {"given_name": "Hans", "family_name": "Müller"}
    record = understood(ContactRecord(7, parts, foreign=(kept,)), {"Anzeigename"})
    assert (record.values, record.foreign) == (HANS, (kept,))
    assert "“Hans Müller †”" in said(record)
    assert understood(ContactRecord(7, parts, foreign=(kept,))).values == parts  # in a column that is no name


@pytest.mark.parametrize(
    ("cell", "day"), [("†", ""), ("(†)", ""), ("Verstorben", ""), ("verst.", ""), ("† 2019", "2019"), ("avliden", "")]
)
def test_a_column_for_who_has_died_may_have_the_sign_alone(cell: str, day: str) -> None:
    sign = death(cell)
    assert sign is not None
    assert sign.died_on == day


@pytest.mark.parametrize("cell", ["", "unbekannt", "Müller †", "geb. Schmidt", "x"])
def test_other_cells_are_no_such_sign(cell: str) -> None:
    assert death(cell) is None


# Birth names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Anna Müller geb. Schmidt",
        "Anna Müller, geb. Schmidt",
        "Anna Müller (geb. Schmidt)",
        "Anna Müller geborene Schmidt",
        "Anna Müller née Schmidt",
        "Anna Müller född Schmidt",
        "Müller geb. Schmidt, Anna",
        "Müller, Anna (geb. Schmidt)",
    ],
)
def test_a_birth_name_goes_where_it_belongs(name: str) -> None:
    record = whole(name)
    assert record.values == {"given_name": "Anna", "family_name": "Müller", "birth_name": "Schmidt"}
    assert not record.problems


def test_another_birth_name_is_not_replaced() -> None:
    values = whole("Anna Müller geb. Schmidt", birth_name="Schmitt").values
    assert (values["family_name"], values["birth_name"]) == ("Müller geb. Schmidt", "Schmitt")


def test_birth_name_and_death_together() -> None:
    both = {"given_name": "Anna", "family_name": "Müller", "birth_name": "Schmidt", "deceased": "1"}
    assert whole("Anna Müller geb. Schmidt †").values == both
    assert whole("Anna Müller † (geb. Schmidt)").values == both


# How one is addressed, and several people ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Herr Hans Müller", {"gender_form": "m", "given_name": "Hans", "family_name": "Müller"}),
        ("Frau Dr. Anna Kern", {"gender_form": "f", "title": "Dr.", "given_name": "Anna", "family_name": "Kern"}),
        ("Herr Dr. Müller", {"gender_form": "m", "title": "Dr.", "family_name": "Müller"}),
        ("Kern, Frau Anna", {"gender_form": "f", "given_name": "Anna", "family_name": "Kern"}),
        ("Frau von der Heide", {"gender_form": "f", "name_particle": "von der", "family_name": "Heide"}),
        ("Fr. Martin Kern", {"given_name": "Fr. Martin", "family_name": "Kern"}),
    ],
)
def test_a_form_of_address_before_a_name_is_one(name: str, values: dict[str, str]) -> None:
    assert whole(name).values == values


def test_a_form_of_address_that_contradicts_stays() -> None:
    assert whole("Herr Kim Müller", gender_form="f").values["given_name"] == "Herr Kim"


@pytest.mark.parametrize(
    ("name", "address", "formal", "informal"),
    [
        ("Familie Müller", "Familie Müller", "Guten Tag Familie Müller,", "Guten Tag Familie Müller,"),
        ("Müller, Familie", "Familie Müller", "Guten Tag Familie Müller,", "Guten Tag Familie Müller,"),
        ("Eheleute Müller", "Eheleute Müller", "Guten Tag Eheleute Müller,", "Guten Tag Eheleute Müller,"),
        ("Herr und Frau Müller", "Herr und Frau Müller", "Guten Tag Herr und Frau Müller,",
         "Guten Tag Herr und Frau Müller,"),
        ("Familjen von Essen", "Familjen von Essen", "Guten Tag Familjen von Essen,", "Guten Tag Familjen von Essen,"),
        ("Hans und Erika Müller", "Hans und Erika Müller", "Guten Tag Hans und Erika Müller,", "Hallo Hans und Erika,"),
        ("Müller, Hans & Erika", "Hans & Erika Müller", "Guten Tag Hans & Erika Müller,", "Hallo Hans & Erika,"),
        ("Mr and Mrs Smith", "Mr and Mrs Smith", "Guten Tag Mr and Mrs Smith,", "Guten Tag Mr and Mrs Smith,"),
    ],
)  # fmt: skip
def test_several_people_remain_one_contact_with_a_right_letter_and_the_way_out(
    name: str, address: str, formal: str, informal: str
) -> None:
    record = whole(name)
    card = as_card(record)
    assert address_names(card, "de", at_work=False) == [address]
    assert [salutation(card, "de", mode).text for mode in (FORMAL, INFORMAL)] == [formal, informal]
    assert "put them into one household" in said(record)
    assert (card.gender_form, card.deceased) == ("", False)


def test_a_family_in_the_column_of_greetings_is_told_and_greeted() -> None:
    kept = Foreign("csv", "Anrede", "Familie")
    record = understood(ContactRecord(7, {"family_name": "Müller"}, foreign=(kept,)), {"Anrede"})
    assert salutation(as_card(record), "de").text == "Guten Tag Familie Müller,"
    hans = understood(ContactRecord(7, {"given_name": "Hans", "family_name": "Müller"}, foreign=(kept,)), {"Anrede"})
    assert as_card(hans).name == "Hans Müller"
    for one in (record, hans):
        assert "more than one person" in said(one)
        assert one.foreign == (kept,)


@pytest.mark.parametrize("name", ["Hans und Erika Müller †", "Hans † und Erika Müller", "Familie Müller †"])
def test_of_several_people_nobody_knows_whom_a_sign_means(name: str) -> None:
    record = whole(name)
    assert as_card(record).name == name
    assert not as_card(record).deceased


@pytest.mark.parametrize("name", ["Karl von und zu Stetten", "Hans O. Müller", "Anna Unden", "Cher", "Dr. Max Muster"])
def test_one_person_is_one(name: str) -> None:
    record = whole(name)
    assert understood(record) is record
    assert not record.problems


# Nothing is lost -----------------------------------------------------------------------------------------------------

WORDS = ("†", "(†)", "† 2019", "(† 1.2.2019)", "(verst.)", "verst.", "(avliden)", "geb. Kern", "(née Kern)", "geb.",
         "(", ")", "Familie", "und", "&", "Herr", "Frau", "Dr.", "von", "Müller", "Åsa", ",")  # fmt: skip
texts = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=6).map(" ".join)
SAID = {"†": "deceased", "verst": "deceased", "avliden": "deceased", "geb": "birth_name", "née": "birth_name",
        "Herr": "gender_form", "Frau": "gender_form"}  # fmt: skip


def words_of(text: str) -> set[str]:
    return {word.lstrip("0") for word in re.findall(r"\w+|†", text)}


@given(st.dictionaries(st.sampled_from(("title", "given_name", "family_name", "suffix", "birth_name")), texts))
def test_every_word_of_a_name_stays_or_is_said_in_another_field(values: dict[str, str]) -> None:
    before = ContactRecord(7, {key: text for key, text in values.items() if text.strip()})
    after = understood(before)
    gone = words_of(" ".join(before.values.values())) - words_of(" ".join(after.values.values()))
    assert all(after.values.get(SAID[word]) for word in gone)
    assert all(after.values.values())
    if "deceased" in after.values or "deceased_on" in after.values:
        assert "counts as deceased" in said(after)
    assert understood(after).values == after.values


@given(texts)
def test_dividing_a_name_keeps_every_word_of_it(name: str) -> None:
    assert words_of(name) == words_of(" ".join(full_names.split(name)))
