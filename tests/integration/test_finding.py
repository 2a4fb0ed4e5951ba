"""The search box: beginnings of words, umlauts either way, phone numbers by their digits; anything may be typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, Phone
from alumnidesk.domain.folding import fold, spans, words
from alumnidesk.domain.lines import Arrangement
from alumnidesk.domain.phones import search_forms

PEOPLE = [
    ContactCard(given_name="Anna", family_name="Müller", addresses=(Address(postcode="22767", town="Hamburg"),)),
    ContactCard(given_name="Dagmar", family_name="Mueller", phones=(Phone("+49 (0)381 / 66 96-9"),)),
    ContactCard(given_name="Elin", family_name="Muller", emails=(Email("elin.m@brev.example"),)),
    ContactCard(given_name="Åsa", family_name="Öberg", addresses=(Address(town="Malmö"),), tags=("Mentor",)),
    ContactCard(given_name="Sinéad", family_name="O'Connor", affiliations=(Affiliation("Zentrum", cohort_to=1998),)),
    ContactCard(kind="organisation", organisation="Straßenbau Weiß GmbH", remark="100% _pünktlich_"),
]


@pytest.fixture
def names(desk: Desk):  # type: ignore[no-untyped-def]
    for card in PEOPLE:
        desk.contacts.add(card)

    def found(query: str, **options: object) -> list[str]:
        return [line.name for line in desk.find.lines(desk.find.contacts(query, **options).ids)]  # type: ignore[arg-type]

    return found


@pytest.mark.parametrize("query", ["muller", "mueller", "Müller", "MÜLL", "mull", "mue"])
def test_umlauts_are_found_however_they_are_spelled(names, query: str) -> None:  # type: ignore[no-untyped-def]
    assert {"Anna Müller", "Dagmar Mueller", "Elin Muller"} <= set(names(query))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("hamb", "Anna Müller"),
        ("müller hamburg", "Anna Müller"),
        ("22767", "Anna Müller"),
        ("0381 6696", "Dagmar Mueller"),
        ("+49 381 669", "Dagmar Mueller"),
        ("0049381", "Dagmar Mueller"),
        ("3816696", "Dagmar Mueller"),
        ("müller 0381 669", "Dagmar Mueller"),
        ("+49 (0)381 66969", "Dagmar Mueller"),
        ("0049 381 66 dagmar", "Dagmar Mueller"),
        ("elin.m@brev", "Elin Muller"),
        ("oberg malmo", "Åsa Öberg"),
        ("asa", "Åsa Öberg"),
        ("mentor", "Åsa Öberg"),
        ("o'connor", "Sinéad O'Connor"),
        ("sinead 1998", "Sinéad O'Connor"),
        ("strasse weiss", "Straßenbau Weiß GmbH"),
        ("100% _pünkt", "Straßenbau Weiß GmbH"),
    ],
)
def test_a_contact_is_found_by(names, query: str, expected: str) -> None:  # type: ignore[no-untyped-def]
    assert names(query) == [expected]


@pytest.mark.parametrize(
    "query", ['"', "*", "NEAR(", "-", "a AND", "name:", "^x", "%", "_", "' OR 1=1 --", "\0", "{", "("]
)
def test_signs_of_query_languages_are_just_text(names, query: str) -> None:  # type: ignore[no-untyped-def]
    names(query)


def test_one_or_two_letters_alone_find_the_names_that_begin_with_them_wherever_one_searches(names) -> None:  # type: ignore[no-untyped-def]
    assert names("m", typing=True) == ["Anna Müller", "Dagmar Mueller", "Elin Muller"]
    assert names("mü", typing=True) == names("m", typing=True)
    assert sorted(names("ö", typing=True)) == ["Sinéad O'Connor", "Åsa Öberg"]
    assert names("ham", typing=True) == ["Anna Müller"]
    for query in ("m", "(m)", "m kind:person", "(m OR zzzz)"):
        assert names(query) == names("m", typing=True), query
    assert names("m anna") == ["Anna Müller"], "among others they begin any word"


def test_two_letters_that_begin_nobodys_name_find_all_that_fits(names) -> None:  # type: ignore[no-untyped-def]
    assert names("ha", typing=True) == ["Anna Müller"]
    assert names("22", typing=True) == ["Anna Müller"]
    assert names("ha") == ["Anna Müller"]


def test_an_empty_query_lists_everybody_by_family_name(names) -> None:  # type: ignore[no-untyped-def]
    everybody = names("")
    assert sorted(everybody) == sorted(card.name for card in PEOPLE)
    assert names("", arrangement=Arrangement(descending=True)) == everybody[::-1]
    assert names("", arrangement=Arrangement("town"))[:2] == ["Anna Müller", "Åsa Öberg"]


def test_a_change_is_found_at_once(desk: Desk) -> None:
    card = desk.contacts.add(PEOPLE[0])
    assert len(desk.find.contacts("anna").ids) == 1
    desk.contacts.tag([card.id or 0], "Vorstand")
    assert len(desk.find.contacts("vorst").ids) == 1
    desk.notes.add(card.id or 0, "Kennt die Orgelbauerin")
    assert len(desk.find.contacts("orgelbau").ids) == 1


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12))
def test_the_fold_of_a_beginning_is_a_beginning_of_the_fold(word: str) -> None:
    whole = fold(word.lower())
    for length in range(len(word)):
        assert whole.startswith(fold(word.lower()[:length])), (word, length)


@given(st.text(max_size=30), st.text(min_size=1, max_size=5))
def test_highlighted_spans_are_inside_the_text_and_fit_the_query(text: str, query: str) -> None:
    looked_for = words(query)
    for start, end in spans(text, looked_for):
        assert 0 <= start < end <= len(text)
        assert any(fold(text[start:end]).startswith(word) for word in looked_for)


@given(st.text(st.characters(max_codepoint=126), max_size=30), st.lists(st.sampled_from("abe1_"), min_size=1))
def test_spans_in_plain_letters_are_those_that_any_letters_have(text: str, looked_for: list[str]) -> None:
    beyond = f"{text} ï"
    assert spans(text, looked_for) == [span for span in spans(beyond, looked_for) if span[1] <= len(text)]


BEGINNINGS = (
    "exampl",
    "example",
    "schm",
    "schmidt",
    "mull",
    "1998",
    "0461",
    "foo_b",
    "hambur",
    "petr",
    "weberi",
    "199",
)


@given(st.lists(st.sampled_from(BEGINNINGS), min_size=2, max_size=3))
def test_several_beginnings_find_whom_each_of_them_finds(many: Desk, typed: list[str]) -> None:
    alone = [set(many.find.contacts(word).ids) for word in typed]
    if not all(word.isdigit() for word in typed):
        assert set(many.find.contacts(" ".join(typed)).ids) >= set.intersection(*alone)
        if not any(word.isdigit() for word in typed):
            assert set(many.find.contacts(" ".join(typed)).ids) == set.intersection(*alone)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk.create_sample(tmp_path_factory.mktemp("many") / "many.alumnidesk", 600)
    desk.contacts.add(ContactCard(given_name="foo_bar", family_name="Schmidt", remark="Example of examples, exampled"))
    yield desk
    desk.close(backup=False)


@pytest.mark.parametrize(
    ("number", "forms"),
    [
        ("+49 40 66969-123", ["494066969123", "04066969123", "4066969123"]),
        ("0049 (0)40 66969", ["494066969", "04066969", "4066969"]),
        ("040/66969", ["04066969", "4066969"]),
        ("+1 555 0100", ["15550100", "05550100", "5550100"]),
        ("+358 9 123", ["3589123", "09123", "9123"]),
        ("", []),
    ],
)
def test_a_phone_number_has_these_forms(number: str, forms: list[str]) -> None:
    assert search_forms(number) == forms
