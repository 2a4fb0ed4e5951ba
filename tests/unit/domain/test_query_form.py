"""Every query has a form and every form a query that looks for the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.domain.test_query import TREES

from alumnidesk.domain.query import EVERYBODY, Query, conditions_of, looked_for, tidied
from alumnidesk.domain.query_fields import LANGUAGE_ORDER, QUERY_FIELDS, query_field
from alumnidesk.domain.query_form import Group, Line, QueryForm, askable, form_of, query_of
from alumnidesk.domain.query_text import parse, write


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("", QueryForm()),
        ("town:=Kiel", QueryForm((Group((Line("town", "is", "Kiel"),)),))),
        (
            "tag:=mentor cohort:1998..2003 -heard:2024..",
            QueryForm(
                (
                    Group(
                        (
                            Line("tag", "is", "mentor"),
                            Line("cohort", "from_to", "1998", "2003"),
                            Line("heard", "not_from", "2024"),
                        )
                    ),
                )
            ),
        ),
        (
            "reach:post (town:=Kiel OR town:=Bonn) anna",
            QueryForm(
                (
                    Group((Line("reach", "is", "post"), Line(value="anna"))),
                    Group((Line("town", "is", "Kiel"), Line("town", "is", "Bonn")), either=True),
                )
            ),
        ),
        (
            "email:none OR phone:none",
            QueryForm((Group((Line("email", "empty"), Line("phone", "empty")), either=True),)),
        ),
        (
            "(tag:=a town:=b) OR (tag:=c -(x OR y))",
            QueryForm(
                (
                    Group((Line("tag", "is", "a"), Line("town", "is", "b"))),
                    Group((Line("tag", "is", "c"), Line(value="-(x OR y)"))),
                ),
                either=True,
            ),
        ),
        ("-email:none", QueryForm((Group((Line("email", "filled"),)),))),
        ("town:<k", QueryForm((Group((Line(value="town:<k"),)),))),
    ],
)
def test_a_typed_query_opens_as(text: str, form: QueryForm) -> None:
    assert form_of(parse(text)) == form
    assert form_of(query_of(form)) == form


@pytest.mark.parametrize(
    "said",
    [
        ("email:none", "e-mail:keine", "e-post:ingen"),
        ("town:any", "ort:vorhanden", "ort:någon"),
        ("cohort:1998..2003", "jahrgang:1998..2003", "årskull:1998..2003"),
        ("coming:=Ball", "dabei:=Ball", "deltog:=Ball"),
        ("-heard:2024-01-01..", "-gehört:1.1.2024..", "-hört:2024-01-01.."),
        ("is:m", "ist:m", "är:m"),
        ("reach:post", "erreichbar:post", "nås:post"),
        ("returned:any", "zurückgekommen:vorhanden", "retur:någon"),
        ("returned:2025-03..", "unzustellbar:3.2025..", "returnerad:2025-03.."),
    ],
)
def test_what_an_office_asks_is_typed_in_three_languages_and_a_line_of_the_form_in_each(said: tuple[str, ...]) -> None:
    english, *others = map(parse, said)
    assert others == [english] * 2
    ((line,),) = (group.lines for group in form_of(english).groups)
    assert line.field
    for language in LANGUAGE_ORDER:
        assert parse(write(english, language)) == english


def test_lines_without_their_value_say_nothing_yet() -> None:
    form = QueryForm((Group((Line("town", "is"), Line("cohort", "from_to"), Line("heard", "not_from", "  "), Line())),))
    assert query_of(form) == EVERYBODY
    half = QueryForm((Group((Line("cohort", "from_to", "", "2003"), Line("town", "is"))),))
    assert write(query_of(half)) == "cohort:..2003"


def test_words_around_a_group_are_one_line() -> None:
    form = form_of(parse("anna (town:kiel OR town:husum) meier"))
    assert [[line.value for line in group.lines] for group in form.groups] == [["anna meier"], ["kiel", "husum"]]
    assert form_of(query_of(form)) == form


def test_a_unit_is_asked_for_with_all_below_it_and_never_by_the_alphabet() -> None:
    can = [str(asked.label) for asked in askable(query_field("unit"))]
    assert can[0] == "is at or below"
    assert not [label for label in can if "begin" in label or "to" in label.split()]
    for text, asked in (('unit:="Faculty of Law"', "is"), ("-unit:law", "begins_not")):
        ((line,),) = (group.lines for group in form_of(parse(text)).groups)
        assert (line.field, line.asked) == ("unit", asked)
        assert write(query_of(form_of(parse(text)))) == text


def test_every_field_can_be_asked_something_and_nothing_twice() -> None:
    for field in QUERY_FIELDS:
        can = askable(field)
        assert len({asked.key for asked in can}) == len(can) > 1
        assert all(asked.operator in (*field.operators, "none", "any") for asked in can), field.key


@given(TREES, st.sampled_from(LANGUAGE_ORDER))
def test_a_form_asks_all_that_its_query_asks(query: Query, language: str) -> None:
    def values(query: Query) -> list[tuple[str, str, str]]:
        return sorted((asked.field, asked.value, asked.last) for asked in conditions_of(query))

    form = form_of(query, language)
    back = query_of(form)
    assert values(back) == values(tidied(query))
    assert sorted(looked_for(back)) == sorted(looked_for(tidied(query)))
    assert form_of(back, language) == form
